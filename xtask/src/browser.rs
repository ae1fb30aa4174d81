//! Chromium, for the one test that needs a real browser.

use crate::debian;
use crate::process::workspace;
use std::path::Path;

/// As the test looks for it.
const NAMES: [&str; 3] = ["chromium", "chromium-browser", "google-chrome"];

/// Finds it, and under CI installs it where it is missing; elsewhere its test is skipped without it, with a word.
pub(crate) fn environment() -> Result<(), String> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let is_there = std::env::split_paths(&path).any(|folder| NAMES.iter().any(|name| folder.join(name).is_file()));
    if is_there {
        return Ok(());
    }
    if std::env::var_os("CI").is_none() || !Path::new("/usr/bin/apt-get").exists() {
        println!("setup: there is no Chromium, so the test of a page in a browser is skipped");
        return Ok(());
    }
    debian::install(&["chromium"], &workspace().join(".tools").join("chromium.log"))
}
