//! What was learned of durations: read from the store, planned with, told, and stored again.

use super::stage::Stage;
use super::wait::{success, waiting};
use crate::records::with;
use gentask_core::PollSchedule;
use gentask_core::internal::{Learning, Seen};
use serde_json::{Value, json};

const INTENT: &str = "01234567-89ab-4def-8123-456789abcdef";
const NAME: &str = "learned https://api.apixo.ai default";

/// What a store keeps after tasks that took so long, in milliseconds, again and again.
fn stored(model: &str, tasks: usize, durations: &[u64]) -> String {
    let mut learning = Learning::default();
    for duration in durations.iter().cycle().take(tasks) {
        let seen = Seen { after_ms: duration.saturating_sub(1_500), by_ms: *duration };
        learning.add("", model, seen, &PollSchedule::DEFAULT);
    }
    learning.to_store("", "", 0)
}

pub(in super::super) fn cases() -> Vec<Value> {
    let accepted = json!({"code": 200, "data": {"taskId": "task-1"}});
    let processing = json!({"data": {"taskId": "task-1", "state": "processing"}});
    let usual = stored("nano-banana", 60, &[14_000, 17_000, 18_500, 19_000, 20_500, 21_000, 22_500, 26_000]);
    let apixo = |name: &str, text: &str| Stage::new(name, "apixo").meta(NAME, text);
    let own = |name: &str, poll: Value| Stage::with(name, "apixo", &json!({"holder": "worker-1", "poll": poll})).meta(NAME, &usual);
    let told = |name: &str, text: &str| apixo(name, text).begin("learned", &json!({}), None);
    let wait = json!({"intentId": INTENT, "updates": "fromTheFirst", "timeoutMs": 120_000});
    // Seen running once, and due now.
    let checked = with(&waiting(), json!({"at": {"checked": crate::rig::START + 1_000}}));
    vec![
        told("learned: steady durations", &usual),
        told("learned: two kinds of durations", &stored("nano-banana", 60, &[7_000, 8_000, 8_500, 9_000, 38_000, 40_000, 43_000])),
        told("learned: durations of minutes", &stored("a/model", 60, &[90_000, 110_000, 120_000, 125_000, 140_000, 210_000])),
        told("learned: durations beyond all buckets", &stored("nano-banana", 60, &[0, 9_000_000])),
        told("learned: too few tasks", &stored("nano-banana", 12, &[20_000])),
        told("learned: durations that have just changed", &{
            let mut learning = Learning::default();
            learning.recall("", &usual);
            for _ in 0..3 {
                learning.add("", "nano-banana", Seen { after_ms: 0, by_ms: 4_000 }, &PollSchedule::DEFAULT);
            }
            learning.to_store("", "", 0)
        }),
        told("learned: what cannot be read", r#"{"v":1,"models":{"nano-banana":{"seen":1,"surprise":0,"from":120,"weights":[1,2]}}}"#),
        Stage::new("learned: nothing", "apixo").begin("learned", &json!({}), None),
        apixo("a submit is polled when its task is likely to end", &usual).answers(200, &accepted).submit(&json!({})),
        own("a submit is polled by the contract where that is asked for", json!({"byContract": true}))
            .answers(200, &accepted)
            .submit(&json!({})),
        own("a submit is polled by the caller's own figures", json!({"initialMs": 5_000})).answers(200, &accepted).submit(&json!({})),
        apixo("a wait by what was learned, which adds to it", &usual)
            .stores(&checked)
            .answers(200, &processing)
            .answers(200, &success())
            .begin("wait", &wait, None),
    ]
}
