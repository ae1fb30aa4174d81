//! What a client's requests share.

use crate::contract::Contract;
use crate::{Thrown, millis, number, response};
use gentask_core::internal::Uncalled;
use gentask_core::{Lane, Pacer as CorePacer};
use wasm_bindgen::prelude::*;

/// When requests of one client may go out.
#[wasm_bindgen]
#[derive(Default)]
pub struct Pacer(pub(crate) CorePacer, pub(crate) Uncalled);

#[wasm_bindgen]
impl Pacer {
    /// Nothing has gone out yet.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Self {
        Self::default()
    }

    /// The account was asked to pause.
    pub fn hold(&mut self, contract: &Contract, base: &str, account: &str, until: f64) {
        self.0.hold(base, account, contract.0.limits(), millis(until));
    }

    /// Takes over a pause that an earlier process stored.
    pub fn recall(&mut self, contract: &Contract, base: &str, account: &str, until: f64, set: f64, now: f64) {
        self.0.recall(base, account, contract.0.limits(), (millis(until), millis(set)), millis(now));
    }

    /// Takes over what a store has of durations.
    #[wasm_bindgen(js_name = recallLearned)]
    pub fn recall_learned(&mut self, base: &str, account: &str, text: &str) {
        self.0.recall_learned(base, account, text);
    }

    /// What is to be stored in place of what the store has.
    #[wasm_bindgen(js_name = learnedToStore)]
    pub fn learned_to_store(&mut self, base: &str, account: &str, stored: &str, now: f64) -> String {
        self.0.learned_to_store(base, account, stored, millis(now))
    }

    /// Until when the account is asked to pause.
    #[wasm_bindgen(js_name = heldUntil)]
    pub fn held_until(&self, contract: &Contract, base: &str, account: &str) -> f64 {
        number(self.0.held_until(base, account, contract.0.limits()))
    }

    /// Keeps the pause that the answer to a question without a task asks for.
    #[wasm_bindgen(js_name = keepPause)]
    pub fn keep_pause(&mut self, contract: &Contract, base: &str, account: &str, head: &str, body: Vec<u8>, now: f64) -> Thrown<()> {
        contract.0.keep_pause(&response(head, body)?, base, account, millis(now), &mut self.0);
        Ok(())
    }

    /// Gives a slot of [`Pacer::reserve`] back.
    #[wasm_bindgen(js_name = giveBack)]
    pub fn give_back(&mut self, contract: &Contract, base: &str, account: &str, slot: f64) {
        self.0.give_back(base, account, contract.0.limits(), Lane::Other, millis(slot));
    }

    /// When a read that belongs to no task may go out.
    pub fn reserve(&mut self, contract: &Contract, base: &str, account: &str, now: f64) -> f64 {
        number(self.0.reserve(base, account, contract.0.limits(), Lane::Other, millis(now)))
    }
}
