//! Payloads against the rules of a contract.

use super::{FAULTS, SHOWN, check_error};
use crate::{Draw, Target, hostile, note};
use gentask_core::contract::MediaRules;
use gentask_core::{Contract, Generation, Schema, SubmitOptions, Violation};
use gentask_tests::contracts;
use serde_json::{Map, Value, json};

pub(super) const CHECK: Target = Target {
    name: "schema",
    about: "a schema made of the bytes, and a value: compiled or refused, checked alike twice, and told in a bounded size",
    run: check,
    seeds: super::none,
    plain: false,
};

fn check(data: &[u8]) {
    let mut draw = Draw::new(data);
    let schema = draw.schema(4);
    let defs = Value::Object((0..draw.below(4)).map(|index| (index.to_string(), draw.schema(3))).collect());
    let mut faults = Vec::new();
    let compiled = Schema::compile(&schema, &defs, "/input", &mut faults);
    check_faults(&faults);
    assert_eq!(compiled.is_none(), !faults.is_empty(), "{faults:?}");
    let Some(compiled) = compiled else { return };
    let media = media_rules(&mut draw);
    for _ in 0..3 {
        let value = draw.json(4);
        let found = compiled.check(&value, &media);
        check_faults(&found);
        assert_eq!(compiled.check(&value, &media), found, "the same value is judged twice");
        note(if found.is_empty() { "valid" } else { "invalid" });
    }
}

pub(super) const PAYLOAD: Target = Target {
    name: "payload",
    about: "two JSON texts, a schema and a payload for it, in a contract: checked in a time and told in a size that neither chooses",
    run: payload,
    seeds: examples,
    plain: false,
};

/// The parts are separated by a line break: schema, `$defs`, payload.
fn examples() -> Vec<Vec<u8>> {
    let mut seeds = hostile::payloads();
    for name in contracts::ALL {
        let contract = contracts::load(name);
        let source = contract.source();
        let generation = contracts::generation(name);
        let schema = &source["models"]["list"][&generation.model]["input"];
        if !schema.is_null() {
            seeds.push(format!("{schema}\n{}\n{}", source.get("$defs").unwrap_or(&json!({})), generation.input).into_bytes());
        }
    }
    seeds
}

fn payload(data: &[u8]) {
    let mut parts = data.split(|byte| *byte == b'\n').map(|part| serde_json::from_slice::<Value>(part).ok());
    let (Some(Some(schema)), Some(Some(defs)), Some(Some(input))) = (parts.next(), parts.next(), parts.next()) else { return };
    let mut source = contracts::load(contracts::EXAMPLE).source().clone();
    source["models"]["list"]["painter"]["input"] = schema;
    source["$defs"] = defs;
    let contract = match Contract::load(gentask_core::internal::to_canonical(&source).as_bytes()) {
        Ok(contract) => contract,
        Err(error) => return check_error(&error),
    };
    let generation = Generation { model: "painter".to_owned(), input };
    match contract.validate(&generation, &SubmitOptions::default()) {
        Ok(_) => note("valid"),
        Err(error) => check_error(&error),
    }
}

pub(super) const MEDIA: Target = Target {
    name: "media",
    about: "a text as media, a URI and a data URI, under any media rules",
    run: media,
    seeds: media_texts,
    plain: false,
};

fn media_texts() -> Vec<Vec<u8>> {
    let texts =
        ["https://cdn.example.com/a.png", "data:image/png;base64,iVBORw0KGgo=", "data:text/plain;charset=utf-8,a%20b", "data:,", "x"];
    texts.iter().map(|text| [&[3, 0, 0][..], text.as_bytes()].concat()).collect()
}

fn media(data: &[u8]) {
    let mut draw = Draw::new(data);
    let rules = media_rules(&mut draw);
    let text = Value::String(String::from_utf8_lossy(draw.rest()).into_owned());
    for format in ["media", "uri", "data-uri"] {
        let schema = Schema::compile(&json!({"format": format}), &Value::Null, "", &mut Vec::new()).expect("the format is known");
        let found = schema.check(&text, &rules);
        check_faults(&found);
        note(&format!("{format} {}", found.len()));
    }
}

fn media_rules(draw: &mut Draw<'_>) -> MediaRules {
    let types = ["image/png", "image/jpeg", "image/webp", "video/mp4", "audio/mpeg", "audio/wav", "text/plain"];
    let accepted = draw.byte();
    MediaRules {
        accept_https: accepted & 1 == 1,
        accept_data: accepted & 2 == 2,
        max_bytes: draw.maybe(Draw::number),
        types: types.iter().filter(|_| !draw.flag()).map(|known| (*known).to_owned()).collect(),
        ..MediaRules::default()
    }
}

fn check_faults(faults: &[Violation]) {
    assert!(faults.len() <= FAULTS, "{} faults are told", faults.len());
    let rules: Vec<&str> = faults.iter().take(3).map(|fault| fault.rule.as_str()).collect();
    note(&rules.join(" "));
    for fault in faults {
        assert!(fault.actual.chars().count() <= SHOWN, "a fault shows {} bytes: {:.100}", fault.actual.len(), fault.actual);
        let members: Map<String, Value> = fault.to_value().as_object().cloned().unwrap_or_default();
        assert_eq!(members.len(), 4, "a fault has four members");
    }
}
