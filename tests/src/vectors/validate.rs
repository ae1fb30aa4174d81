//! Payloads and options: what a contract allows.

use crate::{contracts, wire};
use serde_json::{Value, json};

pub(super) fn cases() -> Vec<Value> {
    let mut cases: Vec<Value> = contracts::ALL
        .iter()
        .map(|name| {
            let generation = contracts::generation(name);
            case(&format!("{name}: the example is valid"), name, &generation.model, &generation.input, &json!({}))
        })
        .collect();
    let prompt = json!({"prompt": "a sunset"});
    let banana = json!({"mode": "text-to-image", "prompt": "a sunset"});
    let film = json!({"prompt": "a sunset", "aspectRatio": "16:9", "duration": "5"});
    let more: [(&str, &str, &str, Value, Value); 26] = [
        ("a model that is not on a closed list", "aivideomaker", "t2w", film.clone(), json!({})),
        ("no model", "apixo", " ", banana.clone(), json!({})),
        ("an unknown model of an open list passes unguessed", "apixo", "brand-new", json!({"anything": [1, null]}), json!({})),
        ("an input that is no object", "apixo", "brand-new", json!("a sunset"), json!({})),
        ("every fault at once", "aivideomaker", "t2v", json!({"prompt": "", "aspectRatio": "4:3", "duration": 5}), json!({})),
        ("a required field is missing", "apixo", "nano-banana", json!({"mode": "text-to-image"}), json!({})),
        ("then applies where if holds", "apixo", "nano-banana", json!({"mode": "image-to-image", "prompt": "x"}), json!({})),
        (
            "an https image",
            "apixo",
            "nano-banana",
            json!({"mode": "image-to-image", "prompt": "x", "image_urls": ["https://cdn.example.com/a.png"]}),
            json!({}),
        ),
        (
            "an http image",
            "apixo",
            "nano-banana",
            json!({"mode": "image-to-image", "prompt": "x", "image_urls": ["http://cdn.example.com/a.png"]}),
            json!({}),
        ),
        (
            "inline data where only URLs are taken",
            "apixo",
            "nano-banana",
            json!({"mode": "image-to-image", "prompt": "x", "image_urls": ["data:image/png;base64,iVBORw0KGgo="]}),
            json!({}),
        ),
        (
            "inline data whose bytes are of the declared type",
            "aivideomaker",
            "i2v",
            json!({"image": "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==", "duration": "5"}),
            json!({}),
        ),
        (
            "inline data whose bytes are of another type",
            "aivideomaker",
            "i2v",
            json!({"image": "data:image/jpeg;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==", "duration": "5"}),
            json!({}),
        ),
        ("an option", "apixo", "nano-banana", banana.clone(), json!({"options": {"provider": "official"}})),
        ("an option's wrong value", "apixo", "nano-banana", banana.clone(), json!({"options": {"provider": "cheapest"}})),
        ("an unknown option", "apixo", "nano-banana", banana.clone(), json!({"options": {"maxCredits": 5}})),
        ("a number option", "aivideomaker", "t2v", film.clone(), json!({"options": {"maxCredits": 20}})),
        ("a number option below its minimum", "aivideomaker", "t2v", film, json!({"options": {"maxCredits": -1}})),
        ("a callback", "apixo", "nano-banana", banana.clone(), json!({"callbackUrl": "https://app.example.com/hook?t=1"})),
        ("a callback over http", "apixo", "nano-banana", banana.clone(), json!({"callbackUrl": "http://app.example.com/hook"})),
        ("a callback to this machine", "apixo", "nano-banana", banana.clone(), json!({"callbackUrl": "https://127.0.0.1/hook"})),
        ("a callback to an internal name", "apixo", "nano-banana", banana.clone(), json!({"callbackUrl": "https://db.internal/hook"})),
        ("a callback with userinfo", "apixo", "nano-banana", banana.clone(), json!({"callbackUrl": "https://a:b@app.example.com/"})),
        (
            "a callback where there are none",
            "contracts/runway.json",
            "text_to_image/gen4_image",
            json!({"promptText": "x"}),
            json!({"callbackUrl": "https://app.example.com/"}),
        ),
        ("a caller's key", "apidot", "gpt-image-2", prompt.clone(), json!({"key": "order-42", "owner": "user-42"})),
        ("an empty key", "apidot", "gpt-image-2", prompt.clone(), json!({"key": ""})),
        ("a key with a line break", "apidot", "gpt-image-2", prompt, json!({"key": "a\nb"})),
    ];
    cases.extend(more.iter().map(|(name, contract, model, input, options)| case(name, contract, model, input, options)));
    cases
}

fn case(name: &str, contract: &str, model: &str, input: &Value, options: &Value) -> Value {
    let generation = json!({"model": model, "input": input});
    let asked = wire::generation_from(&generation);
    let checked = contracts::load(contract).validate(&asked, &wire::submit_options_from(options));
    let expect = checked.map_or_else(|error| wire::error_value(&error), |_| json!({"valid": true}));
    json!({"name": name, "contract": contract, "generation": generation, "options": options, "expect": expect})
}
