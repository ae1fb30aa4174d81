//! The task store: one suite for every store, and what only a file can do.

use gentask::store::{
    Beside, DeliveryFilter, DeliveryOutcome, Filter, Find, MemoryStore, NoticeFilter, Saved, SqliteOptions, SqliteStore, Store, StoreError,
    StoreErrorKind, StoredDelivery,
};
use gentask_core::{Blob, Contract, Error, ErrorCode, Generation, Phase, Settings, SubmitOptions, TaskEvent, TaskMachine, TaskRecord};
use gentask_tests::records::with;
use rusqlite::Connection;
use serde_json::json;
use std::collections::BTreeSet;
use std::fs;
use std::io::{BufRead as _, BufReader};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

const MIB: usize = 1024 * 1024;

/// A folder of its own for each test, gone with it.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let name = format!("gentask-store-{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        let path = std::env::temp_dir().join(name);
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn file(&self) -> PathBuf {
        self.0.join("tasks.db")
    }

    /// A store in it that does not wait long for a lock.
    fn store(&self) -> SqliteStore {
        SqliteStore::open_with(self.file(), &impatient()).unwrap()
    }

    /// A connection that knows nothing of the store's rules.
    fn raw(&self) -> Connection {
        Connection::open(self.file()).unwrap()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn impatient() -> SqliteOptions {
    SqliteOptions { busy_timeout: Duration::from_millis(20), ..SqliteOptions::default() }
}

/// For tests where many wait for each other on a slow disk.
fn patient() -> SqliteOptions {
    SqliteOptions { busy_timeout: Duration::from_mins(2), ..SqliteOptions::default() }
}

/// A task that waits; `number` makes its intent id and its times.
fn task(number: u32) -> TaskRecord {
    let created = 1_800_000_000_000_u64 + u64::from(number);
    let record = json!({
        "v": 1, "version": 1, "intentId": format!("7c2e4b90-1111-4222-8333-{number:012}"), "callerKey": null, "owner": null,
        "provider": "demo", "contractRevision": 3, "account": "default", "base": "https://api.example.test/v9",
        "model": "paint-2", "kind": "video", "vars": {"app": "paint"}, "options": {"region": "north"},
        "request": {"sha256": "ab".repeat(32), "bytes": 77, "contentType": "application/json"},
        "idempotencyKey": null, "callback": false, "seed": "00000000000000ff",
        "phase": "waiting", "state": "pending", "providerState": "QUEUED", "progressPermille": 125, "taskId": format!("t-{number}"),
        "maybeSent": false, "cancelRequested": false,
        "attempts": {"submit": 1, "notSent": 0, "limited": 0, "polls": 2, "readFailures": 0, "fetches": 0, "cancels": 0},
        "at": {"created": created, "firstSent": created + 5, "lastSent": created + 5, "accepted": created + 900, "checked": null,
            "finished": null, "updated": created + 900},
        "due": {"at": created + 4000, "set": created + 900}, "lease": {"holder": "tests", "until": created + 35_000},
        "error": null, "result": null, "conflict": null
    });
    TaskRecord::from_json(record.to_string().as_bytes()).unwrap()
}

/// The task as one that may have been sent, and whose id is not known.
fn unresolved(record: &TaskRecord) -> TaskRecord {
    with(record, json!({"phase": "unresolved", "taskId": null, "maybeSent": true}))
}

fn next(record: &TaskRecord) -> TaskRecord {
    with(record, json!({"version": record.version() + 1}))
}

/// A task that was prepared, and has no version yet.
fn never_saved() -> TaskRecord {
    let generation = Generation { model: "nano-banana".into(), input: json!({"mode": "text-to-image", "prompt": "a sunset"}) };
    let (contract, settings) = (Contract::built_in("apixo").unwrap(), Arc::new(Settings::default()));
    let machine = TaskMachine::prepare(&contract, &generation, &SubmitOptions::default(), &settings, [7; 32], 1_000).unwrap();
    machine.record().clone()
}

fn blob(name: &'static str, bytes: &[u8]) -> Blob {
    Blob { name, bytes: Some(bytes.to_vec()) }
}

async fn insert(store: &dyn Store, record: &TaskRecord) {
    assert_eq!(store.save(record, &[], 0, true).await, Ok(Saved::Done));
}

async fn on_every_store(test: impl AsyncFn(Arc<dyn Store>)) {
    test(Arc::new(MemoryStore::new())).await;
    let folder = Folder::new();
    test(Arc::new(folder.store())).await;
}

fn refused(opened: Result<SqliteStore, StoreError>) -> StoreErrorKind {
    let error = opened.unwrap_err();
    let first = error.message.chars().next().unwrap();
    assert!(!first.is_uppercase() && !error.message.ends_with('.'), "{error}");
    error.kind
}

mod every_store {
    use super::*;

    #[tokio::test]
    async fn a_record_comes_back_as_it_was_with_what_this_release_does_not_know() {
        on_every_store(async |store| {
            let mut value = task(1).to_value();
            value["later"] = json!({"x": [1, 2.5]});
            value["at"]["later"] = json!(7);
            let record = TaskRecord::from_json(value.to_string().as_bytes()).unwrap();
            assert_eq!(store.load(record.intent_id()).await, Ok(None));
            insert(&*store, &record).await;
            let loaded = store.load(record.intent_id()).await.unwrap().unwrap();
            assert_eq!((loaded.to_json(), loaded == record), (record.to_json(), true));
            assert!(loaded.to_json().contains(r#""later":{"x":[1,2.5]}"#));
        })
        .await;
    }

    #[tokio::test]
    async fn a_save_takes_effect_only_on_the_version_it_expects() {
        on_every_store(async |store| {
            let first = task(1);
            assert_eq!(store.save(&next(&first), &[], 1, true).await, Ok(Saved::Conflict), "nothing is stored yet");
            insert(&*store, &first).await;
            assert_eq!(store.save(&first, &[], 0, true).await, Ok(Saved::Conflict), "the intent id is taken");
            let second = with(&next(&first), json!({"taskId": "t-1"}));
            assert_eq!(store.save(&second, &[], 1, false).await, Ok(Saved::Done));
            let late = with(&next(&first), json!({"taskId": "t-2"}));
            assert_eq!(store.save(&late, &[blob("raw", b"late")], 1, true).await, Ok(Saved::Conflict));
            assert_eq!(store.load(first.intent_id()).await, Ok(Some(second)));
            assert_eq!(store.blob(first.intent_id(), "raw").await, Ok(None), "a conflict stores no blob either");
        })
        .await;
    }

    #[tokio::test]
    async fn a_version_that_does_not_follow_is_a_mistake() {
        on_every_store(async |store| {
            assert_eq!(store.save(&never_saved(), &[], 0, true).await.unwrap_err().kind, StoreErrorKind::Misuse);
            for (version, expected) in [(2, 0), (1, 1), (3, 1), (1, u64::MAX)] {
                let record = with(&task(1), json!({"version": version}));
                assert_eq!(store.save(&record, &[], expected, true).await.unwrap_err().kind, StoreErrorKind::Misuse);
            }
            assert_eq!(store.count(&Filter::default()).await, Ok(0));
        })
        .await;
    }

    #[tokio::test]
    async fn a_callers_key_is_unique_within_provider_and_account() {
        on_every_store(async |store| {
            let keyed = |number, account: &str| with(&task(number), json!({"callerKey": "invoice-7", "account": account}));
            insert(&*store, &keyed(1, "default")).await;
            assert_eq!(store.save(&keyed(2, "default"), &[blob("request", b"x")], 0, true).await, Ok(Saved::Conflict));
            assert_eq!(store.blob(task(2).intent_id(), "request").await, Ok(None));
            insert(&*store, &keyed(3, "second")).await;
            insert(&*store, &task(4)).await;
            let renamed = with(&keyed(4, "default"), json!({"version": 2}));
            assert_eq!(store.save(&renamed, &[], 1, true).await, Ok(Saved::Conflict), "a key cannot be taken later either");
            let by =
                |account: &str| Find::CallerKey { provider: "demo".into(), account: account.into(), owner: None, key: "invoice-7".into() };
            assert_eq!(store.find(&by("default")).await, Ok(vec![keyed(1, "default")]));
            assert_eq!(store.find(&by("second")).await, Ok(vec![keyed(3, "second")]));
            assert_eq!(store.find(&by("third")).await, Ok(vec![]));
        })
        .await;
    }

    #[tokio::test]
    async fn a_key_is_its_owners() {
        on_every_store(async |store| {
            let keyed = |number, owner: Option<&str>| with(&task(number), json!({"callerKey": "1", "owner": owner}));
            let of = |owner: Option<&str>| Find::CallerKey {
                provider: "demo".into(),
                account: "default".into(),
                owner: owner.map(str::to_owned),
                key: "1".into(),
            };
            for (number, owner) in [(1, None), (2, Some("ada")), (3, Some("bob"))] {
                insert(&*store, &keyed(number, owner)).await;
                assert_eq!(store.save(&keyed(number + 10, owner), &[], 0, true).await, Ok(Saved::Conflict), "{owner:?}");
                assert_eq!(store.find(&of(owner)).await, Ok(vec![keyed(number, owner)]), "{owner:?}");
            }
            assert_eq!(store.save(&keyed(4, Some("")), &[], 0, true).await, Ok(Saved::Conflict), "no name is no owner");
            assert_eq!(store.find(&of(Some(""))).await, Ok(vec![keyed(1, None)]));
            assert_eq!(store.find(&of(Some("eve"))).await, Ok(vec![]));
            insert(&*store, &with(&task(5), json!({"owner": "ada"}))).await;
            let late = with(&keyed(5, Some("ada")), json!({"version": 2}));
            assert_eq!(store.save(&late, &[], 1, true).await, Ok(Saved::Conflict), "nor can it be taken later");
        })
        .await;
    }

    #[tokio::test]
    async fn one_task_id_may_belong_to_several_intents() {
        on_every_store(async |store| {
            let known = |number| with(&task(number), json!({"taskId": "same"}));
            for number in [2, 1] {
                insert(&*store, &known(number)).await;
            }
            insert(&*store, &with(&known(3), json!({"provider": "other"}))).await;
            let by = Find::TaskId { provider: "demo".into(), task_id: "same".into() };
            assert_eq!(store.find(&by).await, Ok(vec![known(1), known(2)]), "oldest first");
        })
        .await;
    }

    #[tokio::test]
    async fn blobs_of_any_size_come_back_and_go() {
        on_every_store(async |store| {
            let record = task(1);
            let id = record.intent_id();
            let large: Vec<u8> = (0..2 * MIB + 12_345).map(|index| u8::try_from(index % 251).unwrap()).collect();
            let exact = vec![7; MIB];
            let blobs = [blob("request", &large), blob("raw", &exact)];
            assert_eq!(store.save(&record, &blobs, 0, true).await, Ok(Saved::Done));
            assert_eq!(store.blob(id, "request").await, Ok(Some(large)));
            assert_eq!(store.blob(id, "raw").await, Ok(Some(exact)));
            assert_eq!(store.blob(id, "none").await, Ok(None));

            let second = next(&record);
            assert_eq!(store.save(&second, &[Blob { name: "request", bytes: None }, blob("raw", b"")], 1, true).await, Ok(Saved::Done));
            assert_eq!(store.blob(id, "request").await, Ok(None));
            assert_eq!(store.blob(id, "raw").await, Ok(Some(vec![])), "no bytes are not no blob, and no old part stays behind");

            assert_eq!(store.save(&next(&second), &[], 2, true).await, Ok(Saved::Done));
            assert_eq!(store.blob(id, "raw").await, Ok(Some(vec![])), "a blob that is not named stays");
        })
        .await;
    }

    #[tokio::test]
    async fn filters_select_by_every_column() {
        on_every_store(async |store| {
            let tasks = [
                with(&task(0), json!({"provider": "other"})),
                with(&task(1), json!({"account": "second"})),
                with(&task(2), json!({"owner": "ada"})),
                with(&task(3), json!({"phase": "succeeded", "due": null})),
                with(&unresolved(&task(4)), json!({"due": {"at": 500, "set": 400}})),
                task(5),
            ];
            for record in &tasks {
                insert(&*store, record).await;
            }
            let all = Filter::default();
            let cases = [
                (all.clone(), vec![0, 1, 2, 3, 4, 5]),
                (Filter { provider: Some("other".into()), ..all.clone() }, vec![0]),
                (Filter { account: Some("second".into()), ..all.clone() }, vec![1]),
                (Filter { owner: Some("ada".into()), ..all.clone() }, vec![2]),
                (Filter { phases: Some(vec![Phase::Succeeded, Phase::Unresolved]), ..all.clone() }, vec![3, 4]),
                (Filter { phases: Some(vec![]), ..all.clone() }, vec![]),
                (Filter { unfinished: true, ..all.clone() }, vec![0, 1, 2, 4, 5]),
                (Filter { unfinished: true, phases: Some(vec![Phase::Succeeded, Phase::Unresolved]), ..all.clone() }, vec![4]),
                (Filter { due_before: Some(501), ..all.clone() }, vec![4]),
                (Filter { due_before: Some(500), ..all.clone() }, vec![]),
                (Filter { created_before: Some(tasks[2].at().created), ..all.clone() }, vec![0, 1]),
                (Filter { provider: Some("demo' OR 1=1 --".into()), ..all.clone() }, vec![]),
            ];
            for (filter, expected) in cases {
                let expected: Vec<_> = expected.into_iter().map(|index: usize| tasks[index].clone()).collect();
                assert_eq!(store.count(&filter).await, Ok(expected.len() as u64), "{filter:?}");
                let listing = store.list(&filter).await.unwrap();
                assert_eq!((listing.records, listing.damaged, listing.next), (expected, vec![], None), "{filter:?}");
            }
        })
        .await;
    }

    #[tokio::test]
    async fn what_a_second_id_contradicts_is_found_in_any_phase() {
        on_every_store(async |store| {
            let conflict = |number, phase, conflict: Option<serde_json::Value>| {
                let mut value = task(number).to_value();
                value["phase"] = json!(phase);
                value["conflict"] = json!(conflict);
                if phase == "unresolved" {
                    (value["taskId"], value["maybeSent"]) = (json!(null), json!(true));
                }
                TaskRecord::from_json(value.to_string().as_bytes()).unwrap()
            };
            let second = |id| Some(json!({"phase": "waiting", "source": "submit", "at": 7, "taskId": id}));
            let tasks = [
                conflict(0, "unresolved", None),
                conflict(1, "succeeded", second(Some("t-2"))),
                conflict(2, "succeeded", second(None)),
                conflict(3, "waiting", second(Some("t-2"))),
                conflict(4, "waiting", None),
                conflict(5, "failed", Some(json!({"phase": "succeeded", "source": "status", "at": 7}))),
            ];
            for record in &tasks {
                insert(&*store, record).await;
            }
            let unresolved = Filter { phases: Some(vec![Phase::Unresolved]), ..Filter::default() };
            let or_conflicting = Filter { or_conflicting: true, ..unresolved.clone() };
            for (filter, expected) in [
                (unresolved, vec![0]),
                (or_conflicting.clone(), vec![0, 1, 3]),
                (Filter { unfinished: true, ..or_conflicting.clone() }, vec![0, 1, 3]),
                (Filter { account: Some("other".into()), ..or_conflicting }, vec![]),
                (Filter { or_conflicting: true, unfinished: true, ..Filter::default() }, vec![0, 3, 4]),
            ] {
                let expected: Vec<_> = expected.into_iter().map(|index: usize| tasks[index].clone()).collect();
                assert_eq!(store.count(&filter).await, Ok(expected.len() as u64), "{filter:?}");
                assert_eq!(store.list(&filter).await.unwrap().records, expected, "{filter:?}");
            }
        })
        .await;
    }

    #[tokio::test]
    async fn pages_are_complete_and_ordered_also_where_times_are_equal() {
        on_every_store(async |store| {
            for number in [5, 3, 9, 1, 7, 8, 2, 6, 4, 0] {
                let created = 1_800_000_000_000 + u64::from(number / 4);
                insert(&*store, &with(&task(number), json!({"at": {"created": created}}))).await;
            }
            let mut filter = Filter { limit: Some(3), ..Filter::default() };
            let mut pages = Vec::new();
            loop {
                let page = store.list(&filter).await.unwrap();
                pages.push(page.records.iter().map(|record| record.intent_id().to_owned()).collect::<Vec<_>>());
                filter.after = page.next;
                if filter.after.is_none() {
                    break;
                }
                // What is deleted or stored before the place moves nothing after it.
                let gone = with(&task(0), json!({"version": 2, "phase": "failed"}));
                let _ = store.save(&gone, &[], 1, true).await;
                let _ = store.delete(&[gone.intent_id().to_owned()]).await;
            }
            let expected: Vec<_> = (0..10).map(|number| task(number).intent_id().to_owned()).collect();
            assert_eq!(pages.iter().map(Vec::len).collect::<Vec<_>>(), [3, 3, 3, 1]);
            assert_eq!(pages.concat(), expected);
            let exact = Filter { limit: Some(9), ..Filter::default() };
            assert_eq!(store.list(&exact).await.unwrap().next, None, "nine are left: no empty page follows");
            let mut newest = Filter { newest_first: true, limit: Some(4), ..Filter::default() };
            let (mut backwards, mut sizes) = (Vec::new(), Vec::new());
            loop {
                let page = store.list(&newest).await.unwrap();
                sizes.push(page.records.len());
                backwards.extend(page.records.iter().map(|record| record.intent_id().to_owned()));
                newest.after = page.next;
                if newest.after.is_none() {
                    break;
                }
            }
            backwards.reverse();
            assert_eq!((sizes, backwards), (vec![4, 4, 1], expected[1..].to_vec()));
            let some = Filter { created_from: Some(1_800_000_000_001), created_before: Some(1_800_000_000_002), ..Filter::default() };
            let found = store.list(&some).await.unwrap().records;
            assert_eq!(found.iter().map(TaskRecord::intent_id).collect::<Vec<_>>(), expected[4..8]);
            let none = store.list(&Filter { limit: Some(0), ..Filter::default() }).await.unwrap();
            assert_eq!((none.records.len(), none.next), (0, None));
        })
        .await;
    }

    #[tokio::test]
    async fn only_tasks_that_have_ended_are_deleted_with_all_that_is_theirs() {
        on_every_store(async |store| {
            let ended = with(&task(1), json!({"phase": "succeeded"}));
            let unresolved = unresolved(&task(2));
            let event = |kind| TaskEvent { at: 5, kind, data: json!({"to": "waiting"}) };
            for record in [&ended, &unresolved] {
                assert_eq!(store.save(record, &[blob("raw", b"{}")], 0, true).await, Ok(Saved::Done));
                assert_eq!(store.append_events(record.intent_id(), &[event("phase"), event("retry")]).await, Ok(()));
            }
            let ids = [ended.intent_id().to_owned(), unresolved.intent_id().to_owned(), "unknown".to_owned(), ended.intent_id().to_owned()];
            assert_eq!(store.delete(&ids).await, Ok(1));
            assert_eq!(store.load(ended.intent_id()).await, Ok(None));
            assert_eq!(store.blob(ended.intent_id(), "raw").await, Ok(None));
            assert_eq!(store.events(ended.intent_id()).await, Ok(vec![]));
            assert_eq!(store.load(unresolved.intent_id()).await, Ok(Some(unresolved.clone())));
            assert_eq!(store.blob(unresolved.intent_id(), "raw").await, Ok(Some(b"{}".to_vec())));
            assert_eq!(store.events(unresolved.intent_id()).await.unwrap().len(), 2);
        })
        .await;
    }

    #[tokio::test]
    async fn events_keep_their_order_and_need_their_task() {
        on_every_store(async |store| {
            let record = task(1);
            let event = |at, kind| TaskEvent { at, kind, data: json!({"b": 1.0, "a": "é"}) };
            assert_eq!(store.append_events(record.intent_id(), &[event(1, "phase")]).await, Ok(()));
            insert(&*store, &record).await;
            for event in [event(9, "phase"), event(3, "held")] {
                assert_eq!(store.append_events(record.intent_id(), &[event]).await, Ok(()));
            }
            let seen = store.events(record.intent_id()).await.unwrap();
            assert_eq!(seen.iter().map(|event| (event.at, event.kind.as_str())).collect::<Vec<_>>(), [(9, "phase"), (3, "held")]);
            assert_eq!(seen[0].data["a"], json!("é"));
        })
        .await;
    }

    /// A callback; `number` makes its name, its task and its time.
    pub(super) fn delivery(number: u32, outcome: DeliveryOutcome) -> StoredDelivery {
        let received_at = 1_800_000_000_000 + u64::from(number);
        StoredDelivery {
            provider: "demo".to_owned(),
            account: "default".to_owned(),
            dedupe: format!("id:{number}"),
            received_at,
            expires_at: received_at + 1_000,
            verified: number % 2 == 1,
            outcome,
            intent_id: None,
            task_id: Some(format!("t-{number}")),
            body: vec![0xFF, 0, number.to_be_bytes()[3]],
        }
    }

    #[tokio::test]
    async fn a_callback_is_remembered_once_and_until_it_expires() {
        on_every_store(async |store| {
            let one = delivery(1, DeliveryOutcome::Poke);
            assert_eq!([store.remember(&one).await, store.remember(&one).await], [Ok(true), Ok(false)]);
            let foreign = StoredDelivery { account: "other".to_owned(), ..one.clone() };
            assert_eq!(store.remember(&foreign).await, Ok(true), "another account's is another one");
            let two = delivery(2, DeliveryOutcome::Orphan);
            assert_eq!(store.remember(&two).await, Ok(true));
            let found = async |filter: DeliveryFilter| store.deliveries(&filter).await.unwrap();
            assert_eq!(
                found(DeliveryFilter { account: Some("default".to_owned()), ..DeliveryFilter::default() }).await,
                [two.clone(), one.clone()]
            );
            let orphan =
                DeliveryFilter { outcome: Some(DeliveryOutcome::Orphan), task_id: two.task_id.clone(), ..DeliveryFilter::default() };
            assert_eq!(found(orphan).await, [two]);
            assert_eq!(found(DeliveryFilter { limit: Some(1), ..DeliveryFilter::default() }).await.len(), 1);
            assert!(found(DeliveryFilter { kept_at: Some(one.expires_at + 10), ..DeliveryFilter::default() }).await.is_empty());
            let later = StoredDelivery { received_at: one.expires_at, expires_at: one.expires_at + 9, ..one };
            assert_eq!(store.remember(&later).await, Ok(true), "the old one is kept no longer");
        })
        .await;
    }

    #[tokio::test]
    async fn a_callback_is_stored_with_its_change_or_not_at_all() {
        on_every_store(async |store| {
            let first = task(1);
            insert(&*store, &first).await;
            let with_delivery = |delivery: StoredDelivery| Beside { delivery: Some(Arc::new(delivery)), notice: false, events: Vec::new() };
            let stale = with_delivery(delivery(1, DeliveryOutcome::Applied));
            assert_eq!(store.save_with(&next(&next(&first)), &[], 2, true, &stale).await, Ok(Saved::Conflict));
            assert!(store.deliveries(&DeliveryFilter::default()).await.unwrap().is_empty(), "a save that conflicts stores no callback");
            assert_eq!(store.save_with(&next(&first), &[], 1, true, &stale).await, Ok(Saved::Done));
            let second = next(&next(&first));
            assert_eq!(store.save_with(&second, &[], 2, true, &stale).await, Ok(Saved::Conflict), "it was taken before");
            assert_eq!(store.load(first.intent_id()).await.unwrap().map(|record| record.version()), Some(2));
            // An orphan finds its task.
            assert_eq!(store.remember(&delivery(2, DeliveryOutcome::Orphan)).await, Ok(true));
            let found =
                with_delivery(StoredDelivery { intent_id: Some(first.intent_id().to_owned()), ..delivery(2, DeliveryOutcome::Poke) });
            assert_eq!(store.save_with(&second, &[], 2, true, &found).await, Ok(Saved::Done));
            let stored = store.deliveries(&DeliveryFilter { dedupe: Some("id:2".to_owned()), ..DeliveryFilter::default() }).await.unwrap();
            assert_eq!((stored[0].outcome, stored[0].intent_id.as_deref()), (DeliveryOutcome::Poke, Some(first.intent_id())));
        })
        .await;
    }

    #[tokio::test]
    async fn a_notice_is_open_until_it_is_acknowledged_and_goes_with_its_task() {
        on_every_store(async |store| {
            let all = NoticeFilter::default();
            let end = Beside { delivery: None, notice: true, events: Vec::new() };
            for number in [2, 1] {
                let ended = with(&task(number), json!({"phase": "failed", "due": null, "lease": null}));
                assert_eq!(store.save_with(&ended, &[], 0, true, &end).await, Ok(Saved::Done));
                assert_eq!(store.save_with(&next(&ended), &[], 1, true, &end).await, Ok(Saved::Done), "a later save brings no other one");
            }
            let open = async |filter: &NoticeFilter| {
                store.notices(filter).await.unwrap().iter().map(|record| record.intent_id().to_owned()).collect::<Vec<_>>()
            };
            let (one, two) = (task(1).intent_id().to_owned(), task(2).intent_id().to_owned());
            assert_eq!(open(&all).await, [one.clone(), two.clone()]);
            assert_eq!(open(&NoticeFilter { limit: Some(1), ..all.clone() }).await, std::slice::from_ref(&one));
            assert!(open(&NoticeFilter { account: Some("other".to_owned()), ..all.clone() }).await.is_empty());
            assert_eq!([store.acknowledge(&one, 5).await, store.acknowledge(&one, 6).await], [Ok(true), Ok(false)]);
            assert_eq!(store.acknowledge("nobody", 5).await, Ok(false));
            assert_eq!(open(&all).await, std::slice::from_ref(&two));
            assert_eq!(store.delete(&[two]).await, Ok(1));
            assert!(open(&all).await.is_empty());
        })
        .await;
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
    async fn of_a_hundred_that_bring_one_callback_one_is_new() {
        on_every_store(async |store| {
            let all = (0..100).map(|_| {
                let store = Arc::clone(&store);
                tokio::spawn(async move { store.remember(&delivery(7, DeliveryOutcome::Poke)).await.unwrap() })
            });
            let mut new = 0;
            for one in all.collect::<Vec<_>>() {
                new += usize::from(one.await.unwrap());
            }
            assert_eq!(new, 1);
        })
        .await;
    }

    #[tokio::test]
    async fn a_value_is_set_once_or_again() {
        on_every_store(async |store| {
            assert_eq!(store.meta("callback.1").await, Ok(None));
            assert_eq!(store.set_meta("callback.1", "first", true).await.as_deref(), Ok("first"));
            assert_eq!(store.set_meta("callback.1", "second", true).await.as_deref(), Ok("first"), "the one that stands");
            assert_eq!(store.set_meta("callback.1", "third", false).await.as_deref(), Ok("third"));
            assert_eq!(store.meta("callback.1").await, Ok(Some("third".to_owned())));
        })
        .await;
    }

    #[tokio::test]
    async fn a_number_only_moves_upwards() {
        on_every_store(async |store| {
            for (raised, stands) in [(50, 50), (20, 50), (50, 50), (9_000_000_000_000, 9_000_000_000_000), (900, 9_000_000_000_000)] {
                assert_eq!(store.raise_meta("hold", raised).await, Ok(stands));
                assert_eq!(store.meta("hold").await, Ok(Some(stands.to_string())));
            }
            store.set_meta("word", "soon", false).await.unwrap();
            assert_eq!(store.raise_meta("word", 7).await, Ok(7), "what is no number counts as 0");
            assert_eq!(store.meta("word").await, Ok(Some("7".to_owned())));
        })
        .await;
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
    async fn of_a_hundred_that_raise_a_number_the_largest_stands() {
        on_every_store(async |store| {
            let raise = |value| {
                let store = Arc::clone(&store);
                tokio::spawn(async move { store.raise_meta("hold", value).await.unwrap() })
            };
            let racers: Vec<_> = (0..100_u64).map(|racer| raise((racer * 37) % 101)).collect();
            for racer in racers {
                racer.await.unwrap();
            }
            assert_eq!(store.meta("hold").await, Ok(Some("100".to_owned())));
        })
        .await;
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
    async fn of_a_hundred_that_race_for_a_version_one_wins() {
        on_every_store(async |store| {
            let record = task(1);
            insert(&*store, &record).await;
            let racers: Vec<_> = (0..100_u32)
                .map(|racer| {
                    let store = Arc::clone(&store);
                    let mine = with(&next(&record), json!({"taskId": format!("t-{racer}")}));
                    tokio::spawn(async move { (store.save(&mine, &[], 1, true).await.unwrap(), mine) })
                })
                .collect();
            let mut winners = Vec::new();
            for racer in racers {
                let (saved, mine) = racer.await.unwrap();
                winners.extend((saved == Saved::Done).then_some(mine));
            }
            assert_eq!(winners.len(), 1);
            assert_eq!(store.load(record.intent_id()).await, Ok(winners.pop()));
        })
        .await;
    }
}

mod the_file {
    use super::*;

    #[tokio::test]
    async fn its_columns_copy_the_record() {
        let folder = Folder::new();
        let store = folder.store();
        let record = with(&task(1), json!({"callerKey": "k", "owner": "o", "taskId": "t"}));
        assert_eq!(store.save(&record, &[blob("raw", &vec![1; 2 * MIB + 1])], 0, true).await, Ok(Saved::Done));
        let update = with(&next(&record), json!({"phase": "succeeded", "due": null, "lease": null}));
        for (record, expected) in [
            (&record, "1|demo|default|paint-2|k|o|t|waiting|1800000004001|1800000035001|1800000000001|1800000000901"),
            (&update, "2|demo|default|paint-2|k|o|t|succeeded|||1800000000001|1800000000901"),
        ] {
            if record.version() == 2 {
                assert_eq!(store.save(record, &[], 1, true).await, Ok(Saved::Done));
            }
            let row = "SELECT concat_ws('|', version, provider, account, model, caller_key, owner, task_id, phase, coalesce(due_at, ''), \
                       coalesce(lease_until, ''), created_at, updated_at), record FROM gentask_task WHERE intent_id = ?1";
            let row = folder.raw().query_row(row, [record.intent_id()], |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?)));
            assert_eq!(row.unwrap(), (expected.to_owned(), record.to_json()));
        }
        let parts = "SELECT group_concat(part || ':' || length(bytes), ' ') FROM (SELECT * FROM gentask_blob ORDER BY part)";
        assert_eq!(folder.raw().query_row(parts, [], |row| row.get::<_, String>(0)).unwrap(), format!("0:{MIB} 1:{MIB} 2:1"));
    }

    #[tokio::test]
    async fn a_file_whose_keys_were_of_all_owners_together_is_changed_when_it_is_opened() {
        let folder = Folder::new();
        let keyed = |number, owner: &str| with(&task(number), json!({"callerKey": "1", "owner": owner}));
        insert(&folder.store(), &keyed(1, "ada")).await;
        let old = "DROP INDEX gentask_task_key; \
                   CREATE UNIQUE INDEX gentask_task_key ON gentask_task(provider,account,caller_key) WHERE caller_key IS NOT NULL";
        folder.raw().execute_batch(old).unwrap();

        let store = folder.store();
        insert(&store, &keyed(2, "bob")).await;
        assert_eq!(store.save(&keyed(3, "ada"), &[], 0, true).await, Ok(Saved::Conflict));
        assert_eq!(store.count(&Filter::default()).await, Ok(2));
        let version: i64 = folder.raw().query_row("PRAGMA user_version", [], |row| row.get(0)).unwrap();
        assert_eq!(version, 1);
    }

    #[tokio::test]
    async fn a_file_whose_tasks_have_no_rowid_and_are_found_by_their_phases_alone_goes_on() {
        let folder = Folder::new();
        drop(folder.store());
        let sql = "SELECT group_concat(sql, ';') FROM (SELECT sql FROM sqlite_schema WHERE tbl_name IN ('gentask_task', 'gentask_blob') \
                   AND sql IS NOT NULL AND name NOT IN ('gentask_task_created', 'gentask_task_open') ORDER BY type = 'index', name DESC)";
        let made: String = folder.raw().query_row(sql, [], |row| row.get(0)).unwrap();
        let old = format!(
            "DROP TABLE gentask_blob; DROP TABLE gentask_task; {}; CREATE INDEX gentask_task_phase ON gentask_task(phase,updated_at)",
            made.replace("STRICT", "STRICT, WITHOUT ROWID")
        );
        folder.raw().execute_batch(&old).unwrap();
        let store = folder.store();
        insert(&store, &task(1)).await;
        let newer = with(&task(1), json!({"version": 2}));
        let blobs = [Blob { name: "raw", bytes: Some(vec![1]) }];
        assert_eq!(store.save(&newer, &blobs, 1, true).await, Ok(Saved::Done));
        assert_eq!(store.load(newer.intent_id()).await, Ok(Some(newer.clone())));
        assert_eq!(store.blob(newer.intent_id(), "raw").await, Ok(Some(vec![1])));
        assert_eq!(store.list(&Filter { unfinished: true, ..Filter::default() }).await.unwrap().records.len(), 1);
        let names = "SELECT group_concat(name) FROM (SELECT name FROM sqlite_schema WHERE name LIKE 'gentask_task_%' ORDER BY name)";
        let names: String = folder.raw().query_row(names, [], |row| row.get(0)).unwrap();
        assert_eq!(
            names,
            "gentask_task_created,gentask_task_due,gentask_task_key,gentask_task_open,gentask_task_owner,gentask_task_remote"
        );
    }

    #[tokio::test]
    async fn a_history_that_cannot_be_written_keeps_no_record_from_being_stored() {
        let folder = Folder::new();
        let store = folder.store();
        folder.raw().execute_batch("DROP TABLE gentask_event").unwrap();
        let events = vec![TaskEvent { at: 1, kind: "phase", data: json!({}) }];
        let beside = Beside { events, ..Beside::default() };
        assert_eq!(store.save_with(&task(1), &[], 0, true, &beside).await, Ok(Saved::Done));
        assert_eq!(store.load(task(1).intent_id()).await, Ok(Some(task(1))));
    }

    #[tokio::test]
    async fn a_file_whose_deliveries_had_no_account_is_changed_when_it_is_opened() {
        let folder = Folder::new();
        drop(folder.store());
        let old = "DROP TABLE gentask_delivery; \
                   CREATE TABLE gentask_delivery(provider TEXT NOT NULL, dedupe TEXT NOT NULL, PRIMARY KEY(provider,dedupe)) STRICT";
        folder.raw().execute_batch(old).unwrap();
        let store = folder.store();
        assert_eq!(store.remember(&every_store::delivery(1, DeliveryOutcome::Poke)).await, Ok(true));
        assert_eq!(store.deliveries(&DeliveryFilter::default()).await.unwrap().len(), 1);
    }

    #[tokio::test]
    async fn a_flood_of_callbacks_without_a_task_leaves_the_newest_of_them() {
        let folder = Folder::new();
        let store = folder.store();
        let flood = "INSERT INTO gentask_delivery(provider, account, dedupe, received_at, expires_at, verified, outcome, task_id, body) \
                     WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10000) \
                     SELECT 'demo', 'default', 'old:' || i, i, 9000000000000, 1, 'orphan', 't-' || i, x'' FROM n";
        folder.raw().execute_batch(flood).unwrap();
        let orphan = |number| every_store::delivery(number, DeliveryOutcome::Orphan);
        assert_eq!(store.remember(&orphan(1)).await, Ok(true));
        assert_eq!(store.remember(&StoredDelivery { account: "other".to_owned(), ..orphan(2) }).await, Ok(true));
        assert_eq!(store.remember(&every_store::delivery(3, DeliveryOutcome::Poke)).await, Ok(true));
        let left = store.deliveries(&DeliveryFilter::default()).await.unwrap();
        let names = [0, 1, 2, left.len() - 1].map(|at| left[at].dedupe.as_str());
        assert_eq!((left.len(), names), (10_002, ["id:3", "id:2", "id:1", "old:2"]));
    }

    #[test]
    fn it_has_the_tables_of_the_format() {
        let folder = Folder::new();
        let store = folder.store();
        let db = folder.raw();
        let mut select = db.prepare("SELECT name FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%' ORDER BY type DESC, name").unwrap();
        let names: Vec<String> = select.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
        let tables = ["blob", "delivery", "event", "meta", "notice", "task"].map(|name| format!("gentask_{name}"));
        let indexes = [
            "delivery_expiry",
            "delivery_orphan",
            "event_intent",
            "notice_open",
            "task_created",
            "task_due",
            "task_key",
            "task_open",
            "task_owner",
            "task_remote",
        ]
        .map(|name| format!("gentask_{name}"));
        assert_eq!(names, [&tables[..], &indexes[..]].concat());
        let strict: i64 =
            db.query_row("SELECT min(strict) FROM pragma_table_list WHERE name LIKE 'gentask_%'", [], |row| row.get(0)).unwrap();
        assert_eq!(strict, 1);
        assert_eq!(store.path(), folder.file());
    }

    #[cfg(unix)]
    #[tokio::test]
    async fn only_its_owner_can_read_it() {
        use std::os::unix::fs::PermissionsExt;
        let folder = Folder::new();
        let file = folder.0.join("a").join("b").join("tasks.db");
        let store = SqliteStore::open(&file).unwrap();
        insert(&store, &task(1)).await;
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        for name in ["tasks.db", "tasks.db-wal", "tasks.db-shm"] {
            assert_eq!(mode(&file.with_file_name(name)), 0o600, "{name}");
        }
        assert_eq!([mode(&folder.0.join("a")), mode(&folder.0.join("a").join("b"))], [0o700, 0o700]);
    }

    #[tokio::test]
    async fn it_outlives_the_store_and_calls_whose_futures_were_dropped() {
        let folder = Folder::new();
        let store = folder.store();
        let first = task(1);
        // In the order of the calls, whichever future is asked first, or none.
        drop(store.save(&first, &[blob("request", b"body")], 0, true));
        drop(store.save(&next(&first), &[], 1, false));
        let third = store.save(&next(&next(&first)), &[], 2, true);
        drop(store.append_events(first.intent_id(), &[TaskEvent { at: 1, kind: "phase", data: json!({}) }]));
        assert_eq!(third.await, Ok(Saved::Done));
        drop(store);
        let store = folder.store();
        assert_eq!(store.load(first.intent_id()).await.unwrap().map(|record| record.version()), Some(3));
        assert_eq!(store.blob(first.intent_id(), "request").await, Ok(Some(b"body".to_vec())));
        assert_eq!(store.events(first.intent_id()).await.unwrap().len(), 1);
    }

    #[tokio::test]
    async fn saves_that_wait_together_share_a_commit() {
        let folder = Folder::new();
        let store = SqliteStore::open_with(folder.file(), &patient()).unwrap();
        insert(&store, &task(0)).await;
        let before = commits(&folder);
        let gate = folder.raw();
        gate.execute_batch("BEGIN IMMEDIATE").unwrap();
        let saves: Vec<_> = (1..=200).map(|number| store.save(&task(number), &[], 0, true)).collect();
        gate.execute_batch("COMMIT").unwrap();
        for save in saves {
            assert_eq!(save.await, Ok(Saved::Done));
        }
        // One for what the writer had taken before it met the lock, and one for all the others.
        let made = commits(&folder) - before;
        assert!((1..=2).contains(&made), "{made} commits");
        assert_eq!(store.count(&Filter::default()).await, Ok(201));
    }

    /// Commits in the write-ahead log: its frames of 24 bytes and a page each say where a transaction ends.
    fn commits(folder: &Folder) -> usize {
        let log = fs::read(folder.0.join("tasks.db-wal")).unwrap();
        let word = |bytes: &[u8], at: usize| u32::from_be_bytes(bytes[at..at + 4].try_into().unwrap());
        let page = word(&log, 8) as usize;
        log[32..].chunks_exact(24 + page).filter(|frame| frame[8..16] == log[16..24] && word(frame, 4) > 0).count()
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
    async fn of_a_hundred_with_one_key_on_two_connections_one_wins() {
        let folder = Folder::new();
        let stores = [(); 2].map(|()| Arc::new(SqliteStore::open_with(folder.file(), &patient()).unwrap()));
        let racers: Vec<_> = (0..100)
            .map(|number| {
                let store = Arc::clone(&stores[number as usize % 2]);
                let record = with(&task(number), json!({"callerKey": "once"}));
                tokio::spawn(async move { store.save(&record, &[blob("request", b"x")], 0, true).await.unwrap() })
            })
            .collect();
        let mut won = 0;
        for racer in racers {
            won += u32::from(racer.await.unwrap() == Saved::Done);
        }
        assert_eq!(won, 1);
        for store in &stores {
            assert_eq!(store.count(&Filter::default()).await, Ok(1));
        }
        let blobs: i64 = folder.raw().query_row("SELECT count(*) FROM gentask_blob", [], |row| row.get(0)).unwrap();
        assert_eq!(blobs, 1, "those that lost left nothing");
    }

    #[tokio::test]
    async fn threads_and_processes_may_make_it_at_once() {
        let folder = Folder::new();
        let mut children: Vec<_> =
            (0..4).map(|number: u32| other_process(&folder, number * 100..number * 100 + 10).spawn().unwrap()).collect();
        let threads: Vec<_> = (0..8)
            .map(|_| {
                let file = folder.file();
                std::thread::spawn(move || SqliteStore::open_with(file, &patient()).map(drop))
            })
            .collect();
        for thread in threads {
            thread.join().unwrap().unwrap();
        }
        for child in &mut children {
            assert!(child.wait().unwrap().success());
        }
        assert_eq!(folder.store().count(&Filter::default()).await, Ok(40));
    }

    #[tokio::test]
    async fn a_process_that_is_killed_loses_nothing_that_was_answered() {
        let folder = Folder::new();
        let mut child = other_process(&folder, 0..u32::MAX).stdout(Stdio::piped()).spawn().unwrap();
        let mut answers = BufReader::new(child.stdout.take().unwrap()).lines().map(Result::unwrap).filter(|line| line == "stored");
        let answered = answers.by_ref().take(25).count();
        child.kill().unwrap();
        child.wait().unwrap();
        let found = folder.store().list(&Filter::default()).await.unwrap();
        assert!(found.records.len() >= answered && found.damaged.is_empty(), "{answered} answered, {} found", found.records.len());
        let whole: String = folder.raw().query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
        assert_eq!((answered, whole.as_str()), (25, "ok"));
    }

    /// This test binary again, where it stores these tasks one after the other.
    fn other_process(folder: &Folder, numbers: Range<u32>) -> Command {
        let mut command = Command::new(std::env::current_exe().unwrap());
        command.args(["--exact", "the_file::in_another_process", "--nocapture"]);
        command.env("GENTASK_STORE_TEST", folder.file()).env("GENTASK_STORE_TEST_FROM", numbers.start.to_string());
        command.env("GENTASK_STORE_TEST_TO", numbers.end.to_string()).stdout(Stdio::null());
        command
    }

    /// What the other processes of the tests above do; nothing by itself.
    #[tokio::test]
    async fn in_another_process() {
        let Some(file) = std::env::var_os("GENTASK_STORE_TEST") else { return };
        let number = |name| std::env::var(name).unwrap().parse::<u32>().unwrap();
        let store = SqliteStore::open_with(file, &patient()).unwrap();
        for number in number("GENTASK_STORE_TEST_FROM")..number("GENTASK_STORE_TEST_TO") {
            insert(&store, &task(number)).await;
            println!("\nstored");
        }
    }
}

mod refusals {
    use super::*;

    #[tokio::test]
    async fn a_damaged_record_is_reported_and_hides_no_other() {
        let folder = Folder::new();
        let store = folder.store();
        for number in 0..6 {
            insert(&store, &with(&task(number), json!({"callerKey": format!("k{number}")}))).await;
        }
        let db = folder.raw();
        for (number, change) in
            [(1, "record = '{}'"), (2, "record = json_set(record, '$.v', 2)"), (3, "version = 9"), (4, "record = CAST(x'22FF22' AS TEXT)")]
        {
            db.execute(&format!("UPDATE gentask_task SET {change} WHERE intent_id = ?1"), [task(number).intent_id()]).unwrap();
        }
        let listing = store.list(&Filter::default()).await.unwrap();
        let good: Vec<_> = listing.records.into_iter().map(|record| record.intent_id().to_owned()).collect();
        assert_eq!(good, [task(0).intent_id(), task(5).intent_id()]);
        let damaged: Vec<_> = listing.damaged.iter().map(|damaged| damaged.intent_id.clone()).collect();
        assert_eq!(damaged, [1, 2, 3, 4].map(|number| task(number).intent_id().to_owned()));
        assert!(listing.damaged[1].reason.contains("newer gentask"), "{:?}", listing.damaged);
        assert!(listing.damaged[2].reason.contains('9'), "{:?}", listing.damaged);
        assert_eq!(store.count(&Filter::default()).await, Ok(6));

        // Paging goes through them.
        let mut filter = Filter { limit: Some(2), ..Filter::default() };
        let mut seen = 0;
        loop {
            let page = store.list(&filter).await.unwrap();
            seen += page.records.len() + page.damaged.len();
            filter.after = page.next;
            if filter.after.is_none() {
                break;
            }
        }
        assert_eq!(seen, 6);

        // Asked for by name, it is an error: to say "no such task" could lead to a second payment.
        for (number, kind) in [(1, StoreErrorKind::Corrupt), (2, StoreErrorKind::Newer), (3, StoreErrorKind::Corrupt)] {
            let error = store.load(task(number).intent_id()).await.unwrap_err();
            assert_eq!(error.kind, kind, "{error}");
            let by = Find::CallerKey { provider: "demo".into(), account: "default".into(), owner: None, key: format!("k{number}") };
            assert_eq!(store.find(&by).await.unwrap_err().kind, kind);
        }
    }

    #[tokio::test]
    async fn a_blob_with_a_hole_is_not_handed_out() {
        let folder = Folder::new();
        let store = folder.store();
        assert_eq!(store.save(&task(1), &[blob("request", &vec![1; 3 * MIB])], 0, true).await, Ok(Saved::Done));
        folder.raw().execute("DELETE FROM gentask_blob WHERE part = 1", []).unwrap();
        let error = store.blob(task(1).intent_id(), "request").await.unwrap_err();
        assert_eq!(error.kind, StoreErrorKind::Corrupt);
        assert!(error.message.contains("part 1"), "{error}");
    }

    #[test]
    fn a_newer_format_is_left_alone() {
        let folder = Folder::new();
        drop(folder.store());
        folder.raw().pragma_update(None, "user_version", 2).unwrap();
        let error = SqliteStore::open(folder.file()).unwrap_err();
        assert_eq!(error.kind, StoreErrorKind::Newer);
        assert!(error.message.contains("upgrade gentask"), "{error}");
        assert_eq!(folder.raw().query_row("PRAGMA user_version", [], |row| row.get::<_, i64>(0)), Ok(2));
    }

    #[test]
    fn another_applications_file_is_left_alone() {
        for setup in ["CREATE TABLE notes(x)", "PRAGMA application_id=42", "PRAGMA application_id=42; CREATE TABLE gentask_task(x)"] {
            let folder = Folder::new();
            folder.raw().execute_batch(setup).unwrap();
            let before = fs::read(folder.file()).unwrap();
            assert_eq!(refused(SqliteStore::open(folder.file())), StoreErrorKind::Foreign, "{setup}");
            assert!(fs::read(folder.file()).unwrap() == before, "{setup}: untouched");
        }
    }

    #[test]
    fn an_empty_file_is_a_new_store() {
        let folder = Folder::new();
        fs::write(folder.file(), b"").unwrap();
        drop(folder.store());
        drop(folder.store());
    }

    #[test]
    fn what_is_not_a_database_is_corrupt() {
        let folder = Folder::new();
        fs::write(folder.file(), "a letter to a friend, long enough to be taken for the header of a file. ".repeat(20)).unwrap();
        assert_eq!(refused(SqliteStore::open(folder.file())), StoreErrorKind::Corrupt);
    }

    #[tokio::test]
    async fn damaged_pages_are_corrupt() {
        let folder = Folder::new();
        let store = folder.store();
        for number in 0..50 {
            insert(&store, &task(number)).await;
        }
        drop(store);
        let mut bytes = fs::read(folder.file()).unwrap();
        // The first page, with the header and the schema, stays as it is.
        bytes[4096..].fill(0xA5);
        fs::write(folder.file(), bytes).unwrap();
        let store = folder.store();
        let error = store.list(&Filter::default()).await.unwrap_err();
        assert_eq!(error.kind, StoreErrorKind::Corrupt);
        assert!(error.message.contains(&folder.file().display().to_string()), "{error}");
        assert_eq!(store.save(&task(99), &[], 0, true).await.unwrap_err().kind, StoreErrorKind::Corrupt);
    }

    #[test]
    fn a_directory_and_a_path_below_a_file_are_no_stores() {
        let folder = Folder::new();
        assert_eq!(refused(SqliteStore::open(&folder.0)), StoreErrorKind::Io);
        fs::write(folder.0.join("plain"), b"x").unwrap();
        assert_eq!(refused(SqliteStore::open(folder.0.join("plain").join("tasks.db"))), StoreErrorKind::Io);
        assert_eq!(refused(SqliteStore::open(folder.0.join("plain").join("a").join("tasks.db"))), StoreErrorKind::Io);
        assert_eq!(refused(SqliteStore::open("")), StoreErrorKind::Io);
    }

    #[test]
    fn a_file_that_may_only_be_read_is_refused() {
        let folder = Folder::new();
        drop(folder.store());
        // A write format above 2 makes SQLite itself treat a file as read-only, whoever asks: also the root of a container.
        let mut bytes = fs::read(folder.file()).unwrap();
        bytes[18] = 3;
        fs::write(folder.file(), bytes).unwrap();
        assert_eq!(refused(SqliteStore::open(folder.file())), StoreErrorKind::ReadOnly);
    }

    #[cfg(unix)]
    #[test]
    fn permissions_make_a_file_and_a_folder_read_only() {
        use std::os::unix::fs::PermissionsExt;
        let folder = Folder::new();
        drop(folder.store());
        let set = |path: &Path, mode| fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
        set(&folder.file(), 0o400);
        // Root is bound by none of this.
        if fs::OpenOptions::new().append(true).open(folder.file()).is_err() {
            assert_eq!(refused(SqliteStore::open(folder.file())), StoreErrorKind::ReadOnly);
            set(&folder.0, 0o500);
            let new = SqliteStore::open(folder.0.join("new.db"));
            set(&folder.0, 0o700);
            assert_eq!(refused(new), StoreErrorKind::ReadOnly);
        }
        set(&folder.file(), 0o600);
    }

    #[tokio::test]
    async fn a_store_that_another_program_holds_is_locked_and_then_works_again() {
        let folder = Folder::new();
        let store = folder.store();
        insert(&store, &task(1)).await;
        let other = folder.raw();
        other.execute_batch("BEGIN EXCLUSIVE").unwrap();
        let saves: Vec<_> = (2..10).map(|number| store.save(&task(number), &[], 0, true)).collect();
        for save in saves {
            assert_eq!(save.await.unwrap_err().kind, StoreErrorKind::Locked);
        }
        assert_eq!(store.load(task(1).intent_id()).await, Ok(Some(task(1))), "reading goes on");
        drop(folder.store());
        other.execute_batch("COMMIT").unwrap();
        insert(&store, &task(2)).await;
    }

    #[test]
    fn a_file_that_another_program_is_making_is_locked() {
        let folder = Folder::new();
        let other = folder.raw();
        other.execute_batch("BEGIN EXCLUSIVE; CREATE TABLE x(y)").unwrap();
        assert_eq!(refused(SqliteStore::open_with(folder.file(), &impatient())), StoreErrorKind::Locked);
        other.execute_batch("ROLLBACK").unwrap();
        drop(folder.store());
    }

    #[tokio::test]
    async fn a_full_disk_refuses_what_does_not_fit_and_keeps_the_rest() {
        let folder = Folder::new();
        let options = SqliteOptions { max_bytes: Some(512 * 1024), ..impatient() };
        let store = SqliteStore::open_with(folder.file(), &options).unwrap();
        // Together, so that the large one spoils the group in which it is.
        let small = store.save(&task(1), &[], 0, true);
        let large = store.save(&task(2), &[blob("request", &vec![1; 2 * MIB])], 0, true);
        let last = store.save(&task(3), &[], 0, true);
        assert_eq!(small.await, Ok(Saved::Done));
        let error = large.await.unwrap_err();
        assert_eq!(error.kind, StoreErrorKind::Full);
        assert_eq!(Error::from(error).code, ErrorCode::StoreError);
        assert_eq!(last.await, Ok(Saved::Done));
        let stored: BTreeSet<_> =
            store.list(&Filter::default()).await.unwrap().records.into_iter().map(|record| record.intent_id().to_owned()).collect();
        assert_eq!(stored, [1, 3].map(|number| task(number).intent_id().to_owned()).into());
    }

    #[cfg(unix)]
    #[tokio::test]
    async fn a_file_that_was_removed_takes_no_more_tasks() {
        let folder = Folder::new();
        let store = folder.store();
        insert(&store, &task(1)).await;
        fs::rename(folder.file(), folder.0.join("moved.db")).unwrap();
        let error = store.save(&task(2), &[], 0, true).await.unwrap_err();
        assert_eq!(error.kind, StoreErrorKind::Io);
        assert!(error.message.contains("removed or replaced"), "{error}");
        fs::rename(folder.0.join("moved.db"), folder.file()).unwrap();
        insert(&store, &task(2)).await;
    }
}

mod parked {
    use super::*;
    use gentask::BoxFuture;
    use std::task::{Context, Poll, Waker};

    /// What happens now, without waiting: nothing, for a call that waits for the release.
    fn now<T>(future: &mut BoxFuture<'_, T>) -> Option<T> {
        match future.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(value) => Some(value),
            Poll::Pending => None,
        }
    }

    /// Has the file for itself, which nobody can while another has it open.
    fn alone(folder: &Folder) -> Result<Connection, rusqlite::Error> {
        let db = folder.raw();
        db.busy_timeout(Duration::ZERO)?;
        db.execute_batch("PRAGMA locking_mode=EXCLUSIVE; BEGIN EXCLUSIVE")?;
        Ok(db)
    }

    fn is_replaced<T: std::fmt::Debug>(answer: Result<T, StoreError>) {
        let error = answer.unwrap_err();
        assert!(error.kind == StoreErrorKind::Io && error.message.contains("removed or replaced while it was in use"), "{error}");
    }

    #[cfg(target_os = "linux")]
    #[tokio::test]
    async fn no_descriptor_is_left_to_inherit() {
        let folder = Folder::new();
        let store = folder.store();
        let open = || {
            let links = fs::read_dir("/proc/self/fd").unwrap().filter_map(|entry| fs::read_link(entry.unwrap().path()).ok());
            links.filter(|file| file.starts_with(&folder.0)).count()
        };
        for number in 0..3 {
            insert(&store, &task(number)).await;
            assert_eq!(store.load(task(number).intent_id()).await, Ok(Some(task(number))));
            assert!(open() >= 5, "a file and a log for each connection, and the index that they share");
            let parked = store.park();
            assert_eq!(open(), 0);
            drop(parked);
        }
    }

    #[tokio::test]
    async fn no_lock_is_left_and_the_log_is_in_the_file() {
        let folder = Folder::new();
        let store = folder.store();
        insert(&store, &task(1)).await;
        assert!(alone(&folder).is_err());
        let parked = store.park();
        assert_eq!(fs::read_dir(&folder.0).unwrap().count(), 1, "neither log nor index");
        let db = alone(&folder).unwrap();
        assert_eq!(db.query_row("SELECT count(*) FROM gentask_task", [], |row| row.get(0)), Ok(1));
        drop((db, parked));
        assert_eq!(store.load(task(1).intent_id()).await, Ok(Some(task(1))));
        insert(&store, &task(2)).await;
    }

    #[tokio::test]
    async fn calls_wait_for_the_release_and_keep_their_order() {
        let folder = Folder::new();
        let store = SqliteStore::open_with(folder.file(), &patient()).unwrap();
        let first = task(1);
        let before = store.save(&first, &[], 0, true);
        let parked = store.park();
        assert_eq!(before.await, Ok(Saved::Done), "what was under way is done first");
        let second = next(&first);
        let mut saves = [store.save(&second, &[], 1, true), store.save(&next(&second), &[], 2, true)];
        drop(store.append_events(first.intent_id(), &[TaskEvent { at: 1, kind: "phase", data: json!({}) }]));
        let mut count = store.count(&Filter::default());
        assert!(saves.iter_mut().all(|save| now(save).is_none()) && now(&mut count).is_none());
        let stored = "SELECT version || ' ' || (SELECT count(*) FROM gentask_event) FROM gentask_task";
        assert_eq!(folder.raw().query_row(stored, [], |row| row.get(0)), Ok("1 0".to_owned()));
        drop(parked);
        for save in saves {
            assert_eq!(save.await, Ok(Saved::Done));
        }
        assert_eq!(count.await, Ok(1));
        // The writer answers in order, so this comes after the event.
        assert_eq!(store.set_meta("a", "b", false).await.as_deref(), Ok("b"));
        assert_eq!(folder.raw().query_row(stored, [], |row| row.get(0)), Ok("3 1".to_owned()));
    }

    #[tokio::test]
    async fn several_may_park_at_once_and_the_last_one_releases() {
        let folder = Folder::new();
        let store = SqliteStore::open_with(folder.file(), &patient()).unwrap();
        std::thread::scope(|scope| {
            for number in 0..4 {
                let (store, folder) = (&store, &folder);
                scope.spawn(move || {
                    for round in 0..20 {
                        let parked = [store.park(), store.park()];
                        drop(store.save(&task(number * 100 + round), &[], 0, true));
                        let files = fs::read_dir(&folder.0).unwrap().count();
                        assert_eq!(files, 1, "closed, whoever else releases");
                        drop(parked);
                    }
                });
            }
        });
        let outer = store.park();
        let mut count = store.count(&Filter::default());
        drop(store.park());
        drop(store.park());
        assert!(now(&mut count).is_none());
        assert_eq!(fs::read_dir(&folder.0).unwrap().count(), 1);
        drop(outer);
        assert_eq!(count.await, Ok(80));
    }

    #[tokio::test]
    async fn a_store_dropped_meanwhile_does_what_is_left_after_the_release() {
        let folder = Folder::new();
        let store = SqliteStore::open_with(folder.file(), &patient()).unwrap();
        let parked = store.park();
        drop(store.save(&task(1), &[], 0, true));
        drop(store);
        assert_eq!(fs::read_dir(&folder.0).unwrap().count(), 1);
        drop(parked);
        let store = SqliteStore::open_with(folder.file(), &patient()).unwrap();
        let saved = async { while store.count(&Filter::default()).await.unwrap() == 0 {} };
        tokio::time::timeout(Duration::from_mins(1), saved).await.unwrap();
    }

    #[tokio::test]
    async fn a_file_that_cannot_be_opened_again_is_tried_by_the_next_call() {
        let folder = Folder::new();
        let store = folder.store();
        let parked = store.park();
        let other = alone(&folder).unwrap();
        let saves = [1, 2].map(|number| store.save(&task(number), &[], 0, true));
        drop(parked);
        for save in saves {
            assert_eq!(save.await.unwrap_err().kind, StoreErrorKind::Locked);
        }
        assert_eq!(store.load(task(1).intent_id()).await.unwrap_err().kind, StoreErrorKind::Locked);
        drop(other);
        assert_eq!(store.load(task(1).intent_id()).await, Ok(None));
        insert(&store, &task(1)).await;
    }

    #[tokio::test]
    async fn a_file_that_may_only_be_read_meanwhile_is_written_again_later() {
        let folder = Folder::new();
        let store = folder.store();
        insert(&store, &task(1)).await;
        let parked = store.park();
        let bytes = fs::read(folder.file()).unwrap();
        let mut locked = bytes.clone();
        locked[18] = 3;
        fs::write(folder.file(), locked).unwrap();
        drop(parked);
        assert_eq!(store.save(&task(2), &[], 0, true).await.unwrap_err().kind, StoreErrorKind::ReadOnly);
        assert_eq!(store.load(task(1).intent_id()).await.unwrap_err().kind, StoreErrorKind::ReadOnly);
        fs::write(folder.file(), bytes).unwrap();
        insert(&store, &task(2)).await;
        assert_eq!(store.load(task(1).intent_id()).await, Ok(Some(task(1))));
    }

    #[cfg(unix)]
    #[tokio::test]
    async fn a_file_that_was_removed_or_replaced_meanwhile_is_refused_until_it_is_back() {
        let folder = Folder::new();
        let store = folder.store();
        insert(&store, &task(1)).await;
        let away = folder.0.join("away.db");
        for replaced in [false, true] {
            let parked = store.park();
            fs::rename(folder.file(), &away).unwrap();
            if replaced {
                drop(folder.store());
            }
            drop(parked);
            for number in [2, 3] {
                is_replaced(store.save(&task(number), &[], 0, true).await);
                is_replaced(store.load(task(1).intent_id()).await);
            }
            assert_eq!(folder.file().exists(), replaced, "nothing is made in its place");
            if replaced {
                assert_eq!(folder.store().count(&Filter::default()).await, Ok(0), "nothing is written to another");
            }
            fs::rename(&away, folder.file()).unwrap();
            assert_eq!(store.load(task(1).intent_id()).await, Ok(Some(task(1))));
            insert(&store, &task(10 + u32::from(replaced))).await;
        }
    }

    #[cfg(unix)]
    #[tokio::test]
    async fn a_new_file_with_the_number_of_the_old_one_is_another() {
        let folder = Folder::new();
        let store = folder.store();
        insert(&store, &task(1)).await;
        let Ok(born) = fs::metadata(folder.file()).unwrap().created() else { return };
        let parked = store.park();
        fs::remove_file(folder.file()).unwrap();
        // The clock of a file system ticks slowly.
        let probe = folder.0.join("probe");
        while {
            fs::write(&probe, b"").unwrap();
            let time = fs::metadata(&probe).unwrap().created().unwrap();
            fs::remove_file(&probe).unwrap();
            time <= born
        } {}
        drop(folder.store());
        drop(parked);
        is_replaced(store.load(task(1).intent_id()).await);
        is_replaced(store.save(&task(2), &[], 0, true).await);
    }

    #[tokio::test]
    async fn a_file_that_was_emptied_meanwhile_stays_empty() {
        let folder = Folder::new();
        let store = folder.store();
        insert(&store, &task(1)).await;
        let parked = store.park();
        let bytes = fs::read(folder.file()).unwrap();
        fs::write(folder.file(), b"").unwrap();
        drop(parked);
        is_replaced(store.load(task(1).intent_id()).await);
        is_replaced(store.save(&task(2), &[], 0, true).await);
        assert_eq!(fs::metadata(folder.file()).unwrap().len(), 0);
        fs::write(folder.file(), bytes).unwrap();
        assert_eq!(store.load(task(1).intent_id()).await, Ok(Some(task(1))));
        insert(&store, &task(2)).await;
    }
}
