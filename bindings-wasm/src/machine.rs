//! One task, step by step.

use crate::contract::Contract;
use crate::pacer::Pacer;
use crate::{Thrown, generation, millis, number, options_of, outputs, read, settings, stored, submit_options, thrown, thrown_as};
use gentask_core::internal::{Calling, KeyUse, Media, Members, check_callback, to_canonical};
use gentask_core::webhook::Secret;
use gentask_core::{Error, ErrorCode, Input, OneShot, TaskMachine};
use serde_json::Value;
use wasm_bindgen::prelude::*;

/// One task.
#[wasm_bindgen]
pub struct Machine(pub(crate) TaskMachine);

#[wasm_bindgen]
impl Machine {
    /// Checks a generation and prepares its task. `options` may have `callbacks` beside those of a submit: whether they `areKept` by the store, the
    /// only `hosts` to which they may go, with spaces between them, and the `secret` of the token in the URL; and, where media are uploaded first, `media`: the text of the input
    /// with what stands for them, or `null` where that is not known yet.
    pub fn prepare(contract: &Contract, model: &str, input: &str, options: &str, own: &str, entropy: &[u8], now: f64) -> Thrown<Machine> {
        let Ok(entropy) = entropy.try_into() else { return Err(thrown(&Error::new(ErrorCode::Unsupported, "entropy is 32 bytes"))) };
        let (generation, value, own, now) = (generation(model, input)?, read(options)?, settings(own)?, millis(now));
        let (options, callbacks) = (options_of(&value)?, value.get("callbacks").unwrap_or(&Value::Null));
        if let Some(are_kept) = callbacks.get("areKept").and_then(Value::as_bool) {
            check_callback(&options, are_kept).map_err(|error| thrown(&error))?;
        }
        let word = |name: &str| callbacks.get(name).and_then(Value::as_str);
        let secret = word("secret").map(|text| Secret::new(text, None));
        let hosts: Vec<String> = word("hosts").unwrap_or_default().split_ascii_whitespace().map(str::to_owned).collect();
        // As text, for a number in it may be one that JavaScript does not hold.
        let uploaded = value.get("media").and_then(Value::as_str).map(read).transpose()?;
        let media = match (&uploaded, value.get("media")) {
            (Some(input), _) => Media::Uploaded(input),
            (None, Some(_)) => Media::ToBeUploaded,
            (None, None) => Media::AsTheyAre,
        };
        let calling = Calling { hosts: &hosts, secret: secret.as_ref(), media };
        let made = TaskMachine::prepare_called(&contract.0, &generation, &options, &own, entropy, now, calling);
        made.map(Self).map_err(|error| thrown(&error))
    }

    /// A machine for a stored record and its `request` blob.
    pub fn resume(contract: &Contract, record: &str, request: Option<Vec<u8>>, own: &str) -> Thrown<Machine> {
        let record = stored(record)?;
        TaskMachine::resume(&contract.0, record, request.as_deref(), &settings(own)?).map(Self).map_err(|error| thrown(&error))
    }

    /// A machine for a question about a task that is not stored.
    pub fn ask(contract: &Contract, model: &str, task_id: &str, details: bool, own: &str, now: f64) -> Thrown<Machine> {
        let what = if details { OneShot::Details } else { OneShot::Status };
        TaskMachine::one_shot(&contract.0, model, task_id, what, &settings(own)?, millis(now)).map(Self).map_err(|error| thrown(&error))
    }

    /// Takes what happened, and says what follows. A body comes beside the input that it belongs to, as bytes.
    pub fn step(&mut self, input: &str, body: Option<Vec<u8>>, now: f64, pacer: &mut Pacer) -> Thrown<Vec<String>> {
        let mut input = Input::from_value(&read(input)?).map_err(|error| thrown(&error))?;
        if let (Input::Response { response, .. }, Some(body)) = (&mut input, body) {
            response.body = body;
        }
        self.0.step(input, millis(now), &mut pacer.0).map(|out| outputs(&out)).map_err(|error| thrown(&error))
    }

    /// Notes that its record was saved: the event to tell where the store has none of the callbacks that many tasks asked for which have ended.
    #[wasm_bindgen(js_name = noteUncalled)]
    pub fn note_uncalled(&self, pacer: &mut Pacer, now: f64) -> Option<String> {
        pacer.1.note(self.0.record(), millis(now)).map(|event| to_canonical(&event.to_value()))
    }

    /// Takes in how long the task took, once its end is stored; says whether that is something for the store.
    pub fn learn(&mut self, pacer: &mut Pacer, now: f64) -> bool {
        self.0.learn(&mut pacer.0, millis(now))
    }

    /// When to step a time-out.
    #[wasm_bindgen(js_name = pollTimeout)]
    pub fn poll_timeout(&self) -> f64 {
        number(self.0.poll_timeout())
    }

    /// Whose machine it is.
    #[wasm_bindgen(js_name = intentId)]
    pub fn intent_id(&self) -> String {
        self.0.record().intent_id().to_owned()
    }

    /// The record as it is now.
    pub fn record(&self) -> String {
        self.0.record().to_json()
    }

    /// What is stored to claim a caller's key, before anything is stepped.
    #[wasm_bindgen(js_name = firstRecord)]
    pub fn first_record(&self) -> String {
        self.0.first_record().to_json()
    }

    /// The phase.
    pub fn phase(&self) -> String {
        self.0.record().phase().as_str().to_owned()
    }

    /// Whether nothing more will happen to the task.
    #[wasm_bindgen(js_name = isTerminal)]
    pub fn is_terminal(&self) -> bool {
        self.0.record().phase().is_terminal()
    }

    /// Whether a submit needs nothing more of a driver.
    #[wasm_bindgen(js_name = isSettled)]
    pub fn is_settled(&self) -> bool {
        self.0.record().phase().is_settled()
    }

    /// Whether a submit that ended like this is a failure to its caller.
    #[wasm_bindgen(js_name = isRefusal)]
    pub fn is_refusal(&self) -> bool {
        self.0.record().phase().is_refusal()
    }

    /// Whether an attempt of a submit may be in flight.
    #[wasm_bindgen(js_name = isSubmitting)]
    pub fn is_submitting(&self) -> bool {
        self.0.is_submitting()
    }

    /// Whether the next time-out may send a submit.
    #[wasm_bindgen(js_name = maySubmit)]
    pub fn may_submit(&self) -> bool {
        self.0.may_submit()
    }

    /// After how many milliseconds to look whether somebody else has changed the record.
    #[wasm_bindgen(js_name = lookAfter)]
    pub fn look_after(&self, looks: u32) -> Option<f64> {
        self.0.look_after(looks).map(number)
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

    /// Who may be submitting this task now, where it is not this machine.
    #[wasm_bindgen(js_name = otherHolder)]
    pub fn other_holder(&self) -> Option<String> {
        self.0.other_holder().map(str::to_owned)
    }

    /// The holder of a lease is gone.
    #[wasm_bindgen(js_name = forgetHolder)]
    pub fn forget_holder(&mut self, now: f64) {
        self.0.forget_holder(millis(now));
    }

    /// Numbers the drive that the machine is in.
    #[wasm_bindgen(js_name = numberDrive)]
    pub fn number_drive(&mut self, drive: u32) {
        self.0.number_drive(drive.into());
    }

    /// Takes over what a stored record says of pauses, for a question about its task.
    pub fn mind(&mut self, record: &str, now: f64) -> Thrown<()> {
        self.0.mind(&stored(record)?, millis(now));
        Ok(())
    }

    /// How the task is.
    pub fn reply(&self) -> String {
        self.0.reply().to_json()
    }

    /// The answer to a question.
    pub fn answer(&self) -> String {
        self.0.answer().to_json()
    }

    /// How the task is after the one read that was asked for.
    pub fn checked(&self) -> String {
        self.0.checked().to_json()
    }

    /// The code of why the last read brought nothing.
    #[wasm_bindgen(js_name = lastFault)]
    pub fn last_fault(&self) -> Option<String> {
        self.0.last_fault().map(|fault| fault.code.as_str().to_owned())
    }

    /// The submit as it would go out.
    pub fn preview(&self) -> Option<String> {
        self.0.preview().map(|request| to_canonical(&request.to_value()))
    }

    /// The `request` blob.
    #[wasm_bindgen(js_name = requestBlob)]
    pub fn request_blob(&self) -> Option<Vec<u8>> {
        self.0.request_blob().and_then(|blob| blob.bytes)
    }

    /// What the record of the caller's key means for this prepared submit: `{"use": "same"}`, `{"use": "wait", "reply"}` or
    /// `{"use": "free", "record"}`; a conflict is thrown.
    #[wasm_bindgen(js_name = keyUse)]
    pub fn key_use(&self, record: &str, model: &str, input: &str, options: &str, held: f64, now: f64) -> Thrown<String> {
        let record = stored(record)?;
        let meant = self.0.key_use(&record, &generation(model, input)?, &submit_options(options)?, millis(held), millis(now));
        let mut answer = Members::default();
        answer.text("use", meant.as_str());
        match meant {
            KeyUse::Conflict(error) => return Err(thrown_as(&error, &error.key_conflict_reply(&record))),
            KeyUse::Same => {}
            KeyUse::Wait(reply) => drop(answer.text("reply", &reply.to_json())),
            KeyUse::Free(record) => drop(answer.text("record", &record.to_json())),
        }
        Ok(to_canonical(&answer.done()))
    }

    /// Takes a wait over from a machine that was overtaken.
    #[wasm_bindgen(js_name = inheritWait)]
    pub fn inherit_wait(&mut self, before: &Machine) {
        self.0.inherit_wait(&before.0);
    }

    /// Whether a cancel is under way.
    #[wasm_bindgen(js_name = isCancelling)]
    pub fn is_cancelling(&self) -> bool {
        self.0.is_cancelling()
    }

    /// Gives back what it holds of the pacer.
    pub fn release(&mut self, pacer: &mut Pacer) {
        self.0.release(&mut pacer.0);
    }
}
