//! The four operations of the published clients of these APIs. They answer everything with a reply: a validation fault, a refusal,
//! a missing key and a faulty store too. They work on any task id, stored here or not.

use super::driver::step_deadline;
use super::{Client, Failure};
use gentask_core::{
    Asked, Balance, Fault, Generation, HttpResponse, Input, ListedTask, OneShot, Output, Reply, SubmitOptions, TaskMachine, TaskRecord,
};
use std::time::Duration;

impl Client {
    /// Submits a generation; the reply holds the task id.
    pub async fn create_generation(&self, generation: &Generation, options: &SubmitOptions) -> Reply {
        match self.begin(generation, options) {
            Ok(submission) => submission.reply().await,
            Err(failure) => failure.into_reply(),
        }
    }

    /// How a task is, by one status call. `model` is needed where the provider's status call names it and the task is not stored here.
    pub async fn get_status(&self, task_id: &str, model: Option<&str>) -> Reply {
        self.ask(task_id, model, OneShot::Status).await.unwrap_or_else(|failure| failure.into_reply().of_task(task_id))
    }

    /// A task's details and files.
    pub async fn get_task(&self, task_id: &str, model: Option<&str>) -> Reply {
        self.ask(task_id, model, OneShot::Details).await.unwrap_or_else(|failure| failure.into_reply().of_task(task_id))
    }

    /// Asks the provider to stop a task.
    pub async fn cancel_task(&self, task_id: &str, model: Option<&str>) -> Reply {
        let cancel = async {
            if let Some(record) = self.stored(task_id).await? {
                return super::handle::TaskHandle::new(self.clone(), record).cancel().await;
            }
            let machine = self.one_shot(task_id, model, OneShot::Status)?;
            self.converse(machine, Input::Cancel, Some(self.inner.cancel_wait())).await
        };
        cancel.await.unwrap_or_else(|failure| failure.into_reply().of_task(task_id))
    }

    /// What the account holds.
    pub async fn account(&self) -> Result<Balance, Failure> {
        let request = self.inner.contract.account_request(&self.inner.base)?;
        self.read(|| request.clone(), |response| self.inner.contract.read_account(response, self.inner.clock.now())).await
    }

    /// The account's tasks as the provider lists them: candidates for [`Client::adopt`].
    pub async fn remote_tasks(&self) -> Result<Vec<ListedTask>, Failure> {
        let request = self.inner.contract.list_request(&self.inner.base)?;
        self.read(|| request.clone(), |response| self.inner.contract.read_list(response, self.inner.clock.now())).await
    }

    async fn stored(&self, task_id: &str) -> Result<Option<TaskRecord>, Failure> {
        let by = crate::store::Find::TaskId { provider: self.inner.contract.id().to_owned(), task_id: task_id.to_owned() };
        let found = self.inner.store.find(&by).await?;
        Ok(found.into_iter().find(|record| record.account == self.inner.settings.account && record.base == self.inner.base))
    }

    async fn ask(&self, task_id: &str, model: Option<&str>, what: OneShot) -> Result<Reply, Failure> {
        let known = match (self.stored(task_id).await, model) {
            (Ok(known), _) => known,
            // Where the model is named, the question needs no store.
            (Err(_), Some(_)) => None,
            (Err(failure), None) => return Err(failure),
        };
        let mut machine = self.one_shot(task_id, model.or(known.as_ref().map(|record| record.model.as_str())), what)?;
        if let Some(record) = &known {
            machine.mind(record, self.inner.clock.now());
        }
        self.converse(machine, Input::Timeout, self.inner.timeout).await
    }

    fn one_shot(&self, task_id: &str, model: Option<&str>, what: OneShot) -> Result<TaskMachine, Failure> {
        let inner = &*self.inner;
        Ok(TaskMachine::one_shot(&inner.contract, model.unwrap_or_default(), task_id, what, &inner.settings, inner.clock.now())?)
    }

    /// Drives a machine that is not stored until it has an answer, with as many retries of reads as the client allows, and no longer than
    /// `time`.
    async fn converse(&self, mut machine: TaskMachine, first: Input, time: Option<Duration>) -> Result<Reply, Failure> {
        let inner = &*self.inner;
        if let Some(time) = time {
            step_deadline(&mut machine, time, inner.clock.now(), &mut inner.pacer())?;
        }
        let answer = self.ask_until_answered(&mut machine, first).await;
        machine.release(&mut inner.pacer());
        answer
    }

    async fn ask_until_answered(&self, machine: &mut TaskMachine, first: Input) -> Result<Reply, Failure> {
        let inner = &*self.inner;
        let mut input = Some(first);
        let mut left = inner.max_read_retries;
        loop {
            let asks = !matches!(input, Some(Input::Response { .. } | Input::Undelivered { .. }));
            self.recall_hold().await;
            let outputs = machine.step(input.take().unwrap_or(Input::Timeout), inner.clock.now(), &mut inner.pacer())?;
            self.remember_hold().await;
            for output in outputs {
                match output {
                    Output::Transmit { request } => {
                        let left = machine.poll_timeout().saturating_sub(inner.clock.now());
                        input = Some(self.send(request, Duration::from_millis(left)).await?);
                    }
                    Output::Yield { .. } if machine.last_fault().is_some() => return Ok(machine.answer()),
                    // A question that failed says nothing about the task.
                    Output::Yield { reply } => return Ok(reply.unanswered()),
                    Output::Finished { reply } => return Ok(reply),
                    Output::Save { .. } | Output::Event { .. } => {}
                }
            }
            if input.is_some() {
                continue;
            }
            if !asks {
                match machine.last_fault() {
                    None if !machine.is_cancelling() => return Ok(machine.answer()),
                    None => {}
                    Some(_) if left == 0 => return Ok(machine.answer()),
                    Some(_) => left -= 1,
                }
            }
            inner.clock.until(machine.poll_timeout()).await;
        }
    }

    /// A read without a task, with as many retries as the client allows.
    async fn read<T>(
        &self,
        request: impl Fn() -> gentask_core::HttpRequest,
        read: impl Fn(&HttpResponse) -> Result<T, Fault>,
    ) -> Result<T, Failure> {
        let inner = &*self.inner;
        let begun = inner.clock.now();
        let end = inner.timeout.map_or(u64::MAX, |time| begun.saturating_add(u64::try_from(time.as_millis()).unwrap_or(u64::MAX)));
        let mut tried = 0;
        loop {
            self.recall_hold().await;
            let slot = inner.pacer().reserve(
                &inner.base,
                &inner.settings.account,
                inner.contract.limits(),
                gentask_core::Lane::Other,
                inner.clock.now(),
            );
            if let Some(fault) = Fault::paused(slot, end, inner.clock.now()) {
                inner.pacer().give_back(&inner.base, &inner.settings.account, inner.contract.limits(), gentask_core::Lane::Other, slot);
                return Err(Failure::of(Reply::unread(None, &fault)));
            }
            inner.clock.until(slot).await;
            let left = Duration::from_millis(end.saturating_sub(inner.clock.now()));
            let sent = self.send(request(), left).await.map_err(|failure| failure.asked(Asked::Question).unanswered())?;
            let fault = match sent {
                Input::Response { response, .. } => {
                    inner.contract.keep_pause(&response, &inner.base, &inner.settings.account, inner.clock.now(), &mut inner.pacer());
                    self.remember_hold().await;
                    match read(&response) {
                        Ok(value) => return Ok(value),
                        Err(fault) => fault,
                    }
                }
                Input::Undelivered { reason, .. } => Fault::unreached(&reason),
                _ => Fault::unreached("the transport gave no answer"),
            };
            let pause = fault.again_after(tried, inner.clock.now()).filter(|_| tried < inner.max_read_retries);
            let again = pause.map(|pause| inner.clock.now().saturating_add(pause)).filter(|again| *again < end);
            let Some(again) = again else { return Err(Failure::of(Reply::unread(None, &fault))) };
            inner.clock.until(again).await;
            tried += 1;
        }
    }
}
