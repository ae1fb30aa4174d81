//! What the command does to a store that belongs to no single client.

use super::storing::ask;
use crate::store::Store;
use gentask_core::client::{Call, Next};
use gentask_core::store::Filter;
use gentask_core::{Failure, UnixMillis};

/// Deletes what ended before a time, of the records that a filter names, whoever's they are.
pub(crate) async fn prune(store: &dyn Store, filter: Filter, ended_before: UnixMillis) -> Result<u64, Failure> {
    let mut call: Call<u64> = gentask_core::client::prune(filter, ended_before, ended_before);
    let mut answer = None;
    loop {
        match call.next(answer.take(), ended_before)? {
            Next::Done(end) => return end,
            Next::Do(number, effect) => answer = Some((number, ask(store, effect).await)),
        }
    }
}
