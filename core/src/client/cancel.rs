//! Stopping a task, and waiting until it is known what became of that wish.

use super::call::Call;
use super::drive::{Driven, Goal};
use super::host::Host;
use super::known::Known;
use super::outcome::Outcome;
use super::settings::Client;
use crate::failure::Failure;
use crate::io::UnixMillis;
use crate::machine::Input;
use crate::machine::TaskMachine;
use crate::reply::Reply;
use std::sync::Arc;

impl Client {
    /// Asks the provider to stop a stored task. The reply says what became of that: one that is not ok is a wish that was not granted.
    pub fn cancel(&self, known: Known, now: UnixMillis) -> Call<Reply> {
        self.call(known.intent_id().to_owned(), now, move |host| async move { cancel(&host, known).await.map(Outcome::Reply) })
    }
}

pub(super) async fn cancel(host: &Host, known: Known) -> Result<Reply, Failure> {
    let end = host.now().saturating_add(host.client.cancel_wait_ms());
    host.ends(end);
    let record = host.task(&known).await?;
    // A worker of this client leaves it alone meanwhile.
    let _seat = host.client.seat(&record.intent_id);
    let settings = Arc::clone(&host.client.foreground);
    let mut machine = host.resumed_about(record, &settings).await?;
    host.deadline(&mut machine, end)?;
    Ok(driven(host, machine).await?.reply())
}

async fn driven(host: &Host, mut machine: Box<TaskMachine>) -> Result<Driven, Failure> {
    if machine.is_submitting() {
        // The wish is saved at once; it is granted when the submit's answer is there.
        let asked = host.drive(machine, Some(Input::Cancel), Goal::OneRequest).await?;
        if asked.reply.is_some() {
            return Ok(asked);
        }
        let submitted = host.drive(asked.machine, None, Goal::Submitted).await?;
        if submitted.reply.is_some() {
            return Ok(submitted);
        }
        machine = submitted.machine;
    }
    host.drive(machine, Some(Input::Cancel), Goal::End).await
}
