//! A key that the foreign side is asked for.

use gentask::key::{KeySource as CoreSource, Secret};
use std::sync::Arc;

/// Gives the key: asked anew for every request that needs one, on a thread that may block.
#[uniffi::export(with_foreign)]
pub trait KeySource: Send + Sync {
    /// The key.
    fn key(&self) -> Result<String, NoKey>;
}

/// There is no key now.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, uniffi::Error)]
pub enum NoKey {
    /// The only kind there is.
    #[error("{reason}")]
    Because {
        /// Why, in words that may be shown.
        reason: String,
    },
}

impl From<uniffi::UnexpectedUniFFICallbackError> for NoKey {
    /// Its words may hold the key.
    fn from(_: uniffi::UnexpectedUniFFICallbackError) -> Self {
        Self::Because { reason: "the key function failed".to_owned() }
    }
}

/// The source that asks it.
pub(crate) fn source(foreign: Arc<dyn KeySource>) -> CoreSource {
    CoreSource::Callback(Arc::new(move || {
        let foreign = Arc::clone(&foreign);
        Box::pin(async move {
            match tokio::task::spawn_blocking(move || foreign.key()).await {
                Ok(Ok(key)) => Ok(Secret::new(key)),
                Ok(Err(NoKey::Because { reason })) => Err(reason),
                Err(_) => Err("the key function failed".to_owned()),
            }
        })
    }))
}
