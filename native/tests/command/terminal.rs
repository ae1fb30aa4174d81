//! Output for a person, on a terminal that `script` (util-linux) makes.

use crate::rig::{KEY, QUICK, Rig, options, program};
use gentask_sandbox::{Fault, Rule, Script, Target};
use serde_json::json;
use std::process::{Command, Stdio};

/// Runs a command line on a terminal and returns its exit code and everything on the screen; `None` where there is no `script`.
fn on_a_terminal(rig: &Rig, args: &[&str]) -> Option<(i32, String)> {
    let program = program().into_string().unwrap();
    let quoted: Vec<String> =
        std::iter::once(program.as_str()).chain(args.iter().copied()).map(|arg| format!("'{}'", arg.replace('\'', r"'\''"))).collect();
    let command = rig.command(&[]);
    let mut script = Command::new("script");
    script.args(["-qec", &quoted.join(" "), "/dev/null"]).env_clear();
    script.envs(command.get_envs().filter_map(|(name, value)| Some((name, value?))));
    script.env("TERM", "xterm").env("SHELL", "/bin/sh").env("PATH", "/usr/bin:/bin").current_dir(rig.path(""));
    let output = script.stdin(Stdio::null()).output().ok()?;
    let screen = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(!screen.contains(KEY) && !screen.contains("panicked"), "{screen}");
    Some((output.status.code().unwrap(), screen))
}

/// The arguments of a film, on a terminal.
fn film(rig: &Rig, more: &[&str]) -> Option<(i32, String)> {
    let args = rig.film("film", more);
    on_a_terminal(rig, &args.iter().map(String::as_str).collect::<Vec<_>>())
}

#[test]
fn a_person_sees_lines_and_not_json() {
    let rig = Rig::new(&options(1_200, []));
    let Some((exit, screen)) = film(&rig, &["--out", "films"]) else { return println!("skipped: no `script` here") };
    assert_eq!(exit, 0, "{screen}");
    for words in ["status    success", "task      ", "intent    ", "saved     films/", "video", "KiB"] {
        assert!(screen.contains(words), "{words}: {screen}");
    }
    // Live progress on the way.
    assert!(screen.contains("submitting") && screen.contains("processing (PROGRESS)"), "{screen:?}");
    assert!(!screen.contains("errorCode"), "{screen}");
    let (exit, screen) = film(&rig, &["--json"]).unwrap();
    assert!(exit == 0 && screen.contains("\"errorCode\":null"), "{screen}");
    let (exit, screen) = film(&rig, &["--dry-run"]).unwrap();
    assert!(exit == 0 && screen.contains("nothing was sent") && screen.contains("waves at dawn"), "{screen}");
    let (exit, screen) = on_a_terminal(&rig, &["list"]).unwrap();
    assert!(exit == 0 && screen.contains("succeeded") && screen.contains("provider"), "{screen}");
    let (exit, screen) = on_a_terminal(&rig, &["list", "--store", "empty.db"]).unwrap();
    assert!(exit == 0 && screen.contains(&format!("no tasks in {}", rig.path("empty.db").display())), "{screen}");
    let (exit, screen) = on_a_terminal(&rig, &["models"]).unwrap();
    assert!(exit == 0 && screen.contains("t2v_v3") && screen.contains("more models than its contract lists"), "{screen}");
    let (exit, screen) = on_a_terminal(&rig, &["resume"]).unwrap();
    assert!(exit == 0 && screen.contains("nothing to resume"), "{screen}");
    let (exit, screen) = on_a_terminal(&rig, &[]).unwrap();
    assert!(exit == 2 && screen.contains("Usage"), "{screen}");
    let (exit, screen) = on_a_terminal(&rig, &["lits"]).unwrap();
    assert!(exit == 2 && screen.contains("list") && !screen.contains("errorCode"), "{screen}");
}

#[test]
fn a_person_is_told_what_to_do_next() {
    let rig = Rig::new(&options(50, []));
    let Some((exit, screen)) = on_a_terminal(&rig, &["status", "nothing"]) else { return println!("skipped: no `script` here") };
    assert!(exit == 1 && screen.contains("gentask: TASK_NOT_FOUND") && screen.contains("next: "), "{screen}");
    let args = ["validate", "--provider", "aivideomaker", "--model", "t2v", "--payload", r#"{"prompt":""}"#];
    let (exit, screen) = on_a_terminal(&rig, &args).unwrap();
    assert!(exit == 2, "{screen}");
    for path in ["/prompt", "/duration", "/aspectRatio"] {
        assert!(screen.contains(path), "every fault at once: {path}: {screen}");
    }
}

#[test]
fn a_success_without_files_is_told_to_a_person_and_leaves_the_json_as_it_is() {
    let rig = Rig::new(&options(50, []));
    let base = rig.server.base_url("apidot");
    let args =
        ["run", "--provider", "apidot", "--base-url", &base, "--model", "gpt-image-2", "--payload", r#"{"prompt": "a fox [nofile]"}"#];
    let args: Vec<&str> = args.into_iter().chain(QUICK).collect();
    let Some((exit, screen)) = on_a_terminal(&rig, &args) else { return println!("skipped: no `script` here") };
    assert!(exit == 0 && screen.contains("warning   the provider says success, but named no file"), "{screen}");
    let ran = rig.run(&args);
    assert!(ran.reply(0)["data"]["warnings"].is_null() && ran.stderr.is_empty(), "{ran:?}");
}

#[test]
fn a_providers_words_cannot_steer_the_terminal() {
    let body = json!({"status": "FAILED", "message": "no\u{1b}]0;owned\u{7}\u{1b}[2J\u{9b}31m\r\nstatus    success"});
    let rig = Rig::new(&options(50, [Rule::every(Target::Submit, Fault::Status { code: 400, body: Some(body), headers: [].into() })]));
    let Some((exit, screen)) = film(&rig, &[]) else { return println!("skipped: no `script` here") };
    assert_eq!(exit, 2, "{screen}");
    for steering in ["\u{1b}]0;", "\u{1b}[2J", "\u{9b}"] {
        assert!(!screen.contains(steering), "{screen:?}");
    }
    // Nor can they look like a line of ours.
    assert!(!screen.contains("\nstatus    success"), "{screen:?}");
    rig.server.set_script("film", Script::default());
    let args: Vec<&str> =
        ["run", "--provider", "film.json", "--model", "t2v\u{1b}[2J", "--payload", "{}"].into_iter().chain(QUICK).collect();
    let (exit, screen) = on_a_terminal(&rig, &args).unwrap();
    assert!(exit == 2 && !screen.contains("\u{1b}[2J"), "{screen:?}");
}
