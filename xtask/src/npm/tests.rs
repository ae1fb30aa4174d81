//! The tests of the npm package, each where it runs. Those of one runtime are one step.

use super::folder;
use super::tools::{NO_NODE_24, Runtime, program, with_deno, with_node, with_program};
use crate::process::{self, cargo};
use crate::steps::{Done, Plan, Step};
use std::fs;
use std::path::{Path, PathBuf};

/// What runs everywhere: the stores, the client and callbacks over real HTTP, files, the command, the table of what can go wrong.
const EVERYWHERE: &[&str] =
    &["test/stores", "test/client", "test/callbacks", "test/files", "test/command", "test/testing", "test/adversary"];
/// What runs on the newer Node alone, because it needs SQLite and what only Node has, or is about the native command.
const ON_NODE: &[&str] = &[
    "test/stores",
    "test/client",
    "test/callbacks",
    "test/files",
    "test/command",
    "test/testing",
    "test/adversary",
    "test/vectors",
    "test/worker",
    "test/examples",
    "test/native",
];

/// Test files of one runtime that run at the same time, each in a process of its own. The runtimes run beside one another too.
const AT_ONCE: &str = "2";

pub(super) fn steps() -> Vec<Step> {
    vec![
        Step::new("npm fmt", "deno fmt --check", || process::run(&mut with_deno(&["fmt", "--check", "--quiet"])?).map(|()| Done::Yes)),
        Step::new("npm lint", "deno lint", || process::run(&mut with_deno(&["lint", "--quiet"])?).map(|()| Done::Yes)),
        suites("npm node", Runtime::Node, ON_NODE_FLAGS, EVERYWHERE),
        suites("npm node-24", Runtime::Node24, ON_NODE_FLAGS, ON_NODE),
        // Its own way to run files at once is threads of one process, which share an environment that tests change.
        suites("npm deno", Runtime::Deno, &["test", "--allow-all", "--no-check", "--quiet", "--shard=1/2"], EVERYWHERE),
        suites("npm deno-2", Runtime::Deno, &["test", "--allow-all", "--no-check", "--quiet", "--shard=2/2"], EVERYWHERE),
        // Its own limit for a test is five seconds.
        suites("npm bun", Runtime::Bun, &["test", "--timeout", "120000", "--parallel", AT_ONCE], EVERYWHERE),
        // Node, Deno without any permission, Bun and workerd.
        Step::command("npm vectors", with_node(&["test/vectors/run.mjs"])),
        command(),
        Step::command("npm packaging", with_node(&["--test", "--test-reporter=spec", "packaging/packaging.test.mjs"])),
    ]
}

const ON_NODE_FLAGS: &[&str] = &["--test", "--test-concurrency", AT_ONCE, "--test-reporter=spec", "--disable-warning=ExperimentalWarning"];

/// Every test file of these folders, on one runtime, beside the others: each file is a process that mostly waits.
fn suites(name: &'static str, runtime: Runtime, flags: &'static [&'static str], folders: &'static [&'static str]) -> Step {
    Step::beside(name, &format!("{} {}", runtime.word(), folders.join(" ")), move || {
        let Some(program) = program(runtime)? else { return Ok(Plan::Skip(NO_NODE_24)) };
        let mut command = with_program(program, flags);
        for folder in folders {
            command.args(tests_in(folder)?);
        }
        Ok(Plan::Run(Box::new(command)))
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
        let Some(command) = gentask()? else { return Ok(Done::Skipped(NO_NODE_24)) };
        let mut tests = cargo(&["test", "--package", "gentask", "--test", "command"]);
        tests.env("GENTASK_TEST_COMMAND", command).env("GENTASK_TEST_LACKS", "demo,mcp,completions,bytes");
        process::run(&mut tests).map(|()| Done::Yes)
    })
}

/// The package's command; `None` without a Node that it can run on.
pub(crate) fn gentask() -> Result<Option<PathBuf>, String> {
    program(Runtime::Node24)?.map(|node| executable(&node)).transpose()
}

/// The command as one file that can be run, whatever the environment is.
fn executable(node: &Path) -> Result<PathBuf, String> {
    let path = std::path::absolute(process::target_dir().join("gentask-npm")).map_err(|error| error.to_string())?;
    let main = folder().join("dist").join("command").join("main.js");
    let text = format!("#!/bin/sh\nexec '{}' --disable-warning=ExperimentalWarning '{}' \"$@\"\n", node.display(), main.display());
    process::write_program(&path, &text)?;
    Ok(path)
}
