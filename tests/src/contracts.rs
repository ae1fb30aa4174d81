//! The contracts that tests use, by the names that stand in the vectors.

use gentask_core::{Contract, Generation};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// The contracts that vectors run on: the built-in ones, and files below `tests/`.
pub const ALL: [&str; 10] = [
    "aivideomaker",
    "apidot",
    "apixo",
    "contracts/fal.json",
    "contracts/kie.json",
    "contracts/replicate.json",
    "contracts/runway.json",
    EXAMPLE,
    UPLOADING,
    PATIENT,
];

/// An invented provider with everything that no real contract has: an honoured key, a list with references, limits, hints.
pub const EXAMPLE: &str = "vectors/contracts/example.json";

/// An invented provider that wants media uploaded before they are ordered, in three steps.
pub const UPLOADING: &str = "vectors/contracts/uploading.json";

/// An invented provider that keeps polls open until there is news, and submits where an order asks for it.
pub const PATIENT: &str = "vectors/contracts/patient.json";

/// What was loaded once.
static LOADED: Mutex<BTreeMap<String, Contract>> = Mutex::new(BTreeMap::new());

/// The folder `tests/`.
pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Loads a contract: a built-in name, or a path below `tests/`.
///
/// # Panics
/// Where there is no such contract: a test cannot go on without it.
pub fn load(name: &str) -> Contract {
    let mut loaded = LOADED.lock().unwrap_or_else(PoisonError::into_inner);
    loaded.entry(name.to_owned()).or_insert_with(|| read(name)).clone()
}

/// The contract in `vectors/callbacks/` with one of the callback schemes that stand beside it.
///
/// # Panics
/// Where there is no such scheme.
pub fn with_callback(scheme: &str) -> Contract {
    let name = format!("vectors/callbacks/{scheme}");
    let mut loaded = LOADED.lock().unwrap_or_else(PoisonError::into_inner);
    let load = || {
        let mut contract = value("vectors/callbacks/contract.json");
        contract["callback"] = value("vectors/callbacks/schemes.json")[scheme].clone();
        assert!(contract["callback"].is_object(), "no callback scheme {scheme}");
        Contract::load(contract.to_string().as_bytes()).unwrap_or_else(|error| panic!("{scheme}: {error}"))
    };
    loaded.entry(name).or_insert_with(load).clone()
}

fn value(name: &str) -> Value {
    let bytes = std::fs::read(root().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"));
    serde_json::from_slice(&bytes).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn read(name: &str) -> Contract {
    if Path::new(name).extension().is_none_or(|end| end != "json") {
        return Contract::built_in(name).unwrap_or_else(|error| panic!("{error}"));
    }
    let bytes = std::fs::read(root().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"));
    Contract::load(&bytes).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// A generation that the contract allows.
pub fn generation(name: &str) -> Generation {
    let (model, input) = payload(name);
    Generation { model: model.to_owned(), input }
}

fn payload(name: &str) -> (&'static str, Value) {
    match name {
        "aivideomaker" => ("t2v", json!({"prompt": "a sunset", "aspectRatio": "16:9", "duration": "5"})),
        "apidot" => ("gpt-image-2", json!({"prompt": "a sunset"})),
        "apixo" => ("nano-banana", json!({"mode": "text-to-image", "prompt": "a sunset"})),
        "contracts/fal.json" => ("fal-ai/flux/dev", json!({"prompt": "a sunset"})),
        "contracts/kie.json" => ("google/nano-banana", json!({"prompt": "a sunset"})),
        "contracts/replicate.json" => ("black-forest-labs/flux-schnell", json!({"prompt": "a sunset"})),
        "contracts/runway.json" => ("text_to_image/gen4_image", json!({"promptText": "a sunset"})),
        _ => ("painter", json!({"prompt": "a sunset"})),
    }
}
