// Bundles of the vectors, their runner and the package, as a program's author makes them: by esbuild, with the package's own entries.

import { build } from "esbuild";
import { fileURLToPath } from "node:url";
import { texts } from "./texts.mjs";

const HERE = fileURLToPath(new URL(".", import.meta.url));

/** The text of a module that needs nothing more than a runtime. */
export async function program() {
    return bundled("program.mjs", []);
}

/** The text of a Worker's module, and the paths of the WebAssembly modules that it imports, by the names under which it does. */
export async function worker() {
    const modules = new Map();
    const keep = {
        name: "wasm",
        setup(setup) {
            setup.onResolve({ filter: /\.wasm$/ }, async ({ path, resolveDir, kind, pluginData }) => {
                if (pluginData === "resolved") return undefined;
                const found = await setup.resolve(path, { resolveDir, kind, pluginData: "resolved" });
                const name = `./${modules.size}.wasm`;
                const known = [...modules].find(([, file]) => file === found.path)?.[0];
                if (known === undefined) modules.set(name, found.path);
                return { path: known ?? name, external: true };
            });
        },
    };
    const text = await bundled("worker.mjs", [keep], ["workerd", "worker", "browser"]);
    return { text, modules };
}

async function bundled(entry, plugins, conditions = []) {
    const embed = {
        name: "texts",
        setup(setup) {
            setup.onResolve({ filter: /^vectors:texts$/ }, ({ path }) => ({ path, namespace: "texts" }));
            setup.onLoad({ filter: /.*/, namespace: "texts" }, () => ({ contents: JSON.stringify(texts()), loader: "json" }));
        },
    };
    const made = await build({
        entryPoints: [HERE + entry],
        absWorkingDir: HERE,
        bundle: true,
        write: false,
        format: "esm",
        platform: "neutral",
        target: "es2022",
        conditions,
        plugins: [embed, ...plugins],
        logLevel: "warning",
    });
    return made.outputFiles[0].text;
}
