// What other people's code throws, in words: JavaScript throws anything, of any length, and some of it cannot even be read.

/** The most characters that are kept of it. */
const LONGEST = 1_000;

/** What was thrown, in words. */
export function wordsOf(thrown: unknown): string {
    try {
        return String(thrown instanceof Error ? thrown.message : thrown).slice(0, LONGEST);
    } catch {
        return "something without words";
    }
}
