//! Stores that refuse: exit code 6, one clear message, nothing sent and nothing spoilt.

use crate::rig::{QUICK, Ran, Rig, options};
use gentask::store::{Filter, SqliteStore, Store as _};
use rusqlite::Connection;

fn rig() -> Rig {
    Rig::new(&options(50, []))
}

/// A refusal whose message holds these words.
fn refused(ran: &Ran, words: &str) {
    let reply = ran.reply(6);
    assert_eq!((&reply["errorCode"], &reply["ok"], &reply["data"]["billing"]), (&"STORE_ERROR".into(), &false.into(), &"none".into()));
    assert!(reply["errorMessage"].as_str().is_some_and(|message| message.contains(words)), "{reply}");
    assert!(ran.stderr.is_empty(), "{ran:?}");
}

#[test]
fn what_is_no_store_is_refused_and_left_as_it_is() {
    let rig = rig();
    let file = rig.write("notes.txt", "not a store, and longer than the header of one ".repeat(40));
    let below = format!("{file}/below/tasks.db");
    let folder = rig.path("").display().to_string();
    let foreign = rig.path("foreign.db").display().to_string();
    Connection::open(&foreign).unwrap().execute_batch("CREATE TABLE notes(text TEXT)").unwrap();
    for (path, words) in [
        (file.as_str(), "is damaged or not a store at all"),
        (&below, "tasks.db"),
        (&folder, "task store"),
        (&foreign, "belongs to another application"),
        ("/proc/gentask/tasks.db", "/proc/gentask"),
    ] {
        refused(&rig.run_film(&["--store", path]), words);
        for verb in [["list"].as_slice(), &["resume"], &["unresolved"], &["prune"], &["status", "x"], &["discard", "x"]] {
            let args: Vec<&str> = verb.iter().chain(&["--store", path]).copied().collect();
            refused(&rig.run(&args), words);
        }
    }
    assert!(std::fs::read_to_string(&file).unwrap().starts_with("not a store"));
    assert!(Connection::open(&foreign).unwrap().prepare("SELECT text FROM notes").is_ok());
    assert_eq!(rig.server.stats().connections_total, 0);
}

#[test]
fn a_store_of_a_newer_version_is_refused_and_left_as_it_is() {
    let rig = rig();
    rig.run_film(&[]).reply(0);
    let raw = || Connection::open(rig.path("tasks.db")).unwrap();
    raw().execute_batch("PRAGMA user_version=99").unwrap();
    refused(&rig.run_film(&[]), "upgrade gentask");
    refused(&rig.run(&["list"]), "upgrade gentask");
    assert_eq!(raw().query_row("PRAGMA user_version", [], |row| row.get::<_, i64>(0)).unwrap(), 99);
    assert_eq!(rig.seen().submits(), 1);
}

#[test]
fn a_store_without_a_known_place_is_asked_for() {
    let mut rig = rig();
    rig.unset("GENTASK_STORE");
    rig.set("HOME", "/proc/nowhere");
    refused(&rig.run(&["list"]), "/proc/nowhere");
    let home = rig.path("home").display().to_string();
    rig.set("HOME", &home);
    assert_eq!(rig.run(&["list"]).exit, Some(0));
    assert!(cfg!(not(target_os = "linux")) || rig.path("home/.local/state/gentask/tasks.db").is_file());
}

#[test]
fn a_store_that_another_program_holds_is_waited_for_and_then_refused() {
    let rig = rig();
    rig.run_film(&[]).reply(0);
    let other = Connection::open(rig.path("tasks.db")).unwrap();
    other.execute_batch("BEGIN EXCLUSIVE").unwrap();
    // Without the search for the key: reading the file in this process would give its locks up.
    let args = rig.film("film", &["--key", "k"]);
    let run = |args: &[&str]| rig.start(args).end();
    // Reading goes on beside a writer.
    assert_eq!(run(&["list"]).json().as_array().map(Vec::len), Some(1));
    refused(&run(&args.iter().map(String::as_str).collect::<Vec<_>>()), "is held by another program");
    assert_eq!(rig.seen().submits(), 1);
    other.execute_batch("ROLLBACK").unwrap();
    rig.run_film(&["--key", "k"]).reply(0);
    assert_eq!(rig.seen().submits(), 2);
}

#[test]
fn a_second_id_of_a_task_is_shown_to_a_person_who_settles_submits() {
    let rig = rig();
    let reply = rig.run_film(&[]).reply(0);
    rig.run_film(&[]).reply(0);
    let raw = Connection::open(rig.path("tasks.db")).unwrap();
    let sql = "UPDATE gentask_task SET record=json_set(record, '$.conflict', json(?2)) WHERE intent_id=?1";
    let conflict = r#"{"phase":"waiting","source":"submit","at":1800000000000,"taskId":"the-other"}"#;
    raw.execute(sql, [reply["data"]["intentId"].as_str().unwrap(), conflict]).unwrap();
    let unresolved = rig.run(&["unresolved"]).json();
    assert_eq!(unresolved.as_array().map(Vec::len), Some(1), "{unresolved}");
    let one = &unresolved[0];
    assert_eq!((&one["taskId"], &one["conflictingTaskId"]), (&reply["taskId"], &"the-other".into()));
    assert_eq!(one["phase"], "succeeded", "it has ended, and may have been paid twice");
    let listed = rig.list();
    assert_eq!(listed.iter().filter(|one| one["conflictingTaskId"].is_null()).count(), 1, "{listed:?}");
}

#[test]
fn a_damaged_record_hides_no_other_and_is_named() {
    let rig = rig();
    let damaged = rig.run_film(&["--no-wait"]).reply(0)["data"]["intentId"].as_str().unwrap().to_owned();
    rig.run_film(&["--no-wait"]).reply(0);
    let raw = Connection::open(rig.path("tasks.db")).unwrap();
    raw.execute("UPDATE gentask_task SET record='{}' WHERE intent_id=?1", [&damaged]).unwrap();
    let list = rig.run(&["list"]);
    assert_eq!((list.exit, list.json().as_array().map(Vec::len)), (Some(6), Some(1)));
    assert!(list.stderr.contains(&damaged), "{list:?}");
    // The others are driven to their end, and the damaged one is not passed over in silence.
    let resumed = rig.resume("film");
    assert_eq!(resumed.reply(6)["status"], "success");
    assert!(resumed.stderr.contains(&damaged), "{resumed:?}");
    refused(&rig.run(&["status", &damaged]), &damaged);
    assert_eq!(rig.seen().submits(), 2);
}

#[test]
fn a_provider_on_this_machine_is_polled_as_the_environment_says() {
    let mut rig = Rig::new(&options(60_000, []));
    rig.set("GENTASK_POLL_MS", "70");
    let args = rig.film("film", &["--no-wait"]);
    let (before, after) = args.split_at(args.iter().position(|arg| arg == QUICK[0]).unwrap());
    let without: Vec<&str> = before.iter().chain(&after[QUICK.len()..]).map(String::as_str).collect();
    rig.run(&without).reply(0);
    rig.run_film(&["--no-wait"]).reply(0);
    let store = SqliteStore::open(rig.path("tasks.db")).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let records = runtime.block_on(store.list(&Filter::default())).unwrap().records;
    let waits = records.iter().map(|record| record.due().unwrap().at - record.at().accepted.unwrap()).collect::<Vec<_>>();
    let [of_the_environment, of_a_flag] = waits[..] else { panic!("{waits:?}") };
    assert!((70..100).contains(&of_the_environment) && (20..30).contains(&of_a_flag), "what a flag says counts more: {waits:?}");
    rig.set("GENTASK_POLL_MS", "soon");
    let refused = rig.run(&without).reply(2);
    assert!(refused["errorMessage"].as_str().unwrap().contains("GENTASK_POLL_MS"), "{refused}");
}
