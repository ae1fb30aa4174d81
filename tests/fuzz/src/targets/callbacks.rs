//! What comes to a callback URL: nothing proves more than its provider signed.

use super::check_error;
use crate::edit::edit;
use crate::{Draw, Target, note};
use gentask_core::Contract;
use gentask_core::webhook::{Arrival, Secret, Secrets, Signing, Verdict, judge, mint, read_jwks, sign, token_in, with_token};
use gentask_tests::contracts;
use gentask_tests::rig::START;

pub(super) const CALLBACK: Target = Target {
    name: "callback",
    about: "any delivery, and a genuine one with bytes changed: refused, or with the id, time and body that were signed",
    run: callback,
    seeds: super::none,
    plain: false,
};

pub(super) const KEYS: Target =
    Target { name: "key_set", about: "any published key set: refused, or at most 16 keys", run: keys, seeds: super::none, plain: true };

const INTENT: &str = "01234567-89ab-4def-8123-456789abcdef";
const SIGNED: [&str; 3] = ["contracts/replicate.json", "contracts/kie.json", "apixo"];

fn secrets() -> Secrets {
    let signing = vec![Secret::new("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", None)];
    Secrets { token: vec![Secret::new("a secret of the fuzz targets", None)], signing, ..Secrets::default() }
}

fn callback(data: &[u8]) {
    let mut draw = Draw::new(data);
    let contract = contracts::load(draw.pick::<&str>(&SIGNED));
    let genuine = genuine(&contract);
    let mut arrival = genuine.clone();
    if draw.flag() {
        arrival = Arrival {
            method: draw.text(),
            url: draw.text(),
            headers: (0..draw.below(6)).map(|_| (draw.text(), draw.text())).collect(),
            body: draw.bytes(200).to_vec(),
        };
    } else {
        for _ in 0..=draw.below(3) {
            spoil(&mut draw, &mut arrival);
        }
    }
    let _ = token_in(&arrival.url);
    let now = if draw.flag() { START } else { draw.number() };
    match judge(&contract, &secrets(), &arrival, now) {
        Verdict::Refused(refusal) => {
            note(refusal.as_str());
            assert!([400, 401, 405, 413].contains(&refusal.http_status()));
        }
        Verdict::Keys(_) => panic!("no contract here has public keys"),
        Verdict::Proven(proof) => {
            note("proven");
            assert_eq!(arrival.method, "POST");
            assert!(proof.intent_id.as_deref().is_none_or(|intent| intent == INTENT), "a token names another intent");
            assert!(proof.intent_id.is_some() || proof.is_signed, "nothing proves it");
            if proof.covers_body {
                assert_eq!(arrival.body, genuine.body, "another body than the signed one is believed");
            }
            if proof.is_signed {
                assert!(now.abs_diff(START) <= 301_000, "an old signature is believed");
            }
        }
    }
}

/// What the provider sends.
fn genuine(contract: &Contract) -> Arrival {
    let body = br#"{"id":"task-1","status":"succeeded","data":{"taskId":"task-1","state":"success"}}"#.to_vec();
    let signing = Signing {
        intent_id: INTENT.to_owned(),
        task_id: "task-1".to_owned(),
        delivery_id: "msg_1".to_owned(),
        user: "user_1".to_owned(),
        body: body.clone(),
        seed: None,
    };
    let headers = sign(contract, &secrets(), &signing, START).unwrap_or_default();
    let token = mint(&secrets().token[0], INTENT).expect("a token");
    Arrival { method: "POST".to_owned(), url: with_token("https://app.example.com/hook?a=1", &token), headers, body }
}

fn spoil(draw: &mut Draw<'_>, arrival: &mut Arrival) {
    let text = |text: &mut String, draw: &mut Draw<'_>| {
        let mut bytes = text.clone().into_bytes();
        edit(draw, &mut bytes);
        *text = String::from_utf8_lossy(&bytes).into_owned();
    };
    match draw.below(6) {
        0 => edit(draw, &mut arrival.body),
        1 => text(&mut arrival.url, draw),
        2 => arrival.headers.clear(),
        3 if !arrival.headers.is_empty() => {
            let index = draw.below(arrival.headers.len());
            text(&mut arrival.headers[index].1, draw);
        }
        4 if !arrival.headers.is_empty() => {
            let again = arrival.headers[draw.below(arrival.headers.len())].clone();
            arrival.headers.push(again);
        }
        _ => arrival.headers.push((draw.text(), draw.text())),
    }
}

fn keys(data: &[u8]) {
    match read_jwks(data) {
        Ok(keys) => assert!(keys.len() <= 16),
        Err(error) => check_error(&error),
    }
}
