//! A contract's own test: every sample is decoded, and held against what it is said to mean.

use super::{Context, Read, Submitted};
use crate::contract::{Contract, Sample, State};
use crate::decode;
use crate::error::{ErrorCode, Violation, note};
use crate::io::Operation;
use std::collections::BTreeMap;

impl Contract {
    /// Reads every sample of the contract and reports each one that does not decode as declared: an author's own test.
    pub fn check_samples(&self) -> Vec<Violation> {
        let mut faults = Vec::new();
        let mut counts = BTreeMap::new();
        for sample in self.samples() {
            let (is, code, files) = self.meaning(sample);
            let index = counts.entry(sample.operation).or_insert(0_usize);
            let at = format!("/samples/{}/{index}", sample.operation.as_str());
            *index += 1;
            let mut compare = |what: &str, expected: String, actual: String| {
                if expected != actual {
                    note(&mut faults, &at, &format!("sample {what}"), &expected, &actual);
                }
            };
            compare("is", sample.is.clone(), is.to_owned());
            if let Some(expected) = sample.code {
                compare("code", expected.to_string(), code.map(|code| code.to_string()).unwrap_or_default());
            }
            if !sample.files.is_empty() {
                compare("files", sample.files.join(" "), files.join(" "));
            }
        }
        faults
    }

    fn meaning(&self, sample: &Sample) -> (&'static str, Option<ErrorCode>, Vec<String>) {
        let parts = self.parts();
        let response = &sample.response;
        let call = match (sample.operation, &parts.result) {
            (Operation::Submit, _) => {
                let Some(call) = parts.submits.first() else { return ("unresolved", None, Vec::new()) };
                return match decode::submit(self, call, response, 0) {
                    Submitted::Accepted { .. } => ("accepted", None, Vec::new()),
                    Submitted::NotSent(fault, _) => ("not_sent", Some(fault.code), Vec::new()),
                    Submitted::Limited(fault, _) => ("limited", Some(fault.code), Vec::new()),
                    Submitted::Refused(fault) => ("rejected", Some(fault.code), Vec::new()),
                    Submitted::Lost(_) => ("unresolved", None, Vec::new()),
                };
            }
            (Operation::Status, _) => &parts.status,
            (Operation::Result, Some(result)) => &result.call,
            (operation, _) => {
                return match decode::plain(self, operation, response, 0) {
                    Ok(_) => ("ok", None, Vec::new()),
                    Err(read) => of_read(read),
                };
            }
        };
        let silent_state = (sample.operation == Operation::Result).then_some(State::Success);
        let context = Context { operation: sample.operation, kind: "unknown", model: "", now: 0, silent_state };
        of_read(decode::read(self, call, response, &context))
    }
}

fn of_read(read: Read) -> (&'static str, Option<ErrorCode>, Vec<String>) {
    match read {
        Read::State(seen) => {
            (seen.state.as_str(), seen.fault.map(|fault| fault.code), seen.files.into_iter().filter_map(|file| file.url).collect())
        }
        Read::NotFound(fault) => ("not_found", Some(fault.code), Vec::new()),
        Read::AuthFailed(fault) | Read::Refused(fault) | Read::TooLarge(fault) => ("refused", Some(fault.code), Vec::new()),
        Read::Limited(fault, _) => ("limited", Some(fault.code), Vec::new()),
        Read::Failed(fault, _) => ("failing", Some(fault.code), Vec::new()),
    }
}
