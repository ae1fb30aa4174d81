//! Questions about a task that need not be stored here: how it is, what it made, and that it be stopped. A question that fails says nothing
//! about how the task is.

use super::call::Call;
use super::cancel::cancel;
use super::host::Host;
use super::known::Known;
use super::outcome::Outcome;
use super::settings::{Client, Shared};
use crate::error::Error;
use crate::failure::Failure;
use crate::io::UnixMillis;
use crate::machine::{Input, Output};
use crate::machine::{OneShot, TaskMachine};
use crate::record::TaskRecord;
use crate::reply::Reply;
use std::sync::Arc;

/// What is asked of a task by its id at the provider.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Question {
    /// How it is: one status call.
    Status,
    /// Its details and files.
    Details,
    /// That it be stopped.
    Cancel,
}

impl Client {
    /// Asks about a task by its id at the provider. Everything is answered with a reply: a validation fault, a missing key and a faulty store
    /// too. `model` is needed where the provider's call names it and the task is not stored here.
    pub fn ask(&self, question: Question, task_id: &str, model: Option<&str>, now: UnixMillis) -> Call<Reply> {
        let (task_id, model) = (task_id.to_owned(), model.map(str::to_owned));
        self.call(String::new(), now, move |host| async move {
            let asked = match question {
                Question::Status => ask(&host, &task_id, model.as_deref(), OneShot::Status).await,
                Question::Details => ask(&host, &task_id, model.as_deref(), OneShot::Details).await,
                Question::Cancel => stop(&host, &task_id, model.as_deref()).await,
            };
            Ok(Outcome::Reply(asked.unwrap_or_else(|failure| failure.into_reply().of_task(&task_id))))
        })
    }
}

pub(super) async fn ask(host: &Host, task_id: &str, model: Option<&str>, what: OneShot) -> Result<Reply, Failure> {
    let known = match (host.own_task(task_id).await, model) {
        (Ok(known), _) => known,
        // Where the model is named, the question needs no store.
        (Err(_), Some(_)) => None,
        (Err(failure), None) => return Err(failure),
    };
    let model = model.or(known.as_ref().map(|record| record.model.as_str()));
    let mut asking = Asking::new(host, task_id, model, what)?;
    if let Some(record) = &known {
        asking.machine.mind(record, host.now());
    }
    asking.answered(host, Input::Timeout, host.client.timeout_ms).await
}

async fn stop(host: &Host, task_id: &str, model: Option<&str>) -> Result<Reply, Failure> {
    if let Some(record) = host.own_task(task_id).await? {
        return Box::pin(cancel(host, Known::from(Arc::new(record)))).await;
    }
    let asking = Asking::new(host, task_id, model, OneShot::Status)?;
    asking.answered(host, Input::Cancel, Some(host.client.cancel_wait_ms())).await
}

impl Host {
    /// The client's own task with this id.
    async fn own_task(&self, task_id: &str) -> Result<Option<TaskRecord>, Failure> {
        let found = self.find_task(task_id).await?;
        Ok(found.into_iter().find(|record| record.account == self.client.account() && record.base == self.client.base))
    }
}

/// A machine that is not stored, and gives its pacer's slot back when it is dropped.
struct Asking {
    client: Arc<Shared>,
    machine: TaskMachine,
}

impl Drop for Asking {
    fn drop(&mut self) {
        let Self { client, machine } = self;
        client.with(|state| machine.release_unsent(&mut state.pacer));
    }
}

impl Asking {
    fn new(host: &Host, task_id: &str, model: Option<&str>, what: OneShot) -> Result<Self, Error> {
        let client = Arc::clone(&host.client);
        let machine = TaskMachine::one_shot(&client.contract, model.unwrap_or_default(), task_id, what, &client.foreground, host.now())?;
        Ok(Self { client, machine })
    }

    /// Asks until there is an answer, as often as the client allows and no longer than `time_ms`.
    async fn answered(mut self, host: &Host, first: Input, time_ms: Option<u64>) -> Result<Reply, Failure> {
        if let Some(time_ms) = time_ms {
            host.deadline(&mut self.machine, host.now().saturating_add(time_ms))?;
        }
        let mut input = Some(first);
        let mut left = host.client.max_read_retries;
        loop {
            let taken = input.take().unwrap_or(Input::Timeout);
            let is_answer = matches!(taken, Input::Response { .. } | Input::Undelivered { .. });
            // What an answer says of pauses is known to all before anything else is asked.
            if !is_answer {
                host.recall_pause().await;
            }
            let now = host.now();
            let Self { client, machine } = &mut self;
            let outputs = client.with(|state| machine.feed(&taken, now, &mut state.pacer))?;
            host.remember_pause().await;
            for output in outputs {
                match output {
                    Output::Transmit { request } => {
                        let slot = self.machine.sends();
                        let sent = host.send(request, self.machine.poll_timeout()).await;
                        input = sent.inspect_err(|_| self.machine.was_unsent(slot))?;
                    }
                    Output::Yield { .. } if self.machine.last_fault().is_some() => return Ok(self.machine.answer()),
                    // A question that failed says nothing about the task.
                    Output::Yield { reply } => return Ok(reply.unanswered()),
                    Output::Finished { reply } => return Ok(reply),
                    Output::Save { .. } | Output::Event { .. } => {}
                }
            }
            if input.is_some() {
                continue;
            }
            if is_answer {
                match self.machine.last_fault() {
                    None if !self.machine.is_cancelling() => return Ok(self.machine.answer()),
                    None => {}
                    Some(_) if left == 0 => return Ok(self.machine.answer()),
                    Some(_) => left -= 1,
                }
            }
            host.sleep(self.machine.poll_timeout(), None, false).await;
        }
    }
}
