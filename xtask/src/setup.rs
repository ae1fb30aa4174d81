//! `setup`: everything a build needs that cargo does not fetch. One function for each; each says nothing when it finds
//! what it looks for.

use crate::{Failure, browser, flag, kotlin, npm, python, swift, wasm_std};

pub(crate) fn setup(args: &[String]) -> Result<(), Failure> {
    if flag(args, "--debian")? {
        wasm_std::debian()?;
    }
    Ok(all()?)
}

/// What `cargo xtask setup` gets.
pub(crate) fn all() -> Result<(), String> {
    wasm_std::find_or_get()?;
    npm::environment()?;
    browser::environment();
    python::environment()?;
    kotlin::environment()?;
    swift::environment()
}
