//! What a client is made of.

use crate::clock::ManualClock;
use crate::contract::Contract;
use crate::failure::Failure;
use crate::hooks::{self, RequestHook, ResponseHook};
use crate::key::{self, KeySource};
use crate::listener::{self, Listener};
use crate::runtime::Runtime;
use crate::store::{Foreign as ForeignStore, MemoryStore, SqliteStore, Store};
use crate::transport::{Foreign as ForeignTransport, Transport};
use gentask::core::Polls;
use gentask::core::webhook::Secret as CallbackSecret;
use gentask::http::HttpOptions;
use gentask::key::{KeySource as CoreKey, Secret};
use gentask::{CallbackOptions, Client};
use std::sync::Arc;
use std::time::Duration;

/// Everything that can be chosen about a client. What is not chosen comes from the contract, its environment variables and the defaults.
#[derive(uniffi::Record)]
pub struct ClientOptions {
    /// The provider.
    pub contract: Arc<Contract>,
    /// Where the key comes from. Default: the contract's environment variable.
    pub key: Option<Key>,
    /// A label that keeps tasks under different keys apart. Default: `default`.
    pub account: Option<String>,
    /// Another base URL.
    pub base_url: Option<String>,
    /// Where tasks are kept. Default: `GENTASK_STORE`, else `gentask/tasks.db` in the platform's state directory.
    pub store: Option<Place>,
    /// How long a wait lasts that names no time, in milliseconds. Default: the contract's figure.
    pub timeout_ms: Option<u64>,
    /// The first poll after this time, in milliseconds. Default: the contract's schedule, as for the next two.
    pub poll_initial_ms: Option<u64>,
    /// Each interval is this many times the last.
    pub poll_factor: Option<f64>,
    /// No interval is longer than this, in milliseconds.
    pub poll_cap_ms: Option<u64>,
    /// Whether the contract's schedule is kept to, whatever was learned.
    pub poll_by_contract: bool,
    /// How long one request may take, in milliseconds. Default: 30,000.
    pub request_timeout_ms: Option<u64>,
    /// How often a one-shot read is tried again. Default: 3.
    pub max_read_retries: Option<u32>,
    /// What sends requests. Default: gentask's own.
    pub transport: Option<Arc<dyn Transport>>,
    /// Who hears what happens.
    pub listener: Option<Arc<dyn Listener>>,
    /// Who sees each request before it is sent.
    #[uniffi(default = None)]
    pub before: Option<Arc<dyn RequestHook>>,
    /// Who hears what came of each request.
    #[uniffi(default = None)]
    pub after: Option<Arc<dyn ResponseHook>>,
    /// The proxy for everything but this machine itself, `http://host:port`. Default: the environment's.
    #[uniffi(default = None)]
    pub proxy: Option<String>,
    /// Certificates, PEM or DER, to be trusted beside the platform's.
    pub ca_certs: Vec<Vec<u8>>,
    /// The most requests that are in flight at once. Default: 32.
    pub max_in_flight: Option<u32>,
    /// Our own secrets behind callback URLs; the first makes new ones.
    pub callback_secrets: Vec<ProofSecret>,
    /// The provider's signing secrets or keys.
    pub callback_signing: Vec<ProofSecret>,
    /// How far a callback's time may be from ours, in milliseconds.
    pub callback_tolerance_ms: Option<u64>,
    /// The only hosts to which a callback may go.
    pub callback_hosts: Vec<String>,
    /// The clock that tasks go by, for a program's own tests. Default: the machine's.
    #[uniffi(default = None)]
    pub clock: Option<Arc<ManualClock>>,
}

/// Where the key comes from.
#[derive(uniffi::Enum)]
pub enum Key {
    /// This key.
    Value {
        /// The key.
        key: String,
    },
    /// The environment variable of this name.
    Variable {
        /// Its name.
        name: String,
    },
    /// Whoever is asked each time.
    Asked {
        /// Who is asked.
        source: Arc<dyn KeySource>,
    },
}

/// Where tasks are kept.
#[derive(uniffi::Enum)]
pub enum Place {
    /// In this file.
    File {
        /// The file.
        path: String,
    },
    /// In a file that is open already.
    Sqlite {
        /// The store.
        store: Arc<SqliteStore>,
    },
    /// In memory.
    Memory {
        /// The store.
        store: Arc<MemoryStore>,
    },
    /// Where the foreign side keeps them.
    Own {
        /// The store.
        store: Arc<dyn Store>,
    },
}

/// A secret that proves callbacks, and until when it counts.
#[derive(Clone, uniffi::Record)]
pub struct ProofSecret {
    /// The secret.
    pub text: String,
    /// Its end in Unix milliseconds; nothing: it has none.
    pub until_ms: Option<u64>,
}

pub(crate) fn secrets(given: Vec<ProofSecret>) -> Vec<CallbackSecret> {
    given.into_iter().map(|ProofSecret { text, until_ms }| CallbackSecret::new(text, until_ms)).collect()
}

impl ClientOptions {
    pub(crate) fn client(self, runtime: &Runtime) -> Result<Client, Failure> {
        let mut http = HttpOptions { extra_roots: self.ca_certs, proxy: self.proxy.map(Secret::new), ..HttpOptions::default() };
        if let Some(most) = self.max_in_flight {
            http.gate = usize::try_from(most)
                .ok()
                .filter(|most| *most > 0)
                .ok_or_else(|| Failure::unsupported("maxInFlight must be at least 1"))?;
        }
        let poll = Polls {
            initial_ms: self.poll_initial_ms,
            factor_pct: self.poll_factor.map(growth).transpose()?,
            cap_ms: self.poll_cap_ms,
            by_contract: self.poll_by_contract,
        };
        let callbacks = CallbackOptions {
            secrets: secrets(self.callback_secrets),
            signing: secrets(self.callback_signing),
            tolerance: self.callback_tolerance_ms.map(Duration::from_millis),
            hosts: self.callback_hosts,
        };
        let mut builder = Client::builder(self.contract.inner.clone()).http(http).poll(poll).callbacks(callbacks);
        builder = match self.key {
            Some(Key::Value { key }) => builder.key(CoreKey::Value(Secret::new(key))),
            Some(Key::Variable { name }) => builder.key(CoreKey::Env(name)),
            Some(Key::Asked { source }) => builder.key(key::source(source)),
            None => builder,
        };
        builder = match self.store {
            Some(Place::File { path }) => builder.store_path(path),
            Some(Place::Sqlite { store }) => builder.store(store.inner.clone()),
            Some(Place::Memory { store }) => builder.store(store.inner.clone()),
            Some(Place::Own { store }) => builder.store(Arc::new(ForeignStore(store))),
            None => builder,
        };
        if let Some(account) = self.account {
            builder = builder.account(account);
        }
        if let Some(base) = self.base_url {
            builder = builder.base_url(base);
        }
        if let Some(time) = self.timeout_ms {
            builder = builder.timeout(Duration::from_millis(time));
        }
        if let Some(time) = self.request_timeout_ms {
            builder = builder.request_timeout(Duration::from_millis(time));
        }
        if let Some(retries) = self.max_read_retries {
            builder = builder.max_read_retries(retries);
        }
        if let Some(transport) = self.transport {
            builder = builder.transport(Arc::new(ForeignTransport(transport)));
        }
        if let Some(hook) = self.before {
            builder = builder.on_request(hooks::before(hook));
        }
        if let Some(hook) = self.after {
            builder = builder.on_response(hooks::after(hook, runtime.teller()));
        }
        if let Some(clock) = self.clock {
            builder = builder.clock(&clock.inner);
        }
        if let Some(listener) = self.listener {
            builder = builder.on_event(listener::events(listener, runtime.teller()));
        }
        let _inside = runtime.handle().enter();
        Ok(builder.build()?)
    }
}

fn growth(factor: f64) -> Result<u64, Failure> {
    Polls::growth(factor).ok_or_else(|| Failure::unsupported("the poll factor must be from 1 to 100"))
}
