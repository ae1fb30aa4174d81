//! Workers of one process: each looks once, and does what it found to do.

use super::super::process::Brought;
use super::case::Case;
use gentask_core::{Failure, TaskRecord};
use std::sync::Arc;

/// What a worker found to do.
pub(super) enum Todo {
    /// Takes a task a step further.
    Turn(Box<TaskRecord>),
    /// Tells the application of a task's end, which deals with it.
    Tell(String),
}

impl Case {
    /// A worker's call has ended. Whether it has more to do.
    pub(super) fn works_on(&mut self, place: usize, end: &Result<Brought, Failure>) -> bool {
        let todo = &mut self.actors[place].todo;
        match end {
            Ok(Brought::Work(work)) => {
                todo.extend(work.due.iter().map(|record| Todo::Turn(Box::new(record.clone()))));
                todo.extend(work.settled.iter().map(|notice| Todo::Tell(notice.record.intent_id().to_owned())));
            }
            Ok(Brought::Turn(turn)) => {
                todo.extend(turn.notice.iter().map(|notice| Todo::Tell(notice.record.intent_id().to_owned())));
            }
            Ok(_) => {
                self.telling.clear();
                self.dealt.insert(self.intent.clone());
            }
            Err(failure) => self.judge.fault("ends", format!("a worker's call fails: {}", failure.message())),
        }
        let client = &self.clients[self.actors[place].process];
        let call = match self.actors[place].todo.pop_front() {
            Some(Todo::Turn(record)) => client.turn(Arc::from(record), true, self.now).map(|turn| Brought::Turn(Box::new(turn))),
            Some(Todo::Tell(intent)) => {
                let call = client.handled(&intent, true, self.now).map(Brought::Flag);
                self.note(place, "tells the end");
                let is_open = !self.dealt.contains(&intent);
                let is_first = self.telling.insert(intent) && is_open;
                self.judge.holds(is_first, "handed out", || "workers of one process tell one end twice".to_owned());
                call
            }
            None => return false,
        };
        self.actors[place].call = Some(call);
        true
    }
}
