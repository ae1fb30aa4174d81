//! Replies and what stands in them.

use crate::failure::Failure;
use crate::words::{ErrorCode, Status};
use gentask::FileReceipt;
use gentask::core::internal::to_canonical;
use gentask::core::record::SavedFile as CoreSavedFile;
use gentask::core::{self, Balance as CoreBalance, ListedTask as CoreListedTask};
use serde_json::Value;

/// What a caller gets, the same in every language: seven fields, and what is read most out of `data`.
#[derive(Clone, Debug, PartialEq, uniffi::Record)]
pub struct Reply {
    /// Whether there is no error code.
    pub ok: bool,
    /// How the task is.
    pub status: Status,
    /// The provider's id of the task, where one is known.
    pub task_id: Option<String>,
    /// The details, as the text of a JSON object.
    pub data: String,
    /// The stable code of what went wrong.
    pub error_code: Option<ErrorCode>,
    /// What went wrong, for a person.
    pub error_message: Option<String>,
    /// When to come back, in whole seconds.
    pub retry_after: Option<u64>,
    /// The result files; empty where there are none.
    pub files: Vec<ResultFile>,
    /// What a person should know beside how the task is, in plain sentences; empty where nothing is odd.
    pub warnings: Vec<String>,
    /// The intent's id: the task's name in the store.
    pub intent_id: Option<String>,
    /// How far the task is, from 0 to 1, where the provider tells.
    pub progress: Option<f64>,
    /// The whole reply as canonical JSON: the same bytes in every language.
    pub json: String,
}

/// One result file, where the provider keeps it until it expires.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct ResultFile {
    /// Where it is. Not for logs: it may be signed.
    pub url: Option<String>,
    /// `image`, `video`, `audio`, `model` (3D) or `unknown`.
    pub kind: String,
    /// When the provider deletes it, in Unix milliseconds.
    pub expires_at_ms: Option<u64>,
    /// Its place among the task's files, from 0.
    pub index: u64,
}

/// A result file on disk.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct SavedFile {
    /// Where it is.
    pub path: String,
    /// The hash of its bytes, in hexadecimal.
    pub sha256: String,
    /// Its size.
    pub bytes: u64,
    /// Its media type.
    pub content_type: String,
}

/// How result files are saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Record)]
pub struct Saving {
    /// What tells beside each file which task it came from.
    pub receipt: Option<FileReceipt>,
    /// Whether another file at the path is replaced.
    pub overwrite: bool,
}

/// What tells beside a saved file which task it came from.
#[uniffi::remote(Enum)]
pub enum FileReceipt {
    Sidecar,
}

impl From<Saving> for gentask::Saving {
    fn from(Saving { receipt, overwrite }: Saving) -> Self {
        Self { receipt, overwrite }
    }
}

/// What the account holds.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct Balance {
    /// The amount, as the provider writes it: a decimal number in a text, so that none of its digits is lost.
    pub amount: String,
    /// Of what: `credits`, `USD`.
    pub unit: Option<String>,
}

/// A task as the provider lists it: a candidate for `adopt`.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct ListedTask {
    /// The provider's id of the task.
    pub task_id: String,
    /// When it was made, as the provider writes it.
    pub created: Option<String>,
    /// The same in Unix milliseconds; nothing where it is none of the forms in which times are written.
    pub created_at_ms: Option<u64>,
    /// The model, where the list says it.
    pub model: Option<String>,
    /// Our own reference, where the provider echoes one.
    pub reference: Option<String>,
}

impl From<core::Reply> for Reply {
    fn from(reply: core::Reply) -> Self {
        let json = reply.to_json();
        let files = reply.files().into_iter().zip(0..).map(|(file, index)| ResultFile::of(file, index)).collect();
        let warnings = reply.warnings();
        let intent_id = reply.data.get("intentId").and_then(Value::as_str).map(str::to_owned);
        #[expect(clippy::cast_precision_loss, reason = "a progress has four digits")]
        let progress = reply.data.get("progressPermille").and_then(Value::as_u64).map(|permille| permille as f64 / 1000.0);
        let core::Reply { ok, status, task_id, data, error_code, error_message, retry_after } = reply;
        let data = to_canonical(&data);
        Self { ok, status, task_id, data, error_code, error_message, retry_after, files, warnings, intent_id, progress, json }
    }
}

impl ResultFile {
    fn of(file: core::ResultFile, index: u64) -> Self {
        let core::ResultFile { url, kind, expires_at } = file;
        Self { url, kind, expires_at_ms: expires_at, index }
    }
}

impl From<CoreSavedFile> for SavedFile {
    fn from(file: CoreSavedFile) -> Self {
        let CoreSavedFile { path, sha256, bytes, content_type } = file;
        Self { path, sha256, bytes, content_type }
    }
}

impl From<CoreBalance> for Balance {
    fn from(balance: CoreBalance) -> Self {
        let CoreBalance { amount, unit } = balance;
        Self { amount, unit }
    }
}

impl From<CoreListedTask> for ListedTask {
    fn from(task: CoreListedTask) -> Self {
        let created_at_ms = task.created_at();
        let CoreListedTask { task_id, created, model, reference } = task;
        Self { task_id, created, created_at_ms, model, reference }
    }
}

/// Reads a reply that any language wrote; fails with everything that is wrong with it.
#[uniffi::export]
pub fn reply_from_json(json: String) -> Result<Reply, Failure> {
    Ok(core::Reply::from_json(json.as_bytes())?.into())
}

/// The failure of a reply that is none, for `orThrow` and its like: its words are those that the same failure would be thrown with.
#[uniffi::export]
pub fn words_of(reply: Reply) -> String {
    let code = reply.error_code.unwrap_or(ErrorCode::UnknownError);
    format!("{code}: {}", reply.error_message.as_deref().unwrap_or("the task has not succeeded"))
}
