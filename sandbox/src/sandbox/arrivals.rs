//! What arrived, request by request, and what was made of it: for tests that ask what a provider has seen.

use super::{Call, Sandbox};
use crate::request::SandboxRequest;
use crate::stats::{Arrival, Made};

/// How many are remembered.
const MOST: usize = 100_000;

impl Sandbox {
    /// The requests that arrived whole, in their order; the first hundred thousand.
    pub fn arrivals(&self) -> &[Arrival] {
        &self.arrivals
    }

    /// All tasks as they are at `now`, in the order of their making, but those that a cancel has destroyed.
    pub fn tasks(&self, now: u64) -> Vec<Made> {
        let tasks = self.order.iter().filter_map(|id| self.tasks.get(id));
        let made = tasks.map(|task| Made {
            task_id: task.id.clone(),
            model: task.model.clone(),
            prompt: task.prompt.clone(),
            state: task.state(now),
            created_at: task.created,
        });
        made.collect()
    }

    pub(super) fn remember(&mut self, call: &Call, request: &SandboxRequest, now: u64) {
        if self.arrivals.len() < MOST {
            let (method, path) = (request.method.clone(), self.local(&request.target).to_owned());
            self.arrivals.push(Arrival { at: now, on: call.target, method, path, key: self.sent_key(request) });
        }
    }
}
