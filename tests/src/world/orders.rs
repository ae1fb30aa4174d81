//! Every order of events around one task: its submit with the answer to that, up to three callbacks, a poll, and a process that ends at once.
//!
//! What happens between two events is of no account, so a step is one effect of one call. [`tried`] takes each step in every order that is
//! possible, by going on from each state in every way; a state that was reached before, with the same store and the same answers to each call,
//! goes on as it did then, and its orders are counted without being taken again.

mod case;
mod end;
mod plans;
mod rules;

pub use plans::{Plan, plans};

use super::judge::Fault;
use case::Case;
use std::collections::BTreeMap;

/// What became of all orders of a plan.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Orders {
    /// How many there are.
    pub count: u128,
    /// How many different states they lead through.
    pub states: usize,
}

/// An order that breaks a rule, step by step.
#[derive(Clone, Debug)]
pub struct Broken {
    /// The rule, and what happened.
    pub fault: Fault,
    /// What was done before, a line each.
    pub story: String,
}

/// Tries all orders of a plan, up to the first that breaks a rule.
pub fn tried(plan: &Plan) -> Result<Orders, Broken> {
    let mut tree = Tree { plan, known: BTreeMap::new() };
    let count = tree.from(Case::new(plan), &mut Vec::new())?;
    Ok(Orders { count, states: tree.known.len() })
}

struct Tree<'a> {
    plan: &'a Plan,
    /// How many orders follow from a state.
    known: BTreeMap<u64, u128>,
}

impl Tree<'_> {
    /// How many orders follow from a case that was reached by these steps.
    fn from(&mut self, mut case: Case, steps: &mut Vec<usize>) -> Result<u128, Broken> {
        checked(&case)?;
        let place = case.place();
        if let Some(count) = self.known.get(&place) {
            return Ok(*count);
        }
        let next = case.possible();
        if next.is_empty() {
            case.end();
            checked(&case)?;
            self.known.insert(place, 1);
            return Ok(1);
        }
        let mut count: u128 = 0;
        // Calls cannot be copied: whoever goes another way begins anew.
        let mut here = Some(case);
        for step in next {
            let mut case = here.take().unwrap_or_else(|| self.again(steps));
            case.step(step);
            steps.push(step);
            count += self.from(case, steps)?;
            steps.pop();
        }
        self.known.insert(place, count);
        Ok(count)
    }

    fn again(&self, steps: &[usize]) -> Case {
        let mut case = Case::new(self.plan);
        for step in steps {
            case.step(*step);
        }
        case
    }
}

fn checked(case: &Case) -> Result<(), Broken> {
    match &case.judge.fault {
        Some(fault) => Err(Broken { fault: fault.clone(), story: case.story.join("\n") }),
        None => Ok(()),
    }
}
