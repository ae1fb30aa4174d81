//! `gentask run` ended by SIGKILL at each step, and what `gentask resume` makes of it: no task is lost and none is paid twice.
//!
//! The moments are those at which the provider has seen something: nothing is timed.

#[path = "command/rig.rs"]
mod rig;

use gentask_sandbox::{Fault, Rule, SandboxOptions, Script, Target};
use rig::{FILM, QUICK, Ran, Rig, eventually, options};
use serde_json::Value;
use std::io::Write as _;
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

/// An answer that does not come while the test lasts.
const NEVER: Fault = Fault::DelayMs { ms: 60_000 };

/// A rig whose leases end soon: the request timeout and 5 s.
fn rig(rules: impl IntoIterator<Item = Rule>) -> Rig {
    rig_of(&options(60, rules))
}

fn rig_of(options: &SandboxOptions) -> Rig {
    let mut rig = Rig::new(options);
    rig.set("AIVIDEO_TIMEOUT_MS", "1000");
    rig
}

/// At most one POST arrived and at most one task was made.
fn paid_once(rig: &Rig, provider: &str, tasks: u64) {
    let seen = rig.server.stats().of(provider);
    assert!(seen.submits() <= 1, "{seen:?}");
    assert_eq!(seen.tasks, tasks, "{seen:?}");
}

/// Runs a film, ends it once the provider has seen this, and returns its record as `list` shows it.
fn killed(rig: &Rig, provider: &str, more: &[&str], seen: impl Fn(&gentask_sandbox::ProviderStats) -> bool) -> Value {
    let args = rig.film(provider, more);
    let run = rig.start(&args.iter().map(String::as_str).collect::<Vec<_>>());
    eventually("the moment to kill", || seen(&rig.server.stats().of(provider)));
    let ran = run.kill();
    assert_eq!((ran.exit, ran.stdout.as_str()), (None, ""), "{ran:?}");
    rig.holds_no_key(&ran);
    let mut list = rig.list();
    assert_eq!(list.len(), 1, "the task is listed: {list:?}");
    list.remove(0)
}

/// A resumed task has come to its result.
fn done(ran: &Ran) -> Value {
    let reply = ran.reply(0);
    assert_eq!((&reply["status"], &reply["ok"]), (&"success".into(), &true.into()));
    assert!(reply["data"]["files"][0]["url"].is_string(), "{reply}");
    reply
}

/// Every case at once: most of their time is a lease that runs out.
fn at_once(cases: &[fn()]) {
    std::thread::scope(|scope| {
        let running: Vec<_> = cases.iter().map(|case| scope.spawn(case)).collect();
        for case in running {
            if let Err(panic) = case.join() {
                std::panic::resume_unwind(panic);
            }
        }
    });
}

#[test]
fn once_the_task_id_is_stored_nothing_is_lost() {
    at_once(&[while_polling, during_the_result, during_the_download, during_resume]);
}

#[test]
fn while_the_submit_is_in_flight_it_is_never_sent_again() {
    at_once(&[
        accepted_and_found,
        accepted_and_adopted,
        accepted_and_discarded,
        accepted_and_redelivered,
        never_arrived,
        during_the_lookup,
    ]);
}

fn while_polling() {
    // The task lasts longer than a first poll on a busy machine.
    let rig = rig_of(&options(2_000, [Rule::nth(Target::Status, 2, NEVER)]));
    let record = killed(&rig, "film", &[], |seen| seen.arrived(Target::Status) == 2);
    assert_eq!(record["phase"], "waiting");
    assert_eq!(done(&rig.resume("film"))["taskId"], record["taskId"]);
    paid_once(&rig, "film", 1);
}

fn during_the_result() {
    let rig = rig([Rule::nth(Target::Result, 1, NEVER)]);
    let record = killed(&rig, "film", &[], |seen| seen.arrived(Target::Result) == 1);
    assert_eq!(record["phase"], "fetching");
    assert_eq!(done(&rig.resume("film"))["taskId"], record["taskId"]);
    paid_once(&rig, "film", 1);
}

fn during_the_download() {
    let rig = rig([Rule::nth(Target::File, 1, NEVER)]);
    let record = killed(&rig, "film", &["--out", "files"], |seen| seen.arrived(Target::File) == 1);
    assert_eq!(record["phase"], "succeeded");
    assert_eq!(rig.resume("film").stdout, "");
    let intent = record["intentId"].as_str().unwrap();
    let reply = done(&rig.run(&["get", intent, "--provider", "film.json", "--out", "files"]));
    let saved = std::fs::read(rig.path(reply["data"]["saved"][0]["path"].as_str().unwrap())).unwrap();
    assert_eq!(Some(u64::try_from(saved.len()).unwrap()), reply["data"]["saved"][0]["bytes"].as_u64());
    paid_once(&rig, "film", 1);
}

fn during_resume() {
    let rig = rig([Rule::nth(Target::Status, 1, NEVER), Rule::nth(Target::Status, 2, NEVER)]);
    killed(&rig, "film", &[], |seen| seen.arrived(Target::Status) == 1);
    let resume = rig.start(&["resume", "--provider", "film.json", "--poll-initial", "0.02"]);
    rig.until("the second poll", |seen| seen.arrived(Target::Status) == 2);
    resume.kill();
    done(&rig.resume("film"));
    paid_once(&rig, "film", 1);
}

fn accepted(rig: &Rig, provider: &str, more: &[&str]) -> (String, String) {
    let record = killed(rig, provider, more, |seen| seen.tasks == 1);
    assert_eq!((&record["phase"], &record["taskId"], &record["status"]), (&"submitting".into(), &Value::Null, &"pending".into()));
    let task = rig.server.with(provider, |sandbox| sandbox.task_ids()[0].clone()).unwrap();
    (record["intentId"].as_str().unwrap().to_owned(), task)
}

/// The provider's list names our reference, so the lost answer is found.
fn accepted_and_found() {
    let rig = rig([Rule::nth(Target::Submit, 1, NEVER)]);
    let (_, task) = accepted(&rig, "film", &[]);
    // Before the lease ends nobody knows whether somebody else waits for the answer.
    assert_eq!(rig.run(&["unresolved"]).stdout, "[]\n");
    assert_eq!(done(&rig.resume("film"))["taskId"], task.as_str());
    paid_once(&rig, "film", 1);
}

/// Nothing can find it: it is shown until a person settles it.
fn accepted_and_adopted() {
    let rig = rig([Rule::nth(Target::Submit, 1, NEVER)]);
    let (intent, task) = accepted(&rig, "blind", &[]);
    unresolved(&rig, "blind", &intent);
    let adopted = rig.run(&["adopt", &intent, &task, "--provider", "blind.json"]).reply(0);
    assert_eq!(adopted["taskId"], task.as_str());
    let resumed = rig.resume("blind");
    if !resumed.stdout.is_empty() {
        done(&resumed);
    }
    done(&rig.run(&["get", &intent, "--provider", "blind.json"]));
    assert_eq!(rig.run(&["unresolved"]).stdout, "[]\n");
    paid_once(&rig, "blind", 1);
}

fn unresolved(rig: &Rig, provider: &str, intent: &str) {
    // Again and again: it is never sent, and never forgotten.
    for _ in 0..if provider == "blind" { 2 } else { 1 } {
        let reply = rig.resume(provider).reply(5);
        assert_eq!((&reply["errorCode"], &reply["status"]), (&"SUBMIT_UNKNOWN".into(), &"unknown".into()));
        assert_eq!((&reply["data"]["intentId"], &reply["data"]["billing"]), (&intent.into(), &"possible".into()));
    }
    let listed = rig.run(&["unresolved"]).json();
    assert_eq!((listed.as_array().map(Vec::len), &listed[0]["intentId"]), (Some(1), &intent.into()));
}

fn accepted_and_discarded() {
    let rig = rig([Rule::nth(Target::Submit, 1, NEVER)]);
    let (intent, _) = accepted(&rig, "blind", &[]);
    unresolved(&rig, "blind", &intent);
    let discarded = rig.run(&["discard", &intent, "--provider", "blind.json"]);
    assert_eq!((discarded.exit, &discarded.json()["status"]), (Some(0), &"cancelled".into()), "{discarded:?}");
    assert_eq!(rig.resume("blind").stdout, "");
    paid_once(&rig, "blind", 1);
}

/// The same order under the same key, as a queue delivers it again after a crash.
fn accepted_and_redelivered() {
    let rig = rig([Rule::nth(Target::Submit, 1, NEVER)]);
    let (intent, task) = accepted(&rig, "film", &["--key", "order-7"]);
    let reply = done(&rig.run_film(&["--key", "order-7"]));
    assert_eq!((&reply["taskId"], &reply["data"]["intentId"]), (&task.as_str().into(), &intent.as_str().into()));
    paid_once(&rig, "film", 1);
    assert_eq!(rig.list().len(), 1);
}

/// The request left the client and never reached the provider, which the client cannot know.
fn never_arrived() {
    let mut rig = rig([]);
    let road = Road::to(rig.server.address().to_string());
    let base = format!("http://{}/film", road.address);
    rig.set("FILM_BASE_URL", &base);
    let args: Vec<&str> =
        ["run", "--provider", "film.json", "--base-url", &base, "--model", "t2v", "--payload", FILM].into_iter().chain(QUICK).collect();
    let run = rig.start(&args);
    eventually("a connection", || road.is_taken());
    eventually("the record", || rig.path("tasks.db").exists() && rig.list().len() == 1);
    run.kill();
    road.open();
    let intent = rig.list()[0]["intentId"].as_str().unwrap().to_owned();
    assert_eq!(rig.list()[0]["phase"], "submitting");
    unresolved(&rig, "film", &intent);
    assert_eq!(rig.seen().submits(), 0);
    assert!(rig.seen().arrived(Target::List) > 0, "it was looked for");
    let discarded = rig.run(&["discard", &intent, "--provider", "film.json"]);
    assert_eq!(discarded.exit, Some(0), "{discarded:?}");
    paid_once(&rig, "film", 0);
}

/// Killed again while the lost submit is looked for.
fn during_the_lookup() {
    let rig = rig([Rule::nth(Target::Submit, 1, NEVER), Rule::nth(Target::List, 1, NEVER)]);
    let (_, task) = accepted(&rig, "film", &[]);
    let resume = rig.start(&["resume", "--provider", "film.json", "--poll-initial", "0.02"]);
    rig.until("the lookup", |seen| seen.arrived(Target::List) == 1);
    resume.kill();
    assert_eq!(done(&rig.resume("film"))["taskId"], task.as_str());
    paid_once(&rig, "film", 1);
}

/// Killed after any number of milliseconds, wherever that is: whatever was reached, the rules hold.
#[test]
fn at_any_moment() {
    std::thread::scope(|scope| {
        for delay in 0..12_u64 {
            scope.spawn(move || {
                let rig = rig([Rule::every(Target::Submit, Fault::DelayMs { ms: 15 })]);
                let run = rig.start_film(&["--key", "order-1"]);
                std::thread::sleep(std::time::Duration::from_millis(10 + 9 * delay));
                run.kill();
                let before = if rig.path("tasks.db").exists() { rig.list() } else { Vec::new() };
                assert!(rig.seen().tasks == 0 || before.len() == 1, "a paid task without a record");
                rig.server.set_script("film", Script::default());
                let ran = rig.run_film(&["--key", "order-1"]);
                // Found, finished or made now; only a POST that may have arrived and did not is undecidable.
                match ran.exit {
                    Some(0) => paid_once(&rig, "film", 1),
                    Some(5) => paid_once(&rig, "film", 0),
                    _ => panic!("{ran:?}"),
                }
                assert_eq!(rig.list().len(), 1);
            });
        }
    });
}

/// A road to the provider on which nothing goes further until it is opened: what was sent before then is lost.
struct Road {
    address: std::net::SocketAddr,
    held: Arc<Mutex<Vec<TcpStream>>>,
    is_open: Arc<AtomicBool>,
}

impl Road {
    fn to(provider: String) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let (held, is_open) = (Arc::new(Mutex::new(Vec::new())), Arc::new(AtomicBool::new(false)));
        let (holding, opened) = (Arc::clone(&held), Arc::clone(&is_open));
        // Both threads end with the process or with their sockets.
        std::thread::spawn(move || {
            for near in listener.incoming().map_while(Result::ok) {
                if !opened.load(Ordering::SeqCst) {
                    holding.lock().unwrap().push(near);
                    continue;
                }
                let far = TcpStream::connect(&provider).unwrap();
                pipe(near.try_clone().unwrap(), far.try_clone().unwrap());
                pipe(far, near);
            }
        });
        Self { address, held, is_open }
    }

    fn is_taken(&self) -> bool {
        !self.held.lock().unwrap().is_empty()
    }

    fn open(&self) {
        self.held.lock().unwrap().clear();
        self.is_open.store(true, Ordering::SeqCst);
    }
}

fn pipe(mut from: TcpStream, mut to: TcpStream) {
    std::thread::spawn(move || {
        let _ = std::io::copy(&mut from, &mut to);
        let _ = to.flush();
        let _ = to.shutdown(std::net::Shutdown::Write);
    });
}
