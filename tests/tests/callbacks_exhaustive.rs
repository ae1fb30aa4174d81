//! Callbacks of one task in every order with its submit's answer, a poll and the end of a process: nothing is lost, and nothing is done twice.

use gentask_tests::world::{self, Orders};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

#[test]
fn no_order_of_events_breaks_a_rule() {
    let (plans, next) = (world::plans(false), AtomicUsize::new(0));
    let all = Mutex::new(Orders::default());
    let threads = std::thread::available_parallelism().map_or(2, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                while let Some(plan) = plans.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let orders = world::tried(plan).unwrap_or_else(|broken| {
                        panic!("{plan:?} breaks the rule \"{}\": {}\n{}", broken.fault.rule, broken.fault.what, broken.story)
                    });
                    let mut all = all.lock().expect("nothing panics that holds it");
                    all.count += orders.count;
                    all.states += orders.states;
                }
            });
        }
    });
    let all = all.into_inner().expect("nothing panics that holds it");
    gentask_tests::say(&format!("callbacks: {} orders of {} plans, through {} states", all.count, plans.len(), all.states));
    assert!(all.count > 100_000, "too little is tried: {all:?}");
}
