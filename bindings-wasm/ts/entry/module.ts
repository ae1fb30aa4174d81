// Loads the core from a module that the bundler of a Worker has compiled: Workers compile none themselves.

import { initSync } from "../../pkg/core.js";
import module from "../../pkg/core.wasm";

initSync({ module });
