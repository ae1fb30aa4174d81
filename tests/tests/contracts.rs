//! Every contract means what its samples say, and a faulty one is refused with all its faults.

use gentask_core::{Contract, ErrorCode, MediaRules, Schema, Violation};
use serde_json::Value;
use std::fs;
use std::path::PathBuf;

fn files() -> Vec<PathBuf> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let mut files: Vec<PathBuf> = [root.join("../core/contracts"), root.join("contracts")]
        .iter()
        .flat_map(|folder| fs::read_dir(folder).expect("the folder is part of the repository"))
        .map(|entry| entry.expect("readable").path())
        .filter(|path| path.extension().is_some_and(|end| end == "json") && !path.ends_with("contract.schema.json"))
        .collect();
    files.sort();
    files
}

#[test]
fn every_sample_means_what_it_says() {
    let mut read = 0;
    for path in files() {
        let contract = Contract::load(&fs::read(&path).expect("readable")).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let faults = contract.check_samples();
        assert!(faults.is_empty(), "{}:\n{}", path.display(), faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"));
        read += contract.samples().len();
    }
    assert!(read >= 190, "only {read} samples were read");
}

#[test]
fn the_schema_for_authors_accepts_every_contract() {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../core/contracts/contract.schema.json");
    let schema: Value = serde_json::from_slice(&fs::read(path).expect("readable")).expect("JSON");
    let mut faults = Vec::new();
    let schema = Schema::compile(&schema, &Value::Null, "", &mut faults).unwrap_or_else(|| panic!("{faults:?}"));
    for path in files() {
        let contract: Value = serde_json::from_slice(&fs::read(&path).expect("readable")).expect("JSON");
        assert_eq!(schema.check(&contract, &MediaRules::default()), Vec::<Violation>::new(), "{}", path.display());
    }
}

#[test]
fn the_schema_for_authors_accepts_every_callback_scheme_and_so_does_the_loader() {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let read = |path: &str| -> Value { serde_json::from_slice(&fs::read(root.join(path)).expect("readable")).expect("JSON") };
    let mut faults = Vec::new();
    let schema = read("../core/contracts/contract.schema.json");
    let schema = Schema::compile(&schema, &Value::Null, "", &mut faults).unwrap_or_else(|| panic!("{faults:?}"));
    let mut contract = read("vectors/callbacks/contract.json");
    for (name, scheme) in read("vectors/callbacks/schemes.json").as_object().expect("an object") {
        contract["callback"] = scheme.clone();
        assert_eq!(schema.check(&contract, &MediaRules::default()), Vec::<Violation>::new(), "{name}");
        gentask_tests::contracts::with_callback(name);
    }
}

#[test]
fn a_faulty_contract_is_refused_with_every_fault_and_its_pointer() {
    let text = r#"{"gentask": 2, "id": "Bad Id", "base": "http://example.com", "auth": {"header": "key", "value": "no key"}, "typo": 1, "typo": 2,
        "submit": {"path": "g/{nothing}", "reply": {"taskId": ["nope"]}}, "status": {"path": "/s/{unknown}", "reply": {"state": {"at": ["/s"], "words": {"X": "sucess"}}}},
        "idempotency": {"mode": "replay"}, "models": {"open": false, "list": {"m": {"kind": "picture", "input": {"typo": "object"}}}}}"#;
    let twice = Contract::load(text.as_bytes()).expect_err("a key stands twice");
    assert_eq!(twice.violations.iter().map(|fault| fault.path.as_str()).collect::<Vec<_>>(), ["/typo"]);
    let once = text.replace(r#", "typo": 2"#, "");
    let error = Contract::load(once.as_bytes()).expect_err("full of faults");
    assert_eq!(error.code, ErrorCode::InvalidContract);
    let paths: Vec<&str> = error.violations.iter().map(|fault| fault.path.as_str()).collect();
    let expected = [
        "/gentask",
        "/id",
        "/base",
        "/auth/value",
        "/typo",
        "/submit/path",
        "/submit/reply/taskId/0",
        "/status/path",
        "/status/reply/state/words/X",
        "/idempotency/mode",
        "/models/list/m/kind",
        "/models/list/m/input/typo",
    ];
    for path in expected {
        assert!(paths.contains(&path), "{path} is missing in {paths:#?}");
    }
}
