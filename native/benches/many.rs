//! Many tasks through one client. Each side runs in a process of its own, and the provider in another:
//!
//! - 1,000 and 5,000 tasks of two seconds at once: all finish, at most 32 requests are in flight, and the processor time per task
//!   stands beside that of a bare reqwest loop with the same gate and the same poll schedule;
//! - 10,000 tasks that wait: the memory of each;
//! - 1,000,000 stored tasks that are due, gone on with: how soon the first is asked about, and the memory of the process. A few minutes, so only where
//!   it is named: `-- stored`.
//!
//! `cargo bench -p gentask --bench many -- 1000` runs what has `1000` in its name.

#[expect(dead_code, reason = "this bench measures in processes of its own")]
#[path = "../../core/benches/support/pairs.rs"]
mod pairs;
#[path = "support/plain.rs"]
mod plain;
#[path = "support/provider.rs"]
mod provider;
#[path = "support/tasks.rs"]
mod tasks;

use gentask::core::{PollSchedule, Polls};
use gentask::store::{MemoryStore, Saved, SqliteStore, Store};
use gentask::{SubmitOptions, Wait, Worker};
use pairs::Pair;
use provider::{Pace, Provider, Seen};
use serde_json::{Value, json};
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

/// Two seconds a task, and answers that take as long as to a provider nearby.
const PACE: Pace = Pace { task: Duration::from_secs(2), answer: Duration::from_millis(5), sigma: 0 };
/// Three or four polls a task.
const POLLS: Polls = Polls { initial_ms: Some(500), factor_pct: Some(150), cap_ms: Some(2_000), by_contract: false };
/// Of the tasks that only wait: they are not due while they are measured.
const RARE: Polls = Polls { initial_ms: Some(3_600_000), factor_pct: Some(100), cap_ms: Some(3_600_000), by_contract: false };
/// The client's own default.
const GATE: usize = 32;
const SIDES: [&str; 3] = ["plain", "MemoryStore", "SqliteStore"];

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = args.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["provider", ..] => provider::serve(&args[1..]),
        ["run", side, base, tasks] => run(side, base, tasks.parse().expect("a number")),
        ["poll", how, base] => poll(how, base),
        ["fill", file, base, tasks] => fill(file, base, tasks.parse().expect("a number")),
        ["stored", file, base, how] => stored(file, base, how),
        ["wait", side, base, tasks, due] => wait(side, base, tasks.parse().expect("a number"), *due == "due"),
        _ if words.contains(&"--bench") => {
            // A word that follows a flag is that flag's: it is meant for criterion.
            let own = |at: usize| !words[at].starts_with('-') && (at == 0 || !words[at - 1].starts_with("--"));
            let wanted = |name: &str| (0..words.len()).all(|at| !own(at) || name.contains(words[at]));
            for (tasks, rounds) in [(1_000, 5), (5_000, 3)] {
                if wanted(&format!("{tasks} at once")) {
                    at_once(tasks, rounds);
                }
            }
            if wanted("10000 waiting") {
                waiting(10_000);
            }
            if wanted("polls over loopback") {
                polls();
            }
            if words.contains(&"stored") {
                a_million(1_000_000);
            }
        }
        // `cargo test --benches`: one small round, to see that it works.
        _ => at_once(20, 1),
    }
}

/// Runs this program again as one side; the JSON that it prints.
fn child(args: &[&str]) -> Value {
    let output = Command::new(std::env::current_exe().expect("this program")).args(args).output().expect("a second process");
    assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("JSON")
}

struct Ran {
    wall: Duration,
    cpu: Duration,
    finished: u64,
    seen: Seen,
}

fn at_once(tasks: u64, rounds: usize) {
    let mut ran: [Vec<Ran>; 3] = [const { Vec::new() }; 3];
    for round in 0..rounds {
        for turn in 0..SIDES.len() {
            let side = (turn + round) % SIDES.len();
            let provider = Provider::start(PACE);
            let told = child(&["run", SIDES[side], &provider.base(), &tasks.to_string()]);
            let micros = |name: &str| Duration::from_micros(told[name].as_u64().expect("a number"));
            let finished = told["finished"].as_u64().expect("a number");
            ran[side].push(Ran { wall: micros("wallUs"), cpu: micros("cpuUs"), finished, seen: provider.stats() });
        }
    }

    println!("\n{tasks} tasks of 2 s at once, a gate of {GATE}: {rounds} runs of each side, medians");
    println!(
        "  {:<12}  {:>8}  {:>8}  {:>7}  {:>7}  {:>10}  {:>10}  {:>9}",
        "", "finished", "submits", "polls", "wall", "CPU a task", "in flight", "sockets"
    );
    for (side, ran) in SIDES.iter().zip(&ran) {
        let least = |number: fn(&Ran) -> u64| ran.iter().map(number).min().unwrap_or_default();
        let most = |number: fn(&Ran) -> u64| ran.iter().map(number).max().unwrap_or_default();
        let wall = median(ran.iter().map(|ran| ran.wall)).as_secs_f64();
        let cpu = median(ran.iter().map(|ran| ran.cpu)).as_micros() / u128::from(tasks);
        println!(
            "  {side:<12}  {:>8}  {:>8}  {:>7}  {wall:>5.1} s  {cpu:>7} us  {:>10}  {:>9}",
            least(|ran| ran.finished),
            most(|ran| ran.seen.submits),
            most(|ran| ran.seen.polls),
            most(|ran| ran.seen.most_at_once),
            most(|ran| ran.seen.most_open),
        );
        assert!(ran.iter().all(|ran| ran.finished == tasks && ran.seen.submits == tasks), "every task ends, and is submitted once");
        assert!(ran.iter().all(|ran| ran.seen.most_at_once <= GATE as u64), "no more in flight than the gate lets through");
    }
    let [plain, memory, sqlite] = &ran;
    if plain.iter().any(|ran| ran.cpu.is_zero()) {
        return;
    }
    let pair = |name: &str, ours: &[Ran]| {
        let a_task = |ran: &Ran| ran.cpu / u32::try_from(tasks).expect("a small number");
        let rounds: Vec<_> = ours.iter().zip(plain).map(|(ours, plain)| (a_task(ours), a_task(plain))).collect();
        Pair::of(name, 1.5, &rounds)
    };
    pairs::print("Processor time per task, beside a bare reqwest loop", &[pair(SIDES[1], memory), pair(SIDES[2], sqlite)]);
}

fn median(times: impl Iterator<Item = Duration>) -> Duration {
    let mut times: Vec<Duration> = times.collect();
    times.sort();
    times[times.len() / 2]
}

fn waiting(tasks: u64) {
    println!("\n{tasks} tasks that wait in one process: resident memory, beyond the records in the store");
    for side in &SIDES[1..] {
        for due in ["later", "due"] {
            let provider = Provider::start(Pace { task: Duration::from_hours(24), answer: Duration::ZERO, sigma: 0 });
            let told = child(&["wait", side, &provider.base(), &tasks.to_string(), due]);
            let a_task = |name: &str| told[name].as_u64().unwrap_or_default() / tasks;
            let when = if due == "due" { "after one poll each" } else { "before their first poll" };
            println!("  {side:<12}  {when:<23}  {:>6} bytes a task  (the store: {})", a_task("waiting"), a_task("stored"));
        }
    }
    println!();
}

/// What `core/benches/polling.rs` tells in virtual time, over loopback: tasks of about 20 s, polled by what was learned and by the contract.
fn polls() {
    println!("\n200 tasks of about 20 s (log-normal, sigma 0.35) after 50 others, polled over loopback");
    let sides = ["learned", "contract"].map(|how| {
        std::thread::spawn(move || {
            let provider = Provider::start(Pace { task: Duration::from_secs(20), answer: Duration::ZERO, sigma: 35 });
            child(&["poll", how, &provider.base()])
        })
    });
    let [learned, contract] = sides.map(|side| side.join().expect("a side"));
    let per_task = |told: &Value, name: &str| told[name].as_f64().expect("a number") / 200.0;
    for (name, told) in [("learned", &learned), ("contract", &contract)] {
        println!("  {name:<8}  {:.2} polls a task, {:.2} s late", per_task(told, "polls"), per_task(told, "lateMs") / 1_000.0);
    }
    let is_met = per_task(&learned, "polls") <= 4.2 && per_task(&learned, "lateMs") <= 1_600.0;
    println!("  goal: at most 4.2 polls and 1.6 s  {}", if is_met { "met" } else { "MISSED" });
}

/// One side: 50 tasks, and then 200 whose polls are counted, all of each at once.
fn poll(how: &str, base: &str) {
    let runtime = runtime();
    let polls = Polls { by_contract: how == "contract", ..Polls::default() };
    let client = tasks::client(base, Arc::new(MemoryStore::new()), polls, None);
    let address = base.trim_start_matches("http://");
    let mut seen = Vec::new();
    for tasks in [50, 200] {
        seen.push(Seen::by(address));
        runtime.block_on(async {
            let mut running = JoinSet::new();
            for _ in 0..tasks {
                let client = client.clone();
                running.spawn(async move {
                    let task = client.submit(&tasks::picture(), &SubmitOptions::default()).await.ok()?;
                    task.wait(Wait::of(Duration::from_mins(10))).await.ok()
                });
            }
            assert!(running.join_all().await.iter().all(Option::is_some), "every task ends");
        });
    }
    let end = Seen::by(address);
    println!("{}", json!({"polls": end.polls - seen[1].polls, "lateMs": end.late_ms - seen[1].late_ms}));
}

fn a_million(tasks: u64) {
    let provider = Provider::start(Pace { task: Duration::from_hours(24), answer: Duration::ZERO, sigma: 0 });
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("tasks.db").to_string_lossy().into_owned();
    child(&["fill", &file, &provider.base(), &tasks.to_string()]);
    println!("\n{tasks} stored tasks that are due, in an SQLite file");
    for how in ["resume", "run"] {
        let told = child(&["stored", &file, &provider.base(), how]);
        let number = |name: &str| told[name].as_u64().expect("a number");
        let (first, most) = (number("firstMs"), number("mostBytes") / 1_000_000);
        let met = if first < 5_000 && most < 200 { "met" } else { "MISSED" };
        println!(
            "  {how:<6}  the first is asked about after {first} ms (goal: 5,000), {} in {} s, {most} MB at most (goal: 200)  {met}",
            number("polled"),
            STORED.as_secs()
        );
    }
}

/// How long a process goes on with a million tasks.
const STORED: Duration = Duration::from_secs(20);

/// Makes a file with so many tasks.
fn fill(file: &str, base: &str, tasks: u64) {
    let runtime = runtime();
    let store: Arc<dyn Store> = Arc::new(SqliteStore::open(file).expect("a store"));
    let accepted_at = tasks::client(base, Arc::clone(&store), RARE, None).now() - 4_200_000;
    runtime.block_on(async {
        for first in (0..tasks).step_by(500) {
            let mut saving = JoinSet::new();
            for number in first..tasks.min(first + 500) {
                let (store, record) = (Arc::clone(&store), tasks::accepted(base, RARE, number, accepted_at));
                saving.spawn(async move { store.save(&record, &[], 0, false).await == Ok(Saved::Done) });
            }
            assert!(saving.join_all().await.into_iter().all(|saved| saved));
        }
    });
    println!("{}", json!({}));
}

/// One process that goes on with all tasks of a file.
fn stored(file: &str, base: &str, how: &str) {
    let runtime = runtime();
    let start = Instant::now();
    let first = Arc::new(AtomicUsize::new(0));
    let polled = Arc::new(AtomicUsize::new(0));
    let (at, heard) = (Arc::clone(&first), Arc::clone(&polled));
    let client = tasks::client(
        base,
        Arc::new(SqliteStore::open(file).expect("a store")),
        RARE,
        Some(Arc::new(move |_, event| {
            if event.kind == "seen" && heard.fetch_add(1, Ordering::Relaxed) == 0 {
                at.store(usize::try_from(start.elapsed().as_millis()).unwrap_or(usize::MAX), Ordering::Relaxed);
            }
        })),
    );
    runtime.block_on(async {
        if how == "resume" {
            let _ = tokio::time::timeout(STORED, client.resume(1_000, Some(Duration::from_hours(24)), |_| {})).await;
        } else {
            client.run(Worker::default(), tokio::time::sleep(STORED)).await.expect("it can work");
        }
    });
    let (first, polled) = (first.load(Ordering::Relaxed), polled.load(Ordering::Relaxed));
    println!("{}", json!({"firstMs": first, "polled": polled, "mostBytes": status("VmHWM:")}));
    std::process::exit(0);
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().expect("a runtime")
}

/// A store of its kind, and the folder that it is in.
fn store(side: &str) -> (Arc<dyn Store>, tempfile::TempDir) {
    let folder = tempfile::tempdir().expect("a folder");
    let store: Arc<dyn Store> = if side == "SqliteStore" {
        Arc::new(SqliteStore::open(folder.path().join("tasks.db")).expect("a store"))
    } else {
        Arc::new(MemoryStore::new())
    };
    (store, folder)
}

/// One side: submits so many tasks and waits for all of them.
fn run(side: &str, base: &str, tasks: usize) {
    let runtime = runtime();
    let (store, _folder) = store(side);
    let ours = (side != "plain").then(|| tasks::client(base, store, POLLS, None));
    let plain = Arc::new(Plain::new(base));
    let (start, cpu) = (Instant::now(), processor_time());
    let finished = runtime.block_on(async {
        let mut running = JoinSet::new();
        for number in 0..tasks {
            if let Some(client) = ours.clone() {
                running.spawn(async move {
                    let task = client.submit(&tasks::picture(), &SubmitOptions::default()).await.ok()?;
                    task.wait(Wait::of(Duration::from_mins(2))).await.ok().map(|_| ())
                });
            } else {
                let plain = Arc::clone(&plain);
                running.spawn(async move { plain.task(number as u64).await });
            }
        }
        running.join_all().await.into_iter().flatten().count()
    });
    let micros = |time: Duration| u64::try_from(time.as_micros()).unwrap_or(u64::MAX);
    let (wall, cpu) = (start.elapsed(), processor_time().saturating_sub(cpu));
    println!("{}", json!({"wallUs": micros(wall), "cpuUs": micros(cpu), "finished": finished}));
}

/// What a careful person would write without gentask: a gate, a fresh connection for the submit, a pool for the polls.
struct Plain {
    submits: reqwest::Client,
    reads: reqwest::Client,
    gate: Semaphore,
    /// As in the client, no more submits stand before the gate than it lets through: so both sides poll equally often.
    submitting: Semaphore,
    base: String,
    schedule: PollSchedule,
}

impl Plain {
    fn new(base: &str) -> Self {
        let [first, every, cap] = [POLLS.initial_ms, POLLS.initial_ms, POLLS.cap_ms].map(Option::unwrap_or_default);
        let factor = POLLS.factor_pct.unwrap_or_default();
        let schedule = PollSchedule { first_ms: first, every_ms: every, factor_pct: factor, cap_ms: cap, ..PollSchedule::DEFAULT };
        let (submits, reads) = (plain::http(0), plain::http(GATE));
        Self { submits, reads, gate: Semaphore::new(GATE), submitting: Semaphore::new(GATE), base: base.to_owned(), schedule }
    }

    async fn task(&self, number: u64) -> Option<()> {
        let generation = tasks::picture();
        let body = json!({"request_type": "async", "input": generation.input}).to_string();
        let post = self.submits.post(format!("{}/api/v1/generateTask/{}", self.base, generation.model));
        let place = self.submitting.acquire().await.ok()?;
        let id = self.send(post.header("content-type", "application/json").body(body)).await?["data"]["taskId"].as_str()?.to_owned();
        drop(place);
        let accepted = Instant::now();
        loop {
            let elapsed = u64::try_from(accepted.elapsed().as_millis()).ok()?;
            tokio::time::sleep(Duration::from_millis(self.schedule.next(elapsed, number))).await;
            let get = self.reads.get(format!("{}/api/v1/statusTask/{}?taskId={id}", self.base, generation.model));
            if self.send(get).await?["data"]["state"] == "success" {
                return Some(());
            }
        }
    }

    async fn send(&self, request: reqwest::RequestBuilder) -> Option<Value> {
        let request = request.header("authorization", format!("Bearer {}", tasks::KEY)).header("accept", "application/json");
        let _place = self.gate.acquire().await.ok()?;
        let body = request.timeout(Duration::from_secs(30)).send().await.ok()?.bytes().await.ok()?;
        serde_json::from_slice(&body).ok()
    }
}

/// One side: so many stored tasks are driven at once, and stay waiting.
fn wait(side: &str, base: &str, tasks: u64, due: bool) {
    let runtime = runtime();
    let (store, _folder) = store(side);
    let polled = Arc::new(AtomicUsize::new(0));
    let heard = Arc::clone(&polled);
    let client = tasks::client(
        base,
        Arc::clone(&store),
        RARE,
        Some(Arc::new(move |_, event| {
            heard.fetch_add(usize::from(event.kind == "seen"), Ordering::Relaxed);
        })),
    );
    let accepted_at = client.now() - if due { 4_200_000 } else { 0 };
    runtime.block_on(async {
        let save = |number| {
            let store = Arc::clone(&store);
            let record = tasks::accepted(base, RARE, number, accepted_at);
            async move { store.save(&record, &[], 0, true).await == Ok(Saved::Done) }
        };
        // One task first, so that what is made once is there before anything is measured.
        assert!(save(tasks).await);
        let warm = client.task(tasks::accepted(base, RARE, tasks, accepted_at).intent_id()).await.expect("the task");
        warm.check(true).await.expect("a reply");
        let before = resident();
        let mut saving = JoinSet::new();
        for number in 0..tasks {
            saving.spawn(save(number));
        }
        assert!(saving.join_all().await.into_iter().all(|saved| saved));
        let stored = resident();
        let driver = client.clone();
        let most = usize::try_from(tasks).expect("a small number") + 1;
        let driving = tokio::spawn(async move { driver.resume(most, Some(Duration::from_hours(24)), |_| {}).await });
        let wanted = if due { most } else { 1 };
        while polled.load(Ordering::Relaxed) < wanted && !driving.is_finished() {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        // The last ones settle.
        tokio::time::sleep(Duration::from_secs(3)).await;
        assert!(!driving.is_finished(), "the tasks wait");
        let waiting = resident();
        println!("{}", json!({"stored": stored.saturating_sub(before), "waiting": waiting.saturating_sub(stored)}));
        driving.abort();
    });
    // Ten thousand waits are not worth taking down one by one.
    std::process::exit(0);
}

/// The processor time of this process; nothing where the system does not tell.
fn processor_time() -> Duration {
    #[cfg(unix)]
    {
        let time = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
        Duration::new(u64::try_from(time.tv_sec).unwrap_or_default(), u32::try_from(time.tv_nsec).unwrap_or_default())
    }
    #[cfg(not(unix))]
    Duration::ZERO
}

/// The resident memory of this process in bytes; 0 where the system does not tell.
fn resident() -> u64 {
    status("VmRSS:")
}

/// A figure of this process in bytes; 0 where the system does not tell.
fn status(name: &str) -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let kilobytes = status.lines().find_map(|line| line.strip_prefix(name)?.trim().strip_suffix(" kB")?.trim().parse::<u64>().ok());
    kilobytes.unwrap_or_default() * 1024
}
