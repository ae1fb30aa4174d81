//! Thousands of troubled worlds: nothing is paid twice, nothing is lost, and in the end everything that can be known is known.

use gentask_core::Phase;
use gentask_tests::world::{Ended, Fate, Run};

const RUNS: u64 = 4_000;

#[test]
fn no_world_pays_twice_or_loses_a_task() {
    let first: u64 = std::env::var("GENTASK_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(0);
    let mut tally = std::collections::BTreeMap::<String, u64>::new();
    let mut counts = [0; 3];
    for seed in first..first + RUNS {
        let ended = std::panic::catch_unwind(|| Run::new(seed).finish()).unwrap_or_else(|_| panic!("world {seed}"));
        check(seed, &ended);
        let phase = ended.record.as_ref().map_or("none", |record| record.phase.as_str());
        *tally.entry(phase.to_owned()).or_default() += 1;
        for (total, count) in counts.iter_mut().zip(ended.counts) {
            *total += count;
        }
    }
    gentask_tests::say(&format!("simulation: {tally:?}; requests, crashes, conflicts: {counts:?}"));
    for phase in ["succeeded", "failed", "cancelled", "rejected", "unresolved", "discarded"] {
        assert!(tally.get(phase).is_some_and(|count| *count > 10), "hardly any world ends {phase}: {tally:?}");
    }
    assert!(counts.iter().all(|count| *count > 500), "too little happens: {counts:?}");
}

fn check(seed: u64, ended: &Ended) {
    let made = ended.provider.made_for(&ended.intent);
    let why = || format!("world {seed}: {made:?} {:#?}", ended.record);
    assert!(made.len() <= 1, "paid twice, {}", why());
    let Some(record) = &ended.record else {
        assert!(made.is_empty(), "a task without a record, {}", why());
        return;
    };
    let known = record.task_id.as_deref();
    match made.first() {
        Some(id) => {
            let visible = record.phase == Phase::Unresolved || ended.given_up;
            assert!(known == Some(id) || (visible && known.is_none()), "a paid task is lost, {}", why());
        }
        None => assert_eq!(known, None, "an id from nowhere, {}", why()),
    }
    match record.phase {
        Phase::Succeeded => {
            assert_eq!(ended.fate, Fate::Success, "{}", why());
            assert_eq!(record.result.as_ref().map(|result| result.files.len()), Some(1), "{}", why());
        }
        Phase::Failed => assert_eq!(ended.fate, Fate::Failure, "{}", why()),
        Phase::Rejected => assert!(made.is_empty(), "refused and made, {}", why()),
        Phase::Cancelled => {
            assert!(ended.cancel_asked, "cancelled by nobody, {}", why());
            assert!(made.first().is_none_or(|id| ended.provider.is_cancelled(id)), "cancelled and running, {}", why());
        }
        Phase::Unresolved | Phase::Discarded => assert!(record.maybe_sent, "{}", why()),
        Phase::Waiting | Phase::Fetching | Phase::Cancelling | Phase::Prepared | Phase::Submitting => panic!("no end, {}", why()),
    }
}
