//! Uploads: the steps of the contract, answered with what the later ones and the order need of them.

use super::Sandbox;
use crate::pointer;
use crate::request::{Answer, SandboxRequest};
use serde_json::{Map, Value, json};

/// Where media are uploaded to by a URL that an earlier answer named, below the base.
const PLACE: &str = "/uploads-to/";
/// The most texts of a value that are looked at.
const LOOKED_AT: usize = 64;

/// The number of an upload, where a path is the place of one.
pub(super) fn place(path: &str) -> Option<&str> {
    path.strip_prefix(PLACE).filter(|number| !number.is_empty())
}

impl Sandbox {
    /// Takes a medium at such a place. The URL is the proof of who may.
    pub(super) fn take_medium(&mut self, number: &str, request: &SandboxRequest) -> Answer {
        if !number.parse().is_ok_and(|number: u64| (1..=self.uploads).contains(&number)) {
            return self.shapes.unknown(404, "no such place to upload to");
        }
        if request.body.is_empty() {
            return self.shapes.refusal("upload", "INVALID_PAYLOAD", 400, Some("the upload is empty"));
        }
        let mut answer = Answer::json(204, &Value::Null);
        answer.body.clear();
        answer
    }

    /// Answers a step of the provider's own.
    pub(super) fn upload(&mut self, step: &Value) -> Answer {
        let upload = &self.contract["upload"];
        let steps = upload["steps"].as_array().cloned().unwrap_or_default();
        let is_first = steps.first() == Some(step);
        self.uploads += u64::from(is_first);
        let name = format!("upload-{}", self.uploads);
        let kept = step["reply"]["keep"].as_object().cloned().unwrap_or_default();
        let parsed = pointer::list(&step["reply"]["parse"]);
        let mut body = json!({});
        self.shapes.mark_ok(&mut body);
        for (variable, places) in &kept {
            let Some(at) = pointer::list(places).first().copied().map(str::to_owned) else { continue };
            let is = |template: &Value| template.as_str().and_then(|text| text.strip_prefix('$')) == Some(variable);
            let value = if steps.iter().any(|step| step["urlFrom"]["var"] == json!(variable)) {
                json!(format!("{}{PLACE}{}", self.shapes.base, self.uploads))
            } else if is(&upload["value"]) {
                json!(format!("{}{name}", upload["prefix"].as_str().unwrap_or_default()))
            } else if steps.iter().any(|step| is(&step["body"]["..."])) {
                let fields = json!({"key": name});
                if parsed.iter().any(|place| *place == at) { json!(fields.to_string()) } else { fields }
            } else {
                json!(name)
            };
            pointer::set(&mut body, &at, value);
        }
        Answer::json(200, &body)
    }

    /// Whether a value of an order stands for a medium that was uploaded here.
    pub(super) fn is_uploaded(&self, value: &Value) -> bool {
        let mut texts = Vec::new();
        collect(value, &mut texts);
        let number = |text: &str| text.rsplit_once("upload-").and_then(|(_, number)| number.parse::<u64>().ok());
        texts.into_iter().filter_map(number).any(|number| (1..=self.uploads).contains(&number))
    }
}

fn collect<'a>(value: &'a Value, texts: &mut Vec<&'a str>) {
    match value {
        Value::String(text) if texts.len() < LOOKED_AT => texts.push(text),
        Value::Object(members) => Map::values(members).for_each(|member| collect(member, texts)),
        _ => {}
    }
}
