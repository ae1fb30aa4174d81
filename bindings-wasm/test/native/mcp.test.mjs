// `gentask mcp` of the native command, spoken to by the official client of the Model Context Protocol.

import assert from "node:assert/strict";
import process from "node:process";
import { test } from "node:test";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { command } from "../support/sandbox.mjs";

const PICTURE = { provider: "apixo", model: "nano-banana", input: { mode: "text-to-image", prompt: "a fox" } };

test("the official client orders a picture, hears how it goes, and sees it", { timeout: 120_000 }, async () => {
    const told = [];
    const transport = new StdioClientTransport({
        command: command(),
        args: ["mcp", "--sandbox"],
        env: { PATH: process.env.PATH ?? "" },
        stderr: "pipe",
    });
    transport.stderr.on("data", (chunk) => told.push(String(chunk)));
    const client = new Client({ name: "test", version: "1.0.0" });
    await client.connect(transport);
    try {
        assert.match(client.getInstructions() ?? "", /simulated providers/);
        const { tools } = await client.listTools();
        const names = tools.map(({ name }) => name);
        for (const name of ["create_generation", "get_status", "get_task", "cancel_task", "validate", "models", "unresolved", "adopt"]) {
            assert.ok(names.includes(name), name);
        }

        const heard = [];
        const options = { onprogress: ({ progress }) => void heard.push(progress) };
        const made = await client.callTool({ name: "create_generation", arguments: { ...PICTURE, key: "one" } }, undefined, options);
        assert.ok(!made.isError, JSON.stringify(made));
        assert.equal(made.structuredContent.status, "success");
        const [text, image] = made.content;
        assert.equal(text.type, "text");
        assert.deepEqual([image.type, image.mimeType], ["image", "image/png"]);
        const bytes = Buffer.from(image.data, "base64");
        assert.deepEqual([...bytes.subarray(0, 8)], [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
        assert.ok(heard.length >= 2 && heard.every((progress, at) => at === 0 || progress > heard[at - 1]), heard.join());
        assert.match(JSON.stringify(made.structuredContent), /simulated/);

        const again = await client.callTool({ name: "create_generation", arguments: { ...PICTURE, key: "one" } });
        assert.equal(again.structuredContent.data.intentId, made.structuredContent.data.intentId);
        const valid = await client.callTool({ name: "validate", arguments: PICTURE });
        assert.deepEqual([valid.structuredContent.valid, valid.structuredContent.unchecked], [true, []]);
        const wrong = await client.callTool({ name: "validate", arguments: { ...PICTURE, input: { prompt: "a fox" } } });
        assert.equal(wrong.isError, true);
        assert.equal(wrong.structuredContent.errorCode, "INVALID_PAYLOAD");
    } finally {
        await client.close();
    }
    assert.deepEqual(told, []);
});
