//! `test` and `lint`. A warning is a failure in both.

use crate::process::cargo;
use crate::steps::{self, Done, Step};
use crate::{Failure, flag, fuzz, no_args, npm, process, python, setup, wasm};
use std::process::Stdio;

pub(crate) fn test(args: &[String]) -> Result<(), Failure> {
    let fast = flag(args, "--fast")?;
    let mut steps = vec![fmt(), clippy(), Step::command("test", cargo(&["test", "--workspace"]))];
    if !fast {
        // The cheap steps that fail most often come first; only the wasm steps need what setup gets, but a machine
        // that cannot have it should say so before the long ones.
        steps.insert(0, Step::new("setup", "the toolchains that the steps below need", || setup::all().map(|()| Done::Yes)));
        steps.push(fuzz::step());
        steps.push(doc());
        steps.extend(wasm::steps(false));
        steps.extend(npm::steps());
        steps.extend(python::steps());
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
    let features = "gentask-wasm/calls,gentask-wasm/tables";
    Step::command("clippy", cargo(&["clippy", "--workspace", "--all-targets", "--features", features, "--", "-D", "warnings"]))
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
