//! Callbacks without a client: who sent one, and what it proves. What the shared vectors run through.

use crate::arguments::{Text, Whole};
use crate::callbacks::arrival;
use crate::contract::Contract;
use crate::{json, raise};
use gentask::core::ErrorCode;
use gentask::core::webhook::{self, Candidate, Secrets, Verdict, read_jwks};
use pyo3::prelude::*;
use serde_json::{Value, json};

/// Says what a callback is worth. `secrets` is `{"token": [{"text", "until"}], "signing": [...], "toleranceMs"}`, `jwks` the text of the keys that
/// the provider publishes. `{"verdict": "proven", "proof"}`; `{"verdict": "refused", "refusal", "http"}`; or, where a public key decides,
/// `{"verdict": "keys", "url", "candidates", "proof"}`: the signatures that may be the provider's, whether each holds, and what the first of those
/// that do makes a proof of (`jwks` then says why the published keys are none).
#[pyfunction]
#[pyo3(signature = (contract, secrets, method, url, headers, body, now, *, jwks = None))]
pub(crate) fn judge<'py>(
    py: Python<'py>,
    contract: &Contract,
    secrets: &Bound<'_, PyAny>,
    method: Text,
    url: Text,
    headers: Vec<(Text, Text)>,
    body: &[u8],
    now: Whole<u64>,
    jwks: Option<&[u8]>,
) -> PyResult<Bound<'py, PyAny>> {
    let secrets = json::value(secrets, ErrorCode::Unsupported, "the secrets")?;
    let secrets = Secrets::from_value(&secrets).map_err(|error| raise::mistake(py, error))?;
    let verdict = webhook::judge(&contract.inner, &secrets, &arrival(method, url, headers, body), now.0);
    let mut said = verdict.to_value();
    if let Verdict::Keys(pending) = verdict {
        let keys = jwks.map(read_jwks).transpose().unwrap_or_else(|error| {
            said["jwks"] = error.violations.iter().map(|fault| json!([fault.path, fault.rule])).collect();
            None
        });
        let candidates = pending.candidates(&keys.unwrap_or_default());
        said["candidates"] = candidates.iter().map(shown).collect();
        let holds = candidates.iter().find(|candidate| webhook::verify(candidate));
        said["proof"] = holds.map_or(Value::Null, |candidate| pending.proven(candidate).to_value());
    }
    json::to_python(py, &said)
}

fn shown(candidate: &Candidate) -> Value {
    let mut shown = candidate.to_value();
    shown["holds"] = webhook::verify(candidate).into();
    shown
}

/// Whether an Ed25519 signature of a message is that of a key, strictly: no weak key, and no second form of a signature. What `Verify` asks for.
#[pyfunction]
pub(crate) fn verify_ed25519(key: [u8; 32], message: &[u8], signature: [u8; 64]) -> bool {
    webhook::verify(&Candidate { key, message: message.into(), signature, signing_secret: None })
}
