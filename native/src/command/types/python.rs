//! Python: a `TypedDict` or a pydantic model for each input, and what `client.submit(model, input)` takes of a provider's models.

use super::shape::{Bounds, Member, Shape};
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

/// What the inputs are.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    /// Each a `TypedDict`, for checkers alone.
    Dict,
    /// Each a model of pydantic 2.11 or later, which is checked while the program runs.
    Model,
}

const DICTS: &str = r#"from __future__ import annotations

from typing import Any, Dict, List, Literal, TypedDict, Union

Media = Any
"""An https URL, a data URI, or what gentask makes one of: a path, bytes."""
"#;

/// A number stays as it is given, and no text becomes one: what is checked is what is sent.
const MODELS: &str = r#"from __future__ import annotations

from typing import Any, Dict, List, Literal, Optional, Union

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StrictBool, StrictFloat, StrictInt, StrictStr
from typing_extensions import Annotated

Media = Any
"""An https URL or a data URI. A file goes into the dictionary that `model_dump(exclude_none=True)` gives."""


def _whole(value: Any) -> Any:
    """`5.0` is a whole number, too; `"5"` and `True` are none."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


Number = Union[StrictInt, StrictFloat]
Integer = Annotated[StrictInt, BeforeValidator(_whole)]


class _Input(BaseModel):
    model_config = ConfigDict(extra="allow", populate_by_name=True, serialize_by_alias=True)
"#;

pub(super) fn file(contract: &Contract, inputs: &[Input], style: Style) -> String {
    let mut text = format!("\"\"\"{}\"\"\"\n\n", head(contract));
    text += if style == Style::Dict { DICTS } else { MODELS };
    for input in inputs {
        let mut before = String::new();
        let about = format!("The input of `{}`.", comment(&input.model));
        let own = style.class(&input.name, &about, &input.members, &mut before);
        text += &before;
        text += &own;
    }
    if style == Style::Dict && !inputs.is_empty() {
        text += &taken(contract, inputs);
    }
    text += "\n\nINPUTS: Dict[str, Any] = {\n";
    for input in inputs {
        let _ = writeln!(text, "    {}: {},", quoted(&input.model), input.name);
    }
    text + "}\n\"\"\"The inputs by the ids of their models.\"\"\"\n"
}

/// What a submit takes.
fn taken(contract: &Contract, inputs: &[Input]) -> String {
    let lines = |all: Vec<String>| all.iter().fold(String::new(), |text, one| text + &format!("    {one},\n"));
    let models = lines(inputs.iter().map(|input| quoted(&input.model)).collect());
    let others = if contract.is_open() { "Others pass through, unchecked." } else { "There are no others." };
    let payloads = lines(inputs.iter().map(|input| input.name.clone()).collect());
    format!(
        "\n\nModelId = Literal[\n{models}]\n\"\"\"The ids of the models. {others}\"\"\"\n\nPayload = Union[\n{payloads}]\n\"\"\"The input of any of them.\"\"\"\n"
    )
}

impl Style {
    /// A class; those of its members' objects go before it.
    fn class(self, name: &str, about: &str, members: &[Member], before: &mut String) -> String {
        let mut parts = BTreeSet::new();
        let mut typed = Vec::new();
        for member in members {
            let part = free(format!("{name}{}", pascal(&member.name)), &mut parts);
            typed.push((member, self.written(&member.shape, &part, before)));
        }
        match self {
            Self::Dict => dict(name, about, &typed),
            Self::Model => model(name, about, &typed),
        }
    }

    fn written(self, shape: &Shape, name: &str, before: &mut String) -> String {
        let [text, number, integer, flag] = match self {
            Self::Dict => ["str", "float", "int", "bool"],
            Self::Model => ["StrictStr", "Number", "Integer", "StrictBool"],
        };
        match shape {
            Shape::Text => text.to_owned(),
            Shape::Media => "Media".to_owned(),
            Shape::Number => number.to_owned(),
            Shape::Integer => integer.to_owned(),
            Shape::Flag => flag.to_owned(),
            Shape::Null => "None".to_owned(),
            Shape::Literals(values) => literals(values),
            Shape::List(each) => format!("List[{}]", self.written(each, name, before)),
            Shape::Union(parts) => {
                format!("Union[{}]", parts.iter().map(|part| self.written(part, name, before)).collect::<Vec<_>>().join(", "))
            }
            Shape::Object(members) if members.is_empty() => "Dict[str, Any]".to_owned(),
            Shape::Object(members) => {
                let own = self.class(name, &format!("A part of `{name}`."), members, before);
                before.push_str(&own);
                name.to_owned()
            }
            Shape::Anything => "Any".to_owned(),
        }
    }
}

/// Members, each with its type.
type Typed<'a> = [(&'a Member, String)];

/// What must be there is a class of its own, from which the other inherits: nothing marks a single member that Python 3.10 would know.
fn dict(name: &str, about: &str, typed: &Typed<'_>) -> String {
    let (needed, optional): (Vec<_>, Vec<_>) = typed.iter().partition(|(member, _)| member.is_required);
    match (needed.is_empty(), optional.is_empty()) {
        (true, true) => format!("\n\n{name} = Dict[str, Any]\n\"\"\"{about} No field is known.\"\"\"\n"),
        (false, true) => part(name, DICT, "", about, &needed),
        (true, false) => part(name, DICT, ", total=False", about, &optional),
        (false, false) => {
            let base = format!("_{name}Needs");
            let about_needed = format!("What `{name}` must have.");
            part(&base, DICT, "", &about_needed, &needed) + &part(name, &base, ", total=False", about, &optional)
        }
    }
}

const DICT: &str = "TypedDict";

fn part(name: &str, base: &str, total: &str, about: &str, typed: &[&(&Member, String)]) -> String {
    // A name that begins with two underscores would be another one within a class.
    if typed.iter().any(|(member, _)| !is_identifier(&member.name, &RESERVED) || member.name.starts_with("__")) {
        let fields: String =
            typed.iter().fold(String::new(), |all, (member, shape)| all + &format!("    {}: {},\n", quoted(&member.name), quoted(shape)));
        let called = |name: &str| format!("\n\n{name} = {DICT}({}, {{\n{fields}}}{total})\n", quoted(name));
        if base == DICT {
            return called(name) + &format!("\"\"\"{about}\"\"\"\n");
        }
        let own = format!("_{name}May");
        return called(&own) + &format!("\n\nclass {name}({base}, {own}):\n    \"\"\"{about}\"\"\"\n");
    }
    let mut text = format!("\n\nclass {name}({base}{total}):\n    \"\"\"{about}\"\"\"\n\n");
    for (member, shape) in typed {
        let _ = writeln!(text, "    {}: {shape}", member.name);
        if let Some(about) = &member.about {
            let _ = writeln!(text, "    \"\"\"{}\"\"\"", comment(about));
        }
    }
    text
}

/// What a model has already, or what pydantic keeps for itself.
const OF_MODELS: [&str; 14] = [
    "construct",
    "copy",
    "dict",
    "from_orm",
    "json",
    "parse_file",
    "parse_obj",
    "parse_raw",
    "schema",
    "schema_json",
    "update_forward_refs",
    "validate",
    "Config",
    "fields",
];

fn model(name: &str, about: &str, typed: &Typed<'_>) -> String {
    let mut text = format!("\n\nclass {name}(_Input):\n    \"\"\"{about}\"\"\"\n");
    if !typed.is_empty() {
        text.push('\n');
    }
    let mut fields = BTreeSet::new();
    for (member, shape) in typed {
        let is_plain = is_identifier(&member.name, &RESERVED)
            && !member.name.starts_with('_')
            && !member.name.starts_with("model_")
            && !OF_MODELS.contains(&member.name.as_str());
        let field = if is_plain { member.name.clone() } else { format!("{}_", snake(&member.name)) };
        let field = free(field, &mut fields);
        let mut rules = bounds(&member.bounds);
        if field != member.name {
            rules.push(format!("alias={}", quoted(&member.name)));
        }
        let is_optional = !member.is_required;
        let shape = if is_optional { format!("Optional[{shape}]") } else { shape.clone() };
        let otherwise = match (is_optional, rules.is_empty()) {
            (false, true) => String::new(),
            (true, true) => " = None".to_owned(),
            (false, false) => format!(" = Field({})", rules.join(", ")),
            (true, false) => format!(" = Field(None, {})", rules.join(", ")),
        };
        let _ = writeln!(text, "    {field}: {shape}{otherwise}");
        if let Some(about) = &member.about {
            let _ = writeln!(text, "    \"\"\"{}\"\"\"", comment(about));
        }
    }
    text
}

fn bounds(bounds: &Bounds) -> Vec<String> {
    let Bounds { least, most, shortest, longest } = bounds;
    let named = [("ge", least), ("le", most), ("min_length", shortest), ("max_length", longest)];
    named.into_iter().filter_map(|(name, bound)| Some(format!("{name}={}", bound.as_ref()?))).collect()
}

/// A name of letters, digits and underscores that a field may have.
fn snake(name: &str) -> String {
    let text: String = name.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect();
    let text = text.trim_matches('_');
    if text.starts_with(|c: char| c.is_ascii_digit()) || text.is_empty() || text.starts_with("model_") {
        format!("field_{text}")
    } else {
        text.to_owned()
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
