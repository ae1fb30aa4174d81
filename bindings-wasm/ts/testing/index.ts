/// <reference lib="esnext.disposable" preserve="true" />
// The public names of `gentask/testing`. The entries beside this folder load its module first.

export { Sandbox } from "./sandbox.js";
export type * from "./types.js";
