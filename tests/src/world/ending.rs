//! What must be true at a world's end: once there was peace, everybody has resumed, and all calls have ended.

use super::host::World;
use gentask_core::{Phase, TaskRecord};
use std::collections::BTreeMap;

impl World {
    pub(super) fn ending(&mut self) {
        let calls: Vec<String> = self.calls.iter().map(|running| format!("{} {:?}", running.id, running.call)).collect();
        self.judge.holds(calls.is_empty(), "ends", || format!("calls that do not end: {calls:?}"));
        self.paid_once();
        self.kept();
        let records: Vec<TaskRecord> = self.store.records().map(|record| TaskRecord::clone(record)).collect();
        for record in &records {
            *self.counts.phases.entry(record.phase().as_str()).or_default() += 1;
            let is_open = self.is_open(record);
            self.judge.holds(!is_open, "ends", || format!("{} is {} in peace: {record:?}", record.intent_id(), record.phase().as_str()));
            if matches!(record.phase(), Phase::Succeeded | Phase::Failed | Phase::Cancelled | Phase::Rejected) {
                self.watch_end(record);
            }
            let is_doubted = !matches!(record.phase(), Phase::Unresolved | Phase::Discarded) || record.maybe_sent();
            self.judge.holds(is_doubted, "doubt", || format!("{} is {} without a doubt", record.intent_id(), record.phase().as_str()));
        }
        self.noticed(&records);
        self.kept_callbacks();
        self.counts.accepted += self.provider.tasks().count() as u64;
    }

    /// Whether a task should go on, and nobody but its client is needed for that.
    pub(super) fn is_open(&self, record: &TaskRecord) -> bool {
        match record.phase() {
            Phase::Prepared | Phase::Submitting => true,
            Phase::Waiting | Phase::Fetching | Phase::Cancelling => {
                let task = record.task_id().and_then(|task_id| self.provider.task(task_id));
                task.is_none_or(|task| !task.erased)
            }
            _ => false,
        }
    }

    fn paid_once(&mut self) {
        let mut paid: BTreeMap<usize, Vec<String>> = BTreeMap::new();
        for (id, task) in self.provider.tasks() {
            paid.entry(task.job).or_default().push(id.clone());
        }
        for (job, ids) in paid {
            let most = 1 + self.jobs.get(job).map_or(0, |job| job.pruned);
            self.judge.holds(ids.len() as u64 <= most, "paid once", || format!("job {job} was paid {} times: {ids:?}", ids.len()));
        }
    }

    fn kept(&mut self) {
        let records: Vec<TaskRecord> = self.store.records().map(|record| TaskRecord::clone(record)).collect();
        let tasks: Vec<(String, String)> = self.provider.tasks().map(|(id, task)| (id.clone(), task.intent.clone())).collect();
        for (id, intent) in tasks {
            let names = |record: &TaskRecord| {
                let second = record.conflict().and_then(|conflict| conflict.task_id.as_ref());
                record.task_id() == Some(&id) || second == Some(&id)
            };
            let own = records.iter().find(|record| record.intent_id() == intent);
            let is_open = own.is_some_and(|record| matches!(record.phase(), Phase::Unresolved | Phase::Submitting | Phase::Prepared));
            let is_settled = self.judge.decided.contains(&intent) || self.judge.deleted.contains(&intent);
            let is_kept = records.iter().any(names) || is_open || is_settled;
            self.judge.holds(is_kept, "kept", || format!("task {id} of {intent} is not in the store: {own:?}"));
        }
    }
}
