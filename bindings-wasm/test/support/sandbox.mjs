// The simulated providers, as the program that users have too, on a free port of this machine.
//
// Each file of tests starts one and stops it in its `after`. Control calls travel on connections of their own, so that a test's own kept
// connections are its client's alone.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import http from "node:http";
import process from "node:process";
import { fileURLToPath } from "node:url";

/** Any key will do; this one is long enough to be searched for. */
export const KEY = "sk-test-opens-nothing-4711";

/** An order that each provider takes, with nothing in it that has to be uploaded. */
export const ORDERS = {
    apidot: { model: "gpt-image-2", input: { prompt: "a lighthouse", size: "1:1" } },
    apixo: { model: "nano-banana", input: { mode: "text-to-image", prompt: "a sunset" } },
    aivideomaker: { model: "t2v", input: { prompt: "waves at dawn", aspectRatio: "16:9", duration: "5" } },
};

/** The `gentask` command of the Rust workspace. */
export function command() {
    const path = process.env.GENTASK_COMMAND || fileURLToPath(new URL("../../../target/debug/gentask", import.meta.url));
    if (existsSync(path) || existsSync(`${path}.exe`)) return path;
    throw new Error("there is no gentask command: run `cargo build --bin gentask`, or name it in GENTASK_COMMAND");
}

/** Starts the providers and returns once they take requests. `speed`: how much faster than real time their tasks run. `contracts`: paths of further ones. */
export async function startSandbox({ speed = 1, contracts = [] } = {}) {
    const flags = ["sandbox", "--port", "0", "--speed", String(speed), ...contracts.flatMap((path) => ["--contract", path])];
    const child = spawn(command(), flags, { stdio: ["ignore", "pipe", "inherit"] });
    const end = () => child.kill("SIGKILL");
    process.on("exit", end);
    return new Sandbox(child, await origin(child), end);
}

/** What the program prints first: its bases, each with its address. */
function origin(child) {
    return new Promise((resolve, reject) => {
        let told = "";
        child.stdout.setEncoding("utf8");
        child.stdout.on("data", (text) => {
            told += text;
            const found = /(http:\/\/127\.0\.0\.1:\d+)\//.exec(told);
            if (found) resolve(found[1]);
        });
        child.once("error", reject);
        child.once("exit", (code) => reject(new Error(`the sandbox ended at once, with ${code}: ${told}`)));
    });
}

class Sandbox {
    #child;
    #end;

    constructor(child, address, end) {
        this.#child = child;
        this.#end = end;
        /** `http://127.0.0.1:4000`. */
        this.origin = address;
    }

    /** The base URL of a provider, as clients are given it. */
    base(provider) {
        return `${this.origin}/${provider}`;
    }

    /** What a provider has seen: `{ requests: { submit: 1, status: 2 }, tasks, cut, limited, ... }`; of all, with the connections, without a name. */
    async stats(provider) {
        const all = await this.#ask("GET", "/_sandbox/stats");
        return provider === undefined ? all : all.providers[provider];
    }

    /** How many requests of this kind arrived whole. */
    async arrived(provider, kind = "submit") {
        return (await this.stats(provider)).requests[kind] ?? 0;
    }

    /** How many submits arrived, and how many tasks they made, which are paid for. */
    async paid(provider) {
        const { requests, tasks } = await this.stats(provider);
        return { posts: requests.submit ?? 0, tasks };
    }

    /** Replaces a provider's faults: `{ on: "submit", nth: 1, fault: { kind: "resetAfterBody" } }`, as the sandbox documents them. */
    async script(provider, ...rules) {
        await this.#ask("POST", "/_sandbox/script", { provider, rules });
    }

    /** A provider begins anew: no tasks, no counts, no faults but these, other options if any. */
    async reset(provider, options = {}, ...rules) {
        await this.#ask("POST", "/_sandbox/reset", { provider, options: { ...options, script: { rules } } });
    }

    async stop() {
        process.removeListener("exit", this.#end);
        if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
        const ended = once(this.#child, "exit");
        this.#end();
        await ended;
    }

    #ask(method, path, body) {
        return new Promise((resolve, reject) => {
            const request = http.request(this.origin + path, { method, agent: false }, (answer) => {
                let text = "";
                answer.setEncoding("utf8");
                answer.on("data", (chunk) => (text += chunk));
                answer.on("error", reject);
                answer.on(
                    "end",
                    () => (answer.statusCode === 200 ? resolve(JSON.parse(text)) : reject(new Error(`${path}: ${answer.statusCode} ${text}`))),
                );
            });
            request.on("error", reject);
            request.end(body === undefined ? undefined : JSON.stringify(body));
        });
    }
}
