//! What callbacks are worth, as JSON: for the packages of other languages, and for the shared vectors.

use gentask_core::webhook::{Arrival, Candidate, Secrets, Verdict, judge, read_jwks, verify};
use gentask_core::{Contract, UnixMillis};
use serde_json::{Value, json};

/// The verdict about a delivery. Where a public key decides, with the `candidates`, whether each `holds`, and the `proof` that the first of those
/// that do makes; `keys` is the text of the keys that the provider publishes, and `jwks` then says why they are none.
pub fn judged(contract: &Contract, secrets: &Secrets, arrival: &Arrival, now: UnixMillis, keys: Option<&[u8]>) -> Value {
    let verdict = judge(contract, secrets, arrival, now);
    let mut said = verdict.to_value();
    if let Verdict::Keys(pending) = verdict {
        let keys = keys.map(read_jwks).transpose().unwrap_or_else(|error| {
            said["jwks"] = error.violations.iter().map(|fault| json!([fault.path, fault.rule])).collect();
            None
        });
        let candidates = pending.candidates(&keys.unwrap_or_default());
        said["candidates"] = candidates.iter().map(shown).collect();
        let holds = candidates.iter().find(|candidate| verify(candidate));
        said["proof"] = holds.map_or(Value::Null, |candidate| pending.proven(candidate).to_value());
    }
    said
}

fn shown(candidate: &Candidate) -> Value {
    let mut shown = candidate.to_value();
    shown["holds"] = verify(candidate).into();
    shown
}
