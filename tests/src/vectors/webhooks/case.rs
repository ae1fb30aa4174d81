//! One delivery as a case: what is judged, what it must come to, and what the core says of it.

use super::signer::base64;
use crate::contracts;
use gentask_core::webhook::{Arrival, Secret, Secrets, Verdict, judge, read_jwks, verify};
use serde_json::{Value, json};

/// The clock of the deliveries: a whole second.
pub(super) const NOW: u64 = 1_790_000_000_000;

/// What a person says that a delivery must come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Want {
    /// A proof, at once or by Ed25519.
    Proof,
    /// 401, at once or because no Ed25519 signature holds.
    Unproven,
    NotPost,
    TooLarge,
    Malformed,
}

#[derive(Clone)]
pub(super) enum Body {
    Bytes(Vec<u8>),
    /// One text so many times: what is too long to be stored.
    Repeat(&'static str, usize),
}

/// A delivery to a contract of the tests, or to the example contract with one of the schemes beside the vectors.
#[derive(Clone)]
pub(super) struct Case {
    pub(super) name: String,
    /// A contract's name, or a scheme's.
    pub(super) uses: &'static str,
    pub(super) token: Vec<(String, Option<u64>)>,
    pub(super) signing: Vec<(String, Option<u64>)>,
    pub(super) tolerance_ms: Option<u64>,
    pub(super) method: &'static str,
    pub(super) url: String,
    pub(super) headers: Vec<(String, String)>,
    pub(super) body: Body,
    pub(super) now: u64,
    pub(super) jwks: Option<String>,
}

impl Body {
    fn bytes(&self) -> Vec<u8> {
        match self {
            Self::Bytes(bytes) => bytes.clone(),
            Self::Repeat(text, times) => text.repeat(*times).into_bytes(),
        }
    }
}

impl Case {
    /// The case as it stands in the file.
    ///
    /// # Panics
    /// Where the core does not come to what is wanted: then the core is wrong, or the person.
    pub(super) fn done(self, want: Want) -> Value {
        let is_contract = contracts::ALL.contains(&self.uses);
        let contract = if is_contract { contracts::load(self.uses) } else { contracts::with_callback(self.uses) };
        let secrets = |list: &[(String, Option<u64>)]| list.iter().map(|(text, until)| Secret::new(text, *until)).collect::<Vec<_>>();
        let secrets = Secrets {
            token: secrets(&self.token),
            signing: secrets(&self.signing),
            tolerance_ms: self.tolerance_ms.unwrap_or(Secrets::default().tolerance_ms),
        };
        let arrival =
            Arrival { method: self.method.to_owned(), url: self.url.clone(), headers: self.headers.clone(), body: self.body.bytes() };
        let verdict = judge(&contract, &secrets, &arrival, self.now);
        let mut expect = verdict.to_value();
        let got = match verdict {
            Verdict::Proven(_) => Want::Proof,
            Verdict::Refused(refusal) => match refusal.as_str() {
                "notPost" => Want::NotPost,
                "tooLarge" => Want::TooLarge,
                "malformed" => Want::Malformed,
                _ => Want::Unproven,
            },
            Verdict::Keys(pending) => {
                let keys = self.jwks.as_ref().map(|text| read_jwks(text.as_bytes())).transpose();
                let keys = keys.unwrap_or_else(|error| {
                    expect["jwks"] = error.violations.iter().map(|fault| json!([fault.path, fault.rule])).collect();
                    None
                });
                let candidates = pending.candidates(&keys.unwrap_or_default());
                let shown: Vec<Value> = candidates
                    .iter()
                    .map(|candidate| {
                        let mut shown = candidate.to_value();
                        // It is the same for all.
                        if let Some(message) = shown.as_object_mut().and_then(|members| members.remove("messageBase64")) {
                            expect["messageBase64"] = message;
                        }
                        shown["holds"] = Value::from(verify(candidate));
                        shown
                    })
                    .collect();
                expect["candidates"] = Value::from(shown);
                let by = candidates.iter().find(|candidate| verify(candidate));
                expect["proof"] = by.map_or(Value::Null, |by| pending.clone().proven(by).to_value());
                if by.is_some() { Want::Proof } else { Want::Unproven }
            }
        };
        assert_eq!(got, want, "{}: {expect}", self.name);
        self.written(is_contract, &expect)
    }

    fn written(self, is_contract: bool, expect: &Value) -> Value {
        let secrets = |list: &[(String, Option<u64>)]| -> Value {
            let secret = |(text, until): &(String, Option<u64>)| match until {
                None => json!({"text": text}),
                Some(until) => json!({"text": text, "until": until}),
            };
            list.iter().map(secret).collect()
        };
        let mut case = json!({
            "name": self.name,
            "secrets": {"token": secrets(&self.token), "signing": secrets(&self.signing)},
            "arrival": {"method": self.method, "url": self.url, "headers": self.headers},
            "now": self.now,
            "expect": expect,
        });
        case[if is_contract { "contract" } else { "callback" }] = Value::from(self.uses);
        if let Some(tolerance) = self.tolerance_ms {
            case["secrets"]["toleranceMs"] = Value::from(tolerance);
        }
        match self.body {
            Body::Bytes(bytes) => case["arrival"]["bodyBase64"] = Value::from(base64(&bytes)),
            Body::Repeat(text, times) => case["arrival"]["bodyRepeat"] = json!({"text": text, "times": times}),
        }
        if let Some(jwks) = self.jwks {
            case["jwks"] = Value::from(jwks);
        }
        case
    }
}
