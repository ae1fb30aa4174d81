// The sandbox behind a port of this machine: connections, and the faults that only a connection can show.

import type * as Net from "node:net";
import { sleep } from "../clock.js";
import { mistake } from "../core.js";
import { builtin, isEdge } from "../host.js";
import { cut, wordsOf } from "../thrown.js";
import { headOf, joined, Malformed, type RequestHead, Wire } from "./wire.js";
import type { Told, World } from "./world.js";

const HOST = "127.0.0.1";

/** A port that is open. */
export interface Listening {
    /** `http://127.0.0.1:4000`. */
    readonly url: string;
    close(): Promise<void>;
}

/** Takes connections. Throws an `Unsupported` where there is no port to be had. */
export async function listen(world: World, port: number): Promise<Listening> {
    const net = isEdge() ? undefined : builtin<typeof Net>("node:net");
    if (net === undefined) throw mistake("UNSUPPORTED", "this runtime opens no ports: give the sandbox's fetch to the client instead");
    const sockets = new Set<Net.Socket>();
    const server = net.createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
        sockets.add(socket);
        const { connections } = world;
        connections.total++;
        connections.most = Math.max(connections.most, ++connections.open);
        socket.on("close", () => {
            sockets.delete(socket);
            connections.open--;
        });
        void serve(new Wire(socket), world);
    });
    await new Promise<void>((resolve, reject) => {
        const fail = (error: unknown): void => {
            const isTaken = (error as { code?: unknown } | null)?.code === "EADDRINUSE";
            const words = `the simulated providers cannot listen on this machine: ${cut(wordsOf(error), 200)}`;
            reject(mistake("UNSUPPORTED", isTaken ? `cannot listen on port ${port} of this machine: it is taken` : words));
        };
        server.once("error", fail);
        // Some runtimes throw what others tell.
        try {
            server.listen(port, HOST, () => resolve());
        } catch (error) {
            fail(error);
        }
    });
    const bound = server.address() as Net.AddressInfo;
    return {
        url: `http://${HOST}:${bound.port}`,
        close: () =>
            new Promise((resolve) => {
                server.close(() => resolve());
                for (const socket of sockets) socket.destroy();
            }),
    };
}

/** One connection, from its first request to its last. */
async function serve(wire: Wire, world: World): Promise<void> {
    try {
        for (let answered = 0;; answered++) if (!await exchange(wire, world, answered)) break;
    } catch (error) {
        const status = error instanceof Malformed ? error.status : 500;
        wire.send(headOf({ status, headers: [], date: new Date(world.now()).toUTCString() }, 0, false));
    }
    wire.close();
}

/** One request and its answer; whether there may be another. */
async function exchange(wire: Wire, world: World, answered: number): Promise<boolean> {
    const head = await wire.head();
    if (head === undefined) return false;
    if (world.resetsUnread(head)) {
        wire.reset();
        return false;
    }
    const body = await wire.body(head);
    if (body === undefined) return false;
    return await deliver(wire, await world.answer({ ...head, body }), head, answered);
}

/** Sends an answer as its fault says. */
async function deliver(wire: Wire, told: Told, head: RequestHead, answered: number): Promise<boolean> {
    const { body, fault } = told;
    const [half, rest] = [body.subarray(0, body.length >> 1), body.subarray(body.length >> 1)];
    const send = (length: number | undefined, ...pieces: Uint8Array[]): void => wire.send(joined([headOf(told, length, head.keepsAlive), ...pieces]));
    const ms = fault?.ms ?? 0;
    switch (fault?.kind) {
        case "resetBeforeRead":
        case "resetAfterBody":
            wire.reset();
            return false;
        case "closeWithoutAnswer":
            return false;
        case "closeWarmConnection":
            if (answered > 0) return false;
            break;
        case "silence":
            await sleep(ms, wire.gone);
            return false;
        case "truncatedBody":
            send(Math.max(body.length, 64), half);
            return false;
        case "lengthTooLong":
            send(body.length + 1, body);
            return false;
        case "lastChunkMissing":
            send(undefined, new TextEncoder().encode(`${body.length.toString(16)}\r\n`), body, new TextEncoder().encode("\r\n"));
            return false;
        case "holdBody":
            send(body.length, half);
            await Promise.race([told.held, wire.left]);
            wire.send(rest);
            return head.keepsAlive;
        case "drip":
            send(body.length);
            for (let at = 0; at < body.length && !wire.gone.aborted; at++) {
                await sleep(ms, wire.gone);
                wire.send(body.subarray(at, at + 1));
            }
            return head.keepsAlive;
        case "delayMs":
            await sleep(ms, wire.gone);
            break;
        case "hold":
            await Promise.race([told.held, wire.left]);
            break;
    }
    send(body.length, ...(head.method === "HEAD" ? [] : [body]));
    return head.keepsAlive;
}
