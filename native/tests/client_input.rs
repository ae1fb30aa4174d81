//! Bad input, bad keys, bad stores: one clear message with its code, nothing sent, nothing lost, and the key nowhere.

mod common;

use common::{KEY, billing, builder, client, job, memory, sandbox, status_of, submit, with_key};
use gentask::core::Blob;
use gentask::core::contract::parse_payload;
use gentask::key::{KeySource, Secret};
use gentask::store::{SqliteOptions, SqliteStore, Store, StoreError};
use gentask::{Client, Contract, ErrorCode, Failure, Generation, Phase, Status, SubmitOptions, TaskFilter, Wait};
use gentask_sandbox::{Rule, Server, Target};
use serde_json::{Value, json};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

/// Nothing reached the provider and nothing was stored.
async fn nothing_happened(server: &Server, client: &Client) {
    assert_eq!(server.stats().connections_total, 0);
    assert!(client.tasks(&TaskFilter::default()).await.unwrap().records.is_empty());
}

fn code_of<T>(result: Result<T, Failure>) -> (ErrorCode, String) {
    let failure = result.err().expect("it should fail");
    assert_eq!((failure.reply().ok, billing(failure.reply())), (false, "none"), "{failure}");
    (failure.code(), failure.to_string())
}

#[test]
fn an_unknown_provider_is_answered_with_the_nearest_names() {
    for (name, near) in [("apixoo", "apixo"), ("aivideo-maker", "aivideomaker"), ("APIDOT", "apidot")] {
        let (code, message) = code_of(Client::new(name));
        assert_eq!(code, ErrorCode::InvalidContract);
        assert!(message.contains(&format!("did you mean {near}")), "{message}");
    }
    let (_, message) = code_of(Client::new(&"x".repeat(1 << 20)));
    assert!(message.len() < 1_000, "{} bytes", message.len());
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unknown_model_of_a_closed_list_is_answered_with_the_nearest_names() {
    let server = sandbox("aivideomaker", []);
    let client = client(&server, "aivideomaker", &memory());
    let job = Generation { model: "t2w".to_owned(), ..job("aivideomaker") };
    let (code, message) = code_of(client.submit(&job, &with_key("k")).await);
    assert!(code == ErrorCode::InvalidModel && message.contains("t2v"), "{message}");
    for model in ["", " ", "../t2v", "t2v\r\nx: y"] {
        let job = Generation { model: model.to_owned(), ..job.clone() };
        assert_eq!(code_of(client.submit(&job, &SubmitOptions::default()).await).0, ErrorCode::InvalidModel, "{model:?}");
    }
    nothing_happened(&server, &client).await;
}

#[test]
fn a_malformed_contract_is_refused_with_everything_that_is_wrong() {
    let mut source = Contract::built_in("apixo").unwrap().source().clone();
    source["base"] = json!("http://api.example.com");
    source["surprise"] = json!(1);
    source["submit"]["path"] = json!(7);
    let error = Contract::load(source.to_string().as_bytes()).unwrap_err();
    let paths: Vec<&str> = error.violations.iter().map(|fault| fault.path.as_str()).collect();
    assert!(error.code == ErrorCode::InvalidContract && paths.len() >= 3, "{paths:?}");
    for path in ["/base", "/surprise", "/submit/path"] {
        assert!(paths.contains(&path), "{paths:?}");
    }
    for bad in [&b""[..], b"{", b"[]", b"null", b"\xff\xfe", b"{\"id\": 1, \"id\": 2}"] {
        assert_eq!(Contract::load(bad).unwrap_err().code, ErrorCode::InvalidContract);
    }
    let deep = "[".repeat(100_000);
    assert_eq!(Contract::load(deep.as_bytes()).unwrap_err().code, ErrorCode::InvalidContract);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_payload_that_is_too_large_too_deep_or_no_object_is_refused_here() {
    let server = sandbox("apidot", []);
    let client = client(&server, "apidot", &memory());
    let nested = |depth: usize| (0..depth).fold(json!(1), |inner, _| json!([inner]));
    let payloads = [
        ("64 MiB", json!({"prompt": "x".repeat(64 << 20)})),
        ("a bomb", json!({"prompt": "x", "bomb": nested(1_000)})),
        ("just too deep", json!({"prompt": "x", "bomb": nested(64)})),
        ("null", json!(null)),
        ("an array", json!([{"prompt": "x"}])),
        ("a text", json!("prompt")),
        ("a number", json!(1)),
    ];
    for (name, input) in payloads {
        // A model without known rules: its payload passes unguessed, but not whatever its form.
        for model in ["gpt-image-2", "a-model-of-tomorrow"].into_iter().skip(usize::from(name == "64 MiB")) {
            let job = Generation { model: model.to_owned(), input: input.clone() };
            let (code, message) = code_of(client.submit(&job, &with_key("k")).await);
            assert_eq!(code, ErrorCode::InvalidPayload, "{name} of {model}: {message}");
            assert!(message.len() < 2_000, "{name} of {model}: {} bytes of message", message.len());
        }
    }
    nothing_happened(&server, &client).await;
    // What is just small enough goes through: the limits are no accident.
    let job = Generation { model: "a-model-of-tomorrow".to_owned(), input: json!({"prompt": "x", "deep": nested(50)}) };
    assert!(client.submit(&job, &SubmitOptions::default()).await.is_ok());
}

#[test]
fn a_payloads_text_is_read_strictly() {
    let bomb = format!("{{\"a\": {}", "[".repeat(1 << 20));
    for bad in [bomb.as_str(), "", "{", "{\"a\": NaN}", "{\"a\": 1, \"a\": 2}", "{'a': 1}", "{\"a\": \"\\ud800\"}", "{} {}"] {
        let error = parse_payload(bad.as_bytes()).unwrap_err();
        assert_eq!(error.code, ErrorCode::InvalidPayload);
        assert!(error.to_string().len() < 1_000);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_fault_of_a_payload_is_named_at_once() {
    let server = sandbox("apixo", []);
    let client = client(&server, "apixo", &memory());
    let input = json!({"mode": "text-to-film", "prompt": "", "image_urls": ["ftp://x/y.png", 7]});
    let failure = client.submit(&Generation { input, ..job("apixo") }, &SubmitOptions::default()).await.err().unwrap();
    let violations = failure.reply().data["violations"].as_array().unwrap().clone();
    let paths: Vec<&str> = violations.iter().map(|one| one["path"].as_str().unwrap()).collect();
    for path in ["/mode", "/prompt", "/image_urls/0", "/image_urls/1"] {
        assert!(paths.contains(&path), "{paths:?}");
    }
    assert!(violations.iter().all(|one| one["rule"].is_string() && one["expected"].is_string() && one["actual"].is_string()));
    let options = SubmitOptions { key: Some(String::new()), callback_url: Some("http://10.0.0.1/".into()), ..SubmitOptions::default() };
    let (code, message) = code_of(client.submit(&job("apixo"), &options).await);
    assert!(code == ErrorCode::InvalidPayload && message.contains("/key") && message.contains("/callbackUrl"), "{message}");
    nothing_happened(&server, &client).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_that_is_none_is_refused_before_anything_is_stored_or_sent() {
    let server = sandbox("apixo", []);
    let apixo = || Contract::built_in("apixo").unwrap();
    let value = |text: &str| KeySource::Value(Secret::new(text));
    let sources = [
        ("is not set", KeySource::Env("GENTASK_TEST_NO_SUCH_KEY".to_owned())),
        ("is empty", value("")),
        ("line break", value("sk-one\n")),
        ("line break", value("sk-one\r\nx-evil: 1")),
        ("control character", value("sk\0one")),
        ("space", value(" sk-one")),
        ("ASCII", value("sk-öne")),
        ("the vault is sealed", KeySource::from_fn(|| Err("the vault is sealed".to_owned()))),
    ];
    for (why, key) in sources {
        let client = builder(apixo(), server.base_url("apixo"), &memory()).key(key.clone()).build().unwrap();
        let (code, message) = code_of(client.submit(&job("apixo"), &with_key("k")).await);
        assert!(code == ErrorCode::AuthFailed && message.contains(why), "{message}");
        for shown in [message, format!("{key:?}")] {
            assert!(!shown.contains("sk-") && !shown.contains("evil"), "{shown}");
        }
        nothing_happened(&server, &client).await;
    }
}

#[test]
fn a_base_url_that_would_give_the_key_away_is_refused() {
    let bases = [
        "http://api.example.com",
        "http://10.0.0.1",
        "ftp://api.example.com",
        "https://me:secret@api.example.com",
        "api.example.com",
        "https://",
        "",
    ];
    for base in bases.into_iter().chain([
        "http://127.0.0.1.example.com",
        "https://api.example.com/?a=1",
        "https://api.example.com/#a",
        "http://localhost.example.com",
    ]) {
        let (code, message) = code_of(builder(Contract::built_in("apixo").unwrap(), base, &memory()).build());
        assert!(code == ErrorCode::Unsupported && !message.contains("secret"), "{base}: {message}");
    }
}

fn at(path: &Path, server: &Server) -> Result<Client, Failure> {
    let contract = Contract::built_in("apixo").unwrap();
    let key = KeySource::Value(Secret::new(KEY));
    Client::builder(contract).base_url(server.base_url("apixo")).key(key).store_path(path).build()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_store_that_cannot_be_opened_is_refused_and_left_as_it_is() {
    let server = sandbox("apixo", []);
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str| folder.path().join(name);
    let fails = |path: &Path| {
        let (code, message) = code_of(at(path, &server));
        assert!(code == ErrorCode::StoreError && message.contains(path.to_str().unwrap()), "{message}");
        message
    };
    fails(folder.path());
    std::fs::write(file("text"), "this is no database, and it is longer than the header of one would have to be for this test").unwrap();
    fails(&file("text"));
    fails(&file("text").join("below"));
    let db = file("newer");
    drop(at(&db, &server).unwrap());
    rusqlite::Connection::open(&db).unwrap().pragma_update(None, "user_version", 99).unwrap();
    assert!(fails(&db).contains("newer"));
    let db = file("foreign");
    rusqlite::Connection::open(&db)
        .unwrap()
        .execute_batch("PRAGMA application_id = 77; CREATE TABLE mine(x); INSERT INTO mine VALUES(1)")
        .unwrap();
    let before = std::fs::read(&db).unwrap();
    fails(&db);
    assert_eq!(std::fs::read(&db).unwrap(), before);
    assert!(std::fs::read_to_string(file("text")).unwrap().starts_with("this is no database"));
    assert_eq!(server.stats().connections_total, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_store_that_is_locked_sends_nothing_and_works_again_afterwards() {
    let server = sandbox("apixo", []);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("tasks.db");
    let options = SqliteOptions { busy_timeout: Duration::from_millis(50), ..SqliteOptions::default() };
    let store: Arc<dyn Store> = Arc::new(SqliteStore::open_with(&path, &options).unwrap());
    let client = client(&server, "apixo", &store);
    let other = rusqlite::Connection::open(&path).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    for options in [SubmitOptions::default(), with_key("k")] {
        let (code, message) = code_of(client.submit(&job("apixo"), &options).await);
        assert!(code == ErrorCode::StoreError && message.contains("another program"), "{message}");
    }
    assert_eq!(server.stats().connections_total, 0);
    other.execute_batch("ROLLBACK").unwrap();
    let task = client.submit(&job("apixo"), &with_key("k")).await.unwrap();
    assert_eq!(task.wait(Wait::default()).await.unwrap().status, Status::Success);
    assert_eq!(server.stats().of("apixo").submits(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_store_sends_nothing_and_loses_nothing() {
    let server = sandbox("apidot", []);
    let folder = tempfile::tempdir().unwrap();
    let options = SqliteOptions { max_bytes: Some(400_000), ..SqliteOptions::default() };
    let store: Arc<dyn Store> = Arc::new(SqliteStore::open_with(folder.path().join("tasks.db"), &options).unwrap());
    let client = client(&server, "apidot", &store);
    let task = submit(&client, "").await.unwrap();
    let large = Generation { model: "gpt-image-2".to_owned(), input: json!({"prompt": "x".repeat(1 << 20)}) };
    for options in [SubmitOptions::default(), with_key("k")] {
        let (code, message) = code_of(client.submit(&large, &options).await);
        assert!(code == ErrorCode::StoreError && message.contains("no room"), "{message}");
    }
    assert_eq!(server.stats().of("apidot").submits(), 1);
    assert_eq!(task.wait(Wait::default()).await.unwrap().status, Status::Success);
}

/// A store that refuses to save a task id so many times.
struct Forgetful {
    inner: gentask::store::MemoryStore,
    refusals: std::sync::atomic::AtomicUsize,
}

/// What both stores below leave to the one in memory, and what each of them adds to that.
macro_rules! passed_on {
    (of $($name:ident($($arg:ident: $type:ty),*) -> $answer:ty;)*) => {
        $(fn $name(&self, $($arg: $type),*) -> gentask::BoxFuture<'_, Result<$answer, StoreError>> { self.inner.$name($($arg),*) })*
    };
    ($($name:ident($($arg:ident: $type:ty),*) -> $answer:ty;)*) => {
        passed_on! { of
            $($name($($arg: $type),*) -> $answer;)*
            load(intent_id: &str) -> Option<gentask::TaskRecord>;
            list(filter: &gentask::store::Filter) -> gentask::store::Listing;
            count(filter: &gentask::store::Filter) -> u64;
            blob(intent_id: &str, name: &str) -> Option<Vec<u8>>;
            append_events(intent_id: &str, events: &[gentask::core::TaskEvent]) -> ();
            events(intent_id: &str) -> Vec<gentask::store::StoredEvent>;
            delete(intent_ids: &[String]) -> u64;
            meta(name: &str) -> Option<String>;
            set_meta(name: &str, value: &str, only_if_absent: bool) -> String;
        }
    };
}

impl Store for Forgetful {
    fn save(
        &self,
        record: &gentask::TaskRecord,
        blobs: &[Blob],
        expected_version: u64,
        fence: bool,
    ) -> gentask::BoxFuture<'_, Result<gentask::store::Saved, StoreError>> {
        use std::sync::atomic::Ordering::SeqCst;
        if record.task_id().is_some() && self.refusals.fetch_update(SeqCst, SeqCst, |left| left.checked_sub(1)).is_ok() {
            let error = StoreError::new(gentask::store::StoreErrorKind::Io, "the disk is gone");
            return Box::pin(std::future::ready(Err(error)));
        }
        self.inner.save(record, blobs, expected_version, fence)
    }

    passed_on! {
        find(by: &gentask::store::Find) -> Vec<gentask::TaskRecord>;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_task_id_that_cannot_be_saved_is_tried_again_and_then_told() {
    for (refusals, lost) in [(2, false), (1_000, true)] {
        let server = sandbox("apixo", []);
        let store: Arc<dyn Store> = Arc::new(Forgetful { inner: gentask::store::MemoryStore::new(), refusals: refusals.into() });
        let client = client(&server, "apixo", &store);
        let submitted = submit(&client, "").await;
        let made = server.with("apixo", |provider| provider.task_ids()[0].clone()).unwrap();
        if lost {
            let failure = submitted.err().unwrap();
            assert_eq!((failure.code(), billing(failure.reply())), (ErrorCode::StoreError, "possible"), "{failure}");
            assert_eq!(failure.reply().task_id.as_ref(), Some(&made));
            assert!(failure.to_string().contains(&made) && failure.intent_id().is_some(), "{failure}");
        } else {
            assert_eq!(submitted.unwrap().task_id(), Some(made.as_str()));
        }
        assert_eq!(server.stats().of("apixo").submits(), 1);
    }
}

/// A store that compares owners loosely: a key finds whatever task has it.
struct Loose {
    inner: gentask::store::MemoryStore,
}

impl Store for Loose {
    fn find(&self, by: &gentask::store::Find) -> gentask::BoxFuture<'_, Result<Vec<gentask::TaskRecord>, StoreError>> {
        let by = by.clone();
        Box::pin(async move {
            let all = self.inner.list(&gentask::store::Filter::default()).await?.records;
            let gentask::store::Find::CallerKey { key, .. } = by else { return Ok(Vec::new()) };
            Ok(all.into_iter().filter(|record| record.caller_key() == Some(&key)).collect())
        })
    }

    passed_on! {
        save(record: &gentask::TaskRecord, blobs: &[Blob], expected: u64, fence: bool) -> gentask::store::Saved;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_store_that_gives_another_owners_task_is_refused() {
    let server = sandbox("apixo", []);
    let store: Arc<dyn Store> = Arc::new(Loose { inner: gentask::store::MemoryStore::new() });
    let client = client(&server, "apixo", &store);
    let of = |owner: &str| SubmitOptions { key: Some("order-1".into()), owner: Some(owner.into()), ..SubmitOptions::default() };
    let first = client.submit(&job("apixo"), &of("ann")).await.unwrap();
    let failure = client.submit(&job("apixo"), &of("bob")).await.err().unwrap();
    assert_eq!(failure.code(), ErrorCode::StoreError, "{failure}");
    assert!(!failure.to_string().contains(first.intent_id()), "{failure}");
    assert_eq!(client.submit(&job("apixo"), &of("ann")).await.unwrap().intent_id(), first.intent_id());
    assert_eq!(server.stats().of("apixo").submits(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_key_is_nowhere_but_on_the_wire() {
    // A provider that repeats the key in its answers is the worst case.
    let told = json!({"code": 400, "message": format!("the key {KEY} is odd"), "data": {"failCode": KEY}});
    let rules = [
        Rule::nth(Target::Submit, 2, status_of(400, told.clone())),
        Rule::nth(Target::Submit, 3, status_of(500, told.clone())),
        Rule::nth(Target::Status, 1, status_of(500, told.clone())),
        Rule::nth(Target::Status, 2, status_of(401, told)),
    ];
    let server = sandbox("apixo", rules);
    let folder = tempfile::tempdir().unwrap();
    let store: Arc<dyn Store> = Arc::new(SqliteStore::open(folder.path().join("tasks.db")).unwrap());
    let heard = Arc::new(std::sync::Mutex::new(Vec::new()));
    let log = Arc::clone(&heard);
    let contract = Contract::built_in("apixo").unwrap();
    let client = builder(contract, server.base_url("apixo"), &store)
        .on_event(Arc::new(move |record, event| log.lock().unwrap().push(format!("{record:?} {event:?}"))))
        .build()
        .unwrap();
    let mut shown = Vec::new();
    let task = submit(&client, "").await.unwrap();
    for _ in 0..2 {
        let failure = submit(&client, "").await.err().unwrap();
        shown.push(format!("{failure} {failure:?} {}", failure.reply().to_json()));
    }
    let failure = task.wait(Wait::default()).await.unwrap_err();
    assert_eq!(failure.code(), ErrorCode::AuthFailed);
    shown.push(format!("{failure} {failure:?}"));
    shown.push(format!("{:?}", task.wait(Wait::default()).await.unwrap()));
    shown.push(format!("{:?} {:?}", client.dry_run(&job("apixo"), &SubmitOptions::default()), KeySource::Value(Secret::new(KEY))));
    shown.append(&mut heard.lock().unwrap());
    let records = client.tasks(&TaskFilter::default()).await.unwrap().records;
    assert_eq!(records.iter().filter(|record| record.phase() == Phase::Unresolved).count(), 1);
    shown.extend(records.iter().map(gentask::TaskRecord::to_json));
    for line in shown {
        assert!(!line.contains(KEY), "{}", line.replace(KEY, ">>>THE KEY<<<"));
    }
    drop((client, task, store));
    for file in std::fs::read_dir(folder.path()).unwrap() {
        let bytes = std::fs::read(file.unwrap().path()).unwrap();
        assert!(!bytes.windows(KEY.len()).any(|part| part == KEY.as_bytes()));
    }
}

#[test]
fn values_of_every_kind_are_payload_or_not() {
    let client = builder(Contract::built_in("apidot").unwrap(), "http://127.0.0.1:1", &memory()).build().unwrap();
    let fits = |input: Value| client.validate(&Generation { model: "tomorrow".to_owned(), input }, &SubmitOptions::default()).is_ok();
    assert!(fits(json!({})) && fits(json!({"a": null, "b": [1, 2.5, true], "c": {"d": "\u{1F98A}"}})));
    assert!(!fits(json!(true)) && !fits(json!("{}")));
}
