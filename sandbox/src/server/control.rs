//! What tests in other languages ask of the server itself: `/_sandbox`.

use super::{Shared, base_url, provider};
use crate::options::SandboxOptions;
use crate::request::{Answer, SandboxRequest};
use crate::script::{Rule, Script};
use serde::Deserialize;
use serde_json::{Value, json};

/// The body of `POST /_sandbox/script`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NewScript {
    provider: Option<String>,
    rules: Vec<Rule>,
}

/// The body of `POST /_sandbox/reset`.
#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Reset {
    provider: Option<String>,
    options: Option<SandboxOptions>,
}

pub(super) fn answer(shared: &Shared, request: &SandboxRequest) -> Answer {
    let path = request.target.split('?').next().unwrap_or_default().trim_end_matches('/');
    match (request.method.as_str(), path) {
        ("GET", "" | "/_sandbox") => {
            let bases: serde_json::Map<String, Value> =
                shared.sandboxes().keys().map(|id| (id.clone(), json!(base_url(shared.address, id)))).collect();
            Answer::json(200, &json!({"providers": bases}))
        }
        ("GET", "/_sandbox/stats") => Answer::json(200, &json!(shared.stats())),
        ("GET", "/_sandbox/log") => {
            let logs: serde_json::Map<String, Value> =
                shared.sandboxes().iter().map(|(id, sandbox)| (id.clone(), json!(sandbox.arrivals()))).collect();
            Answer::json(200, &json!({"providers": logs}))
        }
        ("POST", "/_sandbox/release") => {
            shared.release();
            Answer::json(200, &json!({"ok": true}))
        }
        ("POST", "/_sandbox/script") => match serde_json::from_slice::<NewScript>(&request.body) {
            Ok(new) => each(shared, new.provider.as_deref(), |sandbox| sandbox.set_script(Script::of(new.rules.clone()))),
            Err(fault) => refused(400, &fault.to_string()),
        },
        ("POST", "/_sandbox/reset") => {
            let body: &[u8] = if request.body.is_empty() { b"{}" } else { &request.body };
            match serde_json::from_slice::<Reset>(body) {
                Ok(reset) => each(shared, reset.provider.as_deref(), |sandbox| {
                    let (contract, options) = sandbox.plan();
                    let options = reset.options.clone().unwrap_or_else(|| options.clone());
                    *sandbox = provider(shared.address, &contract.clone(), options);
                }),
                Err(fault) => refused(400, &fault.to_string()),
            }
        }
        _ => refused(404, "no such provider; GET /_sandbox names them"),
    }
}

/// Changes one provider, or every one.
fn each(shared: &Shared, id: Option<&str>, mut change: impl FnMut(&mut crate::Sandbox)) -> Answer {
    let mut sandboxes = shared.sandboxes();
    let mut changed = 0;
    for (_, sandbox) in sandboxes.iter_mut().filter(|(name, _)| id.is_none_or(|id| id == name.as_str())) {
        change(sandbox);
        changed += 1;
    }
    if changed == 0 { refused(404, "no such provider") } else { Answer::json(200, &json!({"ok": true, "providers": changed})) }
}

fn refused(status: u16, message: &str) -> Answer {
    Answer::json(status, &json!({"ok": false, "message": message}))
}
