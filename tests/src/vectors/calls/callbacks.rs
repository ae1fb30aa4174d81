//! Callbacks: asked for, received, followed up; and what an application hears of tasks that have ended.

use super::super::keys::in_phase;
use super::super::scene::ENTROPY;
use super::stage::{Fault, Stage};
use crate::records::with;
use crate::rig::START;
use crate::{contracts, wire};
use gentask_core::internal::to_canonical;
use gentask_core::store::{DeliveryOutcome, StoredDelivery};
use gentask_core::webhook::{PublicKey, Secret, Secrets, Signing, mint, public_key, sign, write_jwks};
use gentask_core::{Phase, SubmitOptions, TaskMachine, TaskRecord};
use serde_json::{Value, json};
use std::sync::Arc;

const INTENT: &str = "01234567-89ab-4def-8123-456789abcdef";
/// The intent of a submit on the stage.
const SUBMITTED: &str = "21234567-89ab-4def-8123-456789abcdef";
const TOKEN_SECRET: &str = "a-secret-of-our-own-for-the-tokens";
const SIGNING_SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const SEED: [u8; 32] = [7; 32];
const REPLICATE: &str = "contracts/replicate.json";
const FAL: &str = "contracts/fal.json";

/// A client that keeps callbacks, with a secret of its own and perhaps one of the provider's.
fn settings(signing: &[&str]) -> Value {
    let texts = |texts: &[&str]| texts.iter().map(|text| json!({"text": text})).collect::<Value>();
    let secrets = json!({"token": texts(&[TOKEN_SECRET]), "signing": texts(signing)});
    json!({"holder": "worker-1", "listens": true, "callbacks": {"areKept": true, "secrets": secrets}})
}

fn url(secret: &str, intent_id: &str) -> String {
    let token = mint(&Secret::new(secret, None), intent_id).unwrap_or_else(|error| panic!("{error}"));
    format!("/hooks/gentask?gentask={token}")
}

fn to(url: &str) -> Value {
    json!({"method": "POST", "url": url, "headers": []})
}

fn poke() -> Value {
    to(&url(TOKEN_SECRET, INTENT))
}

/// A delivery as a contract's provider would sign it.
fn signed(contract: &str, url: &str, body: &Value) -> Value {
    let secrets = Secrets { signing: vec![Secret::new(SIGNING_SECRET, None)], ..Secrets::default() };
    let signing = Signing {
        intent_id: INTENT.to_owned(),
        task_id: "task-1".to_owned(),
        delivery_id: "msg_1".to_owned(),
        user: "user_1".to_owned(),
        body: to_canonical(body).into_bytes(),
        seed: (contract == FAL).then_some(SEED),
    };
    let headers = sign(&contracts::load(contract), &secrets, &signing, START).unwrap_or_else(|error| panic!("{error}"));
    json!({"method": "POST", "url": url, "headers": headers.iter().map(|(name, value)| json!([name, value])).collect::<Vec<_>>()})
}

/// The record of a contract's example, accepted and waiting.
fn waiting_at(contract: &str) -> TaskRecord {
    let settings = Arc::new(wire::settings_from(&json!({})));
    let generation = contracts::generation(contract);
    let machine = TaskMachine::prepare(
        &contracts::load(contract),
        &generation,
        &SubmitOptions::default(),
        &settings,
        wire::entropy_from(&json!(ENTROPY)),
        START,
    );
    let first = machine.unwrap_or_else(|error| panic!("{error}")).first_record();
    with(
        &first,
        json!({"phase": "waiting", "taskId": "task-1", "attempts": {"submit": 1}, "callback": true, "due": {"at": START + 30_000, "set": START}}),
    )
}

fn waiting() -> TaskRecord {
    with(&in_phase(Phase::Waiting), json!({"callback": true, "attempts": {"submit": 1}, "due": {"at": START + 30_000, "set": START}}))
}

fn lost(phase: Phase) -> TaskRecord {
    with(&in_phase(phase), json!({"attempts": {"submit": 1}, "callback": true}))
}

/// A prediction of Replicate's.
fn prediction(status: &str) -> Value {
    json!({"id": "task-1", "status": status, "output": "https://replicate.delivery/a.png"})
}

fn stored(dedupe: &str, outcome: DeliveryOutcome, body: &Value) -> StoredDelivery {
    StoredDelivery {
        provider: "replicate".to_owned(),
        account: "default".to_owned(),
        dedupe: dedupe.to_owned(),
        received_at: START - 1_000,
        expires_at: START + 86_400_000,
        verified: true,
        outcome,
        intent_id: None,
        task_id: Some("task-1".to_owned()),
        body: to_canonical(body).into_bytes(),
    }
}

pub(in super::super) fn cases() -> Vec<Value> {
    let of = json!({"intentId": INTENT});
    let body = json!({"code": 200, "data": {"taskId": "task-1", "state": "success"}});
    let token = url(TOKEN_SECRET, INTENT).rsplit('=').next().unwrap_or_default().to_owned();
    let mut echo =
        json!({"data": {"taskId": "task-1", "state": "success", "resultJson": "{\"resultUrls\":[\"https://cdn.example.com/a.png\"]}"}});
    echo["data"]["callback_url"] = json!(format!("https://app.example.com/{token}/hook"));
    let accepted = json!({"code": 200, "data": {"taskId": "task-1"}});
    let success = json!({"data": {"taskId": "task-1", "state": "success", "resultJson": "{\"resultUrls\":[\"https://cdn.example.com/a.png\"]}", "costTime": 12500}});
    let failed = json!({"data": {"taskId": "task-1", "state": "failed", "failMsg": "no"}});
    let apixo = |name: &str| Stage::with(name, "apixo", &settings(&[]));
    let replicate = |name: &str| Stage::with(name, REPLICATE, &settings(&[SIGNING_SECRET]));
    let fal = |name: &str| Stage::with(name, FAL, &settings(&[]));
    let bare = "/hooks/gentask";
    let done = prediction("succeeded");
    let published = |seed: [u8; 32]| -> Value {
        let key = PublicKey { id: Some("key-1".to_owned()), bytes: public_key(&seed) };
        serde_json::from_slice(&write_jwks(&[key])).unwrap_or_else(|error| panic!("{error}"))
    };
    let (keys, other_keys) = (published(SEED), published([8; 32]));
    let fal_body = json!({"request_id": "task-1", "status": "OK"});
    let claimed = |source: &str| {
        let conflict = json!({"phase": "failed", "source": source, "at": START, "taskId": null});
        with(&waiting(), json!({"phase": "succeeded", "due": null, "at": {"finished": START}, "conflict": conflict}))
    };
    vec![
        Stage::with(
            "a submit with a callback: the secret of its token is made once and kept in the store",
            "apixo",
            &json!({"holder": "worker-1", "callbacks": {"areKept": true}}),
        )
        .answers(200, &accepted)
        .submit(&json!({"callbackUrl": "https://app.example.com/hook"})),
        Stage::with(
            "a submit with a callback: the secret of its token is the store's",
            "apixo",
            &json!({"holder": "worker-1", "callbacks": {"areKept": true}}),
        )
        .meta("callback secret", TOKEN_SECRET)
        .answers(200, &accepted)
        .submit(&json!({"callbackUrl": "https://app.example.com/{token}/hook", "key": "order-42"})),
        Stage::with(
            "a submit under a key where the secret of its token cannot be read: the key may have a task already",
            "apixo",
            &json!({"holder": "worker-1", "callbacks": {"areKept": true}}),
        )
        .fault("setMeta", 1, Fault::Refuse("readOnly"))
        .submit(&json!({"callbackUrl": "https://app.example.com/hook", "key": "order-42"})),
        apixo("a submit with a callback and a secret of its own")
            .answers(200, &accepted)
            .submit(&json!({"callbackUrl": "https://app.example.com/hook?a=1#b"})),
        apixo("a refusal that repeats the callback URL: its token is hidden")
            .answers(400, &json!({"code": 400, "message": format!("cannot reach https://app.example.com{}", url(TOKEN_SECRET, SUBMITTED))}))
            .submit(&json!({"callbackUrl": "https://app.example.com/hook"})),
        apixo("a status that repeats the callback URL in its path: its token is hidden")
            .stores(&with(&waiting(), json!({"due": {"at": START, "set": START}})))
            .answers(200, &echo)
            .begin("followUp", &of, None),
        apixo("a poke: the task is due at once").stores(&waiting()).receive(&poke(), &body),
        apixo("a poke whose body is no JSON").stores(&waiting()).receive(&poke(), &json!("\u{7f}not JSON")),
        apixo("a poke that names another task").stores(&waiting()).receive(&poke(), &json!({"data": {"taskId": "task-2"}})),
        apixo("a poke with a token in its path")
            .stores(&waiting())
            .receive(&to(&format!("/hooks/{}", url(TOKEN_SECRET, INTENT).rsplit('=').next().unwrap_or_default())), &body),
        apixo("a poke that came before")
            .stores(&waiting())
            .delivered(StoredDelivery {
                provider: "apixo".to_owned(),
                dedupe: format!("{INTENT} body:1ca29813c0ba81e868bdfe8a9d57926a10e39e132d1290d35d45c8e3d3c7fc1a"),
                ..stored("", DeliveryOutcome::Poke, &json!({}))
            })
            .receive(&poke(), &body),
        apixo("a lost submit is found by its token").stores(&lost(Phase::Unresolved)).receive(&poke(), &body),
        apixo("a callback that beats the submit's answer").stores(&lost(Phase::Submitting)).receive(&poke(), &body),
        apixo("a callback that beats the submit's answer and names no task").stores(&lost(Phase::Submitting)).receive(&poke(), &json!({})),
        apixo("a callback about a submit that was refused").stores(&lost(Phase::Rejected)).receive(&poke(), &body),
        apixo("a poke after the end").stores(&with(&waiting(), json!({"phase": "succeeded"}))).receive(&poke(), &body),
        apixo("a token of another deployment").stores(&waiting()).receive(&to(&url("another secret", INTENT)), &body),
        apixo("a token of a task that was pruned").receive(&poke(), &body),
        apixo("somebody else's task").stores(&with(&waiting(), json!({"account": "other"}))).receive(&poke(), &body),
        apixo("no token").stores(&waiting()).receive(&to(bare), &body),
        apixo("a method that brings nothing")
            .stores(&waiting())
            .receive(&json!({"method": "GET", "url": url(TOKEN_SECRET, INTENT), "headers": []}), &body),
        apixo("a store that cannot be read").stores(&waiting()).fault("load", 1, Fault::Refuse("readOnly")).receive(&poke(), &body),
        apixo("a store that refuses the save").stores(&waiting()).fault("save", 1, Fault::Refuse("readOnly")).receive(&poke(), &body),
        apixo("a save whose answer is lost").stores(&waiting()).fault("save", 1, Fault::LoseAnswer).receive(&poke(), &body),
        apixo("another process polls meanwhile")
            .stores(&waiting())
            .fault("save", 1, Fault::Overtake(json!({"state": "processing"})))
            .receive(&poke(), &body),
        replicate("a signed end").stores(&waiting_at(REPLICATE)).receive(&signed(REPLICATE, &url(TOKEN_SECRET, INTENT), &done), &done),
        replicate("a signed end without a token").stores(&waiting_at(REPLICATE)).receive(&signed(REPLICATE, bare, &done), &done),
        replicate("signed news on the way")
            .stores(&waiting_at(REPLICATE))
            .receive(&signed(REPLICATE, bare, &prediction("processing")), &prediction("processing")),
        replicate("signed words that are not known")
            .stores(&waiting_at(REPLICATE))
            .receive(&signed(REPLICATE, bare, &prediction("resting")), &prediction("resting")),
        replicate("a signed end twice")
            .stores(&waiting_at(REPLICATE))
            .delivered(stored("id:msg_1", DeliveryOutcome::Applied, &done))
            .receive(&signed(REPLICATE, bare, &done), &done),
        replicate("a signed end that contradicts the stored one")
            .stores(&with(&waiting_at(REPLICATE), json!({"phase": "failed", "due": null, "at": {"finished": START}})))
            .receive(&signed(REPLICATE, bare, &done), &done),
        replicate("news that were sent before the end")
            .stores(&with(&waiting_at(REPLICATE), json!({"phase": "succeeded"})))
            .receive(&signed(REPLICATE, bare, &prediction("processing")), &prediction("processing")),
        replicate("a body that is another than the signed one")
            .stores(&waiting_at(REPLICATE))
            .receive(&signed(REPLICATE, bare, &done), &prediction("failed")),
        replicate("a token without a signature").stores(&waiting_at(REPLICATE)).receive(&poke(), &done),
        replicate("an orphan").receive(&signed(REPLICATE, bare, &done), &done),
        replicate("an orphan that came before, and its task is here now")
            .stores(&waiting_at(REPLICATE))
            .delivered(stored("id:msg_1", DeliveryOutcome::Orphan, &done))
            .receive(&signed(REPLICATE, bare, &done), &done),
        replicate("a submit that finds its orphan")
            .delivered(stored("id:msg_1", DeliveryOutcome::Orphan, &done))
            .answers(201, &json!({"id": "task-1", "status": "starting"}))
            .submit(&json!({})),
        fal("published keys are fetched").stores(&waiting_at(FAL)).answers(200, &keys).receive(&signed(FAL, bare, &fal_body), &fal_body),
        fal("published keys that verify nothing")
            .stores(&waiting_at(FAL))
            .answers(200, &other_keys)
            .receive(&signed(FAL, bare, &fal_body), &fal_body),
        fal("published keys that cannot be reached")
            .stores(&waiting_at(FAL))
            .silence("maybeSent")
            .receive(&signed(FAL, bare, &fal_body), &fal_body),
        fal("published keys that are none")
            .stores(&waiting_at(FAL))
            .answers(200, &json!({"keys": 5}))
            .receive(&signed(FAL, bare, &fal_body), &fal_body),
        apixo("followed up")
            .stores(&with(&waiting(), json!({"due": {"at": START, "set": START}})))
            .answers(200, &success)
            .begin("followUp", &of, None),
        apixo("followed up: a lost submit, and the provider knows the id that its callback names")
            .stores(&lost(Phase::Unresolved))
            .delivered(StoredDelivery {
                provider: "apixo".to_owned(),
                intent_id: Some(INTENT.to_owned()),
                verified: false,
                ..stored("x", DeliveryOutcome::Poke, &json!({}))
            })
            .answers(200, &success)
            .begin("followUp", &of, None),
        apixo("followed up: a lost submit, and the provider does not know the id that its callback names")
            .stores(&lost(Phase::Unresolved))
            .delivered(StoredDelivery {
                provider: "apixo".to_owned(),
                intent_id: Some(INTENT.to_owned()),
                verified: false,
                ..stored("x", DeliveryOutcome::Poke, &json!({}))
            })
            .answers(404, &json!({"code": 404, "message": "no such task"}))
            .begin("followUp", &of, None),
        ["task-4", "task-3", "task-2", "task-1", "task-2"]
            .into_iter()
            .zip((1..=5).rev())
            .fold(
                apixo("followed up: a lost submit whose callbacks name several ids, one of them twice: each of three is looked up once")
                    .stores(&lost(Phase::Unresolved)),
                |stage, (task_id, age)| {
                    stage.delivered(StoredDelivery {
                        provider: "apixo".to_owned(),
                        intent_id: Some(INTENT.to_owned()),
                        task_id: Some(task_id.to_owned()),
                        received_at: START - 1_000 * age,
                        verified: false,
                        ..stored(&format!("x-{age}"), DeliveryOutcome::Poke, &json!({}))
                    })
                },
            )
            .answers(404, &json!({"code": 404, "message": "no such task"}))
            .answers(404, &json!({"code": 404, "message": "no such task"}))
            .answers(404, &json!({"code": 404, "message": "no such task"}))
            .begin("followUp", &of, None),
        apixo("followed up where nothing is due").stores(&waiting()).begin("followUp", &of, None),
        apixo("followed up after a claim: the stored end is true")
            .stores(&claimed("callback"))
            .answers(200, &success)
            .begin("followUp", &of, None),
        apixo("followed up after a claim: the claimed end is true")
            .stores(&claimed("callback"))
            .answers(200, &failed)
            .begin("followUp", &of, None),
        apixo("followed up after a claim that is settled").stores(&claimed("status")).begin("followUp", &of, None),
        apixo("notices").stores(&with(&waiting(), json!({"phase": "succeeded"}))).blob(INTENT, "raw", br#"{"a":1}"#).begin(
            "notices",
            &json!({}),
            None,
        ),
        apixo("no notices").stores(&waiting()).begin("notices", &json!({"limit": 5}), None),
        apixo("acknowledged").stores(&with(&waiting(), json!({"phase": "succeeded"}))).begin("acknowledge", &of, None),
        apixo("acknowledged, and it is another account's").stores(&with(&waiting(), json!({"account": "other"}))).begin(
            "acknowledge",
            &of,
            None,
        ),
    ]
}
