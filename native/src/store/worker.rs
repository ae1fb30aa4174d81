//! Threads that own the connections, so that no caller's runtime waits for a disk.
//!
//! Work is queued by the call, not by the first poll of its future, and runs even if that future is dropped. The writer takes what
//! has queued up while it was busy as one group: a thousand tasks at once share a few transactions.
//!
//! A park is a message in the same queue: what was queued before it is done, then the connection is closed, and what comes after it
//! waits for the release.

use super::error::Fault;
use super::source::{Group, Job, Reopen, Source};
use super::{StoreError, StoreErrorKind};
use crate::BoxFuture;
use rusqlite::Connection;
use std::collections::VecDeque;
use std::mem;
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
    /// `None` only while it is dropped: then the thread finishes what is queued and ends. Each [`Hold`] has it too.
    queue: Option<Arc<mpsc::Sender<Message>>>,
    thread: Option<JoinHandle<()>>,
    /// A child made by fork has this value, but not the thread.
    process: u32,
}

impl Worker {
    /// A thread that answers each job by itself.
    pub(super) fn reader(db: Connection, reopen: Reopen, path: Arc<Path>) -> Result<Self, StoreError> {
        Self::start("gentask-read", 1, Source::read, Source::new(db, reopen, path))
    }

    /// A thread that answers jobs in groups, each after the commit.
    pub(super) fn writer(db: Connection, reopen: Reopen, path: Arc<Path>) -> Result<Self, StoreError> {
        Self::start("gentask-write", GROUP_JOBS, Source::write, Source::new(db, reopen, path))
    }

    fn start(name: &str, most: usize, perform: fn(&mut Source, Group), source: Source) -> Result<Self, StoreError> {
        let path = source.path();
        let (queue, messages) = mpsc::channel();
        let line = Line { source, messages, next: VecDeque::new(), most, perform };
        let thread = thread::Builder::new().name(name.to_owned()).spawn(move || line.run()).map_err(|error| {
            let message = format!("the task store {} cannot start a thread: {error}", path.display());
            StoreError::new(StoreErrorKind::Io, message)
        })?;
        Ok(Self { path, queue: Some(Arc::new(queue)), thread: Some(thread), process: std::process::id() })
    }

    /// Queues work of about `weight` bytes. It may run more than once; only the last run counts.
    pub(super) fn queue<T: Send + 'static>(
        &self,
        weight: usize,
        work: impl FnMut(&Connection) -> Result<T, Fault> + Send + 'static,
    ) -> BoxFuture<'static, Result<T, StoreError>> {
        self.queue_fenced(weight, true, work)
    }

    /// The same; where it is not fenced, its answer may come before what it wrote would survive a loss of power.
    pub(super) fn queue_fenced<T: Send + 'static>(
        &self,
        weight: usize,
        is_fenced: bool,
        perform: impl FnMut(&Connection) -> Result<T, Fault> + Send + 'static,
    ) -> BoxFuture<'static, Result<T, StoreError>> {
        let (reply, answer) = oneshot::channel();
        if let Some(queue) = self.here() {
            // Where the thread has ended, the job comes back and its reply is dropped: the answer below is then the error.
            let _ = queue.send(Message::Job(Box::new(Work { perform, weight, is_fenced, value: None, reply })));
        }
        let path = Arc::clone(&self.path);
        Box::pin(async move {
            answer.await.unwrap_or_else(|_| {
                let message = format!("the task store {} has stopped, or was opened before a fork: open it again", path.display());
                Err(StoreError::new(StoreErrorKind::Io, message))
            })
        })
    }

    /// Asks for the connection to be closed until the hold is dropped. It is closed once the receiver has a word, or will never have.
    pub(super) fn park(&self) -> (Hold, mpsc::Receiver<()>) {
        let (closed, wait) = mpsc::channel();
        let queue = self.here().map(Arc::clone);
        if let Some(queue) = &queue {
            let _ = queue.send(Message::Park(closed));
        }
        (Hold { queue, process: self.process }, wait)
    }

    fn here(&self) -> Option<&Arc<mpsc::Sender<Message>>> {
        self.queue.as_ref().filter(|_| std::process::id() == self.process)
    }
}

impl Drop for Worker {
    /// Waits until what is queued is done; while somebody holds it parked, that is done after the release, without this wait.
    fn drop(&mut self) {
        let (queue, thread) = (self.queue.take(), self.thread.take());
        if self.process != std::process::id() {
            // The thread, gone here, may have held a lock inside at the moment of the fork.
            mem::forget((queue, thread));
            return;
        }
        let ends = queue.and_then(Arc::into_inner).is_some();
        if let Some(thread) = thread.filter(|thread| ends && thread.thread().id() != thread::current().id()) {
            // If it panicked, those who waited for it were told.
            let _ = thread.join();
        }
    }
}

/// Keeps the connection of one worker closed.
pub(super) struct Hold {
    queue: Option<Arc<mpsc::Sender<Message>>>,
    process: u32,
}

impl Drop for Hold {
    fn drop(&mut self) {
        let queue = self.queue.take();
        if self.process != std::process::id() {
            // As with the worker.
            mem::forget(queue);
        } else if let Some(queue) = queue {
            let _ = queue.send(Message::Release);
        }
    }
}

enum Message {
    Job(Box<dyn Job>),
    /// Close the connection, say so, and wait for as many releases as there were parks.
    Park(mpsc::Sender<()>),
    Release,
}

/// The thread's side of a queue.
struct Line {
    /// The first field: where a job panics, it is closed before those who wait for that are let go.
    source: Source,
    messages: mpsc::Receiver<Message>,
    /// What was taken out before its turn.
    next: VecDeque<Message>,
    most: usize,
    perform: fn(&mut Source, Group),
}

impl Line {
    fn run(mut self) {
        while let Some(message) = self.next.pop_front().or_else(|| self.messages.recv().ok()) {
            match message {
                Message::Job(first) => {
                    let group = self.group(first);
                    (self.perform)(&mut self.source, group);
                }
                Message::Park(closed) => self.park(&closed),
                // Each comes after its park, which takes it.
                Message::Release => {}
            }
        }
    }

    fn group(&mut self, first: Box<dyn Job>) -> Group {
        let mut bytes = first.weight();
        let mut group = vec![first];
        while group.len() < self.most
            && bytes < GROUP_BYTES
            && let Some(message) = self.next.pop_front().or_else(|| self.messages.try_recv().ok())
        {
            match message {
                Message::Job(job) => {
                    bytes = bytes.saturating_add(job.weight());
                    group.push(job);
                }
                barrier => {
                    self.next.push_front(barrier);
                    break;
                }
            }
        }
        group
    }

    fn park(&mut self, closed: &mpsc::Sender<()>) {
        self.source.close();
        let _ = closed.send(());
        let mut parks = 1_usize;
        while parks > 0
            && let Ok(message) = self.messages.recv()
        {
            match message {
                Message::Job(_) => self.next.push_back(message),
                Message::Park(closed) => {
                    parks += 1;
                    let _ = closed.send(());
                }
                Message::Release => parks -= 1,
            }
        }
    }
}

struct Work<T, W> {
    perform: W,
    weight: usize,
    is_fenced: bool,
    value: Option<T>,
    reply: oneshot::Sender<Result<T, StoreError>>,
}

impl<T: Send, W: FnMut(&Connection) -> Result<T, Fault> + Send> Job for Work<T, W> {
    fn weight(&self) -> usize {
        self.weight
    }

    fn is_fenced(&self) -> bool {
        self.is_fenced
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

#[cfg(test)]
mod tests {
    use super::*;

    fn wait<T>(future: BoxFuture<'static, T>) -> T {
        tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(future)
    }

    type Start = fn(Connection, Reopen, Arc<Path>) -> Result<Worker, StoreError>;

    const STARTS: [Start; 2] = [Worker::reader, Worker::writer];

    fn memory() -> Connection {
        Connection::open_in_memory().unwrap()
    }

    fn started(start: Start, db: Connection) -> Worker {
        start(db, Box::new(|| Ok(memory())), Path::new("nowhere").into()).unwrap()
    }

    #[test]
    fn a_thread_that_panicked_answers_with_an_error() {
        for start in STARTS {
            let worker = started(start, memory());
            let first = worker.queue(0, |_| -> Result<(), Fault> { panic!("on purpose") });
            let second = worker.queue(0, |_| Ok(()));
            let (_hold, closed) = worker.park();
            assert_eq!(wait(first).unwrap_err().kind, StoreErrorKind::Io);
            assert!(wait(second).unwrap_err().message.contains("has stopped"));
            assert!(wait(worker.queue(0, |_| Ok(()))).is_err(), "later calls do not hang either");
            assert!(closed.recv().is_err(), "nor does who parks it");
            assert!(worker.park().1.recv().is_err());
        }
    }

    #[test]
    fn a_group_is_flushed_where_one_of_its_jobs_asks_for_it() {
        let worker = started(Worker::writer, memory());
        let mode = |db: &Connection| Ok(db.query_row("PRAGMA synchronous", [], |row| row.get::<_, u8>(0))?);
        assert_eq!(
            [wait(worker.queue_fenced(0, false, mode)), wait(worker.queue(0, mode)), wait(worker.queue_fenced(0, false, mode))],
            [Ok(1), Ok(2), Ok(1)]
        );
        let (open, gate) = mpsc::channel::<()>();
        let first = worker.queue_fenced(0, false, move |_| Ok(gate.recv().is_err()));
        let (unfenced, fenced) = (worker.queue_fenced(0, false, mode), worker.queue(0, mode));
        drop(open);
        assert!(wait(first).is_ok());
        assert_eq!([wait(unfenced), wait(fenced)], [Ok(2), Ok(2)]);
    }

    #[test]
    fn one_job_at_fault_leaves_the_others_alone() {
        let db = memory();
        db.execute_batch("CREATE TABLE t(x INTEGER NOT NULL)").unwrap();
        let worker = started(Worker::writer, db);
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

    #[test]
    fn a_park_comes_after_what_was_queued_and_before_what_follows() {
        for start in STARTS {
            let worker = started(start, memory());
            let (open, gate) = mpsc::channel::<()>();
            drop(worker.queue(0, move |_| Ok(gate.recv().is_err())));
            let (note, done) = mpsc::channel();
            let job = |number: u32| {
                let note = note.clone();
                worker.queue(0, move |_| Ok(note.send(number).is_ok()))
            };
            drop(job(1));
            let (first, closed) = worker.park();
            drop(job(2));
            let last = job(3);
            drop(open);
            closed.recv().unwrap();
            assert_eq!(done.try_iter().collect::<Vec<_>>(), [1]);

            let (second, closed) = worker.park();
            closed.recv().unwrap();
            drop(first);
            // Its answer says that the release before it was seen.
            let (third, closed) = worker.park();
            closed.recv().unwrap();
            assert_eq!(done.try_iter().count(), 0, "still held twice");
            drop((second, third));
            assert_eq!(wait(last), Ok(true));
            assert_eq!(done.try_iter().collect::<Vec<_>>(), [2, 3]);
        }
    }

    #[test]
    fn a_worker_dropped_while_parked_does_the_rest_after_the_release() {
        for start in STARTS {
            let worker = started(start, memory());
            let (hold, closed) = worker.park();
            closed.recv().unwrap();
            let late = worker.queue(0, |_| Ok(7));
            drop(worker);
            drop(hold);
            assert_eq!(wait(late), Ok(7));
        }
    }
}
