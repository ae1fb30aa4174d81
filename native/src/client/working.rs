//! A worker whose ends are fetched one by one, for languages whose functions cannot be handed in.

use super::session::Session;
use super::worker::Worker;
use gentask_core::Failure;
use gentask_core::client::Notice;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::{mpsc, oneshot, watch};
use tokio::task::JoinHandle;

/// An end, and where to say whether it was dealt with.
type Told = (Notice, oneshot::Sender<bool>);

/// A worker under way. Dropping it stops it.
pub struct Working {
    client: super::Client,
    told: tokio::sync::Mutex<mpsc::UnboundedReceiver<Told>>,
    /// What was handed out, and is not dealt with yet.
    open: Mutex<HashMap<String, oneshot::Sender<bool>>>,
    stop: watch::Sender<bool>,
    end: tokio::sync::Mutex<Option<JoinHandle<Result<(), Failure>>>>,
}

impl Session {
    /// Starts a worker on the runtime that this is called on; see [`Client::run`](super::Client::run). It stops with the session, too. `settles`: ends are
    /// handed out, in place of the worker's own listener for them.
    pub fn work(&self, settles: bool, worker: Worker) -> Result<Working, Failure> {
        // Not while it is closed.
        drop(self.hold()?);
        let (stop, mut stopped) = watch::channel(false);
        let (send, told) = mpsc::unbounded_channel::<Told>();
        let on_settled: super::SettledListener = Arc::new(move |notice| {
            let (answer, answered) = oneshot::channel();
            // Where nobody fetches any more, it is told again by another worker.
            let _ = send.send((notice, answer));
            Box::pin(async move { answered.await.unwrap_or(false) })
        });
        let worker = Worker { on_settled: settles.then_some(on_settled), ..worker };
        let (client, closed, stops) = (self.client().clone(), self.until_closed(), stop.clone());
        let end = tokio::spawn(async move {
            let stopped = async move {
                tokio::select! {
                    () = closed => {}
                    _ = stopped.wait_for(|stopped| *stopped) => {}
                }
                // What was not fetched yet is told by another worker.
                stops.send_replace(true);
            };
            client.run(worker, stopped).await
        });
        Ok(Working {
            client: self.client().clone(),
            told: tokio::sync::Mutex::new(told),
            open: Mutex::default(),
            stop,
            end: tokio::sync::Mutex::new(Some(end)),
        })
    }
}

impl Working {
    /// The next end, for [`Working::handled`]; `None` once the worker has stopped, and has given back what it had claimed.
    pub async fn next(&self) -> Result<Option<Notice>, Failure> {
        let mut told = self.told.lock().await;
        while let Some((notice, answer)) = told.recv().await {
            // What was not fetched before the worker was stopped is told by another one, and so is what waited here for too long.
            if !*self.stop.borrow() && self.client.still_tells(&notice).await {
                self.open().insert(notice.record.intent_id().to_owned(), answer);
                return Ok(Some(notice));
            }
        }
        let mut end = self.end.lock().await;
        let Some(working) = end.as_mut() else { return Ok(None) };
        let ended = working.await;
        *end = None;
        ended.unwrap_or(Ok(())).map(|()| None)
    }

    /// Says whether an end was dealt with; what was not is told again later.
    pub fn handled(&self, intent_id: &str, done: bool) {
        let answer = self.open().remove(intent_id);
        if let Some(answer) = answer {
            let _ = answer.send(done);
        }
    }

    /// Stops: [`Working::next`] brings nothing more but `None`. What was handed out and not dealt with until now is told again, by another worker.
    pub fn stop(&self) {
        self.stop.send_replace(true);
        self.open().clear();
    }

    fn open(&self) -> MutexGuard<'_, HashMap<String, oneshot::Sender<bool>>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Working {
    fn drop(&mut self) {
        self.stop();
    }
}
