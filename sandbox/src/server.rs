//! Simulated providers behind one loopback port, over real HTTP/1.1.
//!
//! Each provider has a path prefix: `http://127.0.0.1:PORT/apixo` is a base URL like any other. Beside them, for tests in other languages:
//!
//! | request | what it does |
//! |---|---|
//! | `GET /_sandbox` | the providers and their base URLs |
//! | `GET /_sandbox/stats` | [`Stats`] as JSON |
//! | `GET /_sandbox/log` | the requests that arrived, [`Arrival`] by [`Arrival`], for each provider |
//! | `GET /_sandbox/tasks` | the tasks that were made, [`Made`](crate::Made) by [`Made`](crate::Made), for each provider |
//! | `GET /_sandbox/deliveries` | the callbacks, [`Delivery`] by [`Delivery`], for each provider |
//! | `GET /_sandbox/keys` | what signs callbacks, for each provider: `secret` and `publicKey` |
//! | `GET /_sandbox/jwks/apixo` | the same public key as a JSON Web Key Set |
//! | `POST /_sandbox/callback` | `{"provider": "apixo", "task": "...", "url": ..., "says": ..., "faults": [...]}` posts a [`TestCallback`] now |
//! | `POST /_sandbox/restart` | `{"provider": "apixo"}` ends and begins a provider's process ([`Sandbox::restart`]), or every one's |
//! | `POST /_sandbox/release` | lets go what [`Fault::Hold`](crate::Fault::Hold) and [`Fault::HoldBody`](crate::Fault::HoldBody) hold |
//! | `POST /_sandbox/script` | `{"provider": "apixo", "rules": [...]}` replaces the faults of one provider, or of all without `provider`: [`Rule`](crate::Rule)s, of callbacks too |
//! | `POST /_sandbox/reset` | `{"provider": "apixo", "options": {...}}` begins anew, with other [`SandboxOptions`] if any |

mod callbacks;
mod connection;
mod http;

use crate::callback::{Delivery, TestCallback};
use crate::options::SandboxOptions;
use crate::providers::Providers;
use crate::sandbox::Sandbox;
use crate::script::Script;
use crate::stats::{Arrival, Connections, Stats};
use gentask_core::Contract;
use serde_json::Value;
use socket2::{Domain, Protocol, Socket, Type};
use std::collections::BTreeMap;
use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::{Instant, SystemTime, UNIX_EPOCH};
use tokio::sync::{oneshot, watch};

/// Which providers a server has, and how they behave.
#[derive(Clone, Debug)]
pub struct ServerConfig {
    /// The contracts (the JSON of contract files), one for each provider.
    pub contracts: Vec<Value>,
    /// Options by provider id; a provider without any has the defaults.
    pub options: BTreeMap<String, SandboxOptions>,
    /// The port on 127.0.0.1; 0 for any that is free.
    pub port: u16,
    /// How much faster than real time the simulated time runs: tasks, limits and the `date` header. The `retry-after` of
    /// limits is told in real seconds.
    /// Delays of faults are real time always, but for those of callbacks; and callbacks are signed with the real time.
    pub speed: u32,
    /// Whether callbacks are posted, to loopback http URLs only: what goes elsewhere has no answer. `false`: whoever wants them takes
    /// [`Sandbox::posts_due`] from [`Server::with`].
    pub callbacks: bool,
}

impl ServerConfig {
    /// These providers, with defaults, in real time, on any port.
    pub fn new(contracts: impl IntoIterator<Item = Value>) -> Self {
        Self { contracts: contracts.into_iter().collect(), options: BTreeMap::new(), port: 0, speed: 1, callbacks: true }
    }

    /// The three built-in providers, with defaults, in real time, on any port.
    pub fn built_in() -> Self {
        let contracts = Contract::built_in_names().filter_map(|name| Contract::built_in(name).ok());
        Self::new(contracts.map(|contract| contract.source().clone()))
    }

    /// The same with options for one provider.
    #[must_use]
    pub fn with_options(mut self, provider: &str, options: SandboxOptions) -> Self {
        self.options.insert(provider.to_owned(), options);
        self
    }

    /// The same on this port.
    #[must_use]
    pub const fn with_port(mut self, port: u16) -> Self {
        self.port = port;
        self
    }

    /// The same so many times faster.
    #[must_use]
    pub const fn with_speed(mut self, speed: u32) -> Self {
        self.speed = speed;
        self
    }
}

/// What the connections share.
struct Shared {
    providers: Mutex<Providers>,
    address: SocketAddr,
    began: Instant,
    began_at: u64,
    speed: u32,
    callbacks: bool,
    open: AtomicU64,
    most: AtomicU64,
    total: AtomicU64,
    /// How often what is held was let go.
    released: watch::Sender<u64>,
}

impl Shared {
    fn release(&self) {
        self.released.send_modify(|times| *times += 1);
    }

    fn now(&self) -> u64 {
        self.began_at.saturating_add(self.elapsed().saturating_mul(u64::from(self.speed)))
    }

    /// The real time.
    fn real_now(&self) -> u64 {
        self.began_at.saturating_add(self.elapsed())
    }

    fn elapsed(&self) -> u64 {
        u64::try_from(self.began.elapsed().as_millis()).unwrap_or(u64::MAX)
    }

    fn providers(&self) -> MutexGuard<'_, Providers> {
        // A panic of another thread leaves no half-made state behind that matters to a simulation.
        self.providers.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn connections(&self) -> Connections {
        let [open, most, total] = [&self.open, &self.most, &self.total].map(|count| count.load(Ordering::Relaxed));
        Connections { open, most, total }
    }
}

/// A running server. Dropping it ends it and every connection.
///
/// ```
/// use gentask_sandbox::{Fault, Rule, SandboxOptions, Script, Server, ServerConfig, Target};
///
/// // The first submit to APIXO is accepted, and its answer lost.
/// let script = Script::of([Rule::nth(Target::Submit, 1, Fault::ResetAfterBody)]);
/// let config = ServerConfig::built_in().with_options("apixo", SandboxOptions::default().with_script(script));
/// let server = Server::start(config)?;
/// let base = server.base_url("apixo"); // give this to a client as its base URL, with any key
/// assert!(base.starts_with("http://127.0.0.1:") && base.ends_with("/apixo"));
/// assert_eq!(server.stats().of("apixo").submits(), 0); // how many submits arrived whole
/// # std::io::Result::Ok(())
/// ```
pub struct Server {
    shared: Arc<Shared>,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Server {
    /// Starts on 127.0.0.1 and returns when requests are taken. It runs on a thread of its own, so that a caller needs no runtime.
    pub fn start(config: ServerConfig) -> io::Result<Self> {
        let ServerConfig { contracts, mut options, port, speed, callbacks } = config;
        let listener = listen(port)?;
        let address = listener.local_addr()?;
        let mut providers = Providers::new(&format!("http://{address}"), speed);
        for contract in contracts {
            let options = options.remove(contract["id"].as_str().unwrap_or_default()).unwrap_or_default();
            providers.add(&contract, options);
        }
        let unix = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        let shared = Arc::new(Shared {
            providers: Mutex::new(providers),
            address,
            began: Instant::now(),
            began_at: u64::try_from(unix.as_millis()).unwrap_or_default(),
            speed: speed.max(1),
            callbacks,
            open: AtomicU64::new(0),
            most: AtomicU64::new(0),
            total: AtomicU64::new(0),
            released: watch::Sender::new(0),
        });
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let (stop, stopped) = oneshot::channel();
        let inner = Arc::clone(&shared);
        let thread = std::thread::Builder::new().name("gentask-sandbox".to_owned()).spawn(move || {
            runtime.block_on(async move {
                let Ok(listener) = tokio::net::TcpListener::from_std(listener) else { return };
                if callbacks {
                    tokio::spawn(callbacks::deliver(Arc::clone(&inner)));
                }
                tokio::spawn(connection::accept(listener, inner));
                // Also where the server was dropped without a word.
                let _ = stopped.await;
            });
            // Dropping the runtime drops every connection.
        })?;
        Ok(Self { shared, stop: Some(stop), thread: Some(thread) })
    }

    /// The base URL of a provider: `http://127.0.0.1:4000/apixo`.
    pub fn base_url(&self, provider: &str) -> String {
        self.shared.providers().base_url(provider)
    }

    /// The address of the server.
    pub fn address(&self) -> SocketAddr {
        self.shared.address
    }

    /// What has been seen so far.
    pub fn stats(&self) -> Stats {
        let connections = self.shared.connections();
        self.shared.providers().stats(connections)
    }

    /// The requests to a provider that arrived whole, in their order.
    pub fn arrivals(&self, provider: &str) -> Vec<Arrival> {
        self.with(provider, |sandbox| sandbox.arrivals().to_vec()).unwrap_or_default()
    }

    /// Lets every answer go that is held now, of requests that have arrived (see [`Server::arrivals`]).
    pub fn release(&self) {
        self.shared.release();
    }

    /// The simulated time, in Unix milliseconds.
    pub fn now(&self) -> u64 {
        self.shared.now()
    }

    /// Replaces the faults of one provider; false where there is no such provider.
    pub fn set_script(&self, provider: &str, script: Script) -> bool {
        self.with(provider, |sandbox| sandbox.set_script(script)).is_some()
    }

    /// Posts a callback of a task now, beside those that the task has anyway; the numbers of its deliveries. `None`: there is no such
    /// provider or task, or nowhere to post it to.
    pub fn send_callback(&self, provider: &str, task_id: &str, test: &TestCallback) -> Option<Vec<u64>> {
        let now = self.now();
        self.with(provider, |sandbox| sandbox.send_callback(task_id, test, now)).flatten()
    }

    /// The callbacks of a provider and their attempts so far.
    pub fn deliveries(&self, provider: &str) -> Vec<Delivery> {
        self.with(provider, |sandbox| sandbox.deliveries().cloned().collect()).unwrap_or_default()
    }

    /// Ends and begins the process of a provider ([`Sandbox::restart`]); connections are left alone. False where there is no such provider.
    pub fn restart(&self, provider: &str) -> bool {
        let now = self.now();
        self.with(provider, |sandbox| sandbox.restart(now)).is_some()
    }

    /// Looks into one provider, or changes it, between two requests.
    pub fn with<T>(&self, provider: &str, look: impl FnOnce(&mut Sandbox) -> T) -> Option<T> {
        self.shared.providers().get_mut(provider).map(look)
    }

    /// Ends the server and waits until its port is free.
    pub fn shutdown(mut self) {
        self.end();
    }

    fn end(&mut self) {
        if let Some(stop) = self.stop.take() {
            // The thread may have ended already.
            let _ = stop.send(());
        }
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.end();
    }
}

/// A listener with room for many connections at once.
fn listen(port: u16) -> io::Result<TcpListener> {
    let socket = Socket::new(Domain::IPV4, Type::STREAM, Some(Protocol::TCP))?;
    #[cfg(unix)]
    socket.set_reuse_address(true)?;
    socket.bind(&SocketAddr::from((Ipv4Addr::LOCALHOST, port)).into())?;
    socket.listen(4096)?;
    socket.set_nonblocking(true)?;
    Ok(socket.into())
}

#[cfg(test)]
mod tests;
