// Saves a picture of this machine's: `fetcher.mjs URL FOLDER`. With `leave` it ends, with code 9, as soon as a part of it is in the folder.

import { readdirSync, watch } from "node:fs";
import process from "node:process";
import { DIST } from "../support/package.mjs";

const { saveFile } = await import(new URL("files.js", DIST).href);
const { POLICY } = await import(new URL("files/fetch.js", DIST).href);

const [url, folder, leave] = process.argv.slice(2);
if (leave) {
    const look = () => readdirSync(folder).some((name) => name.endsWith(".part")) && process.exit(9);
    watch(folder, look);
}
await saveFile({ url, kind: "image", stem: "task-image-1", key: undefined }, folder, { ...POLICY, allowsLoopback: true });
process.exit(0);
