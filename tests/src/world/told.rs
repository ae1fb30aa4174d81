//! What people are told at the end of calls, held against what the provider knows.

use super::contract::Limits;
use super::deeds::Deed;
use super::host::World;
use super::process::{Brought, Running};
use gentask_core::{Failure, Reply, Status, TaskRecord};

/// How long after its end a wait may hear of a task: a poll's longest interval, and what a backoff adds.
const PROMPT_MS: u64 = 300_000;

impl World {
    pub(super) fn judge_end(&mut self, running: &Running, end: &Result<Brought, Failure>) {
        self.kept_what_it_heard(running);
        if running.is_left {
            return;
        }
        let (reply, conflict) = match end {
            Ok(Brought::Reply(reply)) => (&**reply, false),
            Ok(Brought::Accepted(accepted)) => (&accepted.reply, false),
            Ok(Brought::Turn(turn)) => (&turn.reply, false),
            Err(failure) => (failure.reply(), failure.is_key_conflict()),
            Ok(Brought::Page(_) | Brought::Work(_) | Brought::Receipt(_) | Brought::Notices(_) | Brought::Flag(_) | Brought::Nothing) => {
                return;
            }
        };
        if let Deed::WaitFrom { record } = &running.deed {
            self.was_prompt(running, record, reply);
        }
        let named = running.call.named().intent_id();
        self.judge_reply(running, reply, &named, conflict);
        if let Ok(Brought::Accepted(accepted)) = end {
            let record = &accepted.record;
            self.matched(running, record);
            if let Some(task_id) = record.task_id() {
                let place = (record.intent_id().to_owned(), task_id.to_owned());
                let is_durable = self.judge.durable.contains(&place);
                self.judge
                    .holds(is_durable, "durable", || format!("call {} is told the task {place:?}, and it is not durable", running.id));
            }
        }
        if let (Deed::Adopt { intent, task_id }, Ok(_)) = (&running.deed, end) {
            self.adopted(running, intent, task_id);
        }
    }

    /// The id that a call was told stands in the record once it has ended, whoever has written it.
    fn kept_what_it_heard(&mut self, running: &Running) {
        let Some((intent, task_id)) = running.seen.learned.as_ref().filter(|_| !running.seen.refused) else { return };
        let Some(record) = self.store.load(intent) else { return };
        let second = record.conflict().and_then(|conflict| conflict.task_id.as_ref());
        let is_kept = record.task_id().is_some() || second == Some(task_id);
        self.judge
            .holds(is_kept, "heard", || format!("call {} heard the id {task_id} of {intent}, and ends without it: {record:?}", running.id));
    }

    /// In peace, a task that has ended is heard of soon, whoever else waited for it before.
    fn was_prompt(&mut self, running: &Running, record: &TaskRecord, reply: &Reply) {
        let (begun, now) = (running.began, self.now);
        let Some(task) = reply.task_id.as_ref().and_then(|task_id| self.provider.task(task_id)) else { return };
        let is_simple = self.trouble.honest && self.kind.limits == Limits::None && begun > self.trouble.until;
        let paused = self.processes[running.process].paused.0.max(self.judge.hold.0);
        // What the provider wished for during the trouble holds, however long it is.
        let wished = record.not_before().map_or(0, |at| self.processes[running.process].when(at));
        let since = self.provider.end_of(task).max(begun).max(paused).max(wished);
        let id = running.id;
        self.judge.holds(!is_simple || now <= since + PROMPT_MS, "prompt", || format!("call {id} ends {} ms after its task", now - since));
    }

    fn adopted(&mut self, running: &Running, intent: &str, task_id: &str) {
        let is_known = self.provider.task(task_id).is_some();
        self.judge.holds(is_known, "agrees", || format!("{intent} adopts {task_id}, which the provider does not know"));
        self.judge.holds(!running.seen.id_was_taken, "one id", || format!("{intent} adopts {task_id}, which another task has"));
        let other = self.judge.adopted.insert(task_id.to_owned(), intent.to_owned()).filter(|other| other != intent);
        self.judge.holds(other.is_none(), "one id", || format!("{intent} and {other:?} both adopt {task_id}"));
    }

    fn judge_reply(&mut self, running: &Running, reply: &Reply, named: &str, conflict: bool) {
        let about = reply.data["intentId"].as_str().map(str::to_owned);
        let billing = reply.data["billing"].as_str();
        let says_none = !reply.ok && billing == Some("none");
        let advice = reply.data["suggestions"].to_string().to_lowercase().replace("do not submit again", "");
        let invites = advice.contains("submit again");
        let what = || format!("call {} ({:?}) is told {}", running.id, running.deed, reply.to_json());

        // What was accepted after the record was read for the last time cannot be known.
        let mut made = about.as_ref().map(|intent| self.provider.made_for(intent)).unwrap_or_default();
        if conflict || (!invites && !matches!(reply.status, Status::Failed | Status::Cancelled)) {
            made.retain(|task_id| self.provider.task(task_id).is_some_and(|task| task.made <= running.seen.read));
        }
        let is_decided =
            about.as_ref().is_some_and(|intent| self.judge.decided.contains(intent)) || matches!(running.deed, Deed::Discard { .. });
        self.judge.holds(made.is_empty() || !says_none, "told", || format!("{}, and the provider has {made:?}", what()));
        self.judge.holds(made.is_empty() || !invites || is_decided, "told", || format!("{}, and the provider has {made:?}", what()));
        let is_task = reply.task_id.as_ref().is_some_and(|task_id| self.provider.task(task_id).is_some());
        self.judge.holds(!(is_task && says_none), "told", || format!("{}, and the provider has the task", what()));
        let Deed::Submit { job, .. } = running.deed else { return self.over(running, reply, about, conflict) };
        let paid = running.seen.paid_before && self.jobs[job].pruned == 0;
        self.judge.holds(!(paid && says_none), "told", || format!("{}, and the job was paid for before", what()));
        self.over(running, reply, about.or_else(|| Some(named.to_owned())), conflict);
    }

    /// Where somebody is told that it is over, nothing may send it any more.
    fn over(&mut self, running: &Running, reply: &Reply, about: Option<String>, conflict: bool) {
        let suggestions = reply.data["suggestions"].to_string();
        let invites = suggestions.to_lowercase().replace("do not submit again", "").contains("submit again");
        let is_end = matches!(reply.status, Status::Failed | Status::Cancelled) || invites;
        let warns = suggestions.contains("resume") || reply.error_message.as_ref().is_some_and(|message| message.contains("resume"));
        let is_over = !reply.ok && reply.data["billing"] == "none" && is_end && !warns && !conflict;
        if let Some(intent) = about.filter(|intent| is_over && !intent.is_empty()) {
            self.judge.over.entry(intent).or_insert_with(|| format!("call {}: {}", running.id, reply.to_json()));
        }
    }
}
