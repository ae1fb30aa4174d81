//! What the vectors hold beside the core's own wire form: generations, options, entropy and faults.

use gentask_core::{Error, Generation, HttpResponse, Input, Settings, SubmitOptions};
use serde_json::{Map, Value, json};

/// Reads an answer.
///
/// # Panics
/// Where a vector holds none.
pub fn response_from(value: &Value) -> HttpResponse {
    HttpResponse::from_value(value).expect("a vector's answer is one")
}

/// Reads an input.
///
/// # Panics
/// Where a vector holds none.
pub fn input_from(value: &Value) -> Input {
    Input::from_value(value).expect("a vector's input is one")
}

/// Reads settings.
///
/// # Panics
/// Where a vector holds none.
pub fn settings_from(value: &Value) -> Settings {
    Settings::from_value(value).expect("a vector's settings are some")
}

/// The caller's mistake as it stands in a vector. Messages are for people and are not compared.
pub fn error_value(error: &Error) -> Value {
    let faults: Vec<Value> = error.violations.iter().map(|fault| json!({"path": fault.path, "rule": fault.rule})).collect();
    json!({"code": error.code.as_str(), "violations": faults})
}

/// Reads `{"model", "input"}`.
pub fn generation_from(value: &Value) -> Generation {
    Generation { model: value["model"].as_str().unwrap_or_default().to_owned(), input: value["input"].clone() }
}

/// Reads `{"key", "owner", "callbackUrl", "options"}`, each of which may be absent.
pub fn submit_options_from(value: &Value) -> SubmitOptions {
    let text = |name: &str| value[name].as_str().map(str::to_owned);
    let options = value["options"].as_object().cloned().unwrap_or_else(Map::new);
    SubmitOptions { key: text("key"), owner: text("owner"), callback_url: text("callbackUrl"), options }
}

/// Reads 64 hexadecimal digits.
///
/// # Panics
/// Where a vector holds another text.
pub fn entropy_from(value: &Value) -> [u8; 32] {
    let text = value.as_str().unwrap_or_default();
    assert_eq!(text.len(), 64, "entropy is 64 hexadecimal digits");
    std::array::from_fn(|at| u8::from_str_radix(&text[at * 2..at * 2 + 2], 16).expect("entropy is hexadecimal"))
}
