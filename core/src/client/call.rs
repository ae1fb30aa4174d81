//! One operation of a client as a linear coroutine without IO: it asks for one effect at a time and goes on with its answer. Inside, it is an
//! async function that reads top to bottom; it is polled by hand, and what it awaits are effects and nothing else.

use super::effect::{Answer, Effect};
use super::outcome::{Brought, Outcome};
use super::park::Parked;
use crate::error::{Error, ErrorCode};
use crate::failure::Failure;
use crate::io::UnixMillis;
use crate::reply::Reply;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};

/// What a call does next.
#[derive(Debug)]
pub enum Next<T> {
    /// The host does this, and gives the answer with this number.
    Do(u32, Effect),
    /// The call has ended.
    Done(Result<T, Failure>),
}

/// What a sequence is, once it is written down as an async function.
pub(super) type Sequence = Pin<Box<dyn Future<Output = Result<Outcome, Failure>> + Send>>;

/// One operation under way, which brings a `T`. Dropping it gives back what it holds of the client's pacer.
#[must_use = "a call does nothing until its host asks for its effects"]
pub struct Call<T> {
    course: Course,
    /// What its outcome is as a `T`; taken at the end.
    form: Option<Form<T>>,
}

type Form<T> = Box<dyn FnOnce(Outcome) -> Option<T> + Send>;

/// A call, whatever it brings.
pub(super) struct Course {
    sequence: Option<Sequence>,
    line: Arc<Line>,
    /// The effect whose answer is awaited.
    asked: Option<Asked>,
    /// How many effects were asked for.
    count: u32,
}

#[derive(Clone, Copy)]
struct Asked {
    effect: &'static str,
    since: UnixMillis,
    /// When a sleep ends.
    until: UnixMillis,
    /// Whether another call of the client may end it.
    may_change: bool,
}

impl<T> Call<T> {
    /// Goes on: with nothing at first, then with the number of the effect that was asked for and what became of it. `now` is Unix milliseconds.
    ///
    /// `Err` is the host's mistake (an answer of another kind, to another effect, given twice, after the end; a sleep that is answered before its
    /// time) and leaves the call as it was.
    pub fn next(&mut self, answer: Option<(u32, Answer)>, now: UnixMillis) -> Result<Next<T>, Error> {
        Ok(match self.course.next(answer, now)? {
            Next::Do(number, effect) => Next::Do(number, effect),
            Next::Done(Err(failure)) => Next::Done(Err(failure)),
            Next::Done(Ok(outcome)) => {
                let brought = self.form.take().and_then(|form| form(outcome));
                Next::Done(brought.ok_or_else(|| fault("the call brought something else")))
            }
        })
    }

    pub(super) fn new(line: Arc<Line>, sequence: Sequence) -> Self
    where
        T: Brought,
    {
        Self { course: Course { sequence: Some(sequence), line, asked: None, count: 0 }, form: Some(Box::new(T::of)) }
    }

    /// The same call with another form of what it brings.
    pub fn map<U>(self, form: impl FnOnce(T) -> U + Send + 'static) -> Call<U>
    where
        T: 'static,
    {
        let before = self.form;
        let form: Form<U> = Box::new(move |outcome| before.and_then(|before| before(outcome)).map(form));
        Call { course: self.course, form: Some(form) }
    }

    pub(super) fn line(&self) -> &Line {
        &self.course.line
    }

    pub(super) fn into_course(self) -> Course {
        self.course
    }

    /// Whether the host may drop the call. While a submit is under way it may not: it lets the call run on, whoever has left.
    pub fn may_be_left(&self) -> bool {
        self.course.may_be_left()
    }

    /// The intent that the call is about; it can be read after the call was moved.
    pub fn named(&self) -> Named {
        Named(Arc::clone(&self.course.line))
    }

    /// What the call waits for, as the effect's word, and since when; `None` before its beginning and after its end.
    pub fn waits_for(&self) -> Option<(&'static str, UnixMillis)> {
        self.course.waits_for()
    }

    /// When nobody waits for the call any more, whatever holds it up; `None`: it has no such time. Then the host tells what
    /// [`Client::overdue`](super::Client::overdue) brings, and drops the call where it may.
    pub fn ends_at(&self) -> Option<UnixMillis> {
        self.course.ends_at()
    }
}

impl Course {
    pub(super) fn next(&mut self, answer: Option<(u32, Answer)>, now: UnixMillis) -> Result<Next<Outcome>, Error> {
        self.check(answer.as_ref(), now)?;
        let Some(sequence) = &mut self.sequence else { return Err(misuse("the call has ended".to_owned())) };
        {
            let mut desk = self.line.desk();
            desk.now = desk.now.max(now);
            desk.answer = answer.map(|(_, answer)| answer);
        }
        self.asked = None;
        if let Poll::Ready(end) = sequence.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            self.sequence = None;
            return Ok(Next::Done(end));
        }
        let (effect, since) = {
            let mut desk = self.line.desk();
            (desk.effect.take(), desk.now)
        };
        let Some(effect) = effect else {
            self.sequence = None;
            return Ok(Next::Done(Err(fault("the call is stuck: it awaits something that is no effect"))));
        };
        let (until, may_change) = match &effect {
            Effect::Sleep { until, .. } => (*until, true),
            Effect::Send { request, .. } => (0, request.is_long_poll()),
            _ => (0, false),
        };
        self.asked = Some(Asked { effect: effect.as_str(), since, until, may_change });
        self.count = self.count.wrapping_add(1);
        Ok(Next::Do(self.count, effect))
    }

    fn check(&self, answer: Option<&(u32, Answer)>, now: UnixMillis) -> Result<(), Error> {
        let Some(asked) = &self.asked else {
            return match answer {
                None => Ok(()),
                Some((number, answer)) => {
                    Err(misuse(format!("the answer \"{}\" to effect {number} is to nothing that was asked", answer.as_str())))
                }
            };
        };
        let Some((number, answer)) = answer else {
            return Err(misuse(format!("effect {} ({}) awaits its answer", self.count, asked.effect)));
        };
        if *number != self.count {
            return Err(misuse(format!("the answer is to effect {number}, and effect {} ({}) awaits one", self.count, asked.effect)));
        }
        if !answer.is_of(asked.effect) || (matches!(answer, Answer::Changed) && !asked.may_change) {
            return Err(misuse(format!("\"{}\" is no answer to effect {number} ({})", answer.as_str(), asked.effect)));
        }
        if matches!(answer, Answer::Due) && now < asked.until {
            let until = asked.until;
            return Err(misuse(format!("the sleep until {until} is not over at {now}: sleep on, or see why the clock stands still")));
        }
        Ok(())
    }

    /// Whether the host may drop the call.
    pub(super) fn may_be_left(&self) -> bool {
        self.line.desk().stays == 0
    }

    pub(super) fn ends_at(&self) -> Option<UnixMillis> {
        self.line.desk().ends_at
    }

    pub(super) fn intent_id(&self) -> String {
        self.line.desk().intent_id.clone()
    }

    pub(super) fn waits_for(&self) -> Option<(&'static str, UnixMillis)> {
        self.asked.map(|asked| (asked.effect, asked.since))
    }
}

impl<T> std::fmt::Debug for Call<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let asked = self.course.asked.map(|asked| asked.effect);
        f.debug_struct("Call")
            .field("intent", &self.course.intent_id())
            .field("asked", &asked)
            .field("count", &self.course.count)
            .finish_non_exhaustive()
    }
}

/// Which intent a call is about: a submit's own, or the one that its caller's key turned out to name already.
#[derive(Clone)]
pub struct Named(Arc<Line>);

impl Named {
    /// The intent's id, as far as it is known now; empty where the call is about none.
    pub fn intent_id(&self) -> String {
        self.0.desk().intent_id.clone()
    }
}

impl std::fmt::Debug for Named {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Named").field(&self.intent_id()).finish()
    }
}

/// What a call and its sequence have between them.
#[derive(Default)]
pub(super) struct Line(Mutex<Desk>);

/// What lies there now.
#[derive(Default)]
pub(super) struct Desk {
    now: UnixMillis,
    effect: Option<Effect>,
    answer: Option<Answer>,
    pub(super) intent_id: String,
    pub(super) ends_at: Option<UnixMillis>,
    /// Whether the host holds a place and a credential for the call.
    pub(super) is_ready: bool,
    /// How many things are under way that must not be left.
    stays: u32,
    /// Whether somebody hears how the task is.
    pub(super) hears: bool,
    /// What they were told last: the same is not told twice.
    pub(super) told: Option<Reply>,
    /// What is kept where the host parks the call at the sleep that it is in.
    pub(super) parking: Option<Box<Parked>>,
}

impl Line {
    pub(super) fn about(intent_id: String, now: UnixMillis) -> Arc<Self> {
        Arc::new(Self(Mutex::new(Desk { now, intent_id, ..Desk::default() })))
    }

    /// A panic elsewhere cannot have left it half changed.
    pub(super) fn desk(&self) -> MutexGuard<'_, Desk> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn now(&self) -> UnixMillis {
        self.desk().now
    }

    /// Asks for an effect, and waits for its answer.
    pub(super) const fn ask(&self, effect: Effect) -> Asking<'_> {
        Asking { line: self, effect: Some(effect) }
    }

    /// From now on, until what is returned is dropped, the host may not leave the call.
    pub(super) fn stay(self: &Arc<Self>) -> Stay {
        self.desk().stays += 1;
        Stay(Arc::clone(self))
    }
}

/// Something under way that must not be left.
pub(super) struct Stay(Arc<Line>);

impl Drop for Stay {
    fn drop(&mut self) {
        self.0.desk().stays -= 1;
    }
}

/// An effect that was asked for.
pub(super) struct Asking<'a> {
    line: &'a Line,
    effect: Option<Effect>,
}

impl Future for Asking<'_> {
    type Output = Answer;

    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Answer> {
        let effect = self.effect.take();
        let mut desk = self.line.desk();
        if effect.is_some() {
            desk.effect = effect;
            return Poll::Pending;
        }
        desk.answer.take().map_or(Poll::Pending, Poll::Ready)
    }
}

/// What cannot happen, and would be core's own mistake: the call has ended, and its task is as its record says.
fn fault(message: &str) -> Failure {
    Error::new(ErrorCode::UnknownError, message).into()
}

fn misuse(message: String) -> Error {
    Error::new(ErrorCode::Unsupported, message)
}
