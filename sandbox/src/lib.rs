//! Being built.
#![forbid(unsafe_code)]

mod media;

pub use media::{MediaKind, render};
