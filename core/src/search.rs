//! A text in a text. Bytes are compared one by one, which is quick enough for URLs and messages; the standard library's search prepares
//! for long texts, with many times the code in what a browser downloads.

/// Where a part first stands in a text. No part is empty.
fn find(text: &str, part: &str) -> Option<usize> {
    text.as_bytes().windows(part.len().max(1)).position(|window| window == part.as_bytes())
}

/// Whether a part stands in a text.
pub(crate) fn contains(text: &str, part: &str) -> bool {
    find(text, part).is_some()
}

/// Whether a part stands in a text, whatever the case of ASCII letters in either.
pub(crate) fn contains_in_any_case(text: &str, part: &str) -> bool {
    part.is_empty() || text.as_bytes().windows(part.len()).any(|window| window.eq_ignore_ascii_case(part.as_bytes()))
}

/// What stands before and after the first of a mark.
pub(crate) fn split_once<'a>(text: &'a str, mark: &str) -> Option<(&'a str, &'a str)> {
    let at = find(text, mark)?;
    Some((text.get(..at)?, text.get(at + mark.len()..)?))
}

/// A text without any of a part.
pub(crate) fn without(text: &str, part: &str) -> String {
    let (mut kept, mut rest) = (String::new(), text);
    while let Some((before, after)) = split_once(rest, part) {
        kept.push_str(before);
        rest = after;
    }
    kept + rest
}

/// At most `most` characters of a text, with `...` where some were cut.
pub(crate) fn shorten(string: &str, most: usize) -> String {
    match string.char_indices().nth(most) {
        Some((end, _)) => format!("{}...", string.get(..end).unwrap_or_default()),
        None => string.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_case_of_ascii_letters_does_not_count() {
        for (text, part) in [("Insufficient CREDITS", "insufficient credits"), ("x", "X"), ("\u{4f59}Ab", "\u{4f59}aB"), ("", "")] {
            assert!(contains_in_any_case(text, part), "{text} {part}");
        }
        assert!(!contains_in_any_case("a", "ab") && !contains_in_any_case("", "a") && !contains_in_any_case("a b", "ab"));
    }

    #[test]
    fn parts_are_found_where_the_standard_library_finds_them() {
        for text in ["", "a", "aab", "a://b://c", "é://é", "undisputed, disputed", "{key}{key}"] {
            for part in ["a", "ab", "://", "é", "undisputed", "{key}", "longer than any of the texts"] {
                assert_eq!(split_once(text, part), text.split_once(part));
                assert_eq!((contains(text, part), without(text, part)), (text.contains(part), text.replace(part, "")));
            }
        }
    }
}
