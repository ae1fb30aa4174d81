//! A worker in the background: the loop around core's looks, turns and ends. It decides nothing about tasks.

use super::Client;
use super::run::Ended;
use super::tasks::Resumed;
use crate::BoxFuture;
use gentask_core::Failure;
use gentask_core::client::{Call, Known, Notice, Turn};
use std::future::Future;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;
use tokio::task::JoinSet;

/// How much longer than its request a submit of a turn is waited for.
const SUBMIT_GRACE: Duration = Duration::from_secs(5);

/// Hears of an ended task, and says whether the application has dealt with it: attached the result, sent the mail. What it says `false` to, or
/// panics at, it hears of again. It may hear of one more than once.
pub type SettledListener = Arc<dyn Fn(Notice) -> BoxFuture<'static, bool> + Send + Sync>;
/// Hears how a task ended, or why it cannot be gone on with for now.
pub type ReplyListener = Arc<dyn Fn(&Resumed) + Send + Sync>;
/// Hears that the store could not be read; the worker goes on.
pub type ProblemListener = Arc<dyn Fn(&Failure) + Send + Sync>;

/// How a worker goes: who hears of what.
#[derive(Clone, Default)]
pub struct Worker {
    /// Hears of each ended task until it says that it has dealt with it, also of those that ended elsewhere or before.
    pub on_settled: Option<SettledListener>,
    /// Hears how each task ended that this worker saw end, and which tasks cannot be gone on with.
    pub on_reply: Option<ReplyListener>,
    /// Hears of a store that fails.
    pub on_problem: Option<ProblemListener>,
}

/// What a worker has in hand.
#[derive(Default)]
struct Hands {
    turns: JoinSet<Option<Notice>>,
    telling: JoinSet<()>,
}

impl Client {
    /// Drives every unfinished task of this provider and account to its end, new ones too, until `stop` is there; [`Client::resume`] is for once. Several
    /// processes on one store share the work. It fails only where it could never work.
    ///
    /// At its end it waits for submits under way and for listeners, and gives back what it had claimed. A future that is dropped does neither: then
    /// other workers take its tasks over once its claims are over.
    pub async fn run(&self, worker: Worker, stop: impl Future<Output = ()> + Send) -> Result<(), Failure> {
        let mut stop = pin!(stop);
        let mut hands = Hands::default();
        let forgets = Forgets(self);
        let end = tokio::select! {
            biased;
            () = &mut stop => Ok(()),
            failed = self.work(&worker, &mut hands) => Err(failed),
        };
        hands.turns.shutdown().await;
        // Others may go on submitting through this client: what is waited for are submits of these turns, which last no longer than this.
        let longest = Duration::from_millis(self.inner.core.request_timeout_ms()) + SUBMIT_GRACE;
        let _ = tokio::time::timeout(longest, self.settled()).await;
        while hands.telling.join_next().await.is_some() {}
        drop(forgets);
        // Whoever waits for their leases has lost time only.
        drop(self.carry_out(self.inner.core.release(self.now())).await);
        end
    }

    /// Works until it cannot.
    async fn work(&self, worker: &Worker, hands: &mut Hands) -> Failure {
        let mut again = self.now();
        loop {
            tokio::select! {
                biased;
                Some(turned) = hands.turns.join_next() => {
                    if let Ok(Some(notice)) = turned {
                        hands.telling.spawn(self.clone().tell_end(notice, worker.clone()));
                    }
                }
                Some(_) = hands.telling.join_next() => {}
                () = self.inner.clock.until(again) => match self.look(worker, hands).await {
                    Ok(next) => again = next,
                    Err(failure) => return failure,
                },
            }
        }
    }

    /// Looks for work and begins it. When to look again.
    async fn look(&self, worker: &Worker, hands: &mut Hands) -> Result<u64, Failure> {
        let work = self.carry_out(self.inner.core.work(worker.on_settled.is_some(), self.now())).await?;
        if let (Some(problem), Some(on_problem)) = (&work.problem, &worker.on_problem) {
            on_problem(problem);
        }
        for (intent_id, reply) in work.left {
            worker.tell(&Resumed { intent_id, reply: Err(Failure::of(reply)) });
        }
        for record in work.due {
            let intent_id = record.intent_id().to_owned();
            // Begun here: whatever becomes of the task below, what the call has taken is given back.
            let turn = self.inner.core.turn(Arc::new(record), worker.on_settled.is_some(), self.now());
            hands.turns.spawn(self.clone().turn(intent_id, turn, worker.clone()));
        }
        for notice in work.settled {
            hands.telling.spawn(self.clone().tell_end(notice, worker.clone()));
        }
        Ok(work.again)
    }

    /// Takes a task a step further; its end, where the application is to hear of it.
    async fn turn(self, intent_id: String, turn: Call<Turn>, worker: Worker) -> Option<Notice> {
        let turn = match self.run_in_time(turn).await {
            Ended::Done(Ok(turn)) => turn,
            Ended::Done(Err(failure)) => {
                worker.tell(&Resumed { intent_id, reply: Err(failure) });
                return None;
            }
            Ended::Overdue => {
                let reply = self.overdue(Known::from(intent_id.as_str())).await;
                worker.tell(&Resumed { intent_id, reply: Ok(reply) });
                return None;
            }
        };
        if turn.is_news {
            worker.tell(&Resumed { intent_id, reply: Ok(turn.reply) });
        }
        turn.notice
    }

    /// Whether an end that was to be told a while ago is still this client's to tell.
    pub(super) async fn still_tells(&self, notice: &Notice) -> bool {
        self.carry_out(self.inner.core.tells(notice, self.now())).await.unwrap_or(false)
    }

    async fn tell_end(self, notice: Notice, worker: Worker) {
        let Some(on_settled) = worker.on_settled else { return };
        let intent_id = notice.record.intent_id().to_owned();
        // On a task of its own: what panics there is told again later.
        let done = tokio::spawn(async move { on_settled(notice).await }).await.unwrap_or(false);
        // A store that fails now has it told again.
        drop(self.carry_out(self.inner.core.handled(&intent_id, done, self.now())).await);
    }
}

impl Worker {
    fn tell(&self, resumed: &Resumed) {
        if let Some(on_reply) = &self.on_reply {
            // One that panics must not keep an end from being told.
            let _ = catch_unwind(AssertUnwindSafe(|| on_reply(resumed)));
        }
    }
}

/// However a worker ends, the next one of its client may take all that it had in hand.
struct Forgets<'a>(&'a Client);

impl Drop for Forgets<'_> {
    fn drop(&mut self) {
        self.0.inner.core.forget_work();
    }
}
