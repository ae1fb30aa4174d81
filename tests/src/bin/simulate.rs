//! Lives worlds of the simulation: `simulate [--seeds N] [--from S] [--threads N] [--all]`. With `SEED=n` it tells the whole story of one.
//! `--all`: not only until the first fault. `--orders`: tries every order of one task's callbacks instead, by plan; with `--all` also those that
//! take long, and with `--from` no earlier ones. Exit code 1: a rule was broken.

use gentask_tests::world::{self, Orders, Plan};
use std::collections::BTreeMap;
use std::process::ExitCode;
use std::time::Instant;

fn main() -> ExitCode {
    if let Some(seed) = std::env::var("SEED").ok().and_then(|seed| seed.parse().ok()) {
        print!("{}", world::story(seed));
        return ExitCode::SUCCESS;
    }
    let args: Vec<String> = std::env::args().skip(1).collect();
    let number = |name: &str, otherwise: u64| {
        let at = args.iter().position(|arg| arg == name);
        at.and_then(|at| args.get(at + 1)).and_then(|value| value.parse().ok()).unwrap_or(otherwise)
    };
    let threads = std::thread::available_parallelism().map_or(2, usize::from);
    let threads = usize::try_from(number("--threads", threads as u64)).unwrap_or(threads);
    let all = args.iter().any(|arg| arg == "--all");
    if args.iter().any(|arg| arg == "--orders") {
        let plans = world::plans(all);
        let from = usize::try_from(number("--from", 0)).unwrap_or(plans.len()).min(plans.len());
        return orders(&plans[from..], threads);
    }
    std::panic::set_hook(Box::new(|_| {}));
    let begun = Instant::now();
    let (tally, lives, faulty) = world::many(number("--from", 0), number("--seeds", 20_000), threads, all);
    println!("{lives} lives in {:.1} s: {tally:?}", begun.elapsed().as_secs_f64());
    let mut told: BTreeMap<&str, (u64, u64, String)> = BTreeMap::new();
    for lived in &faulty {
        let Some(fault) = &lived.fault else { continue };
        told.entry(fault.rule).or_insert_with(|| (0, lived.seed, fault.what.clone())).0 += 1;
    }
    for (rule, (count, seed, what)) in &told {
        println!("{count} worlds break the rule \"{rule}\"; world {seed}: {what}\n  its whole story: SEED={seed} cargo xtask simulate");
    }
    if faulty.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn orders(plans: &[Plan], threads: usize) -> ExitCode {
    let begun = Instant::now();
    let seconds = || begun.elapsed().as_secs_f64();
    let tell = |plan: &Plan, orders: &Orders| {
        let Orders { count, states, done } = orders;
        eprintln!("{:.1} s: {count} orders, {states} states, {done} steps done: {plan:?}", seconds());
    };
    match world::tried(plans, threads, tell) {
        Ok(Orders { count, states, done }) => {
            println!("{count} orders, {states} states, {done} steps done in {:.1} s", seconds());
            ExitCode::SUCCESS
        }
        Err(broken) => {
            let (number, rule) = (broken.number, broken.fault.rule);
            println!("orders of plan {number} break the rule \"{rule}\": {}\n{:?}\n{}", broken.fault.what, broken.plan, broken.story);
            ExitCode::FAILURE
        }
    }
}
