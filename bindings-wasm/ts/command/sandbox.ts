// The verb that serves the simulated providers until it is interrupted.

import process from "node:process";
import { Contract } from "../contract.js";
import { mistake } from "../core.js";
import type { GentaskError } from "../errors.js";
import type { Call } from "./arguments.js";
import { OK } from "./exit.js";
import { line } from "./print.js";

/** Where it listens where nothing else is said, as the native command does. */
const PORT = 8787;

/** Serves them on this machine. What simulates them is loaded here and not with the command: no other verb needs it. */
export async function sandbox(call: Call): Promise<number> {
    const { Sandbox } = await import("../entry/testing.js");
    // Whatever it is called, it is a file.
    const own = call.all("contract").map((path) => Contract.of(/[/\\]|\.json$/i.test(path) ? path : `./${path}`));
    const speed = Math.max(call.number("speed") ?? 1, 1);
    const sandbox = new Sandbox({ providers: [...Contract.builtInNames, ...own], speed });
    await sandbox.listen({ port: call.number("port") ?? PORT }).catch((error: GentaskError) => {
        const { errorMessage } = error.reply;
        const hint = "by another sandbox perhaps; choose one with --port, or --port 0 for any";
        throw errorMessage?.endsWith(" is taken") === true ? mistake("UNSUPPORTED", `${errorMessage}, ${hint}`) : error;
    });
    for (const id of sandbox.providers) line(`${id.padEnd(14)} ${sandbox.baseUrl(id)}`);
    line("\nAny API key works. To point a program's own client at it, set these variables:");
    for (const { about: { environment: { baseUrl, key } }, id } of [...Contract.builtInNames.map((name) => Contract.builtIn(name)), ...own]) {
        if (baseUrl !== null) line(`export ${baseUrl}=${sandbox.baseUrl(id)}${key === null ? "" : ` ${key}=any`}`);
    }
    line(`export GENTASK_POLL_MS=${Math.ceil(1_000 / speed)}`);
    const payload = JSON.stringify({ mode: "text-to-image", prompt: "a fox" });
    const order = `--provider apixo --base-url ${sandbox.baseUrl("apixo")} --model nano-banana --payload '${payload}' --out .`;
    line(`\nTry:\nAPIXO_API_KEY=any gentask run ${order}\n\nPress Ctrl-C to stop.`);
    await new Promise((resolve) => process.once("SIGINT", resolve));
    await sandbox.close();
    return OK;
}
