// What other people's code throws, in words: JavaScript throws anything, of any length, and some of it cannot even be read. Texts that go to the
// core are well-formed: half of a surrogate pair would make all that goes with it unreadable.

/** The most characters that are kept of it. */
const LONGEST = 1_000;

/** What was thrown, in words. */
export function wordsOf(thrown: unknown): string {
    try {
        return cut(String(thrown instanceof Error ? thrown.message : thrown), LONGEST);
    } catch {
        return "something without words";
    }
}

/** The beginning of a text, well-formed and at most so long. */
export function cut(text: string, longest: number): string {
    // Between the halves of a pair it is cut one earlier.
    const isBetween = /^[\uD800-\uDBFF][\uDC00-\uDFFF]/.test(text.slice(longest - 1, longest + 1));
    return wellFormed(text.slice(0, isBetween ? longest - 1 : longest));
}

/** A text in which what is half of a surrogate pair is a replacement character, as UTF-8 has it. */
export function wellFormed(text: string): string {
    return text.replaceAll(LONE, "\ufffd");
}

/** Whether every surrogate has its other half. */
export function isWellFormed(text: string): boolean {
    return text.search(LONE) < 0;
}

const LONE = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g;
