//! The judge at work while a world goes on: at each effect that is asked for, each answer, and each change of the store.

use super::contract::{Limits, OTHER_APART_MS, POLL_APART_MS, SUBMIT_APART_MS};
use super::deeds::Deed;
use super::host::World;
use gentask_core::client::{Answer, Effect, Step};
use gentask_core::record::FileEntry;
use gentask_core::store::{Find, Saved};
use gentask_core::{HttpRequest, HttpResponse, Operation, Phase, TaskRecord};
use serde_json::Value;

/// After this long everybody has seen what is stored, however slow the store was.
const SEEN_BY_ALL_MS: u64 = 130_000;
/// The longest pause between two polls, with its jitter.
const LONGEST_POLL_MS: u64 = 30_000;

impl World {
    pub(super) fn watch_issue(&mut self, index: usize, effect: &Effect) {
        self.watch_forged(index, effect);
        match effect {
            Effect::Send { request, .. } => {
                if request.operation == Operation::Submit {
                    self.watch_submit(index, request);
                }
                self.watch_pause(index, request);
                self.watch_look(index, request);
                let process = self.calls[index].process;
                for lane in Self::lanes(request.operation) {
                    self.processes[process].sent[*lane] = self.now;
                }
            }
            Effect::Sleep { until, gives_back: true, .. } if self.calls[index].seen.probes && self.trouble.honest => {
                self.watch_slot(index, *until);
            }
            Effect::Save(step) => {
                let running = &mut self.calls[index];
                let (intent, id) = (step.record.intent_id(), running.id);
                if let Some((of, task_id)) = running.seen.heard.take_if(|(of, _)| of == intent) {
                    let second = step.record.conflict().and_then(|conflict| conflict.task_id.as_ref());
                    let is_named = step.record.task_id().is_some() || second == Some(&task_id);
                    self.judge.holds(is_named, "heard", || format!("call {id} heard the id {task_id} of {of}, and saves it not"));
                }
                // What sends a submit was decided when its attempt was counted first, however often that is saved.
                let attempt = (intent.to_owned(), step.record.attempts().submit);
                if step.record.phase() == Phase::Submitting && running.seen.begun.as_ref().is_none_or(|(known, _)| *known != attempt) {
                    running.seen.begun = Some((attempt, self.now));
                }
                if is_withdrawal(step) && running.seen.withdrawn.contains(intent) {
                    self.judge.fault("withdrawn once", format!("call {id} withdraws {intent} once more"));
                }
            }
            _ => {}
        }
    }

    /// A submit is about to leave.
    fn watch_submit(&mut self, index: usize, request: &HttpRequest) {
        let (intent, attempt) = (intent_in(request), attempt_in(request));
        let running = &mut self.calls[index];
        let id = running.id;
        self.judge.holds(running.holds, "ready", || format!("call {id} sends {} without a place and a key", request.id));
        running.seen.left.insert((intent.clone(), attempt));
        let now = self.now;
        let stored = self.store.load(&intent);
        let judge = &mut self.judge;
        let is_fenced = judge.fenced.contains(&(intent.clone(), attempt));
        judge.holds(is_fenced, "fenced", || format!("call {id} sends attempt {attempt} of {intent}, which is not durable"));
        if let Some(told) = judge.over.get(&intent) {
            let what = format!("call {id} sends {intent}, of which was told: {told}");
            judge.fault("final", what);
        }
        let keyed = self.kind.keyed;
        if self.trouble.honest {
            let is_own = stored.as_ref().is_some_and(|record| {
                let lease = record.lease().is_some_and(|lease| lease.until > now);
                // Under an honoured key, the answer to an attempt before may have come meanwhile.
                let is_replay = keyed && attempt > 1 && record.task_id().is_some();
                is_replay || (record.phase() == Phase::Submitting && record.attempts().submit == attempt && lease)
            });
            judge.holds(is_own, "leased", || format!("call {id} sends attempt {attempt} of {intent} without its lease: {stored:?}"));
        }
    }

    /// No request inside a pause that its process knows of.
    fn watch_pause(&mut self, index: usize, request: &HttpRequest) {
        let running = &self.calls[index];
        let process = &self.processes[running.process];
        let (now, id) = (self.now, running.id);
        let begun = running.seen.begun.as_ref().filter(|_| request.operation == Operation::Submit);
        let decided = begun.map_or(running.seen.decided, |(_, at)| *at);
        if !self.trouble.honest {
            return;
        }
        let (until, since) = process.paused;
        let knew = until > now && since <= decided;
        self.judge.holds(!knew, "pause", || format!("call {id} sends {} {} ms inside a pause", request.id, until.saturating_sub(now)));
        let (until, stored) = self.judge.hold;
        let must_know = until > now && stored + SEEN_BY_ALL_MS < decided && process.in_the_dark < stored;
        self.judge.holds(!must_know, "pause", || format!("call {id} sends {} inside a pause that was stored at {stored}", request.id));
    }

    /// A client that did nothing else waits for a slot that nobody has.
    fn watch_slot(&mut self, index: usize, until: u64) {
        let running = &self.calls[index];
        let process = &self.processes[running.process];
        let is_alone = self.calls.iter().filter(|other| other.process == running.process).count() == 1;
        if self.kind.limits != Limits::Tight || !is_alone {
            return;
        }
        let (now, paused, id) = (self.now, process.paused.0.max(self.judge.hold.0), running.id);
        let last = |lane: usize| process.sent[lane];
        let most = match &running.deed {
            Deed::Account if last(2) < running.began => now.max(paused).max(last(2).max(paused) + OTHER_APART_MS),
            Deed::Submit { .. } if running.seen.left.is_empty() && !self.is_elsewhere(&running.call.named().intent_id(), until) => {
                now.max(paused).max(last(0).max(paused) + SUBMIT_APART_MS)
            }
            Deed::Wait { intent, .. } => {
                let Some(record) = self.store.load(intent) else { return };
                let follows = record.due().is_some_and(|due| due.at >= until) || record.not_before().is_some_and(|at| at > now);
                if record.phase() != Phase::Waiting || follows || record.attempts().read_failures > 0 {
                    return;
                }
                (now + LONGEST_POLL_MS).max(paused).max(last(1).max(paused) + POLL_APART_MS)
            }
            _ => return,
        };
        self.judge.holds(until <= most + 100, "slots", || {
            format!("call {id} sleeps {} ms, and no slot is taken for longer than {} ms", until - now, most.saturating_sub(now))
        });
    }

    /// Whether somebody else is submitting an intent, has, or knows better when.
    fn is_elsewhere(&self, intent: &str, until: u64) -> bool {
        self.store.load(intent).is_some_and(|record| record.phase() != Phase::Prepared || record.due().is_some_and(|due| due.at >= until))
    }

    /// What a call learns.
    pub(super) fn watch_answer(&mut self, index: usize, effect: &Effect, answer: &Answer) {
        let (now, running) = (self.now, &mut self.calls[index]);
        let process = &mut self.processes[running.process];
        if !matches!(effect, Effect::Save(_) | Effect::SetMeta { .. } | Effect::Tell(_)) {
            running.seen.decided = now;
        }
        let mut pause = |until: u64| {
            if until > process.paused.0 {
                process.paused = (until, now);
            }
        };
        match (effect, answer) {
            (Effect::Meta { name }, Answer::Value(Some(value))) if is_hold(name) => {
                pause(value.parse().unwrap_or(0));
            }
            (Effect::Meta { .. } | Effect::SetMeta { .. }, Answer::Refused(_)) => {
                process.in_the_dark = now;
                running.seen.refused = true;
            }
            (Effect::Save(step), Answer::Saved(Saved::Conflict)) if is_withdrawal(step) => {
                running.seen.withdrawn.insert(step.record.intent_id().to_owned());
            }
            (Effect::Send { request, .. }, Answer::Response(response)) => {
                let asked = response.header("retry-after").and_then(|seconds| seconds.parse::<u64>().ok()).unwrap_or(0);
                if asked > 0 && response.status >= 400 {
                    pause(now + asked * 1_000);
                }
                if let Some(task_id) = id_told(response).filter(|_| request.operation == Operation::Submit) {
                    running.seen.heard = Some((intent_in(request), task_id));
                    running.seen.learned.clone_from(&running.seen.heard);
                }
            }
            (_, Answer::Refused(_)) => running.seen.refused = true,
            _ => {}
        }
    }

    /// An effect of the store was done for a call: it may know since then how its task is. That the request is gone says as much as a record.
    pub(super) fn watch_read(&mut self, call: u32, effect: &Effect, answer: &Answer) {
        let reads = matches!(effect, Effect::Load { .. } | Effect::Find(Find::CallerKey { .. }) | Effect::Save(_));
        if (reads || *answer == Answer::Bytes(None))
            && let Some(running) = self.calls.iter_mut().find(|running| running.id == call)
        {
            // Who adopts also reads the task of whoever has the same id in mind.
            let is_other =
                matches!((effect, &running.deed), (Effect::Load { intent_id, .. }, Deed::Adopt { intent, .. }) if intent_id != intent);
            if !is_other {
                running.seen.read = self.now;
            }
        }
    }

    pub(super) fn watch_value(&mut self, name: &str, before: Option<&str>, stands: &str) {
        if !is_hold(name) || !self.trouble.honest {
            return;
        }
        let number = |text: &str| text.parse::<u64>().unwrap_or(0);
        let (before, stands) = (before.map_or(0, number), number(stands));
        let now = self.now;
        let shorter = before > now && stands < before;
        self.judge
            .holds(!shorter, "pause", || format!("the stored pause was {} ms and is {} ms", before - now, stands.saturating_sub(now)));
        if stands > before {
            self.judge.hold = (stands, now);
        }
    }

    pub(super) fn watch_deleted(&mut self, record: &TaskRecord) {
        self.judge.deleted.insert(record.intent_id().to_owned());
        let job = self.jobs.iter_mut().find(|job| job.intents.iter().any(|intent| intent == record.intent_id()));
        if let Some(job) = job.filter(|_| record.caller_key().is_some()) {
            job.pruned += 1;
        }
    }

    /// A record was stored.
    pub(super) fn watch_save(&mut self, call: Option<u32>, process: usize, before: Option<&TaskRecord>, step: &Step) {
        let (after, now) = (&*step.record, self.now);
        let intent = after.intent_id().to_owned();
        let who = call.map_or_else(|| "a call that is gone".to_owned(), |call| format!("call {call}"));
        if step.fence && after.phase() == Phase::Submitting {
            self.judge.fenced.insert((intent.clone(), after.attempts().submit));
        }
        if let Some(task_id) = after.task_id().filter(|_| step.fence) {
            self.judge.durable.insert((intent.clone(), task_id.to_owned()));
        }
        let counted = after.phase() == Phase::Submitting && before.is_none_or(|before| before.attempts().submit < after.attempts().submit);
        if counted {
            if let Some(running) = self.calls.iter_mut().find(|running| Some(running.id) == call) {
                running.seen.counted.insert((intent.clone(), after.attempts().submit));
            }
            let holder = after.lease().map(|lease| lease.holder.clone()).unwrap_or_default();
            // Of a call that is gone nobody knows any more whether it is the same one.
            let other = call.and_then(|_| self.judge.holders.insert(holder.clone(), call)).filter(|other| *other != call);
            self.judge.holds(other.is_none(), "named", || format!("{who} submits as {holder}, as call {other:?} did"));
        }
        if matches!(after.phase(), Phase::Succeeded | Phase::Failed | Phase::Cancelled | Phase::Rejected) {
            self.watch_end(after);
        }
        self.watch_taken(&who, call, before, step);
        let adopts = self.calls.iter().any(|running| Some(running.id) == call && matches!(running.deed, Deed::Adopt { .. }));
        if after.phase() == Phase::Discarded || (adopts && after.task_id().is_some()) {
            self.judge.decided.insert(intent.clone());
        }
        let Some(before) = before else { return };
        if before.phase() == Phase::Submitting && after.phase() == Phase::Unresolved {
            self.watch_loss(&who, call, process, before);
        }
        self.judge.saved_by.insert(intent.clone(), call);
        let judge = &mut self.judge;
        let ended_so = !before.phase().is_terminal() || before.phase() == after.phase();
        judge.holds(ended_so, "absorbed", || {
            format!("{who} makes {intent} {}, which was {}", after.phase().as_str(), before.phase().as_str())
        });
        let forgot = before.maybe_sent() && !after.maybe_sent() && after.task_id().is_none();
        judge.holds(!forgot, "doubt", || format!("{who} forgets that {intent} may have been accepted"));
        if before.caller_key().is_some() && after.caller_key().is_none() {
            let made = self.provider.made_for(&intent);
            judge.holds(made.is_empty(), "key", || format!("{who} frees the key of {intent}, of which the provider has {made:?}"));
        }
        let notes = self.calls.iter().any(|running| Some(running.id) == call && matches!(running.deed, Deed::NoteFile { .. }));
        let back = notes && after.at().updated < before.at().updated;
        self.judge.holds(!back, "times", || {
            format!("{who} moves the time of {intent} back by {} ms at {now}", before.at().updated - after.at().updated)
        });
    }

    /// An attempt is called lost.
    fn watch_loss(&mut self, who: &str, call: Option<u32>, process: usize, before: &TaskRecord) {
        let (intent, attempt) = (before.intent_id().to_owned(), before.attempts().submit);
        let Some(lease) = before.lease() else { return };
        let is_own = lease.holder.starts_with(&self.processes[process].holder);
        let lives = !self.is_gone(&lease.holder);
        let early = self.trouble.honest && !is_own && lives && lease.until > self.now;
        self.judge.holds(!early, "leased", || format!("{who} calls attempt {attempt} of {intent} lost, which {} still has", lease.holder));
        let running = self.calls.iter().find(|running| Some(running.id) == call);
        let place = (intent.clone(), attempt);
        let never_left = running.is_some_and(|running| running.seen.counted.contains(&place) && !running.seen.left.contains(&place));
        let never_left = never_left && !before.maybe_sent() && self.judge.saved_by.get(&intent) == Some(&call);
        self.judge.holds(!never_left, "unsent", || format!("{who} calls attempt {attempt} of {intent} lost, and never sent it"));
    }

    /// A task ends: as the provider says.
    pub(super) fn watch_end(&mut self, record: &TaskRecord) {
        let (intent, phase) = (record.intent_id(), record.phase());
        let task = record.task_id().and_then(|task_id| self.provider.task(task_id));
        let made = self.provider.made_for(intent);
        let second = record.conflict().is_some_and(|conflict| conflict.task_id.is_some());
        let agrees = match (phase, task) {
            (Phase::Succeeded, Some(task)) => {
                let files = record.result().map(|result| &*result.files).unwrap_or_default();
                let is_said = |file: &FileEntry| file.url.as_deref().is_some_and(|url| task.has_named(url));
                task.is_said("done") && files.len() == 1 && files.iter().all(is_said)
            }
            (Phase::Failed, Some(task)) => task.is_said("failed"),
            (Phase::Cancelled, Some(task)) => task.cancelled || task.erased,
            (Phase::Cancelled | Phase::Rejected, None) => made.is_empty() || second,
            // An id beside a refusal is a conflict's.
            (Phase::Rejected, Some(_)) => record.conflict().is_some(),
            _ => false,
        };
        self.judge
            .holds(agrees, "agrees", || format!("{intent} is {}, and the provider has {task:?}, {made:?}: {record:?}", phase.as_str()));
    }
}

/// Whether a save withdraws an order whose caller is told that it failed: that is no step of its machine, and brings no event. One that lets go of its key
/// names the order after it, and is looked up anew before it is tried again.
fn is_withdrawal(step: &Step) -> bool {
    step.record.phase() == Phase::Rejected && step.events.is_empty() && step.record.successor().is_none()
}

fn is_hold(name: &str) -> bool {
    name.starts_with("hold ") && !name.ends_with(" set")
}

/// The intent that a submit's body names.
fn intent_in(request: &HttpRequest) -> String {
    let body: Value = serde_json::from_slice(&request.body).unwrap_or_default();
    body["reference"].as_str().unwrap_or_default().to_owned()
}

fn attempt_in(request: &HttpRequest) -> u64 {
    request.id.rsplit(':').next().and_then(|number| number.parse().ok()).unwrap_or(0)
}

/// The id that an accepting answer names, where its JSON is complete.
fn id_told(response: &HttpResponse) -> Option<String> {
    let body: Value = serde_json::from_slice(&response.body).ok()?;
    body["id"].as_str().filter(|_| response.is_success()).map(str::to_owned)
}
