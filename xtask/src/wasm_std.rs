//! Where the standard library for wasm32-unknown-unknown comes from: the compiler's own folder if it is there, else rustup,
//! else Debian's packages with a compiler of their own. What could not be had is not remembered: the next run asks again.

use crate::debian::{self, Debian};
use crate::process::{self, workspace};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

pub(crate) const TARGET: &str = "wasm32-unknown-unknown";

/// Where rustup's server cannot be reached it may hang instead of failing.
const RUSTUP_LIMIT: Duration = Duration::from_mins(1);
const PACKAGES: &[&str] = &["rustc", "libstd-rust-dev-wasm32"];

/// What a cargo command needs to build for wasm.
pub(crate) enum WasmStd {
    /// Nothing: the host's compiler has the library.
    Host,
    /// Debian's compiler, and the host's linker where there is one.
    Debian { rustc: PathBuf, linker: Option<PathBuf> },
}

impl WasmStd {
    pub(crate) fn apply(&self, cargo: &mut Command) {
        if let Self::Debian { rustc, linker } = self {
            cargo.env("RUSTC", rustc).env("RUSTFLAGS", "-Clinker-flavor=wasm-ld");
            if let Some(linker) = linker {
                cargo.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", linker);
            }
        }
    }
}

/// Finds the library, or gets it by the first way that works.
pub(crate) fn find_or_get() -> Result<WasmStd, String> {
    if host_has_it()? {
        return Ok(WasmStd::Host);
    }
    let debian = Debian::new();
    if !debian.has(PACKAGES) {
        println!("setup: the {TARGET} standard library is missing; asking rustup (up to {} s)", RUSTUP_LIMIT.as_secs());
        match process::within(Command::new("rustup").args(["target", "add", TARGET]), RUSTUP_LIMIT) {
            Ok(()) if host_has_it()? => return Ok(WasmStd::Host),
            Ok(()) => println!("setup: rustup has it, but for another compiler than the one in use; taking Debian's"),
            Err(message) => println!("setup: {message}\nsetup: taking Debian's packages instead"),
        }
    }
    self::debian()
}

/// Debian's compiler, installed if need be.
pub(crate) fn debian() -> Result<WasmStd, String> {
    let debian = Debian::new();
    if !debian.has(PACKAGES) {
        let start = Instant::now();
        debian
            .install(PACKAGES)
            .map_err(|message| format!("cannot get the {TARGET} standard library: {message}\nElsewhere: rustup target add {TARGET}"))?;
        println!("setup: Debian's compiler for {TARGET} is ready after {:.0} s", start.elapsed().as_secs_f64());
    }
    Ok(WasmStd::Debian { rustc: write_wrapper(&debian)?, linker: host_linker()? })
}

fn host_has_it() -> Result<bool, String> {
    let folder = process::capture(rustc().args(["--print", "target-libdir", "--target", TARGET]))?;
    let Ok(entries) = fs::read_dir(folder.trim()) else { return Ok(false) };
    Ok(entries.flatten().any(|entry| {
        let name = entry.file_name();
        name.to_string_lossy().starts_with("libcore-") && Path::new(&name).extension().is_some_and(|ext| ext == "rlib")
    }))
}

/// rust-lld of the host's toolchain; a compiler without one finds its linker by itself.
fn host_linker() -> Result<Option<PathBuf>, String> {
    let folder = process::capture(rustc().args(["--print", "target-libdir"]))?;
    let linker = Path::new(folder.trim()).with_file_name("bin").join("rust-lld");
    Ok(linker.exists().then_some(linker))
}

/// The compiler that cargo would take.
fn rustc() -> Command {
    let mut command = Command::new(std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()));
    command.current_dir(workspace());
    command
}

/// A `rustc` that runs Debian's, with Debian's own C library, from outside its folder.
fn write_wrapper(debian: &Debian) -> Result<PathBuf, String> {
    let path = debian.root().with_file_name("trixie-rustc");
    let text = wrapper(debian::platform()?);
    process::write_program(&path, &text)?;
    Ok(path)
}

fn wrapper(platform: &debian::Platform) -> String {
    format!(
        r#"#!/bin/sh
# Written by `cargo xtask setup`: Debian's rustc, started from outside its folder.
root=$(dirname "$0")/trixie
libraries=$root/usr/lib/{multiarch}
exec "$libraries/{loader}" --library-path "$libraries:$root/usr/lib" "$root/usr/bin/rustc" --sysroot "$root/usr" "$@"
"#,
        multiarch = platform.multiarch,
        loader = platform.loader,
    )
}
