//! How the command shows stored tasks, whichever language it is written in: what it tells of each, and lists of that as CSV.

use crate::error::ErrorCode;
use crate::io::UnixMillis;
use crate::json::{Members, to_canonical};
use crate::record::TaskRecord;
use serde_json::Value;

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
    let optional = |text: Option<&str>| text.map_or(Value::Null, Value::from);
    Members::default()
        .text("intentId", record.intent_id())
        .value("taskId", optional(record.task_id()))
        .text("provider", record.provider())
        .text("account", record.account())
        .text("model", record.model())
        .text("kind", record.kind())
        .text("phase", record.phase().as_str())
        .text("status", reply.status.as_str())
        .value("errorCode", optional(reply.error_code.map(ErrorCode::as_str)))
        .value("conflictingTaskId", optional(record.conflict().and_then(|conflict| conflict.task_id.as_deref())))
        .value("owner", optional(record.owner()))
        .value("key", optional(record.caller_key()))
        .int("createdAt", record.at().created)
        .int("updatedAt", record.at().updated)
        .int("ageMs", now.saturating_sub(record.at().created))
        .done()
}

/// Records as comma-separated values (RFC 4180): a head, and a line for each. What is absent is empty.
pub fn csv(records: &[TaskRecord], now: UnixMillis) -> String {
    let mut text = format!("{}\r\n", COLUMNS.join(","));
    for record in records {
        let entry = entry(record, now);
        let cells = COLUMNS.map(|name| match entry.get(name) {
            Some(Value::String(text)) => cell(text),
            Some(Value::Null) | None => String::new(),
            Some(value) => to_canonical(value),
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
