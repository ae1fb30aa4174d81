//! The stored vectors are what the core does, and as many as the manifest says.

use gentask_tests::{contracts, vectors};
use serde_json::Value;

#[test]
fn the_stored_vectors_are_what_the_core_does() {
    let faults = vectors::check();
    assert!(faults.is_empty(), "{}\nwrite them anew with `cargo xtask vectors`, and review the diff", faults.join("\n"));
}

#[test]
fn the_manifest_counts_every_case_and_names_are_unique() {
    let folder = contracts::root().join("vectors");
    let read = |name: &str| -> Value {
        let bytes = std::fs::read(folder.join(name)).expect("the file is part of the repository");
        serde_json::from_slice(&bytes).expect("JSON")
    };
    let manifest = read("manifest.json");
    let counts = manifest["files"].as_object().expect("an object");
    let mut total = 0;
    for (name, count) in counts {
        let file = read(&format!("{name}.json"));
        let cases = file["cases"].as_array().expect("an array");
        assert_eq!(Some(cases.len() as u64), count.as_u64(), "{name}");
        total += cases.len() as u64;
        assert!(cases.iter().all(|case| case["name"].is_string() && !case["expect"].is_null() || case["steps"].is_array()), "{name}");
    }
    assert_eq!(manifest["total"].as_u64(), Some(total));
    gentask_tests::say(&format!("vectors: {total} cases in {} files", counts.len()));
    let stored = std::fs::read_dir(&folder).expect("readable").filter_map(Result::ok);
    let stored = stored.filter(|entry| entry.path().extension().is_some_and(|end| end == "json")).count();
    assert_eq!(stored, counts.len() + 1, "a file that no manifest counts");
}
