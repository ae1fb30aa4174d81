//! What a caller asks for, and the proof that it is valid: only a [`Payload`] can be encoded.

use super::{Contract, check_url};
use crate::error::{Error, ErrorCode, Violation, note};
use crate::json::{self, under};
use crate::schema;
use crate::search::shorten;
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// What a caller wants made.
#[derive(Clone, Debug, PartialEq)]
pub struct Generation {
    /// The model's id.
    pub model: String,
    /// The model's own fields: an object.
    pub input: Value,
}

/// What a caller says about one submit.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SubmitOptions {
    /// The caller's own key: the same key and body name the same task, whatever became of it; a task that was refused or cancelled is
    /// tried again under a new key. At most 255 characters.
    pub key: Option<String>,
    /// Whose task it is, in the application's words.
    pub owner: Option<String>,
    /// Where the provider reports the end: an https URL of a public host.
    pub callback_url: Option<String>,
    /// Options that the contract defines: `maxCredits`.
    pub options: Map<String, Value>,
}

/// A generation that its contract allows.
#[derive(Clone, PartialEq)]
pub struct Payload<'a> {
    pub(crate) model: String,
    pub(crate) kind: String,
    pub(crate) input: &'a Value,
    pub(crate) vars: BTreeMap<String, String>,
    pub(crate) options: Map<String, Value>,
    pub(crate) callback_url: Option<String>,
    /// What the provider is to sign this task's callbacks with, where we choose it.
    pub(crate) callback_secret: Option<String>,
}

/// How much of the list of models is told to somebody who asked for another, in characters.
const KNOWN_CHARS: usize = 3_000;
/// The longest caller's key, in characters.
const KEY_CHARS: usize = 255;

impl std::fmt::Debug for Payload<'_> {
    /// Without what may be private: the input, and where callbacks go.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Payload").field("model", &self.model).field("kind", &self.kind).finish_non_exhaustive()
    }
}

impl Contract {
    /// Checks a generation and its options; the error lists everything that is wrong.
    ///
    /// The payload of a model without known rules passes through unguessed.
    pub fn validate<'a>(&self, generation: &'a Generation, options: &SubmitOptions) -> Result<Payload<'a>, Error> {
        self.validate_at(self.base(), &[], generation, options)
    }

    /// The same for a client with this base, whose callbacks may go to these hosts; to any public one, where there are none.
    pub(crate) fn validate_at<'a>(
        &self,
        base: &str,
        hosts: &[String],
        generation: &'a Generation,
        options: &SubmitOptions,
    ) -> Result<Payload<'a>, Error> {
        let parts = self.parts();
        let listed = parts.models.get(&generation.model);
        if listed.is_none() && (!parts.open || generation.model.trim().is_empty()) {
            return Err(self.unknown_model(&generation.model));
        }
        let mut faults = Vec::new();
        if json::is_deeper(&generation.input, json::MAX_DEPTH) {
            note(&mut faults, "", "depth", &format!("at most {} levels", json::MAX_DEPTH), "deeper nesting");
        } else if generation.input.is_object() {
            if let Some(schema) = listed.and_then(|model| model.input.as_ref()) {
                faults.extend(schema.check(&generation.input, &parts.media));
            }
        } else {
            note(&mut faults, "", "type", "an object with the model's fields", &json::describe(&generation.input));
        }
        for (name, value) in &options.options {
            let at = under("/options", name);
            if let Some(schema) = parts.options.get(name) {
                let own = schema.check(value, &parts.media);
                if own.is_empty() && !json::survives(value) {
                    note(&mut faults, &at, "stored", "a value that can be stored and read again", &json::describe(value));
                }
                faults.extend(own.into_iter().map(|fault| Violation { path: format!("{at}{}", fault.path), ..fault }));
            } else {
                let known: Vec<&str> = parts.options.iter().map(|(name, _)| name).collect();
                let expected = if known.is_empty() { "no options".to_owned() } else { format!("one of {}", known.join(", ")) };
                note(&mut faults, &at, "unknownOption", &expected, &shorten(name, 60));
            }
        }
        if let Some(url) = &options.callback_url {
            faults.extend(check_url(self, base, url, hosts).err().unwrap_or_default());
        }
        if let Some(key) = &options.key {
            let length = key.chars().count();
            if !(1..=KEY_CHARS).contains(&length) || key.chars().any(char::is_control) {
                note(
                    &mut faults,
                    "/key",
                    "key",
                    &format!("1 to {KEY_CHARS} characters without control characters"),
                    &format!("{length} characters"),
                );
            }
        }
        if !faults.is_empty() {
            return Err(Error::invalid(ErrorCode::InvalidPayload, &format!("the payload of {}", shorten(&generation.model, 60)), faults));
        }
        Ok(Payload {
            vars: self.derived_vars(&generation.model),
            kind: listed.map_or_else(|| "unknown".to_owned(), |model| model.kind.clone()),
            model: generation.model.clone(),
            input: &generation.input,
            options: options.options.clone(),
            callback_url: options.callback_url.clone(),
            callback_secret: None,
        })
    }

    fn unknown_model(&self, model: &str) -> Error {
        let near = schema::nearest(model, self.models().map(|(id, _)| id));
        let known: Vec<&str> = self.models().map(|(id, _)| id).collect();
        let known = shorten(&known.join(", "), KNOWN_CHARS);
        let hint = if near.is_empty() { String::new() } else { format!("; did you mean {}?", near.join(" or ")) };
        let shown = shorten(model, 60);
        let fault = Violation::new("/model", "enum", format!("one of {known}"), format!("\"{shown}\""));
        let message = format!("{} has no model \"{shown}\"{hint} (known: {known})", shorten(self.title(), 60));
        Error { violations: vec![fault], ..Error::new(ErrorCode::InvalidModel, message) }
    }
}

/// Reads a payload as a caller wrote it: strict JSON, at most 64 levels deep, no key twice; the error names everything that is wrong.
pub fn parse_payload(text: &[u8]) -> Result<Value, Error> {
    json::parse_strict(text, json::ROOM_PER_BYTE).map_err(|faults| Error::invalid(ErrorCode::InvalidPayload, "the payload", faults))
}
