// A page that hears how its picture is without asking again and again: http://127.0.0.1:8080/?id=INTENT. With Express it is the same.

import { createServer } from "node:http";
import { Client, sqliteStore } from "gentask";
import { sse } from "gentask/sse";

const client = new Client("apixo", { store: sqliteStore(process.env.TASKS ?? "tasks.db") });
const PAGE = `<!doctype html><pre></pre><script>
const source = new EventSource("/events" + location.search); // it connects again by itself
source.addEventListener("update", ({ data }) => (document.querySelector("pre").textContent = data));
source.addEventListener("end", () => source.close());
</script>`;
createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? "/", "http://page");
    if (pathname !== "/events") return response.setHeader("content-type", "text/html").end(PAGE);
    // Look here whose task it is, by your sessions: whoever is told hears all of it.
    const task = await client.task(searchParams.get("id") ?? "").catch(() => undefined);
    return task ? sse.toNode(task, response) : response.writeHead(404).end();
}).listen(Number(process.env.PORT ?? 8080), "127.0.0.1", () => console.log("listening"));
