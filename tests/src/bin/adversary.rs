//! The table of `tests/adversary/` for runners in other languages: prints the address of its control port, and ends with its input.

use std::io::{Read, Write};
use std::net::TcpListener;

fn main() -> std::io::Result<()> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let mut out = std::io::stdout();
    writeln!(out, "http://{}", listener.local_addr()?)?;
    out.flush()?;
    // A runner that dies closes our input, and nothing is left behind.
    std::thread::spawn(|| {
        let _ = std::io::stdin().read_to_end(&mut Vec::new());
        std::process::exit(0);
    });
    gentask_tests::adversary::control::serve(&listener)
}
