//! Media at hand, for a payload: a file or bytes become the data URI that the contract takes.

use crate::contract::{Contract, Fault};
use gentask::core::Violation;
use gentask::core::contract::data_uri;
use gentask::media::MediaFile;
use std::path::Path;

/// Why something at hand cannot stand in a payload.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, uniffi::Error)]
pub enum NoMedium {
    /// The only kind there is.
    #[error("{}: {}, not {}", fault.path, fault.actual, fault.expected)]
    Because {
        /// What is wrong, and where it stands.
        fault: Fault,
    },
}

impl From<Violation> for NoMedium {
    fn from(violation: Violation) -> Self {
        let Violation { path, rule, expected, actual } = violation;
        Self::Because { fault: Fault { path, rule, expected, actual } }
    }
}

#[uniffi::export]
impl Contract {
    /// The text that stands for a file in a payload. Its size is asked before anything is read, and it is read once. It blocks the thread.
    ///
    /// `pointer` is where it stands in the payload, `given` the type that its owner gives it.
    pub fn media_file(&self, pointer: String, file: String, given: Option<String>) -> Result<String, NoMedium> {
        let file = MediaFile::open(Path::new(&file), &pointer, given.as_deref())?;
        Ok(file.into_data_uri(self.inner.media())?)
    }

    /// The same for bytes.
    pub fn media_bytes(&self, pointer: String, bytes: Vec<u8>, given: Option<String>) -> Result<String, NoMedium> {
        let size = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        let media_type = self.inner.media().type_of(&pointer, 0, size, &bytes, given.as_deref())?;
        Ok(data_uri(media_type, &bytes))
    }

    /// The most bytes that a medium may have: whoever reads one of unknown size stops one byte later.
    pub fn most_media_bytes(&self) -> u64 {
        self.inner.media().most_bytes()
    }
}
