//! What comes from outside takes at most 64 bytes of memory for each of its own, and a fixed amount beyond that, however it is made.
//! Counted by an allocator: the most that is held at one time, a block and its copy both while it grows.

use gentask_core::contract::parse_payload;
use gentask_core::{
    BodyEnd, Contract, Generation, HttpResponse, Input, Output, Pacer, Reply, Settings, SubmitOptions, TaskMachine, TaskRecord,
};
use serde_json::{Value, json};
use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;
use std::sync::Arc;

/// Bytes of memory for each byte that is read.
const FOR_EACH_BYTE: usize = 64;
/// Bytes of memory whatever is read: the room for small objects, a record, a thousand faults in words.
const WHATEVER_IS_READ: usize = 2 << 20;

const NOW: u64 = 1_790_000_000_000;

struct Counting;

#[global_allocator]
static ALLOCATOR: Counting = Counting;

thread_local! {
    /// What this thread holds, and the most that it held.
    static HELD: Cell<(usize, usize)> = const { Cell::new((0, 0)) };
}

fn count(change: impl FnOnce(usize) -> usize) {
    // At the end of a thread there is nobody left to count for.
    let _ = HELD.try_with(|held| {
        let (now, most) = held.get();
        let now = change(now);
        held.set((now, most.max(now)));
    });
}

// SAFETY: every call is passed on to the system's allocator as it came; counting allocates nothing.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        count(|held| held.saturating_add(layout.size()));
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        count(|held| held.saturating_sub(layout.size()));
        unsafe { System.dealloc(pointer, layout) }
    }
}

/// The most memory that was held beyond what was held before.
fn most_held<T>(run: impl FnOnce() -> T) -> usize {
    let before = HELD.with(|held| {
        let (now, _) = held.get();
        held.set((now, now));
        now
    });
    drop(run());
    HELD.with(Cell::get).1 - before
}

/// Texts that take as much memory as can be made of them: JSON, each of a hundred kilobytes.
fn hostile() -> Vec<(&'static str, String)> {
    let many = |item: &str| format!("[{}0]", format!("{item},").repeat(100_000 / (item.len() + 1)));
    let nested = |open: &str, close: &str, levels: usize| format!("{}1{}", open.repeat(levels), close.repeat(levels));
    let members = |name: &dyn Fn(usize) -> String, value: &str| {
        let members: Vec<String> = (0..10_000).map(|index| format!("\"{}\":{value}", name(index))).collect();
        format!("{{{}}}", members.join(","))
    };
    let long_key = format!("{{\"{}\":", "k".repeat(1_500));
    vec![
        ("nothing", "{}".to_owned()),
        ("zeros", many("0")),
        ("numbers that keep their text", many("1.50")),
        ("numbers that do not fit", many("1e400")),
        ("integers that do not fit", many("123456789012345678901234567890")),
        ("empty strings", many("\"\"")),
        ("strings of one character", many("\"a\"")),
        ("strings of one escape", many("\"\\n\"")),
        ("half surrogate pairs", many("\"\\ud83d\"")),
        ("empty arrays", many("[]")),
        ("arrays of one", many("[0]")),
        ("arrays in arrays", many(&nested("[", "]", 50))),
        ("arrays of empty arrays", many("[[],[]]")),
        ("empty objects", many("{}")),
        ("objects of one", many("{\"\":0}")),
        ("objects of two", many("{\"a\":0,\"b\":0}")),
        ("points", many("{\"x\":1.25,\"y\":20.5}")),
        ("objects in objects", many(&nested("{\"\":", "}", 50))),
        ("objects in objects, with long keys", nested(&long_key, "}", 60)),
        ("many objects below long keys", nested(&long_key, "}", 20).replacen('1', &many("{\"\":0}"), 1)),
        ("many members", members(&|index| index.to_string(), "0")),
        ("many members with empty objects", members(&|index| index.to_string(), "{}")),
        ("one member, again and again", members(&|_| "a".to_owned(), "0")),
        ("a long string of escapes", format!("[\"{}\"]", "\\n".repeat(50_000))),
        ("JSON in a string", format!("{{\"data\":{{\"resultJson\":{},\"state\":\"success\"}}}}", json!(many("{\"\":0}")))),
        ("objects that are cut short", many("{\"\":[0,").replace(']', "")),
    ]
}

/// Fails with every shape that takes more than it may.
fn assert_bounded(shapes: impl IntoIterator<Item = (String, usize, usize)>) {
    let mut over = Vec::new();
    for (name, bytes, held) in shapes {
        if held > FOR_EACH_BYTE * bytes + WHATEVER_IS_READ {
            over.push(format!("{name}: {held} bytes of memory for {bytes}, {} for each", held / bytes.max(1)));
        }
    }
    assert!(over.is_empty(), "{}", over.join("\n"));
}

/// A valid document with a place that a hostile text is put into.
fn with(document: &Value, text: &str) -> Vec<u8> {
    document.to_string().replacen("\"HERE\"", text, 1).into_bytes()
}

fn contract(part: &str, value: &Value) -> Value {
    let mut contract = json!({
        "gentask": 1, "id": "mini", "revision": 1, "base": "https://api.example", "auth": {"header": "authorization", "value": "{key}"},
        "submit": {"path": "/s", "body": "$input", "reply": {"taskId": "/id"}},
        "status": {"path": "/t/{taskId}", "reply": {"state": {"at": "/state", "words": {"done": "success"}}}},
        "models": {"open": true, "list": {}}
    });
    contract[part] = value.clone();
    contract
}

#[test]
fn a_contract() {
    let parts = [
        ("models", json!({"open": true, "list": {"m": {"kind": "image", "input": "HERE"}}})),
        ("models", json!({"open": true, "list": {"m": {"kind": "image", "input": {"allOf": "HERE"}}}})),
        ("models", json!({"open": true, "list": {"m": {"kind": "image", "input": {"properties": "HERE", "additionalProperties": false}}}})),
        ("models", json!({"open": true, "list": {"m": {"kind": "image", "input": {"enum": "HERE"}}}})),
        ("models", json!({"open": true, "list": {"m": {"kind": "image", "input": {"required": "HERE"}}}})),
        ("models", json!({"open": true, "list": "HERE"})),
        ("options", json!("HERE")),
        ("options", json!({"o": {"const": "HERE"}})),
        ("$defs", json!("HERE")),
        ("vars", json!("HERE")),
        ("errors", json!("HERE")),
        ("headers", json!("HERE")),
        ("samples", json!({"status": [{"status": 200, "is": "pending", "json": "HERE"}]})),
        ("samples", json!({"status": "HERE"})),
        ("submit", json!({"path": "/s", "body": "HERE", "reply": {"taskId": "/id"}})),
        ("submit", json!("HERE")),
    ];
    assert_bounded(hostile().iter().flat_map(|(shape, text)| {
        let whole = [("alone", text.clone().into_bytes())].into_iter();
        let placed = parts.iter().map(|(part, value)| (*part, with(&contract(part, value), text)));
        let all: Vec<_> = whole.chain(placed).collect();
        all.into_iter().map(move |(part, bytes)| {
            let held = most_held(|| Contract::load(&bytes));
            (format!("{shape}, in {part}"), bytes.len(), held)
        })
    }));
}

#[test]
fn references_of_a_contract() {
    // One place, spelled in two thousand ways: every character of its name may be written as an escape.
    let name = "abcdefghijk";
    let spelled = |spelling: usize| {
        let char = |(index, char): (usize, char)| {
            if spelling >> index & 1 == 1 { format!("%{:02x}", u32::from(char)) } else { char.to_string() }
        };
        json!({"$ref": format!("#/$defs/{}", name.chars().enumerate().map(char).collect::<String>())})
    };
    let large: serde_json::Map<String, Value> = (0..3_000).map(|index| (format!("property {index}"), json!({"type": "string"}))).collect();
    let spellings: Vec<Value> = (0..2_000).map(spelled).collect();
    let models: serde_json::Map<String, Value> =
        (0..2_000).map(|index| (format!("m{index}"), json!({"kind": "image", "input": spelled(index)}))).collect();
    // A schema in which every level is referred to from outside.
    let levels = (0..20).fold(json!({"properties": large}), |inner, _| json!({"properties": {"a": inner, "b": {"not": {}}}}));
    let level = |levels: usize| json!({"$ref": format!("#/$defs/{name}{}", "/properties/a".repeat(levels))});
    let shapes = [
        ("spellings in one model", json!({"m": {"kind": "image", "input": {"anyOf": spellings}}}), json!({name: {"properties": large}})),
        ("a model each", json!(models), json!({name: {"properties": large}})),
        ("levels", json!({"m": {"kind": "image", "input": {"anyOf": (0..20).map(level).collect::<Vec<_>>()}}}), json!({name: levels})),
    ];
    assert_bounded(shapes.into_iter().map(|(shape, list, defs)| {
        let mut contract = contract("$defs", &defs);
        contract["models"]["list"] = list;
        let bytes = contract.to_string().into_bytes();
        let held = most_held(|| assert_eq!(Contract::load(&bytes).err(), None, "{shape}"));
        (shape.to_owned(), bytes.len(), held)
    }));
}

#[test]
fn a_payload() {
    let contract = Contract::load(
        contract("models", &json!({"open": true, "list": {
            "closed": {"kind": "image", "input": {"properties": {"a": {"type": "string"}}, "additionalProperties": false}},
            "strings": {"kind": "image", "input": {"additionalProperties": {"items": {"anyOf": [{"type": "string"}, {"minItems": 5}]}, "uniqueItems": true}}},
        }}))
        .to_string()
        .as_bytes(),
    )
    .unwrap();
    assert_bounded(hostile().into_iter().flat_map(|(shape, text)| {
        let inner = format!("{{\"a\":{text}}}");
        let mut held = vec![(format!("{shape}, read"), text.len(), most_held(|| parse_payload(text.as_bytes())))];
        for (text, model) in [(&text, "closed"), (&inner, "strings"), (&inner, "another")] {
            if let Ok(input) = parse_payload(text.as_bytes()) {
                let generation = Generation { model: model.to_owned(), input };
                let checked = most_held(|| contract.validate(&generation, &SubmitOptions::default()));
                held.push((format!("{shape}, checked as {model}"), text.len(), checked));
                let (options, settings) = (SubmitOptions::default(), Arc::new(Settings::default()));
                let prepared = most_held(|| TaskMachine::prepare(&contract, &generation, &options, &settings, [7; 32], NOW));
                held.push((format!("{shape}, prepared as {model}"), text.len(), prepared));
            }
        }
        held
    }));
}

/// A task of a contract that waits for the answer to its submit, or to its first question.
fn asked(contract: &Contract, is_accepted: bool) -> (TaskMachine, Pacer, u64, String) {
    let generation = Generation { model: "nano-banana".to_owned(), input: json!({"mode": "text-to-image", "prompt": "a sunset"}) };
    let settings = Arc::new(Settings::default());
    let mut machine = TaskMachine::prepare(contract, &generation, &SubmitOptions::default(), &settings, [7; 32], NOW).unwrap();
    let (mut pacer, mut now) = (Pacer::new(), NOW);
    let mut request = send(&mut machine, &mut pacer, &mut now);
    if is_accepted {
        machine.step(answer(&request, br#"{"code":200,"data":{"taskId":"task_1"}}"#.to_vec()), now, &mut pacer).unwrap();
        request = send(&mut machine, &mut pacer, &mut now);
    }
    (machine, pacer, now, request)
}

fn send(machine: &mut TaskMachine, pacer: &mut Pacer, now: &mut u64) -> String {
    *now = (*now).max(machine.poll_timeout());
    match machine.step(Input::Timeout, *now, pacer).unwrap().pop() {
        Some(Output::Transmit { request }) => request.id,
        other => panic!("a request was expected: {other:?}"),
    }
}

fn answer(request: &str, body: Vec<u8>) -> Input {
    Input::Response { request: request.to_owned(), response: HttpResponse { status: 200, headers: Vec::new(), body, end: BodyEnd::Whole } }
}

#[test]
fn an_answer() {
    let contract = Contract::built_in("apixo").unwrap();
    let urls = format!("{{\"resultUrls\":[{}\"b\"]}}", "\"a\",".repeat(25_000));
    let success = json!({"data": {"state": "success", "resultJson": urls, "more": "HERE"}});
    let bodies = hostile().into_iter().flat_map(|(shape, text)| {
        let beside_an_id = with(&json!({"code": 200, "data": {"taskId": "task_1", "more": "HERE"}}), &text);
        let beside_files = with(&success, &text);
        let latin: Vec<u8> = text.bytes().map(|byte| if byte == b'a' { 0xE9 } else { byte }).collect();
        let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        [
            (format!("{shape}, alone"), text.into_bytes()),
            (format!("{shape}, beside an id"), beside_an_id),
            (format!("{shape}, beside a thousand files and many more"), beside_files),
            (format!("{shape}, in Latin-1"), latin),
            (format!("{shape}, in UTF-16"), utf16),
        ]
    });
    let contract = &contract;
    assert_bounded(bodies.flat_map(|(name, body)| {
        let answers = if name.ends_with("in Latin-1") || name.ends_with("in UTF-16") { 1 } else { 2 };
        [true, false].into_iter().take(answers).map(move |is_accepted| {
            let (mut machine, mut pacer, now, request) = asked(contract, is_accepted);
            let (bytes, input) = (body.len(), answer(&request, body.clone()));
            let held = most_held(|| machine.step(input, now, &mut pacer).unwrap());
            (format!("{name}, to a {}", if is_accepted { "question" } else { "submit" }), bytes, held)
        })
    }));
}

#[test]
fn a_record() {
    let contract = Contract::built_in("apixo").unwrap();
    let record: Value = serde_json::from_str(&asked(&contract, true).0.record().to_json()).unwrap();
    let members = ["vars", "unknown", "result", "error", "phase"];
    assert_bounded(hostile().iter().flat_map(|(shape, text)| {
        let mut optional = record.clone();
        optional["options"] = json!({"o": "HERE"});
        let placed = members.iter().map(|place| {
            let mut record = record.clone();
            record[place] = json!("HERE");
            (format!("{shape}, in {place}"), with(&record, text))
        });
        let placed = placed.chain([(format!("{shape}, in options"), with(&optional, text))]);
        let in_files = with(&json!({"result": {"files": "HERE"}}), text);
        let all: Vec<_> =
            placed.chain([(format!("{shape}, alone"), text.clone().into_bytes()), (format!("{shape}, files"), in_files)]).collect();
        all.into_iter().map(|(name, bytes)| {
            let held = most_held(|| TaskRecord::from_json(&bytes));
            (name, bytes.len(), held)
        })
    }));
}

#[test]
fn a_reply() {
    let reply = json!({"ok": true, "status": "success", "taskId": "t", "data": {"raw": "HERE"}, "errorCode": null, "errorMessage": null, "retryAfter": null});
    assert_bounded(hostile().iter().flat_map(|(shape, text)| {
        [("alone", text.clone().into_bytes()), ("raw", with(&reply, text))].map(|(place, bytes)| {
            let held = most_held(|| Reply::from_json(&bytes));
            (format!("{shape}, {place}"), bytes.len(), held)
        })
    }));
}
