//! zod: a schema for each input, by which a program checks it while it runs, and the type that goes with it.

use super::shape::{Bounds, Member, Shape};
use super::{Input, comment, head, is_identifier, quoted};
use gentask_core::Contract;
use serde_json::Value;
use std::fmt::Write as _;

const HEAD: &str = r#"
import { z } from "zod";

/** An https URL, a data URI of base64, or what `withMedia` of `gentask/media` makes one of. */
export const Media = z.unknown().refine((value) => value !== undefined, { error: "Required" });

/** Lengths are counted in characters, not in the units of a JavaScript string. */
const atMost = (length: number) => (text: string) => Array.from(text).length <= length;
"#;

pub(super) fn file(contract: &Contract, inputs: &[Input]) -> String {
    let mut text = format!("// {}\n{HEAD}", head(contract));
    for Input { model, name, members } in inputs {
        let about = format!("/** The input of `{}`. */", comment(model));
        let _ = write!(
            text,
            "\n{about}\nexport const {name} = {};\n{about}\nexport type {name} = z.input<typeof {name}>;\n",
            object(members, 0)
        );
    }
    text += "\n/** The inputs by the ids of their models. */\nexport const inputs = {\n";
    for input in inputs {
        let _ = writeln!(text, "    {}: {},", quoted(&input.model), input.name);
    }
    text + "};\n"
}

fn object(members: &[Member], level: usize) -> String {
    let indent = "    ".repeat(level + 1);
    let mut text = "z.looseObject({\n".to_owned();
    for member in members {
        if let Some(about) = &member.about {
            let _ = writeln!(text, "{indent}/** {} */", comment(about));
        }
        let name = if is_identifier(&member.name, &[]) { member.name.clone() } else { quoted(&member.name) };
        let optional = if member.is_required { "" } else { ".optional()" };
        let _ = writeln!(text, "{indent}{name}: {}{}{optional},", written(&member.shape, level + 1), bounds(&member.bounds, &member.shape));
    }
    text + &"    ".repeat(level) + "})"
}

fn written(shape: &Shape, level: usize) -> String {
    match shape {
        Shape::Text => "z.string()".to_owned(),
        Shape::Media => "Media".to_owned(),
        Shape::Number => "z.number()".to_owned(),
        // `z.int()` refuses numbers that JSON may have.
        Shape::Integer => "z.number().refine(Number.isInteger, { error: \"expected a whole number\" })".to_owned(),
        Shape::Flag => "z.boolean()".to_owned(),
        Shape::Null => "z.null()".to_owned(),
        Shape::Literals(values) if values.iter().all(|value| !value.is_object() && !value.is_array()) => literals(values),
        Shape::Literals(_) | Shape::Anything => "z.unknown()".to_owned(),
        Shape::List(each) => format!("z.array({})", written(each, level)),
        Shape::Union(parts) => format!("z.union([{}])", parts.iter().map(|part| written(part, level)).collect::<Vec<_>>().join(", ")),
        Shape::Object(members) if members.is_empty() => "z.record(z.string(), z.unknown())".to_owned(),
        Shape::Object(members) => object(members, level),
    }
}

fn literals(values: &[Value]) -> String {
    format!("z.literal([{}])", values.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "))
}

fn bounds(bounds: &Bounds, shape: &Shape) -> String {
    let Bounds { least, most, shortest, longest } = bounds;
    let longest_is = if *shape == Shape::Text { "refine(atMost(@))" } else { "max(@)" };
    let named = [("min(@)", least), ("max(@)", most), ("min(@)", shortest), (longest_is, longest)];
    named.into_iter().filter_map(|(rule, bound)| Some(format!(".{}", rule.replace('@', &bound.as_ref()?.to_string())))).collect()
}
