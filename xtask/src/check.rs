//! `test` and `lint`. A warning is a failure in both.

use crate::process::{cargo, workspace};
use crate::steps::{self, Done, Plan, Step};
use crate::{Failure, flag, fuzz, kotlin, no_args, npm, process, python, relay, setup, swift, wasm};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Stdio;

pub(crate) fn test(args: &[String]) -> Result<(), Failure> {
    let fast = flag(args, "--fast")?;
    let mut steps = vec![fmt(), clippy()];
    steps.extend(tests()?);
    if !fast {
        // The cheap steps that fail most often come first; only the wasm steps need what setup gets, but a machine
        // that cannot have it should say so before the long ones.
        steps.insert(0, Step::new("setup", "the toolchains that the steps below need", || setup::all().map(|()| Done::Yes)));
        steps.push(fuzz::step());
        steps.push(doc());
        steps.extend(wasm::steps(false));
        steps.extend(npm::steps());
        steps.extend(python::steps());
        steps.extend(kotlin::steps());
        steps.extend(swift::steps());
        steps.push(relay::step());
    }
    steps::run("test", steps)
}

pub(crate) fn lint(args: &[String]) -> Result<(), Failure> {
    no_args(args)?;
    steps::run("lint", vec![fmt(), clippy(), doc(), deny("deny", &["bans", "licenses", "sources"]), deny("advisories", &["advisories"])])
}

fn fmt() -> Step {
    Step::command("fmt", cargo(&["fmt", "--all", "--check"]))
}

fn clippy() -> Step {
    // With what the npm package's larger module has: no test of Rust's sees it.
    let features = "gentask-wasm/calls,gentask-wasm/tables,gentask-wasm/command";
    Step::command("clippy", cargo(&["clippy", "--workspace", "--all-targets", "--features", features, "--", "-D", "warnings"]))
}

/// All of `cargo test --workspace`. The tests of the native client mostly wait, for servers, processes and disks, and all others calculate: the
/// two run beside one another. They are told apart by name alone, because other packages would be other features, and built anew.
fn tests() -> Result<Vec<Step>, String> {
    let waiting = tests_in(&workspace().join("native").join("tests"))?;
    let mut others = BTreeSet::new();
    for parent in [workspace(), workspace().join("tests")] {
        let packages = fs::read_dir(&parent).map_err(|e| format!("cannot read {}: {e}", parent.display()))?;
        for tests in packages.flatten().map(|package| package.path().join("tests")).filter(|tests| tests.is_dir()) {
            others.extend(tests_in(&tests)?);
        }
    }
    let named = |names: &BTreeSet<String>| names.iter().flat_map(|name| ["--test".to_owned(), name.clone()]).collect::<Vec<_>>();
    let beside = |name, shown, more: Vec<String>| {
        Step::beside(name, shown, move || {
            let mut command = cargo(&["test", "--workspace"]);
            command.args(more);
            Ok(Plan::Run(Box::new(command)))
        })
    };
    let others = others.difference(&waiting).cloned().collect();
    Ok(vec![
        Step::command("test build", cargo(&["test", "--workspace", "--no-run"])),
        beside("test", "cargo test --workspace, but for native", [vec!["--lib".to_owned(), "--bins".to_owned()], named(&others)].concat()),
        beside("test native", "cargo test --workspace --test, for native", named(&waiting)),
        Step::command("test docs", cargo(&["test", "--workspace", "--doc"])),
    ])
}

/// The names of the test binaries in a folder.
fn tests_in(folder: &Path) -> Result<BTreeSet<String>, String> {
    let entries = fs::read_dir(folder).map_err(|e| format!("cannot read {}: {e}", folder.display()))?;
    let files = entries.flatten().map(|entry| entry.path()).filter(|path| path.extension().is_some_and(|end| end == "rs"));
    Ok(files.filter_map(|path| Some(path.file_stem()?.to_str()?.to_owned())).collect())
}

fn doc() -> Step {
    let mut command = cargo(&["doc", "--no-deps", "--workspace"]);
    command.env("RUSTDOCFLAGS", "-D warnings");
    Step::command("doc", command)
}

/// Advisories come from the network, so they are a step of their own.
fn deny(name: &'static str, checks: &[&str]) -> Step {
    let mut command = cargo(&[&["deny", "check", "--hide-inclusion-graph"], checks].concat());
    Step::new(name, &process::line(&command), move || {
        let mut installed = cargo(&["deny", "--version"]);
        if !installed.stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok_and(|status| status.success()) {
            return Ok(Done::Skipped("cargo-deny is not installed"));
        }
        process::run(&mut command).map(|()| Done::Yes)
    })
}
