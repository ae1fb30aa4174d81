//! Several processes on one store: the same task is submitted once and its result saved once, whoever dies on the way.
//!
//! A child process is this test binary again, with [`ROLE`] set: it runs the one test `child` and does what the role says.

mod common;

use common::{builder, first_submit, job, sandbox, with_key};
use gentask::store::{SqliteStore, Store};
use gentask::{Client, Contract, ErrorCode, Phase, Status, Wait};
use gentask_sandbox::{Fault, Server};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::Duration;
use tokio::task::JoinSet;

const ROLE: &str = "GENTASK_TEST_ROLE";
const BASE: &str = "GENTASK_TEST_BASE";
const STORE: &str = "GENTASK_TEST_STORE";
/// What comes before a child's answer in its output.
const ANSWER: &str = "answer: ";

fn client(base: &str, store: &Path) -> Client {
    let store: Arc<dyn Store> = Arc::new(SqliteStore::open(store).unwrap());
    builder(Contract::built_in("apixo").unwrap(), base, &store).request_timeout(Duration::from_secs(2)).build().unwrap()
}

/// Does nothing unless this process is a child.
#[tokio::test(flavor = "multi_thread")]
async fn child() {
    let Ok(role) = std::env::var(ROLE) else { return };
    let (base, store) = (std::env::var(BASE).unwrap(), std::env::var(STORE).unwrap());
    let client = client(&base, Path::new(&store));
    let (verb, what) = role.split_once(' ').unwrap();
    match verb {
        "wait" => {
            let reply = client.task(what).await.unwrap().wait(Wait::default()).await.unwrap();
            println!("{ANSWER}{}", reply.to_json());
        }
        "submit" => {
            let task = client.submit(&job("apixo"), &with_key(what)).await.unwrap();
            println!("{ANSWER}{} {}", task.intent_id(), task.task_id().unwrap());
        }
        "run" => {
            let task = client.submit(&job("apixo"), &with_key(what)).await.unwrap();
            println!("{ANSWER}{}", task.wait(Wait::default()).await.unwrap().to_json());
        }
        "flood" => {
            let mut all = JoinSet::new();
            for _ in 0..50 {
                let (client, key) = (client.clone(), with_key(what));
                all.spawn(async move { client.submit(&job("apixo"), &key).await.unwrap().intent_id().to_owned() });
            }
            let mut intents = all.join_all().await;
            intents.dedup();
            println!("{ANSWER}{}", intents.join(" "));
        }
        _ => panic!("no such role"),
    }
}

fn start(role: &str, server: &Server, store: &Path) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "child", "--nocapture"])
        .envs([(ROLE, role), (BASE, &server.base_url("apixo"))])
        .env(STORE, store)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap()
}

/// What a child says, once it has ended.
fn answer(child: Child) -> String {
    let output = child.wait_with_output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{text}");
    text.lines().find_map(|line| line.split_once(ANSWER)).unwrap_or_else(|| panic!("{text}")).1.to_owned()
}

/// Waits for something that another process does; a test that waits too long fails.
async fn until(mut holds: impl AsyncFnMut() -> bool) {
    for _ in 0..4_000 {
        if holds().await {
            return;
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    panic!("it never happened");
}

/// The only task of a store.
async fn only(client: &Client) -> gentask::TaskRecord {
    let listing = client.tasks(&gentask::TaskFilter::default()).await.unwrap();
    assert_eq!((listing.records.len(), listing.damaged.len()), (1, 0));
    listing.records.into_iter().next().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn three_processes_wait_for_one_task_and_its_end_is_saved_once() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("tasks.db");
    let server = sandbox("apixo", []);
    let client = client(&server.base_url("apixo"), &path);
    let task = common::submit(&client, "[slow]").await.unwrap();
    let role = format!("wait {}", task.intent_id());
    let children = [start(&role, &server, &path), start(&role, &server, &path)];
    let own = task.wait(Wait::default()).await.unwrap();
    assert_eq!(own.status, Status::Success);
    for child in children {
        assert_eq!(answer(child), own.to_json(), "everyone is told the same");
    }
    let events = client.store().events(task.intent_id()).await.unwrap();
    let ends = events.iter().filter(|event| event.kind == "phase" && event.data["to"] == "succeeded").count();
    assert_eq!((ends, server.stats().of("apixo").submits()), (1, 1), "{events:?}");
    assert!(task.record().await.unwrap().conflict().is_none());
}

#[tokio::test(flavor = "multi_thread")]
async fn one_process_submits_while_another_waits_for_the_same_key() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("tasks.db");
    let server = sandbox("apixo", [first_submit(Fault::DelayMs { ms: 800 })]);
    let child = start("submit order-1", &server, &path);
    until(async || server.stats().of("apixo").submits() == 1).await;
    let client = client(&server.base_url("apixo"), &path);
    assert_eq!(only(&client).await.phase(), Phase::Submitting);
    let task = client.submit(&job("apixo"), &with_key("order-1")).await.unwrap();
    assert_eq!(answer(child), format!("{} {}", task.intent_id(), task.task_id().unwrap()));
    assert_eq!((server.stats().of("apixo").submits(), server.stats().of("apixo").tasks), (1, 1));
    assert_eq!(task.wait(Wait::default()).await.unwrap().status, Status::Success);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_delivered_by_three_processes_at_once_makes_one_task() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("tasks.db");
    let server = sandbox("apixo", []);
    let children: Vec<Child> = (0..3).map(|_| start("flood order-1", &server, &path)).collect();
    let mut intents: Vec<String> = children.into_iter().map(answer).collect();
    intents.dedup();
    assert_eq!((intents.len(), server.stats().of("apixo").submits()), (1, 1), "{intents:?}");
    assert_eq!(only(&client(&server.base_url("apixo"), &path)).await.intent_id(), intents[0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_process_killed_in_the_middle_of_its_submit_leaves_an_unresolved_task() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("tasks.db");
    let server = sandbox("apixo", [first_submit(Fault::Silence { ms: 60_000 })]);
    let mut child = start("submit order-1", &server, &path);
    until(async || server.stats().of("apixo").submits() == 1).await;
    child.kill().unwrap();
    child.wait().unwrap();
    let client = client(&server.base_url("apixo"), &path);
    let task = client.task(only(&client).await.intent_id()).await.unwrap();
    // On this host the process is provably gone, so no answer is on its way, and nobody waits for the lease to end.
    assert_eq!(task.check(true).await.unwrap().status, Status::Unknown);
    assert_eq!(task.wait(Wait::of(Duration::from_millis(20))).await.unwrap_err().code(), ErrorCode::SubmitUnknown);
    let failure = client.submit(&job("apixo"), &with_key("order-1")).await.err().unwrap();
    assert_eq!((failure.code(), failure.intent_id()), (ErrorCode::SubmitUnknown, Some(task.intent_id())), "{failure}");
    assert_eq!((client.unresolved().await.unwrap().records.len(), server.stats().of("apixo").submits()), (1, 1));
    let made = server.with("apixo", |provider| provider.task_ids()[0].clone()).unwrap();
    client.adopt(task.intent_id(), &made).await.unwrap();
    assert_eq!(task.wait(Wait::default()).await.unwrap().status, Status::Success);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_process_killed_while_it_waits_loses_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("tasks.db");
    let server = sandbox("apixo", []);
    let mut child = start("run order-1", &server, &path);
    until(async || server.stats().of("apixo").arrived(gentask_sandbox::Target::Status) >= 1).await;
    child.kill().unwrap();
    child.wait().unwrap();
    let client = client(&server.base_url("apixo"), &path);
    client.resume(4, None, |_| {}).await.unwrap();
    let task = client.submit(&job("apixo"), &with_key("order-1")).await.unwrap();
    assert_eq!(task.wait(Wait::default()).await.unwrap().status, Status::Success);
    assert_eq!((server.stats().of("apixo").submits(), server.stats().of("apixo").tasks), (1, 1));
}
