//! Fuzz targets of the core: whatever bytes come in, each of these functions returns.
//!
//! A target is a plain function of bytes. It asserts what must hold of what it makes of them, and notes what it came across, so
//! that a runner knows which inputs are new. On any stable compiler the program `fuzz` of this crate drives them (see [`runner`]):
//! `cargo xtask fuzz`. Where there is a nightly one, the package in `libfuzzer/` gives the same functions to libFuzzer.
//!
//! What once failed stays in `corpus/`, a folder for each target, and runs first.

mod draw;
mod edit;
pub mod heap;
mod hostile;
pub mod runner;
mod targets;

pub use draw::Draw;
pub use edit::{edit, splice};

use std::cell::RefCell;

/// One way into the core.
#[derive(Clone, Copy, Debug)]
pub struct Target {
    /// Its name, and its folder's.
    pub name: &'static str,
    /// What goes in, and what must hold.
    pub about: &'static str,
    /// The function. It panics where something does not hold.
    pub run: fn(&[u8]),
    /// Inputs to begin with, beside those in the folder.
    pub seeds: fn() -> Vec<Vec<u8>>,
    /// Whether its input is what comes from outside as it stands, and nothing larger is made of it: then memory is counted against it.
    pub plain: bool,
}

/// Every target.
pub const TARGETS: [Target; 23] = targets::ALL;

/// The target of a name.
pub fn target(name: &str) -> Option<&'static Target> {
    TARGETS.iter().find(|target| target.name == name)
}

thread_local! {
    static NOTED: RefCell<Vec<u64>> = const { RefCell::new(Vec::new()) };
}

/// Says that an input led here: `what` is a place, a code, a phase. An input that leads where none did before is worth keeping.
fn note(what: &str) {
    // FNV-1a.
    let hash = what.bytes().fold(0xcbf2_9ce4_8422_2325, |hash: u64, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    NOTED.with_borrow_mut(|noted| {
        // Few are enough to tell inputs apart.
        if noted.len() < 64 {
            noted.push(hash);
        }
    });
}

/// What was noted since the last call.
pub(crate) fn noted() -> Vec<u64> {
    NOTED.with_borrow_mut(std::mem::take)
}
