//! Interrupts, closed pipes, and the verb that runs until it is interrupted.

use crate::rig::{FILM, QUICK, Rig, eventually, lacks, options, repository};
use gentask_sandbox::{Fault, Rule, Script, Target};
use serde_json::Value;
use std::io::{BufRead as _, BufReader};
use std::process::Stdio;

const LONG: Fault = Fault::DelayMs { ms: 60_000 };

/// A reply that says that a wait was interrupted.
fn interrupted(reply: &Value) {
    assert_eq!((&reply["errorCode"], &reply["ok"]), (&"WAIT_TIMEOUT".into(), &false.into()), "{reply}");
    assert!(reply["errorMessage"].as_str().is_some_and(|message| message.starts_with("interrupted")), "{reply}");
}

#[test]
fn an_interrupted_wait_leaves_the_task_to_be_resumed() {
    let rig = Rig::new(&options(50, [Rule::every(Target::Status, LONG)]));
    let mut run = rig.start_film(&[]);
    rig.until("a poll", |seen| seen.arrived(Target::Status) > 0);
    run.interrupt();
    let reply = run.end().reply(4);
    interrupted(&reply);
    assert_eq!(rig.list()[0]["phase"], "waiting");
    rig.server.set_script("film", Script::default());
    let resumed = rig.resume("film").reply(0);
    assert_eq!((&resumed["taskId"], &resumed["status"]), (&reply["taskId"], &"success".into()));
    assert_eq!((rig.seen().submits(), rig.seen().tasks), (1, 1));
}

#[test]
fn an_interrupted_submit_is_waited_for_because_its_answer_holds_a_paid_id() {
    let rig = Rig::new(&options(50, [Rule::nth(Target::Submit, 1, Fault::DelayMs { ms: 600 })]));
    let mut run = rig.start_film(&[]);
    rig.until("the submit", |seen| seen.tasks == 1);
    run.interrupt();
    let reply = run.end().reply(4);
    interrupted(&reply);
    assert_eq!(reply["taskId"].as_str(), Some(rig.server.with("film", |film| film.task_ids()[0].clone()).unwrap().as_str()));
    rig.resume("film").reply(0);
    assert_eq!((rig.seen().submits(), rig.seen().tasks), (1, 1));
}

#[test]
fn a_second_interrupt_leaves_the_submit_to_its_record() {
    let rig = Rig::new(&options(50, [Rule::nth(Target::Submit, 1, LONG)]));
    let mut run = rig.start_film(&[]);
    rig.until("the submit", |seen| seen.tasks == 1);
    eventually("the end", || {
        run.interrupt();
        std::thread::sleep(std::time::Duration::from_millis(50));
        run.child().try_wait().unwrap().is_some()
    });
    let reply = run.end().reply(4);
    interrupted(&reply);
    assert_eq!((&reply["status"], &reply["data"]["billing"]), (&"pending".into(), &"possible".into()));
    assert_eq!(rig.list()[0]["phase"], "submitting");
    assert_eq!(rig.seen().submits(), 1);
}

#[test]
fn an_interrupted_download_is_got_later() {
    let rig = Rig::new(&options(50, [Rule::nth(Target::File, 1, LONG)]));
    let mut run = rig.start_film(&["--out", "files"]);
    rig.until("the download", |seen| seen.arrived(Target::File) == 1);
    run.interrupt();
    let reply = run.end().reply(4);
    interrupted(&reply);
    let intent = reply["data"]["intentId"].as_str().unwrap();
    let got = rig.run(&["get", intent, "--provider", "film.json", "--out", "files"]).reply(0);
    assert!(rig.path(got["data"]["saved"][0]["path"].as_str().unwrap()).is_file());
    assert_eq!(rig.seen().submits(), 1);
}

#[test]
fn an_interrupted_resume_loses_nothing() {
    let rig = Rig::new(&options(50, [Rule::every(Target::Status, LONG)]));
    rig.run_film(&["--no-wait"]).reply(0);
    let mut resume = rig.start(&["resume", "--provider", "film.json", "--poll-initial", "0.02", "--poll-cap", "0.02"]);
    rig.until("a poll", |seen| seen.arrived(Target::Status) > 0);
    resume.interrupt();
    let ran = resume.end();
    assert_eq!((ran.exit, ran.stdout.as_str()), (Some(4), ""));
    assert!(ran.stderr.contains("interrupted"), "{ran:?}");
    rig.server.set_script("film", Script::default());
    rig.resume("film").reply(0);
}

#[test]
fn a_question_keeps_to_its_time_whatever_the_server_holds_open() {
    let rig = Rig::new(&options(60_000, [Rule::every(Target::Status, LONG)]));
    let task = rig.run_film(&["--no-wait"]).reply(0)["taskId"].as_str().unwrap().to_owned();
    let began = std::time::Instant::now();
    for id in [task.as_str(), "no-such-task"] {
        let base = rig.server.base_url("film");
        let asked = rig.run(&["status", id, "--provider", "film.json", "--base-url", &base, "--timeout", "0.3"]).json();
        assert_eq!(asked["ok"], false, "{asked}");
    }
    // A request of its own may take 30 s, and a question is asked four times.
    assert!(began.elapsed() < std::time::Duration::from_secs(25), "{:?}", began.elapsed());
}

/// An order that is stored and waits out a pause of two seconds; whatever is sent after it is answered after `delay`.
fn paused(delay: Fault) -> (Rig, Value) {
    let pause = Fault::Status { code: 429, body: None, headers: [("retry-after".to_owned(), "2".to_owned())].into() };
    let rig = Rig::new(&options(50, [Rule::nth(Target::Submit, 1, pause), Rule::nth(Target::Submit, 2, delay)]));
    let reply = rig.run_film(&["--no-wait", "--timeout", "0", "--key", "order-1"]).reply(4);
    (rig, reply)
}

#[test]
fn a_submit_that_waits_for_its_time_is_left_when_the_callers_is_over() {
    let (rig, reply) = paused(Fault::DelayMs { ms: 0 });
    assert_eq!((&reply["errorCode"], &reply["status"]), (&"WAIT_TIMEOUT".into(), &"pending".into()), "{reply}");
    assert!(reply["errorMessage"].as_str().is_some_and(|message| message.contains("`gentask resume` sends it")), "{reply}");
    let listed = rig.list();
    assert_eq!((&listed[0]["phase"], &listed[0]["intentId"]), (&"prepared".into(), &reply["data"]["intentId"]));
    rig.resume("film").reply(0);
    assert_eq!((rig.seen().submits(), rig.seen().tasks), (2, 1));
}

#[test]
fn a_submit_in_flight_is_waited_for_whatever_the_time() {
    let rig = Rig::new(&options(50, [Rule::nth(Target::Submit, 1, Fault::DelayMs { ms: 600 })]));
    let reply = rig.run_film(&["--no-wait", "--timeout", "0"]).reply(0);
    assert!(reply["taskId"].is_string(), "{reply}");
}

#[test]
fn a_key_that_another_process_uses_keeps_nobody_beyond_the_time_given() {
    let rig = Rig::new(&options(50, [Rule::nth(Target::Submit, 1, LONG)]));
    let first = rig.start_film(&["--key", "order-1"]);
    rig.until("the submit", |seen| seen.tasks == 1);
    let reply = rig.run_film(&["--key", "order-1", "--no-wait", "--timeout", "0.1"]).reply(4);
    assert_eq!((&reply["errorCode"], &reply["data"]["billing"]), (&"WAIT_TIMEOUT".into(), &"possible".into()), "{reply}");
    assert_eq!(reply["data"]["intentId"], rig.list()[0]["intentId"]);
    first.kill();
    assert_eq!(rig.seen().submits(), 1);
}

#[test]
fn a_resume_that_is_interrupted_waits_for_the_submit_that_it_sends() {
    let (rig, _) = paused(Fault::DelayMs { ms: 600 });
    let mut resume = rig.start(&["resume", "--provider", "film.json", "--poll-initial", "0.02", "--poll-cap", "0.02"]);
    rig.until("the submit", |seen| seen.tasks == 1);
    resume.interrupt();
    let ran = resume.end();
    assert_eq!((ran.exit, ran.stdout.as_str()), (Some(4), ""), "{ran:?}");
    assert!(ran.stderr.contains("waiting for the answer"), "{ran:?}");
    let listed = rig.list();
    assert_eq!((&listed[0]["phase"], listed[0]["taskId"].is_string()), (&"waiting".into(), true), "{listed:?}");
    rig.resume("film").reply(0);
    assert_eq!((rig.seen().submits(), rig.seen().tasks), (2, 1));
}

#[test]
fn a_reader_that_has_gone_away_is_no_failure() {
    let rig = Rig::new(&options(50, []));
    rig.run_film(&[]).reply(0);
    for (verb, exit) in [
        (["list"].as_slice(), 0),
        (&["completions", "bash"], 0),
        (&["models"], 0),
        (&["--help"], 0),
        (&["status", "nothing"], 1),
        (&["list", "--bogus"], 2),
    ] {
        if lacks(verb[0]) {
            continue;
        }
        for (stdout, stderr) in [(true, false), (false, true), (true, true)] {
            let closed = || std::io::pipe().unwrap().1;
            let mut command = rig.command(verb);
            if stdout {
                command.stdout(closed());
            }
            if stderr {
                command.stderr(closed());
            }
            let output = command.output().unwrap();
            let text = String::from_utf8_lossy(&output.stderr).into_owned();
            assert_eq!(output.status.code(), Some(exit), "{verb:?}: {text}");
            assert!(!text.contains("panicked"), "{verb:?}: {text}");
        }
    }
}

#[test]
fn the_sandbox_serves_until_it_is_interrupted() {
    if lacks("sandbox") {
        return;
    }
    let rig = Rig::new(&options(50, []));
    let kie = repository("tests/contracts/kie.json").display().to_string();
    let mut sandbox = rig.start(&["sandbox", "--port", "0", "--speed", "50", "--contract", &kie, "--contract", "film.json"]);
    let mut lines = BufReader::new(sandbox.child().stdout.take().unwrap()).lines();
    let bases: Vec<(String, String)> = lines
        .by_ref()
        .map(Result::unwrap)
        .take_while(|line| !line.is_empty())
        .filter_map(|line| line.split_once(' ').map(|(name, base)| (name.to_owned(), base.trim().to_owned())))
        .collect();
    assert_eq!(bases.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(), ["aivideomaker", "apidot", "apixo", "kie", "film"]);
    let base = &bases[4].1;
    let args: Vec<&str> =
        ["run", "--provider", "film.json", "--base-url", base, "--model", "t2v", "--payload", FILM].into_iter().chain(QUICK).collect();
    assert_eq!(rig.run(&args).reply(0)["status"], "success");
    let port = base.split([':', '/']).nth(4).unwrap();
    let second = rig.run(&["sandbox", "--port", port]);
    assert!(second.reply(2)["errorMessage"].as_str().unwrap().contains("cannot listen"), "{second:?}");
    sandbox.interrupt();
    // Whatever it prints after this is read, so that it cannot fail at that.
    let rest = std::thread::spawn(move || lines.count());
    assert_eq!(sandbox.end().exit, Some(0));
    rest.join().unwrap();
    // The port is free again.
    let mut again = rig.command(&["sandbox", "--port", port]).stdout(Stdio::piped()).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(again.stdout.take().unwrap()).read_line(&mut line).unwrap();
    again.kill().unwrap();
    again.wait().unwrap();
    assert!(line.contains(port), "{line}");
}

/// Starts a worker and the thread that reads what it prints.
fn worker(rig: &Rig) -> (crate::rig::Running, std::sync::mpsc::Receiver<Value>) {
    let mut running = rig.start(&["worker", "--provider", "film.json", "--poll-initial", "0.02", "--poll-cap", "0.02"]);
    let (send, told) = std::sync::mpsc::channel();
    let out = running.child().stdout.take().unwrap();
    std::thread::spawn(move || {
        for line in BufReader::new(out).lines().map_while(Result::ok) {
            if send.send(serde_json::from_str(&line).unwrap()).is_err() {
                return;
            }
        }
    });
    (running, told)
}

#[test]
fn a_worker_prints_what_ends_until_it_is_stopped_and_a_dead_ones_tasks_pass_on_at_once() {
    if lacks("worker") {
        return;
    }
    let rig = Rig::new(&options(400, []));
    let (first, told) = worker(&rig);
    let order = rig.run_film(&["--no-wait"]).reply(0);
    let ended = told.recv_timeout(std::time::Duration::from_mins(1)).unwrap();
    assert_eq!((&ended["status"], &ended["taskId"]), (&"success".into(), &order["taskId"]), "{ended}");
    // One that takes ten times as long, and whose worker dies: its claim is good for half a minute, but its process is gone.
    let stuck = rig.film("film", &["--no-wait"]);
    let stuck: Vec<String> = stuck.into_iter().map(|arg| arg.replace("\"prompt\":\"", "\"prompt\":\"[slow] ")).collect();
    rig.run(&stuck.iter().map(String::as_str).collect::<Vec<_>>()).reply(0);
    let asked = rig.seen().arrived(Target::Status);
    rig.until("a poll of the first", |seen| seen.arrived(Target::Status) > asked);
    drop(first.kill());
    let (second, told) = worker(&rig);
    let ended = told.recv_timeout(std::time::Duration::from_secs(20)).unwrap();
    assert_eq!(ended["status"], "success", "{ended}");
    let mut second = second;
    second.interrupt();
    let ran = second.end();
    assert_eq!(ran.exit, Some(0), "{ran:?}");
    assert!(ran.stderr.contains("stopping"), "{ran:?}");
    assert_eq!(rig.seen().submits(), 2);
}
