// Expectations, spoilt: a runner that does not notice each of these changes compares too little.

/** A value with each of its parts changed, and with each of its members left out, one at a time. */
export function* changes(value) {
    for (const [path, part] of parts(value)) {
        const at = path.join("/");
        yield [`${at} changed`, replaced(value, path, otherThan(part))];
        if (typeof path.at(-1) === "string") yield [`${at} left out`, without(value, path)];
    }
}

/** Each part of a value, with the path to it. */
export function* parts(value, path = []) {
    yield [path, value];
    if (typeof value !== "object" || value === null) return;
    const steps = Array.isArray(value) ? value.keys() : Object.keys(value);
    for (const step of steps) yield* parts(value[step], [...path, step]);
}

/** Another value, of the same kind where that can be. */
export function otherThan(value) {
    switch (typeof value) {
        case "boolean":
            return Number(value);
        case "number":
            // Of a number that is too large, the next one is the same.
            return Number.isSafeInteger(value) ? value + 1 : value / 2;
        case "string":
            return `${value}x`;
    }
    if (Array.isArray(value)) return [...value, null];
    return value === null ? false : { ...value, more: null };
}

/** A copy with another part at a path. */
export function replaced(value, path, part) {
    if (path.length === 0) return part;
    return altered(value, path, (holder, step) => {
        holder[step] = part;
    });
}

/** A copy without the member at a path, which is not empty. */
export function without(value, path) {
    return altered(value, path, (holder, step) => {
        delete holder[step];
    });
}

/** Copies no more than what is on the way to the change: whole runs are long. */
function altered(value, path, change) {
    const copy = Array.isArray(value) ? [...value] : { ...value };
    let holder = copy;
    for (const step of path.slice(0, -1)) {
        const inner = holder[step];
        holder[step] = Array.isArray(inner) ? [...inner] : { ...inner };
        holder = holder[step];
    }
    change(holder, path.at(-1));
    return copy;
}
