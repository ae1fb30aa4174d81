//! The names of those who hold a submit's lease.

/// The name of a lease's holder: the client's own, and the process, so that others on the same host can prove that it is gone. `host`
/// names the machine since it was started and the space of its process numbers; `started` is when the process was.
pub fn holder_name(client: &str, host: &str, pid: u64, started: u64) -> String {
    format!("{client}@{host}:{pid}:{started}")
}

/// The process that a holder's name tells of: its host, number and start; `None` where it tells of none.
pub fn holder_process(holder: &str) -> Option<(&str, u64, u64)> {
    let (_, process) = holder.split_once('@')?;
    let mut parts = process.split('#').next()?.rsplitn(3, ':');
    let (started, pid, host) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?, parts.next()?);
    Some((host, pid, started))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_holder_s_name_tells_its_process() {
        let name = holder_name("5f0c1d2e", "boot-1:pid:[4026531836]", 17, 99);
        assert_eq!(holder_process(&name), Some(("boot-1:pid:[4026531836]", 17, 99)));
        assert_eq!(holder_process(&format!("{name}#3")), Some(("boot-1:pid:[4026531836]", 17, 99)));
        for other in ["", "5f0c1d2e", "a@b", "a@b:1", "a@b:x:2", "a@b:1:-2"] {
            assert_eq!(holder_process(other), None, "{other}");
        }
    }
}
