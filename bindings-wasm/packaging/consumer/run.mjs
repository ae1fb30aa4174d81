// One task from submit to reply, on a provider that answers as APIXO does. The same in every environment: what differs is who imports the
// package.

export const ANSWERS = [
    '{"code": 200, "data": {"taskId": "task_1"}}',
    '{"data": {"taskId": "task_1", "state": "processing"}}',
    '{"data": {"state": "success", "resultJson": "{\\"resultUrls\\":[\\"https://cdn.example/a.png\\"]}", "costTime": 12500}}',
];

export async function run({ Client, memoryStore }) {
    const requests = [];
    const fetch = async (url, init) => {
        requests.push(`${init.method} ${new URL(url).origin}, ${new Headers(init.headers).get("authorization")}`);
        return new Response(ANSWERS[requests.length - 1], { headers: { "content-type": "application/json" } });
    };
    const client = new Client("apixo", { store: memoryStore(), apiKey: "k", fetch, poll: { initial: 0.001 } });
    const task = await client.submit({ model: "nano-banana", input: { mode: "text-to-image", prompt: "a sunset" } });
    const reply = await task.wait({ timeout: 30 });
    return JSON.stringify({ requests, reply: JSON.parse(reply.toJson()) });
}
