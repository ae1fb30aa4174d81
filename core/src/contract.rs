//! A provider as data: how to ask it, and how to read what it answers. Nothing in here is code of one provider.

use crate::backoff::PollSchedule;
use crate::by_name::ByName;
use crate::error::{Error, ErrorCode, Violation};
use crate::json;
use crate::schema::{self, Schema};
use crate::search::shorten;
use crate::url::Origin;
use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::Arc;

pub(crate) mod callback;
mod callback_url;
mod calls;
pub(crate) mod condition;
mod input;
mod keep_open;
mod load;
mod parts;
pub(crate) mod payload;
pub(crate) mod pointer;
mod reading;
mod samples;
pub(crate) mod template;
pub(crate) mod upload;
mod vars;

pub use crate::media::{MediaRules, data_uri};
pub(crate) use callback_url::check_hosts;
pub use callback_url::check_url;
pub(crate) use callback_url::is_public;
pub(crate) use calls::{
    AccountCall, Call, CancelCall, Confirm, ErrorRule, ListCall, Outline, Overlay, ResultCall, SubmitCall, SubmitClass,
};
pub(crate) use keep_open::{KeepOpen, MOST_OPEN_MS};
pub use parts::{Auth, Environment, Limits, Model};
use parts::{CONTRACT_ROOM_PER_BYTE, MOST, MOST_CONTRACT_BYTES, MOST_MS};
pub(crate) use parts::{FaultAt, Hint, Idempotency, InBand, Polling, State};
pub use payload::{Generation, Payload, SubmitOptions, parse_payload};
pub(crate) use reading::Reading;
pub use samples::Sample;

/// A provider, as its contract file describes it. Cheap to clone.
#[derive(Clone)]
pub struct Contract(Arc<Parts>);

/// What a contract holds, as the loader read it.
pub(crate) struct Parts {
    pub(crate) id: String,
    pub(crate) revision: u64,
    pub(crate) title: String,
    pub(crate) docs: Option<String>,
    pub(crate) base: String,
    pub(crate) origins: Vec<Origin>,
    pub(crate) env: Environment,
    pub(crate) auth: Auth,
    pub(crate) headers: Vec<(String, Value)>,
    pub(crate) in_band: Option<InBand>,
    pub(crate) fault_at: FaultAt,
    pub(crate) options: ByName<Schema>,
    pub(crate) vars: ByName<vars::VarRule>,
    pub(crate) submits: Vec<SubmitCall>,
    pub(crate) status: Call<Reading>,
    /// How its provider is asked to keep a poll open until there is news.
    pub(crate) long_poll: Option<KeepOpen>,
    pub(crate) result: Option<ResultCall>,
    pub(crate) cancel: Option<CancelCall>,
    pub(crate) list: Option<ListCall>,
    pub(crate) account: Option<AccountCall>,
    pub(crate) callback: Option<callback::Callback>,
    pub(crate) errors: Vec<ErrorRule>,
    pub(crate) idempotency: Idempotency,
    pub(crate) poll: ByName<Polling>,
    pub(crate) limits: Limits,
    pub(crate) retention_ms: Option<u64>,
    pub(crate) media: MediaRules,
    pub(crate) upload: Option<upload::Upload>,
    pub(crate) open: bool,
    pub(crate) models: ByName<Model>,
    pub(crate) samples: Vec<Sample>,
    pub(crate) source: Value,
}

/// The contracts that come with this release.
#[cfg(not(feature = "contracts"))]
const BUILT_IN: &[(&str, &str)] = &[];
/// The contracts that come with this release.
#[cfg(feature = "contracts")]
const BUILT_IN: &[(&str, &str)] = &[
    ("aivideomaker", include_str!("../contracts/aivideomaker.json")),
    ("apidot", include_str!("../contracts/apidot.json")),
    ("apixo", include_str!("../contracts/apixo.json")),
];

impl Contract {
    /// Reads a contract; the error lists everything that is wrong with it, each fault with its pointer.
    pub fn load(bytes: &[u8]) -> Result<Self, Error> {
        Self::read(bytes, upload::Upload::load)
    }

    /// The same for a program that orders and uploads nothing: how media are uploaded is not read, and takes no room in it. An order knows even so
    /// which media would have to be.
    pub fn load_for_orders(bytes: &[u8]) -> Result<Self, Error> {
        Self::read(bytes, upload::Upload::glance)
    }

    fn read(bytes: &[u8], read_upload: load::ReadUpload) -> Result<Self, Error> {
        let refuse = |faults| Error::invalid(ErrorCode::InvalidContract, "the contract", faults);
        if bytes.len() > MOST_CONTRACT_BYTES {
            let expected = format!("at most {MOST_CONTRACT_BYTES} bytes");
            return Err(refuse(vec![Violation::new("", "size", expected, format!("{} bytes", bytes.len()))]));
        }
        let source = json::parse_strict(bytes, CONTRACT_ROOM_PER_BYTE).map_err(refuse)?;
        let mut faults = Vec::new();
        let mut parts = load::contract(&source, read_upload, &mut faults);
        if !faults.is_empty() {
            return Err(refuse(faults));
        }
        parts.source = source;
        Ok(Self(Arc::new(parts)))
    }

    /// A contract that comes with this release.
    pub fn built_in(name: &str) -> Result<Self, Error> {
        if let Some((_, text)) = BUILT_IN.iter().find(|(id, _)| *id == name) {
            return Self::load(text.as_bytes());
        }
        let known = Self::built_in_names().collect::<Vec<_>>().join(", ");
        let near = schema::nearest(name, Self::built_in_names());
        let hint = if near.is_empty() { String::new() } else { format!("; did you mean {}?", near.join(" or ")) };
        let shown = shorten(name, 60);
        let message = format!("unknown provider \"{shown}\"; built in are {known}{hint} (for another provider, pass its contract file)");
        Err(Error {
            violations: vec![Violation::new("/provider", "enum", known, shown)],
            ..Error::new(ErrorCode::InvalidContract, message)
        })
    }

    /// The names of the built-in contracts, in alphabetical order.
    pub fn built_in_names() -> impl Iterator<Item = &'static str> {
        BUILT_IN.iter().map(|(id, _)| *id)
    }

    pub(crate) fn parts(&self) -> &Parts {
        &self.0
    }

    /// The provider's name in records: `apixo`.
    pub fn id(&self) -> &str {
        &self.0.id
    }

    /// Counts the contract's changes.
    pub fn revision(&self) -> u64 {
        self.0.revision
    }

    /// The provider's name for a person.
    pub fn title(&self) -> &str {
        &self.0.title
    }

    /// Where the provider documents its API.
    pub fn docs(&self) -> Option<&str> {
        self.0.docs.as_deref()
    }

    /// The provider's own base URL, without a slash at its end.
    pub fn base(&self) -> &str {
        &self.0.base
    }

    /// A base URL without a slash at its end, where it may be used as one.
    pub fn check_base(text: &str) -> Result<String, Error> {
        let refuse = |expected| Error::new(ErrorCode::Unsupported, format!("the base URL is not usable: expected {expected}"));
        load::check_base(text).map_err(refuse)
    }

    /// Names of environment variables that a host may read.
    pub fn environment(&self) -> &Environment {
        &self.0.env
    }

    /// How a request proves whose it is.
    pub fn auth(&self) -> &Auth {
        &self.0.auth
    }

    /// The provider's limits.
    pub fn limits(&self) -> &Limits {
        &self.0.limits
    }

    /// The variables that the contract derives for a model.
    pub(crate) fn derived_vars(&self, model: &str) -> BTreeMap<String, String> {
        let empty = ByName::default();
        vars::derive(&self.0.vars, self.0.models.get(model).map_or(&empty, |model| &model.vars), model)
    }

    /// The listed models with their ids.
    pub fn models(&self) -> impl Iterator<Item = (&str, &Model)> {
        self.0.models.iter()
    }

    /// What it accepts where a payload takes media.
    pub fn media(&self) -> &MediaRules {
        &self.0.media
    }

    /// Whether models beyond the listed ones are passed through unguessed.
    pub fn is_open(&self) -> bool {
        self.0.open
    }

    /// Whether a task of this provider can be cancelled.
    pub fn can_cancel(&self) -> bool {
        self.0.cancel.is_some()
    }

    /// The origins that a request with the key may go to, for a client with this base.
    pub fn trusted_origins(&self, base: &str) -> Vec<String> {
        Origin::of(base).iter().chain(&self.0.origins).map(Origin::text).collect()
    }

    /// Whether a URL may be asked with the key, for a client with this base.
    pub(crate) fn trusts(&self, url: &str, base: &str) -> bool {
        Origin::of(url).is_some_and(|origin| Origin::of(base).as_ref() == Some(&origin) || self.0.origins.contains(&origin))
    }

    /// The poll schedule of a model: its own, else its kind's, else the contract's default.
    pub fn poll(&self, model: &str) -> PollSchedule {
        self.polling(model).map_or(PollSchedule::DEFAULT, |polling| polling.schedule)
    }

    pub(crate) fn polling(&self, model: &str) -> Option<&Polling> {
        let listed = self.0.models.get(model);
        let kind = listed.map_or("unknown", |model| model.kind.as_str());
        let by_kind = || self.0.poll.get(kind).or_else(|| self.0.poll.get("default"));
        listed.and_then(|model| model.poll.as_ref()).or_else(by_kind)
    }

    /// Whether a callback's signed body is read as the details are, not as the state is.
    pub(crate) fn callback_reads_result(&self) -> bool {
        self.0.callback.as_ref().is_some_and(|callback| callback.reads == callback::Reads::Result)
    }

    /// Where the keys are published that callbacks are signed with.
    pub(crate) fn callback_keys(&self) -> Option<&str> {
        self.0.callback.as_ref().and_then(|callback| callback.jwks.as_deref())
    }

    /// How often a task is polled for which a callback was asked, in milliseconds; `None`: as seldom as its schedule ever does.
    pub(crate) fn callback_every_ms(&self) -> Option<u64> {
        self.0.callback.as_ref().and_then(|callback| callback.every_ms)
    }

    /// The recorded or documented replies of the contract, and what each must mean.
    pub fn samples(&self) -> &[Sample] {
        &self.0.samples
    }

    /// The contract as it was written.
    pub fn source(&self) -> &Value {
        &self.0.source
    }
}

impl std::fmt::Debug for Contract {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Contract({} revision {})", self.0.id, self.0.revision)
    }
}
