//! What of a sample is the task's own though no pointer says so: its id wherever it stands, the base URL, the model, the input, the times.

use super::{Shapes, clock};
use crate::task::Task;
use serde_json::Value;

/// The most bytes that a task's own values take in one answer; what is beyond stays as the sample has it.
const PUT: usize = 1024 * 1024;

impl Shapes {
    /// Puts a task's own values into a sample.
    pub(super) fn dress(&self, body: &mut Value, task: &Task, now: u64) {
        Dressing { shapes: self, task, now, input: task.input.to_string().len(), left: PUT }.walk(body);
    }
}

/// One answer being dressed.
struct Dressing<'a> {
    shapes: &'a Shapes,
    task: &'a Task,
    now: u64,
    /// How long the input is.
    input: usize,
    left: usize,
}

impl Dressing<'_> {
    fn walk(&mut self, body: &mut Value) {
        match body {
            Value::String(text) => self.text(text),
            Value::Array(items) => items.iter_mut().for_each(|item| self.walk(item)),
            Value::Object(map) => map.iter_mut().for_each(|(key, value)| self.member(key, value)),
            _ => {}
        }
    }

    fn member(&mut self, key: &str, value: &mut Value) {
        let task = self.task;
        let name: String = key.chars().filter(|letter| *letter != '_').collect::<String>().to_lowercase();
        let scalar = value.is_string() || value.is_number();
        match name.as_str() {
            "model" if value.is_string() => {
                if self.spend(task.model.len()) {
                    *value = Value::String(task.model.clone());
                }
            }
            "input" if value.is_object() && task.input.is_object() => {
                if self.spend(self.input) {
                    value.clone_from(&task.input);
                }
            }
            "createtime" | "createdat" | "createdtime" if scalar => *value = clock::like(value, task.created),
            "completetime" | "completedat" | "finishedtime" if scalar => *value = clock::like(value, task.end().unwrap_or(self.now)),
            "updatetime" | "updatedat" if scalar => *value = clock::like(value, self.now),
            _ => self.walk(value),
        }
    }

    fn text(&mut self, text: &mut String) {
        let base = self.shapes.contract["base"].as_str().unwrap_or_default();
        let rest = text.strip_prefix(base).filter(|rest| !base.is_empty() && (rest.is_empty() || rest.starts_with('/')));
        if let Some(rest) = rest.filter(|_| self.spend(self.shapes.base.len())) {
            *text = format!("{}{rest}", self.shapes.base);
        }
        // An id is replaced where it stands alone, not inside another word.
        let word = |letter: Option<char>| letter.is_some_and(|letter| letter.is_alphanumeric() || letter == '_');
        for id in &self.shapes.ids {
            let (mut dressed, mut done, mut found) = (String::new(), 0, false);
            for (at, _) in text.match_indices(id.as_str()) {
                found = true;
                let end = at + id.len();
                let alone = !word(text[..at].chars().next_back()) && !word(text[end..].chars().next());
                if alone && self.spend(self.task.id.len()) {
                    dressed.push_str(&text[done..at]);
                    dressed.push_str(&self.task.id);
                    done = end;
                }
            }
            if found {
                *text = dressed + &text[done..];
                break;
            }
        }
    }

    /// Takes so many bytes of what may be put in; false where they are used up.
    fn spend(&mut self, bytes: usize) -> bool {
        let left = self.left.checked_sub(bytes);
        self.left = left.unwrap_or(self.left);
        left.is_some()
    }
}
