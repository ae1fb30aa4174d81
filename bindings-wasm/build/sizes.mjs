// What each part of an application's module weighs, as a table: its functions by families, told by their names, which the module on its way still has.
//
// `node build/sizes.mjs [FILE]`, after `cargo xtask npm --build`. A function that the compiler has put into another one counts as part of that.

import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));
const CONTRACTS = `${root}core/contracts`;
/** What `build.rs` leaves out of the contracts in the module. */
const FOR_PEOPLE = ["$schema", "docs", "evidence", "samples"];

/** The first that fits a name has it. */
const FAMILIES = [
    [
        "contracts: read and checked",
        /contract::(load|calls|input|samples|condition::\S*load|vars::load|template::lint|callback::\S*load)|Contract::load|Contract::check|contract_(checkSamples|builtIn|load)|drop_in_place<gentask_core::contract/,
    ],
    ["contracts: at work", /gentask_core::contract|contract_(about|source|checkBase|trustedOrigins|waitMs|validate)/],
    ["payloads: JSON Schema", /gentask_core::schema/],
    ["media", /gentask_core::media|contract_mediaType|dataUri/],
    ["requests", /gentask_core::(encode|added|io|keys)|contract_accountRequest|batchKey|refusedHeader|machine_keyUse/],
    ["answers", /gentask_core::(decode|account|retry)|contract_readAccount/],
    ["polls that are learned", /learning|learn/i],
    ["pacer", /gentask_core::(pacer|pause|backoff)|pacer_/],
    ["the machine", /gentask_core::(machine|state|phase)|machine_/],
    ["records", /gentask_core::record|canonicalRecord|withdrawn/],
    ["replies, errors and advice", /gentask_core::(reply|error|advice|failure|warning)|gentask_wasm::(replied|thrown)/],
    ["callbacks, tokens and hashes", /gentask_core::(token|webhook|conceal|uncalled|address|hex)|sha2|hmac|digest|checkCallbacks/],
    ["dates, URLs and base64", /gentask_core::(httpdate|url|base64)|base64/],
    ["JSON and numbers", /gentask_core::(json|by_name|search|wire)|serde_json|zmij|itoa|dec2flt|flt2dec|f64 as/],
    ["the boundary to JavaScript", /gentask_wasm|wasm_bindgen|externref|__wbindgen|^[a-z]\w*$/i],
    ["Rust's own: memory, texts, collections", /^/],
];

const file = process.argv[2] ?? `${root}target/wasm/glue/named.wasm`;
const bytes = readFileSync(file);
const { code, data, functions, rest } = read(bytes);
const rows = new Map(FAMILIES.map(([family]) => [family, { count: 0, size: 0 }]));
for (const { name, size } of functions) {
    const row = rows.get(FAMILIES.find(([, names]) => names.test(name))[0]);
    row.count++;
    row.size += size;
}
const contracts = builtIn();
const whole = code + data + rest;
console.log("| part of the module | functions | KB | share |\n|---|---|---|---|");
for (const [family, { count, size }] of [...rows].sort(([, one], [, other]) => other.size - one.size)) print(family, count, size);
print("data: texts and tables", "", data - contracts);
print("data: the built-in contracts", "", contracts);
print("types, tables, exports", "", whole - data - functions.reduce((sum, { size }) => sum + size, 0));
print("all", functions.length, whole);

function print(name, count, size) {
    console.log(`| ${name} | ${count} | ${(size / 1_000).toFixed(1)} | ${(size / whole * 100).toFixed(1)}% |`);
}

/** How many bytes the contracts have in the module. */
function builtIn() {
    const names = readdirSync(CONTRACTS).filter((name) => name.endsWith(".json") && name.split(".").length === 2);
    return names.reduce((sum, name) => {
        const all = Object.entries(JSON.parse(readFileSync(`${CONTRACTS}/${name}`, "utf8")));
        return sum + Buffer.byteLength(JSON.stringify(Object.fromEntries(all.filter(([member]) => !FOR_PEOPLE.includes(member)))));
    }, 0);
}

/** The functions of a module with their names and sizes, and the sizes of its sections; those for people do not count. */
function read(bytes) {
    let at = 8;
    const number = () => {
        let value = 0;
        for (let shift = 0, more = true; more; shift += 7) {
            const byte = bytes[at++];
            value += (byte & 0x7f) * 2 ** shift;
            more = byte > 0x7f;
        }
        return value;
    };
    const text = () => {
        const length = number();
        return bytes.toString("utf8", at, at += length);
    };
    const sections = new Map();
    let rest = 0;
    while (at < bytes.length) {
        const id = bytes[at++];
        const length = number();
        const end = at + length;
        const name = id === 0 ? text() : id;
        sections.set(name, { at, end, length });
        if (id !== 0 && id !== 10 && id !== 11) rest += length;
        at = end;
    }
    at = sections.get(2).at;
    let imported = 0;
    for (let left = number(); left > 0; left--) {
        text();
        text();
        // All that is imported are functions, each with its type.
        if (bytes[at++] !== 0) throw new Error("an import that is no function");
        number();
        imported++;
    }
    const names = new Map();
    const { at: begin, end } = sections.get("name") ?? fail("has no names: it is stripped");
    for (at = begin; at < end;) {
        const kind = bytes[at++];
        const next = number() + at;
        if (kind === 1) { for (let left = number(); left > 0; left--) names.set(number(), text()); }
        at = next;
    }
    at = sections.get(10).at;
    const functions = Array.from({ length: number() }, (_, index) => {
        const size = number();
        at += size;
        return { name: names.get(imported + index) ?? "", size };
    });
    return { functions, code: sections.get(10).length, data: sections.get(11).length, rest };
}

function fail(words) {
    throw new Error(`${file} ${words}`);
}
