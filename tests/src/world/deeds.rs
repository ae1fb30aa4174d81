//! What people want of their clients, and when.

use super::Chance;
use super::arrivals::URL;
use super::callbacks::{News, Sent};
use super::host::World;
use super::process::{Brought, Running, Seen};
use super::trouble::Theme;
use gentask_core::client::{Call, Known, Question, Updates, Waiting};
use gentask_core::record::SavedFile;
use gentask_core::store::Filter;
use gentask_core::{Generation, SubmitOptions, TaskRecord};
use serde_json::json;
use std::sync::Arc;

/// A medium of every order whose provider wants it uploaded first.
const GIF: &str = "data:image/gif;base64,R0lGODlhIGFuZCBzbyBvbg==";

/// One thing that somebody does.
#[derive(Clone, Debug)]
pub(super) enum Deed {
    /// Orders a job. Another body is another job under the same key.
    Submit {
        job: usize,
        body: u8,
    },
    Wait {
        intent: String,
        timeout_ms: Option<u64>,
        background: bool,
    },
    WaitFrom {
        record: Box<TaskRecord>,
    },
    /// Goes on with a wait that was parked, where its process still lives; otherwise waits anew.
    Unpark {
        intent: String,
        parked: u32,
    },
    Check {
        intent: String,
        force: bool,
    },
    Cancel {
        intent: String,
    },
    Adopt {
        intent: String,
        task_id: String,
    },
    Discard {
        intent: String,
    },
    Ask {
        question: Question,
        task_id: String,
        model: bool,
    },
    /// Is told how something is, by the store alone: overdue, left, its reply, its key's task, what is unresolved.
    Overdue {
        intent: String,
    },
    Left {
        intent: String,
    },
    Look {
        intent: String,
        what: u8,
    },
    Account,
    RemoteTasks,
    NoteFile {
        intent: String,
    },
    Prune {
        before: u64,
    },
    /// Takes a callback.
    Receive {
        sent: Box<Sent>,
    },
    /// Does what follows from one that was acknowledged.
    FollowUp {
        intent: String,
    },
    /// Looks for ended tasks, and says of one that what follows from its end is done.
    Notices,
    Acknowledge {
        intent: String,
    },
    /// A worker looks for work, and for ends that are to be told.
    Work {
        settles: bool,
    },
    /// It takes a task a step further.
    Turn {
        record: Box<TaskRecord>,
        settles: bool,
    },
    /// The application was told of an end, and has dealt with it, or not.
    Handled {
        intent: String,
        done: bool,
    },
    /// A worker gives back what it has claimed.
    Release,
    /// Takes up everything that is unfinished.
    Resume {
        page: Option<gentask_core::store::Cursor>,
    },
}

/// What somebody plans to do, before it is known of which intent or task it will be.
#[derive(Clone, Debug)]
pub(super) enum Wish {
    Submit {
        job: usize,
        body: u8,
    },
    /// Something about a job's newest intent.
    About {
        job: usize,
        what: u64,
    },
    /// A certain thing.
    Do(Deed),
    /// The provider sends a callback, for the first time.
    Tell(Box<News>),
    /// A callback arrives.
    Deliver(Box<Sent>),
    Resume,
    /// Two jobs adopt one id at the same moment, each in a process.
    Twins {
        other: usize,
    },
    /// Looks whether all slots of a client that does nothing were given back.
    Probe,
}

/// Planned: when, and in which process.
#[derive(Clone, Debug)]
pub(super) struct Planned {
    pub(super) at: u64,
    pub(super) process: usize,
    pub(super) wish: Wish,
}

/// What is ordered.
#[derive(Debug)]
pub(super) struct Job {
    pub(super) key: Option<String>,
    pub(super) owner: Option<String>,
    /// The intents that were made for it, as far as people know.
    pub(super) intents: Vec<String>,
    /// How many records of it were pruned: each frees the key.
    pub(super) pruned: u64,
    /// Whether its submits ask for callbacks.
    pub(super) called: bool,
}

/// The jobs of a world, and what people do about them while there is trouble.
pub(super) fn draw(theme: Theme, start: u64, until: u64, processes: usize, chance: &mut Chance) -> (Vec<Job>, Vec<Planned>) {
    let count = 1 + chance.index(3);
    let shared = chance.happens(30);
    let mut jobs = Vec::new();
    let mut plan = Vec::new();
    for job in 0..count {
        let keyed = theme == Theme::Keys || chance.happens(55);
        // One key of two owners is two keys.
        let key = keyed.then(|| if shared { "order".to_owned() } else { format!("order-{job}") });
        let owner = if shared { Some(format!("owner-{job}")) } else { chance.happens(30).then(|| "ann".to_owned()) };
        jobs.push(Job { key, owner, intents: Vec::new(), pruned: 0, called: false });
        let first = start + chance.below(chance.clone().pick(&[1, 5_000, 30_000]));
        let mut wish = |chance: &mut Chance, at: u64, wish: Wish| plan.push(Planned { at, process: chance.index(processes), wish });
        wish(chance, first, Wish::Submit { job, body: 0 });
        let most = if theme == Theme::Keys { 6 } else { 3 };
        for _ in 0..if keyed { chance.below(most) } else { 0 } {
            let later = chance.pick(&[0, 3, 1_000, 20_000, until - start]);
            let body = u8::from(chance.happens(15));
            let at = first + chance.below(later + 1);
            wish(chance, at, Wish::Submit { job, body });
        }
        for _ in 0..chance.below(7) {
            let at = first + chance.below(chance.clone().pick(&[10, 5_000, until - start]));
            let what = chance.below(100);
            wish(chance, at, Wish::About { job, what });
        }
        if theme == Theme::Settling {
            // Several settle it at the same moment, once its outcome is known to be unknown.
            let at = first + 40_000 + chance.below(10_000);
            for _ in 0..=chance.below(3) {
                let (what, at) = (chance.pick(&[50, 55, 60, 64]), at + chance.below(3));
                wish(chance, at, Wish::About { job, what });
            }
        }
    }
    if theme == Theme::Settling && count > 1 {
        for _ in 0..2 {
            let at = start + 45_000 + chance.below(40_000);
            plan.push(Planned { at, process: chance.index(processes), wish: Wish::Twins { other: chance.index(processes) } });
        }
    }
    (jobs, plan)
}

impl World {
    /// Does what was planned, where there is something to do it with.
    pub(super) fn fulfil(&mut self, planned: Planned) {
        let Planned { process, wish, .. } = planned;
        let wish = match wish {
            Wish::Tell(news) => return self.send(&news),
            Wish::Deliver(sent) => return self.deliver(process, sent),
            other => other,
        };
        if self.processes[process].client.is_none() {
            return;
        }
        match wish {
            Wish::Submit { job, body } => self.begin(process, Deed::Submit { job, body }, false),
            Wish::Do(deed) => self.begin(process, deed, false),
            Wish::Resume => self.begin(process, Deed::Resume { page: None }, false),
            Wish::About { job, what } => {
                if let Some(deed) = self.about(job, what) {
                    self.begin(process, deed, false);
                }
            }
            Wish::Twins { other } => self.twins([process, other]),
            Wish::Tell(_) | Wish::Deliver(_) => {}
            Wish::Probe => {
                if self.calls.iter().all(|running| running.process != process) {
                    self.probe(process);
                }
            }
        }
    }

    /// What somebody does about a job's newest intent.
    fn about(&mut self, job: usize, what: u64) -> Option<Deed> {
        let intents = &self.jobs[job].intents;
        let newest = intents.last()?;
        let intent = if self.chance.happens(80) { newest.clone() } else { intents[self.chance.index(intents.len())].clone() };
        let made = self.provider.made_for(&intent);
        let known = self.store.load(&intent).and_then(|record| record.task_id().map(str::to_owned));
        let task_id = known.or_else(|| made.first().cloned()).unwrap_or_else(|| "task-77".to_owned());
        Some(match what {
            0..20 => Deed::Wait {
                intent,
                timeout_ms: self.chance.pick(&[None, Some(1_000), Some(30_000), Some(300_000)]),
                background: self.chance.happens(20),
            },
            20..32 => Deed::Check { intent, force: self.chance.happens(40) },
            32..42 => Deed::Cancel { intent },
            42..48 => Deed::Ask {
                question: self.chance.pick(&[Question::Status, Question::Details, Question::Cancel]),
                task_id,
                model: self.chance.happens(50),
            },
            48..63 => {
                let others: Vec<String> = self.provider.tasks().map(|(id, _)| id.clone()).collect();
                let task_id = match self.chance.below(10) {
                    0 => "task-77".to_owned(),
                    1 | 2 if !others.is_empty() => others[self.chance.index(others.len())].clone(),
                    _ => task_id,
                };
                Deed::Adopt { intent, task_id }
            }
            63..68 => Deed::Discard { intent },
            68..74 => Deed::NoteFile { intent },
            74..78 => Deed::Account,
            78..80 => Deed::RemoteTasks,
            80..88 => Deed::Look { intent, what: u8::try_from(self.chance.below(6)).unwrap_or(0) },
            88..91 => Deed::Prune { before: self.now.saturating_sub(self.chance.below(60_000)) },
            91..95 => Deed::Overdue { intent },
            95..97 => Deed::Resume { page: None },
            97..99 => Deed::Work { settles: self.chance.happens(50) },
            _ => Deed::Release,
        })
    }

    /// Two intents whose outcome is not known adopt the same task.
    fn twins(&mut self, processes: [usize; 2]) {
        let unresolved = self.store.records().filter(|record| record.phase() == gentask_core::Phase::Unresolved);
        let intents: Vec<String> = unresolved.map(|record| record.intent_id().to_owned()).take(2).collect();
        let made = intents.iter().flat_map(|intent| self.provider.made_for(intent)).next();
        let (Some(task_id), 2) = (made, intents.len()) else { return };
        for (intent, process) in intents.into_iter().zip(processes) {
            if self.processes[process].client.is_some() {
                self.begin(process, Deed::Adopt { intent, task_id: task_id.clone() }, false);
            }
        }
    }

    /// A client that does nothing is asked for one request of each lane: none may have to wait for a slot that nobody has.
    fn probe(&mut self, process: usize) {
        if self.chance.happens(30) {
            return self.begin(process, Deed::Account, true);
        }
        let waiting = self.store.records().find(|record| record.phase() == gentask_core::Phase::Waiting);
        if let Some(intent) = waiting.map(|record| record.intent_id().to_owned()).filter(|_| self.chance.happens(50)) {
            return self.begin(process, Deed::Wait { intent, timeout_ms: Some(60_000), background: false }, true);
        }
        self.jobs.push(Job { key: None, owner: None, intents: Vec::new(), pruned: 0, called: false });
        self.begin(process, Deed::Submit { job: self.jobs.len() - 1, body: 0 }, true);
    }

    /// Begins a call.
    pub(super) fn begin(&mut self, process: usize, deed: Deed, probes: bool) {
        let now = self.processes[process].clock(self.now);
        let Some(client) = self.processes[process].client.clone() else { return };
        let reply = |call: Call<gentask_core::Reply>| call.map(|reply| Brought::Reply(Box::new(reply)));
        let mut seen = Seen { probes, decided: self.now, ..Seen::default() };
        let call: Call<Brought> = match &deed {
            Deed::Submit { job, body } => {
                let mut input = json!({"prompt": format!("job {job}/{body}")});
                if client.contract().awaits_upload(&json!(GIF)) {
                    input["image"] = json!(GIF);
                }
                let generation = Generation { model: "painter".to_owned(), input };
                let Job { key, owner, called, .. } = &self.jobs[*job];
                let callback_url = called.then(|| URL.to_owned());
                let options = SubmitOptions { key: key.clone(), owner: owner.clone(), callback_url, ..SubmitOptions::default() };
                let entropy: [u8; 32] = std::array::from_fn(|_| u8::try_from(self.chance.below(256)).unwrap_or(0));
                let call = client.submit(&generation, &options, entropy, now).expect("the order is valid");
                self.jobs[*job].intents.push(call.named().intent_id());
                seen.paid_before = self.provider.tasks().any(|(_, task)| task.job == *job);
                call.map(|accepted| Brought::Accepted(Box::new(accepted)))
            }
            Deed::Wait { intent, timeout_ms, background } => {
                let updates = self.chance.pick(&[Updates::None, Updates::Changes, Updates::FromTheFirst]);
                let how = Waiting { timeout_ms: *timeout_ms, updates, background: *background };
                reply(client.wait(self.known(intent), how, now))
            }
            Deed::WaitFrom { record } => {
                let how = Waiting { timeout_ms: Some(600_000), background: true, ..Waiting::default() };
                reply(client.wait_from(Arc::new((**record).clone()), how, now))
            }
            Deed::Unpark { intent, parked } => reply(match self.processes[process].parked.remove(parked) {
                Some(parked) => client.unpark(parked, now),
                None => client.wait(self.known(intent), Waiting { background: true, ..Waiting::default() }, now),
            }),
            Deed::Check { intent, force } => reply(client.check(self.known(intent), *force, now)),
            Deed::Cancel { intent } => reply(client.cancel(self.known(intent), now)),
            Deed::Adopt { intent, task_id } => {
                let is_others = |record: &Arc<TaskRecord>| record.intent_id() != *intent && record.task_id() == Some(task_id);
                seen.id_was_taken = self.store.records().any(is_others);
                reply(client.adopt(self.known(intent), task_id, now))
            }
            Deed::Discard { intent } => reply(client.discard(self.known(intent), now)),
            Deed::Ask { question, task_id, model } => reply(client.ask(*question, task_id, model.then_some("painter"), now)),
            Deed::Overdue { intent } => reply(client.overdue(self.known(intent), now)),
            Deed::Left { intent } => reply(client.left(intent, now)),
            Deed::Look { intent, what: 0 | 1 } => reply(client.reply(self.known(intent), now)),
            Deed::Look { what: 2, .. } => client.unresolved(now).map(|_| Brought::Nothing),
            Deed::Look { intent, what: 3 } => client.task(self.known(intent), now).map(|_| Brought::Nothing),
            Deed::Look { what: 4, .. } => client.find("order", Some("owner-0"), now).map(|_| Brought::Nothing),
            Deed::Look { .. } => client.page(Filter { limit: Some(2), ..Filter::default() }, now).map(|_| Brought::Nothing),
            Deed::Account => client.account(now).expect("the contract has one").map(|_| Brought::Nothing),
            Deed::RemoteTasks => client.remote_tasks(now).expect("the contract has a list").map(|_| Brought::Nothing),
            Deed::NoteFile { intent } => {
                let file = SavedFile { path: "a.png".into(), sha256: "0".repeat(64), bytes: 3, content_type: "image/png".into() };
                client.note_file(intent, 0, file, now).map(|()| Brought::Nothing)
            }
            Deed::Prune { before } => client.prune(*before, now).map(|_| Brought::Nothing),
            Deed::Receive { sent } => client.receive(self.arrival(sent), now).map(|receipt| Brought::Receipt(Box::new(receipt))),
            Deed::FollowUp { intent } => reply(client.follow_up(self.known(intent), now)),
            Deed::Notices => client.notices(None, now).map(Brought::Notices),
            Deed::Acknowledge { intent } => client.acknowledge(intent, now).map(|_| Brought::Nothing),
            Deed::Work { settles } => client.work(*settles, now).map(Brought::Work),
            Deed::Turn { record, settles } => {
                client.turn(Arc::new((**record).clone()), *settles, now).map(|turn| Brought::Turn(Box::new(turn)))
            }
            Deed::Handled { intent, done } => client.handled(intent, *done, now).map(|_| Brought::Nothing),
            Deed::Release => client.release(now).map(|_| Brought::Nothing),
            Deed::Resume { page } => client.unfinished(page.clone(), now).map(Brought::Page),
        };
        self.next_call += 1;
        let id = self.next_call;
        self.counts.calls += 1;
        self.story.note(self.now, || format!("call {id} in {process}: {deed:?}{}", if probes { " (probe)" } else { "" }));
        let began = self.now;
        let is_left = false;
        self.calls.push(Running { id, process, deed, call, began, asked: None, is_left, has_place: false, holds: false, seen });
    }

    /// A task as a handle knows it: by its id alone, or by a record.
    fn known(&mut self, intent: &str) -> Known {
        match self.store.load(intent).filter(|_| self.chance.happens(30)) {
            Some(record) => Known::from(record),
            None => Known::from(intent),
        }
    }
}
