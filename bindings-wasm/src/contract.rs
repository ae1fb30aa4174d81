//! Providers.

use crate::{Thrown, failed, generation, millis, number, response, submit_options, thrown};
use gentask_core::internal::{Members, to_canonical};
use gentask_core::{Contract as Core, Error, ErrorCode, Operation};
use serde_json::{Map, Value};
use wasm_bindgen::prelude::*;

/// The built-in contracts without what only people and tests read.
const BUILT_IN: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/contracts.rs"));

/// The contracts that come with the package, as a JSON array.
#[wasm_bindgen(js_name = builtInNames)]
pub fn built_in_names() -> String {
    to_canonical(&BUILT_IN.iter().map(|(name, _)| *name).collect())
}

/// A provider.
#[wasm_bindgen]
pub struct Contract(pub(crate) Core);

#[wasm_bindgen]
impl Contract {
    /// A contract that comes with the package.
    #[wasm_bindgen(js_name = builtIn)]
    pub fn built_in(name: &str) -> Thrown<Contract> {
        match BUILT_IN.iter().find(|(id, _)| *id == name) {
            Some((_, text)) => Self::load(text.as_bytes()),
            None => {
                let known: Vec<_> = BUILT_IN.iter().map(|(id, _)| *id).collect();
                let name: String = name.chars().take(60).collect();
                let message = format!("no built-in provider is called \"{name}\": there are {}", known.join(", "));
                Err(thrown(&Error::new(ErrorCode::InvalidContract, message)))
            }
        }
    }

    /// A contract from its JSON. What it says of uploads is read by the module that has the calls which upload.
    pub fn load(bytes: &[u8]) -> Thrown<Contract> {
        let load = if cfg!(feature = "calls") { Core::load } else { Core::load_for_orders };
        load(bytes).map(Self).map_err(|error| thrown(&error))
    }

    /// The JSON that it was loaded from.
    pub fn source(&self) -> String {
        to_canonical(self.0.source())
    }

    /// Decodes every sample: their number, or thrown with what they do not mean.
    #[wasm_bindgen(js_name = checkSamples)]
    pub fn check_samples(&self) -> Thrown<usize> {
        let faults = self.0.check_samples();
        if faults.is_empty() {
            return Ok(self.0.samples().len());
        }
        Err(thrown(&Error::invalid(ErrorCode::InvalidContract, "the contract's samples", faults)))
    }

    /// What a driver needs to know of it.
    pub fn about(&self) -> String {
        let contract = &self.0;
        let (auth, environment) = (contract.auth(), contract.environment());
        let mut models = Map::new();
        for (id, model) in contract.models() {
            models.insert(id.to_owned(), model.kind.as_str().into());
        }
        let auth = Members::default().text("header", &auth.header).text("prefix", &auth.prefix).text("suffix", &auth.suffix).done();
        let environment = Members::default()
            .opt_text("key", environment.key.as_ref())
            .opt_text("baseUrl", environment.base_url.as_ref())
            .opt_text("requestTimeoutMs", environment.request_timeout_ms.as_ref())
            .opt_text("maxReadRetries", environment.max_read_retries.as_ref())
            .opt_text("webhookSecret", environment.webhook_secret.as_ref())
            .done();
        to_canonical(
            &Members::default()
                .text("id", contract.id())
                .value("revision", contract.revision().into())
                .text("title", contract.title())
                .text("base", contract.base())
                .value("auth", auth)
                .value("environment", environment)
                .value("models", Value::Object(models))
                .value("isOpen", contract.is_open().into())
                .value("canCancel", contract.can_cancel().into())
                .done(),
        )
    }

    /// A base URL as it may be used.
    #[wasm_bindgen(js_name = checkBase)]
    pub fn check_base(text: &str) -> Thrown<String> {
        Core::check_base(text).map_err(|error| thrown(&error))
    }

    /// The origins that may get the key, for a client with this base.
    #[wasm_bindgen(js_name = trustedOrigins)]
    pub fn trusted_origins(&self, base: &str) -> Vec<String> {
        self.0.trusted_origins(base)
    }

    /// How long a wait for this model lasts by default, in milliseconds.
    #[wasm_bindgen(js_name = waitMs)]
    pub fn wait_ms(&self, model: &str) -> f64 {
        number(self.0.poll(model).wait_ms)
    }

    /// Checks a generation and its options.
    pub fn validate(&self, model: &str, input: &str, options: &str) -> Thrown<()> {
        let (generation, options) = (generation(model, input)?, submit_options(options)?);
        let checked = self.0.validate(&generation, &options);
        checked.map(drop).map_err(|error| thrown(&error))
    }

    /// The type that a medium of so many bytes has in its data URI, after so many of other media, by its first bytes and the type that it is given; thrown
    /// where it may not be sent.
    #[wasm_bindgen(js_name = mediaType)]
    pub fn media_type(&self, path: &str, before: f64, size: f64, head: &[u8], given: Option<String>) -> Thrown<String> {
        let checked = self.0.media().type_of(path, millis(before), millis(size), head, given.as_deref());
        checked.map(str::to_owned).map_err(|fault| thrown(&Error::invalid(ErrorCode::InvalidPayload, "the payload", vec![fault])))
    }

    /// A word of warning of a model that nobody checks because it is spelt almost like a listed one.
    #[wasm_bindgen(js_name = nearMiss)]
    pub fn near_miss(&self, model: &str) -> Option<String> {
        self.0.near_miss(model)
    }

    /// Whether an input has media that are uploaded before it is ordered.
    #[wasm_bindgen(js_name = awaitsUpload)]
    pub fn awaits_upload(&self, input: &str) -> Thrown<bool> {
        Ok(self.0.awaits_upload(&generation("", input)?.input))
    }

    /// The request of a call that concerns no single task: `list` or `account`.
    #[wasm_bindgen(js_name = accountRequest)]
    pub fn account_request(&self, operation: &str, base: &str) -> Thrown<String> {
        let list = operation == Operation::List.as_str();
        let request = if list { self.0.list_request(base) } else { self.0.account_request(base) };
        request.map(|request| to_canonical(&request.to_value())).map_err(|error| thrown(&error))
    }

    /// Reads the answer to it: `{"tasks"}`, `{"amount", "unit"}`, or its code, reply and when to ask again where it brought nothing.
    #[wasm_bindgen(js_name = readAccount)]
    pub fn read_account(&self, operation: &str, head: &str, body: Vec<u8>, tried: u32, now: f64) -> Thrown<String> {
        let response = response(head, body)?;
        let read = if operation == Operation::List.as_str() {
            self.0.read_list(&response, millis(now)).map(|tasks| {
                let mut values = Vec::new();
                for task in tasks {
                    values.push(
                        Members::default()
                            .text("taskId", &task.task_id)
                            .opt_text("created", task.created.as_ref())
                            .opt_int("createdAt", task.created_at())
                            .opt_text("model", task.model.as_ref())
                            .opt_text("reference", task.reference.as_ref())
                            .done(),
                    );
                }
                Members::default().value("tasks", Value::Array(values)).done()
            })
        } else {
            self.0
                .read_account(&response, millis(now))
                .map(|balance| Members::default().text("amount", &balance.amount).opt_text("unit", balance.unit.as_ref()).done())
        };
        Ok(to_canonical(&read.unwrap_or_else(|fault| failed(&fault, tried, millis(now)))))
    }
}
