//! What a provider, or a proxy before it, may answer.

use super::check_reply;
use crate::{Draw, Target, edit, note};
use gentask_core::{BodyEnd, ErrorCode, HttpResponse, Input, Operation, Output, Phase};
use gentask_tests::contracts;
use gentask_tests::rig::{Answers, Rig, START, ok};
use serde_json::Value;

/// Statuses that are handled in a way of their own somewhere.
const STATUSES: [u16; 28] = [
    200, 201, 202, 204, 299, 300, 302, 307, 400, 401, 402, 403, 404, 405, 408, 409, 410, 421, 422, 425, 429, 451, 499, 500, 502, 503, 504,
    0,
];

/// The most files of a task.
const FILES: usize = 1_000;

/// How often an answer's place in a task is looked for.
const STEPS: usize = 25;

pub(super) const SUBMIT: Target = Target {
    name: "submit_answer",
    about: "any answer to a submit of each contract: never a second payment, never a lost id, and all that is saved or said reads back",
    run: submit,
    seeds: answers,
    plain: false,
};

pub(super) const STATUS: Target = Target {
    name: "status_answer",
    about: "any answers to the reads of a task: none of them ends it wrongly, and all that is saved or said reads back",
    run: status,
    seeds: answers,
    plain: false,
};

/// One for each contract.
fn answers() -> Vec<Vec<u8>> {
    (0..contracts::ALL.len()).map(|index| vec![u8::try_from(index).unwrap_or(0), 0, 1, 2, 3, 4, 5, 6]).collect()
}

fn submit(data: &[u8]) {
    let mut draw = Draw::new(data);
    let mut rig = Rig::new(draw.pick::<&str>(&contracts::ALL), 7, draw.flag());
    rig.answers = Answers::Any;
    let mut last = 0;
    run(&mut rig, |rig, operation| match operation {
        Operation::Submit => Some(answer(&mut draw, rig, operation)).inspect(|response| last = response.status),
        _ => None,
    });
    let record = rig.machine.record();
    let code = record.error().map(|fault| fault.code);
    let settled = record.phase() == Phase::Rejected && code != Some(ErrorCode::RateLimited);
    assert!(!(settled && (500..=599).contains(&last)), "HTTP {last} settles a submit: {code:?}");
}

fn status(data: &[u8]) {
    let mut draw = Draw::new(data);
    let mut rig = Rig::new(draw.pick::<&str>(&contracts::ALL), 7, draw.flag());
    rig.answers = Answers::Any;
    run(&mut rig, |rig, operation| match operation {
        Operation::Submit => Some(ok(ACCEPTED)),
        _ if draw.is_done() => None,
        _ => Some(answer(&mut draw, rig, operation)),
    });
    assert!(rig.machine.record().task_id().is_some() || rig.machine.record().phase() == Phase::Prepared, "the id is lost");
}

/// An answer in which every contract finds a task id.
const ACCEPTED: &str = r#"{"id":"task-0","taskId":"task-0","request_id":"task-0","data":{"taskId":"task-0","task_id":"task-0"}}"#;

/// Takes a task through some steps; a request for which there is no answer is lost.
fn run(rig: &mut Rig, mut answer: impl FnMut(&Rig, Operation) -> Option<HttpResponse>) {
    for _ in 0..STEPS {
        let input = match rig.in_flight().map(|(id, operation)| (id.to_owned(), operation)) {
            Some((request, operation)) => match answer(rig, operation) {
                Some(response) => Input::Response { request, response },
                None => break,
            },
            None => {
                rig.now = rig.now.max(rig.machine.poll_timeout());
                Input::Timeout
            }
        };
        for output in rig.feed(&input).unwrap_or_default() {
            match &output {
                Output::Yield { reply } | Output::Finished { reply } => super::check_about(rig.machine.record(), reply),
                Output::Event { event } => super::check_canonical(&event.to_value()),
                _ => {}
            }
        }
        if rig.machine.record().phase().is_terminal() {
            break;
        }
    }
    super::check_about(rig.machine.record(), &rig.machine.reply());
    check_reply(&rig.machine.answer());
    let files = rig.machine.record().result().map_or(0, |result| result.files.len());
    assert!(files <= FILES, "{files} files are stored");
    note(rig.machine.record().provider_state().unwrap_or_default());
    let fault = rig.machine.last_fault().map(|fault| (fault.code.as_str(), fault.http_status.map(|status| status / 100)));
    note(&format!("{fault:?} {:?}", rig.machine.record().task_id().is_some()));
}

/// A sample of the contract with parts of it changed, or any bytes.
fn answer(draw: &mut Draw<'_>, rig: &Rig, operation: Operation) -> HttpResponse {
    let own: Vec<_> = rig.contract.samples().iter().filter(|sample| sample.operation == operation).collect();
    let mut response = if own.is_empty() { ok(ACCEPTED) } else { draw.pick(&own).response.clone() };
    if draw.flag() {
        response.status = if draw.byte() < 250 { *draw.pick(&STATUSES) } else { u16::try_from(draw.number() % 65_536).unwrap_or(0) };
    }
    response.end = *draw.pick(&[BodyEnd::Whole, BodyEnd::Whole, BodyEnd::Whole, BodyEnd::Whole, BodyEnd::Truncated, BodyEnd::TooLarge]);
    if draw.byte() % 4 == 3 {
        let value = if draw.flag() { draw.number().to_string() } else { draw.text() };
        response.headers.push(("retry-after".to_owned(), value));
    }
    match draw.byte() % 8 {
        0 => {}
        1 => response.body = draw.bytes(4_096).to_vec(),
        2 => response.body = gentask_core::internal::to_canonical(&draw.json(5)).into_bytes(),
        4 => {
            let mut body: Value = serde_json::from_slice(&response.body).unwrap_or_default();
            stretch(&mut body, draw.below(3_000));
            response.body = gentask_core::internal::to_canonical(&body).into_bytes();
        }
        3 => {
            // A whole answer with more in it than anybody needs.
            let mut body: Value = serde_json::from_slice(&response.body).unwrap_or_default();
            if let Some(members) = body.as_object_mut() {
                members.insert(draw.name(), draw.json(8));
            }
            response.body = gentask_core::internal::to_canonical(&body).into_bytes();
        }
        _ => {
            for _ in 0..=draw.below(4) {
                edit(draw, &mut response.body);
            }
        }
    }
    response
}

/// Gives every array so many elements.
fn stretch(value: &mut Value, count: usize) {
    match value {
        Value::Array(items) => {
            if let Some(first) = items.first().cloned() {
                items.resize(count, first);
            }
        }
        Value::Object(members) => members.values_mut().for_each(|member| stretch(member, count)),
        _ => {}
    }
}

pub(super) const ECHO: Target = Target {
    name: "echo",
    about: "answers that say all that matters beside something that is not quite JSON: the id is kept, and the task ends",
    run: echo,
    seeds: echoes,
    plain: false,
};

/// What an echoed prompt or a careless writer leaves in a body.
const ODD: [&[u8]; 8] =
    [br#""a \ud83d""#, br#""\ude00\ud83d""#, b"NaN", b"-Infinity", b"1e400", b"\"caf\xe9\"", b"\"\xff\xfe\"", br#""\ud83d\u0041""#];

fn echoes() -> Vec<Vec<u8>> {
    let places = 0..2 * u8::try_from(ODD.len()).unwrap_or(0);
    places
        .flat_map(|place| (0..u8::try_from(contracts::ALL.len()).unwrap_or(0)).map(move |index| vec![index, place, place / 8, place]))
        .collect()
}

fn echo(data: &[u8]) {
    let mut draw = Draw::new(data);
    let mut rig = Rig::new(draw.pick::<&str>(&contracts::ALL), 7, true);
    rig.answers = Answers::Any;
    rig.feed(&Input::Timeout);
    let Some((request, Operation::Submit)) = rig.in_flight() else { return };
    let (request, response) = (request.to_owned(), odd(&mut draw, ok(ACCEPTED)));
    rig.feed(&Input::Response { request, response });
    let record = rig.machine.record();
    assert_eq!((record.phase(), record.task_id()), (Phase::Waiting, Some("task-0")), "the id is in the answer");
    let samples = rig.contract.samples().to_vec();
    let ended: Vec<_> = samples.iter().filter(|sample| sample.operation == Operation::Status && sample.is == "success").collect();
    rig.now = rig.now.max(rig.machine.poll_timeout());
    rig.feed(&Input::Timeout);
    let (Some((request, Operation::Status)), false) = (rig.in_flight(), ended.is_empty()) else { return };
    let (request, response) = (request.to_owned(), odd(&mut draw, draw_from(data, &ended)));
    rig.feed(&Input::Response { request, response });
    let phase = rig.machine.record().phase();
    assert!(matches!(phase, Phase::Succeeded | Phase::Fetching), "the success is in the answer: {}", phase.as_str());
}

/// One of the samples.
fn draw_from(data: &[u8], samples: &[&gentask_core::contract::Sample]) -> HttpResponse {
    samples[data.len() % samples.len()].response.clone()
}

/// The same answer with an odd member, or with an end that came too early though nothing is missing.
fn odd(draw: &mut Draw<'_>, mut response: HttpResponse) -> HttpResponse {
    let value = *draw.pick(&ODD);
    if draw.flag() {
        response.end = BodyEnd::Truncated;
    } else if let Some(inside) = response.body.strip_prefix(b"{") {
        response.body = [b"{\"zz echo\":", value, b",", inside].concat();
    }
    response
}

pub(super) const ACCOUNT: Target =
    Target { name: "account_answer", about: "any answer about an account or its tasks", run: account, seeds: answers, plain: false };

fn account(data: &[u8]) {
    let mut draw = Draw::new(data);
    let rig = Rig::new(draw.pick::<&str>(&contracts::ALL), 7, false);
    let operation = *draw.pick(&[Operation::Account, Operation::List]);
    let response = answer(&mut draw, &rig, operation);
    let told = match operation {
        Operation::Account => rig.contract.read_account(&response, START).map(drop),
        _ => rig.contract.read_list(&response, START).map(|listed| {
            for task in listed {
                assert!(!task.task_id.trim().is_empty(), "a listed task without an id");
            }
        }),
    };
    if let Err(fault) = told {
        note(fault.code.as_str());
        check_reply(&gentask_core::Reply::unread(None, &fault));
    }
}

pub(super) const RETRY_AFTER: Target = Target {
    name: "retry_after",
    about: "any Retry-After and Date: what is asked for is kept to, within a day and a bit, and what is nonsense asks for nothing",
    run: retry_after,
    seeds: waits,
    plain: false,
};

fn waits() -> Vec<Vec<u8>> {
    let headers = [
        "7",
        "1.5",
        "0",
        "99999999999999999999",
        "Sun, 06 Nov 1994 08:49:37 GMT",
        "Sunday, 06-Nov-94 08:49:37 GMT",
        "Sun Nov  6 08:49:37 1994",
    ];
    headers.iter().map(|header| [&[0, 0, 0, 0], header.as_bytes()].concat()).collect()
}

fn retry_after(data: &[u8]) {
    let mut draw = Draw::new(data);
    let status = *draw.pick(&[429, 503, 200, 404, 403, 425]);
    let name = *draw.pick(&["retry-after", "retry-after-ms"]);
    let sent = draw.maybe(Draw::text);
    let now = if draw.flag() { draw.number() } else { START };
    let value = String::from_utf8_lossy(draw.rest()).into_owned();
    let mut headers = vec![(name.to_owned(), value.clone())];
    headers.extend(sent.map(|sent| ("date".to_owned(), sent)));
    let response = HttpResponse { status, headers, body: b"{}".to_vec(), end: BodyEnd::Whole };
    let contract = contracts::load("apixo");
    let Err(fault) = contract.read_account(&response, now) else { return };
    note(fault.code.as_str());
    note(if fault.retry_after.is_some() { "a pause" } else { "none" });
    assert!(fault.retry_after.is_none_or(|seconds| seconds <= 7 * 86_400), "a pause of {:?} s", fault.retry_after);
    let plain = value.trim().parse::<u64>().ok().filter(|_| value.trim().bytes().all(|byte| byte.is_ascii_digit()));
    if let Some(plain) = plain.filter(|plain| status == 429 && name == "retry-after" && *plain <= 3_600) {
        assert_eq!(fault.retry_after, Some(plain), "a pause of {plain} s is not told");
    }
}
