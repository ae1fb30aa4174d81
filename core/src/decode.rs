//! Reads answers into normal form. Every rule comes from the contract; every doubt falls on the side that loses no paid task.

mod samples;
mod submitted;
pub(crate) use submitted::{Submitted, submit};

use crate::contract::condition::Subject;
use crate::contract::{Call, Contract, Hint, ListCall, Reading, State, pointer};
use crate::error::ErrorCode;
use crate::httpdate;
use crate::io::{BodyEnd, HttpResponse, Operation, UnixMillis};
use crate::json::{self, Unreadable};
use crate::record::{Billing, Fault, FileEntry};
use crate::retry;
use crate::search::shorten;
use crate::state::Sight;
use serde_json::Value;

/// What the answer to a read means.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Read {
    State(Box<Seen>),
    NotFound(Fault),
    AuthFailed(Fault),
    /// How long the server asks to wait.
    Limited(Fault, Option<u64>),
    TooLarge(Fault),
    /// Another refusal: asking again unchanged brings the same.
    Refused(Fault),
    /// Worth asking again.
    Failed(Fault, Option<u64>),
}

/// The most result files that are noted of one task: many times what any provider makes, and few enough for a record.
const MOST_FILES: usize = 1_000;

/// How a task is.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Seen {
    pub(crate) state: State,
    pub(crate) sight: Sight,
    /// Whether the provider's word is not in the contract.
    pub(crate) unknown_word: bool,
    /// What was wrong, where the task failed.
    pub(crate) fault: Option<Fault>,
    pub(crate) files: Vec<FileEntry>,
    pub(crate) cost_time_ms: Option<u64>,
    /// The server's wish for the next poll.
    pub(crate) hint_ms: Option<u64>,
}

/// The body as JSON; what it is instead, in words.
fn whole_body(response: &HttpResponse) -> Result<Value, &'static str> {
    match response.end {
        // JSON that is complete says all that it says: what was cut off after it changes nothing.
        BodyEnd::Truncated => json::parse(&response.body).ok().filter(|body| body.is_object() || body.is_array()).ok_or("cut short"),
        BodyEnd::TooLarge => Err("larger than its limit"),
        BodyEnd::Whole if response.body.iter().all(u8::is_ascii_whitespace) => Err("empty"),
        BodyEnd::Whole => json::parse(&response.body).map_err(Unreadable::words),
    }
}

/// Whether an answer is no success, by its status or by the one in its body.
pub(crate) fn is_failure(contract: &Contract, response: &HttpResponse) -> bool {
    let in_band = || {
        let body = whole_body(response).unwrap_or_default();
        retry::in_band_error(contract, &Subject { response, body: &body }).is_some()
    };
    !response.is_success() || in_band()
}

/// What surrounds a read.
pub(crate) struct Context<'a> {
    pub(crate) operation: Operation,
    pub(crate) kind: &'a str,
    pub(crate) model: &'a str,
    pub(crate) now: UnixMillis,
    /// The state that a reply without any state word stands for.
    pub(crate) silent_state: Option<State>,
}

/// Reads the answer to a status or result call.
pub(crate) fn read(contract: &Contract, call: &Call<Reading>, response: &HttpResponse, context: &Context<'_>) -> Read {
    let reading = &call.reply;
    let (mut body, unreadable) = match whole_body(response) {
        Ok(body) => (body, None),
        Err(why) => (Value::Null, Some(why)),
    };
    for at in &reading.parse {
        at.parse_in_place(&mut body);
    }
    let subject = Subject { response, body: &body };
    let wait = retry::retry_after_ms(response, context.now);
    let billing = Billing::Possible;
    if response.end == BodyEnd::TooLarge {
        let limit = contract.limits().status_bytes;
        return Read::TooLarge(retry::fault(
            contract,
            ErrorCode::ResponseTooLarge,
            billing,
            &subject,
            &format!("the answer is larger than {limit} bytes"),
        ));
    }
    if let Some(rule) = reading.rules.iter().find(|rule| rule.when.holds(&subject)) {
        return by_state(contract, reading, &subject, context, rule.is, rule.code, false);
    }
    let word = pointer::first_text(&reading.state_at, &body);
    let meaning = word.as_ref().and_then(|word| reading.words.get(word));
    if response.is_success() {
        if let Some(why) = unreadable {
            return Read::Failed(
                retry::fault(contract, ErrorCode::UpstreamError, billing, &subject, &format!("the answer is {why}")),
                wait,
            );
        }
        if let Some((state, code)) = meaning {
            return by_state(contract, reading, &subject, context, *state, *code, false);
        }
        if retry::in_band_error(contract, &subject).is_none() {
            let state = context.silent_state.filter(|_| reading.state_at.is_empty()).unwrap_or(State::Pending);
            return by_state(contract, reading, &subject, context, state, None, !reading.state_at.is_empty());
        }
    }
    refused(contract, &subject, context.operation, wait)
}

/// Reads the answer to a status call as a machine does, and says whether it told how the task is. For the benches: the public way is a step.
pub fn read_status(contract: &Contract, response: &HttpResponse) -> bool {
    let context = Context { operation: Operation::Status, kind: "image", model: "", now: 0, silent_state: None };
    matches!(std::hint::black_box(read(contract, &contract.parts().status, response, &context)), Read::State(_))
}

/// Reads the answer to a call that has no state: cancel, list, account. `Ok`: the body of its success.
pub(crate) fn plain(contract: &Contract, operation: Operation, response: &HttpResponse, now: UnixMillis) -> Result<Value, Read> {
    let parsed = whole_body(response);
    let body = parsed.as_ref().cloned().unwrap_or_default();
    let subject = Subject { response, body: &body };
    let wait = retry::retry_after_ms(response, now);
    if response.is_success() && retry::in_band_error(contract, &subject).is_none() {
        return match parsed {
            Ok(value) => Ok(value),
            // A cancel says all it has to say by its status.
            Err(_) if operation == Operation::Cancel => Ok(Value::Null),
            Err(why) => Err(Read::Failed(
                retry::fault(contract, ErrorCode::UpstreamError, Billing::None, &subject, &format!("the answer is {why}")),
                wait,
            )),
        };
    }
    Err(refused(contract, &subject, operation, wait))
}

fn refused(contract: &Contract, subject: &Subject<'_>, operation: Operation, wait: Option<u64>) -> Read {
    let verdict = retry::classify(contract, &[], operation, subject);
    let mut fault =
        retry::fault(contract, verdict.code, Billing::Possible, subject, &format!("the provider refused the {} call", operation.as_str()));
    fault.retry_after = wait.map(retry::whole_seconds);
    match (verdict.code, verdict.status) {
        (ErrorCode::RateLimited, _) | (_, 429) => Read::Limited(fault, wait),
        (ErrorCode::AuthFailed, _) => Read::AuthFailed(fault),
        (ErrorCode::TaskNotFound, _) => Read::NotFound(fault),
        (_, 408 | 425 | 500..=599) | (ErrorCode::UpstreamError | ErrorCode::NetworkError, _) => Read::Failed(fault, wait),
        (_, 400..=499) => Read::Refused(fault),
        _ => Read::Failed(fault, wait),
    }
}

fn by_state(
    contract: &Contract,
    reading: &Reading,
    subject: &Subject<'_>,
    context: &Context<'_>,
    state: State,
    code: Option<ErrorCode>,
    unknown: bool,
) -> Read {
    let word = pointer::first_text(&reading.state_at, subject.body);
    if state == State::NotFound {
        return Read::NotFound(retry::fault(
            contract,
            ErrorCode::TaskNotFound,
            Billing::Possible,
            subject,
            "the provider does not know the task",
        ));
    }
    let success = state == State::Success;
    Read::State(Box::new(Seen {
        state,
        sight: Sight {
            processing: matches!(state, State::Processing | State::Success),
            word: word.map(|word| shorten(&word, 100)),
            progress_permille: progress(reading, subject.body),
        },
        unknown_word: unknown,
        fault: (state == State::Failed).then(|| failure(contract, reading, subject, code)),
        files: if success { files(contract, reading, subject.body, context) } else { Vec::new() },
        cost_time_ms: pointer::first(&reading.cost_time, subject.body).and_then(json::as_uint),
        hint_ms: hint(contract, subject, context.model),
    }))
}

/// Why a task failed: the provider's own code, else the state word's, else the contract's rules.
fn failure(contract: &Contract, reading: &Reading, subject: &Subject<'_>, word_code: Option<ErrorCode>) -> Fault {
    let provider_code = pointer::first_text(&reading.error_code, subject.body);
    let message = pointer::first_text(&reading.error_message, subject.body)
        .or_else(|| pointer::first_text(&contract.parts().fault_at.message, subject.body));
    let by_own_code = provider_code.as_ref().and_then(|code| reading.error_codes.get(code)).copied();
    let by_rule = || contract.parts().errors.iter().find(|rule| rule.when.holds(subject)).map(|rule| rule.code);
    Fault {
        code: by_own_code.or(word_code).or_else(by_rule).unwrap_or(ErrorCode::GenerationFailed),
        message: message.map_or_else(|| "the provider could not make it".to_owned(), |text| shorten(&text, 500)),
        provider_code: provider_code.map(|code| shorten(&code, 100)),
        http_status: Some(subject.response.status),
        billing: Billing::Possible,
        retry_after: None,
    }
}

fn files(contract: &Contract, reading: &Reading, body: &Value, context: &Context<'_>) -> Vec<FileEntry> {
    for rule in &reading.files {
        let mut files = Vec::new();
        for element in rule.at.all(body) {
            let url = match &rule.url {
                Some(at) => at.first(element).and_then(Value::as_str),
                None => element.as_str(),
            };
            let Some(url) = url.filter(|url| !url.is_empty()) else { continue };
            let named = rule.kind_at.as_ref().and_then(|at| at.first(element)).and_then(Value::as_str);
            let kind =
                rule.kind.as_deref().or(named.filter(|kind| ["image", "video", "audio", "model"].contains(kind))).unwrap_or(context.kind);
            let named_end = rule.expires_at.as_ref().and_then(|at| at.first(element)).and_then(instant);
            if files.len() == MOST_FILES {
                return files;
            }
            files.push(FileEntry {
                url: Some(url.to_owned()),
                kind: kind.to_owned(),
                keyed: rule.keyed,
                expires_at: named_end.or_else(|| contract.parts().retention_ms.map(|ms| context.now.saturating_add(ms))),
                saved: None,
            });
        }
        if !files.is_empty() {
            return files;
        }
    }
    Vec::new()
}

/// Unix milliseconds, Unix seconds (below 10^11, which milliseconds passed in 1973), a text of one of them, an HTTP date or an RFC 3339 one.
fn instant(value: &Value) -> Option<UnixMillis> {
    match value {
        Value::String(text) => instant_of(text),
        number => json::as_uint(number).map(in_millis),
    }
}

fn instant_of(text: &str) -> Option<UnixMillis> {
    let text = text.trim();
    let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if is_number { text.parse().ok().map(in_millis) } else { httpdate::parse(text).or_else(|| httpdate::parse_rfc3339(text)) }
}

const fn in_millis(number: u64) -> UnixMillis {
    if number < 100_000_000_000 { number * 1_000 } else { number }
}

fn progress(reading: &Reading, body: &Value) -> Option<u64> {
    let rule = reading.progress.as_ref()?;
    let value = pointer::first(&rule.at, body)?;
    let text = json::scalar_text(value)?;
    // In thousandths of the whole, rounded up by less than one.
    let thousandths = retry::decimal_ms(text.trim().trim_end_matches('%'), 1_000)?;
    Some((thousandths / rule.max).min(1_000))
}

fn hint(contract: &Contract, subject: &Subject<'_>, model: &str) -> Option<u64> {
    let text = match contract.polling(model)?.hint.as_ref()? {
        Hint::Header(name) => subject.response.header(name).map(str::to_owned),
        Hint::At(at) => pointer::first_text(at, subject.body),
    };
    text.and_then(|text| retry::decimal_ms(text.trim(), 1_000)).map(|ms| ms.min(crate::pause::RETRY_AFTER_CAP_MS))
}

/// One task of the provider's list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedTask {
    /// The provider's id.
    pub task_id: String,
    /// When it was made, in the provider's own words.
    pub created: Option<String>,
    /// Its model.
    pub model: Option<String>,
    /// Our intent id, where the provider echoes it.
    pub reference: Option<String>,
}

impl ListedTask {
    /// When it was made, in Unix milliseconds: `created` where that is a number of seconds or milliseconds, an HTTP date or an ISO 8601 one (UTC where
    /// it names no offset). `None` for anything else.
    pub fn created_at(&self) -> Option<UnixMillis> {
        self.created.as_deref().and_then(instant_of)
    }
}

/// Reads the list of tasks out of the body of its success.
pub(crate) fn list(call: &ListCall, body: &Value) -> Vec<ListedTask> {
    let items = match call.items.as_slice() {
        [] => Some(body),
        at => pointer::first(at, body),
    };
    let read = |item: &Value| {
        Some(ListedTask {
            task_id: pointer::first_exact(&call.task_id, item)?,
            created: pointer::first_text(&call.created, item),
            model: pointer::first_text(&call.model, item),
            reference: pointer::first_text(&call.reference, item),
        })
    };
    items.and_then(Value::as_array).into_iter().flatten().filter_map(read).collect()
}
