// The vectors as a program without files, permissions or arguments: what it needs is in its bundle. Its last line is its report.

import texts from "vectors:texts";
import { Shelf } from "./shelf.mjs";
import { runAll } from "./suite.mjs";

const report = await runAll(new Shelf(texts));
console.log(JSON.stringify(report));
if (report.failures.length > 0) throw new Error(`${report.failures.length} failures`);
