//! The official JSON Schema test suite (draft 2020-12), an adversary that we did not write, against the payload rules.
//!
//! Every group whose schema stays within the subset must pass whole; every other group must be a fault at load. The suite comes from
//! the `PyPI` source package of `jsonschema`, into `target/json-schema-suite/`, once.

use gentask_core::contract::MediaRules;
use gentask_core::{Schema, Violation};
use gentask_tests::say;
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{fmt, fs, io};

const PACKAGE: &str = "jsonschema";
const VERSION: &str = "4.26.0";

/// What was measured: fewer would mean that the subset, or the suite, has silently shrunk.
const LEAST_GROUPS: usize = 174;
const LEAST_CASES: usize = 642;

/// Groups about `format` as an annotation without effect. Here it is asserted, as `optional/format` wants it.
const ANNOTATED: &[&str] = &["format.json: uri format"];

/// Keywords of the subset without schemas inside.
const PLAIN: &[&str] = &[
    "type",
    "enum",
    "const",
    "required",
    "minItems",
    "maxItems",
    "uniqueItems",
    "minLength",
    "maxLength",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
    "dependentRequired",
    "$schema",
    "$comment",
    "title",
    "description",
    "default",
    "examples",
    "deprecated",
];

#[test]
fn every_group_within_the_subset_passes_and_every_other_is_refused() {
    let suite = suite().expect("the suite can be fetched from PyPI");
    let folder = suite.join("json/tests/draft2020-12");
    let (mut required, mut optional) = (Count::default(), Count::default());
    let (mut failed, mut not_run) = (Vec::new(), Vec::new());
    for file in files(&folder).expect("the suite can be read") {
        let name = file.strip_prefix(&folder).expect("a file of the folder");
        let count = if name.starts_with("optional") { &mut optional } else { &mut required };
        let content: Value = serde_json::from_slice(&fs::read(&file).expect("readable")).expect("JSON");
        for group in array(&content) {
            let title = format!("{}: {}", name.display(), text(&group["description"]));
            let tests = array(&group["tests"]);
            count.add_found(tests.len());
            let mut faults = Vec::new();
            let compiled = Schema::compile(&group["schema"], &Value::Null, "", &mut faults);
            match (compiled, is_within_subset(&group["schema"])) {
                (Some(_), true) if ANNOTATED.contains(&title.as_str()) => not_run.push(format!("{title}: `format` is asserted here")),
                (Some(schema), true) => {
                    count.add_run(tests.len());
                    failed.extend(tests.iter().filter_map(|test| failure(&title, &schema, test)));
                }
                (None, false) => not_run.push(format!("{title}: {}", reasons(&faults))),
                (Some(_), false) => failed.push(format!("{title}: an unsupported keyword was ignored")),
                (None, true) => failed.push(format!("{title}: refused: {}", reasons(&faults))),
            }
        }
    }
    let list = suite.with_file_name("not-run.txt");
    fs::write(&list, not_run.join("\n") + "\n").expect("target/ is writable");
    let verdict = if failed.is_empty() { "all pass".to_owned() } else { format!("{} failures", failed.len()) };
    say(&format!("schema suite: {required}, and of the optional part {optional} are run, {verdict}"));
    say(&format!("the other {} groups need what the subset does not have: target/json-schema-suite/not-run.txt", not_run.len()));
    assert!(failed.is_empty(), "{}", failed.join("\n"));
    assert!(
        required.groups + optional.groups >= LEAST_GROUPS && required.cases + optional.cases >= LEAST_CASES,
        "the suite or the subset has shrunk"
    );
}

/// Groups and cases, and how many of them were run.
#[derive(Default)]
struct Count {
    groups: usize,
    all_groups: usize,
    cases: usize,
    all_cases: usize,
}

impl Count {
    fn add_found(&mut self, cases: usize) {
        self.all_groups += 1;
        self.all_cases += cases;
    }

    fn add_run(&mut self, cases: usize) {
        self.groups += 1;
        self.cases += cases;
    }
}

impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} of {} cases in {} of {} groups", self.cases, self.all_cases, self.groups, self.all_groups)
    }
}

fn failure(title: &str, schema: &Schema, test: &Value) -> Option<String> {
    let violations = schema.check(&test["data"], &MediaRules::default());
    let expected = test["valid"].as_bool().expect("a verdict");
    let found = if violations.is_empty() { "valid".to_owned() } else { reasons(&violations) };
    (violations.is_empty() != expected).then(|| format!("{title}: {}: {found}", text(&test["description"])))
}

fn reasons(violations: &[Violation]) -> String {
    violations.iter().map(Violation::to_string).collect::<Vec<_>>().join("; ")
}

/// Whether a schema uses only what the subset has: read off the documentation, not off the code that is tested.
fn is_within_subset(schema: &Value) -> bool {
    let Some(map) = schema.as_object() else { return schema.is_boolean() };
    map.iter().all(|(keyword, value)| match keyword.as_str() {
        "properties" | "$defs" => value.as_object().is_some_and(|schemas| schemas.values().all(is_within_subset)),
        "allOf" | "anyOf" | "oneOf" | "prefixItems" => array(value).iter().all(is_within_subset),
        "items" | "additionalProperties" | "not" | "if" | "then" | "else" => is_within_subset(value),
        "$ref" => text(value).starts_with("#/$defs/"),
        "format" => ["uri", "data-uri", "media"].contains(&text(value)),
        plain => PLAIN.contains(&plain),
    })
}

fn array(value: &Value) -> &[Value] {
    value.as_array().map(Vec::as_slice).expect("an array")
}

fn text(value: &Value) -> &str {
    value.as_str().expect("a string")
}

/// Every JSON file under a folder, in order.
fn files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(files(&path)?);
        } else if path.extension().is_some_and(|extension| extension == "json") {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

/// The unpacked source package, fetched if it is not there; a half-finished fetch leaves nothing behind that counts.
fn suite() -> io::Result<PathBuf> {
    let home = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/json-schema-suite");
    let name = format!("{PACKAGE}-{VERSION}");
    let ready = home.join(&name);
    if ready.join("json/tests").is_dir() {
        return Ok(ready);
    }
    let work = home.join(format!("fetch-{}", std::process::id()));
    fs::create_dir_all(&work)?;
    let requirement = format!("{PACKAGE}=={VERSION}");
    let pip =
        ["-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps", "--no-binary", PACKAGE, &requirement, "-d", "."];
    run(Command::new("python3").args(pip).current_dir(&work))?;
    run(Command::new("tar").arg("xzf").arg(format!("{name}.tar.gz")).current_dir(&work))?;
    fs::rename(work.join(&name), &ready).or_else(|error| if ready.is_dir() { Ok(()) } else { Err(error) })?;
    fs::remove_dir_all(&work)?;
    Ok(ready)
}

fn run(command: &mut Command) -> io::Result<()> {
    let status = command.status()?;
    if status.success() { Ok(()) } else { Err(io::Error::other(format!("{command:?} ended with {status}"))) }
}
