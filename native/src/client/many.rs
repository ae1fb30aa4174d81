//! Many orders at once: bounded, each under its own key, told as they come. One that fails does not end the rest.

use super::{Client, TaskHandle, Wait};
use gentask_core::{Error, ErrorCode, Failure, Generation, Reply, SubmitOptions, batch_key};
use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::time::Duration;
use tokio::task::{Id, JoinSet};

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
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Many {
    /// What the keys of orders begin with that have none of their own: the rest is made of what is ordered ([`batch_key`]), so that a batch that is
    /// begun again orders nothing twice, also with other orders in it or in another sequence.
    pub batch: Option<String>,
    /// Orders under way at once. An order is under way until its outcome is told.
    pub at_once: usize,
    /// Whether each task is waited for, or only submitted.
    pub waits: bool,
    /// How long each task is waited for. Default: the client's timeout, then the contract's figure for the kind of task.
    pub timeout: Option<Duration>,
}

impl Default for Many {
    fn default() -> Self {
        Self { batch: None, at_once: ORDERS_AT_ONCE, waits: true, timeout: None }
    }
}

/// What became of one order.
pub struct Ordered {
    /// Which one it was, counted from 0.
    pub index: usize,
    /// Its key, where it has one.
    pub key: Option<String>,
    /// Its task; `None` where none is stored, for the order was refused.
    pub task: Option<TaskHandle>,
    /// How the task is, or why there is none.
    pub reply: Result<Reply, Failure>,
}

impl fmt::Debug for Ordered {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let task = self.task.as_ref().map(TaskHandle::intent_id);
        f.debug_struct("Ordered")
            .field("index", &self.index)
            .field("key", &self.key)
            .field("task", &task)
            .field("reply", &self.reply)
            .finish()
    }
}

/// Orders that are under way. Dropping it leaves their tasks as they are: a submit that was sent is saved even so.
pub struct Orders {
    client: Client,
    how: Many,
    begun: usize,
    /// How often each key of the batch was made for an owner.
    made: BTreeMap<(Option<String>, String), usize>,
    under_way: JoinSet<Ordered>,
    /// Which order each of them is.
    places: HashMap<Id, (usize, Option<String>)>,
}

impl Client {
    /// Orders to be given one by one ([`Orders::give`]), whose outcomes are told as they come ([`Orders::next`]).
    pub fn orders(&self, how: Many) -> Orders {
        Orders { client: self.clone(), how, begun: 0, made: BTreeMap::new(), under_way: JoinSet::new(), places: HashMap::new() }
    }
}

impl Orders {
    /// Whether another order may be given now.
    pub fn has_place(&self) -> bool {
        self.under_way.len() < self.how.at_once.max(1)
    }

    /// Begins an order, and says which one it is, counted from 0, and its key, where it has one. Where [`Orders::has_place`] says no, it begins even so.
    pub fn give(&mut self, mut order: Order) -> (usize, Option<String>) {
        if let (None, Some(batch)) = (&order.options.key, &self.how.batch) {
            let key = batch_key(batch, &order.generation, &order.options, 1);
            // A key is its owner's: another one's same order is another key's.
            let place = (order.options.owner.clone(), key);
            let nth = self.made.entry(place).and_modify(|count| *count += 1).or_insert(1);
            order.options.key = Some(batch_key(batch, &order.generation, &order.options, *nth));
        }
        let (client, how, index) = (self.client.clone(), self.how.clone(), self.begun);
        self.begun += 1;
        let key = order.options.key.clone();
        let running = self.under_way.spawn(async move { client.order(index, order, how).await });
        self.places.insert(running.id(), (index, key.clone()));
        (index, key)
    }

    /// The next outcome; `None` where nothing is under way.
    pub async fn next(&mut self) -> Option<Ordered> {
        match self.under_way.join_next_with_id().await? {
            Ok((id, ordered)) => {
                self.places.remove(&id);
                Some(ordered)
            }
            // It cannot be cancelled while this is here. Where it panicked is told on standard error.
            Err(error) => {
                let (index, key) = self.places.remove(&error.id()).unwrap_or_default();
                let failure =
                    Error::new(ErrorCode::SubmitUnknown, "gentask has a fault: the call of this order panicked; look at it in the store");
                Some(Ordered { index, key, task: None, reply: Err(failure.into()) })
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
            Err(failure) => return Ordered { index, key: order.options.key, task: self.named(&failure).await, reply: Err(failure) },
        };
        let reply = if how.waits { task.wait(Wait { timeout: how.timeout, on_update: None }).await } else { task.reply().await };
        Ordered { index, key: order.options.key, task: Some(task), reply }
    }

    /// The task that a failed submit is about, where it is stored.
    async fn named(&self, failure: &Failure) -> Option<TaskHandle> {
        let intent_id = failure.reply().data.get("intentId")?.as_str()?;
        self.task(intent_id).await.ok()
    }
}
