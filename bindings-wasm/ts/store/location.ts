// Where the store is when nobody says: the same file as the native client's.

import { StoreFault } from "../store.js";
import type { Modules } from "./node.js";

/** What is to be known of the host for it. An empty variable counts as absent. */
export interface Surroundings {
    readonly platform: string;
    readonly path: Pick<Modules["node:path"], "isAbsolute" | "join">;
    variable(name: string): string | undefined;
    home(): string | undefined;
}

/**
 * The default store file: `GENTASK_STORE`, else `gentask/tasks.db` in the platform's state directory, which is `$XDG_STATE_HOME` or
 * `~/.local/state`; on macOS `~/Library/Application Support`, on Windows `%LOCALAPPDATA%`.
 */
export function defaultPath({ platform, path, variable, home }: Surroundings): string {
    const named = variable("GENTASK_STORE");
    if (named) {
        return named;
    }
    const absolute = (folder: string | undefined) => (folder && path.isAbsolute(folder) ? folder : undefined);
    const within = (...folders: string[]) => {
        const folder = absolute(home());
        return folder && path.join(folder, ...folders);
    };
    const state = platform === "win32"
        ? variable("LOCALAPPDATA") ?? within("AppData", "Local")
        : platform === "darwin"
        ? within("Library", "Application Support")
        // The specification of these variables says that a relative path is to be ignored.
        : absolute(variable("XDG_STATE_HOME")) ?? within(".local", "state");
    if (!state) {
        throw new StoreFault("io", "no home directory is known, so there is no default task store: set GENTASK_STORE to a file, or name one");
    }
    return path.join(state, "gentask", "tasks.db");
}
