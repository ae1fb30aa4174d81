//! What a person can do next: the total table, one case for what was asked, the phase and whether money may have been spent, with every code in it.

use gentask_core::internal::{Asked, advice};
use gentask_core::record::Billing;
use gentask_core::{ErrorCode, Phase};
use serde_json::{Map, Value, json};

pub(super) fn cases() -> Vec<Value> {
    let mut cases = Vec::new();
    for asked in Asked::ALL {
        for phase in [None].into_iter().chain(Phase::ALL.map(Some)) {
            // Whether it is certain or only possible that money was spent makes no difference to what may be advised.
            for billings in [&[Billing::None][..], &[Billing::Possible, Billing::Certain]] {
                let steps = |code: ErrorCode| {
                    let steps = advice(asked, phase, code, billings[0]);
                    assert!(billings.iter().all(|billing| advice(asked, phase, code, *billing) == steps), "{asked:?} {phase:?} {code}");
                    (code.as_str().to_owned(), json!(steps))
                };
                let word = phase.map(Phase::as_str);
                let billings: Vec<&str> = billings.iter().map(|billing| billing.as_str()).collect();
                cases.push(json!({
                    "name": format!("{} of {}, {}", asked.as_str(), word.unwrap_or("no task"), billings.join(" or ")),
                    "asked": asked.as_str(), "phase": word, "billings": billings,
                    "expect": ErrorCode::ALL.into_iter().map(steps).collect::<Map<_, _>>(),
                }));
            }
        }
    }
    cases
}
