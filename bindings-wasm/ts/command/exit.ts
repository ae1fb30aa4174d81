// Exit codes, those of the native command.

import type { Reply } from "../reply.js";
import type { ErrorCode } from "../types.js";

/** What was asked is done. */
export const OK = 0;
/** The task, the provider or the network failed. */
export const FAILED = 1;
/** A usage error: a flag, a model, a payload, a contract, an operation that the provider does not support. */
export const USAGE = 2;
/** The API key was refused or is missing, or the credits are used up. */
export const ACCOUNT = 3;
/** The task is still running: resume it. */
export const RUNNING = 4;
/** The outcome of a submit is not known: see `gentask unresolved`. */
export const UNKNOWN = 5;
/** The task store failed. */
export const STORE = 6;

const CODES: Partial<Record<ErrorCode, number>> = {
    AUTH_FAILED: ACCOUNT,
    INSUFFICIENT_CREDITS: ACCOUNT,
    INVALID_MODEL: USAGE,
    INVALID_PAYLOAD: USAGE,
    INVALID_CONTRACT: USAGE,
    UNSUPPORTED: USAGE,
    SUBMIT_UNKNOWN: UNKNOWN,
    STORE_ERROR: STORE,
    WAIT_TIMEOUT: RUNNING,
};

/** The exit code of a reply. */
export function exitCode({ errorCode, status }: Reply): number {
    if (errorCode === null) return OK;
    const isRunning = status === "pending" || status === "processing";
    if (isRunning && (errorCode === "RATE_LIMITED" || errorCode === "RESPONSE_TOO_LARGE")) return RUNNING;
    return CODES[errorCode] ?? FAILED;
}
