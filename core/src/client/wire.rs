//! Calls for hosts in other languages: begun by name with JSON, effects and answers as JSON with texts and bytes beside it, results as text.
//!
//! A record stands beside an effect as its canonical text, since it is stored as that and a number in it may be one that the host cannot hold.
//! Bodies and blobs stand beside it as bytes, so that none is copied into a text and out of it again.

mod answers;
mod effects;
mod outcomes;

use super::ask::Question;
use super::call::{Call, Course, Next};
use super::callbacks::Callbacks;
use super::effect::{Answer, Effect};
use super::known::Known;
use super::settings::{Client, ClientSettings};
use super::tasks::prune;
use super::wait::{Updates, Waiting};
use crate::contract::Generation;
use crate::error::{Error, ErrorCode, Violation, note};
use crate::failure::Failure;
use crate::io::UnixMillis;
use crate::json::{Fields, Members, to_canonical};
use crate::machine::Settings;
use crate::phase::Phase;
use crate::record::{SavedFile, TaskRecord};
use crate::search::shorten;
use crate::store::{Cursor, Filter};
use crate::webhook::{Arrival, Secrets};
use crate::wire;
use serde_json::Value;
use std::sync::Arc;

/// A call whose result is text: JSON, or of a submit the record's and the reply's, one on each line.
pub struct TextCall(Course);

impl<T> From<Call<T>> for TextCall {
    fn from(call: Call<T>) -> Self {
        Self(call.into_course())
    }
}

impl Client {
    /// Begins a call by its name, with its arguments as a JSON object. `known` is the text of the record of `intentId`, where the host has one.
    ///
    /// | name | arguments | result |
    /// |---|---|---|
    /// | `wait` | `intentId`, `timeoutMs`, `updates` (`none`, `changes`, `fromTheFirst`), `background` | a reply |
    /// | `waitFrom` | the same, without a first look at the store: `known` was read just now | a reply |
    /// | `check` | `intentId`, `force` | a reply |
    /// | `cancel`, `discard`, `reply`, `overdue`, `left` | `intentId` | a reply |
    /// | `adopt` | `intentId`, `taskId` | a reply |
    /// | `task` | `intentId` | the record |
    /// | `find` | `key`, `owner` | the record, or `null` |
    /// | `ask` | `question` (`status`, `details`, `cancel`), `taskId`, `model` | a reply |
    /// | `upload` | `model`, `input` | the input, with what stands for media that the provider wants uploaded first |
    /// | `refusedAfterUpload` | `model`, `input`, `errorCode` | `null` |
    /// | `account` | | `{"amount", "unit"}` |
    /// | `remoteTasks` | | `{"tasks": [{"taskId", "created", "model", "reference"}]}` |
    /// | `page` | a filter's `owner`, `phases`, `orConflicting`, `unfinished`, `createdFrom`, `createdBefore`, `newestFirst`, `limit`, `after` | `{"records": [text], "damaged": [{"intentId", "reason"}], "next"}` |
    /// | `unresolved` | | the same |
    /// | `unfinished` | `after` | `{"records": [text], "damaged": [{"intentId", "reply": text}], "next"}` |
    /// | `prune` | `endedBefore` | how many records were deleted |
    /// | `delete` | `intentId` | `true` or `false` |
    /// | `noteFile` | `intentId`, `index`, `file` | `null` |
    /// | `replay` | `dedupe` | a receipt |
    /// | `followUp` | `intentId`, `isDriven` (the host waits for the task by other means than calls) | a reply |
    /// | `claimOrphans` | `intentId` | a reply |
    /// | `notices` | `limit` | `{"notices": [{"record": text, "reply": text}]}` |
    /// | `acknowledge` | `intentId` | `true` or `false` |
    /// | `work` | `settles` | `{"due": [text], "settled": [{"record": text, "reply": text}], "left": [{"intentId", "reply": text}], "problem": {"message", "reply"}, "again"}` |
    /// | `turn` | `intentId`, `settles`; `known` is the record | `{"reply": text, "isNews", "notice": {"record": text, "reply": text}}` |
    /// | `handled` | `intentId`, `done` | `true` or `false` |
    /// | `release` | | how many tasks were given back |
    /// | `learned` | | `{"models": [{"model", "seen", "quantilesMs": [p10, p50, p90, p99], "pollsMs"}]}` |
    ///
    /// A callback is received by [`Client::receive_text`], for its body is bytes.
    pub fn begin(&self, name: &str, arguments: &Value, known: Option<&str>, now: UnixMillis) -> Result<TextCall, Error> {
        let mut faults = Vec::new();
        let fields = Fields::tolerant(arguments, "", &mut faults);
        let intent_id = fields.string("intentId", &mut faults).unwrap_or_default();
        let task = || known.map_or_else(|| Known::from(intent_id.as_str()), |record| Known::text(&intent_id, record));
        let call = match name {
            "wait" | "waitFrom" => {
                let words = [("none", Updates::None), ("changes", Updates::Changes), ("fromTheFirst", Updates::FromTheFirst)];
                let updates = meaning(&fields, "updates", words, &mut faults);
                let background = fields.boolean("background", &mut faults).unwrap_or(false);
                let how = Waiting { timeout_ms: fields.uint("timeoutMs", &mut faults), updates, background };
                match known.filter(|_| name == "waitFrom") {
                    Some(record) => TextCall::from(self.wait_from(Arc::new(TaskRecord::from_json(record.as_bytes())?), how, now)),
                    None => TextCall::from(self.wait(task(), how, now)),
                }
            }
            "check" => TextCall::from(self.check(task(), fields.boolean("force", &mut faults).unwrap_or(false), now)),
            "cancel" => TextCall::from(self.cancel(task(), now)),
            "discard" => TextCall::from(self.discard(task(), now)),
            "reply" => TextCall::from(self.reply(task(), now)),
            "overdue" => TextCall::from(self.overdue(task(), now)),
            "left" => TextCall::from(self.left(&intent_id, now)),
            "adopt" => TextCall::from(self.adopt(task(), &fields.need_string("taskId", &mut faults), now)),
            "task" => self.task(task(), now).into(),
            "find" => {
                let owner = fields.string("owner", &mut faults);
                self.find(&fields.need_string("key", &mut faults), owner.as_deref(), now).into()
            }
            "ask" => {
                let words = [("status", Question::Status), ("details", Question::Details), ("cancel", Question::Cancel)];
                let question = meaning(&fields, "question", words, &mut faults);
                let (task_id, model) = (fields.string("taskId", &mut faults).unwrap_or_default(), fields.string("model", &mut faults));
                TextCall::from(self.ask(question, &task_id, model.as_deref(), now))
            }
            "upload" => self.upload(&generation_from(&fields, &mut faults), now).into(),
            "refusedAfterUpload" => {
                let generation = generation_from(&fields, &mut faults);
                let code = ErrorCode::from_word(&fields.need_string("errorCode", &mut faults)).unwrap_or(ErrorCode::UnknownError);
                self.refused_after_upload(&generation, code, now).into()
            }
            "account" => self.account(now)?.into(),
            "remoteTasks" => self.remote_tasks(now)?.into(),
            "page" => self.page(filter_from(&fields, &mut faults), now).into(),
            "unresolved" => self.unresolved(now).into(),
            "unfinished" => self.unfinished(cursor_from(fields.get("after"), &mut faults), now).into(),
            "prune" => self.prune(fields.need_uint("endedBefore", &mut faults), now).into(),
            "delete" => self.delete(&intent_id, now).into(),
            "noteFile" => {
                let index = usize::try_from(fields.need_uint("index", &mut faults)).unwrap_or(usize::MAX);
                let file = SavedFile::read(fields.get("file").unwrap_or(&Value::Null), &mut faults);
                self.note_file(&intent_id, index, file, now).into()
            }
            "replay" => self.replay(&fields.need_string("dedupe", &mut faults), now).into(),
            "followUp" => {
                let is_driven = fields.boolean("isDriven", &mut faults).unwrap_or(false);
                TextCall::from(self.follow_up_beside(task(), is_driven, now))
            }
            "claimOrphans" => TextCall::from(self.claim_orphans(task(), now)),
            "notices" => {
                let limit = fields.uint("limit", &mut faults).and_then(|limit| usize::try_from(limit).ok());
                self.notices(limit, now).into()
            }
            "acknowledge" => self.acknowledge(&intent_id, now).into(),
            "work" => self.work(fields.boolean("settles", &mut faults).unwrap_or(false), now).into(),
            "turn" => {
                let record = TaskRecord::from_json(known.unwrap_or_default().as_bytes())?;
                self.turn(Arc::new(record), fields.boolean("settles", &mut faults).unwrap_or(false), now).into()
            }
            "handled" => self.handled(&intent_id, fields.boolean("done", &mut faults).unwrap_or(false), now).into(),
            "release" => self.release(now).into(),
            "learned" => self.learned(now).into(),
            _ => return Err(Error::new(ErrorCode::Unsupported, format!("no call has the name \"{}\"", shorten(name, 40)))),
        };
        if faults.is_empty() { Ok(call) } else { Err(Error::invalid(ErrorCode::Unsupported, "the call's arguments", faults)) }
    }
}

impl Client {
    /// Begins to receive a callback: `{"method", "url", "headers": [[name, value]]}`, and its body as it came. The result is the receipt's JSON.
    pub fn receive_text(&self, head: &Value, body: Vec<u8>, now: UnixMillis) -> Result<TextCall, Error> {
        Ok(self.receive(Arrival { body, ..Arrival::from_value(head)? }, now).into())
    }
}

fn generation_from(fields: &Fields<'_>, faults: &mut Vec<Violation>) -> Generation {
    Generation { model: fields.need_string("model", faults), input: fields.need("input", faults).cloned().unwrap_or_default() }
}

/// What a word means, and the first of them where there is none.
fn meaning<T: Copy>(fields: &Fields<'_>, name: &str, words: [(&str, T); 3], faults: &mut Vec<Violation>) -> T {
    let [(_, default), ..] = words;
    let Some(word) = fields.string(name, faults) else { return default };
    let known = words.iter().find(|(known, _)| *known == word);
    if known.is_none() {
        note(faults, &format!("/{name}"), "enum", &format!("one of {}", words.map(|(known, _)| known).join(", ")), &shorten(&word, 40));
    }
    known.map_or(default, |(_, meaning)| *meaning)
}

/// The call of no client that deletes what ended before a time, of the records that a filter's JSON names: how many there were.
pub fn prune_text(filter: &Value, ended_before: UnixMillis, now: UnixMillis) -> Result<TextCall, Error> {
    let mut faults = Vec::new();
    let fields = Fields::tolerant(filter, "", &mut faults);
    let filter = Filter {
        provider: fields.string("provider", &mut faults),
        account: fields.string("account", &mut faults),
        ..filter_from(&fields, &mut faults)
    };
    if !faults.is_empty() {
        return Err(Error::invalid(ErrorCode::Unsupported, "the filter", faults));
    }
    Ok(prune(filter, ended_before, now).into())
}

impl ClientSettings {
    /// Reads `{"base", "account", "holder", "requestTimeoutMs", "poll": {...}, "timeoutMs", "maxReadRetries", "listens", "callbacks": {"secrets":
    /// {"token", "signing", "toleranceMs"}, "hosts", "areKept"}}`, each of which may be absent.
    pub fn from_value(value: &Value) -> Result<Self, Error> {
        let mut faults = Vec::new();
        let known = ["base", "account", "holder", "requestTimeoutMs", "poll", "timeoutMs", "maxReadRetries", "listens", "callbacks"];
        let fields = Fields::open(value, "", &known, &mut faults);
        let default = Self::default();
        let Settings { base, account, holder, request_timeout_ms, poll, .. } = wire::settings(&fields, &mut faults);
        let settings = Self {
            base,
            account,
            holder,
            request_timeout_ms,
            poll,
            timeout_ms: fields.uint("timeoutMs", &mut faults),
            max_read_retries: fields
                .uint("maxReadRetries", &mut faults)
                .map_or(default.max_read_retries, |retries| u32::try_from(retries).unwrap_or(u32::MAX)),
            listens: fields.boolean("listens", &mut faults).unwrap_or(default.listens),
            callbacks: fields.get("callbacks").map_or(Ok(default.callbacks), |value| Callbacks::read(value, &mut faults))?,
        };
        if faults.is_empty() { Ok(settings) } else { Err(Error::invalid(ErrorCode::Unsupported, "the settings", faults)) }
    }
}

impl Callbacks {
    fn read(value: &Value, faults: &mut Vec<Violation>) -> Result<Self, Error> {
        let fields = Fields::open(value, "/callbacks", &["secrets", "hosts", "areKept"], faults);
        Ok(Self {
            secrets: fields.get("secrets").map_or_else(|| Ok(Secrets::default()), Secrets::from_value)?,
            hosts: fields.strings("hosts", faults),
            are_kept: fields.boolean("areKept", faults).unwrap_or(false),
        })
    }
}

impl TextCall {
    /// [`Call::next`] for a host in another language: the effect, which the host keeps for [`Effect::bytes`], and what is told of it. The text
    /// is the effect's JSON with its number and how the call is then, and on the line after it the record that goes with it; or `=` and the
    /// result; or `!` and `{"message", "reply"}` of the failure.
    pub fn next_text(&mut self, answer: Option<(u32, Answer)>, now: UnixMillis) -> Result<(String, Option<Effect>), Error> {
        match self.0.next(answer, now)? {
            Next::Done(Ok(outcome)) => Ok((format!("={}", outcomes::text_of(outcome)), None)),
            Next::Done(Err(failure)) => Ok((format!("!{}", to_canonical(&failure.to_value())), None)),
            Next::Do(number, effect) => {
                let mut head = effect.head();
                head.int("number", number.into()).flag("stays", !self.0.may_be_left()).opt_int("endsAt", self.0.ends_at());
                let mut text = to_canonical(&head.done());
                if let Effect::Save(step) | Effect::Tell(step) = &effect {
                    text.push('\n');
                    text.push_str(&step.record.to_json());
                }
                Ok((text, Some(effect)))
            }
        }
    }
}

impl TextCall {
    /// Whether the host may drop the call.
    pub fn may_be_left(&self) -> bool {
        self.0.may_be_left()
    }

    /// The intent that the call is about, as far as it is known now; empty where it is about none.
    pub fn intent_id(&self) -> String {
        self.0.intent_id()
    }

    /// When nobody waits for the call any more; see [`Call::ends_at`].
    pub fn ends_at(&self) -> Option<UnixMillis> {
        self.0.ends_at()
    }

    /// What the call waits for; see [`Call::waits_for`].
    pub fn waits_for(&self) -> Option<(&'static str, UnixMillis)> {
        self.0.waits_for()
    }
}

impl Failure {
    /// `{"message", "reply"}`.
    pub fn to_value(&self) -> Value {
        Members::default().text("message", &self.to_string()).value("reply", self.reply().to_value()).done()
    }
}

fn filter_from(fields: &Fields<'_>, faults: &mut Vec<Violation>) -> Filter {
    let phases = fields.get("phases").map(|_| {
        let words = fields.strings("phases", faults);
        words
            .iter()
            .filter_map(|word| {
                let phase = Phase::from_word(word);
                if phase.is_none() {
                    note(faults, "/phases", "enum", "a phase", word);
                }
                phase
            })
            .collect()
    });
    Filter {
        owner: fields.string("owner", faults),
        phases,
        or_conflicting: fields.boolean("orConflicting", faults).unwrap_or(false),
        unfinished: fields.boolean("unfinished", faults).unwrap_or(false),
        created_from: fields.uint("createdFrom", faults),
        created_before: fields.uint("createdBefore", faults),
        newest_first: fields.boolean("newestFirst", faults).unwrap_or(false),
        limit: fields.uint("limit", faults).and_then(|limit| usize::try_from(limit).ok()),
        after: cursor_from(fields.get("after"), faults),
        ..Filter::default()
    }
}

pub(super) fn cursor_value(cursor: &Cursor) -> Value {
    Members::default().int("created", cursor.created).text("intentId", &cursor.intent_id).done()
}

fn cursor_from(value: Option<&Value>, faults: &mut Vec<Violation>) -> Option<Cursor> {
    let fields = Fields::tolerant(value.filter(|value| !value.is_null())?, "/after", faults);
    Some(Cursor { created: fields.uint("created", faults).unwrap_or(0), intent_id: fields.need_string("intentId", faults) })
}
