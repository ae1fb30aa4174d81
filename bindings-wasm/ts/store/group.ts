// Writes that share a transaction: those of one turn of the event loop are one group, with one flush to disk, or with none where no write in it asks
// for one. Where a group fails, its writes run again one by one, so that each is answered for its own fault only.

import type { Connection } from "./connection.js";
import type { Sql } from "./sql.js";

/** How many writes may share a transaction: another process that wants to write waits for its end. */
const MOST = 512;

/** A connection whose writes share transactions. */
export interface Grouped extends Sql {
    /** Does what is still to be written, and closes the connection. */
    close(): void;
}

/** `afterTurn` runs something once what has come in this turn is dealt with. */
export function grouped(db: Connection, afterTurn: (run: () => void) => void): Grouped {
    let waiting: Write[] = [];
    const flush = (): void => {
        const group = waiting;
        waiting = [];
        for (let at = 0; at < group.length; at += MOST) run(db, group.slice(at, at + MOST));
    };
    return {
        store: db.store,
        all: db.all,
        write<T>(work: () => T, isFenced = true): Promise<T> {
            return new Promise<T>((resolve, reject) => {
                if (waiting.length === 0) afterTurn(flush);
                waiting.push({ work, isFenced, resolve: resolve as Write["resolve"], reject });
            });
        },
        close() {
            flush();
            db.close();
        },
    };
}

interface Write {
    readonly work: () => unknown;
    readonly isFenced: boolean;
    readonly resolve: (done: unknown) => void;
    readonly reject: (fault: unknown) => void;
}

/** Runs writes in one transaction and answers them. What keeps a transaction from beginning is no write's fault: it is told to all, and handed back. */
function run(db: Connection, group: readonly Write[]): { readonly fault: unknown } | undefined {
    try {
        db.begin(group.some(({ isFenced }) => isFenced));
    } catch (fault) {
        for (const { reject } of group) reject(fault);
        return { fault };
    }
    let done: readonly unknown[];
    try {
        done = db.commit(() => group.map(({ work }) => work()));
    } catch (fault) {
        if (group.length === 1) group[0]?.reject(fault);
        else oneByOne(db, group);
        return undefined;
    }
    group.forEach(({ resolve }, at) => resolve(done[at]));
    return undefined;
}

function oneByOne(db: Connection, group: readonly Write[]): void {
    let blocked: { readonly fault: unknown } | undefined;
    for (const write of group) {
        if (blocked) write.reject(blocked.fault);
        else blocked = run(db, [write]);
    }
}
