//! Cancelling in every phase, and the four operations of the published clients, which never fail with anything but a reply.

mod common;

use common::{SlowAnswers, builder, client, job, job_with, limited, memory, sandbox, sandbox_with, status, submit, with_key};
use gentask::key::KeySource;
use gentask::{Client, Contract, ErrorCode, Phase, Status, SubmitOptions, TaskHandle, Wait};
use gentask_sandbox::{Fault, Rule, SandboxOptions, Script, Server, Target};
use std::sync::Arc;
use std::time::Duration;

/// AIVideoMaker with tasks that stay pending, or are worked on at once, for a minute.
fn slow_films(pending_ms: u64, rules: impl IntoIterator<Item = Rule>) -> Server {
    let options = SandboxOptions { read_per_min: Some(0), pending_ms: Some(pending_ms), ..SandboxOptions::default() };
    sandbox_with("aivideomaker", options.with_task_ms(60_000).with_script(Script::of(rules)))
}

async fn phase(task: &TaskHandle) -> Phase {
    task.record().await.unwrap().phase()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pending_task_is_cancelled_where_the_provider_can() {
    let server = slow_films(60_000, []);
    let client = client(&server, "aivideomaker", &memory());
    let task = submit(&client, "").await.unwrap();
    let reply = task.cancel().await.unwrap();
    assert_eq!((reply.ok, reply.status, reply.error_code), (true, Status::Cancelled, None));
    assert_eq!((phase(&task).await, server.stats().of("aivideomaker").running), (Phase::Cancelled, 0));
    assert_eq!(task.wait(Wait::default()).await.unwrap_err().code(), ErrorCode::Cancelled);
    let again = task.cancel().await;
    assert!(again.is_ok_and(|reply| reply.status == Status::Cancelled) || server.stats().of("aivideomaker").arrived(Target::Cancel) == 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_task_that_is_worked_on_is_not_cancelled_and_goes_on() {
    let server = slow_films(0, []);
    let client = client(&server, "aivideomaker", &memory());
    let task = submit(&client, "").await.unwrap();
    // Nothing is known of it yet, so the provider is asked, and refuses.
    let failure = task.cancel().await.unwrap_err();
    assert_eq!((failure.code(), failure.reply().task_id.as_deref()), (ErrorCode::Unsupported, task.task_id()), "{failure}");
    assert_eq!(phase(&task).await, Phase::Waiting);
    // Once it is known to be worked on, nobody is asked.
    assert!(task.check(true).await.unwrap().ok);
    assert_eq!(task.cancel().await.unwrap_err().code(), ErrorCode::Unsupported);
    assert_eq!(server.stats().of("aivideomaker").arrived(Target::Cancel), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_provider_without_a_cancel_is_not_asked() {
    for provider in ["apidot", "apixo"] {
        let server = sandbox(provider, []);
        let client = client(&server, provider, &memory());
        let task = submit(&client, "").await.unwrap();
        assert_eq!(task.cancel().await.unwrap_err().code(), ErrorCode::Unsupported, "{provider}");
        assert_eq!(server.stats().of(provider).requests.values().sum::<u64>(), 1, "{provider}");
        assert_eq!(task.wait(Wait::default()).await.unwrap().status, Status::Success, "{provider}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cancel_while_another_future_waits_ends_that_wait_too() {
    let server = slow_films(60_000, []);
    let client = client(&server, "aivideomaker", &memory());
    let task = submit(&client, "").await.unwrap();
    let (waited, cancelled) = tokio::join!(task.wait(Wait::default()), async {
        while server.stats().of("aivideomaker").arrived(Target::Status) < 2 {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        task.cancel().await
    });
    assert_eq!(waited.unwrap_err().code(), ErrorCode::Cancelled);
    assert_eq!(cancelled.unwrap().status, Status::Cancelled);
}

/// The task of a client once it has this phase.
async fn in_phase(client: &Client, wanted: Phase) -> TaskHandle {
    loop {
        let listing = client.tasks(&gentask::TaskFilter { phases: Some(vec![wanted]), ..Default::default() }).await.unwrap();
        if let Some(record) = listing.records.first() {
            return client.task(record.intent_id()).await.unwrap();
        }
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_submit_that_waits_for_its_turn_is_cancelled_here_and_never_sent() {
    let server = sandbox("apixo", [Rule::nth(Target::Submit, 1, limited("1"))]);
    let client = client(&server, "apixo", &memory());
    let (submitted, reply) = tokio::join!(submit(&client, ""), async {
        while server.stats().of("apixo").submits() == 0 {
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
        in_phase(&client, Phase::Prepared).await.cancel().await.unwrap()
    });
    assert_eq!((reply.status, reply.error_code), (Status::Cancelled, None));
    // The caller of the submit is told what became of it, after the second that it waited.
    assert!(submitted.err().is_none_or(|failure| failure.code() == ErrorCode::Cancelled));
    let stats = server.stats().of("apixo");
    assert_eq!((stats.submits(), stats.tasks), (1, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cancel_during_the_submit_is_remembered_and_done() {
    let server = slow_films(60_000, [Rule::nth(Target::Submit, 1, Fault::DelayMs { ms: 300 })]);
    let client = client(&server, "aivideomaker", &memory());
    let (submitted, cancelled) = tokio::join!(submit(&client, ""), async { in_phase(&client, Phase::Submitting).await.cancel().await });
    let reply = cancelled.unwrap();
    assert_eq!((reply.status, reply.error_code, reply.task_id.is_some()), (Status::Cancelled, None, true));
    assert_eq!(phase(&submitted.unwrap()).await, Phase::Cancelled);
    assert_eq!(server.stats().of("aivideomaker").submits(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cancel_during_a_submit_that_is_put_off_ends_it() {
    // The 429 comes after the wish: sending it again would pay for what nobody wants.
    for fault in [limited("0.2"), status(425)] {
        let server = sandbox("apixo", [Rule::nth(Target::Submit, 1, fault.clone())]);
        let slow = Arc::new(SlowAnswers::new());
        let contract = Contract::built_in("apixo").unwrap();
        let client = builder(contract, server.base_url("apixo"), &memory()).transport(slow.clone()).build().unwrap();
        let cancel = async { in_phase(&client, Phase::Submitting).await.cancel().await };
        let answer = async {
            let task = in_phase(&client, Phase::Submitting).await;
            while !task.record().await.unwrap().cancel_requested() {
                tokio::time::sleep(Duration::from_millis(2)).await;
            }
            slow.let_go();
        };
        let (submitted, cancelled, ()) = tokio::join!(submit(&client, ""), cancel, answer);
        assert_eq!(server.stats().of("apixo").submits(), 1, "{fault:?}: posted after a cancel");
        assert!(cancelled.is_ok_and(|reply| reply.status == Status::Cancelled), "{fault:?}");
        assert!(submitted.is_err() || phase(&submitted.unwrap()).await == Phase::Cancelled);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cancel_during_the_submit_to_a_provider_without_one_is_answered_soon() {
    let server = sandbox("apixo", [Rule::nth(Target::Submit, 1, Fault::DelayMs { ms: 300 })]);
    let client = client(&server, "apixo", &memory());
    let (submitted, cancelled) =
        tokio::join!(submit(&client, "[stuck]"), async { in_phase(&client, Phase::Submitting).await.cancel().await });
    assert_eq!(cancelled.unwrap_err().code(), ErrorCode::Unsupported);
    assert_eq!(phase(&submitted.unwrap()).await, Phase::Waiting);
    assert_eq!(server.stats().of("apixo").arrived(Target::Status), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cancel_of_an_unresolved_submit_is_kept_and_explained() {
    let server = sandbox("apixo", [Rule::nth(Target::Submit, 1, Fault::ResetAfterBody)]);
    let client = client(&server, "apixo", &memory());
    let failure = submit(&client, "").await.err().unwrap();
    let task = client.task(failure.intent_id().unwrap()).await.unwrap();
    let failure = task.cancel().await.unwrap_err();
    assert_eq!((failure.code(), failure.reply().status), (ErrorCode::SubmitUnknown, Status::Unknown), "{failure}");
    let record = task.record().await.unwrap();
    assert_eq!((record.phase(), record.cancel_requested()), (Phase::Unresolved, true));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_four_operations_work_for_tasks_that_are_not_stored_here() {
    for provider in ["apidot", "apixo", "aivideomaker"] {
        let server = sandbox(provider, []);
        let maker = client(&server, provider, &memory());
        let made = maker.create_generation(&job_with(provider, ""), &SubmitOptions::default()).await;
        assert!(made.ok && made.status == Status::Pending, "{provider}: {made:?}");
        let task_id = made.task_id.unwrap();
        // The one who asks has an empty store.
        let asker = client(&server, provider, &memory());
        let model = job(provider).model;
        let status = asker.get_status(&task_id, Some(&model)).await;
        assert!(status.ok && matches!(status.status, Status::Pending | Status::Processing | Status::Success), "{provider}: {status:?}");
        assert_eq!(status.task_id.as_ref(), Some(&task_id));
        let mut task = asker.get_task(&task_id, Some(&model)).await;
        while task.ok && task.status != Status::Success {
            tokio::time::sleep(Duration::from_millis(10)).await;
            task = asker.get_task(&task_id, Some(&model)).await;
        }
        assert_eq!((task.ok, task.files().len()), (true, 1), "{provider}: {task:?}");
        let cancelled = asker.cancel_task(&task_id, Some(&model)).await;
        assert_eq!((cancelled.ok, cancelled.error_code), (false, Some(ErrorCode::Unsupported)), "{provider}: {cancelled:?}");
        let nobody = asker.get_status("no_such_task", Some(&model)).await;
        assert_eq!((nobody.status, nobody.error_code), (Status::Unknown, Some(ErrorCode::TaskNotFound)), "{provider}: {nobody:?}");
        assert!(asker.tasks(&gentask::TaskFilter::default()).await.unwrap().records.is_empty());
        assert_eq!(server.stats().of(provider).submits(), 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_task_that_is_not_stored_is_cancelled_by_its_id() {
    let server = slow_films(60_000, []);
    let made = submit(&client(&server, "aivideomaker", &memory()), "").await.unwrap();
    let asker = client(&server, "aivideomaker", &memory());
    let reply = asker.cancel_task(made.task_id().unwrap(), None).await;
    assert_eq!((reply.ok, reply.status, reply.error_code), (true, Status::Cancelled, None), "{reply:?}");
    let nobody = asker.cancel_task("no_such_task", None).await;
    assert_eq!((nobody.ok, nobody.error_code), (false, Some(ErrorCode::TaskNotFound)), "{nobody:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_four_operations_answer_every_mistake_with_a_reply() {
    let server = sandbox("apixo", []);
    let client = client(&server, "apixo", &memory());
    let mut bad = job("apixo");
    bad.input["mode"] = "no-such-mode".into();
    let reply = client.create_generation(&bad, &SubmitOptions::default()).await;
    assert_eq!((reply.status, reply.error_code), (Status::Failed, Some(ErrorCode::InvalidPayload)));
    assert!(reply.data["violations"].as_array().is_some_and(|all| !all.is_empty()));
    // APIXO's status call names the model: without it there is nothing to ask.
    for reply in [client.get_status("t", None).await, client.get_task("t", None).await] {
        assert_eq!((reply.ok, reply.error_code), (false, Some(ErrorCode::InvalidModel)), "{reply:?}");
    }
    // A stored task's model is known.
    let made = client.create_generation(&job("apixo"), &SubmitOptions::default()).await;
    assert!(client.get_status(made.task_id.as_deref().unwrap(), None).await.ok);
    let keyless = builder(Contract::built_in("apixo").unwrap(), server.base_url("apixo"), &memory())
        .key(KeySource::Env("GENTASK_TEST_NO_SUCH_VARIABLE".to_owned()))
        .build()
        .unwrap();
    let before = server.stats().of("apixo").requests;
    for reply in [
        keyless.create_generation(&job("apixo"), &with_key("k")).await,
        keyless.get_status("t", Some("nano-banana")).await,
        keyless.get_task("t", Some("nano-banana")).await,
    ] {
        assert_eq!((reply.ok, reply.error_code), (false, Some(ErrorCode::AuthFailed)), "{reply:?}");
        assert!(reply.error_message.unwrap().contains("GENTASK_TEST_NO_SUCH_VARIABLE"));
    }
    assert_eq!(server.stats().of("apixo").requests, before);
    assert!(keyless.tasks(&gentask::TaskFilter::default()).await.unwrap().records.is_empty(), "nothing was stored");
}

#[tokio::test(flavor = "multi_thread")]
async fn one_shot_reads_are_tried_again_as_often_as_the_client_says() {
    let server = sandbox("apidot", [Rule::every(Target::Status, status(500))]);
    for (retries, asked) in [(0, 1), (1, 2)] {
        let contract = Contract::built_in("apidot").unwrap();
        let client = builder(contract, server.base_url("apidot"), &memory()).max_read_retries(retries).build().unwrap();
        let before = server.stats().of("apidot").arrived(Target::Status);
        let reply = client.get_status("t", None).await;
        assert_eq!((reply.status, reply.error_code), (Status::Unknown, Some(ErrorCode::UpstreamError)), "{reply:?}");
        assert_eq!(server.stats().of("apidot").arrived(Target::Status) - before, asked);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_account_is_read_where_there_is_such_a_call() {
    let server = sandbox("aivideomaker", [Rule::nth(Target::Account, 1, status(500)), Rule::nth(Target::List, 1, Fault::EmptyBody)]);
    let client = client(&server, "aivideomaker", &memory());
    client.account().await.unwrap();
    let task = submit(&client, "").await.unwrap();
    let listed = client.remote_tasks().await;
    let listed = match listed {
        Ok(listed) => listed,
        Err(_) => client.remote_tasks().await.unwrap(),
    };
    assert!(listed.iter().any(|one| Some(one.task_id.as_str()) == task.task_id()), "{listed:?}");
    let apidot = builder(Contract::built_in("apidot").unwrap(), server.base_url("apidot"), &memory()).build().unwrap();
    assert_eq!(apidot.account().await.unwrap_err().code(), ErrorCode::Unsupported);
}
