//! What a client is told once, and what its calls share: the pacer, the account's pauses, and who drives which task.

use super::callbacks::{Callbacks, Learned};
use super::pauses::Pauses;
use super::work::Hands;
use crate::by_name::ByName;
use crate::contract::Contract;
use crate::error::{Error, ErrorCode};
use crate::io::UnixMillis;
use crate::machine::{Polls, Settings};
use crate::pacer::Pacer;
use crate::webhook::Secrets;
use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};

/// The longest that a request may take, whatever is said: a day.
const LONGEST_REQUEST_MS: u64 = 86_400_000;
/// How often a question that fails is asked again where nothing else is said: 3 times, of the same source.
const MAX_READ_RETRIES: u32 = 3;
/// How long a cancel is waited for beyond two requests.
const CANCEL_WAIT_MS: u64 = 30_000;

/// How a client behaves, the same for all of its calls.
#[derive(Clone, Debug, PartialEq)]
pub struct ClientSettings {
    /// Another base URL than the contract's.
    pub base: Option<String>,
    /// A label that keeps tasks under different keys apart. Default: `default`.
    pub account: String,
    /// A name that the host gives itself, which nobody else has: who holds a submit's lease. [`holder_name`](crate::client::holder_name) makes one.
    /// It has no default: two processes of the same name would take each other's attempts for their own.
    pub holder: String,
    /// How long a request may take, in milliseconds: more than 0; more than a day counts as a day. Default: 30 s.
    pub request_timeout_ms: u64,
    /// The caller's own poll schedule, over the contract's.
    pub poll: Polls,
    /// How long a wait lasts that names no time, in milliseconds. Default: the contract's figure for the kind of task.
    pub timeout_ms: Option<u64>,
    /// How often a question is asked again that brought nothing. Default: 3.
    pub max_read_retries: u32,
    /// Whether somebody hears of every event: without it none is told but to those who wait and ask for it.
    pub listens: bool,
    /// How it has itself called back.
    pub callbacks: Callbacks,
}

impl Default for ClientSettings {
    fn default() -> Self {
        let Settings { base, account, holder, request_timeout_ms, poll, .. } = Settings::default();
        Self {
            base,
            account,
            holder,
            request_timeout_ms,
            poll,
            timeout_ms: None,
            max_read_retries: MAX_READ_RETRIES,
            listens: false,
            callbacks: Callbacks::default(),
        }
    }
}

/// One provider, account and base. Its calls share a pacer and the account's pauses. Cheap to clone; the clones are one client.
#[derive(Clone)]
pub struct Client {
    pub(super) shared: Arc<Shared>,
}

pub(super) struct Shared {
    pub(super) contract: Contract,
    pub(super) base: String,
    pub(super) listens: bool,
    pub(super) timeout_ms: Option<u64>,
    pub(super) max_read_retries: u32,
    pub(super) callbacks: Callbacks,
    /// Of what somebody waits for.
    pub(super) foreground: Arc<Settings>,
    /// Of a check, which makes one request.
    pub(super) once: Arc<Settings>,
    /// Of a task in the background.
    pub(super) background: Arc<Settings>,
    /// Of a worker's turn with a task.
    pub(super) worker: Arc<Settings>,
    state: Mutex<State>,
}

/// What calls change.
#[derive(Default)]
pub(super) struct State {
    pub(super) pacer: Pacer,
    pub(super) pauses: Pauses,
    pub(super) callbacks: Learned,
    /// When the store was asked last what was learned.
    pub(super) learned_at: Option<UnixMillis>,
    pub(super) hands: Hands,
    /// Numbers the drives: no two attempts of a submit have the same holder.
    drives: u64,
    /// The intents that some call drives to their end.
    driven: BTreeSet<String>,
    /// The media that some call uploads.
    pub(super) uploading: BTreeSet<String>,
    /// The intents whose callbacks some call follows up, and whether another one came meanwhile.
    followed: ByName<bool>,
}

impl Client {
    /// A client of a contract. Fails where the base URL is none, a request may take no time, the holder has no name, or a callback's host or
    /// secret is none.
    pub fn new(contract: &Contract, settings: ClientSettings) -> Result<Self, Error> {
        let base = settings.base.as_deref().map_or_else(|| Ok(contract.base().to_owned()), Contract::check_base)?;
        if settings.request_timeout_ms == 0 {
            return Err(Error::new(ErrorCode::Unsupported, "the request timeout must be greater than 0"));
        }
        if settings.holder.is_empty() {
            return Err(Error::new(ErrorCode::Unsupported, "give the client a holder: a name that no other process has"));
        }
        settings.callbacks.check()?;
        let foreground = Settings {
            base: Some(base.clone()),
            account: settings.account,
            holder: settings.holder,
            request_timeout_ms: settings.request_timeout_ms.min(LONGEST_REQUEST_MS),
            foreground: true,
            one_request: false,
            claims: false,
            poll: settings.poll,
        };
        let shared = Shared {
            contract: contract.clone(),
            base,
            listens: settings.listens,
            timeout_ms: settings.timeout_ms,
            max_read_retries: settings.max_read_retries,
            callbacks: settings.callbacks,
            once: Arc::new(Settings { one_request: true, ..foreground.clone() }),
            background: Arc::new(Settings { foreground: false, ..foreground.clone() }),
            worker: Arc::new(Settings { foreground: false, one_request: true, claims: true, ..foreground.clone() }),
            foreground: Arc::new(foreground),
            state: Mutex::default(),
        };
        Ok(Self { shared: Arc::new(shared) })
    }

    /// The contract.
    pub fn contract(&self) -> &Contract {
        &self.shared.contract
    }

    /// The base URL, without a slash at its end.
    pub fn base(&self) -> &str {
        &self.shared.base
    }

    /// The account's label.
    pub fn account_label(&self) -> &str {
        &self.shared.foreground.account
    }

    /// What callbacks are proven with that was given with the settings: a secret that is kept in the store is not among it.
    pub fn callback_secrets(&self) -> &Secrets {
        &self.shared.callbacks.secrets
    }

    /// How long one request may take, in milliseconds.
    pub fn request_timeout_ms(&self) -> u64 {
        self.shared.foreground.request_timeout_ms
    }
}

impl std::fmt::Debug for Client {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Client").field("provider", &self.shared.contract.id()).field("base", &self.shared.base).finish_non_exhaustive()
    }
}

impl Shared {
    /// Changes what calls share. A panic elsewhere cannot have left it half changed. No effect is asked for meanwhile.
    pub(super) fn with<T>(&self, change: impl FnOnce(&mut State) -> T) -> T {
        change(&mut self.state.lock().unwrap_or_else(PoisonError::into_inner))
    }

    pub(super) fn account(&self) -> &str {
        &self.foreground.account
    }

    /// How long a cancel is waited for, in milliseconds.
    pub(super) fn cancel_wait_ms(&self) -> u64 {
        self.foreground.request_timeout_ms.saturating_mul(2).saturating_add(CANCEL_WAIT_MS)
    }

    /// The next drive's number.
    pub(super) fn next_drive(&self) -> u64 {
        self.with(|state| {
            state.drives += 1;
            state.drives
        })
    }

    /// Whether some call of this client drives a task to its end.
    pub(super) fn is_driven(&self, intent_id: &str) -> bool {
        self.with(|state| state.driven.contains(intent_id))
    }

    /// Takes the one place from which an intent's callbacks are followed up; `None` where another call of this client has it, which then looks
    /// once more.
    pub(super) fn follow(self: &Arc<Self>, intent_id: &str) -> Option<Following> {
        let is_first = self.with(|state| {
            let is_first = !state.followed.contains(intent_id);
            state.followed.insert(intent_id, !is_first);
            is_first
        });
        is_first.then(|| Following { shared: Arc::clone(self), intent_id: intent_id.to_owned() })
    }

    /// Whether another callback came since the last look; asked once for each look.
    pub(super) fn has_followers(&self, intent_id: &str) -> bool {
        self.with(|state| {
            let came = state.followed.get(intent_id).copied().unwrap_or(false);
            if came {
                state.followed.insert(intent_id, false);
            }
            came
        })
    }

    /// Takes the one seat from which a task is driven to its end; `None` where another call of this client has it.
    pub(super) fn seat(self: &Arc<Self>, intent_id: &str) -> Option<Seat> {
        let is_free = self.with(|state| {
            let is_free = !state.driven.contains(intent_id);
            if is_free {
                state.driven.insert(intent_id.to_owned());
            }
            is_free
        });
        is_free.then(|| Seat { shared: Arc::clone(self), intent_id: intent_id.to_owned() })
    }
}

/// Whoever has it drives the task; the others that wait for it look on.
pub(super) struct Seat {
    shared: Arc<Shared>,
    intent_id: String,
}

impl Drop for Seat {
    fn drop(&mut self) {
        self.shared.with(|state| state.driven.remove(&self.intent_id));
    }
}

/// Whoever has it follows up the callbacks of an intent.
pub(super) struct Following {
    shared: Arc<Shared>,
    intent_id: String,
}

impl Drop for Following {
    fn drop(&mut self) {
        self.shared.with(|state| state.followed.remove(&self.intent_id));
    }
}
