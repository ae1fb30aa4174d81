//! Files on disk: written beside their place under another name, and moved there when they are whole.

use super::DownloadError;
use gentask_core::ErrorCode;
use gentask_core::internal::check_new_directory;
use sha2::{Digest as _, Sha256};
use std::fs::{self, OpenOptions};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use tokio::io::AsyncWriteExt as _;

/// How many names are tried before giving up.
const MAX_NAMES: u32 = 10_000;

/// The longest part of an intent id that goes into a name.
const MAX_INTENT: usize = 64;

static COUNTER: AtomicU64 = AtomicU64::new(0);

/// A file that is being written. Dropped before [`Partial::keep`], it is removed.
pub(super) struct Partial {
    file: Option<tokio::fs::File>,
    path: PathBuf,
    directory: PathBuf,
}

impl Partial {
    /// An empty file in this directory, which is created if need be.
    pub(super) async fn create(directory: &Path) -> Result<Self, DownloadError> {
        let directory = directory.to_owned();
        let (file, path) = blocking({
            let directory = directory.clone();
            move || {
                fs::create_dir_all(&directory)?;
                loop {
                    // Unique within this process; the number of one that has ended may come again.
                    let name = format!(".gentask-{}-{}.part", std::process::id(), COUNTER.fetch_add(1, Ordering::Relaxed));
                    let path = directory.join(name);
                    match OpenOptions::new().write(true).create_new(true).open(&path) {
                        Ok(file) => return Ok((file, path)),
                        Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
                        Err(error) => return Err(error),
                    }
                }
            }
        })
        .await
        .map_err(|error| DownloadError::disk(&format!("cannot write to the directory {}", directory.display()), &error))?;
        Ok(Self { file: Some(tokio::fs::File::from_std(file)), path, directory })
    }

    /// Appends bytes.
    pub(super) async fn write(&mut self, bytes: &[u8]) -> Result<(), DownloadError> {
        let Some(file) = &mut self.file else { return Ok(()) };
        file.write_all(bytes).await.map_err(|error| DownloadError::disk("cannot write the file", &error))
    }

    /// Makes the file durable and moves it to its place, or finds it there: what another process saved of the same task meanwhile has the same bytes.
    /// Returns its path.
    pub(super) async fn keep(mut self, place: Place, ending: &'static str, sha256: [u8; 32]) -> Result<String, DownloadError> {
        let fail = |error: io::Error| DownloadError::disk("cannot save the file", &error);
        if let Some(mut file) = self.file.take() {
            file.flush().await.map_err(fail)?;
            file.sync_all().await.map_err(fail)?;
        }
        let (part, directory) = (self.path.clone(), self.directory.clone());
        let path = match place {
            Place::Free(stem) => {
                let named = move || {
                    for number in 1..=MAX_NAMES {
                        let name = if number == 1 { format!("{stem}.{ending}") } else { format!("{stem}-{number}.{ending}") };
                        let path = directory.join(name);
                        if settle(&part, &path, sha256)? {
                            return Ok(path);
                        }
                    }
                    Err(ErrorKind::AlreadyExists.into())
                };
                blocking(named).await.map_err(fail)?
            }
            Place::Exactly { path, overwrite: true } => {
                let replaced = move || fs::rename(&part, &path).map(|()| sync_directory(&directory)).map(|()| path);
                blocking(replaced).await.map_err(fail)?
            }
            Place::Exactly { path, overwrite: false } => {
                let settled = move || settle(&part, &path, sha256).map(|is_there| (path, is_there));
                let (path, is_there) = blocking(settled).await.map_err(fail)?;
                if !is_there {
                    return Err(taken(&path));
                }
                path
            }
        };
        path.into_os_string().into_string().map_err(|_| DownloadError::disk("the path of the file", &ErrorKind::InvalidFilename.into()))
    }
}

/// Where a file shall be.
pub(super) enum Place {
    /// The first free name of `stem.ending`, `stem-2.ending` and so on in the directory of its part.
    Free(String),
    /// Here, in the directory of its part.
    Exactly {
        path: PathBuf,
        /// Whether what else is there is replaced.
        overwrite: bool,
    },
}

/// Refuses a directory that is not there and is named like a file.
pub(super) async fn check_directory(directory: &Path) -> Result<(), DownloadError> {
    let named = check_new_directory(&directory.to_string_lossy());
    match named {
        Err(error) if !is_directory(directory).await => Err(error.into()),
        _ => Ok(()),
    }
}

/// Refuses a path that no file can be at.
pub(super) async fn check_file(path: &Path) -> Result<(), DownloadError> {
    let text = path.to_string_lossy();
    if text.ends_with(std::path::is_separator) || path.file_name().is_none() || is_directory(path).await {
        let message =
            format!("{text} is a directory, and save_as writes one file to exactly the path it is given: name the file, too, or use save");
        return Err(DownloadError::new(ErrorCode::InvalidPayload, message));
    }
    Ok(())
}

async fn is_directory(path: &Path) -> bool {
    tokio::fs::metadata(path).await.is_ok_and(|metadata| metadata.is_dir())
}

fn taken(path: &Path) -> DownloadError {
    let message = format!(
        "{} holds something else, and is left as it is: choose another path, or allow it to be replaced (overwrite)",
        path.display()
    );
    DownloadError::new(ErrorCode::StoreError, message)
}

impl Drop for Partial {
    fn drop(&mut self) {
        drop(self.file.take());
        // Gone already where the file was kept.
        let _ = fs::remove_file(&self.path);
    }
}

/// The start of a file's name. Nothing in it comes from a URL, and no character of it means anything to a file system.
pub(super) fn stem(intent_id: &str, kind: &str, index: usize) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() || c == '_' { c } else { '-' };
    let intent: String = intent_id.chars().take(MAX_INTENT).map(plain).collect();
    let intent = intent.trim_matches('-');
    let intent = if intent.is_empty() { "task" } else { intent };
    let kind = if matches!(kind, "image" | "video" | "audio" | "model") { kind } else { "file" };
    format!("{intent}-{kind}-{}", index.saturating_add(1))
}

/// Moves a file to a name that is free, or finds it there. `false`: another file has the name.
fn settle(part: &Path, path: &Path, sha256: [u8; 32]) -> io::Result<bool> {
    match publish(part, path) {
        Ok(()) => {
            sync_directory(path.parent().unwrap_or(Path::new("")));
            Ok(true)
        }
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            wait_for_another(path);
            Ok(is_same(part, path, sha256))
        }
        Err(error) => Err(error),
    }
}

/// Moves a file to a name that must be free: at once, and never over another file.
fn publish(part: &Path, path: &Path) -> io::Result<()> {
    match fs::hard_link(part, path) {
        Ok(()) => {
            let _ = fs::remove_file(part);
            Ok(())
        }
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Err(error),
        // Not every file system has links: then an empty file holds the name until the whole one takes its place.
        Err(_) => {
            OpenOptions::new().write(true).create_new(true).open(path)?;
            fs::rename(part, path).inspect_err(|_| drop(fs::remove_file(path)))
        }
    }
}

/// Where there are no links, an empty file may hold a name for another process, which is about to put its own there: a moment's patience.
fn wait_for_another(path: &Path) {
    for _ in 0..50 {
        if fs::metadata(path).map_or(true, |metadata| metadata.len() > 0) {
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
}

/// Whether a file that is there has the bytes of the one that was written. What cannot be read is another one.
fn is_same(part: &Path, path: &Path, sha256: [u8; 32]) -> bool {
    let length = |path: &Path| fs::metadata(path).ok().filter(fs::Metadata::is_file).map(|metadata| metadata.len());
    let hash = |path: &Path| {
        let mut hash = Sha256::new();
        io::copy(&mut fs::File::open(path).ok()?, &mut hash).ok()?;
        Some(<[u8; 32]>::from(hash.finalize()))
    };
    length(part).is_some() && length(part) == length(path) && hash(path) == Some(sha256)
}

/// Makes the name durable too, where the platform can. The file itself is already.
fn sync_directory(directory: &Path) {
    if cfg!(unix) {
        let _ = fs::File::open(directory).and_then(|directory| directory.sync_all());
    }
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> io::Result<T> + Send + 'static) -> io::Result<T> {
    match tokio::task::spawn_blocking(work).await {
        Ok(result) => result,
        Err(_) => Err(io::Error::other("the runtime is shutting down")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_made_of_plain_characters() {
        assert_eq!(stem("0b5e-1", "image", 0), "0b5e-1-image-1");
        assert_eq!(stem("../../etc/passwd", "..", 1), "etc-passwd-file-2");
        assert_eq!(stem("C:\\CON\0", "video", 2), "C--CON-video-3");
        assert_eq!(stem("...", "model", usize::MAX), format!("task-model-{}", usize::MAX));
        assert!(stem(&"a".repeat(1000), "audio", 0).len() < 100);
    }
}
