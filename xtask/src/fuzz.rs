//! `fuzz`, and the step of `test` that does the same for a shorter time. The targets are built in a profile of their own: with every
//! check of the dev profile, and fast enough that half a minute is many inputs.

use crate::Failure;
use crate::process::{cargo, run};
use crate::steps::Step;
use std::process::Command;

/// How long `fuzz` takes where nothing else is said, in seconds; the targets share it.
const LONG: &str = "300";
/// How long the step of `test` takes.
const SHORT: &str = "30";

pub(crate) fn fuzz(args: &[String]) -> Result<(), Failure> {
    let mut command = targets();
    // What is said twice counts as it is said last.
    command.args(["--seconds", LONG]).args(args);
    Ok(run(&mut command)?)
}

pub(crate) fn step() -> Step {
    let mut command = targets();
    command.args(["--seconds", SHORT]);
    Step::command("fuzz", command)
}

fn targets() -> Command {
    cargo(&["run", "--quiet", "--profile", "fuzz", "--package", "gentask-fuzz", "--"])
}
