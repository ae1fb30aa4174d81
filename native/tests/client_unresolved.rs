//! Submits that go on without their caller, and those whose outcome is not known yet. How one is settled stands in the adversary's table.

mod common;

use common::{KEY, billing, builder, client, first_submit, job, memory, sandbox, status, submit, with_key};
use gentask::key::{KeySource, Secret};
use gentask::{Contract, ErrorCode, Phase, Status, SubmitOptions, Wait};
use gentask_sandbox::{Fault, Target};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

#[tokio::test(flavor = "multi_thread")]
async fn a_list_that_does_not_name_the_submit_settles_nothing() {
    // It is asked three times, 18 seconds together, before a person is: the provider may still be writing. This is the first time.
    let server = sandbox("aivideomaker", [first_submit(status(503))]);
    let client = client(&server, "aivideomaker", &memory());
    let asked = || server.stats().of("aivideomaker").arrived(Target::List);
    tokio::select! {
        submitted = submit(&client, "") => panic!("it was settled: {:?}", submitted.is_ok()),
        () = until(async || asked() == 1 && client.unresolved().await.unwrap().records.iter().any(|record| record.attempts().read_failures == 1)) => {}
    }
    let stats = server.stats().of("aivideomaker");
    assert_eq!((stats.submits(), stats.tasks, client.unresolved().await.unwrap().records.len()), (1, 0, 1));
    // Whoever asks meanwhile is told so, and nobody is asked before it is due.
    let task = client.task(client.unresolved().await.unwrap().records[0].intent_id()).await.unwrap();
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
        assert_eq!((listing.records.len(), listing.records[0].phase()), (1, Phase::Submitting));
        let task = client.task(listing.records[0].intent_id()).await.unwrap();
        until(async || task.record().await.unwrap().phase() == Phase::Waiting).await;
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
    assert!(record.phase().is_terminal(), "{:?}", record.phase());
    let with_a_key = builder(apixo(), server.base_url("apixo"), &store).build().unwrap();
    assert!(with_a_key.resume(1, None, |_| {}).await.unwrap().is_empty());
    assert_eq!(server.stats().of("apixo").submits(), 1);
}
