// The server's half: it adds the key, which a page must never see, and lets nothing through but submits and status calls.
//
// `handle` takes a Request and gives a Response: for Node's frameworks, Bun.serve, a Worker. On Deno, whose fetch may send a POST a second time when a
// kept connection turns out to be dead, let the server submit itself (../next-route.ts).

/** What a page may ask: the path behind this server's /apixo, by method. */
const ALLOWED = { POST: /^\/api\/v1\/generateTask\/[\w.-]+$/, GET: /^\/api\/v1\/statusTask\/[\w.-]+$/ };
/** The longest submit, in characters: prompts and addresses of pictures. */
const LONGEST = 100_000;

/**
 * Answers a request of the page's client. Ask before whose request it is: whoever gets here spends your money.
 *
 * @param {Request} request
 * @param {{ key: string, base?: string }} provider
 * @returns {Promise<Response>}
 */
export async function handle(request, { key, base = "https://api.apixo.ai" }) {
    const { pathname, search } = new URL(request.url);
    const path = pathname.replace(/^\/apixo/, "");
    const allowed = request.method === "POST" || request.method === "GET" ? ALLOWED[request.method] : undefined;
    if (path === pathname || !allowed?.test(path)) return new Response("not found", { status: 404 });
    // A form of another site cannot send JSON, so it cannot submit in a visitor's name.
    const isJson = request.headers.get("content-type")?.startsWith("application/json") === true;
    const body = request.method === "POST" ? await request.text() : null;
    if (body !== null && (!isJson || body.length > LONGEST)) return new Response("not accepted", { status: 400 });
    const headers = { authorization: `Bearer ${key}`, "content-type": "application/json" };
    // Nothing is tried again here. Where no answer comes, a 502 says so: the page's client then knows that the submit may have arrived.
    const answer = await fetch(base + path + search, { method: request.method, headers, body, redirect: "manual" }).catch(() => undefined);
    if (!answer) return new Response("the provider gave no answer", { status: 502 });
    const kept = ["content-type", "retry-after", "date"].map((name) => [name, answer.headers.get(name)]);
    // A browser sends a request again by itself where a connection that was kept turns out to be dead: none is kept.
    const told = [...kept.filter(([, value]) => value), ["connection", "close"]];
    return new Response(answer.body, { status: answer.status, headers: Object.fromEntries(told) });
}
