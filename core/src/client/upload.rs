//! Media that a provider wants uploaded before the order that needs them. What was uploaded is remembered in the store, so that the next order, or this
//! one in another process, does not upload it again while it can be used.

use super::account::Time;
use super::call::Call;
use super::host::Host;
use super::outcome::Outcome;
use super::settings::Client;
use crate::contract::Generation;
use crate::error::{Error, ErrorCode};
use crate::failure::Failure;
use crate::io::UnixMillis;
use crate::json::{self, to_canonical};
use crate::record::Fault;
use crate::reply::Reply;
use crate::store::MetaRule;
use crate::upload::Uploading;
use serde_json::{Value, json};

/// How many uploads of an account are remembered, the latest: those of a batch, and few enough for one value of a store.
const REMEMBERED: usize = 200;
/// How long what was uploaded is used again, in hundredths of the time for which the provider keeps it: the order goes out after it was looked up.
const USED_PCT: u64 = 90;

impl Client {
    /// Uploads the media of a generation that its provider takes in no order, and gives the generation with what stands for them; as it was, where
    /// there are none. [`Client::submit`] does so itself: this is for hosts that submit by other means.
    pub fn upload(&self, generation: &Generation, now: UnixMillis) -> Call<Generation> {
        let generation = generation.clone();
        self.call(String::new(), now, |host| async move { Ok(Outcome::Generation(host.uploaded(&generation).await?)) })
    }
}

impl Host {
    /// The same generation with what stands for its media. Nothing of it is stored or sent before.
    pub(super) async fn uploaded(&self, generation: &Generation) -> Result<Generation, Failure> {
        let mut generation = generation.clone();
        let contract = &self.client.contract;
        let found: Vec<_> = contract.media_to_upload(&generation.input).into_iter().map(|(at, text)| (at, text.to_owned())).collect();
        for (at, text) in found {
            // The same medium may stand in several places.
            let Some(Value::String(same)) = generation.input.pointer(&at).filter(|value| value.as_str() == Some(&text)) else { continue };
            let Some(upload) = Uploading::of(contract, &self.client.base, same) else { continue };
            let value = self.upload(upload).await.map_err(|failed| failed.about(&at))?;
            replace(&mut generation.input, &text, &value);
        }
        Ok(generation)
    }

    async fn upload(&self, mut upload: Uploading) -> Result<Value, Failed> {
        let name = format!("uploads {} {}", self.client.base, self.client.account());
        let valid_ms = self.client.contract.parts().upload.as_ref().and_then(|upload| upload.valid_ms);
        if let Some(valid_ms) = valid_ms {
            // A store that does not answer is met again by the first save.
            let stored = self.meta(name.clone()).await.ok().flatten().unwrap_or_default();
            if let Some(value) = Uploads::read(&stored).usable(upload.sha256(), valid_ms, self.now()) {
                return Ok(value);
            }
        }
        while let Some(request) = upload.request().map_err(Failed::Fault)? {
            let timeout_ms = upload.timeout_ms(self.client.foreground.request_timeout_ms);
            let time = Time { end: u64::MAX, timeout_ms };
            let answered = self.answered(&request, time, |response, now| upload.answer(&request, response, now)).await;
            answered.map_err(Failed::Unsent)?.map_err(Failed::Fault)?;
        }
        let value = upload.value().map_err(Failed::Fault)?;
        if valid_ms.is_some() {
            // Read anew: other uploads have ended meanwhile. What two write at the same moment may lose one, which is then uploaded again.
            let stored = self.meta(name.clone()).await.ok().flatten().unwrap_or_default();
            let _ = self.set_meta(name, Uploads::read(&stored).with(upload.sha256(), &value, self.now()), MetaRule::Replace).await;
        }
        Ok(value)
    }
}

/// Puts a value in the place of a text, wherever that stands.
fn replace(input: &mut Value, text: &str, value: &Value) {
    match input {
        Value::String(own) if own == text => *input = value.clone(),
        Value::Array(items) => items.iter_mut().for_each(|item| replace(item, text, value)),
        Value::Object(members) => members.iter_mut().for_each(|(_, member)| replace(member, text, value)),
        _ => {}
    }
}

/// Why there is no upload.
enum Failed {
    /// There is no key.
    Unsent(Error),
    Fault(Fault),
}

impl Failed {
    /// The failure of the order whose medium it was.
    fn about(self, at: &str) -> Failure {
        match self {
            Self::Unsent(error) => error.into(),
            Self::Fault(fault) => {
                let code = if fault.code == ErrorCode::TaskNotFound { ErrorCode::UpstreamError } else { fault.code };
                let message = format!("the upload of {at} failed, and nothing was ordered: {}", fault.message);
                Failure::from(Error::new(code, message)).map(|reply| Reply { retry_after: fault.retry_after, ..reply })
            }
        }
    }
}

/// What was uploaded, as the store keeps it: the latest last.
struct Uploads(Vec<Value>);

impl Uploads {
    fn read(text: &str) -> Self {
        Self(json::parse_own(text.as_bytes()).ok().and_then(|value| value.as_array().cloned()).unwrap_or_default())
    }

    /// What stands for a medium, where it was uploaded and can still be used.
    fn usable(&self, sha256: &str, valid_ms: u64, now: UnixMillis) -> Option<Value> {
        let found = self.0.iter().rev().find(|upload| upload.get("sha256").and_then(Value::as_str) == Some(sha256))?;
        let at = found.get("at").and_then(json::as_uint)?;
        let is_usable = at <= now && now - at < valid_ms / 100 * USED_PCT;
        found.get("value").filter(|_| is_usable).cloned()
    }

    /// The text of it with one more.
    fn with(mut self, sha256: &str, value: &Value, now: UnixMillis) -> String {
        self.0.retain(|upload| upload.get("sha256").and_then(Value::as_str) != Some(sha256));
        self.0.push(json!({"at": now, "sha256": sha256, "value": value}));
        let most = self.0.len().saturating_sub(REMEMBERED);
        to_canonical(&self.0.drain(..).skip(most).collect())
    }
}
