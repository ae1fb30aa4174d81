// What is an address and no name. Written out, because not every runtime has Node's `net`.

/** Whether a text is an IPv4 address in its usual form: four decimal numbers, none with a zero in front. */
export function isIPv4(text: string): boolean {
    const numbers = text.split(".");
    return numbers.length === 4 && numbers.every((number) => /^(0|[1-9]\d{0,2})$/.test(number) && Number(number) < 256);
}

/** Whether a text is an IPv6 address. One with a zone is none: it names a network card of a machine. */
export function isIPv6(text: string): boolean {
    if (!text.includes(":") || !/^[\da-f:.]+$/i.test(text)) return false;
    try {
        new URL(`http://[${text}]/`);
        return true;
    } catch {
        return false;
    }
}
