//! The Swift package: its toolchain (the machine's own, else Debian's in `.tools/trixie`), the native library and the generated sources,
//! and the package's build and tests. Nothing of what is made here is committed.

mod bench;

use crate::debian::Debian;
use crate::process::{self, target_dir, workspace};
use crate::steps::{self, Done, Step};
use crate::{Failure, flag, models, notices};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;
use std::{env, fs};

pub(crate) use bench::bench;

/// The package's folder.
const PACKAGE: &str = "bindings-uniffi/swift";
/// The crate behind it, and its library.
const CRATE: &str = "gentask-uniffi";
const LIBRARY: &str = "gentask_uniffi";
/// The two modules of what is generated, as the crate's `uniffi.toml` names them.
const HEADERS: &str = "GentaskFFI";
const SOURCES: &str = "GentaskGenerated";
/// The package's example, a command.
const EXAMPLE: &str = "gentask-example";
/// The oldest Swift that the package is for.
const OLDEST: (u32, u32) = (6, 0);
/// Without the two libraries not even a package's manifest links.
const PACKAGES: &[&str] = &["swiftlang", "libc6-dev", "libstdc++-14-dev"];

pub(crate) fn swift(args: &[String]) -> Result<(), Failure> {
    let only_build = flag(args, "--build")?;
    // Who asks for Swift by name wants it: where it cannot be had, that is a failure.
    find_or_get()?;
    let steps = if only_build { build_steps(&RELEASE) } else { steps() };
    steps::run("swift", steps)
}

/// Builds the package and runs its tests; says why not where there can be no Swift, and fails there under CI.
pub(crate) fn steps() -> Vec<Step> {
    let models = Step::new("swift models", "gentask types --lang swift, for the tests to compile", || {
        models::write("swift", "swift", &folder().join("Tests").join("GentaskTests").join("Models"), within).map(|()| Done::Yes)
    });
    std::iter::once(models).chain(build_steps(&DEV)).chain(test_steps()).collect()
}

/// Gets Swift where it is missing. Where it cannot be had that is said, and under CI it is an error.
pub(crate) fn environment() -> Result<(), String> {
    match find_or_get() {
        Ok(_) => Ok(()),
        Err(message) if env::var_os("CI").is_some() => Err(message),
        Err(message) => {
            println!("setup: {message}\nsetup: the steps of the Swift package will be skipped");
            Ok(())
        }
    }
}

/// How the native library is built.
struct Profile {
    name: &'static str,
    folder: &'static str,
    swift: &'static [&'static str],
}

/// For the tests.
const DEV: Profile = Profile { name: "dev", folder: "debug", swift: &["build", "--build-tests"] };
/// For programs.
const RELEASE: Profile = Profile { name: "release", folder: "release", swift: &["build"] };

impl Profile {
    /// With optimisation across crates, the two kinds of library would need everything below them compiled in two ways.
    fn without_lto(mut cargo: Command) -> Command {
        cargo.env("CARGO_PROFILE_RELEASE_LTO", "off");
        cargo
    }
}

fn build_steps(profile: &'static Profile) -> Vec<Step> {
    let mut steps = library_steps(profile);
    steps.push(swift_step("swift build", profile.swift));
    steps
}

/// What has to be in the package's folder before Swift builds it.
fn library_steps(profile: &'static Profile) -> Vec<Step> {
    // The same features for all: others would be another build of everything.
    let built = ["--package", CRATE, "--features", "bindgen", "--profile", profile.name];
    let generator = process::cargo(&[&["build"], &built[..]].concat());
    // Programs are linked with it, so that they need no other file where they run.
    let library = process::cargo(&[&["rustc", "--lib", "--crate-type", "staticlib"], &built[..]].concat());
    vec![
        Step::command("swift generator", Profile::without_lto(generator)),
        Step::command("swift library", Profile::without_lto(library)),
        Step::new("swift sources", "the generated sources and the library, into the package", || generate(profile).map(|()| Done::Yes)),
    ]
}

fn test_steps() -> Vec<Step> {
    vec![
        // What plays the other side of the adversary's table.
        Step::command("swift adversary", process::cargo(&["build", "--package", "gentask-tests", "--bin", "adversary"])),
        swift_step("swift tests", &["test", "--skip-build", "--disable-xctest", "--skip", "TimingTests|AdversaryTests"]),
        // A step of the table that takes long counts as hung, so nothing else runs beside them; what must happen in time is tested alone, too.
        swift_step("swift table", &["test", "--skip-build", "--disable-xctest", "--filter", "AdversaryTests"]),
        swift_step("swift timing", &["test", "--skip-build", "--disable-xctest", "--filter", "TimingTests"]),
        Step::new("swift scenarios", "the command lines that every language's command answers alike", scenarios),
    ]
}

fn swift_step(name: &'static str, args: &'static [&'static str]) -> Step {
    Step::new(name, &format!("swift {}", args.join(" ")), move || match find() {
        Some(toolchain) => process::run(&mut toolchain.swift(args)?).map(|()| Done::Yes),
        None => without(),
    })
}

/// Plays the scenarios of `tests/scenarios` that are for a small command with the package's example.
fn scenarios() -> Result<Done, String> {
    let Some(command) = command()? else { return without() };
    let mut runner = process::cargo(&["test", "--package", "gentask", "--test", "command", "the_smallest_command_of_a_client"]);
    runner.env("GENTASK_TEST_COMMAND", command);
    process::run(&mut runner).map(|()| Done::Yes)
}

/// The package's example as one file that can be run in a temporary folder; `None` where there is no Swift.
pub(crate) fn command() -> Result<Option<PathBuf>, String> {
    find().map(|toolchain| toolchain.program(&scratch().join("debug").join(EXAMPLE))).transpose()
}

/// What a step comes to where there is no Swift.
fn without() -> Result<Done, String> {
    let why = "there is no Swift: `cargo xtask swift` says why";
    if env::var_os("CI").is_some() { Err(why.to_owned()) } else { Ok(Done::Skipped(why)) }
}

/// A Swift that can be used.
enum Toolchain {
    /// The machine's own.
    Machine,
    /// Debian's, inside its folder.
    Debian(Debian),
}

impl Toolchain {
    /// `swift VERB ARGS` on the package.
    fn swift(&self, args: &[&str]) -> Result<Command, String> {
        self.swift_in(&scratch(), args)
    }

    /// The same, with what is built in this folder.
    fn swift_in(&self, built: &Path, args: &[&str]) -> Result<Command, String> {
        let (verb, args) = args.split_first().ok_or("swift: no verb")?;
        fs::create_dir_all(built).map_err(|e| format!("cannot create {}: {e}", built.display()))?;
        let mut command = match self {
            Self::Machine => {
                let mut command = Command::new("swift");
                process::plain_environment(&mut command);
                command.current_dir(folder()).envs([adversary(), no_backtrace()]);
                command
            }
            Self::Debian(debian) => {
                let mut handed: Vec<(&str, String)> =
                    ["CI", "GENTASK_ROWS"].iter().filter_map(|name| Some((*name, env::var(name).ok()?))).collect();
                handed.extend([adversary(), no_backtrace()]);
                debian.command(&[&workspace(), &absolute(&target_dir())], &folder(), &built.join("home"), &handed, "swift")?
            }
        };
        command.arg(verb).arg("--scratch-path").arg(built).args(args);
        Ok(command)
    }

    /// Something that can be started outside, in a temporary folder, and runs this program that was built with it.
    fn program(&self, built: &Path) -> Result<PathBuf, String> {
        match self {
            Self::Machine => Ok(built.to_owned()),
            Self::Debian(debian) => {
                let outside = scratch().join(built.file_name().unwrap_or_default());
                debian.wrapper(&outside, &[&workspace(), &absolute(&target_dir()), &env::temp_dir()], &scratch().join("home"), built)?;
                Ok(outside)
            }
        }
    }
}

/// What is there already. Asks nobody and needs no rights.
fn find() -> Option<Toolchain> {
    let own = Command::new("swift").arg("--version").output().ok().filter(|output| output.status.success());
    if own.is_some_and(|output| version(&String::from_utf8_lossy(&output.stdout)).is_some_and(|found| found >= OLDEST)) {
        return Some(Toolchain::Machine);
    }
    let debian = Debian::new();
    debian.has(PACKAGES).then_some(Toolchain::Debian(debian))
}

fn find_or_get() -> Result<Toolchain, String> {
    if let Some(toolchain) = find() {
        return Ok(toolchain);
    }
    let debian = Debian::new();
    let start = Instant::now();
    println!("setup: there is no Swift {}.{} or newer; taking Debian's (half a gigabyte to fetch, three on disk)", OLDEST.0, OLDEST.1);
    debian.install(PACKAGES).map_err(|message| format!("cannot get Swift: {message}\nElsewhere: install Swift 6 as swift.org says"))?;
    println!("setup: Debian's Swift is ready after {:.0} s", start.elapsed().as_secs_f64());
    Ok(Toolchain::Debian(debian))
}

/// The version in what `swift --version` says: `Swift version 6.0.3 (…)`, on a Mac `Apple Swift version 6.1 (…)`.
fn version(text: &str) -> Option<(u32, u32)> {
    let number = text.split("Swift version ").nth(1)?.split([' ', '-', '\n']).next()?;
    let mut parts = number.split('.');
    Some((parts.next()?.parse().ok()?, parts.next()?.parse().ok()?))
}

/// Puts the generated sources and the library where the package's manifest expects them. What has not changed is left as it is, so that
/// Swift builds nothing anew.
fn generate(profile: &Profile) -> Result<(), String> {
    let built = absolute(&target_dir()).join(profile.folder);
    let made = scratch().join("generated");
    let shared = if cfg!(target_os = "macos") { "dylib" } else { "so" };
    let mut generator = Command::new(built.join("uniffi-bindgen"));
    generator.args(["generate", "--library"]).arg(built.join(format!("lib{LIBRARY}.{shared}")));
    generator.args(["--language", "swift", "--no-format", "--out-dir"]).arg(&made).current_dir(workspace());
    process::run(&mut generator)?;
    let (source, header) = (format!("{SOURCES}.swift"), format!("{HEADERS}.h"));
    place(&made.join(&source), &folder().join("Sources").join(SOURCES).join(&source))?;
    place(&made.join(&header), &folder().join("Sources").join(HEADERS).join(&header))?;
    let library = format!("lib{LIBRARY}.a");
    place(&built.join(&library), &folder().join("lib").join(&library))?;
    notices::write(CRATE, &folder().join("lib"))?;
    // Swift looks at sources only: this one makes it link anew where the library is another.
    let fingerprint = made.join("Library.swift");
    let text = fingerprint_of(&folder().join("lib").join(&library))?;
    fs::write(&fingerprint, text).map_err(|e| format!("cannot write {}: {e}", fingerprint.display()))?;
    place(&fingerprint, &folder().join("Sources").join(SOURCES).join("Library.swift"))
}

/// A source that is another one for each library.
fn fingerprint_of(library: &Path) -> Result<String, String> {
    let bytes = fs::read(library).map_err(|e| format!("cannot read {}: {e}", library.display()))?;
    let mut hasher = DefaultHasher::new();
    bytes.hash(&mut hasher);
    Ok(format!("// Which native library this is linked with: another one is another text.\nlet library = \"{:016x}\"\n", hasher.finish()))
}

/// What is generated for a provider, within a type of the provider's name: several providers have models of one name, and the tests are one module.
fn within(provider: &str, text: &str) -> String {
    let name: String = provider.chars().take(1).flat_map(char::to_uppercase).chain(provider.chars().skip(1)).collect();
    let (head, types) = text.split_once("import Gentask\n").unwrap_or(("", text));
    format!("{head}import Gentask\n\npublic enum {name} {{\n{types}}}\n")
}

/// Copies a file that is missing or different.
fn place(from: &Path, to: &Path) -> Result<(), String> {
    let cannot = |e: std::io::Error| format!("cannot copy {} to {}: {e}", from.display(), to.display());
    let new = fs::read(from).map_err(cannot)?;
    if fs::read(to).is_ok_and(|old| old == new) {
        return Ok(());
    }
    fs::create_dir_all(to.parent().unwrap_or(to)).and_then(|()| fs::write(to, new)).map_err(cannot)
}

/// Where the tests find the program with the adversary's table.
fn adversary() -> (&'static str, String) {
    ("GENTASK_ADVERSARY", absolute(&target_dir()).join("debug").join("adversary").to_string_lossy().into_owned())
}

/// What a program says when it dies is enough: the way there takes minutes to be written.
fn no_backtrace() -> (&'static str, String) {
    ("SWIFT_BACKTRACE", "enable=no".to_owned())
}

fn folder() -> PathBuf {
    workspace().join(PACKAGE)
}

/// Where SwiftPM puts what it builds.
fn scratch() -> PathBuf {
    absolute(&target_dir()).join("swift")
}

fn absolute(path: &Path) -> PathBuf {
    workspace().join(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_is_read_as_swift_writes_it() {
        assert_eq!(version("Swift version 6.0.3 (swift-6.0.3-RELEASE)\nTarget: x86_64"), Some((6, 0)));
        assert_eq!(version("swift-driver version: 1.1\nApple Swift version 6.1 (swiftlang-6.1.0)"), Some((6, 1)));
        assert_eq!(version("Swift version 6.2-dev (LLVM 1)"), Some((6, 2)));
        assert_eq!(version("OpenStack Swift"), None);
    }
}
