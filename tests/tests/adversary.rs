//! The adversary's table is written as its runners read it.

use gentask_core::Contract;
use gentask_tests::adversary::{rows, table};
use serde_json::Value;

#[test]
fn every_row_is_made_of_what_somebody_reads() {
    let rows = rows();
    assert!(rows.len() >= 150, "only {} rows were found", rows.len());
    let faults = table::faults(&rows);
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn every_contract_of_the_table_loads_unless_its_row_says_otherwise() {
    for row in rows() {
        let refused = row.steps().iter().any(|step| step["expect"]["code"] == "INVALID_CONTRACT");
        let patches = row.steps().iter().map(|step| &step["contract"]).filter(|patch| patch.is_object());
        for patch in std::iter::once(&Value::Null).chain(patches) {
            let loaded = Contract::load(row.contract(patch).to_string().as_bytes());
            assert_eq!(loaded.is_err(), refused, "{}: {:?}", row.name, loaded.err());
        }
    }
}
