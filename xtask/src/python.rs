//! The Python package: a virtual environment of the project's own, the wheel as a user's pip would build it, and its checks.

use crate::process::{self, workspace};
use crate::steps::{self, Done, Step};
use crate::{Failure, models, no_args};
use std::num::NonZero;
use std::path::PathBuf;
use std::process::Command;
use std::{fs, thread};

/// The package's folder.
const PACKAGE: &str = "bindings-python";
/// What the checks need beside the package: names and versions.
const TOOLS: &str = "requirements-dev.txt";

pub(crate) fn python(args: &[String]) -> Result<(), Failure> {
    no_args(args)?;
    let mut steps = vec![Step::new("setup", "the tools of the Python checks", || environment().map(|()| Done::Yes))];
    steps.extend(self::steps());
    steps::run("python", steps)
}

pub(crate) fn bench(args: &[String]) -> Result<(), Failure> {
    environment()?;
    // Optimised as a user's would be: the figures are about what is shipped.
    process::run(&mut install("release"))?;
    Ok(process::run(tool("python").arg("benches/waits.py").args(args))?)
}

/// Builds the wheel, installs it and checks it.
pub(crate) fn steps() -> Vec<Step> {
    let mut stubs = tool("python");
    stubs.args(["-m", "mypy.stubtest", "gentask._native"]);
    let mut vectors = process::cargo(&["test", "--package", "gentask", "--test", "command", "vectors"]);
    vectors.env("GENTASK_TEST_COMMAND", command());
    vec![
        Step::command("python wheel", install("dev")),
        models::PYTHON.check("python models"),
        Step::command("python lint", with(tool("ruff"), &["check"])),
        Step::command("python format", with(tool("ruff"), &["format", "--check"])),
        Step::command("python types", tool("mypy")),
        Step::command("python stubs", stubs),
        // What the tests play the adversary's table with.
        Step::command("python adversary", process::cargo(&["build", "--package", "gentask-tests", "--bin", "adversary"])),
        Step::command("python tests", pytest()),
        // The wheel's command and the native one are one program: the same vectors hold for both.
        Step::command("python command", vectors),
    ]
}

/// Tests wait for processes and for each other more than they calculate, so there are two workers for each processor. Those of a file stay
/// together: the adversary's rows share one provider.
fn pytest() -> Command {
    let workers = 2 * thread::available_parallelism().map_or(1, NonZero::get);
    with(tool("pytest"), &["--quiet", "--numprocesses", &workers.to_string(), "--dist", "loadfile"])
}

/// Makes the virtual environment, with the tools as they are listed; does nothing where it is there.
pub(crate) fn environment() -> Result<(), String> {
    let wanted = fs::read_to_string(folder().join(TOOLS)).map_err(|e| format!("cannot read {PACKAGE}/{TOOLS}: {e}"))?;
    let stamp = home().join("tools.txt");
    if fs::read_to_string(&stamp).is_ok_and(|had| had == wanted) {
        return Ok(());
    }
    println!("setup: making a Python environment in .tools/python");
    let log = home().with_extension("log");
    fs::create_dir_all(workspace().join(".tools")).map_err(|e| format!("cannot create .tools: {e}"))?;
    let hint = "it needs Python 3.10 or newer with its venv module (on Debian: apt-get install python3-venv)";
    process::logged(Command::new("python3").args(["-m", "venv", "--clear"]).arg(home()), &log).map_err(|e| format!("{e}\n{hint}"))?;
    let mut pip = tool("python");
    pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--requirement", TOOLS]);
    process::logged(&mut pip, &log)?;
    fs::write(&stamp, wanted).map_err(|e| format!("cannot write {}: {e}", stamp.display()))
}

/// Installs the package from its folder, as `pip install ./bindings-python` does.
fn install(profile: &str) -> Command {
    let mut command = tool("python");
    command.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--force-reinstall", "--no-deps", "."]);
    command.env("MATURIN_PEP517_ARGS", format!("--profile {profile}"));
    command
}

fn with(mut command: Command, args: &[&str]) -> Command {
    command.args(args);
    command
}

/// A program of the environment, in the package's folder.
fn tool(name: &str) -> Command {
    let mut command = Command::new(bin(name));
    process::plain_environment(&mut command);
    command.current_dir(folder());
    command
}

/// The package's command.
pub(crate) fn command() -> PathBuf {
    bin("gentask")
}

fn bin(name: &str) -> PathBuf {
    home().join(if cfg!(windows) { "Scripts" } else { "bin" }).join(name)
}

fn home() -> PathBuf {
    workspace().join(".tools").join("python")
}

fn folder() -> PathBuf {
    workspace().join(PACKAGE)
}
