//! What a person may have meant: the known words nearest to a misspelled one.

/// Longer words are not compared: the work grows with the product of the lengths.
const LONGEST: usize = 100;

/// How many are named.
const MOST: usize = 3;

/// How many pairs of characters are compared for one word: enough for a thousand candidates of a usual length.
const MOST_PAIRS: usize = 1 << 18;

/// At most [`MOST`] of the candidates, the nearest first, that are a few typing mistakes away from the word. Case does not count.
/// Of very many candidates only the first are looked at.
pub(crate) fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    nearest_of(word, &mut candidates.into_iter())
}

fn nearest_of<'a>(word: &str, candidates: &mut dyn Iterator<Item = &'a str>) -> Vec<&'a str> {
    let word: Vec<char> = word.chars().take(LONGEST + 1).map(|char| char.to_ascii_lowercase()).collect();
    if word.len() > LONGEST {
        return Vec::new();
    }
    let mistakes = 1 + word.len() / 4;
    let mut nearest: Vec<(usize, &str)> = Vec::new();
    let mut pairs = MOST_PAIRS;
    for candidate in candidates {
        // A text that is this much longer or shorter is that many mistakes away, whatever is in it; bytes bound characters from above.
        if candidate.len() + mistakes < word.len() {
            continue;
        }
        let Some(left) = pairs.checked_sub((word.len() + 1) * candidate.len().min(2 * LONGEST)) else { break };
        pairs = left;
        let near = (distance(&word, candidate), candidate);
        if near.0 <= mistakes && near.0 < candidate.chars().take(LONGEST + 1).count().max(word.len()) && !nearest.contains(&near) {
            let place = nearest.iter().position(|other| near < *other).unwrap_or(nearest.len());
            nearest.insert(place, near);
            nearest.truncate(MOST);
        }
    }
    nearest.into_iter().map(|(_, candidate)| candidate).collect()
}

/// How many characters must be put in, left out, replaced, or swapped with their neighbour.
fn distance(word: &[char], candidate: &str) -> usize {
    let candidate: Vec<char> = candidate.chars().take(2 * LONGEST).map(|char| char.to_ascii_lowercase()).collect();
    let mut before_last: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=candidate.len()).collect();
    let mut previous = None;
    for (row, &char) in word.iter().enumerate() {
        let mut this = vec![row + 1];
        let mut left = row + 1;
        for (column, &other) in candidate.iter().enumerate() {
            let at = |line: &[usize], index: usize| line.get(index).copied().unwrap_or(usize::MAX / 2);
            let mut cost = (at(&last, column) + usize::from(char != other)).min(at(&last, column + 1) + 1).min(left + 1);
            let swapped = column.checked_sub(1).filter(|&before| previous == Some(other) && candidate.get(before) == Some(&char));
            if let Some(before) = swapped {
                cost = cost.min(at(&before_last, before) + 1);
            }
            this.push(cost);
            left = cost;
        }
        before_last = std::mem::replace(&mut last, this);
        previous = Some(char);
    }
    last.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_words_come_first_and_far_ones_not_at_all() {
        let models = ["nano-banana", "nano-banana-pro", "kling-2.1", "kling-2.5", "veo3"];
        assert_eq!(nearest("nano-bannana", models), ["nano-banana"]);
        assert_eq!(nearest("kling-21", models), ["kling-2.1", "kling-2.5"]);
        assert_eq!(nearest("VEO3", models), ["veo3"]);
        assert_eq!(nearest("sora", models), [""; 0]);
        assert_eq!(nearest("promtp", ["prompt"]), ["prompt"]);
        assert_eq!(nearest("", ["a", "b"]), [""; 0]);
        assert_eq!(nearest("x", ["y"]), [""; 0]);
        assert_eq!(nearest(&"x".repeat(1_000_000), ["y"]), [""; 0]);
        let many: Vec<String> = (0..100_000).map(|index| format!("{index:0>100}")).collect();
        assert_eq!(nearest(&"9".repeat(100), many.iter().map(String::as_str)), [""; 0]);
        assert_eq!((distance(&['a', 'b'], "ba"), distance(&[], "abc"), distance(&['a'], "")), (1, 3, 1));
    }
}
