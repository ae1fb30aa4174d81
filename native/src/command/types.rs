//! `gentask types`: the inputs of a provider's models as types of a programming language, for editors and checkers. What a type cannot say is
//! checked before a submit all the same.

mod kotlin;
mod python;
mod shape;
mod swift;
mod typescript;
mod zod;

use super::flags::{Common, Language, Types};
use super::{OK, Outcome, clients, output};
use gentask_core::Contract;
use shape::{Member, Shape};
use std::collections::BTreeSet;

/// A model with the type of its input.
struct Input {
    model: String,
    /// What its type is called, such as `NanoBananaInput`.
    name: String,
    members: Vec<Member>,
}

/// Prints the types.
pub(super) fn types(common: &Common, flags: &Types) -> Outcome {
    let contract = clients::named(common)?;
    let text = match flags.lang {
        Language::Python => python::file(&contract, &inputs(&contract), python::Style::Dict),
        Language::Pydantic => python::file(&contract, &inputs(&contract), python::Style::Model),
        Language::Typescript => typescript::file(&contract, &inputs(&contract)),
        Language::Zod => zod::file(&contract, &inputs(&contract)),
        Language::Kotlin => kotlin::file(&contract, &inputs(&contract)),
        Language::Swift => swift::file(&contract, &inputs(&contract)),
    };
    output::line(text.trim_end());
    Ok(OK)
}

fn inputs(contract: &Contract) -> Vec<Input> {
    let mut taken = BTreeSet::new();
    let mut all = Vec::new();
    for (model, _) in contract.models() {
        let shape = contract.input_schema(model).map_or(Shape::Anything, |schema| Shape::of(&schema));
        let members = if let Shape::Object(members) = shape { members } else { Vec::new() };
        let name = free(format!("{}Input", pascal(model)), &mut taken);
        all.push(Input { model: model.to_owned(), name, members });
    }
    all
}

/// A contract's own text as it may stand in a comment or a docstring of any of the languages: on one line, and without what would end it.
fn comment(text: &str) -> String {
    let plain: String = text.chars().map(|c| if c.is_control() || c.is_whitespace() { ' ' } else { c }).collect();
    let plain = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    plain.replace("*/", "* /").replace("/*", "/ *").replace(['\\', '"', '`'], "'")
}

/// What stands at the head of a file, without the sign of a comment.
fn head(contract: &Contract) -> String {
    format!(
        "The inputs of {}'s models, by `gentask types` from revision {} of its contract. Make it anew instead of editing it.",
        comment(contract.title()),
        contract.revision()
    )
}

/// Words of a name, by its capitals and by what is neither letter nor digit.
fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut before = ' ';
    for c in name.chars() {
        let begins = !c.is_ascii_alphanumeric() || (c.is_ascii_uppercase() && before.is_ascii_lowercase());
        if begins && words.last().is_some_and(|word| !word.is_empty()) {
            words.push(String::new());
        }
        if c.is_ascii_alphanumeric() {
            words.last_mut().unwrap_or(&mut String::new()).push(c.to_ascii_lowercase());
        }
        before = c;
    }
    words.retain(|word| !word.is_empty());
    words
}

fn capital(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or_else(String::new, |first| first.to_ascii_uppercase().to_string() + chars.as_str())
}

/// `NanoBanana2` of `nano-banana-2`.
fn pascal(name: &str) -> String {
    let text: String = words(name).iter().map(|word| capital(word)).collect();
    if text.starts_with(|c: char| c.is_ascii_digit()) || text.is_empty() { format!("Model{text}") } else { text }
}

/// `imageUrls` of `image_urls`; what a language keeps for itself is quoted by its own rules.
fn camel(name: &str) -> String {
    let text = pascal(name);
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_ascii_lowercase().to_string() + chars.as_str())
}

/// Whether a name can stand in a language without quotes.
fn is_identifier(name: &str, reserved: &[&str]) -> bool {
    let is_first = |c: char| c.is_ascii_alphabetic() || c == '_';
    name.starts_with(is_first) && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_') && !reserved.contains(&name)
}

/// A text between double quotes, as all four languages read it; what they could take for something else is written by `escape`.
fn quoted_by(text: &str, escape: impl Fn(u32) -> String) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' | '$' => quoted.push_str(&escape(u32::from(c))),
            c if c.is_control() => quoted.push_str(&escape(u32::from(c))),
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

/// The same for Python, TypeScript and Kotlin.
fn quoted(text: &str) -> String {
    quoted_by(text, |code| format!("\\u{code:04x}"))
}

/// A name that is not taken yet: with signs behind it where it is.
fn free(name: String, taken: &mut BTreeSet<String>) -> String {
    let mut name = name;
    while !taken.insert(name.clone()) {
        name.push('_');
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_those_of_the_languages() {
        for (name, upper, lower) in [
            ("nano-banana-2", "NanoBanana2", "nanoBanana2"),
            ("t2v_v3", "T2vV3", "t2vV3"),
            ("image_urls", "ImageUrls", "imageUrls"),
            ("aspectRatio", "AspectRatio", "aspectRatio"),
            ("16:9", "Model169", "model169"),
            ("", "Model", "model"),
        ] {
            assert_eq!((pascal(name).as_str(), camel(name).as_str()), (upper, lower), "{name}");
        }
        assert!(is_identifier("image_urls", &[]) && !is_identifier("16:9", &[]) && !is_identifier("class", &["class"]));
        assert_eq!(quoted("a\"$b\n"), r#""a\u0022\u0024b\u000a""#);
        let hostile = ["a \"\"\" b", "*/ c /*", "`d`\n\\"].map(comment);
        assert_eq!(hostile, ["a ''' b", "* / c / *", "'d' '"]);
    }

    #[test]
    fn every_model_of_every_provider_has_a_type_in_every_language() {
        for name in Contract::built_in_names() {
            let contract = Contract::built_in(name).unwrap();
            let inputs = inputs(&contract);
            assert_eq!(inputs.len(), contract.models().count());
            for file in [
                python::file(&contract, &inputs, python::Style::Dict),
                python::file(&contract, &inputs, python::Style::Model),
                typescript::file(&contract, &inputs),
                zod::file(&contract, &inputs),
                kotlin::file(&contract, &inputs),
                swift::file(&contract, &inputs),
            ] {
                for input in &inputs {
                    assert!(file.contains(&input.name), "{name} {}: {file}", input.name);
                }
            }
        }
    }
}
