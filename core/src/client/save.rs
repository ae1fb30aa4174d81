//! Records that must not be lost: saved with patience, read back where an answer was lost, and taken over where somebody else was faster.

use super::effect::Step;
use super::host::Host;
use crate::error::{Error, ErrorCode};
use crate::failure::Failure;
use crate::machine::{Settings, TaskMachine};
use crate::phase::Phase;
use crate::record::TaskRecord;
use crate::reply::Reply;
use crate::store::Saved;
use std::sync::Arc;

/// After how many milliseconds a save that failed is tried again, each time.
const SAVE_AGAIN_MS: [u64; 3] = [100, 500, 2_000];
/// Compare-and-set conflicts of one step before it is given up: each means that another process made progress.
const CONFLICTS: usize = 20;

/// A save that failed for good.
pub(super) struct Lost {
    pub(super) failure: Failure,
    /// The other record of the same intent that is stored, where one was seen.
    pub(super) seen: Option<Box<TaskRecord>>,
}

impl Host {
    /// Saves, and tries again where the store may be better in a moment (busy, full, failing): a paid task's id is at stake. A try whose answer was lost may have been stored
    /// even so. `submits`: a submit leaves only after it.
    pub(super) async fn save(&self, step: &Arc<Step>, submits: bool) -> Result<Saved, Failure> {
        self.save_or_see(step, submits).await.map_err(|lost| lost.failure)
    }

    /// The same; where it fails, with the other record that was seen in its place.
    pub(super) async fn save_or_see(&self, step: &Arc<Step>, submits: bool) -> Result<Saved, Lost> {
        let mut again = SAVE_AGAIN_MS.iter();
        let mut has_failed = false;
        loop {
            let error = match self.try_save(step).await {
                Ok(Saved::Conflict) if has_failed && self.stands(&step.record).await.is_ok() => return Ok(Saved::Done),
                Ok(saved) => return Ok(saved),
                Err(error) => error,
            };
            has_failed = true;
            let may_pass = error.kind.may_pass();
            if let Some(pause) = again.next().filter(|_| may_pass) {
                self.pause(*pause).await;
                continue;
            }
            // Its answer alone may be what was lost.
            let seen = if may_pass { self.stands(&step.record).await } else { Err(None) };
            return match seen {
                Ok(()) => Ok(Saved::Done),
                Err(seen) => Err(Lost { failure: Failure::of(Reply::lost_save(&step.record, &error.message, submits)), seen }),
            };
        }
    }

    /// Whether what is stored is this very record, byte for byte; where another one is, that.
    async fn stands(&self, record: &TaskRecord) -> Result<(), Option<Box<TaskRecord>>> {
        match self.load(&record.intent_id).await {
            Ok(Some(stored)) if stored.to_json() == record.to_json() => Ok(()),
            Ok(other) => Err(other),
            Err(_) => Err(None),
        }
    }

    /// Another process was faster: its record is the truth, and the machine goes on from there. `None`: what is stored is what was to be
    /// saved; the answer to an earlier try was lost, and could not be read back.
    pub(super) async fn overtaken(&self, machine: &TaskMachine, conflicts: usize) -> Result<Option<Box<TaskMachine>>, Failure> {
        let Some(current) = self.load(&machine.record().intent_id).await? else {
            return Err(Error::new(
                ErrorCode::StoreError,
                "the task's record was deleted from the store, or its key is used by another task",
            )
            .into());
        };
        if current.to_json() == machine.record().to_json() {
            return Ok(None);
        }
        if conflicts > CONFLICTS {
            return Err(
                Error::new(ErrorCode::StoreError, "other processes keep changing the task's record; it is kept as they left it").into()
            );
        }
        self.successor_of(machine, current).await.map(Some)
    }

    /// The machine for the record as somebody else has changed it meanwhile; `None` where nobody has.
    pub(super) async fn newer(&self, machine: &TaskMachine) -> Result<Option<Box<TaskMachine>>, Failure> {
        // A look that fails is made again; nothing is lost by it.
        let Some(current) = self.load(&machine.record().intent_id).await.ok().flatten() else { return Ok(None) };
        if current.version <= machine.record().version {
            return Ok(None);
        }
        self.successor_of(machine, current).await.map(Some)
    }

    async fn successor_of(&self, machine: &TaskMachine, current: Box<TaskRecord>) -> Result<Box<TaskMachine>, Failure> {
        // What goes wrong here is about the newer record: the machine's own may be one of an order that was not sent yet.
        let known = current.clone();
        let resumed = self.resumed(current, machine.settings()).await;
        let mut next = resumed.map_err(|failure| failure.map(|reply| reply.of_redelivery(&known)))?;
        next.inherit_wait(machine);
        Ok(next)
    }

    /// A machine for a stored record. Where there is none (another base URL, another account, a damaged request), the failure is one of
    /// this call: it names the task and says nothing about how it is, but that an order which is not sent yet is still there.
    pub(super) async fn resumed_about(&self, record: Box<TaskRecord>, settings: &Arc<Settings>) -> Result<Box<TaskMachine>, Failure> {
        let known = record.clone();
        self.resumed(record, settings).await.map_err(|failure| failure.map(|reply| reply.of_redelivery(&known).unanswered()))
    }

    /// A machine for a stored record.
    pub(super) async fn resumed(&self, mut record: Box<TaskRecord>, settings: &Arc<Settings>) -> Result<Box<TaskMachine>, Failure> {
        let request = loop {
            let request = if record.phase.is_settled() { None } else { self.blob(&record.intent_id, "request").await? };
            if request.is_some() || record.phase != Phase::Prepared {
                break request;
            }
            // Somebody may have sent it, and deleted it, since the record was read: then it must not be called unsent.
            match self.load(&record.intent_id).await {
                Ok(Some(newer)) if newer.version > record.version => record = newer,
                Ok(Some(_)) => break None,
                // It was sent perhaps, has ended, and was pruned.
                Ok(None) => {
                    let message = "the task's record is gone from the store since it was read";
                    return Err(Failure::from(Error::new(ErrorCode::TaskNotFound, message)).in_doubt(&record.intent_id));
                }
                Err(error) => return Err(Failure::from(error).in_doubt(&record.intent_id)),
            }
        };
        Ok(Box::new(TaskMachine::resume(&self.client.contract, record, request.as_deref(), settings)?))
    }
}
