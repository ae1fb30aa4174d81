//! The network: what becomes of one request.

use super::provider::answer;
use super::{Chance, Provider};
use gentask_core::{BodyEnd, Delivery, HttpRequest, HttpResponse, Input, Operation};
use serde_json::json;

/// What a driver hears of a request, and how much later. `None`: nothing, ever.
pub(super) struct Heard {
    pub(super) after_ms: u64,
    pub(super) input: Option<Input>,
}

/// Carries a request to the provider, or not, and an answer back, or not.
pub(super) fn carry(request: &HttpRequest, provider: &mut Provider, chance: &mut Chance, trouble: u64, now: u64) -> Heard {
    let id = request.id.clone();
    let undelivered = |delivery| Some(Input::Undelivered { request: id.clone(), delivery, reason: "connection lost".to_owned() });
    let respond = |response| Some(Input::Response { request: id.clone(), response });
    if !chance.happens(trouble) {
        let response = provider.answer(request, now);
        return Heard { after_ms: chance.below(400), input: respond(response) };
    }
    let after_ms = chance.below(45_000);
    let is_submit = request.operation == Operation::Submit;
    let input = match chance.below(10) {
        0 => undelivered(Delivery::NotSent),
        // It never arrives.
        1 => undelivered(Delivery::MaybeSent),
        2 => None,
        // A gateway speaks for the provider; what it says of a submit that it did not pass on is true.
        3 => respond(answer([429, 425][usize::from(chance.happens(30))], &json!({}))),
        4 => {
            let mut slow_down = answer(429, &json!({}));
            slow_down.headers.push(("retry-after".to_owned(), chance.below(300).to_string()));
            respond(slow_down)
        }
        // It arrives, and the answer is lost, spoilt, late or replaced.
        5 => {
            provider.answer(request, now);
            undelivered(Delivery::MaybeSent)
        }
        6 => {
            provider.answer(request, now);
            None
        }
        7 => {
            let whole = provider.answer(request, now);
            let half = whole.body.len() / 2;
            respond(HttpResponse { body: whole.body[..half].to_vec(), end: BodyEnd::Truncated, ..whole })
        }
        8 => {
            provider.answer(request, now);
            respond(answer([502, 500, 408, 200][usize::try_from(chance.below(4)).unwrap_or(0)], &json!("bad gateway")))
        }
        _ => {
            let first = provider.answer(request, now);
            // A read may arrive twice; a submit goes out on a connection of its own, so that none is sent again.
            respond(if is_submit { first } else { provider.answer(request, now) })
        }
    };
    Heard { after_ms, input }
}
