//! What arrived, request by request: for tests that ask what a provider has seen.

use super::{Call, Sandbox};
use crate::request::SandboxRequest;
use crate::stats::Arrival;

/// How many are remembered.
const MOST: usize = 100_000;

impl Sandbox {
    /// The requests that arrived whole, in their order; the first hundred thousand.
    pub fn arrivals(&self) -> &[Arrival] {
        &self.arrivals
    }

    pub(super) fn remember(&mut self, call: &Call, request: &SandboxRequest, now: u64) {
        if self.arrivals.len() < MOST {
            let (method, path) = (request.method.clone(), self.local(&request.target).to_owned());
            self.arrivals.push(Arrival { at: now, on: call.target, method, path, key: self.sent_key(request) });
        }
    }
}
