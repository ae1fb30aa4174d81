//! Callbacks of one task in every order with its submit's answer, a poll and the end of a process: nothing is lost, and nothing is done twice.

use gentask_tests::world;

#[test]
fn no_order_of_events_breaks_a_rule() {
    let plans = world::plans(false);
    let threads = std::thread::available_parallelism().map_or(2, usize::from);
    let orders = world::tried(&plans, threads, |_, _| {}).unwrap_or_else(|broken| {
        panic!("{:?} breaks the rule \"{}\": {}\n{}", broken.plan, broken.fault.rule, broken.fault.what, broken.story)
    });
    gentask_tests::say(&format!("callbacks: {} orders of {} plans, through {} states", orders.count, plans.len(), orders.states));
    assert!(orders.count > 100_000, "too little is tried: {orders:?}");
}
