// Loads the simulated providers from a module that the bundler of a Worker has compiled: Workers compile none themselves.

import "gentask";
import { initSync } from "../../testing/pkg/core.js";
import module from "../../testing/pkg/core.wasm";

initSync({ module });

export * from "../testing/index.js";
