use super::*;
use crate::{Fault, Rule, Target};
use serde_json::json;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

mod callbacks;

fn contract() -> Value {
    json!({
        "id": "mini", "base": "https://api.mini.example", "auth": {"header": "authorization", "value": "Bearer {key}"},
        "inBand": {"at": ["/code"], "ok": [0, 200]}, "error": {"message": ["/message"]},
        "submit": {"method": "POST", "path": "/make", "body": {"input": "$input"}, "withCallback": {"body": {"hook": "$callbackUrl"}}, "reply": {"taskId": ["/id"]}},
        "status": {"method": "GET", "path": "/tasks/{taskId}", "reply": {
            "state": {"at": ["/state"], "words": {"queued": "pending", "working": "processing", "done": "success", "failed": "failed"}},
            "files": [{"at": "/url"}]}},
        "account": {"path": "/balance", "reply": {"balance": ["/left"], "unit": "credits"}},
        "limits": {"readPerMin": 1000},
    })
}

fn server(script: Script) -> Server {
    let options = SandboxOptions::default().with_task_ms(200).with_script(script);
    Server::start(ServerConfig::new([contract()]).with_options("mini", options)).unwrap()
}

fn connect(server: &Server) -> TcpStream {
    let stream = TcpStream::connect(server.address()).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(5))).unwrap();
    stream
}

fn submit_text() -> String {
    let body = json!({"input": {"prompt": "a cat"}}).to_string();
    format!(
        "POST /mini/make HTTP/1.1\r\nhost: x\r\nauthorization: Bearer k\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    )
}

fn get_text(path: &str) -> String {
    format!("GET {path} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer k\r\n\r\n")
}

/// Status, head, body.
type Given = io::Result<(u16, String, Vec<u8>)>;

/// One answer from a connection.
fn read(stream: &mut TcpStream) -> Given {
    read_on(Vec::new(), stream)
}

/// The same where its first byte was read already.
fn read_after(first: u8, stream: &mut TcpStream) -> Given {
    read_on(vec![first], stream)
}

fn read_on(mut bytes: Vec<u8>, stream: &mut TcpStream) -> Given {
    let end = loop {
        if let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
            break end;
        }
        let mut piece = [0; 1024];
        let count = stream.read(&mut piece)?;
        if count == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        bytes.extend_from_slice(&piece[..count]);
    };
    let head = String::from_utf8(bytes[..end].to_vec()).unwrap();
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")).map_or(0, |value| value.parse::<usize>().unwrap());
    let mut body = bytes.split_off(end + 4);
    while body.len() < length {
        let mut piece = vec![0; 65536];
        let count = stream.read(&mut piece)?;
        if count == 0 {
            break;
        }
        body.extend_from_slice(&piece[..count]);
    }
    Ok((head[9..12].parse().unwrap(), head, body))
}

fn ask(stream: &mut TcpStream, text: &str) -> Given {
    stream.write_all(text.as_bytes())?;
    read(stream)
}

fn json_of(body: &[u8]) -> Value {
    serde_json::from_slice(body).unwrap()
}

/// What a submit with this fault gives on a fresh connection, and how many tasks were made and submits arrived.
fn with_fault(rule: Rule) -> (Given, u64, u64) {
    let server = server(Script::of([rule]));
    let given = ask(&mut connect(&server), &submit_text());
    let stats = server.stats().of("mini");
    (given, stats.tasks, stats.submits())
}

#[test]
fn a_task_goes_from_submit_to_a_downloaded_file_on_one_connection() {
    let server = server(Script::default());
    let mut stream = connect(&server);
    let (status, head, body) = ask(&mut stream, &submit_text()).unwrap();
    assert_eq!((status, head.contains("connection: keep-alive")), (200, true));
    let id = json_of(&body)["id"].as_str().unwrap().to_owned();
    std::thread::sleep(Duration::from_millis(250));
    let (_, _, body) = ask(&mut stream, &get_text(&format!("/mini/tasks/{id}"))).unwrap();
    let url = json_of(&body)["url"].as_str().unwrap().to_owned();
    let path = url.strip_prefix(&format!("http://{}", server.address())).unwrap();
    let (status, head, body) = ask(&mut stream, &format!("GET {path} HTTP/1.1\r\nhost: x\r\n\r\n")).unwrap();
    assert_eq!((status, head.contains("content-type: image/png")), (200, true));
    assert!(body.starts_with(b"\x89PNG") && body.len() > 10_000);
    let seen = server.stats();
    assert_eq!((seen.connections_most, seen.connections_total, seen.of("mini").arrived(Target::File)), (1, 1, 1));
}

#[test]
fn a_reset_before_the_body_is_read_is_a_reset_and_nothing_arrived() {
    let server = server(Script::of([Rule::nth(Target::Submit, 1, Fault::ResetBeforeRead)]));
    let mut stream = connect(&server);
    let text = submit_text();
    let head = &text[..text.find("\r\n\r\n").unwrap() + 4];
    stream.write_all(head.as_bytes()).unwrap();
    assert_eq!(read(&mut stream).unwrap_err().kind(), io::ErrorKind::ConnectionReset);
    let stats = server.stats().of("mini");
    assert_eq!((stats.submits(), stats.tasks, stats.cut), (0, 0, 1));
    assert_eq!(ask(&mut connect(&server), &text).unwrap().0, 200);
}

#[test]
fn a_reset_after_the_body_is_a_reset_and_the_task_was_made_unless_told_otherwise() {
    let (given, tasks, arrived) = with_fault(Rule::nth(Target::Submit, 1, Fault::ResetAfterBody));
    assert_eq!((given.unwrap_err().kind(), tasks, arrived), (io::ErrorKind::ConnectionReset, 1, 1));
    let (_, tasks, arrived) = with_fault(Rule::nth(Target::Submit, 1, Fault::ResetAfterBody).accepted(false));
    assert_eq!((tasks, arrived), (0, 1));
}

#[test]
fn a_close_without_an_answer_is_an_orderly_end() {
    let (given, tasks, _) = with_fault(Rule::nth(Target::Submit, 1, Fault::CloseWithoutAnswer));
    assert_eq!((given.unwrap_err().kind(), tasks), (io::ErrorKind::UnexpectedEof, 1));
}

#[test]
fn a_warm_connection_is_closed_and_a_fresh_one_answers() {
    let server = server(Script::of([Rule::every(Target::Submit, Fault::CloseWarmConnection)]));
    let mut stream = connect(&server);
    assert_eq!(ask(&mut stream, &submit_text()).unwrap().0, 200);
    assert_eq!(ask(&mut stream, &submit_text()).unwrap_err().kind(), io::ErrorKind::UnexpectedEof);
    assert_eq!(server.stats().of("mini").tasks, 2);
}

#[test]
fn silence_ends_without_an_answer_and_a_delay_with_one() {
    let began = Instant::now();
    let (given, tasks, _) = with_fault(Rule::nth(Target::Submit, 1, Fault::Silence { ms: 150 }));
    assert_eq!((given.unwrap_err().kind(), tasks), (io::ErrorKind::UnexpectedEof, 1));
    assert!(began.elapsed() >= Duration::from_millis(150));
    let began = Instant::now();
    let (given, ..) = with_fault(Rule::nth(Target::Submit, 1, Fault::DelayMs { ms: 150 }));
    assert!(given.unwrap().0 == 200 && began.elapsed() >= Duration::from_millis(150));
}

#[test]
fn a_truncated_body_is_shorter_than_its_head_says() {
    let (given, tasks, _) = with_fault(Rule::nth(Target::Submit, 1, Fault::TruncatedBody));
    let (status, head, body) = given.unwrap();
    let said: usize = head.lines().find_map(|line| line.strip_prefix("content-length: ")).unwrap().parse().unwrap();
    assert!(status == 200 && !body.is_empty() && body.len() < said && tasks == 1);
}

#[test]
fn an_answer_that_is_all_there_can_still_end_as_if_it_were_not() {
    let (given, tasks, _) = with_fault(Rule::nth(Target::Submit, 1, Fault::LengthTooLong));
    let (_, head, body) = given.unwrap();
    assert!(head.contains(&format!("content-length: {}\r", body.len() + 1)) && json_of(&body)["id"].is_string() && tasks == 1);
    let server = server(Script::of([Rule::nth(Target::Submit, 1, Fault::LastChunkMissing)]));
    let mut stream = connect(&server);
    stream.write_all(submit_text().as_bytes()).unwrap();
    let mut all = String::new();
    stream.read_to_string(&mut all).unwrap();
    let (head, body) = all.split_once("\r\n\r\n").unwrap();
    let (size, body) = body.split_once("\r\n").unwrap();
    let body = body.strip_suffix("\r\n").unwrap();
    assert!(head.contains("transfer-encoding: chunked") && !head.contains("content-length"));
    assert_eq!((usize::from_str_radix(size, 16).unwrap(), json_of(body.as_bytes())["id"].is_string()), (body.len(), true));
}

#[test]
fn what_is_held_comes_when_it_is_released_and_what_arrived_is_told() {
    let script = Script::of([Rule::nth(Target::Submit, 1, Fault::Hold), Rule::nth(Target::Submit, 2, Fault::HoldBody)]);
    let server = server(script);
    let keyed = submit_text().replace("host: x", "Idempotency-Key: k-1");
    let arrived = |count: usize| {
        while server.arrivals("mini").len() < count {
            std::thread::yield_now();
        }
    };
    let (mut first, mut second) = (connect(&server), connect(&server));
    first.write_all(keyed.as_bytes()).unwrap();
    arrived(1);
    first.set_nonblocking(true).unwrap();
    assert_eq!(first.read(&mut [0; 1]).unwrap_err().kind(), io::ErrorKind::WouldBlock);
    first.set_nonblocking(false).unwrap();
    let release = "POST /_sandbox/release HTTP/1.1\r\ncontent-length: 0\r\n\r\n";
    assert_eq!(ask(&mut connect(&server), release).unwrap().0, 200);
    assert_eq!(read(&mut first).unwrap().0, 200);
    second.write_all(submit_text().as_bytes()).unwrap();
    // Its head and half of its body are there without a release.
    let mut byte = [0; 1];
    second.read_exact(&mut byte).unwrap();
    server.release();
    let (_, _, body) = read_after(byte[0], &mut second).unwrap();
    assert!(json_of(&body)["id"].is_string());
    let log = server.arrivals("mini");
    let of = |index: usize| (log[index].on, log[index].method.as_str(), log[index].path.as_str(), log[index].key.as_deref());
    assert_eq!(of(0), (Target::Submit, "POST", "/make", Some("k-1")));
    assert_eq!(of(1), (Target::Submit, "POST", "/make", None));
    let (_, _, told) = ask(&mut connect(&server), &get_text("/_sandbox/log")).unwrap();
    assert_eq!(json_of(&told)["providers"]["mini"][0]["key"], "k-1");
}

#[test]
fn bodies_come_drop_by_drop_packed_or_as_any_bytes() {
    let (given, ..) = with_fault(Rule::nth(Target::Submit, 1, Fault::Drip { ms: 0 }));
    assert!(json_of(&given.unwrap().2)["id"].is_string());
    let (given, tasks, _) = with_fault(Rule::nth(Target::Submit, 1, Fault::Gzip));
    let (status, head, body) = given.unwrap();
    assert!(status == 200 && tasks == 1 && head.contains("content-encoding: gzip") && body.starts_with(&[0x1f, 0x8b]));
    let fault = json!({"kind": "bytes", "code": 499, "headers": {"content-type": "text/html"}, "body": [60, 255]});
    let (given, tasks, arrived) = with_fault(Rule::nth(Target::Submit, 1, serde_json::from_value(fault).unwrap()));
    let (status, head, body) = given.unwrap();
    assert_eq!((status, head.contains("content-type: text/html"), body.as_slice(), tasks, arrived), (499, true, &[60, 255][..], 0, 1));
}

#[test]
fn spoilt_bodies_are_what_their_names_say() {
    let body = |fault: Fault| {
        let (given, tasks, _) = with_fault(Rule::nth(Target::Submit, 1, fault));
        let (status, head, body) = given.unwrap();
        assert_eq!((status, tasks), (200, 1));
        (head, body)
    };
    let (head, html) = body(Fault::NotJson);
    assert!(head.contains("text/html") && html.starts_with(b"<!DOCTYPE"));
    assert!(body(Fault::EmptyBody).1.is_empty());
    let (_, large) = body(Fault::TooLargeBody { bytes: 2_000_000 });
    assert!(large.len() > 2_000_000 && json_of(&large)["id"].is_string());
    let (_, deep) = body(Fault::TooDeepJson);
    assert!(serde_json::from_slice::<Value>(&deep).is_err() && deep.windows(100).any(|part| part == [b'['; 100]));
    assert!(json_of(&body(Fault::NoTaskId).1)["id"].is_null());
}

#[test]
fn refusing_answers_make_no_task() {
    let answer = |fault: Fault| {
        let (given, tasks, arrived) = with_fault(Rule::nth(Target::Submit, 1, fault));
        assert_eq!((tasks, arrived), (0, 1));
        given.unwrap()
    };
    let headers = [("retry-after".to_owned(), "7".to_owned())].into();
    let (status, head, body) = answer(Fault::Status { code: 429, body: None, headers });
    assert!(status == 429 && head.contains("retry-after: 7") && json_of(&body)["message"].is_string());
    let (status, head, _) = answer(Fault::Redirect { code: 307, location: "https://other.example/x".to_owned() });
    assert!(status == 307 && head.contains("location: https://other.example/x"));
    let (status, _, body) = answer(Fault::InBandError { code: json!(402) });
    assert_eq!((status, json_of(&body)["code"].as_u64()), (200, Some(402)));
    let (given, tasks, _) =
        with_fault(Rule::nth(Target::Submit, 1, Fault::Status { code: 502, body: None, headers: BTreeMap::new() }).accepted(true));
    assert_eq!((given.unwrap().0, tasks), (502, 1));
}

#[test]
fn chunked_bodies_and_expectations_are_understood() {
    let server = server(Script::default());
    let mut stream = connect(&server);
    let body = json!({"input": {"prompt": "x"}}).to_string();
    let (one, two) = body.split_at(5);
    let text = format!(
        "POST /mini/make HTTP/1.1\r\nauthorization: Bearer k\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n{:x}\r\n{one}\r\n{:x};a=b\r\n{two}\r\n0\r\n\r\n",
        one.len(),
        two.len()
    );
    assert_eq!(ask(&mut stream, &text).unwrap().0, 200);
    let head = submit_text().replace("host: x", "expect: 100-continue");
    let (head, body) = head.split_at(head.find("\r\n\r\n").unwrap() + 4);
    stream.write_all(head.as_bytes()).unwrap();
    let mut go = [0; 25];
    stream.read_exact(&mut go).unwrap();
    assert_eq!(&go, b"HTTP/1.1 100 Continue\r\n\r\n");
    assert_eq!(ask(&mut stream, body).unwrap().0, 200);
    assert_eq!(ask(&mut stream, "NONSENSE\r\n\r\n").unwrap().0, 400);
    let endless = "POST /mini/make HTTP/1.1\r\ntransfer-encoding: chunked\r\n\r\nffffffffffffffff\r\n";
    assert_eq!(ask(&mut connect(&server), endless).unwrap().0, 413);
}

#[test]
fn the_control_paths_read_and_change_the_server() {
    let server = server(Script::default());
    let mut stream = connect(&server);
    let (_, _, body) = ask(&mut stream, &get_text("/_sandbox")).unwrap();
    assert_eq!(json_of(&body)["providers"]["mini"], server.base_url("mini"));
    let post = |path: &str, body: &Value| {
        let body = body.to_string();
        format!("POST {path} HTTP/1.1\r\ncontent-length: {}\r\n\r\n{body}", body.len())
    };
    let script = json!({"rules": [{"on": "submit", "nth": 1, "fault": {"kind": "status", "code": 503}}]});
    assert_eq!(ask(&mut stream, &post("/_sandbox/script", &script)).unwrap().0, 200);
    assert_eq!(ask(&mut stream, &post("/_sandbox/script", &json!({"provider": "none", "rules": []}))).unwrap().0, 404);
    assert_eq!(ask(&mut stream, &post("/_sandbox/script", &json!({"rules": [{"on": "submit"}]}))).unwrap().0, 400);
    assert_eq!(ask(&mut stream, &submit_text()).unwrap().0, 503);
    let (_, _, body) = ask(&mut stream, &get_text("/_sandbox/stats")).unwrap();
    assert_eq!(json_of(&body)["providers"]["mini"]["requests"]["submit"], 1);
    let reset = json!({"provider": "mini", "options": {"balanceMilli": 5000, "readPerMin": 1}});
    assert_eq!(ask(&mut stream, &post("/_sandbox/reset", &reset)).unwrap().0, 200);
    let (_, _, body) = ask(&mut stream, &get_text("/mini/balance")).unwrap();
    assert_eq!(json_of(&body)["left"], 5);
    let (status, head, _) = ask(&mut stream, &get_text("/mini/balance")).unwrap();
    assert!(status == 429 && head.contains("retry-after: 60"), "{head}");
    assert_eq!(server.stats().of("mini").submits(), 0);
    assert_eq!(ask(&mut stream, &get_text("/nobody/x")).unwrap().0, 404);
}

#[test]
fn a_callback_comes_when_the_task_has_ended() {
    let receiver = TcpListener::bind("127.0.0.1:0").unwrap();
    let server = server(Script::default());
    let body = json!({"input": {"prompt": "x"}, "hook": format!("http://{}/in?t=1", receiver.local_addr().unwrap())}).to_string();
    let text = submit_text();
    let head = text.split("content-length").next().unwrap();
    let (status, _, answer) = ask(&mut connect(&server), &format!("{head}content-length: {}\r\n\r\n{body}", body.len())).unwrap();
    assert_eq!(status, 200);
    let (mut stream, _) = receiver.accept().unwrap();
    let (mut got, mut piece) = (String::new(), [0; 4096]);
    while !got.contains("done") {
        let count = stream.read(&mut piece).unwrap();
        assert!(count > 0, "{got}");
        got.push_str(std::str::from_utf8(&piece[..count]).unwrap());
    }
    stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n").unwrap();
    drop(stream);
    assert!(got.starts_with("POST /in?t=1 ") && got.contains(json_of(&answer)["id"].as_str().unwrap()), "{got}");
}

#[test]
fn time_can_run_faster() {
    let options = SandboxOptions { read_per_min: Some(1), ..SandboxOptions::default() }.with_task_ms(6_000);
    let server = Server::start(ServerConfig::new([contract()]).with_options("mini", options).with_speed(60)).unwrap();
    let mut stream = connect(&server);
    let (_, _, body) = ask(&mut stream, &submit_text()).unwrap();
    std::thread::sleep(Duration::from_millis(150));
    let path = format!("/mini/tasks/{}", json_of(&body)["id"].as_str().unwrap());
    let (_, _, body) = ask(&mut stream, &get_text(&path)).unwrap();
    assert_eq!(json_of(&body)["state"], "done");
    let (status, head, _) = ask(&mut stream, &get_text(&path)).unwrap();
    assert!(status == 429 && head.contains("retry-after: 1\r"), "{head}");
    // What a script says is said as it stands.
    let fault = Fault::Status { code: 429, body: None, headers: [("retry-after".to_owned(), "600".to_owned())].into() };
    assert!(server.set_script("mini", Script::of([Rule::nth(Target::Submit, 1, fault)])));
    let (_, head, _) = ask(&mut stream, &submit_text()).unwrap();
    assert!(head.contains("retry-after: 600\r"), "{head}");
    let address = server.address();
    server.shutdown();
    assert!(TcpStream::connect(address).is_err());
}
