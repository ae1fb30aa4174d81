import assert from "node:assert/strict";
import { test } from "node:test";
import { DIST, refused } from "./support.mjs";

const { sqliteFault } = await import(new URL("store/fault.js", DIST).href);
const { durableObjectStore } = await import(new URL("store/durable-object.js", DIST).href);

test("fault: an extended code means what its primary code means", () => {
    for (
        const [code, kind] of [
            [5, "locked"],
            [261, "locked"],
            [517, "locked"],
            [6, "locked"],
            [262, "locked"],
            [15, "locked"],
            [3, "readOnly"],
            [8, "readOnly"],
            [1032, "readOnly"],
            [11, "corrupt"],
            [267, "corrupt"],
            [26, "corrupt"],
            [13, "full"],
            [10, "io"],
            [522, "io"],
            [14, "io"],
            [526, "io"],
            [1, "io"],
            [undefined, "io"],
        ]
    ) {
        const error = Object.assign(new Error("some words of it."), { errcode: code });
        const fault = sqliteFault("the task store x", error);
        assert.equal(fault.kind, kind, code);
        assert.equal(fault.cause, error);
        assert.match(fault.message, /^the task store x .* \(some words of it\)$/);
        assert.equal(fault.message.includes("cannot be opened"), (code & 0xff) === 14, code);
    }
});

test("fault: a Durable Object names its errors in their messages", async () => {
    for (
        const [message, kind] of [
            ["database or disk is full: SQLITE_FULL", "full"],
            ["database disk image is malformed: SQLITE_CORRUPT (extended: SQLITE_CORRUPT_INDEX)", "corrupt"],
            ["file is not a database: SQLITE_NOTADB", "corrupt"],
            ["string or blob too big: SQLITE_TOOBIG", "io"],
        ]
    ) {
        const storage = {
            sql: {
                exec() {
                    throw new Error(message);
                },
            },
            transactionSync: (work) => work(),
        };
        assert.ok((await refused(() => durableObjectStore(storage), kind)).message.includes(message));
    }
});
