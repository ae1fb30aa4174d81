//! What a provider answers the rig: samples, known shapes, and noise.

use super::{Move, Rig};
use gentask_core::{BodyEnd, HttpResponse};

impl Rig {
    /// An answer: a sample of the contract, a known shape, or noise, with a header now and then.
    pub(super) fn response(&self, a_move: &Move) -> HttpResponse {
        let samples = self.contract.samples();
        let own: Vec<_> = samples.iter().filter(|sample| self.in_flight.as_ref().is_some_and(|(_, at)| *at == sample.operation)).collect();
        let mut response = match a_move.a % 8 {
            0 => HttpResponse { status: 200, headers: Vec::new(), body: a_move.bytes.clone(), end: BodyEnd::Whole },
            1 => {
                let status = u16::try_from(a_move.b % 700).unwrap_or(0);
                HttpResponse { status, headers: Vec::new(), body: a_move.bytes.clone(), end: BodyEnd::Whole }
            }
            2 => accepting(a_move.b),
            3 => known(a_move.b),
            _ if own.is_empty() => known(a_move.b),
            _ => own[usize::try_from(a_move.b).unwrap_or(0) % own.len()].response.clone(),
        };
        match a_move.b % 16 {
            0 => response.end = BodyEnd::Truncated,
            1 => response.end = BodyEnd::TooLarge,
            2 => response.headers.push(("retry-after".to_owned(), (a_move.a % 400).to_string())),
            3 => response.headers.push(("retry-after".to_owned(), String::from_utf8_lossy(&a_move.bytes).into_owned())),
            _ => {}
        }
        response
    }
}

/// A whole answer of 200 with this body.
pub fn ok(body: &str) -> HttpResponse {
    HttpResponse { status: 200, headers: Vec::new(), body: body.as_bytes().to_vec(), end: BodyEnd::Whole }
}

/// An answer that names a task id wherever any contract looks for one.
pub(super) fn accepting(choice: u64) -> HttpResponse {
    let id = format!("task-{}", choice % 2);
    ok(&format!(r#"{{"id":"{id}","taskId":"{id}","request_id":"{id}","data":{{"taskId":"{id}","task_id":"{id}"}}}}"#))
}

fn known(choice: u64) -> HttpResponse {
    const BODIES: [(u16, &str); 14] = [
        (200, r#"{"state":"queued","status":"IN_QUEUE"}"#),
        (200, r#"{"state":"working","progress":0.5,"status":"PROGRESS"}"#),
        (200, r#"{"state":"done","files":[{"url":"https://cdn.example.com/a.png"}]}"#),
        (200, r#"{"state":"failed","reason":{"code":"nsfw","text":"no"}}"#),
        (200, r#"{"state":"something new"}"#),
        (200, r#"{"state":"cancelled","status":"CANCEL"}"#),
        (200, r#"{"state":"done","status":"COMPLETED"}"#),
        (404, r#"{"message":"no such task"}"#),
        (401, r#"{"message":"no key"}"#),
        (429, r#"{"message":"slow down"}"#),
        (503, ""),
        (425, ""),
        (307, ""),
        (200, r#"{"tasks":[{"id":"task-0","reference":"07070707-0707-4707-8707-070707070707"}]}"#),
    ];
    let (status, body) = BODIES[usize::try_from(choice / 16).unwrap_or(0) % BODIES.len()];
    HttpResponse { status, ..ok(body) }
}
