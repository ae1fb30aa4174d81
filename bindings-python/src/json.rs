//! Python objects as JSON values and back. What JSON cannot hold is refused, all of it at once, each with its pointer.

use crate::media::{Medium, medium_of};
use crate::raise;
use gentask::core::{Error, ErrorCode, Violation};
use pyo3::exceptions::PyException;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyBool, PyDict, PyFloat, PyInt, PyList, PyMapping, PyString, PyTuple, PyType};
use serde_json::{Map, Number, Value};

/// One level more than the core allows: it is the core that says so, with its own words.
const MOST_LEVELS: usize = 66;
/// The most values of one payload: far more than any provider takes. An object that holds itself twice has no end.
const MOST_VALUES: usize = 1_000_000;
/// The most faults that are listed.
const MOST_FAULTS: usize = 100;
/// What is read, in words.
const ACCEPTED: &str =
    "a value that JSON has (None, bool, int, float, str, list, tuple, dict), an enum of such, a dataclass, a pydantic model";
/// The longest text of a value that a message shows, in characters.
const SHOWN: usize = 60;

/// Reads an argument that must be a mapping; `what` names it in the error's message, `path` is where its pointers begin.
pub(crate) fn object(argument: &Bound<'_, PyAny>, what: &str, path: &str) -> PyResult<Map<String, Value>> {
    let mut reader = Reader::new();
    let value = reader.read(argument, path, 0);
    match value {
        Some(Value::Object(map)) if reader.faults.is_empty() => Ok(map),
        _ => {
            if reader.faults.is_empty() {
                reader.faults.push(Violation::new(path, "type", "a mapping", type_name(argument)));
            }
            Err(reader.refuse(argument.py(), ErrorCode::InvalidPayload, what))
        }
    }
}

/// A payload as it was read: its media are null until they are, and what is wrong is not told yet.
pub(crate) struct Read {
    pub(crate) map: Map<String, Value>,
    pub(crate) media: Vec<Medium>,
    pub(crate) faults: Vec<Violation>,
}

/// Reads a payload, whose media are not touched.
pub(crate) fn payload(argument: &Bound<'_, PyAny>) -> PyResult<Read> {
    let mut reader = Reader { media: Some(Vec::new()), ..Reader::new() };
    let value = reader.read(argument, "", 0);
    if let Some(raised) = reader.raised {
        return Err(raised);
    }
    let Reader { mut faults, media, .. } = reader;
    let map = match value {
        Some(Value::Object(map)) => map,
        _ if faults.is_empty() => {
            faults.push(Violation::new("", "type", "a mapping, a dataclass or a pydantic model", type_name(argument)));
            Map::new()
        }
        _ => Map::new(),
    };
    Ok(Read { map, media: media.unwrap_or_default(), faults })
}

/// Reads any argument that JSON can hold; `code` is that of the error.
pub(crate) fn value(argument: &Bound<'_, PyAny>, code: ErrorCode, what: &str) -> PyResult<Value> {
    let mut reader = Reader::new();
    match reader.read(argument, "", 0) {
        Some(value) if reader.faults.is_empty() => Ok(value),
        _ => Err(reader.refuse(argument.py(), code, what)),
    }
}

/// Reads one argument and collects what is wrong with it.
struct Reader {
    faults: Vec<Violation>,
    /// Those of a payload; `None` where there may be none.
    media: Option<Vec<Medium>>,
    left: usize,
    /// What a mapping or a list of the caller's own raised that is no mistake of its data, such as an interrupt.
    raised: Option<PyErr>,
}

impl Reader {
    fn new() -> Self {
        Self { faults: Vec::new(), media: None, left: MOST_VALUES, raised: None }
    }

    fn fault<T>(&mut self, path: &str, rule: &str, expected: &str, actual: impl Into<String>) -> Option<T> {
        self.faults.push(Violation::new(path, rule, expected, actual));
        if self.faults.len() >= MOST_FAULTS {
            self.left = 0;
        }
        None
    }

    fn unreadable<T>(&mut self, item: &Bound<'_, PyAny>, path: &str, expected: &str, error: PyErr) -> Option<T> {
        if !error.is_instance_of::<PyException>(item.py()) {
            self.raised = Some(error);
            self.left = 0;
        }
        self.fault(path, "type", expected, format!("{}, which cannot be read", type_name(item)))
    }

    fn refuse(self, py: Python<'_>, code: ErrorCode, what: &str) -> PyErr {
        if let Some(raised) = self.raised {
            return raised;
        }
        raise::mistake(py, Error::invalid(code, what, self.faults))
    }

    fn read(&mut self, item: &Bound<'_, PyAny>, path: &str, level: usize) -> Option<Value> {
        if self.left == 0 {
            return None;
        }
        self.left -= 1;
        if self.left == 0 {
            let what = format!("more than {MOST_VALUES}, or an object that holds itself");
            return self.fault("", "size", "fewer values", what);
        }
        if item.is_none() {
            return Some(Value::Null);
        }
        if let Ok(flag) = item.cast::<PyBool>() {
            return Some(Value::Bool(flag.is_true()));
        }
        if let Ok(text) = item.cast::<PyString>() {
            return match text.to_cow() {
                Ok(text) => Some(Value::String(text.into_owned())),
                Err(_) => self.fault(path, "text", "text of whole characters", "a lone surrogate"),
            };
        }
        if let Ok(number) = item.cast::<PyInt>() {
            let read = number.extract::<i64>().map(Number::from).or_else(|_| number.extract::<u64>().map(Number::from));
            return match read {
                Ok(number) => Some(Value::Number(number)),
                Err(_) => self.fault(path, "number", "a whole number from -2^63 to 2^64-1", "another one"),
            };
        }
        if let Ok(number) = item.cast::<PyFloat>() {
            return match Number::from_f64(number.value()) {
                Some(number) => Some(Value::Number(number)),
                None => self.fault(path, "number", "a finite number", number.value().to_string()),
            };
        }
        if level >= MOST_LEVELS {
            // One such fault says it all: there may be as many as there are ways through the object.
            self.left = 0;
            return self.fault(path, "depth", "fewer levels", "deeper nesting, or an object that holds itself");
        }
        if item.is_instance_of::<PyList>() || item.is_instance_of::<PyTuple>() {
            return Some(Value::Array(self.array(item, path, level)?));
        }
        if item.is_instance_of::<PyDict>() || item.cast::<PyMapping>().is_ok() {
            return Some(Value::Object(self.members(item, path, level)?));
        }
        match stands_for(item, path, self.media.is_some() && level > 0) {
            Ok(Other::Medium(medium)) => {
                self.media.get_or_insert_default().push(medium);
                Some(Value::Null)
            }
            // One level more, for an enum's value may be what it stands for.
            Ok(Other::Object(object)) => self.read(&object, path, level + 1),
            // What the whole payload has to be says whoever reads that.
            Ok(Other::Nothing) if level == 0 && self.media.is_some() => None,
            Ok(Other::Nothing) => {
                let media = if self.media.is_some() { ", a medium (Path, bytes, gentask.media)" } else { "" };
                let expected = format!("{ACCEPTED}{media}");
                self.fault(path, "type", &expected, type_name(item))
            }
            Err(error) => self.unreadable(item, path, "a value that JSON has", error),
        }
    }

    fn array(&mut self, item: &Bound<'_, PyAny>, path: &str, level: usize) -> Option<Vec<Value>> {
        let mut values = Vec::new();
        let elements = item.try_iter().and_then(Iterator::collect::<PyResult<Vec<_>>>);
        let elements = match elements {
            Ok(elements) => elements,
            Err(error) => return self.unreadable(item, path, "a list", error),
        };
        for (index, element) in elements.iter().enumerate() {
            values.extend(self.read(element, &format!("{path}/{index}"), level + 1));
        }
        Some(values)
    }

    fn members(&mut self, item: &Bound<'_, PyAny>, path: &str, level: usize) -> Option<Map<String, Value>> {
        let mut map = Map::new();
        let pairs = item.call_method0("items").and_then(|items| items.try_iter()?.collect::<PyResult<Vec<_>>>());
        let pairs = pairs.and_then(|pairs| pairs.iter().map(PyAnyMethods::extract).collect());
        let pairs: Vec<(Bound<'_, PyAny>, Bound<'_, PyAny>)> = match pairs {
            Ok(pairs) => pairs,
            Err(error) => return self.unreadable(item, path, "a mapping", error),
        };
        for (key, element) in pairs {
            match key.extract::<String>() {
                Ok(name) => {
                    let at = format!("{path}/{}", name.replace('~', "~0").replace('/', "~1"));
                    if let Some(value) = self.read(&element, &at, level + 1) {
                        map.insert(name, value);
                    }
                }
                Err(_) => self.faults.push(Violation::new(path, "key", "keys that are text", shown(&key))),
            }
        }
        Some(map)
    }
}

/// What an object is that JSON does not have.
enum Other<'py> {
    Medium(Medium),
    /// The object that is read in its place.
    Object(Bound<'py, PyAny>),
    Nothing,
}

fn stands_for<'py>(item: &Bound<'py, PyAny>, path: &str, with_media: bool) -> PyResult<Other<'py>> {
    static ENUM: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    let py = item.py();
    if item.is_instance_of::<PyType>() {
        return Ok(Other::Nothing);
    }
    if let Some(medium) = if with_media { medium_of(item, path)? } else { None } {
        return Ok(Other::Medium(medium));
    }
    if item.is_instance(ENUM.import(py, "enum", "Enum")?)? {
        return Ok(Other::Object(item.getattr("value")?));
    }
    if item.hasattr("model_dump")? {
        let how = PyDict::new(py);
        how.set_item("mode", "json")?;
        how.set_item("exclude_none", true)?;
        return Ok(Other::Object(item.call_method("model_dump", (), Some(&how))?));
    }
    if item.hasattr("__dataclass_fields__")? {
        let fields = PyDict::new(py);
        for name in item.getattr("__dataclass_fields__")?.try_iter()? {
            let name = name?;
            let value = item.getattr(name.cast::<PyString>()?)?;
            // As of a model: a field that is left out has this default.
            if !value.is_none() {
                fields.set_item(name, value)?;
            }
        }
        return Ok(Other::Object(fields.into_any()));
    }
    Ok(Other::Nothing)
}

fn type_name(item: &Bound<'_, PyAny>) -> String {
    item.get_type().qualname().map_or_else(|_| "another type".to_owned(), |name| name.to_string())
}

/// A key, shortened; what cannot even be shown is shown by its type.
fn shown(key: &Bound<'_, PyAny>) -> String {
    let text = key.repr().ok().and_then(|text| text.extract::<String>().ok());
    text.map_or_else(|| type_name(key), |text| text.chars().take(SHOWN).collect())
}

/// A JSON value as a Python object.
pub(crate) fn to_python<'py>(py: Python<'py>, value: &Value) -> PyResult<Bound<'py, PyAny>> {
    Ok(match value {
        Value::Null => py.None().into_bound(py),
        Value::Bool(flag) => PyBool::new(py, *flag).to_owned().into_any(),
        Value::Number(number) => match (number.as_i64(), number.as_u64()) {
            (Some(number), _) => number.into_pyobject(py)?.into_any(),
            (_, Some(number)) => number.into_pyobject(py)?.into_any(),
            _ => PyFloat::new(py, number.as_f64().unwrap_or(f64::NAN)).into_any(),
        },
        Value::String(text) => PyString::new(py, text).into_any(),
        Value::Array(items) => {
            let list = PyList::empty(py);
            for item in items {
                list.append(to_python(py, item)?)?;
            }
            list.into_any()
        }
        Value::Object(map) => {
            let dict = PyDict::new(py);
            for (name, item) in map {
                dict.set_item(name, to_python(py, item)?)?;
            }
            dict.into_any()
        }
    })
}
