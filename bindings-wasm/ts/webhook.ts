// Deliveries to callback URLs without a client: what one proves, and for tests of receivers one as a provider sends it. Pure: nothing here reads a
// clock, and who verifies Ed25519 signatures is the host.

import { text } from "./arguments.js";
import { Contract } from "./contract.js";
import { ask, functions, mistake } from "./core.js";
import type { Candidate } from "./effects.js";
import { timeOf } from "./given.js";
import { bytesOf } from "./io.js";
import { toJson } from "./json.js";
import type { Arrival, CallReceipt, Received, Secrets } from "./received.js";

/** What a proven delivery says. */
export interface Proof {
    /** The task, by its token; `null`: the URL has none. */
    readonly intentId: string | null;
    readonly taskId: string | null;
    /** Whether the provider signed the body, and it is JSON: then what it says may be taken for an answer. */
    readonly coversBody: boolean;
    /** Whether the provider proved itself. Otherwise the token alone did. */
    readonly isSigned: boolean;
    /** The same for a delivery that is sent again. */
    readonly dedupe: string;
    readonly tokenSecret: number | null;
    readonly signingSecret: number | null;
}

/** A signature on which a delivery hangs, and the proof that it makes if it verifies. */
export interface Hanging extends Candidate {
    /** The place of its key among the signing secrets; `null`: a published one. */
    readonly signingSecret: number | null;
    readonly proof: Proof;
}

/** What a delivery is worth. */
export type Verdict =
    | { readonly verdict: "proven"; readonly proof: Proof }
    | { readonly verdict: "refused"; readonly refusal: "notPost" | "tooLarge" | "unproven" | "malformed"; readonly http: number }
    | {
        /** It is proven if one of the candidates verifies, strictly; the first that does makes the proof. */
        readonly verdict: "keys";
        /** Where the provider publishes its keys. */
        readonly url: string | null;
        readonly candidates: readonly Hanging[];
        /** Why the published keys are none: pointer and rule of each fault. */
        readonly faults?: readonly (readonly [path: string, rule: string])[];
    };

/** Judges a delivery for a provider. `keys`: what its URL for keys answered. */
export function judge(contract: Contract, secrets: Secrets, of: Arrival, now: number, keys?: Uint8Array): Verdict {
    const { body, headers, method, url } = of;
    const head = toJson({ headers, method, url }, "UNSUPPORTED", "the delivery");
    const own = toJson(secrets, "UNSUPPORTED", "the secrets");
    const said = JSON.parse(ask(() => functions.judge(Contract.own(contract).core, own, head, body, keys, timeOf(now)))) as Told;
    if (said.verdict !== "keys") return said;
    const { candidates, messageBase64 = "", ...verdict } = said;
    const message = bytesOf({ base64: messageBase64 });
    const bytes = (hex: string): Uint8Array => Uint8Array.from(hex.match(/../g) ?? [], (digits) => Number.parseInt(digits, 16));
    return { ...verdict, candidates: candidates.map((one) => ({ ...one, key: bytes(one.key), signature: bytes(one.signature), message })) };
}

type Told =
    | Exclude<Verdict, { verdict: "keys" }>
    | Omit<Extract<Verdict, { verdict: "keys" }>, "candidates"> & {
        readonly messageBase64?: string;
        readonly candidates: readonly (Omit<Hanging, "key" | "message" | "signature"> & { readonly key: string; readonly signature: string })[];
    };

/** How much an answer to a callback counts where several clients were asked: the heaviest is given, and `isTaken` ends the search. */
export function weightOf(outcome: Received): { readonly weight: number; readonly isTaken: boolean } {
    const weight = functions.receiptWeight(outcome);
    return { weight, isTaken: weight === functions.takenWeight() };
}

/** The receipt of a callback that cannot be taken now: it is to be sent again. */
export function unavailable(reason: string): CallReceipt {
    return JSON.parse(functions.unavailableReceipt(reason)) as CallReceipt;
}

/** The most bytes of a body that are read; who stops there passes one byte more. */
export function mostBodyBytes(): number {
    return functions.mostBodyBytes();
}

/** The URL that a submit of this task names to the provider. */
export function callbackUrl(url: string, secret: string, intentId: string): string {
    return ask(() => functions.callbackUrl(text(url, "url"), text(secret, "secret"), text(intentId, "intentId")));
}

/** What a provider says in a delivery. */
export interface Signing {
    /** The task's intent, where each task has a secret of its own. */
    readonly intentId?: string;
    /** The provider's id of the task, where that is signed. */
    readonly taskId?: string;
    /** The id of the delivery, where the scheme has one. */
    readonly deliveryId?: string;
    /** The account's id, where the scheme has one. */
    readonly user?: string;
    readonly body: Uint8Array;
}

/** What a private Ed25519 key signs of a delivery; `null` where the contract asks for another signature, or for none. */
export function messageToSign(contract: Contract, to: Signing, now: number): Uint8Array | null {
    const { body, ...said } = to;
    const own = toJson(said, "UNSUPPORTED", "the delivery");
    return ask(() => functions.messageToSign(Contract.own(contract).core, own, body, timeOf(now))) ?? null;
}

/** The headers that make a delivery the provider's. `signature`: of `messageToSign`, by a private key; without it the first active secret signs. */
export function sign(contract: Contract, secrets: Secrets, to: Signing, now: number, signature?: Uint8Array): [name: string, value: string][] {
    if (signature !== undefined && signature.length !== 64) throw mistake("UNSUPPORTED", "a signature has 64 bytes");
    const { body, ...said } = to;
    const [own, known] = [toJson(said, "UNSUPPORTED", "the delivery"), toJson(secrets, "UNSUPPORTED", "the secrets")];
    return JSON.parse(ask(() => functions.signDelivery(Contract.own(contract).core, known, own, body, signature, timeOf(now)))) as [string, string][];
}
