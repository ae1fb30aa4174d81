//! What the tests of every crate and language share.
//!
//! - [`adversary`]: what can go wrong, as a table that every language plays over real HTTP.
//! - [`vectors`]: the files in `tests/vectors/`, which every language's runner reads. Only the binary `vectors` writes them.
//! - [`records`]: records that say what a test needs.
//! - [`rig`]: a machine, a clock and what is in flight, driven by arbitrary moves; for the properties.
//! - [`wire`]: the vocabulary of the core as plain JSON, as it stands in those files.
//! - [`world`]: a provider, a store, a network and a process in virtual time, each of which can fail; for the simulation.

#![forbid(unsafe_code)]

pub mod adversary;
pub mod contracts;
pub mod records;
pub mod rig;
pub mod vectors;
pub mod wire;
pub mod world;

/// Prints a count where it is seen although the test passes: the test runner keeps only what is printed by macros to itself.
pub fn say(text: &str) {
    use std::io::Write as _;
    let _ = writeln!(std::io::stderr(), "{text}");
}
