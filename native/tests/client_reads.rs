//! What a poll tells: states, events, and what is asked meanwhile. What each answer means stands in the adversary's table.

mod common;

use common::{KEY, PROMPT, builder, client, job, limited, memory, sandbox, sandbox_with, status, submit};
use gentask::core::TaskEvent;
use gentask::{Contract, EventListener, Phase, Status, TaskRecord, Wait};
use gentask_sandbox::{Rule, SandboxOptions, Script, Server, Target};
use std::sync::{Arc, Mutex};
use std::time::Duration;

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
            intent = tasks.records.into_iter().find(|record| record.attempts().limited == 1).map(|record| record.intent_id().to_owned());
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
