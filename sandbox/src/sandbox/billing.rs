//! Money, limits and ends.

use super::Sandbox;
use crate::request::Answer;
use serde_json::{Value, json};

/// The account.
pub(super) struct Billing {
    balance: u64,
    pub(super) unit: String,
    running: u64,
}

impl Billing {
    pub(super) fn new(balance: u64, unit: String) -> Self {
        Self { balance, unit, running: 0 }
    }

    pub(super) fn balance(&self) -> u64 {
        self.balance
    }

    pub(super) fn running(&self) -> u64 {
        self.running
    }

    /// Takes a task's price; false where the balance does not cover it.
    pub(super) fn charge(&mut self, price: u64) -> bool {
        let covered = self.balance >= price;
        if covered {
            self.balance -= price;
            self.running += 1;
        }
        covered
    }

    /// The balance as JSON: an integer where it is one.
    pub(super) fn shown(&self) -> Value {
        if self.balance % 1000 == 0 {
            return json!(self.balance / 1000);
        }
        #[expect(clippy::cast_precision_loss, reason = "an amount of money to be shown")]
        let amount = self.balance as f64 / 1000.0;
        json!(amount)
    }
}

/// Requests in a minute that begins with the first of them.
#[derive(Default)]
pub(super) struct Window {
    start: u64,
    count: u64,
}

impl Window {
    const LENGTH: u64 = 60_000;

    /// Counts a request; where that is one too many, how many milliseconds the window still lasts.
    pub(super) fn take(&mut self, limit: u64, now: u64) -> Option<u64> {
        if self.count == 0 || now >= self.end() {
            *self = Self { start: now, count: 0 };
        }
        if limit > 0 && self.count >= limit {
            return Some(self.end().saturating_sub(now));
        }
        self.count += 1;
        None
    }

    const fn end(&self) -> u64 {
        self.start.saturating_add(Self::LENGTH)
    }
}

impl Sandbox {
    /// A limit: the option's, else the contract's, else none (0).
    pub(super) fn limit(&self, option: Option<u64>, name: &str) -> u64 {
        option.or_else(|| self.contract["limits"][name].as_u64()).unwrap_or(0)
    }

    /// 429 in the provider's shape, with Retry-After in whole seconds.
    pub(super) fn limited(&self, key: &str, wait: u64) -> Answer {
        let mut answer = self.shapes.refusal(key, "RATE_LIMITED", 429, None);
        answer.set_header("retry-after", &wait.div_ceil(1000).max(1).to_string());
        answer.waits = true;
        answer
    }

    /// Begins and ends what has begun and ended by now.
    pub(super) fn settle(&mut self, now: u64) {
        while let Some((at, id)) = self.callbacks.next_beginning(now) {
            self.announce(&id, at);
        }
        while self.ending.first().is_some_and(|(end, _)| *end <= now) {
            if let Some((end, id)) = self.ending.pop_first() {
                self.finish(&id, end);
            }
        }
    }

    /// Books a task's end: money back for one that failed, callbacks for one that asked for them.
    pub(super) fn finish(&mut self, id: &str, end: u64) {
        let Some(task) = self.tasks.get(id) else { return };
        self.billing.running -= 1;
        if task.is_refunded(end) {
            self.billing.balance = self.billing.balance.saturating_add(task.price);
        }
        self.conclude(id, end);
    }
}
