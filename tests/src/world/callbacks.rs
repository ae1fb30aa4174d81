//! The provider's callbacks on their way: early, late, twice, in another order, contradicting, or forged; each may come to any process, and
//! comes again until one has taken it.

use super::Chance;
use super::arrivals::{Calls, FALSE_FILE, GUESSED, OWN, SIGNED_FILE, SIGNING, URL, body, headers, secrets};
use super::deeds::{Deed, Job, Planned, Wish};
use super::host::World;
use super::provider::{Fate, Provider, Task};
use gentask_core::client::Callbacks;
use gentask_core::webhook::{Arrival, Secret, Secrets, mint, with_token};

/// How often a callback is sent until somebody has taken it.
const MOST_TRIES: u32 = 8;

/// How a world's callbacks are.
#[derive(Clone, Copy, Debug)]
pub(super) struct Hooks {
    seed: u64,
    calls: Calls,
    /// Whether the account has registered a URL, which names no task.
    registered: bool,
    /// Whether the clients have a secret for tokens, or keep one in the store.
    own_secret: bool,
    /// Whether the provider contradicts itself.
    lies: bool,
    /// How long its tasks take, where that is less than usual: then callbacks may be faster than the answers to their submits.
    pub(super) task_ms: Option<u64>,
    /// Which processes have a receiver, by their bits; the first has one.
    receivers: u64,
}

impl Hooks {
    /// Drawn from a chance of its own: worlds without callbacks are what they would be if there were none.
    pub(super) fn draw(seed: u64) -> (Calls, Self) {
        let mut chance = Chance::new(seed ^ 0x6361_6C6C_6261_636B);
        let calls =
            if chance.happens(40) { chance.pick(&[Calls::Unsigned, Calls::Signed, Calls::Signed, Calls::Bare]) } else { Calls::Never };
        let hooks = Self {
            seed,
            calls,
            registered: calls.signs() && chance.happens(60),
            own_secret: chance.happens(50),
            lies: calls == Calls::Signed && chance.happens(25),
            task_ms: if calls != Calls::Never && chance.happens(40) { Some(chance.pick(&[0, 50, 400])) } else { None },
            receivers: 1 | chance.below(8),
        };
        (calls, hooks)
    }

    /// Which jobs are to be called back, and when the application looks for what has ended.
    pub(super) fn plan(&self, jobs: &mut [Job], plan: &mut Vec<Planned>, start: u64, until: u64, processes: usize) {
        if self.calls == Calls::Never {
            return;
        }
        let mut chance = Chance::new(self.seed ^ 0x6A6F_6273);
        for job in jobs {
            job.called = chance.happens(if self.registered { 50 } else { 90 });
        }
        for _ in 0..chance.below(5) {
            let at = start + chance.below(until - start);
            plan.push(Planned { at, process: chance.index(processes), wish: Wish::Do(Deed::Notices) });
        }
    }

    /// The URL that the account has registered.
    pub(super) fn account_url(&self) -> Option<String> {
        self.registered.then(|| URL.to_owned())
    }
}

/// Something that a provider means to tell.
#[derive(Clone, Debug)]
pub(super) struct News {
    pub(super) task_id: String,
    at: u64,
    what: What,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum What {
    Working,
    End,
    /// Another end than the task's.
    Other,
}

impl Provider {
    /// A task was accepted: what will be told of it.
    pub(super) fn announce(&mut self, id: &str, task: &Task, chance: &mut Chance) {
        if task.calls.is_none() {
            return;
        }
        if chance.happens(60) {
            // It may come after the end.
            let at = task.made + self.task_ms / 3 + late(chance);
            self.outbox.push(News { task_id: id.to_owned(), at, what: What::Working });
        }
        self.announce_end(id, task, self.end_of(task), chance);
    }

    pub(super) fn announce_end(&mut self, id: &str, task: &Task, at: u64, chance: &mut Chance) {
        if task.calls.is_none() {
            return;
        }
        self.outbox.push(News { task_id: id.to_owned(), at: at + late(chance), what: What::End });
        if self.hooks.lies {
            self.outbox.push(News { task_id: id.to_owned(), at: at + late(chance), what: What::Other });
        }
    }
}

fn late(chance: &mut Chance) -> u64 {
    let most = chance.pick(&[1, 3, 300, 2_000, 40_000]);
    chance.below(most)
}

impl Task {
    /// Whether the provider says that it ended so.
    pub(super) fn is_said(&self, word: &str) -> bool {
        self.said.contains(&word) || word == if self.fate == Fate::Failure { "failed" } else { "done" }
    }

    /// Whether the provider has named a result's URL where that counts.
    pub(super) fn has_named(&self, url: &str) -> bool {
        if url == SIGNED_FILE { self.said.contains(&"done") } else { url != FALSE_FILE }
    }
}

/// How a callback is forged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Forgery {
    NoToken,
    OtherToken,
    OtherSecret,
    /// It was signed with another body.
    OtherBody,
}

/// A callback as it was sent: the same whenever it is sent again, but for its signature's time.
#[derive(Clone, Debug)]
pub(super) struct Sent {
    pub(super) number: u64,
    pub(super) task_id: String,
    pub(super) intent: String,
    /// Whether its body names the task.
    pub(super) names: bool,
    /// Whether its URL has a token.
    pub(super) has_token: bool,
    /// Whether its body is signed.
    pub(super) is_signed: bool,
    pub(super) forged: Option<Forgery>,
    url: String,
    body: Vec<u8>,
    tries: u32,
}

impl World {
    /// What clients know about callbacks.
    pub(super) fn receives(&self) -> Callbacks {
        if self.kind.calls == Calls::Never {
            return Callbacks::default();
        }
        Callbacks { secrets: self.secrets(SIGNING), hosts: Vec::new(), are_kept: true }
    }

    fn secrets(&self, signing: &str) -> Secrets {
        secrets(self.kind.calls, Some(OWN).filter(|_| self.provider.hooks.own_secret), signing)
    }

    /// What the provider means to tell is planned.
    pub(super) fn collect(&mut self) {
        for news in std::mem::take(&mut self.provider.outbox) {
            self.plan.push(Planned { at: news.at, process: 0, wish: Wish::Tell(Box::new(news)) });
        }
    }

    /// The provider sends a callback, which somebody else may forge.
    pub(super) fn send(&mut self, news: &News) {
        let Some(task) = self.provider.task(&news.task_id).filter(|task| !task.erased).cloned() else { return };
        let Some(url) = task.calls.clone() else { return };
        let end = if task.fate == Fate::Failure { "failed" } else { "done" };
        let word = match news.what {
            What::Working => "working",
            What::End if task.cancelled => "cancelled",
            What::End => end,
            What::Other => other_end(end),
        };
        let is_signed = self.kind.calls == Calls::Signed;
        if is_signed {
            self.provider.says(&news.task_id, word);
        }
        // Of a body that is not signed nothing is believed, so it may say anything.
        let word = if !is_signed && self.chance.happens(30) { other_end(end) } else { word };
        let sent = self.written(news, &task.intent, url, word, None);
        if self.chance.happens(20) {
            let forgery = self.forgery();
            let forged = self.written(news, &task.intent, sent.url.clone(), other_end(end), Some(forgery));
            self.on_its_way(Box::new(forged));
        }
        if self.chance.happens(25) {
            for _ in 0..=self.chance.below(2) {
                self.on_its_way(Box::new(sent.clone()));
            }
        }
        let process = self.chance.index(self.processes.len());
        self.deliver(process, Box::new(sent));
    }

    fn written(&mut self, news: &News, intent: &str, url: String, word: &str, forged: Option<Forgery>) -> Sent {
        self.callbacks += 1;
        let (number, calls) = (self.callbacks, self.kind.calls);
        let is_signed = calls == Calls::Signed && forged.is_none();
        let names = calls != Calls::Unsigned || self.chance.happens(85);
        let body = body(number, word, Some(&*news.task_id).filter(|_| names), is_signed);
        let has_token = url.contains("gentask=");
        let url = match forged {
            Some(Forgery::NoToken) => URL.to_owned(),
            Some(Forgery::OtherToken) => with_token(URL, &mint(&Secret::new("a guess", None), intent).unwrap_or_default()),
            _ => url,
        };
        let (task_id, intent) = (news.task_id.clone(), intent.to_owned());
        self.story.note(self.now, || format!("callback {number} of {task_id}: {word}, forged: {forged:?}"));
        Sent { number, task_id, intent, names, has_token, is_signed, forged, url, body, tries: 0 }
    }

    fn forgery(&mut self) -> Forgery {
        match self.kind.calls {
            Calls::Signed => self.chance.pick(&[Forgery::OtherToken, Forgery::OtherSecret, Forgery::OtherBody]),
            Calls::Bare => self.chance.pick(&[Forgery::OtherToken, Forgery::OtherSecret]),
            _ => self.chance.pick(&[Forgery::OtherToken, Forgery::NoToken]),
        }
    }

    /// A callback as HTTP brings it now.
    pub(super) fn arrival(&self, sent: &Sent) -> Arrival {
        let secrets = self.secrets(if sent.forged == Some(Forgery::OtherSecret) { GUESSED } else { SIGNING });
        let body = if sent.forged == Some(Forgery::OtherBody) { b"{}" } else { &*sent.body };
        let contract = self.kind.contract(self.provider.revision);
        let headers = headers(&contract, &secrets, &sent.task_id, sent.number, body, self.now);
        Arrival { method: "POST".to_owned(), url: sent.url.clone(), headers, body: sent.body.clone() }
    }

    /// A callback arrives at a process, if there is one that receives.
    pub(super) fn deliver(&mut self, process: usize, sent: Box<Sent>) {
        let hears = self.provider.hooks.receivers >> process & 1 == 1 && self.processes[process].client.is_some();
        let is_lost = self.now < self.trouble.until && self.chance.happens(10);
        if !hears || is_lost {
            return self.again(&sent);
        }
        self.begin(process, Deed::Receive { sent }, false);
    }

    /// Nobody has acknowledged a callback: it is sent again, for a while.
    pub(super) fn again(&mut self, sent: &Sent) {
        if sent.tries >= MOST_TRIES || sent.forged.is_some() {
            *self.counts.callbacks.entry("unheard").or_default() += 1;
            return;
        }
        self.on_its_way(Box::new(Sent { tries: sent.tries + 1, ..sent.clone() }));
    }

    fn on_its_way(&mut self, sent: Box<Sent>) {
        let most = self.chance.pick(&[2, 100, 3_000, 30_000]);
        let (at, process) = (self.now + self.chance.below(most), self.chance.index(self.processes.len()));
        self.plan.push(Planned { at, process, wish: Wish::Deliver(sent) });
    }
}

fn other_end(end: &str) -> &'static str {
    if end == "done" { "failed" } else { "done" }
}
