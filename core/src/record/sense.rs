//! What a record must not say at once. One that contradicts itself is damaged: it is shown to a person, and nothing is ever sent for it.

use super::{Billing, TaskRecord};
use crate::error::{Violation, note};
use crate::phase::Phase;

/// The largest count that every reader of JSON keeps exactly. One beyond it was not counted by anybody.
const MOST: u64 = (1 << 53) - 1;

/// Notes everything in a record that cannot be true together.
pub(super) fn check(record: &TaskRecord, faults: &mut Vec<Violation>) {
    let phase = record.phase.as_str();
    let has_id = record.task_id.as_ref().is_some_and(|id| !id.trim().is_empty());
    let mut wrong = |path: &str, expected: &str, actual: &str| {
        note(faults, path, "contradiction", &format!("{expected} in the phase {phase}"), actual);
    };
    if !(1..=MOST).contains(&record.version) {
        wrong("/version", "a version from 1 to 2^53 - 1", &record.version.to_string());
    }
    let attempts = &record.attempts;
    let counts =
        [attempts.submit, attempts.not_sent, attempts.limited, attempts.polls, attempts.read_failures, attempts.fetches, attempts.cancels];
    if counts.into_iter().any(|count| count > MOST) {
        wrong("/attempts", "counts up to 2^53 - 1", "a larger one");
    }
    if record.task_id.is_some() && !has_id {
        wrong("/taskId", "an id that is not blank, or none", "a blank id");
    }
    match record.phase {
        Phase::Prepared => {
            if record.task_id.is_some() {
                wrong("/taskId", "no task id", "an id");
            }
            if record.maybe_sent {
                wrong("/maybeSent", "false", "true");
            }
            // Each attempt so far came to nothing, and is counted as that.
            if attempts.submit != attempts.limited.saturating_add(attempts.not_sent) {
                wrong("/attempts/submit", "as many submits as were limited or not sent", &attempts.submit.to_string());
            }
            let at = &record.at;
            let is_begun = record.lease.is_some() || at.accepted.is_some() || at.checked.is_some() || at.finished.is_some();
            let has_end = record.result.is_some() || record.conflict.is_some() || record.successor.is_some();
            if is_begun || has_end || record.error.as_ref().is_some_and(|fault| fault.billing != Billing::None) {
                wrong("", "a task that was never accepted and has not ended", "a lease, an answer, an end or a cost");
            }
        }
        Phase::Submitting => {
            if record.task_id.is_some() {
                wrong("/taskId", "no task id", "an id");
            }
            if record.attempts.submit == 0 {
                wrong("/attempts/submit", "a submit that was counted", "0");
            }
        }
        Phase::Unresolved => {
            if record.task_id.is_some() {
                wrong("/taskId", "no task id", "an id");
            }
            if !record.maybe_sent {
                wrong("/maybeSent", "true", "false");
            }
        }
        Phase::Waiting | Phase::Fetching | Phase::Cancelling | Phase::Succeeded | Phase::Failed => {
            if record.task_id.is_none() {
                wrong("/taskId", "a task id", "nothing");
            }
        }
        Phase::Rejected | Phase::Cancelled | Phase::Discarded => {}
    }
}

#[cfg(test)]
mod tests {
    use crate::{Contract, Generation, Settings, SubmitOptions, TaskMachine, TaskRecord};
    use serde_json::{Value, json};

    /// The pointers of what is wrong with a prepared record that was changed like this.
    fn faults(changes: &[(&str, Value)]) -> Vec<String> {
        let contract = Contract::built_in("apixo").unwrap();
        let input = json!({"mode": "text-to-image", "prompt": "a sunset"});
        let generation = Generation { model: "nano-banana".into(), input };
        let settings = std::sync::Arc::new(Settings::default());
        let machine = TaskMachine::prepare(&contract, &generation, &SubmitOptions::default(), &settings, [7; 32], 1_000).unwrap();
        let mut record = machine.first_record().to_value();
        for (name, value) in changes {
            record[*name] = value.clone();
        }
        match TaskRecord::from_json(record.to_string().as_bytes()) {
            Ok(_) => Vec::new(),
            Err(error) => error.violations.into_iter().map(|fault| fault.path).collect(),
        }
    }

    #[test]
    fn a_record_that_contradicts_itself_is_damaged() {
        assert_eq!(faults(&[]), [""; 0]);
        assert_eq!(faults(&[("phase", json!("waiting")), ("taskId", json!("task_1"))]), [""; 0]);
        assert_eq!(faults(&[("taskId", json!("task_1"))]), ["/taskId"]);
        assert_eq!(faults(&[("maybeSent", json!(true))]), ["/maybeSent"]);
        assert_eq!(faults(&[("attempts", json!({"submit": 3, "limited": 1, "notSent": 1}))]), ["/attempts/submit"]);
        assert_eq!(faults(&[("lease", json!({"holder": "a", "until": 5}))]), [""]);
        assert_eq!(faults(&[("error", json!({"code": "SUBMIT_UNKNOWN", "billing": "possible"}))]), [""]);
        assert_eq!(faults(&[("successor", json!("another"))]), [""]);
        assert_eq!(faults(&[("phase", json!("waiting"))]), ["/taskId"]);
        assert_eq!(faults(&[("phase", json!("waiting")), ("taskId", json!("  "))]), ["/taskId"]);
        assert_eq!(faults(&[("phase", json!("unresolved"))]), ["/maybeSent"]);
        assert_eq!(faults(&[("phase", json!("submitting"))]), ["/attempts/submit"]);
        assert_eq!(faults(&[("version", json!(0))]), ["/version"]);
        assert_eq!(faults(&[("version", json!(u64::MAX)), ("attempts", json!({"polls": u64::MAX}))]), ["/version", "/attempts"]);
    }
}
