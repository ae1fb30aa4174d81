//! What a driver asks beside the steps of a machine: keys, leases, and what a caller is told where it is the driver that fails.

use crate::{Contract, Machine, Pacer, Thrown, generation, millis, number, replied, response, stored, submit_options};
use gentask_core::{Asked, Billing, ErrorCode, FINAL_POLL_GRACE_MS, KeyUse, Members, Phase, Reply, advice, to_canonical};
use serde_json::Value;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
impl Machine {
    /// The same machine, once its first record is stored: from now on at version 1.
    pub fn claim(&mut self) {
        self.0 = self.0.clone().claimed();
    }

    /// What the record of the caller's key means for this prepared submit: `{"use": "same" | "conflict" | "wait" | "free", ...}`, with
    /// `reply` to throw for `conflict` and `wait`, and with `record` to save first for `free`, expecting the version before its own.
    #[wasm_bindgen(js_name = keyUse)]
    pub fn key_use(&self, record: &str, model: &str, input: &str, options: &str, held: f64, now: f64) -> Thrown<String> {
        let record = stored(record)?;
        let found = self.0.key_use(&record, &generation(model, input)?, &submit_options(options)?, millis(held), millis(now));
        let mut told = Members::default();
        told.text("use", found.as_str());
        match &found {
            KeyUse::Same => {}
            KeyUse::Conflict(error) => {
                told.text("message", &error.to_string()).text("reply", &error.key_conflict_reply(&record).to_json());
            }
            KeyUse::Wait(reply) => {
                told.text("reply", &reply.to_json());
            }
            KeyUse::Free(released) => {
                told.text("record", &released.to_json());
            }
        }
        Ok(to_canonical(&told.done()))
    }

    /// Whether a submit without a key ends the wait with the task's reply instead of a failure.
    #[wasm_bindgen(js_name = staysUnresolved)]
    pub fn stays_unresolved(&self) -> bool {
        self.0.stays_unresolved()
    }

    /// Whether a submit that was fenced may still leave.
    #[wasm_bindgen(js_name = mayBegin)]
    pub fn may_begin(&self, now: f64) -> bool {
        self.0.may_begin(millis(now))
    }

    /// Who else may be submitting this task now.
    #[wasm_bindgen(js_name = otherHolder)]
    pub fn other_holder(&self) -> Option<String> {
        self.0.other_holder().map(str::to_owned)
    }

    /// The holder of the lease is provably gone.
    #[wasm_bindgen(js_name = forgetHolder)]
    pub fn forget_holder(&mut self, now: f64) {
        self.0.forget_holder(millis(now));
    }

    /// Numbers the drive that the machine is in.
    #[wasm_bindgen(js_name = numberDrive)]
    pub fn number_drive(&mut self, drive: f64) {
        self.0.number_drive(millis(drive));
    }

    /// Takes over what a stored record says of pauses.
    pub fn mind(&mut self, record: &str) -> Thrown<()> {
        self.0.mind(&stored(record)?);
        Ok(())
    }

    /// How the task is after the one read that was asked for, or why that brought nothing.
    pub fn checked(&self) -> String {
        self.0.checked().to_json()
    }
}

#[wasm_bindgen]
impl Contract {
    /// Keeps the pause that the answer to a question without a task asks for.
    #[wasm_bindgen(js_name = keepPause)]
    pub fn keep_pause(&self, head: &str, body: Vec<u8>, base: &str, account: &str, now: f64, pacer: &mut Pacer) -> Thrown<()> {
        self.0.keep_pause(&response(head, body)?, base, account, millis(now), &mut pacer.0);
        Ok(())
    }
}

/// How long a wait's last request may take beyond its deadline, in milliseconds.
#[wasm_bindgen(js_name = finalPollGraceMs)]
pub fn final_poll_grace_ms() -> f64 {
    number(FINAL_POLL_GRACE_MS)
}

/// The record of a prepared submit that is withdrawn for this code and reason; `undefined` where it is not ours to withdraw any more. Its
/// `request` blob goes with it.
#[wasm_bindgen]
pub fn withdrawn(record: &str, code: &str, why: &str, now: f64) -> Thrown<Option<String>> {
    let code = ErrorCode::from_word(code).unwrap_or(ErrorCode::UnknownError);
    Ok(stored(record)?.withdrawn(code, why, millis(now)).map(|(record, _)| record.to_json()))
}

/// The reply where the store does not take the save of a record.
#[wasm_bindgen(js_name = lostSave)]
pub fn lost_save(record: &str, why: &str, submits: bool) -> Thrown<String> {
    Ok(Reply::lost_save(&stored(record)?, why, submits).to_json())
}

/// The same failure of a submit that is stored, surely or perhaps, and was not sent.
#[wasm_bindgen(js_name = stillStored)]
pub fn still_stored(reply: &str, surely: bool) -> Thrown<String> {
    Ok(replied(reply)?.still_stored(surely).to_json())
}

/// The reply to a caller who left a submit that goes on. `record`: how it was last known.
#[wasm_bindgen]
pub fn left(intent_id: &str, record: Option<String>) -> Thrown<String> {
    let record = record.as_deref().map(stored).transpose()?;
    Ok(Reply::left(intent_id, record.as_ref()).to_json())
}

/// The reply to a wait whose time was over before anything was heard of the task.
#[wasm_bindgen(js_name = timedOut)]
pub fn timed_out(record: &str) -> Thrown<String> {
    Ok(stored(record)?.timed_out().to_json())
}

/// The same failure as one of a question, or of a file of a task that is done.
#[wasm_bindgen]
pub fn asked(reply: &str, what: &str) -> Thrown<String> {
    Ok(replied(reply)?.asked(Asked::from_word(what).unwrap_or(Asked::Wait)).to_json())
}

/// The name of a lease's holder.
#[wasm_bindgen(js_name = holderName)]
pub fn holder_name(client: &str, host: &str, pid: f64, started: f64) -> String {
    gentask_core::holder_name(client, host, millis(pid), millis(started))
}

/// The process that a holder's name tells of, as `[host, pid, started]`.
#[wasm_bindgen(js_name = holderProcess)]
pub fn holder_process(holder: &str) -> Option<String> {
    let (host, pid, started) = gentask_core::holder_process(holder)?;
    Some(to_canonical(&Value::Array(vec![host.into(), pid.into(), started.into()])))
}

/// What a person can do next, as a JSON array; `undefined` for words that are none. An empty `phase` is no task at all.
#[wasm_bindgen(js_name = advice)]
pub fn advice_for(what: &str, phase: &str, code: &str, billing: &str) -> Option<String> {
    let phase = if phase.is_empty() { None } else { Some(Phase::from_word(phase)?) };
    let steps = advice(Asked::from_word(what)?, phase, ErrorCode::from_word(code)?, Billing::from_word(billing)?);
    Some(to_canonical(&steps.iter().copied().collect()))
}
