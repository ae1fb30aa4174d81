//! Which process holds a lease, and whether it is provably gone: an attempt of a process that died needs no waiting for.
//!
//! Proof takes the same machine since the same start and the same space of process numbers (a container has its own), and that no process
//! has this number now, or one that was started at another time. Where that cannot be read, nothing is proven.

use gentask_core::client::{holder_name, holder_process};

/// The name of a client's leases.
pub(super) fn name(client: &str) -> String {
    match (host(), started(std::process::id().into())) {
        (Some(host), Some(started)) => holder_name(client, &host, std::process::id().into(), started),
        _ => client.to_owned(),
    }
}

/// Whether the process that gave itself this name is provably gone.
pub(super) fn is_gone(holder: &str) -> bool {
    let Some((at, pid, then)) = holder_process(holder) else { return false };
    // Where the first process of all is hidden from this one, so may be the one that is asked for.
    let sees_others = || matches!(life(1), Life::Since(_));
    let is_over = || match life(pid) {
        Life::Since(started) => started != then,
        Life::Over => true,
        Life::Unknown => false,
    };
    host().is_some_and(|host| host == at) && sees_others() && is_over()
}

/// The machine since it was started, and the space of its process numbers; `None` where they cannot be read.
fn host() -> Option<String> {
    let boot = std::fs::read_to_string("/proc/sys/kernel/random/boot_id").ok()?;
    let space = std::fs::read_link("/proc/self/ns/pid").ok()?;
    // Without this process itself in it, /proc is another space's.
    started(std::process::id().into())?;
    Some(format!("{}/{}", boot.trim(), space.to_str()?))
}

/// When a process was started; `None` where that cannot be read.
fn started(pid: u64) -> Option<u64> {
    match life(pid) {
        Life::Since(started) => Some(started),
        Life::Over | Life::Unknown => None,
    }
}

/// What is known of a process.
enum Life {
    /// It was started then, in ticks since the machine was.
    Since(u64),
    /// There is none, or only the zombie of one that has ended.
    Over,
    /// It cannot be read.
    Unknown,
}

fn life(pid: u64) -> Life {
    let stat = match std::fs::read_to_string(format!("/proc/{pid}/stat")) {
        Ok(stat) => stat,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Life::Over,
        Err(_) => return Life::Unknown,
    };
    // The name before the last parenthesis may hold anything.
    let mut fields = stat.rsplit_once(')').map(|(_, fields)| fields.split_ascii_whitespace()).into_iter().flatten();
    match (fields.next(), fields.nth(18).and_then(|text| text.parse().ok())) {
        (Some("Z" | "X"), _) => Life::Over,
        (Some(_), Some(started)) => Life::Since(started),
        _ => Life::Unknown,
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;
    use std::process::Command;

    #[test]
    fn this_process_is_there_and_one_that_ended_is_gone() {
        let own = name("5f0c1d2e");
        assert!(own.starts_with("5f0c1d2e@"), "{own}");
        assert!(!is_gone(&own) && !is_gone(&format!("{own}#2")));

        let mut child = Command::new("sleep").arg("60").spawn().unwrap();
        let pid = u64::from(child.id());
        let host = host().unwrap();
        let holder = holder_name("other", &host, pid, started(pid).unwrap());
        assert!(!is_gone(&holder));
        child.kill().unwrap();
        child.wait().unwrap();
        assert!(is_gone(&holder));
        // Its number may have gone to another one since.
        assert!(is_gone(&holder_name("other", &host, u64::from(std::process::id()), 1)));
    }

    #[test]
    fn what_is_not_known_is_not_gone() {
        for holder in ["", "5f0c1d2e", "5f0c1d2e@elsewhere:4000000:1"] {
            assert!(!is_gone(holder), "{holder}");
        }
    }
}
