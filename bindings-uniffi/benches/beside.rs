//! The Kotlin or Swift package beside what a person would write, and one check of it beside native Rust's own. Each side runs in a process of its
//! own, in turns with the other, and the provider in a third: the server of the native benches.
//!
//! `cargo xtask bench-kotlin` and `bench-swift` run it as `beside PROGRAM ARGUMENTS...`. That program is the package's side of it:
//! - `check BASE STORE COUNT` submits one task, checks it so many times unmeasured and so many times measured, and prints `{"nanos": a check's}`;
//! - `tasks BASE SIDE COUNT` submits so many tasks at once and waits for all, and prints `{"finished", "cpuUs", "bytes"}`. SIDE is a store, or
//!   `plain`, which is a loop around the language's own HTTP client.

#[expect(dead_code, reason = "this bench measures in processes of its own")]
#[path = "../../core/benches/support/pairs.rs"]
mod pairs;
#[expect(dead_code, reason = "this bench does not ask how late an end was seen")]
#[path = "../../native/benches/support/provider.rs"]
mod provider;
#[expect(dead_code, reason = "this bench stores no tasks by itself")]
#[path = "../../native/benches/support/tasks.rs"]
mod tasks;

use gentask::SubmitOptions;
use gentask::core::Polls;
use gentask::store::{MemoryStore, SqliteStore, Store};
use pairs::Pair;
use provider::{Pace, Provider, Seen};
use serde_json::{Value, json};
use std::process::Command;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Of the tasks that are waited for, as in the native bench: two seconds a task, and answers as from a provider nearby.
const PACE: Pace = Pace { task: Duration::from_secs(2), answer: Duration::from_millis(5), sigma: 0 };
/// Of the task that is checked: it never ends, and answers take no time.
const ENDLESS: Pace = Pace { task: Duration::from_hours(24), answer: Duration::ZERO, sigma: 0 };
const STORES: [&str; 2] = ["memory", "sqlite"];
const SIDES: [&str; 3] = ["plain", "memory", "sqlite"];
const CHECKS: u32 = 3_000;
const CHECK_ROUNDS: usize = 7;
const TASKS: u32 = 1_000;
const TASK_ROUNDS: usize = 5;

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = args.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["provider", ..] => provider::serve(&args[1..]),
        ["check", base, store, count] => check(base, store, count.parse().expect("a number")),
        [] => eprintln!("usage: beside PROGRAM ARGUMENTS...: `cargo xtask bench-kotlin` and `bench-swift` run it"),
        package => {
            checks(package);
            at_once(package);
        }
    }
}

/// Runs one side; the JSON that it prints.
fn run(program: &[&str], args: &[&str]) -> Value {
    let output = Command::new(program[0]).args(&program[1..]).args(args).output().expect("a second process");
    assert!(output.status.success(), "{program:?} {args:?}: {}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("JSON")
}

/// One check across the boundary, beside native Rust's own.
fn checks(package: &[&str]) {
    let own = std::env::current_exe().expect("this program").display().to_string();
    let pairs: Vec<Pair> = STORES
        .iter()
        .map(|store| {
            let provider = Provider::start(ENDLESS);
            let (base, count) = (provider.base(), CHECKS.to_string());
            let time = |program: &[&str]| {
                let told = run(program, &["check", &base, store, &count]);
                Duration::from_nanos(told["nanos"].as_u64().expect("a number"))
            };
            let rounds: Vec<_> = (0..CHECK_ROUNDS).map(|round| in_turns(round, || time(package), || time(&[&own]))).collect();
            Pair::of(store, 1.5, &rounds)
        })
        .collect();
    pairs::print("One check over loopback, beside native Rust's own", &pairs);
}

/// Neither is always the first.
fn in_turns<T>(round: usize, ours: impl FnOnce() -> T, plain: impl FnOnce() -> T) -> (T, T) {
    if round.is_multiple_of(2) {
        let ours = ours();
        (ours, plain())
    } else {
        let plain = plain();
        (ours(), plain)
    }
}

struct Ran {
    finished: u64,
    cpu: Duration,
    bytes: u64,
    seen: Seen,
}

/// Many tasks at once, beside a plain loop.
fn at_once(package: &[&str]) {
    let mut ran: [Vec<Ran>; 3] = [const { Vec::new() }; 3];
    for round in 0..TASK_ROUNDS {
        for turn in 0..SIDES.len() {
            let side = (turn + round) % SIDES.len();
            let provider = Provider::start(PACE);
            let told = run(package, &["tasks", &provider.base(), SIDES[side], &TASKS.to_string()]);
            let number = |name: &str| told[name].as_u64().expect("a number");
            let cpu = Duration::from_micros(number("cpuUs")) / TASKS;
            ran[side].push(Ran { finished: number("finished"), cpu, bytes: number("bytes") / u64::from(TASKS), seen: provider.stats() });
        }
    }
    println!("\n{TASKS} tasks of 2 s at once: {TASK_ROUNDS} runs of each side, medians");
    println!(
        "  {:<7}  {:>8}  {:>8}  {:>7}  {:>10}  {:>13}  {:>10}  {:>8}",
        "", "finished", "submits", "polls", "CPU a task", "memory a task", "in flight", "sockets"
    );
    for (side, ran) in SIDES.iter().zip(&ran) {
        let least = |number: fn(&Ran) -> u64| ran.iter().map(number).min().unwrap_or_default();
        let most = |number: fn(&Ran) -> u64| ran.iter().map(number).max().unwrap_or_default();
        let median = |number: fn(&Ran) -> u64| {
            let mut numbers: Vec<u64> = ran.iter().map(number).collect();
            numbers.sort_unstable();
            numbers[numbers.len() / 2]
        };
        println!(
            "  {side:<7}  {:>8}  {:>8}  {:>7}  {:>7} us  {:>10} KB  {:>10}  {:>8}",
            least(|ran| ran.finished),
            most(|ran| ran.seen.submits),
            median(|ran| ran.seen.polls),
            median(|ran| u64::try_from(ran.cpu.as_micros()).unwrap_or(u64::MAX)),
            median(|ran| ran.bytes) / 1024,
            most(|ran| ran.seen.most_at_once),
            most(|ran| ran.seen.most_open),
        );
    }
    let [plain, memory, sqlite] = &ran;
    assert!(ran.iter().flatten().all(|ran| ran.finished == ran.seen.submits), "every task ends, and is submitted once");
    let pair = |name: &str, ours: &[Ran]| {
        let rounds: Vec<_> = ours.iter().zip(plain).map(|(ours, plain)| (ours.cpu, plain.cpu)).collect();
        Pair::of(name, 1.0, &rounds)
    };
    pairs::print("Processor time a task, beside the plain loop", &[pair(SIDES[1], memory), pair(SIDES[2], sqlite)]);
}

/// Native Rust's side of the check.
fn check(base: &str, store: &str, count: u32) {
    let folder = tempfile::tempdir().expect("a folder");
    let store: Arc<dyn Store> = if store == "sqlite" {
        Arc::new(SqliteStore::open(folder.path().join("tasks.db")).expect("a store"))
    } else {
        Arc::new(MemoryStore::new())
    };
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().expect("a runtime");
    let nanos = runtime.block_on(async {
        let client = tasks::client(base, store, Polls::default(), None);
        let task = client.submit(&tasks::picture(), &SubmitOptions::default()).await.expect("a task");
        let mut start = Instant::now();
        for check in 0..2 * count {
            if check == count {
                start = Instant::now();
            }
            assert!(task.check(true).await.expect("a reply").ok);
        }
        start.elapsed().as_nanos() / u128::from(count)
    });
    println!("{}", json!({"nanos": u64::try_from(nanos).unwrap_or(u64::MAX)}));
}
