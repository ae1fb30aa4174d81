//! What `gentask types` writes of the built-in providers, for the packages whose compilers shall read it.

use crate::process::{self, cargo, workspace};
use std::fs;
use std::path::Path;

/// Writes the inputs of each built-in provider's models into a folder, `PROVIDER.EXTENSION` each. What has not changed is left as it is. `shape` makes of
/// a provider's name and the text what its file holds.
pub(crate) fn write(language: &str, extension: &str, folder: &Path, shape: fn(&str, &str) -> String) -> Result<(), String> {
    fs::create_dir_all(folder).map_err(|e| format!("cannot create {}: {e}", folder.display()))?;
    for provider in providers()? {
        let mut types = cargo(&["run", "--quiet", "--package", "gentask", "--bin", "gentask", "--"]);
        let text = process::capture(types.args(["types", "--provider", &provider, "--lang", language]))?;
        let (text, path) = (shape(&provider, &text), folder.join(format!("{provider}.{extension}")));
        if !fs::read_to_string(&path).is_ok_and(|old| old == text) {
            fs::write(&path, text).map_err(|e| format!("cannot write {}: {e}", path.display()))?;
        }
    }
    Ok(())
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
