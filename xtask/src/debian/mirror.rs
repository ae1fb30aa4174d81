//! Where the host's apt gets Debian's packages from.

use std::fs;
use std::path::PathBuf;

/// The mirror that the host's apt uses, if the host is a Debian; otherwise debootstrap knows the public one.
pub(super) fn host_mirror() -> Option<String> {
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
}
