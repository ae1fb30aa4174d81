// What the command is made of, and what of it a program loads that does not run it: nothing.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { DIST } from "../support/package.mjs";

const { exitCode } = await import(new URL("command/exit.js", DIST).href);
const { plain, size, span } = await import(new URL("command/print.js", DIST).href);
const { nearest } = await import(new URL("command/nearest.js", DIST).href);

/** The modules that one loads, and what it imports from the runtime. */
function loaded(entry) {
    const [seen, builtins] = [new Set(), new Set()];
    const follow = (url) => {
        if (seen.has(url.href)) return;
        seen.add(url.href);
        for (const [, from] of readFileSync(url, "utf8").matchAll(/^(?:import|export)\s(?:[^"';]*?\sfrom\s)?"([^"]+)"/gm)) {
            if (from.startsWith(".")) follow(new URL(from, url));
            else builtins.add(from);
        }
    };
    follow(new URL(entry, DIST));
    return { modules: [...seen].map((href) => href.slice(DIST.href.length)), builtins: [...builtins] };
}

test("who imports the package loads nothing of the command, and no module of a runtime", () => {
    for (const entry of ["entry/default.js", "entry/slim.js", "../sansio/dist/entry/sansio.js"]) {
        const { builtins, modules } = loaded(entry);
        assert.ok(modules.length > 5, entry);
        assert.deepEqual(modules.filter((module) => /(^|dist\/)(command\/|files)/.test(module)), [], entry);
        assert.deepEqual(builtins, [], entry);
    }
    assert.ok(loaded("command/main.js").modules.includes("files/fetch.js"));
});

test("the program begins with the line that lets a system start it", () => {
    assert.match(readFileSync(new URL("command/main.js", DIST), "utf8"), /^#!\/usr\/bin\/env node\n/);
});

test("each code has its exit code", () => {
    const codes = {
        INVALID_MODEL: 2,
        INVALID_PAYLOAD: 2,
        AUTH_FAILED: 3,
        RATE_LIMITED: 1,
        INSUFFICIENT_CREDITS: 3,
        TASK_NOT_FOUND: 1,
        NETWORK_ERROR: 1,
        UNKNOWN_ERROR: 1,
        GENERATION_FAILED: 1,
        CONTENT_REJECTED: 1,
        UPSTREAM_ERROR: 1,
        WAIT_TIMEOUT: 4,
        SUBMIT_UNKNOWN: 5,
        CANCELLED: 1,
        UNSUPPORTED: 2,
        INVALID_CONTRACT: 2,
        STORE_ERROR: 6,
        RESPONSE_TOO_LARGE: 1,
    };
    for (const [errorCode, code] of Object.entries(codes)) assert.equal(exitCode({ errorCode, status: "failed" }), code, errorCode);
    assert.equal(exitCode({ errorCode: null, status: "pending" }), 0);
    for (const errorCode of ["RATE_LIMITED", "RESPONSE_TOO_LARGE"]) assert.equal(exitCode({ errorCode, status: "processing" }), 4, errorCode);
});

test("a provider's words cannot steer a terminal", () => {
    assert.equal(plain("no\u001b]0;owned\u0007\u009b31m\r\nü\ttab"), "no\ufffd]0;owned\ufffd\ufffd31m\ufffd\nü\ufffdtab");
});

test("spans and sizes are told as the native command tells them", () => {
    const spans = [0, 850, 1_000, 12_590, 119_999, 120_000, 7_199_999, 7_200_000, 172_799_999, 172_800_000];
    assert.deepEqual(spans.map(span), ["0 ms", "850 ms", "1.0 s", "12.5 s", "119.9 s", "2 min", "119 min", "2 h", "47 h", "2 d"]);
    const sizes = [0, 1_023, 1_024, 1_025, 1_048_575, 1_048_576, 1_572_864, 2_097_151];
    assert.deepEqual(sizes.map(size), ["0 B", "1023 B", "1 KiB", "2 KiB", "1024 KiB", "1.0 MiB", "1.5 MiB", "1.9 MiB"]);
});

test("a word that was meant is found by its slips", () => {
    const words = ["list", "run", "resume", "status"];
    assert.deepEqual(nearest("lits", words), ["list"]);
    assert.deepEqual(nearest("LIST", words), ["list"]);
    assert.deepEqual(nearest("stauts", words), ["status"]);
    assert.deepEqual(nearest("zzz", words), []);
    assert.deepEqual(nearest("x".repeat(1_000), words), []);
});
