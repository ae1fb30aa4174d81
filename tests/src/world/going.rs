//! Calls that go on: what they asked for is done, is answered, and they ask for more, end, or are left.

use super::contract::Limits;
use super::deeds::{Deed, Planned, Wish};
use super::host::World;
use super::network::{Back, Journey};
use super::process::{Asked, Brought, Ghost, Running, Stage};
use super::trouble::Theme;
use gentask_core::client::{Answer, Effect, Next};
use gentask_core::store::StoreError;
use gentask_core::{Delivery, Failure, HttpResponse};

impl World {
    /// One call goes on: its effect is done, or its answer is there.
    pub(super) fn go_on(&mut self, id: u32) {
        let Some(index) = self.calls.iter().position(|running| running.id == id) else { return };
        let process = self.calls[index].process;
        let Some(asked) = self.calls[index].asked.take() else { return self.next(index, None) };
        let number = asked.number;
        let put_back = |world: &mut Self, effect: Effect, stage: Stage| {
            world.calls[index].asked = Some(Asked { number, effect, stage });
        };
        match (asked.stage, asked.effect) {
            (Stage::Queued { .. }, effect) => self.has_place(index, number, effect),
            (Stage::Performs { at, then_ms, refusal, crash }, effect) => {
                let answer = match refusal {
                    Some((_, false)) => None,
                    _ => Some(self.perform(Some(id), process, &effect)),
                };
                if let (None, Some(answer)) = (refusal, &answer) {
                    self.watch_read(id, &effect, answer);
                }
                let answer = match refusal {
                    Some((kind, _)) => Answer::Refused(StoreError::new(kind, "the store is out of order")),
                    None => answer.unwrap_or(Answer::Told),
                };
                put_back(self, effect, Stage::Answers { at: at + then_ms, answer: Box::new(answer), crash });
            }
            (Stage::Travels { at, journey, over, crash }, effect) => {
                let answer = self.arrive(&effect, &journey);
                let (at, answer) = match (answer, at + journey.back_ms) {
                    (Some(answer), back) if back < over => (back, Answer::Response(answer)),
                    (None, back) if back < over && journey.back != Back::Silence => (back, lost("the connection ended")),
                    _ => (over.max(self.now), lost("no answer came in time")),
                };
                put_back(self, effect, Stage::Answers { at, answer: Box::new(answer), crash });
            }
            (Stage::Answers { crash: true, .. }, _) => {
                let power = self.chance.happens(30);
                self.crash(process, power);
            }
            (Stage::Answers { answer, .. }, effect) => {
                self.answered(index, &effect, &answer);
                self.next(index, Some((number, *answer)));
            }
            (Stage::Sleeps { until }, effect) => {
                if self.processes[process].clock(self.now) < until {
                    return put_back(self, effect, Stage::Sleeps { until });
                }
                self.answered(index, &effect, &Answer::Due);
                self.next(index, Some((number, Answer::Due)));
            }
        }
    }

    /// A request arrives, once or twice, and what comes back is on its way.
    fn arrive(&mut self, effect: &Effect, journey: &Journey) -> Option<HttpResponse> {
        let Effect::Send { request, .. } = effect else { return None };
        let mut whole = None;
        if journey.arrives.is_some() {
            whole = Some(self.provider.answer(request, self.now, &mut self.chance));
            if journey.twice {
                whole = Some(self.provider.answer(request, self.now, &mut self.chance));
            }
            let said = whole.as_ref().map(|whole| String::from_utf8_lossy(&whole.body).into_owned()).unwrap_or_default();
            self.story.note(self.now, || format!("{} arrives at the provider: {said}", request.id));
            self.collect();
        }
        journey.heard(whole)
    }

    /// The call's next effect, or its end.
    fn next(&mut self, index: usize, answer: Option<(u32, Answer)>) {
        let process = self.calls[index].process;
        let now = self.processes[process].clock(self.now);
        match self.calls[index].call.next(answer, now) {
            Err(mistake) => self.judge.fault("host", format!("call {} takes its host for mistaken: {mistake}", self.calls[index].id)),
            Ok(Next::Do(number, effect)) => {
                self.counts.effects += 1;
                self.issue(index, number, effect);
            }
            Ok(Next::Done(end)) => {
                let running = self.calls.swap_remove(index);
                self.give_back(process, running.has_place);
                self.ended(&running, &end);
            }
        }
    }

    pub(super) fn give_back(&mut self, process: usize, has_place: bool) {
        let process = &mut self.processes[process];
        process.taken = process.taken.saturating_sub(usize::from(has_place));
    }

    /// A call has ended, and somebody is told how.
    fn ended(&mut self, running: &Running, end: &Result<Brought, Failure>) {
        let (id, process) = (running.id, running.process);
        self.story.note(self.now, || match end {
            Ok(Brought::Reply(reply)) => format!("call {id} ends: {}", reply.to_json()),
            Ok(Brought::Accepted(accepted)) => format!("call {id} ends: accepted, {}", accepted.reply.to_json()),
            Ok(other) => format!("call {id} ends: {other:?}"),
            Err(failure) => format!("call {id} fails: {}", failure.reply().to_json()),
        });
        self.judge_end(running, end);
        self.called(running, end);
        if let (Ok(Brought::Page(page)), Deed::Resume { .. }) = (end, &running.deed) {
            for record in &page.records {
                self.begin(process, Deed::WaitFrom { record: Box::new(record.clone()) }, false);
            }
            if let Some(next) = &page.next {
                self.begin(process, Deed::Resume { page: Some(next.clone()) }, false);
            }
        }
        match (end, &running.deed) {
            (Ok(Brought::Work(work)), Deed::Work { settles }) => {
                for record in &work.due {
                    self.begin(process, Deed::Turn { record: Box::new(record.clone()), settles: *settles }, false);
                }
                for notice in &work.settled {
                    self.told_of_end(process, notice.record.intent_id());
                }
                if self.now < self.trouble.until && self.chance.happens(95) {
                    let later = work.again.saturating_sub(self.processes[process].clock(self.now));
                    self.plan.push(Planned { at: self.now + later, process, wish: Wish::Do(Deed::Work { settles: *settles }) });
                }
            }
            (Ok(Brought::Turn(turn)), _) => {
                if let Some(notice) = &turn.notice {
                    self.told_of_end(process, notice.record.intent_id());
                }
            }
            _ => {}
        }
        let is_quiet = self.calls.iter().all(|other| other.process != process);
        let is_watched = self.kind.limits == Limits::Tight && self.trouble.honest && self.now < self.trouble.until;
        if is_quiet && is_watched && !running.seen.probes && self.chance.happens(50) {
            self.plan.push(Planned { at: self.now, process, wish: Wish::Probe });
        }
        if let (Deed::Submit { job, body }, Err(_)) = (&running.deed, end)
            && self.jobs[*job].key.is_some()
            && self.now < self.trouble.until
            && self.chance.happens(if self.trouble.theme == Theme::Keys { 40 } else { 15 })
        {
            // A refusal, and the same key again.
            let (at, process) = (self.now + self.chance.below(20_000), self.chance.index(self.processes.len()));
            self.plan.push(Planned { at, process, wish: Wish::Submit { job: *job, body: *body } });
        }
    }

    /// The application hears of an end, and mostly deals with it.
    fn told_of_end(&mut self, process: usize, intent: &str) {
        let worker = &mut self.processes[process];
        let is_first = worker.telling.insert(intent.to_owned());
        let is_open = !worker.dealt.contains(intent);
        self.judge.holds(is_first, "handed out", || format!("a worker tells the end of {intent}, which it is telling already"));
        self.judge.holds(is_open, "handed out", || format!("a worker tells the end of {intent}, which was dealt with"));
        let done = self.chance.happens(80);
        self.begin(process, Deed::Handled { intent: intent.to_owned(), done }, false);
    }

    /// Nobody waits for a call any more, whatever holds it up.
    pub(super) fn overdue(&mut self, id: u32) {
        let Some(index) = self.calls.iter().position(|running| running.id == id) else { return };
        self.leave(index);
    }

    /// Whoever waited goes: the call is dropped where it may be, and what is told then is told.
    pub(super) fn leave(&mut self, index: usize) {
        let Running { id, process, .. } = self.calls[index];
        let intent = self.calls[index].call.named().intent_id();
        let may = self.calls[index].call.may_be_left();
        self.story.note(self.now, || format!("nobody waits for call {id} any more{}", if may { "" } else { "; it goes on" }));
        let is_submit = matches!(self.calls[index].deed, Deed::Submit { .. });
        if may {
            self.counts.left += 1;
            let running = self.calls.swap_remove(index);
            self.give_back(process, running.has_place);
            if let Some(asked) = running.asked {
                match (asked.stage, asked.effect) {
                    (Stage::Travels { at, .. }, Effect::Send { request, .. }) => {
                        self.ghosts.push(Ghost::Request { at, request: Box::new(request) });
                    }
                    (Stage::Performs { at, refusal: None, .. }, effect) => {
                        self.ghosts.push(Ghost::Effect { at, process, effect: Box::new(effect) });
                    }
                    _ => {}
                }
            }
        } else {
            self.calls[index].is_left = true;
        }
        if !intent.is_empty() {
            let deed = if is_submit { Deed::Left { intent } } else { Deed::Overdue { intent } };
            self.plan.push(Planned { at: self.now, process, wish: Wish::Do(deed) });
        }
    }
}

fn lost(reason: &str) -> Answer {
    Answer::Undelivered { delivery: Delivery::MaybeSent, reason: reason.to_owned() }
}
