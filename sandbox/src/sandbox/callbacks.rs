//! The callbacks that tasks owe: what they say, when they are posted, and what tests ask for besides.

use super::Sandbox;
use crate::callback::{Content, Delivery, Planned, Post, Rules, Schedule, Signer, Sketch, TestCallback, progress, sketch};
use crate::media::rng::{self, Rng};
use crate::options::SandboxOptions;
use crate::script::Forgery;
use crate::task::{self, Task};
use gentask_core::webhook::{token_in, with_token};
use serde_json::Value;
use std::collections::BTreeSet;

/// What a provider knows of its callbacks.
pub(super) struct Callbacks {
    rules: Rules,
    signer: Signer,
    schedule: Schedule,
    /// Tasks with a callback URL, by the time at which they begin to be processed.
    beginning: BTreeSet<(u64, String)>,
    /// The task whose submit's answer is held back, until somebody asks.
    held: Option<String>,
}

impl Callbacks {
    pub(super) fn new(contract: &Value, options: &SandboxOptions) -> Self {
        Self {
            rules: Rules::new(contract, &options.callback),
            signer: Signer::new(contract, &options.callback),
            schedule: Schedule::default(),
            beginning: BTreeSet::new(),
            held: None,
        }
    }

    /// Takes up a task that was just made.
    pub(super) fn begin(&mut self, task: &Task, before_answer: bool) {
        if task.callback.is_some() {
            self.beginning.insert((task.starts, task.id.clone()));
        }
        self.held = before_answer.then(|| task.id.clone());
    }

    /// The next task that begins to be processed by now.
    pub(super) fn next_beginning(&mut self, now: u64) -> Option<(u64, String)> {
        self.beginning.first().is_some_and(|(at, _)| *at <= now).then(|| self.beginning.pop_first()).flatten()
    }
}

impl Sandbox {
    /// The callbacks that are due by `now`, each to be posted at once and its outcome to be told to [`posted`](Self::posted). One that is
    /// on its way is not due.
    pub fn posts_due(&mut self, now: u64) -> Vec<Post> {
        self.posts_signed(now, now)
    }

    /// The same, signed at another time: that of the receivers, where the simulated one runs faster.
    pub fn posts_signed(&mut self, now: u64, signed_at: u64) -> Vec<Post> {
        self.settle(now);
        let taken = self.callbacks.schedule.take_due(now);
        let posts = taken.into_iter().map(|taken| {
            let mut headers = vec![("content-type".to_owned(), "application/json".to_owned())];
            headers.extend(self.callbacks.signer.headers(&taken.content, signed_at));
            Post {
                delivery: taken.number,
                attempt: taken.attempt,
                task_id: taken.task_id,
                url: taken.content.url,
                headers,
                body: taken.content.body,
                patience_ms: self.callbacks.rules.patience_ms,
                before_answer: taken.content.before_answer,
            }
        });
        posts.collect()
    }

    /// Tells what was answered to a callback that was due: the HTTP status, or `None` where no answer came within
    /// [`Post::patience_ms`]. When the next attempt is due, in Unix milliseconds; `None`: there is none.
    pub fn posted(&mut self, post: &Post, status: Option<u16>, now: u64) -> Option<u64> {
        self.callbacks.schedule.settle(&self.callbacks.rules, post.delivery, post.attempt, status, now)
    }

    /// The next time at which a callback may be due, in Unix milliseconds, as things are now: for hosts that let time pass themselves.
    pub fn next_post_at(&self) -> Option<u64> {
        let calls = |(_, id): &&(u64, String)| self.tasks.get(id).is_some_and(|task| task.callback.is_some());
        let first = |set: &BTreeSet<(u64, String)>| set.iter().find(calls).map(|(at, _)| *at);
        [self.callbacks.schedule.next(), first(&self.callbacks.beginning), first(&self.ending)].into_iter().flatten().min()
    }

    /// The callbacks so far, in the order in which they came to be planned; the last hundred thousand.
    pub fn deliveries(&self) -> impl Iterator<Item = &Delivery> {
        self.callbacks.schedule.records()
    }

    /// Makes a callback of a task that is due now, beside those that the task has anyway; the numbers of its deliveries. `None`: there
    /// is no such task, no such word for a state, or no URL.
    pub fn send_callback(&mut self, task_id: &str, test: &TestCallback, now: u64) -> Option<Vec<u64>> {
        self.settle(now);
        let task = self.tasks.get(task_id)?.clone();
        let says = match test.says.as_deref() {
            Some(word) => task::STATES.into_iter().find(|state| *state == word)?,
            None => task.state(now),
        };
        let url = test.url.clone().or_else(|| task.callback.clone())?;
        let mut sketches = sketch(&test.faults, says, now);
        for sketch in &mut sketches {
            sketch.before_answer = false;
        }
        Some(self.plan(&task, &url, sketches, now))
    }

    /// The provider's process ends and begins again: tasks, money and callbacks are kept. An attempt that was on its way has no
    /// outcome and is repeated at once, and callbacks that waited for a restart are due.
    pub fn restart(&mut self, now: u64) {
        self.settle(now);
        self.callbacks.schedule.restart(now);
        self.drawn.clear();
    }

    /// The secret that signs callbacks, unless a task has its own.
    pub fn callback_secret(&self) -> &str {
        self.callbacks.signer.secret()
    }

    /// The public key of Ed25519 signatures, as receivers are given it: `whpk_` and 32 bytes in base64.
    pub fn callback_public_key(&self) -> String {
        self.callbacks.signer.public_key()
    }

    /// The same key as a JSON Web Key Set, as a provider publishes it.
    pub fn callback_jwks(&self) -> Vec<u8> {
        self.callbacks.signer.jwks()
    }

    /// How many callbacks were answered as the provider wants it.
    pub(crate) fn acknowledged(&self) -> u64 {
        self.callbacks.schedule.acknowledged()
    }

    /// The task whose submit was just answered and whose answer is held back.
    pub(crate) fn take_held(&mut self) -> Option<String> {
        self.callbacks.held.take()
    }

    /// Whether the answer of a task's submit is still held back, for a callback that comes before it.
    pub fn holds_answer(&self, task_id: &str) -> bool {
        self.callbacks.schedule.holds_answer(task_id)
    }

    /// Goes on with the numbers and the count of deliveries where another sandbox stopped.
    pub(crate) fn succeed(&mut self, earlier: &Self) {
        self.callbacks.schedule = Schedule::after(&earlier.callbacks.schedule);
    }

    /// A task begins to be processed.
    pub(super) fn announce(&mut self, id: &str, at: u64) {
        let Some(task) = self.tasks.get(id).filter(|task| task.state(at) == "processing").cloned() else { return };
        let Some(url) = &task.callback else { return };
        let faults = self.script.of_callback(&task.id, &task.model);
        for at in progress(&faults, at, task.ends) {
            let plain = sketch(&[], "processing", at);
            self.plan(&task, url, plain, at);
        }
    }

    /// A task has ended.
    pub(super) fn conclude(&mut self, id: &str, end: u64) {
        let Some(task) = self.tasks.get(id).filter(|task| task.callback.is_some()).cloned() else { return };
        let Some(url) = &task.callback else { return };
        self.callbacks.beginning.remove(&(task.starts, task.id.clone()));
        self.callbacks.schedule.drop_after(id, end);
        let faults = self.script.of_callback(&task.id, &task.model);
        self.stats.faults += u64::from(!faults.is_empty());
        self.plan(&task, url, sketch(&faults, task.state(end), end), end);
    }

    /// Puts the sketches into words and into the schedule; their numbers.
    fn plan(&mut self, task: &Task, url: &str, sketches: Vec<Sketch>, now: u64) -> Vec<u64> {
        let first = self.callbacks.schedule.last() + 1;
        let rules = &self.callbacks.rules;
        let planned: Vec<Planned> = sketches
            .into_iter()
            .map(|sketch| {
                let body = self.shapes.callback(&task.as_if(sketch.says, now), now, rules.from.as_str(), &rules.part);
                let forged = |part: Forgery| sketch.forged.contains(&part);
                let other = if forged(Forgery::Task) { self.shapes.id_like(&letters(&task.id, 0)) } else { task.id.clone() };
                let content = Content {
                    url: if forged(Forgery::Token) { with_wrong_token(url) } else { url.to_owned() },
                    body: if forged(Forgery::Task) { body.replace(&task.id, &other) } else { body }.into_bytes(),
                    message: format!("msg_{}", letters(&task.id, first + sketch.message)),
                    signed_task: other,
                    secret: task.callback_secret.clone(),
                    wrong_key: forged(Forgery::Signature),
                    before_answer: sketch.before_answer,
                };
                Planned { task_id: task.id.clone(), says: sketch.says, at: sketch.at, content }
            })
            .collect();
        planned.into_iter().map(|planned| self.callbacks.schedule.add(planned)).collect()
    }
}

/// Letters that are the same for the same text and number.
fn letters(text: &str, number: u64) -> String {
    let mut rng = Rng::new(rng::hash(text.as_bytes()) ^ rng::hash(&number.to_be_bytes()));
    (0..20).map(|_| rng.pick(&['2', '3', '4', '5', '6', '7', 'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'j', 'k', 'm', 'n'])).collect()
}

/// The URL with a token that nobody made.
fn with_wrong_token(url: &str) -> String {
    match token_in(url).filter(|token| !token.is_empty()) {
        Some(token) => {
            let (kept, last) = token.split_at(token.len() - token.chars().next_back().map_or(0, char::len_utf8));
            url.replace(token, &format!("{kept}{}", if last == "A" { 'B' } else { 'A' }))
        }
        None => with_token(url, &"A".repeat(64)),
    }
}
