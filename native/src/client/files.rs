//! Result files: fetched before the provider deletes them, and noted in the record; or taken as they come.

use super::Client;
use crate::download::{self, Arriving, DownloadError, FileBytes, FileKey, Wanted};
use gentask_core::internal::{Asked, READ_BYTES, receipt};
use gentask_core::record::{FileEntry, SavedFile};
use gentask_core::{Error, ErrorCode, Failure, Phase, TaskRecord};
use std::path::Path;

/// How result files are saved.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Saving {
    /// What tells beside each file which task it came from. Default: nothing.
    pub receipt: Option<FileReceipt>,
    /// Whether what else is at the path of a file that is saved under a given name, or of a receipt, is replaced. Default: it stays, and is an error.
    pub overwrite: bool,
}

/// What tells beside a saved file which task, model and provider it came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileReceipt {
    /// `sidecar`: a JSON file beside it, `NAME.receipt.json`, with the ids of the task, provider, account, model, owner, times and the file's digest. It
    /// holds no prompt, no key and no URL.
    Sidecar,
}

impl FileReceipt {
    /// The receipt of a word, or `None` for a word that is none.
    pub fn from_word(word: &str) -> Option<Self> {
        (word == "sidecar").then_some(Self::Sidecar)
    }
}

/// A result file whose bytes are taken as they come; see [`TaskHandle::stream_file`](super::TaskHandle::stream_file). Dropped, the file is left.
pub struct FileStream {
    arriving: Arriving,
    record: TaskRecord,
    index: usize,
}

impl FileStream {
    /// Its media type, by its own first bytes.
    pub const fn content_type(&self) -> &'static str {
        self.arriving.content_type()
    }

    /// The next bytes; `None` after the last, and after a failure. Without the last the file is not whole: it may have ended early.
    pub async fn next(&mut self) -> Result<Option<Vec<u8>>, Failure> {
        self.arriving.next().await.map_err(|error| unread(&self.record, self.index, &error))
    }
}

impl Client {
    /// Fetches the files of a task, or only the one with this number.
    pub(super) async fn save_files(
        &self,
        record: TaskRecord,
        only: Option<usize>,
        directory: &Path,
        saving: Saving,
    ) -> Result<Vec<SavedFile>, Failure> {
        let files = files(&record)?;
        download::check_name(directory).await.map_err(|error| of_file(&record, Error::new(error.code, error.message)))?;
        let mut all = Vec::new();
        for (index, file) in files.iter().enumerate().filter(|(index, _)| only.is_none_or(|only| only == *index)) {
            let before = file.saved.as_ref().filter(|before| is_in(before, directory));
            let saved = match (before, &file.url) {
                (Some(before), _) => before.clone(),
                (None, None) => continue,
                (None, Some(url)) => {
                    let wanted = self.wanted(&record, index, file, url).await?;
                    let fetched = self.inner.downloader(None).map_err(|error| unsaved(&record, index, &error.into()))?;
                    let saved = fetched.save(&wanted, directory).await.map_err(|error| unsaved(&record, index, &error))?;
                    self.note(&record, index, saved).await?
                }
            };
            write_receipt(&record, index, &saved, saving).await?;
            all.push(saved);
        }
        Ok(all)
    }

    /// Fetches one file of a task to exactly this path.
    pub(super) async fn save_as(&self, record: TaskRecord, index: usize, path: &Path, saving: Saving) -> Result<SavedFile, Failure> {
        let (file, url) = file(&record, index)?;
        let before = file.saved.as_ref().filter(|before| !saving.overwrite && is_at(before, path));
        let saved = match before {
            Some(before) => before.clone(),
            None => {
                let wanted = self.wanted(&record, index, file, url).await?;
                let downloader = self.inner.downloader(None).map_err(|error| unsaved(&record, index, &error.into()))?;
                let saved = downloader.save_as(&wanted, path, saving.overwrite).await.map_err(|error| unsaved(&record, index, &error))?;
                self.note(&record, index, saved).await?
            }
        };
        write_receipt(&record, index, &saved, saving).await?;
        Ok(saved)
    }

    /// Fetches one file of a task into memory. `most`: how many bytes it may have.
    pub(super) async fn read_file(&self, record: &TaskRecord, index: usize, most: Option<u64>) -> Result<FileBytes, Failure> {
        let (file, url) = file(record, index)?;
        let wanted = self.wanted(record, index, file, url).await?;
        let failed = |error: DownloadError| unread(record, index, &error);
        let downloader = self.inner.downloader(Some(most.unwrap_or(READ_BYTES))).map_err(|error| failed(error.into()))?;
        downloader.read(&wanted).await.map_err(failed)
    }

    /// Opens one file of a task, whose bytes are then taken as they come.
    pub(super) async fn stream_file(&self, record: TaskRecord, index: usize) -> Result<FileStream, Failure> {
        let (file, url) = file(&record, index)?;
        let wanted = self.wanted(&record, index, file, url).await?;
        let failed = |error: DownloadError| unread(&record, index, &error);
        let arriving = self.inner.downloader(None).map_err(|error| failed(error.into()))?.open(&wanted).await.map_err(failed)?;
        Ok(FileStream { arriving, record, index })
    }

    /// What is fetched, with the key where the provider serves the file itself.
    async fn wanted(&self, record: &TaskRecord, index: usize, file: &FileEntry, url: &str) -> Result<Wanted, Failure> {
        let key = if file.keyed {
            let credential = self.inner.credential().await.map_err(|error| of_file(record, error))?;
            let (header, value) = credential.header;
            Some(FileKey { header, value, base: record.base().to_owned() })
        } else {
            None
        };
        Ok(Wanted { url: url.to_owned(), kind: file.kind.clone(), index, intent_id: record.intent_id().to_owned(), key })
    }

    /// Notes in the record where a file is.
    async fn note(&self, record: &TaskRecord, index: usize, saved: SavedFile) -> Result<SavedFile, Failure> {
        let noting = self.inner.core.note_file(record.intent_id(), index, saved.clone(), self.now());
        self.carry_out(noting).await.map_err(|failure| failure.about(record).asked(Asked::File))?;
        Ok(saved)
    }

    /// Fetches the pictures of a task that are no larger than this, for an answer that shows them: nothing is written to the disk, and nothing is noted.
    #[cfg(feature = "command")]
    pub(super) async fn small_pictures(&self, record: TaskRecord, most: u64) -> Result<Vec<FileBytes>, Failure> {
        let mut pictures = Vec::new();
        for (index, file) in files(&record)?.iter().enumerate() {
            if file.kind != "image" || file.url.is_none() {
                continue;
            }
            match self.read_file(&record, index, Some(most)).await {
                Ok(picture) => pictures.push(picture),
                Err(failure) if failure.code() == ErrorCode::ResponseTooLarge => {}
                Err(failure) => return Err(failure),
            }
        }
        Ok(pictures)
    }
}

/// The files of a task that has succeeded.
fn files(record: &TaskRecord) -> Result<&[FileEntry], Failure> {
    if record.phase() != Phase::Succeeded {
        let message = format!("the task has no files: it is {}", record.phase().as_str());
        return Err(Failure::from(Error::new(ErrorCode::Unsupported, message)).about(record));
    }
    Ok(record.result().map(|result| result.files.as_slice()).unwrap_or_default())
}

/// One of them, with its URL.
fn file(record: &TaskRecord, index: usize) -> Result<(&FileEntry, &str), Failure> {
    let files = files(record)?;
    match files.get(index).and_then(|file| Some((file, file.url.as_deref()?))) {
        Some(found) => Ok(found),
        None => {
            let message = format!("the task has no file {} with a URL: files are counted from 0, and it has {}", index, files.len());
            Err(of_file(record, Error::new(ErrorCode::Unsupported, message)))
        }
    }
}

async fn write_receipt(record: &TaskRecord, index: usize, saved: &SavedFile, saving: Saving) -> Result<(), Failure> {
    let Some(FileReceipt::Sidecar) = saving.receipt else { return Ok(()) };
    download::write_receipt(saved, &receipt(record, saved), saving.overwrite).await.map_err(|error| {
        let message = format!("file {} of the task is saved, and its receipt is not: {}", index + 1, error.message);
        of_file(record, Error::new(error.code, message))
    })
}

fn unsaved(record: &TaskRecord, index: usize, error: &DownloadError) -> Failure {
    of_file(record, Error::new(error.code, format!("file {} of the task was not saved: {}", index + 1, error.message)))
}

fn unread(record: &TaskRecord, index: usize, error: &DownloadError) -> Failure {
    of_file(record, Error::new(error.code, format!("file {} of the task was not read: {}", index + 1, error.message)))
}

/// The task is done and paid for: nothing of this invites a second order.
fn of_file(record: &TaskRecord, error: Error) -> Failure {
    Failure::from(error).about(record).asked(Asked::File)
}

/// Whether a saved file is still there, and where it is wanted.
fn is_in(file: &SavedFile, directory: &Path) -> bool {
    let same_place = Path::new(&file.path).parent().is_some_and(|parent| is_same_directory(parent, directory));
    same_place && is_whole(file)
}

/// Whether a saved file is still at this path.
fn is_at(file: &SavedFile, path: &Path) -> bool {
    let here = Path::new(&file.path);
    let parents = here.parent().zip(path.parent());
    here.file_name() == path.file_name() && parents.is_some_and(|(one, other)| is_same_directory(one, other)) && is_whole(file)
}

fn is_same_directory(one: &Path, other: &Path) -> bool {
    one == other || one.canonicalize().ok().is_some_and(|one| other.canonicalize().ok() == Some(one))
}

fn is_whole(file: &SavedFile) -> bool {
    Path::new(&file.path).metadata().is_ok_and(|metadata| metadata.is_file() && metadata.len() == file.bytes)
}
