import * as gentask from "gentask";
import { run } from "./run.mjs";

run(gentask).then(console.log);
