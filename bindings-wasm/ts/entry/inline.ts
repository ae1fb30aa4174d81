// Loads the core from its own text: no file, no network, on every runtime.

import { initSync } from "../../pkg/core.js";
import { bytes } from "../../pkg/inline.js";

initSync({ module: bytes() as Uint8Array<ArrayBuffer> });
