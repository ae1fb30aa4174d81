//! What holds for any sequence of inputs, on every contract.

use gentask_core::internal::{diagram, split_mix_64};
use gentask_core::{Input, Output, TaskMachine};
use gentask_tests::contracts;
use gentask_tests::rig::{KINDS, Move, Rig};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use std::collections::BTreeSet;

fn moves(most: usize) -> impl Strategy<Value = Vec<Move>> {
    let bytes = prop_oneof![
        prop::collection::vec(any::<u8>(), 0..24),
        Just(br#"{"data":[[[{"status":{"state":1e400}}]]]}"#.to_vec()),
        Just(vec![b'['; 100]),
        Just(b"\xEF\xBB\xBF{}".to_vec()),
    ];
    let one = (0..KINDS, any::<u64>(), any::<u64>(), bytes).prop_map(|(kind, a, b, bytes)| Move { kind, a, b, bytes });
    prop::collection::vec(one, 1..most)
}

fn rigs() -> impl Strategy<Value = Rig> {
    (0..contracts::ALL.len(), any::<u8>(), any::<bool>()).prop_map(|(index, seed, foreground)| {
        let seed = if seed < 128 { 7 } else { seed };
        Rig::new(contracts::ALL[index], seed, foreground)
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_500, failure_persistence: None, rng_seed: RngSeed::Fixed(42), ..ProptestConfig::default() })]

    /// No panic; outputs in order; one request at most; a submit only after its fenced save, and never a second one that may double;
    /// ends absorb; an illegal input changes nothing; records round-trip; seven fields. All asserted by the rig at each step.
    #[test]
    fn whatever_comes_in_the_promises_hold(mut rig in rigs(), moves in moves(60)) {
        for a_move in &moves {
            rig.play(a_move);
        }
    }

    /// The same with a clock that jumps back and to the ends of time.
    #[test]
    fn a_mad_clock_breaks_nothing(mut rig in rigs(), moves in moves(40)) {
        rig.monotonic = false;
        for a_move in &moves {
            rig.play(a_move);
        }
    }

    /// Nothing but the inputs decides.
    #[test]
    fn the_same_inputs_give_the_same_bytes(rig in rigs(), moves in moves(40)) {
        let run = |mut rig: Rig| {
            let mut log = String::new();
            for a_move in &moves {
                for output in rig.play(a_move).unwrap_or_default() {
                    log.push_str(&gentask_core::internal::to_canonical(&Output::to_value(&output)));
                }
                log.push_str(&rig.machine.poll_timeout().to_string());
            }
            log
        };
        prop_assert_eq!(run(rig.clone()), run(rig));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, rng_seed: RngSeed::Fixed(42), ..ProptestConfig::default() })]

    /// Wherever a task is, a driver that steps at each time-out, before a provider that never answers, is never made to spin.
    #[test]
    fn no_state_makes_a_driver_spin(mut rig in rigs(), moves in moves(40), answered in any::<bool>()) {
        for a_move in &moves {
            rig.play(a_move);
        }
        rig.wait_out(200, answered);
    }
}

/// What a resumed machine cannot know: that an unknown word was told already, and the last body.
fn comparable(outputs: Option<Vec<Output>>) -> Vec<String> {
    let told = |output: &Output| matches!(output, Output::Event { event } if event.kind == "unknownState");
    let kept = outputs.unwrap_or_default().into_iter().filter(|output| !told(output));
    kept.map(|output| match output {
        Output::Yield { mut reply } | Output::Finished { mut reply } => {
            reply.data["raw"] = serde_json::Value::Null;
            reply.error_message = None;
            reply.retry_after = None;
            gentask_core::internal::to_canonical(&reply.to_value())
        }
        other => gentask_core::internal::to_canonical(&Output::to_value(&other)),
    })
    .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_500, failure_persistence: None, rng_seed: RngSeed::Fixed(42), ..ProptestConfig::default() })]

    /// A machine that is resumed from a save behaves as the one that made it.
    #[test]
    fn a_resumed_machine_behaves_as_the_original(mut rig in rigs(), before in moves(30), after in moves(30)) {
        // What is not stored: a deadline, a request on its way, the pacer, how far a cancel is, and whether a failed read's next try
        // is the server's wish.
        for a_move in before.iter().filter(|a_move| a_move.kind != 18) {
            rig.play(a_move);
        }
        let stored = rig.stored.clone().filter(|stored| stored == rig.machine.record() && rig.is_idle());
        let Some(stored) = stored.filter(|stored| !stored.cancel_requested()) else { return Ok(()) };
        let failed = stored.attempts().read_failures > 0 || stored.provider() == "example";
        let mut original = rig.clone();
        original.play(&Move { kind: 19, a: 0, b: 0, bytes: Vec::new() });
        let mut resumed = original.clone();
        original.machine = rig.machine.clone();
        original.machine.release(&mut original.pacer);
        resumed.pacer = original.pacer.clone();
        let unlimited = Input::Deadline { at: u64::MAX };
        original.feed(&unlimited);
        resumed.feed(&unlimited);
        for a_move in after.iter().filter(|a_move| !(a_move.kind == 19 || failed && matches!(a_move.kind, 13 | 17))) {
            // What is over is due now, whether it is still remembered or not.
            prop_assert_eq!(original.machine.poll_timeout().max(original.now), resumed.machine.poll_timeout().max(resumed.now));
            let (one, other) = (comparable(original.play(a_move)), comparable(resumed.play(a_move)));
            prop_assert_eq!(one, other, "after {:?}", a_move);
        }
    }
}

/// The properties above would prove little if the moves did not get anywhere.
#[test]
fn arbitrary_moves_reach_every_edge_of_the_phase_diagram() {
    let mut seen = BTreeSet::new();
    let mut resumable = 0;
    for run in 0..1_500 * contracts::ALL.len() as u64 {
        let mut rig = Rig::new(contracts::ALL[usize::try_from(run).unwrap() % contracts::ALL.len()], 7, run % 16 < 8);
        for turn in 0..60 {
            let draw = |counter: u64| split_mix_64(run, turn * 4 + counter);
            let kind = u8::try_from(draw(0) % u64::from(KINDS)).unwrap();
            let bytes = draw(3).to_le_bytes().to_vec();
            for output in rig.play(&Move { kind, a: draw(1), b: draw(2), bytes }).unwrap_or_default() {
                if let Output::Event { event } = &output
                    && event.kind == "phase"
                {
                    let word = |name: &str| event.data[name].as_str().unwrap_or_default().to_owned();
                    seen.insert(format!("{} --> {}", word("from"), word("to")));
                }
            }
            let resumes = turn == 29 && rig.is_idle() && rig.stored.as_ref() == Some(rig.machine.record());
            resumable += u32::from(resumes && !rig.machine.record().phase().is_terminal());
        }
    }
    let edges = diagram();
    let edges = edges.lines().map(|line| line.split(':').next().unwrap_or_default().trim()).filter(|line| line.contains("-->"));
    let missing: Vec<&str> = edges.filter(|edge| !edge.contains("[*]") && !seen.contains(*edge)).collect();
    assert!(missing.is_empty(), "never reached: {missing:#?}");
    assert!(resumable > 100, "only {resumable} runs could be resumed halfway");
}

#[test]
fn the_machine_is_small_enough_to_be_copied() {
    assert!(size_of::<TaskMachine>() < 2_048, "{} bytes", size_of::<TaskMachine>());
}
