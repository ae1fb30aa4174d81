//! Embeds the built-in contracts without what only people and tests read: evidence, documentation and samples.

use serde_json::Value;
use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs};

const FOLDER: &str = "../core/contracts";
const FOR_PEOPLE: [&str; 4] = ["$schema", "docs", "evidence", "samples"];

fn main() {
    println!("cargo:rerun-if-changed={FOLDER}");
    let mut list = String::from("&[\n");
    let mut names: Vec<_> = fs::read_dir(FOLDER).expect("the core's contracts").filter_map(Result::ok).map(|entry| entry.path()).collect();
    names.sort();
    for path in names {
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        if name.contains('.') {
            continue;
        }
        let text = fs::read_to_string(&path).expect("readable");
        let mut contract: Value = serde_json::from_str(&text).expect("JSON");
        if let Some(members) = contract.as_object_mut() {
            members.retain(|member, _| !FOR_PEOPLE.contains(&member.as_str()));
        }
        let _ = writeln!(list, "    ({name:?}, {:?}),", contract.to_string());
    }
    list.push(']');
    let out = env::var("OUT_DIR").expect("cargo sets it");
    fs::write(Path::new(&out).join("contracts.rs"), list).expect("writable");
}
