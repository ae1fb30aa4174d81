//! Contracts: providers as data, for validation without a client; and what a caller asks for.

use crate::failure::Failure;
use crate::store::size;
use gentask::core::contract::parse_payload;
use gentask::core::internal::to_canonical;
use gentask::core::{self, Error, ErrorCode, Generation, SubmitOptions, Violation};
use gentask::provider;
use serde_json::{Map, Value};
use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

/// A provider, as its contract file describes it.
#[derive(Debug, uniffi::Object)]
pub struct Contract {
    pub(crate) inner: core::Contract,
}

/// What a caller says about one submit.
#[derive(Clone, Debug, Default, PartialEq, uniffi::Record)]
pub struct Order {
    /// The model's id.
    pub model: String,
    /// The model's own fields, as the text of a JSON object.
    pub input: String,
    /// The caller's own key.
    pub key: Option<String>,
    /// Whose task it is, in the application's words.
    pub owner: Option<String>,
    /// Where the provider reports the end.
    pub callback_url: Option<String>,
    /// Options that the contract defines, as the text of a JSON object.
    pub options: Option<String>,
}

impl Order {
    /// What core makes of it; only what is no JSON object is refused here, with core's words.
    pub(crate) fn read(self) -> Result<(Generation, SubmitOptions), Failure> {
        let input = parse_payload(self.input.as_bytes())?;
        let options = self.options.as_deref().map(object).transpose()?.unwrap_or_default();
        let options = SubmitOptions { key: self.key, owner: self.owner, callback_url: self.callback_url, options };
        Ok((Generation { model: self.model, input }, options))
    }
}

/// The key of a job of a batch that has none of its own: made of what it orders, as an order carries it. `nth` counts those that are alike, from 1.
#[uniffi::export]
pub fn batch_key(batch: String, model: String, input: String, options: Option<String>, nth: u64) -> Result<String, Failure> {
    let (generation, options) = Order { model, input, options, ..Order::default() }.read()?;
    Ok(core::batch_key(&batch, &generation, &options, size(nth)))
}

fn object(text: &str) -> Result<Map<String, Value>, Failure> {
    match parse_payload(text.as_bytes())? {
        Value::Object(map) => Ok(map),
        _ => Err(Error::new(ErrorCode::InvalidPayload, "the options are an object of names and values").into()),
    }
}

/// Something in a value of the foreign side's that JSON cannot hold.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct Fault {
    /// RFC 6901 pointer to it.
    pub path: String,
    /// The rule that is broken: `type`, `text`, `number`, `key`, `depth` or `size`.
    pub rule: String,
    /// What was expected, in words.
    pub expected: String,
    /// What was found, shortened.
    pub actual: String,
}

/// Refuses what cannot be written as JSON, with everything that is wrong; `what` names it in the message.
#[uniffi::export]
pub fn refuse_payload(what: String, faults: Vec<Fault>) -> Result<(), Failure> {
    Err(refusal(&what, faults).into())
}

/// The same for a question about a task, of which nothing is known by that.
#[uniffi::export]
pub fn refuse_question(what: String, faults: Vec<Fault>) -> Result<(), Failure> {
    Err(core::Failure::of(refusal(&what, faults).reply().of_task("")).into())
}

fn refusal(what: &str, faults: Vec<Fault>) -> Error {
    let faults = faults.into_iter().map(|Fault { path, rule, expected, actual }| Violation::new(path, rule, expected, actual));
    Error::invalid(ErrorCode::InvalidPayload, what, faults.collect())
}

/// A JSON text of the caller's own, read strictly.
pub(crate) fn read(text: &str) -> Result<Value, Error> {
    parse_payload(text.as_bytes())
}

#[uniffi::export]
impl Contract {
    /// The contract of a built-in provider's name, or of a contract file: what has a slash in it or ends with `.json` is a file.
    #[uniffi::constructor]
    pub fn find(provider: String) -> Result<Arc<Self>, Failure> {
        Ok(Self::of(provider::contract(&provider)?))
    }

    /// The contract of a file.
    #[uniffi::constructor]
    pub fn file(path: String) -> Result<Arc<Self>, Failure> {
        Ok(Self::of(provider::contract_file(Path::new(&path))?))
    }

    /// A contract from its JSON; fails with every fault.
    #[uniffi::constructor]
    pub fn load(json: Vec<u8>) -> Result<Arc<Self>, Failure> {
        Ok(Self::of(core::Contract::load(&json)?))
    }

    /// The provider's name in records, such as `apixo`.
    pub fn id(&self) -> String {
        self.inner.id().to_owned()
    }

    /// A word of warning, once in a process, of a model that nobody checks because it is spelt almost like a listed one.
    pub fn near_miss(&self, model: String) -> Option<String> {
        provider::near_miss(&self.inner, &model)
    }

    /// Counts the contract's changes.
    pub fn revision(&self) -> u64 {
        self.inner.revision()
    }

    /// The provider's name for a person.
    pub fn title(&self) -> String {
        self.inner.title().to_owned()
    }

    /// Where the provider documents its API.
    pub fn docs(&self) -> Option<String> {
        self.inner.docs().map(str::to_owned)
    }

    /// The provider's own base URL.
    pub fn base_url(&self) -> String {
        self.inner.base().to_owned()
    }

    /// The environment variable that holds the key, where the contract names one.
    pub fn key_variable(&self) -> Option<String> {
        self.inner.environment().key.clone()
    }

    /// The listed models and the kind of each: `image`, `video`, `audio`, `model` (3D) or `unknown`.
    pub fn models(&self) -> HashMap<String, String> {
        self.inner.models().map(|(id, model)| (id.to_owned(), model.kind.clone())).collect()
    }

    /// Whether models beyond the listed ones are passed through unguessed.
    pub fn is_open(&self) -> bool {
        self.inner.is_open()
    }

    /// Whether a task of this provider can be cancelled.
    pub fn can_cancel(&self) -> bool {
        self.inner.can_cancel()
    }

    /// Checks an order without a network, a key or a store; fails with everything that is wrong.
    pub fn validate(&self, order: Order) -> Result<(), Failure> {
        let (generation, options) = order.read()?;
        self.inner.validate(&generation, &options)?;
        Ok(())
    }

    /// Decodes every sample of the contract; fails where one does not mean what it says.
    pub fn check_samples(&self) -> Result<u64, Failure> {
        let faults = self.inner.check_samples();
        if faults.is_empty() {
            return Ok(u64::try_from(self.inner.samples().len()).unwrap_or(u64::MAX));
        }
        Err(Error::invalid(ErrorCode::InvalidContract, "the contract's samples", faults).into())
    }

    /// The contract as canonical JSON.
    pub fn json(&self) -> String {
        to_canonical(self.inner.source())
    }
}

impl Contract {
    pub(crate) fn of(inner: core::Contract) -> Arc<Self> {
        Arc::new(Self { inner })
    }
}

/// The names of the providers that come with the package.
#[uniffi::export]
pub fn built_in_providers() -> Vec<String> {
    core::Contract::built_in_names().map(str::to_owned).collect()
}
