//! An object, built member by member: one small call for each, which no macro and no array of values is.

use serde_json::{Map, Value};

/// The members of an object that is built: `Members::default().text("kind", "timeout").done()`.
#[derive(Default)]
pub struct Members(Map<String, Value>);

impl Members {
    /// Puts any value under a name.
    pub fn value(&mut self, name: &str, value: Value) -> &mut Self {
        self.0.insert(name.to_owned(), value);
        self
    }

    /// Puts a text.
    pub fn text(&mut self, name: &str, text: &str) -> &mut Self {
        self.value(name, Value::String(text.to_owned()))
    }

    /// Puts a text, or null.
    pub fn opt_text(&mut self, name: &str, text: Option<&String>) -> &mut Self {
        self.opt_word(name, text.map(String::as_str))
    }

    /// Puts a text that may be the program's own, or null.
    pub fn opt_word(&mut self, name: &str, word: Option<&str>) -> &mut Self {
        match word {
            Some(word) => self.text(name, word),
            None => self.value(name, Value::Null),
        }
    }

    /// Puts an integer.
    pub fn int(&mut self, name: &str, int: u64) -> &mut Self {
        self.value(name, Value::from(int))
    }

    /// Puts an integer, or nothing where it is 0.
    pub fn some_int(&mut self, name: &str, int: u64) -> &mut Self {
        if int > 0 { self.int(name, int) } else { self }
    }

    /// Puts an integer, or null.
    pub fn opt_int(&mut self, name: &str, int: Option<u64>) -> &mut Self {
        match int {
            Some(int) => self.int(name, int),
            None => self.value(name, Value::Null),
        }
    }

    /// Puts a boolean.
    pub fn flag(&mut self, name: &str, flag: bool) -> &mut Self {
        self.value(name, Value::Bool(flag))
    }

    /// The object; nothing is left of it here.
    #[inline(never)]
    pub fn done(&mut self) -> Value {
        Value::Object(std::mem::take(&mut self.0))
    }
}
