// For who loads the core: from a file, a URL, a cache. `initialize` comes before everything else.

import { initSync } from "../../pkg/core.js";

export * from "../index.js";

/** Loads the core: the bytes of `gentask/core.wasm`, or their compiled module. */
export function initialize(module: BufferSource | WebAssembly.Module): void {
    initSync({ module });
}
