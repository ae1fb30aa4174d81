//! Providers by name or by contract file.

use gentask_core::Failure;
use gentask_core::{Contract, Error, ErrorCode};
use std::collections::BTreeSet;
use std::fs::File;
use std::io::Read as _;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

/// The largest contract file that is read: far more than any provider needs.
const MAX_CONTRACT_BYTES: u64 = 8 << 20;

/// The contract of a built-in provider's name, or of a contract file: what has a slash in it or ends with `.json` is a file.
pub fn contract(provider: &str) -> Result<Contract, Failure> {
    let is_file = provider.contains(['/', '\\']) || Path::new(provider).extension().is_some_and(|end| end.eq_ignore_ascii_case("json"));
    if !is_file {
        return Ok(Contract::built_in(provider)?);
    }
    contract_file(Path::new(provider))
}

/// Near misses that were told in this process; no more than these are ever kept.
static TOLD: Mutex<BTreeSet<(String, String)>> = Mutex::new(BTreeSet::new());
const MOST_TOLD: usize = 100;

/// A word of warning, once in a process, of a model that nobody checks because it is spelt almost like one that the contract lists; for a log.
pub fn near_miss(contract: &Contract, model: &str) -> Option<String> {
    let warning = contract.near_miss(model)?;
    let mut told = TOLD.lock().unwrap_or_else(PoisonError::into_inner);
    (told.len() < MOST_TOLD && told.insert((contract.id().to_owned(), model.to_owned()))).then_some(warning)
}

/// The contract of a file.
pub fn contract_file(path: &Path) -> Result<Contract, Failure> {
    let unreadable = |error: std::io::Error| {
        Error::new(ErrorCode::InvalidContract, format!("the contract file {} cannot be read: {error}", path.display()))
    };
    let mut bytes = Vec::new();
    // One byte more than a contract may have shows that there is more; a device has no end.
    let mut file = File::open(path).map_err(unreadable)?.take(MAX_CONTRACT_BYTES + 1);
    file.read_to_end(&mut bytes).map_err(unreadable)?;
    if file.limit() == 0 {
        let message = format!("the contract file {} is larger than {MAX_CONTRACT_BYTES} bytes", path.display());
        return Err(Error::new(ErrorCode::InvalidContract, message).into());
    }
    Ok(Contract::load(&bytes)?)
}
