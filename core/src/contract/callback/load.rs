//! Reads the `callback` section of a contract and collects every fault.

use super::super::MOST_MS;
use super::super::calls::SubmitCall;
use super::super::pointer;
use super::{Callback, Encoding, Part, Place, Reads, Scheme, SecretForm, Variable};
use crate::error::{Violation, note};
use crate::json::Fields;
use crate::search::shorten;
use crate::url::Origin;
use serde_json::Value;

const FIELDS: [&str; 13] =
    ["scheme", "signed", "signature", "timestamp", "id", "user", "encoding", "secret", "jwks", "ack", "taskId", "reads", "everyMs"];
/// The words of `scheme`; two of them are `hmac` with what is most often signed.
const SCHEMES: [(&str, Scheme, &str); 7] = [
    ("none", Scheme::None, ""),
    ("standard_webhooks", Scheme::StandardWebhooks, "{id}.{timestamp}.{body}"),
    ("hmac", Scheme::Hmac, "{body}"),
    ("hmac_body", Scheme::Hmac, "{body}"),
    ("hmac_id_timestamp", Scheme::Hmac, "{id}.{timestamp}.{body}"),
    ("ed25519", Scheme::Ed25519, "{id}\n{user}\n{timestamp}\n{bodySha256}"),
    ("shared_secret", Scheme::SharedSecret, ""),
];
/// The most bytes of a template.
const MOST_TEMPLATE: usize = 200;

impl Callback {
    /// Reads the section, for a contract with these submits.
    pub(in crate::contract) fn load(value: &Value, submits: &[SubmitCall], faults: &mut Vec<Violation>) -> Self {
        let fields = Fields::open(value, "/callback", &FIELDS, faults);
        let (scheme, default) = scheme(&fields, faults);
        let template = fields.string("signed", faults);
        let mut place = |name: &str, header: &str, separator: &str| Place::load(&fields, name, header, separator, faults);
        let callback = match scheme {
            Scheme::StandardWebhooks => [
                place("signature", "webhook-signature", " "),
                place("timestamp", "webhook-timestamp", ""),
                place("id", "webhook-id", ""),
                place("user", "", ""),
            ],
            _ => [place("signature", "", ""), place("timestamp", "", ""), place("id", "", ""), place("user", "", "")],
        };
        let [signature, timestamp, id, user] = callback;
        let callback = Self {
            scheme,
            signed: parts(template.as_deref().unwrap_or(default), faults),
            signature,
            timestamp,
            id,
            user,
            encoding: encoding(&fields, scheme, faults),
            secret: secret(&fields, scheme, faults),
            jwks: jwks(&fields, scheme, faults),
            ack: fields.within("ack", 200..=299, faults).and_then(|ack| u16::try_from(ack).ok()).unwrap_or(200),
            task_id: pointer::load_at(&fields, "taskId", faults),
            reads: reads(&fields, faults),
            every_ms: fields.within("everyMs", 1..=MOST_MS, faults),
        };
        callback.check(&fields, submits, faults);
        callback
    }

    /// Faults that lie between fields.
    fn check(&self, fields: &Fields<'_>, submits: &[SubmitCall], faults: &mut Vec<Violation>) {
        let unused = |name: &str, expected: &str, faults: &mut Vec<Violation>| {
            if fields.get(name).is_some() {
                note(faults, &fields.at(name), "unused", expected, name);
            }
        };
        if matches!(self.scheme, Scheme::None | Scheme::SharedSecret) {
            unused("signed", "no template: nothing is signed under this scheme", faults);
            unused("encoding", "no encoding: nothing is signed under this scheme", faults);
        }
        if self.scheme == Scheme::None {
            unused("signature", "no signature under the scheme `none`", faults);
        } else if self.signature.is_none() {
            note(faults, &fields.at("signature"), "required", "the header of the signature", "nothing");
        }
        if self.scheme == Scheme::StandardWebhooks && self.signature.as_ref().is_some_and(|place| !place.prefix.is_empty()) {
            note(faults, &fields.at("signature"), "prefix", "no prefix: the key decides the version", "a prefix");
        }
        for (name, variable, place) in
            [("timestamp", Variable::Timestamp, &self.timestamp), ("id", Variable::Id, &self.id), ("user", Variable::User, &self.user)]
        {
            if self.names(variable) && place.is_none() {
                note(faults, &fields.at(name), "required", "a header, since the signed text names it", "nothing");
            } else if !self.names(variable) {
                // What is read without being covered by the signature would prove nothing, and look as if it did.
                unused(name, "nothing that the signed text does not name", faults);
            }
        }
        if self.names(Variable::TaskId) && self.task_id.is_empty() {
            note(faults, &fields.at("taskId"), "required", "pointers, since the signed text names the task", "nothing");
        }
        if self.secret == SecretForm::Task && !submits.iter().any(sends_secret) {
            note(faults, &fields.at("secret"), "variable", "a submit with `$callbackSecret` in it", "none");
        }
    }
}

impl Place {
    fn load(fields: &Fields<'_>, name: &str, header: &str, separator: &str, faults: &mut Vec<Violation>) -> Option<Self> {
        let place = |header: &str| Self { header: header.to_ascii_lowercase(), prefix: String::new(), separator: separator.to_owned() };
        let (place, at) = match fields.get(name) {
            None => return (!header.is_empty()).then(|| place(header)),
            Some(Value::String(text)) => (place(text), fields.at(name)),
            Some(value) => {
                let inner = Fields::open(value, &fields.at(name), &["header", "prefix", "separator"], faults);
                let mut place = place(&inner.string("header", faults).unwrap_or_else(|| header.to_owned()));
                place.prefix = inner.string("prefix", faults).unwrap_or_default();
                place.separator = inner.string("separator", faults).unwrap_or(place.separator);
                if !matches!(place.separator.as_str(), "" | " " | ",") {
                    note(faults, &inner.at("separator"), "enum", "a space or a comma", &shorten(&place.separator, 60));
                }
                (place, inner.at("header"))
            }
        };
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
        if place.header.is_empty() || !place.header.bytes().all(plain) {
            note(faults, &at, "pattern", "a header's name", &shorten(&place.header, 60));
        }
        Some(place)
    }
}

fn scheme(fields: &Fields<'_>, faults: &mut Vec<Violation>) -> (Scheme, &'static str) {
    fields.need("scheme", faults);
    let Some(word) = fields.string("scheme", faults) else { return (Scheme::None, "") };
    match SCHEMES.iter().find(|(name, ..)| *name == word) {
        Some((_, scheme, signed)) => (*scheme, signed),
        None => {
            note(faults, &fields.at("scheme"), "enum", &SCHEMES.map(|(name, ..)| name).join(", "), &shorten(&word, 60));
            (Scheme::None, "")
        }
    }
}

/// The parts of a template; a brace begins or ends a variable, and nothing else.
fn parts(template: &str, faults: &mut Vec<Violation>) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut rest = template;
    let mut fault = |expected: &str, actual: &str| note(faults, "/callback/signed", "template", expected, &shorten(actual, 60));
    if template.len() > MOST_TEMPLATE {
        fault("at most 200 bytes", "more");
        return parts;
    }
    while let Some((literal, after)) = rest.split_once('{') {
        let Some((name, tail)) = after.split_once('}') else { break };
        match Variable::from_word(name) {
            Some(variable) => {
                if !literal.is_empty() {
                    parts.push(Part::Literal(literal.to_owned()));
                }
                parts.push(Part::Variable(variable));
            }
            None => fault(&Variable::WORDS.map(|(_, name)| name).join(", "), name),
        }
        rest = tail;
    }
    if rest.contains(['{', '}']) || parts.iter().any(|part| matches!(part, Part::Literal(text) if text.contains('}'))) {
        fault("a `}` for each `{`", template);
    }
    if !rest.is_empty() {
        parts.push(Part::Literal(rest.to_owned()));
    }
    if !template.is_empty() && !parts.iter().any(|part| matches!(part, Part::Variable(_))) {
        fault("at least one variable", template);
    }
    parts
}

/// The value of one of a few words; the first where there is none or another.
fn word<T: Copy>(fields: &Fields<'_>, name: &str, words: &[(&str, T)], default: T, faults: &mut Vec<Violation>) -> T {
    let Some(text) = fields.string(name, faults) else { return default };
    match words.iter().find(|(word, _)| *word == text) {
        Some((_, value)) => *value,
        None => {
            let known: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
            note(faults, &fields.at(name), "enum", &known.join(", "), &shorten(&text, 60));
            default
        }
    }
}

fn encoding(fields: &Fields<'_>, scheme: Scheme, faults: &mut Vec<Violation>) -> Encoding {
    let default = if scheme == Scheme::StandardWebhooks { Encoding::Base64 } else { Encoding::Hex };
    word(fields, "encoding", &[("hex", Encoding::Hex), ("base64", Encoding::Base64)], default, faults)
}

fn secret(fields: &Fields<'_>, scheme: Scheme, faults: &mut Vec<Violation>) -> SecretForm {
    let words = [("text", SecretForm::Text), ("base64", SecretForm::Base64), ("task", SecretForm::Task)];
    let default = if scheme == Scheme::StandardWebhooks { SecretForm::Base64 } else { SecretForm::Text };
    let form = word(fields, "secret", &words, default, faults);
    let fits = match scheme {
        Scheme::None | Scheme::Ed25519 => false,
        Scheme::SharedSecret => form != SecretForm::Base64,
        Scheme::StandardWebhooks | Scheme::Hmac => true,
    };
    if fields.get("secret").is_some() && !fits {
        note(faults, &fields.at("secret"), "unused", "a form of secret that the scheme has a use for", "another");
        return default;
    }
    form
}

fn jwks(fields: &Fields<'_>, scheme: Scheme, faults: &mut Vec<Violation>) -> Option<String> {
    let url = fields.string("jwks", faults)?;
    if Origin::of(&url).is_none_or(|origin| origin.scheme != "https") {
        note(faults, &fields.at("jwks"), "url", "an https URL", &shorten(&url, 60));
    }
    if !matches!(scheme, Scheme::Ed25519 | Scheme::StandardWebhooks) {
        note(faults, &fields.at("jwks"), "unused", "published keys only under ed25519 and standard_webhooks", "another scheme");
    }
    Some(url)
}

fn reads(fields: &Fields<'_>, faults: &mut Vec<Violation>) -> Reads {
    word(fields, "reads", &[("status", Reads::Status), ("result", Reads::Result)], Reads::Status, faults)
}

/// Whether a submit with a callback sends a secret of its task.
fn sends_secret(submit: &SubmitCall) -> bool {
    submit.with_callback.iter().chain([&submit.outline.parts]).any(|overlay| {
        let mut members = overlay.query.values().chain(overlay.headers.values()).chain(overlay.body.as_ref());
        members.any(holds_secret)
    })
}

fn holds_secret(value: &Value) -> bool {
    match value {
        Value::String(text) => text == "$callbackSecret",
        Value::Array(items) => items.iter().any(holds_secret),
        Value::Object(members) => members.values().any(holds_secret),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::Contract;
    use super::*;
    use crate::media::MediaRules;
    use crate::schema::Schema;
    use serde_json::json;

    fn contract(callback: &Value, secret: &str) -> Value {
        json!({
            "gentask": 1, "id": "mini", "revision": 1, "base": "https://api.example", "auth": {"header": "authorization", "value": "{key}"},
            "submit": {"path": "/s", "withCallback": {"body": {"a": [{"url": "$callbackUrl", "secret": secret}]}}, "reply": {"taskId": "/id"}},
            "status": {"path": "/t", "reply": {}}, "models": {"open": true, "list": {}}, "callback": callback
        })
    }

    fn faults(callback: &Value, secret: &str) -> Vec<String> {
        let loaded = Contract::load(contract(callback, secret).to_string().as_bytes());
        loaded
            .err()
            .map(|error| error.violations.iter().map(|fault| format!("{} {}", fault.path, fault.rule)).collect())
            .unwrap_or_default()
    }

    #[test]
    fn every_mistake_is_told_with_its_place() {
        let fixed = |callback: Value| faults(&callback, "fixed");
        assert_eq!(fixed(json!({})), ["/callback/scheme required"]);
        assert_eq!(fixed(json!({"scheme": "hmac_sha1"})), ["/callback/scheme enum"]);
        assert_eq!(fixed(json!({"scheme": "hmac"})), ["/callback/signature required"]);
        assert_eq!(fixed(json!({"scheme": "none", "typo": 1})), ["/callback/typo unknownField"]);
        assert_eq!(
            fixed(json!({"scheme": "none", "signature": "s", "signed": "{body}", "secret": "text", "jwks": "https://a.example/k"})),
            ["/callback/secret unused", "/callback/jwks unused", "/callback/signed unused", "/callback/signature unused"]
        );
        assert_eq!(
            fixed(json!({"scheme": "hmac", "signature": "s", "signed": "{id}.{user}.{timestamp}.{taskId}.{body}"})),
            ["/callback/timestamp required", "/callback/id required", "/callback/user required", "/callback/taskId required"]
        );
        assert_eq!(fixed(json!({"scheme": "hmac_id_timestamp", "signature": "s", "id": "i"})), ["/callback/timestamp required"]);
        assert_eq!(
            fixed(json!({"scheme": "hmac_body", "signature": "s", "timestamp": "t", "id": "i"})),
            ["/callback/timestamp unused", "/callback/id unused"]
        );
        for template in ["{nothing}", "{body", "body}", "{body}}", "x", "{{body}}", "{}"] {
            let found = fixed(json!({"scheme": "hmac", "signature": "s", "signed": template}));
            assert!(found.iter().any(|fault| fault == "/callback/signed template"), "{template}: {found:?}");
        }
        assert_eq!(
            fixed(json!({"scheme": "ed25519", "signature": "s", "id": "i", "user": "u", "timestamp": "t", "jwks": "http://a.example/k"})),
            ["/callback/jwks url"]
        );
        assert_eq!(fixed(json!({"scheme": "hmac", "signature": {"prefix": "v0="}})), ["/callback/signature/header pattern"]);
        assert_eq!(
            fixed(json!({"scheme": "hmac", "signature": {"header": "a b", "separator": ";", "suffix": "x"}})),
            ["/callback/signature/suffix unknownField", "/callback/signature/separator enum", "/callback/signature/header pattern"]
        );
        assert_eq!(fixed(json!({"scheme": "standard_webhooks", "signature": {"prefix": "v1,"}})), ["/callback/signature prefix"]);
        assert_eq!(
            fixed(json!({"scheme": "hmac", "signature": "s", "encoding": "base32", "secret": "plain", "reads": "list", "everyMs": 0})),
            ["/callback/encoding enum", "/callback/secret enum", "/callback/reads enum", "/callback/everyMs range"]
        );
        assert_eq!(fixed(json!({"scheme": "shared_secret", "signature": "s", "secret": "base64"})), ["/callback/secret unused"]);
    }

    #[test]
    fn a_secret_of_each_task_must_be_sent_with_its_submit() {
        let callback = json!({"scheme": "hmac", "signature": "s", "secret": "task"});
        assert_eq!(faults(&callback, "fixed"), ["/callback/secret variable"]);
        assert_eq!(faults(&callback, "$callbackSecret"), Vec::<String>::new());
    }

    #[test]
    fn the_schema_for_editors_sees_what_it_can_see() {
        let schema: Value = serde_json::from_str(include_str!("../../../contracts/contract.schema.json")).unwrap();
        let mut faults = Vec::new();
        let schema = Schema::compile(&schema, &Value::Null, "", &mut faults).unwrap_or_else(|| panic!("{faults:?}"));
        let standard = json!({"header": "s", "prefix": "v0=", "separator": ","});
        for (callback, is_good) in [
            (json!({"scheme": "none"}), true),
            (json!({"scheme": "standard_webhooks", "jwks": "https://a.example/k", "secret": "text", "everyMs": null}), true),
            (json!({"scheme": "hmac", "signature": standard, "signed": "{body}", "secret": "base64", "reads": "result"}), true),
            (json!({"scheme": "hmac_id_timestamp", "signature": "s", "id": "i", "timestamp": "t"}), true),
            (json!({"scheme": "shared_secret", "signature": "s"}), true),
            (json!({"scheme": "none", "signature": "s"}), false),
            (json!({"scheme": "hmac"}), false),
            (json!({"scheme": "hmac", "signature": "s", "jwks": "https://a.example/k"}), false),
            (json!({"scheme": "hmac", "signature": {"header": "s", "separator": ";"}}), false),
            (json!({"scheme": "hmac", "signature": {"header": "s", "suffix": ";"}}), false),
            (json!({"scheme": "hmac_id_timestamp", "signature": "s", "id": "i"}), false),
            (json!({"scheme": "ed25519", "signature": "s"}), false),
            (json!({"scheme": "shared_secret", "signature": "s", "signed": "{body}"}), false),
            (json!({"scheme": "shared_secret"}), false),
            (json!({"scheme": "unknown", "signature": "s"}), false),
        ] {
            let by_schema = schema.check(&contract(&callback, "x"), &MediaRules::default()).is_empty();
            let by_loader = Contract::load(contract(&callback, "x").to_string().as_bytes()).is_ok();
            assert_eq!((by_schema, by_loader), (is_good, is_good), "{callback}");
        }
    }
}
