//! Media in a payload: what is a path, bytes or an open file becomes the data URI that the contract takes. What a medium may be is the core's
//! to say. Each is measured before anything is read, and read once; nothing that is told quotes its bytes, or more of a path than its last part.

use gentask::core::Violation;
use gentask::core::contract::{MediaRules, data_uri};
use pyo3::exceptions::PyException;
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedBytes;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyByteArray, PyBytes, PyMemoryView, PyString};
use std::fs::File;
use std::io::{self, ErrorKind, Read as _};
use std::path::{Path, PathBuf};

/// As many first bytes as tell the type.
const HEAD: usize = 12;
/// The longest name of a file that is told, in characters.
const LONGEST_NAME: usize = 40;

/// One medium of a payload, before it is read.
pub(crate) struct Medium {
    /// Its pointer in the payload.
    at: String,
    source: Source,
    /// The type that its owner gives it.
    given: Option<String>,
}

enum Source {
    Path(PathBuf),
    Bytes(PyBackedBytes),
    File(Py<PyAny>),
}

/// A medium whose size and first bytes are known.
struct Begun<'a> {
    medium: &'a Medium,
    bytes: u64,
    head: Vec<u8>,
    /// What is open of a path.
    file: Option<File>,
}

/// The medium that an object is, where it is one.
pub(crate) fn medium_of(item: &Bound<'_, PyAny>, at: &str) -> PyResult<Option<Medium>> {
    static MEDIA: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    static PATH: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    let py = item.py();
    let made = |source, given| Some(Medium { at: at.to_owned(), source, given });
    if let Some(bytes) = bytes_of(item)? {
        return Ok(made(Source::Bytes(bytes), None));
    }
    if item.is_instance(PATH.import(py, "pathlib", "PurePath")?)? {
        return Ok(made(Source::Path(item.extract()?), None));
    }
    if !item.is_instance(MEDIA.import(py, "gentask._media", "Media")?)? {
        return Ok(None);
    }
    let (source, given) = (item.getattr("source")?, item.getattr("type")?.extract()?);
    let source = if let Some(bytes) = bytes_of(&source)? {
        Source::Bytes(bytes)
    } else if source.is_instance_of::<PyString>() || source.hasattr("__fspath__")? {
        Source::Path(source.extract()?)
    } else {
        Source::File(source.unbind())
    };
    Ok(made(source, given))
}

fn bytes_of(item: &Bound<'_, PyAny>) -> PyResult<Option<PyBackedBytes>> {
    if let Ok(bytes) = item.cast::<PyBytes>() {
        return Ok(Some(bytes.clone().into()));
    }
    if item.is_instance_of::<PyByteArray>() || item.is_instance_of::<PyMemoryView>() {
        let copy = item.py().get_type::<PyBytes>().call1((item,))?;
        return Ok(Some(copy.cast_into::<PyBytes>()?.into()));
    }
    Ok(None)
}

/// Reads media: of each its pointer and its data URI. Nothing is read of any where there is a fault.
pub(crate) fn read(py: Python<'_>, media: &[Medium], rules: &MediaRules, faults: &mut Vec<Violation>) -> PyResult<Vec<(String, String)>> {
    let mut begun = Vec::new();
    for medium in media {
        let found = medium.begin(py)?.and_then(|begun| begun.type_in(rules).map(drop).map(|()| begun));
        match found {
            Ok(medium) => begun.push(medium),
            Err(fault) => faults.push(fault),
        }
    }
    let mut texts = Vec::new();
    for medium in begun {
        if !faults.is_empty() {
            break;
        }
        let at = medium.medium.at.clone();
        match medium.finish(py, rules)? {
            Ok(text) => texts.push((at, text)),
            Err(fault) => faults.push(fault),
        }
    }
    Ok(texts)
}

impl Medium {
    fn begin(&self, py: Python<'_>) -> PyResult<Result<Begun<'_>, Violation>> {
        let begun = |bytes, head, file| Begun { medium: self, bytes, head, file };
        match &self.source {
            Source::Bytes(bytes) => Ok(Ok(begun(bytes.len() as u64, bytes.iter().copied().take(HEAD).collect(), None))),
            Source::Path(path) => {
                let opened = py.detach(|| open(path));
                Ok(opened.map(|(bytes, head, file)| begun(bytes, head, Some(file))).map_err(|error| self.of_path(path, &error)))
            }
            Source::File(file) => {
                let measured = py.import("gentask._media")?.call_method1("measure", (file, HEAD));
                match measured.and_then(|measured| measured.extract::<(u64, PyBackedBytes)>()) {
                    Ok((bytes, head)) => Ok(Ok(begun(bytes, head.to_vec(), None))),
                    Err(error) => self.of_file(py, error),
                }
            }
        }
    }

    fn of_path(&self, path: &Path, error: &io::Error) -> Violation {
        let name: String =
            path.file_name().map_or_else(|| "a path".into(), |name| name.to_string_lossy()).chars().take(LONGEST_NAME).collect();
        let why = match error.kind() {
            ErrorKind::NotFound => "is not there",
            ErrorKind::PermissionDenied => "may not be read",
            ErrorKind::IsADirectory | ErrorKind::InvalidInput => "is no file",
            _ => "cannot be read",
        };
        Violation::new(&self.at, "media", "a file that can be read", format!("{name}, which {why}"))
    }

    /// What a file of the caller's own raised; what is no mistake, such as an interrupt, is raised on.
    fn of_file<T>(&self, py: Python<'_>, error: PyErr) -> PyResult<Result<T, Violation>> {
        if !error.is_instance_of::<PyException>(py) {
            return Err(error);
        }
        let found = error.get_type(py).qualname().map_or_else(|_| "an exception".to_owned(), |name| name.to_string());
        Ok(Err(Violation::new(&self.at, "media", "an open binary file that can seek", format!("one that raised {found}"))))
    }
}

impl Begun<'_> {
    fn type_in<'r>(&self, rules: &'r MediaRules) -> Result<&'r str, Violation> {
        rules.type_of(&self.medium.at, self.bytes, &self.head, self.medium.given.as_deref())
    }

    fn finish(mut self, py: Python<'_>, rules: &MediaRules) -> PyResult<Result<String, Violation>> {
        let read: PyBackedBytes;
        let mut whole = std::mem::take(&mut self.head);
        let bytes: &[u8] = match (&self.medium.source, self.file.take()) {
            (Source::Bytes(bytes), _) => bytes,
            (Source::Path(path), file) => {
                // One byte more than it was measured with: a file that has grown is judged anew.
                let most = (self.bytes + 1).saturating_sub(whole.len() as u64);
                let rest = py.detach(|| file.map_or(Ok(0), |file| file.take(most).read_to_end(&mut whole)));
                if let Err(error) = rest {
                    return Ok(Err(self.medium.of_path(path, &error)));
                }
                &whole
            }
            (Source::File(file), _) => {
                let rest = py.import("gentask._media")?.call_method1("read", (file,));
                match rest.and_then(|rest| Ok(rest.extract::<PyBackedBytes>()?)) {
                    Ok(bytes) => read = bytes,
                    Err(error) => return self.medium.of_file(py, error),
                }
                &read
            }
        };
        self.bytes = bytes.len() as u64;
        self.head = bytes.iter().copied().take(HEAD).collect();
        Ok(match self.type_in(rules) {
            Ok(media_type) => Ok(py.detach(|| data_uri(media_type, bytes))),
            Err(fault) => Err(fault),
        })
    }
}

/// A file's size, its first bytes, and the rest of it. What is no plain file, such as a pipe, might never end.
fn open(path: &Path) -> io::Result<(u64, Vec<u8>, File)> {
    let plain = |about: &std::fs::Metadata| if about.is_file() { Ok(about.len()) } else { Err(io::Error::from(ErrorKind::InvalidInput)) };
    plain(&path.metadata()?)?;
    let mut file = File::open(path)?;
    let bytes = plain(&file.metadata()?)?;
    let mut head = Vec::new();
    file.by_ref().take(HEAD as u64).read_to_end(&mut head)?;
    Ok((bytes, head, file))
}
