//! Callbacks received, and what the application does about each task that has ended.

use super::{Client, run::Ended};
use crate::store::{DeliveryFilter, StoredDelivery};
use gentask_core::client::{Known, Notice, Receipt};
use gentask_core::webhook::{Arrival, Secret, Secrets};
use gentask_core::{Error, ErrorCode, Failure};
use std::collections::HashSet;
use std::time::Duration;

/// How many new notices are asked for at once.
const NOTICES_AT_ONCE: usize = 100;

/// The environment variable with the secrets of callback URLs, separated by spaces or commas: the first makes new ones, all prove them.
pub(super) const SECRETS: &str = "GENTASK_CALLBACK_SECRET";

/// How a client has itself called back. What is not chosen is left to the contract, the environment and the store.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CallbackOptions {
    /// Our own secrets, which make and prove the token in each callback URL: the first makes new ones. At least 32 bytes without white space.
    /// Default: `GENTASK_CALLBACK_SECRET`, else a random one that is kept in the store.
    pub secrets: Vec<Secret>,
    /// The secrets or keys that the provider signs callbacks with. Default: the contract's environment variable.
    pub signing: Vec<Secret>,
    /// How far a delivery's time may be from ours, both ways. Default: 5 minutes; from 1 to 10.
    pub tolerance: Option<Duration>,
    /// The only hosts to which a callback may go, by their full names: `hooks.example.com`. Default: any public one.
    pub hosts: Vec<String>,
}

/// Secrets out of a variable's text, with these between them.
pub(super) fn secrets_of(text: &str, between: &[char]) -> Vec<Secret> {
    text.split(between).filter(|part| !part.is_empty()).map(|part| Secret::new(part.to_owned(), None)).collect()
}

impl Client {
    /// Takes a callback as HTTP brought it, and says what to answer. It is stored, with what it changes, before this resolves; the status call
    /// that it asks for follows by itself. Whoever waits for the task in this client is woken at once. It goes on when its future is dropped.
    pub async fn receive(&self, arrival: Arrival) -> Receipt {
        let client = self.clone();
        let taken = tokio::spawn(async move {
            let receipt = client.take(arrival).await;
            client.follow(&receipt);
            receipt
        });
        taken.await.unwrap_or_else(|_| Receipt::unavailable("the program ends".to_owned()))
    }

    /// Begins what follows from a receipt, on a task of its own.
    fn follow(&self, receipt: &Receipt) {
        if let Some(intent_id) = receipt.intent_id.clone().filter(|_| receipt.follow_up) {
            let (client, counted) = (self.clone(), self.inner.under_way.begin());
            tokio::spawn(async move {
                // How the task is stands in its record; whoever waits for it hears of it.
                let _ = client.follow_up(&intent_id).await;
                drop(counted);
            });
        }
    }

    /// Takes a stored callback once more, as if it came now: for a person who has put something right. `dedupe` is
    /// [`StoredDelivery::dedupe`].
    pub async fn replay(&self, dedupe: &str) -> Result<Receipt, Failure> {
        let receipt = self.carry_out(self.inner.core.replay(dedupe, self.now())).await?;
        self.follow(&receipt);
        Ok(receipt)
    }

    /// The same as [`Client::receive`] without what follows: [`Client::follow_up`] is the caller's to call, once the answer has gone out.
    pub async fn take(&self, arrival: Arrival) -> Receipt {
        let taken = self.start(self.inner.core.receive(arrival, self.now())).await;
        taken.unwrap_or_else(|failure| Receipt::unavailable(failure.message().to_owned()))
    }

    /// What follows from a callback that was acknowledged: at most one status call about its task.
    pub async fn follow_up(&self, intent_id: &str) -> Result<gentask_core::Reply, Failure> {
        let known = Known::from(intent_id);
        match self.run_in_time(self.inner.core.follow_up(known.clone(), self.now())).await {
            Ended::Done(end) => end,
            Ended::Overdue => Ok(self.overdue(known).await),
        }
    }

    /// The ended tasks of this provider and account whose end nobody has acknowledged, the oldest end first: at most `limit`, by default 100.
    pub async fn notices(&self, limit: Option<usize>) -> Result<Vec<Notice>, Failure> {
        self.carry_out(self.inner.core.notices(limit, self.now())).await
    }

    /// Says that what follows from a task's end is done: its notice is handed out no more. Whether nobody had said so before.
    pub async fn acknowledge(&self, intent_id: &str) -> Result<bool, Failure> {
        self.carry_out(self.inner.core.acknowledge(intent_id, self.now())).await
    }

    /// Hands each open notice to a function and acknowledges those that it has done. One that it fails at is handed out again at the next
    /// call, and the others go on. How many were done.
    pub async fn settle_notices<E>(&self, mut handle: impl AsyncFnMut(&Notice) -> Result<(), E>) -> Result<usize, Failure> {
        let (mut done, mut left) = (0, HashSet::new());
        loop {
            // Those that were failed at are still open, and must not hold the others back.
            let page = self.notices(Some(NOTICES_AT_ONCE + left.len())).await?;
            let mut is_over = true;
            for notice in page.iter().filter(|notice| !left.contains(notice.record.intent_id())).collect::<Vec<_>>() {
                is_over = false;
                if handle(notice).await.is_ok() {
                    self.acknowledge(notice.record.intent_id()).await?;
                    done += 1;
                } else {
                    left.insert(notice.record.intent_id().to_owned());
                }
            }
            if is_over {
                return Ok(done);
            }
        }
    }

    /// The stored callbacks of this provider and account, the newest first. Their bodies may hold prompts: they are for no log.
    pub async fn deliveries(&self, filter: DeliveryFilter) -> Result<Vec<StoredDelivery>, Failure> {
        let (provider, account) = (self.contract().id().to_owned(), self.account_label().to_owned());
        let filter = DeliveryFilter { provider: Some(provider), account: Some(account), ..filter };
        self.inner.store.deliveries(&filter).await.map_err(|error| Error::from(error).into())
    }

    /// What callbacks are proven with that was chosen or found in the environment: for tests that make callbacks of their own. A secret that is
    /// kept in the store is not among it.
    pub fn callback_secrets(&self) -> &Secrets {
        self.inner.core.callback_secrets()
    }
}

/// Several clients behind one URL: of other providers, or other accounts. A callback goes to the one that knows it.
#[derive(Clone)]
pub struct Receiver {
    clients: Vec<Client>,
}

impl Receiver {
    /// A receiver for these clients, which are asked in this order. Fails where there is none.
    pub fn new(clients: impl IntoIterator<Item = Client>) -> Result<Self, Failure> {
        let clients: Vec<_> = clients.into_iter().collect();
        if clients.is_empty() {
            return Err(Error::new(ErrorCode::Unsupported, "a receiver needs a client").into());
        }
        Ok(Self { clients })
    }

    /// Takes a callback as HTTP brought it; see [`Client::receive`].
    pub async fn receive(&self, arrival: Arrival) -> Receipt {
        self.receive_by(arrival).await.1
    }

    /// The same, and the place of the client whose receipt it is, counted from 0.
    pub async fn receive_by(&self, arrival: Arrival) -> (usize, Receipt) {
        let mut best: Option<(usize, Receipt)> = None;
        for (place, client) in self.clients.iter().enumerate() {
            let receipt = client.receive(arrival.clone()).await;
            if receipt.is_ours() {
                return (place, receipt);
            }
            if best.as_ref().is_none_or(|(_, best)| receipt.outweighs(best)) {
                best = Some((place, receipt));
            }
        }
        best.unwrap_or_else(|| (0, Receipt::unavailable("a receiver needs a client".to_owned())))
    }
}
