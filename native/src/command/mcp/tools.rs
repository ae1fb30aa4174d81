//! What the tools are called, what they take, and what a program that uses them must know beforehand.

use rmcp::model::{JsonObject, Tool, ToolAnnotations};
use serde_json::{Value, json};

/// What a program is told once, before it calls anything.
pub(super) const INSTRUCTIONS: &str = "Generates images, video, music and 3D models through paid, asynchronous APIs. One create_generation is one paid \
     task: ask the person before the first one, and give each order a key of its own. Repeat a call whose answer was lost with the SAME key: \
     it finds the task that is there and pays nothing. A task that is still running is waited for with get_task. Where a reply says \
     `unknown`, never order again: call unresolved, look at the provider's dashboard with the person, then adopt.";
/// Its last sentence, where providers are real, and where they are not.
pub(super) const KEYED: &str = "Nothing is sent without an API key in the server's environment.";
pub(super) const SIMULATED: &str =
    "This server speaks with simulated providers on this machine: no key is needed, nothing is paid, and all is forgotten when it ends.";

/// The longest time that a call waits for a task where nothing else is said, in seconds: less than most programs wait for a tool.
pub(super) const WAITS_S: u64 = 50;

/// All tools. `saves`: whether result files are written to a directory.
pub(super) fn tools(providers: &[String], saves: bool) -> Vec<Tool> {
    let provider = || json!({"type": "string", "enum": providers, "description": "The provider"});
    let model = || json!({"type": "string", "description": "A model id, as `models` lists them"});
    let input = || json!({"type": "object", "description": "The model's input, by its schema in `models`"});
    let id = || json!({"type": "string", "description": "The task's `intentId`, or the provider's task id"});
    let wait = || {
        let about = format!("How many seconds to wait for the task's end; 0: not at all. Default: {WAITS_S}");
        json!({"type": "number", "minimum": 0, "description": about})
    };
    let order = json!({
        "provider": provider(),
        "model": model(),
        "input": input(),
        "key": {"type": "string", "minLength": 1, "description": "A name of your own for this one order, such as `holiday-card-3`: whoever orders again under it gets the same task and pays nothing"},
        "owner": {"type": "string", "description": "The user whom the task belongs to; each owner has keys of their own"},
        "wait": wait(),
    });
    vec![
        tool(
            "create_generation",
            "Order a generation (PAID) and wait for it. Small pictures are part of the answer.",
            PAYS,
            order,
            &["provider", "model", "input", "key"],
        ),
        tool("get_status", "How a task is, by one call to the provider that costs nothing.", READS, json!({"id": id()}), &["id"]),
        tool(
            "get_task",
            "Wait for a task and get its result. Small pictures are part of the answer.",
            if saves { SAVES } else { READS },
            json!({"id": id(), "wait": wait()}),
            &["id"],
        ),
        tool("cancel_task", "Ask the provider to stop a task. What it has cost may be lost.", ENDS, json!({"id": id()}), &["id"]),
        tool(
            "validate",
            "Check an input for a model. Sends nothing, needs no key.",
            READS,
            json!({"provider": provider(), "model": model(), "input": input()}),
            &["provider", "model", "input"],
        ),
        tool(
            "models",
            "The models that are known, with their kind. With `model`: that one's input schema, too.",
            READS,
            json!({"provider": provider(), "model": model()}),
            &[],
        ),
        tool("unresolved", "Orders of which nobody knows whether they were accepted: each may have been paid for.", READS, json!({}), &[]),
        tool(
            "adopt",
            "Give an unresolved order the task id under which a person found it at the provider. One call that costs nothing checks it.",
            ENDS,
            json!({"intentId": {"type": "string", "description": "The order's `intentId`"}, "taskId": {"type": "string", "description": "The provider's task id"}}),
            &["intentId", "taskId"],
        ),
    ]
}

/// What a tool does to the world: whether it only reads, whether it may destroy, whether calling it again with the same words does no more.
type Effect = (bool, bool, bool);
const PAYS: Effect = (false, false, true);
const READS: Effect = (true, false, true);
const SAVES: Effect = (false, false, true);
const ENDS: Effect = (false, true, true);

fn tool(name: &'static str, about: &'static str, effect: Effect, properties: Value, required: &[&str]) -> Tool {
    let schema = [
        ("type", Value::from("object")),
        ("properties", properties),
        ("required", required.iter().copied().collect()),
        ("additionalProperties", Value::from(false)),
    ];
    let schema: JsonObject = schema.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    let (reads, ends, repeats) = effect;
    Tool::new(name, about, schema).with_annotations(ToolAnnotations::from_raw(None, Some(reads), Some(ends), Some(repeats), Some(true)))
}
