//! The total table of replies.

use gentask_core::{Ending, ErrorCode, Phase};
use serde_json::{Value, json};

pub(super) fn cases() -> Vec<Value> {
    let mut cases = Vec::new();
    for ending in Ending::ALL {
        for phase in Phase::ALL {
            for processing in [false, true] {
                for fault in [None, Some(ErrorCode::ContentRejected)] {
                    let (status, code) = ending.outcome(phase, processing, fault);
                    cases.push(json!({
                        "name": format!("{ending:?} in {}", phase.as_str()), "ending": ending.as_str(), "phase": phase.as_str(),
                        "processing": processing, "fault": fault.map(ErrorCode::as_str),
                        "expect": {"status": status.as_str(), "errorCode": code.map(ErrorCode::as_str), "ok": code.is_none()},
                    }));
                }
            }
        }
    }
    cases
}
