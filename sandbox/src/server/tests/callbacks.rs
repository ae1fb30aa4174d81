use super::*;
use crate::{CallbackOptions, Delivery, DeliveryState, TestCallback};
use gentask_core::webhook::{Arrival, Secret, Secrets, Verdict, judge, read_jwks};

/// A receiver of callbacks.
struct Receiver(TcpListener);

impl Receiver {
    fn new() -> Self {
        Self(TcpListener::bind("127.0.0.1:0").unwrap())
    }

    fn url(&self) -> String {
        format!("http://{}/in?t=1", self.0.local_addr().unwrap())
    }

    /// The next delivery, answered with this status: its head and its body.
    fn take(&self, status: u16) -> (String, Value) {
        let (mut stream, _) = self.0.accept().unwrap();
        let given = read_request(&mut stream);
        stream.write_all(format!("HTTP/1.1 {status} X\r\ncontent-length: 0\r\n\r\n").as_bytes()).unwrap();
        given
    }
}

fn read_request(stream: &mut TcpStream) -> (String, Value) {
    let (mut bytes, mut piece) = (Vec::new(), [0; 4096]);
    loop {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length: usize = head.lines().find_map(|line| line.strip_prefix("content-length: ")).unwrap().parse().unwrap();
            if body.len() == length {
                return (head.to_owned(), serde_json::from_str(body).unwrap());
            }
        }
        let count = stream.read(&mut piece).unwrap();
        assert!(count > 0, "{text}");
        bytes.extend_from_slice(&piece[..count]);
    }
}

fn post_text(path: &str, body: &Value) -> String {
    let body = body.to_string();
    let length = body.len();
    format!(
        "POST {path} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer k\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n\r\n{body}"
    )
}

fn submit_with(url: &str) -> String {
    post_text("/mini/make", &json!({"input": {"prompt": "x"}, "hook": url}))
}

fn begin(server: &Server, url: &str) -> String {
    let (status, _, body) = ask(&mut connect(server), &submit_with(url)).unwrap();
    assert_eq!(status, 200);
    json_of(&body)["id"].as_str().unwrap().to_owned()
}

/// The deliveries once they are so.
fn until(server: &Server, is_so: impl Fn(&[Delivery]) -> bool) -> Vec<Delivery> {
    let began = Instant::now();
    loop {
        let deliveries = server.deliveries("mini");
        if is_so(&deliveries) {
            return deliveries;
        }
        assert!(began.elapsed() < Duration::from_secs(20), "{deliveries:?}");
        std::thread::yield_now();
    }
}

#[test]
fn a_callback_is_posted_again_until_it_is_acknowledged() {
    let receiver = Receiver::new();
    let callback = CallbackOptions { exact: Some(true), retries_ms: Some(vec![0, 0, 0]), ..CallbackOptions::default() };
    let options = SandboxOptions::default().with_task_ms(0).with_callback(callback);
    let server = Server::start(ServerConfig::new([contract()]).with_options("mini", options)).unwrap();
    let id = begin(&server, &receiver.url());
    let (first, _) = receiver.take(202);
    let (second, body) = receiver.take(200);
    assert!(
        first == second && first.starts_with("POST /in?t=1 HTTP/1.1\r\n") && first.contains("content-type: application/json"),
        "{first}"
    );
    assert_eq!((&body["id"], &body["state"]), (&json!(id), &json!("done")));
    let all = until(&server, |all| all[0].state == DeliveryState::Acknowledged);
    assert_eq!(all[0].attempts.iter().map(|attempt| attempt.status).collect::<Vec<_>>(), [Some(202), Some(200)]);
    let (_, _, told) = ask(&mut connect(&server), &get_text("/_sandbox/deliveries")).unwrap();
    let told = json_of(&told)["providers"]["mini"][0].clone();
    assert_eq!((&told["taskId"], &told["says"], &told["attempts"][1]["status"]), (&json!(id), &json!("success"), &json!(200)));
    assert_eq!(server.stats().callbacks_delivered, 1);
}

#[test]
fn what_is_not_answered_in_time_has_no_answer_and_neither_has_a_foreign_host() {
    let receiver = Receiver::new();
    let callback = CallbackOptions { patience_ms: Some(50), retries_ms: Some(vec![]), ..CallbackOptions::default() };
    let options = SandboxOptions::default().with_task_ms(0).with_callback(callback);
    let server = Server::start(ServerConfig::new([contract()]).with_options("mini", options)).unwrap();
    for url in [receiver.url().as_str(), "https://127.0.0.1:9/", "http://192.0.2.1/", "http://127.0.0.1:9/ HTTP/1.1"] {
        begin(&server, url);
    }
    let all = until(&server, |all| all.len() == 4 && all.iter().all(|one| one.state == DeliveryState::Abandoned));
    assert!(all.iter().all(|one| one.attempts.len() == 1 && one.attempts[0].status.is_none()));
}

#[test]
fn a_callback_comes_before_the_answer_of_its_submit() {
    let receiver = Receiver::new();
    let server = server(Script::of([Rule::nth(Target::Callback, 1, Fault::BeforeAnswer)]));
    let mut submit = connect(&server);
    submit.write_all(submit_with(&receiver.url()).as_bytes()).unwrap();
    let (mut callback, _) = receiver.0.accept().unwrap();
    let (_, told) = read_request(&mut callback);
    submit.set_nonblocking(true).unwrap();
    assert_eq!(submit.read(&mut [0; 1]).unwrap_err().kind(), io::ErrorKind::WouldBlock);
    submit.set_nonblocking(false).unwrap();
    callback.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n").unwrap();
    let (status, _, answer) = read(&mut submit).unwrap();
    assert_eq!((status, &json_of(&answer)["id"], &told["state"]), (200, &told["id"], &json!("done")));
}

#[test]
fn scripts_callbacks_and_restarts_are_asked_for_over_http() {
    let receiver = Receiver::new();
    let server = server(Script::default());
    let mut control = connect(&server);
    let mut post = |path: &str, body: Value| {
        let (status, _, body) = ask(&mut control, &post_text(path, &body)).unwrap();
        (status, json_of(&body))
    };
    let rules = json!([{"on": "callback", "fault": {"kind": "afterRestart"}}, {"on": "callback", "fault": {"kind": "contradict"}}]);
    assert_eq!(post("/_sandbox/script", json!({"provider": "mini", "rules": rules})).0, 200);
    let wrong = json!([{"on": "submit", "fault": {"kind": "never"}}]);
    assert_eq!(post("/_sandbox/script", json!({"rules": wrong})).0, 400);
    let id = begin(&server, &receiver.url());
    until(&server, |all| all.len() == 1);
    let now = json!({"provider": "mini", "task": id, "says": "processing", "faults": [{"kind": "duplicate", "times": 2}]});
    assert_eq!(post("/_sandbox/callback", now).1["deliveries"], json!([2, 3]));
    assert_eq!([receiver.take(200).1["state"].clone(), receiver.take(200).1["state"].clone()], ["working", "working"]);
    assert_eq!(post("/_sandbox/callback", json!({"provider": "mini", "task": "none"})).0, 404);
    assert_eq!(post("/_sandbox/callback", json!({"provider": "mini", "task": id, "odd": 1})).0, 400);
    assert!(server.send_callback("mini", "none", &TestCallback::default()).is_none());
    assert_eq!(post("/_sandbox/restart", json!({})).0, 200);
    assert_eq!(receiver.take(200).1["state"], "failed");
    until(&server, |all| all.iter().all(|one| one.state == DeliveryState::Acknowledged));
    assert!(server.restart("mini") && !server.restart("none"));
    // Numbers go on after a reset, so that no late outcome is booked twice.
    assert_eq!(post("/_sandbox/reset", json!({})).0, 200);
    begin(&server, &receiver.url());
    receiver.take(200);
    assert_eq!(server.deliveries("mini")[0].number, 4);
}

#[test]
fn keys_are_published_and_callbacks_are_signed_with_the_real_time() {
    let receiver = Receiver::new();
    let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().join("tests/contracts/replicate.json");
    let contract: Value = serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap();
    let options = SandboxOptions::default().with_task_ms(0);
    let config = ServerConfig::new([contract.clone()]).with_options("replicate", options).with_speed(1_000_000);
    let server = Server::start(config).unwrap();
    let (_, _, keys) = ask(&mut connect(&server), &get_text("/_sandbox/keys")).unwrap();
    let keys = json_of(&keys)["providers"]["replicate"].clone();
    assert!(keys["publicKey"].as_str().unwrap().starts_with("whpk_"));
    let (status, _, jwks) = ask(&mut connect(&server), &get_text("/_sandbox/jwks/replicate")).unwrap();
    assert_eq!((status, read_jwks(&jwks).unwrap().len()), (200, 1));
    assert_eq!(ask(&mut connect(&server), &get_text("/_sandbox/jwks/none")).unwrap().0, 404);

    let submit = json!({"input": {"prompt": "x"}, "webhook": receiver.url()});
    let submit = post_text("/replicate/v1/models/black-forest-labs/flux-schnell/predictions", &submit);
    assert_eq!(ask(&mut connect(&server), &submit).unwrap().0, 201);
    let (head, body) = receiver.take(200);
    let headers = head.lines().skip(1).filter_map(|line| line.split_once(": "));
    let arrival = Arrival {
        method: "POST".to_owned(),
        url: "/in?t=1".to_owned(),
        headers: headers.map(|(name, value)| (name.to_owned(), value.to_owned())).collect(),
        body: body.to_string().into_bytes(),
    };
    let contract = Contract::load(contract.to_string().as_bytes()).unwrap();
    let signing = vec![Secret::new(keys["secret"].as_str().unwrap(), None)];
    let now = u64::try_from(SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_millis()).unwrap();
    let verdict = judge(&contract, &Secrets { signing, ..Secrets::default() }, &arrival, now);
    assert!(matches!(verdict, Verdict::Proven(proof) if proof.covers_body), "{head}");
}
