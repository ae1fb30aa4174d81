//! The sans-IO core of gentask.
#![forbid(unsafe_code)]

mod error;
mod json;

pub use error::{Error, ErrorCode, Violation};
pub use json::to_canonical;
