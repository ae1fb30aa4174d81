//! Several providers behind one address, each under a path prefix of its id, and what tests ask of all of them. Pure: a
//! [`Server`](crate::Server) puts it behind a socket, another host behind whatever it has.

mod control;

use crate::callback::Post;
use crate::options::SandboxOptions;
use crate::request::{Answer, SandboxRequest};
use crate::sandbox::Sandbox;
use crate::script::Fault;
use crate::stats::Connections;
use serde_json::Value;
use std::collections::BTreeMap;

/// Simulated providers at one origin: `http://127.0.0.1:4000/apixo` is the base URL of the one with this id.
///
/// ```
/// use gentask_sandbox::{Connections, Providers, SandboxOptions, SandboxRequest};
/// use gentask_core::Contract;
///
/// let mut providers = Providers::new("http://127.0.0.1:4000", 20);
/// providers.add(Contract::built_in("apixo").unwrap().source(), SandboxOptions::default());
/// let asked = SandboxRequest::new("GET", "/_sandbox/stats");
/// let answer = providers.answer(&asked, 0, Connections::default()).answer.to_json();
/// assert_eq!(answer["providers"]["apixo"]["tasks"], 0);
/// ```
pub struct Providers {
    origin: String,
    speed: u32,
    sandboxes: BTreeMap<String, Sandbox>,
}

/// What a request comes to.
#[derive(Clone, Debug, PartialEq)]
pub struct Answered {
    /// The answer.
    pub answer: Answer,
    /// The provider and the task whose callback comes first: the answer is held back while [`Sandbox::holds_answer`] says so.
    pub after: Option<(String, String)>,
    /// Whether every answer that is held by [`Fault::Hold`](crate::Fault::Hold) and its like is to go now.
    pub releases: bool,
}

impl Providers {
    /// None yet. `origin`: what their base URLs begin with, without a slash at its end. `speed`: how much faster than real time the time
    /// runs that they are told.
    pub fn new(origin: &str, speed: u32) -> Self {
        Self { origin: origin.to_owned(), speed: speed.max(1), sandboxes: BTreeMap::new() }
    }

    /// Adds the provider that a contract describes, in place of one of the same id; its id.
    pub fn add(&mut self, contract: &Value, options: SandboxOptions) -> String {
        let sandbox = self.made(contract, options);
        let id = sandbox.provider().to_owned();
        self.sandboxes.insert(id.clone(), sandbox);
        id
    }

    /// The base URL of a provider.
    pub fn base_url(&self, provider: &str) -> String {
        format!("{}/{provider}", self.origin)
    }

    /// From now on they are reached at this origin. Tasks, and all that was seen, stay.
    pub fn move_to(&mut self, origin: &str) {
        origin.clone_into(&mut self.origin);
        for (id, sandbox) in &mut self.sandboxes {
            sandbox.move_to(&format!("{origin}/{id}"));
        }
    }

    /// The provider of this id.
    pub fn get(&self, provider: &str) -> Option<&Sandbox> {
        self.sandboxes.get(provider)
    }

    /// The same, to be changed.
    pub fn get_mut(&mut self, provider: &str) -> Option<&mut Sandbox> {
        self.sandboxes.get_mut(provider)
    }

    /// All of them by id.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Sandbox)> {
        self.sandboxes.iter().map(|(id, sandbox)| (id.as_str(), sandbox))
    }

    /// Whether the script resets this request before its body is read ([`Sandbox::resets_unread`]).
    pub fn resets_unread(&mut self, head: &SandboxRequest) -> bool {
        self.sandboxes.get_mut(provider_of(&head.target)).is_some_and(|sandbox| sandbox.resets_unread(head))
    }

    /// What is answered to a request that arrived whole at `now`: by the provider that its path begins with, else by what tests ask of all
    /// (`/_sandbox`). `connections`: what the host has seen of those.
    pub fn answer(&mut self, request: &SandboxRequest, now: u64, connections: Connections) -> Answered {
        let provider = provider_of(&request.target);
        let Some(sandbox) = self.sandboxes.get_mut(provider) else { return self.control(request, now, connections) };
        let mut answer = sandbox.answer(request, now);
        let after = sandbox.take_held().map(|task| (provider.to_owned(), task));
        scale(&mut answer, self.speed);
        Answered { answer, after, releases: false }
    }

    /// The callbacks that are due by `now`, each with its provider ([`Sandbox::posts_due`]), signed at `signed_at`: the receivers' time.
    pub fn posts_due(&mut self, now: u64, signed_at: u64) -> Vec<(String, Post)> {
        let each = self.sandboxes.iter_mut();
        each.flat_map(|(id, sandbox)| sandbox.posts_signed(now, signed_at).into_iter().map(|post| (id.clone(), post))).collect()
    }

    /// The next time at which a callback may be due ([`Sandbox::next_post_at`]).
    pub fn next_post_at(&self) -> Option<u64> {
        self.sandboxes.values().filter_map(Sandbox::next_post_at).min()
    }

    /// A provider that knows where it is reached.
    fn made(&self, contract: &Value, options: SandboxOptions) -> Sandbox {
        let base = self.base_url(contract["id"].as_str().unwrap_or_default());
        Sandbox::new(contract, SandboxOptions { base_url: Some(base), ..options })
    }
}

/// The first segment of a target.
fn provider_of(target: &str) -> &str {
    target.trim_start_matches('/').split(['/', '?']).next().unwrap_or_default()
}

/// Tells a wait of the sandbox's own limits, and a delay of the provider's, in real time where the simulated one runs faster.
fn scale(answer: &mut Answer, speed: u32) {
    if let Some(Fault::DelayMs { ms }) = answer.fault.as_mut().filter(|_| answer.is_kept_open) {
        *ms = ms.div_ceil(u64::from(speed));
    }
    let seconds = answer.header("retry-after").and_then(|value| value.parse::<u64>().ok()).filter(|_| answer.waits);
    if let Some(seconds) = seconds {
        answer.set_header("retry-after", &seconds.div_ceil(u64::from(speed)).max(1).to_string());
    }
}

#[cfg(test)]
mod tests;
