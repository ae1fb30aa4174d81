//! Every order of events around one task: its submit with the answer to that, up to three callbacks, a poll, and a process that ends at once.
//!
//! What happens between two events is of no account, so a step is one effect of one call. [`tried`] takes each step in every order that is
//! possible, by going on from each state in every way. A state is what all share (the store, what the provider was sent, who has been told what)
//! and, for each call, what it was answered. What a call does next follows from what is shared and what that call was answered, whatever the
//! others were: each such step is done once. Whether that holds is seen at each step that is done, for it is done after the steps before it, which were
//! mostly known; and every thousandth known step is done once more.

mod case;
mod end;
mod places;
mod plans;
mod rules;
mod workers;

pub use plans::{Plan, plans};

use super::judge::Fault;
use case::Case;
use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::rc::Rc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

/// Of so many steps that are known one is done all the same.
const DONE_AGAIN: u64 = 1_000;

/// What became of all orders of a plan.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Orders {
    /// How many there are.
    pub count: u128,
    /// How many different states they lead through.
    pub states: usize,
    /// How many steps were done for that.
    pub done: usize,
}

/// An order that breaks a rule, step by step.
#[derive(Clone, Debug)]
pub struct Broken {
    /// What was tried.
    pub plan: Plan,
    /// Which of the plans that is.
    pub number: usize,
    /// The rule, and what happened.
    pub fault: Fault,
    /// What was done before, a line each.
    pub story: String,
}

/// Tries all orders of some plans, so many at once, and tells of each how it went; up to the first that breaks a rule.
pub fn tried(plans: &[Plan], threads: usize, tell: impl Fn(&Plan, &Orders) + Sync) -> Result<Orders, Box<Broken>> {
    let (next, all) = (AtomicUsize::new(0), Mutex::new(Ok(Orders::default())));
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                loop {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    let Some(plan) = plans.get(number) else { return };
                    let tried = Tree::of(plan);
                    if let Ok(orders) = &tried {
                        tell(plan, orders);
                    }
                    let mut all = all.lock().unwrap_or_else(PoisonError::into_inner);
                    match (&mut *all, tried) {
                        (Ok(all), Ok(orders)) => all.add(&orders),
                        (Ok(_), Err(broken)) => *all = Err(Box::new(Broken { number, ..*broken })),
                        // The first of the plans counts, whichever thread was faster.
                        (Err(first), Err(broken)) if number < first.number => **first = Broken { number, ..*broken },
                        (Err(_), _) => {}
                    }
                    if all.is_err() {
                        return;
                    }
                }
            });
        }
    });
    all.into_inner().unwrap_or_else(PoisonError::into_inner)
}

impl Orders {
    fn add(&mut self, other: &Self) {
        self.count += other.count;
        self.states += other.states;
        self.done += other.done;
    }
}

/// Where everybody is.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Place {
    /// Tells what all share from every other state of it.
    shared: u64,
    /// And what each call was answered.
    heard: Box<[u64]>,
}

impl Place {
    fn digest(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        self.hash(&mut hasher);
        hasher.finish()
    }
}

struct Tree<'a> {
    plan: &'a Plan,
    /// What can happen next, by what is shared; it is nothing at an end that keeps all rules.
    ways: HashMap<u64, Rc<[usize]>>,
    /// What a step makes of what is shared and of what was heard, by who takes it.
    steps: HashMap<(u64, usize, u64), Made>,
    /// How many orders follow from a place.
    known: HashMap<u64, u128>,
    /// The steps that led to where the tree is followed now.
    path: Vec<usize>,
    /// The case as the newest step that was done has left it, and the path that led there.
    left: Option<(Vec<usize>, Case)>,
    /// How many steps were known, and how many were done.
    hits: u64,
    done: usize,
}

/// What a step has made: what is shared, and what these have heard then.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Made {
    shared: u64,
    heard: Box<[(usize, u64)]>,
}

impl<'a> Tree<'a> {
    /// All orders of a plan.
    fn of(plan: &'a Plan) -> Result<Orders, Box<Broken>> {
        let mut tree = Self {
            plan,
            ways: HashMap::new(),
            steps: HashMap::new(),
            known: HashMap::new(),
            path: Vec::new(),
            left: None,
            hits: 0,
            done: 0,
        };
        let first = tree.seen(&mut Case::new(plan))?;
        let count = tree.from(&first)?;
        Ok(Orders { count, states: tree.known.len(), done: tree.done })
    }

    /// How many orders follow from a place.
    fn from(&mut self, place: &Place) -> Result<u128, Box<Broken>> {
        let digest = place.digest();
        if let Some(count) = self.known.get(&digest) {
            return Ok(*count);
        }
        let ways = Rc::clone(&self.ways[&place.shared]);
        let mut count = u128::from(ways.is_empty());
        for step in ways.iter() {
            self.path.push(*step);
            let next = self.next(place, *step)?;
            count += self.from(&next)?;
            self.path.pop();
        }
        self.known.insert(digest, count);
        Ok(count)
    }

    /// Where the path leads, whose last step leaves this place.
    fn next(&mut self, place: &Place, step: usize) -> Result<Place, Box<Broken>> {
        // The end of a process is nobody's own step.
        let name = (place.shared, step, place.heard.get(step).copied().unwrap_or_default());
        let known = self.steps.get(&name).cloned();
        self.hits += u64::from(known.is_some());
        let next = |made: &Made| {
            let mut next = Place { shared: made.shared, heard: place.heard.clone() };
            made.heard.iter().for_each(|(who, heard)| next.heard[*who] = *heard);
            next
        };
        if let Some(made) = known.as_ref().filter(|_| !self.hits.is_multiple_of(DONE_AGAIN)) {
            return Ok(next(made));
        }
        self.done += 1;
        let mut case = self.here();
        let before = Place { shared: case.shared(), heard: case.heard() };
        assert_eq!(before, *place, "what is known of a step leads elsewhere than the step itself:\n{}", case.story.join("\n"));
        let touched = case.step(step);
        let after = self.seen(&mut case)?;
        if let Some(known) = known {
            assert_eq!(next(&known), after, "what a call does follows from more than is known of it:\n{}", case.story.join("\n"));
        }
        let made = Made { shared: after.shared, heard: touched.into_iter().map(|who| (who, after.heard[who])).collect() };
        self.steps.insert(name, made);
        self.left = (!self.ways[&after.shared].is_empty()).then(|| (self.path.clone(), case));
        Ok(after)
    }

    /// The case before the path's last step. Calls cannot be copied: unless it was left just there, it begins anew.
    fn here(&mut self) -> Case {
        let before = &self.path[..self.path.len() - 1];
        if let Some((_, case)) = self.left.take_if(|(path, _)| path == before) {
            return case;
        }
        let mut case = Case::new(self.plan);
        for step in before {
            case.step(*step);
        }
        case
    }

    /// Where a case is, and what can happen next, once no rule is broken.
    fn seen(&mut self, case: &mut Case) -> Result<Place, Box<Broken>> {
        checked(self.plan, case)?;
        let place = Place { shared: case.shared(), heard: case.heard() };
        if !self.ways.contains_key(&place.shared) {
            let ways: Rc<[usize]> = case.possible().into();
            if ways.is_empty() {
                case.end();
                checked(self.plan, case)?;
            }
            self.ways.insert(place.shared, ways);
        }
        Ok(place)
    }
}

fn checked(plan: &Plan, case: &Case) -> Result<(), Box<Broken>> {
    match &case.judge.fault {
        Some(fault) => Err(Box::new(Broken { plan: plan.clone(), number: 0, fault: fault.clone(), story: case.story.join("\n") })),
        None => Ok(()),
    }
}
