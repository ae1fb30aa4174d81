// Deliveries to callback URLs: what each proves, with Ed25519 signatures verified by the platform.

import { judge } from "gentask/sansio";
import { verified } from "../../dist/hosting/ed25519.js";

/** Judges a delivery. */
export async function webhooks({ arrival, callback, contract: name, jwks, now, secrets }, shelf) {
    const contract = name === undefined ? shelf.withCallback(callback) : shelf.contract(name);
    const { headers, method, url } = arrival;
    const keys = jwks === undefined ? undefined : new TextEncoder().encode(jwks);
    const verdict = judge(contract, secrets, { headers, method, url, body: bodyOf(arrival) }, now, keys);
    if (verdict.verdict !== "keys") return verdict;
    const { candidates, faults, ...own } = verdict;
    const holding = await Promise.all(candidates.map(verified));
    const shown = candidates.map(({ key, signature, signingSecret }, index) => ({
        key: hex(key),
        signature: hex(signature),
        signingSecret,
        holds: holding[index],
    }));
    const [message] = candidates.map((candidate) => base64(candidate.message));
    return {
        ...own,
        ...(faults && { jwks: faults }),
        ...(message !== undefined && { messageBase64: message }),
        candidates: shown,
        proof: candidates[holding.indexOf(true)]?.proof ?? null,
    };
}

function bodyOf({ bodyBase64, bodyRepeat }) {
    if (bodyRepeat !== undefined) return new TextEncoder().encode(bodyRepeat.text.repeat(bodyRepeat.times));
    return Uint8Array.from(atob(bodyBase64), (letter) => letter.charCodeAt(0));
}

function hex(bytes) {
    return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

function base64(bytes) {
    return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
}
