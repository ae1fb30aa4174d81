//! Every row of the submit table, over real HTTP: what the caller is told, and how many POSTs reached the provider.
//!
//! "Never posted again" is proven by counting, also after everything that could be tempted to send: `resume`, `wait`, `check`.

mod common;

use common::{
    ByHand, billing, builder, client, closed_port, first_submit, like_apixo, limited, memory, sandbox, status, status_of, submit,
};
use gentask::{Client, Contract, ErrorCode, Failure, Phase, Reply, Status, TaskRecord, Wait};
use gentask_sandbox::{Fault, Rule, SandboxOptions, Script, Server, Target};
use serde_json::json;
use std::time::Duration;

/// What a submit with a fault must look like.
struct Row {
    name: &'static str,
    rule: Rule,
    code: ErrorCode,
    phase: Phase,
    billing: &'static str,
    /// POSTs that arrived whole.
    posts: u64,
    /// Tasks that the provider made.
    tasks: u64,
}

/// The submit may have been accepted, and no id is known.
fn lost(name: &'static str, fault: Fault, tasks: u64) -> Row {
    let (code, phase) = (ErrorCode::SubmitUnknown, Phase::Unresolved);
    Row { name, rule: Rule::every(Target::Submit, fault), code, phase, billing: "possible", posts: 1, tasks }
}

/// The provider definitely refused.
fn refused(name: &'static str, fault: Fault, code: ErrorCode) -> Row {
    Row { name, rule: Rule::every(Target::Submit, fault), code, phase: Phase::Rejected, billing: "none", posts: 1, tasks: 0 }
}

/// The only record of a client.
async fn only(client: &Client) -> TaskRecord {
    let listing = client.tasks(&gentask::TaskFilter::default()).await.unwrap();
    assert_eq!((listing.records.len(), listing.damaged.len()), (1, 0));
    listing.records.into_iter().next().unwrap()
}

/// Everything that drives tasks, none of which may post.
async fn tempt(client: &Client, intent_id: &str) {
    client.resume(4, Some(Duration::from_millis(50)), |_| {}).await.unwrap();
    let task = client.task(intent_id).await.unwrap();
    for _ in 0..2 {
        assert!(task.wait(Wait::of(Duration::from_millis(50))).await.is_err());
    }
    task.check(true).await.unwrap();
    task.check(false).await.unwrap();
}

async fn holds(provider: &str, row: Row) {
    let Row { name, rule, code, phase, billing: spent, posts, tasks } = row;
    let server = sandbox(provider, [rule]);
    let timeout = Duration::from_millis(if name == "silence" { 1_500 } else { 10_000 });
    let contract = Contract::built_in(provider).unwrap();
    let client = builder(contract, server.base_url(provider), &memory()).request_timeout(timeout).build().unwrap();
    let failure = submit(&client, "").await.err().unwrap_or_else(|| panic!("{name}: accepted"));
    check_failure(name, &failure, code, spent);
    let record = only(&client).await;
    assert_eq!((record.phase, record.task_id.as_deref()), (phase, None), "{name}");
    assert_eq!(failure.intent_id(), Some(record.intent_id.as_str()), "{name}");
    let seen = || (server.stats().of(provider).submits(), server.stats().of(provider).tasks);
    assert_eq!(seen(), (posts, tasks), "{name}: {failure}");
    tempt(&client, &record.intent_id).await;
    assert_eq!(seen(), (posts, tasks), "{name}: something was posted later");
    assert_eq!(only(&client).await.phase, phase, "{name}");
    let unresolved = client.unresolved().await.unwrap().records;
    assert_eq!(unresolved.len(), usize::from(phase == Phase::Unresolved), "{name}");
}

fn check_failure(name: &str, failure: &Failure, code: ErrorCode, spent: &str) {
    let reply: &Reply = failure.reply();
    assert_eq!((failure.code(), billing(reply)), (code, spent), "{name}: {failure}");
    let status = if code == ErrorCode::SubmitUnknown { Status::Unknown } else { Status::Failed };
    assert_eq!((reply.ok, reply.status, reply.task_id.as_deref()), (false, status, None), "{name}");
    assert!(reply.data["suggestions"].as_array().is_some_and(|steps| !steps.is_empty()), "{name}");
    assert!(reply.data["providerCode"].is_string() || reply.data["providerCode"].is_null(), "{name}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_may_have_arrived_is_unresolved_and_never_posted_again() {
    let rows = [
        // The sandbox counts a request as arrived once its body was read: this one was cut off before.
        Row { posts: 0, ..lost("reset before the body was read", Fault::ResetBeforeRead, 0) },
        lost("reset after the body", Fault::ResetAfterBody, 1),
        lost("closed without an answer", Fault::CloseWithoutAnswer, 1),
        lost("silence", Fault::Silence { ms: 30_000 }, 1),
        lost("408", status(408), 0),
        lost("500", status(500), 0),
        lost("501", status(501), 0),
        lost("502", status(502), 0),
        lost("503", status(503), 0),
        lost("504", status(504), 0),
        lost("520", status(520), 0),
        lost("529 with a Retry-After", Fault::Status { code: 529, body: None, headers: [("retry-after".into(), "1".into())].into() }, 0),
        Row { rule: Rule::every(Target::Submit, status(502)).accepted(true), ..lost("502 of a submit that worked", status(502), 1) },
        lost("300", status(300), 0),
        lost("301", Fault::Redirect { code: 301, location: "https://elsewhere.example/".into() }, 0),
        lost("302", Fault::Redirect { code: 302, location: "/elsewhere".into() }, 0),
        lost("303", Fault::Redirect { code: 303, location: "/elsewhere".into() }, 0),
        lost("304", status(304), 0),
        lost("truncated", Fault::TruncatedBody, 1),
        lost("HTML", Fault::NotJson, 1),
        lost("empty", Fault::EmptyBody, 1),
        lost("too large", Fault::TooLargeBody { bytes: 2 << 20 }, 1),
        lost("too deep", Fault::TooDeepJson, 1),
        lost("no task id", Fault::NoTaskId, 1),
        lost("an empty task id", status_of(200, json!({"code": 200, "data": {"taskId": ""}})), 0),
        lost("a task id that is null", status_of(201, json!({"code": 200, "data": {"taskId": null}})), 0),
        lost("an in-band 500", Fault::InBandError { code: json!(500) }, 0),
        lost("an in-band 503", Fault::InBandError { code: json!(503) }, 0),
        lost("an in-band code that is no status", Fault::InBandError { code: json!(7) }, 0),
    ];
    for row in rows {
        holds("apixo", row).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_refused_is_over_and_cost_nothing() {
    use ErrorCode::{AuthFailed, InsufficientCredits, InvalidModel, InvalidPayload, UnknownError};
    let credits = json!({"code": 400, "message": "Insufficient credits", "data": null});
    let rows = [
        refused("400", status_of(400, json!({"code": 400, "message": "bad"})), InvalidPayload),
        refused("401", status(401), AuthFailed),
        refused("402", status(402), InsufficientCredits),
        refused("403", status_of(403, json!({"code": 403, "message": "no"})), AuthFailed),
        refused("404", status_of(404, json!({"code": 404, "message": "model not found"})), InvalidModel),
        refused("405", status_of(405, json!({})), InvalidPayload),
        refused("409", status_of(409, json!({"message": "another one is running"})), InvalidPayload),
        refused("413", status_of(413, json!("too large")), InvalidPayload),
        refused("422", status_of(422, json!({"message": "bad"})), InvalidPayload),
        refused("an in-band 400", Fault::InBandError { code: json!(400) }, InvalidPayload),
        refused("an in-band 401", Fault::InBandError { code: json!(401) }, AuthFailed),
        refused("an in-band 402", Fault::InBandError { code: json!(402) }, InsufficientCredits),
        refused("400 in the words of no credits", status_of(400, credits.clone()), InsufficientCredits),
        refused("429 in the words of no credits", status_of(429, credits), InsufficientCredits),
        refused(
            "a fail code of no credits",
            status_of(400, json!({"code": 400, "data": {"failCode": "INSUFFICIENT_CREDITS"}})),
            InsufficientCredits,
        ),
        refused("307", Fault::Redirect { code: 307, location: "https://elsewhere.example/secret?token=1".into() }, UnknownError),
        refused("308", Fault::Redirect { code: 308, location: "https://elsewhere.example/secret?token=1".into() }, UnknownError),
    ];
    for row in rows {
        holds("apixo", row).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_redirect_is_named_by_its_origin_alone_and_nobody_goes_there() {
    let other = ByHand::start(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}");
    for code in [301, 302, 303, 307, 308] {
        let server = sandbox("apixo", [first_submit(Fault::Redirect { code, location: format!("{}/secret?token=1", other.base) })]);
        let client = client(&server, "apixo", &memory());
        let failure = submit(&client, "").await.err().unwrap();
        let told = failure.reply().to_json();
        assert!(!told.contains("secret") && !told.contains("token=1"), "{told}");
        assert_eq!(told.contains(&other.base), code > 303, "{told}");
    }
    assert_eq!(other.requests(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_port_where_nobody_listens_is_tried_three_times_and_then_it_is_over() {
    let base = format!("http://127.0.0.1:{}", closed_port());
    let client = builder(Contract::built_in("apixo").unwrap(), base, &memory()).build().unwrap();
    let failure = submit(&client, "").await.err().unwrap();
    check_failure("refused port", &failure, ErrorCode::NetworkError, "none");
    let record = only(&client).await;
    assert_eq!((record.phase, record.attempts.submit, record.attempts.not_sent), (Phase::Rejected, 3, 3));
    tempt(&client, &record.intent_id).await;
    assert_eq!(only(&client).await.attempts.submit, 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_425_is_tried_three_times_and_may_succeed_on_the_way() {
    holds("apixo", Row { posts: 3, ..refused("425 for ever", status(425), ErrorCode::NetworkError) }).await;
    let server = sandbox("apixo", [first_submit(status(425)), Rule::nth(Target::Submit, 2, status(425))]);
    let client = client(&server, "apixo", &memory());
    let task = submit(&client, "").await.unwrap();
    assert_eq!(task.wait(Wait::default()).await.unwrap().status, Status::Success);
    assert_eq!((server.stats().of("apixo").submits(), server.stats().of("apixo").tasks), (3, 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_429_is_tried_again_never_before_retry_after() {
    for (wait, least_ms) in [("0", 0), ("1", 1_000), ("0.3", 300)] {
        let server = sandbox("apixo", [first_submit(limited(wait))]);
        let client = client(&server, "apixo", &memory());
        let record = submit(&client, "").await.unwrap().record().await.unwrap();
        assert_eq!((record.phase, record.attempts.submit, record.attempts.limited), (Phase::Waiting, 2, 1), "{wait}");
        // The first was sent, answered, and the wait began; only then the second was sent.
        let between = record.at.last_sent.unwrap() - record.at.first_sent.unwrap();
        assert!(between >= least_ms, "Retry-After {wait}: again after {between} ms");
        assert_eq!((server.stats().of("apixo").submits(), server.stats().of("apixo").tasks), (2, 1), "{wait}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_429_for_ever_is_given_up_after_five_attempts() {
    let (posts, code) = (5, ErrorCode::RateLimited);
    holds("apixo", Row { posts, ..refused("429 for ever", status_of(429, json!({"code": 429, "message": "slow down"})), code) }).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_in_band_429_is_a_429() {
    let server = sandbox("apixo", [first_submit(Fault::InBandError { code: json!(429) })]);
    let client = client(&server, "apixo", &memory());
    assert!(submit(&client, "").await.unwrap().task_id().is_some());
    assert_eq!((server.stats().of("apixo").submits(), server.stats().of("apixo").tasks), (2, 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_long_retry_after_is_told_and_final() {
    let server = sandbox("apixo", [Rule::every(Target::Submit, limited("600"))]);
    let client = client(&server, "apixo", &memory());
    let failure = submit(&client, "").await.err().unwrap();
    check_failure("Retry-After 600", &failure, ErrorCode::RateLimited, "none");
    assert_eq!(failure.reply().retry_after, Some(600));
    tempt(&client, failure.intent_id().unwrap()).await;
    assert_eq!((server.stats().of("apixo").submits(), only(&client).await.phase), (1, Phase::Rejected));
    // The pause is the whole account's: the next submit is refused here, without a request.
    let next = submit(&client, "").await.err().unwrap();
    assert_eq!((next.code(), server.stats().of("apixo").submits()), (ErrorCode::RateLimited, 1));
    assert!(next.reply().retry_after.is_some_and(|seconds| (590..=600).contains(&seconds)), "{next}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_task_id_counts_whatever_else_the_answer_says() {
    let odd = json!({"code": 500, "message": "internal error", "data": {"taskId": "task_kept"}});
    let server = sandbox("apixo", [first_submit(status_of(200, odd))]);
    let task = submit(&client(&server, "apixo", &memory()), "").await.unwrap();
    assert_eq!((task.task_id(), server.stats().of("apixo").submits()), (Some("task_kept"), 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn heads_that_no_provider_should_send_lose_nothing() {
    let answers: [(&str, &'static [u8]); 7] = [
        ("101", b"HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n"),
        ("103 alone", b"HTTP/1.1 103 Early Hints\r\n\r\n"),
        ("no HTTP", b"SSH-2.0-OpenSSH_9.9\r\n"),
        ("half a head", b"HTTP/1.1 200 OK\r\ncontent-le"),
        ("status 999", b"HTTP/1.1 999 Odd\r\ncontent-length: 2\r\n\r\n{}"),
        ("204", b"HTTP/1.1 204 No Content\r\n\r\n"),
        ("chunks that end early", b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n40\r\n{\"code\":200,\"data\":{\"taskId\":\"t\"}"),
    ];
    for (name, answer) in answers {
        let server = ByHand::start(answer);
        let client = builder(Contract::built_in("apixo").unwrap(), &server.base, &memory()).build().unwrap();
        let failure = submit(&client, "").await.err().unwrap();
        check_failure(name, &failure, ErrorCode::SubmitUnknown, "possible");
        tempt(&client, failure.intent_id().unwrap()).await;
        assert_eq!((server.requests(), only(&client).await.phase), (1, Phase::Unresolved), "{name}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_ended_early_after_all_of_its_json_is_an_answer() {
    let answers: [&'static [u8]; 2] = [
        b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n22\r\n{\"code\":200,\"data\":{\"taskId\":\"t\"}}\r\n",
        b"HTTP/1.1 200 OK\r\ncontent-length: 35\r\n\r\n{\"code\":200,\"data\":{\"taskId\":\"t\"}}",
    ];
    for answer in answers {
        let server = ByHand::start(answer);
        let client = builder(Contract::built_in("apixo").unwrap(), &server.base, &memory()).build().unwrap();
        assert_eq!(submit(&client, "").await.unwrap().task_id(), Some("t"));
        assert_eq!((server.requests(), only(&client).await.phase), (1, Phase::Waiting));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_other_providers_have_the_same_table() {
    let too_much = json!({"errorCode": "BUDGET_EXCEEDED", "message": "too much"});
    holds("aivideomaker", refused("a budget", status_of(402, too_much.clone()), ErrorCode::InsufficientCredits)).await;
    holds("aivideomaker", refused("a budget under 200", status_of(200, too_much), ErrorCode::InsufficientCredits)).await;
    holds("apidot", lost("reset", Fault::ResetAfterBody, 1)).await;
    holds("apidot", lost("an in-band 500", Fault::InBandError { code: json!(500) }, 0)).await;
    let (credits, code) = (json!({"error": {"type": "insufficient_credits", "message": "top up"}}), ErrorCode::InsufficientCredits);
    holds("apidot", refused("credits", status_of(402, credits), code)).await;
}

/// A provider that documents its keys.
fn keyed() -> Contract {
    like_apixo(|source| {
        source["id"] = json!("keyed");
        source["idempotency"] = json!({"mode": "replay", "header": "Idempotency-Key", "lifetimeMs": 600_000});
        source["evidence"]["/idempotency"] = json!(["docs", "the provider's documentation says so"]);
    })
}

async fn keyed_submit(rules: impl IntoIterator<Item = Rule>) -> (Server, Client, Result<gentask::TaskHandle, Failure>) {
    let contract = keyed();
    let options = SandboxOptions { honour_keys: Some(true), ..SandboxOptions::default() };
    let server = common::sandbox_of(&contract, options.with_task_ms(100).with_script(Script::of(rules)));
    let client = builder(contract, server.base_url("keyed"), &memory()).build().unwrap();
    let job = common::job("apixo");
    let submitted = client.submit(&job, &gentask::SubmitOptions::default()).await;
    (server, client, submitted)
}

#[tokio::test(flavor = "multi_thread")]
async fn an_honoured_key_replays_the_same_bytes_and_one_task_is_made() {
    let faults = [Fault::ResetAfterBody, Fault::CloseWithoutAnswer, Fault::TruncatedBody, Fault::NoTaskId, Fault::NotJson];
    for fault in faults {
        let name = format!("{fault:?}");
        let (server, client, submitted) = keyed_submit([first_submit(fault)]).await;
        let task = submitted.unwrap_or_else(|failure| panic!("{name}: {failure}"));
        let stats = server.stats().of("keyed");
        assert_eq!((stats.submits(), stats.tasks, stats.replayed), (2, 1, 1), "{name}");
        assert_eq!(task.wait(Wait::default()).await.unwrap().status, Status::Success, "{name}");
        let record = only(&client).await;
        assert_eq!((record.idempotency_key.as_deref(), record.attempts.submit), (Some(record.intent_id.as_str()), 2), "{name}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_after_a_lost_answer_settles_nothing() {
    // The first may have been accepted; that the replay is refused does not undo it.
    let refusal = Rule::nth(Target::Submit, 2, status_of(400, json!({"code": 400, "message": "no"})));
    let (server, client, submitted) = keyed_submit([first_submit(Fault::ResetAfterBody), refusal]).await;
    let failure = submitted.err().unwrap();
    assert_eq!((failure.code(), billing(failure.reply())), (ErrorCode::SubmitUnknown, "possible"), "{failure}");
    let record = only(&client).await;
    assert_eq!((record.phase, record.maybe_sent, server.stats().of("keyed").submits()), (Phase::Unresolved, true, 2));
}
