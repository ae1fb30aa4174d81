//! One task, and what is done about it: how far each call is, and one step more.

use super::super::arrivals::{self, Calls, OWN, SIGNING, URL};
use super::super::contract::{Kind, Limits, Media};
use super::super::judge::Judge;
use super::super::process::Brought;
use super::super::provider::answer;
use super::super::store::Store;
use super::plans::Plan;
use super::workers::Todo;
use crate::rig::START;
use gentask_core::client::{Answer, Call, Callbacks, Client, ClientSettings, Effect, Next, Receipt};
use gentask_core::webhook::{Arrival, Secret, mint, with_token};
use gentask_core::{Delivery, Failure, Generation, Operation, SubmitOptions};
use serde_json::json;
use std::collections::{BTreeSet, VecDeque};

/// The submit's place among the actors. Behind it come the callbacks, the poll, and the workers.
pub(super) const SUBMIT: usize = 0;
/// A time when a poll is due.
const DUE_MS: u64 = 60_000;
pub(super) const TASK: &str = "task-1";

/// A call, or what will be one.
pub(super) struct Actor {
    pub(super) process: usize,
    pub(super) call: Option<Call<Brought>>,
    asked: Option<(u32, Effect)>,
    pub(super) state: State,
    /// A hash of all that it was answered, and of what it asks for then.
    pub(super) heard: u64,
    /// What a worker does next.
    pub(super) todo: VecDeque<Todo>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum State {
    Idle,
    Runs,
    /// Its submit has arrived, and the answer is on its way.
    Travels,
    Ended,
    /// Its process ended before it did.
    Gone,
}

/// One task.
pub(super) struct Case {
    pub(super) plan: Plan,
    kind: Kind,
    pub(super) now: u64,
    pub(super) store: Store,
    pub(super) clients: [Client; 2],
    pub(super) actors: Vec<Actor>,
    pub(super) intent: String,
    pub(super) has_crashed: bool,
    /// How many submits and status calls have arrived.
    pub(super) submits: u32,
    pub(super) asks: u32,
    /// Whether the task has ended: it has before that is told.
    pub(super) has_ended: bool,
    /// What was answered to each callback.
    pub(super) receipts: Vec<Option<Receipt>>,
    /// The ends that the application is told by workers, and those that it has dealt with.
    pub(super) telling: BTreeSet<String>,
    pub(super) dealt: BTreeSet<String>,
    pub(super) judge: Judge,
    pub(super) story: Vec<String>,
}

impl Case {
    pub(super) fn new(plan: &Plan) -> Self {
        let kind = Kind { keyed: false, listed: false, repeatable: false, limits: Limits::None, media: Media::Absent, calls: plan.calls };
        let client = |process: usize| {
            let callbacks = Callbacks { secrets: arrivals::secrets(plan.calls, Some(OWN), SIGNING), hosts: Vec::new(), are_kept: true };
            let settings = ClientSettings { holder: format!("p{process}@host:{process}:1"), callbacks, ..ClientSettings::default() };
            Client::new(&kind.contract(1), settings).expect("the settings are valid")
        };
        let poll = plan.told.len() + 1;
        let actor = |place: usize| Actor {
            // The poll is the other process's, and so are the workers, and every second callback.
            process: if place >= poll { 1 } else { place % 2 },
            call: None,
            asked: None,
            state: if place == poll && !plan.polls { State::Ended } else { State::Idle },
            heard: 0,
            todo: VecDeque::new(),
        };
        let actors: Vec<Actor> = (0..=poll + plan.workers).map(actor).collect();
        Self {
            plan: plan.clone(),
            kind,
            now: START,
            store: Store::quick(),
            clients: [client(0), client(1)],
            actors,
            intent: String::new(),
            has_crashed: !plan.crashes,
            submits: 0,
            asks: 0,
            has_ended: false,
            receipts: vec![None; plan.told.len()],
            telling: BTreeSet::new(),
            dealt: BTreeSet::new(),
            judge: Judge::default(),
            story: Vec::new(),
        }
    }

    /// What can happen next: a step of one of the actors, or behind them the end of the first process.
    pub(super) fn possible(&self) -> Vec<usize> {
        let may = |(place, actor): (usize, &Actor)| match actor.state {
            // Nothing is told of a task before there is one.
            State::Idle if self.is_callback(place) => self.submits > 0,
            // Before that there is nothing for them to do.
            State::Idle if self.is_worker(place) => self.actors[SUBMIT].state == State::Ended,
            State::Idle => place == SUBMIT || self.store.records().next().is_some(),
            State::Runs | State::Travels => true,
            State::Ended | State::Gone => false,
        };
        let mut steps: Vec<usize> = self.actors.iter().enumerate().filter(|one| may(*one)).map(|(place, _)| place).collect();
        // An end after the submit's is none that anybody notices but callbacks under way.
        let runs = |actor: &Actor| actor.process == 0 && matches!(actor.state, State::Runs | State::Travels);
        if !self.has_crashed && self.actors.iter().any(runs) {
            steps.push(self.actors.len());
        }
        steps
    }

    pub(super) fn is_callback(&self, place: usize) -> bool {
        place != SUBMIT && place <= self.plan.told.len()
    }

    pub(super) fn is_worker(&self, place: usize) -> bool {
        place > self.plan.told.len() + 1
    }

    /// One step. Brings whose calls it has changed.
    pub(super) fn step(&mut self, place: usize) -> Vec<usize> {
        if place == self.actors.len() {
            return self.crash();
        }
        self.advance(place);
        vec![place]
    }

    fn advance(&mut self, place: usize) {
        match self.actors[place].state {
            State::Idle => self.begin(place),
            State::Travels => {
                let answer = if self.plan.answered {
                    Answer::Response(answer(200, &json!({"code": 0, "id": TASK, "state": "queued"})))
                } else {
                    Answer::Undelivered { delivery: Delivery::MaybeSent, reason: "no answer came in time".to_owned() }
                };
                self.actors[place].state = State::Runs;
                self.go_on(place, answer);
            }
            _ => {
                let Some((_, effect)) = self.actors[place].asked.clone() else { return };
                if matches!(&effect, Effect::Send { request, .. } if request.operation == Operation::Submit) {
                    self.submits += 1;
                    self.actors[place].state = State::Travels;
                    return self.note(place, "the submit arrives");
                }
                let answer = self.perform(Some(place), &effect);
                self.note(place, &format!("{} is done: {}", effect.as_str(), answer.as_str()));
                self.go_on(place, answer);
            }
        }
    }

    fn begin(&mut self, place: usize) {
        self.note(place, "begins");
        let process = self.actors[place].process;
        let call = if place == SUBMIT {
            self.submit()
        } else if self.is_callback(place) {
            let (number, word) = self.plan.told[place - 1];
            self.has_ended |= word != "working";
            let arrival = self.arrival(number, word);
            self.clients[process].receive(arrival, self.now).map(|receipt| Brought::Receipt(Box::new(receipt)))
        } else if self.is_worker(place) {
            self.has_ended = true;
            self.now = self.now.max(START + DUE_MS);
            self.clients[process].work(true, self.now).map(Brought::Work)
        } else {
            self.clients[process].check(self.intent.as_str().into(), true, self.now).map(|reply| Brought::Reply(Box::new(reply)))
        };
        self.actors[place].call = Some(call);
        self.actors[place].state = State::Runs;
        self.next(place, None);
    }

    /// A callback as HTTP brings it.
    fn arrival(&self, number: u64, word: &str) -> Arrival {
        let (calls, contract) = (self.plan.calls, self.kind.contract(1));
        let token = mint(&Secret::new(OWN, None), &self.intent).expect("the intent has an id");
        let url = if self.plan.has_token { with_token(URL, &token) } else { URL.to_owned() };
        let body = arrivals::body(number, word, Some(TASK), self.is_signed());
        let headers = arrivals::headers(&contract, &arrivals::secrets(calls, Some(OWN), SIGNING), TASK, number, &body, self.now);
        Arrival { method: "POST".to_owned(), url, headers, body }
    }

    fn submit(&mut self) -> Call<Brought> {
        let generation = Generation { model: "painter".to_owned(), input: json!({"prompt": "job 0/0"}) };
        let callback_url = self.plan.has_token.then(|| URL.to_owned());
        let options = SubmitOptions { callback_url, ..SubmitOptions::default() };
        let call = self.clients[0].submit(&generation, &options, [7; 32], self.now).expect("the order is valid");
        self.intent = call.named().intent_id();
        call.map(|accepted| Brought::Accepted(Box::new(accepted)))
    }

    fn go_on(&mut self, place: usize, answer: Answer) {
        let Some((number, effect)) = self.actors[place].asked.take() else { return };
        self.hear(place, &effect, &answer);
        self.next(place, Some((number, answer)));
    }

    /// On to the next effect that others can notice, or to the end.
    fn next(&mut self, place: usize, mut answer: Option<(u32, Answer)>) {
        loop {
            let Some(call) = &mut self.actors[place].call else { return };
            match call.next(answer.take(), self.now) {
                Err(mistake) => return self.judge.fault("host", format!("the call takes its host for mistaken: {mistake}")),
                Ok(Next::Do(number, effect)) => match self.unnoticed(&effect) {
                    Some(done) => {
                        self.hear(place, &effect, &done);
                        answer = Some((number, done));
                    }
                    None => {
                        self.ask(place, &effect);
                        self.actors[place].asked = Some((number, effect));
                        return;
                    }
                },
                Ok(Next::Done(end)) => {
                    self.actors[place].call = None;
                    if self.is_worker(place) && self.works_on(place, &end) {
                        answer = None;
                        continue;
                    }
                    self.actors[place].state = State::Ended;
                    if !self.is_worker(place) {
                        // What it was answered is of no account any more.
                        self.actors[place].heard = 0;
                    }
                    return self.ended(place, &end);
                }
            }
        }
    }

    /// What nobody else can notice, and no crash can tell from what comes before or after it, is done at once.
    fn unnoticed(&self, effect: &Effect) -> Option<Answer> {
        match effect {
            // No other callback has its name, and the submit looks for those without a token alone.
            Effect::Deliveries(filter) if filter.dedupe.is_some() && self.are_all_other() => {
                Some(Answer::Deliveries(self.store.inbox.deliveries(filter)))
            }
            Effect::Ready => Some(Answer::Ready),
            Effect::Tell(_) => Some(Answer::Told),
            Effect::Meta { name } => Some(Answer::Value(self.store.value(name).cloned())),
            Effect::Probe { holder } => Some(Answer::Gone(self.plan.crashes && self.has_crashed && holder.starts_with("p0@"))),
            _ => None,
        }
    }

    fn are_all_other(&self) -> bool {
        let told = self.plan.told;
        self.plan.has_token && told.iter().enumerate().all(|(place, (number, _))| told[..place].iter().all(|(other, _)| other != number))
    }

    /// Does an effect. `place`: of the actor whose it is.
    pub(super) fn perform(&mut self, place: Option<usize>, effect: &Effect) -> Answer {
        match effect {
            Effect::Load { intent_id, .. } => Answer::Record(self.store.load(intent_id).map(|record| Box::new((*record).clone()))),
            Effect::Find(by) => Answer::Records(self.store.find(by)),
            Effect::List(filter) => Answer::Listing(Box::new(self.store.list(filter))),
            Effect::Blob { intent_id, name } => Answer::Bytes(self.store.blob(intent_id, name)),
            Effect::SetMeta { name, value, rule } => Answer::Value(Some(self.store.set_value(name, value, *rule))),
            Effect::Save(step) => {
                let before = self.store.load(step.record.intent_id());
                let saved = self.store.save(step);
                if saved == gentask_core::store::Saved::Done {
                    self.saved(place, before.as_deref(), step);
                }
                Answer::Saved(saved)
            }
            Effect::Remember(delivery) => {
                self.remembered(delivery);
                Answer::Noted(self.store.remember(delivery))
            }
            Effect::Deliveries(filter) => Answer::Deliveries(self.store.inbox.deliveries(filter)),
            Effect::Notices(filter) => Answer::Records(self.store.notices(filter)),
            Effect::Acknowledge { intent_id, at } => Answer::Noted(self.store.acknowledge(intent_id, *at)),
            Effect::Send { .. } => {
                self.asks += 1;
                let body = if self.has_ended {
                    json!({"state": "done", "files": [{"url": "https://cdn.example.com/a.png", "kind": "image"}]})
                } else {
                    json!({"state": "working", "progress": 0.5})
                };
                Answer::Response(answer(200, &body))
            }
            Effect::Sleep { until, .. } => {
                self.now = self.now.max(*until);
                Answer::Due
            }
            other => self.unnoticed(other).unwrap_or(Answer::Told),
        }
    }

    /// The first process ends at once; a callback that it was taking comes to the other one.
    fn crash(&mut self) -> Vec<usize> {
        self.has_crashed = true;
        self.story.push("the first process ends at once".to_owned());
        let mut changed = Vec::new();
        for place in 0..self.actors.len() {
            let is_callback = self.is_callback(place);
            let actor = &mut self.actors[place];
            if actor.process != 0 || actor.state == State::Ended {
                continue;
            }
            (actor.call, actor.asked, actor.heard, actor.process) = (None, None, 0, 1);
            actor.state = if is_callback { State::Idle } else { State::Gone };
            changed.push(place);
        }
        changed
    }

    /// Runs a call by itself to its end.
    pub(super) fn run(&mut self, mut call: Call<Brought>) -> Result<Brought, Failure> {
        let mut answer = None;
        loop {
            match call.next(answer.take(), self.now) {
                Ok(Next::Do(number, effect)) => answer = Some((number, self.perform(None, &effect))),
                Ok(Next::Done(end)) => return end,
                Err(mistake) => panic!("the call takes its host for mistaken: {mistake}"),
            }
        }
    }

    pub(super) fn note(&mut self, place: usize, what: &str) {
        let who = match place {
            SUBMIT => "the submit".to_owned(),
            place if self.is_callback(place) => {
                format!("callback {} ({}, {:?})", place, self.plan.told[place - 1].0, self.plan.told[place - 1].1)
            }
            place if self.is_worker(place) => format!("worker {place}"),
            _ => "the poll".to_owned(),
        };
        self.story.push(format!("{who} in process {}: {what}", self.actors[place].process));
    }

    pub(super) fn is_signed(&self) -> bool {
        self.plan.calls == Calls::Signed
    }
}
