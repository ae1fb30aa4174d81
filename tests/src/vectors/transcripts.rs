//! Whole runs: inputs with their times, outputs, and when to come back.

pub(super) mod persons;
pub(super) mod submit;
pub(super) mod wait;

pub(super) const ABOUT: &str = "whole runs: prepare the generation at `start`, then for each step feed `input` at `now`, or resume the record \
that was saved last in a process with a pacer of its own (`resume`), or tell the pacer that the account is held (`hold`); expect the outputs, \
and `next`: when to step a time-out. A `record` is what differs from the record saved before it in the case, member by member";
