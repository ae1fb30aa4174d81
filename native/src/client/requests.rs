//! One request on its way: its key, its place among the requests in flight, and what came of it.

use super::Inner;
use super::conceal::{conceal, concealed};
use crate::http::{Outgoing, Place, Undelivered};
use crate::key::Secret;
use gentask_core::client::Answer;
use gentask_core::{Delivery, Error, HttpRequest, Operation, UnixMillis};
use std::time::Duration;

/// What a submit takes before its attempt is counted: no key, no attempt, and no lease that runs out while the request still queues.
pub(super) struct Pass {
    credential: (String, Secret),
    _place: Place,
}

impl Inner {
    /// The key first: a function of the program may take its time, and must hold no place meanwhile.
    pub(super) async fn pass(&self) -> Result<Pass, Error> {
        Ok(Pass { credential: self.credential().await?, _place: self.gate.enter(Operation::Submit).await })
    }

    /// The header that proves whose the request is.
    pub(super) async fn credential(&self) -> Result<(String, Secret), Error> {
        let key = self.key.secret().await?;
        let auth = self.core.contract().auth();
        Ok((auth.header.clone(), Secret::new(format!("{}{}{}", auth.prefix, key.expose(), auth.suffix))))
    }

    /// Sends a request once, with the pass that is held or with a key and a place of its own, which a submit's answer gives back.
    pub(super) async fn send(&self, request: HttpRequest, until: UnixMillis, timeout: Duration, pass: &mut Option<Pass>) -> Answer {
        if let Some(held) = pass {
            let (is_submit, credential) = (request.operation == Operation::Submit, held.credential.clone());
            let answer = self.exchange(request, Some(credential), self.left(until, timeout)).await;
            if is_submit {
                *pass = None;
            }
            return answer;
        }
        let ready = async {
            let credential = if request.auth { Some(self.credential().await?) } else { None };
            Ok::<_, Error>((credential, self.gate.enter(request.operation).await))
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
        self.exchange(request, credential, self.left(until, timeout)).await
    }

    fn left(&self, until: UnixMillis, timeout: Duration) -> Duration {
        timeout.min(Duration::from_millis(until.saturating_sub(self.clock.now())))
    }

    /// The request and its answer, without the key wherever either repeats it.
    async fn exchange(&self, request: HttpRequest, credential: Option<(String, Secret)>, timeout: Duration) -> Answer {
        let key = credential.as_ref().map(|(_, value)| self.bare(value));
        let trusted = self.core.contract().trusted_origins(self.core.base());
        match self.transport.send(Outgoing { request, credential, timeout, trusted }).await {
            Ok(mut response) => {
                if let Some(key) = key {
                    conceal(&mut response, key.expose());
                }
                Answer::Response(response)
            }
            Err(Undelivered { delivery, reason }) => {
                let reason = key.map_or(reason.clone(), |key| concealed(reason, key.expose()));
                Answer::Undelivered { delivery, reason }
            }
        }
    }

    /// The key itself, without what the contract puts around it.
    fn bare(&self, value: &Secret) -> Secret {
        let auth = self.core.contract().auth();
        let value = value.expose();
        let value = value.strip_prefix(auth.prefix.as_str()).unwrap_or(value);
        Secret::new(value.strip_suffix(auth.suffix.as_str()).unwrap_or(value).to_owned())
    }
}
