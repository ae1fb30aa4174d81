//! TypeScript: an interface for each input, one that leads from a model's id to it, and whether there are other models.

use super::shape::{Member, Shape};
use super::{Input, comment, head, is_identifier, quoted};
use gentask_core::Contract;
use std::fmt::Write as _;

pub(super) fn file(contract: &Contract, inputs: &[Input]) -> String {
    let mut text = format!("// {}\n", head(contract));
    text += "\n/** An https URL, or a data URI of base64. */\nexport type Media = string;\n";
    for input in inputs {
        let (about, name) = (comment(&input.model), &input.name);
        let _ = if input.members.is_empty() {
            // An interface without members would take a text or a number, too.
            write!(text, "\n/** The input of `{about}`, of which no field is known. */\nexport type {name} = object;\n")
        } else {
            write!(text, "\n/** The input of `{about}`. */\nexport interface {name} {}\n", object(&input.members, 0))
        };
    }
    text += "\n/** The inputs by the ids of their models. */\nexport interface Inputs {\n";
    for input in inputs {
        let _ = writeln!(text, "    {}: {};", quoted(&input.model), input.name);
    }
    let _ = write!(
        text,
        "}}\n\n/** Whether models that are not among these pass through, unchecked. */\nexport type IsOpen = {};\n",
        contract.is_open()
    );
    text
}

fn object(members: &[Member], level: usize) -> String {
    let indent = "    ".repeat(level + 1);
    let mut text = "{\n".to_owned();
    for member in members {
        if let Some(about) = &member.about {
            let _ = writeln!(text, "{indent}/** {} */", comment(about));
        }
        let name = if is_identifier(&member.name, &[]) { member.name.clone() } else { quoted(&member.name) };
        let (mark, or_none) = if member.is_required { ("", "") } else { ("?", " | undefined") };
        let _ = writeln!(text, "{indent}{name}{mark}: {}{or_none};", written(&member.shape, level + 1));
    }
    text + &"    ".repeat(level) + "}"
}

fn written(shape: &Shape, level: usize) -> String {
    match shape {
        Shape::Text => "string".to_owned(),
        Shape::Media => "Media".to_owned(),
        Shape::Number | Shape::Integer => "number".to_owned(),
        Shape::Flag => "boolean".to_owned(),
        Shape::Null => "null".to_owned(),
        Shape::Literals(values) => values.iter().map(ToString::to_string).collect::<Vec<_>>().join(" | "),
        Shape::List(each) => match written(each, level) {
            each if each.contains([' ', '{']) => format!("readonly ({each})[]"),
            each => format!("readonly {each}[]"),
        },
        Shape::Union(parts) => {
            // An editor offers the literals beside any other text only so.
            let has_literals = parts.iter().any(|part| part.texts().is_some());
            let part = |part: &Shape| if has_literals && *part == Shape::Text { "(string & {})".to_owned() } else { written(part, level) };
            parts.iter().map(part).collect::<Vec<_>>().join(" | ")
        }
        Shape::Object(members) if members.is_empty() => "Readonly<Record<string, unknown>>".to_owned(),
        Shape::Object(members) => object(members, level),
        Shape::Anything => "unknown".to_owned(),
    }
}
