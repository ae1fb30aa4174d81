//! The core's total tables, and the numbers behind its times: pure functions that only a driver of one's own, or a check of it, asks for.

use crate::{Thrown, millis, number, stored, thrown};
use gentask_core::internal::{Asked, advice as core_advice, split_mix_64, to_canonical};
use gentask_core::record::{Billing, SavedFile};
use gentask_core::{Backoff, Ending, ErrorCode, Phase, PollSchedule};
use serde_json::Value;
use wasm_bindgen::prelude::*;

/// The total table of replies: `[status, code]`.
#[wasm_bindgen]
pub fn outcome(ending: &str, phase: &str, processing: bool, fault: &str) -> Option<String> {
    let fault = ErrorCode::from_word(fault);
    let (status, code) = Ending::from_word(ending)?.outcome(Phase::from_word(phase)?, processing, fault);
    Some(to_canonical(&Value::Array(vec![status.as_str().into(), code.map_or(Value::Null, |code| code.as_str().into())])))
}

/// The steps that a person is told; nothing where a word is none.
#[wasm_bindgen]
pub fn advice(asked: &str, phase: Option<String>, code: &str, billing: &str) -> Option<String> {
    let phase = match phase {
        Some(word) => Some(Phase::from_word(&word)?),
        None => None,
    };
    let steps = core_advice(Asked::from_word(asked)?, phase, ErrorCode::from_word(code)?, Billing::from_word(billing)?);
    Some(to_canonical(&steps.iter().copied().collect()))
}

/// How many callbacks a store keeps of an account whose task is not known yet.
#[wasm_bindgen(js_name = mostOrphans)]
pub fn most_orphans() -> u32 {
    u32::try_from(gentask_core::store::MOST_ORPHANS).unwrap_or(u32::MAX)
}

/// Refuses a directory that is not there and is named like a file.
#[wasm_bindgen(js_name = checkNewDirectory)]
pub fn check_new_directory(path: &str) -> Thrown<()> {
    gentask_core::internal::check_new_directory(path).map_err(|error| thrown(&error))
}

/// The receipt of a saved file.
#[wasm_bindgen]
pub fn receipt(record: &str, sha256: String, bytes: f64, content_type: String) -> Thrown<String> {
    let saved = SavedFile { path: String::new(), sha256, bytes: millis(bytes), content_type };
    Ok(gentask_core::internal::receipt(&stored(record)?, &saved))
}

/// How many bytes of a file are read into memory where nothing else is said.
#[wasm_bindgen(js_name = readBytes)]
pub fn read_bytes() -> f64 {
    number(gentask_core::internal::READ_BYTES)
}

/// SplitMix64.
#[wasm_bindgen(js_name = splitMix64)]
pub fn random(seed: u64, counter: u64) -> u64 {
    split_mix_64(seed, counter)
}

/// Full jitter, in milliseconds.
#[wasm_bindgen]
pub fn backoff(base_ms: u64, cap_ms: u64, attempt: u64, seed: u64) -> u64 {
    Backoff { base_ms, cap_ms }.delay(attempt, seed)
}

/// The next poll, in milliseconds.
#[wasm_bindgen(js_name = nextPoll)]
pub fn next_poll(elapsed_ms: u64, seed: u64, first_ms: u64, every_ms: u64, factor_pct: u64, cap_ms: u64, min_interval_ms: u64) -> u64 {
    PollSchedule { first_ms, every_ms, factor_pct, cap_ms, min_interval_ms, wait_ms: 0 }.next(elapsed_ms, seed)
}
