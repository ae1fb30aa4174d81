// Tasks in a page's localStorage: they outlive the page, and a lock keeps its tabs from writing over one another. A browser that crashes may lose
// what was written in its last moments: where every task counts, let the server keep them (../next-route.ts).

/**
 * A task store under this name. A task is one item, so it is written whole or not at all; where there is no room, `setItem` throws.
 *
 * @param {string} name
 * @returns {import("gentask").TaskStore}
 */
export function localStore(name) {
    const prefix = `gentask ${name} `;
    /** @param {string} key @returns {any} */
    const item = (key) => JSON.parse(localStorage.getItem(prefix + key) ?? "null");
    /** @param {string} key @param {unknown} value */
    const put = (key, value) => localStorage.setItem(prefix + key, JSON.stringify(value));

    /** @returns {{ json: string, record: import("gentask").TaskRecord }[]} */
    const tasks = () =>
        Object.keys(localStorage)
            .filter((key) => key.startsWith(`${prefix}task `))
            .map((key) => item(key.slice(prefix.length)))
            .map(({ json }) => ({ json, record: JSON.parse(json) }))
            .sort((one, other) => order(one.record, other.record));

    /** @param {import("gentask").Find} by */
    const find = (by) =>
        tasks().filter(({ record }) => {
            if (record.provider !== by.provider) return false;
            if (!("key" in by)) return record.taskId === by.taskId;
            // No owner is the same as an empty one.
            return record.account === by.account && (record.owner ?? "") === (by.owner ?? "") && record.callerKey === by.key;
        });

    return {
        load: (intentId) => item(`task ${intentId}`)?.json ?? null,
        find: (by) => find(by).map(({ json }) => json),
        blob(intentId, blob) {
            const text = item(`task ${intentId}`)?.blobs[blob];
            return text === undefined ? null : Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
        },
        save: ({ record, json, blobs, expectedVersion }) =>
            navigator.locks.request(prefix, () => {
                const { intentId, provider, account, owner, callerKey, version } = record;
                const before = item(`task ${intentId}`);
                const holders = callerKey === null ? [] : find({ provider, account, owner, key: callerKey });
                const isTaken = holders.some((holder) => holder.record.intentId !== intentId);
                if ((before?.version ?? 0) !== expectedVersion || isTaken) return "conflict";
                const kept = { ...before?.blobs };
                for (const { name, bytes } of blobs) {
                    if (bytes) kept[name] = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
                    else delete kept[name];
                }
                put(`task ${intentId}`, { version, json, blobs: kept });
                return "done";
            }),
        list({ provider, account, owner, phases, orConflicting, dueBefore, createdFrom = 0, createdBefore, newestFirst, limit = Infinity, after }) {
            const all = newestFirst ? tasks().reverse() : tasks();
            const found = all.filter(({ record }) => {
                const { due, at } = record;
                if (provider !== undefined && record.provider !== provider) return false;
                if (account !== undefined && record.account !== account) return false;
                if (owner !== undefined && record.owner !== owner) return false;
                const isListed = !phases || phases.includes(record.phase) || (orConflicting === true && record.conflict?.taskId != null);
                if (!isListed) return false;
                if (dueBefore !== undefined && !(due && due.at < dueBefore)) return false;
                if (at.created < createdFrom || (createdBefore !== undefined && at.created >= createdBefore)) return false;
                const place = after ? order(record, { at: { created: after.created }, intentId: after.intentId }) : 0;
                return !after || (newestFirst ? place < 0 : place > 0);
            });
            const page = found.slice(0, limit);
            const last = page.at(-1)?.record;
            const isMore = found.length > page.length;
            return {
                tasks: page.map(({ json, record }) => ({ intentId: record.intentId, json })),
                next: isMore ? (last ? { created: last.at.created, intentId: last.intentId } : (after ?? null)) : null,
            };
        },
        meta: (key) => item(`meta ${key}`),
        setMeta: (key, value, onlyIfAbsent) =>
            navigator.locks.request(prefix, () => {
                const stands = (onlyIfAbsent ? item(`meta ${key}`) : null) ?? value;
                put(`meta ${key}`, stands);
                return stands;
            }),
        raiseMeta: (key, value) =>
            navigator.locks.request(prefix, () => {
                const stands = Math.max(Number(item(`meta ${key}`)) || 0, value);
                put(`meta ${key}`, String(stands));
                return stands;
            }),
        delete: (intentIds) =>
            navigator.locks.request(prefix, () => {
                const ended = ["succeeded", "failed", "cancelled", "rejected", "discarded"];
                // A second task of the same order may have been paid for: its record stays until somebody has looked.
                const over = tasks().filter(({ record }) => ended.includes(record.phase) && record.conflict?.taskId == null);
                const gone = over.filter(({ record }) => intentIds.includes(record.intentId));
                for (const { record } of gone) localStorage.removeItem(`${prefix}task ${record.intentId}`);
                return gone.length;
            }),
    };
}

/**
 * By creation, then by intent.
 *
 * @param {{ at: { created: number }, intentId: string }} one
 * @param {{ at: { created: number }, intentId: string }} other
 */
function order(one, other) {
    return one.at.created - other.at.created || (one.intentId < other.intentId ? -1 : one.intentId > other.intentId ? 1 : 0);
}
