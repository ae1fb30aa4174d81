// Functions of the program that are told something. Nothing they throw, at once or later, may stop a task on its way or end the process.

/** Calls a listener; `failed` gets what it throws, or what its promise is rejected with. */
export function tell(call: () => unknown, failed: (error: unknown) => void): void {
    try {
        const told = call();
        if (isPromise(told)) told.then(undefined, failed);
    } catch (error) {
        failed(error);
    }
}

/** Says on the console that a listener failed whose failure is nobody's else. */
export function complain(name: string): (error: unknown) => void {
    return (error) => console.error(`gentask: ${name} failed`, error);
}

function isPromise(value: unknown): value is PromiseLike<unknown> {
    return typeof (value as { then?: unknown } | null | undefined)?.then === "function";
}
