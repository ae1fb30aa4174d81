//! The core's total tables, and the numbers behind its times: pure functions, for drivers of one's own and for the shared vectors.

use crate::failure::Failure;
use crate::words::{ErrorCode, Phase, Status};
use gentask::core::internal::{Asked, advice as core_advice, split_mix_64 as core_split_mix_64, to_canonical};
use gentask::core::record::Billing;
use gentask::core::{Backoff, Ending, PollSchedule};

/// The status and the code of a reply.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct Outcome {
    /// The status.
    pub status: Status,
    /// The code.
    pub code: Option<ErrorCode>,
}

/// Why a reply is given, the phase and the fault make its status and its code.
#[uniffi::export]
pub fn outcome(ending: String, phase: Phase, processing: bool, fault: Option<ErrorCode>) -> Result<Outcome, Failure> {
    let (status, code) = known("reason", &ending, Ending::from_word)?.outcome(phase, processing, fault);
    Ok(Outcome { status, code })
}

/// What a person can do next, the step to try first in front.
#[uniffi::export]
pub fn advice(asked: String, phase: Option<Phase>, code: ErrorCode, billing: String) -> Result<Vec<String>, Failure> {
    let (asked, billing) = (known("question", &asked, Asked::from_word)?, known("billing", &billing, Billing::from_word)?);
    Ok(core_advice(asked, phase, code, billing).iter().map(|step| (*step).to_owned()).collect())
}

fn known<T>(what: &str, word: &str, find: impl Fn(&str) -> Option<T>) -> Result<T, Failure> {
    find(word).ok_or_else(|| Failure::unsupported(&format!("no {what} is called {word:?}")))
}

/// The word of a code on the wire, such as `RATE_LIMITED`.
#[uniffi::export]
pub fn code_word(code: ErrorCode) -> String {
    code.as_str().to_owned()
}

/// The code of a word on the wire.
#[uniffi::export]
pub fn code_of_word(word: String) -> Option<ErrorCode> {
    ErrorCode::from_word(&word)
}

/// The phase of a word in records.
#[uniffi::export]
pub fn phase_of_word(word: String) -> Option<Phase> {
    Phase::from_word(&word)
}

/// The phase as it stands in records.
#[uniffi::export]
pub fn phase_word(phase: Phase) -> String {
    phase.as_str().to_owned()
}

/// The numbers behind all jitter: SplitMix64 of a seed and a counter.
#[uniffi::export]
pub fn split_mix_64(seed: u64, counter: u64) -> u64 {
    core_split_mix_64(seed, counter)
}

/// Full jitter, in milliseconds: from nothing to `base_ms` doubled `attempt` times, at most `cap_ms`.
#[uniffi::export]
pub fn backoff(base_ms: u64, cap_ms: u64, attempt: u64, seed: u64) -> u64 {
    Backoff { base_ms, cap_ms }.delay(attempt, seed)
}

/// A poll schedule.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct Schedule {
    /// The first poll, in milliseconds.
    pub first_ms: u64,
    /// The interval after it, in milliseconds.
    pub every_ms: u64,
    /// Its growth, in percent.
    pub factor_pct: u64,
    /// The longest interval, in milliseconds.
    pub cap_ms: u64,
    /// The shortest one, in milliseconds.
    pub min_interval_ms: u64,
}

/// How long after the last poll the next one is due, in milliseconds, for a task that has waited `elapsed_ms`.
#[uniffi::export]
pub fn next_poll(schedule: Schedule, elapsed_ms: u64, seed: u64) -> u64 {
    let Schedule { first_ms, every_ms, factor_pct, cap_ms, min_interval_ms } = schedule;
    PollSchedule { first_ms, every_ms, factor_pct, cap_ms, min_interval_ms, wait_ms: 0 }.next(elapsed_ms, seed)
}

/// A JSON text as this project writes it; fails where it is read strictly and is none.
#[uniffi::export]
pub fn canonical_json(text: String) -> Result<String, Failure> {
    Ok(to_canonical(&crate::contract::read(&text)?))
}
