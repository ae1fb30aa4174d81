//! Callbacks: what verifying one costs, beside the crate `standardwebhooks`; and how long a route takes to answer under 200 a second over loopback,
//! with a store on disk. Prints rates, ratios and quantiles; nothing here fails for being slow.

#[expect(dead_code, reason = "rates are printed here, not times")]
#[path = "../../core/benches/support/pairs.rs"]
mod pairs;

use gentask::core::TaskMachine;
use gentask::core::webhook::{Arrival, Secret, Secrets, Signing, Verdict, judge, mint, sign};
use gentask::key::KeySource;
use gentask::store::{SqliteStore, Store};
use gentask::{CallbackOptions, Client, Contract, Generation, Receiver, SubmitOptions};
use serde_json::json;
use std::hint::black_box;
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};
use tokio::net::TcpListener;

const SIGNING: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const TOKENS: &str = "a-secret-of-the-benches-long-enough";
const REPLICATE: &str = include_str!("../../tests/contracts/replicate.json");
/// What the crate does is less than what we do, so there is no ratio to reach.
const NO_GOAL: f64 = f64::INFINITY;
/// Callbacks a second, and for how long.
const RATE: u32 = 200;
const SECONDS: u32 = 10;

fn main() {
    let rounds = if std::env::args().any(|arg| arg == "--bench") { 101 } else { 1 };
    // The HTTP stack brings none of its own.
    let _ = rustls::crypto::ring::default_provider().install_default();
    verify(rounds);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a runtime");
    let seconds = if rounds > 1 { SECONDS } else { 1 };
    runtime.block_on(answers(seconds));
}

fn now() -> u64 {
    u64::try_from(SystemTime::now().duration_since(UNIX_EPOCH).expect("a clock").as_millis()).expect("a time")
}

/// The same signed deliveries, judged by both. A body that is no JSON leaves the signature and the time to be checked, which is all that the
/// crate does; of JSON we read the task's id, too.
fn verify(rounds: u32) {
    let text = "x".repeat(2_000);
    let prediction = json!({"id": "task-1", "status": "succeeded", "output": ["https://replicate.delivery/a.png"], "logs": text});
    println!("\nVerifying one callback of 2 KB by Standard Webhooks, on one core, beside the crate `standardwebhooks`\n");
    for (what, body) in [("signature and time", text.clone()), ("and its JSON read", prediction.to_string())] {
        let delivery = Delivery::new(body.into_bytes());
        let standard = standardwebhooks::Webhook::new(SIGNING).expect("a secret");
        let theirs = || assert!(black_box(standard.verify(&delivery.arrival.body, &delivery.map)).is_ok());
        let pair = pairs::measure(what, NO_GOAL, rounds, 200, || delivery.judge(), theirs);
        let (ours, theirs, (low, high)) = (a_second(pair.ours), a_second(pair.plain), pair.quarters);
        println!("  {what:<20} {ours:>8.0}/s  {theirs:>8.0}/s  ratio of the times {:.2}x (quarters {low:.2}x, {high:.2}x)", pair.ratio);
    }
}

fn a_second(time: Duration) -> f64 {
    1.0 / time.as_secs_f64()
}

/// A signed delivery, as either takes it.
struct Delivery {
    contract: Contract,
    secrets: Secrets,
    arrival: Arrival,
    map: http::HeaderMap,
}

impl Delivery {
    fn new(body: Vec<u8>) -> Self {
        let contract = Contract::load(REPLICATE.as_bytes()).expect("a contract");
        let secrets = Secrets { signing: vec![Secret::new(SIGNING, None)], ..Secrets::default() };
        let signing = Signing {
            intent_id: String::new(),
            task_id: "task-1".to_owned(),
            delivery_id: "msg_1".to_owned(),
            user: String::new(),
            body: body.clone(),
            seed: None,
        };
        let headers = sign(&contract, &secrets, &signing, now()).expect("a signature");
        let mut map = http::HeaderMap::new();
        for (name, value) in &headers {
            let name: http::HeaderName = name.parse().expect("a name");
            map.insert(name, value.parse().expect("a value"));
        }
        let arrival = Arrival { method: "POST".to_owned(), url: "/callbacks".to_owned(), headers, body };
        Self { contract, secrets, arrival, map }
    }

    fn judge(&self) {
        assert!(matches!(black_box(judge(&self.contract, &self.secrets, &self.arrival, now())), Verdict::Proven(_)));
    }
}

/// A route under load: each callback about a task of its own, then each once more.
async fn answers(seconds: u32) {
    let folder = tempfile::tempdir().expect("a folder");
    let store: Arc<dyn Store> = Arc::new(SqliteStore::open(folder.path().join("tasks.db")).expect("a store"));
    let count = RATE * seconds;
    let contract = Contract::built_in("apixo").expect("a contract");
    let client = Client::builder(contract.clone())
        .key(KeySource::Value(gentask::key::Secret::new("k")))
        // Nobody is there: what follows from a callback fails at once, and is not measured.
        .base_url("http://127.0.0.1:9")
        .store(Arc::clone(&store))
        .callbacks(CallbackOptions { secrets: vec![Secret::new(TOKENS, None)], ..CallbackOptions::default() })
        .build()
        .expect("a client");
    let intents = tasks(&contract, &store, count).await;
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let url = format!("http://{}/callbacks", listener.local_addr().expect("an address"));
    let app = axum::Router::new().route("/callbacks", gentask::axum::callbacks(Receiver::new([client]).expect("a receiver")));
    tokio::spawn(async move { axum::serve(listener, app).await });
    println!("\nA route for axum with SQLite (every commit on disk), {RATE} callbacks a second for {seconds} s\n");
    for name in ["taken", "duplicates"] {
        let times = load(&url, &intents).await;
        let at = |part: f64| {
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss, reason = "an index")]
            let index = ((times.len() - 1) as f64 * part) as usize;
            times.get(index).copied().unwrap_or_default()
        };
        println!(
            "{name:<11} p50 {:>9.2?}  p99 {:>9.2?}  most {:>9.2?}  p99/p50 {:.1}",
            at(0.5),
            at(0.99),
            at(1.0),
            at(0.99).as_secs_f64() / at(0.5).as_secs_f64()
        );
    }
}

/// Stored tasks that wait and asked for a callback. Their intents' ids.
async fn tasks(contract: &Contract, store: &Arc<dyn Store>, count: u32) -> Vec<String> {
    let settings = Arc::new(gentask::core::Settings { base: Some("http://127.0.0.1:9".to_owned()), ..gentask::core::Settings::default() });
    let generation = Generation { model: "nano-banana".to_owned(), input: json!({"mode": "text-to-image", "prompt": "a sunset"}) };
    let options = SubmitOptions { callback_url: Some("http://127.0.0.1:9/".to_owned()), ..SubmitOptions::default() };
    let mut intents = Vec::new();
    for number in 0..count {
        let mut entropy = [7; 32];
        entropy[..4].copy_from_slice(&number.to_be_bytes());
        let machine = TaskMachine::prepare(contract, &generation, &options, &settings, entropy, now()).expect("a machine");
        let mut value = machine.first_record().to_value();
        value["phase"] = json!("waiting");
        value["taskId"] = json!(format!("task-{number}"));
        value["attempts"]["submit"] = json!(1);
        value["due"] = json!({"at": now() + 3_600_000, "set": now()});
        let record = gentask::TaskRecord::from_json(value.to_string().as_bytes()).expect("a record");
        let _ = store.save(&record, &[], 0, false).await.expect("a save");
        intents.push(record.intent_id().to_owned());
    }
    intents
}

/// One callback for each intent, at its time and not when the one before is answered. How long each answer took, sorted.
async fn load(url: &str, intents: &[String]) -> Vec<Duration> {
    let client = reqwest::Client::builder().no_proxy().build().expect("a client");
    let start = Instant::now();
    let mut running = tokio::task::JoinSet::new();
    for (number, intent) in (0_u32..).zip(intents) {
        let token = mint(&Secret::new(TOKENS, None), intent).expect("a token");
        let (client, url) = (client.clone(), format!("{url}?gentask={token}"));
        let due = start + Duration::from_secs(1) / RATE * number;
        running.spawn(async move {
            tokio::time::sleep_until(due.into()).await;
            let body = json!({"code": 200, "data": {"taskId": format!("task-{number}"), "state": "success"}}).to_string();
            let begun = Instant::now();
            let answer = client.post(url).body(body).send().await.expect("an answer");
            assert_eq!(answer.status().as_u16(), 200);
            begun.elapsed()
        });
    }
    let mut times = running.join_all().await;
    times.sort_unstable();
    times
}
