//! A machine that is driven by a script, while every step is written down.

use super::changes::Changes;
use crate::rig::START;
use crate::{contracts, wire};
use gentask_core::internal::to_canonical;
use gentask_core::{Contract, Output, Pacer, Settings, TaskMachine, TaskRecord};
use serde_json::{Map, Value, json};
use std::sync::Arc;

/// The entropy of every case that names no other.
pub(super) const ENTROPY: &str = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

/// A run and its transcript.
pub(super) struct Scene {
    head: Value,
    steps: Vec<Value>,
    contract: Contract,
    settings: Arc<Settings>,
    pub(super) machine: TaskMachine,
    pacer: Pacer,
    pub(super) now: u64,
    asked: String,
    stored: Option<TaskRecord>,
    blob: Option<Vec<u8>>,
    shown: Changes,
}

#[expect(clippy::needless_pass_by_value, reason = "a script of calls reads better without references")]
impl Scene {
    /// A prepared task, with the contract's example payload.
    pub(super) fn new(name: &str, contract: &str) -> Self {
        Self::with(name, contract, json!({}), json!({}))
    }

    /// A prepared task with settings and options of its own.
    pub(super) fn with(name: &str, contract: &str, settings: Value, options: Value) -> Self {
        let loaded = contracts::load(contract);
        let generation = contracts::generation(contract);
        let own = Arc::new(wire::settings_from(&settings));
        let entropy = wire::entropy_from(&json!(ENTROPY));
        let machine = TaskMachine::prepare(&loaded, &generation, &wire::submit_options_from(&options), &own, entropy, START)
            .unwrap_or_else(|error| panic!("{name}: {error}"));
        let generation = json!({"model": generation.model, "input": generation.input});
        let head = json!({
            "name": name, "contract": contract, "generation": generation, "options": options, "settings": settings,
            "entropy": ENTROPY, "start": START,
        });
        Self {
            head,
            steps: Vec::new(),
            contract: loaded,
            settings: own,
            machine,
            pacer: Pacer::new(),
            now: START,
            asked: String::new(),
            stored: None,
            blob: None,
            shown: Changes::default(),
        }
    }

    /// A task that has been accepted as `task-1`.
    pub(super) fn accepted(name: &str, contract: &str) -> Self {
        Self::new(name, contract).timeout().accept("task-1")
    }

    /// Lets time pass.
    pub(super) fn after(mut self, ms: u64) -> Self {
        self.now += ms;
        self
    }

    /// Sets the clock of a new process.
    pub(super) fn back(mut self, ms: u64) -> Self {
        self.now -= ms;
        self
    }

    /// Steps an input.
    pub(super) fn input(mut self, input: Value) -> Self {
        let expect = match self.machine.step(wire::input_from(&input), self.now, &mut self.pacer) {
            Ok(outputs) => {
                for output in &outputs {
                    self.note(output);
                }
                let outputs: Vec<_> = outputs.iter().map(|output| self.shown.in_output(output)).collect();
                json!({"outputs": outputs, "next": self.machine.poll_timeout()})
            }
            Err(error) => json!({"error": wire::error_value(&error), "next": self.machine.poll_timeout()}),
        };
        self.steps.push(json!({"now": self.now, "input": input, "expect": expect}));
        self
    }

    fn note(&mut self, output: &Output) {
        match output {
            Output::Save { record, blobs, .. } => {
                self.stored = Some((**record).clone());
                for blob in blobs.iter().filter(|blob| blob.name == "request") {
                    self.blob.clone_from(&blob.bytes);
                }
            }
            Output::Transmit { request } => self.asked.clone_from(&request.id),
            _ => {}
        }
    }

    /// Steps a time-out when it is due.
    pub(super) fn timeout(mut self) -> Self {
        self.now = self.now.max(self.machine.poll_timeout());
        self.input(json!({"kind": "timeout"}))
    }

    /// Answers the request that was sent last, 200 ms later.
    pub(super) fn answer(self, status: u16, body: &Value) -> Self {
        self.answer_with(status, json!({}), body)
    }

    /// Answers with headers.
    pub(super) fn answer_with(self, status: u16, headers: Value, body: &Value) -> Self {
        let body = if body.is_null() { json!({"text": ""}) } else { json!({"text": to_canonical(body)}) };
        self.respond(json!({"status": status, "headers": headers, "body": body, "end": "whole"}))
    }

    /// Answers as written.
    pub(super) fn respond(self, response: Value) -> Self {
        let request = self.asked.clone();
        self.after(200).input(json!({"kind": "response", "request": request, "response": response}))
    }

    /// Accepts the submit, in the words of the contract.
    pub(super) fn accept(self, id: &str) -> Self {
        let body = match self.contract.id() {
            "apidot" => json!({"code": 200, "data": {"task_id": id, "status": "not_started"}}),
            "apixo" | "kie" => json!({"code": 200, "data": {"taskId": id}}),
            "aivideomaker" => json!({"taskId": id, "status": "SUBMITTED"}),
            "fal" => json!({"request_id": id, "status": "IN_QUEUE"}),
            _ => json!({"id": id}),
        };
        self.answer(200, &body)
    }

    /// The request that was sent last gets no answer.
    pub(super) fn silence(self, delivery: &str) -> Self {
        let request = self.asked.clone();
        self.after(200).input(json!({"kind": "undelivered", "request": request, "delivery": delivery, "reason": "connection reset"}))
    }

    /// Sets a deadline this far from now.
    pub(super) fn deadline(self, ms: u64) -> Self {
        let at = self.now + ms;
        self.input(json!({"kind": "deadline", "at": at}))
    }

    /// Steps an input without details.
    pub(super) fn person(self, kind: &str) -> Self {
        self.input(json!({"kind": kind}))
    }

    /// Another task of the account was asked to pause.
    pub(super) fn hold(mut self, ms: u64) -> Self {
        let until = self.now + ms;
        self.pacer.hold(self.machine.record().base(), self.machine.record().account(), self.contract.limits(), until);
        self.steps.push(json!({"now": self.now, "hold": {"until": until}, "expect": {"next": self.machine.poll_timeout()}}));
        self
    }

    /// The process ends; another one, with a pacer of its own, resumes what was saved last.
    pub(super) fn resume(mut self) -> Self {
        let record = self.stored.clone().expect("something was saved");
        self.machine = TaskMachine::resume(&self.contract, record, self.blob.as_deref(), &self.settings).expect("it can be resumed");
        self.pacer = Pacer::new();
        self.steps.push(json!({"now": self.now, "resume": true, "expect": {"next": self.machine.poll_timeout()}}));
        self
    }

    /// The transcript.
    pub(super) fn end(self) -> Value {
        let mut case: Map<String, Value> = self.head.as_object().cloned().unwrap_or_default();
        case.insert("steps".to_owned(), Value::Array(self.steps));
        Value::Object(case)
    }
}
