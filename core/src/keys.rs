//! A caller's key names a job. The same key and body, delivered again, are the same task, except where an attempt came to nothing:
//!
//! | what became of the key's task | the same key and body again |
//! |---|---|
//! | not ended, unresolved, given up, or accepted, whatever became of it then | that task: paying again takes a new key |
//! | refused with `INVALID_PAYLOAD`, `INVALID_MODEL` or `CONTENT_REJECTED` | the same refusal: an unchanged body is refused again |
//! | refused otherwise, never sent, or withdrawn, so that provably nothing was accepted | a new attempt, never before a Retry-After is over |
//! | cancelled by a person before it was sent | that cancelled task |
//!
//! A new attempt is a new intent. First the old record lets go of the key and names its successor, by compare-and-set; then the new one
//! is inserted with the key. A crash between the two leaves the key free, and of several who try, one wins each step.

use crate::contract::{Generation, SubmitOptions};
use crate::encode::{self, Frozen};
use crate::error::{Error, ErrorCode, Violation};
use crate::hex;
use crate::io::{Blob, UnixMillis};
use crate::json::{self, to_canonical, under};
use crate::machine::TaskMachine;
use crate::phase::Phase;
use crate::record::{Billing, Fault, TaskRecord};
use crate::reply::{Ending, Reply, Status};
use crate::retry::whole_seconds;
use crate::search::shorten;
use crate::state::{self, Change, versions};
use serde_json::{Map, Value};
use sha2::{Digest as _, Sha256};

/// The rule that a key breaks which names another job already.
const KEY_CONFLICT: &str = "keyConflict";
/// The pointer of the whole input.
const INPUT: &str = "/input";

/// What a caller's key leads to, where it has a record.
#[derive(Clone, Debug, PartialEq)]
pub enum KeyUse {
    /// The key names another job: nothing is sent, and the caller is told what differs.
    Conflict(Box<Error>),
    /// The key's task is the caller's.
    Same,
    /// The attempt came to nothing, and the server's pause is not over: the caller is told so once more.
    Wait(Box<Reply>),
    /// The attempt came to nothing. Save this record first, expecting the version before its own; then claim the key for a new intent.
    Free(Box<TaskRecord>),
}

impl KeyUse {
    /// The word of it, for hosts in other languages: `conflict`, `same`, `wait` or `free`.
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::Conflict(_) => "conflict",
            Self::Same => "same",
            Self::Wait(_) => "wait",
            Self::Free(_) => "free",
        }
    }
}

impl TaskMachine {
    /// What the record of the caller's key means for this prepared submit. `held`: until when the account is asked to pause.
    pub fn key_use(
        &self,
        stored: &TaskRecord,
        generation: &Generation,
        options: &SubmitOptions,
        held: UnixMillis,
        now: UnixMillis,
    ) -> KeyUse {
        let is_free = stored.is_free_of_cost();
        if let Some(differs) = self.differs_from(stored, generation, options, is_free) {
            return KeyUse::Conflict(Box::new(key_conflict(stored, differs)));
        }
        if !is_free {
            return KeyUse::Same;
        }
        // Where the clock went back, only the account's pause says how long it still is: it is counted from when this process saw it first.
        let own = stored.pause(now).filter(|_| now >= stored.at.updated);
        let until = held.max(own.unwrap_or(0));
        if until > now {
            let mut reply = Reply::of(stored, Ending::Snapshot, None, None);
            reply.retry_after = Some(whole_seconds(until - now));
            return KeyUse::Wait(Box::new(reply));
        }
        KeyUse::Free(Box::new(versions::succeeded_by(stored, &self.record().intent_id, now)))
    }

    /// The pointer of what makes a stored task another job than this prepared one; `None`: it is the same. `is_free`: the job was not begun,
    /// so that it may begin elsewhere: a wrong base URL is put right under the same key.
    fn differs_from(&self, stored: &TaskRecord, generation: &Generation, options: &SubmitOptions, is_free: bool) -> Option<&'static str> {
        let own = self.record();
        // A body that names the intent's id differs between two intents: build it again with the stored one's.
        let rebuilt = || {
            let plain = SubmitOptions { callback_url: None, ..options.clone() };
            let payload = self.contract().validate(generation, &plain).ok()?;
            encode::job(self.contract(), &payload, &own.base, &stored.intent_id).ok()
        };
        if own.provider != stored.provider {
            return Some("/provider");
        }
        if own.model != stored.model {
            return Some("/model");
        }
        if own.base != stored.base && !is_free {
            return Some("/baseUrl");
        }
        if !own.has_options_of(stored) {
            return Some("/options");
        }
        // Where a callback goes, and whether there is one, makes no other job of it.
        let is_same = own.request.job() == stored.request.job() || rebuilt().is_some_and(|frozen| frozen.sha256() == stored.request.job());
        if is_same { None } else { Some(INPUT) }
    }
}

/// Members that are told.
const MOST_TOLD: usize = 20;

impl TaskMachine {
    /// The same conflict with the members of the input that differ from what was ordered before, by their pointers and never by their values; `request`
    /// is the stored task's blob of that name. As it is where another part differs, or where nobody can tell.
    pub(crate) fn tell_apart(&self, error: Error, stored: &TaskRecord, generation: &Generation, request: Option<&[u8]>) -> Error {
        let is_of_input = error.violations.first().is_some_and(|fault| fault.path == INPUT);
        let Some(members) = request.filter(|_| is_of_input).and_then(|request| self.members_apart(generation, request)) else {
            return error;
        };
        let told: Vec<Violation> = members.iter().map(|name| other_than(stored, &under(INPUT, name))).collect();
        let places: Vec<&str> = told.iter().map(|fault| fault.path.as_str()).collect();
        conflict(stored, &format!("another payload (it differs in {})", places.join(", ")), told)
    }

    /// The members of the input in which the body of a stored request is another than this one's; `None` where the bodies do not show that.
    fn members_apart(&self, generation: &Generation, request: &[u8]) -> Option<Vec<String>> {
        let own = Frozen::from_blob(&self.request_blob()?.bytes?).ok()?;
        let stored = Frozen::from_blob(request).ok()?;
        let [own, stored] = [own, stored].map(|frozen| json::parse_own(&frozen.body).ok());
        let (own, stored, input) = (own?, stored?, generation.input.as_object().filter(|input| !input.is_empty())?);
        let is_root = |members: Members<'_>| own.as_object().is_some_and(|root| std::ptr::eq(root, members));
        let (own, stored) = inputs_in(&own, &stored, input)?;
        // What stands beside the input's members in the root of a body may be the contract's.
        let others = stored.keys().filter(|name| !is_root(own) && !own.contains_key(*name));
        // Of a medium that was uploaded only the hash of the whole order tells whether it is the same.
        let is_uploaded = |name: &String| own.get(name).is_some_and(|value| self.contract().awaits_upload(value));
        let apart = input.keys().chain(others).filter(|name| own.get(*name) != stored.get(*name) && !is_uploaded(name));
        let apart: Vec<String> = apart.take(MOST_TOLD).map(|name| shorten(name, 60)).collect();
        if apart.is_empty() { None } else { Some(apart) }
    }
}

type Members<'a> = &'a Map<String, Value>;

/// Where the whole input stands in a body, and what stands in the same place of another one.
fn inputs_in<'a>(own: &'a Value, other: &'a Value, input: Members<'_>) -> Option<(Members<'a>, Members<'a>)> {
    let (own, other) = (own.as_object()?, other.as_object()?);
    if input.iter().all(|(name, value)| own.get(name) == Some(value)) {
        return Some((own, other));
    }
    own.iter().find_map(|(name, part)| inputs_in(part, other.get(name)?, input))
}

fn key_conflict(stored: &TaskRecord, differs: &'static str) -> Error {
    let what = match differs {
        "/provider" => "another provider",
        "/model" => "another model",
        "/baseUrl" => "another base URL",
        "/options" => "other options",
        // Once the provider has answered, the request itself is deleted.
        _ if stored.phase.is_settled() => "another payload (of that one only a hash is left, so nobody can tell what differs)",
        _ => "another payload",
    };
    conflict(stored, what, vec![other_than(stored, differs)])
}

fn other_than(stored: &TaskRecord, at: &str) -> Violation {
    Violation::new(at, KEY_CONFLICT, format!("what intent {} has", stored.intent_id), "something else")
}

fn conflict(stored: &TaskRecord, what: &str, violations: Vec<Violation>) -> Error {
    let intent = &stored.intent_id;
    let message = format!("this key was used for intent {intent} with {what}; nothing was sent: use a new key for a new job");
    Error { code: ErrorCode::InvalidPayload, message, violations }
}

impl Error {
    /// Whether a caller's key names another job already.
    pub fn is_key_conflict(&self) -> bool {
        self.violations.iter().any(|fault| fault.rule == KEY_CONFLICT)
    }

    /// The reply to a key that names another job already: with the id of the intent that has it.
    pub fn key_conflict_reply(&self, stored: &TaskRecord) -> Reply {
        let mut reply = Reply { status: Status::Failed, task_id: None, ..self.reply().about(stored) };
        if let Some(data) = reply.data.as_object_mut() {
            let steps = ["give the new job a key of its own", "or order exactly what the key has already, to be given its task"];
            data.insert("suggestions".to_owned(), steps.into_iter().collect());
        }
        reply
    }
}

impl TaskRecord {
    /// Whether the attempt came to nothing in a way that does not use the caller's key up.
    fn is_free_of_cost(&self) -> bool {
        let is_final = |code| matches!(code, ErrorCode::InvalidPayload | ErrorCode::InvalidModel | ErrorCode::ContentRejected);
        self.phase == Phase::Rejected && !self.may_have_cost() && self.error.as_ref().is_some_and(|fault| !is_final(fault.code))
    }

    /// The record of a prepared submit that is withdrawn, because its caller is told that it failed: nothing sends it later behind the
    /// caller's back. `None`: it is not prepared any more, so it is no longer ours to withdraw.
    ///
    /// It is for one compare-and-set. Where that conflicts, somebody else has the task, and it is theirs.
    pub fn withdrawn(&self, code: ErrorCode, why: &str, now: UnixMillis) -> Option<(Self, Vec<Blob>)> {
        if self.phase != Phase::Prepared {
            return None;
        }
        let mut record = self.clone();
        state::apply(&mut record, Change::Refused { fault: Fault::new(code, Billing::None, why) }, now)?;
        versions::next_version(&mut record);
        Some((record, vec![Blob { name: "request", bytes: None }]))
    }
}
/// The key of one of many orders that has none of its own: the batch's, and what is ordered. Not its place: whoever begins a batch again with one
/// order more, or in another sequence, orders nothing twice. `nth` counts those that are alike, from 1.
pub fn batch_key(batch: &str, generation: &Generation, options: &SubmitOptions, nth: usize) -> String {
    let job = Value::from_iter([Value::from(generation.model.as_str()), generation.input.clone(), Value::Object(options.options.clone())]);
    let digest = hex::encode(Sha256::digest(to_canonical(&job).as_bytes()).get(..8).unwrap_or_default());
    if nth > 1 { format!("{batch}/{digest}/{nth}") } else { format!("{batch}/{digest}") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_key_of_a_batch_is_made_of_what_is_ordered() {
        let key = |input, options: Value, nth| {
            let options =
                SubmitOptions { options: options.as_object().cloned().unwrap(), owner: Some("ann".to_owned()), ..SubmitOptions::default() };
            batch_key("album-7", &Generation { model: "m".to_owned(), input }, &options, nth)
        };
        let first = key(json!({"a": 1, "b": [2.0]}), json!({}), 1);
        assert_eq!(first, "album-7/aab195068b48139e");
        assert_eq!(key(json!({"b": [2], "a": 1.0}), json!({}), 1), first, "however it is written");
        assert_eq!(key(json!({"a": 1, "b": [2.0]}), json!({}), 3), format!("{first}/3"));
        assert_ne!(key(json!({"a": 1, "b": [3]}), json!({}), 1), first);
        assert_ne!(key(json!({"a": 1, "b": [2.0]}), json!({"x": 1}), 1), first);
    }
}
