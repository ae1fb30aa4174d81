use super::*;
use crate::callback::{CallbackOptions, CallbackReply, DeliveryState, Post, TEST_SECRET, TestCallback};
use crate::script::Forgery;
use gentask_core::Contract;
use gentask_core::webhook::{Arrival, Proof, Secret, Secrets, Verdict, judge, mint, task_secret, verify, with_token};

const INTENT: &str = "01234567-89ab-4def-8123-456789abcdef";
/// A real time, since signatures are as old as their clock says.
const NOW: u64 = 1_790_000_000_000;
const END: u64 = NOW + 4_000;
const APIDOT: usize = 0;
const APIXO: usize = 1;
const AIVIDEOMAKER: usize = 2;
const REPLICATE: usize = 3;
const FAL: usize = 4;
const KIE: usize = 5;

fn bench(case: usize, callback: CallbackOptions, faults: &[Fault]) -> Bench {
    let rules = faults.iter().map(|fault| Rule::every(Target::Callback, fault.clone()));
    let options = SandboxOptions { callback, script: Script::of(rules), ..SandboxOptions::default() };
    Bench::new(&CASES[case], options.with_task_ms(4_000))
}

/// The posts of one task that was made at `NOW`, as they are due until `until`, where nobody answers.
fn posts(bench: &mut Bench, until: u64) -> (String, Vec<Post>) {
    let id = bench.begin("x", NOW);
    let mut posts = bench.sandbox.posts_due(NOW);
    while let Some(at) = bench.sandbox.next_post_at().filter(|at| *at <= until) {
        posts.extend(bench.sandbox.posts_due(at));
    }
    (id, posts)
}

fn body(post: &Post) -> Value {
    serde_json::from_slice(&post.body).unwrap()
}

fn states(posts: &[Post]) -> Vec<String> {
    posts.iter().map(|post| body(post)["data"]["state"].as_str().unwrap().to_owned()).collect()
}

/// What the receiver makes of a post, whose token this secret made.
fn judged(contract: &Value, signing: &str, post: &Post, now: u64) -> Option<Proof> {
    let contract = Contract::load(contract.to_string().as_bytes()).unwrap();
    let secrets = Secrets {
        token: vec![Secret::new("token secret", None)],
        signing: (!signing.is_empty()).then(|| Secret::new(signing, None)).into_iter().collect(),
        ..Secrets::default()
    };
    let arrival = Arrival { method: "POST".to_owned(), url: post.url.clone(), headers: post.headers.clone(), body: post.body.clone() };
    match judge(&contract, &secrets, &arrival, now) {
        Verdict::Proven(proof) => Some(proof),
        Verdict::Keys(pending) => {
            let holds = pending.candidates(&[]).into_iter().find(verify)?;
            Some(pending.proven(&holds))
        }
        Verdict::Refused(_) => None,
    }
}

#[test]
fn apixo_says_code_200_of_a_failure_too_and_wants_exactly_200_back() {
    let mut bench = bench(APIXO, CallbackOptions::default(), &[]);
    let id = bench.begin("[fail]", NOW);
    assert_eq!(bench.sandbox.next_post_at(), Some(NOW + 1_000));
    let mut post = bench.sandbox.posts_due(END).remove(0);
    assert_eq!((post.attempt, post.patience_ms, post.headers.len()), (1, 30_000, 1));
    assert_eq!((&body(&post)["code"], &body(&post)["data"]["state"]), (&json!(200), &json!("failed")));
    assert_eq!(body(&post)["data"]["failCode"], bench.status(&id, END).to_json()["data"]["failCode"]);
    let mut now = END;
    for (status, pause) in [(Some(202), 30_000), (None, 120_000), (Some(500), 600_000)] {
        now += pause + 5;
        assert_eq!(bench.sandbox.posted(&post, status, now - pause), Some(now));
        assert!(bench.sandbox.posts_due(now - 1).is_empty());
        let next = bench.sandbox.posts_due(now).remove(0);
        assert_eq!((next.attempt, &next.body), (post.attempt + 1, &post.body));
        post = next;
    }
    assert_eq!(bench.sandbox.posted(&post, Some(200), now), None);
    let delivery = bench.sandbox.deliveries().next().unwrap();
    let statuses: Vec<_> = delivery.attempts.iter().map(|attempt| attempt.status).collect();
    assert_eq!((delivery.state, statuses), (DeliveryState::Acknowledged, vec![Some(202), None, Some(500), Some(200)]));
    assert_eq!((delivery.task_id.as_str(), delivery.says), (id.as_str(), "failed"));
}

#[test]
fn bodies_are_of_the_form_that_is_known_or_asked_for() {
    let (id, nested) = posts(&mut bench(APIDOT, CallbackOptions::default(), &[]), END);
    assert_eq!((&body(&nested[0])["data"]["task_id"], &body(&nested[0])["data"]["status"]), (&json!(id), &json!("finished")));
    let flat = CallbackOptions { part: Some("/data".to_owned()), ..CallbackOptions::default() };
    let (id, flat) = posts(&mut bench(APIDOT, flat, &[]), END);
    assert_eq!((&body(&flat[0])["task_id"], &body(&flat[0])["status"]), (&json!(id), &json!("finished")));
    assert!(body(&flat[0])["files"].is_array() && body(&flat[0])["data"].is_null());
    let (id, plain) = posts(&mut bench(AIVIDEOMAKER, CallbackOptions::default(), &[]), END);
    assert_eq!(body(&plain[0]), json!({"status": "COMPLETED", "taskId": id}));
    let detailed = CallbackOptions { from: Some(CallbackReply::Result), ..CallbackOptions::default() };
    let (id, detailed) = posts(&mut bench(AIVIDEOMAKER, detailed, &[]), END);
    assert!(body(&detailed[0])["output"]["url"].as_str().unwrap().contains(&id));
}

#[test]
fn any_2xx_acknowledges_where_nothing_else_is_known() {
    for case in [APIDOT, AIVIDEOMAKER, REPLICATE] {
        let mut bench = bench(case, CallbackOptions::default(), &[]);
        let (_, due) = posts(&mut bench, END);
        assert_eq!(bench.sandbox.posted(&due[0], Some(302), END), Some(END + 30_000));
        let again = bench.sandbox.posts_due(END + 30_000).remove(0);
        assert_eq!(bench.sandbox.posted(&again, Some(202), END + 30_000), None);
        assert_eq!(bench.sandbox.deliveries().next().unwrap().state, DeliveryState::Acknowledged);
    }
}

#[test]
fn deliveries_come_often_late_out_of_order_or_never() {
    let run = |faults: &[Fault], until: u64| posts(&mut bench(APIXO, CallbackOptions::default(), faults), until).1;
    let three = run(&[Fault::Duplicate { times: 3 }], END);
    assert_eq!((three.len(), three.iter().all(|post| post.body == three[0].body)), (3, true));
    assert!(run(&[Fault::Never], u64::MAX).is_empty());
    let late = [Fault::Late { ms: 500 }];
    assert_eq!((run(&late, END + 499).len(), run(&late, END + 500).len()), (0, 1));
    assert_eq!(states(&run(&[Fault::Reordered { ms: 100 }], END + 100)), ["success", "processing"]);
    assert_eq!(states(&run(&[Fault::Progress { times: 2 }], END)), ["processing", "processing", "success"]);
}

#[test]
fn progress_stops_where_the_task_is_cancelled() {
    let mut bench = bench(AIVIDEOMAKER, CallbackOptions::default(), &[Fault::Progress { times: 3 }]);
    bench.sandbox.options.pending_ms = Some(1_000);
    let (method, path) = CASES[AIVIDEOMAKER].cancel.unwrap();
    let id = bench.begin("x", NOW);
    let cancel = bench.keyed(method, &path.replace("{}", &id));
    bench.sandbox.answer(&cancel, NOW + 500);
    let due = bench.sandbox.posts_due(u64::MAX);
    assert_eq!(due.iter().map(|post| body(post)["status"].clone()).collect::<Vec<_>>(), ["CANCEL"]);
    let id = bench.begin("x", NOW);
    bench.sandbox.posts_due(NOW + 1_000);
    bench.sandbox.conclude(&id, NOW + 1_500);
    assert!(bench.sandbox.deliveries().all(|delivery| delivery.due.is_none_or(|due| due <= NOW + 1_500)));
}

#[test]
fn a_callback_can_contradict_the_status() {
    for (prompt, status, told) in [("x", "success", "failed"), ("[fail]", "failed", "success")] {
        let mut bench = bench(APIXO, CallbackOptions::default(), &[Fault::Contradict]);
        let id = bench.begin(prompt, NOW);
        assert_eq!(states(&bench.sandbox.posts_due(END)), [told]);
        assert_eq!(bench.state(&id, END), status);
        assert_eq!(bench.sandbox.stats().faults, 1);
    }
}

#[test]
fn a_callback_can_be_due_before_the_answer_of_its_submit() {
    let mut bench = bench(APIXO, CallbackOptions::default(), &[Fault::BeforeAnswer]);
    let id = bench.begin("x", NOW);
    assert_eq!((bench.sandbox.take_held(), bench.sandbox.holds_answer(&id)), (Some(id.clone()), true));
    let post = bench.sandbox.posts_due(NOW).remove(0);
    assert!(post.before_answer && post.task_id == id && bench.sandbox.holds_answer(&id));
    bench.sandbox.posted(&post, None, NOW);
    assert!(!bench.sandbox.holds_answer(&id));
    assert_eq!(bench.state(&id, NOW), "success");
}

#[test]
fn a_restart_brings_what_waited_for_it_and_what_was_on_its_way() {
    let (id, mut bench) = {
        let mut bench = bench(APIXO, CallbackOptions::default(), &[Fault::AfterRestart]);
        (bench.begin("x", NOW), bench)
    };
    assert!(bench.sandbox.posts_due(END + 900_000).is_empty());
    bench.sandbox.restart(END + 900_000);
    let lost = bench.sandbox.posts_due(END + 900_000).remove(0);
    bench.sandbox.restart(END + 900_001);
    let again = bench.sandbox.posts_due(END + 900_001).remove(0);
    assert_eq!((lost.attempt, again.attempt, lost.body == again.body), (1, 2, true));
    assert_eq!(bench.state(&id, END + 900_001), "success");
}

#[test]
fn rules_pick_callbacks_by_number_and_task() {
    let script = Script::of([Rule::nth(Target::Callback, 2, Fault::Never)]);
    let mut bench = Bench::new(&CASES[APIXO], SandboxOptions::default().with_script(script));
    let ids = [bench.begin("x", NOW), bench.begin("y", NOW), bench.begin("z", NOW)];
    bench.sandbox.set_script(Script::of([Rule::every(Target::Callback, Fault::Never).for_task(&ids[2])]));
    let due = bench.sandbox.posts_due(END);
    assert_eq!(due.iter().map(|post| post.task_id.clone()).collect::<Vec<_>>(), ids[..2]);
}

#[test]
fn forged_callbacks_are_refused_or_name_no_task() {
    let token = mint(&Secret::new("token secret", None), INTENT).unwrap();
    let forged = |case: usize, part: Forgery| {
        let mut bench = bench(case, CallbackOptions::default(), &[Fault::Forged { part }]);
        let id = bench.begin("x", NOW);
        // As a fault would have found it in the submit.
        bench.sandbox.tasks.get_mut(&id).unwrap().callback = Some(with_token("http://127.0.0.1:9/c", &token));
        let post = bench.sandbox.posts_due(END).remove(0);
        let signing = if case == APIXO { "" } else { TEST_SECRET };
        (id, judged(&bench.contract, signing, &post, END), post)
    };
    for case in [APIXO, REPLICATE] {
        assert_eq!(forged(case, Forgery::Token).1, None);
        let (id, proof, post) = forged(case, Forgery::Task);
        let told = proof.unwrap().task_id.unwrap();
        assert!(told != id && told.len() >= 12 && !String::from_utf8_lossy(&post.body).contains(&id), "{told}");
    }
    assert!(forged(APIXO, Forgery::Signature).1.is_some(), "there is none");
    assert_eq!(forged(REPLICATE, Forgery::Signature).1, None);
    let mut bench = bench(APIXO, CallbackOptions::default(), &[Fault::Forged { part: Forgery::Token }]);
    let (_, due) = posts(&mut bench, END);
    assert_eq!(judged(&bench.contract, "", &due[0], END), None, "{}", due[0].url);
}

#[test]
fn signatures_hold_under_every_scheme_and_are_made_anew_for_each_attempt() {
    let by_seed = CallbackOptions { ed25519: Some(true), ..CallbackOptions::default() };
    let own = CallbackOptions { secret: Some("whsec_b3RoZXI=".to_owned()), ..CallbackOptions::default() };
    for (case, callback, by_key) in [
        (REPLICATE, CallbackOptions::default(), false),
        (REPLICATE, own, false),
        (REPLICATE, by_seed, true),
        (FAL, CallbackOptions::default(), true),
        (KIE, CallbackOptions::default(), false),
    ] {
        let mut bench = bench(case, callback, &[]);
        let (id, due) = posts(&mut bench, END);
        let key = if by_key { bench.sandbox.callback_public_key() } else { bench.sandbox.callback_secret().to_owned() };
        let proof = judged(&bench.contract, &key, &due[0], END).unwrap_or_else(|| panic!("{}: {:?}", bench.case.name, due[0]));
        assert_eq!((proof.task_id.as_deref(), proof.is_signed, proof.covers_body), (Some(id.as_str()), true, case != KIE));
        assert!(judged(&bench.contract, &key, &due[0], END + 301_000).is_none());
        let other = if by_key { "whpk_1SiA4o9hyqTCpIqC5V9HUakiiaeACeqfZTInDBbOir4=" } else { "whsec_YW5vdGhlcg==" };
        assert!(judged(&bench.contract, other, &due[0], END).is_none());
        let again = bench.sandbox.posted(&due[0], None, END + 400_000).unwrap();
        let again = (bench.sandbox.posts_due(again).remove(0), again);
        let proof = (proof.dedupe, judged(&bench.contract, &key, &again.0, again.1).unwrap().dedupe);
        assert_eq!(proof.0, proof.1, "one message");
    }
}

#[test]
fn a_task_that_brought_its_own_secret_is_signed_with_that() {
    let mut contract = contract("replicate");
    contract["callback"]["secret"] = json!("task");
    for submit in contract["submit"].as_array_mut().unwrap() {
        submit["withCallback"]["headers"]["x-hook-secret"] = json!("$callbackSecret");
    }
    let secret = Secret::new("token secret", None);
    let own = task_secret(&secret, INTENT).unwrap();
    let url = with_token("http://127.0.0.1:9/c", &mint(&secret, INTENT).unwrap());
    let submit = |given: &str| {
        let mut sandbox = Sandbox::new(&contract, SandboxOptions::default());
        let body = json!({"input": {"prompt": "x"}, "webhook": url});
        let request = SandboxRequest::new("POST", CASES[REPLICATE].submit)
            .with_header("authorization", "Bearer k")
            .with_header("x-hook-secret", given)
            .with_json(&body);
        assert_eq!(sandbox.answer(&request, NOW).status, 201);
        sandbox.posts_due(END).remove(0)
    };
    let proof = judged(&contract, "", &submit(&own), END).unwrap();
    assert_eq!((proof.intent_id.as_deref(), proof.is_signed, proof.signing_secret), (Some(INTENT), true, None));
    assert!(judged(&contract, "", &submit("another"), END).is_none());
}

#[test]
fn tests_post_callbacks_of_their_own() {
    let mut bench = bench(APIXO, CallbackOptions::default(), &[Fault::Never]);
    let id = bench.begin("x", NOW);
    let url = Some("http://127.0.0.1:9/other".to_owned());
    assert_eq!(bench.sandbox.send_callback(&id, &TestCallback::default(), NOW), Some(vec![1]));
    let said = TestCallback { says: Some("failed".to_owned()), url, faults: vec![Fault::Duplicate { times: 2 }, Fault::BeforeAnswer] };
    assert_eq!(bench.sandbox.send_callback(&id, &said, NOW), Some(vec![2, 3]));
    assert!(!bench.sandbox.holds_answer(&id));
    let due = bench.sandbox.posts_due(NOW);
    assert_eq!(
        (states(&due), due[1].url.as_str()),
        (["pending", "failed", "failed"].map(str::to_owned).to_vec(), "http://127.0.0.1:9/other")
    );
    let other = TestCallback { says: Some("well".to_owned()), ..TestCallback::default() };
    assert_eq!((bench.sandbox.send_callback("none", &said, NOW), bench.sandbox.send_callback(&id, &other, NOW)), (None, None));
    assert!(bench.sandbox.posts_due(u64::MAX).is_empty());
    assert!(!format!("{:?}", due[1]).contains("127.0.0.1"));
}
