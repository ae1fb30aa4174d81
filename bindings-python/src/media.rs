//! Media in a payload: what is a path, bytes or an open file becomes the data URI that the contract takes. What a medium may be is the core's
//! to say. Each is measured before anything is read, and read once; nothing that is told quotes its bytes.

use gentask::core::Violation;
use gentask::core::contract::{MediaRules, data_uri};
use gentask::media::{HEAD, MediaFile};
use pyo3::exceptions::PyException;
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedBytes;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyByteArray, PyBytes, PyMemoryView, PyString};
use std::path::PathBuf;

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
    known: Known,
}

enum Known {
    Path(MediaFile),
    /// Bytes, or an open file of the caller's.
    Other {
        bytes: u64,
        head: Vec<u8>,
    },
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
    let (mut begun, mut before) = (Vec::new(), 0_u64);
    for medium in media {
        let found = medium.begin(py)?.and_then(|begun| begun.type_in(rules, before).map(drop).map(|()| begun));
        match found {
            Ok(medium) => {
                before = before.saturating_add(medium.bytes());
                begun.push(medium);
            }
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
        let begun = |known| Begun { medium: self, known };
        match &self.source {
            Source::Bytes(bytes) => {
                let head = bytes.iter().copied().take(HEAD).collect();
                Ok(Ok(begun(Known::Other { bytes: bytes.len() as u64, head })))
            }
            Source::Path(path) => {
                let opened = py.detach(|| MediaFile::open(path, &self.at, self.given.as_deref()));
                Ok(opened.map(|file| begun(Known::Path(file))))
            }
            Source::File(file) => {
                let measured = py.import("gentask._media")?.call_method1("measure", (file, HEAD));
                match measured.and_then(|measured| measured.extract::<(u64, PyBackedBytes)>()) {
                    Ok((bytes, head)) => Ok(Ok(begun(Known::Other { bytes, head: head.to_vec() }))),
                    Err(error) => self.of_file(py, error),
                }
            }
        }
    }

    fn type_of<'r>(&self, rules: &'r MediaRules, before: u64, bytes: u64, head: &[u8]) -> Result<&'r str, Violation> {
        rules.type_of(&self.at, before, bytes, head, self.given.as_deref())
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
    fn bytes(&self) -> u64 {
        match &self.known {
            Known::Path(file) => file.bytes(),
            Known::Other { bytes, .. } => *bytes,
        }
    }

    fn type_in<'r>(&self, rules: &'r MediaRules, before: u64) -> Result<&'r str, Violation> {
        match &self.known {
            Known::Path(file) => file.type_in(rules, before),
            Known::Other { bytes, head } => self.medium.type_of(rules, before, *bytes, head),
        }
    }

    fn finish(self, py: Python<'_>, rules: &MediaRules) -> PyResult<Result<String, Violation>> {
        let read: PyBackedBytes;
        let bytes: &[u8] = match (self.known, &self.medium.source) {
            (Known::Path(file), _) => return Ok(py.detach(|| file.into_data_uri(rules))),
            (Known::Other { .. }, Source::File(file)) => {
                let rest = py.import("gentask._media")?.call_method1("read", (file,));
                match rest.and_then(|rest| Ok(rest.extract::<PyBackedBytes>()?)) {
                    Ok(bytes) => read = bytes,
                    Err(error) => return self.medium.of_file(py, error),
                }
                &read
            }
            (Known::Other { .. }, Source::Bytes(bytes)) => bytes,
            (Known::Other { .. }, Source::Path(_)) => &[],
        };
        // What was read may be more than was measured.
        let media_type = self.medium.type_of(rules, 0, bytes.len() as u64, bytes.get(..HEAD).unwrap_or(bytes));
        Ok(media_type.map(|media_type| py.detach(|| data_uri(media_type, bytes))))
    }
}
