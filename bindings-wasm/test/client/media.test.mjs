// Media at hand become data URIs in an input, by what the contract takes; what will not do is told at once, without a word of its content.

import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { pathToFileURL } from "node:url";
import { media, withMedia } from "gentask/media";
import { clientOf, failureOf, SOON } from "../support/client.mjs";
import { gentask } from "../support/package.mjs";
import { startSandbox } from "../support/sandbox.mjs";

const { Contract, GentaskError, InvalidPayload } = gentask;

const PNG = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3, 4, 5]);
const WEBM = Uint8Array.from([0x1a, 0x45, 0xdf, 0xa3, 9, 9]);
const URI = `data:image/png;base64,${Buffer.from(PNG).toString("base64")}`;

let folder;
let client;

before(() => {
    folder = mkdtempSync(join(tmpdir(), "gentask-media-"));
    client = clientOf(
        "http://127.0.0.1:9",
        contractWith({ accept: ["https", "data"], maxBytes: 40, types: ["image/png", "video/webm", "audio/webm"] }),
    );
});

after(() => rmSync(folder, { recursive: true, force: true }));

/** A provider that takes such media. */
function contractWith(rules) {
    return Contract.load({ ...JSON.parse(Contract.builtIn("aivideomaker").toJson()), media: rules });
}

/** A file in a folder whose name is nobody's business. */
function file(name, bytes) {
    mkdirSync(join(folder, "private"), { recursive: true });
    const path = join(folder, "private", name);
    writeFileSync(path, bytes);
    return path;
}

describe("media", () => {
    test("of every kind and at any depth becomes a data URI, and the rest stays as it is", async () => {
        const path = file("fox.png", PNG);
        const view = new Uint8Array(20).fill(7);
        view.set(PNG, 3);
        const when = new Date(0);
        const input = {
            prompt: "a fox",
            images: [
                new Blob([PNG]),
                new File([PNG], "fox.png", { type: "image/png" }),
                PNG.buffer,
                PNG,
                Buffer.from(PNG),
                "https://a.example/x.png",
            ],
            deep: { "a/b~c": [[{ file: media(path) }]], url: media(pathToFileURL(path)), view: view.subarray(3, 16), data: new DataView(PNG.buffer) },
            size: 3,
            nothing: null,
            absent: undefined,
            when,
        };
        const whole = await withMedia(client, input);
        assert.deepEqual(whole, {
            prompt: "a fox",
            images: [URI, URI, URI, URI, URI, "https://a.example/x.png"],
            deep: { "a/b~c": [[{ file: URI }]], url: URI, view: URI, data: URI },
            size: 3,
            nothing: null,
            absent: undefined,
            when,
        });
        assert.ok(input.images[0] instanceof Blob, "the input itself is left alone");
        const plain = { prompt: "a fox" };
        assert.equal(await withMedia(client, plain), plain);
        assert.equal(await withMedia(client, PNG), URI);
        assert.equal(await withMedia(client, "text"), "text");
    });

    test("a type that its owner gives decides where the bytes may be of several", async () => {
        const type = async (medium) => /^data:([^;]+)/.exec(await withMedia(client, medium))[1];
        assert.equal(await type(new Blob([WEBM])), "video/webm");
        assert.equal(await type(new Blob([WEBM], { type: "audio/webm;codecs=opus" })), "audio/webm");
        assert.equal(await type(new Blob([PNG], { type: "video/webm" })), "image/png", "bytes are believed before words");
    });

    test("everything that is wrong is told at once, by place, before anything is read whole", async () => {
        const large = new Uint8Array(41);
        large.set(PNG);
        let reads = 0;
        class Counted extends Blob {
            arrayBuffer() {
                reads++;
                return super.arrayBuffer();
            }
        }
        const input = {
            image: new Counted([PNG]),
            large,
            "odd/name": media(file("large.png", large)),
            list: [
                new Blob([new TextEncoder().encode("my own secret")]),
                media(file("notes.txt", "my own secret")),
                media(join(folder, "private", "none.png")),
            ],
            folder: media(folder),
        };
        const failure = await failureOf(withMedia(client, input));
        assert.ok(failure instanceof InvalidPayload);
        const wanted = "an https URL or a base64 data URI of image/png, video/webm, audio/webm, at most 40 bytes";
        assert.deepEqual(failure.violations.map(({ path, rule, expected, actual }) => [path, rule, expected, actual]), [
            ["/large", "media", "at most 40 bytes", "41 bytes of image/png"],
            ["/odd~1name", "media", "at most 40 bytes", "large.png: 41 bytes of image/png"],
            ["/list/0", "media", wanted, "13 bytes of no known type"],
            ["/list/1", "media", wanted, "notes.txt: 13 bytes of no known type"],
            ["/list/2", "media", "a file that can be read", "none.png: not there"],
            ["/folder", "media", "a file that can be read", `${folder.split(/[/\\]/).at(-1)}: no file`],
        ]);
        const said = `${failure.message} ${failure.reply.toJson()} ${failure.stack}`;
        assert.doesNotMatch(said, /my own secret|private/);
        assert.equal(reads, 0, "not even the sound one was read whole");
    });

    test("all media together must fit into one request, which is told before any is read", async () => {
        let reads = 0;
        class Counted extends Blob {
            async arrayBuffer() {
                if (this.size > 12) reads++;
                return super.arrayBuffer();
            }
        }
        const source = JSON.parse(Contract.builtIn("aivideomaker").toJson());
        const narrow = { ...source, media: { accept: ["data"], types: ["image/png"] }, limits: { ...source.limits, submitBytes: 40 } };
        const input = { image: new Counted([PNG]), more: [media(file("second.png", PNG)), new Counted([PNG])] };
        const failure = await failureOf(withMedia(clientOf("http://127.0.0.1:9", Contract.load(narrow)), input));
        assert.deepEqual(failure.violations.map(({ path, expected, actual }) => [path, expected, actual]), [
            ["/more/1", "at most 30 bytes of all media together", "13 bytes of image/png after 26 bytes of others"],
        ]);
        assert.equal(reads, 0);
    });

    test("a provider that takes URLs alone takes no file", async () => {
        const failure = await failureOf(withMedia(clientOf("http://127.0.0.1:9", contractWith({ accept: ["https"] })), { image: PNG }));
        assert.deepEqual(failure.violations.map(({ path, expected }) => [path, expected]), [["/image", "an https URL"]]);
    });

    test("a file that has grown since it was looked at is refused", async () => {
        const path = file("growing.png", PNG);
        class Growing extends Blob {
            async arrayBuffer() {
                writeFileSync(path, Uint8Array.from([...PNG, 1]));
                return super.arrayBuffer();
            }
        }
        // The Blob before it is read whole between the look at the file and its reading.
        const failure = await failureOf(withMedia(client, [new Growing([PNG]), media(path)]));
        assert.deepEqual(failure.violations.map(({ actual, path }) => [path, actual]), [[
            "/1",
            "growing.png: not the 13 bytes any more that it had",
        ]]);
    });

    test("wrong arguments are refused", async () => {
        await failureOf(withMedia(undefined, { image: PNG }));
        assert.throws(() => media(5), GentaskError);
        assert.throws(() => media(), GentaskError);
        const cycle = { image: PNG };
        cycle.self = cycle;
        assert.equal((await withMedia(client, cycle)).image, URI);
    });

    test("what is submitted is what was made", async () => {
        const sandbox = await startSandbox();
        try {
            await sandbox.reset("aivideomaker", SOON);
            const real = clientOf(sandbox.base("aivideomaker"), "aivideomaker");
            const input = await withMedia(real, { image: media(file("fox.png", PNG)), duration: "5", prompt: undefined });
            const task = await real.submit({ model: "i2v", input });
            assert.equal((await task.wait()).status, "success");
            assert.ok(real.dryRun({ model: "i2v", input }).body.text.includes(URI));
            assert.equal(await sandbox.arrived("aivideomaker"), 1);
        } finally {
            await sandbox.stop();
        }
    });
});
