// Randomness, as whatever runtime has it.

/** Random bytes. */
export function entropy(length: number): Uint8Array {
    return crypto.getRandomValues(new Uint8Array(length));
}

/** Bytes as hexadecimal text. */
export function hex(bytes: Uint8Array): string {
    return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
