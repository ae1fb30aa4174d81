//! The JDKs of this machine: the package is built and tested on the oldest that it supports, and tested on the newest there is.

use crate::debian::as_root;
use crate::process::{self, workspace};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// What the jar is compiled for.
const OLDEST: u32 = 17;
/// Where systems keep their JDKs.
const PLACES: [&str; 3] = ["/usr/lib/jvm", "/opt/java", "/Library/Java/JavaVirtualMachines"];

pub(crate) struct Jdk {
    pub(crate) home: PathBuf,
    pub(crate) version: u32,
}

impl Jdk {
    pub(crate) fn java(&self) -> PathBuf {
        self.home.join("bin").join("java")
    }
}

/// Finds a JDK and Maven, and installs Debian's where they are missing; says nothing where they are there.
pub(crate) fn environment() -> Result<(), String> {
    if oldest().is_ok() && has_maven() {
        return Ok(());
    }
    println!("setup: installing a JDK and Maven");
    let tools = workspace().join(".tools");
    fs::create_dir_all(&tools).map_err(|e| format!("cannot create {}: {e}", tools.display()))?;
    let log = tools.join("kotlin.log");
    let install = || {
        process::logged(as_root("apt-get")?.args(["install", "--yes", "--no-install-recommends", "openjdk-17-jdk-headless", "maven"]), &log)
    };
    // A machine that never ran `apt-get update` knows no packages.
    install()
        .or_else(|_| process::logged(as_root("apt-get")?.arg("update"), &log).and_then(|()| install()))
        .map_err(|message| format!("the Kotlin package needs a JDK of version {OLDEST} or newer, and Maven: {message}"))?;
    oldest().map(drop)
}

fn has_maven() -> bool {
    Command::new("mvn").arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok_and(|status| status.success())
}

/// The oldest JDK that will do.
pub(crate) fn oldest() -> Result<Jdk, String> {
    let found = all().into_iter().filter(|jdk| jdk.version >= OLDEST).min_by_key(|jdk| jdk.version);
    found.ok_or_else(|| format!("no JDK of version {OLDEST} or newer was found (in JAVA_HOME, {}, or as `java`)", PLACES.join(", ")))
}

/// The newest one, where it is newer than the oldest.
pub(crate) fn newest() -> Result<Option<Jdk>, String> {
    let least = oldest()?.version;
    Ok(all().into_iter().filter(|jdk| jdk.version > least).max_by_key(|jdk| jdk.version))
}

fn all() -> Vec<Jdk> {
    let mut homes: Vec<PathBuf> = std::env::var_os("JAVA_HOME").into_iter().map(PathBuf::from).collect();
    for place in PLACES {
        let entries = fs::read_dir(place).into_iter().flatten().flatten().map(|entry| entry.path());
        homes.extend(entries.flat_map(|home| [home.join("Contents/Home"), home]));
    }
    homes.extend(of_the_path());
    homes.iter().filter_map(|home| read(home)).collect()
}

/// The home of the `java` that a shell would start.
fn of_the_path() -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    let java = std::env::split_paths(&path).map(|folder| folder.join("java")).find(|java| java.is_file())?;
    Some(java.canonicalize().ok()?.parent()?.parent()?.to_path_buf())
}

/// A JDK: what has a compiler, and says its version in its `release` file.
fn read(home: &Path) -> Option<Jdk> {
    let version = version(&fs::read_to_string(home.join("release")).ok()?)?;
    (home.join("bin/java").is_file() && home.join("bin/javac").is_file()).then(|| Jdk { home: home.to_path_buf(), version })
}

/// `JAVA_VERSION="17.0.15"` is 17.
fn version(release: &str) -> Option<u32> {
    let line = release.lines().find_map(|line| line.strip_prefix("JAVA_VERSION="))?;
    line.trim_matches('"').split(['.', '-', '+', '_']).next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_is_read_from_the_release_file() {
        assert_eq!(version("IMPLEMENTOR=\"X\"\nJAVA_VERSION=\"17.0.15\"\nOS_ARCH=\"x86_64\"\n"), Some(17));
        assert_eq!(version("JAVA_VERSION=\"25\"\n"), Some(25));
        assert_eq!(version("JAVA_VERSION=\"1.8.0_402\"\n"), Some(1));
        assert_eq!(version("nothing"), None);
    }

    #[test]
    fn a_folder_without_a_compiler_is_no_jdk() {
        assert!(read(Path::new("/nonexistent")).is_none());
    }
}
