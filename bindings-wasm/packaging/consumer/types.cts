// Compiled, never run: what a program in TypeScript may say, and what it may not.

import { Client, memoryStore, type Reply } from "gentask";

export async function picture(prompt: string): Promise<string | null> {
    const client = new Client("apixo", { store: memoryStore(), apiKey: () => "k", poll: { initial: 0.001 } });
    const task = await client.submit({ model: "nano-banana", input: { mode: "text-to-image", prompt } });
    const reply: Reply = await task.wait({ timeout: 30, signal: AbortSignal.timeout(60_000) });
    return reply.files[0]?.url ?? null;
}

export async function mistakes(client: Client): Promise<void> {
    // @ts-expect-error: a model is a name
    await client.submit({ model: 1, input: {} });
    // @ts-expect-error: there is no such option
    new Client("apixo", { store: memoryStore(), retries: 3 });
}
