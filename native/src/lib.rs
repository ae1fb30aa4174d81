//! The native client of gentask.

/// A boxed future, so that stores and transports can be passed as objects.
pub type BoxFuture<'a, T> = std::pin::Pin<Box<dyn Future<Output = T> + Send + 'a>>;

pub mod download;
pub mod http;
pub mod key;
pub mod store;
