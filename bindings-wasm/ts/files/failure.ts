// Why there is no file. Messages name an origin at most: a result's URL is often as good as a key.

import type { ErrorCode } from "../types.js";

/** A file was not saved, and nothing of it is left on disk. The task is not affected: its record still holds the URL. */
export class NotSaved extends Error {
    override readonly name = "NotSaved";
    readonly code: ErrorCode;

    constructor(code: ErrorCode, message: string, options?: { cause?: unknown }) {
        super(message, options);
        this.code = code;
    }
}

/** A URL, address or redirect that must not be followed. */
export function refused(message: string): NotSaved {
    return new NotSaved("UNSUPPORTED", message);
}

/** The disk said no. */
export function diskFailed(what: string, error: unknown): NotSaved {
    return new NotSaved("STORE_ERROR", `${what}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
}

/** An answer that is neither the file nor a redirect. */
export function answered(status: number, origin: string): NotSaved {
    const code = status === 401 ? "AUTH_FAILED" : status === 429 ? "RATE_LIMITED" : status >= 500 ? "UPSTREAM_ERROR" : "UNKNOWN_ERROR";
    const hint = [403, 404, 410].includes(status) ? ": the link may have expired" : "";
    return new NotSaved(code, `${origin} answered ${status}${hint}`);
}
