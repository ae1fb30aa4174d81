//! The `gentask` command.

use std::process::ExitCode;

fn main() -> ExitCode {
    ExitCode::from(gentask::command::main(std::env::args_os()))
}
