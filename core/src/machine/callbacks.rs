//! What a callback says of a task, and what somebody who wants to know now does: the next read is due at once.
//!
//! Only a body that its signature covers says how a task is. Any other callback proves that there is news, and a status call says which.

use super::{Done, Saving, Step, TaskMachine};
use crate::conceal::without_tokens;
use crate::contract::State;
use crate::decode::{self, Context, Read, Seen};
use crate::io::{BodyEnd, HttpResponse, Operation, UnixMillis};
use crate::phase::Phase;
use crate::state::{Change, Sight, notes};
use std::collections::BTreeMap;
use std::sync::Arc;

impl TaskMachine {
    pub(super) fn on_callback(&mut self, task_id: Option<&str>, body: Option<&[u8]>, now: UnixMillis, step: &mut Step) -> Done {
        // An empty id names no task; the callback is a poke even so.
        let task_id = task_id.filter(|task_id| !task_id.trim().is_empty());
        let was_sent = self.record.attempts.submit > 0;
        match self.record.phase {
            // Its token proves that a submit arrived, whatever was said of it.
            Phase::Prepared | Phase::Submitting | Phase::Unresolved => match task_id.filter(|_| was_sent) {
                Some(task_id) => self.accept(task_id.to_owned(), Sight::default(), BTreeMap::new(), now, step)?,
                None => return Ok(()),
            },
            phase if phase.is_terminal() && task_id.is_some() && self.record.task_id.is_none() && was_sent => {
                return self.claim_other(Phase::Waiting, "callback", task_id.map(str::to_owned), now, step);
            }
            _ => {}
        }
        // What it says is believed of the task that it names.
        let is_own = task_id.is_some() && task_id == self.record.task_id.as_deref();
        let said = body.filter(|_| is_own).and_then(|body| self.read_callback(body, now));
        if self.record.phase.is_terminal() {
            return match said {
                Some((seen, ..)) => self.compare(&seen, now, step),
                None => Ok(()),
            };
        }
        // While the details are fetched, only details are news.
        let said = said.filter(|(_, operation, _)| self.record.phase != Phase::Fetching || *operation == Operation::Result);
        step.keep(Saving::Fence);
        Self::tell_callback(said.is_some(), now, step);
        match said {
            Some((seen, operation, response)) if is_end(seen.state) => self.on_seen(seen, operation, &response, now, step),
            // News on the way: the next read is due when it was.
            Some((seen, ..)) => {
                let due = self.record.due.map_or(now, |due| due.at);
                self.change(Change::Seen { sight: seen.sight, due }, now, step)?;
                self.tell_seen(now, step);
                Ok(())
            }
            None => {
                self.poke(now);
                Ok(())
            }
        }
    }

    /// What a callback's body says, read as the contract says. `None`: nothing that its provider's rules know.
    fn read_callback(&self, body: &[u8], now: UnixMillis) -> Option<(Seen, Operation, HttpResponse)> {
        let parts = self.contract.parts();
        let (operation, call) = match &parts.result {
            Some(result) if self.contract.callback_reads_result() => (Operation::Result, &result.call),
            _ => (Operation::Status, &parts.status),
        };
        let response = HttpResponse { status: 200, headers: Vec::new(), body: body.to_vec(), end: BodyEnd::Whole };
        let response = without_tokens(&response, &self.record.intent_id).into_owned();
        let context = Context { operation, kind: &self.record.kind, model: &self.record.model, now, silent_state: None };
        match decode::read(&self.contract, call, &response, &context) {
            Read::State(seen) if !seen.unknown_word && seen.state != State::NotFound => Some((*seen, operation, response)),
            _ => None,
        }
    }

    /// A callback about a task that has ended: the first end stands, and another one is noted.
    fn compare(&mut self, seen: &Seen, now: UnixMillis, step: &mut Step) -> Done {
        let phase = match seen.state {
            State::Success => Phase::Succeeded,
            State::Failed => Phase::Failed,
            State::Cancelled => Phase::Cancelled,
            // It was sent before the end.
            State::Pending | State::Processing | State::NotFound => return Ok(()),
        };
        if phase == self.record.phase {
            return Ok(());
        }
        self.claim_other(phase, "callback", None, now, step)
    }

    /// Somebody wants to know how the task is, which only a task that the provider knows can say.
    pub(super) fn on_poke(&mut self, now: UnixMillis) {
        if self.record.phase.is_polled() {
            self.poke(now);
        }
    }

    /// Something may have changed: ask at once, unless the server asked for a pause.
    fn poke(&mut self, now: UnixMillis) {
        self.take_over();
        self.poked = self.outstanding.is_some();
        let floor = self.floor();
        notes::hasten(Arc::make_mut(&mut self.record), floor, now);
    }
}

const fn is_end(state: State) -> bool {
    matches!(state, State::Success | State::Failed | State::Cancelled)
}
