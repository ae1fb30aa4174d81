// HTTP/1.1 as far as a server of small answers needs it, with the socket in its own hands: what goes wrong on purpose is nothing that an HTTP server
// does.

import type * as Net from "node:net";

/** The largest head and the largest body that are read, in bytes. */
const [HEAD, BODY] = [64 << 10, 256 << 20];
const LINE = Uint8Array.of(13, 10);
const END = Uint8Array.of(13, 10, 13, 10);

/** A request that is no HTTP/1.1; `status` is what is answered. */
export class Malformed extends Error {
    readonly status: number;

    constructor(status: number) {
        super(`malformed: ${status}`);
        this.status = status;
    }
}

/** The head of a request, and how its body comes. */
export interface RequestHead {
    readonly method: string;
    readonly target: string;
    readonly headers: readonly (readonly [name: string, value: string])[];
    readonly keepsAlive: boolean;
    readonly expectsContinue: boolean;
    /** How long the body is; `undefined` where it comes in chunks. */
    readonly length: number | undefined;
}

/** A connection, and what was read of it beyond the last request. */
export class Wire {
    readonly socket: Net.Socket;
    /** Comes when the client has gone. */
    readonly left: Promise<void>;
    readonly #gone = new AbortController();
    #bytes = new Uint8Array();
    #coming: Uint8Array[] = [];
    #wake: () => void = () => undefined;
    #isOver = false;

    constructor(socket: Net.Socket) {
        this.socket = socket;
        const over = (): void => {
            this.#isOver = true;
            this.#wake();
        };
        socket.on("data", (chunk: Uint8Array) => {
            this.#coming.push(chunk);
            this.#wake();
        });
        socket.on("error", over);
        socket.on("end", over);
        socket.on("close", over);
        this.left = new Promise((resolve) => {
            for (const event of ["error", "end", "close"]) {
                socket.on(event, () => {
                    this.#gone.abort();
                    resolve();
                });
            }
        });
    }

    /** Fires when the client has gone. */
    get gone(): AbortSignal {
        return this.#gone.signal;
    }

    /** The next request's head; `undefined` where the client has gone. */
    async head(): Promise<RequestHead | undefined> {
        const head = await this.#until(END);
        return head === undefined || head.length === 0 ? undefined : parsed(new TextDecoder().decode(head));
    }

    /** The whole body of a request; `undefined` where the client has gone. */
    async body({ expectsContinue, length }: RequestHead): Promise<Uint8Array | undefined> {
        if (length !== undefined && length > BODY) throw new Malformed(413);
        if (expectsContinue && this.#bytes.length === 0) this.send(new TextEncoder().encode("HTTP/1.1 100 Continue\r\n\r\n"));
        if (length !== undefined) return await this.#take(length);
        const chunks: Uint8Array[] = [];
        for (let all = 0;;) {
            const line = await this.#until(LINE);
            if (line === undefined) return undefined;
            const size = /^ *([0-9a-f]{1,8}) *(;.*)?$/i.exec(new TextDecoder().decode(line))?.[1];
            if (size === undefined) throw new Malformed(400);
            const chunk = await this.#take(Number.parseInt(size, 16));
            if (chunk === undefined) return undefined;
            if (chunk.length === 0) break;
            if ((all += chunk.length) > BODY) throw new Malformed(413);
            chunks.push(chunk);
            if (await this.#until(LINE) === undefined) return undefined;
        }
        for (let line = await this.#until(LINE); line?.length !== 0; line = await this.#until(LINE)) if (line === undefined) return undefined;
        return joined(chunks);
    }

    /** Writes bytes, at once. */
    send(bytes: Uint8Array): void {
        if (!this.socket.destroyed) this.socket.write(bytes);
    }

    /** Ends the connection in order, once all is written. */
    close(): void {
        this.socket.end();
    }

    /** Makes the end of the connection a reset, where the runtime can. */
    reset(): void {
        if (typeof this.socket.resetAndDestroy === "function") this.socket.resetAndDestroy();
        else this.socket.destroy();
    }

    /** What comes before a mark, which is taken too. */
    async #until(mark: Uint8Array): Promise<Uint8Array | undefined> {
        for (let from = 0;;) {
            const at = indexOf(this.#bytes, mark, from);
            if (at >= 0) {
                const found = this.#bytes.subarray(0, at);
                this.#bytes = this.#bytes.subarray(at + mark.length);
                return found;
            }
            if (this.#bytes.length > HEAD) throw new Malformed(431);
            from = Math.max(this.#bytes.length - mark.length, 0);
            if (!await this.#fill()) return undefined;
        }
    }

    async #take(length: number): Promise<Uint8Array | undefined> {
        if (length > BODY) throw new Malformed(413);
        const pieces = [this.#bytes];
        for (let had = this.#bytes.length; had < length; had += this.#bytes.length) {
            this.#bytes = new Uint8Array();
            if (!await this.#fill()) return undefined;
            pieces.push(this.#bytes);
        }
        const all = joined(pieces);
        this.#bytes = all.subarray(length);
        return all.subarray(0, length);
    }

    /** Reads more; false at the end. */
    async #fill(): Promise<boolean> {
        while (this.#coming.length === 0) {
            if (this.#isOver) return false;
            await new Promise<void>((resolve) => (this.#wake = resolve));
        }
        this.#bytes = joined([this.#bytes, ...this.#coming]);
        this.#coming = [];
        return true;
    }
}

/** The bytes of an answer's head. `length`: of its body; `undefined`: it comes in chunks. */
export function headOf(
    { date, headers, status }: { readonly date: string; readonly headers: readonly (readonly [string, string])[]; readonly status: number },
    length: number | undefined,
    keepsAlive: boolean,
): Uint8Array {
    const framing = length === undefined ? ["transfer-encoding: chunked"] : status === 204 ? [] : [`content-length: ${length}`];
    const own = headers.map(([name, value]) => `${name}: ${value}`);
    const lines = [`HTTP/1.1 ${status} ${REASONS[status] ?? "Status"}`, `date: ${date}`, ...own, ...framing];
    return new TextEncoder().encode(`${lines.join("\r\n")}\r\nconnection: ${keepsAlive ? "keep-alive" : "close"}\r\n\r\n`);
}

/** One array out of several. */
export function joined(pieces: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
    const all = new Uint8Array(pieces.reduce((length, piece) => length + piece.length, 0));
    let at = 0;
    for (const piece of pieces) {
        all.set(piece, at);
        at += piece.length;
    }
    return all;
}

function parsed(text: string): RequestHead {
    const [first = "", ...lines] = text.replace(/^(\r\n)+/, "").split("\r\n");
    const [, method, target, minor] = /^([!-~]+) ([!-~]+) HTTP\/1\.([01])$/.exec(first) ?? [];
    if (method === undefined || target === undefined) throw new Malformed(400);
    const headers = lines.map((line): [string, string] => {
        const [, name, value = ""] = /^([!-9;-~]+):[ \t]*(.*?)[ \t]*$/.exec(line) ?? [];
        if (name === undefined) throw new Malformed(400);
        return [name.toLowerCase(), value];
    });
    const value = (name: string): string | undefined => headers.find(([known]) => known === name)?.[1];
    const says = (name: string, word: string): boolean => value(name)?.toLowerCase().includes(word) === true;
    const length = value("content-length") ?? "0";
    if (!/^\d{1,15}$/.test(length)) throw new Malformed(400);
    return {
        method,
        target,
        headers,
        keepsAlive: minor === "1" ? !says("connection", "close") : says("connection", "keep-alive"),
        expectsContinue: says("expect", "100-continue"),
        length: says("transfer-encoding", "chunked") ? undefined : Number(length),
    };
}

function indexOf(bytes: Uint8Array, mark: Uint8Array, from: number): number {
    for (let at = from; at + mark.length <= bytes.length; at++) if (mark.every((byte, index) => bytes[at + index] === byte)) return at;
    return -1;
}

const REASONS: Readonly<Record<number, string>> = {
    200: "OK",
    201: "Created",
    202: "Accepted",
    204: "No Content",
    400: "Bad Request",
    401: "Unauthorized",
    402: "Payment Required",
    403: "Forbidden",
    404: "Not Found",
    405: "Method Not Allowed",
    409: "Conflict",
    422: "Unprocessable Content",
    429: "Too Many Requests",
    500: "Internal Server Error",
    502: "Bad Gateway",
    503: "Service Unavailable",
    504: "Gateway Timeout",
};
