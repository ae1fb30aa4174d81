//! `gentask mcp`, spoken to line by line: what a program sends and gets. The official clients of other languages are in their packages' tests.

use super::rig::{FILM, QUICK, Rig, Running, lacks, options};
use gentask_sandbox::{Fault, Rule, Target};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{ChildStdin, ChildStdout, Stdio};

/// A server and the program that speaks with it.
struct Session {
    running: Running,
    input: Option<ChildStdin>,
    output: BufReader<ChildStdout>,
    asked: u64,
    /// The notifications that came.
    told: Vec<Value>,
}

impl Session {
    fn begin(rig: &Rig, args: &[&str]) -> Self {
        let mut command = rig.command(&[&["mcp"], args].concat());
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let (input, output) = (child.stdin.take(), BufReader::new(child.stdout.take().unwrap()));
        let mut session = Self { running: Running::of(child), input, output, asked: 0, told: Vec::new() };
        let hello = json!({"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "test", "version": "1"}});
        let info = session.ask("initialize", &hello);
        assert_eq!(info["result"]["serverInfo"]["name"], "gentask", "{info}");
        session.send(&json!({"jsonrpc": "2.0", "method": "notifications/initialized"}));
        session
    }

    fn send(&mut self, message: &Value) {
        writeln!(self.input.as_mut().unwrap(), "{message}").unwrap();
    }

    fn ask(&mut self, method: &str, params: &Value) -> Value {
        self.asked += 1;
        let id = self.asked;
        self.send(&json!({"jsonrpc": "2.0", "id": id, "method": method, "params": params}));
        loop {
            let mut line = String::new();
            assert!(self.output.read_line(&mut line).unwrap() > 0, "the server ended");
            let message: Value = serde_json::from_str(&line).unwrap();
            if message["id"] == id {
                return message;
            }
            self.told.push(message);
        }
    }

    /// The result of a tool.
    fn call(&mut self, name: &str, arguments: &Value) -> Value {
        let answer = self.ask("tools/call", &json!({"name": name, "arguments": arguments, "_meta": {"progressToken": "p"}}));
        answer["result"].clone()
    }

    /// Closes its input, which ends the server.
    fn end(mut self) {
        self.input = None;
        let ran = self.running.end();
        assert_eq!(ran.exit, Some(0), "{ran:?}");
    }
}

fn film(key: &str) -> Value {
    let input: Value = serde_json::from_str(FILM).unwrap();
    json!({"provider": "film", "model": "t2v", "input": input, "key": key})
}

#[test]
fn a_program_orders_waits_and_gets_the_picture() {
    if lacks("mcp") {
        return;
    }
    let rig = Rig::new(&options(50, []));
    let mut session = Session::begin(&rig, &["--sandbox"]);
    let listed = session.ask("tools/list", &json!({}));
    let tools = listed["result"]["tools"].as_array().unwrap();
    let names: Vec<&str> = tools.iter().filter_map(|tool| tool["name"].as_str()).collect();
    let expected = ["create_generation", "get_status", "get_task", "cancel_task", "validate", "models", "unresolved", "adopt"];
    assert_eq!(names, expected);
    assert!(tools.iter().all(|tool| tool["inputSchema"]["type"] == "object"));
    let order = json!({"provider": "apixo", "model": "nano-banana", "input": {"mode": "text-to-image", "prompt": "a fox"}, "key": "one"});
    let made = session.call("create_generation", &order);
    assert_eq!((&made["isError"], &made["structuredContent"]["status"]), (&json!(false), &json!("success")), "{made}");
    let picture = &made["content"][1];
    assert_eq!((&picture["type"], &picture["mimeType"]), (&json!("image"), &json!("image/png")), "{made}");
    let progress = session.told.iter().filter(|told| told["method"] == "notifications/progress").count();
    assert!(progress >= 2, "{:?}", session.told);
    // The same key is the same task, paid once.
    let again = session.call("create_generation", &order);
    assert_eq!(again["structuredContent"]["data"]["intentId"], made["structuredContent"]["data"]["intentId"]);
    let notices = [&made, &again].map(|answer| answer["structuredContent"]["data"]["notice"].as_str());
    assert!(notices[0].is_some_and(|notice| notice.contains("simulated")) && notices[1].is_none(), "it is told once: {notices:?}");
    let models = session.call("models", &json!({"provider": "apixo", "model": "nano-banana"}));
    let schema = &models["structuredContent"]["models"][0]["input"];
    assert_eq!(schema["properties"]["mode"]["enum"], json!(["text-to-image", "image-to-image"]), "{models}");
    let wrong = session.call("create_generation", &json!({"provider": "apixo", "model": "nano-banana", "input": {}, "kee": "x"}));
    let faults: Vec<&Value> =
        wrong["structuredContent"]["data"]["violations"].as_array().unwrap().iter().map(|fault| &fault["path"]).collect();
    assert_eq!((faults, &wrong["isError"]), (vec![&json!("/key"), &json!("/kee")], &json!(true)));
    let lacking = session.call("validate", &json!({"provider": "apixo", "model": "nano-banana", "input": {}}));
    let words = &lacking["structuredContent"]["data"]["violations"][0]["expected"];
    assert_eq!(words, "one of \"text-to-image\", \"image-to-image\"", "{lacking}");
    let odd = json!({"provider": "apixo", "model": "nano-banana", "input": {"mode": "text-to-image", "prompt": "x", "aspct_ratio": "1:1"}});
    let unchecked = session.call("validate", &odd)["structuredContent"]["unchecked"].clone();
    assert!(unchecked[0].as_str().is_some_and(|text| text.contains("aspect_ratio")), "{unchecked}");
    let unknown = session.call("models", &json!({"provider": "apixo", "model": "nanobanana"}));
    assert!(unknown["structuredContent"]["errorMessage"].as_str().is_some_and(|text| text.contains("\"nano-banana\"")), "{unknown}");
    session.end();
    assert_eq!(rig.seen().submits(), 0, "only the providers of --sandbox were asked");
}

#[test]
fn a_line_that_is_no_json_is_answered_and_ends_nothing() {
    if lacks("mcp") {
        return;
    }
    let rig = Rig::new(&options(50, []));
    let mut session = Session::begin(&rig, &["--sandbox"]);
    let long = format!("{{\"a\": \"{}", "x".repeat(17 << 20));
    for line in ["{\"jsonrpc\": \"2.0\", ", "hello", "", "{} {}", &long] {
        writeln!(session.input.as_mut().unwrap(), "{line}").unwrap();
    }
    let listed = session.ask("tools/list", &json!({}));
    assert!(listed["result"]["tools"].is_array(), "{listed}");
    let codes: Vec<(Option<&Value>, &Value)> = session.told.iter().map(|told| (told.get("id"), &told["error"]["code"])).collect();
    assert_eq!(codes, [(Some(&Value::Null), &json!(-32_700)); 4], "{:?}", session.told);
    session.end();
}

#[test]
fn a_program_that_only_errs_is_answered_before_the_server_ends() {
    if lacks("mcp") {
        return;
    }
    let rig = Rig::new(&options(50, []));
    let mut child = rig.command(&["mcp", "--sandbox"]).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(b"hello\n").unwrap();
    let output = child.wait_with_output().unwrap();
    let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((answer.get("id"), &answer["error"]["code"]), (Some(&Value::Null), &json!(-32_700)), "{answer}");
}

#[test]
fn nothing_is_sent_without_a_key_and_no_contract_file_is_taken_from_the_program() {
    if lacks("mcp") {
        return;
    }
    let mut rig = Rig::new(&options(50, []));
    let path = rig.film("film", &[])[2].clone();
    rig.unset("AIVIDEO_API_KEY");
    let mut session = Session::begin(&rig, &["--provider", &path]);
    let answer = session.call("create_generation", &film("k"));
    assert_eq!((&answer["isError"], &answer["structuredContent"]["errorCode"]), (&json!(true), &json!("AUTH_FAILED")), "{answer}");
    let other = session.call("create_generation", &json!({"provider": path, "model": "t2v", "input": {}, "key": "k"}));
    assert_eq!(other["structuredContent"]["errorCode"], "UNSUPPORTED", "{other}");
    session.end();
    assert_eq!(rig.seen().submits(), 0);
}

#[test]
fn an_order_whose_answer_was_lost_is_found_and_adopted() {
    if lacks("mcp") {
        return;
    }
    let rig = Rig::new(&options(50, [Rule::nth(Target::Submit, 1, Fault::ResetAfterBody)]));
    let args = rig.film("blind", &[]);
    let mut session = Session::begin(&rig, &[&args[1..5].iter().map(String::as_str).collect::<Vec<_>>()[..], &QUICK].concat());
    let order = json!({"provider": "blind", "model": "t2v", "input": film("k")["input"], "key": "k"});
    let lost = session.call("create_generation", &order);
    assert_eq!((&lost["isError"], &lost["structuredContent"]["errorCode"]), (&json!(true), &json!("SUBMIT_UNKNOWN")), "{lost}");
    let open = session.call("unresolved", &json!({}));
    let intent = &open["structuredContent"]["unresolved"][0]["intentId"];
    assert_eq!(intent, &lost["structuredContent"]["data"]["intentId"]);
    let task = rig.server.with("blind", |blind| blind.task_ids()[0].clone()).unwrap();
    let adopted = session.call("adopt", &json!({"intentId": intent, "taskId": task}));
    assert_eq!(adopted["isError"], false, "{adopted}");
    let done = session.call("get_task", &json!({"id": intent}));
    assert_eq!(done["structuredContent"]["status"], "success", "{done}");
    session.end();
}

/// The arguments that lead to the provider `film`.
fn of_film(rig: &Rig) -> Vec<String> {
    rig.film("film", &[])[1..5].to_vec()
}

#[test]
fn a_submit_whose_program_leaves_is_saved_before_the_server_ends() {
    if lacks("mcp") {
        return;
    }
    for by_signal in [false, true] {
        let rig = Rig::new(&options(60_000, [Rule::nth(Target::Submit, 1, Fault::DelayMs { ms: 1_500 })]));
        let args = of_film(&rig);
        let mut session = Session::begin(&rig, &args.iter().map(String::as_str).collect::<Vec<_>>());
        session.send(
            &json!({"jsonrpc": "2.0", "id": 77, "method": "tools/call", "params": {"name": "create_generation", "arguments": film("k")}}),
        );
        rig.until("the submit is under way", |seen| seen.submits() == 1);
        if by_signal {
            let id = session.running.child().id().to_string();
            assert!(std::process::Command::new("kill").args(["-TERM", &id]).status().unwrap().success());
        }
        session.end();
        let [record] = &rig.list()[..] else { panic!("one record") };
        assert!(record["taskId"].is_string(), "{record}");
    }
}

#[test]
fn a_picture_that_cannot_be_fetched_makes_a_task_no_less_a_success() {
    if lacks("mcp") {
        return;
    }
    let rig = Rig::new(&options(50, [Rule::every(Target::File, Fault::Status { code: 404, body: None, headers: BTreeMap::new() })]));
    let (args, out) = (of_film(&rig), rig.path("out").display().to_string());
    let more: Vec<&str> = args.iter().map(String::as_str).chain(QUICK).chain(["--out", &out]).collect();
    let mut session = Session::begin(&rig, &more);
    let made = session.call("create_generation", &film("k"));
    let told = &made["structuredContent"];
    assert_eq!((&made["isError"], &told["status"]), (&json!(false), &json!("success")), "{made}");
    assert!(told["data"]["notSaved"].is_string() && told["data"]["files"][0]["url"].is_string(), "{made}");
    session.end();
}
