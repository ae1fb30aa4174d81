//! What a client is made of.

use super::callbacks::{CallbackOptions, SECRETS, secrets_of};
use super::handle::millis;
use super::hooks::{Hooks, RequestHook, ResponseHook};
use super::{
    Addresses, Arc, Client, Clock, Contract, DownloadPolicy, Duration, Error, ErrorCode, EventListener, Failure, Gate, HttpOptions,
    HttpTransport, Inner, KeySource, PathBuf, Polls, Semaphore, Sleepers, SqliteStore, Store, Time, Transport, UnderWay, default_path,
    is_loopback,
};
use gentask_core::client::{Callbacks, ClientSettings};
use gentask_core::webhook::Secrets;

/// Everything that can be chosen about a client. What is not chosen comes from the contract and its environment variables.
pub struct ClientBuilder {
    contract: Contract,
    key: Option<KeySource>,
    account: String,
    base_url: Option<String>,
    store: Option<Arc<dyn Store>>,
    store_path: Option<PathBuf>,
    transport: Option<Arc<dyn Transport>>,
    http: HttpOptions,
    downloads: DownloadPolicy,
    listener: Option<EventListener>,
    hooks: Hooks,
    timeout: Option<Duration>,
    poll: Polls,
    request_timeout: Option<Duration>,
    max_read_retries: Option<u32>,
    clock: Clock,
    callbacks: CallbackOptions,
}

impl ClientBuilder {
    pub(super) fn new(contract: Contract) -> Self {
        Self {
            contract,
            key: None,
            account: "default".to_owned(),
            base_url: None,
            store: None,
            store_path: None,
            transport: None,
            http: HttpOptions::default(),
            downloads: DownloadPolicy::default(),
            listener: None,
            hooks: Hooks::default(),
            timeout: None,
            poll: Polls::default(),
            request_timeout: None,
            max_read_retries: None,
            clock: Clock::system(),
            callbacks: CallbackOptions::default(),
        }
    }

    /// Where the key comes from. Default: the contract's environment variable.
    #[must_use]
    pub fn key(mut self, key: KeySource) -> Self {
        self.key = Some(key);
        self
    }

    /// A label that keeps tasks under different keys apart. Default: `default`.
    #[must_use]
    pub fn account(mut self, label: impl Into<String>) -> Self {
        self.account = label.into();
        self
    }

    /// Another base URL: https, or http to this machine. A path prefix is kept. Default: the contract's environment variable, then its base.
    #[must_use]
    pub fn base_url(mut self, base: impl Into<String>) -> Self {
        self.base_url = Some(base.into());
        self
    }

    /// The task store. Default: an SQLite file, see [`ClientBuilder::store_path`].
    #[must_use]
    pub fn store(mut self, store: Arc<dyn Store>) -> Self {
        self.store = Some(store);
        self
    }

    /// The file of the task store. Default: `GENTASK_STORE`, else `gentask/tasks.db` in the platform's state directory.
    #[must_use]
    pub fn store_path(mut self, path: impl Into<PathBuf>) -> Self {
        self.store_path = Some(path.into());
        self
    }

    /// What sends requests. Default: [`HttpTransport`] with [`ClientBuilder::http`].
    #[must_use]
    pub fn transport(mut self, transport: Arc<dyn Transport>) -> Self {
        self.transport = Some(transport);
        self
    }

    /// Extra certificates, timeouts of connecting, the gate.
    #[must_use]
    pub fn http(mut self, options: HttpOptions) -> Self {
        self.http = options;
        self
    }

    /// What downloads of result files may do. Addresses of this machine are allowed by themselves where the base URL is one of them.
    #[must_use]
    pub fn downloads(mut self, policy: DownloadPolicy) -> Self {
        self.downloads = policy;
        self
    }

    /// Who hears what happens to the client's tasks.
    #[must_use]
    pub fn on_event(mut self, listener: EventListener) -> Self {
        self.listener = Some(listener);
        self
    }

    /// Who sees each request before it is sent, and may add headers to it, whatever transport sends it.
    ///
    /// An error, a panic, or a header that may not be added keeps the request from being sent: nothing was paid for, and a submit fails with
    /// `NETWORK_ERROR` once it has been tried as often as one that does not reach its provider.
    #[must_use]
    pub fn on_request(mut self, hook: RequestHook) -> Self {
        self.hooks.before = Some(hook);
        self
    }

    /// Who sees what came of each request. It changes nothing: a panic in it is passed over.
    #[must_use]
    pub fn on_response(mut self, hook: ResponseHook) -> Self {
        self.hooks.after = Some(hook);
        self
    }

    /// How long a wait lasts that names no timeout. Default: the contract's figure for the kind of task.
    #[must_use]
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    /// The poll schedule. Default: the contract's for the kind of task; at a base URL on this machine, such as a sandbox's, the environment
    /// variable `GENTASK_POLL_MS` where it is set: so many milliseconds before each poll.
    #[must_use]
    pub fn poll(mut self, poll: Polls) -> Self {
        self.poll = poll;
        self
    }

    /// How long one request may take. Default: the contract's environment variable, then 30 s.
    #[must_use]
    pub fn request_timeout(mut self, timeout: Duration) -> Self {
        self.request_timeout = Some(timeout);
        self
    }

    /// How often a one-shot read (`get_status`, `get_task`, `account`) is tried again. Default: the contract's environment variable, then 3.
    #[must_use]
    pub fn max_read_retries(mut self, retries: u32) -> Self {
        self.max_read_retries = Some(retries);
        self
    }

    /// The clock that tasks go by. Default: [`Clock::system`]. Tests of one's own give a [`ManualClock`](super::ManualClock).
    #[must_use]
    pub fn clock(mut self, clock: impl Into<Clock>) -> Self {
        self.clock = clock.into();
        self
    }

    /// How callbacks are proven, and where they may go.
    #[must_use]
    pub fn callbacks(mut self, options: CallbackOptions) -> Self {
        self.callbacks = options;
        self
    }

    /// Opens the store and builds the client. Nothing is sent, and the key is not asked for yet.
    pub fn build(self) -> Result<Client, Failure> {
        let environment = self.contract.environment().clone();
        let base = self.base_url.or_else(|| environment.base_url.as_deref().and_then(variable));
        let base = match base {
            Some(base) => Contract::check_base(&base)?,
            None => self.contract.base().to_owned(),
        };
        let defaults = ClientSettings::default();
        let of_environment = |name: Option<&str>| name.map_or(Ok(None), number);
        let request_timeout = match self.request_timeout {
            Some(timeout) => timeout,
            None => {
                Duration::from_millis(of_environment(environment.request_timeout_ms.as_deref())?.unwrap_or(defaults.request_timeout_ms))
            }
        };
        let max_read_retries = match self.max_read_retries {
            Some(retries) => Some(retries),
            None => of_environment(environment.max_read_retries.as_deref())?.map(|retries| u32::try_from(retries).unwrap_or(u32::MAX)),
        };
        let key = match (self.key, environment.key) {
            (Some(key), _) => key,
            (None, Some(name)) => KeySource::Env(name),
            (None, None) => {
                return Err(Error::new(
                    ErrorCode::AuthFailed,
                    "the contract names no environment variable for the API key: pass the key itself",
                )
                .into());
            }
        };
        let store: Arc<dyn Store> = match self.store {
            Some(store) => store,
            None => {
                let path = match self.store_path {
                    Some(path) => path,
                    None => default_path()?,
                };
                Arc::new(SqliteStore::open(&path)?)
            }
        };
        let transport: Arc<dyn Transport> = match self.transport {
            Some(transport) => transport,
            None => Arc::new(HttpTransport::new(self.http.clone())?),
        };
        let (mut downloads, mut poll) = (self.downloads, self.poll);
        if url::Url::parse(&base).is_ok_and(|url| is_loopback(&url)) {
            downloads.allow = Addresses::PublicAndLoopback;
            if poll == Polls::default() {
                poll = number(POLL)?.map_or(poll, |ms| Polls {
                    initial_ms: Some(ms),
                    factor_pct: Some(100),
                    cap_ms: Some(ms),
                    by_contract: false,
                });
            }
        }
        let holder = holder()?;
        let settings = ClientSettings {
            base: Some(base),
            account: self.account,
            holder: holder.clone(),
            request_timeout_ms: millis(request_timeout),
            poll,
            timeout_ms: self.timeout.map(millis),
            max_read_retries: max_read_retries.unwrap_or(defaults.max_read_retries),
            listens: self.listener.is_some(),
            callbacks: callbacks(self.callbacks, environment.webhook_secret.as_deref(), &*store),
        };
        let inner = Inner {
            core: gentask_core::client::Client::new(&self.contract, settings)?,
            store,
            transport,
            key,
            gate: Gate::new(self.http.gate),
            going: Arc::new(Semaphore::new(self.http.gate.saturating_mul(2).clamp(LEAST_GOING, Semaphore::MAX_PERMITS))),
            sleepers: Sleepers::default(),
            under_way: UnderWay::new(),
            clock: Time::new(self.clock),
            #[cfg(feature = "command")]
            holder,
            http: self.http,
            downloads,
            listener: self.listener,
            hooks: self.hooks,
        };
        Ok(Client { inner: Arc::new(inner) })
    }
}

/// How callbacks are proven: as was chosen, else as the environment says.
fn callbacks(chosen: CallbackOptions, provider: Option<&str>, store: &dyn Store) -> Callbacks {
    let or_variable = |chosen: Vec<_>, name: Option<&str>, between: &[char]| {
        if chosen.is_empty() { name.and_then(variable).map_or_else(Vec::new, |text| secrets_of(&text, between)) } else { chosen }
    };
    let mut secrets = Secrets { token: or_variable(chosen.secrets, Some(SECRETS), &[' ', ',']), ..Secrets::default() };
    // A provider's may have spaces in it.
    secrets.signing = or_variable(chosen.signing, provider, &[',', '\n']);
    secrets.tolerance_ms = chosen.tolerance.map_or(secrets.tolerance_ms, millis);
    Callbacks { secrets, hosts: chosen.hosts, are_kept: store.keeps_callbacks() }
}

/// A name for this client's leases: nobody else has it.
fn holder() -> Result<String, Error> {
    let [a, b, c, d, ..] = super::entropy()?;
    Ok(super::holder::name(&format!("{:08x}", u32::from_be_bytes([a, b, c, d]))))
}

/// How often a client polls whose base URL is on this machine and whose program says nothing else, in milliseconds: for tests of programs that make
/// their clients themselves. It means nothing to a client of a real provider.
const POLL: &str = "GENTASK_POLL_MS";

/// Waits that go on at once of those that many share, at least; twice what the gate lets through where that is more, so that it is never idle for them.
const LEAST_GOING: usize = 64;

fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

fn number(name: &str) -> Result<Option<u64>, Error> {
    let Some(text) = variable(name) else { return Ok(None) };
    match text.trim().parse() {
        Ok(number) => Ok(Some(number)),
        Err(_) => Err(Error::new(ErrorCode::Unsupported, format!("the environment variable {name} is not a whole number"))),
    }
}
