//! Whether the simulation finds the bugs of `tests/planted/bugs.json`: `planted [--lives N] [BUG ...]`. A BUG is a part of a name; without
//! one, all are looked for, and the table in `tests/planted/README.md` is written anew. Exit code 1: one was not found.
//!
//! Core and the tests are copied to a folder of their own, with every bug behind a switch that `PLANTED=n` turns on, so that one build does.

use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

const LIVES: u64 = 20_000;
const HEAD: &str = "# Planted bugs

Each bug in `bugs.json` is a careless change of core that would cost somebody money or a task. `cargo xtask simulate --planted` puts one
after the other into a copy of core, runs simulated *lives* (one seed each: several processes, a store, a network and clocks that fail) until a rule of
[`judge.rs`](../src/world/judge.rs) is broken, and writes this table: how many lives that took, and the rule's name. What no life finds is looked for
in every order of one task's callbacks ([`orders.rs`](../src/world/orders.rs)): the number of the plan is written. A bug that is not found within
20,000 lives or by an order means that the simulation fails too rarely: make it harsher, and leave the bug.

A bug is a name, why it must be found, and edits: in `file`, the only `old` becomes `new`, where `planted!()` is whether the bug is planted.

| bug | why it must be found | found in life | by the rule |
|---|---|---|---|
";

/// What core's copy knows of bugs.
const SWITCH: &str = "
#[allow(missing_docs)]
pub(crate) fn is_planted(bug: usize) -> bool {
    static BUG: std::sync::OnceLock<usize> = std::sync::OnceLock::new();
    *BUG.get_or_init(|| std::env::var(\"PLANTED\").ok().and_then(|bug| bug.parse().ok()).unwrap_or(usize::MAX)) == bug
}
";

fn main() -> ExitCode {
    match run() {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(why) => {
            eprintln!("planted: {why}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<bool, String> {
    let mut args: Vec<String> = std::env::args().skip(1).collect();
    let mut lives = LIVES;
    if let Some(at) = args.iter().position(|arg| arg == "--lives") {
        lives = args.get(at + 1).and_then(|number| number.parse().ok()).ok_or("--lives takes a number")?;
        args.drain(at..at + 2);
    }
    let tests = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let root = tests.parent().ok_or("there is no workspace")?;
    let text = fs::read_to_string(tests.join("planted/bugs.json")).map_err(|error| error.to_string())?;
    let bugs: Vec<Value> = serde_json::from_str(&text).map_err(|error| format!("bugs.json: {error}"))?;
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), PathBuf::from).join("planted");
    let copy = target.join("copy");
    prepare(root, &copy, &bugs)?;
    let simulate = build(&copy, &target)?;

    let mut table = HEAD.to_owned();
    let mut all_found = true;
    for (number, bug) in bugs.iter().enumerate() {
        let word = |name: &str| bug[name].as_str().unwrap_or_default();
        if !args.is_empty() && !args.iter().any(|part| word("name").contains(part.as_str())) {
            continue;
        }
        let found = hunt(&simulate, number, lives)?;
        let (life, rule) = found.clone().unwrap_or_else(|| ("not found".to_owned(), "none".to_owned()));
        println!("{life:>9}  {rule:<14} {}", word("name"));
        all_found &= found.is_some();
        let _ = writeln!(table, "| {} | {} | {life} | `{rule}` |", word("name"), word("why"));
    }
    if args.is_empty() {
        fs::write(tests.join("planted/README.md"), table).map_err(|error| error.to_string())?;
    }
    Ok(all_found)
}

/// Copies core and the tests, with every bug in behind its switch. What is there already stays, so that it is not built again.
fn prepare(root: &Path, copy: &Path, bugs: &[Value]) -> Result<(), String> {
    let mut files = BTreeMap::new();
    for part in ["core", "tests"] {
        gather(&root.join(part), Path::new(part), &mut files)?;
    }
    let read = |name: &str| fs::read_to_string(root.join(name)).map_err(|error| format!("{name}: {error}"));
    let members = |line: &str| if line.starts_with("members") { "members = [\"core\", \"tests\"]".to_owned() } else { line.to_owned() };
    let manifest: Vec<String> = read("Cargo.toml")?.lines().map(members).collect();
    files.insert("Cargo.toml".into(), manifest.join("\n").into_bytes());
    if !copy.join("Cargo.lock").exists() {
        files.insert("Cargo.lock".into(), read("Cargo.lock")?.into_bytes());
    }
    files.entry("core/src/lib.rs".into()).or_default().extend_from_slice(SWITCH.as_bytes());
    for (number, bug) in bugs.iter().enumerate() {
        for edit in bug["edits"].as_array().into_iter().flatten() {
            let word = |name: &str| edit[name].as_str().unwrap_or_default();
            let file = files.entry(Path::new("core").join(word("file"))).or_default();
            let text = String::from_utf8_lossy(file).into_owned();
            let count = text.matches(word("old")).count();
            if count != 1 {
                return Err(format!("bug {}: {} holds {count} times {:?}, and not once", bug["name"], word("file"), word("old")));
            }
            let new = word("new").replace("planted!()", &format!("crate::is_planted({number})"));
            *file = text.replace(word("old"), &new).into_bytes();
        }
    }
    for (name, bytes) in files {
        let path = copy.join(name);
        if fs::read(&path).is_ok_and(|there| there == bytes) {
            continue;
        }
        let folder = path.parent().unwrap_or(copy);
        fs::create_dir_all(folder).and_then(|()| fs::write(&path, bytes)).map_err(|error| format!("{}: {error}", path.display()))?;
    }
    Ok(())
}

/// The files of a folder, by their place in the copy.
fn gather(from: &Path, to: &Path, files: &mut BTreeMap<PathBuf, Vec<u8>>) -> Result<(), String> {
    let said = |error: std::io::Error| format!("{}: {error}", from.display());
    for entry in fs::read_dir(from).map_err(said)? {
        let entry = entry.map_err(said)?;
        let (path, name) = (entry.path(), entry.file_name());
        // The fuzz targets are a package of their own.
        if path.is_dir() && name != "fuzz" {
            gather(&path, &to.join(name), files)?;
        } else if path.is_file() {
            files.insert(to.join(name), fs::read(&path).map_err(said)?);
        }
    }
    Ok(())
}

fn build(copy: &Path, target: &Path) -> Result<PathBuf, String> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command.args(["build", "--offline", "--quiet", "--profile", "fuzz", "-p", "gentask-tests", "--bin", "simulate"]);
    command.current_dir(copy).env("CARGO_TARGET_DIR", target);
    for name in ["CARGO_MANIFEST_DIR", "CARGO_MANIFEST_PATH", "CARGO_PKG_NAME", "CARGO_BIN_NAME", "CARGO_CRATE_NAME"] {
        command.env_remove(name);
    }
    let status = command.status().map_err(|error| format!("cannot start cargo: {error}"))?;
    if status.success() { Ok(target.join("fuzz/simulate")) } else { Err("core with the bugs in it does not build".to_owned()) }
}

/// In which life or plan a bug is found, and by which rule; `None`: in none.
fn hunt(simulate: &Path, bug: usize, lives: u64) -> Result<Option<(String, String)>, String> {
    let lives = told(simulate, bug, &["--seeds", &lives.to_string()])?;
    let found = lives.lines().filter_map(|line| {
        let (rule, rest) = line.split_once(" break the rule \"")?.1.split_once("\"; world ")?;
        let seed: u64 = rest.split_once(':')?.0.parse().ok()?;
        Some((seed + 1, rule.to_owned()))
    });
    if let Some((life, rule)) = found.min() {
        return Ok(Some((life.to_string(), rule)));
    }
    let orders = told(simulate, bug, &["--orders"])?;
    Ok(orders.lines().find_map(|line| {
        let (plan, rest) = line.strip_prefix("orders of ")?.split_once(" break the rule \"")?;
        Some((plan.to_owned(), rest.split_once('"')?.0.to_owned()))
    }))
}

/// What the simulation says of a bug.
fn told(simulate: &Path, bug: usize, args: &[&str]) -> Result<String, String> {
    let mut command = Command::new(simulate);
    command.args(args).env("PLANTED", bug.to_string()).env_remove("SEED");
    let output = command.output().map_err(|error| format!("cannot start the simulation: {error}"))?;
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}
