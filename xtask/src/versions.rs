//! Which Rust each crate needs: said in its `Cargo.toml`, and no older than what it is made of. Whether the code itself keeps to it, clippy says.

use crate::process::{capture, cargo};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// `1.89.0` as numbers.
fn numbers(version: &str) -> Vec<u64> {
    let mut numbers: Vec<u64> = version.split('.').filter_map(|part| part.parse().ok()).collect();
    numbers.resize(3, 0);
    numbers
}

fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value[name].as_str().unwrap_or_default()
}

#[test]
fn every_crate_says_which_rust_it_needs_and_needs_no_newer_one() {
    let metadata = capture(&mut cargo(&["metadata", "--format-version", "1", "--locked"])).unwrap();
    let metadata: Value = serde_json::from_str(&metadata).unwrap();
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let packages: BTreeMap<String, Value> = list(&metadata["packages"]).into_iter().map(|one| (text(&one, "id").to_owned(), one)).collect();
    let nodes: BTreeMap<String, Value> =
        list(&metadata["resolve"]["nodes"]).into_iter().map(|one| (text(&one, "id").to_owned(), one)).collect();
    for member in list(&metadata["workspace_members"]) {
        let id = member.as_str().unwrap_or_default();
        let own = &packages[id];
        let needs = text(own, "rust_version");
        assert!(!needs.is_empty(), "{} does not say which Rust it needs: add `rust-version` to its Cargo.toml", own["name"]);
        let (mut open, mut seen) = (vec![id.to_owned()], BTreeSet::new());
        while let Some(id) = open.pop() {
            if !seen.insert(id.clone()) {
                continue;
            }
            let part = &packages[&id];
            let asks = text(part, "rust_version");
            assert!(numbers(asks) <= numbers(needs), "{} needs Rust {needs}, and {} in it {asks}", own["name"], part["name"]);
            // What only tests of a crate need is no part of it.
            let is_part = |dependency: &Value| list(&dependency["dep_kinds"]).iter().any(|kind| kind["kind"] != "dev");
            open.extend(list(&nodes[&id]["deps"]).iter().filter(|one| is_part(one)).map(|one| text(one, "pkg").to_owned()));
        }
    }
}
