//! Result files: fetched before the provider deletes them, and noted in the record.

use super::Client;
use crate::download::{FileKey, Wanted};
use gentask_core::internal::Asked;
use gentask_core::record::SavedFile;
use gentask_core::{Error, ErrorCode, Failure, Phase, TaskRecord};
use std::path::Path;

impl Client {
    /// Fetches the files of a task, or only the one with this number.
    pub(super) async fn save_files(&self, record: TaskRecord, only: Option<usize>, directory: &Path) -> Result<Vec<SavedFile>, Failure> {
        if record.phase() != Phase::Succeeded {
            let message = format!("the task has no files: it is {}", record.phase().as_str());
            return Err(Failure::from(Error::new(ErrorCode::Unsupported, message)).about(&record));
        }
        let downloader = self.inner.downloader().map_err(|error| Failure::from(error).about(&record).asked(Asked::File))?;
        let files = record.result().map(|result| result.files.as_slice()).unwrap_or_default();
        let mut saved = Vec::new();
        for (index, file) in files.iter().enumerate().filter(|(index, _)| only.is_none_or(|only| only == *index)) {
            if let Some(before) = file.saved.as_ref().filter(|before| is_in(before, directory)) {
                saved.push(before.clone());
                continue;
            }
            let Some(url) = file.url.clone() else { continue };
            let key = if file.keyed {
                let credential = self.inner.credential().await;
                let (header, value) = credential.map_err(|error| Failure::from(error).about(&record).asked(Asked::File))?.header;
                Some(FileKey { header, value, base: record.base().to_owned() })
            } else {
                None
            };
            let wanted = Wanted { url, kind: file.kind.clone(), index, intent_id: record.intent_id().to_owned(), key };
            let fetched = downloader.save(&wanted, directory).await.map_err(|error| {
                let message = format!("file {} of the task was not saved: {}", index + 1, error.message);
                Failure::of(Error::new(error.code, message).reply().about(&record).asked(Asked::File))
            })?;
            self.carry_out(self.inner.core.note_file(record.intent_id(), index, fetched.clone(), self.now()))
                .await
                .map_err(|failure| failure.about(&record).asked(Asked::File))?;
            saved.push(fetched);
        }
        Ok(saved)
    }
}

/// Whether a saved file is still there, and where it is wanted.
fn is_in(file: &SavedFile, directory: &Path) -> bool {
    let path = Path::new(&file.path);
    let same_place = path.parent().is_some_and(|parent| parent == directory || parent.canonicalize().ok() == directory.canonicalize().ok());
    same_place && path.metadata().is_ok_and(|metadata| metadata.is_file() && metadata.len() == file.bytes)
}
