//! Waiting for a task's end, and asking once how it is. All who wait for one task in a client share one drive of it: one call has the seat, and
//! the others look on until it is free.

use super::call::Call;
use super::drive::Goal;
use super::effect::Step;
use super::host::{Host, Woken};
use super::known::Known;
use super::outcome::Outcome;
use super::park::{Parked, Parking};
use super::settings::{Client, Seat};
use crate::failure::Failure;
use crate::io::UnixMillis;
use crate::machine::{Input, Rest, TaskMachine};
use crate::phase::Phase;
use crate::record::TaskRecord;
use crate::reply::{Reply, Status};
use std::sync::Arc;

/// How often a call that looks on sees whether the seat is free, in milliseconds: a look at no store.
const LOOK_ON_MS: u64 = 1_000;

/// After how long a store that failed is asked again for the record of a wait that was parked, at first and at most, in milliseconds.
const READ_AGAIN_MS: u64 = 1_000;
const READ_AGAIN_MOST_MS: u64 = 30_000;

/// How a wait goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Waiting {
    /// How long it lasts, in milliseconds. Default: the client's figure, then the contract's for the kind of task.
    pub timeout_ms: Option<u64>,
    /// Whether changes on the way are told.
    pub updates: Updates,
    /// Whether nobody waits for it in the foreground: a long Retry-After is then slept through.
    pub background: bool,
}

/// Which changes of a task somebody hears of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Updates {
    /// None.
    #[default]
    None,
    /// Each change.
    Changes,
    /// How the task is at first, then each change.
    FromTheFirst,
}

impl Client {
    /// Waits for a task's end. The reply is its end's, or says why the wait ended before it; the task then goes on and can be waited for again.
    pub fn wait(&self, known: Known, how: Waiting, now: UnixMillis) -> Call<Reply> {
        self.call(known.intent_id().to_owned(), now, move |host| wait(host, known, None, how))
    }

    /// The same for a record that was read just now, as pages of tasks have it.
    pub fn wait_from(&self, record: Arc<TaskRecord>, how: Waiting, now: UnixMillis) -> Call<Reply> {
        let known = Known::from(Arc::clone(&record));
        self.call(known.intent_id().to_owned(), now, move |host| wait(host, known, Some(record), how))
    }

    /// Goes on with a wait that was parked ([`Call::park`]), with what is left of its time.
    pub fn unpark(&self, parked: Parked, now: UnixMillis) -> Call<Reply> {
        self.call(parked.known.intent_id().to_owned(), now, move |host| unpark(host, parked))
    }

    /// Makes at most one request about a task and saves its answer. Before the task is due nothing is sent, unless `force` asks for it.
    pub fn check(&self, known: Known, force: bool, now: UnixMillis) -> Call<Reply> {
        self.call(known.intent_id().to_owned(), now, move |host| check(host, known, force))
    }
}

async fn wait(host: Host, known: Known, fresh: Option<Arc<TaskRecord>>, how: Waiting) -> Result<Outcome, Failure> {
    let begun = host.now();
    let timeout_ms = how.timeout_ms.or(host.client.timeout_ms);
    if let Some(timeout_ms) = timeout_ms {
        host.ends(begun.saturating_add(timeout_ms));
    }
    let record = match fresh {
        Some(record) => Box::new((*record).clone()),
        None => host.task(&known).await?,
    };
    let record = Box::pin(host.found_by_callback(record)).await?;
    let timeout_ms = timeout_ms.unwrap_or_else(|| host.client.contract.poll(&record.model).wait_ms);
    let end = begun.saturating_add(timeout_ms);
    host.ends(end);
    let settings = Arc::clone(if how.background { &host.client.background } else { &host.client.foreground });
    let mut machine = host.resumed_about(record, &settings).await?;
    host.deadline(&mut machine, end)?;
    host.hear(&machine, how.updates).await;
    if !machine.record().phase.is_settled() {
        let driven = host.drive(machine, None, Goal::Submitted).await?;
        if driven.reply.is_some() {
            // A callback may have named the task of a submit that was lost just now.
            let lost = Box::new(driven.machine.record().clone());
            let found = Box::pin(host.found_by_callback(lost)).await?;
            if driven.machine.record().phase == found.phase {
                return Ok(Outcome::Reply(driven.reply()));
            }
            return Box::pin(wait(host, known, Some(Arc::from(found)), how)).await;
        }
        machine = driven.machine;
    }
    let seat = host.client.seat(&machine.record().intent_id);
    let (machine, seat) = match seat {
        Some(seat) => {
            machine.forget_own_drives();
            (machine, Some(seat))
        }
        None => Box::pin(look_on(&host, machine, end)).await?,
    };
    to_its_end(&host, known, machine, seat.map(Arc::new), how.background, end).await
}

/// Drives a task that was accepted, from its seat, or for the last moment of a wait without it.
async fn to_its_end(
    host: &Host,
    known: Known,
    machine: Box<TaskMachine>,
    seat: Option<Arc<Seat>>,
    background: bool,
    end: UnixMillis,
) -> Result<Outcome, Failure> {
    let _parking = seat.map(|seat| {
        let parked = Parked { known, seat, end, background, hears: false, told: None, rest: None };
        Parking::new(&host.line, parked)
    });
    Ok(Outcome::Reply(host.drive(machine, None, Goal::End).await?.reply()))
}

/// Goes on with a wait that was dropped while it slept.
async fn unpark(host: Host, parked: Parked) -> Result<Outcome, Failure> {
    let Parked { known, seat, end, background, hears, told, rest } = parked;
    host.ends(end);
    {
        let mut desk = host.line.desk();
        (desk.hears, desk.told) = (hears, told.map(|told| *told));
    }
    let record = read_again(&host, &known, end).await?;
    let record = Box::pin(host.found_by_callback(record)).await?;
    let settings = Arc::clone(if background { &host.client.background } else { &host.client.foreground });
    let mut machine = host.resumed_about(record, &settings).await?;
    machine.forget_own_drives();
    let was = rest.as_ref().map(Rest::version);
    if let Some(rest) = rest {
        machine.go_on(rest);
    }
    host.deadline(&mut machine, end)?;
    if was != Some(machine.record().version) {
        host.tell_news(&machine).await;
    }
    to_its_end(&host, known, machine, Some(seat), background, end).await
}

/// The record of a task whose wait was parked. A store that fails for a moment ends no wait: without a rest the record would not have been read.
async fn read_again(host: &Host, known: &Known, end: UnixMillis) -> Result<Box<TaskRecord>, Failure> {
    let mut pause_ms = READ_AGAIN_MS;
    loop {
        let stored = host.load(known.intent_id()).await;
        if !stored.as_ref().is_err_and(|error| error.kind.may_pass()) || host.now() >= end {
            return host.owned(known, stored);
        }
        host.sleep(host.now().saturating_add(pause_ms).min(end), None, false).await;
        pause_ms = (pause_ms * 2).min(READ_AGAIN_MOST_MS);
    }
}

/// Looks on while another call drives the task: until it has ended, the seat is free, or this wait's own time has come, and its last poll with it.
async fn look_on(host: &Host, mut machine: Box<TaskMachine>, end: UnixMillis) -> Result<(Box<TaskMachine>, Option<Seat>), Failure> {
    let intent_id = machine.record().intent_id.clone();
    while host.now() < end && !machine.record().phase.is_terminal() {
        let until = host.now().saturating_add(LOOK_ON_MS).min(end);
        let woken = host.sleep(until, Some(&intent_id), true).await;
        let seat = host.client.seat(&intent_id);
        if woken == Woken::Changed || seat.is_some() {
            if let Some(newer) = host.newer(&machine).await? {
                machine = newer;
                host.tell_news(&machine).await;
            }
        }
        if seat.is_some() {
            return Ok((machine, seat));
        }
    }
    if let Some(newer) = host.newer(&machine).await? {
        machine = newer;
    }
    Ok((machine, None))
}

async fn check(host: Host, known: Known, force: bool) -> Result<Outcome, Failure> {
    let end = host.ends_in_time();
    let record = Box::pin(host.found_by_callback(host.task(&known).await?)).await?;
    let was_lost = record.phase == Phase::Unresolved;
    let reply = check_record(&host, record, end, force).await?;
    if reply.status != Status::Unknown || was_lost {
        return Ok(Outcome::Reply(reply));
    }
    // It was lost just now, and a callback may have named its task.
    let found = Box::pin(host.found_by_callback(host.task(&known).await?)).await?;
    Ok(Outcome::Reply(if found.phase == Phase::Unresolved { reply } else { found.reply(None) }))
}

/// At most one request about a task whose record was read just now.
pub(super) async fn check_record(host: &Host, record: Box<TaskRecord>, end: Option<UnixMillis>, force: bool) -> Result<Reply, Failure> {
    // A worker of this client leaves it alone meanwhile.
    let _seat = host.client.seat(&record.intent_id);
    let once = Arc::clone(&host.client.once);
    let mut machine = host.resumed_about(record, &once).await?;
    if let Some(end) = end {
        host.deadline(&mut machine, end)?;
    }
    let first = if force { Input::Poke } else { Input::Timeout };
    let driven = host.drive(machine, Some(first), Goal::OneRequest).await?;
    Ok(driven.reply.unwrap_or_else(|| driven.machine.checked()))
}

impl Host {
    /// From now on the call ends in the client's own time, where it has one.
    pub(super) fn ends_in_time(&self) -> Option<UnixMillis> {
        let end = self.client.timeout_ms.map(|timeout_ms| self.now().saturating_add(timeout_ms));
        if let Some(end) = end {
            self.ends(end);
        }
        end
    }

    /// From now on changes are told, and at once how the task is where that is asked for.
    async fn hear(&self, machine: &TaskMachine, updates: Updates) {
        self.line.desk().hears = updates != Updates::None;
        if updates == Updates::FromTheFirst {
            self.tell_news(machine).await;
        }
    }

    /// Tells how the task is, where that is news.
    async fn tell_news(&self, machine: &TaskMachine) {
        if let Some(reply) = self.news_of(machine) {
            self.tell(Step::news(machine.record().clone(), reply)).await;
        }
    }
}
