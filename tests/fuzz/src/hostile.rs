//! Inputs too large for a folder, each of which once took minutes, or all of the memory.

use serde_json::{Map, Value, json};

/// The example of the tests with these rules for its model, as a contract.
fn contract_with(input: &Value, defs: Value) -> Vec<u8> {
    let mut source = gentask_tests::contracts::load(gentask_tests::contracts::EXAMPLE).source().clone();
    source["models"]["list"]["painter"]["input"] = input.clone();
    source["$defs"] = defs;
    source.to_string().into_bytes()
}

/// Schemas, their `$defs`, and a payload for each.
fn rules() -> Vec<(Value, Value, Value)> {
    let reference = |index: usize| json!({"$ref": format!("#/$defs/{index}")});
    let some = json!({"prompt": "a sunset"});
    // Each level asks the next one twice.
    let doubled: Map<String, Value> =
        (0..40).map(|at| (at.to_string(), json!({"allOf": [reference(at + 1), reference(at + 1)]}))).collect();
    let mut doubled = Value::Object(doubled);
    doubled["40"] = json!({"type": "object"});
    // Each level is the next one.
    let chain: Map<String, Value> = (0..8_000).map(|at| (at.to_string(), reference(at + 1))).collect();
    let mut chain = Value::Object(chain);
    chain["8000"] = json!({"type": "object"});
    // One schema under many names.
    let spelt: Vec<Value> = (0..2_000_u32)
        .map(|at| {
            let name: String = (0..11).map(|bit| if at >> bit & 1 == 1 { "%61" } else { "a" }).collect();
            json!({"$ref": format!("#/$defs/{name}")})
        })
        .collect();
    let names: Vec<String> = (0..4_000).map(|at| format!("property-{at:06}")).collect();
    let many: Map<String, Value> = names.iter().map(|name| (name.clone(), json!({"type": "string"}))).collect();
    let near: Map<String, Value> = names.iter().map(|name| (name.replace("rop", "orp"), json!(1))).collect();
    let long: Map<String, Value> = (0..200).map(|at| (format!("{at}{}", "k".repeat(500)), json!({}))).collect();
    vec![
        (reference(0), doubled.clone(), some.clone()),
        (json!({"properties": {"prompt": reference(0)}}), doubled, some.clone()),
        (reference(0), chain, some.clone()),
        (json!({"allOf": spelt}), json!({"aaaaaaaaaaa": {"type": "object"}}), some),
        (json!({"type": "object", "properties": many, "additionalProperties": false}), json!({}), Value::Object(near)),
        (json!({"additionalProperties": {"additionalProperties": false}}), json!({}), Value::Object(long)),
        (json!({"required": names}), json!({}), json!({})),
    ]
}

/// Contracts.
pub(crate) fn contracts() -> Vec<Vec<u8>> {
    let mut all: Vec<Vec<u8>> = rules().into_iter().map(|(schema, defs, _)| contract_with(&schema, defs)).collect();
    let unknown: Map<String, Value> = (0..3_000).map(|at| (format!("requird{at}"), json!(true))).collect();
    all.push(contract_with(&Value::Object(unknown), json!({})));
    all.extend(texts());
    all
}

/// A schema, its `$defs` and a payload, each on a line.
pub(crate) fn payloads() -> Vec<Vec<u8>> {
    rules().into_iter().map(|(schema, defs, input)| format!("{schema}\n{defs}\n{input}").into_bytes()).collect()
}

/// JSON, or nearly.
pub(crate) fn texts() -> Vec<Vec<u8>> {
    let nested = |levels: usize, open: &str, close: &str| format!("{}1{}", open.repeat(levels), close.repeat(levels));
    let key = format!("{{\"{}\":", "k".repeat(1_200));
    let wide = |levels: usize, width: usize| {
        let members: Vec<String> = (0..width).map(|at| format!("\"{at}\":0")).collect();
        let open = format!("{{{},\"{}\":", members.join(","), "k".repeat(300));
        nested(levels, &open, "}")
    };
    let twice: Vec<String> = (0..2_000).map(|_| "\"a\":0".to_owned()).collect();
    let mut all = vec![
        nested(63, "[", "]"),
        nested(64, "[", "]"),
        nested(65, "[", "]"),
        nested(50_000, "[", "]"),
        nested(63, "{\"a\":", "}"),
        nested(63, &key, "}"),
        wide(60, 60),
        format!("{{{}}}", twice.join(",")),
        format!("[{}0]", "{},".repeat(20_000)),
        format!("[{}0]", "\"\",".repeat(20_000)),
        format!("\"{}\"", "\\u0000".repeat(10_000)),
        format!("[{}0]", "1e400,".repeat(10_000)),
    ];
    all.push(all.iter().take(4).map(String::as_str).collect::<Vec<_>>().join(""));
    all.into_iter().map(String::into_bytes).collect()
}
