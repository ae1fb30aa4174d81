//! A connection and its file: jobs run on it, and after a park it is opened again, to the same file or not at all.
//!
//! A group to write is one transaction with one flush to disk, or with none where no job in it asks for one. Where it fails, its jobs run again
//! one by one, so that each is answered for its own fault only.

use super::error::Fault;
use super::{StoreError, schema};
use rusqlite::Connection;
use std::path::Path;
use std::sync::Arc;
use std::time::SystemTime;

/// The file, and the connection to it.
pub(super) struct Source {
    /// `None` where it was closed.
    open: Option<Open>,
    reopen: Reopen,
    file: File,
}

/// A connection, and whether its commits are flushed to disk now.
struct Open {
    db: Connection,
    flushes: bool,
}

impl Open {
    /// As it was opened.
    fn new(db: Connection) -> Self {
        Self { db, flushes: true }
    }

    /// From now on commits are flushed, or not: of a write-ahead log, a flush takes with it what was written before without one.
    fn flush(&mut self, flushes: bool) -> Result<(), Fault> {
        if flushes != self.flushes {
            execute(&self.db, if flushes { "PRAGMA synchronous=FULL" } else { "PRAGMA synchronous=NORMAL" })?;
            self.flushes = flushes;
        }
        Ok(())
    }
}

/// Opens the connection again after a park. The settings of the first one are in it.
pub(super) type Reopen = Box<dyn Fn() -> Result<Connection, StoreError> + Send>;

pub(super) type Group = Vec<Box<dyn Job>>;

/// Something to do with a connection, and somebody who waits for it.
pub(super) trait Job: Send {
    fn weight(&self) -> usize;
    /// Whether what it writes must survive a loss of power before it is answered.
    fn is_fenced(&self) -> bool;
    fn run(&mut self, db: &Connection) -> Result<(), Fault>;
    fn answer(self: Box<Self>, verdict: Result<(), StoreError>);
}

impl Source {
    pub(super) fn new(db: Connection, reopen: Reopen, path: Arc<Path>) -> Self {
        Self { open: Some(Open::new(db)), reopen, file: File { identity: identity(&path), path } }
    }

    pub(super) fn path(&self) -> Arc<Path> {
        Arc::clone(&self.file.path)
    }

    /// Closes the connection. The next group opens it again.
    pub(super) fn close(&mut self) {
        self.open = None;
    }

    /// Runs each job by itself.
    pub(super) fn read(&mut self, group: Group) {
        for mut job in group {
            let verdict = self.open().and_then(|(open, file)| job.run(&open.db).map_err(|fault| fault.at(&file.path)));
            job.answer(verdict);
        }
    }

    /// Runs the jobs in one transaction.
    pub(super) fn write(&mut self, mut group: Group) {
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

    fn transact(&mut self, jobs: &mut [Box<dyn Job>]) -> Result<(), Failure> {
        let blocked = |error| Failure { error, before: true };
        let is_fenced = jobs.iter().any(|job| job.is_fenced());
        let (open, file) = self.open().map_err(blocked)?;
        let begun = open.flush(is_fenced).and_then(|()| execute(&open.db, "BEGIN IMMEDIATE"));
        begun.map_err(|fault| blocked(fault.at(&file.path)))?;
        let db = &open.db;
        let done = file.check().map_err(blocked).and_then(|()| {
            let done = jobs.iter_mut().try_for_each(|job| job.run(db)).and_then(|()| execute(db, "COMMIT"));
            done.map_err(|fault| Failure { error: fault.at(&file.path), before: false })
        });
        if done.is_err() && !db.is_autocommit() {
            // A full disk ends a transaction by itself; where this fails too, the next begin says so.
            let _ = execute(db, "ROLLBACK");
        }
        done
    }

    fn open(&mut self) -> Result<(&mut Open, &File), StoreError> {
        let open = match self.open.take() {
            Some(open) => open,
            None => {
                // Also the reader's file: "no such task", said of another one, could lead to a second payment.
                self.file.check()?;
                let db = (self.reopen)()?;
                self.file.check()?;
                Open::new(db)
            }
        };
        Ok((self.open.insert(open), &self.file))
    }
}

/// A transaction that did not take effect.
struct Failure {
    error: StoreError,
    /// Whether the transaction could not even begin, so that no job is at fault.
    before: bool,
}

fn execute(db: &Connection, sql: &str) -> Result<(), Fault> {
    Ok(db.prepare_cached(sql)?.execute([]).map(|_| ())?)
}

/// A file as it was when it was opened first.
struct File {
    path: Arc<Path>,
    identity: Option<Identity>,
}

impl File {
    /// SQLite would go on writing into a file that was deleted, and every task in it would be lost.
    fn check(&self) -> Result<(), StoreError> {
        let same = match (&self.identity, &identity(&self.path)) {
            (Some(known), Some(found)) => known.is(found),
            (known, found) => known.is_none() && found.is_none(),
        };
        if same { Ok(()) } else { Err(schema::replaced(&self.path)) }
    }
}

/// Which file stands at a path.
struct Identity {
    place: (u64, u64),
    /// While nobody has it open, a file may be deleted and its number given to another one. Not every file system tells this time.
    born: Option<SystemTime>,
}

impl Identity {
    fn is(&self, other: &Self) -> bool {
        self.place == other.place && (self.born.is_none() || other.born.is_none() || self.born == other.born)
    }
}

#[cfg(unix)]
fn identity(path: &Path) -> Option<Identity> {
    use std::os::unix::fs::MetadataExt;
    std::fs::metadata(path).ok().map(|found| Identity { place: (found.dev(), found.ino()), born: found.created().ok() })
}

/// An open file cannot be deleted or replaced here, and nobody forks.
#[cfg(not(unix))]
fn identity(_path: &Path) -> Option<Identity> {
    None
}
