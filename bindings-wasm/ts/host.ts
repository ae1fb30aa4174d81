// What the runtime offers, asked for at the moment of use and never by an import: so bundlers and browsers are not bothered, and each runtime
// gives what it has.

interface Process {
    readonly env?: Record<string, string | undefined>;
    getBuiltinModule?(name: string): unknown;
}

/** A module of Node's, as Node, Deno and Bun have it; `undefined` elsewhere. */
export function builtin<T>(name: string): T | undefined {
    try {
        return process()?.getBuiltinModule?.(name) as T | undefined;
    } catch {
        // Deno asks for permissions here; without them there is no such module for us.
        return undefined;
    }
}

/** An environment variable; `undefined` where it is not set, is empty, or may not be read. */
export function variable(name: string): string | undefined {
    try {
        return setting(name) || undefined;
    } catch {
        return undefined;
    }
}

/** An environment variable as it is set, even to nothing; throws where it may not be read. */
export function setting(name: string): string | undefined {
    return process()?.env?.[name];
}

/** Whether this is a page or a worker of a browser, where anybody can read what is in it. */
export function isBrowser(): boolean {
    const scope = globalThis as { document?: unknown; WorkerGlobalScope?: unknown; importScripts?: unknown };
    const isWorker = typeof scope.WorkerGlobalScope === "function" && typeof scope.importScripts === "function";
    return process()?.getBuiltinModule === undefined && !isEdge() && (typeof scope.document === "object" || isWorker);
}

/** Whether this is Deno. */
export function isDeno(): boolean {
    return "Deno" in globalThis;
}

/** Whether this is an edge runtime of the kind of Cloudflare's, whose Node modules are made of fetch. */
export function isEdge(): boolean {
    // The class is theirs alone; older ones have no navigator.
    const scope = globalThis as { navigator?: { userAgent?: string }; WebSocketPair?: unknown };
    return scope.navigator?.userAgent === "Cloudflare-Workers" || typeof scope.WebSocketPair === "function";
}

function process(): Process | undefined {
    return (globalThis as { process?: Process }).process;
}
