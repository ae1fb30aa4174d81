//! Many tasks at once: one task per caller's key however often it is delivered, few sockets, and no 429 of our own making.

mod common;

use common::{KEY, builder, client, first_submit, job, job_with, like_apixo, memory, sandbox, sandbox_of, status_of, submit, with_key};
use gentask::core::Polls;
use gentask::http::HttpOptions;
use gentask::store::{Filter, SqliteStore, Store};
use gentask::{
    Client, Clock, Contract, ErrorCode, Failure, Many, Order, Ordered, Phase, Status, SubmitOptions, TaskFilter, TaskHandle, Wait,
};
use gentask_sandbox::{Fault, Rule, SandboxOptions, SandboxRequest, Script, Server, ServerConfig, Target};
use gentask_tests::records::with;
use serde_json::json;
use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;
use tokio::task::JoinSet;

fn sqlite(folder: &tempfile::TempDir) -> Arc<dyn Store> {
    Arc::new(SqliteStore::open(folder.path().join("tasks.db")).unwrap())
}

/// The same submit a hundred times at once, by several clients in turn.
async fn a_hundred_times(clients: &[Client], options: &SubmitOptions) -> Vec<Result<TaskHandle, Failure>> {
    let mut all = JoinSet::new();
    for client in clients.iter().cycle().take(100) {
        let (client, options) = (client.clone(), options.clone());
        all.spawn(async move { client.submit(&job("apixo"), &options).await });
    }
    all.join_all().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_delivered_a_hundred_times_at_once_makes_one_task() {
    let folder = tempfile::tempdir().unwrap();
    let server = sandbox("apixo", [first_submit(Fault::DelayMs { ms: 100 })]);
    // Two clients with a store of their own on one file, as two processes have.
    let clients = [client(&server, "apixo", &sqlite(&folder)), client(&server, "apixo", &sqlite(&folder))];
    let handles = a_hundred_times(&clients, &with_key("order-42")).await;
    let intents: BTreeSet<_> = handles.iter().map(|handle| handle.as_ref().unwrap().intent_id().to_owned()).collect();
    let tasks: BTreeSet<_> = handles.iter().map(|handle| handle.as_ref().unwrap().task_id().map(str::to_owned)).collect();
    assert_eq!((handles.len(), intents.len(), tasks.len()), (100, 1, 1));
    assert!(tasks.first().unwrap().is_some());
    assert_eq!((server.stats().of("apixo").submits(), server.stats().of("apixo").tasks), (1, 1));
    // And again much later, when it has ended.
    handles.into_iter().next().unwrap().unwrap().wait(Wait::default()).await.unwrap();
    let again = clients[1].submit(&job("apixo"), &with_key("order-42")).await.unwrap();
    assert_eq!(again.wait(Wait::default()).await.unwrap().status, Status::Success);
    assert_eq!(server.stats().of("apixo").submits(), 1);
    // Another key, another account, or another provider is another task.
    let other = builder(clients[0].contract().clone(), clients[0].base_url(), clients[0].store()).account("second").build().unwrap();
    for handle in [other.submit(&job("apixo"), &with_key("order-42")).await, clients[0].submit(&job("apixo"), &with_key("order-43")).await]
    {
        assert!(!intents.contains(handle.unwrap().intent_id()));
    }
    assert_eq!(server.stats().of("apixo").submits(), 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_with_another_body_is_refused_and_says_whose_it_is() {
    let server = sandbox("apixo", []);
    let client = client(&server, "apixo", &memory());
    let task = client.submit(&job("apixo"), &with_key("k")).await.unwrap();
    let mut other_model = job("apixo");
    other_model.model = "nano-banana-2".to_owned();
    let mut other_option = with_key("k");
    other_option.options.insert("provider".to_owned(), json!("value"));
    let others = [(job_with("apixo", "blue"), with_key("k")), (other_model, with_key("k")), (job("apixo"), other_option)];
    for (generation, options) in others {
        let failure = client.submit(&generation, &options).await.err().unwrap();
        assert_eq!(failure.code(), ErrorCode::InvalidPayload, "{failure}");
        assert!(failure.to_string().contains(task.intent_id()), "{failure}");
    }
    assert_eq!(server.stats().of("apixo").submits(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_redelivered_key_tells_the_same_end_again() {
    for (fault, code) in [
        (Fault::ResetAfterBody, ErrorCode::SubmitUnknown),
        (status_of(400, json!({"code": 400, "message": "bad"})), ErrorCode::InvalidPayload),
    ] {
        let server = sandbox("apixo", [first_submit(fault)]);
        let client = client(&server, "apixo", &memory());
        let failures = a_hundred_times(std::slice::from_ref(&client), &with_key("k")).await;
        let codes: BTreeSet<_> = failures.iter().map(|failure| failure.as_ref().err().unwrap().code()).collect();
        assert_eq!((codes.into_iter().collect::<Vec<_>>(), server.stats().of("apixo").submits()), (vec![code], 1));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_redelivered_under_a_tight_limit_wastes_no_turn_of_the_others() {
    // Sixty submits a minute, half of them steadily: a turn lost to each of the hundred would hold the next submit back for minutes.
    let contract = like_apixo(|source| {
        source["id"] = json!("tight");
        source["limits"]["submitPerMin"] = json!(60);
    });
    let server = sandbox_of(&contract, SandboxOptions { submit_per_min: Some(0), ..SandboxOptions::default() });
    let folder = tempfile::tempdir().unwrap();
    let client = builder(contract, server.base_url("tight"), &sqlite(&folder)).build().unwrap();
    let handles = a_hundred_times(std::slice::from_ref(&client), &with_key("k")).await;
    assert!(handles.iter().all(Result::is_ok));
    assert_eq!(server.stats().of("tight").submits(), 1);
    let next = client.submit(&job("apixo"), &SubmitOptions::default()).await.unwrap().record().await.unwrap();
    let waited = next.at().first_sent.unwrap() - next.at().created;
    assert!(waited < 5_000, "the next submit was held for {waited} ms");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thousand_tasks_at_once_all_finish_over_few_sockets() {
    let folder = tempfile::tempdir().unwrap();
    let options = SandboxOptions { read_per_min: Some(0), ..SandboxOptions::default() };
    let server = common::sandbox_with("apixo", options.with_task_ms(500));
    let contract = Contract::built_in("apixo").unwrap();
    let polls = Polls { initial_ms: Some(700), factor_pct: Some(100), cap_ms: Some(700), by_contract: false };
    let client = builder(contract, server.base_url("apixo"), &sqlite(&folder)).poll(polls).timeout(Duration::from_mins(1)).build().unwrap();
    let mut all = JoinSet::new();
    for _ in 0..1_000 {
        let client = client.clone();
        all.spawn(async move { submit(&client, "").await?.wait(Wait::default()).await });
    }
    let ended = all.join_all().await;
    let failed: Vec<String> = ended.iter().filter_map(|one| one.as_ref().err().map(ToString::to_string)).collect();
    assert_eq!((ended.len(), failed.len()), (1_000, 0), "{failed:?}");
    let ids: BTreeSet<_> = ended.into_iter().map(|reply| reply.unwrap().task_id).collect();
    let stats = server.stats();
    assert_eq!((ids.len(), stats.of("apixo").submits(), stats.of("apixo").tasks), (1_000, 1_000, 1_000));
    // At most 32 requests are in flight. Beside the connections of as many submits as many of polls may be open and idle, and a few
    // that the server has not closed yet.
    assert!(stats.connections_most <= 72, "{} connections at once", stats.connections_most);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_submit_that_queues_behind_others_is_not_counted_as_sent() {
    // Its lease would run out while it waits, and another process would take it for lost.
    let server = sandbox("apixo", [Rule::every(Target::Submit, Fault::DelayMs { ms: 20 })]);
    let http = HttpOptions { gate: 2, ..HttpOptions::default() };
    let client = builder(Contract::built_in("apixo").unwrap(), server.base_url("apixo"), &memory()).http(http).build().unwrap();
    let mut all = JoinSet::new();
    for _ in 0..50 {
        let client = client.clone();
        all.spawn(async move { submit(&client, "").await.map(|_| ()) });
    }
    let mut most = 0;
    while !all.is_empty() {
        let submitting = Filter { phases: Some(vec![Phase::Submitting]), ..Filter::default() };
        most = most.max(client.store().count(&submitting).await.unwrap());
        while let Some(done) = all.try_join_next() {
            done.unwrap().unwrap();
        }
        tokio::task::yield_now().await;
    }
    assert!((1..=2).contains(&most), "{most} submits at once");
    assert_eq!(server.stats().of("apixo").submits(), 50);
}

/// A contract like APIXO's that allows so many reads a minute.
fn paced(read_per_min: u64) -> Contract {
    like_apixo(|source| {
        source["id"] = json!("paced");
        source["limits"]["readPerMin"] = json!(read_per_min);
    })
}

/// Tasks that the provider made and a store that has them as a restarted process finds them. Made without HTTP, which is not the point.
async fn waiting_tasks(server: &Server, client: &Client, count: usize) {
    let pattern = client.submit(&job("apixo"), &SubmitOptions::default()).await.unwrap().record().await.unwrap();
    let body = json!({"request_type": "async", "input": job("apixo").input});
    let request = SandboxRequest::new("POST", "/api/v1/generateTask/nano-banana")
        .with_header("authorization", &format!("Bearer {KEY}"))
        .with_json(&body);
    let now = server.now();
    let ids = server.with("paced", |provider| {
        let made = (1..count).map(|_| provider.answer(&request, now).to_json()["data"]["taskId"].as_str().unwrap().to_owned());
        made.collect::<Vec<_>>()
    });
    let mut saves = Vec::new();
    for (number, id) in ids.unwrap().into_iter().enumerate() {
        let intent_id = format!("{}{number:012x}", &pattern.intent_id()[..24]);
        let own = json!({"version": 1, "intentId": intent_id, "taskId": id, "seed": format!("{number:016x}")});
        let record = with(&pattern, own);
        saves.push(client.store().save(&record, &[], 0, false));
    }
    for save in saves {
        let _ = save.await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn ten_thousand_tasks_are_resumed_without_a_429_of_our_own_making() {
    // At APIXO's own schedule they would be polled hundreds of times a second; 600 reads a minute are allowed, and the provider's
    // window is a real minute. Four seconds of that show it: without pacing all 10,000 would ask at once and 9,400 be refused.
    let folder = tempfile::tempdir().unwrap();
    let contract = paced(600);
    let server = sandbox_of(&contract, SandboxOptions::default().with_task_ms(300));
    let client = builder(contract, server.base_url("paced"), &sqlite(&folder)).build().unwrap();
    waiting_tasks(&server, &client, 10_000).await;
    let resumed = client.resume(10_000, Some(Duration::from_secs(4)), |_| {});
    let meanwhile = async {
        // Neither a new submit nor a single read is starved by those who wait.
        let task = client.submit(&job("apixo"), &SubmitOptions::default()).await.unwrap();
        client.get_status(task.task_id().unwrap(), None).await
    };
    tokio::pin!(resumed);
    tokio::select! {
        _ = &mut resumed => panic!("ten thousand were faster than one"),
        reply = meanwhile => assert!(reply.ok, "{reply:?}"),
    }
    let ended = resumed.await.unwrap();
    let count = |wanted| ended.iter().filter(|one| one.reply.as_ref().is_ok_and(|reply| reply.error_code == wanted)).count();
    let (done, waiting) = (count(None), count(Some(ErrorCode::WaitTimeout)));
    // The new task may have been listed too.
    assert!(done + waiting == ended.len() && ended.len() >= 10_000, "{done} ended, {waiting} wait, of {}", ended.len());
    let stats = server.stats().of("paced");
    assert_eq!(stats.limited, 0, "{stats:?}");
    assert!(done >= 12 && stats.arrived(Target::Status) <= 600, "{done} ended: {stats:?}");
    let stored = Filter { phases: Some(vec![Phase::Waiting]), ..Filter::default() };
    assert_eq!(client.store().count(&stored).await.unwrap(), 10_001 - done as u64, "none is lost");
    // The turns that they did not take are free again: one of those that wait has its own within seconds, not within half an hour.
    let waiting = client.tasks(&TaskFilter { unfinished: true, limit: Some(1), ..TaskFilter::default() }).await.unwrap();
    let task = client.task(waiting.records[0].intent_id()).await.unwrap();
    assert_eq!(task.wait(Wait::of(Duration::from_secs(10))).await.unwrap().status, Status::Success);
    assert_eq!(server.stats().of("paced").limited, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thousand_tasks_are_driven_to_their_end_within_the_limit() {
    // Sixty times faster, a minute of the provider is a second: 400 reads in each. The client is told the same limit in real minutes.
    let folder = tempfile::tempdir().unwrap();
    let contract = paced(24_000);
    let options = SandboxOptions { read_per_min: Some(400), ..SandboxOptions::default() };
    let config = ServerConfig::new([contract.source().clone()]).with_options("paced", options.with_script(Script::default()));
    let server = Server::start(config.with_speed(60)).unwrap();
    let client = builder(contract, server.base_url("paced"), &sqlite(&folder)).timeout(Duration::from_mins(1)).build().unwrap();
    waiting_tasks(&server, &client, 1_000).await;
    let ended = client.resume(1_000, None, |_| {}).await.unwrap();
    assert!(ended.iter().all(|one| one.reply.as_ref().is_ok_and(|reply| reply.status == Status::Success)));
    let stats = server.stats().of("paced");
    assert_eq!((ended.len(), stats.limited), (1_000, 0), "{stats:?}");
    assert!(stats.arrived(Target::Status) > 800, "more than the two windows' worth: {stats:?}");
    let unfinished = client.tasks(&TaskFilter { unfinished: true, ..TaskFilter::default() }).await.unwrap();
    assert!(unfinished.records.is_empty());
}

/// Forty orders, each under its own key; one is refused, one fails at the provider.
fn album() -> impl Iterator<Item = Order> {
    (0..40).map(|number| {
        let mut generation = job_with("apixo", if number == 7 { "[fail] 7" } else { "a page" });
        if number == 3 {
            generation.input = json!({});
        }
        Order { generation, options: with_key(&format!("album/{number}")) }
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn many_orders_go_on_when_one_fails_and_are_paid_once_when_begun_again() {
    let folder = tempfile::tempdir().unwrap();
    let server = sandbox("apixo", []);
    let client = client(&server, "apixo", &sqlite(&folder));
    let run = async |how| {
        let mut all: Vec<Ordered> = Vec::new();
        client.orders(how).all(album(), |ordered| all.push(ordered)).await;
        all.sort_by_key(|ordered| ordered.index);
        all
    };
    let first = run(Many { at_once: 5, ..Many::default() }).await;
    assert_eq!(first.iter().map(|ordered| ordered.index).collect::<Vec<_>>(), (0..40).collect::<Vec<_>>());
    for ordered in &first {
        let code = ordered.reply.as_ref().err().map(Failure::code);
        let expected = match ordered.index {
            3 => Some(ErrorCode::InvalidPayload),
            7 => Some(ErrorCode::GenerationFailed),
            _ => None,
        };
        assert_eq!((code, ordered.task.is_some()), (expected, ordered.index != 3), "{ordered:?}");
    }
    assert_eq!(server.stats().of("apixo").submits(), 39);
    // A process that died half-way begins the whole again: what is there is taken up, and nothing is paid twice.
    let again = run(Many { waits: false, ..Many::default() }).await;
    let intent = |ordered: &Ordered| ordered.task.as_ref().map(|task| task.intent_id().to_owned());
    assert_eq!(again.iter().map(intent).collect::<Vec<_>>(), first.iter().map(intent).collect::<Vec<_>>());
    assert_eq!(server.stats().of("apixo").submits(), 39);
}

#[tokio::test(flavor = "multi_thread")]
async fn no_more_orders_are_under_way_than_there_are_places() {
    let server = sandbox("apixo", []);
    let client = client(&server, "apixo", &memory());
    let mut orders = client.orders(Many { at_once: 3, ..Many::default() });
    let mut album = album();
    for number in 0..3 {
        assert!(orders.has_place());
        assert_eq!(orders.give(album.next().unwrap()), (number, Some(format!("album/{number}"))));
    }
    assert!(!orders.has_place());
    orders.next().await.unwrap();
    assert!(orders.has_place());
    orders.give(album.next().unwrap());
    // What was sent is saved, also where nobody hears of it any more.
    drop(orders);
    client.settled().await;
    let kept = client.tasks(&TaskFilter::default()).await.unwrap().records;
    let accepted = kept.iter().filter(|record| record.task_id().is_some()).count();
    assert_eq!(u64::try_from(accepted).unwrap(), server.stats().of("apixo").submits());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_batch_that_is_begun_again_with_more_orders_in_another_sequence_pays_for_the_new_ones_alone() {
    let server = sandbox("apixo", []);
    let client = client(&server, "apixo", &memory());
    let order = |prompt: &str| Order { generation: job_with("apixo", prompt), options: SubmitOptions::default() };
    let run = async |prompts: &[&str]| {
        let mut keys = Vec::new();
        let how = Many { batch: Some("album".to_owned()), ..Many::default() };
        client.orders(how).all(prompts.iter().map(|prompt| order(prompt)), |ordered| keys.push(ordered.key.unwrap())).await;
        keys.sort();
        keys
    };
    let first = run(&["a fox", "a hen", "a hen"]).await;
    assert_eq!((first.len(), server.stats().of("apixo").submits()), (3, 3), "two that are alike are two pictures");
    let again = run(&["a cow", "a hen", "a fox", "a hen"]).await;
    assert_eq!(server.stats().of("apixo").submits(), 4);
    assert!(first.iter().all(|key| again.contains(key)) && again.len() == 4, "{first:?} {again:?}");
    // The same order of two owners is one of each, in whatever sequence.
    let of = |owner: &str| Order { options: SubmitOptions { owner: Some(owner.to_owned()), ..SubmitOptions::default() }, ..order("a cat") };
    for owners in [["ann", "ben"], ["ben", "ann"]] {
        let how = Many { batch: Some("album".to_owned()), ..Many::default() };
        client.orders(how).all(owners.map(of), |ordered| assert!(ordered.reply.is_ok())).await;
    }
    assert_eq!(server.stats().of("apixo").submits(), 6);
}

/// A store that counts how often a record is read.
#[derive(Default)]
struct Counting {
    inner: gentask::store::MemoryStore,
    loads: std::sync::atomic::AtomicUsize,
}

type Answer<'a, T> = gentask::BoxFuture<'a, Result<T, gentask::store::StoreError>>;

impl Store for Counting {
    fn load(&self, intent_id: &str) -> Answer<'_, Option<gentask::TaskRecord>> {
        self.loads.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
        self.inner.load(intent_id)
    }

    fn find(&self, by: &gentask::store::Find) -> Answer<'_, Vec<gentask::TaskRecord>> {
        self.inner.find(by)
    }

    fn save(
        &self,
        record: &gentask::TaskRecord,
        blobs: &[gentask::core::Blob],
        expected: u64,
        fence: bool,
    ) -> Answer<'_, gentask::store::Saved> {
        self.inner.save(record, blobs, expected, fence)
    }

    fn list(&self, filter: &Filter) -> Answer<'_, gentask::store::Listing> {
        self.inner.list(filter)
    }

    fn blob(&self, intent_id: &str, name: &str) -> Answer<'_, Option<Vec<u8>>> {
        self.inner.blob(intent_id, name)
    }

    fn meta(&self, name: &str) -> Answer<'_, Option<String>> {
        self.inner.meta(name)
    }

    fn set_meta(&self, name: &str, value: &str, only_if_absent: bool) -> Answer<'_, String> {
        self.inner.set_meta(name, value, only_if_absent)
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_hundreds_that_wait_most_are_parked_and_none_is_polled_more_often() {
    const TASKS: usize = 400;
    let clock = Clock::manual(1_700_000_000_000);
    clock.stand_still();
    let options = SandboxOptions { read_per_min: Some(0), submit_per_min: Some(0), ..SandboxOptions::default() };
    let server = common::sandbox_with("apixo", options.with_task_ms(1));
    let store = Arc::new(Counting::default());
    let shared: Arc<dyn Store> = Arc::clone(&store) as Arc<dyn Store>;
    let polls = Polls { initial_ms: Some(5_000), factor_pct: Some(100), cap_ms: Some(5_000), by_contract: false };
    let client =
        builder(Contract::built_in("apixo").unwrap(), server.base_url("apixo"), &shared).poll(polls).clock(&clock).build().unwrap();
    let mut all = JoinSet::new();
    for _ in 0..TASKS {
        let client = client.clone();
        all.spawn(async move { submit(&client, "").await?.wait(Wait::of(Duration::from_mins(10))).await });
    }
    let arrived = || server.stats().of("apixo").arrived(Target::Status);
    let mut ended = Vec::new();
    let (mut read, mut wanted) = (None, 0);
    while !all.is_empty() {
        while let Some(done) = all.try_join_next() {
            ended.push(done.unwrap().unwrap());
        }
        // Whoever is not asleep is under way, and takes a moment; each polls once in six seconds.
        if clock.sleepers() == all.len() && arrived() >= wanted {
            read.get_or_insert_with(|| store.loads.load(std::sync::atomic::Ordering::SeqCst));
            wanted = arrived() + all.len() as u64;
            clock.advance(Duration::from_secs(6));
        }
        tokio::task::yield_now().await;
    }
    assert!(ended.iter().all(|reply| reply.status == Status::Success) && ended.len() == TASKS);
    let records = client.tasks(&TaskFilter::default()).await.unwrap().records;
    let polls: u64 = records.iter().map(|record| record.attempts().polls).sum();
    assert_eq!((records.len(), polls), (TASKS, arrived()));
    // Each was read when its wait began; those that were parked were read again.
    let again = store.loads.load(std::sync::atomic::Ordering::SeqCst) - read.unwrap();
    assert!(again >= TASKS / 4, "{again} of {TASKS} were parked");
}
