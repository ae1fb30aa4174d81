// The workspace's program with the rows, their providers and their judge: the same for every language.

import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import http from "node:http";
import net from "node:net";
import process from "node:process";
import { fileURLToPath } from "node:url";

function program() {
    const path = process.env.GENTASK_ADVERSARY || fileURLToPath(new URL("../../../target/debug/adversary", import.meta.url));
    if (existsSync(path) || existsSync(`${path}.exe`)) return path;
    throw new Error("there is no adversary: run `cargo build --package gentask-tests --bin adversary`, or name it in GENTASK_ADVERSARY");
}

/** Starts it. */
export async function startTable() {
    const child = spawn(program(), { stdio: ["pipe", "pipe", "inherit"] });
    const end = () => child.kill("SIGKILL");
    process.on("exit", end);
    const url = await new Promise((resolve, reject) => {
        child.stdout.setEncoding("utf8");
        child.stdout.once("data", (text) => resolve(text.trim()));
        child.once("error", reject);
        child.once("exit", (code) => reject(new Error(`the adversary ended at once, with ${code}`)));
    });
    return new Table(url, end);
}

class Table {
    /** The clocks of the rows that are played, by the row's number. */
    clocks = new Map();
    #url;
    #end;
    #line;

    constructor(url, end) {
        this.#url = url;
        this.#end = end;
        const { hostname, port } = new URL(url);
        this.#line = net.connect(Number(port), hostname, () => this.#line.write("CLOCK\n"));
        this.#line.setEncoding("utf8");
        let begun = "";
        this.#line.on("data", (text) => {
            const lines = (begun + text).split("\n");
            begun = lines.pop();
            for (const row of lines) this.#line.write(`${this.clocks.get(Number(row)).wall}\n`);
        });
        this.#line.on("error", () => undefined);
    }

    /** One control call. */
    ask(path, given) {
        return new Promise((resolve, reject) => {
            const request = http.request(this.#url + path, { method: "POST", agent: false }, (answer) => {
                let text = "";
                answer.setEncoding("utf8");
                answer.on("data", (chunk) => (text += chunk));
                answer.on("error", reject);
                answer.on("end", () => {
                    if (answer.statusCode === 200) resolve(JSON.parse(text));
                    else reject(new Error(`${path}: ${answer.statusCode} ${text}`));
                });
            });
            request.on("error", reject);
            request.end(JSON.stringify(given));
        });
    }

    stop() {
        this.#line.destroy();
        this.#end();
    }
}
