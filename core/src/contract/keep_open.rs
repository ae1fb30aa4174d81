//! Requests that the provider is asked to keep open: it answers as soon as there is something to say, or after a while.

use super::calls::{Outline, Overlay};
use super::template::Variables;
use crate::error::{Violation, note};
use crate::json::Fields;
use serde_json::{Map, Value};

/// The longest that a contract may ask for, in milliseconds: proxies seldom wait longer, and Node's `fetch` gives up after 5 minutes.
pub(crate) const MOST_OPEN_MS: u64 = 240_000;
/// The shortest: below it, a slow provider looks like one that keeps requests open.
const LEAST_OPEN_MS: u64 = 5_000;

/// What a request has more where the provider is to keep it open.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct KeepOpen {
    parts: Overlay,
    /// For how long at most, in milliseconds: so much longer the request may take.
    pub(crate) ms: u64,
    /// The option of the order that asks for it; `None`: it always is.
    if_option: Option<String>,
}

impl KeepOpen {
    /// Reads the member `keepOpen` of a call. A submit's must name the option that asks for it: until it is answered, nobody knows its task's id.
    pub(super) fn load(
        fields: &Fields<'_>,
        outline: &Outline,
        is_submit: bool,
        known: &Variables<'_>,
        faults: &mut Vec<Violation>,
    ) -> Option<Self> {
        let value = fields.get("keepOpen")?;
        let at = fields.at("keepOpen");
        let own = Fields::open(value, &at, &["ifOption", "query", "headers", "body", "ms"], faults);
        own.need("ms", faults);
        if is_submit {
            own.need("ifOption", faults);
        }
        let if_option = own.string("ifOption", faults);
        if let Some(name) = if_option.as_deref().filter(|name| !known.has(&format!("option.{name}"))) {
            note(faults, &own.at("ifOption"), "option", "one of the contract's options", name);
        }
        let parts = Overlay::load(&own, known, faults);
        if parts == Overlay::default() {
            note(faults, &at, "required", "query, headers or body: what asks the provider to keep the request open", "none of them");
        }
        if parts.body.as_ref().is_some_and(|body| !body.is_object() || outline.method == "GET") {
            note(faults, &own.at("body"), "type", "an object, of a request that is no GET", "another body");
        }
        if !parts.query.is_empty() && outline.url_from.is_some() {
            note(faults, &own.at("query"), "urlFrom", "headers: the URL that the provider named is asked as it is", "a query");
        }
        let ms = own.within("ms", LEAST_OPEN_MS..=MOST_OPEN_MS, faults).unwrap_or_default();
        Some(Self { parts, ms, if_option })
    }

    /// Whether an order with these options asks for it.
    pub(crate) fn is_asked(&self, options: &Map<String, Value>) -> bool {
        self.if_option.as_ref().is_none_or(|name| options.get(name).is_some_and(|value| !matches!(value, Value::Null | Value::Bool(false))))
    }

    /// A request's parts with what asks for it.
    pub(crate) fn laid_over(&self, parts: &Overlay) -> Overlay {
        parts.under(&self.parts)
    }
}
