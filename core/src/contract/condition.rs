//! Conditions: what a reply must look like for a rule to hold.

use super::pointer::{self, Pointer};
use crate::error::{Violation, note};
use crate::io::HttpResponse;
use crate::json::{self, Fields, nth};
use crate::search::contains_in_any_case;
use serde_json::Value;

/// Conditions that must all hold.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Condition(Vec<Test>);

#[derive(Clone, Debug, Default, PartialEq)]
struct Test {
    http: Vec<HttpMatch>,
    at: Vec<Pointer>,
    header: Option<String>,
    is: Vec<String>,
    has: Vec<String>,
    present: Option<bool>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum HttpMatch {
    Exactly(u16),
    /// The hundreds of the status: 2 for `2xx`.
    Class(u16),
}

/// A reply as rules see it: the head, and the body as JSON (null where it is none).
pub(crate) struct Subject<'a> {
    pub(crate) response: &'a HttpResponse,
    pub(crate) body: &'a Value,
}

impl Condition {
    /// Whether everything holds.
    pub(crate) fn holds(&self, subject: &Subject<'_>) -> bool {
        self.0.iter().all(|test| test.holds(subject))
    }

    /// Whether it looks at the wording of a message and at nothing else: such a rule counts less than a status that leaves no doubt.
    pub(crate) fn is_wording_alone(&self) -> bool {
        self.0.iter().all(|test| !test.has.is_empty() && test.http.is_empty() && test.is.is_empty() && test.header.is_none())
    }

    /// Whether it looks into the body of a reply.
    pub(crate) fn looks_at_body(&self) -> bool {
        self.0.iter().any(|test| !test.at.is_empty())
    }

    /// Reads one condition or an array of them.
    pub(crate) fn load(value: Option<&Value>, path: &str, faults: &mut Vec<Violation>) -> Self {
        let items = match value {
            Some(Value::Array(items)) => items.as_slice(),
            Some(single) => std::slice::from_ref(single),
            None => &[],
        };
        if items.is_empty() {
            note(faults, path, "required", "a condition, or an array of them", "nothing");
        }
        Self(items.iter().enumerate().map(|(index, item)| Test::load(item, &nth(path, index), faults)).collect())
    }
}

impl Test {
    fn load(value: &Value, path: &str, faults: &mut Vec<Violation>) -> Self {
        let fields = Fields::open(value, path, &["http", "at", "header", "is", "has", "present"], faults);
        let mut http = Vec::new();
        for (index, item) in fields.array("http", faults).iter().enumerate() {
            match http_match(item) {
                Some(matched) => http.push(matched),
                None => note(
                    faults,
                    &format!("{path}/http/{index}"),
                    "http",
                    "a status such as 404, or a class such as \"4xx\"",
                    &json::describe(item),
                ),
            }
        }
        let mut is = Vec::new();
        for (index, item) in fields.array("is", faults).iter().enumerate() {
            match json::scalar_text(item) {
                Some(text) => is.push(text),
                None => {
                    note(faults, &format!("{path}/is/{index}"), "type", "a string, number or boolean", &json::describe(item));
                }
            }
        }
        let test = Self {
            http,
            at: pointer::load_at(&fields, "at", faults),
            header: fields.string("header", faults).map(|name| name.to_ascii_lowercase()),
            is,
            has: fields.strings("has", faults),
            present: fields.boolean("present", faults),
        };
        let looks = !test.at.is_empty() || test.header.is_some();
        let compares = !test.is.is_empty() || !test.has.is_empty() || test.present.is_some();
        let both = !test.at.is_empty() && test.header.is_some();
        if both || looks != compares || (!looks && test.http.is_empty()) {
            note(faults, path, "condition", "`http`, or `at` or `header` with `is`, `has` or `present`", &json::describe(value));
        }
        test
    }

    fn holds(&self, subject: &Subject<'_>) -> bool {
        let status = subject.response.status;
        let http = self.http.is_empty()
            || self.http.iter().any(|matched| match matched {
                HttpMatch::Exactly(code) => *code == status,
                HttpMatch::Class(class) => *class == status / 100,
            });
        let text = match &self.header {
            Some(name) => subject.response.header(name).map(str::to_owned),
            None => pointer::first_text(&self.at, subject.body),
        };
        let found = if self.header.is_some() { text.is_some() } else { pointer::first(&self.at, subject.body).is_some() };
        http && (self.is.is_empty() || text.as_ref().is_some_and(|text| self.is.contains(text)))
            && (self.has.is_empty() || self.has.iter().any(|part| contains_in_any_case(text.as_deref().unwrap_or_default(), part)))
            && self.present.is_none_or(|present| present == found)
    }
}

fn http_match(value: &Value) -> Option<HttpMatch> {
    match value {
        Value::String(class) => {
            let digit = class.strip_suffix("xx")?.parse::<u16>().ok()?;
            (1..=5).contains(&digit).then_some(HttpMatch::Class(digit))
        }
        number => {
            json::as_uint(number).and_then(|code| u16::try_from(code).ok()).filter(|code| (100..600).contains(code)).map(HttpMatch::Exactly)
        }
    }
}
