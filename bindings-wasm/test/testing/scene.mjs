// `gentask/testing` as it is built, and a sandbox that ends with its test.

import { DIST, gentask } from "../support/package.mjs";
import { failureOf, order } from "../support/client.mjs";

export const { Sandbox } = await import(new URL("entry/testing.js", DIST).href);
export const callbacks = await import("gentask/callbacks");
export { failureOf, gentask, order };

/** What `use` does with a fresh sandbox in each of its two forms. */
export const FORMS = {
    "through fetch": (options, use) => within(new Sandbox(options), use),
    "over a port": async (options, use) => within(await new Sandbox(options).listen(), use),
};

async function within(sandbox, use) {
    try {
        await use(sandbox);
    } finally {
        await sandbox.close();
    }
}

/** A fetch that reaches the sandbox as its clients do. */
export function reach(sandbox) {
    return sandbox.url.startsWith("http:") ? fetch : sandbox.fetch;
}
