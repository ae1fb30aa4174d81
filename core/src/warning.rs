//! What is odd about a reply that is no failure, for a person. Derived from the reply alone, so that its seven fields stay as they are.

use crate::reply::{Reply, Status};
use serde_json::Value;

const NO_FILES: &str =
    "the provider says success, but named no file: look at `data.raw`, or for the task at the provider; it may have been paid for";

impl Reply {
    /// What a person should know of a reply beside how the task is, in plain sentences; empty where nothing is odd.
    ///
    /// Today there is one: a stored task that has succeeded without a result file. Answers to questions about tasks that are not stored here have
    /// none, because the status calls of some providers name no files where there are some.
    pub fn warnings(&self) -> Vec<String> {
        let has = |name: &str| self.data.get(name).is_some_and(|value| !value.is_null());
        let names_no_file = self.data.get("files").and_then(Value::as_array).is_some_and(Vec::is_empty);
        let is_odd = self.ok && self.status == Status::Success && names_no_file && has("intentId");
        is_odd.then(|| NO_FILES.to_owned()).into_iter().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn warnings(text: &str) -> usize {
        Reply::from_json(text.as_bytes()).unwrap().warnings().len()
    }

    #[test]
    fn only_a_stored_task_that_succeeded_without_a_file_is_odd() {
        let with = |data: &str| {
            format!(r#"{{"ok":true,"status":"success","taskId":"t","data":{data},"errorCode":null,"errorMessage":null,"retryAfter":null}}"#)
        };
        assert_eq!(warnings(&with(r#"{"files":[],"intentId":"i"}"#)), 1);
        assert_eq!(warnings(&with(r#"{"files":[{"url":"https://a.example/1","kind":"image"}],"intentId":"i"}"#)), 0);
        // A question about a task that is not stored, and a reply that says nothing about files.
        assert_eq!(warnings(&with(r#"{"files":[]}"#)), 0);
        assert_eq!(warnings(&with(r#"{"intentId":"i"}"#)), 0);
        assert_eq!(warnings(&with(r#"{"files":[],"intentId":"i"}"#).replace("success", "processing")), 0);
        assert_eq!(warnings(&with(r#"{"files":[],"intentId":"i"}"#).replace(r#""ok":true"#, r#""ok":false"#)), 0);
    }
}
