//! One store, several commands: a task that one of them submits, the next one looks at, and the third one finishes, whatever language each is
//! written in. `GENTASK_TEST_RELAY` names the commands, as `PATH` names folders; without it they are all this crate's own.

use crate::rig::{QUICK, Rig, options, program};
use std::ffi::OsString;

fn commands() -> Vec<OsString> {
    match std::env::var_os("GENTASK_TEST_RELAY") {
        Some(named) => std::env::split_paths(&named).map(OsString::from).collect(),
        None => vec![program(); 3],
    }
}

#[test]
fn a_task_is_passed_from_command_to_command() {
    let rig = Rig::new(&options(50, []));
    let commands = commands();
    let (count, base) = (commands.len(), rig.server.base_url("film"));
    let provider = ["--provider", "film.json", "--base-url", base.as_str()];
    for begins in 0..count {
        let turn = |steps: usize| &commands[(begins + steps) % count];
        let (first, second, third) = (turn(0), turn(1), turn(2));
        let shown = format!("{} -> {} -> {}", first.display(), second.display(), third.display());
        let key = format!("order-{begins}");

        let submits: Vec<String> = rig.film("film", &["--key", &key, "--no-wait"]);
        let submitted = rig.run_by(first, &submits.iter().map(String::as_str).collect::<Vec<_>>());
        let reply = submitted.reply(0);
        let (intent_id, task_id) = (reply["data"]["intentId"].as_str().unwrap_or_default(), &reply["taskId"]);
        assert!(!intent_id.is_empty() && task_id.is_string(), "{shown}: {submitted:?}");

        let looks = [&["status", intent_id], &provider[..]].concat();
        let looked = rig.run_by(second, &looks).json();
        assert_eq!((&looked["ok"], &looked["taskId"]), (&true.into(), task_id), "{shown}: {looked}");

        // The same order again, by somebody else: the same task, brought to its end.
        let again = rig.film("film", &["--key", &key]);
        let finished = rig.run_by(third, &again.iter().map(String::as_str).collect::<Vec<_>>()).reply(0);
        assert_eq!((&finished["status"], &finished["taskId"]), (&"success".into(), task_id), "{shown}: {finished}");

        let resumed = rig.run_by(first, &[&["resume"], &provider[..], &QUICK[..]].concat());
        assert_eq!((resumed.exit, resumed.stdout.as_str()), (Some(0), ""), "{shown}: {resumed:?}");
    }
    let seen = rig.seen();
    assert_eq!((seen.tasks, seen.arrived(gentask_sandbox::Target::Submit)), (count as u64, count as u64));
}
