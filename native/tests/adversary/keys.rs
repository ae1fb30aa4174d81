//! The function that gives a row's key, or fails or waits where the row says so.

use gentask::key::Secret;
use serde_json::Value;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use tokio::sync::Notify;

pub(crate) struct Keys {
    key: String,
    asked: AtomicU64,
    plan: Mutex<Plan>,
    let_go: Notify,
}

/// What is to become of which question for the key, counted from the first.
#[derive(Clone, Default)]
struct Plan {
    fails: Vec<u64>,
    holds: Vec<u64>,
    words: String,
}

impl Keys {
    pub(crate) fn new(key: &str) -> Self {
        Self { key: key.to_owned(), asked: AtomicU64::new(0), plan: Mutex::default(), let_go: Notify::new() }
    }

    /// How often it was asked.
    pub(crate) fn asked(&self) -> u64 {
        self.asked.load(Ordering::SeqCst)
    }

    /// What a step says about the questions to come.
    pub(crate) fn plan(&self, step: &Value, words: Option<String>) {
        if step["letGo"] == true {
            return self.let_go.notify_waiters();
        }
        let asked = self.asked();
        let these = |name: &str| step[name].as_array().into_iter().flatten().filter_map(Value::as_u64).map(|nth| asked + nth).collect();
        let words = words.unwrap_or_else(|| "the vault is sealed".to_owned());
        *self.plan.lock().unwrap() = Plan { fails: these("fails"), holds: these("holds"), words };
    }

    /// Nothing goes wrong any more.
    pub(crate) fn clear(&self) {
        *self.plan.lock().unwrap() = Plan::default();
        self.let_go.notify_waiters();
    }

    pub(crate) async fn ask(&self) -> Result<Secret, String> {
        let let_go = self.let_go.notified();
        let nth = self.asked.fetch_add(1, Ordering::SeqCst) + 1;
        let plan = self.plan.lock().unwrap().clone();
        if plan.holds.contains(&nth) {
            let_go.await;
        }
        if plan.fails.contains(&nth) { Err(plan.words) } else { Ok(Secret::new(self.key.clone())) }
    }
}
