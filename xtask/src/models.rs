//! What `gentask types` writes of the built-in providers, for the packages whose compilers shall read it: kept in those that ship it, and made where only
//! their tests do.

use crate::process::{self, cargo, workspace};
use crate::steps::{Done, Step};
use crate::{Failure, flag};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// What a package ships: a file of each provider, `PROVIDER.EXTENSION`.
#[derive(Clone, Copy)]
pub(crate) struct Shipped {
    language: &'static str,
    extension: &'static str,
    /// In the workspace.
    folder: &'static str,
}

/// What the npm package ships.
pub(crate) const NPM: Shipped = Shipped { language: "typescript", extension: "ts", folder: "bindings-wasm/ts/models" };
/// What the Python package ships.
pub(crate) const PYTHON: Shipped = Shipped { language: "python", extension: "py", folder: "bindings-python/python/gentask/models" };

/// Writes what the packages ship, or compares it.
pub(crate) fn models(args: &[String]) -> Result<(), Failure> {
    let only_compares = flag(args, "--check")?;
    for shipped in [NPM, PYTHON] {
        if only_compares {
            shipped.compare()?;
        } else {
            write(shipped.language, shipped.extension, &shipped.folder(), |_, text| text.to_owned())?;
        }
    }
    Ok(())
}

impl Shipped {
    /// A step that fails where the files are not what the command writes now.
    pub(crate) fn check(self, name: &'static str) -> Step {
        let shown = format!("{} is what gentask types --lang {} writes", self.folder, self.language);
        Step::new(name, &shown, move || self.compare().map(|()| Done::Yes))
    }

    fn compare(self) -> Result<(), String> {
        let mut wanted = BTreeSet::new();
        for (provider, text) in texts(self.language)? {
            let path = self.folder().join(format!("{provider}.{}", self.extension));
            if !fs::read_to_string(&path).is_ok_and(|kept| kept == text) {
                return Err(format!("{} is not what the command writes: run `cargo xtask models`", path.display()));
            }
            wanted.insert(path);
        }
        let kept = fs::read_dir(self.folder()).map_err(|e| format!("cannot read {}: {e}", self.folder))?;
        let is_of_none = |path: &PathBuf| path.extension().is_some_and(|end| end == self.extension) && !wanted.contains(path);
        match kept.flatten().map(|entry| entry.path()).filter(|path| !path.ends_with("__init__.py")).find(is_of_none) {
            Some(path) => Err(format!("{} is of no provider", path.display())),
            None => Ok(()),
        }
    }

    fn folder(self) -> PathBuf {
        workspace().join(self.folder)
    }
}

/// Writes the inputs of each built-in provider's models into a folder, `PROVIDER.EXTENSION` each. What has not changed is left as it is. `shape` makes of
/// a provider's name and the text what its file holds.
pub(crate) fn write(language: &str, extension: &str, folder: &Path, shape: fn(&str, &str) -> String) -> Result<(), String> {
    fs::create_dir_all(folder).map_err(|e| format!("cannot create {}: {e}", folder.display()))?;
    for (provider, text) in texts(language)? {
        let (text, path) = (shape(&provider, &text), folder.join(format!("{provider}.{extension}")));
        if !fs::read_to_string(&path).is_ok_and(|old| old == text) {
            fs::write(&path, text).map_err(|e| format!("cannot write {}: {e}", path.display()))?;
        }
    }
    Ok(())
}

/// What the command writes of each built-in provider, by its name.
fn texts(language: &str) -> Result<Vec<(String, String)>, String> {
    let text = |provider: String| {
        let mut types = cargo(&["run", "--quiet", "--package", "gentask", "--bin", "gentask", "--"]);
        let text = process::capture(types.args(["types", "--provider", &provider, "--lang", language]))?;
        Ok((provider, text))
    };
    providers()?.into_iter().map(text).collect()
}

/// The names of the built-in providers, by their files.
fn providers() -> Result<Vec<String>, String> {
    let folder = workspace().join("core").join("contracts");
    let entries = fs::read_dir(&folder).map_err(|e| format!("cannot read {}: {e}", folder.display()))?;
    let names = entries.flatten().filter_map(|entry| entry.file_name().into_string().ok());
    let mut names: Vec<String> =
        names.filter_map(|name| name.strip_suffix(".json").filter(|name| !name.contains('.')).map(str::to_owned)).collect();
    names.sort();
    Ok(names)
}
