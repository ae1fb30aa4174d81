// The objects of the vectors as statements of TypeScript: each satisfies the type that the package declares for it, and each spoilt one does not.

import { canonical } from "./compare.mjs";
import { parts, replaced, without } from "./changes.mjs";

/** Names of the package that the statements need, and types made of them. Without its index signature a type refuses unknown members. */
const HEAD = [
    'import type {} from "gentask";',
    'import type { Asked, Balance, Billing, Ending, ErrorCode, Generation, HttpRequest, HttpResponse, Input, KeyClaim, KeyUse } from "gentask/sansio";',
    'import type { Arrival, CallReceipt, Candidate, ClientSettings, Effect, OutgoingRequest, Secrets, StoredDelivery, Verdict } from "gentask/sansio";',
    'import type { ListedTask, Output, Phase, Reply, ReplyData, Settings, Status, TaskEvent, TaskRecord, Violation } from "gentask/sansio";',
    "type Known<T> = { [K in keyof T as string extends K ? never : K]: T[K] };",
    'type Fields = Pick<Reply, "ok" | "status" | "taskId" | "errorCode" | "errorMessage" | "retryAfter"> & { readonly data: Known<ReplyData> };',
    'type Outline = Pick<TaskRecord, "phase" | "state" | "taskId" | "providerState" | "progressPermille" | "result" | "error">',
    "    & { readonly lastFault: ErrorCode | null };",
    "type Row = { readonly ending: Ending; readonly phase: Phase; readonly fault: ErrorCode | null; readonly status: Status;",
    "    readonly errorCode: ErrorCode | null };",
    "type Cell = { readonly asked: Asked; readonly phase: Phase | null; readonly billings: readonly Billing[];",
    "    readonly steps: Readonly<Record<ErrorCode, readonly string[]>> };",
    'type Mistake = { readonly code: ErrorCode; readonly violations: readonly Pick<Violation, "path" | "rule">[] };',
    'type Told = Exclude<Output, { kind: "yield" } | { kind: "finished" }> | { readonly kind: "yield" | "finished"; readonly reply: Fields };',
    'type Meant = Extract<KeyUse, { use: "same" | "free" }> | { readonly use: "conflict" | "wait"; readonly reply: Fields };',
    // Effects without their bytes, and without the records, which are those of transcripts too.
    'type Delivered = Omit<StoredDelivery, "body">;',
    'type Head = Omit<Arrival, "body">;',
    'type Judged = Exclude<Verdict, { verdict: "keys" }>;',
    'type Bare = Exclude<Effect, { kind: "save" | "tell" | "send" | "remember" | "verify" }>',
    '    | Omit<Extract<Effect, { kind: "save" }>, "record" | "json" | "blobs" | "delivery"> & { readonly delivery: Delivered | null }',
    '    | { readonly kind: "remember"; readonly delivery: Delivered }',
    '    | { readonly kind: "verify"; readonly candidates: readonly Readonly<Record<keyof Candidate, string>>[] }',
    '    | Omit<Extract<Effect, { kind: "tell" }>, "record" | "json" | "update">',
    '    | Omit<Extract<Effect, { kind: "send" }>, "request"> & { readonly request: Omit<OutgoingRequest, "body"> };',
    "export {};",
];

/** What a type leaves open on purpose: members that may be absent, maps that take any member, and values of any kind. */
const OPEN = {
    Fields: { optional: /^data\/[^/]+$/, map: /^data\/raw(\/|$)/, any: /^data\/raw(\/|$)/ },
    Told: {
        optional: /^reply\/data\/[^/]+$/,
        map: /^(event\/data|reply\/data\/raw|record\/options)(\/|$)/,
        any: /^(event\/data\/|reply\/data\/raw|record\/options\/)/,
    },
    TaskEvent: { map: /^data(\/|$)/, any: /^data\// },
    TaskRecord: { map: /^options$/, any: /^options\// },
    HttpResponse: { optional: /^body$/ },
    Input: { optional: /^(taskId|body|response\/body)$/ },
    Settings: { optional: /./ },
    ClientSettings: { optional: /./ },
    Secrets: { optional: /^(token|signing|toleranceMs)$|\/until$/ },
    Bare: { optional: /^(filter\/.+|request\/openMs)$/, map: /^(events|history)\/\d+\/data(\/|$)/, any: /^(events|history)\/\d+\/data\// },
    Meant: {
        optional: /^reply\/data\/[^/]+$/,
        map: /^(reply\/data\/raw|record\/options)(\/|$)/,
        any: /^(reply\/data\/raw|record\/options\/)/,
    },
    KeyClaim: { optional: /^(key|owner|callbackUrl|options)(\/|$)|^input\//, map: /^(input|options)(\/|$)/, any: /^(input|options)(\/|$)/ },
    Generation: { optional: /^(key|owner|callbackUrl|options)(\/|$)|^input\//, map: /^(input|options)(\/|$)/, any: /^(input|options)(\/|$)/ },
};
/** The member that tells the kinds of a union apart. */
const WORDS = { Told: "kind", Input: "kind", Meant: "use", Bare: "kind", Judged: "verdict" };
/** Members of maps may always be absent. */
const MAPS = /(^|\/)(headers|vars|options|data|input)\/[^/]+$/;

/** The lines of a module, and what each line is about. `spoilt` says how many of its statements must be errors. */
export function statements(shelf) {
    const lines = [...HEAD];
    const about = new Map();
    const say = (type, value, title) => {
        lines.push(`(${JSON.stringify(value)}) satisfies ${type};`);
        about.set(lines.length, title);
    };
    const refuse = (type, value, title) => {
        lines.push("// @ts-expect-error");
        about.set(lines.length, `${title} is taken`);
        say(type, value, title);
    };
    const counts = {};
    let spoilt = 0;
    for (const [type, values] of Object.entries(objects(shelf))) {
        counts[type] = values.size;
        for (const [text, title] of values) say(type, JSON.parse(text), title);
        for (const [what, value] of spoils(type, values.keys())) {
            refuse(type, value, `a ${type} with ${what}`);
            spoilt += 1;
        }
    }
    // The other way round: a type that lacks a member, or has one more, is no type of these objects.
    const [record] = objects(shelf).TaskRecord.keys();
    const value = JSON.parse(record);
    for (const name of Object.keys(value)) {
        refuse(`Omit<TaskRecord, ${JSON.stringify(name)}>`, value, `a type of records without ${name}`);
        refuse(`TaskRecord & { readonly ${name}: { readonly more: true } }`, value, `a type of records with another ${name}`);
        spoilt += 2;
    }
    return { text: `${lines.join("\n")}\n`, about, counts, spoilt };
}

/** The distinct objects of each type, as canonical texts, with where each is from. */
function objects(shelf) {
    const found = {};
    const keep = (type, value, title) => {
        const text = canonical(value);
        found[type] ??= new Map();
        if (!found[type].has(text)) found[type].set(text, `${type} of ${title}`);
    };
    for (const file of Object.keys(shelf.manifest.files)) {
        for (const each of shelf.cases(file)) gather(file, each, (type, value) => keep(type, value, `${file}, "${each.name}"`));
    }
    return found;
}

function gather(file, { expect, ...each }, keep) {
    const answered = (response) => ({ headers: {}, body: { text: "" }, end: "whole", ...response });
    if (each.generation !== undefined) keep("Generation", { ...each.generation, ...each.options });
    if (each.settings !== undefined) keep(file.startsWith("calls_") ? "ClientSettings" : "Settings", each.settings);
    if (each.response !== undefined) keep("HttpResponse", answered(each.response));
    if (each.outcome?.response !== undefined) keep("HttpResponse", answered(each.outcome.response));
    if (expect?.reply !== undefined) keep("Fields", expect.reply);
    if (expect?.error !== undefined) keep("Mistake", expect.error);
    if (expect?.request) keep("HttpRequest", expect.request);
    if (file === "calls_callbacks" && each.arrival !== undefined) keep("Head", each.arrival);
    switch (file) {
        case "webhooks":
            keep("Secrets", each.secrets);
            if (expect.verdict !== "keys") keep("Judged", expect);
            break;
        case "validate":
            if (expect.valid !== true) keep("Mistake", expect);
            break;
        case "decode":
            if (expect.record !== undefined) keep("Outline", expect.record);
            if (expect.amount !== undefined) keep("Balance", expect);
            for (const task of expect.tasks ?? []) keep("ListedTask", task);
            break;
        case "replies":
            keep("Row", { ending: each.ending, phase: each.phase, fault: each.fault, status: expect.status, errorCode: expect.errorCode });
            break;
        case "advice":
            keep("Cell", { asked: each.asked, phase: each.phase, billings: each.billings, steps: expect });
            break;
        case "keys":
            keep("KeyClaim", { ...each.generation, ...each.options, held: each.held, now: each.now });
            keep("Meant", expect.use === "free" ? { ...expect, json: canonical(expect.record) } : expect);
            keep("TaskRecord", JSON.parse(each.stored));
            break;
        case "records":
            // A later release's members are what an object of this one's type cannot have.
            if (expect.canonical !== undefined && !/unknown fields|later release/.test(each.name)) keep("TaskRecord", JSON.parse(expect.canonical));
            break;
    }
    // A record is given as what differs from the one before it.
    let record = {};
    for (const step of each.steps ?? []) {
        const { input } = step;
        if (input?.kind === "response") keep("Input", { ...input, response: answered(input.response) });
        else if (input !== undefined) keep("Input", input);
        if (step.expect.error !== undefined) keep("Mistake", step.expect.error);
        if (step.expect.effect !== undefined) keep("Bare", bare(step.expect));
        if (each.begin === "receive" && step.expect.done !== undefined) keep("CallReceipt", step.expect.done);
        for (const output of step.expect.outputs ?? []) {
            if (output.kind === "save") record = { ...record, ...output.record };
            gatherOutput(output.kind === "save" ? { ...output, record } : output, keep);
        }
    }
}

/** What a case says of an effect beside its own members, or in another form. */
const BESIDE = ["effect", "number", "stays", "endsAt", "body", "bytes", "blobs", "record", "update"];

function bare(effect) {
    const own = Object.entries(effect).filter(([name]) => !BESIDE.includes(name));
    // What a save has not is left out in a case.
    const beside = effect.effect === "save" ? { isEnd: false, delivery: null } : {};
    return { kind: effect.effect, ...beside, ...Object.fromEntries(own) };
}

function gatherOutput(output, keep) {
    keep("Told", output.kind === "save" ? { ...output, json: canonical(output.record) } : output);
    if (output.kind === "save") keep("TaskRecord", output.record);
    if (output.kind === "event") keep("TaskEvent", output.event);
    if (output.kind === "transmit") keep("HttpRequest", output.request);
    if (output.reply !== undefined) keep("Fields", output.reply);
}

/** Each part of a type's objects once, for each kind of value that it has: of another kind, left out, and with a member too many. */
function* spoils(type, texts) {
    const { optional = /$^/, map = /$^/, any = /$^/ } = OPEN[type] ?? {};
    const seen = new Set();
    for (const text of texts) {
        const value = JSON.parse(text);
        for (const [path, part] of parts(value)) {
            const at = path.map((step) => (typeof step === "number" ? 0 : step)).join("/");
            const kind = `${at} ${part === null ? null : typeof part} ${value[WORDS[type]] ?? ""}`;
            if (seen.has(kind)) continue;
            seen.add(kind);
            if (!any.test(at)) yield [`another kind of /${at}`, replaced(value, path, ofAnotherKind(part))];
            const isMember = path.length > 0 && typeof path.at(-1) === "string";
            if (isMember && !optional.test(at) && !MAPS.test(at) && !any.test(at)) yield [`no /${at}`, without(value, path)];
            const isObject = typeof part === "object" && part !== null && !Array.isArray(part);
            if (isObject && !map.test(at) && !any.test(at)) yield [`more in /${at}`, replaced(value, path, { ...part, unheardOf: true })];
        }
    }
}

function ofAnotherKind(value) {
    if (value === null) return { unheardOf: true };
    return typeof value === "number" ? "a text" : 4_711;
}
