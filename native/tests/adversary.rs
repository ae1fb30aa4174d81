//! The table of `tests/adversary/`, played through the public API over real HTTP. `ADVERSARY=text` runs only the rows that have it in
//! their name or family.

#[path = "adversary/keys.rs"]
mod keys;
#[path = "adversary/play.rs"]
mod play;
#[path = "adversary/store.rs"]
mod store;

use gentask_tests::adversary::rows;
use std::sync::{Arc, Mutex};
use tokio::sync::Semaphore;

/// Rows that run beside one another: they mostly wait for nothing.
const AT_ONCE: usize = 8;

#[tokio::test(flavor = "multi_thread")]
async fn every_row_of_the_table_holds() {
    let only = std::env::var("ADVERSARY").unwrap_or_default();
    let all: Vec<_> = rows().into_iter().filter(|row| row.runs_in("rust")).collect();
    let (places, told) = (Arc::new(Semaphore::new(AT_ONCE)), Arc::new(Mutex::new(Vec::new())));
    let mut running = tokio::task::JoinSet::new();
    for row in all.iter().filter(|row| row.name.contains(&only) || row.family.contains(&only)).cloned() {
        let (places, told) = (Arc::clone(&places), Arc::clone(&told));
        running.spawn(async move {
            let _place = places.acquire_owned().await.unwrap();
            let name = format!("{}: {}", row.family, row.name);
            let faults = tokio::spawn(play::play(row)).await.unwrap_or_else(|error| vec![format!("the runner broke: {error}")]);
            told.lock().unwrap().push((name, faults));
        });
    }
    running.join_all().await;
    let mut told = told.lock().unwrap().clone();
    told.sort();
    gentask_tests::say(&format!("adversary: {} of {} rows in Rust", told.len(), all.len()));
    assert!(!only.is_empty() || told.len() == all.len(), "not every row ran");
    let broken: Vec<String> = told
        .into_iter()
        .filter(|(_, faults)| !faults.is_empty())
        .map(|(name, faults)| format!("{name}\n    {}", faults.join("\n    ")))
        .collect();
    assert!(broken.is_empty(), "{} rows do not hold\n{}", broken.len(), broken.join("\n"));
}
