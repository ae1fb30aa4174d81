//! Questions about no single task: what the account holds, and which tasks the provider lists for it.

use super::call::Call;
use super::host::Host;
use super::outcome::Outcome;
use super::settings::{Client, Shared};
use crate::account::Balance;
use crate::advice::Asked;
use crate::backoff::Backoff;
use crate::contract::Contract;
use crate::decode::ListedTask;
use crate::error::{Error, ErrorCode};
use crate::failure::Failure;
use crate::io::{HttpRequest, HttpResponse, UnixMillis};
use crate::machine::Input;
use crate::pacer::Lane;
use crate::record::{Billing, Fault};
use crate::reply::Reply;
use std::sync::Arc;

/// The longest pause, in seconds, that a question waits for.
const PATIENCE_SECONDS: u64 = 120;

/// Reads an answer.
type Reads = fn(&Contract, &HttpResponse, UnixMillis) -> Result<Outcome, Fault>;

impl Client {
    /// What the account holds. `UNSUPPORTED` where the provider does not tell.
    pub fn account(&self, now: UnixMillis) -> Result<Call<Balance>, Error> {
        let request = self.shared.contract.account_request(&self.shared.base)?;
        Ok(self.call(String::new(), now, move |host| {
            asked(host, request, |contract, response, now| contract.read_account(response, now).map(Outcome::Balance))
        }))
    }

    /// The account's tasks as the provider lists them: candidates for [`Client::adopt`]. `UNSUPPORTED` where it does not.
    pub fn remote_tasks(&self, now: UnixMillis) -> Result<Call<Vec<ListedTask>>, Error> {
        let request = self.shared.contract.list_request(&self.shared.base)?;
        Ok(self.call(String::new(), now, move |host| {
            asked(host, request, |contract, response, now| contract.read_list(response, now).map(Outcome::Tasks))
        }))
    }
}

async fn asked(host: Host, request: HttpRequest, read: Reads) -> Result<Outcome, Failure> {
    let client = Arc::clone(&host.client);
    let end = client.timeout_ms.map_or(u64::MAX, |timeout_ms| host.now().saturating_add(timeout_ms));
    let time = Time { end, timeout_ms: client.foreground.request_timeout_ms };
    let answered = host.answered(&request, time, |response, now| read(&client.contract, response, now)).await;
    answered.map_err(|unanswered| match unanswered {
        Unanswered::Keyless(error) => Failure::from(error).map(|reply| reply.asked(Asked::Question).unanswered()),
        Unanswered::Fault(fault) => Failure::of(Reply::unread(None, &fault)),
    })
}

/// Why a question without a task brought nothing.
pub(super) enum Unanswered {
    /// There is no key, and nothing was sent.
    Keyless(Error),
    Fault(Fault),
}

/// How long a question without a task may take.
pub(super) struct Time {
    /// When nobody waits for it any more.
    pub(super) end: UnixMillis,
    /// How long each of its requests may take, in milliseconds.
    pub(super) timeout_ms: u64,
}

impl Host {
    /// Asks what is no task's until there is an answer, as often as the client allows; fails where there is no key.
    pub(super) async fn answered<T>(
        &self,
        request: &HttpRequest,
        time: Time,
        mut read: impl FnMut(&HttpResponse, UnixMillis) -> Result<T, Fault>,
    ) -> Result<T, Unanswered> {
        let client = &self.client;
        let Time { end, timeout_ms } = time;
        let mut tried = 0;
        loop {
            self.recall_pause().await;
            let mut slot = Slot::take(self);
            if let Some(fault) = Fault::paused(slot.at, end, self.now()) {
                return Err(Unanswered::Fault(fault));
            }
            if slot.at > self.now() {
                self.sleep(slot.at, None, false).await;
                self.recall_pause().await;
                // A pause that another call was asked for meanwhile has swallowed the slot.
                if client.paused_until() > self.now() {
                    continue;
                }
            }
            slot.is_used = true;
            let sent = self.send_within(request.clone(), end, timeout_ms).await;
            // Without a key nothing was sent.
            slot.is_used = sent.is_ok();
            let fault = match sent.map_err(Unanswered::Keyless)? {
                Some(Input::Response { response, .. }) => {
                    let now = self.now();
                    // What somebody else than the provider answers asks for no pause of the account.
                    if request.auth {
                        client.with(|state| client.contract.keep_pause(&response, &client.base, client.account(), now, &mut state.pacer));
                        self.remember_pause().await;
                    }
                    match read(&response, self.now()) {
                        Ok(value) => return Ok(value),
                        Err(fault) => fault,
                    }
                }
                Some(Input::Undelivered { reason, .. }) => Fault::unreached(&reason),
                _ => Fault::unreached("the transport gave no answer"),
            };
            let now = self.now();
            let pause = fault.again_after(tried, now).filter(|_| tried < client.max_read_retries);
            let again = pause.map(|pause| now.saturating_add(pause)).filter(|again| *again < end);
            let Some(again) = again else { return Err(Unanswered::Fault(fault)) };
            self.sleep(again, None, false).await;
            tried += 1;
        }
    }
}

/// A slot of the pacer's, given back where it is not used.
struct Slot {
    client: Arc<Shared>,
    at: UnixMillis,
    is_used: bool,
}

impl Slot {
    fn take(host: &Host) -> Self {
        let (client, now) = (Arc::clone(&host.client), host.now());
        let at = client.with(|state| state.pacer.reserve(&client.base, client.account(), client.contract.limits(), Lane::Other, now));
        Self { client, at, is_used: false }
    }
}

impl Drop for Slot {
    fn drop(&mut self) {
        if !self.is_used {
            let client = &self.client;
            client.with(|state| state.pacer.give_back(&client.base, client.account(), client.contract.limits(), Lane::Other, self.at));
        }
    }
}

impl Fault {
    /// A question that brought no answer at all.
    pub fn unreached(reason: &str) -> Self {
        Self::new(ErrorCode::NetworkError, Billing::None, format!("the provider could not be reached: {reason}"))
    }

    /// After how many milliseconds a question without a task is asked again, that was asked so many times before; `None`: its answer stands.
    pub fn again_after(&self, tried: u32, now: UnixMillis) -> Option<u64> {
        let may_pass = matches!(self.code, ErrorCode::NetworkError | ErrorCode::UpstreamError | ErrorCode::RateLimited);
        let asked = self.retry_after.unwrap_or(0);
        (may_pass && asked <= PATIENCE_SECONDS).then(|| Backoff::READ.delay(u64::from(tried), now).max(asked.saturating_mul(1_000)))
    }

    /// The account is asked to pause for longer than a question without a task waits, or than it may last; `None` where the pause is
    /// short enough. `end`: when the question's own time is over.
    pub fn paused(until: UnixMillis, end: UnixMillis, now: UnixMillis) -> Option<Self> {
        let seconds = until.saturating_sub(now).div_ceil(1_000);
        (seconds > PATIENCE_SECONDS || (until > now && until >= end)).then(|| {
            let mut fault = Self::new(ErrorCode::RateLimited, Billing::None, "the provider asked this account to pause".to_owned());
            fault.retry_after = Some(seconds);
            fault
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: UnixMillis = 1_790_000_000_000;

    #[test]
    fn a_pause_longer_than_two_minutes_is_told_instead_of_slept_through() {
        for short in [0, NOW, NOW + 120_000] {
            assert!(Fault::paused(short, u64::MAX, NOW).is_none(), "{short}");
        }
        assert!(Fault::paused(NOW + 2_000, NOW + 1_000, NOW).is_some());
        let fault = Fault::paused(NOW + 3_600_001, u64::MAX, NOW).unwrap();
        assert_eq!((fault.code, fault.retry_after), (ErrorCode::RateLimited, Some(3_601)));
    }

    #[test]
    fn only_what_may_pass_is_asked_again_and_never_too_early() {
        let fault = |code, retry_after| Fault { retry_after, ..Fault::new(code, Billing::None, String::new()) };
        assert!(fault(ErrorCode::AuthFailed, None).again_after(0, NOW).is_none());
        assert!(fault(ErrorCode::UpstreamError, None).again_after(0, NOW).is_some());
        assert!(fault(ErrorCode::RateLimited, Some(60)).again_after(0, NOW).unwrap() >= 60_000);
        assert!(fault(ErrorCode::RateLimited, Some(121)).again_after(0, NOW).is_none());
    }
}
