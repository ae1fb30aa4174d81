// How long the package takes to be there: the import, with the core inflated, compiled and instantiated, in milliseconds.

const begun = performance.now();
const { Contract } = await import("../dist/entry/default.js");
const loaded = performance.now();
Contract.builtIn("apixo");
console.log(JSON.stringify({ load: loaded - begun, contract: performance.now() - loaded }));
