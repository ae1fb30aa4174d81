//! The native module of the Python package `gentask`: a skin over the crate of that name. It holds no policy: what a wait, a failure or an
//! answer means is decided below it, and what Python programs see is the package around it.

#![expect(clippy::too_many_arguments, reason = "Python's arguments have names")]

mod arguments;
mod attach;
mod callable;
mod callbacks;
mod calls;
mod client;
mod clock;
mod contract;
mod count;
mod flights;
mod fork;
mod hooks;
mod json;
mod media;
mod options;
mod orders;
mod payload;
mod pending;
mod raise;
mod records;
mod runtime;
mod sandbox;
mod sansio;
mod store;
mod stream;
mod task;
mod transport;
mod webhook;
mod worker;

/// Private: use `gentask`.
#[pyo3::pymodule(gil_used = false)]
mod _native {
    #[pymodule_export]
    use crate::attach::end;
    #[pymodule_export]
    use crate::callable::Done;
    #[pymodule_export]
    use crate::callbacks::{Receiver, sign_callback};
    #[pymodule_export]
    use crate::calls::{HostCall, HostClient};
    #[pymodule_export]
    use crate::client::Client;
    #[pymodule_export]
    use crate::clock::ManualClock;
    #[pymodule_export]
    use crate::contract::{Contract, built_in_providers, load_contract};
    #[pymodule_export]
    use crate::flights::{settle_submits, submits_in_flight};
    #[pymodule_export]
    use crate::fork::{after_fork, before_fork};
    #[pymodule_export]
    use crate::hooks::{RequestInfo, ResponseInfo};
    #[pymodule_export]
    use crate::orders::Orders;
    #[pymodule_export]
    use crate::payload::Payload;
    #[pymodule_export]
    use crate::pending::Pending;
    #[pymodule_export]
    use crate::records::{Balance, Delivery, ListedTask, Reply, ResultFile, SavedFile, TaskEvent, TaskPage, TaskRecord};
    #[pymodule_export]
    use crate::sandbox::SandboxServer;
    #[pymodule_export]
    use crate::sansio::{Machine, Pacer, account_request, advice, backoff, next_poll, outcome, random, read_account};
    #[pymodule_export]
    use crate::store::{BuiltInStore, DeliveryFilter, MemoryStore, NoticeFilter, SqliteStore, StoreFilter};
    #[pymodule_export]
    use crate::stream::FileStream;
    #[pymodule_export]
    use crate::task::{Task, Updates};
    #[pymodule_export]
    use crate::transport::{HttpRequest, HttpResponse};
    #[pymodule_export]
    use crate::webhook::{judge, verify_ed25519};
    #[pymodule_export]
    use crate::worker::Worker;

    use pyo3::prelude::*;
    use std::ffi::OsString;

    /// The version of the package.
    #[pymodule_export]
    const VERSION: &str = env!("CARGO_PKG_VERSION");

    /// How many tasks are resumed at once where nothing else is said.
    #[pymodule_export]
    const RESUMED_AT_ONCE: usize = gentask::core::client::RESUMED_AT_ONCE;

    /// How many orders are under way at once where nothing else is said.
    #[pymodule_export]
    const ORDERS_AT_ONCE: usize = gentask::ORDERS_AT_ONCE;

    /// The most bytes of a callback's body that are read.
    #[pymodule_export]
    const MOST_BODY_BYTES: usize = gentask::core::webhook::MOST_BODY_BYTES;

    /// The name of a lease's holder for a process: what `Probe` is asked about when it seems to be gone.
    #[pyfunction]
    fn holder_name(client: &str, host: &str, pid: u64, started: u64) -> String {
        gentask::core::client::holder_name(client, host, pid, started)
    }

    /// Runs the `gentask` command with these arguments, the first being the program's name, and returns its exit code.
    #[pyfunction]
    fn command(py: Python<'_>, arguments: Vec<OsString>) -> u8 {
        py.detach(|| gentask::command::main(arguments))
    }
}
