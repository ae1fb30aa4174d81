//! WebAssembly modules with their glue: core for applications (`pkg`) and for `gentask/sansio` (`sansio/pkg`), and the simulated providers for
//! `gentask/testing` (`testing/pkg`). Each is compiled for size, bound, optimised, tried on this machine's Node, and as a text.

use super::folder;
use super::tools::with_node;
use crate::process::{self, cargo, target_dir};
use crate::steps::{Done, Step};
use crate::wasm_std;
use std::ffi::OsStr;
use std::path::PathBuf;
use std::process::Command;
use std::{env, fs};

/// What every runtime that the package supports can do; `--all-features` would make modules that Node 20 refuses.
const FEATURES: &[&str] = &["bulk-memory", "mutable-globals", "sign-ext", "nontrapping-float-to-int", "reference-types", "multivalue"];

/// For size. Functions of one kind stand together, by their names, which are stripped afterwards: gzip looks back 32 KB only.
const SMALLER: &[&str] = &[
    "-g",
    "--skip-pass=local-cse",
    "--one-caller-inline-max-function-size=0",
    "-Oz",
    "--converge",
    "--low-memory-unused",
    "--reorder-functions-by-name",
];

/// What the glue is made of, as it is named where it is made and in the package.
const FILES: &[(&str, &str)] = &[("core.js", "core.js"), ("core.d.ts", "core.d.ts"), ("core_bg.wasm.d.ts", "core.wasm.d.ts")];

/// One module.
#[derive(Clone, Copy)]
struct Module {
    steps: [&'static str; 6],
    package: &'static str,
    features: &'static str,
    /// Its folder in the package.
    pkg: &'static str,
    /// Where its glue is made.
    glue: &'static str,
}

const APPLICATION: Module = Module {
    steps: ["wasm module", "wasm glue", "wasm opt", "wasm strip", "wasm check", "wasm inline"],
    package: CORE,
    features: "",
    pkg: "pkg",
    glue: "glue",
};
const SANSIO: Module = Module {
    steps: ["sansio module", "sansio glue", "sansio opt", "sansio strip", "sansio check", "sansio inline"],
    package: CORE,
    features: "calls,tables,command",
    pkg: "sansio/pkg",
    glue: "glue-sansio",
};

const TESTING: Module = Module {
    steps: ["testing module", "testing glue", "testing opt", "testing strip", "testing check", "testing inline"],
    package: "gentask-wasm-testing",
    features: "",
    pkg: "testing/pkg",
    glue: "glue-testing",
};
/// The crate of the first two.
const CORE: &str = "gentask-wasm";

pub(crate) fn steps(debian: bool) -> Vec<Step> {
    // One after the other: the second takes the place of the first where cargo puts it.
    [APPLICATION, SANSIO, TESTING].into_iter().flat_map(|module| module.steps(debian)).collect()
}

impl Module {
    fn steps(self, debian: bool) -> Vec<Step> {
        let Self { package, features, pkg, steps: [module, glue, opt, strips, check, inline], .. } = self;
        let build = format!("cargo build --package {package} --profile wasm --target wasm32-unknown-unknown --features \"{features}\"");
        let mut optimise = wasm_opt(SMALLER);
        optimise.arg(self.glue().join("core_bg.wasm")).arg("--output").arg(self.named());
        let mut strip = wasm_opt(&["--strip-debug", "--strip-producers"]);
        strip.arg(self.named()).arg("--output").arg(format!("{pkg}/core.wasm"));
        let bind = format!("bindgen {} {} core", self.made(), self.glue);
        vec![
            Step::new(module, &build, move || compile(package, features, debian).map(|()| Done::Yes)),
            Step::new(glue, &bind, move || self.bind().map(|()| Done::Yes)),
            Step::command(opt, optimise),
            Step::command(strips, strip),
            Step::command(check, with_node(&["build/check.mjs", pkg])),
            Step::command(inline, with_node(&["build/inline.mjs", pkg])),
        ]
    }

    /// wasm-bindgen's own program, as a library of the same version as its crate.
    fn bind(self) -> Result<(), String> {
        let mut command = cargo(&["run", "--quiet", "--package", "bindgen", "--"]);
        command.arg(target().join(wasm_std::TARGET).join("wasm").join(self.made())).arg(self.glue()).arg("core");
        process::run(&mut command)?;
        let pkg = folder().join(self.pkg);
        super::empty(&pkg)?;
        FILES.iter().try_for_each(|(made, name)| super::copy(&self.glue().join(made), &pkg.join(name)))
    }

    /// The file that cargo makes.
    fn made(self) -> String {
        format!("{}.wasm", self.package.replace('-', "_"))
    }

    fn glue(self) -> PathBuf {
        target().join(self.glue)
    }

    /// The module on its way, with its names.
    fn named(self) -> PathBuf {
        self.glue().join("named.wasm")
    }
}

fn wasm_opt(passes: &[&str]) -> Command {
    let mut command = with_node(&["node_modules/binaryen/bin/wasm-opt"]);
    command.args(passes).args(FEATURES.iter().map(|feature| format!("--enable-{feature}")));
    command
}

fn compile(package: &str, features: &str, debian: bool) -> Result<(), String> {
    let std = if debian { wasm_std::debian()? } else { wasm_std::find_or_get()? };
    let mut command = cargo(&["build", "--package", package, "--profile", "wasm", "--target", wasm_std::TARGET]);
    std.apply(&mut command);
    command.args(["--features", features, "--target-dir"]).arg(target());
    without_paths(&mut command);
    process::run(&mut command)
}

/// Keeps the folders of this machine out of what is shipped: a crate is named in the messages of panics without where it lies.
fn without_paths(command: &mut Command) {
    let inherited = env::var_os("RUSTFLAGS").unwrap_or_default();
    let flags = command.get_envs().find(|(name, _)| *name == "RUSTFLAGS").and_then(|(_, flags)| flags).unwrap_or(&inherited);
    let mut flags = flags.to_owned();
    let Some(home) = cargo_home() else { return };
    for folder in fs::read_dir(home.join("registry").join("src")).into_iter().flatten().flatten() {
        let mut prefix = folder.path().into_os_string();
        prefix.push(std::path::MAIN_SEPARATOR_STR);
        // Flags are split at spaces; a folder with one stays as it is.
        if !prefix.to_string_lossy().contains(' ') {
            flags.push(" --remap-path-prefix=");
            flags.push(prefix);
            flags.push("=");
        }
    }
    command.env("RUSTFLAGS", flags);
}

fn cargo_home() -> Option<PathBuf> {
    let set = |name: &str| env::var_os(name).filter(|value| value.as_os_str() != OsStr::new("")).map(PathBuf::from);
    set("CARGO_HOME").or_else(|| env::home_dir().map(|home| home.join(".cargo")))
}

/// A folder of its own: another compiler than the host's may fill it.
fn target() -> PathBuf {
    absolute().join("wasm")
}

/// Programs that start in another folder need the whole path.
fn absolute() -> PathBuf {
    let target = target_dir();
    std::path::absolute(&target).unwrap_or(target)
}
