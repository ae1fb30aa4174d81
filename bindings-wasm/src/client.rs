//! A client and its calls: the core's own, with JSON texts and bytes at the border.

use crate::{Contract, Thrown, generation, millis, read, submit_options, thrown};
use gentask_core::client::{Answer, Client as Core, ClientSettings, Effect, TextCall, prune_text};
use gentask_core::internal::to_canonical;
use gentask_core::{Error, ErrorCode};
use wasm_bindgen::prelude::*;

/// One provider and account.
#[wasm_bindgen]
pub struct Client(Core);

#[wasm_bindgen]
impl Client {
    /// A client with the settings of a JSON object.
    #[wasm_bindgen(constructor)]
    pub fn new(contract: &Contract, settings: &str) -> Thrown<Client> {
        let settings = ClientSettings::from_value(&read(settings)?).map_err(|error| thrown(&error))?;
        Core::new(&contract.0, settings).map(Self).map_err(|error| thrown(&error))
    }

    /// A submit.
    pub fn submit(&self, model: &str, input: &str, options: &str, entropy: &[u8], now: f64) -> Thrown<Call> {
        let (generation, options, entropy) = (generation(model, input)?, submit_options(options)?, seed(entropy)?);
        self.0.submit(&generation, &options, entropy, millis(now)).map(Call::new).map_err(|error| thrown(&error))
    }

    /// The request that a submit would send.
    #[wasm_bindgen(js_name = dryRun)]
    pub fn dry_run(&self, model: &str, input: &str, options: &str, entropy: &[u8], now: f64) -> Thrown<String> {
        let (generation, options, entropy) = (generation(model, input)?, submit_options(options)?, seed(entropy)?);
        let request = self.0.dry_run(&generation, &options, entropy, millis(now)).map_err(|error| thrown(&error))?;
        Ok(to_canonical(&request.to_value()))
    }

    /// A call by its name.
    pub fn begin(&self, name: &str, arguments: &str, known: Option<String>, now: f64) -> Thrown<Call> {
        self.0.begin(name, &read(arguments)?, known.as_deref(), millis(now)).map(Call::new).map_err(|error| thrown(&error))
    }
}

#[wasm_bindgen]
impl Client {
    /// A callback that came: its head as JSON, its body as it is.
    pub fn receive(&self, head: &str, body: Vec<u8>, now: f64) -> Thrown<Call> {
        self.0.receive_text(&read(head)?, body, millis(now)).map(Call::new).map_err(|error| thrown(&error))
    }
}

/// The call that deletes what ended before a time, of the records that a filter names.
#[wasm_bindgen]
pub fn prune(filter: &str, ended_before: f64, now: f64) -> Thrown<Call> {
    prune_text(&read(filter)?, millis(ended_before), millis(now)).map(Call::new).map_err(|error| thrown(&error))
}

fn seed(entropy: &[u8]) -> Thrown<[u8; 32]> {
    entropy.try_into().map_err(|_| thrown(&Error::new(ErrorCode::Unsupported, "entropy is 32 bytes")))
}

/// One operation under way.
#[wasm_bindgen]
pub struct Call {
    call: TextCall,
    effect: Option<Effect>,
}

impl Call {
    fn new(call: impl Into<TextCall>) -> Self {
        Self { call: call.into(), effect: None }
    }
}

#[wasm_bindgen]
impl Call {
    /// Goes on: with the number of the effect that was asked for (0: with none) and its answer's JSON, text and bytes.
    pub fn next(&mut self, number: u32, head: &str, text: Option<String>, bytes: Option<Vec<u8>>, now: f64) -> Thrown<String> {
        let answer = match number {
            0 => None,
            number => {
                let answer = Answer::from_parts(&read(head)?, text.as_deref(), bytes).map_err(|error| thrown(&error))?;
                Some((number, answer))
            }
        };
        let (text, effect) = self.call.next_text(answer, millis(now)).map_err(|error| thrown(&error))?;
        self.effect = effect;
        Ok(text)
    }

    /// The bytes that go beside the effect that was asked for: a request's body, or the blob with this number.
    pub fn bytes(&self, index: usize) -> Option<Vec<u8>> {
        self.effect.as_ref()?.bytes(index).map(<[u8]>::to_vec)
    }

    /// Whether the call may be dropped.
    #[wasm_bindgen(js_name = mayBeLeft)]
    pub fn may_be_left(&self) -> bool {
        self.call.may_be_left()
    }

    /// The intent that the call is about; empty where it is about none.
    #[wasm_bindgen(js_name = intentId)]
    pub fn intent_id(&self) -> String {
        self.call.intent_id()
    }
}
