//! Every target: which one, the program's name says.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let target = gentask_fuzz::target(env!("CARGO_BIN_NAME")).expect("each program has the name of a target");
    (target.run)(data);
});
