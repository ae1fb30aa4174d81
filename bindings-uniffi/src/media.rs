//! Media at hand, for a payload: a file or bytes become the data URI that the contract takes. What is private stays so: no message quotes any of
//! the content, and of a path only its last part.

use crate::contract::{Contract, Fault};
use gentask::core::Violation;
use gentask::core::contract::{MediaRules, data_uri};
use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::Path;

/// As many of the first bytes as tell a type.
const HEAD: u64 = 12;

/// The longest part of a path that a message shows, in characters.
const SHOWN: usize = 60;

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
        Ok(read_file(self.inner.media(), &pointer, Path::new(&file), given.as_deref())?)
    }

    /// The same for bytes.
    pub fn media_bytes(&self, pointer: String, bytes: Vec<u8>, given: Option<String>) -> Result<String, NoMedium> {
        let media_type = self.inner.media().type_of(&pointer, size(&bytes), &bytes, given.as_deref())?;
        Ok(data_uri(media_type, &bytes))
    }

    /// The most bytes that a medium may have: whoever reads one of unknown size stops one byte later.
    pub fn most_media_bytes(&self) -> u64 {
        self.inner.media().most_bytes()
    }
}

fn size(bytes: &[u8]) -> u64 {
    u64::try_from(bytes.len()).unwrap_or(u64::MAX)
}

fn read_file(rules: &MediaRules, pointer: &str, file: &Path, given: Option<&str>) -> Result<String, Violation> {
    let name: String = file.file_name().unwrap_or_default().to_string_lossy().chars().take(SHOWN).collect();
    let refused = |found: String| Violation::new(pointer, "media", "a file that can be read", format!("{name}: {found}"));
    let unreadable = |error: io::Error| refused(error.kind().to_string());
    // Asked first: to open a pipe would be to wait for its other end.
    if !fs::metadata(file).map_err(unreadable)?.is_file() {
        return Err(refused("no file".to_owned()));
    }
    let mut opened = File::open(file).map_err(unreadable)?;
    let length = opened.metadata().map_err(unreadable)?.len();
    let mut bytes = Vec::new();
    opened.by_ref().take(HEAD).read_to_end(&mut bytes).map_err(unreadable)?;
    let media_type = rules
        .type_of(pointer, length, &bytes, given)
        .map_err(|fault| Violation::new(fault.path, fault.rule, fault.expected, format!("{name}: {}", fault.actual)))?;
    // One more byte than there were tells whether there are more now.
    opened.take(length.saturating_sub(HEAD).saturating_add(1)).read_to_end(&mut bytes).map_err(unreadable)?;
    if size(&bytes) != length {
        return Err(refused(format!("not the {length} bytes any more that it had")));
    }
    Ok(data_uri(media_type, &bytes))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::PathBuf;

    fn rules() -> MediaRules {
        MediaRules { accept_data: true, max_bytes: Some(20), types: vec!["image/png".to_owned()], ..MediaRules::default() }
    }

    fn written(name: &str, bytes: &[u8]) -> PathBuf {
        let folder = std::env::temp_dir().join(format!("gentask-media-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let file = folder.join(name);
        fs::write(&file, bytes).unwrap();
        file
    }

    #[test]
    fn a_file_is_the_data_uri_of_its_bytes() {
        let png = b"\x89PNG\r\n\x1a\n1234567890";
        let whole = read_file(&rules(), "/image", &written("whole.png", png), None);
        assert_eq!(whole, Ok(data_uri("image/png", png)));
        let short = read_file(&rules(), "/image", &written("short.png", &png[..8]), None);
        assert_eq!(short, Ok(data_uri("image/png", &png[..8])));
    }

    #[test]
    fn a_file_that_will_not_do_is_told_by_its_last_part() {
        let found = |file: &Path| read_file(&rules(), "/image", file, None).unwrap_err().actual;
        let large = [b"\x89PNG\r\n\x1a\n".as_slice(), &[7; 20]].concat();
        assert_eq!(found(&written("large.png", &large)), "large.png: 28 bytes of image/png");
        assert_eq!(found(&written("empty.png", b"")), "empty.png: 0 bytes of no known type");
        assert_eq!(found(&written("notes.txt", b"a secret")), "notes.txt: 8 bytes of no known type");
        assert_eq!(found(&std::env::temp_dir().join("private/none.png")), "none.png: entity not found");
        assert!(found(&std::env::temp_dir()).ends_with(": no file"));
    }
}
