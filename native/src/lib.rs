//! The native client of gentask.

/// A boxed future, so that stores and transports can be passed as objects.
pub type BoxFuture<'a, T> = std::pin::Pin<Box<dyn Future<Output = T> + Send + 'a>>;

pub mod client;
#[cfg(feature = "command")]
pub mod command;
pub mod download;
mod failure;
pub mod http;
pub mod key;
pub mod store;

pub use client::{Client, ClientBuilder, EventListener, Resumed, TaskFilter, TaskHandle, Updates, Wait};
pub use failure::Failure;
pub use gentask_core as core;
pub use gentask_core::{Contract, ErrorCode, Generation, Phase, Reply, ResultFile, Status, SubmitOptions, TaskRecord};
