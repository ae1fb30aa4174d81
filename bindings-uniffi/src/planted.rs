//! Panics on purpose, in dev builds only: the tests of the packages see what becomes of them.

use crate::client::Client;
use crate::contract::Order;
use crate::failure::Failure;
use crate::wait::WaitToken;
use std::sync::Arc;
use tokio::task::yield_now;

/// Panics.
#[uniffi::export]
pub fn planted_panic() -> Result<(), Failure> {
    panic!("planted")
}

/// Begins a submit as [`Client::submit`] does, and panics before it is sent, when it is looked at again.
#[uniffi::export]
pub async fn planted_panic_of_submit(client: Arc<Client>, token: Arc<WaitToken>, order: Order) -> Result<(), Failure> {
    let _begun = client.begin(&token, order)?;
    yield_now().await;
    panic!("planted")
}
