//! Files of the caller's own that go into a payload as data URIs. What a medium may be is core's to say; here a file is measured before anything of
//! it is read, and read once. What is private stays so: nothing that is told quotes its bytes, or more of its path than the last part.

use gentask_core::Violation;
use gentask_core::contract::{MediaRules, data_uri};
use std::fs::{File, Metadata};
use std::io::{self, ErrorKind, Read as _};
use std::path::Path;

/// As many of the first bytes as tell a type.
pub const HEAD: usize = 12;
/// The longest part of a path that is told, in characters.
const SHOWN: usize = 60;

/// A file that is open, and whose size and first bytes are known. The functions here block their thread.
#[derive(Debug)]
pub struct MediaFile {
    at: String,
    name: String,
    given: Option<String>,
    bytes: u64,
    head: Vec<u8>,
    rest: File,
}

impl MediaFile {
    /// Opens a file that stands at a pointer of a payload; `given` is the type that its owner gives it. What is no plain file, such as a pipe, is
    /// refused unopened: it might never end.
    pub fn open(path: &Path, at: &str, given: Option<&str>) -> Result<Self, Violation> {
        let plain = |c: char| if c.is_control() { char::REPLACEMENT_CHARACTER } else { c };
        let name: String = path.file_name().unwrap_or_default().to_string_lossy().chars().take(SHOWN).map(plain).collect();
        let measured = measure(path).map_err(|error| unreadable(at, &name, &error));
        measured.map(|(bytes, head, rest)| Self { at: at.to_owned(), name, given: given.map(str::to_owned), bytes, head, rest })
    }

    /// How many bytes it has.
    pub const fn bytes(&self) -> u64 {
        self.bytes
    }

    /// The type of its data URI, or why it can have none. `before`: how many bytes the payload's media before it have, which go into the same request.
    pub fn type_in<'r>(&self, rules: &'r MediaRules, before: u64) -> Result<&'r str, Violation> {
        let found = rules.type_of(&self.at, before, self.bytes, &self.head, self.given.as_deref());
        found.map_err(|fault| Violation::new(fault.path, fault.rule, fault.expected, format!("{}: {}", self.name, fault.actual)))
    }

    /// Reads the rest of it. A file that is not what was measured any more is refused.
    pub fn into_data_uri(self, rules: &MediaRules) -> Result<String, Violation> {
        let media_type = self.type_in(rules, 0)?;
        let Self { at, name, bytes, head, mut rest, .. } = self;
        let mut whole = head;
        // One byte more than there were tells whether there are more now.
        let most = bytes.saturating_add(1).saturating_sub(whole.len() as u64);
        rest.by_ref().take(most).read_to_end(&mut whole).map_err(|error| unreadable(&at, &name, &error))?;
        if whole.len() as u64 != bytes {
            return Err(refused(&at, &name, &format!("not the {bytes} bytes any more that it had")));
        }
        Ok(data_uri(media_type, &whole))
    }
}

fn measure(path: &Path) -> io::Result<(u64, Vec<u8>, File)> {
    let plain = |about: &Metadata| if about.is_file() { Ok(about.len()) } else { Err(io::Error::from(ErrorKind::IsADirectory)) };
    plain(&path.metadata()?)?;
    let mut file = File::open(path)?;
    let bytes = plain(&file.metadata()?)?;
    let mut head = Vec::new();
    file.by_ref().take(HEAD as u64).read_to_end(&mut head)?;
    Ok((bytes, head, file))
}

fn unreadable(at: &str, name: &str, error: &io::Error) -> Violation {
    let why = match error.kind() {
        ErrorKind::NotFound => "not there",
        ErrorKind::PermissionDenied => "may not be read",
        ErrorKind::IsADirectory | ErrorKind::InvalidInput => "no file",
        _ => "cannot be read",
    };
    refused(at, name, why)
}

fn refused(at: &str, name: &str, why: &str) -> Violation {
    Violation::new(at, "media", "a file that can be read", format!("{name}: {why}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    const PNG: &[u8] = b"\x89PNG\r\n\x1a\n1234567890";

    fn rules() -> MediaRules {
        MediaRules { accept_data: true, max_bytes: Some(20), types: vec!["image/png".to_owned()], ..MediaRules::default() }
    }

    #[test]
    fn a_file_is_the_data_uri_of_its_bytes() {
        let folder = tempfile::tempdir().unwrap();
        for bytes in [PNG, &PNG[..8]] {
            let path = folder.path().join("cat.png");
            fs::write(&path, bytes).unwrap();
            let text = MediaFile::open(&path, "/image", None).unwrap().into_data_uri(&rules());
            assert_eq!(text, Ok(data_uri("image/png", bytes)));
        }
    }

    #[test]
    fn a_file_that_will_not_do_is_told_by_its_last_part() {
        let folder = tempfile::tempdir().unwrap();
        let found = |name: &str, bytes: Option<&[u8]>| {
            let path = folder.path().join(name);
            if let Some(bytes) = bytes {
                fs::write(&path, bytes).unwrap();
            }
            let fault = MediaFile::open(&path, "/image", None).and_then(|file| file.into_data_uri(&rules())).unwrap_err();
            assert_eq!((fault.path.as_str(), fault.rule.as_str()), ("/image", "media"));
            fault.actual
        };
        let large = [PNG, PNG].concat();
        assert_eq!(found("large.png", Some(&large)), "large.png: 36 bytes of image/png");
        assert_eq!(found("empty.png", Some(b"")), "empty.png: 0 bytes of no known type");
        assert_eq!(found("notes.txt", Some(b"a secret")), "notes.txt: 8 bytes of no known type");
        assert_eq!(found("none.png", None), "none.png: not there");
        assert!(found(".", None).ends_with(": no file"));
    }

    #[test]
    fn a_file_that_changes_after_it_was_measured_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("cat.png");
        fs::write(&path, PNG).unwrap();
        let file = MediaFile::open(&path, "/image", None).unwrap();
        fs::write(&path, [PNG, b"!"].concat()).unwrap();
        assert_eq!(file.into_data_uri(&rules()).unwrap_err().actual, "cat.png: not the 18 bytes any more that it had");
    }
}
