//! Expected output with placeholders, as the files in `tests/scenarios/` have it; their README says how.

use serde_json::Value;
use std::collections::BTreeMap;

/// What placeholders stand for so far.
#[derive(Debug, Default)]
pub(crate) struct Names(BTreeMap<String, String>);

impl Names {
    pub(crate) fn set(&mut self, name: &str, value: impl Into<String>) {
        self.0.insert(name.to_owned(), value.into());
    }

    /// A text with every placeholder replaced; all of them must be known.
    pub(crate) fn fill(&self, text: &str) -> String {
        let mut rest = text;
        let mut filled = String::new();
        while let Some((before, name, after)) = placeholder(rest) {
            filled.push_str(before);
            filled.push_str(self.0.get(name).unwrap_or_else(|| panic!("{{{{{name}}}}} is not known yet")));
            rest = after;
        }
        filled + rest
    }

    /// Where an actual value differs from the expected one. Placeholders that were free are bound.
    pub(crate) fn compare(&mut self, at: &str, expected: &Value, actual: &Value) -> Result<(), String> {
        let differ = || Err(format!("{at}: expected {expected}, found {actual}"));
        match (expected, actual) {
            (Value::String(pattern), Value::String(text)) => {
                if self.text(pattern, text) {
                    Ok(())
                } else {
                    differ()
                }
            }
            (Value::String(pattern), Value::Number(number)) if matches!(pattern.as_str(), "{{time}}" | "{{number}}") => {
                // 2001 to 5138: milliseconds, not seconds.
                let is_time = number.as_u64().is_some_and(|ms| (1_000_000_000_000..100_000_000_000_000).contains(&ms));
                if pattern == "{{number}}" || is_time { Ok(()) } else { differ() }
            }
            (Value::String(pattern), _) if pattern == "{{any}}" => Ok(()),
            (Value::Array(wanted), Value::Array(found)) if wanted.len() == found.len() => {
                wanted.iter().zip(found).enumerate().try_for_each(|(i, (wanted, found))| self.compare(&format!("{at}/{i}"), wanted, found))
            }
            (Value::Object(wanted), Value::Object(found)) => {
                let open = wanted.contains_key("...");
                if let Some(name) = found.keys().find(|name| !open && !wanted.contains_key(*name)) {
                    return Err(format!("{at}/{name}: not expected: {}", found[name]));
                }
                wanted.iter().filter(|(name, _)| *name != "...").try_for_each(|(name, wanted)| match found.get(name) {
                    Some(found) => self.compare(&format!("{at}/{name}"), wanted, found),
                    None => Err(format!("{at}/{name}: missing")),
                })
            }
            _ if expected == actual => Ok(()),
            _ => differ(),
        }
    }

    /// Whether a text fits a pattern from its begin to its end.
    pub(crate) fn text(&mut self, pattern: &str, text: &str) -> bool {
        let Some((before, name, after)) = placeholder(pattern) else { return pattern == text };
        let Some(rest) = text.strip_prefix(before) else { return false };
        if let Some(known) = self.0.get(name) {
            return rest.strip_prefix(known.as_str()).is_some_and(|rest| self.text(after, rest));
        }
        let (kind, label) = name.split_once(':').map_or((name, None), |(kind, label)| (kind, Some(label)));
        for end in (0..=rest.len()).filter(|end| rest.is_char_boundary(*end)) {
            if is(kind, &rest[..end]) && self.text(after, &rest[end..]) {
                if label.is_some() {
                    self.set(name, &rest[..end]);
                }
                return true;
            }
        }
        false
    }
}

/// The text before the first placeholder, its name, and the text after it.
fn placeholder(text: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = text.split_once("{{")?;
    let (name, after) = rest.split_once("}}")?;
    Some((before, name, after))
}

fn is(kind: &str, text: &str) -> bool {
    match kind {
        "any" => true,
        "text" => !text.is_empty(),
        "id" => !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c)),
        "uuid" => {
            let groups: Vec<usize> = text.split('-').map(str::len).collect();
            groups == [8, 4, 4, 4, 12] && text.chars().all(|c| c == '-' || c.is_ascii_digit() || ('a'..='f').contains(&c))
        }
        "sha256" => text.len() == 64 && text.chars().all(|c| c.is_ascii_digit() || ('a'..='f').contains(&c)),
        _ => panic!("no placeholder is called {kind}, or it is not known yet"),
    }
}
