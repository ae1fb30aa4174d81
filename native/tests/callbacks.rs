//! Callbacks over real HTTP: a sandbox that calls back, the axum route, and what becomes of it.

use gentask::core::client::Received;
use gentask::core::webhook::{Arrival, Secret};
use gentask::key::KeySource;
use gentask::store::{DeliveryFilter, DeliveryOutcome, MemoryStore, SqliteStore, Store};
use gentask::{CallbackOptions, Client, Contract, ErrorCode, Generation, Phase, Receiver, Status, SubmitOptions, TaskHandle, Wait};
use gentask_sandbox::{Fault, Forgery, Rule, SandboxOptions, Script, Server, ServerConfig, TEST_SECRET, Target, TestCallback};
use serde_json::json;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;

const SECRET: &str = "a-secret-of-the-tests-long-enough";

/// A sandbox, and a client that is called back by it.
struct Bench {
    server: Server,
    client: Client,
    url: String,
}

impl Bench {
    async fn new(provider: &str, speed: u32, store: Arc<dyn Store>) -> Self {
        let config = ServerConfig::built_in().with_speed(speed);
        let config = config.with_options(provider, SandboxOptions { read_per_min: Some(0), ..SandboxOptions::default() });
        let server = Server::start(config).unwrap();
        let client = client(&server, provider, store);
        let url = serve(Receiver::new([client.clone()]).unwrap()).await;
        Self { server, client, url }
    }

    async fn submit(&self) -> TaskHandle {
        let options = SubmitOptions { callback_url: Some(self.url.clone()), ..SubmitOptions::default() };
        self.client.submit(&generation(self.client.contract().id()), &options).await.unwrap()
    }
}

fn generation(provider: &str) -> Generation {
    let (model, input) = match provider {
        "apixo" => ("nano-banana", json!({"mode": "text-to-image", "prompt": "a sunset"})),
        "apidot" => ("gpt-image-2", json!({"prompt": "a fox"})),
        _ => ("t2v", json!({"prompt": "waves", "aspectRatio": "16:9", "duration": "5"})),
    };
    Generation { model: model.to_owned(), input }
}

fn client(server: &Server, provider: &str, store: Arc<dyn Store>) -> Client {
    Client::builder(Contract::built_in(provider).unwrap())
        .base_url(server.base_url(provider))
        .key(KeySource::Value(gentask::key::Secret::new("k-1")))
        .store(store)
        .callbacks(CallbackOptions { secrets: vec![Secret::new(SECRET, None)], ..CallbackOptions::default() })
        .build()
        .unwrap()
}

async fn serve(receiver: Receiver) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/hooks/gentask", listener.local_addr().unwrap());
    let app = axum::Router::new().route("/hooks/gentask", gentask::axum::callbacks(receiver));
    tokio::spawn(async move { axum::serve(listener, app).await });
    url
}

fn sqlite() -> (tempfile::TempDir, Arc<dyn Store>) {
    let folder = tempfile::tempdir().unwrap();
    let store = SqliteStore::open(folder.path().join("tasks.db")).unwrap();
    (folder, Arc::new(store))
}

/// A callback to this client as its provider would send it, with the task's own token.
fn arrival(client: &Client, task: &TaskHandle, body: &str) -> Arrival {
    let token = gentask::core::webhook::mint(&Secret::new(SECRET, None), task.intent_id()).unwrap();
    let _ = client;
    Arrival { method: "POST".into(), url: format!("/hooks/gentask?gentask={token}"), headers: vec![], body: body.as_bytes().to_vec() }
}

#[test]
fn secrets_that_can_be_guessed_and_hosts_that_are_none_are_refused_when_the_client_is_made() {
    let made = |options: CallbackOptions| {
        let builder = Client::builder(Contract::built_in("apixo").unwrap()).key(KeySource::Value(gentask::key::Secret::new("k-1")));
        builder.store(Arc::new(MemoryStore::new())).callbacks(options).build()
    };
    let secret = |text: &str| CallbackOptions { secrets: vec![Secret::new(text, None)], ..CallbackOptions::default() };
    let host = |text: &str| CallbackOptions { hosts: vec![text.to_owned()], ..CallbackOptions::default() };
    for (options, found) in [
        (secret("a-private-word"), "found 14 bytes"),
        (secret(&format!("{SECRET} a-private-word")), "as a list"),
        (host("https://hooks.example.com"), "found a URL"),
        (host(""), "found an empty text"),
        (host("*.example.com"), "found a wildcard"),
    ] {
        let failure = made(options).err().unwrap();
        let told = failure.to_string();
        assert!(failure.code() == ErrorCode::InvalidPayload && told.contains(found) && !told.contains("private"), "{told}");
    }
    assert!(made(CallbackOptions { hosts: vec!["hooks.example.com".to_owned()], ..secret(SECRET) }).is_ok());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_callback_wakes_the_wait_and_one_status_call_ends_the_task() {
    for provider in ["apixo", "apidot", "aivideomaker"] {
        let (_folder, store) = sqlite();
        let bench = Bench::new(provider, 20, store).await;
        let task = bench.submit().await;
        let record = task.record().await.unwrap();
        assert!(record.callback() && record.request().key_sha256.is_some());
        let reply = task.wait(Wait::of(Duration::from_mins(1))).await.unwrap();
        assert_eq!(reply.status, Status::Success, "{provider}");
        let record = task.record().await.unwrap();
        // The contract's schedule would have asked several times, and not before several seconds.
        assert_eq!(record.attempts().polls, 1, "{provider}");
        let stored = bench.client.deliveries(DeliveryFilter::default()).await.unwrap();
        assert_eq!(stored.len(), 1, "{provider}");
        assert_eq!(
            (stored[0].outcome, stored[0].intent_id.as_deref(), stored[0].verified),
            (DeliveryOutcome::Poke, Some(task.intent_id()), false)
        );
        let notices = bench.client.notices(None).await.unwrap();
        assert_eq!(notices.len(), 1);
        assert_eq!((notices[0].record.intent_id(), notices[0].reply.status), (task.intent_id(), Status::Success));
        assert!(bench.client.acknowledge(task.intent_id()).await.unwrap());
        assert!(!bench.client.acknowledge(task.intent_id()).await.unwrap());
        assert!(bench.client.notices(None).await.unwrap().is_empty());
        drop(bench.server);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_nobody_waits_for_is_followed_up() {
    let bench = Bench::new("apixo", 100, Arc::new(MemoryStore::new())).await;
    let task = bench.submit().await;
    // Nobody waits: the sandbox's callback alone brings the end.
    let ended = async {
        while !task.record().await.unwrap().phase().is_terminal() {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    tokio::time::timeout(Duration::from_mins(1), ended).await.unwrap();
    assert_eq!(task.record().await.unwrap().phase(), Phase::Succeeded);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_callback_is_taken_once_and_a_forged_one_never() {
    for store in [sqlite(), (tempfile::tempdir().unwrap(), Arc::new(MemoryStore::new()) as Arc<dyn Store>)] {
        let bench = Bench::new("apixo", 1, store.1).await;
        let task = bench.submit().await;
        let id = task.task_id().unwrap().to_owned();
        let body = json!({"code": 200, "data": {"taskId": id, "state": "success"}}).to_string();
        let genuine = arrival(&bench.client, &task, &body);
        let at_once = std::iter::repeat_with(|| bench.client.take(genuine.clone())).take(50);
        let receipts = futures(at_once).await;
        let of = |outcome| receipts.iter().filter(|receipt| receipt.outcome == outcome).count();
        assert_eq!((of(Received::Poke), of(Received::Duplicate)), (1, 49), "{receipts:?}");
        assert!(receipts.iter().all(|receipt| receipt.http_status == 200 && receipt.body == "ok" && receipt.token_secret == Some(0)));
        // Its body proves nothing: the task goes on.
        assert_eq!(task.record().await.unwrap().phase(), Phase::Waiting);

        let mut forged = genuine.clone();
        let last = forged.url.pop().unwrap();
        forged.url.push(if last == 'A' { 'B' } else { 'A' });
        let get = Arrival { method: "GET".into(), ..genuine.clone() };
        let bare = Arrival { url: "/hooks/gentask".into(), ..genuine.clone() };
        let giant = Arrival { body: vec![b' '; (1 << 20) + 1], ..genuine.clone() };
        for (arrival, status) in [(forged, 401), (get, 405), (bare, 401), (giant, 413)] {
            let receipt = bench.client.take(arrival).await;
            assert_eq!((receipt.http_status, receipt.outcome, receipt.intent_id), (status, Received::Refused, None));
        }
        assert_eq!(bench.client.deliveries(DeliveryFilter::default()).await.unwrap().len(), 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_many_follow_ups_at_once_one_asks() {
    let bench = Bench::new("apixo", 1, Arc::new(MemoryStore::new())).await;
    let task = bench.submit().await;
    let receipt = bench.client.take(arrival(&bench.client, &task, "{}")).await;
    assert!(receipt.follow_up, "{receipt:?}");
    let replies = futures(std::iter::repeat_with(|| bench.client.follow_up(task.intent_id())).take(20)).await;
    assert!(replies.iter().all(Result::is_ok), "{replies:?}");
    assert_eq!(task.record().await.unwrap().attempts().polls, 1);
}

async fn futures<T: Send + 'static>(all: impl Iterator<Item = impl Future<Output = T> + Send>) -> Vec<T> {
    let mut running: Vec<_> = all.map(|future| Box::pin(future)).collect();
    let mut done = Vec::new();
    std::future::poll_fn(|context| {
        running.retain_mut(|future| match future.as_mut().poll(context) {
            std::task::Poll::Ready(value) => {
                done.push(value);
                false
            }
            std::task::Poll::Pending => true,
        });
        if running.is_empty() { std::task::Poll::Ready(()) } else { std::task::Poll::Pending }
    })
    .await;
    done
}

#[tokio::test(flavor = "multi_thread")]
async fn a_receiver_finds_the_client_that_knows_the_task() {
    let store: Arc<dyn Store> = Arc::new(MemoryStore::new());
    let apidot = Bench::new("apidot", 1, Arc::clone(&store)).await;
    let apixo = Bench::new("apixo", 1, store).await;
    let elsewhere = Bench::new("apixo", 1, Arc::new(MemoryStore::new())).await;
    let receiver = Receiver::new([elsewhere.client.clone(), apidot.client.clone(), apixo.client.clone()]).unwrap();
    let (one, two) = (apidot.submit().await, apixo.submit().await);
    for (bench, task) in [(&apidot, &one), (&apixo, &two)] {
        let receipt = receiver.receive(arrival(&bench.client, task, "{}")).await;
        assert_eq!((receipt.outcome, receipt.intent_id.as_deref()), (Received::Poke, Some(task.intent_id())));
    }
    let foreign = elsewhere.submit().await;
    let known_nowhere = Receiver::new([apidot.client.clone(), apixo.client.clone()]).unwrap();
    let receipt = known_nowhere.receive(arrival(&elsewhere.client, &foreign, "{}")).await;
    assert_eq!((receipt.http_status, receipt.outcome, receipt.intent_id), (200, Received::Unknown, None));
    assert!(Receiver::new([]).is_err());
}

#[tokio::test(flavor = "multi_thread")]
async fn two_callback_urls_are_one_job_under_a_key() {
    let bench = Bench::new("apixo", 1, Arc::new(MemoryStore::new())).await;
    let with = |url: Option<String>| SubmitOptions { callback_url: url, key: Some("order-42".into()), ..SubmitOptions::default() };
    let first = bench.client.submit(&generation("apixo"), &with(Some(bench.url.clone()))).await.unwrap();
    for url in [Some(bench.url.clone()), Some(format!("{}?x=1", bench.url)), None] {
        let again = bench.client.submit(&generation("apixo"), &with(url)).await.unwrap();
        assert_eq!(again.intent_id(), first.intent_id());
    }
    let other = Generation { input: json!({"mode": "text-to-image", "prompt": "another"}), ..generation("apixo") };
    let failure = bench.client.submit(&other, &with(Some(bench.url.clone()))).await.err().unwrap();
    assert!(failure.is_key_conflict());
    assert_eq!(bench.server.stats().of("apixo").submits(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn hosts_and_stores_that_cannot_are_refused_before_anything_is_sent() {
    let bench = Bench::new("apixo", 1, Arc::new(MemoryStore::new())).await;
    let client = Client::builder(Contract::built_in("apixo").unwrap())
        .base_url(bench.server.base_url("apixo"))
        .key(KeySource::Value(gentask::key::Secret::new("k-1")))
        .store(Arc::new(MemoryStore::new()))
        .callbacks(CallbackOptions { hosts: vec!["app.example.com".into()], ..CallbackOptions::default() })
        .build()
        .unwrap();
    let options = SubmitOptions { callback_url: Some("https://other.example.com/hook".into()), ..SubmitOptions::default() };
    let failure = client.submit(&generation("apixo"), &options).await.err().unwrap();
    assert_eq!(failure.code(), ErrorCode::InvalidPayload, "{failure}");
    assert_eq!(bench.server.stats().of("apixo").submits(), 0);
}

/// A contract whose provider signs, and a sandbox of it with these rules for its callbacks.
fn signing(rules: Vec<Rule>, speed: u32) -> (Contract, Server) {
    let contract = Contract::load(include_bytes!("../../tests/contracts/replicate.json")).unwrap();
    let mut config = ServerConfig::built_in().with_speed(speed);
    config.contracts.push(contract.source().clone());
    let options = SandboxOptions { read_per_min: Some(0), ..SandboxOptions::default() }.with_script(Script::of(rules));
    let server = Server::start(config.with_options("replicate", options)).unwrap();
    (contract, server)
}

fn signed_client(contract: &Contract, server: &Server, secret: &str) -> Client {
    Client::builder(contract.clone())
        .base_url(server.base_url("replicate"))
        .key(KeySource::Value(gentask::key::Secret::new("k-1")))
        .store(Arc::new(MemoryStore::new()))
        .callbacks(CallbackOptions {
            secrets: vec![Secret::new(SECRET, None)],
            signing: vec![Secret::new(secret, None)],
            ..CallbackOptions::default()
        })
        .build()
        .unwrap()
}

async fn submit_to(client: &Client, url: &str) -> TaskHandle {
    let generation = Generation { model: "black-forest-labs/flux-schnell".to_owned(), input: json!({"prompt": "a sunset"}) };
    client.submit(&generation, &SubmitOptions { callback_url: Some(url.to_owned()), ..SubmitOptions::default() }).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_signed_callback_ends_its_task_without_a_status_call() {
    let (contract, server) = signing(vec![Rule::every(Target::Callback, Fault::Duplicate { times: 5 })], 20);
    let client = signed_client(&contract, &server, TEST_SECRET);
    let task = submit_to(&client, &serve(Receiver::new([client.clone()]).unwrap()).await).await;
    let reply = task.wait(Wait::of(Duration::from_mins(1))).await.unwrap();
    assert_eq!((reply.status, reply.files().len()), (Status::Success, 1));
    assert_eq!(task.record().await.unwrap().attempts().polls, 0);
    assert_eq!(server.stats().of("replicate").arrived(Target::Status), 0);
    assert_eq!(client.notices(None).await.unwrap().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_callback_is_faster_than_the_answer_to_its_submit() {
    let (contract, server) = signing(vec![Rule::every(Target::Callback, Fault::BeforeAnswer)], 20);
    let client = signed_client(&contract, &server, TEST_SECRET);
    let task = submit_to(&client, &serve(Receiver::new([client.clone()]).unwrap()).await).await;
    let record = task.record().await.unwrap();
    assert_eq!((record.phase(), record.attempts().polls), (Phase::Succeeded, 0));
    assert!(record.conflict().is_none());
}

#[tokio::test(flavor = "multi_thread")]
async fn forged_and_contradicting_callbacks_do_not_change_the_end() {
    for part in [Forgery::Signature, Forgery::Token] {
        let (contract, server) = signing(vec![Rule::every(Target::Callback, Fault::Forged { part })], 100);
        let client = signed_client(&contract, &server, TEST_SECRET);
        let url = serve(Receiver::new([client.clone()]).unwrap()).await;
        let task = submit_to(&client, &url).await;
        posted(&server, 1).await;
        let record = task.record().await.unwrap();
        assert_eq!((record.phase(), record.processing()), (Phase::Waiting, false), "{part:?}");
        assert!(client.deliveries(DeliveryFilter::default()).await.unwrap().is_empty());
        let statuses: Vec<_> =
            server.deliveries("replicate").iter().flat_map(|delivery| delivery.attempts.clone()).map(|attempt| attempt.status).collect();
        assert_eq!(statuses, [Some(401)], "{part:?}");
    }
    // The end by a status call stands; what the signed callback says is noted, and a status call says that it is wrong.
    let (contract, server) = signing(vec![Rule::every(Target::Callback, Fault::Never)], 100);
    let client = signed_client(&contract, &server, TEST_SECRET);
    let task = submit_to(&client, &serve(Receiver::new([client.clone()]).unwrap()).await).await;
    while !task.check(true).await.unwrap().status.eq(&Status::Success) {}
    let contradicting = TestCallback { says: Some("failed".to_owned()), ..TestCallback::default() };
    server.send_callback("replicate", task.task_id().unwrap(), &contradicting).unwrap();
    posted(&server, 1).await;
    client.settled().await;
    let record = task.record().await.unwrap();
    assert_eq!((record.phase(), record.conflict()), (Phase::Succeeded, None));
    let stored = client.deliveries(DeliveryFilter::default()).await.unwrap();
    assert_eq!(stored.iter().map(|delivery| delivery.outcome).collect::<Vec<_>>(), [DeliveryOutcome::Conflict]);
}

#[tokio::test]
async fn a_large_callback_without_a_task_is_kept_as_one_that_nobody_signed() {
    use gentask::core::webhook::{Secrets, Signing, sign};
    let (contract, server) = signing(Vec::new(), 1);
    let client = signed_client(&contract, &server, TEST_SECRET);
    let secrets = Secrets { signing: vec![Secret::new(TEST_SECRET, None)], ..Secrets::default() };
    for (bytes, is_whole) in [(60_000, true), (70_000, false)] {
        let (task_id, delivery_id) = (format!("task-{bytes}"), format!("msg_{bytes}"));
        let body = json!({"id": task_id, "status": "succeeded", "logs": "x".repeat(bytes)}).to_string().into_bytes();
        let to = Signing { task_id, delivery_id, body: body.clone(), ..Signing::default() };
        let headers = sign(&contract, &secrets, &to, client.now()).unwrap();
        let arrival = Arrival { method: "POST".into(), url: "/hooks/gentask".into(), headers, body: body.clone() };
        assert_eq!(client.take(arrival).await.outcome, Received::Orphan);
        let stored = client.deliveries(DeliveryFilter { limit: Some(1), ..DeliveryFilter::default() }).await.unwrap();
        let kept = if is_whole { body.len() } else { 16 * 1024 };
        assert_eq!((stored[0].outcome, stored[0].verified, stored[0].body.len()), (DeliveryOutcome::Orphan, is_whole, kept));
    }
}

/// Waits until so many callbacks were answered.
async fn posted(server: &Server, count: usize) {
    let answered = |server: &Server| server.deliveries("replicate").iter().filter(|delivery| !delivery.attempts.is_empty()).count();
    while answered(server) < count {
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stored_callback_is_taken_once_more() {
    let bench = Bench::new("apixo", 1, Arc::new(MemoryStore::new())).await;
    let task = bench.submit().await;
    let _ = bench.client.take(arrival(&bench.client, &task, "{}")).await;
    let stored = bench.client.deliveries(DeliveryFilter::default()).await.unwrap();
    let receipt = bench.client.replay(&stored[0].dedupe).await.unwrap();
    assert_eq!((receipt.outcome, receipt.intent_id.as_deref()), (Received::Poke, Some(task.intent_id())));
    assert_eq!(bench.client.replay("nothing").await.unwrap_err().code(), ErrorCode::TaskNotFound);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_url_that_is_never_called_is_told_once() {
    let config = ServerConfig::built_in().with_speed(1_000);
    let options = SandboxOptions { read_per_min: Some(0), ..SandboxOptions::default() };
    let script = Script::of([Rule::every(Target::Callback, Fault::Never)]);
    let server = Server::start(config.with_options("apixo", options.with_script(script))).unwrap();
    let told = Arc::new(std::sync::atomic::AtomicU64::new(0));
    let heard = Arc::clone(&told);
    let client = Client::builder(Contract::built_in("apixo").unwrap())
        .base_url(server.base_url("apixo"))
        .key(KeySource::Value(gentask::key::Secret::new("k-1")))
        .store(Arc::new(MemoryStore::new()))
        .poll(gentask::core::Polls { initial_ms: Some(10), factor_pct: Some(100), cap_ms: Some(10), by_contract: false })
        .on_event(Arc::new(move |_, event| {
            if event.kind == "callbacksMissing" {
                heard.fetch_add(event.data["tasks"].as_u64().unwrap_or(0), std::sync::atomic::Ordering::Relaxed);
            }
        }))
        .build()
        .unwrap();
    let options = SubmitOptions { callback_url: Some("http://127.0.0.1:9/nobody".to_owned()), ..SubmitOptions::default() };
    for number in 1..=22 {
        let task = client.submit(&generation("apixo"), &options).await.unwrap();
        task.wait(Wait::default()).await.unwrap();
        let expected = if number < 20 { 0 } else { 20 };
        assert_eq!(told.load(std::sync::atomic::Ordering::Relaxed), expected, "after {number} tasks");
    }
}
