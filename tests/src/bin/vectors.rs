//! `vectors write` writes `tests/vectors/` and the phase diagram anew; `vectors check` compares them with what the core does.

use gentask_tests::vectors;
use std::process::ExitCode;

fn main() -> ExitCode {
    match std::env::args().nth(1).as_deref() {
        Some("write") => match vectors::write() {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => {
                eprintln!("vectors: {error}");
                ExitCode::FAILURE
            }
        },
        Some("check") => {
            let faults = vectors::check();
            for fault in &faults {
                eprintln!("{fault}");
            }
            if faults.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
        }
        _ => {
            eprintln!("usage: vectors write|check");
            ExitCode::from(2)
        }
    }
}
