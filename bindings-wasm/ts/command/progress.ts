// One line of progress on a terminal, written over again; silent where standard error is none.

import process from "node:process";
import { isatty } from "node:tty";
import type { Reply } from "../reply.js";
import { plain, write } from "./print.js";

export class Progress {
    readonly #name: string;
    readonly #isShown = isatty(2);
    readonly #began = performance.now();
    #text = "";
    #isDrawn = false;
    #ticking: ReturnType<typeof setInterval> | undefined;

    constructor(name: string) {
        this.#name = plain(name).replaceAll("\n", " ");
    }

    /** Says what is going on. */
    say(text: string): void {
        this.#text = plain(text).replaceAll("\n", " ");
        if (!this.#isShown) return;
        this.#draw();
        this.#ticking ??= setInterval(() => this.#draw(), 1_000);
        this.#ticking.unref();
    }

    /** Shows how the task is. */
    show(reply: Reply): void {
        const { providerState, progressPermille } = reply.data;
        const parts: string[] = [reply.status];
        if (typeof providerState === "string") parts.push(`(${providerState})`);
        if (typeof progressPermille === "number") parts.push(`${Math.floor(progressPermille / 10)} %`);
        if (reply.taskId !== null) parts.push(` task ${reply.taskId}`);
        const { expectedAt, expectedBy, nextPollAt, nextPollBy } = reply.data;
        if (typeof expectedAt === "number" && typeof expectedBy === "number" && expectedAt > Date.now()) {
            parts.push(` usually ${this.#secondsAt(expectedAt)} s, nine of ten within ${this.#secondsAt(expectedBy)} s`);
        }
        if (typeof nextPollAt === "number" && nextPollAt > Date.now()) {
            parts.push(` next poll at ${this.#secondsAt(nextPollAt)} s${typeof nextPollBy === "string" ? ` (${nextPollBy})` : ""}`);
        }
        this.say(parts.join(" "));
    }

    /** How many seconds the line will have been there at a time. */
    #secondsAt(at: number): number {
        return Math.floor((performance.now() - this.#began + at - Date.now()) / 1_000);
    }

    /** Prints in the place of the line, which then stands below. */
    beside(print: () => void): void {
        this.#erase();
        print();
        if (this.#ticking !== undefined) this.#draw();
    }

    /** Takes the line away. */
    end(): void {
        clearInterval(this.#ticking);
        this.#ticking = undefined;
        this.#erase();
    }

    #draw(): void {
        const seconds = Math.floor((performance.now() - this.#began) / 1_000);
        this.#isDrawn = true;
        const text = `${this.#name}  ${seconds} s  ${this.#text}`;
        write(2, `\r\u001b[K${[...text].slice(0, (process.stderr.columns || 80) - 1).join("")}`);
    }

    #erase(): void {
        if (this.#isDrawn) write(2, "\r\u001b[K");
        this.#isDrawn = false;
    }
}
