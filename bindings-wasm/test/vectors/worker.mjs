// The vectors as a Worker: its answer is its report.

import texts from "vectors:texts";
import { Shelf } from "./shelf.mjs";
import { runAll } from "./suite.mjs";

export default {
    async fetch() {
        return Response.json(await runAll(new Shelf(texts)));
    },
};
