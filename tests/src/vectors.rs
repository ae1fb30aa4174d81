//! The vectors: what goes into the core and what must come out, as plain JSON that every language's runner reads.
//!
//! A file is `{"about": "...", "cases": [...]}` with one case a line (in a transcript: one step a line), and `manifest.json` says how
//! many cases each file has. The case lists here hold the inputs; what is expected is what the core does, and a person reviews the
//! diff. Rust alone writes them: `cargo xtask vectors`.

use crate::contracts;
use gentask_core::internal::to_canonical;
use serde_json::{Map, Value, json};
use std::fs;
use std::path::PathBuf;

mod advice;
mod calls;
mod changes;
mod decode;
mod encode;
mod keys;
mod records;
mod replies;
mod scene;
mod submits;
mod timing;
mod transcripts;
mod validate;
mod webhooks;

/// One file of vectors.
struct File {
    name: &'static str,
    about: &'static str,
    cases: fn() -> Vec<Value>,
}

const FILES: [File; 19] = [
    File {
        name: "validate",
        about: "a generation and its options under a contract: valid, or a code and every violation (path and rule)",
        cases: validate::cases,
    },
    File {
        name: "encode",
        about: "the request that an operation makes; `auth` says that the credential is added, and is no part of it",
        cases: encode::cases,
    },
    File {
        name: "decode",
        about: "an answer to a status, result, list, account or submit call, and what it is read as; `sample` counts the contract's own",
        cases: decode::cases,
    },
    File {
        name: "classify",
        about: "each row of the table of submit outcomes: where the task is afterwards, and whether it is sent again",
        cases: submits::cases,
    },
    File {
        name: "backoff",
        about: "SplitMix64, backoff with full jitter and the poll schedule; numbers above 2^53 are decimal text",
        cases: timing::backoff,
    },
    File {
        name: "retry_after",
        about: "the pause that the headers of a 429 ask for: `retryAfter` in seconds, `waitMs` before the next attempt",
        cases: timing::retry_after,
    },
    File { name: "replies", about: "the total table: why a reply is given and the phase make its status and code", cases: replies::cases },
    File {
        name: "records",
        about: "stored records: the canonical text that they are written back as and the reply they make, or the fault",
        cases: records::cases,
    },
    File {
        name: "advice",
        about: "the total table of what a person can do next: what was asked, the phase (null: no task) and each of the billings, with the steps of each code",
        cases: advice::cases,
    },
    File {
        name: "keys",
        about: "a caller's key that has a record: what it means for the same or another order, prepared at `now` while the account is held until `held`",
        cases: keys::cases,
    },
    File { name: "calls_submit", about: calls::ABOUT, cases: calls::submit::cases },
    File { name: "calls_wait", about: calls::ABOUT, cases: calls::wait::cases },
    File { name: "calls_callbacks", about: calls::ABOUT, cases: calls::callbacks::cases },
    File { name: "calls_learned", about: calls::ABOUT, cases: calls::learned::cases },
    File { name: "calls_persons", about: calls::ABOUT, cases: calls::persons::cases },
    File { name: "transcripts_submit", about: transcripts::ABOUT, cases: transcripts::submit::cases },
    File { name: "transcripts_wait", about: transcripts::ABOUT, cases: transcripts::wait::cases },
    File { name: "transcripts_persons", about: transcripts::ABOUT, cases: transcripts::persons::cases },
    File { name: "webhooks", about: webhooks::ABOUT, cases: webhooks::cases },
];

/// Every file that is written, with its text: the vectors, their manifest, and the diagram in the core's documentation.
pub fn files() -> Vec<(PathBuf, String)> {
    let folder = contracts::root().join("vectors");
    let mut counts = Map::new();
    let mut files = Vec::new();
    for file in &FILES {
        let cases = (file.cases)();
        counts.insert(file.name.to_owned(), Value::from(cases.len()));
        files.push((folder.join(format!("{}.json", file.name)), text(file.about, &cases)));
    }
    let total: u64 = counts.values().filter_map(Value::as_u64).sum();
    let manifest = json!({"contracts": contracts::ALL, "files": counts, "total": total});
    files.push((folder.join("manifest.json"), format!("{manifest:#}\n")));
    files.push((contracts::root().join("../core/phases.md"), gentask_core::internal::diagram()));
    files
}

fn text(about: &str, cases: &[Value]) -> String {
    let lines: Vec<String> = cases.iter().map(case_text).collect();
    format!("{{\n\"about\": {},\n\"cases\": [\n{}\n]\n}}\n", Value::from(about), lines.join(",\n"))
}

/// A case on one line; a transcript's steps on one line each.
fn case_text(case: &Value) -> String {
    let Some(steps) = case["steps"].as_array() else { return to_canonical(case) };
    let mut head = case.clone();
    head["steps"] = Value::Null;
    let steps: Vec<String> = steps.iter().map(|step| format!(" {}", to_canonical(step))).collect();
    to_canonical(&head).replace("\"steps\":null", &format!("\"steps\":[\n{}\n]", steps.join(",\n")))
}

/// Writes every file.
pub fn write() -> std::io::Result<()> {
    files().into_iter().try_for_each(|(path, text)| fs::write(path, text))
}

/// What differs between the files and what the core does: one line for each; empty where all is well.
pub fn check() -> Vec<String> {
    let mut faults = Vec::new();
    for (path, text) in files() {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let stored = fs::read_to_string(&path).unwrap_or_default();
        let (mut old, mut new) = (stored.lines(), text.lines());
        for line in 1.. {
            match (old.next(), new.next()) {
                (None, None) => break,
                (old, new) if old == new => {}
                (old, new) => {
                    faults.push(format!(
                        "{name}:{line}\n  stored: {}\n  now:    {}",
                        old.unwrap_or("(nothing)"),
                        new.unwrap_or("(nothing)")
                    ));
                    break;
                }
            }
        }
    }
    faults
}
