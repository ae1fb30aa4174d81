//! Result files on a host's disk: what is no name of a directory, what may stand at a file's path, and what a receipt beside a saved file says.

use crate::error::{Error, ErrorCode};
use crate::json::{Members, to_canonical};
use crate::record::{SavedFile, TaskRecord};
use crate::search::shorten;

/// What stands behind a saved file's name in the name of its receipt: `cat.png.receipt.json`.
pub const RECEIPT_ENDING: &str = ".receipt.json";

/// The most bytes of a file that are read into memory where the caller names no limit: 64 MiB.
pub const READ_BYTES: u64 = 64 << 20;

/// Endings that files of results have; no directory is made with one.
const ENDINGS: &str = "3gp aac aif aiff avi avif blend bmp fbx flac gif glb gltf heic heif jfif jpeg jpg m4a m4v mkv mov mp3 mp4 mpeg mpg obj oga ogg ogv opus ply png stl svg tif tiff usd usdc usdz wav weba webm webp wma wmv zip";

/// Refuses a directory, which is not there yet, whose name is that of a file: `save("picture.png")` would make a directory of that name. With a
/// separator at its end, `picture.png/`, it is meant as one.
pub fn check_new_directory(path: &str) -> Result<(), Error> {
    let name = path.rsplit(['/', '\\']).next().unwrap_or_default();
    let ending = name.rsplit_once('.').filter(|(stem, _)| !stem.is_empty()).map(|(_, ending)| ending);
    if !ending.is_some_and(|ending| ENDINGS.split(' ').any(|known| known.eq_ignore_ascii_case(ending))) {
        return Ok(());
    }
    let name = shorten(name, 100);
    let message = format!(
        "files are saved into a directory, and \"{name}\" is the name of a file: give a directory, or write one file to exactly this path with save_as"
    );
    Err(Error::new(ErrorCode::InvalidPayload, message))
}

/// The receipt of a saved file: which task, model and provider it came from. It is a function of the record alone, the same whoever writes it and
/// when. It holds no prompt, no key and no URL.
///
/// `{"account", "bytes", "contentType", "createdAt", "finishedAt", "intentId", "model", "owner", "provider", "sha256", "taskId", "v": 1}`, with a line
/// end behind it; times in Unix milliseconds, `owner`, `taskId` and `finishedAt` may be `null`.
pub fn receipt(record: &TaskRecord, saved: &SavedFile) -> String {
    let at = record.at();
    let value = Members::default()
        .int("v", 1)
        .text("intentId", record.intent_id())
        .opt_text("taskId", record.task_id.as_ref())
        .text("provider", record.provider())
        .text("account", record.account())
        .text("model", record.model())
        .opt_text("owner", record.owner.as_ref())
        .int("createdAt", at.created)
        .opt_int("finishedAt", at.finished)
        .text("sha256", &saved.sha256)
        .int("bytes", saved.bytes)
        .text("contentType", &saved.content_type)
        .done();
    format!("{}\n", to_canonical(&value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_files_are_no_names_of_new_directories() {
        for path in ["picture.png", "out/Picture.JPEG", "C:\\out\\a.mp4", "a.b.glb", "./x.webp"] {
            let error = check_new_directory(path).unwrap_err();
            assert!(error.code == ErrorCode::InvalidPayload && error.message.contains("save_as"), "{path}: {error}");
        }
        for path in
            ["", "out", "out/", "picture.png/", "picture.png\\", ".png", "v1.2", "png", "a.", "site.example", "x.png.d", "a.png stl"]
        {
            assert_eq!(check_new_directory(path), Ok(()), "{path}");
        }
    }
}
