//! The ends of tasks, as a worker tells the application of them: each claimed, and told again until it was dealt with.

use super::call::Call;
use super::claims::{Others, TRIES};
use super::effect::Step;
use super::host::Host;
use super::notices::Notice;
use super::outcome::Outcome;
use super::settings::{Client, Shared};
use super::work::{Work, rest, rests};
use crate::failure::Failure;
use crate::io::UnixMillis;
use crate::machine::TaskMachine;
use crate::record::TaskRecord;
use crate::state::{clocks, notes, versions};
use crate::store::{NoticeFilter, Saved};
use std::sync::Arc;

/// Ended tasks of others that it takes in hand at once: few, since an application may deal with one after the other, and each is claimed from now on.
const NOTICES: usize = 16;

impl Client {
    /// The application was told of a task's end. `done`: it has dealt with it, and hears of it no more; otherwise it is told again later. Brings
    /// whether nobody had said so before.
    pub fn handled(&self, intent_id: &str, done: bool, now: UnixMillis) -> Call<bool> {
        let intent = intent_id.to_owned();
        self.call(intent_id.to_owned(), now, move |host| async move {
            let noted = if done { host.acknowledged(&intent).await } else { Ok(false) };
            let now = host.now();
            host.client.with(|state| {
                state.hands.telling.remove(&intent);
                if !done || noted.is_err() {
                    rest(&mut state.hands.told, &intent, now);
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
    let busy = client.with(|state| state.hands.telling.len() + state.hands.told.len());
    let filter = NoticeFilter { limit: Some(NOTICES.saturating_add(busy)), ..client.own_notices() };
    for record in host.notices(filter).await? {
        if others.have(host, &record).await || !taken.take(&record.intent_id, now) {
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

/// The ends that a look has taken. Where it is dropped, or fails, the next one may take them.
pub(super) struct TakenEnds {
    shared: Arc<Shared>,
    intent_ids: Vec<String>,
}

impl TakenEnds {
    pub(super) fn new(shared: &Arc<Shared>) -> Self {
        Self { shared: Arc::clone(shared), intent_ids: Vec::new() }
    }

    /// Takes an end, where there is room and nobody has it: a turn that brought it may be about to tell it.
    fn take(&mut self, intent_id: &str, now: UnixMillis) -> bool {
        let is_free = self.shared.with(|state| {
            let hands = &mut state.hands;
            hands.telling.len() < NOTICES && !hands.is_in_hand(intent_id) && hands.tell(intent_id, now)
        });
        if is_free {
            self.intent_ids.push(intent_id.to_owned());
        }
        is_free
    }

    fn give_back(&mut self, intent_id: &str) {
        self.intent_ids.retain(|taken| taken != intent_id);
        self.shared.with(|state| state.hands.telling.remove(intent_id));
    }

    /// They are told, but for those that were dealt with since this look began; whoever is told them says so.
    pub(super) fn tell(mut self, ends: &mut Vec<Notice>, begun: UnixMillis) {
        self.shared.with(|state| ends.retain(|end| !rests(&state.hands.told, &end.record.intent_id, begun)));
        self.intent_ids.retain(|taken| ends.iter().all(|end| end.record.intent_id != *taken));
    }
}

impl Drop for TakenEnds {
    fn drop(&mut self) {
        self.shared.with(|state| {
            for intent_id in &self.intent_ids {
                state.hands.telling.remove(intent_id);
            }
        });
    }
}

/// Claims an end once more where its claim may not last for what the application does with it.
async fn tells(host: &Host, mut record: Box<TaskRecord>) -> bool {
    let intent_id = record.intent_id.clone();
    for _ in 0..TRIES {
        let now = host.now();
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
    host.client.with(|state| state.hands.telling.remove(&intent_id));
    false
}

/// The end of a task, claimed by this client, to be stored.
fn claimed_end(host: &Host, mut record: TaskRecord) -> Arc<Step> {
    let now = host.now();
    notes::claim(&mut record, host.client.holder(), now.saturating_add(TaskMachine::HANDLING_MS), now);
    versions::next_version(&mut record);
    Step::plain(record)
}
