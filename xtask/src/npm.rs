//! The npm package: core as WebAssembly (see `npm/module.rs`), what TypeScript and people need beside it, and the size that an
//! edge runtime would download. Everything lands in folders of the package that git ignores.

pub(crate) mod module;
mod tests;
mod tools;

pub(crate) use tests::gentask;
pub(crate) use tools::environment;

use crate::process::{cargo, workspace};
use crate::steps::{self, Done, Step};
use crate::{Failure, flag, models, process, wasm};
use std::fs;
use std::path::{Path, PathBuf};
use tools::{with_node, with_npm};

/// The package's folder.
const PACKAGE: &str = "bindings-wasm";

pub(crate) fn npm(args: &[String]) -> Result<(), Failure> {
    let only_builds = flag(args, "--build")?;
    let mut steps = vec![setup()];
    steps.extend(wasm::steps(false));
    steps.extend(if only_builds { package() } else { self::steps() });
    steps::run("npm", steps)
}

/// The tools of the steps below and of those that make the module.
pub(crate) fn setup() -> Step {
    Step::new("setup", "the tools of the npm package", || environment().map(|()| Done::Yes))
}

/// Builds the rest of the package around the module.
fn package() -> Vec<Step> {
    vec![
        Step::new("npm files", "the contracts and the licences, into the package", || copies().map(|()| Done::Yes)),
        Step::command("npm types", with_node(&["build/types.mjs"])),
        Step::command("npm pack", with_npm(&["pack", "--ignore-scripts", "--silent"])),
    ]
}

/// The same, and tests it. The size comes last, so that it hides no other fault.
pub(crate) fn steps() -> Vec<Step> {
    let mut steps = package();
    // What the tests of the package talk to, and compare its own command with.
    steps.push(Step::command("npm native", cargo(&["build", "--package", "gentask", "--package", "gentask-tests"])));
    steps.push(models::NPM.check("npm models"));
    steps.extend(tests::steps());
    steps.push(Step::command("npm size", with_node(&["build/size.mjs"])));
    steps
}

pub(crate) fn bench(args: &[String]) -> Result<(), Failure> {
    environment()?;
    Ok(process::run(with_node(&["bench/main.mjs"]).args(args))?)
}

/// The contracts as they are, and the texts that must travel with a copy of the package.
fn copies() -> Result<(), String> {
    let contracts = folder().join("contracts");
    empty(&contracts)?;
    let source = workspace().join("core").join("contracts");
    for entry in fs::read_dir(&source).map_err(|e| format!("cannot read {}: {e}", source.display()))?.flatten() {
        copy(&entry.path(), &contracts.join(entry.file_name()))?;
    }
    for licence in ["LICENSE-APACHE", "LICENSE-MIT"] {
        copy(&workspace().join(licence), &folder().join(licence))?;
    }
    Ok(())
}

fn copy(from: &Path, to: &Path) -> Result<(), String> {
    fs::copy(from, to).map(drop).map_err(|e| format!("cannot copy {} to {}: {e}", from.display(), to.display()))
}

/// Makes a folder that holds nothing.
fn empty(folder: &Path) -> Result<(), String> {
    if folder.exists() {
        fs::remove_dir_all(folder).map_err(|e| format!("cannot empty {}: {e}", folder.display()))?;
    }
    fs::create_dir_all(folder).map_err(|e| format!("cannot create {}: {e}", folder.display()))
}

fn folder() -> PathBuf {
    workspace().join(PACKAGE)
}
