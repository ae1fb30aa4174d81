//! The tests of the npm package, each where it runs. Those of one runtime are one step.

use super::folder;
use super::tools::{NO_NODE_24, Runtime, program, with_deno, with_node, with_program};
use crate::process::{self, cargo};
use crate::steps::{Done, Step};
use std::fs;
use std::path::{Path, PathBuf};

/// What runs everywhere: the stores, the client over real HTTP, files, the command, the table of what can go wrong.
const EVERYWHERE: &[&str] = &["test/stores", "test/client", "test/files", "test/command", "test/adversary"];
/// What runs on the newer Node alone, because it needs SQLite and what only Node has.
const ON_NODE: &[&str] =
    &["test/stores", "test/client", "test/files", "test/command", "test/adversary", "test/vectors", "test/worker", "test/examples"];

pub(super) fn steps() -> Vec<Step> {
    let mut steps = vec![
        Step::new("npm fmt", "deno fmt --check", || process::run(&mut with_deno(&["fmt", "--check", "--quiet"])?).map(|()| Done::Yes)),
        Step::new("npm lint", "deno lint", || process::run(&mut with_deno(&["lint", "--quiet"])?).map(|()| Done::Yes)),
        suites("npm node", Runtime::Node, EVERYWHERE),
        suites("npm node-24", Runtime::Node24, ON_NODE),
        suites("npm deno", Runtime::Deno, EVERYWHERE),
        suites("npm bun", Runtime::Bun, EVERYWHERE),
    ];
    // Node, Deno without any permission, Bun and workerd.
    steps.push(Step::command("npm vectors", with_node(&["test/vectors/run.mjs"])));
    steps.push(command());
    steps.push(Step::command("npm packaging", with_node(&["--test", "--test-reporter=spec", "packaging/packaging.test.mjs"])));
    steps
}

/// Every test file of these folders, on one runtime.
fn suites(name: &'static str, runtime: Runtime, folders: &'static [&'static str]) -> Step {
    Step::new(name, &format!("{} {}", runtime.word(), folders.join(" ")), move || {
        let Some(program) = program(runtime)? else { return Ok(Done::Skipped(NO_NODE_24)) };
        let mut files = Vec::new();
        for folder in folders {
            files.extend(tests_in(folder)?);
        }
        let flags: &[&str] = match runtime {
            Runtime::Node | Runtime::Node24 => {
                &["--test", "--test-concurrency=3", "--test-reporter=spec", "--disable-warning=ExperimentalWarning"]
            }
            Runtime::Deno => &["test", "--allow-all", "--no-check", "--quiet"],
            // Its own limit for a test is five seconds.
            Runtime::Bun => &["test", "--timeout", "120000"],
        };
        process::run(with_program(program, flags).args(files)).map(|()| Done::Yes)
    })
}

/// The test files of a folder, by name.
fn tests_in(folder_name: &str) -> Result<Vec<String>, String> {
    let path = folder().join(folder_name);
    let entries = fs::read_dir(&path).map_err(|error| format!("cannot read {}: {error}", path.display()))?;
    let mut names: Vec<String> = entries
        .flatten()
        .filter_map(|entry| entry.file_name().into_string().ok())
        .filter(|name| name.ends_with(".test.mjs"))
        .map(|name| format!("./{folder_name}/{name}"))
        .collect();
    names.sort();
    if names.is_empty() { Err(format!("there are no tests in {folder_name}")) } else { Ok(names) }
}

/// The package's command and the native one are one command: the same tests hold for both, but for what only one of them has.
fn command() -> Step {
    let shown = "cargo test --package gentask --test command";
    Step::new("npm command", shown, || {
        let Some(node) = program(Runtime::Node24)? else { return Ok(Done::Skipped(NO_NODE_24)) };
        let mut tests = cargo(&["test", "--package", "gentask", "--test", "command"]);
        tests.env("GENTASK_TEST_COMMAND", executable(&node)?).env("GENTASK_TEST_LACKS", "demo,sandbox,completions,bytes");
        process::run(&mut tests).map(|()| Done::Yes)
    })
}

/// The command as one file that can be run, whatever the environment is.
fn executable(node: &Path) -> Result<PathBuf, String> {
    let path = std::path::absolute(process::target_dir().join("gentask-npm")).map_err(|error| error.to_string())?;
    let main = folder().join("dist").join("command").join("main.js");
    let text = format!("#!/bin/sh\nexec '{}' --disable-warning=ExperimentalWarning '{}' \"$@\"\n", node.display(), main.display());
    process::write_program(&path, &text)?;
    Ok(path)
}
