// Which words a person may have meant.

/** Longer ones are no words. */
const LONGEST = 64;

/** The candidates that are a few slips away, the nearest first, at most three. */
export function nearest(word: string, candidates: readonly string[]): string[] {
    if (word.length > LONGEST) return [];
    const slips = 1 + Math.floor(word.length / 4);
    return candidates
        .map((candidate) => [distance(word.toLowerCase(), candidate.toLowerCase()), candidate] as const)
        .filter(([far, candidate]) => far <= slips && far < Math.max(candidate.length, word.length))
        .sort(([a, first], [b, second]) => a - b || (first < second ? -1 : 1))
        .slice(0, 3)
        .map(([, candidate]) => candidate);
}

/** How many letters must be put in, left out, replaced, or swapped with their neighbour. */
function distance(from: string, to: string): number {
    let beforeLast: number[] = [];
    let last = Array.from({ length: to.length + 1 }, (_, column) => column);
    for (let row = 1; row <= from.length; row++) {
        const line = [row];
        for (let column = 1; column <= to.length; column++) {
            const isSame = from[row - 1] === to[column - 1];
            const isSwapped = from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
            const ways = [at(last, column - 1) + (isSame ? 0 : 1), at(last, column) + 1, at(line, column - 1) + 1];
            if (isSwapped) ways.push(at(beforeLast, column - 2) + 1);
            line.push(Math.min(...ways));
        }
        beforeLast = last;
        last = line;
    }
    return at(last, to.length);
}

function at(line: readonly number[], column: number): number {
    return line[column] ?? Number.POSITIVE_INFINITY;
}
