// The vectors as a Worker: its answer is its report.

import texts from "vectors:texts";
import { Shelf } from "./shelf.mjs";
import { runAll } from "./suite.mjs";

export default {
    fetch() {
        return Response.json(runAll(new Shelf(texts)));
    },
};
