import * as gentask from "gentask";
import { run } from "./run.mjs";

export default {
    async fetch() {
        return new Response(await run(gentask));
    },
};
