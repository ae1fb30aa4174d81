//! A worker: it drives whatever is unfinished in the store, new tasks too, until it is told to stop. What waits is in the store, not in the worker:
//! it looks for what is due soon, claims it, makes the request, saves the answer with the claim, and lets go of it.
//!
//! Several workers on one store share the work: a claim is a lease in the task's record, taken by compare-and-set, and whoever finds another's leaves
//! the task alone until it is over or its holder is provably gone.

use super::call::Call;
use super::claims::Others;
use super::drive::Goal;
use super::ends::{Ends, TakenEnds, look_for_ends};
use super::host::Host;
use super::notices::Notice;
use super::outcome::Outcome;
use super::settings::{Client, Shared};
use super::tasks::PAGE;
use crate::by_name::ByName;
use crate::error::{Error, ErrorCode};
use crate::failure::Failure;
use crate::io::UnixMillis;
use crate::machine::check_base;
use crate::phase::Phase;
use crate::record::TaskRecord;
use crate::reply::Reply;
use crate::store::{Cursor, Filter};
use std::sync::Arc;

/// How often a worker looks for work, in milliseconds.
const LOOK_MS: u64 = 1_000;
/// What is due within this time is taken at a look, in milliseconds, so that it is asked about when it is due and not a look later.
pub(super) const AHEAD_MS: u64 = 2_000;
/// How long an order that is stored and not sent is left to whoever submits it, in milliseconds beyond its time.
const SUBMITTER_MS: u64 = 5_000;
/// How long a task rests in this worker that could not be asked about, or whose end could not be dealt with: at first, in milliseconds.
const REST_MS: u64 = 5_000;
/// The longest rest, in milliseconds.
const LONGEST_REST_MS: u64 = 600_000;
/// How long a task rests that cannot be taken up, in milliseconds: a person has to look at it.
const LEFT_MS: u64 = 3_600_000;
/// Tasks that a worker has in hand at once.
const AT_ONCE: usize = super::tasks::RESUMED_AT_ONCE;
/// How often everything that is unfinished is gone through, in milliseconds: also what has no time of its own, or one of a clock that has gone back.
const THOROUGH_MS: u64 = 60_000;
/// Pages of it at one look.
const THOROUGH_PAGES: u32 = 4;

/// What a worker does next.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Work {
    /// Each for a [`Client::turn`], beside one another.
    pub due: Vec<TaskRecord>,
    /// Ended tasks whose end nobody has acknowledged, each claimed: the application is told, and then [`Client::handled`] is.
    pub settled: Vec<Notice>,
    /// Tasks that cannot be taken up, because their record cannot be read or they were submitted to another base URL: the intent's id, and what
    /// is told of it, once an hour.
    pub left: Vec<(String, Reply)>,
    /// Why the store could not be read.
    pub problem: Option<Failure>,
    /// When to look again.
    pub again: UnixMillis,
}

/// What a worker's turn with one task brought.
#[derive(Clone, Debug, PartialEq)]
pub struct Turn {
    /// How the task is.
    pub reply: Reply,
    /// Whether somebody wants to hear of it: the task has ended, or cannot be gone on with now.
    pub is_news: bool,
    /// Its end, where the application is to be told of it.
    pub notice: Option<Notice>,
}

/// What a worker has in mind of a client's tasks.
#[derive(Default)]
pub(super) struct Hands {
    /// The tasks that were taken at a look, and whose turn is not over.
    taken: ByName<()>,
    resting: ByName<Rest>,
    pub(super) ends: Ends,
    /// When everything that is unfinished is gone through next, and from where on where that is under way.
    thorough_at: UnixMillis,
    thorough_from: Option<Cursor>,
    /// How many looks in a row failed.
    failures: u32,
}

#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Rest {
    until: UnixMillis,
    times: u32,
}

impl Hands {
    /// Takes a task, where there is room.
    fn take(&mut self, record: &TaskRecord) -> bool {
        let is_free = self.taken.len() < AT_ONCE && !self.is_in_hand(&record.intent_id);
        if is_free {
            self.taken.insert(&record.intent_id, ());
        }
        is_free
    }

    /// Takes a task's end, to be told, where there is room and nobody has it: a turn that brought it may be about to tell it.
    pub(super) fn take_end(&mut self, intent_id: &str, now: UnixMillis) -> bool {
        self.ends.has_room() && !self.is_in_hand(intent_id) && self.ends.tell(intent_id, now)
    }

    /// How many tasks a worker is driving, or has something against telling the end of.
    pub(super) fn busy(&self) -> usize {
        self.taken.len() + self.ends.busy()
    }

    /// Whether it is being driven by a worker, or its end told.
    fn is_in_hand(&self, intent_id: &str) -> bool {
        self.taken.contains(intent_id) || self.ends.is_told(intent_id)
    }
}

impl Rest {
    /// Whether it counts at that time: whose rest has long been over has ended since, or is as good as new.
    pub(super) const fn is_current(&self, now: UnixMillis) -> bool {
        now < self.until.saturating_add(LONGEST_REST_MS)
    }
}

pub(super) fn rests(resting: &ByName<Rest>, intent_id: &str, now: UnixMillis) -> bool {
    resting.get(intent_id).is_some_and(|rest| rest.until > now)
}

pub(super) fn rest(resting: &mut ByName<Rest>, intent_id: &str, now: UnixMillis) {
    resting.change(intent_id, |rest| {
        rest.until = now.saturating_add(growing(REST_MS, rest.times, LONGEST_REST_MS));
        rest.times = rest.times.saturating_add(1);
    });
}

/// `first`, doubled so many times.
fn growing(first: u64, times: u32, most: u64) -> u64 {
    first.saturating_mul(1 << times.min(16)).min(most)
}

impl Client {
    /// Looks for work: what is due soon and nobody else's, and, where `settles`, the ends of tasks that the application has not dealt with. It
    /// fails only where that can never work.
    pub fn work(&self, settles: bool, now: UnixMillis) -> Call<Work> {
        self.call(String::new(), now, move |host| async move {
            if settles && !host.client.callbacks.are_kept {
                let message =
                    "the task store keeps no notices of ended tasks: give it the methods of an inbox, or run without hearing of ends";
                return Err(Error::new(ErrorCode::Unsupported, message).into());
            }
            Ok(Outcome::Work(look(&host, settles).await))
        })
    }

    /// Takes a task a step further that [`Client::work`] brought: one request when it is due, and more where they are due soon after.
    pub fn turn(&self, record: Arc<TaskRecord>, settles: bool, now: UnixMillis) -> Call<Turn> {
        let taken = Taken { shared: Arc::clone(&self.shared), intent_id: record.intent_id.clone() };
        self.call(record.intent_id.clone(), now, move |host| turn(host, record, settles, taken))
    }

    /// Forgets what the workers of this client have in hand: they are gone, and the next one may take all of it.
    pub fn forget_work(&self) {
        self.shared.forget_work();
    }
}

/// A task whose turn is not over; where it is dropped, the next look may take it.
struct Taken {
    shared: Arc<Shared>,
    intent_id: String,
}

impl Drop for Taken {
    fn drop(&mut self) {
        self.shared.with(|state| state.hands.taken.remove(&self.intent_id));
    }
}

async fn look(host: &Host, settles: bool) -> Work {
    let mut work = Work { again: host.now().saturating_add(LOOK_MS), ..Work::default() };
    let mut others = Others::default();
    let now = host.now();
    host.client.with(|state| state.hands.resting.retain(|rest| rest.is_current(now)));
    let mut found = look_for_due(host, &mut others, &mut work).await;
    let mut ends = TakenEnds::new(&host.client);
    if found.is_ok() && settles {
        found = look_for_ends(host, &mut others, &mut work, &mut ends).await;
    }
    ends.tell(&mut work.settled);
    // At the end: a look that was dropped on the way has taken nothing.
    let failures = host.client.with(|state| {
        let hands = &mut state.hands;
        work.due.retain(|record| hands.take(record));
        hands.failures = if found.is_ok() { 0 } else { hands.failures.saturating_add(1) };
        hands.failures
    });
    if let Err(failure) = found {
        work.again = host.now().saturating_add(growing(LOOK_MS, failures, LONGEST_REST_MS / 10));
        work.problem = Some(failure);
    }
    work
}

/// Takes what is due. Now and then everything that is unfinished is gone through as well, a few pages at each look: what has no time of its own, or
/// one by a clock that went back since.
async fn look_for_due(host: &Host, others: &mut Others, work: &mut Work) -> Result<(), Failure> {
    let client = &host.client;
    let now = host.now();
    let (from, is_thorough) = client.with(|state| {
        let hands = &state.hands;
        let is_time = hands.thorough_at <= now || hands.thorough_at > now.saturating_add(THOROUGH_MS);
        (hands.thorough_from.clone(), is_time)
    });
    if is_thorough {
        let is_from_the_first = from.is_none();
        let next = look_through(host, others, work, Filter { after: from, ..Filter::default() }, THOROUGH_PAGES).await?;
        client.with(|state| {
            if matches!(next, Seen::All) {
                state.hands.thorough_at = now.saturating_add(THOROUGH_MS);
            }
            state.hands.thorough_from = if let Seen::Until(place) = &next { place.clone() } else { None };
        });
        if is_from_the_first && matches!(next, Seen::All) {
            return Ok(());
        }
    }
    look_through(host, others, work, Filter { due_before: Some(now.saturating_add(AHEAD_MS)), ..Filter::default() }, u32::MAX).await?;
    Ok(())
}

/// How much was gone through.
enum Seen {
    All,
    /// Up to this place.
    Until(Option<Cursor>),
}

/// Takes what is due among the unfinished tasks of a filter, so many pages at most, and no more than there are hands for.
async fn look_through(host: &Host, others: &mut Others, work: &mut Work, filter: Filter, pages: u32) -> Result<Seen, Failure> {
    let client = &host.client;
    let now = host.now();
    let soon = now.saturating_add(AHEAD_MS);
    let mut filter = Filter { unfinished: true, limit: Some(PAGE), ..client.own(filter) };
    let are_full = |work: &Work| client.with(|state| state.hands.taken.len()) + work.due.len() >= AT_ONCE;
    for _ in 0..pages {
        if are_full(work) {
            break;
        }
        let page = host.line.list(filter.clone()).await?;
        for damaged in &page.damaged {
            if client.leave(&damaged.intent_id, now) {
                work.left.push((damaged.intent_id.clone(), Reply::damaged(&damaged.intent_id, &damaged.reason)));
            }
        }
        for record in page.records {
            if let Err(other) = check_base(&record, &client.base) {
                if client.leave(&record.intent_id, now) {
                    work.left.push((record.intent_id.clone(), Failure::from(other).about(&record).into_reply().unanswered()));
                }
                continue;
            }
            let is_due = record.phase == Phase::Prepared || record.due_at(now).is_some_and(|due| due < soon);
            let is_taken = |work: &Work| work.due.iter().any(|taken| taken.intent_id == record.intent_id);
            if is_due && client.may_take(&record, now) && !others.have(host, &record).await && !is_taken(work) {
                work.due.push(record);
            }
        }
        if are_full(work) {
            // Not all of this page may be taken: it is gone through again.
            break;
        }
        if page.next.is_none() {
            return Ok(Seen::All);
        }
        filter.after = page.next;
    }
    Ok(Seen::Until(filter.after))
}

impl Shared {
    /// Whether a task that is due is one for a worker of this client now.
    fn may_take(&self, record: &TaskRecord, now: UnixMillis) -> bool {
        let begun = record.due_at(now).unwrap_or(record.at.created);
        let is_submitters = record.phase == Phase::Prepared && now < begun.saturating_add(SUBMITTER_MS);
        let is_free = self.with(|state| !state.hands.is_in_hand(&record.intent_id) && !rests(&state.hands.resting, &record.intent_id, now));
        is_free && !is_submitters && !self.is_driven(&record.intent_id)
    }

    pub(super) fn forget_work(&self) {
        self.with(|state| {
            state.hands.taken = ByName::default();
            state.hands.ends.forget();
        });
    }

    /// Leaves a task to a person, and says whether that is news.
    fn leave(&self, intent_id: &str, now: UnixMillis) -> bool {
        self.with(|state| {
            let is_news = !rests(&state.hands.resting, intent_id, now);
            if is_news {
                state.hands.resting.insert(intent_id, Rest { until: now.saturating_add(LEFT_MS), times: 0 });
            }
            is_news
        })
    }
}

async fn turn(host: Host, record: Arc<TaskRecord>, settles: bool, _taken: Taken) -> Result<Outcome, Failure> {
    let intent_id = record.intent_id.clone();
    let ended = take_turn(&host, &record).await;
    let is_stuck = match &ended {
        Ok((record, reply, _)) => !record.phase.is_terminal() && reply.is_some(),
        Err(_) => true,
    };
    let now = host.now();
    host.client.with(|state| {
        if is_stuck {
            rest(&mut state.hands.resting, &intent_id, now);
        } else {
            state.hands.resting.remove(&intent_id);
        }
    });
    let (record, reply, is_own) = ended?;
    let is_end = record.phase.is_terminal();
    let is_news = is_end || reply.is_some();
    let notice = if is_end && is_own && settles && host.client.holds(&record) { Some(host.notice(record.clone()).await) } else { None };
    let notice = notice.filter(|_| host.client.with(|state| state.hands.ends.tell(&intent_id, now)));
    Ok(Outcome::Turn(Turn { reply: reply.unwrap_or_else(|| record.reply(None)), is_news, notice }))
}

/// The record after the turn; why it cannot be gone on with, or how it ended; and whether nobody else changed it meanwhile.
async fn take_turn(host: &Host, record: &TaskRecord) -> Result<(Box<TaskRecord>, Option<Reply>, bool), Failure> {
    let record = Box::new(record.clone());
    let Some(_seat) = host.client.seat(&record.intent_id) else { return Ok((record, None, false)) };
    let record = Box::pin(host.found_by_callback(record)).await?;
    let mut machine = host.resumed_about(record, &host.client.worker).await?;
    machine.forget_own_drives();
    let driven = host.drive(machine, None, Goal::Soon).await?;
    Ok((Box::new(driven.machine.record().clone()), driven.reply, driven.is_own))
}
