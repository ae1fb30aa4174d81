// The files that all languages share, given as texts under their paths in `tests/`: where the texts come from is the runtime's affair.

import { Contract } from "gentask/sansio";

const FOLDER = "vectors/";

export class Shelf {
    #texts;
    #cases = new Map();
    #contracts = new Map();

    constructor(texts) {
        this.#texts = texts;
        this.manifest = this.#read("vectors/manifest.json");
    }

    /** The files of cases that are there, whatever the manifest says. */
    get stored() {
        const names = Object.keys(this.#texts).filter((path) => /^vectors\/[^/]+\.json$/.test(path));
        return names.map((path) => path.slice(FOLDER.length, -".json".length)).filter((name) => name !== "manifest");
    }

    /** The contracts that are there as files. */
    get storedContracts() {
        return Object.keys(this.#texts).filter((path) => /(^|\/)contracts\/[^/]+\.json$/.test(path));
    }

    /** The cases of a file. */
    cases(name) {
        return kept(this.#cases, name, () => this.#read(`${FOLDER}${name}.json`).cases);
    }

    /** A contract by its name in the vectors: a built-in one, or a path. */
    contract(name) {
        return kept(this.#contracts, name, () => (name.endsWith(".json") ? Contract.load(this.#text(name)) : Contract.builtIn(name)));
    }

    /** The contract of the tests whose callbacks have this scheme. */
    withCallback(scheme) {
        return kept(this.#contracts, `callbacks ${scheme}`, () => {
            const callback = this.#read("vectors/callbacks/schemes.json")[scheme];
            if (callback === undefined) throw new Error(`there is no callback scheme ${scheme}`);
            return Contract.load({ ...this.#read("vectors/callbacks/contract.json"), callback });
        });
    }

    /** The generation of a contract that cases mean which name none. */
    example(name) {
        const title = `${name}: the example is valid`;
        const found = this.cases("validate").find((each) => each.name === title);
        if (found === undefined) throw new Error(`no case is named "${title}"`);
        return found.generation;
    }

    #read(path) {
        return JSON.parse(this.#text(path));
    }

    #text(path) {
        const text = this.#texts[path];
        if (text === undefined) throw new Error(`there is no ${path}`);
        return text;
    }
}

function kept(map, name, make) {
    if (!map.has(name)) map.set(name, make());
    return map.get(name);
}
