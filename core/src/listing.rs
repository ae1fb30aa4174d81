//! How the command shows stored tasks, whichever language it is written in: what it tells of each, and lists of that as CSV.

use crate::error::ErrorCode;
use crate::io::UnixMillis;
use crate::record::TaskRecord;
use serde_json::{Value, json};

/// What a list tells of each task, in the order of the columns of its CSV.
const COLUMNS: [&str; 15] = [
    "intentId",
    "provider",
    "account",
    "model",
    "kind",
    "phase",
    "status",
    "errorCode",
    "taskId",
    "conflictingTaskId",
    "owner",
    "key",
    "createdAt",
    "updatedAt",
    "ageMs",
];

/// A record as one entry of a list.
pub fn entry(record: &TaskRecord, now: UnixMillis) -> Value {
    let reply = record.reply(None);
    json!({
        "intentId": record.intent_id(), "taskId": record.task_id(), "provider": record.provider(), "account": record.account(), "model": record.model(),
        "kind": record.kind(), "phase": record.phase().as_str(), "status": reply.status.as_str(), "errorCode": reply.error_code.map(ErrorCode::as_str),
        "conflictingTaskId": record.conflict().and_then(|conflict| conflict.task_id.as_deref()), "owner": record.owner(), "key": record.caller_key(),
        "createdAt": record.at().created, "updatedAt": record.at().updated, "ageMs": now.saturating_sub(record.at().created),
    })
}

/// Records as comma-separated values (RFC 4180): a head, and a line for each. What is absent is empty.
pub fn csv(records: &[TaskRecord], now: UnixMillis) -> String {
    let mut text = format!("{}\r\n", COLUMNS.join(","));
    for record in records {
        let entry = entry(record, now);
        let cells = COLUMNS.map(|name| match entry.get(name) {
            Some(Value::String(text)) => cell(text),
            Some(Value::Null) | None => String::new(),
            Some(value) => value.to_string(),
        });
        text.push_str(&cells.join(","));
        text.push_str("\r\n");
    }
    text
}

/// A text as a cell. Spreadsheets run what looks like a formula, and a terminal does what it is told: neither is anybody's key or owner.
fn cell(text: &str) -> String {
    let text = plain(text);
    let text = if text.starts_with(['=', '+', '-', '@']) { format!("'{text}") } else { text };
    if text.contains(['"', ',', '\n']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}

/// A provider's, a caller's or a store's text as it may stand on a terminal: without what would steer it. Line ends stay.
pub fn plain(text: &str) -> String {
    text.chars().map(|c| if c.is_control() && c != '\n' { char::REPLACEMENT_CHARACTER } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_neither_a_formula_nor_several() {
        for (text, expected) in [
            ("order-1", "order-1"),
            ("", ""),
            ("=1+1", "'=1+1"),
            ("+1", "'+1"),
            ("-1", "'-1"),
            ("@x", "'@x"),
            ("a,b", "\"a,b\""),
            ("say \"a\"", "\"say \"\"a\"\"\""),
            ("=a\nb", "\"'=a\nb\""),
            ("\u{1b}[2J", "\u{fffd}[2J"),
            ("\t=1", "\u{fffd}=1"),
        ] {
            assert_eq!(cell(text), expected, "{text:?}");
        }
    }
}
