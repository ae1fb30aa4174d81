//! The vocabulary of the core as plain JSON: how inputs and outputs stand in the vectors.
//!
//! Bytes are `{"text": "..."}` where they are UTF-8, else `{"base64": "..."}`. Everything else has its name in camel case.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use gentask_core::{
    Blob, BodyEnd, Delivery, Error, Generation, HttpRequest, HttpResponse, Input, Output, Polls, Settings, SubmitOptions, TaskEvent,
};
use serde_json::{Map, Value, json};

/// Bytes as they stand in a vector.
pub fn bytes_value(bytes: &[u8]) -> Value {
    match std::str::from_utf8(bytes) {
        Ok(text) => json!({"text": text}),
        Err(_) => json!({"base64": STANDARD.encode(bytes)}),
    }
}

/// Reads bytes; a plain JSON value stands for its canonical text.
///
/// # Panics
/// Where a vector holds other base64 than base64.
pub fn bytes_from(value: &Value) -> Vec<u8> {
    if let Some(text) = value["text"].as_str() {
        return text.as_bytes().to_vec();
    }
    if let Some(text) = value["base64"].as_str() {
        return STANDARD.decode(text).expect("a vector's base64 is base64");
    }
    if value["json"].is_null() { Vec::new() } else { gentask_core::to_canonical(&value["json"]).into_bytes() }
}

/// A request as it stands in a vector.
pub fn request_value(request: &HttpRequest) -> Value {
    json!({
        "id": request.id,
        "operation": request.operation.as_str(),
        "method": request.method,
        "url": request.url,
        "headers": headers_value(&request.headers),
        "body": bytes_value(&request.body),
        "auth": request.auth,
        "responseCap": request.response_cap,
    })
}

fn headers_value(headers: &[(String, String)]) -> Value {
    Value::Object(headers.iter().map(|(name, value)| (name.clone(), Value::from(value.as_str()))).collect())
}

fn headers_from(value: &Value) -> Vec<(String, String)> {
    let members = value.as_object().into_iter().flatten();
    members.map(|(name, value)| (name.clone(), value.as_str().unwrap_or_default().to_owned())).collect()
}

/// Reads an answer: `{"status", "headers", "body", "end"}`; the last three may be absent.
pub fn response_from(value: &Value) -> HttpResponse {
    HttpResponse {
        status: value["status"].as_u64().and_then(|status| u16::try_from(status).ok()).unwrap_or(200),
        headers: headers_from(&value["headers"]),
        body: bytes_from(&value["body"]),
        end: match value["end"].as_str() {
            Some("truncated") => BodyEnd::Truncated,
            Some("tooLarge") => BodyEnd::TooLarge,
            _ => BodyEnd::Whole,
        },
    }
}

/// An answer as it stands in a vector.
pub fn response_value(response: &HttpResponse) -> Value {
    let end = match response.end {
        BodyEnd::Whole => "whole",
        BodyEnd::Truncated => "truncated",
        BodyEnd::TooLarge => "tooLarge",
    };
    json!({"status": response.status, "headers": headers_value(&response.headers), "body": bytes_value(&response.body), "end": end})
}

/// Reads an input: `{"kind": "response", "request": "status:1", "response": {...}}` and so on.
///
/// # Panics
/// Where a vector names a kind that there is not.
pub fn input_from(value: &Value) -> Input {
    let text = |name: &str| value[name].as_str().unwrap_or_default().to_owned();
    match value["kind"].as_str().unwrap_or_default() {
        "response" => Input::Response { request: text("request"), response: response_from(&value["response"]) },
        "undelivered" => Input::Undelivered {
            request: text("request"),
            delivery: if value["delivery"] == "notSent" { Delivery::NotSent } else { Delivery::MaybeSent },
            reason: text("reason"),
        },
        "timeout" => Input::Timeout,
        "deadline" => Input::Deadline { at: value["at"].as_u64().unwrap_or_default() },
        "callback" => Input::Callback { task_id: value["taskId"].as_str().map(str::to_owned) },
        "cancel" => Input::Cancel,
        "adopt" => Input::Adopt { task_id: text("taskId") },
        "discard" => Input::Discard,
        kind => panic!("no input is called {kind}"),
    }
}

/// An output as it stands in a vector.
pub fn output_value(output: &Output) -> Value {
    match output {
        Output::Save { record, blobs, fence } => {
            let blobs: Vec<Value> = blobs.iter().map(blob_value).collect();
            json!({"kind": "save", "record": record.to_value(), "blobs": blobs, "fence": fence})
        }
        Output::Event { event } => json!({"kind": "event", "event": event_value(event)}),
        Output::Transmit { request } => json!({"kind": "transmit", "request": request_value(request)}),
        Output::Yield { reply } => json!({"kind": "yield", "reply": reply.to_value()}),
        Output::Finished { reply } => json!({"kind": "finished", "reply": reply.to_value()}),
    }
}

fn blob_value(blob: &Blob) -> Value {
    json!({"name": blob.name, "bytes": blob.bytes.as_deref().map_or(Value::Null, bytes_value)})
}

fn event_value(event: &TaskEvent) -> Value {
    json!({"at": event.at, "kind": event.kind, "data": event.data})
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

/// Reads `{"base", "account", "holder", "requestTimeoutMs", "foreground", "poll"}`, each of which may be absent.
pub fn settings_from(value: &Value) -> Settings {
    let default = Settings::default();
    let text = |name: &str| value[name].as_str().map(str::to_owned);
    let poll = &value["poll"];
    Settings {
        base: text("base"),
        account: text("account").unwrap_or(default.account),
        holder: text("holder").unwrap_or(default.holder),
        request_timeout_ms: value["requestTimeoutMs"].as_u64().unwrap_or(default.request_timeout_ms),
        foreground: value["foreground"].as_bool().unwrap_or(default.foreground),
        poll: Polls { initial_ms: poll["initialMs"].as_u64(), factor_pct: poll["factorPct"].as_u64(), cap_ms: poll["capMs"].as_u64() },
    }
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
