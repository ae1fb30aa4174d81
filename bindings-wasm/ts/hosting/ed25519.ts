// Ed25519 signatures, verified by the platform, and as strictly as the core's own verification: what platforms differ in is checked here.

import type { Candidate } from "gentask/sansio";

/** The points of small order, with every way to write each, without the sign: for such a key, or with such a point, one signature fits many messages. */
const SMALL_ORDER = [
    "0000000000000000000000000000000000000000000000000000000000000000",
    "0100000000000000000000000000000000000000000000000000000000000000",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
].map((text) => Uint8Array.from(text.match(/../g) ?? [], (digits) => Number.parseInt(digits, 16)));

/** The order of the group, its lowest byte first: a signature whose number is not below it has a second form. */
const ORDER = Uint8Array.from(
    "edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010".match(/../g) ?? [],
    (digits) => Number.parseInt(digits, 16),
);

/** Which of the candidates verifies, the first of several; `null`: none. All are looked at. */
export async function firstVerified(candidates: readonly Candidate[]): Promise<number | null> {
    const verdicts = await Promise.all(candidates.map(verified));
    const index = verdicts.indexOf(true);
    return index < 0 ? null : index;
}

/** Whether a signature verifies. */
export async function verified({ key, message, signature }: Candidate): Promise<boolean> {
    if (key.length !== 32 || signature.length !== 64) return false;
    if (isSmall(key) || isSmall(signature.subarray(0, 32)) || !isBelowOrder(signature.subarray(32))) return false;
    let imported: CryptoKey;
    try {
        imported = await crypto.subtle.importKey("raw", bytes(key), { name: "Ed25519" }, false, ["verify"]);
    } catch (error) {
        // Bytes that are no point are no key; a platform without Ed25519 is another matter.
        if ((error as { name?: unknown }).name === "NotSupportedError") throw error;
        return false;
    }
    return crypto.subtle.verify({ name: "Ed25519" }, imported, bytes(signature), bytes(message));
}

/** The signature of a message by a private key, which is given as its 32 bytes of seed. */
export async function signed(seed: Uint8Array, message: Uint8Array): Promise<Uint8Array> {
    const wrapped = new Uint8Array([...PKCS8, ...seed]);
    const key = await crypto.subtle.importKey("pkcs8", wrapped, { name: "Ed25519" }, false, ["sign"]);
    return new Uint8Array(await crypto.subtle.sign({ name: "Ed25519" }, key, bytes(message)));
}

/** What stands before a seed in PKCS #8 (RFC 8410). */
const PKCS8 = [0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20];

function isSmall(point: Uint8Array): boolean {
    // The highest bit is the sign.
    return SMALL_ORDER.some((small) => small.every((byte, at) => byte === (at === 31 ? point[at]! & 0x7f : point[at])));
}

function isBelowOrder(number: Uint8Array): boolean {
    for (let at = 31; at >= 0; at--) if (number[at] !== ORDER[at]) return number[at]! < ORDER[at]!;
    return false;
}

/** Bytes in a buffer that is theirs, as the types of platforms ask for. */
function bytes(some: Uint8Array): Uint8Array<ArrayBuffer> {
    return new Uint8Array(some);
}
