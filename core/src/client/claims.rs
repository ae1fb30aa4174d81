//! Who has claimed what: a claim is a lease in the record of a task that is polled, or that has ended and is to be told.

use super::call::Call;
use super::effect::Step;
use super::host::Host;
use super::outcome::Outcome;
use super::settings::{Client, Shared};
use super::tasks::PAGE;
use crate::by_name::ByName;
use crate::failure::Failure;
use crate::io::UnixMillis;
use crate::machine::is_drive_of;
use crate::phase::Phase;
use crate::record::TaskRecord;
use crate::state::{clocks, notes, versions};
use crate::store::{Filter, Saved};

/// How long a worker that stops gives claims back, in milliseconds: what is left is free when its lease is over.
const RELEASE_MS: u64 = 5_000;
/// How often a claim is tried to be changed that others change meanwhile.
pub(super) const TRIES: usize = 3;

impl Client {
    /// Gives back what the workers of this client have claimed, so that others need not wait for the end of their leases: how many tasks. Turns
    /// that are under way are to be dropped before.
    pub fn release(&self, now: UnixMillis) -> Call<u64> {
        self.call(String::new(), now, move |host| async move { release(&host).await.map(Outcome::Count) })
    }
}

/// Whose claims were met during a look, and whether their process is gone.
#[derive(Default)]
pub(super) struct Others(ByName<bool>);

impl Others {
    /// Whether somebody else has claimed a task, and may be about it.
    pub(super) async fn have(&mut self, host: &Host, record: &TaskRecord) -> bool {
        let now = host.now();
        // What another drive of this client has claimed is its own: whether one is under way is known here.
        let mine = host.client.holder();
        let is_own = |holder: &str| holder == mine || is_drive_of(holder, mine);
        let is_good = clocks::lease_until(record, now).is_some_and(|until| until > now);
        let Some(lease) = record.lease.as_ref().filter(|lease| is_good && !is_own(&lease.holder)) else { return false };
        if record.phase == Phase::Submitting {
            // Its lease is the submit's own, and has its own rules.
            return false;
        }
        if let Some(is_gone) = self.0.get(&lease.holder) {
            return !is_gone;
        }
        let is_gone = host.is_gone(&lease.holder).await;
        self.0.insert(&lease.holder, is_gone);
        !is_gone
    }
}

impl Shared {
    /// Who holds what the workers of this client claim.
    pub(super) fn holder(&self) -> &str {
        &self.worker.holder
    }

    /// Whether a record is claimed by this client.
    pub(super) fn holds(&self, record: &TaskRecord) -> bool {
        record.lease.as_ref().is_some_and(|lease| lease.holder == self.holder())
    }
}

async fn release(host: &Host) -> Result<u64, Failure> {
    let client = &host.client;
    client.forget_work();
    let end = host.now().saturating_add(RELEASE_MS);
    let mut filter = Filter { unfinished: true, limit: Some(PAGE), ..client.own(Filter::default()) };
    let mut released = 0;
    loop {
        let page = host.line.list(filter.clone()).await?;
        for record in page.records {
            if host.now() >= end {
                return Ok(released);
            }
            released += u64::from(let_go(host, record).await?);
        }
        filter.after = page.next;
        if filter.after.is_none() {
            return Ok(released);
        }
    }
}

/// Takes a claim of this client's back. Where somebody was faster, such as a save of a turn that was dropped, it is looked at again.
async fn let_go(host: &Host, mut record: TaskRecord) -> Result<bool, Failure> {
    for _ in 0..TRIES {
        if !record.phase.is_polled() || !host.client.holds(&record) || host.client.is_driven(&record.intent_id) {
            return Ok(false);
        }
        let intent_id = record.intent_id.clone();
        notes::let_go(&mut record);
        versions::next_version(&mut record);
        if host.try_save(&Step::plain(record)).await? == Saved::Done {
            return Ok(true);
        }
        let Some(newer) = host.load(&intent_id).await? else { return Ok(false) };
        record = *newer;
    }
    Ok(false)
}
