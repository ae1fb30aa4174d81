//! The real `gentask` binary against simulated providers.
//!
//! `commands/*.json` hold command lines with the exit code and the output they must have; they are language neutral. What needs
//! signals, files or a terminal is in the modules.

#[path = "command/pattern.rs"]
mod pattern;
#[path = "command/rig.rs"]
mod rig;
#[path = "command/vectors.rs"]
mod vectors;
