//! What of a sample is the task's own though no pointer says so: its id wherever it stands, the base URL, the model, the input, the times.

use super::{Shapes, clock};
use crate::task::Task;
use serde_json::Value;

impl Shapes {
    /// Puts a task's own values into a sample.
    pub(super) fn dress(&self, body: &mut Value, task: &Task, now: u64) {
        match body {
            Value::String(text) => self.dress_text(text, task),
            Value::Array(items) => items.iter_mut().for_each(|item| self.dress(item, task, now)),
            Value::Object(map) => {
                for (key, value) in map.iter_mut() {
                    let name: String = key.chars().filter(|letter| *letter != '_').collect::<String>().to_lowercase();
                    let scalar = value.is_string() || value.is_number();
                    match name.as_str() {
                        "model" if value.is_string() => *value = Value::String(task.model.clone()),
                        "input" if value.is_object() && task.input.is_object() => value.clone_from(&task.input),
                        "createtime" | "createdat" | "createdtime" if scalar => *value = clock::like(value, task.created),
                        "completetime" | "completedat" | "finishedtime" if scalar => *value = clock::like(value, task.end().unwrap_or(now)),
                        "updatetime" | "updatedat" if scalar => *value = clock::like(value, now),
                        _ => self.dress(value, task, now),
                    }
                }
            }
            _ => {}
        }
    }

    fn dress_text(&self, text: &mut String, task: &Task) {
        let base = self.contract["base"].as_str().unwrap_or_default();
        if !base.is_empty()
            && let Some(rest) = text.strip_prefix(base).filter(|rest| rest.is_empty() || rest.starts_with('/'))
        {
            *text = format!("{}{rest}", self.base);
        }
        for id in &self.ids {
            // An id is replaced where it stands alone, not inside another word.
            let mut from = 0;
            while let Some(at) = text[from..].find(id.as_str()).map(|at| at + from) {
                let end = at + id.len();
                let word = |letter: Option<char>| letter.is_some_and(|letter| letter.is_alphanumeric() || letter == '_');
                if word(text[..at].chars().next_back()) || word(text[end..].chars().next()) {
                    from = end;
                } else {
                    text.replace_range(at..end, &task.id);
                    from = at + task.id.len();
                }
            }
            if from > 0 {
                break;
            }
        }
    }
}
