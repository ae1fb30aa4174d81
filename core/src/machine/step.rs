//! One step: what it changes and asks for is collected while it goes, and put in order at its end.

use super::{Done, Output, Outstanding, QUIET_SAVE_MS, TaskMachine};
use crate::error::{Error, ErrorCode};
use crate::io::{Blob, HttpRequest, TaskEvent, UnixMillis};
use crate::pacer::Pacer;
use crate::phase::Phase;
use crate::record::Fault;
use crate::reply::{Ending, Reply};
use crate::state::{self, Change};
use std::sync::Arc;

/// What one step does: collected while it goes, put in order at its end.
#[derive(Debug, Default)]
pub(super) struct Step {
    pub(super) save: Option<Saving>,
    pub(super) blobs: Vec<Blob>,
    pub(super) events: Vec<TaskEvent>,
    pub(super) transmit: Option<HttpRequest>,
    pub(super) ending: Option<(Ending, Option<Fault>)>,
    pub(super) finished: bool,
}

/// How much a save matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Saving {
    /// Only counts polls.
    Quiet,
    /// Worth keeping.
    Plain,
    /// Must be durable before anything follows.
    Fence,
}

impl Step {
    pub(super) fn keep(&mut self, saving: Saving) {
        self.save = self.save.max(Some(saving));
    }

    pub(super) fn end(&mut self, ending: Ending, fault: Option<Fault>) {
        self.ending = Some((ending, fault));
    }
}

impl TaskMachine {
    /// Applies a change; an illegal one is an error that leaves everything as it was.
    pub(super) fn change(&mut self, change: Change, now: UnixMillis, step: &mut Step) -> Done {
        let (before, signal) = (self.record.phase, change.signal());
        if state::apply(Arc::make_mut(&mut self.record), change, now).is_none() {
            let message = format!("{signal:?} is not possible while the task is {}", before.as_str());
            return Err(Error::new(ErrorCode::Unsupported, message).into());
        }
        if before != self.record.phase {
            self.tell_phase(before, now, step);
            step.keep(Saving::Plain);
        }
        Ok(())
    }

    pub(super) fn transmit(&mut self, request: HttpRequest, now: UnixMillis, step: &mut Step) {
        self.poked = false;
        self.leaving = self.slot.take();
        self.outstanding = Some(Outstanding { id: request.id.clone(), operation: request.operation, sent: now, open_ms: request.open_ms });
        step.transmit = Some(request);
    }

    /// Puts a step's outputs in order: `[Save] [Event ...] [Transmit | Yield | Finished]`.
    pub(super) fn conclude(&mut self, mut step: Step, now: UnixMillis, pacer: &mut Pacer) -> Vec<Output> {
        let mut outputs = Vec::new();
        let terminal = self.record.phase.is_terminal();
        if terminal {
            // Whatever is still asked, nothing waits for it.
            self.outstanding = None;
        }
        let due_for_saving = self.settings.one_request || now.saturating_sub(self.last_saved) >= QUIET_SAVE_MS;
        if step.save.is_some_and(|saving| saving > Saving::Quiet || due_for_saving) {
            // The first save carries the request with it, whatever it is made for.
            let is_first = self.record.version == 0;
            if let Some(frozen) = self.frozen.as_ref().filter(|_| is_first) {
                step.blobs.push(Blob { name: "request", bytes: Some(frozen.to_blob()) });
            }
            self.keep_claim(step.transmit.is_some(), now);
            state::versions::next_version(Arc::make_mut(&mut self.record));
            self.last_saved = now;
            let fence = step.save == Some(Saving::Fence) || terminal || is_first;
            outputs.push(Output::Save { record: Arc::clone(&self.record), blobs: step.blobs, fence });
        }
        outputs.extend(step.events.into_iter().map(|event| Output::Event { event }));
        let counts = matches!(self.record.phase, Phase::Submitting | Phase::Waiting | Phase::Fetching | Phase::Cancelling);
        pacer.note(&self.record.base, &self.record.account, self.contract.limits(), &self.record.intent_id, counts, now);
        if let Some(request) = step.transmit {
            outputs.push(Output::Transmit { request });
        } else if terminal && (step.finished || step.ending.is_some() || step.save.is_some()) {
            self.release(pacer);
            let ending = if self.cancelling.asked { Ending::CancelDone } else { Ending::Snapshot };
            outputs.push(Output::Finished { reply: Reply::of(&self.record, ending, None, self.raw.as_deref()) });
        } else if let Some((ending, fault)) = step.ending {
            self.release(pacer);
            outputs.push(Output::Yield { reply: Reply::of(&self.record, ending, fault.as_ref(), None) });
        }
        outputs
    }
}
