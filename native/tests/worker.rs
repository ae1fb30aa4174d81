//! Workers in the background, over real HTTP and a real file: they share the work, pass it on, and tell of each end until it was dealt with.

#[allow(unused_imports, reason = "each test binary uses a part of it")]
mod common;

use common::{builder, client, memory, sandbox, sandbox_with, submit};
use gentask::store::{SqliteOptions, SqliteStore, Store};
use gentask::{Client, Clock, Contract, Failure, Phase, Status, TaskFilter, Worker};
use gentask_sandbox::{SandboxOptions, Server, Target};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinHandle;

/// A worker that runs until it is told to stop.
struct Running {
    stop: oneshot::Sender<()>,
    worker: JoinHandle<Result<(), Failure>>,
}

impl Running {
    fn start(client: &Client, worker: Worker) -> Self {
        let (stop, stopped) = oneshot::channel::<()>();
        let client = client.clone();
        let worker = tokio::spawn(async move { client.run(worker, async { drop(stopped.await) }).await });
        Self { stop, worker }
    }

    async fn stop(self) {
        drop(self.stop);
        self.worker.await.unwrap().unwrap();
    }
}

/// A store of its own on a file, as another process has it.
fn open(path: &Path) -> Arc<dyn Store> {
    Arc::new(SqliteStore::open_with(path, &SqliteOptions::default()).unwrap())
}

fn at(server: &Server, path: &Path) -> Client {
    client(server, "apixo", &open(path))
}

/// Hears of every end once, and says whether it has dealt with it.
fn hears(answers: impl Fn(&str) -> bool + Send + Sync + 'static) -> (Worker, mpsc::UnboundedReceiver<(String, Status)>) {
    let (send, heard) = mpsc::unbounded_channel();
    let on_settled: gentask::SettledListener = Arc::new(move |notice| {
        let intent = notice.record.intent_id().to_owned();
        let done = answers(&intent);
        send.send((intent, notice.reply.status)).unwrap();
        Box::pin(std::future::ready(done))
    });
    (Worker { on_settled: Some(on_settled), ..Worker::default() }, heard)
}

#[tokio::test(flavor = "multi_thread")]
async fn four_workers_on_one_file_ask_as_often_as_one_and_tell_of_each_end_once() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("tasks.db");
    let options = SandboxOptions { read_per_min: Some(0), submit_per_min: Some(0), concurrent: Some(0), ..SandboxOptions::default() };
    let server = sandbox_with("apixo", options.with_task_ms(300));
    let (mut running, told) = (Vec::new(), Arc::new(Mutex::new(Vec::new())));
    for _ in 0..4 {
        let (worker, mut heard) = hears(|_| true);
        running.push(Running::start(&at(&server, &path), worker));
        let told = Arc::clone(&told);
        tokio::spawn(async move {
            while let Some(end) = heard.recv().await {
                told.lock().unwrap().push(end);
            }
        });
    }
    // They are new to the workers, whose first look was at an empty store.
    let orders = at(&server, &path);
    for _ in 0..30 {
        submit(&orders, "").await.unwrap();
    }
    while told.lock().unwrap().len() < 30 {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    for worker in running {
        worker.stop().await;
    }
    let mut ends = told.lock().unwrap().clone();
    ends.sort();
    ends.dedup();
    assert_eq!((ends.len(), told.lock().unwrap().len()), (30, 30), "each end is told once");
    assert!(ends.iter().all(|(_, status)| *status == Status::Success));
    let records = orders.tasks(&TaskFilter::default()).await.unwrap().records;
    let counted: u64 = records.iter().map(|record| record.attempts().polls).sum();
    let asked = server.stats().of("apixo").arrived(Target::Status);
    assert_eq!(asked, counted, "a poll that two made is counted by one record only");
    assert_eq!(server.stats().of("apixo").submits(), 30);
    assert!(orders.notices(None).await.unwrap().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_worker_that_stops_gives_its_claims_back_and_another_one_goes_on_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("tasks.db");
    let server = sandbox("apixo", []);
    let first = at(&server, &path);
    let task = submit(&first, "[stuck]").await.unwrap();
    let running = Running::start(&first, Worker::default());
    let claimed = loop {
        let record = task.record().await.unwrap();
        if record.lease().is_some() {
            break record;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    };
    assert_eq!(claimed.phase(), Phase::Waiting);
    let second = at(&server, &path);
    let polls = |server: &Server| server.stats().of("apixo").arrived(Target::Status);
    running.stop().await;
    assert_eq!(task.record().await.unwrap().lease(), None);
    let before = polls(&server);
    let running = Running::start(&second, Worker::default());
    while polls(&server) == before {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_claim_is_left_alone_until_its_lease_is_over() {
    let server = sandbox("apixo", []);
    let store = memory();
    let clock = Clock::manual(1_700_000_000_000);
    clock.stand_still();
    let with_clock = || builder(Contract::built_in("apixo").unwrap(), server.base_url("apixo"), &store).clock(&clock).build().unwrap();
    let (first, second) = (with_clock(), with_clock());
    let task = submit(&first, "[stuck]").await.unwrap();
    let running = Running::start(&first, Worker::default());
    clock.advance(Duration::from_secs(1));
    let record = loop {
        let record = task.record().await.unwrap();
        if record.at().checked.is_some() {
            break record;
        }
        tokio::task::yield_now().await;
    };
    // It is dropped as a process is that dies: nothing is given back.
    running.worker.abort();
    assert!(running.worker.await.unwrap_err().is_cancelled());
    let lease = record.lease().unwrap().until;
    let asked = || server.stats().of("apixo").arrived(Target::Status);
    let before = asked();
    let other = second.task(task.intent_id()).await.unwrap();
    while clock.now() + 1_000 < lease {
        clock.advance(Duration::from_secs(1));
        other.check(false).await.unwrap();
    }
    assert_eq!(asked(), before, "it is somebody else's");
    other.check(true).await.unwrap();
    assert_eq!(asked(), before + 1, "but who insists takes it over");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_end_is_told_again_until_it_was_dealt_with() {
    let server = sandbox("apixo", []);
    let store = memory();
    let clock = Clock::manual(1_700_000_000_000);
    let client = builder(Contract::built_in("apixo").unwrap(), server.base_url("apixo"), &store).clock(&clock).build().unwrap();
    // One ends before any worker is there, one fails, one is refused.
    let early = submit(&client, "").await.unwrap();
    early.wait(gentask::Wait::default()).await.unwrap();
    let failing = submit(&client, "[fail]").await.unwrap();
    let tries = Arc::new(Mutex::new(BTreeMap::<String, usize>::new()));
    let counted = Arc::clone(&tries);
    let (worker, mut heard) = hears(move |intent| {
        let count = {
            let mut tries = counted.lock().unwrap();
            let count = tries.entry(intent.to_owned()).or_default();
            *count += 1;
            *count
        };
        assert!(count != 2, "what panics is told again, too");
        count == 3
    });
    let running = Running::start(&client, worker);
    let mut ends = BTreeMap::new();
    while tries.lock().unwrap().values().filter(|count| **count == 3).count() < 2 {
        let (intent, status) = heard.recv().await.unwrap();
        ends.insert(intent, status);
    }
    running.stop().await;
    assert_eq!(ends, BTreeMap::from([(early.intent_id().to_owned(), Status::Success), (failing.intent_id().to_owned(), Status::Failed)]));
    assert!(client.notices(None).await.unwrap().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_task_that_cannot_be_gone_on_with_is_told_and_rests() {
    let server = sandbox("apixo", []);
    let store = memory();
    let right = client(&server, "apixo", &store);
    let task = submit(&right, "[stuck]").await.unwrap();
    let other = builder(Contract::built_in("apixo").unwrap(), "http://127.0.0.1:9/elsewhere", &store).build().unwrap();
    let told = Arc::new(Mutex::new(Vec::new()));
    let heard = Arc::clone(&told);
    let on_reply: gentask::ReplyListener = Arc::new(move |resumed| heard.lock().unwrap().push(format!("{:?}", resumed.reply)));
    let running = Running::start(&other, Worker { on_reply: Some(on_reply), ..Worker::default() });
    while told.lock().unwrap().is_empty() {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    running.stop().await;
    let told = told.lock().unwrap();
    assert!(told[0].contains("must be read from that base URL") && told[0].contains(task.intent_id()), "{told:?}");
    assert_eq!(told.len(), 1, "{told:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cancel_beside_a_worker_is_sent_once() {
    let server = sandbox("aivideomaker", []);
    let store = memory();
    let (worker, people) = (client(&server, "aivideomaker", &store), client(&server, "aivideomaker", &store));
    let running = Running::start(&worker, Worker::default());
    let mut cancels = tokio::task::JoinSet::new();
    // Few: the contract lets a client ask seldom.
    for _ in 0..3 {
        let task = submit(&people, "[stuck]").await.unwrap();
        cancels.spawn(async move { task.cancel().await });
    }
    while let Some(cancelled) = cancels.join_next().await {
        assert_eq!(cancelled.unwrap().unwrap().status, Status::Cancelled);
    }
    running.stop().await;
    assert_eq!(server.stats().of("aivideomaker").arrived(Target::Cancel), 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_panicking_listener_heard_of_is_told_all_the_same() {
    let server = sandbox("apixo", []);
    let store = memory();
    let client = client(&server, "apixo", &store);
    let (worker, mut heard) = hears(|_| true);
    let on_reply: gentask::ReplyListener = Arc::new(|_| panic!("a listener"));
    let running = Running::start(&client, Worker { on_reply: Some(on_reply), ..worker });
    let task = submit(&client, "").await.unwrap();
    assert_eq!(heard.recv().await, Some((task.intent_id().to_owned(), Status::Success)));
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_next_worker_of_a_client_takes_all_that_a_dropped_one_had_in_hand() {
    let server = sandbox("apixo", []);
    let store = memory();
    let client = client(&server, "apixo", &store);
    let task = submit(&client, "").await.unwrap();
    // It is dropped while its listener deals with the end.
    let (begun, mut begins) = mpsc::unbounded_channel();
    let on_settled: gentask::SettledListener = Arc::new(move |_| {
        begun.send(()).unwrap();
        Box::pin(std::future::pending())
    });
    let running = Running::start(&client, Worker { on_settled: Some(on_settled), ..Worker::default() });
    begins.recv().await.unwrap();
    running.worker.abort();
    assert!(running.worker.await.unwrap_err().is_cancelled());
    let (worker, mut heard) = hears(|_| true);
    let running = Running::start(&client, worker);
    assert_eq!(heard.recv().await, Some((task.intent_id().to_owned(), Status::Success)));
    running.stop().await;
}
