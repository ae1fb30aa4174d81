//! What becomes of each effect: decided once it is asked for.

use super::deeds::{Deed, Planned, Wish};
use super::host::World;
use super::network::{Back, Journey};
use super::process::{Asked, Stage};
use super::trouble::Mishap;
use gentask_core::client::{Answer, Effect};
use gentask_core::{Delivery, Error, ErrorCode, Operation};

/// So many calls are enough: each may bring others.
const MOST_CALLS: u32 = 80;

impl World {
    /// A call asks for an effect.
    pub(super) fn issue(&mut self, index: usize, number: u32, effect: Effect) {
        let (id, process) = (self.calls[index].id, self.calls[index].process);
        self.story.note(self.now, || format!("call {id} effect {number}: {}", told(&effect)));
        self.watch_issue(index, &effect);
        if let Effect::Sleep { gives_back: true, .. } = effect {
            self.no_place(index);
        }
        let mishap = self.trouble.at(id, number, &effect, self.now, &mut self.chance);
        if let Some(mishap) = mishap {
            self.story.note(self.now, || format!("call {id} effect {number} meets: {mishap:?}"));
            self.counts.mishaps += 1;
        }
        let (mut stall, mut refusal, mut crash) = (0, None, false);
        match mishap {
            Some(Mishap::CrashBefore) => {
                let power = self.chance.happens(30);
                return self.crash(process, power);
            }
            Some(Mishap::CrashAfter) => crash = true,
            Some(Mishap::Refuses(kind, done)) => refusal = Some((kind, done)),
            Some(Mishap::Stalls(ms)) => stall = ms,
            Some(Mishap::Second(ms)) => {
                stall = ms;
                self.second(index, ms);
            }
            Some(Mishap::Jumps(ms)) => self.processes[process].offset += i64::try_from(ms).unwrap_or(0),
            _ => {}
        }
        let keyless = mishap == Some(Mishap::Keyless);
        let now = self.now + stall;
        let stage = match &effect {
            Effect::Ready if keyless => Stage::Answers { at: now, answer: Box::new(no_key()), crash },
            Effect::Send { .. } if keyless && !self.calls[index].holds => Stage::Answers { at: now, answer: Box::new(no_key()), crash },
            Effect::Ready => Stage::Queued { until: u64::MAX },
            Effect::Send { request, until, .. } => {
                if self.calls[index].has_place || request.operation == Operation::Submit {
                    self.journey(process, &effect, now, crash)
                } else {
                    Stage::Queued { until: *until }
                }
            }
            Effect::Sleep { until, may_park, .. } => {
                if *may_park && !self.calls[index].is_left && self.chance.rarely(30) && self.now < self.trouble.until {
                    return self.park(index, *until);
                }
                Stage::Sleeps { until: *until }
            }
            Effect::Tell(_) => Stage::Answers { at: now, answer: Box::new(Answer::Told), crash },
            Effect::Probe { holder } => {
                let is_gone = self.is_gone(holder);
                let knows = self.chance.happens(90);
                Stage::Answers { at: now, answer: Box::new(Answer::Gone(is_gone && knows)), crash }
            }
            _ => {
                let quick = self.chance.pick(&[0, 1, 3]);
                let at = now + self.chance.below(quick + 1);
                // A store that is slow is slow before it does something, or after.
                let (at, then_ms) =
                    if self.chance.happens(50) { (at, self.chance.below(3)) } else { (at - stall, stall + self.chance.below(3)) };
                Stage::Performs { at, then_ms, refusal, crash }
            }
        };
        self.calls[index].asked = Some(Asked { number, effect, stage });
        if mishap == Some(Mishap::Leaves) && !self.calls[index].is_left {
            self.leave(index);
        }
    }

    /// A place is free, or the time to wait for one is over.
    pub(super) fn has_place(&mut self, index: usize, number: u32, effect: Effect) {
        let process = self.calls[index].process;
        if self.processes[process].taken < self.processes[process].places {
            self.processes[process].taken += 1;
            self.calls[index].has_place = true;
        }
        let stage = match &effect {
            Effect::Ready => {
                self.calls[index].holds = true;
                Stage::Answers { at: self.now + self.chance.below(2), answer: Box::new(Answer::Ready), crash: false }
            }
            _ if self.calls[index].has_place => self.journey(process, &effect, self.now, false),
            _ => Stage::Answers { at: self.now, answer: Box::new(not_sent("no place was free in time")), crash: false },
        };
        self.calls[index].asked = Some(Asked { number, effect, stage });
    }

    fn no_place(&mut self, index: usize) {
        let process = self.calls[index].process;
        let had = std::mem::take(&mut self.calls[index].has_place);
        self.calls[index].holds = false;
        self.give_back(process, had);
    }

    /// A request sets out.
    fn journey(&mut self, process: usize, effect: &Effect, begins: u64, crash: bool) -> Stage {
        let Effect::Send { request, until, timeout_ms } = effect else { return Stage::Sleeps { until: 0 } };
        let is_submit = request.operation == Operation::Submit;
        let ends = self.processes[process].when(*until);
        if begins >= ends {
            return Stage::Answers { at: self.now, answer: Box::new(not_sent("its time was over")), crash };
        }
        let before = is_submit.then_some(self.submits);
        self.submits += u64::from(is_submit);
        self.counts.requests += 1;
        let goes_wrong = self.trouble.goes_wrong(before, self.now, &mut self.chance);
        let journey = if goes_wrong { Journey::bad(request.operation, &mut self.chance) } else { Journey::good(&mut self.chance) };
        self.story.note(self.now, || format!("{} sets out: {journey:?}", request.id));
        let over = ends.min(begins.saturating_add(*timeout_ms)).max(self.now);
        let (Some(arrives), _) = (journey.arrives, journey.back) else {
            let (at, answer) = match journey.back {
                Back::NotSent => (begins, not_sent("the connection was refused")),
                Back::Silence => (over, maybe_sent("no answer came in time")),
                _ => match journey.heard(None) {
                    Some(response) => (begins + journey.back_ms, Answer::Response(response)),
                    None => (begins + journey.back_ms, maybe_sent("the connection ended")),
                },
            };
            let (at, answer) = if at < over { (at, answer) } else { (over, maybe_sent("no answer came in time")) };
            return Stage::Answers { at: at.max(self.now), answer: Box::new(answer), crash };
        };
        let at = begins + arrives;
        if at >= over {
            // It arrives when nobody waits for its answer any more.
            self.ghosts.push(super::process::Ghost::Request { at, request: Box::new(request.clone()) });
            return Stage::Answers { at: over, answer: Box::new(maybe_sent("no answer came in time")), crash };
        }
        Stage::Travels { at, journey, over, crash }
    }

    /// What is known of an answer before its call hears it; places are given back.
    pub(super) fn answered(&mut self, index: usize, effect: &Effect, answer: &Answer) {
        let Effect::Send { request, .. } = effect else { return self.watch_answer(index, effect, answer) };
        if request.operation == Operation::Submit || !self.calls[index].holds {
            self.no_place(index);
        }
        let id = self.calls[index].id;
        self.story.note(self.now, || format!("call {id} hears of {}: {}", request.id, heard(answer)));
        self.watch_answer(index, effect, answer);
    }

    /// The call is dropped where it sleeps; a new wait begins when its time has come.
    fn park(&mut self, index: usize, until: u64) {
        let running = self.calls.swap_remove(index);
        self.give_back(running.process, running.has_place);
        self.counts.parked += 1;
        let at = self.processes[running.process].when(until);
        self.story.note(self.now, || format!("call {} is parked", running.id));
        if let Deed::Wait { .. } | Deed::WaitFrom { .. } | Deed::Unpark { .. } = running.deed {
            let intent = running.call.named().intent_id();
            let at = if self.chance.happens(80) { at } else { self.now + self.chance.below(at.saturating_sub(self.now) + 1) };
            let deed = match running.call.park() {
                Ok(parked) if self.chance.happens(90) => {
                    self.processes[running.process].parked.insert(running.id, parked);
                    Deed::Unpark { intent, parked: running.id }
                }
                _ => Deed::Wait { intent, timeout_ms: None, background: true },
            };
            self.plan.push(Planned { at, process: running.process, wish: Wish::Do(deed) });
        }
    }

    /// While an effect takes its time, another process does something about the same job.
    fn second(&mut self, index: usize, ms: u64) {
        if self.next_call > MOST_CALLS {
            return;
        }
        let job = match &self.calls[index].deed {
            Deed::Submit { job, .. } => *job,
            _ => self.chance.index(self.jobs.len()),
        };
        let others = self.processes.len();
        let process = self.chance.index(others);
        let at = self.now + self.chance.below(ms / 2 + 1);
        let wish = if self.jobs[job].key.is_some() && self.chance.happens(50) {
            Wish::Submit { job, body: 0 }
        } else {
            Wish::About { job, what: self.chance.below(100) }
        };
        self.plan.push(Planned { at, process, wish });
    }

    /// Whether the process of a holder is gone: the truth.
    pub(super) fn is_gone(&self, holder: &str) -> bool {
        let process = holder.split('#').next().unwrap_or(holder);
        self.processes.iter().all(|living| living.holder != process)
    }
}

fn no_key() -> Answer {
    Answer::Keyless(Box::new(Error { code: ErrorCode::AuthFailed, message: "there is no key".to_owned(), violations: Vec::new() }))
}

fn not_sent(reason: &str) -> Answer {
    Answer::Undelivered { delivery: Delivery::NotSent, reason: reason.to_owned() }
}

fn maybe_sent(reason: &str) -> Answer {
    Answer::Undelivered { delivery: Delivery::MaybeSent, reason: reason.to_owned() }
}

/// An effect in a few words.
fn told(effect: &Effect) -> String {
    match effect {
        Effect::Save(step) => {
            let record = &step.record;
            let (phase, version, fence) = (record.phase().as_str(), record.version(), if step.fence { ", fenced" } else { "" });
            format!("save {} version {version}, {phase}, task {:?}{fence}: {}", record.intent_id(), record.task_id(), record.to_json())
        }
        Effect::Tell(step) => format!("tell {} {}", step.record.intent_id(), step.record.phase().as_str()),
        Effect::Send { request, until, .. } => format!("send {} {} until {until}", request.id, request.url),
        other => format!("{other:?}"),
    }
}

fn heard(answer: &Answer) -> String {
    match answer {
        Answer::Response(response) => {
            let headers: Vec<String> = response.headers.iter().map(|(name, value)| format!(" {name}: {value}")).collect();
            format!("{} {:?}{} {}", response.status, response.end, headers.concat(), String::from_utf8_lossy(&response.body))
        }
        other => format!("{other:?}"),
    }
}
