//! The ends of tasks, as a worker tells the application of them: each claimed, and told again until it was dealt with.

use super::call::Call;
use super::claims::{Others, TRIES};
use super::effect::Step;
use super::host::Host;
use super::notices::Notice;
use super::outcome::Outcome;
use super::settings::{Client, Shared};
use super::work::{Rest, Work, rest, rests};
use crate::by_name::ByName;
use crate::failure::Failure;
use crate::io::UnixMillis;
use crate::machine::TaskMachine;
use crate::record::TaskRecord;
use crate::state::{clocks, notes, versions};
use crate::store::{NoticeFilter, Saved};
use std::sync::Arc;

/// Ended tasks of others that it takes in hand at once: few, since an application may deal with one after the other, and each is claimed from now on.
const NOTICES: usize = 16;
/// How long it is known here which ends were dealt with, in milliseconds: far longer than a look or a turn takes.
const DEALT_MS: u64 = 600_000;

/// What a client's workers have in mind of ends.
#[derive(Default)]
pub(super) struct Ends {
    /// Those that the application is told of now.
    telling: ByName<()>,
    /// Those that it could not deal with.
    resting: ByName<Rest>,
    /// Those that were dealt with, and when: a look or a turn that is under way may have found them open.
    dealt: ByName<UnixMillis>,
    /// Whether a worker looks for ends: where none does, nobody has to know which were dealt with.
    are_looked_for: bool,
    /// How often workers went, and left what they had in hand.
    forgotten: u64,
}

impl Ends {
    /// Takes an end in hand, to be told, and says whether that may be.
    pub(super) fn tell(&mut self, intent_id: &str, now: UnixMillis) -> bool {
        let is_open = !self.dealt.contains(intent_id) && !rests(&self.resting, intent_id, now);
        if is_open {
            self.telling.insert(intent_id, ());
        }
        is_open
    }

    pub(super) fn is_told(&self, intent_id: &str) -> bool {
        self.telling.contains(intent_id)
    }

    pub(super) fn has_room(&self) -> bool {
        self.telling.len() < NOTICES
    }

    /// How many are open, and not to be told now.
    pub(super) fn busy(&self) -> usize {
        self.telling.len() + self.resting.len()
    }

    /// An end was dealt with: it is told no more.
    pub(super) fn dealt_with(&mut self, intent_id: &str, now: UnixMillis) {
        self.resting.remove(intent_id);
        if self.are_looked_for {
            self.dealt.insert(intent_id, now);
        }
    }

    /// The workers are gone.
    pub(super) fn forget(&mut self) {
        self.telling = ByName::default();
        self.are_looked_for = false;
        self.forgotten += 1;
    }

    fn begin_look(&mut self, now: UnixMillis) {
        self.are_looked_for = true;
        self.resting.retain(|rest| rest.is_current(now));
        self.dealt.retain(|at| now < at.saturating_add(DEALT_MS));
    }
}

impl Client {
    /// The application was told of a task's end. `done`: it has dealt with it, and hears of it no more; otherwise it is told again later. Brings
    /// whether nobody had said so before.
    pub fn handled(&self, intent_id: &str, done: bool, now: UnixMillis) -> Call<bool> {
        let intent = intent_id.to_owned();
        self.call(intent_id.to_owned(), now, move |host| async move {
            let noted = if done { host.acknowledged(&intent).await } else { Ok(false) };
            let now = host.now();
            host.client.with(|state| {
                let ends = &mut state.hands.ends;
                ends.telling.remove(&intent);
                if !done || noted.is_err() {
                    rest(&mut ends.resting, &intent, now);
                }
            });
            noted.map(Outcome::Flag)
        })
    }

    /// The application is to be told of an end now, which was claimed a while ago: whether it is still this client's to tell.
    pub fn tells(&self, notice: &Notice, now: UnixMillis) -> Call<bool> {
        let record = notice.record.clone();
        self.call(record.intent_id.clone(), now, move |host| async move { Ok(Outcome::Flag(tells(&host, record).await)) })
    }
}

/// Takes ends of which nobody tells the application.
pub(super) async fn look_for_ends(host: &Host, others: &mut Others, work: &mut Work, taken: &mut TakenEnds) -> Result<(), Failure> {
    let client = &host.client;
    let now = host.now();
    // Those at the front may be in hand, or rest: the ones behind them must come too.
    let busy = client.with(|state| {
        state.hands.ends.begin_look(now);
        state.hands.busy()
    });
    let filter = NoticeFilter { limit: Some(NOTICES.saturating_add(busy)), ..client.own_notices() };
    for record in host.notices(filter).await? {
        if !taken.take(&record.intent_id, now) {
            continue;
        }
        if others.have(host, &record).await {
            taken.give_back(&record.intent_id);
            continue;
        }
        let step = claimed_end(host, record);
        let saved = host.try_save(&step).await;
        if matches!(saved, Ok(Saved::Done)) {
            work.settled.push(host.notice(Box::new((*step.record).clone())).await);
        } else {
            taken.give_back(&step.record.intent_id);
        }
        let _ = saved?;
    }
    Ok(())
}

/// The ends that a look has taken. Where it is dropped, the next one may take them.
pub(super) struct TakenEnds {
    shared: Arc<Shared>,
    intent_ids: Vec<String>,
    /// Since when they are taken: what was forgotten then may be another's by now.
    since: u64,
}

impl TakenEnds {
    pub(super) fn new(shared: &Arc<Shared>) -> Self {
        let since = shared.with(|state| state.hands.ends.forgotten);
        Self { shared: Arc::clone(shared), intent_ids: Vec::new(), since }
    }

    fn take(&mut self, intent_id: &str, now: UnixMillis) -> bool {
        let is_taken = self.shared.with(|state| state.hands.take_end(intent_id, now));
        if is_taken {
            self.intent_ids.push(intent_id.to_owned());
        }
        is_taken
    }

    fn give_back(&mut self, intent_id: &str) {
        self.intent_ids.retain(|taken| taken != intent_id);
        self.free(&[intent_id.to_owned()]);
    }

    /// They are told, but for those that were dealt with meanwhile; whoever is told them says so.
    pub(super) fn tell(mut self, notices: &mut Vec<Notice>) {
        self.shared.with(|state| {
            let ends = &mut state.hands.ends;
            notices.retain(|notice| !ends.dealt.contains(&notice.record.intent_id));
            for notice in notices.iter() {
                ends.telling.insert(&notice.record.intent_id, ());
            }
        });
        self.intent_ids.retain(|taken| notices.iter().all(|notice| notice.record.intent_id != *taken));
    }

    fn free(&self, intent_ids: &[String]) {
        self.shared.with(|state| {
            let ends = &mut state.hands.ends;
            if ends.forgotten == self.since {
                for intent_id in intent_ids {
                    ends.telling.remove(intent_id);
                }
            }
        });
    }
}

impl Drop for TakenEnds {
    fn drop(&mut self) {
        self.free(&self.intent_ids);
    }
}

/// Claims an end once more where its claim may not last for what the application does with it.
async fn tells(host: &Host, mut record: Box<TaskRecord>) -> bool {
    let intent_id = record.intent_id.clone();
    for _ in 0..TRIES {
        let now = host.now();
        if host.client.with(|state| state.hands.ends.dealt.contains(&intent_id)) {
            break;
        }
        let lasts = clocks::lease_until(&record, now) > Some(now.saturating_add(TaskMachine::HANDLING_MS / 2));
        if host.client.holds(&record) && lasts {
            return true;
        }
        if Others::default().have(host, &record).await {
            break;
        }
        let step = claimed_end(host, *record);
        match host.try_save(&step).await {
            Ok(Saved::Done) => return true,
            Ok(Saved::Conflict) => {}
            Err(_) => break,
        }
        let Ok(Some(newer)) = host.load(&intent_id).await else { break };
        record = newer;
    }
    host.client.with(|state| state.hands.ends.telling.remove(&intent_id));
    false
}

/// The end of a task, claimed by this client, to be stored.
fn claimed_end(host: &Host, mut record: TaskRecord) -> Arc<Step> {
    let now = host.now();
    notes::claim(&mut record, host.client.holder(), now.saturating_add(TaskMachine::HANDLING_MS), now);
    versions::next_version(&mut record);
    Step::plain(record)
}
