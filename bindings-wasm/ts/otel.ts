// `gentask/otel`: OpenTelemetry's spans of what a program calls and sends, and its metrics of what becomes of tasks. No prompt, payload, key,
// owner or URL is in any of it, and nothing that a provider said in its own words. Every name stands in docs/opentelemetry.md.

import {
    type Attributes,
    context,
    type Counter,
    type Histogram,
    type MeterProvider,
    metrics,
    type Span,
    SpanKind,
    SpanStatusCode,
    trace,
    type Tracer,
    type TracerProvider,
} from "@opentelemetry/api";
import type { Client } from "./client.js";
import { functions } from "./core.js";
import { Aborted, GentaskError } from "./errors.js";
import { transportOf } from "./http/around.js";
import { type Answer, type Outgoing, type Transport, Undelivered } from "./http/transport.js";
import { complain, tell } from "./listeners.js";
import type { ClientOptions, SubmitRequest } from "./options.js";
import { Reply } from "./reply.js";
import type { TaskHandle } from "./task.js";
import type { TaskEvent, TaskRecord } from "./types.js";
import { VERSION } from "./version.js";

/** Where spans and metrics go. */
export interface TelemetryOptions {
    /** Default: the global one. */
    readonly tracerProvider?: TracerProvider | undefined;
    /** Default: the global one. */
    readonly meterProvider?: MeterProvider | undefined;
}

/**
 * A client class like the one that is passed, whose clients make spans and metrics: `const Traced = instrument(Client)`.
 *
 * Spans: `submit MODEL`, `wait MODEL` (of `wait` and `updates`), `check MODEL` and `cancel MODEL`, children of the caller's span; below them each
 * request, where a context manager is registered, as the SDKs for Node do. Metrics, of all tasks of the client, whoever drives them:
 * `gentask.client.submits`, `gentask.client.polls`, `gentask.client.tasks.ended` and `gen_ai.client.operation.duration`.
 */
export function instrument<C extends typeof Client>(base: C, options: TelemetryOptions = {}): C {
    const telemetry = new Telemetry(options);
    // A class of a parameter's has to take whatever the parameter's takes.
    // deno-lint-ignore no-explicit-any
    const Base = base as unknown as new (...given: any[]) => Client;
    return class extends Base {
        // deno-lint-ignore no-explicit-any
        constructor(...[provider, own, ...more]: any[]) {
            super(provider, telemetry.options(own), ...more);
        }

        override async submit(request: SubmitRequest): Promise<TaskHandle> {
            return telemetry.submit(this, request, () => super.submit(request));
        }

        override async task(intentId: string): Promise<TaskHandle> {
            return telemetry.handle(this, await super.task(intentId));
        }

        override async find(key: string, owner?: string): Promise<TaskHandle | null> {
            const task = await super.find(key, owner);
            return task && telemetry.handle(this, task);
        }
    } as unknown as C;
}

/** Intents whose first events are kept until their submit tells which one is its own. */
const EARLY = 1_000;

/** The buckets that the conventions name, and three more: videos take minutes. */
const BUCKETS_S = [0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92, 163.84, 327.68, 655.36];

/** What spans tell of an event's details. Times are the events' own; what is not here is not told. */
const TOLD: Readonly<Record<string, string>> = {
    from: "gentask.phase.from",
    to: "gentask.phase.to",
    progressPermille: "gentask.progress_permille",
    operation: "gentask.operation",
    code: "error.type",
    httpStatus: "http.response.status_code",
    taskId: "gentask.task_id",
    applied: "gentask.callback.applied",
};

/** What a submit became of, by the phase that it came to; from `prepared` and `submitting` only: what is adopted later was submitted before. */
const OUTCOMES: Readonly<Record<string, string>> = { waiting: "accepted", unresolved: "unresolved" };

interface Heard {
    readonly record: TaskRecord;
    readonly event: TaskEvent;
}

class Telemetry {
    readonly #tracer: Tracer;
    readonly #submits: Counter;
    readonly #polls: Counter;
    readonly #ended: Counter;
    readonly #duration: Histogram;
    /** The spans of calls about a task, by its intent. */
    readonly #spans = new Map<string, Set<Span>>();
    /** What was heard of an intent while submits are under way that do not know their own yet. */
    readonly #early = new Map<string, Heard[]>();
    #submitting = 0;

    constructor({ meterProvider = metrics, tracerProvider = trace }: TelemetryOptions) {
        this.#tracer = tracerProvider.getTracer("gentask", VERSION);
        const meter = meterProvider.getMeter("gentask", VERSION);
        this.#submits = meter.createCounter("gentask.client.submits", { unit: "{submit}", description: "Submits by what became of them" });
        this.#polls = meter.createCounter("gentask.client.polls", { unit: "{request}", description: "Requests that asked how tasks are" });
        this.#ended = meter.createCounter("gentask.client.tasks.ended", { unit: "{task}", description: "Tasks that ended" });
        const advice = { explicitBucketBoundaries: BUCKETS_S };
        const description = "GenAI operation duration";
        this.#duration = meter.createHistogram("gen_ai.client.operation.duration", { unit: "s", description, advice });
    }

    /** A client's options, which hear and see what they would, and tell it here as well. */
    options(own: ClientOptions | undefined): ClientOptions {
        const given: ClientOptions = own ?? {};
        // What is no transport and no listener is for the client to refuse.
        const isRefused = given.transport !== undefined && typeof given.transport?.send !== "function";
        const listens = given.onEvent === undefined || typeof given.onEvent === "function";
        return {
            ...given,
            ...(!isRefused && { fetch: undefined, transport: this.#seen(transportOf(given)) }),
            ...(listens && { onEvent: (record: TaskRecord, event: TaskEvent) => this.#hear(record, event, given.onEvent) }),
        };
    }

    submit(client: Client, request: SubmitRequest, submit: () => Promise<TaskHandle>): Promise<TaskHandle> {
        const model: unknown = request?.model;
        const about = aboutOf(client.contract.id, model);
        const attributes = { ...about, "gen_ai.operation.name": "generate_content" };
        return this.#within("submit", model, { kind: SpanKind.CLIENT, attributes }, async (span) => {
            let intentId: string | null = null;
            this.#submitting++;
            try {
                const task = await submit();
                intentId = task.intentId;
                if (task.taskId !== null) span.setAttribute("gentask.task_id", task.taskId);
                return this.handle(client, task);
            } catch (error) {
                if (error instanceof GentaskError) {
                    intentId = error.reply.intentId;
                    const refused = { ...about, "gentask.outcome": "refused", "error.type": error.code };
                    if (intentId === null && !(error instanceof Aborted)) this.#submits.add(1, refused);
                }
                throw error;
            } finally {
                if (intentId !== null) span.setAttribute("gentask.intent_id", intentId);
                for (const heard of this.#early.get(intentId ?? "") ?? []) addEvent(span, heard);
                this.#early.delete(intentId ?? "");
                if (--this.#submitting === 0) this.#early.clear();
            }
        });
    }

    /** The handle, whose calls are covered from now on. */
    handle(client: Client, task: TaskHandle): TaskHandle {
        const { check, updates, wait } = task;
        const cancel = task.cancel;
        const provider = client.contract.id;
        const covered = (what: string, call: () => Promise<Reply>): Promise<Reply> => this.#about(what, provider, task, call);
        const calls = {
            check: (...given: Parameters<typeof check>) => covered("check", () => check.apply(task, given)),
            wait: (...given: Parameters<typeof wait>) => covered("wait", () => wait.apply(task, given)),
            cancel: (...given: Parameters<typeof cancel>) => covered("cancel", () => cancel.apply(task, given)),
            updates: (...given: Parameters<typeof updates>) => this.#updates(provider, task, updates.apply(task, given)),
        };
        for (const [name, value] of Object.entries(calls)) Object.defineProperty(task, name, { value, configurable: true, writable: true });
        return task;
    }

    #about(what: string, provider: string, task: TaskHandle, call: () => Promise<Reply>): Promise<Reply> {
        return this.#within(what, task.model, { attributes: aboutTask(provider, task) }, async (span) => {
            const leave = this.#enter(task.intentId, span);
            try {
                const reply = await call();
                setReply(span, reply);
                return reply;
            } finally {
                leave();
            }
        });
    }

    async *#updates(provider: string, task: TaskHandle, inner: AsyncGenerator<Reply, void, undefined>): AsyncGenerator<Reply, void, undefined> {
        const span = this.#tracer.startSpan(`wait ${task.model}`, { attributes: aboutTask(provider, task) });
        const leave = this.#enter(task.intentId, span);
        const within = trace.setSpan(context.active(), span);
        try {
            for (;;) {
                // Each step in the span's context, and none of it left to whoever takes the next one.
                const { done, value } = await context.with(within, () => inner.next());
                if (done === true) return;
                setReply(span, value);
                yield value;
            }
        } catch (error) {
            setFailure(span, error);
            throw error;
        } finally {
            leave();
            span.end();
            await inner.return();
        }
    }

    async #within<T>(
        what: string,
        model: unknown,
        options: { readonly kind?: SpanKind; readonly attributes: Attributes },
        run: (span: Span) => Promise<T>,
    ): Promise<T> {
        const span = this.#tracer.startSpan(typeof model === "string" ? `${what} ${model}` : what, options);
        try {
            return await context.with(trace.setSpan(context.active(), span), () => run(span));
        } catch (error) {
            setFailure(span, error);
            throw error;
        } finally {
            span.end();
        }
    }

    /** Has a span hear what happens to a task, until what is returned is called. */
    #enter(intentId: string, span: Span): () => void {
        const spans = this.#spans.get(intentId) ?? new Set();
        this.#spans.set(intentId, spans.add(span));
        return () => {
            spans.delete(span);
            if (spans.size === 0) this.#spans.delete(intentId);
        };
    }

    #hear(record: TaskRecord, event: TaskEvent, own: ClientOptions["onEvent"]): unknown {
        tell(() => {
            this.#measure(record, event);
            const spans = this.#spans.get(record.intentId);
            for (const span of spans ?? []) addEvent(span, { record, event });
            if (spans === undefined && this.#submitting > 0) this.#keep({ record, event });
        }, complain("gentask/otel"));
        return own?.(record, event);
    }

    #keep(heard: Heard): void {
        const { intentId } = heard.record;
        const early = this.#early.get(intentId);
        if (early) early.push(heard);
        else this.#early.set(intentId, [heard]);
        if (this.#early.size > EARLY) this.#early.delete(this.#early.keys().next().value as string);
    }

    #measure(record: TaskRecord, { at, data, kind }: TaskEvent): void {
        if (kind !== "phase") return;
        const { from, to } = data as { from: string; to: string };
        const outcome = to === "rejected" ? to : from === "prepared" || from === "submitting" ? OUTCOMES[to] : undefined;
        const isEnd = record.at.finished !== null;
        if (outcome === undefined && !isEnd) return;
        const { errorCode, status } = Reply.of(functions.replyOf(JSON.stringify(record), undefined));
        const about = { ...aboutOf(record.provider, record.model), ...kindOf(record) };
        const failed = errorCode === null ? {} : { "error.type": errorCode };
        if (outcome !== undefined) this.#submits.add(1, { ...about, "gentask.outcome": outcome, ...failed });
        if (!isEnd) return;
        this.#polls.add(record.attempts.polls + record.attempts.fetches, about);
        this.#ended.add(1, { ...about, "gentask.status": status, ...failed });
        const seconds = Math.max(0, at - record.at.created) / 1_000;
        this.#duration.record(seconds, { ...about, "gen_ai.operation.name": "generate_content", ...failed });
    }

    /** A transport whose requests are spans, where somebody's span is around them: what a worker sends for nobody would be a trace each time. */
    #seen(inner: Transport): Transport {
        const send = async (outgoing: Outgoing, signal?: AbortSignal): Promise<Answer> => {
            if (trace.getActiveSpan() === undefined) return inner.send(outgoing, signal);
            const attributes = { "http.request.method": outgoing.method, "gentask.operation": outgoing.operation };
            const span = this.#tracer.startSpan(`${outgoing.method} ${outgoing.operation}`, { kind: SpanKind.CLIENT, attributes });
            try {
                const answer = await context.with(trace.setSpan(context.active(), span), () => inner.send(outgoing, signal));
                span.setAttribute("http.response.status_code", answer.status);
                if (answer.status >= 400) fail(span, String(answer.status));
                return answer;
            } catch (error) {
                fail(span, error instanceof Undelivered ? error.delivery : classOf(error));
                throw error;
            } finally {
                span.end();
            }
        };
        return { send };
    }
}

function aboutOf(provider: string, model: unknown): Attributes {
    return { "gen_ai.provider.name": provider, ...(typeof model === "string" && { "gen_ai.request.model": model }) };
}

function aboutTask(provider: string, task: TaskHandle): Attributes {
    return { ...aboutOf(provider, task.model), "gentask.intent_id": task.intentId };
}

function kindOf({ kind }: TaskRecord): Attributes {
    return kind === "unknown" ? {} : { "gen_ai.output.type": kind };
}

function addEvent(span: Span, { event, record }: Heard): void {
    const told: Attributes = {};
    for (const [key, value] of Object.entries(event.data)) {
        const name = TOLD[key];
        if (name !== undefined && value !== null) told[name] = value as string | number | boolean;
    }
    span.addEvent(`gentask.${event.kind}`, told, event.at);
    span.setAttributes({ ...kindOf(record), "gentask.submit.attempts": record.attempts.submit });
    const status = record.error?.httpStatus ?? event.data["httpStatus"];
    if (typeof status === "number") span.setAttribute("http.response.status_code", status);
}

function setReply(span: Span, { errorCode, intentId, status, taskId }: Reply): void {
    span.setAttribute("gentask.status", status);
    if (intentId !== null) span.setAttribute("gentask.intent_id", intentId);
    if (taskId !== null) span.setAttribute("gentask.task_id", taskId);
    if (errorCode !== null) fail(span, errorCode);
}

/** Neither an error's text nor where it was thrown: they may hold what a provider said of a prompt. */
function setFailure(span: Span, error: unknown): void {
    if (error instanceof GentaskError) setReply(span, error.reply);
    else fail(span, classOf(error));
}

function fail(span: Span, type: string): void {
    span.setAttribute("error.type", type);
    span.setStatus({ code: SpanStatusCode.ERROR });
}

function classOf(error: unknown): string {
    return error instanceof Error ? error.constructor.name : "_OTHER";
}
