//! Live progress of tasks on a terminal; silent where standard error is none.

use super::output::plain;
use crate::client::UpdateListener;
use gentask_core::{Reply, Status};
use indicatif::{MultiProgress, ProgressBar, ProgressStyle};
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// A line of progress for each task.
#[derive(Clone, Default)]
pub(super) struct Board {
    lines: MultiProgress,
}

/// One task's line.
#[derive(Clone)]
pub(super) struct Line(ProgressBar);

impl Board {
    /// Prints in the place of the lines, which then stand below.
    pub(super) fn beside<T>(&self, print: impl FnOnce() -> T) -> T {
        self.lines.suspend(print)
    }

    /// A new line under the others.
    pub(super) fn line(&self, name: &str) -> Line {
        let bar = self.lines.add(ProgressBar::new_spinner());
        if let Ok(style) = ProgressStyle::with_template("{spinner} {prefix:14} {elapsed:>4}  {wide_msg}") {
            bar.set_style(style);
        }
        bar.set_prefix(plain(name));
        bar.enable_steady_tick(Duration::from_millis(120));
        Line(bar)
    }
}

impl Line {
    /// Shows what is going on.
    pub(super) fn say(&self, text: impl Into<String>) {
        self.0.set_message(plain(&text.into()));
    }

    /// Shows how the task is.
    pub(super) fn show(&self, reply: &Reply) {
        let mut text = reply.status.as_str().to_owned();
        let field = |name: &str| reply.data.get(name);
        if let Some(word) = field("providerState").and_then(serde_json::Value::as_str) {
            text = format!("{text} ({word})");
        }
        if let Some(permille) = field("progressPermille").and_then(serde_json::Value::as_u64) {
            text = format!("{text} {} %", permille / 10);
        }
        if let Some(id) = &reply.task_id {
            text = format!("{text}  task {id}");
        }
        let within = |name: &str| field(name).and_then(serde_json::Value::as_u64).and_then(|at| self.seconds_at(at));
        if let Some((at, by)) = within("expectedAt").zip(within("expectedBy")) {
            text = format!("{text}  usually {at} s, nine of ten within {by} s");
        }
        if let Some(at) = within("nextPollAt") {
            let why = field("nextPollBy").and_then(serde_json::Value::as_str).map_or_else(String::new, |why| format!(" ({why})"));
            text = format!("{text}  next poll at {at} s{why}");
        }
        self.0.set_message(plain(&text));
    }

    /// How many seconds the line will have been there at a time, in Unix milliseconds.
    fn seconds_at(&self, at: u64) -> Option<u64> {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).ok()?;
        let left = Duration::from_millis(at).checked_sub(now)?;
        Some((self.0.elapsed() + left).as_secs())
    }

    /// A function that shows each reply it is given.
    pub(super) fn listener(&self) -> UpdateListener {
        let line = self.clone();
        Arc::new(move |reply| line.show(reply))
    }

    /// Leaves the line as it ended.
    pub(super) fn end(&self, reply: &Reply) {
        let text = match (reply.status, &reply.error_message) {
            (Status::Success, _) => format!("success  {}", reply.task_id.as_deref().unwrap_or("-")),
            (_, Some(message)) => message.clone(),
            (status, None) => status.as_str().to_owned(),
        };
        self.0.finish_with_message(plain(&text));
    }

    /// Takes the line away.
    pub(super) fn clear(&self) {
        self.0.finish_and_clear();
    }
}
