//! A submit whose outcome is not known: it is listed, explained, and settled without a second POST.

mod common;

use common::{KEY, billing, builder, client, first_submit, job, memory, sandbox, status, submit, with_key};
use gentask::key::{KeySource, Secret};
use gentask::{Client, Contract, ErrorCode, Phase, Status, SubmitOptions, Wait};
use gentask_sandbox::{Fault, Rule, Server, Target};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// A client with one submit whose answer was lost, its intent id, and the id of the task that the provider made.
async fn lost() -> (Server, Client, String, String) {
    let server = sandbox("apixo", [first_submit(Fault::ResetAfterBody)]);
    let client = client(&server, "apixo", &memory());
    let failure = submit(&client, "").await.err().unwrap();
    assert_eq!(failure.code(), ErrorCode::SubmitUnknown);
    let made = server.with("apixo", |provider| provider.task_ids().to_vec()).unwrap();
    (server, client, failure.intent_id().unwrap().to_owned(), made.into_iter().next().unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_right_id_is_adopted_and_the_task_goes_on() {
    let (server, client, intent, made) = lost().await;
    let listed = client.unresolved().await.unwrap().records;
    assert_eq!((listed.len(), listed[0].intent_id.as_str(), listed[0].maybe_sent), (1, intent.as_str(), true));
    assert!(client.now() >= listed[0].at.created, "its age can be told");
    let reply = client.adopt(&intent, &made).await.unwrap();
    assert_eq!((reply.ok, reply.task_id.as_deref()), (true, Some(made.as_str())));
    assert_eq!(server.stats().of("apixo").arrived(Target::Status), 1, "one status call tells whether the id is right");
    let task = client.task(&intent).await.unwrap();
    assert_eq!(task.wait(Wait::default()).await.unwrap().status, Status::Success);
    assert!(client.unresolved().await.unwrap().records.is_empty());
    assert_eq!(server.stats().of("apixo").submits(), 1);
    let again = client.adopt(&intent, "another").await.unwrap_err();
    assert_eq!(again.code(), ErrorCode::Unsupported, "{again}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_id_that_the_provider_does_not_know_is_not_adopted() {
    let (_server, client, intent, made) = lost().await;
    let failure = client.adopt(&intent, "task_of_nobody").await.unwrap_err();
    assert_eq!(failure.code(), ErrorCode::TaskNotFound, "{failure}");
    let record = client.task(&intent).await.unwrap().record().await.unwrap();
    assert_eq!((record.phase, record.task_id), (Phase::Unresolved, None));
    client.adopt(&intent, &made).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn an_id_that_is_stored_already_is_refused_without_a_request() {
    let (server, client, intent, _) = lost().await;
    let other = submit(&client, "").await.unwrap();
    let before = server.stats().of("apixo").requests;
    let failure = client.adopt(&intent, other.task_id().unwrap()).await.unwrap_err();
    assert_eq!(failure.code(), ErrorCode::InvalidPayload, "{failure}");
    assert!(failure.to_string().contains(other.intent_id()), "{failure}");
    assert_eq!(server.stats().of("apixo").requests, before);
    assert_eq!(client.unresolved().await.unwrap().records.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_adoption_that_cannot_be_checked_changes_nothing() {
    for (fault, code) in
        [(status(500), ErrorCode::SubmitUnknown), (status(401), ErrorCode::AuthFailed), (Fault::ResetAfterBody, ErrorCode::SubmitUnknown)]
    {
        let (server, client, intent, made) = lost().await;
        server.set_script("apixo", gentask_sandbox::Script::of([Rule::nth(Target::Status, 1, fault)]));
        let failure = client.adopt(&intent, &made).await.unwrap_err();
        assert_eq!((failure.code(), failure.intent_id()), (code, Some(intent.as_str())), "{failure}");
        assert_eq!(client.unresolved().await.unwrap().records.len(), 1);
        client.adopt(&intent, &made).await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_discarded_submit_is_over_and_needs_no_key_for_it() {
    let server = sandbox("apixo", [first_submit(Fault::ResetAfterBody)]);
    let gone = Arc::new(AtomicBool::new(false));
    let source = Arc::clone(&gone);
    let key = KeySource::from_fn(move || if source.load(Ordering::SeqCst) { Err("revoked".to_owned()) } else { Ok(Secret::new(KEY)) });
    let client = builder(Contract::built_in("apixo").unwrap(), server.base_url("apixo"), &memory()).key(key).build().unwrap();
    let failure = submit(&client, "").await.err().unwrap();
    gone.store(true, Ordering::SeqCst);
    let task = client.task(failure.intent_id().unwrap()).await.unwrap();
    let reply = task.discard().await.unwrap();
    assert_eq!((reply.status, reply.error_code, billing(&reply)), (Status::Cancelled, Some(ErrorCode::Cancelled), "possible"));
    assert!(client.unresolved().await.unwrap().records.is_empty());
    assert_eq!(task.discard().await.unwrap_err().code(), ErrorCode::Unsupported);
    assert_eq!(task.adopt("x").await.unwrap_err().code(), ErrorCode::Unsupported);
    assert_eq!(server.stats().of("apixo").requests.values().sum::<u64>(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_exact_reference_in_the_list_finds_the_lost_task() {
    let server = sandbox("aivideomaker", [first_submit(Fault::ResetAfterBody)]);
    let client = client(&server, "aivideomaker", &memory());
    let (task, other) = tokio::join!(submit(&client, ""), submit(&client, ""));
    // Which of the two lost its answer is chance; both have their own task in the end.
    let (task, other) = (task.unwrap(), other.unwrap());
    assert!(task.task_id().is_some() && task.task_id() != other.task_id());
    let stats = server.stats().of("aivideomaker");
    assert_eq!((stats.submits(), stats.tasks), (2, 2));
    assert!(stats.arrived(Target::List) >= 1);
    assert_eq!(task.wait(Wait::default()).await.unwrap().status, Status::Success);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_that_does_not_name_the_submit_settles_nothing() {
    // It is asked three times, 18 seconds together, before a person is: the provider may still be writing. This is the first time.
    let server = sandbox("aivideomaker", [first_submit(status(503))]);
    let client = client(&server, "aivideomaker", &memory());
    let asked = || server.stats().of("aivideomaker").arrived(Target::List);
    tokio::select! {
        submitted = submit(&client, "") => panic!("it was settled: {:?}", submitted.is_ok()),
        () = until(async || asked() == 1 && client.unresolved().await.unwrap().records.iter().any(|record| record.attempts.read_failures == 1)) => {}
    }
    let stats = server.stats().of("aivideomaker");
    assert_eq!((stats.submits(), stats.tasks, client.unresolved().await.unwrap().records.len()), (1, 0, 1));
    // Whoever asks meanwhile is told so, and nobody is asked before it is due.
    let task = client.task(&client.unresolved().await.unwrap().records[0].intent_id).await.unwrap();
    assert_eq!(task.check(false).await.unwrap().status, Status::Unknown);
    assert_eq!((server.stats().of("aivideomaker").submits(), asked()), (1, 1));
}

/// Waits for something that happens in the background; a test that waits too long fails.
async fn until(mut holds: impl AsyncFnMut() -> bool) {
    for _ in 0..2_000 {
        if holds().await {
            return;
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    panic!("it never happened");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_submit_outlives_its_callers_future() {
    for options in [SubmitOptions::default(), with_key("order-1")] {
        let server = sandbox("apixo", [first_submit(Fault::DelayMs { ms: 200 })]);
        let client = client(&server, "apixo", &memory());
        let job = job("apixo");
        {
            let submitted = client.submit(&job, &options);
            tokio::select! {
                result = submitted => panic!("it was not to be answered yet: {:?}", result.is_ok()),
                () = until(async || server.stats().of("apixo").submits() == 1) => {}
            }
        }
        let listing = client.tasks(&gentask::TaskFilter::default()).await.unwrap();
        assert_eq!((listing.records.len(), listing.records[0].phase), (1, Phase::Submitting));
        let task = client.task(&listing.records[0].intent_id).await.unwrap();
        until(async || task.record().await.unwrap().phase == Phase::Waiting).await;
        assert_eq!(task.wait(Wait::default()).await.unwrap().status, Status::Success);
        if options.key.is_some() {
            assert_eq!(client.submit(&job, &options).await.unwrap().intent_id(), task.intent_id());
        }
        assert_eq!((server.stats().of("apixo").submits(), server.stats().of("apixo").tasks), (1, 1));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_listener_that_panics_during_a_submit_loses_nothing() {
    let server = sandbox("apixo", []);
    let store = memory();
    let apixo = || Contract::built_in("apixo").unwrap();
    let panics = |_: &gentask::TaskRecord, event: &gentask::core::TaskEvent| assert!(event.data["to"] != "waiting", "on purpose");
    let client = builder(apixo(), server.base_url("apixo"), &store).on_event(Arc::new(panics)).build().unwrap();
    let failure = submit(&client, "").await.err().unwrap();
    assert_eq!((failure.code(), failure.reply().status, billing(failure.reply())), (ErrorCode::SubmitUnknown, Status::Unknown, "possible"));
    let other = builder(apixo(), server.base_url("apixo"), &store).build().unwrap();
    let task = other.task(failure.intent_id().unwrap()).await.unwrap();
    assert_eq!(task.wait(Wait::default()).await.unwrap().status, Status::Success);
    assert_eq!(server.stats().of("apixo").submits(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_that_fails_between_two_attempts_ends_the_submit_for_good() {
    // A submit that returned an error is never sent later behind its caller's back.
    let server = sandbox("apixo", [first_submit(common::limited("0.1"))]);
    let asked = Arc::new(std::sync::atomic::AtomicUsize::new(0));
    let count = Arc::clone(&asked);
    // Asked once for each attempt.
    let key = KeySource::from_fn(move || {
        if count.fetch_add(1, Ordering::SeqCst) < 1 { Ok(Secret::new(KEY)) } else { Err("the vault is sealed".to_owned()) }
    });
    let store = memory();
    let apixo = || Contract::built_in("apixo").unwrap();
    let client = builder(apixo(), server.base_url("apixo"), &store).key(key).build().unwrap();
    let failure = submit(&client, "").await.err().unwrap();
    assert_eq!((failure.code(), billing(failure.reply())), (ErrorCode::AuthFailed, "none"), "{failure}");
    let record = client.task(failure.intent_id().unwrap()).await.unwrap().record().await.unwrap();
    assert!(record.phase.is_terminal(), "{:?}", record.phase);
    let with_a_key = builder(apixo(), server.base_url("apixo"), &store).build().unwrap();
    assert!(with_a_key.resume(1, None, |_| {}).await.unwrap().is_empty());
    assert_eq!(server.stats().of("apixo").submits(), 1);
}
