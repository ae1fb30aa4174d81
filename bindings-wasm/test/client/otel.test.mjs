// `gentask/otel`: spans and metrics by OpenTelemetry's own SDK, over real HTTP, and that nothing private is in them.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, afterEach, before, beforeEach, describe, test } from "node:test";
import { context, SpanKind, SpanStatusCode, trace } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import { AggregationTemporality, InMemoryMetricExporter, MeterProvider, PeriodicExportingMetricReader } from "@opentelemetry/sdk-metrics";
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from "@opentelemetry/sdk-trace-base";
import { instrument } from "gentask/otel";
import { submitMany } from "gentask/many";
import { failureOf, order, QUICK, SOON } from "../support/client.mjs";
import { gentask } from "../support/package.mjs";
import { KEY, startSandbox } from "../support/sandbox.mjs";

const { Client, memoryStore } = gentask;
/** Words of every prompt of these tests. */
const PROMPT = "mauve walrus";

let sandbox, spansTo, spans, metricsTo, reader, metrics;

before(async () => {
    context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
    sandbox = await startSandbox();
});

after(async () => {
    context.disable();
    await sandbox.stop();
});

beforeEach(async () => {
    await sandbox.reset("apixo", SOON);
    spans = new InMemorySpanExporter();
    spansTo = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(spans)] });
    metrics = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
    // It exports when it is told to.
    reader = new PeriodicExportingMetricReader({ exporter: metrics, exportIntervalMillis: 3_600_000, exportTimeoutMillis: 60_000 });
    metricsTo = new MeterProvider({ readers: [reader] });
});

afterEach(async () => {
    await metricsTo.shutdown();
});

function client(options = {}) {
    const Traced = instrument(Client, { tracerProvider: spansTo, meterProvider: metricsTo });
    const own = { baseUrl: sandbox.base("apixo"), apiKey: KEY, store: memoryStore(), poll: QUICK, timeout: 20, ...options };
    return new Traced("apixo", own);
}

function job(word = "", more = {}) {
    const { input, model } = order("apixo");
    return { model, input: { ...input, prompt: `${PROMPT} ${word}`.trim() }, ...more };
}

/** The spans of calls, without those of requests. */
function calls() {
    return spans.getFinishedSpans().filter(({ name }) => !/^(GET|POST) /.test(name));
}

function requests() {
    return spans.getFinishedSpans().filter(({ name }) => /^(GET|POST) /.test(name));
}

/** A metric's attributes and figures. */
async function points(name) {
    await reader.forceFlush();
    const all = metrics.getMetrics().at(-1).scopeMetrics.flatMap((scope) => scope.metrics);
    return all.filter(({ descriptor }) => descriptor.name === name).flatMap(({ dataPoints }) => dataPoints);
}

/** Everything that was exported, as text. */
async function exported() {
    await reader.forceFlush();
    const told = spans.getFinishedSpans().map(({ attributes, events, kind, links, name, status }) => ({
        attributes,
        events,
        kind,
        links,
        name,
        status,
    }));
    const measured = metrics.getMetrics().at(-1)?.scopeMetrics.flatMap((scope) => scope.metrics) ?? [];
    return JSON.stringify([told, measured]);
}

describe("spans", () => {
    test("of a submit and a wait, with their requests below them", async () => {
        const task = await client().submit(job("", { owner: "anna", key: "order-42" }));
        const reply = await task.wait();
        const [submitted, waited] = calls();
        assert.deepEqual([submitted.name, submitted.kind, waited.name], ["submit nano-banana", SpanKind.CLIENT, "wait nano-banana"]);
        const common = {
            "gen_ai.provider.name": "apixo",
            "gen_ai.request.model": "nano-banana",
            "gen_ai.output.type": "image",
            "gentask.intent_id": task.intentId,
            "gentask.task_id": reply.taskId,
            "gentask.submit.attempts": 1,
        };
        assert.deepEqual({ ...submitted.attributes }, { ...common, "gen_ai.operation.name": "generate_content" });
        assert.deepEqual({ ...waited.attributes }, { ...common, "gentask.status": "success" });
        const phases = [submitted, waited].flatMap(({ events }) => events.filter(({ name }) => name === "gentask.phase"));
        assert.deepEqual(phases.map(({ attributes }) => attributes["gentask.phase.to"]), ["submitting", "waiting", "succeeded"]);
        const [post, ...gets] = requests();
        assert.deepEqual([post.name, post.attributes["http.response.status_code"]], ["POST submit", 200]);
        assert.equal(post.parentSpanContext.spanId, submitted.spanContext().spanId);
        assert.equal(gets.length, await sandbox.arrived("apixo", "status"));
        for (const get of gets) assert.equal(get.parentSpanContext.spanId, waited.spanContext().spanId);
    });

    test("have the caller's as their parent", async () => {
        const traced = client();
        const tracer = spansTo.getTracer("test");
        await tracer.startActiveSpan("order", async (span) => {
            await (await traced.submit(job())).wait();
            for await (const reply of (await traced.submit(job())).updates()) assert.ok(reply.ok);
            // What an iterator of updates does is none of its reader's business.
            assert.equal(trace.getActiveSpan(), span);
            span.end();
        });
        const made = calls();
        const parent = made.pop();
        assert.deepEqual(made.map(({ name }) => name.split(" ")[0]), ["submit", "wait", "submit", "wait"]);
        for (const { parentSpanContext } of made) assert.equal(parentSpanContext.spanId, parent.spanContext().spanId);
    });

    test("tell a failure by its code", async () => {
        const task = await client().submit(job("[fail]"));
        const failure = await failureOf(task.wait());
        const { attributes, events, status } = calls().at(-1);
        assert.deepEqual([attributes["error.type"], attributes["gentask.status"]], [failure.code, "failed"]);
        assert.deepEqual(status, { code: SpanStatusCode.ERROR });
        assert.deepEqual(events.filter(({ name }) => name === "exception"), []);
    });

    test("tell a refusal by the status of its answer", async () => {
        await sandbox.script("apixo", { on: "submit", fault: { kind: "status", code: 402 } });
        assert.equal((await failureOf(client().submit(job()))).code, "INSUFFICIENT_CREDITS");
        const { attributes } = calls()[0];
        assert.deepEqual([attributes["error.type"], attributes["http.response.status_code"]], ["INSUFFICIENT_CREDITS", 402]);
        assert.equal(requests()[0].attributes["error.type"], "402");
        const [{ attributes: counted, value }] = await points("gentask.client.submits");
        assert.deepEqual([counted["gentask.outcome"], counted["error.type"], value], ["rejected", "INSUFFICIENT_CREDITS", 1]);
    });

    test("tell what went wrong on the way as events", async () => {
        await sandbox.script(
            "apixo",
            { on: "submit", nth: 1, fault: { kind: "status", code: 429, headers: { "retry-after": "0" } } },
            { on: "status", nth: 1, fault: { kind: "status", code: 500 } },
        );
        await (await client().submit(job())).wait();
        const retries = calls().flatMap(({ events }) => events.filter(({ name }) => name === "gentask.retry"));
        assert.deepEqual(retries.map(({ attributes }) => [attributes["gentask.operation"], attributes["http.response.status_code"]]), [
            ["submit", 429],
            ["status", 500],
        ]);
    });

    test("cover check, cancel, and the tasks that are found", async () => {
        const traced = client();
        const task = await traced.submit(job("[slow]", { key: "order-42" }));
        await (await traced.find("order-42")).check({ force: true });
        assert.equal((await failureOf((await traced.task(task.intentId)).cancel())).code, "UNSUPPORTED");
        assert.deepEqual(calls().map(({ name }) => name), ["submit nano-banana", "check nano-banana", "cancel nano-banana"]);
    });

    test("leave what the program gives itself in place", async () => {
        const heard = [];
        const traced = client({ onEvent: (_, { kind }) => heard.push(kind) });
        await (await traced.submit(job())).wait();
        assert.equal(heard.filter((kind) => kind === "phase").length, 3);
        assert.throws(() => client({ onEvent: 1 }), /onEvent is a function/);
        assert.throws(() => client({ transport: {} }), /the transport has no method send/);
        assert.throws(() => client({ tracer: 1 }), /tracer/);
        assert.ok(traced instanceof Client);
    });
});

describe("metrics", () => {
    test("count submits, polls and ends", async () => {
        const traced = client();
        for (let time = 0; time < 2; time++) await (await traced.submit(job())).wait();
        await failureOf((await traced.submit(job("[fail]"))).wait());
        await sandbox.script("apixo", { on: "submit", fault: { kind: "resetAfterBody" } });
        assert.equal((await failureOf(traced.submit(job()))).code, "SUBMIT_UNKNOWN");
        assert.equal((await failureOf(traced.submit({ model: "nano-banana", input: {} }))).code, "INVALID_PAYLOAD");
        const outcomes = (await points("gentask.client.submits")).map(({ attributes, value }) => [attributes["gentask.outcome"], value]);
        assert.deepEqual(Object.fromEntries(outcomes), { accepted: 3, unresolved: 1, refused: 1 });
        const ended = (await points("gentask.client.tasks.ended")).map(({ attributes, value }) => [attributes["gentask.status"], value]);
        assert.deepEqual(Object.fromEntries(ended), { success: 2, failed: 1 });
        const [{ value: polls }] = await points("gentask.client.polls");
        assert.equal(polls, await sandbox.arrived("apixo", "status"));
        const durations = await points("gen_ai.client.operation.duration");
        assert.equal(durations.reduce((sum, { value }) => sum + value.count, 0), 3);
        for (const { attributes } of durations) assert.equal(attributes["gen_ai.operation.name"], "generate_content");
    });

    test("are of many and of resumed tasks too", async () => {
        const traced = client();
        for await (const { task } of submitMany(traced, Array(3).fill(job()), { key: "album", wait: false })) assert.ok(task);
        assert.equal((await traced.resume()).length, 3);
        const [{ attributes, value }] = await points("gentask.client.tasks.ended");
        assert.deepEqual([attributes["gentask.status"], value], ["success", 3]);
        // What is polled for nobody is no trace.
        assert.deepEqual(requests().filter(({ name }) => name === "GET status"), []);
    });
});

test("nothing private is exported, however a call ends", async () => {
    const traced = client();
    const more = { owner: "anna@example.com", callbackUrl: "https://hooks.example.com/gentask?tenant=7" };
    await sandbox.script(
        "apixo",
        { on: "submit", nth: 2, fault: { kind: "status", code: 402, body: { message: `no credits for ${PROMPT}` } } },
        { on: "submit", nth: 3, fault: { kind: "resetAfterBody" } },
        { on: "status", nth: 1, fault: { kind: "status", code: 500 } },
    );
    await (await traced.submit(job("", { key: "secret-key-1", ...more }))).wait();
    await failureOf(traced.submit(job("", { key: "secret-key-2", ...more })));
    await failureOf(traced.submit(job("", { key: "secret-key-3", ...more })));
    for (const word of ["[fail]", "[content]"]) await failureOf(traced.submit(job(word, more)).then((task) => task.wait()));
    await failureOf(traced.submit({ model: "nano-banana", input: { mode: PROMPT, prompt: PROMPT }, ...more }));
    await failureOf(traced.submit(job("another", { key: "secret-key-1", owner: more.owner })));
    await failureOf(traced.submit({ model: "nano-banana", input: PROMPT }));
    const text = await exported();
    assert.ok(spans.getFinishedSpans().length >= 15);
    for (const word of [KEY, PROMPT, "mauve", "secret-", "anna", "://", "hooks.", "127.0.0.1", "/api/", "Bearer", "at async"]) {
        assert.ok(!text.includes(word), word);
    }
});

test("every name is documented", async () => {
    const documented = new Set(
        [...readFileSync(new URL("../../../docs/opentelemetry.md", import.meta.url), "utf8").matchAll(/`([a-z_.]+)`/g)].map(([, name]) => name),
    );
    await sandbox.script("apixo", { on: "submit", nth: 1, fault: { kind: "status", code: 429, headers: { "retry-after": "0" } } });
    const traced = client();
    await (await traced.submit(job())).wait();
    await failureOf((await traced.submit(job("[fail]"))).wait());
    const names = new Set([...(await exported()).matchAll(/"((?:gentask|gen_ai|http|error)\.[a-z_.]+)"/g)].map(([, name]) => name));
    assert.ok(names.size >= 15);
    assert.deepEqual([...names].filter((name) => !documented.has(name)), []);
});
