// What is used of Node's own modules, which Deno and Bun have too.

/** The modules by their names. */
export interface Modules {
    readonly "node:fs": {
        closeSync(file: number): void;
        mkdirSync(path: string, options: { recursive: true; mode: number }): unknown;
        openSync(path: string, flags: string, mode: number): number;
        statSync(path: string, options: { bigint: true }): { readonly dev: bigint; readonly ino: bigint; isDirectory(): boolean };
    };
    readonly "node:os": { homedir(): string };
    readonly "node:path": {
        readonly sep: string;
        dirname(path: string): string;
        isAbsolute(path: string): boolean;
        join(...parts: string[]): string;
    };
    readonly "node:process": { readonly platform: string; cwd(): string };
    readonly "node:sqlite": { readonly DatabaseSync: new (path: string) => Database };
    readonly "node:url": { fileURLToPath(url: URL): string };
}

/** Gets one of them, or throws. */
export type Load = <Name extends keyof Modules>(name: Name) => Modules[Name];

/** A connection. */
export interface Database {
    prepare(sql: string): Statement;
    close(): void;
}

/** A prepared statement. */
export interface Statement {
    setReadBigInts(enabled: boolean): void;
    all(...values: unknown[]): Record<string, unknown>[];
}
