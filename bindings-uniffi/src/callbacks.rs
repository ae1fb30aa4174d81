//! Callbacks: received for one client or for several behind one URL, and what the application does about each task that has ended.

use crate::client::Client;
use crate::failure::Failure;
use crate::record::TaskRecord;
use crate::reply::Reply;
use crate::task::Task;
use crate::transport::{Header, pairs};
use crate::wait::WaitToken;
use crate::words::Received;
use gentask::core::client::{Notice as CoreNotice, Receipt as CoreReceipt};
use gentask::core::webhook::{Arrival as CoreArrival, MOST_BODY_BYTES};
use std::sync::Arc;

/// A callback as HTTP brought it.
#[derive(uniffi::Record)]
pub struct Arrival {
    /// The method.
    pub method: String,
    /// The URL that was asked: absolute, or its path with its query.
    pub url: String,
    /// The headers; one that came twice stands here twice.
    pub headers: Vec<Header>,
    /// The raw bytes; whoever stopped reading after [`most_body_bytes`] passes one byte more.
    pub body: Vec<u8>,
}

impl From<Arrival> for CoreArrival {
    fn from(arrival: Arrival) -> Self {
        let Arrival { method, url, headers, body } = arrival;
        Self { method, url, headers: pairs(headers), body }
    }
}

/// What is answered to a callback, and what it brought.
#[derive(uniffi::Record)]
pub struct Receipt {
    /// Which of a receiver's clients it is of, from 0.
    pub client: u32,
    /// The HTTP status.
    pub http_status: u16,
    /// The body, plain text.
    pub body: String,
    /// What became of it.
    pub outcome: Received,
    /// The intent that it is about, where it is one of the client's.
    pub intent_id: Option<String>,
    /// Its task.
    pub task: Option<Arc<Task>>,
    /// Which of the secrets for tokens proved it, counted from 0.
    pub token_secret: Option<u32>,
    /// Which of the signing secrets or keys did.
    pub signing_secret: Option<u32>,
    /// Why it could not be taken, for a log.
    pub reason: Option<String>,
}

impl Receipt {
    pub(crate) fn of(receipt: CoreReceipt, client: &Arc<Client>) -> Self {
        let CoreReceipt {
            http_status,
            body,
            outcome,
            intent_id,
            record,
            // It follows by itself.
            follow_up: _,
            token_secret,
            signing_secret,
            reason,
        } = receipt;
        let place = |place: Option<usize>| place.and_then(|place| u32::try_from(place).ok());
        Self {
            client: 0,
            http_status,
            body: body.to_owned(),
            outcome,
            intent_id,
            task: record.map(|record| Task::of(Arc::clone(client), record)),
            token_secret: place(token_secret),
            signing_secret: place(signing_secret),
            reason,
        }
    }
}

/// Takes a callback for the first of these clients that knows it.
pub(crate) async fn receive(token: &WaitToken, clients: Vec<Arc<Client>>, arrival: Arrival) -> Result<Receipt, Failure> {
    let open = clients.iter().map(|client| client.open_now()).collect::<Result<Vec<_>, _>>()?;
    let held = open.iter().map(|open| open.session.hold()).collect::<Result<Vec<_>, _>>()?;
    let receiver = gentask::Receiver::new(open.iter().map(|open| open.session.client().clone()))?;
    let Some(first) = open.into_iter().next() else { return Err(Failure::unsupported("a receiver needs a client")) };
    let work = async move { Ok(receiver.receive_by(arrival.into()).await) };
    let (place, receipt) = token.run_to_its_end(first.runtime, held, work).await?;
    let client = clients.get(place).or_else(|| clients.first());
    let Some(client) = client else { return Err(Failure::unsupported("a receiver needs a client")) };
    Ok(Receipt { client: u32::try_from(place).unwrap_or_default(), ..Receipt::of(receipt, client) })
}

/// Several clients behind one URL.
#[derive(uniffi::Object)]
pub struct Receiver {
    clients: Vec<Arc<Client>>,
}

#[uniffi::export]
impl Receiver {
    /// A receiver for these clients, which are asked in this order.
    #[uniffi::constructor]
    pub fn new(clients: Vec<Arc<Client>>) -> Result<Arc<Self>, Failure> {
        if clients.is_empty() {
            return Err(Failure::unsupported("a receiver needs a client"));
        }
        Ok(Arc::new(Self { clients }))
    }

    /// Takes a callback. It goes on when it is left, and whoever closes a client waits for it.
    pub async fn receive(&self, token: Arc<WaitToken>, arrival: Arrival) -> Result<Receipt, Failure> {
        receive(&token, self.clients.clone(), arrival).await
    }
}

/// An ended task whose end nobody has acknowledged.
#[derive(uniffi::Record)]
pub struct Notice {
    /// Its record: the owner and the intent's id are in it.
    pub record: TaskRecord,
    /// How it ended.
    pub reply: Reply,
    /// The task.
    pub task: Arc<Task>,
}

impl Notice {
    pub(crate) fn of(notice: CoreNotice, client: &Arc<Client>) -> Self {
        let CoreNotice { record, reply } = notice;
        let shown = TaskRecord::from(&*record);
        Self { record: shown, reply: reply.into(), task: Task::of(Arc::clone(client), Arc::from(record)) }
    }
}

/// The most bytes of a callback's body that are read.
#[uniffi::export]
pub fn most_body_bytes() -> u64 {
    u64::try_from(MOST_BODY_BYTES).unwrap_or(u64::MAX)
}
