//! The wasm check: core builds for wasm32-unknown-unknown, and nothing below it makes the download big or needs an import.
//! The rlib is enough for that; then comes the module that the npm package is built around.

use crate::process::{self, cargo, target_dir};
use crate::steps::{self, Done, Step};
use crate::{Failure, flag, npm, wasm_std};

/// Crates that may not be below core: they need an import that a wasm host does not have, or are many times core's size.
const BANNED: &[&str] = &["chrono", "getrandom", "idna", "rand", "regex", "tokio", "url", "uuid"];

pub(crate) fn wasm(args: &[String]) -> Result<(), Failure> {
    let mut all = vec![npm::setup()];
    all.extend(steps(flag(args, "--debian")?));
    steps::run("wasm", all)
}

pub(crate) fn steps(debian: bool) -> Vec<Step> {
    let mut steps = vec![
        Step::new("wasm build", "cargo build --package gentask-core --target wasm32-unknown-unknown", move || {
            let std = if debian { wasm_std::debian()? } else { wasm_std::find_or_get()? };
            // A folder of its own: another compiler than the host's may fill it.
            let target = target_dir().join("wasm");
            let mut command = cargo(&["build", "--package", "gentask-core", "--target", wasm_std::TARGET]);
            std.apply(&mut command);
            process::run(command.arg("--target-dir").arg(target)).map(|()| Done::Yes)
        }),
        Step::new("wasm crates", "cargo tree --package gentask-core --edges normal", || {
            let tree = cargo(&["tree", "--package", "gentask-core", "--edges", "normal", "--target", "all", "--prefix", "none"]);
            match banned(&process::capture(&mut { tree })?).as_slice() {
                [] => Ok(Done::Yes),
                found => Err(format!(
                    "core may not depend on {}; `cargo tree --package gentask-core --invert {}` says why it does",
                    found.join(", "),
                    found[0]
                )),
            }
        }),
    ];
    steps.extend(npm::module::steps(debian));
    steps
}

/// The banned crates in a tree of lines such as `sha2 v0.10.9`.
fn banned(tree: &str) -> Vec<&'static str> {
    let present = |name: &&&str| tree.lines().any(|line| line.split_whitespace().next() == Some(**name));
    BANNED.iter().filter(present).copied().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_banned_crate_is_found_by_its_whole_name() {
        assert_eq!(banned("gentask-core v0.1.0 (folder)\nurl v2.5.4\nrand v0.9.0\nurl v2.5.4 (*)"), ["rand", "url"]);
        assert_eq!(banned("urlencoding v2.1.3\nrand_core v0.9.0\nsha2 v0.10.9"), Vec::<&str>::new());
    }
}
