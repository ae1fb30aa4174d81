//! What needs root's rights, and how they are got.

use crate::process::within;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

/// A command with root's rights: as it is, or by sudo.
pub(crate) fn as_root(program: &str) -> Result<Command, String> {
    // Administrators' programs are not on every user's path.
    let path = format!("{}:/usr/local/sbin:/usr/sbin:/sbin", std::env::var("PATH").unwrap_or_default());
    let find = |name: &str| path.split(':').any(|dir| Path::new(dir).join(name).exists());
    let mut command = if is_root() {
        Command::new(program)
    } else if find("sudo") {
        let mut sudo = Command::new("sudo");
        sudo.arg("--").arg("/usr/bin/env").args(proxies()).arg(program);
        sudo
    } else {
        return Err(format!("`{program}` needs root, and there is no sudo: run `cargo xtask setup` as root once"));
    };
    command.env("PATH", path).env("DEBIAN_FRONTEND", "noninteractive").env("LC_ALL", "C.UTF-8");
    // Cargo's libraries are no business of the system's programs.
    command.env_remove("LD_LIBRARY_PATH");
    Ok(command)
}

#[cfg(unix)]
fn is_root() -> bool {
    use std::os::unix::fs::MetadataExt;
    fs::metadata("/proc/self").is_ok_and(|own| own.uid() == 0)
}

#[cfg(not(unix))]
fn is_root() -> bool {
    false
}

/// How a program gets a mount namespace of its own.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Mounts {
    /// The caller is root.
    Root,
    /// In a namespace of users, in which the caller is root. No files of root's are left behind, and nobody is asked for a password.
    Users,
    /// Only root can, and the caller is not.
    Denied,
}

impl Mounts {
    /// What this machine allows the caller.
    pub(super) fn of_caller() -> Self {
        if is_root() {
            return Self::Root;
        }
        let probe = Self::Users.command().and_then(|mut probe| within(probe.arg("true"), Duration::from_secs(10)));
        if probe.is_ok() { Self::Users } else { Self::Denied }
    }

    /// The arguments of `unshare`.
    pub(super) fn arguments(self) -> &'static [&'static str] {
        match self {
            Self::Root | Self::Denied => &["--mount", "--propagation", "private"],
            Self::Users => &["--user", "--map-root-user", "--mount", "--propagation", "private"],
        }
    }

    /// `unshare` with its arguments, to be followed by a program.
    pub(super) fn command(self) -> Result<Command, String> {
        let mut command = if self == Self::Users { Command::new("unshare") } else { as_root("unshare")? };
        command.env_remove("LD_LIBRARY_PATH").args(self.arguments());
        Ok(command)
    }

    /// Whom the program runs as: the caller, by numbers; in a namespace of users it is that already.
    pub(super) fn user(self) -> String {
        if self == Self::Users { String::new() } else { owner() }
    }
}

/// The caller's user and group, as numbers.
#[cfg(unix)]
fn owner() -> String {
    use std::os::unix::fs::MetadataExt;
    fs::metadata("/proc/self").map_or_else(|_| "0:0".to_owned(), |own| format!("+{}:+{}", own.uid(), own.gid()))
}

#[cfg(not(unix))]
fn owner() -> String {
    "0:0".to_owned()
}

/// The caller's proxy settings, as arguments of `env`.
pub(super) fn proxies() -> Vec<String> {
    ["http_proxy", "https_proxy", "no_proxy"]
        .iter()
        .filter_map(|name| std::env::var(name).ok().map(|value| format!("{name}={value}")))
        .collect()
}
