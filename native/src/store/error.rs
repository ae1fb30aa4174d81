//! Why a store refused, and what a person can do about it.

use gentask_core::TaskRecord;
use gentask_core::store::{StoreError, StoreErrorKind};
use rusqlite::ErrorCode as Code;
use std::path::Path;

/// What went wrong inside a query, before the store's path is known.
#[derive(Debug)]
pub(super) enum Fault {
    Sqlite(rusqlite::Error),
    Record { intent_id: String, kind: StoreErrorKind, reason: String },
}

impl From<rusqlite::Error> for Fault {
    fn from(error: rusqlite::Error) -> Self {
        Self::Sqlite(error)
    }
}

impl Fault {
    pub(super) fn at(self, path: &Path) -> StoreError {
        let store = path.display();
        match self {
            Self::Record { intent_id, kind, reason } => {
                StoreError::new(kind, format!("the record of intent {intent_id} in the task store {store} cannot be read: {reason}"))
            }
            Self::Sqlite(error) => {
                let (kind, what) = explain(&error);
                StoreError::new(kind, format!("the task store {store} {what} ({})", detail(&error)))
            }
        }
    }
}

fn explain(error: &rusqlite::Error) -> (StoreErrorKind, &'static str) {
    let Some(code) = error.sqlite_error_code() else {
        return (StoreErrorKind::Corrupt, "holds values that do not fit its format: restore it from a backup");
    };
    match code {
        Code::DatabaseBusy | Code::DatabaseLocked | Code::FileLockingProtocolFailed => {
            (StoreErrorKind::Locked, "is held by another program: try again, or end that program")
        }
        Code::ReadOnly | Code::PermissionDenied => {
            (StoreErrorKind::ReadOnly, "cannot be written: make the file and its folder writable, or name another file")
        }
        Code::DatabaseCorrupt | Code::NotADatabase => {
            (StoreErrorKind::Corrupt, "is damaged or not a store at all: move it away and restore it from a backup")
        }
        Code::DiskFull => (StoreErrorKind::Full, "has no room left: free some disk space, or prune old tasks"),
        Code::CannotOpen => (StoreErrorKind::Io, "cannot be opened: check that its folder exists and may be written"),
        _ => (StoreErrorKind::Io, "failed: check the disk, then try again"),
    }
}

/// SQLite's own words, cut to what fits a message of ours.
fn detail(error: &rusqlite::Error) -> String {
    error.to_string().trim_end_matches('.').to_owned()
}

/// Reads a stored record and holds it against the columns beside it, which only copy it.
pub(super) fn read_record(intent_id: &str, version: u64, bytes: &[u8]) -> Result<TaskRecord, Fault> {
    let fault = |kind, reason| Fault::Record { intent_id: intent_id.to_owned(), kind, reason };
    let record = TaskRecord::from_json(bytes).map_err(|error| {
        let newer = error.violations.iter().any(|rule| rule.path == "/v" && rule.actual.parse::<u64>().is_ok_and(|v| v > 0));
        let faults: Vec<_> = error.violations.iter().map(ToString::to_string).collect();
        let reason = if faults.is_empty() { error.message } else { faults.join("; ") };
        fault(if newer { StoreErrorKind::Newer } else { StoreErrorKind::Corrupt }, reason)
    })?;
    if record.intent_id() != intent_id {
        return Err(fault(StoreErrorKind::Corrupt, format!("it names another intent, {}", record.intent_id())));
    }
    if record.version() != version {
        return Err(fault(StoreErrorKind::Corrupt, format!("its version is {}, and {version} in the column beside it", record.version())));
    }
    Ok(record)
}
