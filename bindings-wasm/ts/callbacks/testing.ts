// A callback as the provider would send it, for tests of a program's own route.

import { type Arrival, callbackUrl, messageToSign, sign } from "gentask/sansio";
import { known } from "../arguments.js";
import { secretsOf } from "../calling.js";
import type { Client } from "../client.js";
import { mistake } from "../core.js";
import { toJson } from "../json.js";
import type { Json } from "../types.js";
import { signed } from "../hosting/ed25519.js";
import { Host } from "../hosting/host.js";

/** What a test's callback says, and who signs it. */
export interface TestCallback {
    /** The URL of the route, as submits name it. */
    readonly url: string;
    /** The task that it is about: its token goes into the URL. Without it the URL stays as it is. */
    readonly intentId?: string | undefined;
    /** What the provider says: text or bytes as they are, anything else as JSON. */
    readonly body: string | Uint8Array | Json | object;
    /** The provider's id of the task, where that is signed. */
    readonly taskId?: string | undefined;
    /** The id of the delivery, where the scheme has one. Default: a random one. */
    readonly deliveryId?: string | undefined;
    /** The account's id, where the scheme has one. */
    readonly user?: string | undefined;
    /** The secret to sign with. Default: the first of the client's `signingSecrets`. */
    readonly signingSecret?: string | undefined;
    /** The private Ed25519 key to sign with, as its 32 bytes of seed. */
    readonly seed?: Uint8Array | undefined;
    /** When it is sent, in Unix milliseconds. Default: now. */
    readonly now?: number | undefined;
}

const MEMBERS = ["url", "intentId", "body", "taskId", "deliveryId", "user", "signingSecret", "seed", "now"] as const;

/** A callback to a route of this client, as its provider would send it: with the token of the task and with the provider's signature. */
export async function signTestCallback(client: Client, of: TestCallback): Promise<Arrival> {
    known(of, MEMBERS, "a test's callback");
    const { calling, clock, contract } = Host.of(client).engine;
    const { deliveryId = crypto.randomUUID(), intentId, now = clock.now(), seed, signingSecret, taskId = "", user = "" } = of;
    if (calling.at(now).isToBeRead) await calling.read();
    const { secret } = calling.at(now);
    const body = bytesOf(of.body);
    const to = { intentId: intentId ?? "", taskId, deliveryId, user, body };
    const signing = signingSecret === undefined
        ? secretsOf(calling.options.signingSecrets, "signingSecrets", contract.about.environment.webhookSecret)
        : [{ text: signingSecret }];
    if (seed !== undefined && seed.length !== 32) throw mistake("UNSUPPORTED", "a seed has 32 bytes");
    const message = seed && messageToSign(contract, to, now);
    const signature = seed && message ? await signed(seed, message) : undefined;
    const headers = sign(contract, { token: [{ text: secret }], signing }, to, now, signature);
    const url = intentId === undefined ? of.url : callbackUrl(of.url, secret, intentId);
    return { method: "POST", url, headers: [["content-type", "application/json"], ...headers], body };
}

function bytesOf(body: TestCallback["body"]): Uint8Array {
    if (body instanceof Uint8Array) return body;
    return new TextEncoder().encode(typeof body === "string" ? body : toJson(body, "INVALID_PAYLOAD", "the body"));
}
