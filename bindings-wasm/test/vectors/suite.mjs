// Runs the vectors, on whatever runtime. An expectation is parted from its case before a runner sees it, and is then spoilt to see that the
// comparison notices.

import { numbersBeyondJavaScript } from "./beyond.mjs";
import { wholeTask } from "./calls.mjs";
import { changes } from "./changes.mjs";
import { firstDifference } from "./compare.mjs";
import { RUNNERS } from "./runners.mjs";

/** Everything: how many cases of each file were run, how many expectations were spoilt, and what is wrong. */
export async function runAll(shelf) {
    const report = { executed: {}, spoilt: {}, failures: [] };
    const attempt = (what, check) => {
        try {
            check();
        } catch (error) {
            report.failures.push(`${what}: ${error.message}`);
        }
    };
    attempt("the files", () => completeness(shelf));
    attempt("numbers", () => numbersBeyondJavaScript(shelf));
    attempt("calls", () => wholeTask(shelf));
    for (const name of Object.keys(RUNNERS).sort()) {
        const { executed, failures } = await runFile(shelf, name);
        const { spoilt, unnoticed } = await spoilFile(shelf, name);
        report.executed[name] = executed;
        report.spoilt[name] = spoilt;
        report.failures.push(...failures, ...unnoticed);
        const wanted = shelf.manifest.files[name];
        if (executed !== wanted) report.failures.push(`${name}: ${executed} cases were run, the manifest has ${wanted}`);
        // Each expectation is spoilt once at least.
        if (spoilt < wanted) report.failures.push(`${name}: only ${spoilt} expectations were spoilt`);
    }
    return report;
}

/** Runs every case of a file, whatever the others do. */
export async function runFile(shelf, name) {
    const failures = [];
    let executed = 0;
    for (const [number, each] of shelf.cases(name).entries()) {
        const title = `${name}, case ${number + 1}, "${each.name}"`;
        const [inputs, expected] = parted(each);
        try {
            const found = await RUNNERS[name](inputs, shelf);
            executed += 1;
            const different = firstDifference(expected, found);
            if (different !== null) failures.push(`${title}: ${different}`);
        } catch (error) {
            failures.push(`${title} cannot be run: ${error.name}: ${error.message}`);
        }
    }
    return { executed, failures };
}

/** Spoils every part of one expectation of each shape, and one part of every other; says which changes were not noticed. */
export async function spoilFile(shelf, name) {
    const unnoticed = [];
    let spoilt = 0;
    const seen = new Set();
    for (const [number, each] of shelf.cases(name).entries()) {
        const [inputs, expected] = parted(each);
        const shape = shapeOf(expected);
        let found;
        try {
            found = await RUNNERS[name](inputs, shelf);
        } catch {
            continue; // It is among the failures of the run, and is not counted here.
        }
        const all = [...changes(expected)];
        for (const [what, changed] of seen.has(shape) ? [all[number % all.length]] : all) {
            spoilt += 1;
            if (firstDifference(changed, found) === null) unnoticed.push(`${name}, "${each.name}": ${what} is not noticed`);
        }
        seen.add(shape);
    }
    return { spoilt, unnoticed };
}

/** Throws unless the files, the manifest, the runners and the contracts agree with one another. */
export function completeness(shelf) {
    const { files, contracts, total } = shelf.manifest;
    const names = Object.keys(files);
    const must = (what, expected, found) => {
        const missing = expected.filter((name) => !found.includes(name));
        const more = found.filter((name) => !expected.includes(name));
        if (missing.length + more.length > 0) throw new Error(`${what}: missing [${missing}], not in the manifest [${more}]`);
    };
    must("the files that are there", names, shelf.stored);
    must("the files that are run", names, Object.keys(RUNNERS));
    must("the contracts that are used", contracts, names.flatMap((name) => shelf.cases(name).flatMap((each) => each.contract ?? [])));
    must("the contracts that are there", contracts.filter((name) => name.endsWith(".json")), shelf.storedContracts);
    // Throws where one does not mean what it says. The built-in ones come without their samples.
    const samples = shelf.storedContracts.map((name) => shelf.contract(name).checkSamples());
    if (sumOf(samples) === 0) throw new Error("no contract has a sample");
    const sum = sumOf(Object.values(files));
    if (sum !== total) throw new Error(`the manifest's files have ${sum} cases, its total is ${total}`);
}

function sumOf(numbers) {
    return numbers.reduce((one, other) => one + other, 0);
}

/** A case's inputs, and apart from them what is expected: no runner can look at it. */
function parted({ expect, ...inputs }) {
    if (inputs.steps === undefined) return [inputs, expect];
    const steps = inputs.steps.map(({ expect: _, ...step }) => step);
    return [{ ...inputs, steps }, inputs.steps.map((step) => step.expect)];
}

/** The members of an expectation, and of each of its steps: those with the same ones are alike. */
function shapeOf(expected) {
    const each = Array.isArray(expected) ? expected : [expected];
    const isObject = (value) => typeof value === "object" && value !== null;
    return [...new Set(each.flatMap((one) => (isObject(one) ? Object.keys(one) : [typeof one])))].sort().join();
}
