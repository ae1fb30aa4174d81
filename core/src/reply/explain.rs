//! What happened, in a sentence for a person.

use crate::error::ErrorCode;
use crate::phase::Phase;
use crate::record::{Fault, TaskRecord};

/// The message of a reply with this code; `fault`: what the record or the last request says.
pub(super) fn explain(record: &TaskRecord, code: ErrorCode, fault: Option<&Fault>) -> String {
    let own = fault.filter(|fault| fault.code == code || code == ErrorCode::SubmitUnknown).map(|fault| fault.message.as_str());
    match (code, own) {
        (ErrorCode::SubmitUnknown, own) => {
            let why = own.unwrap_or("no answer came");
            format!(
                "the submit may have been accepted, and its task id is not known ({why}); it is not sent again, and money may have been spent"
            )
        }
        (ErrorCode::WaitTimeout, _) => {
            let last = fault.map(|fault| format!("; the last poll failed: {}", fault.message)).unwrap_or_default();
            match &record.task_id {
                Some(id) => format!("timed out while the task was still running; task {id} can be resumed{last}"),
                None if record.phase == Phase::Prepared => {
                    format!("timed out before the task was submitted; it is stored, and a resume sends it{last}")
                }
                None => format!("timed out before the outcome of the submit was known; it can be resumed{last}"),
            }
        }
        (ErrorCode::Cancelled, _) if record.phase == Phase::Discarded => "the intent was given up".to_owned(),
        (ErrorCode::Cancelled, _) => "the task was cancelled".to_owned(),
        (_, Some(message)) => message.to_owned(),
        (ErrorCode::Unsupported, None) if fault.is_some_and(|fault| fault.http_status.is_some()) => {
            let own = fault.map(|fault| fault.message.as_str()).unwrap_or_default();
            format!("the provider refused: {own}")
        }
        (ErrorCode::Unsupported, None) => "not possible with this provider, or in the task's current state".to_owned(),
        (ErrorCode::TaskNotFound, None) => "the provider does not know the task; its record is kept".to_owned(),
        (_, None) => format!("{} (phase {}): no details available", code.as_str(), record.phase.as_str()),
    }
}
