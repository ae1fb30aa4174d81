//! A connection and its file: jobs run on it, and after a park it is opened again, to the same file or not at all.
//!
//! A group to write is one transaction with one flush to disk, or with none where no job in it asks for one. Where it fails, its jobs run again
//! one by one, so that each is answered for its own fault only.

use super::error::Fault;
use super::{StoreError, schema};
use rusqlite::Connection;
use std::cell::Cell;
use std::path::Path;
use std::sync::Arc;
use std::time::SystemTime;

/// The file, and the connection to it.
pub(super) struct Source {
    /// `None` where it was closed.
    db: Option<Connection>,
    reopen: Reopen,
    file: File,
    /// Whether a commit is flushed to disk now: so a connection is opened.
    flushes: Cell<bool>,
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
        Self { db: Some(db), reopen, file: File { identity: identity(&path), path }, flushes: Cell::new(true) }
    }

    pub(super) fn path(&self) -> Arc<Path> {
        Arc::clone(&self.file.path)
    }

    /// Closes the connection. The next group opens it again.
    pub(super) fn close(&mut self) {
        self.db = None;
        self.flushes.set(true);
    }

    /// Runs each job by itself.
    pub(super) fn read(&mut self, group: Group) {
        for mut job in group {
            let verdict = self.open().and_then(|(db, file, _)| job.run(db).map_err(|fault| fault.at(&file.path)));
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
        let (db, file, flushes) = self.open().map_err(blocked)?;
        if is_fenced != flushes.get() {
            // Of a write-ahead log: a flush takes with it what was written before without one.
            execute(db, if is_fenced { "PRAGMA synchronous=FULL" } else { "PRAGMA synchronous=NORMAL" })
                .map_err(|fault| blocked(fault.at(&file.path)))?;
            flushes.set(is_fenced);
        }
        execute(db, "BEGIN IMMEDIATE").map_err(|fault| blocked(fault.at(&file.path)))?;
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

    fn open(&mut self) -> Result<(&Connection, &File, &Cell<bool>), StoreError> {
        let db = match self.db.take() {
            Some(db) => db,
            None => {
                // Also the reader's file: "no such task", said of another one, could lead to a second payment.
                self.file.check()?;
                let db = (self.reopen)()?;
                self.file.check()?;
                db
            }
        };
        Ok((self.db.insert(db), &self.file, &self.flushes))
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
