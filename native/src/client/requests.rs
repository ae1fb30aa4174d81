//! One request on its way: its key, its place among the requests in flight, and what came of it.

use super::Inner;
use super::conceal::{conceal, concealed};
use crate::http::{LONGEST_REQUEST, Outgoing, Place, Undelivered};
use crate::key::Secret;
use gentask_core::client::Answer;
use gentask_core::{Delivery, Error, HttpRequest, Operation, UnixMillis};
use std::time::Duration;
use tokio::time::Instant;

/// What a submit takes before its attempt is counted: no key, no attempt, and no lease that runs out while the request still queues.
pub(super) struct Pass {
    credential: Credential,
    place: Option<Place>,
}

/// A key, and the header that proves with it whose a request is.
#[derive(Clone)]
pub(super) struct Credential {
    key: Secret,
    /// The header's name and its whole value.
    pub(super) header: (String, Secret),
}

impl Inner {
    /// The key first: a function of the program may take its time, and must hold no place meanwhile.
    pub(super) async fn pass(&self) -> Result<Pass, Error> {
        Ok(Pass { credential: self.credential().await?, place: Some(self.gate.enter(Operation::Submit).await) })
    }

    /// What proves whose a request is.
    pub(super) async fn credential(&self) -> Result<Credential, Error> {
        let key = self.key.secret().await?;
        let auth = self.core.contract().auth();
        let value = Secret::new(format!("{}{}{}", auth.prefix, key.expose(), auth.suffix));
        Ok(Credential { key, header: (auth.header.clone(), value) })
    }

    /// Sends a request once, with the pass that is held or with a key and a place of its own, which a submit's answer gives back. One that the
    /// provider is to keep open takes no place meanwhile.
    pub(super) async fn send(
        &self,
        request: HttpRequest,
        intent_id: &str,
        until: UnixMillis,
        timeout: Duration,
        pass: &mut Option<Pass>,
    ) -> Answer {
        if let Some(held) = pass {
            let (is_submit, credential) = (request.operation == Operation::Submit, held.credential.clone());
            if request.open_ms > 0 {
                held.place = None;
            }
            let answer = self.exchange(request, intent_id, Some(credential), self.left(until, timeout)).await;
            if is_submit {
                *pass = None;
            }
            return answer;
        }
        let ready = async {
            let credential = if request.auth { Some(self.credential().await?) } else { None };
            let place = if request.open_ms > 0 { None } else { Some(self.gate.enter(request.operation).await) };
            Ok::<_, Error>((credential, place))
        };
        let (credential, _place) = tokio::select! {
            biased;
            ready = ready => match ready {
                Ok(ready) => ready,
                Err(error) => return Answer::Keyless(Box::new(error)),
            },
            () = self.clock.reached(until) => {
                let reason = "it timed out before it was sent".to_owned();
                return Answer::Undelivered { delivery: Delivery::NotSent, reason };
            }
        };
        self.exchange(request, intent_id, credential, self.left(until, timeout)).await
    }

    fn left(&self, until: UnixMillis, timeout: Duration) -> Duration {
        timeout.min(Duration::from_millis(until.saturating_sub(self.clock.now())))
    }

    /// The request and its answer, without the key wherever either repeats it.
    async fn exchange(&self, mut request: HttpRequest, intent_id: &str, credential: Option<Credential>, timeout: Duration) -> Answer {
        let (key, credential) = credential.map(|credential| (credential.key, credential.header)).unzip();
        let deadline = Instant::now() + timeout.min(LONGEST_REQUEST);
        let mut watched = None;
        let sent = match self.hooks.begin(&mut request, intent_id, &self.core.contract().auth().header, deadline).await {
            Ok(begun) => {
                watched = begun;
                let trusted = self.core.contract().trusted_origins(self.core.base());
                let timeout = if watched.is_some() { deadline.saturating_duration_since(Instant::now()) } else { timeout };
                self.transport.send(Outgoing { request, credential, timeout, trusted }).await
            }
            Err(refused) => Err(refused),
        };
        match sent {
            Ok(mut response) => {
                if let Some(key) = key {
                    conceal(&mut response, key.expose());
                }
                if let Some(watched) = watched {
                    watched.end(Ok(&response));
                }
                Answer::Response(response)
            }
            Err(Undelivered { delivery, reason }) => {
                if let Some(watched) = watched {
                    watched.end(Err(delivery));
                }
                let reason = match key {
                    Some(key) => concealed(reason, key.expose()),
                    None => reason,
                };
                Answer::Undelivered { delivery, reason }
            }
        }
    }
}
