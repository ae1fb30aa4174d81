//! How media are uploaded before the order that needs them: the requests, and what then stands for a medium in the order.

use super::calls::Outline;
use super::pointer::{self, Pointer};
use super::template::{self, Variables};
use super::{MOST_MS, Parts};
use crate::by_name::ByName;
use crate::error::{Violation, note};
use crate::json::{self, Fields, nth, under};
use crate::media::MOST_BYTES;
use serde_json::{Map, Value};

/// The most requests of one upload: those that were seen take two.
const MOST_STEPS: usize = 4;
/// What the templates of an upload may name besides what its earlier answers gave.
const VARIABLES: &[&str] = &["fileName", "mediaType", "ending", "bytes", "sha256"];
/// The member of a form that is the medium itself.
pub(crate) const MEDIUM: &str = "$medium";

/// An upload.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Upload {
    pub(crate) steps: Vec<Step>,
    /// What stands in the order for the medium, a template.
    pub(crate) value: Value,
    /// How what stands for one begins.
    pub(crate) prefix: Option<String>,
    /// Only larger media are uploaded, where smaller ones fit into the request.
    pub(crate) above_bytes: Option<u64>,
    /// How long an uploaded medium can be used; `None`: once.
    pub(crate) valid_ms: Option<u64>,
}

/// One of its requests.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Step {
    pub(crate) outline: Outline,
    pub(crate) sends: Sends,
    /// Places of the answer that hold JSON as text.
    pub(crate) parse: Vec<Pointer>,
    /// What later requests and the order need of the answer.
    pub(crate) keep: ByName<Vec<Pointer>>,
}

/// What a request of an upload carries.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Sends {
    /// The JSON of its template, or nothing.
    Json,
    /// The medium's bytes.
    Bytes,
    /// A form (`multipart/form-data`) with these fields, and the medium in the one of this name.
    Form(Map<String, Value>, String),
}

impl Upload {
    /// Reads what an order needs to know of a contract's `upload`, and checks nothing of it.
    pub(super) fn glance(fields: &Fields<'_>, parts: &Parts, faults: &mut Vec<Violation>) -> Option<Self> {
        if !parts.media.uploads {
            return None;
        }
        let upload = Fields::tolerant(fields.get("upload").unwrap_or(&Value::Null), "/upload", faults);
        let (prefix, above_bytes) = (upload.string("prefix", faults), upload.uint("aboveBytes", faults));
        Some(Self { steps: Vec::new(), value: Value::Null, prefix, above_bytes, valid_ms: None })
    }

    /// Reads a contract's `upload`, which is there exactly where its media are uploaded.
    pub(super) fn load(fields: &Fields<'_>, parts: &Parts, faults: &mut Vec<Violation>) -> Option<Self> {
        let Some(value) = fields.get("upload") else {
            if parts.media.uploads {
                note(faults, "/upload", "required", "how media are uploaded: `media.accept` has `upload`", "nothing");
            }
            return None;
        };
        if !parts.media.uploads {
            note(faults, "/media/accept", "required", "`upload` among what is accepted, for there is an `upload`", "none");
        }
        let upload = Fields::open(value, "/upload", &["steps", "value", "prefix", "aboveBytes", "validMs"], faults);
        let mut known = Variables::of(VARIABLES);
        let (steps, path) = (upload.array("steps", faults), upload.at("steps"));
        if !(1..=MOST_STEPS).contains(&steps.len()) {
            note(faults, &path, "size", &format!("1 to {MOST_STEPS} requests"), &steps.len().to_string());
        }
        let steps: Vec<Step> = steps
            .iter()
            .take(MOST_STEPS)
            .enumerate()
            .map(|(index, step)| Step::load(step, &nth(&path, index), &mut known, faults))
            .collect();
        if !steps.iter().any(|step| step.sends != Sends::Json) {
            note(faults, &path, "required", "a request with the medium: `encoding` is `bytes` or `multipart`", "none");
        }
        let value = upload.need("value", faults).cloned().unwrap_or_default();
        template::lint(&value, &upload.at("value"), &known, faults);
        if !value.to_string().contains("\"$") {
            note(faults, &upload.at("value"), "variable", "a template with what an answer gave, such as `$uri`", &json::describe(&value));
        }
        let above_bytes = upload.within("aboveBytes", 1..=MOST_BYTES, faults);
        if above_bytes.is_some() && !parts.media.accept_data {
            note(faults, &upload.at("aboveBytes"), "required", "`data` in `media.accept`: smaller media go into the request", "none");
        }
        let prefix = upload.string("prefix", faults);
        if prefix
            .as_ref()
            .is_some_and(|prefix| prefix.len() < 3 || prefix.starts_with("data:") || !prefix.bytes().all(|byte| byte.is_ascii_graphic()))
        {
            note(faults, &upload.at("prefix"), "pattern", "at least 3 printable characters, such as `runway://`", "another text");
        }
        Some(Self { steps, value, prefix, above_bytes, valid_ms: upload.within("validMs", 1..=MOST_MS, faults) })
    }
}

impl Step {
    fn load(value: &Value, path: &str, known: &mut Variables<'_>, faults: &mut Vec<Violation>) -> Self {
        let members = ["method", "path", "query", "headers", "body", "urlFrom", "encoding", "reply"];
        let fields = Fields::open(value, path, &members, faults);
        let body = fields.get("body");
        let encoding = fields.string("encoding", faults);
        let sends = match encoding.as_deref() {
            None | Some("json") => Sends::Json,
            Some("bytes") => {
                if let Some(body) = body {
                    note(faults, &fields.at("body"), "unknown", "no body beside the medium's bytes", &json::describe(body));
                }
                Sends::Bytes
            }
            Some("multipart") => Self::form(&fields, faults),
            Some(word) => {
                note(faults, &fields.at("encoding"), "enum", "json, bytes or multipart", word);
                Sends::Json
            }
        };
        // What is linted is what is a template: the rest of a form.
        let mut plain = value.clone();
        if let (Sends::Form(texts, _), Some(body)) = (&sends, plain.get_mut("body")) {
            *body = Value::Object(texts.clone());
        }
        let templates = Fields::tolerant(&plain, path, faults);
        let outline = Outline::load_any(&templates, if sends == Sends::Bytes { "PUT" } else { "POST" }, known, faults);
        if sends != Sends::Json && outline.method == "GET" {
            note(faults, &fields.at("method"), "enum", "POST, PUT, PATCH or DELETE: the request carries the medium", "GET");
        }
        let reply = fields.get("reply").map(|reply| Fields::open(reply, &fields.at("reply"), &["parse", "keep"], faults));
        let mut keep = ByName::default();
        for (name, pointers) in reply.iter().flat_map(|reply| reply.members("keep", faults)).collect::<Vec<_>>() {
            let at = under(&format!("{path}/reply/keep"), name);
            if known.has(name) {
                note(faults, &at, "unique", "a name that nothing has yet", name);
            }
            let places = pointer::load_list(Some(pointers), &at, faults);
            if pointers.as_array().is_some_and(Vec::is_empty) {
                note(faults, &at, "minItems", "at least one pointer", "none");
            }
            keep.insert(name, places);
            known.add(name);
        }
        let parse = reply.map(|reply| pointer::load_at(&reply, "parse", faults)).unwrap_or_default();
        Self { outline, sends, parse, keep }
    }

    /// A form: an object of texts, one of which is the medium.
    fn form(fields: &Fields<'_>, faults: &mut Vec<Violation>) -> Sends {
        let mut members = fields.object("body", faults);
        let medium = members.iter().find(|(name, value)| *name != "..." && value.as_str() == Some(MEDIUM)).map(|(name, _)| name.clone());
        let Some(name) = medium else {
            note(faults, &fields.at("body"), "required", "a form with a field `\"$medium\"`", "none");
            return Sends::Form(members, String::new());
        };
        members.remove(&name);
        Sends::Form(members, name)
    }
}
