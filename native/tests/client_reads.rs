//! Polls that fail, waits that end, checks, updates and events: a task is never lost to any of them.

mod common;

use common::{KEY, PROMPT, builder, client, job, limited, memory, quick, sandbox, sandbox_with, status, status_of, submit};
use gentask::core::{Polls, TaskEvent};
use gentask::{Client, Contract, ErrorCode, EventListener, Phase, Status, TaskRecord, Wait};
use gentask_sandbox::{Fault, Rule, SandboxOptions, Script, Server, Target};
use serde_json::json;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::task::JoinSet;

/// What happened, as a listener hears it.
#[derive(Clone, Default)]
struct Heard(Arc<Mutex<Vec<TaskEvent>>>);

impl Heard {
    fn listener(&self) -> EventListener {
        let heard = self.clone();
        Arc::new(move |_: &TaskRecord, event: &TaskEvent| heard.0.lock().unwrap().push(event.clone()))
    }

    fn of(&self, kind: &str) -> Vec<TaskEvent> {
        self.0.lock().unwrap().iter().filter(|event| event.kind == kind).cloned().collect()
    }
}

/// A submitted task whose first two reads of this kind go wrong: it succeeds all the same.
async fn survives(provider: &'static str, target: Target, name: &'static str, fault: Fault) {
    let server = sandbox(provider, [Rule::nth(target, 1, fault.clone()), Rule::nth(target, 2, fault)]);
    let heard = Heard::default();
    let client = builder(Contract::built_in(provider).unwrap(), server.base_url(provider), &memory())
        .request_timeout(Duration::from_millis(if name == "silence" { 1_500 } else { 10_000 }))
        .on_event(heard.listener())
        .build()
        .unwrap();
    let task = submit(&client, "").await.unwrap();
    let reply = task.wait(Wait::default()).await.unwrap_or_else(|failure| panic!("{provider} {name}: {failure}"));
    assert_eq!((reply.status, reply.files().len()), (Status::Success, 1), "{provider} {name}");
    let retries = heard.of("retry");
    assert_eq!(retries.len(), 2, "{provider} {name}: {retries:?}");
    assert!(retries.iter().all(|event| event.data["operation"] == target.as_str()), "{provider} {name}: {retries:?}");
    let stats = server.stats().of(provider);
    assert_eq!((stats.submits(), stats.tasks), (1, 1), "{provider} {name}");
}

#[tokio::test(flavor = "multi_thread")]
async fn no_failed_poll_ends_a_task() {
    let mut all = JoinSet::new();
    for (name, fault) in [
        ("429", status_of(429, json!({"code": 429, "message": "slow down"}))),
        ("429 with a Retry-After", limited("0.2")),
        ("408", status(408)),
        ("425", status(425)),
        ("500", status(500)),
        ("502", status_of(502, json!("<html>bad gateway</html>"))),
        ("503 with a Retry-After", Fault::Status { code: 503, body: None, headers: [("retry-after".into(), "0".into())].into() }),
        ("301", Fault::Redirect { code: 301, location: "https://elsewhere.example/".into() }),
        ("307", Fault::Redirect { code: 307, location: "https://elsewhere.example/".into() }),
        ("400", status_of(400, json!({"code": 400, "message": "odd"}))),
        ("an in-band 500", Fault::InBandError { code: json!(500) }),
        ("reset before the request was read", Fault::ResetBeforeRead),
        ("reset", Fault::ResetAfterBody),
        ("closed", Fault::CloseWithoutAnswer),
        ("silence", Fault::Silence { ms: 20_000 }),
        ("HTML", Fault::NotJson),
        ("empty", Fault::EmptyBody),
        ("truncated", Fault::TruncatedBody),
        ("too deep", Fault::TooDeepJson),
    ] {
        all.spawn(survives("apixo", Target::Status, name, fault.clone()));
        if matches!(name, "500" | "429" | "HTML" | "reset" | "too deep") {
            all.spawn(survives("aivideomaker", Target::Result, name, fault.clone()));
            all.spawn(survives("apidot", Target::Status, name, fault));
        }
    }
    while let Some(done) = all.join_next().await {
        done.unwrap();
    }
}

async fn record_of(client: &Client, intent_id: &str) -> TaskRecord {
    client.task(intent_id).await.unwrap().record().await.unwrap()
}

/// A wait ends with this code, the record stays, and the next wait succeeds.
async fn ends_a_wait_only(rule: Rule, code: ErrorCode) {
    let server = sandbox("apixo", [rule]);
    let client = client(&server, "apixo", &memory());
    let task = submit(&client, "").await.unwrap();
    let failure = task.wait(Wait::default()).await.unwrap_err();
    assert_eq!((failure.code(), failure.reply().task_id.as_deref()), (code, task.task_id()), "{failure}");
    assert_eq!(common::billing(failure.reply()), "possible", "{failure}");
    assert_eq!(record_of(&client, task.intent_id()).await.phase, Phase::Waiting);
    let resumed = client.resume(4, None, |_| {}).await.unwrap();
    let replies: Vec<_> = resumed.into_iter().map(|one| one.reply.unwrap().status).collect();
    assert_eq!(replies, [Status::Success], "{code}");
    assert_eq!(task.wait(Wait::default()).await.unwrap().status, Status::Success);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_above_the_cap_ends_the_wait_and_not_the_task() {
    ends_a_wait_only(Rule::nth(Target::Status, 1, Fault::TooLargeBody { bytes: 2 << 20 }), ErrorCode::ResponseTooLarge).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_key_ends_the_wait_and_not_the_task() {
    ends_a_wait_only(Rule::nth(Target::Status, 1, status(401)), ErrorCode::AuthFailed).await;
    ends_a_wait_only(Rule::nth(Target::Status, 1, status_of(403, json!({"code": 403}))), ErrorCode::AuthFailed).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_long_retry_after_ends_the_wait_and_is_kept_in_the_record() {
    let server = sandbox("apixo", [Rule::nth(Target::Status, 1, limited("600"))]);
    let client = client(&server, "apixo", &memory());
    let task = submit(&client, "").await.unwrap();
    let failure = task.wait(Wait::default()).await.unwrap_err();
    assert_eq!((failure.code(), failure.reply().retry_after), (ErrorCode::RateLimited, Some(600)), "{failure}");
    let due = task.record().await.unwrap().due.unwrap().at;
    assert!(due >= client.now() + 590_000, "never early");
    assert_eq!(task.check(false).await.unwrap().status, Status::Pending);
    assert_eq!(server.stats().of("apixo").arrived(Target::Status), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pause_that_the_account_was_asked_for_outlives_the_client() {
    let server = sandbox("apixo", [Rule::nth(Target::Status, 1, limited("600"))]);
    let store = memory();
    let first = client(&server, "apixo", &store);
    let failure = submit(&first, "").await.unwrap().wait(Wait::default()).await.unwrap_err();
    assert_eq!(failure.code(), ErrorCode::RateLimited);
    drop(first);
    // The pause is written on a path of its own; this reads what a new process would.
    let name = format!("hold {} default", server.base_url("apixo"));
    while store.meta(&name).await.unwrap().is_none() {
        tokio::task::yield_now().await;
    }
    let refused = submit(&client(&server, "apixo", &store), "").await.err().expect("the account is still held");
    assert_eq!(refused.code(), ErrorCode::RateLimited);
    assert!(refused.reply().retry_after.is_some_and(|seconds| (500..=600).contains(&seconds)), "{refused}");
    assert_eq!(server.stats().of("apixo").submits(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_404_is_pending_at_first_and_not_found_later() {
    let server = sandbox("apixo", [Rule::nth(Target::Status, 1, status(404))]);
    let store = memory();
    let client = client(&server, "apixo", &store);
    let task = submit(&client, "").await.unwrap();
    assert_eq!(task.wait(Wait::default()).await.unwrap().status, Status::Success, "a young task");

    let task = submit(&client, "").await.unwrap();
    let mut record = task.record().await.unwrap();
    record.at.accepted = record.at.accepted.map(|at| at - 61_000);
    record.version += 1;
    let _ = store.save(&record, &[], record.version - 1, true).await.unwrap();
    server.set_script("apixo", Script::of([Rule::nth(Target::Status, 1, status(404))]));
    let failure = task.wait(Wait::default()).await.unwrap_err();
    assert_eq!((failure.code(), failure.reply().task_id.as_deref()), (ErrorCode::TaskNotFound, task.task_id()), "{failure}");
    assert_eq!(record_of(&client, task.intent_id()).await.phase, Phase::Waiting, "the record stays");
    assert_eq!(task.wait(Wait::default()).await.unwrap().status, Status::Success);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deadline_ends_the_wait_and_not_the_task() {
    let server = sandbox("apixo", []);
    let client = client(&server, "apixo", &memory());
    let task = submit(&client, "[slow]").await.unwrap();
    for timeout in [0, 50] {
        let failure = task.wait(Wait::of(Duration::from_millis(timeout))).await.unwrap_err();
        assert_eq!((failure.code(), failure.reply().task_id.as_deref()), (ErrorCode::WaitTimeout, task.task_id()), "{failure}");
        assert!(failure.to_string().contains(task.task_id().unwrap()), "{failure}");
        assert!(matches!(failure.reply().status, Status::Pending | Status::Processing));
    }
    assert_eq!(task.wait(Wait::default()).await.unwrap().status, Status::Success);
    // Once it has ended, a wait asks nobody.
    let asked = server.stats().of("apixo").arrived(Target::Status);
    assert_eq!(task.wait(Wait::of(Duration::ZERO)).await.unwrap().status, Status::Success);
    assert_eq!(server.stats().of("apixo").arrived(Target::Status), asked);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_last_poll_lands_on_the_deadline() {
    let server = sandbox("apixo", []);
    let client = client(&server, "apixo", &memory());
    let slowly = Polls { initial_ms: Some(60_000), ..quick() };
    let client = builder(client.contract().clone(), client.base_url(), &memory()).poll(slowly).build().unwrap();
    let task = submit(&client, "").await.unwrap();
    let reply = task.wait(Wait::of(Duration::from_millis(400))).await.unwrap();
    assert_eq!((reply.status, server.stats().of("apixo").arrived(Target::Status)), (Status::Success, 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_state_that_nobody_knows_is_pending_and_told_once() {
    let server = sandbox("apixo", []);
    let heard = Heard::default();
    let contract = Contract::built_in("apixo").unwrap();
    let client = builder(contract, server.base_url("apixo"), &memory()).on_event(heard.listener()).build().unwrap();
    let task = submit(&client, "[odd] [slow]").await.unwrap();
    assert_eq!(task.wait(Wait::default()).await.unwrap().status, Status::Success);
    assert_eq!(heard.of("unknownState").len(), 1);
    assert!(server.stats().of("apixo").arrived(Target::Status) > 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_provider_says_of_a_failure_is_told() {
    let failed = json!({"code": 200, "data": {"state": "failed", "failCode": "INSUFFICIENT_CREDITS", "failMsg": "balance too low"}});
    for (word, rule, code) in [
        ("[fail]", None, ErrorCode::GenerationFailed),
        ("[content]", None, ErrorCode::ContentRejected),
        ("", Some(Rule::every(Target::Status, status_of(200, failed))), ErrorCode::InsufficientCredits),
    ] {
        let server = sandbox("apixo", rule);
        let client = client(&server, "apixo", &memory());
        let task = submit(&client, word).await.unwrap();
        let failure = task.wait(Wait::default()).await.unwrap_err();
        assert_eq!((failure.code(), failure.reply().status), (code, Status::Failed), "{failure}");
        assert_eq!(task.wait(Wait::default()).await.unwrap_err(), failure, "the same again, from the record");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_check_sends_nothing_before_the_task_is_due_and_one_request_when_forced() {
    let server = sandbox("apixo", []);
    let slowly = Polls { initial_ms: Some(60_000), ..quick() };
    let contract = Contract::built_in("apixo").unwrap();
    let client = builder(contract, server.base_url("apixo"), &memory()).poll(slowly).build().unwrap();
    let task = submit(&client, "[slow]").await.unwrap();
    let asked = || server.stats().of("apixo").arrived(Target::Status);
    for _ in 0..3 {
        assert_eq!(task.check(false).await.unwrap().status, Status::Pending);
    }
    assert_eq!(asked(), 0);
    for count in 1..=2 {
        assert!(task.check(true).await.unwrap().ok);
        assert_eq!(asked(), count);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_check_leaves_to_the_next_one_when_the_task_is_due_again() {
    // A failed read is no news about the task; when to ask again is noted even so.
    let pause = Fault::Status { code: 503, body: None, headers: [("retry-after".into(), "60".into())].into() };
    let server = sandbox("apixo", [Rule::every(Target::Status, pause)]);
    let client = client(&server, "apixo", &memory());
    let task = submit(&client, "[slow]").await.unwrap();
    let asked = || server.stats().of("apixo").arrived(Target::Status);
    while asked() == 0 {
        let _ = task.check(false).await;
    }
    for _ in 0..3 {
        assert!(task.check(false).await.unwrap().ok);
    }
    assert_eq!(asked(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_check_of_a_submit_that_waits_for_its_turn_comes_back_at_once() {
    let server = sandbox("apixo", [Rule::every(Target::Submit, limited("60"))]);
    let client = client(&server, "apixo", &memory());
    let (job, options) = (job("apixo"), common::with_key("k"));
    let submitted = client.submit(&job, &options);
    let checks = async {
        while server.stats().of("apixo").submits() == 0 {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        let mut intent = None;
        while intent.is_none() {
            let tasks = client.tasks(&gentask::TaskFilter { phases: Some(vec![Phase::Prepared]), ..Default::default() }).await.unwrap();
            intent = tasks.records.into_iter().find(|record| record.attempts.limited == 1).map(|record| record.intent_id);
        }
        let task = client.task(&intent.unwrap()).await.unwrap();
        for force in [false, true] {
            assert_eq!(task.check(force).await.unwrap().status, Status::Pending);
        }
    };
    tokio::select! {
        _ = submitted => panic!("it has a minute to wait"),
        () = checks => {}
    }
    assert_eq!(server.stats().of("apixo").submits(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn updates_end_with_the_end_and_repeat_nothing() {
    let server = sandbox("apixo", []);
    let client = client(&server, "apixo", &memory());
    let task = submit(&client, "[slow]").await.unwrap();
    let mut updates = task.updates(None);
    let mut seen = Vec::new();
    while let Some(update) = updates.next().await {
        seen.push(update.unwrap());
    }
    let statuses: Vec<_> = seen.iter().map(|reply| reply.status).collect();
    assert!(statuses.contains(&Status::Processing), "{statuses:?}");
    assert_eq!(statuses.iter().filter(|status| **status == Status::Success).count(), 1, "{statuses:?}");
    assert_eq!(statuses.last(), Some(&Status::Success));
    assert!(seen.windows(2).all(|two| two[0] != two[1]), "{statuses:?}");

    let task = submit(&client, "[stuck]").await.unwrap();
    let mut updates = task.updates(Some(Duration::from_millis(100)));
    let mut last = None;
    while let Some(update) = updates.next().await {
        last = Some(update);
    }
    assert_eq!(last.unwrap().unwrap().error_code, Some(ErrorCode::WaitTimeout));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dropped_wait_leaves_the_task_to_be_waited_for_again() {
    let server = sandbox("apixo", []);
    let client = client(&server, "apixo", &memory());
    let task = submit(&client, "[slow]").await.unwrap();
    drop(task.updates(None));
    for _ in 0..3 {
        assert!(tokio::time::timeout(Duration::from_millis(30), task.wait(Wait::default())).await.is_err());
    }
    assert_eq!(task.wait(Wait::default()).await.unwrap().status, Status::Success);
}

#[tokio::test(flavor = "multi_thread")]
async fn events_hold_no_key_no_prompt_and_no_url() {
    let heard = Heard::default();
    for provider in ["apidot", "apixo", "aivideomaker"] {
        let rules = [Rule::nth(Target::Submit, 1, limited("0")), Rule::nth(Target::Status, 1, status(500))];
        let options = SandboxOptions { read_per_min: Some(0), api_key: Some(KEY.to_owned()), ..SandboxOptions::default() };
        let server: Server = sandbox_with(provider, options.with_task_ms(100).with_script(Script::of(rules)));
        let store = memory();
        let contract = Contract::built_in(provider).unwrap();
        let client = builder(contract, server.base_url(provider), &store).on_event(heard.listener()).build().unwrap();
        let task = submit(&client, "[slow]").await.unwrap();
        task.wait(Wait::default()).await.unwrap();
        let stored = store.events(task.intent_id()).await.unwrap();
        assert!(stored.iter().any(|event| event.kind == "phase" && event.data["to"] == "succeeded"), "{stored:?}");
        let kept = format!("{stored:?} {:?}", task.record().await.unwrap().to_json().replace("http://127.0.0.1", ""));
        assert!(!kept.contains(KEY) && !kept.contains(PROMPT), "{kept}");
    }
    let all = heard.0.lock().unwrap().iter().map(|event| format!("{} {}", event.kind, event.data)).collect::<Vec<_>>().join("\n");
    assert!(all.contains("retry") && all.contains("phase") && all.contains("seen"), "{all}");
    for word in [KEY, PROMPT, "://", "Bearer"] {
        assert!(!all.contains(word), "{all}");
    }
}
