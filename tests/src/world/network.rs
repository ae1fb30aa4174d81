//! The network: what becomes of one request on its way there, and of its answer on its way back.

use super::Chance;
use super::provider::answer;
use gentask_core::{BodyEnd, HttpResponse, Operation};
use serde_json::json;

/// How one request travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Journey {
    /// After how many milliseconds it arrives at the provider; `None`: it never does.
    pub(super) arrives: Option<u64>,
    /// How long what comes back takes.
    pub(super) back_ms: u64,
    pub(super) back: Back,
    /// Whether it arrives twice. A submit never does: it goes out on a connection of its own.
    pub(super) twice: bool,
}

/// What the host hears.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Back {
    /// The provider's answer.
    Answer,
    /// The provider's answer, and a wish for a pause.
    Asking(u64),
    /// The answer ends inside the task's id.
    CutInId,
    /// It ends after the id, inside the JSON.
    CutAfterId,
    /// Its JSON is complete, and its end was not seen.
    CutAtEnd,
    /// Somebody between speaks in the provider's place.
    Gateway(u16),
    /// The same, with a wish for a pause in seconds.
    GatewayAsking(u16, u64),
    /// Provably nothing left.
    NotSent,
    /// The connection ended, in the answer's head at the latest.
    Lost,
    /// Nothing, ever.
    Silence,
}

impl Journey {
    pub(super) fn good(chance: &mut Chance) -> Self {
        Self { arrives: Some(chance.below(200)), back_ms: chance.below(200), back: Back::Answer, twice: false }
    }

    /// One that goes wrong.
    pub(super) fn bad(operation: Operation, chance: &mut Chance) -> Self {
        let submits = operation == Operation::Submit;
        let (arrives, back) = match chance.below(17) {
            0 => (false, Back::NotSent),
            1 => (false, Back::Lost),
            2 => (false, Back::Silence),
            // What a gateway says of a request that it did not pass on is true.
            3 => (false, Back::Gateway(chance.pick(&[429, 425]))),
            4 => (false, Back::GatewayAsking(429, chance.pick(&[2, 20, 100, 200, 400]))),
            5 => (false, Back::Gateway(chance.pick(&[401, 403, 402, 413]))),
            6 | 7 => (true, Back::Lost),
            8 => (true, Back::Silence),
            9 => (true, Back::CutInId),
            10 => (true, Back::CutAfterId),
            11 | 12 => (true, Back::CutAtEnd),
            13 => (true, Back::Gateway(chance.pick(&[502, 500, 503, 504, 408, 200]))),
            14 => (true, Back::GatewayAsking(503, chance.pick(&[2, 30, 200]))),
            15 => (true, Back::Asking(chance.pick(&[1, 10, 60]))),
            _ => (true, Back::Answer),
        };
        let slow = chance.pick(&[0, 500, 10_000, 45_000]);
        Self {
            arrives: arrives.then(|| chance.below(slow.max(200))),
            back_ms: chance.below(slow.max(200)),
            back,
            twice: !submits && chance.happens(20),
        }
    }

    /// What the host hears of it, given the provider's answer where there is one; `None`: nothing that is an answer.
    pub(super) fn heard(&self, whole: Option<HttpResponse>) -> Option<HttpResponse> {
        let cut = |whole: HttpResponse, at: usize| {
            let body = whole.body.get(..at).unwrap_or(&whole.body).to_vec();
            HttpResponse { body, end: BodyEnd::Truncated, ..whole }
        };
        match (self.back, whole) {
            (Back::Answer, whole) => whole,
            (Back::Asking(seconds), Some(whole)) => Some(asking(whole, seconds)),
            (Back::CutInId, Some(whole)) => {
                let at = id_end(&whole.body);
                Some(cut(whole, at.saturating_sub(1)))
            }
            (Back::CutAfterId, Some(whole)) => {
                let at = id_end(&whole.body) + 2;
                Some(cut(whole, at))
            }
            (Back::CutAtEnd, Some(whole)) => {
                let at = whole.body.len();
                Some(cut(whole, at))
            }
            (Back::Gateway(status), _) => Some(spoken(status)),
            (Back::GatewayAsking(status, seconds), _) => Some(asking(spoken(status), seconds)),
            _ => None,
        }
    }
}

fn spoken(status: u16) -> HttpResponse {
    answer(status, &if status < 500 && status != 200 { json!({}) } else { json!("bad gateway") })
}

fn asking(mut response: HttpResponse, seconds: u64) -> HttpResponse {
    response.headers.push(("retry-after".to_owned(), seconds.to_string()));
    response
}

/// Where the task's id ends in an answer; its middle where it has none.
fn id_end(body: &[u8]) -> usize {
    let text = String::from_utf8_lossy(body);
    let at = text.find("\"task-").map(|start| start + 1);
    at.and_then(|start| text[start..].find('"').map(|length| start + length)).unwrap_or(body.len() / 2)
}
