// A provider may repeat the key in its answer, in words or escaped: it goes no further.

import assert from "node:assert/strict";
import { test } from "node:test";
import { conceal, hidden } from "../../dist/key.js";

function concealed(text, key) {
    const [body, headers] = [new TextEncoder().encode(text), { "x-echo": text }];
    conceal(headers, body, key);
    return { body: new TextDecoder().decode(body), header: headers["x-echo"] };
}

test("every occurrence is overwritten and nothing else", () => {
    const text = "sk-12345 und ssk-12345sk-1234 für é";
    const expected = "******** und s********sk-1234 für é";
    assert.deepEqual(concealed(text, "sk-12345"), { body: expected, header: expected });
    assert.equal(concealed("nothing here", "sk-12345").body, "nothing here");
    assert.equal(concealed('{"code": 200}', "code").body, '{"code": 200}', "a short word may stand anywhere");
});

test("a key is found however it is escaped", () => {
    const key = 'sk/a+b"c\\d(.*)';
    const plain = (text) => text.replaceAll("\\", "\\\\").replaceAll('"', '\\"');
    const escapes = [
        plain(key),
        plain(key).replaceAll("/", "\\/"),
        [...key].map((character) => `\\u00${character.charCodeAt(0).toString(16)}`).join(""),
        [...key].map((character) => `\\u00${character.charCodeAt(0).toString(16).toUpperCase()}`).join(""),
        [...key].map((character) => `%${character.charCodeAt(0).toString(16)}`).join(""),
    ];
    for (const echo of escapes) {
        const text = `{"message":"the key ${echo} is not valid"}`;
        const { body } = concealed(text, key);
        assert.equal(body, text.replace(echo, "*".repeat(echo.length)));
        JSON.parse(body);
    }
    assert.equal(hidden(`Bearer ${key}`, key), `Bearer ${"*".repeat(key.length)}`);
});

test("what only looks like an escape is text", () => {
    const text = '{"message":"\\\\u0073k12345678"}';
    assert.equal(concealed(text, "sk12345678").body, text);
    JSON.parse(concealed(text, "sk12345678").body);
});
