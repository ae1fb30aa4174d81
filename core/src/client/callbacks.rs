//! What a client's calls know of callbacks together: the secrets of their tokens, the keys that a provider signs with, and whether any came.

use super::effect::Step;
use super::host::Host;
use super::settings::Shared;
use crate::contract::{SubmitOptions, check_hosts};
use crate::error::{Error, ErrorCode};
use crate::failure::Failure;
use crate::io::{BodyEnd, HttpRequest, Operation, UnixMillis};
use crate::machine::check_callback;
use crate::store::{DeliveryFilter, MetaRule};
use crate::token::{check_secrets, fresh_secret};
use crate::uncalled::Uncalled;
use crate::webhook::{self, Candidate, Pending, Proof, PublicKey, Secret, Secrets};
use std::sync::Arc;

/// The value of the store that holds the secret of tokens, where the caller gives none.
const SECRET: &str = "callback secret";
/// How long published keys are used without asking again.
const KEYS_KEPT_MS: u64 = 24 * 60 * 60 * 1_000;
/// How long after they were asked for they are not asked for again, whatever claims to be signed by another one.
const KEYS_AGAIN_MS: u64 = 60_000;
/// The most bytes of published keys that are read.
const KEYS_BYTES: u64 = 64 * 1024;

/// How a client has itself called back, the same for all of its tasks.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Callbacks {
    /// What proves callbacks: secrets of our own for tokens, of which the first makes new ones, and the provider's. Without one of our own a
    /// random one is kept in the store.
    pub secrets: Secrets,
    /// The only hosts to which a callback may go; empty: any public one.
    pub hosts: Vec<String>,
    /// Whether the host's store keeps callbacks: without that none may be asked for.
    pub are_kept: bool,
}

impl Callbacks {
    /// Checks what a person has chosen: whole host names, and long secrets for tokens. The error: everything that is wrong, and never a secret.
    pub fn check(&self) -> Result<(), Error> {
        let mut faults = Vec::new();
        check_secrets(&self.secrets.token, &mut faults);
        check_hosts(&self.hosts, &mut faults);
        if faults.is_empty() { Ok(()) } else { Err(Error::invalid(ErrorCode::InvalidPayload, "the client's callback options", faults)) }
    }
}

/// What is learned on the way.
#[derive(Default)]
pub(super) struct Learned {
    /// The store's secret, once it was read.
    secret: Option<Secret>,
    /// Whether it was looked for.
    is_read: bool,
    keys: Vec<PublicKey>,
    keys_at: Option<UnixMillis>,
    keys_asked: Option<UnixMillis>,
    /// Whether any callback comes.
    pub(super) uncalled: Uncalled,
}

impl Shared {
    /// Which stored callback is this one.
    pub(super) fn same_delivery(&self, dedupe: &str, now: UnixMillis) -> DeliveryFilter {
        DeliveryFilter { dedupe: Some(dedupe.to_owned()), ..DeliveryFilter::kept(self.contract.id(), self.account(), now) }
    }

    /// Whether a callback may come whose URL names no task: one that is registered with the provider for all of them.
    pub(super) fn may_have_orphans(&self) -> bool {
        self.callbacks.are_kept && (!self.callbacks.secrets.signing.is_empty() || self.contract.callback_keys().is_some())
    }

    /// Refuses a callback that could not be received.
    pub(super) fn check_callback(&self, options: &SubmitOptions) -> Result<(), Error> {
        check_callback(options, self.callbacks.are_kept)
    }

    /// The secret that makes tokens, where it is known: the first that still counts.
    pub(super) fn minting_secret(&self, now: UnixMillis) -> Option<Secret> {
        let own = self.callbacks.secrets.token.iter().find(|secret| secret.is_active(now));
        own.cloned().or_else(|| self.with(|state| state.callbacks.secret.clone()))
    }
}

impl Host {
    /// The secret that makes tokens. Where there is none yet, one is made of a submit's randomness and kept in the store: of several
    /// processes that do it at the same moment, all use the one that stands.
    pub(super) async fn token_secret(&self, entropy: &[u8; 32]) -> Result<Secret, Failure> {
        if let Some(secret) = self.client.minting_secret(self.now()) {
            return Ok(secret);
        }
        let fresh = fresh_secret(entropy);
        let stands = self.set_meta(SECRET.to_owned(), fresh, MetaRule::IfAbsent).await?;
        Ok(self.keep_secret(stands))
    }

    fn keep_secret(&self, text: String) -> Secret {
        let secret = Secret::new(text, None);
        self.client.with(|state| state.callbacks.secret = Some(secret.clone()));
        secret
    }

    /// Everything that may prove a callback.
    pub(super) async fn callback_secrets(&self) -> Result<Secrets, Failure> {
        let mut secrets = self.client.callbacks.secrets.clone();
        // The store's proves what was made before another one was configured.
        let (known, is_read) = self.client.with(|state| (state.callbacks.secret.clone(), state.callbacks.is_read));
        let stored = match known {
            Some(secret) => Some(secret),
            None if is_read && !secrets.token.is_empty() => None,
            None => self.meta(SECRET.to_owned()).await?.map(|text| self.keep_secret(text)),
        };
        self.client.with(|state| state.callbacks.is_read = true);
        secrets.token.extend(stored);
        Ok(secrets)
    }

    /// What a signature proves that is verified with a public key; `None`: nothing. Keys that are published are fetched where they are not
    /// known, are old, or verify nothing, but not again and again.
    pub(super) async fn signed_by(&self, pending: Pending) -> Result<Option<Proof>, Failure> {
        let now = self.now();
        let (keys, kept_at, asked_at) =
            self.client.with(|state| (state.callbacks.keys.clone(), state.callbacks.keys_at, state.callbacks.keys_asked));
        // A time that is still to come was told by a clock that has gone back since.
        let is_within = |at: UnixMillis, ms: u64| at <= now && now < at.saturating_add(ms);
        let are_fresh = pending.url().is_none() || kept_at.is_some_and(|at| is_within(at, KEYS_KEPT_MS));
        if are_fresh && let Some(candidate) = self.verified(pending.candidates(&keys)).await {
            return Ok(Some(pending.proven(&candidate)));
        }
        let Some(url) = pending.url().map(str::to_owned) else { return Ok(None) };
        if asked_at.is_some_and(|at| is_within(at, KEYS_AGAIN_MS)) {
            // Keys that were fetched just now are what there is; where that failed, or is under way, nothing can be told.
            return if kept_at >= asked_at { Ok(None) } else { Err(unreachable()) };
        }
        self.client.with(|state| state.callbacks.keys_asked = Some(now));
        let keys = self.published_keys(url).await.ok_or_else(unreachable)?;
        self.client.with(|state| {
            state.callbacks.keys.clone_from(&keys);
            state.callbacks.keys_at = Some(now);
        });
        Ok(self.verified(pending.candidates(&keys)).await.map(|candidate| pending.proven(&candidate)))
    }

    /// Which of these signatures is one.
    async fn verified(&self, candidates: Vec<Candidate>) -> Option<Candidate> {
        if candidates.is_empty() {
            return None;
        }
        let index = self.verify(candidates.clone()).await?;
        candidates.into_iter().nth(index)
    }

    async fn published_keys(&self, url: String) -> Option<Vec<PublicKey>> {
        let request = HttpRequest {
            id: format!("{}:1", Operation::Keys.as_str()),
            operation: Operation::Keys,
            method: "GET".to_owned(),
            url,
            headers: vec![("accept".to_owned(), "application/json".to_owned())],
            body: Vec::new(),
            auth: false,
            response_cap: KEYS_BYTES,
            open_ms: 0,
        };
        let timeout_ms = self.client.foreground.request_timeout_ms;
        let response = self.fetch(request, self.now().saturating_add(timeout_ms), timeout_ms).await?;
        if !response.is_success() || response.end != BodyEnd::Whole {
            return None;
        }
        webhook::read_jwks(&response.body).ok()
    }

    /// Notes a step that was saved: a task may have ended by a poll that was to be called back.
    pub(super) async fn note_uncalled(&self, step: &Arc<Step>) {
        let now = self.now();
        let event = self.client.with(|state| state.callbacks.uncalled.note(&step.record, now));
        let Some(event) = event.filter(|_| self.client.callbacks.are_kept) else { return };
        let any = DeliveryFilter { limit: Some(1), ..DeliveryFilter::kept(self.client.contract.id(), self.client.account(), now) };
        // A store that fails is told by what matters more.
        if self.deliveries(any).await.is_ok_and(|found| found.is_empty()) {
            self.tell(Arc::new(Step { events: vec![event], ..(*Step::plain((*step.record).clone())).clone() })).await;
        }
    }
}

fn unreachable() -> Failure {
    Error::new(ErrorCode::NetworkError, "the provider's published keys cannot be fetched").into()
}
