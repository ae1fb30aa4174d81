//! What is linked into a package's native library, and under which licences: one text file that goes with the library wherever it goes.
//!
//! Crates and their licences are as cargo tells them for this machine's system; the texts are those in the crates' own sources, each once.

use crate::process::{capture, cargo, workspace};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// The project's own licences, at the workspace's root.
const OWN: [&str; 2] = ["LICENSE-MIT", "LICENSE-APACHE"];
/// The file with everybody else's.
const THIRD_PARTY: &str = "THIRD-PARTY.txt";
const RULE: &str = "--------------------------------------------------------------------------------";

/// A crate that is linked in.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Linked {
    name: String,
    version: String,
    licence: String,
    home: String,
}

/// Writes the licences of this project and of all that is linked into a crate's library into a folder.
pub(crate) fn write(package: &str, folder: &Path) -> Result<(), String> {
    fs::create_dir_all(folder).map_err(|e| format!("cannot create {}: {e}", folder.display()))?;
    for own in OWN {
        fs::copy(workspace().join(own), folder.join(own)).map_err(|e| format!("cannot copy {own}: {e}"))?;
    }
    // What is only run by the build is in no library.
    let edges = "normal,no-proc-macro";
    let said = capture(&mut cargo(&["tree", "--package", package, "--edges", edges, "--prefix", "none", "--format", "{p}|{l}|{r}"]))?;
    let text = notices(&linked(&said), &sources());
    let file = folder.join(THIRD_PARTY);
    fs::write(&file, text).map_err(|e| format!("cannot write {}: {e}", file.display()))
}

/// The crates in what `cargo tree` says, except this workspace's own: those have a folder behind their version.
fn linked(tree: &str) -> BTreeSet<Linked> {
    tree.lines()
        .filter_map(|line| {
            let mut fields = line.trim_end_matches(" (*)").split('|');
            let (name, version) = fields.next()?.split_once(" v")?;
            let (licence, home) = (fields.next()?, fields.next()?);
            let owned = |text: &str| text.to_owned();
            (!version.contains(' ')).then(|| Linked {
                name: owned(name),
                version: owned(version),
                licence: owned(licence),
                home: owned(home),
            })
        })
        .collect()
}

/// Where cargo keeps the sources of crates.
fn sources() -> Vec<PathBuf> {
    let home = std::env::var_os("CARGO_HOME").map(PathBuf::from).or_else(|| Some(std::env::home_dir()?.join(".cargo")));
    let registries = home.and_then(|home| fs::read_dir(home.join("registry/src")).ok());
    registries.into_iter().flatten().flatten().map(|entry| entry.path()).collect()
}

fn notices(linked: &BTreeSet<Linked>, sources: &[PathBuf]) -> String {
    let about = "The native library of gentask has these crates in it. Where a crate offers a choice that includes MIT, MIT is chosen.\n\
                 The unchanged sources of each are at crates.io, under its name and version.\n";
    let mut texts: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut lines = vec![about.to_owned()];
    for each in linked {
        let Linked { name, version, licence, home } = each;
        lines.push(format!("{name} {version}: {licence}{}{home}", if home.is_empty() { "" } else { ", " }));
        let found = licences(each, sources);
        if found.is_empty() {
            lines.push(format!("    its sources hold no text of it: https://spdx.org/licenses/{licence}.html"));
        }
        for text in found {
            texts.entry(text).or_default().push(format!("{name} {version}"));
        }
    }
    lines.extend(texts.iter().map(|(text, of)| format!("\n{RULE}\n{}\n{RULE}\n\n{}", of.join(", "), text.trim_end())));
    lines.push(String::new());
    lines.join("\n")
}

/// The texts of a crate's licences that are in its sources: of a choice with MIT in it, that of MIT alone.
fn licences(linked: &Linked, sources: &[PathBuf]) -> Vec<String> {
    let folder = format!("{}-{}", linked.name, linked.version);
    let entries = sources.iter().filter_map(|source| fs::read_dir(source.join(&folder)).ok()).flatten().flatten();
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.path()).filter(|path| path.is_file() && is_licence(path)).collect();
    files.sort();
    let is_choice = linked.licence.contains(" OR ") || linked.licence.contains('/');
    let mit: Vec<PathBuf> = files.iter().filter(|path| file_name(path).contains("MIT")).cloned().collect();
    let chosen = if is_choice && !mit.is_empty() { mit } else { files };
    let text = |path: &PathBuf| Some(fs::read_to_string(path).ok()?.replace("\r\n", "\n"));
    chosen.iter().filter_map(text).collect()
}

fn is_licence(path: &Path) -> bool {
    ["LICENSE", "LICENCE", "COPYING", "NOTICE"].iter().any(|start| file_name(path).starts_with(start))
}

fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().to_uppercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn crate_of(name: &str, licence: &str) -> Linked {
        Linked { name: name.to_owned(), version: "1.0.0".to_owned(), licence: licence.to_owned(), home: "https://h.example".to_owned() }
    }

    #[test]
    fn a_crate_is_listed_once_and_our_own_are_not() {
        let tree = "gentask v0.1.0 (/a folder/native)|MIT OR Apache-2.0|\nb v1.0.0|MIT|https://h.example\nb v1.0.0|MIT|https://h.example (*)\n\n\
                    a v1.0.0|ISC|https://h.example\n";
        assert_eq!(linked(tree).into_iter().collect::<Vec<_>>(), [crate_of("a", "ISC"), crate_of("b", "MIT")]);
    }

    #[test]
    fn a_text_stands_once_for_all_that_have_it_and_of_a_choice_only_mits() {
        let source = std::env::temp_dir().join(format!("gentask-notices-{}", std::process::id()));
        let file = |name: &str, file: &str, text: &str| {
            let folder = source.join(format!("{name}-1.0.0"));
            fs::create_dir_all(&folder).and_then(|()| fs::write(folder.join(file), text)).unwrap();
        };
        file("a", "LICENSE-MIT", "the text of MIT\r\n");
        file("a", "LICENSE-APACHE", "the text of Apache");
        file("b", "license-mit", "the text of MIT\n");
        file("c", "LICENSE", "the text of ISC");
        file("c", "COPYING", "more of it");
        let linked = [
            crate_of("a", "MIT OR Apache-2.0"),
            crate_of("b", "MIT/Apache-2.0"),
            crate_of("c", "Apache-2.0 AND ISC"),
            crate_of("d", "MIT"),
        ];
        let text = notices(&linked.into(), std::slice::from_ref(&source));
        fs::remove_dir_all(&source).unwrap();
        assert_eq!(text.matches("the text of MIT").count(), 1, "{text}");
        assert!(text.contains("\na 1.0.0, b 1.0.0\n") && !text.contains("the text of Apache"), "{text}");
        assert!(text.contains("the text of ISC") && text.contains("more of it"), "{text}");
        assert!(
            text.contains("d 1.0.0: MIT, https://h.example\n    its sources hold no text of it: https://spdx.org/licenses/MIT.html\n"),
            "{text}"
        );
    }
}
