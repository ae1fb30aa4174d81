//! What tests in all languages ask of the providers themselves: `/_sandbox`.

use super::{Answered, Providers};
use crate::callback::TestCallback;
use crate::options::SandboxOptions;
use crate::request::{Answer, SandboxRequest};
use crate::sandbox::Sandbox;
use crate::script::{self, Rule, Script};
use crate::stats::{Connections, Stats};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};

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

impl Providers {
    /// What has been seen so far.
    pub fn stats(&self, connections: Connections) -> Stats {
        Stats {
            providers: self.iter().map(|(id, sandbox)| (id.to_owned(), sandbox.stats())).collect(),
            connections_open: connections.open,
            connections_most: connections.most,
            connections_total: connections.total,
            callbacks_delivered: self.iter().map(|(_, sandbox)| sandbox.acknowledged()).sum(),
        }
    }

    pub(super) fn control(&mut self, request: &SandboxRequest, now: u64, connections: Connections) -> Answered {
        let path = request.target.split('?').next().unwrap_or_default().trim_end_matches('/');
        let releases = (request.method.as_str(), path) == ("POST", "/_sandbox/release");
        let answer = match (request.method.as_str(), path) {
            ("GET", "" | "/_sandbox") => self.told(|id, _| json!(self.base_url(id))),
            ("GET", "/_sandbox/stats") => Answer::json(200, &json!(self.stats(connections))),
            ("GET", "/_sandbox/log") => self.told(|_, sandbox| json!(sandbox.arrivals())),
            ("GET", "/_sandbox/tasks") => self.told(|_, sandbox| json!(sandbox.tasks(now))),
            ("GET", "/_sandbox/deliveries") => self.told(|_, sandbox| json!(sandbox.deliveries().collect::<Vec<_>>())),
            ("GET", "/_sandbox/keys") => {
                self.told(|_, sandbox| json!({"secret": sandbox.callback_secret(), "publicKey": sandbox.callback_public_key()}))
            }
            ("GET", path) if path.starts_with("/_sandbox/jwks/") => {
                match path.strip_prefix("/_sandbox/jwks/").and_then(|id| self.get(id)) {
                    Some(sandbox) => Answer { body: sandbox.callback_jwks(), ..Answer::json(200, &Value::Null) },
                    None => refused(404, "no such provider"),
                }
            }
            ("POST", "/_sandbox/release") => Answer::json(200, &json!({"ok": true})),
            ("POST", path) => self.change(path, &request.body, now).unwrap_or_else(|fault| refused(400, &fault.to_string())),
            _ => unknown(),
        };
        Answered { answer, after: None, releases }
    }

    /// What a test changes.
    fn change(&mut self, path: &str, body: &[u8], now: u64) -> serde_json::Result<Answer> {
        Ok(match path {
            "/_sandbox/callback" => self.callback(body, now)?,
            "/_sandbox/restart" => {
                let Restart { provider } = read(body)?;
                self.each(provider.as_deref(), |sandbox, _| sandbox.restart(now))
            }
            "/_sandbox/script" => {
                let NewScript { provider, rules } = serde_json::from_slice(body)?;
                self.each(provider.as_deref(), |sandbox, _| sandbox.set_script(Script::of(rules.clone())))
            }
            "/_sandbox/reset" => {
                let Reset { provider, options } = read(body)?;
                self.each(provider.as_deref(), |sandbox, base| sandbox.begin_anew(options.as_ref(), base))
            }
            _ => unknown(),
        })
    }

    /// Posts a callback now.
    fn callback(&mut self, body: &[u8], now: u64) -> serde_json::Result<Answer> {
        let NewCallback { provider, task } = serde_json::from_slice(body)?;
        let mut rest: Map<String, Value> = serde_json::from_slice(body)?;
        rest.retain(|name, _| name != "provider" && name != "task");
        let test: TestCallback = serde_json::from_value(Value::Object(rest))?;
        let numbers = self.get_mut(&provider).and_then(|sandbox| sandbox.send_callback(&task, &test, now));
        Ok(match numbers {
            Some(numbers) => Answer::json(200, &json!({"ok": true, "deliveries": numbers})),
            None => refused(404, "no such provider or task, no such state, or no URL to post it to"),
        })
    }

    /// Changes one provider, or every one. They are told their base URLs.
    fn each(&mut self, id: Option<&str>, mut change: impl FnMut(&mut Sandbox, &str)) -> Answer {
        let mut changed = 0;
        for (name, sandbox) in self.sandboxes.iter_mut().filter(|(name, _)| id.is_none_or(|id| id == name.as_str())) {
            change(sandbox, &format!("{}/{name}", self.origin));
            changed += 1;
        }
        if changed == 0 { refused(404, "no such provider") } else { Answer::json(200, &json!({"ok": true, "providers": changed})) }
    }

    /// Something of each provider.
    fn told(&self, of: impl Fn(&str, &Sandbox) -> Value) -> Answer {
        let all: Map<String, Value> = self.iter().map(|(id, sandbox)| (id.to_owned(), of(id, sandbox))).collect();
        Answer::json(200, &json!({"providers": all}))
    }
}

/// A body that may be left out.
fn read<T: Default + DeserializeOwned>(body: &[u8]) -> serde_json::Result<T> {
    if body.is_empty() { Ok(T::default()) } else { serde_json::from_slice(body) }
}

fn unknown() -> Answer {
    refused(404, "no such provider; GET /_sandbox names them")
}

fn refused(status: u16, message: &str) -> Answer {
    Answer::json(status, &json!({"ok": false, "message": message}))
}
