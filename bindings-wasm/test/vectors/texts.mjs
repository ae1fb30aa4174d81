// The texts of the shared files, read where there is a file system.

import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** The folder that the paths begin at. */
export const ROOT = fileURLToPath(new URL("../../../tests/", import.meta.url));

const FOLDERS = ["contracts", "vectors", "vectors/callbacks", "vectors/contracts"];

/** Every file of the folders, under its path. */
export function texts() {
    const paths = FOLDERS.flatMap((folder) => readdirSync(ROOT + folder).map((name) => `${folder}/${name}`));
    const files = paths.filter((path) => path.endsWith(".json")).sort();
    return Object.fromEntries(files.map((path) => [path, readFileSync(ROOT + path, "utf8")]));
}
