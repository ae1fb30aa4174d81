//! The commands of all packages together: one store that they pass tasks through.

use crate::process::{cargo, target_dir, workspace};
use crate::steps::{Done, Step};
use crate::{kotlin, npm, process, python, swift};
use std::path::PathBuf;

/// What runs once every package is built. A command that this machine cannot have is left out; under CI its own steps have failed before.
pub(crate) fn step() -> Step {
    let shown = "cargo test --package gentask --test command relay, with the commands of all packages";
    Step::new("relay", shown, || {
        let native = workspace().join(target_dir()).join("debug").join(format!("gentask{}", std::env::consts::EXE_SUFFIX));
        let others: Vec<Option<PathBuf>> = vec![Some(python::command()), npm::gentask()?, Some(kotlin::command()), swift::command()?];
        let commands = std::env::join_paths(std::iter::once(Some(native)).chain(others).flatten());
        let mut tests = cargo(&["test", "--package", "gentask", "--test", "command", "relay"]);
        tests.env("GENTASK_TEST_RELAY", commands.map_err(|e| format!("the commands cannot be listed: {e}"))?);
        process::run(&mut tests).map(|()| Done::Yes)
    })
}
