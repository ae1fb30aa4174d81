//! The benches of the Swift package: built as programs build it, beside native Rust and a plain loop.

use super::{CRATE, Profile, RELEASE, absolute, find_or_get, library_steps, scratch};
use crate::process::{self, run, target_dir, workspace};
use crate::steps::{self, Done, Step};
use crate::{Failure, no_args};
use std::path::PathBuf;
use std::process::Command;

/// The package's side, a package of its own.
const SIDE: &str = "Benchmarks";

pub(crate) fn bench(args: &[String]) -> Result<(), Failure> {
    no_args(args)?;
    find_or_get()?;
    let built = ["--package", CRATE, "--features", "bindgen", "--profile", RELEASE.name, "--example", "beside"];
    let driver = Profile::without_lto(process::cargo(&[&["build"], &built[..]].concat()));
    let mut steps = library_steps(&RELEASE);
    steps.extend([
        Step::command("swift driver", driver),
        Step::new("swift side", "swift build -c release, in Benchmarks", || {
            run(&mut find_or_get()?.swift_in(&place(), &["build", "--package-path", SIDE, "-c", "release"])?).map(|()| Done::Yes)
        }),
        Step::new("swift benches", "beside Side", || {
            let side = find_or_get()?.program(&place().join("release/Side"))?;
            let driver = absolute(&target_dir()).join(RELEASE.folder).join("examples/beside");
            run(Command::new(driver).arg(side).current_dir(workspace())).map(|()| Done::Yes)
        }),
    ]);
    steps::run("bench-swift", steps)
}

/// Where SwiftPM puts what it builds of it.
fn place() -> PathBuf {
    scratch().join("benches")
}
