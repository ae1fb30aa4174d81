//! Where the store is when nobody says.

use super::{StoreError, StoreErrorKind};
use std::ffi::OsString;
use std::path::PathBuf;

/// The default store file: `GENTASK_STORE`, else `gentask/tasks.db` in the platform's state directory.
///
/// That directory is `$XDG_STATE_HOME` or `~/.local/state`; on macOS `~/Library/Application Support`, on Windows `%LOCALAPPDATA%`.
/// An error where none of them is known: then the caller must name a file.
pub fn default_path() -> Result<PathBuf, StoreError> {
    locate(|name| std::env::var_os(name), std::env::home_dir())
}

fn locate(variable: impl Fn(&str) -> Option<OsString>, home: Option<PathBuf>) -> Result<PathBuf, StoreError> {
    let set = |name| variable(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    if let Some(file) = set("GENTASK_STORE") {
        return Ok(file);
    }
    let home = home.filter(|home| home.is_absolute());
    let state = if cfg!(windows) {
        set("LOCALAPPDATA").or_else(|| home.map(|home| home.join("AppData").join("Local")))
    } else if cfg!(target_vendor = "apple") {
        home.map(|home| home.join("Library").join("Application Support"))
    } else {
        // The specification of these variables says that a relative path is to be ignored.
        set("XDG_STATE_HOME").filter(|path| path.is_absolute()).or_else(|| home.map(|home| home.join(".local").join("state")))
    };
    match state {
        Some(state) => Ok(state.join("gentask").join("tasks.db")),
        None => Err(StoreError::new(
            StoreErrorKind::Io,
            "no home directory is known, so there is no default task store: set GENTASK_STORE to a file, or pass one",
        )),
    }
}

#[cfg(all(test, unix, not(target_vendor = "apple")))]
mod tests {
    use super::*;

    fn at(variables: &[(&str, &str)], home: Option<&str>) -> Option<String> {
        let variable = |name: &str| variables.iter().find(|(known, _)| *known == name).map(|(_, value)| value.into());
        locate(variable, home.map(PathBuf::from)).ok().map(|path| path.display().to_string())
    }

    #[test]
    fn the_variable_wins_then_the_state_directory_then_home() {
        let both = [("GENTASK_STORE", "jobs.db"), ("XDG_STATE_HOME", "/state")];
        assert_eq!(at(&both, Some("/home/a")).as_deref(), Some("jobs.db"));
        assert_eq!(at(&both[1..], Some("/home/a")).as_deref(), Some("/state/gentask/tasks.db"));
        assert_eq!(at(&[], Some("/home/a")).as_deref(), Some("/home/a/.local/state/gentask/tasks.db"));
    }

    #[test]
    fn empty_and_relative_values_do_not_count() {
        let useless = [("GENTASK_STORE", ""), ("XDG_STATE_HOME", "state")];
        assert_eq!(at(&useless, Some("/home/a")).as_deref(), Some("/home/a/.local/state/gentask/tasks.db"));
        assert_eq!(at(&useless, None), None);
    }
}
