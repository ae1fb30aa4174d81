// Folders, made one by one: where a folder says of a new one that it does not exist, as those of /proc do, Node's own recursion never ends.

import type * as Files from "node:fs";
import type * as Paths from "node:path";

/** Makes a folder and those above it; one that is there is left as it is. */
export function makeFolder(fs: Pick<typeof Files, "mkdirSync">, paths: Pick<typeof Paths, "dirname">, folder: string, mode: number): void {
    const above = paths.dirname(folder);
    if (!made(fs, folder, mode, above !== folder)) {
        makeFolder(fs, paths, above, mode);
        made(fs, folder, mode, false);
    }
}

/** Makes one folder; `false` where the one above it is missing, if that is still to be tried. */
function made(fs: Pick<typeof Files, "mkdirSync">, folder: string, mode: number, mayMiss: boolean): boolean {
    try {
        fs.mkdirSync(folder, { mode });
    } catch (error) {
        const { code } = error as NodeJS.ErrnoException;
        if (code === "ENOENT" && mayMiss) return false;
        if (code !== "EEXIST") throw error;
    }
    return true;
}
