//! Many orders at once: bounded, each under its own key, told as they come. One that fails does not end the rest.

use super::{Client, TaskHandle, Wait};
use gentask_core::{Failure, Generation, Reply, SubmitOptions};
use std::fmt;
use std::time::Duration;
use tokio::task::JoinSet;

/// Orders that are under way at once where nothing else is said.
pub const ORDERS_AT_ONCE: usize = 32;

/// One order of many.
#[derive(Clone, Debug, PartialEq)]
pub struct Order {
    /// What is ordered.
    pub generation: Generation,
    /// Its key, owner, callback and options. With a key the order is paid once, however often the whole is begun again.
    pub options: SubmitOptions,
}

/// How many orders go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Many {
    /// Orders under way at once. An order is under way until its outcome is told.
    pub at_once: usize,
    /// Whether each task is waited for, or only submitted.
    pub waits: bool,
    /// How long each task is waited for. Default: the client's timeout, then the contract's figure for the kind of task.
    pub timeout: Option<Duration>,
}

impl Default for Many {
    fn default() -> Self {
        Self { at_once: ORDERS_AT_ONCE, waits: true, timeout: None }
    }
}

/// What became of one order.
pub struct Ordered {
    /// Which one it was, counted from 0.
    pub index: usize,
    /// Its task; `None` where none is stored, for the order was refused.
    pub task: Option<TaskHandle>,
    /// How the task is, or why there is none.
    pub reply: Result<Reply, Failure>,
}

impl fmt::Debug for Ordered {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let task = self.task.as_ref().map(TaskHandle::intent_id);
        f.debug_struct("Ordered").field("index", &self.index).field("task", &task).field("reply", &self.reply).finish()
    }
}

/// Orders that are under way. Dropping it leaves their tasks as they are: a submit that was sent is saved even so.
pub struct Orders {
    client: Client,
    how: Many,
    begun: usize,
    under_way: JoinSet<Ordered>,
}

impl Client {
    /// Orders to be given one by one ([`Orders::give`]), whose outcomes are told as they come ([`Orders::next`]).
    pub fn orders(&self, how: Many) -> Orders {
        Orders { client: self.clone(), how, begun: 0, under_way: JoinSet::new() }
    }
}

impl Orders {
    /// Whether another order may be given now.
    pub fn has_place(&self) -> bool {
        self.under_way.len() < self.how.at_once.max(1)
    }

    /// Begins an order, and says which one it is, counted from 0. Where [`Orders::has_place`] says no, it begins even so.
    pub fn give(&mut self, order: Order) -> usize {
        let (client, how, index) = (self.client.clone(), self.how, self.begun);
        self.begun += 1;
        self.under_way.spawn(async move { client.order(index, order, how).await });
        index
    }

    /// The next outcome; `None` where nothing is under way.
    pub async fn next(&mut self) -> Option<Ordered> {
        loop {
            // It cannot be cancelled while this is here, and a panic was told where it happened.
            if let Ok(ordered) = self.under_way.join_next().await? {
                return Some(ordered);
            }
        }
    }

    /// Gives the orders of a sequence, each as soon as there is a place, and tells every outcome as it comes.
    pub async fn all(mut self, orders: impl IntoIterator<Item = Order>, mut hear: impl FnMut(Ordered)) {
        for order in orders {
            while !self.has_place() {
                if let Some(ordered) = self.next().await {
                    hear(ordered);
                }
            }
            self.give(order);
        }
        while let Some(ordered) = self.next().await {
            hear(ordered);
        }
    }
}

impl Client {
    async fn order(&self, index: usize, order: Order, how: Many) -> Ordered {
        let task = match self.submit(&order.generation, &order.options).await {
            Ok(task) => task,
            Err(failure) => return Ordered { index, task: self.named(&failure).await, reply: Err(failure) },
        };
        let reply = if how.waits { task.wait(Wait { timeout: how.timeout, on_update: None }).await } else { task.reply().await };
        Ordered { index, task: Some(task), reply }
    }

    /// The task that a failed submit is about, where it is stored.
    async fn named(&self, failure: &Failure) -> Option<TaskHandle> {
        let intent_id = failure.reply().data.get("intentId")?.as_str()?;
        self.task(intent_id).await.ok()
    }
}
