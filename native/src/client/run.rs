//! The loop that runs a call of the core's client: each effect is performed, and the answer is handed back. It decides nothing about tasks.

use super::requests::Pass;
use super::{Client, UpdateListener, storing};
use crate::BoxFuture;
use crate::store::Beside;
use gentask_core::client::{Answer, Call, Effect, Next, Parked, Step};
use gentask_core::store::Saved;
use gentask_core::webhook::Candidate;
use gentask_core::{Error, ErrorCode, Failure, Reply, UnixMillis};
use std::sync::Arc;
use std::task::{Context, Waker};
use std::time::Duration;
use tokio::sync::OwnedSemaphorePermit;

/// How a call ended for who waited for it.
pub(super) enum Ended<T> {
    Done(Result<T, Failure>),
    /// Its time was over. What may not be left runs on.
    Overdue,
}

/// A wait that is parked.
struct Asleep {
    parked: Parked,
    until: UnixMillis,
    /// When nobody waits for it any more.
    ends_at: Option<UnixMillis>,
}

/// From how many calls that sleep in a client one is parked, and for how long it sleeps at least, in milliseconds: a parked one costs a read of its
/// record, which few would rather save.
const PARKED_FROM: usize = 256;
const PARKED_MS: u64 = 2_000;
/// How long a wait that begins waits at most for others that do.
const SOON: Duration = Duration::from_secs(1);

/// A call under way, wherever it runs.
struct Run<T> {
    client: Client,
    call: Call<T>,
    next: Option<(u32, Effect)>,
    /// What a submit has before its attempt is counted.
    pass: Option<Pass>,
    /// History that a store is still writing.
    noted: Option<BoxFuture<'static, ()>>,
    on_update: Option<UpdateListener>,
    /// Given back when it sleeps.
    go_ahead: Option<GoAhead>,
}

/// That a wait may go on, or begin.
#[derive(Default)]
pub(super) struct GoAhead(#[expect(dead_code, reason = "it is held")] Option<OwnedSemaphorePermit>);

impl Client {
    /// Runs a call to its end. It goes on as long as it must, also where the future is dropped.
    pub(super) async fn carry_out<T: Send + 'static>(&self, call: Call<T>) -> Result<T, Failure> {
        match self.run_in_time(call).await {
            Ended::Done(end) => end,
            Ended::Overdue => Err(Error::new(ErrorCode::WaitTimeout, "the time was over before there was an answer").into()),
        }
    }

    /// Runs a call on a task of its own, which goes on when what is returned here is dropped.
    pub(super) fn start<T: Send + 'static>(&self, call: Call<T>) -> impl Future<Output = Result<T, Failure>> + use<T> {
        let named = call.named();
        let counted = self.inner.under_way.begin();
        let mut run = Run::new(self.clone(), call, None);
        let task = tokio::spawn(async move {
            let mut answer = None;
            let end = loop {
                match run.step(answer.take()) {
                    Some(end) => break end,
                    None => answer = run.perform().await,
                }
            };
            run.settle().await;
            drop(counted);
            end
        });
        async move { task.await.unwrap_or_else(|_| Err(interrupted(&named.intent_id()))) }
    }

    /// Runs a call to its end or to the end of its time. While it may not be left it runs on a task of its own.
    pub(super) async fn run_in_time<T: Send + 'static>(&self, call: Call<T>) -> Ended<T> {
        // Nothing is parked where that is not asked for.
        self.run_until_parked(call, None, None).await.unwrap_or(Ended::Overdue)
    }

    /// Runs a wait to its end or to the end of its time. Where very many sleep, what is left of one that sleeps for long is its task's id and what
    /// its store does not know; its call is made anew when the task is due.
    pub(super) async fn wait_in_time(&self, call: Call<Reply>, go_ahead: GoAhead, on_update: Option<UpdateListener>) -> Ended<Reply> {
        // Boxed, as each leg is: who sleeps holds no room for what a request needs.
        let mut leg = Box::pin(self.run_until_parked(call, on_update.clone(), Some(go_ahead)));
        loop {
            let asleep = match leg.await {
                Ok(ended) => return ended,
                Err(asleep) => asleep,
            };
            let until = asleep.ends_at.map_or(asleep.until, |end| end.min(asleep.until));
            self.sleep(until, Some(asleep.parked.known().intent_id())).await;
            let go_ahead = tokio::select! {
                biased;
                () = self.reached(asleep.ends_at) => return Ended::Overdue,
                go_ahead = self.go_ahead() => go_ahead,
            };
            let call = self.inner.core.unpark(asleep.parked, self.now());
            leg = Box::pin(self.run_until_parked(call, on_update.clone(), Some(go_ahead)));
        }
    }

    /// Waits until it may go on: of many whose time has come at once, few hold a record and what it takes to ask about it.
    pub(super) async fn go_ahead(&self) -> GoAhead {
        GoAhead(Arc::clone(&self.inner.going).acquire_owned().await.ok())
    }

    /// The same for who begins a wait: of very many at once few begin at a time, and take what a wait needs before it sleeps. It is not kept waiting for
    /// long: the others may wait for a store or a provider that does not answer.
    pub(super) async fn go_ahead_soon(&self) -> GoAhead {
        tokio::time::timeout(SOON, self.go_ahead()).await.unwrap_or_default()
    }

    async fn run_until_parked<T: Send + 'static>(
        &self,
        call: Call<T>,
        on_update: Option<UpdateListener>,
        go_ahead: Option<GoAhead>,
    ) -> Result<Ended<T>, Box<Asleep>> {
        let named = call.named();
        let parks = go_ahead.is_some();
        let mut run = Box::new(Run { go_ahead, ..Run::new(self.clone(), call, on_update) });
        let mut answer = None;
        loop {
            if let Some(end) = run.step(answer.take()) {
                run.settle().await;
                return Ok(Ended::Done(end));
            }
            if parks && let Some(until) = run.sleeps_for_long() {
                let ends_at = run.call.ends_at();
                tokio::select! {
                    biased;
                    () = run.settle() => {}
                    () = self.reached(ends_at) => return Ok(Ended::Overdue),
                }
                match run.park() {
                    Ok(parked) => return Err(Box::new(Asleep { parked, until, ends_at })),
                    Err(back) => run = back,
                }
            }
            let end = run.call.ends_at();
            if run.call.may_be_left() {
                answer = tokio::select! {
                    biased;
                    answer = run.perform() => answer,
                    () = self.reached(end) => return Ok(Ended::Overdue),
                };
                continue;
            }
            let counted = self.inner.under_way.begin();
            let mut stays = tokio::spawn(async move {
                let mut answer = run.perform().await;
                let mut end = None;
                while end.is_none() && !run.call.may_be_left() {
                    end = run.step(answer.take());
                    if end.is_none() {
                        answer = run.perform().await;
                    }
                }
                drop(counted);
                (run, answer, end)
            });
            let back = tokio::select! {
                biased;
                back = &mut stays => back,
                () = self.reached(end) => return Ok(Ended::Overdue),
            };
            let Ok((back, performed, end)) = back else { return Ok(Ended::Done(Err(interrupted(&named.intent_id())))) };
            run = back;
            if let Some(end) = end {
                run.settle().await;
                return Ok(Ended::Done(end));
            }
            answer = performed;
        }
    }

    async fn reached(&self, end: Option<UnixMillis>) {
        match end {
            Some(end) => self.inner.clock.reached(end).await,
            None => std::future::pending().await,
        }
    }
}

impl<T> Run<T> {
    fn new(client: Client, call: Call<T>, on_update: Option<UpdateListener>) -> Self {
        Self { client, call, next: None, pass: None, noted: None, on_update, go_ahead: None }
    }

    /// Hands an answer in, and takes what is to be done next; the end, where the call has ended.
    fn step(&mut self, answer: Option<(u32, Answer)>) -> Option<Result<T, Failure>> {
        match self.call.next(answer, self.client.inner.clock.now()) {
            Ok(Next::Do(number, effect)) => {
                self.next = Some((number, effect));
                None
            }
            Ok(Next::Done(end)) => Some(end),
            Err(mistake) => Some(Err(Failure::from(mistake).in_doubt(&self.call.named().intent_id()))),
        }
    }

    /// Until when it sleeps now, where that is long and many sleep beside it.
    fn sleeps_for_long(&self) -> Option<UnixMillis> {
        let Some((_, Effect::Sleep { until, may_park: true, .. })) = &self.next else { return None };
        let inner = &self.client.inner;
        let is_long = until.saturating_sub(inner.clock.now()) >= PARKED_MS;
        (is_long && inner.sleepers.count() >= PARKED_FROM).then_some(*until)
    }

    /// What is to be kept of it while it sleeps.
    fn park(self: Box<Self>) -> Result<Parked, Box<Self>> {
        let Self { client, call, next, pass, noted, on_update, go_ahead } = *self;
        call.park().map_err(|call| Box::new(Self { client, call, next, pass, noted, on_update, go_ahead }))
    }

    /// Performs what is to be done.
    async fn perform(&mut self) -> Option<(u32, Answer)> {
        let (number, effect) = self.next.take()?;
        let answer = match effect {
            Effect::Sleep { until, intent_id, gives_back, .. } => {
                if gives_back {
                    self.pass = None;
                }
                self.go_ahead = None;
                self.client.sleep(until, intent_id.as_deref()).await
            }
            // Boxed: a task that sleeps holds no room for what a request needs.
            effect => Box::pin(self.perform_now(effect)).await,
        };
        Some((number, answer))
    }

    async fn perform_now(&mut self, effect: Effect) -> Answer {
        let inner = &*self.client.inner;
        match effect {
            Effect::Ready => match inner.pass().await {
                Ok(pass) => {
                    self.pass = Some(pass);
                    Answer::Ready
                }
                Err(error) => Answer::Keyless(Box::new(error)),
            },
            Effect::Save(step) => self.save(&step).await,
            Effect::Send { request, until, timeout_ms } => {
                let intent_id = self.call.named().intent_id();
                if request.open_ms > 0 {
                    self.go_ahead = None;
                }
                let is_long_poll = request.is_long_poll();
                let sent = inner.send(request, &intent_id, until, Duration::from_millis(timeout_ms), &mut self.pass);
                if is_long_poll { inner.sleepers.unless_changed(&intent_id, sent).await } else { sent.await }
            }
            Effect::Verify(candidates) => verified(candidates).await,
            Effect::Probe { holder } => Answer::Gone(super::holder::is_gone(&holder)),
            Effect::Tell(step) => {
                self.tell(&step);
                Answer::Told
            }
            of_store => storing::ask(&*inner.store, of_store).await,
        }
    }

    async fn save(&mut self, step: &Step) -> Answer {
        self.settle().await;
        let inner = &self.client.inner;
        let events: Vec<_> = step.history().cloned().collect();
        let (events, later) = if inner.store.saves_history() { (events, Vec::new()) } else { (Vec::new(), events) };
        let beside = Beside { delivery: step.delivery.clone(), notice: step.is_end(), events };
        let saved = inner.store.save_with(&step.record, &step.blobs, step.expected_version(), step.fence, &beside).await;
        if saved == Ok(Saved::Done) {
            let intent_id = step.record.intent_id().to_owned();
            inner.sleepers.wake(&intent_id);
            if !later.is_empty() {
                let store = Arc::clone(&inner.store);
                // Handed to the store at once; no request waits for it, and a store that refuses it ends nothing.
                let mut noted: BoxFuture<'static, ()> = Box::pin(async move { drop(store.append_events(&intent_id, &later).await) });
                let is_noted = noted.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_ready();
                self.noted = (!is_noted).then_some(noted);
            }
        }
        saved.map_or_else(Answer::Refused, Answer::Saved)
    }

    /// Waits until history is kept.
    async fn settle(&mut self) {
        if let Some(noted) = self.noted.take() {
            noted.await;
        }
    }

    fn tell(&self, step: &Step) {
        if let Some(listener) = &self.client.inner.listener {
            step.events.iter().for_each(|event| listener(&step.record, event));
        }
        if let (Some(on_update), Some(update)) = (&self.on_update, &step.update) {
            on_update(update);
        }
    }
}

/// The task that ran a call is gone, with the runtime that it was on.
fn interrupted(intent_id: &str) -> Failure {
    let message = format!("the submit of intent {intent_id} was interrupted; resume it to see what became of it");
    Failure::from(Error::new(ErrorCode::SubmitUnknown, message)).in_doubt(intent_id)
}

/// All of them, whichever verifies first; on a thread of its own, for a message may be long.
async fn verified(candidates: Vec<Candidate>) -> Answer {
    let verify = move || candidates.iter().map(gentask_core::webhook::verify).collect::<Vec<_>>();
    let verified = tokio::task::spawn_blocking(verify).await.unwrap_or_default();
    Answer::Verified(verified.iter().position(|verifies| *verifies))
}
