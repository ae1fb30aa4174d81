//! A task: what was asked, and a life that is settled the moment it begins.

use crate::media::MediaKind;
use serde_json::Value;

/// How a task ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// With files.
    Success,
    /// With none: a success all the same.
    NoFiles,
    /// The generation fails.
    Failed,
    /// The content rules refuse what was made.
    Refused,
    /// The provider gives it up.
    Cancelled,
}

/// The states in gentask's words.
pub(crate) const STATES: [&str; 5] = ["pending", "processing", "success", "failed", "cancelled"];

/// What a prompt asks of the sandbox. Written in square brackets anywhere in the prompt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Wishes {
    pub(crate) outcome: Outcome,
    /// `[refuse]`: the submit is refused for its content.
    pub(crate) refuse: bool,
    /// `[credits]`: the submit is refused because the account cannot pay.
    pub(crate) broke: bool,
    /// `[slow]`: ten times as long. `[stuck]`: for ever (`None`).
    pub(crate) times: Option<u64>,
    /// `[odd]`: a state word that no contract knows, instead of the one for processing.
    pub(crate) odd: bool,
}

impl Wishes {
    pub(crate) fn read(prompt: &str) -> Self {
        let says = |word: &str| prompt.contains(word);
        let outcome = match () {
            () if says("[fail]") => Outcome::Failed,
            () if says("[content]") => Outcome::Refused,
            () if says("[nofile]") => Outcome::NoFiles,
            () if says("[cancelled]") => Outcome::Cancelled,
            () => Outcome::Success,
        };
        let times = if says("[stuck]") { None } else { Some(if says("[slow]") { 10 } else { 1 }) };
        Self { outcome, refuse: says("[refuse]"), broke: says("[credits]"), times, odd: says("[odd]") }
    }
}

/// One task.
#[derive(Clone, Debug)]
pub(crate) struct Task {
    pub(crate) id: String,
    pub(crate) model: String,
    pub(crate) kind: MediaKind,
    pub(crate) prompt: String,
    /// The payload; null where it is too large to be echoed.
    pub(crate) input: Value,
    /// How many files were asked for.
    pub(crate) count: usize,
    pub(crate) seed: u64,
    pub(crate) created: u64,
    pub(crate) starts: u64,
    /// `None`: never.
    pub(crate) ends: Option<u64>,
    pub(crate) outcome: Outcome,
    pub(crate) odd: bool,
    pub(crate) cancelled: Option<u64>,
    /// The credential that made it: nobody else sees it.
    pub(crate) owner: String,
    /// The client's own reference, where the request carried one.
    pub(crate) intent: Option<String>,
    pub(crate) callback: Option<String>,
    /// The secret that the submit gave for the signatures of this task's callbacks.
    pub(crate) callback_secret: Option<String>,
    pub(crate) price: u64,
}

impl Task {
    /// The state in gentask's words: `pending processing success failed cancelled`.
    pub(crate) fn state(&self, now: u64) -> &'static str {
        if self.cancelled.is_some_and(|at| now >= at) {
            return "cancelled";
        }
        if self.ends.is_some_and(|end| now >= end) {
            return match self.outcome {
                Outcome::Success | Outcome::NoFiles => "success",
                Outcome::Failed | Outcome::Refused => "failed",
                Outcome::Cancelled => "cancelled",
            };
        }
        if now >= self.starts { "processing" } else { "pending" }
    }

    /// The same task, were it in this state at this time.
    pub(crate) fn as_if(&self, state: &str, at: u64) -> Self {
        let mut task = self.clone();
        if self.state(at) == state {
            return task;
        }
        task.cancelled = None;
        match state {
            "pending" => (task.starts, task.ends) = (u64::MAX, None),
            "processing" => (task.starts, task.ends) = (task.starts.min(at), None),
            "cancelled" => task.cancelled = Some(at),
            "failed" => (task.outcome, task.ends) = (Outcome::Failed, Some(at)),
            _ => (task.outcome, task.ends) = (Outcome::Success, Some(at)),
        }
        task
    }

    /// The code that a failure has in gentask's words.
    pub(crate) const fn failure(&self) -> &'static str {
        match self.outcome {
            Outcome::Refused => "CONTENT_REJECTED",
            _ => "GENERATION_FAILED",
        }
    }

    /// When it ended, or will.
    pub(crate) fn end(&self) -> Option<u64> {
        self.cancelled.or(self.ends)
    }

    /// How far it is, 0 to 1000.
    pub(crate) fn permille(&self, now: u64) -> u64 {
        match self.ends {
            Some(end) if now >= end => 1000,
            Some(end) => now.saturating_sub(self.starts).saturating_mul(1000) / end.saturating_sub(self.starts).max(1),
            None => 500,
        }
    }

    /// Whether its money goes back.
    pub(crate) fn is_refunded(&self, now: u64) -> bool {
        matches!(self.state(now), "failed" | "cancelled")
    }
}

/// A prompt in a payload: the member that is called so, else the first text that is no URL.
pub(crate) fn prompt_of(input: &Value) -> String {
    let named = ["prompt", "promptText", "text", "content", "lyrics"].iter().find_map(|name| input.get(name).and_then(join));
    named
        .or_else(|| input.as_object()?.values().filter_map(Value::as_str).find(|text| !text.contains(':')).map(str::to_owned))
        .unwrap_or_default()
}

fn join(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Array(items) => Some(items.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(", ")),
        _ => None,
    }
}

/// How many files a payload asks for: 1 to 4.
pub(crate) fn count_of(input: &Value) -> usize {
    let named = ["num_images", "numImages", "num_outputs", "n"].iter().find_map(|name| input.get(name).and_then(Value::as_u64));
    usize::try_from(named.unwrap_or(1)).unwrap_or(1).clamp(1, 4)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn prompts_are_found_and_read() {
        assert_eq!(prompt_of(&json!({"prompt": "a"})), "a");
        assert_eq!(prompt_of(&json!({"image": "https://x/y", "prompt": ["a", "b"]})), "a, b");
        assert_eq!(prompt_of(&json!({"image": "https://x/y", "zeal": "much"})), "much");
        let wishes = Wishes::read("a cat [slow] [content]");
        assert_eq!((wishes.outcome, wishes.times, wishes.refuse), (Outcome::Refused, Some(10), false));
        assert_eq!(Wishes::read("[stuck]").times, None);
    }
}
