// Files on disk: written beside their place under another name, and moved there when they are whole. A file appears under its name only when all
// of it is on disk, and never in place of another.

import { closeSync, fsyncSync, linkSync, mkdirSync, openSync, readSync, renameSync, rmSync, statSync, writeSync } from "node:fs";
import { dirname, sep } from "node:path";
import process from "node:process";
import { sleep } from "../clock.js";
import { makeFolder } from "../folder.js";
import { diskFailed, NotSaved } from "./failure.js";

/** How many names are tried before giving up. */
const MOST_NAMES = 10_000;
/** The longest part of an intent id that goes into a name. */
const LONGEST_INTENT = 64;
/** Bytes of two files that are compared at once. */
const PIECE = 65_536;
/** How often a file that is still empty is looked at again, and after how many milliseconds each time. */
const [LOOKS, LOOK_MS] = [50, 20];

/** The parts that are being written: a program that ends leaves none behind. */
const parts = new Set<string>();
let isWatched = false;
let count = 0;

/** Where a file shall be: the first free name of `stem.ending`, `stem-2.ending` and so on, or exactly a path, in the directory of its part. */
export type Place = { readonly stem: string } | { readonly path: string; readonly overwrite: boolean };

/** Refuses a path that no file can be at. */
export function checkFile(path: string): void {
    if (path === "" || /[/\\]$/.test(path) || isDirectory(path)) {
        const message = `${path} is a directory, and saveAs writes one file to exactly the path it is given: name the file, too, or use saveFiles`;
        throw new NotSaved("INVALID_PAYLOAD", message);
    }
}

/** Whether there is a directory. */
export function isDirectory(path: string): boolean {
    return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

/** A file that is being written. */
export class PartFile {
    readonly #file: number;
    readonly #path: string;
    readonly #directory: string;
    #isOpen = true;

    private constructor(file: number, path: string, directory: string) {
        this.#file = file;
        this.#path = path;
        this.#directory = directory;
    }

    /** An empty file in this directory, which is created if need be. */
    static create(directory: string): PartFile {
        try {
            makeFolder({ mkdirSync }, { dirname }, directory, 0o777);
            for (;;) {
                // Unique within this process; the number of one that has ended may come again.
                const path = within(directory, `.gentask-${process.pid}-${count++}.part`);
                try {
                    const file = openSync(path, "wx");
                    keepClean(path);
                    return new PartFile(file, path, directory);
                } catch (error) {
                    if (!isTaken(error)) throw error;
                }
            }
        } catch (error) {
            throw diskFailed(`cannot write into the directory for files, ${directory}`, error);
        }
    }

    write(bytes: Uint8Array): void {
        try {
            for (let at = 0; at < bytes.length;) at += writeSync(this.#file, bytes, at);
        } catch (error) {
            throw diskFailed("cannot write the file", error);
        }
    }

    /**
     * Makes the file durable and moves it to its place, or finds it there: what another process saved of the same task meanwhile has the same bytes.
     * Returns its path.
     */
    async keep(place: Place, ending: string): Promise<string> {
        try {
            fsyncSync(this.#file);
            this.#close();
            if (!("stem" in place)) return await this.#keepAt(place.path, place.overwrite);
            for (let number = 1; number <= MOST_NAMES; number++) {
                const path = within(this.#directory, number === 1 ? `${place.stem}.${ending}` : `${place.stem}-${number}.${ending}`);
                if (await this.#settle(path)) return path;
            }
            throw new Error("every name is taken");
        } catch (error) {
            throw error instanceof NotSaved ? error : diskFailed("cannot keep the file", error);
        }
    }

    async #keepAt(path: string, overwrite: boolean): Promise<string> {
        if (overwrite) {
            renameSync(this.#path, path);
            makeNameDurable(this.#directory);
        } else if (!(await this.#settle(path))) {
            const message = `${path} holds something else, and is left as it is: choose another path, or allow it to be replaced (overwrite)`;
            throw new NotSaved("STORE_ERROR", message);
        }
        return path;
    }

    /** Moves it to a name that is free, or finds it there. `false`: another file has the name. */
    async #settle(path: string): Promise<boolean> {
        try {
            publish(this.#path, path);
        } catch (error) {
            if (!isTaken(error)) throw error;
            await another(path);
            return isSame(this.#path, path);
        }
        makeNameDurable(this.#directory);
        return true;
    }

    /** Leaves nothing of it but what was kept. */
    drop(): void {
        this.#close();
        rmSync(this.#path, { force: true });
        parts.delete(this.#path);
    }

    #close(): void {
        if (this.#isOpen) closeSync(this.#file);
        this.#isOpen = false;
    }
}

/** The start of a file's name. Nothing in it comes from a URL, and no character of it means anything to a file system. */
export function stemOf(intentId: string, kind: string, index: number): string {
    const intent = intentId.slice(0, LONGEST_INTENT).replaceAll(/[^a-z0-9_]/gi, "-").replaceAll(/^-+|-+$/g, "") || "task";
    return `${intent}-${["image", "video", "audio", "model"].includes(kind) ? kind : "file"}-${index + 1}`;
}

function within(directory: string, name: string): string {
    return directory.endsWith("/") || directory.endsWith(sep) ? directory + name : directory + sep + name;
}

/** Moves a file to a name that must be free: at once, and never over another file. */
function publish(part: string, path: string): void {
    try {
        linkSync(part, path);
    } catch (error) {
        if (isTaken(error)) throw error;
        // Not every file system has links: then an empty file holds the name until the whole one takes its place.
        closeSync(openSync(path, "wx"));
        try {
            renameSync(part, path);
        } catch (failure) {
            rmSync(path, { force: true });
            throw failure;
        }
    }
}

/** Where there are no links, an empty file may hold a name for another process, which is about to put its own there: a moment's patience. */
async function another(path: string): Promise<void> {
    for (let looks = 0; looks < LOOKS && statSync(path, { throwIfNoEntry: false })?.size === 0; looks++) await sleep(LOOK_MS);
}

/** Whether a file that is there has the bytes of the one that was written. What cannot be read is another one. */
function isSame(part: string, path: string): boolean {
    const open: number[] = [];
    try {
        const [one, other] = [statSync(part), statSync(path)];
        if (!other.isFile() || other.size !== one.size) return false;
        open.push(openSync(part, "r"), openSync(path, "r"));
        const pieces = open.map(() => new Uint8Array(PIECE));
        for (let at = 0; at < one.size; at += PIECE) {
            const read = open.map((file, index) => readSync(file, pieces[index]!, 0, PIECE, at));
            if (read[0] !== read[1] || pieces[0]!.some((byte, index) => index < read[0]! && byte !== pieces[1]![index])) return false;
        }
        return true;
    } catch {
        return false;
    } finally {
        open.forEach(closeSync);
    }
}

/** Makes the name durable too, where the platform can. The file itself is already. */
function makeNameDurable(directory: string): void {
    if (process.platform === "win32") return;
    try {
        const folder = openSync(directory, "r");
        try {
            fsyncSync(folder);
        } finally {
            closeSync(folder);
        }
    } catch {
        // The file is there; that its name outlives a loss of power is not worth failing for.
    }
}

function keepClean(path: string): void {
    if (!isWatched) process.once("exit", () => parts.forEach((part) => rmSync(part, { force: true })));
    isWatched = true;
    parts.add(path);
}

function isTaken(error: unknown): boolean {
    return (error as NodeJS.ErrnoException).code === "EEXIST";
}
