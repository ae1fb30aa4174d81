// Servers by hand, for what no HTTP server does on purpose.

import net from "node:net";
import tls from "node:tls";

/**
 * A server on loopback that reads each request to its end and then calls `answer(socket, request)`; without `answer` it says nothing, ever.
 * `request`: `{ head, method, target, headers, body, nth, connection }`, the last two counted from 1. With `secure` (a certificate and its key) it speaks
 * TLS. `greet(socket)` sees each connection before anything is read from it.
 */
export async function serve(answer = () => undefined, { secure, port = 0, greet = () => undefined } = {}) {
    const server = secure ? tls.createServer(secure) : net.createServer();
    const sockets = new Set();
    const requests = [];
    let connections = 0;
    server.on("connection", (socket) => {
        sockets.add(socket);
        socket.on("close", () => sockets.delete(socket));
        socket.on("error", () => undefined);
        greet(socket);
    });
    server.on("tlsClientError", () => undefined);
    server.on(secure ? "secureConnection" : "connection", (socket) => {
        const connection = ++connections;
        let bytes = Buffer.alloc(0);
        socket.on("error", () => undefined);
        socket.on("data", (chunk) => {
            bytes = Buffer.concat([bytes, chunk]);
            for (let one = next(bytes); one; one = next(bytes)) {
                bytes = bytes.subarray(one.length);
                const request = { ...one, connection, nth: requests.length + 1 };
                requests.push(request);
                answer(socket, request);
            }
        });
    });
    await new Promise((resolve) => server.listen(port, "127.0.0.1", resolve));
    const bound = server.address().port;
    return {
        port: bound,
        requests,
        origin: `${secure ? "https" : "http"}://127.0.0.1:${bound}`,
        /** Connections that stood, with TLS where there is some. */
        get connections() {
            return connections;
        },
        get open() {
            return sockets.size;
        },
        async close() {
            for (const socket of sockets) socket.destroy();
            await new Promise((resolve) => server.close(resolve));
        },
    };
}

/** The first whole request of these bytes. */
function next(bytes) {
    const end = bytes.indexOf("\r\n\r\n");
    if (end < 0) return undefined;
    const head = bytes.toString("latin1", 0, end);
    const [first, ...lines] = head.split("\r\n");
    const [method, target] = first.split(" ");
    const headers = Object.fromEntries(
        lines.map((line) => [line.slice(0, line.indexOf(":")).toLowerCase(), line.slice(line.indexOf(":") + 1).trim()]),
    );
    const length = end + 4 + Number(headers["content-length"] ?? 0);
    if (bytes.length < length) return undefined;
    return { head, method, target, headers, body: bytes.toString("utf8", end + 4, length), length };
}

/** A whole answer. */
export function answerOf(status, body, headers = {}) {
    const content = Buffer.isBuffer(body) ? body : Buffer.from(typeof body === "string" ? body : JSON.stringify(body));
    const lines = Object.entries({ "content-type": "application/json", "content-length": content.length, ...headers });
    const head = [`HTTP/1.1 ${status} Said`, ...lines.map(([name, value]) => `${name}: ${value}`), "", ""].join("\r\n");
    return Buffer.concat([Buffer.from(head, "latin1"), content]);
}

/** A server for one test. */
export async function withServer(answer, use, options) {
    const server = await serve(answer, options);
    try {
        return await use(server);
    } finally {
        await server.close();
    }
}

/** A port where nobody listens: below those that the system hands out, so that no test beside this one can be given it, and none that `fetch` refuses. */
export const CLOSED_PORT = 2;
