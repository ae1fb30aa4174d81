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
        let files = record.result().map(|result| result.files.as_slice()).unwrap_or_default();
        let mut saved = Vec::new();
        for (index, file) in files.iter().enumerate().filter(|(index, _)| only.is_none_or(|only| only == *index)) {
            if let Some(before) = file.saved.as_ref().filter(|before| is_in(before, directory)) {
                saved.push(before.clone());
                continue;
            }
            let Some(fetched) = self.fetch(&record, index, directory, None).await? else { continue };
            self.carry_out(self.inner.core.note_file(record.intent_id(), index, fetched.clone(), self.now()))
                .await
                .map_err(|failure| failure.about(&record).asked(Asked::File))?;
            saved.push(fetched);
        }
        Ok(saved)
    }

    /// Fetches a file into a directory, and notes nothing; `None` where it has no URL. `most`: how many bytes it may have, where that is fewer than usual.
    async fn fetch(&self, record: &TaskRecord, index: usize, directory: &Path, most: Option<u64>) -> Result<Option<SavedFile>, Failure> {
        let failed = |error: Error| Failure::from(error).about(record).asked(Asked::File);
        let file = record.result().and_then(|result| result.files.get(index));
        let Some((file, url)) = file.and_then(|file| Some((file, file.url.clone()?))) else { return Ok(None) };
        let key = if file.keyed {
            let (header, value) = self.inner.credential().await.map_err(failed)?.header;
            Some(FileKey { header, value, base: record.base().to_owned() })
        } else {
            None
        };
        let wanted = Wanted { url, kind: file.kind.clone(), index, intent_id: record.intent_id().to_owned(), key };
        let fetched = self.inner.downloader(most).map_err(failed)?.save(&wanted, directory).await.map_err(|error| {
            let message = format!("file {} of the task was not saved: {}", index + 1, error.message);
            Failure::of(Error::new(error.code, message).reply().about(record).asked(Asked::File))
        })?;
        Ok(Some(fetched))
    }

    /// Fetches the pictures of a task that are no larger than this, for an answer that shows them: nothing stays on the disk, and nothing is noted.
    #[cfg(feature = "command")]
    pub(super) async fn small_pictures(&self, record: TaskRecord, most: u64) -> Result<Vec<(SavedFile, Vec<u8>)>, Failure> {
        let full = |error: std::io::Error| Error::new(ErrorCode::StoreError, format!("a picture cannot be kept for a moment: {error}"));
        let folder = tempfile::tempdir().map_err(full)?;
        let files = record.result().map(|result| result.files.as_slice()).unwrap_or_default();
        let mut pictures = Vec::new();
        for (index, _) in files.iter().enumerate().filter(|(_, file)| file.kind == "image") {
            let saved = match self.fetch(&record, index, folder.path(), Some(most)).await {
                Ok(saved) => saved,
                Err(failure) if failure.code() == ErrorCode::ResponseTooLarge => continue,
                Err(failure) => return Err(failure),
            };
            if let Some(saved) = saved {
                let bytes = tokio::fs::read(&saved.path).await.map_err(full)?;
                pictures.push((saved, bytes));
            }
        }
        Ok(pictures)
    }
}

/// Whether a saved file is still there, and where it is wanted.
fn is_in(file: &SavedFile, directory: &Path) -> bool {
    let path = Path::new(&file.path);
    let same_place = path.parent().is_some_and(|parent| parent == directory || parent.canonicalize().ok() == directory.canonicalize().ok());
    same_place && path.metadata().is_ok_and(|metadata| metadata.is_file() && metadata.len() == file.bytes)
}
