//! What a person says of a submit whose outcome is not known: it is that task (adopt), or it is given up (discard).

use super::call::Call;
use super::drive::{Driven, Goal};
use super::host::Host;
use super::known::Known;
use super::outcome::Outcome;
use super::settings::Client;
use crate::error::{Error, ErrorCode};
use crate::failure::Failure;
use crate::io::UnixMillis;
use crate::machine::Input;
use crate::record::TaskRecord;
use crate::reply::Reply;
use crate::store::{Find, MetaRule};
use std::sync::Arc;

/// How often one id may be claimed by adoptions that failed.
const CLAIMS_OF_AN_ID: usize = 1_000;

impl Client {
    /// Gives an unresolved task the id under which a person found it at the provider: one status call first, and an id that is already
    /// stored is refused. Of several intents that would adopt one id at the same moment, one may.
    pub fn adopt(&self, known: Known, task_id: &str, now: UnixMillis) -> Call<Reply> {
        let task_id = task_id.to_owned();
        self.call(known.intent_id().to_owned(), now, move |host| adopt(host, known, task_id))
    }

    /// Gives an unresolved task up; of a task whose submit made a second one (`conflict.taskId`), says that somebody has looked after that.
    pub fn discard(&self, known: Known, now: UnixMillis) -> Call<Reply> {
        self.call(known.intent_id().to_owned(), now, move |host| async move {
            let record = host.task(&known).await?;
            Ok(Outcome::Reply(host.act(record, Input::Discard).await?.reply()))
        })
    }
}

pub(super) async fn adopt(host: Host, known: Known, task_id: String) -> Result<Outcome, Failure> {
    let record = host.task(&known).await?;
    let claim = host.claim_id(&record.intent_id, &task_id).await.map_err(|failure| failure.map(|reply| reply.of_redelivery(&record)))?;
    let adopted = host.adopt_claimed(record, &task_id).await;
    if adopted.is_err() {
        // Somebody else may adopt it now. A store that refuses this leaves the claim to this intent.
        let _ = host.set_meta(claim, String::new(), MetaRule::Replace).await;
    }
    adopted.map(Outcome::Reply)
}

impl Host {
    async fn adopt_claimed(&self, record: Box<TaskRecord>, task_id: &str) -> Result<Reply, Failure> {
        let taken = self.find_task(task_id).await.map_err(|failure| failure.map(|reply| reply.of_redelivery(&record)))?;
        if let Some(other) = taken.iter().find(|other| other.account == self.client.account()) {
            let message = format!("the task id belongs to intent {} already", other.intent_id);
            return Err(Failure::from(Error::new(ErrorCode::InvalidPayload, message)).about(&record));
        }
        let driven = self.act(record, Input::Adopt { task_id: task_id.to_owned() }).await?;
        let is_adopted = driven.machine.record().task_id.as_deref() == Some(task_id);
        if is_adopted { Ok(driven.reply()) } else { Err(Failure::of(driven.reply())) }
    }

    /// Steps one input of a person's and what follows from it.
    async fn act(&self, record: Box<TaskRecord>, input: Input) -> Result<Driven, Failure> {
        let settings = Arc::clone(&self.client.foreground);
        let machine = self.resumed_about(record, &settings).await?;
        self.drive(machine, Some(input), Goal::OneRequest).await
    }

    /// The tasks of this provider that have this id.
    pub(super) async fn find_task(&self, task_id: &str) -> Result<Vec<TaskRecord>, Failure> {
        Ok(self.find(Find::TaskId { provider: self.client.contract.id().to_owned(), task_id: task_id.to_owned() }).await?)
    }

    /// Whoever has the newest claim of an id may adopt it. A claim that was given back, or whose intent no longer waits for an id, is followed
    /// by the next one, which again only one can make.
    async fn claim_id(&self, intent_id: &str, task_id: &str) -> Result<String, Failure> {
        let mut holder = String::new();
        for round in 0..CLAIMS_OF_AN_ID {
            let name = format!("adopt {} {} {task_id} {round}", self.client.contract.id(), self.client.account());
            holder = self.claim_name(&name, intent_id).await?;
            if holder == intent_id {
                return Ok(name);
            }
            if !holder.is_empty() && !self.has_no_claim(&holder).await? {
                break;
            }
        }
        let message = format!("intent {holder} is adopting this task id: adopt or discard that intent first");
        Err(Error::new(ErrorCode::InvalidPayload, message).into())
    }

    /// Whether an intent no longer waits for an id.
    async fn has_no_claim(&self, intent_id: &str) -> Result<bool, Failure> {
        Ok(self.load(intent_id).await?.is_none_or(|record| record.phase.is_settled()))
    }
}
