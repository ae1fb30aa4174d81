//! The client: one provider and one account, any number of tasks.
//!
//! A submit in flight belongs to the client, never to the caller's future: dropping the future neither stops it nor loses its
//! answer. Waits belong to their futures; dropping one leaves the task as it is, to be waited for again.

use crate::download::{Addresses, DownloadPolicy, Downloader};
use crate::failure::Failure;
use crate::http::{Gate, HttpOptions, HttpTransport, LONGEST_REQUEST, Transport, is_loopback};
use crate::key::{KeySource, Secret};
use crate::store::{SqliteStore, Store, default_path};
use gentask_core::{Contract, Error, ErrorCode, Pacer, Polls, Settings, TaskEvent, TaskRecord};
use std::path::PathBuf;
use std::sync::atomic::AtomicU64;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

mod clock;
mod conceal;
mod driver;
mod files;
mod four;
mod handle;
mod history;
mod holder;
mod holds;
mod options;
mod submit;
mod tasks;
mod under_way;

pub use clock::{Clock, ManualClock};
pub use handle::{TaskHandle, UpdateListener, Updates, Wait};
pub use options::ClientBuilder;
pub use submit::{Intent, Submission};
#[cfg(feature = "command")]
pub(crate) use tasks::prune;
pub use tasks::{Resumed, TaskFilter};
pub use under_way::UnderWay;

use clock::Time;

/// Hears what happens to any task of a client. It is called on the task's own path: it must be quick.
pub type EventListener = Arc<dyn Fn(&TaskRecord, &TaskEvent) + Send + Sync>;

/// One provider and one account. Cheap to clone; the clones share everything.
#[derive(Clone)]
pub struct Client {
    inner: Arc<Inner>,
}

struct Inner {
    contract: Contract,
    base: String,
    /// Of waits that somebody waits for.
    settings: Arc<Settings>,
    /// Of a check, which makes one request.
    once: Arc<Settings>,
    /// Of tasks that are resumed in the background.
    patient: Arc<Settings>,
    store: Arc<dyn Store>,
    transport: Arc<dyn Transport>,
    key: KeySource,
    pacer: Mutex<Pacer>,
    /// The requests in flight. A submit has its place before its attempt is counted.
    gate: Gate,
    /// Numbers the drives: no two attempts of a submit have the same holder.
    drives: AtomicU64,
    /// The submits under way.
    under_way: UnderWay,
    /// When the store was last asked for a pause, in Unix milliseconds.
    looked_at: AtomicU64,
    /// The pause that was last taken over from the store, in Unix milliseconds.
    recalled: AtomicU64,
    /// The latest pause that the store knows of, in Unix milliseconds.
    held_until: AtomicU64,
    clock: Time,
    http: HttpOptions,
    downloads: DownloadPolicy,
    listener: Option<EventListener>,
    timeout: Option<Duration>,
    request_timeout: Duration,
    max_read_retries: u32,
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
        &self.inner.contract
    }

    /// The base URL, without a slash at its end.
    pub fn base_url(&self) -> &str {
        &self.inner.base
    }

    /// The account's label.
    pub fn account_label(&self) -> &str {
        &self.inner.settings.account
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
        record.lease.as_ref().is_some_and(|lease| lease.holder.starts_with(&self.inner.settings.holder))
    }

    /// The store.
    pub fn store(&self) -> &Arc<dyn Store> {
        &self.inner.store
    }
}

impl Inner {
    /// The pacer; a panic elsewhere cannot have left it half changed.
    fn pacer(&self) -> MutexGuard<'_, Pacer> {
        self.pacer.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The header that proves whose the request is.
    async fn credential(&self) -> Result<(String, Secret), Error> {
        let key = self.key.secret().await?;
        let auth = self.contract.auth();
        Ok((auth.header.clone(), Secret::new(format!("{}{}{}", auth.prefix, key.expose(), auth.suffix))))
    }

    fn downloader(&self) -> Result<Downloader, Error> {
        Downloader::new(self.downloads.clone(), &self.http)
    }
}
