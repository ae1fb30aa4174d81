//! A Debian 13 (trixie) in a folder, for toolchains that the host's own distribution does not have. It is unpacked by
//! debootstrap from the mirror that the host's apt uses; nothing outside `.tools` changes, except that debootstrap itself is
//! installed where it is missing. Needs root or sudo, once.

use crate::process::{logged, workspace, write_program};
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;

const SUITE: &str = "trixie";

/// Mounts what a program inside needs and becomes it.
const INSIDE: &str = r#"#!/bin/sh
# Written by `cargo xtask`: runs a program inside Debian's folder. Its arguments: the folder, how many folders to show inside, these, the current
# one, a home, the user's and the group's number, the command. It is started in a mount namespace of its own, which ends with it.
set -eu
root=$1; count=$2; shift 2
mount --rbind /proc "$root/proc"
mount --rbind /dev "$root/dev"
while [ "$count" -gt 0 ]; do
    mkdir -p "$root$1"
    mount --bind "$1" "$root$1"
    shift; count=$((count - 1))
done
current=$1; home=$2; user=$3; shift 3
mkdir -p "$home"
chown "$user" "$home"
exec chroot --userspec="$user" "$root" /bin/sh -c 'cd "$1" && shift && exec "$@"' sh "$current" "$@"
"#;

pub(crate) struct Debian {
    tools: PathBuf,
}

/// What Debian calls the host's architecture, and its dynamic loader.
pub(crate) struct Platform {
    pub(crate) multiarch: &'static str,
    pub(crate) loader: &'static str,
}

pub(crate) fn platform() -> Result<&'static Platform, String> {
    match (std::env::consts::OS, std::env::consts::ARCH) {
        ("linux", "x86_64") => Ok(&Platform { multiarch: "x86_64-linux-gnu", loader: "ld-linux-x86-64.so.2" }),
        ("linux", "aarch64") => Ok(&Platform { multiarch: "aarch64-linux-gnu", loader: "ld-linux-aarch64.so.1" }),
        (os, arch) => Err(format!("Debian's packages cannot be used on {os} {arch}")),
    }
}

impl Debian {
    pub(crate) fn new() -> Self {
        Self { tools: workspace().join(".tools") }
    }

    pub(crate) fn root(&self) -> PathBuf {
        self.tools.join(SUITE)
    }

    /// Whether all of these packages are installed. Needs no rights.
    pub(crate) fn has(&self, packages: &[&str]) -> bool {
        let status = fs::read_to_string(self.root().join("var/lib/dpkg/status")).unwrap_or_default();
        packages.iter().all(|package| is_installed(&status, package))
    }

    /// Installs packages, after Debian itself where it is missing. Two runs at a time wait for each other.
    pub(crate) fn install(&self, packages: &[&str]) -> Result<(), String> {
        platform()?;
        fs::create_dir_all(&self.tools).map_err(|e| format!("cannot create {}: {e}", self.tools.display()))?;
        let lock = self.tools.join("lock");
        let lock = File::create(&lock).and_then(|file| file.lock().map(|()| file)).map_err(|e| format!("cannot lock .tools: {e}"))?;
        if !self.root().exists() {
            self.bootstrap()?;
        }
        if !self.has(packages) {
            println!("setup: installing {} in .tools/{SUITE}", packages.join(" "));
            // The first ends what an interrupted run began; it has nothing to do otherwise.
            self.inside(&["dpkg", "--configure", "-a"])?;
            self.inside(&["apt-get", "update"])?;
            self.inside(&[&["apt-get", "install", "--yes", "--no-install-recommends"], packages].concat())?;
            self.inside(&["apt-get", "clean"])?;
        }
        drop(lock);
        Ok(())
    }

    fn bootstrap(&self) -> Result<(), String> {
        need_debootstrap(&self.log())?;
        // Only a whole system gets the final name, so an interrupted run is begun anew.
        let partial = self.tools.join(format!("{SUITE}.partial"));
        if partial.exists() {
            remove(&partial, &self.log())?;
        }
        let mut command = as_root("debootstrap")?;
        command.args(["--variant=minbase", "--force-check-gpg", SUITE]).arg(&partial).args(host_mirror());
        println!("setup: unpacking Debian {SUITE} into .tools/{SUITE} (half a minute or more)");
        logged(&mut command, &self.log())?;
        fs::rename(&partial, self.root()).map_err(|e| format!("cannot rename {}: {e}", partial.display()))
    }

    /// Runs a command inside, as root, with an environment of its own.
    fn inside(&self, command: &[&str]) -> Result<(), String> {
        let mut chroot = as_root("chroot")?;
        chroot.arg(self.root()).args(["/usr/bin/env", "-i", "PATH=/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL=C.UTF-8"]);
        chroot.args(["HOME=/root", "DEBIAN_FRONTEND=noninteractive"]).args(proxies()).args(command);
        logged(&mut chroot, &self.log())
    }

    /// A command that runs a program inside, as the caller, with the host's `/proc` and `/dev` and these folders at the paths that they have outside.
    /// Everything is mounted in a mount namespace of the command's own, so it goes when the command ends, however that is.
    pub(crate) fn command(
        &self,
        folders: &[&Path],
        current: &Path,
        home: &Path,
        environment: &[(&str, String)],
        program: &str,
    ) -> Result<Command, String> {
        let inside = self.tools.join("inside");
        write_program(&inside, INSIDE)?;
        let mut command = as_root("unshare")?;
        command
            .args(["--mount", "--propagation", "private"])
            .arg(inside)
            .arg(self.root())
            .arg(folders.len().to_string())
            .args(folders)
            .args([current, home])
            .arg(owner());
        command.args(["/usr/bin/env", "-i", "PATH=/usr/bin:/bin", "LC_ALL=C.UTF-8"]).arg(format!("HOME={}", home.display()));
        command.args(environment.iter().map(|(name, value)| format!("{name}={value}"))).arg(program);
        Ok(command)
    }

    /// Writes a script that runs a program inside, in the folder that it is started in, which must be in one of these, and with the environment
    /// that it is given.
    pub(crate) fn wrapper(&self, path: &Path, folders: &[&Path], home: &Path, program: &Path) -> Result<(), String> {
        let quoted = |path: &Path| format!("'{}'", path.display().to_string().replace('\'', "'\\''"));
        let shown: Vec<String> = folders.iter().map(|folder| quoted(folder)).collect();
        let text = format!(
            "#!/bin/sh\n# Written by `cargo xtask`: runs a program of Debian's folder from outside.\n\
             exec /usr/bin/unshare --mount --propagation private {} {} {} {} \"$PWD\" {} {} {} \"$@\"\n",
            quoted(&self.tools.join("inside")),
            quoted(&self.root()),
            shown.len(),
            shown.join(" "),
            quoted(home),
            owner(),
            quoted(program),
        );
        write_program(&self.tools.join("inside"), INSIDE)?;
        write_program(path, &text)
    }

    fn log(&self) -> PathBuf {
        self.tools.join("setup.log")
    }
}

fn need_debootstrap(log: &Path) -> Result<(), String> {
    let present = ["/usr/sbin", "/sbin", "/usr/bin", "/usr/local/sbin"].iter().any(|dir| Path::new(dir).join("debootstrap").exists());
    if present {
        return Ok(());
    }
    let install = || {
        let mut command = as_root("apt-get")?;
        println!("setup: installing debootstrap");
        command.args(["install", "--yes", "--no-install-recommends", "debootstrap", "debian-archive-keyring", "gpgv"]);
        logged(&mut command, log)
    };
    // A machine that never ran `apt-get update` knows no packages.
    install()
        .or_else(|_| logged(as_root("apt-get")?.arg("update"), log).and_then(|()| install()))
        .map_err(|message| format!("debootstrap is missing and cannot be installed: {message}"))
}

/// Removes a folder that debootstrap was interrupted in, whatever is still mounted in it.
fn remove(folder: &Path, log: &Path) -> Result<(), String> {
    let mounts = fs::read_to_string("/proc/self/mounts").unwrap_or_default();
    for mount in mounts_below(&mounts, folder) {
        logged(as_root("umount")?.arg(mount), log)?;
    }
    logged(as_root("rm")?.args(["-rf", "--one-file-system"]).arg(folder), log)
}

/// The mount points in a folder, the deepest first. A folder whose name holds a space, which this table writes as `\040`, is not found;
/// `rm --one-file-system` then leaves the mounts alone.
fn mounts_below<'a>(mounts: &'a str, folder: &Path) -> Vec<&'a str> {
    mounts.lines().rev().filter_map(|line| line.split(' ').nth(1)).filter(|point| Path::new(point).starts_with(folder)).collect()
}

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
fn proxies() -> Vec<String> {
    ["http_proxy", "https_proxy", "no_proxy"]
        .iter()
        .filter_map(|name| std::env::var(name).ok().map(|value| format!("{name}={value}")))
        .collect()
}

/// The mirror that the host's apt uses, if the host is a Debian; otherwise debootstrap knows the public one.
fn host_mirror() -> Option<String> {
    let codename = codename(&fs::read_to_string("/etc/os-release").ok()?)?;
    let mut files: Vec<PathBuf> =
        fs::read_dir("/etc/apt/sources.list.d").into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    files.push(PathBuf::from("/etc/apt/sources.list"));
    files.sort();
    files.iter().find_map(|file| {
        let text = fs::read_to_string(file).ok()?;
        match file.extension()?.to_str()? {
            "list" => mirror_of_lines(&text, &codename),
            "sources" => mirror_of_stanzas(&text, &codename),
            _ => None,
        }
    })
}

/// The code name of a Debian, from `/etc/os-release`; nothing for its derivatives, whose mirrors carry other packages.
fn codename(os_release: &str) -> Option<String> {
    let value =
        |name: &str| os_release.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix('=')).map(|value| value.trim_matches('"'));
    (value("ID") == Some("debian")).then(|| value("VERSION_CODENAME").map(str::to_owned)).flatten()
}

/// `deb [options] http://mirror/debian bookworm main`
fn mirror_of_lines(text: &str, codename: &str) -> Option<String> {
    text.lines().find_map(|line| {
        let mut words = line.trim().strip_prefix("deb ")?.trim_start();
        if let Some(options) = words.strip_prefix('[') {
            words = options.split_once(']')?.1;
        }
        let words: Vec<&str> = words.split_whitespace().collect();
        let (uri, suite, components) = (words.first()?, words.get(1)?, words.get(2..)?);
        (*suite == codename && components.contains(&"main") && can_be_used(uri)).then(|| (*uri).to_owned())
    })
}

/// Paragraphs of `Types:`, `URIs:`, `Suites:`, `Components:`.
fn mirror_of_stanzas(text: &str, codename: &str) -> Option<String> {
    let lines: Vec<&str> = text.lines().map(str::trim_end).filter(|line| !line.starts_with('#')).collect();
    lines.split(|line| line.is_empty()).find_map(|stanza| {
        let words = |name: &str| -> Vec<&str> {
            let value = stanza.iter().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'));
            value.map(|value| value.split_whitespace().collect()).unwrap_or_default()
        };
        let fits = words("Types").contains(&"deb")
            && words("Suites").contains(&codename)
            && words("Components").contains(&"main")
            && words("Enabled") != ["no"];
        words("URIs").into_iter().find(|uri| fits && can_be_used(uri)).map(str::to_owned)
    })
}

/// Debootstrap knows these only; apt has more, such as `mirror+file:`.
fn can_be_used(uri: &str) -> bool {
    ["http://", "https://", "file:"].iter().any(|scheme| uri.starts_with(scheme))
}

fn is_installed(status: &str, package: &str) -> bool {
    status.split("\n\n").any(|stanza| {
        let mut lines = stanza.trim_start().lines();
        lines.next().and_then(|line| line.strip_prefix("Package: ")) == Some(package)
            && lines.any(|line| line == "Status: install ok installed")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mirror_of_a_one_line_list() {
        let text = "# a comment\ndeb-src http://mirror.example/debian bookworm main\n\
                    deb https://tools.example/apt tools-bookworm main\n\
                    deb http://mirror.example/security bookworm-security main\n\
                    deb [arch=amd64 signed-by=/key.gpg] http://mirror.example/debian bookworm main contrib\n";
        assert_eq!(mirror_of_lines(text, "bookworm").as_deref(), Some("http://mirror.example/debian"));
        assert_eq!(mirror_of_lines(text, "trixie"), None);
        assert_eq!(mirror_of_lines("deb\ndeb [x\ndeb a b", "b"), None);
    }

    #[test]
    fn the_mirror_of_stanzas() {
        let text = "Types: deb\nURIs: http://mirror.example/security\nSuites: bookworm-security\nComponents: main\n\n\
                    Enabled: no\nTypes: deb\nURIs: http://old.example/debian\nSuites: bookworm\nComponents: main\n\n\
                    Types: deb\n# frozen\nURIs: mirror+file:/list http://mirror.example/debian\nSuites: bookworm bookworm-updates\nComponents: main\n";
        assert_eq!(mirror_of_stanzas(text, "bookworm").as_deref(), Some("http://mirror.example/debian"));
        assert_eq!(mirror_of_stanzas(text, "trixie"), None);
    }

    #[test]
    fn only_a_debian_has_a_debian_mirror() {
        assert_eq!(codename("ID=debian\nVERSION_CODENAME=bookworm\n").as_deref(), Some("bookworm"));
        assert_eq!(codename("ID=ubuntu\nID_LIKE=debian\nVERSION_CODENAME=noble\n"), None);
    }

    #[test]
    fn a_package_counts_when_it_is_configured() {
        let status = "Package: rustc\nStatus: install ok installed\nVersion: 1\n\nPackage: lld\nStatus: install ok unpacked\n\n";
        assert!(is_installed(status, "rustc"));
        assert!(!is_installed(status, "lld"));
        assert!(!is_installed(status, "rust"));
    }

    #[test]
    fn mounts_are_undone_from_the_inside() {
        let mounts = "proc /a/b/proc proc rw 0 0\nsys /a/b/proc/sys sysfs rw 0 0\ndev /a/bc dev rw 0 0\n";
        assert_eq!(mounts_below(mounts, Path::new("/a/b")), ["/a/b/proc/sys", "/a/b/proc"]);
    }
}
