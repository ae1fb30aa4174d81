//! Python: a `TypedDict` for each input, and overloads of nothing: `client.submit(model, input)` takes any of them.

use super::shape::{Member, Shape};
use super::{Input, comment, free, head, is_identifier, pascal, quoted};
use gentask_core::Contract;
use serde_json::Value;
use std::collections::BTreeSet;
use std::fmt::Write as _;

const RESERVED: [&str; 35] = [
    "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue", "def", "del", "elif", "else", "except",
    "finally", "for", "from", "global", "if", "import", "in", "is", "lambda", "nonlocal", "not", "or", "pass", "raise", "return", "try",
    "while", "with", "yield",
];

pub(super) fn file(contract: &Contract, inputs: &[Input]) -> String {
    let mut text = format!("\"\"\"{}\"\"\"\n\n", head(contract));
    text += "from __future__ import annotations\n\nfrom typing import Any, Dict, List, Literal, Union\n\nfrom typing_extensions import NotRequired, TypedDict\n\n";
    text += "Media = Any\n\"\"\"An https URL, a data URI, or what gentask makes one of: a path, bytes.\"\"\"\n";
    for input in inputs {
        let mut before = String::new();
        let own = class(&input.name, &format!("The input of `{}`.", comment(&input.model)), &input.members, &mut before);
        text += &before;
        text += &own;
    }
    text += "\n\nINPUTS: Dict[str, Any] = {\n";
    for input in inputs {
        let _ = writeln!(text, "    {}: {},", quoted(&input.model), input.name);
    }
    text + "}\n\"\"\"The inputs by the ids of their models.\"\"\"\n"
}

/// A class; those of its members' objects go before it.
fn class(name: &str, about: &str, members: &[Member], before: &mut String) -> String {
    let mut parts = BTreeSet::new();
    let mut typed = Vec::new();
    for member in members {
        let part = free(format!("{name}{}", pascal(&member.name)), &mut parts);
        typed.push((member, of(member, &part, before)));
    }
    // A name that begins with two underscores would be another one within a class.
    if typed.iter().any(|(member, _)| !is_identifier(&member.name, &RESERVED) || member.name.starts_with("__")) {
        let fields: String =
            typed.iter().fold(String::new(), |all, (member, shape)| all + &format!("    {}: {},\n", quoted(&member.name), quoted(shape)));
        return format!("\n\n{name} = TypedDict({}, {{\n{fields}}})\n\"\"\"{about}\"\"\"\n", quoted(name));
    }
    let mut text = format!("\n\nclass {name}(TypedDict):\n    \"\"\"{about}\"\"\"\n");
    if !typed.is_empty() {
        text.push('\n');
    }
    for (member, shape) in typed {
        let _ = writeln!(text, "    {}: {shape}", member.name);
        if let Some(about) = &member.about {
            let _ = writeln!(text, "    \"\"\"{}\"\"\"", comment(about));
        }
    }
    text
}

fn of(member: &Member, part: &str, before: &mut String) -> String {
    let written = written(&member.shape, part, before);
    if member.is_required { written } else { format!("NotRequired[{written}]") }
}

fn written(shape: &Shape, name: &str, before: &mut String) -> String {
    match shape {
        Shape::Text => "str".to_owned(),
        Shape::Media => "Media".to_owned(),
        Shape::Number => "float".to_owned(),
        Shape::Integer => "int".to_owned(),
        Shape::Flag => "bool".to_owned(),
        Shape::Null => "None".to_owned(),
        Shape::Literals(values) => literals(values),
        Shape::List(each) => format!("List[{}]", written(each, name, before)),
        Shape::Union(parts) => format!("Union[{}]", parts.iter().map(|part| written(part, name, before)).collect::<Vec<_>>().join(", ")),
        Shape::Object(members) if members.is_empty() => "Dict[str, Any]".to_owned(),
        Shape::Object(members) => {
            let own = class(name, &format!("A part of `{name}`."), members, before);
            before.push_str(&own);
            name.to_owned()
        }
        Shape::Anything => "Any".to_owned(),
    }
}

/// A number with a fraction is no literal of Python's.
fn literals(values: &[Value]) -> String {
    let word = |value: &Value| match value {
        Value::Bool(flag) => Some(if *flag { "True" } else { "False" }.to_owned()),
        Value::Null => Some("None".to_owned()),
        Value::String(text) => Some(quoted(text)),
        Value::Number(number) if !number.is_f64() => Some(number.to_string()),
        _ => None,
    };
    match values.iter().map(word).collect::<Option<Vec<_>>>() {
        Some(words) => format!("Literal[{}]", words.join(", ")),
        None => "Any".to_owned(),
    }
}
