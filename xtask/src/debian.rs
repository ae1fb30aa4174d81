//! A Debian 13 (trixie) in a folder, for toolchains that the host's own distribution does not have. It is unpacked by
//! debootstrap from the mirror that the host's apt uses; nothing outside `.tools` changes, except that debootstrap itself is
//! installed where it is missing. Needs root or sudo, once.

mod mirror;
mod rights;

use crate::process::{logged, workspace, write_program};
use mirror::host_mirror;
pub(crate) use rights::as_root;
use rights::{Mounts, proxies};
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;

const SUITE: &str = "trixie";

/// Mounts what a program inside needs and becomes it. In a namespace of users nobody else can be chosen.
const INSIDE: &str = r#"#!/bin/sh
# Written by `cargo xtask`: runs a program inside Debian's folder. Its arguments: the folder, how many folders to show inside, these, the current
# one, a home, the user's and the group's number (or nothing, for who it is), the command. It is started in a mount namespace of its own, which ends with it.
set -eu
PATH=$PATH:/usr/sbin:/sbin
root=$1; count=$2; shift 2
mount --rbind /proc "$root/proc"
mount --rbind /dev "$root/dev"
while [ "$count" -gt 0 ]; do
    mount --bind "$1" "$root$1"
    shift; count=$((count - 1))
done
current=$1; home=$2; user=$3; shift 3
mkdir -p "$home"
as=
if [ -n "$user" ]; then chown "$user" "$home"; as=--userspec=$user; fi
exec chroot $as "$root" /bin/sh -c 'cd "$1" && shift && exec "$@"' sh "$current" "$@"
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
        let mounts = Mounts::of_caller();
        let mut command = mounts.command()?;
        command
            .arg(self.prepare(folders)?)
            .arg(self.root())
            .arg(folders.len().to_string())
            .args(folders)
            .args([current, home])
            .arg(mounts.user());
        command.args(["/usr/bin/env", "-i", "PATH=/usr/bin:/bin", "LC_ALL=C.UTF-8"]).arg(format!("HOME={}", home.display()));
        command.args(environment.iter().map(|(name, value)| format!("{name}={value}"))).arg(program);
        Ok(command)
    }

    /// Writes a script that runs a program inside, in the folder that it is started in, which must be in one of these, and with the environment
    /// that it is given. Whoever starts it asks for no password, so it is for root and for who may have a namespace of users.
    pub(crate) fn wrapper(&self, path: &Path, folders: &[&Path], home: &Path, program: &Path) -> Result<(), String> {
        let quoted = |path: &Path| format!("'{}'", path.display().to_string().replace('\'', "'\\''"));
        let mounts = Mounts::of_caller();
        if mounts == Mounts::Denied {
            let name = path.file_name().unwrap_or_default().display();
            return Err(format!(
                "{name} cannot be started: that needs root, or namespaces for every user (sysctl kernel.unprivileged_userns_clone=1)"
            ));
        }
        let shown: Vec<String> = folders.iter().map(|folder| quoted(folder)).collect();
        let text = format!(
            "#!/bin/sh\n# Written by `cargo xtask`: runs a program of Debian's folder from outside.\n\
             exec /usr/bin/unshare {} {} {} {} {} \"$PWD\" {} '{}' {} \"$@\"\n",
            mounts.arguments().join(" "),
            quoted(&self.prepare(folders)?),
            quoted(&self.root()),
            shown.len(),
            shown.join(" "),
            quoted(home),
            mounts.user(),
            quoted(program),
        );
        write_program(path, &text)
    }

    /// The script that goes inside, and in Debian's folder, which is root's, the places where these folders are shown.
    fn prepare(&self, folders: &[&Path]) -> Result<PathBuf, String> {
        for folder in folders {
            let place = self.root().join(folder.strip_prefix("/").unwrap_or(folder));
            if !place.is_dir() && fs::create_dir_all(&place).is_err() {
                logged(as_root("mkdir")?.arg("-p").arg(&place), &self.log())?;
            }
        }
        let inside = self.tools.join("inside");
        write_program(&inside, INSIDE)?;
        Ok(inside)
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
    install(&["debootstrap", "debian-archive-keyring", "gpgv"], log)
}

/// Installs packages of the host's own distribution; the first names them all.
pub(crate) fn install(packages: &[&str], log: &Path) -> Result<(), String> {
    let name = packages.first().copied().unwrap_or_default();
    println!("setup: installing {name}");
    let install = || {
        let mut command = as_root("apt-get")?;
        command.args(["install", "--yes", "--no-install-recommends"]).args(packages).env("DEBIAN_FRONTEND", "noninteractive");
        logged(&mut command, log)
    };
    // A machine that never ran `apt-get update` knows no packages.
    install()
        .or_else(|_| logged(as_root("apt-get")?.arg("update"), log).and_then(|()| install()))
        .map_err(|message| format!("{name} is missing and cannot be installed: {message}"))
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
    use crate::process;

    /// With this machine's own programs in the place of Debian's. Nothing is tested where the caller may not mount, as in many containers.
    #[cfg(target_os = "linux")]
    #[test]
    fn a_wrapper_runs_a_program_inside_where_it_is_started() {
        if Mounts::of_caller().command().and_then(|mut probe| process::run(probe.arg("true"))).is_err() {
            return;
        }
        let folder = std::env::temp_dir().join(format!("gentask debian's {}", std::process::id()));
        let debian = Debian { tools: folder.join("tools") };
        let current = folder.join("a folder");
        for made in [&debian.root().join("proc"), &debian.root().join("dev"), &current] {
            fs::create_dir_all(made).unwrap();
        }
        let mut shown = vec![Path::new("/usr"), &folder];
        for place in ["bin", "lib", "lib64"].map(|name| Path::new("/").join(name)) {
            match fs::read_link(&place) {
                Ok(to) => std::os::unix::fs::symlink(to, debian.root().join(place.file_name().unwrap())).unwrap(),
                Err(_) if place.is_dir() => shown.push(Box::leak(place.into_boxed_path())),
                Err(_) => {}
            }
        }
        let wrapper = folder.join("wrapper");
        debian.wrapper(&wrapper, &shown, &folder.join("home"), Path::new("/usr/bin/env")).unwrap();
        let said = process::capture(Command::new(&wrapper).args(["sh", "-c", "pwd; echo \"$1\"", "sh", "two words"]).current_dir(&current));
        assert_eq!(said.unwrap(), format!("{}\ntwo words\n", current.display()));
        fs::remove_dir_all(&folder).unwrap();
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
