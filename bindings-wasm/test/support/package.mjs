// The build that is tested: `dist` beside the tests, or the folder that GENTASK_DIST names.

import { pathToFileURL } from "node:url";
import process from "node:process";

/** The folder with the compiled package, with a slash at its end. */
export const DIST = process.env.GENTASK_DIST ? pathToFileURL(`${process.env.GENTASK_DIST}/`) : new URL("../../dist/", import.meta.url);

/** The package's public names. */
export const gentask = await import(new URL("entry/default.js", DIST).href);

/** Which runtime runs this: `node`, `deno` or `bun`. */
export const RUNTIME = globalThis.Deno ? "deno" : globalThis.Bun ? "bun" : "node";

/** Whether this runtime has a durable store at all. */
export const HAS_SQLITE = Boolean(process.getBuiltinModule?.("node:sqlite"));
