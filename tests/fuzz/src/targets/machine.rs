//! The machine and what paces it, under anything that may happen.

use super::{check_about, check_record, check_reply};
use crate::{Draw, Target, note};
use gentask_core::contract::Limits;
use gentask_core::internal::KeyUse;
use gentask_core::{Backoff, ErrorCode, Input, Lane, Output, Pacer, Phase, PollSchedule, Reply, SubmitOptions, TaskMachine};
use gentask_tests::contracts;
use gentask_tests::rig::{KINDS, Move, Rig};

pub(super) const MACHINE: Target = Target {
    name: "machine",
    about: "any sequence of inputs, answers and crashes, with a clock that may go anywhere; the rig asserts the promises at each step",
    run: machine,
    seeds: moves,
    plain: false,
};

fn moves() -> Vec<Vec<u8>> {
    (0..contracts::ALL.len()).map(|index| [u8::try_from(index).unwrap_or(0), 1, 0, 7, 2, 3, 8, 4, 5].repeat(8)).collect()
}

fn rig(draw: &mut Draw<'_>) -> (&'static str, Rig) {
    let name = *draw.pick(&contracts::ALL);
    let mode = draw.byte();
    let mut rig = Rig::new(name, 7, mode & 1 == 1);
    rig.monotonic = mode & 2 == 0;
    (name, rig)
}

fn a_move(draw: &mut Draw<'_>) -> Move {
    Move { kind: draw.byte() % KINDS, a: draw.number(), b: draw.number(), bytes: draw.bytes(24).to_vec() }
}

fn machine(data: &[u8]) {
    let mut draw = Draw::new(data);
    let (_, mut rig) = rig(&mut draw);
    for _ in 0..60 {
        if draw.is_done() {
            break;
        }
        let a_move = a_move(&mut draw);
        let before = rig.machine.record().phase();
        for output in rig.play(&a_move).unwrap_or_default() {
            if let Output::Event { event } = output {
                super::check_canonical(&event.to_value());
            }
        }
        let record = rig.machine.record();
        note(&format!("{} {} {}", before.as_str(), record.phase().as_str(), a_move.kind));
        check_about(record, &rig.machine.reply());
        check_reply(&rig.machine.answer());
        if record.phase().is_terminal() {
            assert!(
                rig.machine.poll_timeout() <= rig.now,
                "a task that has ended is waited for: {} at {}",
                rig.machine.poll_timeout(),
                rig.now
            );
        } else if rig.is_idle() {
            let mut waited = rig.machine.clone();
            let mut pacer = rig.pacer.clone();
            waited.step(Input::Deadline { at: rig.now }, rig.now, &mut pacer).expect("a deadline is legal");
            assert!(waited.poll_timeout() <= rig.now, "a deadline is waited beyond in {}", record.phase().as_str());
        }
    }
    rig.wait_out(30, draw.flag());
}

pub(super) const RESUMED: Target = Target {
    name: "resumed",
    about: "a machine that is resumed from each of its saves: its record reads back, and is what the machine goes on with",
    run: resumed,
    seeds: moves,
    plain: false,
};

fn resumed(data: &[u8]) {
    let mut draw = Draw::new(data);
    let (_, mut rig) = rig(&mut draw);
    for _ in 0..30 {
        if draw.is_done() {
            break;
        }
        let a_move = a_move(&mut draw);
        if a_move.kind == 19 && a_move.a.is_multiple_of(2) {
            // Another process goes on, which knows nothing but the record.
            rig.pacer = Pacer::new();
        }
        rig.play(&a_move);
        let Some(stored) = rig.stored.clone() else { continue };
        check_record(&stored);
        let blob = rig.machine.request_blob().and_then(|blob| blob.bytes);
        match TaskMachine::resume(&rig.contract, stored.clone(), blob.as_deref(), rig.machine.settings()) {
            Ok(resumed) => {
                assert_eq!(resumed.record(), &stored, "a record changes when it is resumed");
                check_reply(&resumed.reply());
                note(stored.phase().as_str());
            }
            Err(error) => super::check_error(&error),
        }
    }
}

pub(super) const KEYS: Target = Target {
    name: "keys",
    about: "a caller's key delivered again, a withdrawal and a lost save, at any moment of a task: none of them pays twice or says that it cost nothing",
    run: keys,
    seeds: moves,
    plain: false,
};

fn keys(data: &[u8]) {
    let mut draw = Draw::new(data);
    let (name, mut rig) = rig(&mut draw);
    let name = if draw.byte() < 250 { name } else { draw.pick::<&str>(&contracts::ALL) };
    let generation = contracts::generation(name);
    let options = SubmitOptions { key: Some("job".to_owned()), ..SubmitOptions::default() };
    for _ in 0..30 {
        if draw.is_done() {
            break;
        }
        let a_move = a_move(&mut draw);
        rig.play(&a_move);
        let (stored, now) = (rig.machine.record(), rig.now);
        let sent = stored.task_id().is_some() || stored.maybe_sent();
        let again = TaskMachine::prepare(&contracts::load(name), &generation, &options, rig.machine.settings(), [9; 32], now);
        let again = again.expect("the generation is valid");
        let used = again.key_use(stored, &generation, &options, draw.number(), now);
        note(&format!("{} {}", used.as_str(), stored.phase().as_str()));
        match used {
            KeyUse::Free(released) => {
                assert!(!sent && stored.phase() == Phase::Rejected, "a key is free in {}", stored.phase().as_str());
                // Where the clock went back, only the account's pause counts.
                let is_over = stored.not_before().is_none_or(|until| until <= now) || now < stored.at().updated;
                assert!(is_over, "a key is free inside a pause");
                assert_eq!((released.caller_key(), released.successor()), (None, Some(again.record().intent_id())));
                assert_eq!(released.version(), stored.version() + 1);
                check_record(&released);
            }
            KeyUse::Wait(reply) => {
                assert!(reply.retry_after.is_some_and(|seconds| seconds > 0), "a pause without an end");
                check_about(stored, &reply);
            }
            KeyUse::Conflict(error) => {
                super::check_error(&error);
                check_about(stored, &Reply { task_id: stored.task_id().map(str::to_owned), ..error.key_conflict_reply(stored) });
            }
            KeyUse::Same => {}
        }
        if let Some((withdrawn, _)) = stored.withdrawn(*draw.pick(&[ErrorCode::StoreError, ErrorCode::RateLimited]), "why", now) {
            assert!(stored.phase() == Phase::Prepared && !sent, "what was sent is withdrawn");
            check_record(&withdrawn);
            check_about(&withdrawn, &withdrawn.reply(None));
        }
        let submits = stored.phase() == Phase::Submitting && draw.flag();
        check_about(stored, &Reply::lost_save(stored, "why", submits));
    }
}

pub(super) const PACER: Target = Target {
    name: "pacer",
    about: "any limits and any use of a pacer: never before now, never before a hold is over, and never without end",
    run: pacer,
    seeds: super::none,
    plain: false,
};

fn pacer(data: &[u8]) {
    let mut draw = Draw::new(data);
    let limits = Limits {
        read_per_min: draw.maybe(Draw::number),
        submit_per_min: draw.maybe(Draw::number),
        concurrent: draw.maybe(Draw::number),
        per_address: draw.flag(),
        ..Limits::default()
    };
    let (mut pacer, mut now, mut slots) = (Pacer::new(), draw.number(), Vec::new());
    let base = "https://api.example.com";
    for _ in 0..200 {
        if draw.is_done() {
            break;
        }
        let lane = *draw.pick(&[Lane::Submit, Lane::Poll, Lane::Other]);
        let account = *draw.pick(&["a", "b"]);
        let held = pacer.held_until(base, account, &limits);
        match draw.byte() % 8 {
            0 => now = draw.number(),
            1 => {
                pacer.hold(base, account, &limits, draw.number());
                assert!(pacer.held_until(base, account, &limits) >= held, "a hold is cut short");
            }
            2 => {
                pacer.recall(base, account, &limits, (draw.number(), draw.number()), now);
                assert!(pacer.held_until(base, account, &limits) >= held, "a hold is cut short");
            }
            3 => {
                if let Some((account, lane, slot)) = slots.pop() {
                    pacer.give_back(base, account, &limits, lane, slot);
                }
            }
            _ => {
                let slot = pacer.reserve(base, account, &limits, lane, now);
                assert!(slot >= now && slot >= held, "a slot at {slot}, now {now}, held until {held}");
                note(if slot > now { "later" } else { "now" });
                slots.push((account, lane, slot));
            }
        }
    }
}

pub(super) const SCHEDULE: Target = Target {
    name: "schedule",
    about: "any poll schedule and backoff: a delay, and never less than one millisecond between polls",
    run: schedule,
    seeds: super::none,
    plain: false,
};

fn schedule(data: &[u8]) {
    let mut draw = Draw::new(data);
    let schedule = PollSchedule {
        first_ms: draw.number(),
        every_ms: draw.number(),
        factor_pct: draw.number(),
        cap_ms: draw.number(),
        min_interval_ms: draw.number(),
        wait_ms: draw.number(),
    };
    let (elapsed, seed) = (draw.number(), draw.number());
    let next = schedule.next(elapsed, seed);
    assert!(next >= schedule.min_interval_ms.max(1), "{next} ms");
    let backoff = Backoff { base_ms: draw.number(), cap_ms: draw.number() };
    assert!(backoff.delay(draw.number(), seed) <= backoff.cap_ms);
    note(&format!("{}", next.ilog2()));
}
