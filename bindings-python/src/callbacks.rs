//! Callbacks: received for one client or for several behind one URL, and made for tests as a provider would send them.

use crate::arguments::{Text, Whole, plain};
use crate::client::{Client, Open};
use crate::contract::Contract;
use crate::pending::Pending;
use crate::raise;
use crate::task::Task;
use gentask::core::client::Receipt;
use gentask::core::webhook::{self, Arrival, Secret, Secrets, Signing};
use gentask::{CallbackOptions, Failure};
use pyo3::IntoPyObjectExt as _;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use std::time::{SystemTime, UNIX_EPOCH};

/// Secrets as Python gives them: each with the Unix milliseconds at which it ends, where it does.
pub(crate) type GivenSecrets = Vec<(Text, Option<Whole<u64>>)>;

/// How a client has itself called back, as Python gives it: our secrets, the provider's, the tolerance in seconds, the hosts.
pub(crate) type GivenCallbacks = (GivenSecrets, GivenSecrets, Option<f64>, Option<Vec<Text>>);

/// Reads how a client has itself called back.
pub(crate) fn options(given: GivenCallbacks) -> PyResult<CallbackOptions> {
    let (own, signing, tolerance, hosts) = given;
    Ok(CallbackOptions {
        secrets: secrets(own),
        signing: secrets(signing),
        tolerance: tolerance.map(|time| crate::options::seconds(time, "callback_tolerance")).transpose()?,
        hosts: hosts.unwrap_or_default().into_iter().map(|host| host.0).collect(),
    })
}

fn secrets(given: GivenSecrets) -> Vec<Secret> {
    given.into_iter().map(|(Text(text), until)| Secret::new(text, until.map(|until| until.0))).collect()
}

/// A callback as HTTP brought it.
pub(crate) fn arrival(method: Text, url: Text, headers: Vec<(Text, Text)>, body: &[u8]) -> Arrival {
    let headers = headers.into_iter().map(|(name, value)| (name.0, value.0)).collect();
    Arrival { method: method.0, url: url.0, headers, body: body.to_vec() }
}

/// Starts to take a callback for the first of these clients that knows it. It goes on when nobody waits, and whoever closes a client waits
/// for it. Brings the client's place, status, body, outcome, intent id, the task, the places of the secrets, and why it could not be taken.
pub(crate) fn receive(py: Python<'_>, clients: Vec<Py<Client>>, arrival: Arrival) -> PyResult<Pending> {
    let open: Vec<Open> = clients.iter().map(|client| client.get().open(py)).collect::<PyResult<_>>()?;
    let guards = open.iter().map(|open| open.hold(py)).collect::<PyResult<Vec<_>>>()?;
    let receiver = gentask::Receiver::new(open.iter().map(|open| open.client().clone())).map_err(|failure| raise::failure(py, &failure))?;
    let work = async move {
        let (place, receipt) = receiver.receive_by(arrival).await;
        drop(guards);
        Ok::<_, Failure>((place, receipt))
    };
    Pending::start_to_its_end(py, work, move |py, (place, receipt): (usize, Receipt)| {
        let task = match (receipt.record, clients.get(place), open.get(place)) {
            (Some(record), Some(client), Some(open)) => Some(Py::new(py, Task::new(client.clone_ref(py), &open.client().task_of(record)))?),
            _ => None,
        };
        let secrets = (receipt.token_secret, receipt.signing_secret);
        let said = (place, receipt.http_status, receipt.body, receipt.outcome.as_str(), receipt.intent_id, task, secrets, receipt.reason);
        said.into_py_any(py)
    })
}

/// Several clients behind one URL.
#[pyclass(frozen, module = "gentask._native")]
pub(crate) struct Receiver {
    clients: Vec<Py<Client>>,
}

#[pymethods]
impl Receiver {
    #[new]
    fn new(clients: Vec<Py<Client>>) -> PyResult<Self> {
        if clients.is_empty() {
            return Err(PyValueError::new_err("a receiver needs a client"));
        }
        Ok(Self { clients })
    }

    fn receive(&self, py: Python<'_>, method: Text, url: Text, headers: Vec<(Text, Text)>, body: &[u8]) -> PyResult<Pending> {
        let clients = self.clients.iter().map(|client| client.clone_ref(py)).collect();
        receive(py, clients, arrival(method, url, headers, body))
    }
}

/// A callback as a provider would send it: its URL with the task's token, and the headers that sign it. `of` is a client, whose secrets and
/// time are used where none are given, or a contract.
#[pyfunction]
#[pyo3(signature = (of, url, intent_id, body, task_id, delivery_id, user, own, signing, seed, now))]
pub(crate) fn sign_callback(
    py: Python<'_>,
    of: &Bound<'_, PyAny>,
    url: Text,
    intent_id: Option<Text>,
    body: &[u8],
    task_id: Text,
    delivery_id: Text,
    user: Text,
    own: GivenSecrets,
    signing: GivenSecrets,
    seed: Option<[u8; 32]>,
    now: Option<Whole<u64>>,
) -> PyResult<(String, Vec<(String, String)>)> {
    let client = of.cast::<Client>().ok().map(|client| client.get().open(py)).transpose()?.map(|open| open.session.client().clone());
    let contract = match &client {
        Some(client) => client.contract().clone(),
        None => of.cast::<Contract>()?.get().inner.clone(),
    };
    let known = client.as_ref().map(|client| client.callback_secrets().clone()).unwrap_or_default();
    let given = |given: GivenSecrets, known: Vec<Secret>| if given.is_empty() { known } else { secrets(given) };
    let secrets = Secrets { token: given(own, known.token), signing: given(signing, known.signing), ..Secrets::default() };
    let clock = || SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |time| u64::try_from(time.as_millis()).unwrap_or(u64::MAX));
    let now = now.map_or_else(|| client.as_ref().map_or_else(clock, gentask::Client::now), |now| now.0);
    let refused = |error| raise::mistake(py, error);
    let intent_id = plain(intent_id);
    let url = match &intent_id {
        None => url.0,
        Some(intent_id) => {
            let secret = secrets.token.iter().find(|secret| secret.is_active(now)).ok_or_else(|| {
                PyValueError::new_err(
                    "there is no secret to make the task's token with: give callback_secret here, or callback_secrets to the client",
                )
            })?;
            webhook::with_token(&url.0, &webhook::mint(secret, intent_id).map_err(refused)?)
        }
    };
    let to = Signing {
        intent_id: intent_id.unwrap_or_default(),
        task_id: task_id.0,
        delivery_id: delivery_id.0,
        user: user.0,
        body: body.to_vec(),
        seed,
    };
    Ok((url, webhook::sign(&contract, &secrets, &to, now).map_err(refused)?))
}
