// What every store of the package refuses, wherever it keeps its tasks.

import { type Save, StoreFault } from "../store.js";

/** Refuses a save whose version does not follow from the expected one: such a record could never be saved again. */
export function checkVersion({ record, expectedVersion }: Save): void {
    if (record.version !== expectedVersion + 1) {
        throw new StoreFault("misuse", `a record of version ${record.version} cannot follow version ${expectedVersion}`);
    }
}
