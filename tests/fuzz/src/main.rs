//! `fuzz [TARGET ...] [--seconds N] [--seed N]` shares the time out among the targets, all of them where none is named.
//! `fuzz TARGET --input FILE` runs one input and lets a panic be seen. `fuzz --list` names the targets.
//!
//! Each target runs in a process of its own, so that one that overflows its stack or is refused memory ends only itself.

use gentask_fuzz::heap::Counting;
use gentask_fuzz::runner::{self, Run};
use gentask_fuzz::{TARGETS, Target, target};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

#[global_allocator]
static HEAP: Counting = Counting;

const USAGE: &str = "usage: fuzz [TARGET ...] [--seconds N] [--seed N] | fuzz TARGET --input FILE | fuzz --list";

/// How a target is run in a process of its own: `fuzz --alone TARGET SEED MILLISECONDS FILE`.
const ALONE: &str = "--alone";

/// What the command line says.
struct Arguments {
    targets: Vec<&'static Target>,
    seconds: u64,
    seed: Option<u64>,
    input: Option<PathBuf>,
    list: bool,
}

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    if let [flag, words @ ..] = words.as_slice()
        && flag == ALONE
    {
        return alone(words);
    }
    let arguments = match Arguments::read(words.into_iter()) {
        Ok(arguments) => arguments,
        Err(message) => {
            eprintln!("fuzz: {message}\n{USAGE}");
            return ExitCode::from(2);
        }
    };
    if arguments.list {
        for target in &TARGETS {
            println!("{:<16} {}", target.name, target.about);
        }
        return ExitCode::SUCCESS;
    }
    match &arguments.input {
        Some(file) => one(&arguments.targets, file),
        None => all(&arguments),
    }
}

impl Arguments {
    fn read(mut words: impl Iterator<Item = String>) -> Result<Self, String> {
        let mut read = Self { targets: Vec::new(), seconds: 30, seed: None, input: None, list: false };
        while let Some(word) = words.next() {
            let mut number = || words.next().and_then(|word| word.parse().ok()).ok_or(format!("{word} needs a number"));
            match word.as_str() {
                "--seconds" => read.seconds = number()?,
                "--seed" => read.seed = Some(number()?),
                "--input" => read.input = Some(words.next().ok_or("--input needs a file")?.into()),
                "--list" => read.list = true,
                name => read.targets.push(target(name).ok_or(format!("no target `{name}`; --list names them"))?),
            }
        }
        if read.targets.is_empty() {
            read.targets = TARGETS.iter().collect();
        }
        Ok(read)
    }
}

/// Runs the targets one after the other.
fn all(arguments: &Arguments) -> ExitCode {
    let moment = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    let seed = arguments.seed.unwrap_or_else(|| u64::from(moment.subsec_nanos()) ^ moment.as_secs());
    let time = Duration::from_secs(arguments.seconds) / u32::try_from(arguments.targets.len()).unwrap_or(1);
    println!("fuzz: seed {seed}, {} ms for each of {} targets", time.as_millis(), arguments.targets.len());
    let under_way = std::env::temp_dir().join(format!("gentask-fuzz-{}", std::process::id()));
    let mut failed = Vec::new();
    for target in &arguments.targets {
        let run = Run { target, seed, time, corpus: corpus(target), under_way: under_way.clone() };
        if let Err(message) = apart(&run) {
            eprintln!("fuzz: {message}");
            failed.push(target.name);
        }
    }
    // Where it is left behind it does no harm.
    let _ = std::fs::remove_file(&under_way);
    if failed.is_empty() {
        return ExitCode::SUCCESS;
    }
    eprintln!("fuzz: failed: {}", failed.join(", "));
    ExitCode::FAILURE
}

/// The folder with a target's inputs.
fn corpus(target: &Target) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus").join(target.name)
}

/// A run in a process of its own. What fails is told there, unless the process dies of it.
fn apart(run: &Run) -> Result<(), String> {
    let this = std::env::current_exe().map_err(|error| error.to_string())?;
    let mut command = Command::new(this);
    command.args([ALONE, run.target.name, &run.seed.to_string(), &run.time.as_millis().to_string()]).arg(&run.under_way);
    let status = command.status().map_err(|error| error.to_string())?;
    if status.code().is_none()
        && let Some(input) = runner::left_behind(&run.under_way)
    {
        let kept = runner::keep(&run.corpus, &input);
        run.tell(&format!("its process died ({status}): no stack or no memory was left"), &kept);
    }
    if status.success() { Ok(()) } else { Err(format!("{}: {status}", run.target.name)) }
}

/// That process.
fn alone(words: &[String]) -> ExitCode {
    let [name, seed, millis, under_way] = words else { return ExitCode::from(2) };
    let (Some(target), Ok(seed), Ok(millis)) = (target(name), seed.parse(), millis.parse()) else { return ExitCode::from(2) };
    let run = Run { target, seed, time: Duration::from_millis(millis), corpus: corpus(target), under_way: under_way.into() };
    runner::hear_panics();
    match run.go() {
        Ok(count) => {
            println!("  {name:<16} {:>9} runs, {:>4} inputs to begin with, {:>4} kept", count.runs, count.known, count.kept);
            if count.failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
        }
        Err(error) => {
            eprintln!("fuzz: {error}");
            ExitCode::FAILURE
        }
    }
}

/// One input, as it stands.
fn one(targets: &[&Target], file: &Path) -> ExitCode {
    let [target] = targets else {
        eprintln!("fuzz: --input needs one target\n{USAGE}");
        return ExitCode::from(2);
    };
    match std::fs::read(file) {
        Ok(input) => {
            (target.run)(&input);
            println!("{}: {} bytes: all that must hold holds", target.name, input.len());
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("fuzz: cannot read {}: {error}", file.display());
            ExitCode::FAILURE
        }
    }
}
