// Writes the `inline.js` of a folder: its module for where a program cannot import WebAssembly. Deflated before it becomes base64, because base64 of the
// module itself would be a third larger in every download that is gzipped.

import { readFileSync, writeFileSync } from "node:fs";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { deflateRawSync } from "node:zlib";
import { build } from "esbuild";

const root = fileURLToPath(new URL("..", import.meta.url));
const [pkg] = process.argv.slice(2);
const module = readFileSync(`${root}${pkg}/core.wasm`);
const packed = deflateRawSync(module, { level: 9, memLevel: 9 }).toString("base64");

// Neither Buffer nor a stream: this also runs at the start of an edge worker, where nothing can be awaited.
const source = `
import { inflateSync } from "fflate";

const PACKED = "${packed}";

export function bytes() {
    const packed = decode(PACKED);
    return native()?.inflateRawSync(packed) ?? inflateSync(packed, { out: new Uint8Array(${module.length}) });
}

// Ten times as fast, where the runtime has it.
function native() {
    try {
        return globalThis.process?.getBuiltinModule?.("node:zlib");
    } catch {
        return undefined;
    }
}

function decode(text) {
    if (typeof Uint8Array.fromBase64 === "function") return Uint8Array.fromBase64(text);
    const binary = atob(text);
    const decoded = new Uint8Array(binary.length);
    for (let index = 0; index < binary.length; index++) decoded[index] = binary.charCodeAt(index);
    return decoded;
}
`;

const licence = readFileSync(`${root}node_modules/fflate/LICENSE`, "utf8").trim();
await build({
    stdin: { contents: source, resolveDir: root },
    bundle: true,
    format: "esm",
    platform: "neutral",
    mainFields: ["module"],
    banner: { js: `/*! Decompression by fflate (https://github.com/101arrowz/fflate):\n\n${licence}\n*/` },
    outfile: `${root}${pkg}/inline.js`,
    logLevel: "warning",
});
writeFileSync(
    `${root}${pkg}/inline.d.ts`,
    "/** The module's bytes. */\nexport function bytes(): Uint8Array<ArrayBuffer>;\n",
);

const { bytes } = await import(`../${pkg}/inline.js`);
if (!module.equals(bytes())) throw new Error("the inlined module is not the module");
