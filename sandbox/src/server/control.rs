//! What tests in other languages ask of the server itself: `/_sandbox`.

use super::{Shared, base_url, provider};
use crate::callback::TestCallback;
use crate::options::SandboxOptions;
use crate::request::{Answer, SandboxRequest};
use crate::script::{self, Rule, Script};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

/// The body of `POST /_sandbox/script`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NewScript {
    provider: Option<String>,
    #[serde(deserialize_with = "script::rules")]
    rules: Vec<Rule>,
}

/// The body of `POST /_sandbox/callback`. Beside these, the fields of [`TestCallback`].
#[derive(Deserialize)]
struct NewCallback {
    provider: String,
    task: String,
}

/// The body of `POST /_sandbox/restart`.
#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Restart {
    provider: Option<String>,
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
        ("GET", "/_sandbox/deliveries") => {
            let all: serde_json::Map<String, Value> =
                shared.sandboxes().iter().map(|(id, sandbox)| (id.clone(), json!(sandbox.deliveries().collect::<Vec<_>>()))).collect();
            Answer::json(200, &json!({"providers": all}))
        }
        ("GET", "/_sandbox/keys") => {
            let keys: serde_json::Map<String, Value> = shared
                .sandboxes()
                .iter()
                .map(|(id, sandbox)| (id.clone(), json!({"secret": sandbox.callback_secret(), "publicKey": sandbox.callback_public_key()})))
                .collect();
            Answer::json(200, &json!({"providers": keys}))
        }
        ("GET", path) if path.starts_with("/_sandbox/jwks/") => {
            let sandboxes = shared.sandboxes();
            match path.strip_prefix("/_sandbox/jwks/").and_then(|id| sandboxes.get(id)) {
                Some(sandbox) => Answer { body: sandbox.callback_jwks(), ..Answer::json(200, &Value::Null) },
                None => refused(404, "no such provider"),
            }
        }
        ("POST", "/_sandbox/callback") => match callback(shared, &request.body) {
            Ok(answer) => answer,
            Err(fault) => refused(400, &fault.to_string()),
        },
        ("POST", "/_sandbox/restart") => match read::<Restart>(&request.body) {
            Ok(restart) => {
                let now = shared.now();
                each(shared, restart.provider.as_deref(), |sandbox| sandbox.restart(now))
            }
            Err(fault) => refused(400, &fault.to_string()),
        },
        ("POST", "/_sandbox/release") => {
            shared.release();
            Answer::json(200, &json!({"ok": true}))
        }
        ("POST", "/_sandbox/script") => match serde_json::from_slice::<NewScript>(&request.body) {
            Ok(new) => each(shared, new.provider.as_deref(), |sandbox| sandbox.set_script(Script::of(new.rules.clone()))),
            Err(fault) => refused(400, &fault.to_string()),
        },
        ("POST", "/_sandbox/reset") => match read::<Reset>(&request.body) {
            Ok(reset) => each(shared, reset.provider.as_deref(), |sandbox| {
                let (contract, options) = sandbox.origin();
                let options = reset.options.clone().unwrap_or_else(|| options.clone());
                let mut fresh = provider(shared.address, contract, options);
                fresh.succeed(sandbox);
                *sandbox = fresh;
            }),
            Err(fault) => refused(400, &fault.to_string()),
        },
        _ => refused(404, "no such provider; GET /_sandbox names them"),
    }
}

/// A body that may be left out.
fn read<T: Default + DeserializeOwned>(body: &[u8]) -> serde_json::Result<T> {
    if body.is_empty() { Ok(T::default()) } else { serde_json::from_slice(body) }
}

/// Posts a callback now.
fn callback(shared: &Shared, body: &[u8]) -> serde_json::Result<Answer> {
    let NewCallback { provider, task } = serde_json::from_slice(body)?;
    let mut rest: serde_json::Map<String, Value> = serde_json::from_slice(body)?;
    rest.retain(|name, _| name != "provider" && name != "task");
    let test: TestCallback = serde_json::from_value(Value::Object(rest))?;
    let now = shared.now();
    let numbers = shared.sandboxes().get_mut(&provider).and_then(|sandbox| sandbox.send_callback(&task, &test, now));
    Ok(match numbers {
        Some(numbers) => Answer::json(200, &json!({"ok": true, "deliveries": numbers})),
        None => refused(404, "no such provider or task, no such state, or no URL to post it to"),
    })
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
