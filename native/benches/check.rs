//! One `check` of a waiting task over loopback, beside a bare GET of the same URL whose body is read. The server is another process.

#[path = "../../core/benches/support/pairs.rs"]
mod pairs;
#[path = "support/plain.rs"]
mod plain;
#[expect(dead_code, reason = "this bench does not ask what the provider has seen")]
#[path = "support/provider.rs"]
mod provider;
#[path = "support/tasks.rs"]
mod tasks;

use criterion::Criterion;
use gentask::TaskHandle;
use gentask::core::Polls;
use gentask::store::{MemoryStore, SqliteStore, Store};
use provider::{Pace, Provider};
use std::sync::Arc;
use std::time::Duration;
use tokio::runtime::Runtime;

fn main() {
    let args: Vec<String> = std::env::args().collect();
    if args.get(1).is_some_and(|arg| arg == "provider") {
        return provider::serve(&args[2..]);
    }
    let provider = Provider::start(Pace { task: Duration::from_hours(24), answer: Duration::ZERO, sigma: 0 });
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let folder = tempfile::tempdir().expect("a folder");
    let memory: Arc<dyn Store> = Arc::new(MemoryStore::new());
    let sqlite: Arc<dyn Store> = Arc::new(SqliteStore::open(folder.path().join("tasks.db")).expect("a store"));
    let checks = [("MemoryStore", Check::new(&runtime, &provider, &memory)), ("SqliteStore", Check::new(&runtime, &provider, &sqlite))];
    let get = Get::new(&provider, checks[0].1.handle.task_id().expect("a task id"));

    let mut criterion = Criterion::default().configure_from_args();
    let mut group = criterion.benchmark_group("check");
    group.bench_function("bare GET", |bencher| bencher.iter(|| get.run(&runtime)));
    for (name, check) in &checks {
        group.bench_function(*name, |bencher| bencher.iter(|| check.run(&runtime)));
    }
    group.finish();
    criterion.final_summary();

    let rounds = if args.iter().any(|arg| arg == "--bench") { 101 } else { 1 };
    let pairs = checks.map(|(name, check)| pairs::measure(name, 1.3, rounds, 50, || check.run(&runtime), || get.run(&runtime)));
    pairs::print("One check over loopback, beside a bare reqwest GET of the same URL", &pairs);
}

/// A stored task that waits.
struct Check {
    handle: TaskHandle,
}

impl Check {
    fn new(runtime: &Runtime, provider: &Provider, store: &Arc<dyn Store>) -> Self {
        let base = provider.base();
        let client = tasks::client(&base, Arc::clone(store), Polls::default(), None);
        let record = tasks::accepted(&base, Polls::default(), 1, client.now());
        let handle = runtime.block_on(async {
            let _ = store.save(&record, &[], 0, true).await.expect("a save");
            client.task(record.intent_id()).await.expect("the task")
        });
        Self { handle }
    }

    fn run(&self, runtime: &Runtime) {
        let reply = runtime.block_on(self.handle.check(true)).expect("a reply");
        assert!(reply.ok);
    }
}

struct Get {
    http: reqwest::Client,
    url: String,
}

impl Get {
    fn new(provider: &Provider, task_id: &str) -> Self {
        Self { http: plain::http(32), url: format!("{}/api/v1/statusTask/nano-banana?taskId={task_id}", provider.base()) }
    }

    fn run(&self, runtime: &Runtime) {
        let body = runtime.block_on(async {
            let request = self.http.get(&self.url).header("authorization", format!("Bearer {}", tasks::KEY));
            request.header("accept", "application/json").send().await?.bytes().await
        });
        assert!(!body.expect("an answer").is_empty());
    }
}
