// What is used of Node's own modules, which Deno and Bun have too. Types only: nothing of them is imported.

/** The modules by their names. */
export interface Modules {
    readonly "node:fs": typeof import("node:fs");
    readonly "node:os": typeof import("node:os");
    readonly "node:path": typeof import("node:path");
    readonly "node:process": typeof import("node:process");
    readonly "node:sqlite": typeof import("node:sqlite");
    readonly "node:timers": typeof import("node:timers");
    readonly "node:url": typeof import("node:url");
}

/** Gets one of them, or throws. */
export type Load = <Name extends keyof Modules>(name: Name) => Modules[Name];

/** A connection to a database. */
export type Database = InstanceType<Modules["node:sqlite"]["DatabaseSync"]>;
