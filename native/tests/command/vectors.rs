//! Runs the command lines of `tests/scenarios/*.json`.

use crate::pattern::Names;
use crate::rig::{KEY, Rig, contract, repository};
use gentask_sandbox::{SandboxOptions, ServerConfig, Target};
use serde_json::{Map, Value};

fn file(name: &str, wanted: usize) {
    let path = repository("tests/scenarios").join(name);
    let vectors: Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    let cases = vectors["cases"].as_array().unwrap();
    let mut faults = Vec::new();
    for case in cases {
        let began = std::time::Instant::now();
        if let Err(fault) = run(&vectors, case) {
            faults.push(format!("{}: {fault}", case["name"]));
        }
        println!("{:>6} ms  {}", began.elapsed().as_millis(), case["name"]);
    }
    println!("{name}: {} command-line vectors", cases.len());
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert_eq!(cases.len(), wanted, "the number of cases in {name} has changed: say so here");
}

fn run(vectors: &Value, case: &Value) -> Result<(), String> {
    let known = ["name", "contracts", "sandbox", "files", "steps", "seen"];
    if let Some(name) = case.as_object().and_then(|case| case.keys().find(|name| !known.contains(&name.as_str()))) {
        return Err(format!("a case has no \"{name}\""));
    }
    let rig = rig(&vectors["sandbox"], case);
    let mut names = Names::default();
    names.set("folder", rig.path("").display().to_string().trim_end_matches('/'));
    names.set("contracts", repository("tests/contracts").display().to_string());
    names.set("key", KEY);
    for provider in rig.server.stats().providers.keys() {
        names.set(&format!("base:{provider}"), rig.server.base_url(provider));
    }
    for (name, content) in members(&case["files"]) {
        let text = content.as_str().map_or_else(|| content.to_string(), |text| names.fill(text));
        rig.write(name, text);
    }
    for (index, step) in case["steps"].as_array().ok_or("a case has steps")?.iter().enumerate() {
        check(&rig, &mut names, &vectors["env"], step).map_err(|fault| format!("step {index}: {fault}"))?;
    }
    seen(&rig, &case["seen"])
}

fn rig(defaults: &Value, case: &Value) -> Rig {
    let mut config = ServerConfig::built_in();
    for name in case["contracts"].as_array().into_iter().flatten().filter_map(Value::as_str) {
        config.contracts.push(contract(&format!("tests/contracts/{name}")));
    }
    let ids: Vec<String> = config.contracts.iter().filter_map(|contract| contract["id"].as_str().map(str::to_owned)).collect();
    for id in ids {
        let mut options = defaults.as_object().cloned().unwrap_or_default();
        options.extend(case["sandbox"].get(&id).and_then(Value::as_object).cloned().unwrap_or_default());
        let options: SandboxOptions = serde_json::from_value(options.into()).unwrap();
        config = config.with_options(&id, options);
    }
    let mut rig = Rig::of(config);
    for name in ["APIXO_API_KEY", "APIDOT_API_KEY", "AIVIDEO_API_KEY"] {
        rig.unset(name);
    }
    rig
}

fn check(rig: &Rig, names: &mut Names, env: &Value, step: &Value) -> Result<(), String> {
    let known = ["args", "env", "exit", "json", "lines", "stdout", "stderr", "stored"];
    if let Some(name) = members(step).map(|(name, _)| name).find(|name| !known.contains(&name.as_str())) {
        return Err(format!("a step has no \"{name}\""));
    }
    let args: Vec<String> =
        step["args"].as_array().ok_or("a step has args")?.iter().filter_map(Value::as_str).map(|arg| names.fill(arg)).collect();
    let mut command = rig.command(&args.iter().map(String::as_str).collect::<Vec<_>>());
    for (name, value) in members(env).chain(members(&step["env"])) {
        match value.as_str() {
            Some(value) => command.env(name, names.fill(value)),
            None => command.env_remove(name),
        };
    }
    let output = command.output().map_err(|error| error.to_string())?;
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).map_err(|error| error.to_string());
    let ran = crate::rig::Ran { exit: output.status.code(), stdout: text(output.stdout)?, stderr: text(output.stderr)? };
    rig.holds_no_key(&ran);
    let wanted = step["exit"].as_i64().ok_or("a step has an exit code")?;
    if ran.exit.map(i64::from) != Some(wanted) {
        return Err(format!("exit code: expected {wanted}: {ran:?}"));
    }
    if let Some(expected) = step.get("json") {
        names.compare("", expected, &one(&ran.stdout)?)?;
    }
    if let Some(expected) = step.get("lines") {
        let lines: Vec<Value> = ran.stdout.lines().map(one).collect::<Result<_, _>>()?;
        names.compare("", expected, &lines.into())?;
    }
    for (name, actual) in [("stdout", &ran.stdout), ("stderr", &ran.stderr)] {
        let expected = step.get(name).and_then(Value::as_str);
        let free = name == "stdout" && (step.get("json").is_some() || step.get("lines").is_some());
        if !free && !names.text(expected.unwrap_or_default(), actual) {
            return Err(format!("{name}: expected {expected:?}, found {actual:?}"));
        }
    }
    if let Some(stored) = step.get("stored").and_then(Value::as_bool)
        && rig.path("tasks.db").exists() != stored
    {
        return Err(format!("a store was made: {}", !stored));
    }
    Ok(())
}

fn one(text: &str) -> Result<Value, String> {
    serde_json::from_str(text).map_err(|error| format!("not one JSON document: {error}: {text:?}"))
}

/// What the providers have seen.
fn seen(rig: &Rig, expected: &Value) -> Result<(), String> {
    for (provider, counts) in members(expected) {
        let seen = rig.server.stats().of(provider);
        let all: u64 = seen.requests.values().sum();
        for (name, wanted) in members(counts) {
            let found = match name.as_str() {
                "all" => all,
                "tasks" => seen.tasks,
                "unauthorised" => seen.unauthorised,
                _ => seen.arrived(serde_json::from_value::<Target>(name.as_str().into()).map_err(|error| error.to_string())?),
            };
            if Some(found) != wanted.as_u64() {
                return Err(format!("{provider} has seen {found} {name}, not {wanted}"));
            }
        }
    }
    Ok(())
}

fn members(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    value.as_object().into_iter().flat_map(Map::iter)
}

#[test]
fn the_lines_of_the_seed() {
    file("seed.json", 9);
}

#[test]
fn runs() {
    file("run.json", 26);
}

#[test]
fn stored_tasks() {
    file("tasks.json", 19);
}

#[test]
fn calls() {
    file("calls.json", 16);
}

#[test]
fn the_help() {
    file("help.json", 15);
}

#[test]
fn the_smallest_command_of_a_client() {
    file("clients.json", 25);
}
