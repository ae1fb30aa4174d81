//! Kotlin: a data class for each input, an enum for each closed choice, and `toPayload()`, which is what `submit` takes.

use super::shape::{Member, Shape};
use super::{Input, camel, comment, free, head, is_identifier, pascal, quoted, words};
use gentask_core::Contract;
use std::collections::BTreeSet;
use std::fmt::Write as _;

const RESERVED: [&str; 28] = [
    "as",
    "break",
    "class",
    "continue",
    "do",
    "else",
    "false",
    "for",
    "fun",
    "if",
    "in",
    "interface",
    "is",
    "null",
    "object",
    "package",
    "return",
    "super",
    "this",
    "throw",
    "true",
    "try",
    "typealias",
    "typeof",
    "val",
    "var",
    "when",
    "while",
];

pub(super) fn file(contract: &Contract, inputs: &[Input]) -> String {
    let mut text = format!("// {}\n\npackage {}\n", head(contract), package(contract.id()));
    for input in inputs {
        let _ = write!(text, "\n{}", class(&input.name, &format!("The input of `{}`.", comment(&input.model)), &input.members, 0));
    }
    text
}

fn package(id: &str) -> String {
    let name: String = words(id).concat();
    format!("gentask.models.{}", if name.is_empty() || name.starts_with(|c: char| c.is_ascii_digit()) { format!("p{name}") } else { name })
}

fn class(name: &str, about: &str, members: &[Member], level: usize) -> String {
    let indent = "    ".repeat(level);
    let mut text = format!("{indent}/** {about} */\n");
    if members.is_empty() {
        return text
            + &format!(
                "{indent}public class {name}(private val members: Map<String, Any?>) {{\n{indent}    /** What `submit` takes. */\n{indent}    public fun toPayload(): Map<String, Any?> = members\n{indent}}}\n"
            );
    }
    let _ = writeln!(text, "{indent}public data class {name}(");
    let (mut nested, mut puts) = (String::new(), String::new());
    let (mut fields, mut parts) = (BTreeSet::new(), BTreeSet::new());
    for member in members {
        let field = free(field(&member.name), &mut fields);
        // Its own name before it: `List` would hide the language's.
        let part = free(format!("{name}{}", pascal(&member.name)), &mut parts);
        let (written, payload) = of(&member.shape, &part, level + 1, &mut nested);
        let _ = writeln!(text, "{indent}    /** {} */", about_of(member));
        let (mark, otherwise) = if member.is_required { ("", "") } else { ("?", " = null") };
        let written = written.trim_end_matches('?');
        let _ = writeln!(text, "{indent}    val {field}: {written}{mark}{otherwise},");
        let value = payload.replace('@', "it");
        // Within the map that is built, `size` alone would be the map's own.
        let own = format!("this@{name}.{field}");
        let _ = match (member.is_required, payload == "@") {
            (true, true) => writeln!(puts, "{indent}        put({}, {own})", quoted(&member.name)),
            (true, false) => writeln!(puts, "{indent}        put({}, {own}.let {{ {value} }})", quoted(&member.name)),
            (false, _) => writeln!(puts, "{indent}        {own}?.let {{ put({}, {value}) }}", quoted(&member.name)),
        };
    }
    let _ = write!(
        text,
        "{indent}) {{\n{indent}    /** What `submit` takes: members that are `null` are left out. */\n{indent}    public fun toPayload(): Map<String, Any?> = buildMap {{\n{puts}{indent}    }}\n"
    );
    if !nested.is_empty() {
        let _ = write!(text, "\n{}", nested.trim_end_matches('\n'));
        text.push('\n');
    }
    let _ = writeln!(text, "{indent}}}");
    text
}

fn about_of(member: &Member) -> String {
    member.about.as_ref().map_or_else(|| format!("`{}`.", comment(&member.name)), |about| comment(about))
}

fn field(name: &str) -> String {
    let field = camel(name);
    if is_identifier(&field, &RESERVED) { field } else { format!("`{field}`") }
}

/// A type, and what makes a value of a payload of one that is called `@`.
fn of(shape: &Shape, name: &str, level: usize, nested: &mut String) -> (String, String) {
    let plain = |text: &str| (text.to_owned(), "@".to_owned());
    if let Some(texts) = shape.texts() {
        let choice = format!("{name}Choice");
        nested.push_str(&choice_of(&choice, &texts, level));
        return (choice, "@.word".to_owned());
    }
    match shape {
        Shape::Text | Shape::Media => plain("String"),
        Shape::Number => plain("Double"),
        Shape::Integer => plain("Long"),
        Shape::Flag => plain("Boolean"),
        Shape::List(each) => match of(each, name, level, nested) {
            (each, value) if value == "@" => (format!("List<{each}>"), value),
            (each, value) => (format!("List<{each}>"), format!("@.map {{ {} }}", value.replace('@', "it"))),
        },
        Shape::Object(members) if !members.is_empty() => {
            nested.push_str(&class(name, &format!("A part of `{name}`."), members, level));
            nested.push('\n');
            (name.to_owned(), "@.toPayload()".to_owned())
        }
        Shape::Union(parts) => match parts.iter().filter(|part| **part != Shape::Null).collect::<Vec<_>>().as_slice() {
            [only] => of(only, name, level, nested),
            // The literals beside any text are texts.
            several if several.iter().all(|part| part.texts().is_some() || matches!(part, Shape::Text | Shape::Media)) => plain("String"),
            _ => plain("Any"),
        },
        _ => plain("Any"),
    }
}

fn choice_of(name: &str, texts: &[&str], level: usize) -> String {
    let indent = "    ".repeat(level);
    let mut text = format!(
        "{indent}/** What may be chosen; [word] is the provider's. */\n{indent}public enum class {name}(public val word: String) {{\n"
    );
    for (at, word) in texts.iter().enumerate() {
        let constant = words(word).join("_").to_uppercase();
        let is_name = constant.starts_with(|c: char| c.is_ascii_alphabetic());
        let constant = if is_name { constant } else { format!("V_{constant}") };
        let twin = texts.iter().take(at).any(|before| words(before) == words(word));
        let _ = writeln!(text, "{indent}    {constant}{}({}),", if twin { format!("_{}", at + 1) } else { String::new() }, quoted(word));
    }
    text + &format!("{indent}}}\n\n")
}
