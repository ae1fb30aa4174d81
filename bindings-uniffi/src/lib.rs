//! The native library behind the Kotlin and Swift packages: a skin over the crate `gentask`, made with UniFFI. It holds no policy and checks
//! nothing itself; what programs see is the hand-written Kotlin and Swift around it.
//!
//! | room | what is in it |
//! |---|---|
//! | [`client`], [`task`], [`callbacks`] | what is called: a client, a task of its, callbacks received |
//! | [`options`], [`contract`], [`media`] | what a client is made of; providers as data; media at hand, for a payload |
//! | [`words`], [`reply`], [`record`] | what crosses: mirrors of core's types, which no longer compile where core's change |
//! | [`failure`] | the one error, with its reply |
//! | [`key`], [`transport`], [`store`], [`listener`] | what the foreign side may do itself |
//! | [`runtime`], [`wait`] | where everything runs, and how one call is waited for and left |
//! | [`sansio`], [`webhook`], [`tables`] | core itself, for drivers of one's own and for the shared vectors |
//! | `planted` | panics on purpose, in dev builds |
//! | [`sandbox`], [`clock`] | simulated providers, and a clock that is moved by hand, for tests |
//!
//! # The rules of the boundary
//! - No exported async function touches the network: it waits for a task of our own runtime. Kotlin drops such a future when its coroutine is
//!   cancelled, and Swift never does; a submit goes on either way, and is saved.
//! - What the foreign side does itself (a key, a transport, a store, a listener) is a plain function, called on a thread that may block. It
//!   must catch everything and answer with the error of its trait.
//! - A panic is an error like any other: that of a task of our runtime is told with the ids of its task, that of an exported function comes to the
//!   foreign side without a reply, which asks for one ([`wait::broken_call`]). Swift's generated code cannot throw where the function has no
//!   error: such functions only read what is there, or catch what they do.
//! - Payloads, options, details and contracts cross as JSON text.

// Exported functions take what they are given by value, because UniFFI hands it over so.
#![allow(clippy::needless_pass_by_value)]
// The error crosses whole: UniFFI has no boxes.
#![allow(clippy::result_large_err)]

pub mod callbacks;
pub mod client;
pub mod clock;
pub mod contract;
pub mod failure;
pub mod hooks;
pub mod key;
pub mod listener;
pub mod media;
pub mod options;
#[cfg(debug_assertions)]
pub mod planted;
pub mod record;
pub mod reply;
pub mod runtime;
pub mod sandbox;
pub mod sansio;
pub mod store;
pub mod tables;
pub mod task;
pub mod transport;
pub mod wait;
pub mod webhook;
pub mod words;
pub mod worker;

uniffi::setup_scaffolding!("gentask");

/// The version of the library: the package that loads it must have the same.
#[uniffi::export]
pub fn version() -> String {
    env!("CARGO_PKG_VERSION").to_owned()
}

/// How the library was built: `release` as it is shipped, `dev` for tests.
#[uniffi::export]
pub fn profile() -> String {
    if cfg!(debug_assertions) { "dev" } else { "release" }.to_owned()
}
