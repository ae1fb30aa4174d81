//! What is printed: a person's lines on a terminal, one JSON document otherwise.

use super::exit_code;
use super::flags::Format;
use gentask_core::Failure;
use gentask_core::internal::{listing_csv, to_canonical};
pub(super) use gentask_core::internal::{listing_entry as entry, plain};
use gentask_core::record::SavedFile;
use gentask_core::{Reply, TaskRecord, UnixMillis};
use serde_json::{Value, json};
use std::fmt::Write as _;
use std::io::Write as _;

/// Prints a line to standard output. A reader that has gone away (`| head`) is no reason to fail.
pub(super) fn line(text: &str) {
    let _ = writeln!(std::io::stdout(), "{text}");
}

/// Prints text to standard output as it is.
fn write(text: &str) {
    let _ = write!(std::io::stdout(), "{text}");
}

/// Prints a word to a person on standard error, where it cannot be taken for output.
pub(super) fn note(text: &str) {
    let _ = writeln!(std::io::stderr(), "gentask: {}", plain(text));
}

/// Prints a reply and returns its exit code.
pub(super) fn reply(reply: &Reply, saved: &[SavedFile], json: bool) -> u8 {
    if json {
        line(&to_canonical(&with_saved(reply, saved)));
    } else {
        for text in person(reply, saved) {
            line(&plain(&text).replace('\n', " "));
        }
    }
    exit_code(reply)
}

/// Prints a failure and returns its exit code. On a terminal it goes to standard error.
pub(super) fn failure(failure: &Failure, json: bool) -> u8 {
    if json {
        line(&failure.reply().to_json());
    } else {
        // Indented, so that nothing in it looks like a line of ours.
        let mut text = failure.to_string().replace('\n', "\n    ");
        let field = |name: &str| failure.reply().data.get(name).and_then(Value::as_str).unwrap_or_default();
        let intent = field("intentId");
        if !intent.is_empty() {
            let _ = write!(text, "\n  intent: {intent}\n  billing: {}", field("billing"));
        }
        for suggestion in suggestions(failure.reply()) {
            text.push_str("\n  next: ");
            text.push_str(&suggestion);
        }
        note(&text);
    }
    exit_code(failure.reply())
}

/// The reply with the places of its saved files in `data.saved`.
fn with_saved(reply: &Reply, saved: &[SavedFile]) -> Value {
    let mut value = reply.to_value();
    if let Some(data) = value.get_mut("data").and_then(Value::as_object_mut).filter(|_| !saved.is_empty()) {
        let files = saved
            .iter()
            .map(|file| json!({"path": file.path, "sha256": file.sha256, "bytes": file.bytes, "contentType": file.content_type}));
        data.insert("saved".to_owned(), files.collect());
    }
    value
}

fn person(reply: &Reply, saved: &[SavedFile]) -> Vec<String> {
    let mut lines = vec![format!("status    {}", reply.status.as_str())];
    let field = |name: &str| reply.data.get(name).and_then(Value::as_str);
    if let Some(id) = &reply.task_id {
        lines.push(format!("task      {id}"));
    }
    if let Some(id) = field("intentId").filter(|id| !id.is_empty()) {
        lines.push(format!("intent    {id}"));
    }
    if let (Some(code), Some(message)) = (reply.error_code, &reply.error_message) {
        lines.push(format!("error     {code}: {message}"));
        lines.push(format!("billing   {}", field("billing").unwrap_or("none")));
    }
    if let Some(seconds) = reply.retry_after {
        lines.push(format!("retry in  {seconds} s"));
    }
    if let Some(ms) = reply.data.get("costTimeMs").and_then(Value::as_u64) {
        lines.push(format!("took      {}", span(ms)));
    }
    for (file, index) in reply.files().iter().zip(0..) {
        match saved.get(index) {
            Some(saved) => lines.push(format!("saved     {} ({}, {})", saved.path, file.kind, size(saved.bytes))),
            None => lines.push(format!("file      {} ({})", file.url.as_deref().unwrap_or("-"), file.kind)),
        }
    }
    lines.extend(reply.warnings().into_iter().map(|text| format!("warning   {text}")));
    lines.extend(suggestions(reply).into_iter().map(|text| format!("next      {text}")));
    lines
}

fn suggestions(reply: &Reply) -> Vec<String> {
    let list = reply.data.get("suggestions").and_then(Value::as_array);
    list.into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
}

/// A second task id that contradicts the record's own: perhaps a second payment.
fn conflicting(record: &TaskRecord) -> Option<&str> {
    record.conflict()?.task_id.as_deref()
}

/// Prints records as a table, as a JSON array or as CSV. `none` tells a person that there are none.
pub(super) fn records(records: &[TaskRecord], now: UnixMillis, none: &str, format: Format) {
    match format {
        Format::Json => return line(&to_canonical(&records.iter().map(|record| entry(record, now)).collect())),
        Format::Csv => return write(&listing_csv(records, now)),
        Format::Table => {}
    }
    if records.is_empty() {
        return line(&plain(none).replace('\n', " "));
    }
    let rows = records.iter().map(|record| {
        [
            record.intent_id().to_owned(),
            record.provider().to_owned(),
            record.model().to_owned(),
            record.phase().as_str().to_owned(),
            match (record.task_id().unwrap_or("-"), conflicting(record)) {
                (id, Some(other)) => format!("{id}, and {other}"),
                (id, None) => id.to_owned(),
            },
            span(now.saturating_sub(record.at().created)),
        ]
    });
    table(&["intent", "provider", "model", "phase", "task", "age"], rows);
}

/// Prints a table with columns as wide as they need to be.
pub(super) fn table<const N: usize>(heads: &[&str; N], rows: impl Iterator<Item = [String; N]>) {
    let mut table = comfy_table::Table::new();
    table.load_preset(comfy_table::presets::NOTHING).set_content_arrangement(comfy_table::ContentArrangement::Disabled);
    table.set_header(heads.map(|head| comfy_table::Cell::new(head).add_attribute(comfy_table::Attribute::Bold)));
    for row in rows {
        table.add_row(row.map(|cell| plain(&cell).replace('\n', " ")));
    }
    for text in table.lines() {
        line(text.trim_end());
    }
}

/// A span of time for a person: `850 ms`, `12.5 s`, `3 min`, `5 h`, `12 d`.
pub(super) fn span(ms: u64) -> String {
    match ms {
        0..1_000 => format!("{ms} ms"),
        1_000..120_000 => format!("{}.{} s", ms / 1_000, ms % 1_000 / 100),
        120_000..7_200_000 => format!("{} min", ms / 60_000),
        7_200_000..172_800_000 => format!("{} h", ms / 3_600_000),
        _ => format!("{} d", ms / 86_400_000),
    }
}

/// A number of bytes for a person.
pub(super) fn size(bytes: u64) -> String {
    match bytes {
        0..1_024 => format!("{bytes} B"),
        1_024..1_048_576 => format!("{} KiB", bytes.div_ceil(1_024)),
        _ => format!("{}.{} MiB", bytes >> 20, ((bytes % (1 << 20)) * 10) >> 20),
    }
}
