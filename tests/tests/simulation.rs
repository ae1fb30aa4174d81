//! Thousands of troubled worlds: nothing is paid twice, nothing is lost, and in the end everything that can be known is known. And one host
//! that does everything wrong, which is told so.
//!
//! `GENTASK_SEED=n` begins elsewhere, `GENTASK_LIVES=n` lives another number; `SEED=n cargo xtask simulate` tells a world's whole story.

use gentask_core::client::{Answer, Callbacks, Client, ClientSettings, Effect, Known, Next, Waiting};
use gentask_core::store::{Saved, StoreError, StoreErrorKind};
use gentask_core::webhook::{Secret, check_token, token_in};
use gentask_core::{Contract, Error, Generation, SubmitOptions};
use gentask_tests::world;
use serde_json::json;

const LIVES: u64 = 20_000;

fn number(name: &str, otherwise: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(otherwise)
}

#[test]
fn no_world_breaks_a_rule() {
    let (first, lives) = (number("GENTASK_SEED", 0), number("GENTASK_LIVES", LIVES));
    let threads = std::thread::available_parallelism().map_or(2, usize::from);
    let (tally, count, faulty) = world::many(first, lives, threads, false);
    gentask_tests::say(&format!("simulation: {count} lives: {tally:?}"));
    if let Some(first) = faulty.first() {
        let (seed, fault) = (first.seed, first.fault.as_ref().expect("it is faulty"));
        panic!("world {seed} breaks the rule \"{}\": {}\nits whole story: SEED={seed} cargo xtask simulate", fault.rule, fault.what);
    }
    for phase in ["succeeded", "failed", "cancelled", "rejected", "unresolved", "discarded"] {
        let count = tally.phases.get(phase).copied().unwrap_or(0);
        assert!(count > lives / 500, "hardly any task ends {phase}: {tally:?}");
    }
    let counts = [tally.crashes, tally.conflicts, tally.left, tally.parked, tally.mishaps];
    assert!(counts.iter().all(|count| *count > lives / 50), "too little happens: {tally:?}");
}

#[test]
fn a_seed_tells_the_same_story_to_the_byte() {
    for seed in 0..60 {
        let story = world::story(seed);
        assert!(story.lines().count() > 5, "{story}");
        assert_eq!(story, world::story(seed), "world {seed}");
    }
}

const NOW: u64 = 1_790_000_000_000;

fn client() -> Client {
    let contract = Contract::built_in("apixo").expect("it is built in");
    Client::new(&contract, ClientSettings { holder: "host".into(), ..ClientSettings::default() }).expect("valid")
}

/// A mistake is told in words that name it, as the host's own.
fn is_told(mistake: Result<Next<impl Sized>, Error>, words: &str) {
    match mistake {
        Err(error) => assert!(error.message.contains(words), "{:?} does not say {words:?}", error.message),
        Ok(_) => panic!("nobody minds, and {words:?} should be said"),
    }
}

#[test]
fn a_host_that_makes_mistakes_is_told_each_and_the_call_stays_as_it_was() {
    let client = client();
    let generation = Generation { model: "nano-banana".into(), input: json!({"mode": "text-to-image", "prompt": "a sunset"}) };
    let mut call = client.submit(&generation, &SubmitOptions::default(), [7; 32], NOW).expect("valid");
    is_told(call.next(Some((1, Answer::Ready)), NOW), "to nothing that was asked");
    let Ok(Next::Do(1, Effect::Ready)) = call.next(None, NOW) else { panic!("a place is asked for first") };

    let before = format!("{call:?} {:?}", call.waits_for());
    is_told(call.next(None, NOW), "effect 1 (ready) awaits its answer");
    is_told(call.next(Some((2, Answer::Ready)), NOW), "the answer is to effect 2");
    is_told(call.next(Some((0, Answer::Ready)), NOW), "the answer is to effect 0");
    is_told(call.next(Some((1, Answer::Told)), NOW), "\"told\" is no answer to effect 1 (ready)");
    let refused = || Answer::Refused(StoreError::new(StoreErrorKind::Io, "x"));
    is_told(call.next(Some((1, refused())), NOW), "\"refused\" is no answer to effect 1 (ready)");
    is_told(call.next(Some((1, Answer::Saved(Saved::Done))), NOW), "\"saved\" is no answer");
    assert_eq!(before, format!("{call:?} {:?}", call.waits_for()));

    let Ok(Next::Do(2, Effect::Meta { .. })) = call.next(Some((1, Answer::Ready)), NOW) else { panic!("it goes on as if nothing was") };
    is_told(call.next(Some((1, Answer::Ready)), NOW), "the answer is to effect 1, and effect 2 (meta) awaits one");
    assert!(matches!(call.next(Some((2, Answer::Value(None))), NOW), Ok(Next::Do(3, _))));
}

#[test]
fn a_sleep_is_not_over_before_its_time_and_an_ended_call_takes_no_answer() {
    let client = client();
    let mut call = client.account(NOW).expect("apixo tells its balance");
    let Ok(Next::Do(1, Effect::Meta { .. })) = call.next(None, NOW) else { panic!("pauses are looked for first") };
    let Ok(Next::Do(2, Effect::Send { .. })) = call.next(Some((1, Answer::Value(None))), NOW) else { panic!("then it is sent") };
    let unsent = Answer::Undelivered { delivery: gentask_core::Delivery::NotSent, reason: "refused".into() };
    let Ok(Next::Do(3, Effect::Sleep { until, .. })) = call.next(Some((2, unsent)), NOW) else { panic!("a backoff follows") };
    assert!(until > NOW);
    is_told(call.next(Some((3, Answer::Due)), until - 1), "is not over");
    assert_eq!(call.waits_for(), Some(("sleep", NOW)));
    assert!(matches!(call.next(Some((3, Answer::Due)), until), Ok(Next::Do(4, _))));

    let mut call = client.wait(Known::from("none"), Waiting::default(), NOW);
    assert!(matches!(call.next(None, NOW), Ok(Next::Do(1, Effect::Load { .. }))));
    assert!(matches!(call.next(Some((1, Answer::Record(None))), NOW), Ok(Next::Done(Err(_)))));
    is_told(call.next(Some((1, Answer::Record(None))), NOW), "to nothing that was asked");
    is_told(call.next(None, NOW), "the call has ended");
    assert_eq!(call.waits_for(), None);
}

#[test]
fn two_submits_at_the_same_moment_have_tokens_of_the_one_secret_in_the_store() {
    let contract = Contract::built_in("apixo").expect("it is built in");
    let callbacks = Callbacks { are_kept: true, ..Callbacks::default() };
    let client = Client::new(&contract, ClientSettings { holder: "host".into(), callbacks, ..ClientSettings::default() }).expect("valid");
    let generation = Generation { model: "nano-banana".into(), input: json!({"mode": "text-to-image", "prompt": "a sunset"}) };
    let options = SubmitOptions { callback_url: Some("https://app.example.com/hook".into()), ..SubmitOptions::default() };
    // Both are begun while nobody knows the secret, and the first has learned it before the second goes on.
    let calls = [1, 2].map(|byte| client.submit(&generation, &options, [byte; 32], NOW).expect("valid"));
    let mut stored: Option<String> = None;
    for mut call in calls {
        let mut answer = None;
        let body = loop {
            let Ok(Next::Do(number, effect)) = call.next(answer.take(), NOW) else { panic!("it is sent first") };
            let done = match effect {
                Effect::SetMeta { value, .. } => Answer::Value(Some(stored.get_or_insert(value).clone())),
                Effect::Meta { .. } => Answer::Value(None),
                Effect::Ready => Answer::Ready,
                Effect::Save(_) => Answer::Saved(Saved::Done),
                Effect::Send { request, .. } => break String::from_utf8(request.body).expect("it is JSON"),
                other => panic!("nothing needs {other:?}"),
            };
            answer = Some((number, done));
        };
        let secret = Secret::new(stored.clone().expect("there is one by now"), None);
        let url = body.split('"').find(|text| text.starts_with("https://app.example.com/hook")).expect("it asks for a callback");
        let token = token_in(url).expect("it names its task");
        let named = check_token(&[secret], token, NOW).expect("its token is of the secret in the store");
        assert_eq!(named.intent_id, call.named().intent_id());
    }
}
