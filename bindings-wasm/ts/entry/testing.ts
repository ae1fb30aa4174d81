// Loads the simulated providers from their own text, beside the core: no file, no network, on every runtime.

import "gentask";
import { initSync } from "../../testing/pkg/core.js";
import { bytes } from "../../testing/pkg/inline.js";

initSync({ module: bytes() as Uint8Array<ArrayBuffer> });

export * from "../testing/index.js";
