//! The native client of gentask: tasks at AI-generation providers that are never paid twice and never lost.
//!
//! A [`Client`] speaks to one provider under one account. [`Client::submit`] validates, stores and sends a generation and returns a
//! [`TaskHandle`] once the provider's task id is durable; [`TaskHandle::wait`] drives it to its end; [`Client::resume`] goes on with
//! everything that is unfinished after a restart. The decisions are all in [`core`]; this crate performs them with a clock (tokio), a
//! transport ([`http`], replaceable), a task store ([`store`], replaceable) and downloads ([`download`]).
//!
//! Every failure is a [`Failure`], and every failure has a [`Reply`]: what happened, whether money may have been spent, what to do next.
//!
//! It needs a tokio runtime with its timer and its network driver.

/// A boxed future, so that stores and transports can be passed as objects.
pub type BoxFuture<'a, T> = std::pin::Pin<Box<dyn Future<Output = T> + Send + 'a>>;

#[cfg(feature = "axum")]
pub mod axum;
pub mod client;
#[cfg(feature = "command")]
pub mod command;
pub mod download;
pub mod http;
pub mod key;
pub mod media;
pub mod provider;
pub mod store;
pub mod webhook;

pub use client::{
    CallbackOptions, Client, ClientBuilder, Clock, EventListener, FileReceipt, FileStream, Held, Intent, ManualClock, Many, ORDERS_AT_ONCE,
    Order, Ordered, Orders, Pages, ProblemListener, Receiver, ReplyListener, RequestHook, RequestInfo, ResponseHook, ResponseInfo, Resumed,
    Saving, Session, SettledListener, Submission, TaskFilter, TaskHandle, UnderWay, UpdateListener, Updates, Wait, Worker, Working,
};
pub use gentask_core as core;
pub use gentask_core::client::Notice;
pub use gentask_core::{Contract, ErrorCode, Failure, Generation, Phase, Reply, ResultFile, Status, SubmitOptions, TaskRecord};

/// The README's program must compile.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
struct Readme;
