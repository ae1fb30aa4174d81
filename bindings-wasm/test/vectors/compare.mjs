// What differs between what was expected and what came out. No value is rounded, and `true` is not 1.

const SHOWN = 300;

/** The canonical text: keys in the order of their bytes, no white space. Numbers are those that JavaScript can hold. */
export function canonical(value) {
    if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
    if (typeof value !== "object" || value === null) return scalar(value);
    const names = Object.keys(value).sort(byBytes);
    return `{${names.map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`).join(",")}}`;
}

/** Throws where two values differ. */
export function mustBeSame(what, expected, found) {
    const different = firstDifference(expected, found);
    if (different !== null) throw new Error(`${what}: ${different}`);
}

/** Where two JSON values differ first, and how; `null` where they are the same. */
export function firstDifference(expected, found, at = "") {
    if (isObject(expected) && isObject(found)) {
        for (const name of [...new Set([...Object.keys(expected), ...Object.keys(found)])].sort(byBytes)) {
            const here = `${at}/${name}`;
            if (!Object.hasOwn(found, name)) return `${here}: expected ${shown(expected[name])}, found no such member`;
            if (!Object.hasOwn(expected, name)) return `${here}: expected no such member, found ${shown(found[name])}`;
            const different = firstDifference(expected[name], found[name], here);
            if (different !== null) return different;
        }
        return null;
    }
    if (Array.isArray(expected) && Array.isArray(found)) {
        for (let index = 0; index < Math.min(expected.length, found.length); index++) {
            const different = firstDifference(expected[index], found[index], `${at}/${index}`);
            if (different !== null) return different;
        }
        return expected.length === found.length ? null : `${at}: expected ${expected.length} items, found ${found.length}`;
    }
    if (canonical(expected) === canonical(found)) return null;
    const from = typeof expected === "string" && typeof found === "string" ? beginning(expected, found) : 0;
    return `${at}: expected ${shown(expected, from)}, found ${shown(found, from)}`;
}

/** From where two texts are shown: a little before the first letter that differs. */
function beginning(expected, found) {
    let at = 0;
    while (at < expected.length && expected[at] === found[at]) at += 1;
    return Math.max(0, at - 40);
}

/** A scalar as text. What JSON does not have is no accident of a comparison: it has a text of its own, and so equals nothing else. */
function scalar(value) {
    if (typeof value === "bigint") return `${value}n`;
    return typeof value === "number" && !Number.isFinite(value) ? String(value) : (JSON.stringify(value) ?? String(value));
}

function shown(value, from = 0) {
    const text = typeof value === "string" && from > 0 ? `...${JSON.stringify(value.slice(from))}` : canonical(value);
    return text.length <= SHOWN ? text : `${text.slice(0, SHOWN)}...`;
}

function isObject(value) {
    return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The order of UTF-8: that of code points, which is not JavaScript's own where there are surrogates. */
function byBytes(one, other) {
    const [left, right] = [[...one], [...other]];
    for (let index = 0; index < Math.min(left.length, right.length); index++) {
        const difference = left[index].codePointAt(0) - right[index].codePointAt(0);
        if (difference !== 0) return difference;
    }
    return left.length - right.length;
}
