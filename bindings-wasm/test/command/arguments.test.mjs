// Command lines, read without being run. What they do is in the command-line vectors that all languages share.

import assert from "node:assert/strict";
import test from "node:test";
import { DIST } from "../support/package.mjs";

const { Misuse, read } = await import(new URL("command/arguments.js", DIST).href);
const { help } = await import(new URL("command/help.js", DIST).href);
const { VERBS, SHARED, SEED, ageOf } = await import(new URL("command/flags.js", DIST).href);

const call = (...args) => {
    const line = read(args);
    assert.equal(line.kind, "run");
    return line.call;
};

/** What is wrong with a command line, on one line. */
const fault = (...args) => {
    try {
        read(args);
    } catch (error) {
        assert.ok(error instanceof Misuse, error);
        assert.match(error.text, /^error: .*For more information, try '--help'\.$/s);
        return error.message;
    }
    throw new Error(`nothing is wrong with ${args.join(" ")}`);
};

test("a verb takes its flags in any order and flags of every verb on either side", () => {
    const run = call("--json", "--store", "a.db", "run", "--payload", "{}", "--model=m", "--option", "a=1", "--option", "b=2", "--no-wait");
    assert.equal(run.verb, "run");
    assert.deepEqual([run.text("store"), run.text("payload"), run.text("model"), run.all("option")], ["a.db", "{}", "m", ["a=1", "b=2"]]);
    assert.ok(run.has("json") && run.has("no-wait") && !run.has("dry-run"));
    const adopt = call("adopt", "one", "--account", "red", "two");
    assert.deepEqual([adopt.argument(0), adopt.argument(1), adopt.text("account")], ["one", "two", "red"]);
});

test("behind the verb a flag of every verb overrules the one before it", () => {
    assert.equal(call("--store", "a.db", "list", "--store", "b.db").text("store"), "b.db");
});

test("the seed's flags need no verb", () => {
    const seed = call("--action", "getTask", "--taskId", "x");
    assert.deepEqual([seed.verb, seed.text("action"), seed.text("taskId")], [undefined, "getTask", "x"]);
});

test("a payload may be a dash, empty, or begin with one where it is written in one word", () => {
    assert.equal(call("run", "--model", "m", "--payload", "-").text("payload"), "-");
    assert.equal(call("run", "--model", "", "--payload", "{}").text("model"), "");
    assert.equal(call("run", "--model", "m", "--payload", "{}", "--key=-k").text("key"), "-k");
    assert.equal(call("status", "--", "--odd").argument(0), "--odd");
});

test("names that JavaScript's own objects have are no verbs and no flags", () => {
    assert.match(fault("constructor"), /^unrecognized subcommand 'constructor'/);
    assert.match(fault("list", "--constructor"), /^unexpected argument '--constructor' found/);
    assert.match(fault("list", "--__proto__=x"), /^unexpected argument '--__proto__' found/);
});

test("what is wrong is said in the words of the native command", () => {
    assert.equal(fault("run", "--modle", "x"), "unexpected argument '--modle' found tip: a similar argument exists: '--model'");
    assert.equal(fault("lits"), "unrecognized subcommand 'lits' tip: a similar subcommand exists: 'list'");
    assert.equal(fault("run"), "the following required arguments were not provided: --model <MODEL> --payload <JSON>");
    assert.equal(fault("adopt", "x"), "the following required arguments were not provided: <TASK>");
    assert.equal(fault("adopt", "x", "y", "z"), "unexpected argument 'z' found");
    assert.equal(fault("list", "--model", "x"), "unexpected argument '--model' found");
    assert.equal(fault("list", "-x"), "unexpected argument '-x' found");
    assert.equal(fault("list", "--limit"), "a value is required for '--limit <N>' but none was supplied");
    assert.equal(fault("list", "--limit", "--json"), "a value is required for '--limit <N>' but none was supplied");
    assert.equal(fault("list", "--limit", "-5"), "invalid value '-5' for '--limit <N>': expected a whole number, 0 or more");
    assert.equal(fault("list", "--owner", "-5"), "unexpected argument '-5' found");
    assert.equal(fault("list", "--json=1"), "unexpected value '1' for '--json' found; no more were expected");
    assert.equal(fault("list", "--limit", "1", "--limit", "2"), "the argument '--limit <N>' cannot be used multiple times");
    assert.equal(fault("validate", "--model", "x"), "the following required arguments were not provided: --payload <JSON>");
    const both = ["run", "--model", "m", "--payload", "{}", "--no-wait"];
    assert.equal(fault(...both, "--dry-run"), "the argument '--dry-run' cannot be used with '--no-wait'");
    assert.equal(fault(...both, "--out", "d"), "the argument '--out <DIR>' cannot be used with '--no-wait'");
    assert.match(
        fault("--action", "destroyTask"),
        /^invalid value 'destroyTask' for '--action <ACTION>' \[possible values: createGeneration, getStatus,/,
    );
    assert.equal(fault("--model", "m", "list"), "--model must come after the subcommand");
});

test("numbers that are none are refused", () => {
    assert.equal(fault("list", "--timeout", "-1"), "invalid value '-1' for '--timeout <SECONDS>': expected a number of seconds, 0 or more");
    for (const text of ["soon", "", "-1", "1s", "0x10", "1_0", "NaN", "inf", "1e300"]) {
        assert.match(fault("list", `--timeout=${text}`), /a number of seconds/, text);
    }
    for (const text of ["0", "0.5", ".5", "5.", "1e3", "+1"]) assert.equal(call("list", "--timeout", text).number("timeout"), Number(text));
    for (const text of ["x", "", "1.5", "1e3", "99999999999999999999"]) assert.match(fault("list", `--limit=${text}`), /a whole number/, text);
    for (const text of ["d", "5", "", "-1d", "1.5d", "5é", "d5"]) assert.equal(ageOf(text), undefined, text);
    assert.deepEqual(["30d", "12h", "90m", "45s"].map(ageOf), [2_592_000, 43_200, 5_400, 45]);
});

test("a file name that was no text is refused instead of being another file", () => {
    assert.match(fault("list", "--store", "caf\ufffd"), /not valid UTF-8/);
    assert.match(fault("get", "x", "--out", "caf\ufffd"), /not valid UTF-8/);
});

test("verbs of the native command alone are named as such", () => {
    for (const verb of ["demo", "listen", "deliveries", "completions"]) assert.match(fault(verb, "--anything"), /native command only/);
});

test("help and version are asked for in the usual ways", () => {
    for (const args of [["--help"], ["-h"], ["help"], ["--store", "x", "-h"]]) assert.deepEqual(read(args), { kind: "help", verb: undefined });
    for (const args of [["run", "--help"], ["run", "-h"], ["help", "run"]]) assert.deepEqual(read(args), { kind: "help", verb: "run" });
    for (const args of [["--version"], ["-V"]]) assert.deepEqual(read(args), { kind: "version" });
    assert.equal(fault("run", "--version"), "unexpected argument '--version' found");
});

test("the help of a verb names its flags and the shared ones that matter to it", () => {
    for (const [verb, { about, flags, shared, takes }] of Object.entries(VERBS)) {
        const text = help(verb);
        for (
            const words of [
                about,
                `gentask ${verb}`,
                ...[...flags, ...shared].map(({ name }) => `--${name}`),
                ...takes.map(([name]) => `<${name}>`),
            ]
        ) {
            assert.ok(text.includes(words), `${verb}: ${words}`);
        }
        for (const { name } of SHARED.filter((flag) => !shared.some(({ name }) => flag.name === name))) {
            assert.ok(!text.includes(`--${name} `), `${verb}: ${name}`);
        }
        assert.equal(text.includes("accepted and have no effect"), shared.length < SHARED.length, verb);
        assert.ok(help(undefined).includes(about), verb);
    }
    for (const { name } of [...SEED, ...SHARED]) assert.ok(help(undefined).includes(`--${name}`));
});
