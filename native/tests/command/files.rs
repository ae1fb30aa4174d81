//! Result files, large payloads, completions, the demo.

use crate::rig::{QUICK, Ran, Rig, lacks, options};
use gentask_sandbox::{Fault, Rule, Target};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use std::io::Write as _;
use std::process::{Command, Stdio};

fn picture(rig: &Rig, payload: &Value, more: &[&str]) -> Ran {
    let (base, payload) = (rig.server.base_url("apidot"), payload.to_string());
    let args: Vec<&str> = ["run", "--provider", "apidot", "--base-url", &base, "--model", "gpt-image-2", "--payload", &payload]
        .into_iter()
        .chain(QUICK)
        .chain(more.iter().copied())
        .collect();
    rig.run(&args)
}

/// The size that the header of a PNG file names.
fn png_size(bytes: &[u8]) -> (u32, u32) {
    assert_eq!(&bytes[..8], b"\x89PNG\r\n\x1a\n");
    assert_eq!((&bytes[12..16], &bytes[bytes.len() - 8..bytes.len() - 4]), (b"IHDR".as_slice(), b"IEND".as_slice()));
    let number = |at: usize| u32::from_be_bytes(bytes[at..at + 4].try_into().unwrap());
    (number(16), number(20))
}

#[test]
fn saved_files_open_and_are_what_their_digests_say() {
    let rig = Rig::new(&options(50, []));
    let reply = picture(&rig, &json!({"prompt": "a fox"}), &["--out", "pictures/today"]).reply(0);
    let saved = &reply["data"]["saved"][0];
    let path = rig.path(saved["path"].as_str().unwrap());
    let bytes = std::fs::read(&path).unwrap();
    let digest = Sha256::digest(&bytes).iter().fold(String::new(), |text, byte| text + &format!("{byte:02x}"));
    assert_eq!((saved["sha256"].as_str(), saved["bytes"].as_u64()), (Some(digest.as_str()), u64::try_from(bytes.len()).ok()));
    let (width, height) = png_size(&bytes);
    assert!(width >= 64 && height >= 64, "{width} x {height}");
    // Once more: what is there is not fetched again; what has gone is.
    let intent = reply["data"]["intentId"].as_str().unwrap();
    let files = || rig.server.stats().of("apidot").arrived(Target::File);
    rig.run(&["get", intent, "--out", "pictures/today"]).reply(0);
    assert_eq!(files(), 1);
    std::fs::remove_file(&path).unwrap();
    rig.run(&["get", intent, "--out", "pictures/today"]).reply(0);
    assert_eq!((files(), std::fs::read(&path).unwrap()), (2, bytes));
    let film = rig.run_film(&["--out", "films"]).reply(0);
    let film = std::fs::read(rig.path(film["data"]["saved"][0]["path"].as_str().unwrap())).unwrap();
    assert_eq!(&film[4..8], b"ftyp");
}

#[test]
fn a_download_that_fails_does_not_lose_the_task() {
    let rig = Rig::new(&options(50, [Rule::every(Target::File, Fault::Status { code: 404, body: None, headers: [].into() })]));
    let ran = rig.run_film(&["--out", "files"]);
    let reply = ran.reply(1);
    assert_eq!((&reply["ok"], reply["taskId"].is_string()), (&false.into(), true), "{reply}");
    assert_eq!(rig.list()[0]["phase"], "succeeded");
    rig.server.set_script("film", gentask_sandbox::Script::default());
    let intent = reply["data"]["intentId"].as_str().unwrap();
    let got = rig.run(&["get", intent, "--provider", "film.json", "--out", "files"]).reply(0);
    assert_eq!(got["data"]["saved"].as_array().map(Vec::len), Some(1));
    // A folder that cannot be made is the folder's fault.
    let file = rig.write("a-file", "x");
    let reply = rig.run(&["get", intent, "--provider", "film.json", "--out", &file]).reply(6);
    assert_eq!(reply["errorCode"], "STORE_ERROR");
}

#[test]
fn a_folder_that_cannot_be_written_is_told_before_anything_is_paid_for() {
    let rig = Rig::new(&options(50, []));
    let file = rig.write("a-file", "x");
    let ran = rig.run_film(&["--out", &file]);
    let reply = ran.reply(6);
    assert_eq!((&reply["errorCode"], &reply["data"]["billing"]), (&"STORE_ERROR".into(), &"none".into()), "{reply}");
    assert!(reply["errorMessage"].as_str().is_some_and(|message| message.contains("a-file")), "{reply}");
    assert_eq!((rig.list().len(), rig.seen().submits()), (0, 0));
    // Nor is an order that was stored before sent by a resume that cannot save what it brings.
    rig.run_film(&["--no-wait"]).reply(0);
    let resumed = rig.run(&["resume", "--provider", "film.json", "--out", &file]);
    assert_eq!(resumed.reply(6)["errorCode"], "STORE_ERROR");
    assert_eq!(rig.seen().arrived(Target::Status), 0);
}

#[test]
fn a_directory_that_is_named_like_a_file_is_refused_before_anything_is_paid_for() {
    let rig = Rig::new(&options(50, []));
    let reply = rig.run_film(&["--out", "pictures/film.mp4"]).reply(2);
    assert!(reply["errorMessage"].as_str().is_some_and(|message| message.contains("\"film.mp4\" is the name of a file")), "{reply}");
    assert_eq!((rig.list().len(), rig.seen().submits()), (0, 0));
    assert!(!rig.path("pictures").exists());
    // With a separator behind it, or where there is one, it is a directory.
    rig.run_film(&["--out", "pictures/film.mp4/"]).reply(0);
    assert_eq!(std::fs::read_dir(rig.path("pictures/film.mp4")).unwrap().count(), 1);
    rig.run_film(&["--out", "pictures/film.mp4"]).reply(0);
    assert_eq!(std::fs::read_dir(rig.path("pictures/film.mp4")).unwrap().count(), 2);
}

#[test]
fn a_receipt_beside_a_file_says_where_it_came_from() {
    let rig = Rig::new(&options(50, []));
    let secret = "a fox that nobody may know of";
    let reply = picture(&rig, &json!({"prompt": secret}), &["--owner", "user-7", "--out", "pictures", "--receipt"]).reply(0);
    let saved = &reply["data"]["saved"][0];
    let path = rig.path(&format!("{}.receipt.json", saved["path"].as_str().unwrap()));
    let text = std::fs::read_to_string(&path).unwrap();
    let receipt: Value = serde_json::from_str(&text).unwrap();
    let record = &rig.list()[0];
    let told = json!({
        "v": 1, "intentId": record["intentId"], "taskId": record["taskId"], "provider": "apidot", "account": "default", "model": "gpt-image-2",
        "owner": "user-7", "sha256": saved["sha256"], "bytes": saved["bytes"], "contentType": "image/png",
        "createdAt": record["createdAt"], "finishedAt": receipt["finishedAt"],
    });
    assert_eq!(receipt, told);
    assert!(receipt["finishedAt"].as_u64() >= receipt["createdAt"].as_u64());
    // The file is there, and so is its receipt: once more, both are as they are. A receipt that somebody has changed is nobody's to overwrite.
    let intent = reply["data"]["intentId"].as_str().unwrap();
    rig.run(&["get", intent, "--out", "pictures", "--receipt"]).reply(0);
    assert_eq!(std::fs::read_to_string(&path).unwrap(), text);
    std::fs::write(&path, "my own").unwrap();
    let refused = rig.run(&["get", intent, "--out", "pictures", "--receipt"]).reply(6);
    assert!(refused["errorMessage"].as_str().is_some_and(|message| message.contains("its receipt is not")), "{refused}");
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "my own");
    // It makes no sense alone.
    let alone = rig.run(&["get", intent, "--receipt"]).reply(2);
    assert!(alone["errorMessage"].as_str().is_some_and(|message| message.contains("--out")), "{alone}");
}

#[test]
fn a_payload_as_large_as_an_argument_may_be() {
    let rig = Rig::new(&options(50, []));
    let prompt = "wide sea ".repeat(100 * 1024 / 9);
    let reply = picture(&rig, &json!({"prompt": prompt}), &[]).reply(0);
    assert_eq!(reply["status"], "success");
    // Deep or broken ones of that size are refused at once and quote nothing at length.
    for payload in ["[".repeat(120_000), "{\"a\":".repeat(24_000), format!("{{\"a\":\"{prompt}")] {
        let base = rig.server.base_url("apidot");
        let ran = rig.run(&["run", "--provider", "apidot", "--base-url", &base, "--model", "gpt-image-2", "--payload", &payload]);
        assert_eq!(ran.reply(2)["errorCode"], "INVALID_PAYLOAD");
        assert!(ran.stdout.len() < 2_000, "{} bytes", ran.stdout.len());
    }
    assert_eq!(rig.server.stats().of("apidot").submits(), 1);
}

#[test]
fn arguments_that_are_not_text_are_refused() {
    use std::os::unix::ffi::OsStrExt as _;
    let rig = Rig::new(&options(50, []));
    let odd = std::ffi::OsStr::from_bytes(b"caf\xe9");
    let output = rig.command(&["run", "--model"]).arg(odd).args(["--payload", "{}"]).output().unwrap();
    assert_eq!(output.status.code(), Some(2), "{output:?}");
    if lacks("bytes") {
        return;
    }
    // A store may have any name that the system allows.
    let output = rig.command(&["list", "--store"]).arg(odd).output().unwrap();
    assert_eq!((output.status.code(), output.stdout.as_slice()), (Some(0), b"[]\n".as_slice()), "{output:?}");
}

#[test]
fn completions_are_scripts_of_their_shells() {
    if lacks("completions") {
        return;
    }
    let rig = Rig::new(&options(50, []));
    let script = rig.run(&["completions", "bash"]);
    assert_eq!(script.exit, Some(0));
    assert!(script.stdout.contains("--payload") && script.stdout.contains("unresolved"));
    let mut bash = Command::new("bash").arg("-n").stdin(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    bash.stdin.take().unwrap().write_all(script.stdout.as_bytes()).unwrap();
    let judged = bash.wait_with_output().unwrap();
    assert!(judged.status.success(), "{}", String::from_utf8_lossy(&judged.stderr));
    for shell in ["zsh", "fish", "elvish", "powershell"] {
        let ran = rig.run(&["completions", shell]);
        assert!(ran.exit == Some(0) && ran.stdout.contains("gentask"), "{shell}");
    }
    rig.run(&["completions", "tcl"]).reply(2);
}

#[test]
fn the_demo_needs_no_key_and_shows_what_it_says() {
    if lacks("demo") {
        return;
    }
    let mut rig = Rig::new(&options(50, []));
    for key in ["AIVIDEO_API_KEY", "APIXO_API_KEY", "APIDOT_API_KEY", "GENTASK_STORE"] {
        rig.unset(key);
    }
    let began = std::time::Instant::now();
    let ran = rig.run(&["demo", "--out", "shown"]);
    assert_eq!(ran.exit, Some(0), "{ran:?}");
    assert!(began.elapsed() < std::time::Duration::from_secs(20), "{:?}", began.elapsed());
    for words in ["submit answered 429", "status call failed (502)", "same task", "3 orders, each sent twice, became 3 paid tasks"] {
        assert!(ran.stdout.contains(words), "{words}: {}", ran.stdout);
    }
    let names: Vec<String> =
        std::fs::read_dir(rig.path("shown")).unwrap().map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
    for end in [".png", ".mp4", "tasks.db"] {
        assert!(names.iter().any(|name| name.ends_with(end)), "{names:?}");
    }
    assert_eq!(rig.run(&["list", "--store", "shown/tasks.db"]).json().as_array().map(Vec::len), Some(3));
    assert!(!rig.path("tasks.db").exists());
}
