//! Threads that own the connections, so that no caller's runtime waits for a disk.
//!
//! Work is queued by the call, not by the first poll of its future, and runs even if that future is dropped. The writer takes what
//! has queued up while it was busy as one group, in one transaction with one flush to disk: a thousand tasks at once share a few.
//! Where a group fails, its jobs run again one by one, so that each is answered for its own fault only.

use super::error::Fault;
use super::{StoreError, StoreErrorKind};
use crate::BoxFuture;
use rusqlite::Connection;
use std::path::Path;
use std::sync::{Arc, mpsc};
use std::thread::{self, JoinHandle};
use tokio::sync::oneshot;

/// How many jobs and how many bytes may share a transaction: another process that wants to write waits for its end.
const GROUP_JOBS: usize = 512;
const GROUP_BYTES: usize = 16 * 1024 * 1024;

/// One thread with one connection.
pub(super) struct Worker {
    path: Arc<Path>,
    /// `None` only while it is dropped: then the thread finishes what is queued and ends.
    queue: Option<mpsc::Sender<Box<dyn Job>>>,
    thread: Option<JoinHandle<()>>,
    /// A child made by fork has this value, but not the thread.
    process: u32,
}

impl Worker {
    /// A thread that answers each job by itself.
    pub(super) fn reader(db: Connection, path: Arc<Path>) -> Result<Self, StoreError> {
        let place = Arc::clone(&path);
        Self::start("gentask-read", path, move |queue| {
            for mut job in queue {
                let verdict = job.run(&db).map_err(|fault| fault.at(&place));
                job.answer(verdict);
            }
        })
    }

    /// A thread that answers jobs in groups, each after the commit.
    pub(super) fn writer(db: Connection, path: Arc<Path>) -> Result<Self, StoreError> {
        let writer = Writer { identity: identity(&path), db, path: Arc::clone(&path) };
        Self::start("gentask-write", path, move |queue| {
            while let Ok(first) = queue.recv() {
                let mut bytes = first.weight();
                let mut group = vec![first];
                while group.len() < GROUP_JOBS
                    && bytes < GROUP_BYTES
                    && let Ok(job) = queue.try_recv()
                {
                    bytes = bytes.saturating_add(job.weight());
                    group.push(job);
                }
                writer.perform(group);
            }
        })
    }

    fn start(name: &str, path: Arc<Path>, run: impl FnOnce(mpsc::Receiver<Box<dyn Job>>) + Send + 'static) -> Result<Self, StoreError> {
        let (queue, jobs) = mpsc::channel();
        let thread = thread::Builder::new().name(name.to_owned()).spawn(move || run(jobs)).map_err(|error| {
            let message = format!("the task store {} cannot start a thread: {error}", path.display());
            StoreError::new(StoreErrorKind::Io, message)
        })?;
        Ok(Self { path, queue: Some(queue), thread: Some(thread), process: std::process::id() })
    }

    /// Queues work of about `weight` bytes. It may run more than once; only the last run counts.
    pub(super) fn queue<T: Send + 'static>(
        &self,
        weight: usize,
        work: impl FnMut(&Connection) -> Result<T, Fault> + Send + 'static,
    ) -> BoxFuture<'static, Result<T, StoreError>> {
        let (reply, answer) = oneshot::channel();
        if let Some(queue) = self.queue.as_ref().filter(|_| std::process::id() == self.process) {
            // Where the thread has ended, the job comes back and its reply is dropped: the answer below is then the error.
            let _ = queue.send(Box::new(Work { perform: work, weight, value: None, reply }));
        }
        let path = Arc::clone(&self.path);
        Box::pin(async move {
            answer.await.unwrap_or_else(|_| {
                let message = format!("the task store {} has stopped, or was opened before a fork: open it again", path.display());
                Err(StoreError::new(StoreErrorKind::Io, message))
            })
        })
    }
}

impl Drop for Worker {
    /// Waits until what is queued is done.
    fn drop(&mut self) {
        self.queue = None;
        let here = self.process == std::process::id();
        if let Some(thread) = self.thread.take().filter(|thread| here && thread.thread().id() != thread::current().id()) {
            // If it panicked, those who waited for it were told.
            let _ = thread.join();
        }
    }
}

/// Something to do with a connection, and somebody who waits for it.
trait Job: Send {
    fn weight(&self) -> usize;
    fn run(&mut self, db: &Connection) -> Result<(), Fault>;
    fn answer(self: Box<Self>, verdict: Result<(), StoreError>);
}

struct Work<T, W> {
    perform: W,
    weight: usize,
    value: Option<T>,
    reply: oneshot::Sender<Result<T, StoreError>>,
}

impl<T: Send, W: FnMut(&Connection) -> Result<T, Fault> + Send> Job for Work<T, W> {
    fn weight(&self) -> usize {
        self.weight
    }

    fn run(&mut self, db: &Connection) -> Result<(), Fault> {
        self.value = Some((self.perform)(db)?);
        Ok(())
    }

    fn answer(self: Box<Self>, verdict: Result<(), StoreError>) {
        // Nobody may be waiting any more; and a job that succeeded has a value.
        let _ = match (verdict, self.value) {
            (Err(error), _) => self.reply.send(Err(error)),
            (Ok(()), Some(value)) => self.reply.send(Ok(value)),
            (Ok(()), None) => return,
        };
    }
}

struct Writer {
    db: Connection,
    path: Arc<Path>,
    identity: Option<(u64, u64)>,
}

/// A transaction that did not take effect.
struct Failure {
    error: StoreError,
    /// Whether the transaction could not even begin, so that no job is at fault.
    before: bool,
}

impl Writer {
    fn perform(&self, mut group: Vec<Box<dyn Job>>) {
        let alone = group.len() == 1;
        let mut blocked = match self.transact(&mut group) {
            Ok(()) => {
                for job in group {
                    job.answer(Ok(()));
                }
                return;
            }
            Err(failure) => (alone || failure.before).then_some(failure.error),
        };
        for mut job in group {
            let verdict = match &blocked {
                Some(error) => Err(error.clone()),
                None => self.transact(std::slice::from_mut(&mut job)).map_err(|failure| {
                    if failure.before {
                        blocked = Some(failure.error.clone());
                    }
                    failure.error
                }),
            };
            job.answer(verdict);
        }
    }

    fn transact(&self, jobs: &mut [Box<dyn Job>]) -> Result<(), Failure> {
        let failed = |before| move |fault: Fault| Failure { error: fault.at(&self.path), before };
        self.execute("BEGIN IMMEDIATE").map_err(failed(true))?;
        let done = if identity(&self.path) == self.identity {
            jobs.iter_mut().try_for_each(|job| job.run(&self.db)).and_then(|()| self.execute("COMMIT")).map_err(failed(false))
        } else {
            let message =
                format!("the task store {} was removed or replaced while it was in use: put it back, or start again", self.path.display());
            Err(Failure { error: StoreError::new(StoreErrorKind::Io, message), before: true })
        };
        if done.is_err() && !self.db.is_autocommit() {
            // A full disk ends a transaction by itself; where this fails too, the next begin says so.
            let _ = self.execute("ROLLBACK");
        }
        done
    }

    fn execute(&self, sql: &str) -> Result<(), Fault> {
        Ok(self.db.prepare_cached(sql)?.execute([]).map(|_| ())?)
    }
}

/// Which file stands at a path. SQLite would go on writing into one that was deleted, and every task in it would be lost.
#[cfg(unix)]
fn identity(path: &Path) -> Option<(u64, u64)> {
    use std::os::unix::fs::MetadataExt;
    std::fs::metadata(path).ok().map(|found| (found.dev(), found.ino()))
}

/// An open file cannot be deleted or replaced here.
#[cfg(not(unix))]
fn identity(_path: &Path) -> Option<(u64, u64)> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wait<T>(future: BoxFuture<'static, T>) -> T {
        tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(future)
    }

    #[test]
    fn a_thread_that_panicked_answers_with_an_error() {
        for start in [Worker::reader, Worker::writer] {
            let worker = start(Connection::open_in_memory().unwrap(), Path::new("nowhere").into()).unwrap();
            let first = worker.queue(0, |_| -> Result<(), Fault> { panic!("on purpose") });
            let second = worker.queue(0, |_| Ok(()));
            assert_eq!(wait(first).unwrap_err().kind, StoreErrorKind::Io);
            assert!(wait(second).unwrap_err().message.contains("has stopped"));
            assert!(wait(worker.queue(0, |_| Ok(()))).is_err(), "later calls do not hang either");
        }
    }

    #[test]
    fn one_job_at_fault_leaves_the_others_alone() {
        let db = Connection::open_in_memory().unwrap();
        db.execute_batch("CREATE TABLE t(x INTEGER NOT NULL)").unwrap();
        let worker = Worker::writer(db, Path::new("nowhere").into()).unwrap();
        let (open, gate) = mpsc::channel::<()>();
        // While the first one waits, the others become one group.
        let first = worker.queue(0, move |_| Ok(gate.recv().is_err()));
        let insert = |x: Option<i64>| worker.queue(0, move |db| Ok(db.execute("INSERT INTO t VALUES(?1)", [x])?));
        let (one, bad, two) = (insert(Some(1)), insert(None), insert(Some(2)));
        drop(open);
        assert!(wait(first).is_ok());
        assert_eq!((wait(one), wait(bad).is_err(), wait(two)), (Ok(1), true, Ok(1)));
        let count = worker.queue(0, |db| Ok(db.query_row("SELECT group_concat(x) FROM t", [], |row| row.get::<_, String>(0))?));
        assert_eq!(wait(count).unwrap(), "1,2", "the first run of the group left nothing behind");
    }
}
