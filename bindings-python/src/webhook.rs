//! Callbacks without a client: who sent one, and what it proves. What the shared vectors run through.

use crate::arguments::{Text, Whole};
use crate::callbacks::arrival;
use crate::contract::Contract;
use crate::{json, raise};
use gentask::core::ErrorCode;
use gentask::core::webhook::{self, Candidate, Secrets};
use pyo3::prelude::*;

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
    let arrival = arrival(method, url, headers, body);
    json::to_python(py, &gentask::webhook::judged(&contract.inner, &secrets, &arrival, now.0, jwks))
}

/// Whether an Ed25519 signature of a message is that of a key, strictly: no weak key, and no second form of a signature. What `Verify` asks for.
#[pyfunction]
pub(crate) fn verify_ed25519(key: [u8; 32], message: &[u8], signature: [u8; 64]) -> bool {
    webhook::verify(&Candidate { key, message: message.into(), signature, signing_secret: None })
}
