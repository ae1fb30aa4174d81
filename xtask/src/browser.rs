//! Chromium, for the one test that needs a real browser.

use crate::debian;
use crate::process::workspace;
use std::path::Path;

/// As the test looks for it.
const NAMES: [&str; 3] = ["chromium", "chromium-browser", "google-chrome"];

/// Finds it, and under CI installs it where it is missing; without it its test is skipped, with a word.
pub(crate) fn environment() {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let is_there = std::env::split_paths(&path).any(|folder| NAMES.iter().any(|name| folder.join(name).is_file()));
    if is_there {
        return;
    }
    let may_install = std::env::var_os("CI").is_some() && Path::new("/usr/bin/apt-get").exists();
    let why = match may_install.then(|| debian::install(&["chromium"], &workspace().join(".tools").join("chromium.log"))) {
        Some(Ok(())) => return,
        Some(Err(message)) => message,
        None => "there is no Chromium".to_owned(),
    };
    println!("setup: {why}; the test of a page in a browser is skipped");
}
