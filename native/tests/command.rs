//! The real `gentask` binary against simulated providers.
//!
//! `tests/scenarios/*.json` hold command lines with the exit code and the output they must have; they are language neutral. What needs
//! signals, other programs, files or a terminal is in the modules.

#[path = "command/files.rs"]
mod files;
#[path = "command/mcp.rs"]
mod mcp;
#[path = "command/pattern.rs"]
mod pattern;
#[path = "command/relay.rs"]
mod relay;
#[path = "command/rig.rs"]
mod rig;
#[path = "command/signals.rs"]
mod signals;
#[path = "command/stores.rs"]
mod stores;
#[cfg(target_os = "linux")]
#[path = "command/terminal.rs"]
mod terminal;
#[path = "command/vectors.rs"]
mod vectors;
