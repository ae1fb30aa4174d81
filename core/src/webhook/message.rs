//! What is signed, put together from the parts of a delivery, and the rules that hold before any signature is looked at.

use super::headers::single;
use super::proof::read_body;
use crate::contract::callback::{Callback, Part, Variable};
use crate::hex;
use crate::io::UnixMillis;
use sha2::{Digest as _, Sha256};

/// The parts of a delivery that a template may name.
pub(super) struct Parts<'a> {
    pub(super) id: Option<&'a str>,
    pub(super) timestamp: Option<&'a str>,
    pub(super) user: Option<&'a str>,
    pub(super) task_id: Option<&'a str>,
    pub(super) body: &'a [u8],
}

/// The bytes that the provider signed. `None`: a part is missing, or the same bytes could be read as other parts.
pub(super) fn message(template: &[Part], parts: &Parts<'_>) -> Option<Vec<u8>> {
    let mut message = Vec::with_capacity(parts.body.len() + 128);
    for (index, part) in template.iter().enumerate() {
        let variable = match part {
            Part::Literal(text) => {
                message.extend_from_slice(text.as_bytes());
                continue;
            }
            Part::Variable(variable) => variable,
        };
        let text = match variable {
            Variable::Body => {
                message.extend_from_slice(parts.body);
                continue;
            }
            Variable::BodySha256 => hex::encode(&Sha256::digest(parts.body)),
            Variable::Id => parts.id?.to_owned(),
            Variable::Timestamp => parts.timestamp?.to_owned(),
            Variable::User => parts.user?.to_owned(),
            Variable::TaskId => parts.task_id?.to_owned(),
        };
        if is_ambiguous(&text, template.get(index + 1..).unwrap_or_default()) {
            return None;
        }
        message.extend_from_slice(text.as_bytes());
    }
    Some(message)
}

/// Whether a value holds the mark that ends it while something of any length follows: then the border between them could be moved,
/// and the signature of one delivery would hold for another.
fn is_ambiguous(value: &str, rest: &[Part]) -> bool {
    let is_free = |part: &Part| matches!(part, Part::Variable(Variable::Body | Variable::Id | Variable::User | Variable::TaskId));
    match rest.first() {
        Some(Part::Literal(mark)) => rest.iter().any(is_free) && crate::search::contains(value, mark),
        _ => false,
    }
}

/// The message of a delivery and its id, where its timestamp is one of now.
pub(super) fn of_delivery<'a>(
    callback: &'a Callback,
    headers: &'a [(String, String)],
    body: &'a [u8],
    now: UnixMillis,
    tolerance_ms: u64,
) -> Option<(Vec<u8>, Option<&'a str>)> {
    let timestamp = single(headers, callback.timestamp.as_ref());
    if callback.names(Variable::Timestamp) && !timestamp.is_some_and(|text| is_now(text, now, tolerance_ms)) {
        return None;
    }
    let id = single(headers, callback.id.as_ref());
    // The id is not to be believed yet: it is only what the provider must have signed, if this is its delivery.
    let task_id = callback.names(Variable::TaskId).then(|| read_body(callback, body)).and_then(|body| body.task_id);
    let user = single(headers, callback.user.as_ref());
    let parts = Parts { id, timestamp, user, task_id: task_id.as_deref(), body };
    Some((message(&callback.signed, &parts)?, id))
}

/// Whether a timestamp is 1 to 11 digits, and as near to now as is tolerated, on both sides.
fn is_now(text: &str, now: UnixMillis, tolerance_ms: u64) -> bool {
    let is_plain = (1..=11).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    let at = text.parse::<u64>().ok().filter(|_| is_plain).and_then(|seconds| seconds.checked_mul(1_000));
    at.is_some_and(|at| now.abs_diff(at) <= tolerance_ms)
}
