//! What the package's own command needs beside an application's client: the core's lists of tasks.

use crate::{Thrown, millis, stored};
use gentask_core::internal::{listing_csv, listing_entry, to_canonical};
use wasm_bindgen::prelude::*;

/// Records, each as its JSON, as a list: as a JSON array, or as CSV.
#[wasm_bindgen]
pub fn listing(records: Vec<String>, now: f64, csv: bool) -> Thrown<String> {
    let records = records.iter().map(|record| stored(record)).collect::<Thrown<Vec<_>>>()?;
    let now = millis(now);
    Ok(if csv { listing_csv(&records, now) } else { to_canonical(&records.iter().map(|record| listing_entry(record, now)).collect()) })
}
