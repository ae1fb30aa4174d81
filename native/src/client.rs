//! The client: one provider and one account, any number of tasks.
//!
//! A submit in flight belongs to the client, never to the caller's future: dropping the future neither stops it nor loses its
//! answer. Waits belong to their futures; dropping one leaves the task as it is, to be waited for again.

use crate::download::{Addresses, DownloadPolicy, Downloader};
use crate::http::{Gate, HttpOptions, HttpTransport, Transport, is_loopback};
use crate::key::KeySource;
use crate::store::{SqliteStore, Store, default_path};
use gentask_core::{Contract, Error, ErrorCode, Failure, Polls, TaskEvent, TaskRecord};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Semaphore;

mod callbacks;
mod clock;
mod conceal;
mod files;
mod handle;
mod holder;
mod hooks;
mod many;
mod options;
#[cfg(feature = "command")]
mod prune;
mod questions;
mod requests;
mod run;
mod session;
mod sleepers;
mod storing;
mod submit;
mod tasks;
mod under_way;
mod worker;
mod working;

pub use callbacks::{CallbackOptions, Receiver};
pub use clock::{Clock, ManualClock};
pub use files::{FileReceipt, FileStream, Saving};
pub use handle::{TaskHandle, UpdateListener, Updates, Wait};
pub use hooks::{RequestHook, RequestInfo, ResponseHook, ResponseInfo};
pub use many::{Many, ORDERS_AT_ONCE, Order, Ordered, Orders};
pub use options::ClientBuilder;
#[cfg(feature = "command")]
pub(crate) use prune::prune;
pub use session::{Held, Session};

pub use submit::{Intent, Submission};
pub use tasks::{Pages, Resumed, TaskFilter};
pub use under_way::UnderWay;
pub use worker::{ProblemListener, ReplyListener, SettledListener, Worker};
pub use working::Working;

use clock::Time;
use hooks::Hooks;
use sleepers::Sleepers;

/// Hears what happens to any task of a client. It is called on the task's own path: it must be quick.
pub type EventListener = Arc<dyn Fn(&TaskRecord, &TaskEvent) + Send + Sync>;

/// One provider and one account. Cheap to clone; the clones share everything.
#[derive(Clone)]
pub struct Client {
    inner: Arc<Inner>,
}

struct Inner {
    /// What decides; everything else here performs.
    core: gentask_core::client::Client,
    store: Arc<dyn Store>,
    transport: Arc<dyn Transport>,
    key: KeySource,
    /// The requests in flight. A submit has its place before its attempt is counted.
    gate: Gate,
    /// The calls that sleep.
    sleepers: Sleepers,
    /// The waits that go on at once of those that many share.
    going: Arc<Semaphore>,
    /// The submits under way.
    under_way: UnderWay,
    clock: Time,
    /// A name for this client's leases: nobody else has it.
    #[cfg(feature = "command")]
    holder: String,
    http: HttpOptions,
    downloads: DownloadPolicy,
    listener: Option<EventListener>,
    hooks: Hooks,
}

impl Client {
    /// A client for a built-in provider, with the key from its environment variable and the store in its default place.
    pub fn new(provider: &str) -> Result<Self, Failure> {
        Self::builder(Contract::built_in(provider)?).build()
    }

    /// A client for any contract, with everything else to be chosen.
    pub fn builder(contract: Contract) -> ClientBuilder {
        ClientBuilder::new(contract)
    }

    /// The contract.
    pub fn contract(&self) -> &Contract {
        self.inner.core.contract()
    }

    /// The base URL, without a slash at its end.
    pub fn base_url(&self) -> &str {
        self.inner.core.base()
    }

    /// The account's label.
    pub fn account_label(&self) -> &str {
        self.inner.core.account_label()
    }

    /// The submits that are under way, for hosts that must not end before their answers are saved.
    pub fn under_way(&self) -> UnderWay {
        self.inner.under_way.clone()
    }

    /// Waits until every submit that is under way is saved.
    pub async fn settled(&self) {
        self.inner.under_way.settled().await;
    }

    /// Whether a request of this client's is in flight for a submit.
    #[cfg(feature = "command")]
    pub(crate) fn is_sending(&self, record: &TaskRecord) -> bool {
        record.lease().is_some_and(|lease| lease.holder.starts_with(&self.inner.holder))
    }

    /// The store.
    pub fn store(&self) -> &Arc<dyn Store> {
        &self.inner.store
    }
}

impl Inner {
    /// `most`: how many bytes a file may have, where that is fewer than usual.
    fn downloader(&self, most: Option<u64>) -> Result<Downloader, Error> {
        let mut policy = self.downloads.clone();
        policy.max_bytes = most.map_or(policy.max_bytes, |most| most.min(policy.max_bytes));
        Downloader::new(policy, &self.http)
    }
}

/// 32 bytes of the operating system's randomness.
fn entropy() -> Result<[u8; 32], Error> {
    let mut bytes = [0; 32];
    match getrandom::fill(&mut bytes) {
        Ok(()) => Ok(bytes),
        Err(error) => Err(Error::new(ErrorCode::Unsupported, format!("the operating system gives no randomness: {error}"))),
    }
}
