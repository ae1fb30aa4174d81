// Environment variables that are set for a while.

interface Settings {
    [name: string]: string | undefined;
}

export class Environment {
    readonly #before = new Map<string, string | undefined>();

    /** Sets these; what they were before is kept. */
    set(variables: Readonly<Record<string, string>>): void {
        const env = settings();
        for (const [name, value] of Object.entries(variables)) {
            if (!this.#before.has(name)) this.#before.set(name, env[name]);
            env[name] = value;
        }
    }

    /** Makes all as it was. */
    restore(): void {
        const env = settings();
        for (const [name, value] of this.#before) {
            if (value === undefined) delete env[name];
            else env[name] = value;
        }
        this.#before.clear();
    }
}

function settings(): Settings {
    return (globalThis as { process?: { env?: Settings } }).process?.env ?? {};
}
