//! Swift: a `Codable` struct for each input, and an enum for each closed choice.

use super::shape::{Member, Shape};
use super::{Input, camel, comment, free, head, is_identifier, pascal, quoted_by, words};
use gentask_core::Contract;
use std::collections::BTreeSet;
use std::fmt::Write as _;

const RESERVED: [&str; 42] = [
    "as",
    "associatedtype",
    "break",
    "case",
    "catch",
    "class",
    "continue",
    "default",
    "defer",
    "deinit",
    "do",
    "else",
    "enum",
    "extension",
    "fallthrough",
    "false",
    "for",
    "func",
    "guard",
    "if",
    "import",
    "in",
    "init",
    "is",
    "let",
    "nil",
    "operator",
    "private",
    "protocol",
    "public",
    "repeat",
    "return",
    "self",
    "static",
    "struct",
    "super",
    "switch",
    "throw",
    "true",
    "try",
    "var",
    "while",
];

pub(super) fn file(contract: &Contract, inputs: &[Input]) -> String {
    let mut text = format!("// {}\n\nimport Gentask\n", head(contract));
    for input in inputs {
        let _ = write!(text, "\n{}", of_members(&input.name, &format!("The input of `{}`.", comment(&input.model)), &input.members, 0));
    }
    text
}

fn of_members(name: &str, about: &str, members: &[Member], level: usize) -> String {
    let indent = "    ".repeat(level);
    let mut text = format!("{indent}/// {about}\n{indent}public struct {name}: Codable, Sendable {{\n");
    let (mut fields, mut parts) = (BTreeSet::new(), BTreeSet::new());
    let (mut nested, mut given, mut sets, mut keys) = (String::new(), Vec::new(), String::new(), String::new());
    for member in members {
        let field = free(field(&member.name), &mut fields);
        // Its own name before it: `String` would hide the language's.
        let part = free(format!("{name}{}", pascal(&member.name)), &mut parts);
        let written = of(&member.shape, &part, level + 1, &mut nested);
        let (mark, otherwise) = if member.is_required { ("", "") } else { ("?", " = nil") };
        let about = member.about.as_ref().map_or_else(|| format!("`{}`.", comment(&member.name)), |about| comment(about));
        let _ = write!(text, "{indent}    /// {about}\n{indent}    public var {field}: {written}{mark}\n");
        given.push(format!("{field}: {written}{mark}{otherwise}"));
        let _ = writeln!(sets, "{indent}        self.{field} = {field}");
        let _ = writeln!(keys, "{indent}        case {field} = {}", quoted(&member.name));
    }
    let _ = write!(
        text,
        "\n{indent}    /// With what is given; the rest is left out.\n{indent}    public init({}) {{\n{sets}{indent}    }}\n",
        given.join(", ")
    );
    if !keys.is_empty() {
        let _ = write!(text, "\n{indent}    private enum CodingKeys: String, CodingKey {{\n{keys}{indent}    }}\n");
    }
    if !nested.is_empty() {
        let _ = write!(text, "\n{}\n", nested.trim_end_matches('\n'));
    }
    text + &format!("{indent}}}\n")
}

fn quoted(text: &str) -> String {
    quoted_by(text, |code| format!("\\u{{{code:x}}}"))
}

fn field(name: &str) -> String {
    let field = camel(name);
    if is_identifier(&field, &RESERVED) { field } else { format!("`{field}`") }
}

fn of(shape: &Shape, name: &str, level: usize, nested: &mut String) -> String {
    if let Some(texts) = shape.texts() {
        let choice = format!("{name}Choice");
        nested.push_str(&choice_of(&choice, &texts, level));
        return choice;
    }
    match shape {
        Shape::Text | Shape::Media => "String".to_owned(),
        Shape::Number => "Double".to_owned(),
        Shape::Integer => "Int".to_owned(),
        Shape::Flag => "Bool".to_owned(),
        Shape::List(each) => format!("[{}]", of(each, name, level, nested)),
        Shape::Object(members) if !members.is_empty() => {
            nested.push_str(&of_members(name, &format!("A part of `{name}`."), members, level));
            nested.push('\n');
            name.to_owned()
        }
        Shape::Union(parts) => match parts.iter().filter(|part| **part != Shape::Null).collect::<Vec<_>>().as_slice() {
            [only] => of(only, name, level, nested),
            several if several.iter().all(|part| part.texts().is_some() || matches!(part, Shape::Text | Shape::Media)) => {
                "String".to_owned()
            }
            _ => "JSONValue".to_owned(),
        },
        _ => "JSONValue".to_owned(),
    }
}

fn choice_of(name: &str, texts: &[&str], level: usize) -> String {
    let indent = "    ".repeat(level);
    let mut text = format!("{indent}/// What may be chosen.\n{indent}public enum {name}: String, Codable, Sendable, CaseIterable {{\n");
    for (at, word) in texts.iter().enumerate() {
        // A name begins with no digit, and what stood apart stays so: `16:9` is `v16x9`.
        let case = if word.starts_with(|c: char| c.is_ascii_digit()) { format!("v{}", words(word).join("x")) } else { field(word) };
        let twin = texts.iter().take(at).any(|before| words(before) == words(word));
        let _ = writeln!(text, "{indent}    case {case}{} = {}", if twin { format!("_{}", at + 1) } else { String::new() }, quoted(word));
    }
    text + &format!("{indent}}}\n\n")
}
