//! Media that a provider wants uploaded before the order that needs them. What was uploaded is remembered in the store, so that the next order, or this
//! one in another process, does not upload it again while it can be used.

use super::account::{Time, Unanswered};
use super::call::Call;
use super::host::Host;
use super::outcome::Outcome;
use super::settings::{Client, Shared};
use crate::contract::Generation;
use crate::error::{Error, ErrorCode};
use crate::failure::Failure;
use crate::io::UnixMillis;
use crate::json::{self, to_canonical};
use crate::reply::Reply;
use crate::store::MetaRule;
use crate::upload::Uploading;
use serde_json::{Value, json};
use std::sync::Arc;

/// How many uploads of an account are remembered, the latest: those of a batch, and few enough for one value of a store.
const REMEMBERED: usize = 200;
/// How long what was uploaded is used again, in hundredths of the time for which the provider keeps it: the order goes out after it was looked up.
const USED_PCT: u64 = 90;

/// How often a call looks whether another one has uploaded the same medium, in milliseconds.
const LOOKS_MS: u64 = 250;

impl Client {
    /// Uploads the media of a generation that its provider takes in no order, and gives the generation with what stands for them; as it was, where
    /// there are none. [`Client::submit`] does so itself: this is for hosts that submit by other means.
    pub fn upload(&self, generation: &Generation, now: UnixMillis) -> Call<Generation> {
        let generation = generation.clone();
        self.call(String::new(), now, |host| async move { Ok(Outcome::Generation(host.uploaded(&generation, &mut Vec::new()).await?)) })
    }

    /// Notes that an order was refused after its media were uploaded: where that may be because the provider has them no more, they are uploaded anew for
    /// the next one. [`Client::submit`] does so itself.
    pub fn refused_after_upload(&self, generation: &Generation, code: ErrorCode, now: UnixMillis) -> Call<()> {
        let Shared { contract, base, .. } = &*self.shared;
        let uploads = contract.media_to_upload(&generation.input).into_iter().filter_map(|(_, text)| Uploading::of(contract, base, text));
        let marks: Vec<String> = uploads.map(|upload| upload.mark()).collect();
        self.call(String::new(), now, move |host| async move {
            host.forget_uploads(&marks, Some(code)).await;
            Ok(Outcome::Nothing)
        })
    }
}

impl Host {
    /// The same generation with what stands for its media, and by what the store knows each. Nothing of it is stored or sent before.
    pub(super) async fn uploaded(&self, generation: &Generation, marks: &mut Vec<String>) -> Result<Generation, Failure> {
        let mut generation = generation.clone();
        let contract = &self.client.contract;
        let found: Vec<_> = contract.media_to_upload(&generation.input).into_iter().map(|(at, text)| (at, text.to_owned())).collect();
        for (at, text) in found {
            // The same medium may stand in several places.
            if generation.input.pointer(&at).is_none_or(|value| value.as_str() != Some(&text)) {
                continue;
            }
            if let Some(unfit) = contract.media().check(&text, &at) {
                return Err(Error::invalid(ErrorCode::InvalidPayload, "the payload", vec![unfit]).into());
            }
            let upload = Uploading::of(contract, &self.client.base, &text)
                .ok_or_else(|| Error::new(ErrorCode::InvalidPayload, format!("{at} is no medium that can be uploaded")))?;
            let value = self.upload(upload, marks).await.map_err(|unanswered| unanswered.about(&at))?;
            replace(&mut generation.input, &text, &value);
        }
        Ok(generation)
    }

    /// What stands for a medium: from memory, where the provider keeps it long enough, else from a new upload.
    async fn upload(&self, upload: Uploading, marks: &mut Vec<String>) -> Result<Value, Unanswered> {
        let Some(valid_ms) = self.client.contract.parts().upload.as_ref().and_then(|upload| upload.valid_ms) else {
            return self.put(upload).await;
        };
        let mark = upload.mark();
        marks.push(mark.clone());
        let _turn = self.turn_to_upload(&mark).await;
        if let Some(value) = self.remembered_uploads().await.usable(&mark, valid_ms, self.now()) {
            return Ok(value);
        }
        let value = self.put(upload).await?;
        // Read anew: other uploads have ended meanwhile. What two write at the same moment may lose one, which is then uploaded again.
        let known = self.remembered_uploads().await;
        self.remember_uploads(known.with(&mark, &value, valid_ms, self.now())).await;
        Ok(value)
    }

    async fn put(&self, mut upload: Uploading) -> Result<Value, Unanswered> {
        while let Some(request) = upload.request().map_err(Unanswered::Fault)? {
            let timeout_ms = upload.timeout_ms(self.client.foreground.request_timeout_ms);
            let time = Time { end: u64::MAX, timeout_ms };
            self.answered(&request, time, |response, now| upload.answer(&request, response, now)).await?;
        }
        upload.value().map_err(Unanswered::Fault)
    }

    /// Waits until no other call of this client uploads the same medium: then it is there, or it is this call's turn.
    async fn turn_to_upload(&self, mark: &str) -> Turn {
        while !self.client.with(|state| state.uploading.insert(mark.to_owned())) {
            let until = self.now().saturating_add(LOOKS_MS);
            self.sleep(until, None, false).await;
        }
        Turn { client: Arc::clone(&self.client), mark: mark.to_owned() }
    }

    /// Forgets uploads where an order with them was refused, perhaps because the provider has them no more.
    pub(super) async fn forget_uploads(&self, marks: &[String], code: Option<ErrorCode>) {
        use ErrorCode::{AuthFailed, InsufficientCredits, NetworkError, RateLimited, StoreError};
        let is_other = code.is_some_and(|code| matches!(code, AuthFailed | InsufficientCredits | NetworkError | RateLimited | StoreError));
        if !marks.is_empty() && !is_other {
            let known = self.remembered_uploads().await;
            self.remember_uploads(known.without(marks)).await;
        }
    }

    /// What the store remembers. One that does not answer is met again by the first save.
    async fn remembered_uploads(&self) -> Uploads {
        Uploads::read(&self.meta(self.client.uploads_name()).await.ok().flatten().unwrap_or_default())
    }

    async fn remember_uploads(&self, uploads: Uploads) {
        let _ = self.set_meta(self.client.uploads_name(), uploads.into_text(), MetaRule::Replace).await;
    }
}

impl Shared {
    fn uploads_name(&self) -> String {
        format!("uploads {} {} {}", self.contract.id(), self.base, self.account())
    }
}

/// That this call uploads a medium, and no other one of its client.
struct Turn {
    client: Arc<Shared>,
    mark: String,
}

impl Drop for Turn {
    fn drop(&mut self) {
        self.client.with(|state| state.uploading.remove(&self.mark));
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

impl Unanswered {
    /// The failure of the order whose medium it was.
    fn about(self, at: &str) -> Failure {
        match self {
            Self::Keyless(error) => error.into(),
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
    fn usable(&self, mark: &str, valid_ms: u64, now: UnixMillis) -> Option<Value> {
        let found = self.0.iter().rev().find(|upload| is_of(upload, mark))?;
        found.get("value").filter(|_| is_usable(found, valid_ms, now)).cloned()
    }

    /// With one more, and without those that can be used no more.
    fn with(self, mark: &str, value: &Value, valid_ms: u64, now: UnixMillis) -> Self {
        let Self(mut all) = self;
        all.retain(|upload| !is_of(upload, mark) && is_usable(upload, valid_ms, now));
        all.push(json!({"at": now, "mark": mark, "value": value}));
        let most = all.len().saturating_sub(REMEMBERED);
        Self(all.into_iter().skip(most).collect())
    }

    fn without(self, marks: &[String]) -> Self {
        Self(self.0.into_iter().filter(|upload| !marks.iter().any(|mark| is_of(upload, mark))).collect())
    }

    fn into_text(self) -> String {
        to_canonical(&Value::Array(self.0))
    }
}

fn is_of(upload: &Value, mark: &str) -> bool {
    upload.get("mark").and_then(Value::as_str) == Some(mark)
}

fn is_usable(upload: &Value, valid_ms: u64, now: UnixMillis) -> bool {
    let at = upload.get("at").and_then(json::as_uint);
    at.is_some_and(|at| at <= now && now - at < valid_ms / 100 * USED_PCT)
}
