//! The adversary: a table of what can go wrong between a client, its provider and its store, played over real HTTP by every language.
//!
//! - [`table`]: the rows in `tests/adversary/*.json`, whose README says how one is written.
//! - [`provider`]: what a row's client talks to: a loopback server that answers by the row's script, and writes down what it is asked.
//! - [`judge`]: what a row's steps must bring, and what must hold after each of them. It exists once, for all languages.
//! - [`control`]: the same for runners in other languages, who start the binary `adversary` and talk to it.
//!
//! A runner only performs: it makes clients, does the steps through the public API of its language and tells the judge what it saw.

pub mod control;
mod gzip;
mod http;
pub mod judge;
pub mod provider;
mod script;
pub mod table;

pub use provider::Provider;
pub use table::{Row, rows};
