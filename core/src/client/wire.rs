//! Calls for hosts in other languages: begun by name with JSON, effects and answers as JSON with texts and bytes beside it, results as text.
//!
//! A record stands beside an effect as its canonical text, since it is stored as that and a number in it may be one that the host cannot hold.
//! Bodies and blobs stand beside it as bytes, so that none is copied into a text and out of it again.

use super::ask::Question;
use super::call::{Call, Course, Next};
use super::effect::{Answer, Effect};
use super::known::Known;
use super::outcome::Outcome;
use super::settings::{Client, ClientSettings};
use super::tasks::{Unfinished, prune};
use super::wait::{Updates, Waiting};
use crate::decode::ListedTask;
use crate::error::{Error, ErrorCode, Violation};
use crate::failure::Failure;
use crate::io::{Delivery, HttpResponse, UnixMillis};
use crate::json::{self, Fields, Members, texts, to_canonical};
use crate::phase::Phase;
use crate::record::{SavedFile, TaskRecord};
use crate::search::shorten;
use crate::store::{Cursor, Damaged, Filter, Find, Listing, Saved, StoreError, StoreErrorKind};
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
    /// | `account` | | `{"amount", "unit"}` |
    /// | `remoteTasks` | | `{"tasks": [{"taskId", "created", "model", "reference"}]}` |
    /// | `page` | a filter's `owner`, `phases`, `orConflicting`, `unfinished`, `limit`, `after` | `{"records": [text], "damaged": [{"intentId", "reason"}], "next"}` |
    /// | `unfinished` | `after` | `{"records": [text], "damaged": [{"intentId", "reply": text}], "next"}` |
    /// | `prune` | `endedBefore` | how many records were deleted |
    /// | `noteFile` | `intentId`, `index`, `file` | `null` |
    pub fn begin(&self, name: &str, arguments: &Value, known: Option<&str>, now: UnixMillis) -> Result<TextCall, Error> {
        let mut faults = Vec::new();
        let fields = Fields::tolerant(arguments, "", &mut faults);
        let intent_id = fields.string("intentId", &mut faults).unwrap_or_default();
        let task = || known.map_or_else(|| Known::from(intent_id.as_str()), |record| Known::text(&intent_id, record));
        let call = match name {
            "wait" | "waitFrom" => {
                let updates = match fields.string("updates", &mut faults).as_deref() {
                    Some("changes") => Updates::Changes,
                    Some("fromTheFirst") => Updates::FromTheFirst,
                    _ => Updates::None,
                };
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
                let question = match fields.string("question", &mut faults).as_deref() {
                    Some("details") => Question::Details,
                    Some("cancel") => Question::Cancel,
                    _ => Question::Status,
                };
                let (task_id, model) = (fields.string("taskId", &mut faults).unwrap_or_default(), fields.string("model", &mut faults));
                TextCall::from(self.ask(question, &task_id, model.as_deref(), now))
            }
            "account" => self.account(now)?.into(),
            "remoteTasks" => self.remote_tasks(now)?.into(),
            "page" => self.page(filter_from(&fields, &mut faults), now).into(),
            "unfinished" => self.unfinished(cursor_from(fields.get("after"), &mut faults), now).into(),
            "prune" => self.prune(fields.uint("endedBefore", &mut faults).unwrap_or(0), now).into(),
            "noteFile" => {
                let index = fields.uint("index", &mut faults).and_then(|index| usize::try_from(index).ok()).unwrap_or(usize::MAX);
                let file = SavedFile::read(fields.get("file").unwrap_or(&Value::Null), &mut faults);
                self.note_file(&intent_id, index, file, now).into()
            }
            _ => return Err(Error::new(ErrorCode::Unsupported, format!("no call has the name \"{}\"", shorten(name, 40)))),
        };
        if faults.is_empty() { Ok(call) } else { Err(Error::invalid(ErrorCode::Unsupported, "the call's arguments", faults)) }
    }
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
    /// Reads `{"base", "account", "holder", "requestTimeoutMs", "poll": {...}, "timeoutMs", "maxReadRetries", "listens"}`, each of which may be
    /// absent.
    pub fn from_value(value: &Value) -> Result<Self, Error> {
        let mut faults = Vec::new();
        let known = ["base", "account", "holder", "requestTimeoutMs", "poll", "timeoutMs", "maxReadRetries", "listens"];
        let fields = Fields::open(value, "", &known, &mut faults);
        let default = Self::default();
        let settings = Self {
            base: fields.string("base", &mut faults),
            account: fields.string("account", &mut faults).unwrap_or(default.account),
            holder: fields.string("holder", &mut faults).unwrap_or(default.holder),
            request_timeout_ms: fields.uint("requestTimeoutMs", &mut faults).unwrap_or(default.request_timeout_ms),
            poll: wire::polls(&fields, &mut faults),
            timeout_ms: fields.uint("timeoutMs", &mut faults),
            max_read_retries: fields
                .uint("maxReadRetries", &mut faults)
                .map_or(default.max_read_retries, |retries| u32::try_from(retries).unwrap_or(u32::MAX)),
            listens: fields.boolean("listens", &mut faults).unwrap_or(default.listens),
        };
        if faults.is_empty() { Ok(settings) } else { Err(Error::invalid(ErrorCode::Unsupported, "the settings", faults)) }
    }
}

impl TextCall {
    /// [`Call::next`] for a host in another language: the effect, which the host keeps for [`Effect::bytes`], and what is told of it. The text
    /// is the effect's JSON with its number and how the call is then, and on the line after it the record that goes with it; or `=` and the
    /// result; or `!` and `{"message", "reply"}` of the failure.
    pub fn next_text(&mut self, answer: Option<(u32, Answer)>, now: UnixMillis) -> Result<(String, Option<Effect>), Error> {
        match self.0.next(answer, now)? {
            Next::Done(Ok(outcome)) => Ok((format!("={}", text_of(outcome)), None)),
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

/// What a call brought, as its text.
fn text_of(outcome: Outcome) -> String {
    match outcome {
        Outcome::Accepted(accepted) => format!("{}\n{}", accepted.record.to_json(), accepted.reply.to_json()),
        Outcome::Reply(reply) => reply.to_json(),
        Outcome::Record(record) | Outcome::Found(Some(record)) => record.to_json(),
        Outcome::Balance(balance) => {
            to_canonical(&Members::default().text("amount", &balance.amount).opt_text("unit", balance.unit.as_ref()).done())
        }
        Outcome::Tasks(tasks) => listed(&tasks),
        Outcome::Page(page) => listing(&page),
        Outcome::Unfinished(page) => unfinished(&page),
        Outcome::Count(count) => count.to_string(),
        Outcome::Found(None) | Outcome::Nothing => "null".to_owned(),
    }
}

impl Failure {
    /// `{"message", "reply"}`.
    pub fn to_value(&self) -> Value {
        Members::default().text("message", &self.to_string()).value("reply", self.reply().to_value()).done()
    }
}

impl Effect {
    /// The effect as JSON, without the bytes and the record that go beside it.
    fn head(&self) -> Members {
        let mut head = Members::default();
        head.text("effect", self.as_str());
        match self {
            Self::Ready => {}
            Self::Load { intent_id, within_ms } => drop(head.text("intentId", intent_id).opt_int("withinMs", *within_ms)),
            Self::Find(by) => drop(head.value("by", find_value(by))),
            Self::List(filter) => drop(head.value("filter", filter_value(filter))),
            Self::Blob { intent_id, name } => drop(head.text("intentId", intent_id).text("name", name)),
            Self::Meta { name } => drop(head.text("name", name)),
            Self::SetMeta { name, value, rule } => drop(head.text("name", name).text("value", value).text("rule", rule.as_str())),
            Self::Save(step) => {
                let names = step.blobs.iter().map(|blob| Value::from(blob.name)).collect();
                head.value("blobs", names).int("expectedVersion", step.expected_version()).flag("fence", step.fence);
                head.value("history", step.history().map(crate::io::TaskEvent::to_value).collect());
            }
            Self::Delete { intent_ids } => drop(head.value("intentIds", intent_ids.iter().map(|id| json::text(id)).collect())),
            Self::Send { request, until, timeout_ms } => {
                let own = Members::default()
                    .text("id", &request.id)
                    .text("operation", request.operation.as_str())
                    .text("method", &request.method)
                    .text("url", &request.url)
                    .value("headers", texts(&mut request.headers.iter().map(|(name, value)| (name, value))))
                    .flag("auth", request.auth)
                    .int("responseCap", request.response_cap)
                    .done();
                head.value("request", own).int("until", *until).int("timeoutMs", *timeout_ms);
            }
            Self::Sleep { until, intent_id, gives_back, may_park } => {
                head.int("until", *until)
                    .opt_text("intentId", intent_id.as_ref())
                    .flag("givesBack", *gives_back)
                    .flag("mayPark", *may_park);
            }
            Self::Probe { holder } => {
                let process = super::holder::holder_process(holder);
                head.text("holder", holder);
                if let Some((host, pid, started)) = process {
                    head.text("host", host).int("pid", pid).int("started", started);
                }
            }
            Self::Tell(step) => {
                head.value("events", step.events.iter().map(crate::io::TaskEvent::to_value).collect());
                head.opt_text("update", step.update.as_ref().map(crate::reply::Reply::to_json).as_ref());
            }
        }
        head
    }

    /// The bytes that go beside the effect: a request's body, or the blob with this number. `None`: the blob is deleted, or there is none.
    pub fn bytes(&self, index: usize) -> Option<&[u8]> {
        match self {
            Self::Send { request, .. } => Some(request.body.as_slice()),
            Self::Save(step) => step.blobs.get(index).and_then(|blob| blob.bytes.as_deref()),
            _ => None,
        }
    }
}

impl Answer {
    /// Reads an answer: its JSON, and the text or the bytes that go beside it.
    ///
    /// | answer | beside it |
    /// |---|---|
    /// | `{"answer": "ready"}`, `due`, `changed`, `told` | |
    /// | `{"answer": "keyless", "code", "message"}` | |
    /// | `{"answer": "record"}` | the record's text; without it, there is none |
    /// | `{"answer": "records"}` | a JSON array of the records' texts |
    /// | `{"answer": "listing", "next"}` | a JSON array of `{"intentId", "json"}` |
    /// | `{"answer": "bytes"}` | the bytes; without them, there are none |
    /// | `{"answer": "value", "value"}` | |
    /// | `{"answer": "saved", "isConflict"}` | |
    /// | `{"answer": "deleted", "count"}`, `{"answer": "gone", "isGone"}` | |
    /// | `{"answer": "refused", "kind", "message"}` | |
    /// | `{"answer": "response", "status", "headers", "end"}` | the body's bytes |
    /// | `{"answer": "undelivered", "delivery", "reason"}` | |
    pub fn from_parts(head: &Value, text: Option<&str>, bytes: Option<Vec<u8>>) -> Result<Self, Error> {
        let mut faults = Vec::new();
        let fields = Fields::tolerant(head, "", &mut faults);
        let word = fields.need_string("answer", &mut faults);
        let answer = match word.as_str() {
            "ready" => Self::Ready,
            "due" => Self::Due,
            "changed" => Self::Changed,
            "told" => Self::Told,
            "keyless" => {
                let code = fields.string("code", &mut faults).as_deref().and_then(ErrorCode::from_word).unwrap_or(ErrorCode::AuthFailed);
                Self::Keyless(Box::new(Error::new(code, fields.need_string("message", &mut faults))))
            }
            "record" => match text.map(|text| stored(text.as_bytes())).transpose() {
                Ok(record) => Self::Record(record.map(Box::new)),
                Err(error) => Self::Refused(error),
            },
            "records" => records(&values(text, &mut faults)).map_or_else(Self::Refused, Self::Records),
            "listing" => {
                let next = cursor_from(fields.get("next"), &mut faults);
                Self::Listing(Box::new(page(&values(text, &mut faults), next)))
            }
            "bytes" => Self::Bytes(bytes),
            "value" => Self::Value(fields.string("value", &mut faults)),
            "saved" if fields.boolean("isConflict", &mut faults).unwrap_or(false) => Self::Saved(Saved::Conflict),
            "saved" => Self::Saved(Saved::Done),
            "deleted" => Self::Deleted(fields.uint("count", &mut faults).unwrap_or(0)),
            "gone" => Self::Gone(fields.boolean("isGone", &mut faults).unwrap_or(false)),
            "refused" => {
                let kind = fields.string("kind", &mut faults).map_or(StoreErrorKind::Io, |word| StoreErrorKind::from_word(&word));
                Self::Refused(StoreError::new(kind, fields.need_string("message", &mut faults)))
            }
            "response" => {
                let status = fields.need("status", &mut faults).and(fields.uint("status", &mut faults));
                let headers = fields.members("headers", &mut faults);
                let headers = headers.map(|(name, value)| (name.clone(), value.as_str().unwrap_or_default().to_owned())).collect();
                let end = wire::body_end(fields.string("end", &mut faults).as_deref());
                let status = status.and_then(|status| u16::try_from(status).ok()).unwrap_or(0);
                Self::Response(HttpResponse { status, headers, body: bytes.unwrap_or_default(), end })
            }
            "undelivered" => Self::Undelivered {
                // A missing or unknown word proves nothing.
                delivery: if fields.string("delivery", &mut faults).as_deref() == Some("notSent") {
                    Delivery::NotSent
                } else {
                    Delivery::MaybeSent
                },
                reason: fields.string("reason", &mut faults).unwrap_or_default(),
            },
            _ => {
                crate::error::note(&mut faults, "/answer", "enum", "the word of an answer", &shorten(&word, 40));
                Self::Told
            }
        };
        if faults.is_empty() { Ok(answer) } else { Err(Error::invalid(ErrorCode::Unsupported, "the answer", faults)) }
    }
}

/// A record that a store gave. What cannot be read is damage, and what a newer release wrote is told as that.
fn stored(text: &[u8]) -> Result<TaskRecord, StoreError> {
    TaskRecord::from_json(text).map_err(|error| {
        let is_newer = error.violations.iter().any(|rule| rule.path == "/v" && rule.actual.parse::<u64>().is_ok_and(|v| v > 0));
        let kind = if is_newer { StoreErrorKind::Newer } else { StoreErrorKind::Corrupt };
        StoreError::new(kind, error.message)
    })
}

/// The JSON array beside an answer.
fn values(text: Option<&str>, faults: &mut Vec<Violation>) -> Vec<Value> {
    match json::parse_own(text.unwrap_or("[]").as_bytes()) {
        Ok(Value::Array(values)) => values,
        _ => {
            crate::error::note(faults, "", "type", "a JSON array beside the answer", "something else");
            Vec::new()
        }
    }
}

fn records(values: &[Value]) -> Result<Vec<TaskRecord>, StoreError> {
    values.iter().map(|value| stored(value.as_str().unwrap_or_default().as_bytes())).collect()
}

fn page(values: &[Value], next: Option<Cursor>) -> Listing {
    let mut listing = Listing { next, ..Listing::default() };
    for value in values {
        let member = |name: &str| value.get(name).and_then(Value::as_str).unwrap_or_default();
        let intent_id = member("intentId");
        let reason = match TaskRecord::from_json(member("json").as_bytes()) {
            Ok(record) if record.intent_id == intent_id => {
                listing.records.push(record);
                continue;
            }
            Ok(record) => format!("it names another intent, {}", record.intent_id),
            Err(error) if error.violations.is_empty() => error.message,
            Err(error) => error.violations.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "),
        };
        listing.damaged.push(Damaged { intent_id: intent_id.to_owned(), reason });
    }
    listing
}

fn find_value(by: &Find) -> Value {
    match by {
        Find::TaskId { provider, task_id } => Members::default().text("provider", provider).text("taskId", task_id).done(),
        Find::CallerKey { provider, account, owner, key } => {
            Members::default().text("provider", provider).text("account", account).opt_text("owner", owner.as_ref()).text("key", key).done()
        }
    }
}

/// A filter: what does not restrict it is absent. `phases` has taken in what is unfinished.
fn filter_value(filter: &Filter) -> Value {
    let mut value = Members::default();
    for (name, member) in [("provider", &filter.provider), ("account", &filter.account), ("owner", &filter.owner)] {
        if let Some(member) = member {
            value.text(name, member);
        }
    }
    if filter.unfinished || filter.phases.is_some() {
        let phases = Phase::ALL.into_iter().filter(|phase| filter.takes(*phase));
        value.value("phases", phases.map(|phase| Value::from(phase.as_str())).collect());
    }
    if filter.or_conflicting {
        value.flag("orConflicting", true);
    }
    for (name, member) in
        [("dueBefore", filter.due_before), ("createdBefore", filter.created_before), ("limit", filter.limit.map(|most| most as u64))]
    {
        if let Some(member) = member {
            value.int(name, member);
        }
    }
    if let Some(after) = &filter.after {
        value.value("after", cursor_value(after));
    }
    value.done()
}

fn filter_from(fields: &Fields<'_>, faults: &mut Vec<Violation>) -> Filter {
    let phases = fields.get("phases").map(|_| {
        let words = fields.strings("phases", faults);
        words
            .iter()
            .filter_map(|word| {
                let phase = Phase::from_word(word);
                if phase.is_none() {
                    crate::error::note(faults, "/phases", "enum", "a phase", word);
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
        limit: fields.uint("limit", faults).and_then(|limit| usize::try_from(limit).ok()),
        after: cursor_from(fields.get("after"), faults),
        ..Filter::default()
    }
}

fn cursor_value(cursor: &Cursor) -> Value {
    Members::default().int("created", cursor.created).text("intentId", &cursor.intent_id).done()
}

fn cursor_from(value: Option<&Value>, faults: &mut Vec<Violation>) -> Option<Cursor> {
    let fields = Fields::tolerant(value.filter(|value| !value.is_null())?, "/after", faults);
    Some(Cursor { created: fields.uint("created", faults).unwrap_or(0), intent_id: fields.need_string("intentId", faults) })
}

fn listed(tasks: &[ListedTask]) -> String {
    let tasks = tasks.iter().map(|task| {
        Members::default()
            .text("taskId", &task.task_id)
            .opt_text("created", task.created.as_ref())
            .opt_text("model", task.model.as_ref())
            .opt_text("reference", task.reference.as_ref())
            .done()
    });
    to_canonical(&Members::default().value("tasks", tasks.collect()).done())
}

fn listing(page: &Listing) -> String {
    let damaged =
        page.damaged.iter().map(|damaged| Members::default().text("intentId", &damaged.intent_id).text("reason", &damaged.reason).done());
    paged(&page.records, damaged.collect(), page.next.as_ref())
}

fn unfinished(page: &Unfinished) -> String {
    let damaged =
        page.damaged.iter().map(|(intent_id, reply)| Members::default().text("intentId", intent_id).text("reply", &reply.to_json()).done());
    paged(&page.records, damaged.collect(), page.next.as_ref())
}

fn paged(records: &[TaskRecord], damaged: Value, next: Option<&Cursor>) -> String {
    let records = records.iter().map(|record| Value::String(record.to_json())).collect();
    to_canonical(
        &Members::default()
            .value("records", records)
            .value("damaged", damaged)
            .value("next", next.map_or(Value::Null, cursor_value))
            .done(),
    )
}
