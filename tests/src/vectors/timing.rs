//! When to try again.

use super::scene::Scene;
use crate::contracts;
use gentask_core::internal::split_mix_64;
use gentask_core::{Backoff, PollSchedule};
use serde_json::{Value, json};

const SEEDS: [u64; 5] = [0, 1, 1_234_567, 0x9e37_79b9_7f4a_7c15, u64::MAX];

pub(super) fn backoff() -> Vec<Value> {
    let mut cases = Vec::new();
    for seed in SEEDS {
        for counter in [0, 1, 2, 41, u64::MAX] {
            let value = split_mix_64(seed, counter).to_string();
            let name = format!("the number {counter} of seed {seed}");
            cases.push(
                json!({"name": name, "function": "splitMix64", "seed": seed.to_string(), "counter": counter.to_string(), "expect": value}),
            );
        }
    }
    for (what, backoff) in [("submit", Backoff::SUBMIT), ("read", Backoff::READ)] {
        for seed in SEEDS {
            for attempt in [0, 1, 2, 3, 4, 5, 63, 64, 1_000] {
                cases.push(json!({
                    "name": format!("{what} attempt {attempt} of seed {seed}"), "function": "backoff", "baseMs": backoff.base_ms,
                    "capMs": backoff.cap_ms, "seed": seed.to_string(), "attempt": attempt, "expect": backoff.delay(attempt, seed),
                }));
            }
        }
    }
    for (contract, model) in [("apixo", "nano-banana"), ("apixo", "sora-2"), (contracts::EXAMPLE, "painter"), ("apidot", "unknown")] {
        let schedule = contracts::load(contract).poll(model);
        let seed = SEEDS[3];
        let mut elapsed = 0;
        for poll in 1..=12 {
            let next = schedule.next(elapsed, seed);
            cases.push(schedule_case(&format!("{contract} {model}: poll {poll}"), schedule, elapsed, seed, next));
            elapsed += next;
        }
    }
    let odd = PollSchedule { first_ms: 0, every_ms: 0, factor_pct: 0, cap_ms: 0, min_interval_ms: 0, wait_ms: 0 };
    cases.push(schedule_case("all zero", odd, 0, 0, odd.next(0, 0)));
    let wide = PollSchedule { cap_ms: 9_007_199_254_740_991, ..PollSchedule::DEFAULT };
    cases.push(schedule_case("a cap that is never reached", wide, 86_400_000, 7, wide.next(86_400_000, 7)));
    cases
}

fn schedule_case(name: &str, schedule: PollSchedule, elapsed: u64, seed: u64, expect: u64) -> Value {
    json!({
        "name": name, "function": "pollSchedule", "elapsedMs": elapsed, "seed": seed.to_string(), "expect": expect,
        "schedule": {
            "firstMs": schedule.first_ms, "everyMs": schedule.every_ms, "factorPct": schedule.factor_pct, "capMs": schedule.cap_ms,
            "minIntervalMs": schedule.min_interval_ms,
        },
    })
}

pub(super) fn retry_after() -> Vec<Value> {
    let headers: [(&str, Value); 24] = [
        ("whole seconds", json!({"retry-after": "7"})),
        ("the name in any case", json!({"Retry-After": "7"})),
        ("with white space", json!({"retry-after": " 7 "})),
        ("decimal seconds", json!({"retry-after": "1.5"})),
        ("a fraction is rounded up", json!({"retry-after": "9.0001"})),
        ("zero", json!({"retry-after": "0"})),
        ("milliseconds win", json!({"retry-after-ms": "9250", "retry-after": "30"})),
        ("milliseconds that are none", json!({"retry-after-ms": "soon", "retry-after": "30"})),
        (
            "a date against the response's own",
            json!({"retry-after": "Sun, 06 Nov 2044 08:49:37 GMT", "date": "Sun, 06 Nov 2044 08:49:00 GMT"}),
        ),
        ("a date of the second form", json!({"retry-after": "Sunday, 06-Nov-44 08:49:37 GMT", "date": "Sun, 06 Nov 2044 08:49:00 GMT"})),
        ("a date of the third form", json!({"retry-after": "Sun Nov  6 08:49:37 2044", "date": "Sun, 06 Nov 2044 08:49:00 GMT"})),
        ("a date without the response's own", json!({"retry-after": "Mon, 21 Sep 2026 14:14:20 GMT"})),
        ("a date in the past", json!({"retry-after": "Sun, 06 Nov 1994 08:49:37 GMT"})),
        ("at most a day", json!({"retry-after": "99999999999999999999"})),
        ("more than a day by date", json!({"retry-after": "Sun, 06 Nov 2044 08:49:37 GMT"})),
        ("nothing", json!({})),
        ("an empty one", json!({"retry-after": ""})),
        ("a sign", json!({"retry-after": "+7"})),
        ("a negative one", json!({"retry-after": "-7"})),
        ("an exponent", json!({"retry-after": "1e3"})),
        ("words", json!({"retry-after": "in a while"})),
        ("an ISO date", json!({"retry-after": "2026-09-21T14:14:20Z"})),
        ("another time zone", json!({"retry-after": "Mon, 21 Sep 2026 14:14:20 CET"})),
        ("a bare point", json!({"retry-after": "5."})),
    ];
    headers
        .iter()
        .map(|(name, headers)| {
            let scene = Scene::with(name, "apixo", json!({"foreground": false}), json!({})).timeout().answer_with(
                429,
                headers.clone(),
                &Value::Null,
            );
            let record = scene.machine.record();
            json!({
                "name": name, "contract": "apixo", "headers": headers, "now": scene.now,
                "expect": {
                    "retryAfter": record.error().and_then(|fault| fault.retry_after),
                    "waitMs": record.due().map(|due| due.at - due.set),
                },
            })
        })
        .collect()
}
