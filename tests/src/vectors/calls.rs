//! Whole calls of a client, as pairs of an effect and its answer.
//!
//! A record stands in a case as what of it differs from the record that was named before it in the case, member by member; the first one
//! stands whole.

pub(super) mod callbacks;
pub(super) mod learned;
mod patient;
pub(super) mod persons;
pub(super) mod stage;
pub(super) mod submit;
pub(super) mod wait;

/// What is in a file of calls.
pub(super) const ABOUT: &str = "whole calls: begin `begin` of a new client of the contract with `settings` at `start` (`known`: with the record's text), then for each step give `answer` (null: nothing yet) at `now`; expect the effect, or what the call brought (`done`) or failed with (`failed`). A `record` is what differs from the record named before it, member by member; a callback is received with `arrival` and `body`; bytes stand beside an answer as `bytes`, records as `record`, `records` or `listing`, callbacks as `deliveries`";
