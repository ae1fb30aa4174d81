//! The file: made with its tables where there is none, refused where it is not ours, and opened with the settings of the format.

use super::error::Fault;
use super::{SqliteOptions, StoreError, StoreErrorKind};
use rusqlite::{Connection, OpenFlags};
use std::fs;
use std::io;
use std::path::Path;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// `gtk1`: how this format's files are told from others.
const APPLICATION_ID: i64 = 0x6774_6B31;
/// The format's version.
const USER_VERSION: i64 = 1;

/// Every table and index, each made only where it is missing, so that two processes may do it one after the other.
///
/// Tasks and blobs have a rowid, for their rows are wide: a change of a task then rewrites no row of an index but those whose columns change, and
/// no long intent id in them. Files of earlier versions have none, and work as they are.
const SCHEMA: &str = "
CREATE TABLE IF NOT EXISTS gentask_task(intent_id TEXT NOT NULL PRIMARY KEY, version INTEGER NOT NULL CHECK(version>=1), provider TEXT NOT NULL, account TEXT NOT NULL,
  model TEXT NOT NULL, caller_key TEXT, owner TEXT, task_id TEXT, phase TEXT NOT NULL, due_at INTEGER, lease_until INTEGER,
  created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL, record TEXT NOT NULL CHECK(json_valid(record))) STRICT;
CREATE UNIQUE INDEX IF NOT EXISTS gentask_task_key ON gentask_task(provider,account,coalesce(owner,''),caller_key) WHERE caller_key IS NOT NULL;
CREATE INDEX IF NOT EXISTS gentask_task_remote ON gentask_task(provider,task_id) WHERE task_id IS NOT NULL;
CREATE INDEX IF NOT EXISTS gentask_task_due ON gentask_task(due_at) WHERE due_at IS NOT NULL;
CREATE INDEX IF NOT EXISTS gentask_task_owner ON gentask_task(owner,created_at) WHERE owner IS NOT NULL;
CREATE INDEX IF NOT EXISTS gentask_task_created ON gentask_task(created_at,intent_id);
CREATE INDEX IF NOT EXISTS gentask_task_open ON gentask_task(created_at,intent_id) WHERE phase IN ('prepared','submitting','waiting','fetching','cancelling','unresolved');
CREATE TABLE IF NOT EXISTS gentask_blob(intent_id TEXT NOT NULL REFERENCES gentask_task(intent_id) ON DELETE CASCADE, name TEXT NOT NULL, part INTEGER NOT NULL, bytes BLOB NOT NULL,
  PRIMARY KEY(intent_id,name,part)) STRICT;
CREATE TABLE IF NOT EXISTS gentask_event(id INTEGER PRIMARY KEY, intent_id TEXT NOT NULL REFERENCES gentask_task(intent_id) ON DELETE CASCADE, at INTEGER NOT NULL, kind TEXT NOT NULL, data TEXT NOT NULL) STRICT;
CREATE INDEX IF NOT EXISTS gentask_event_intent ON gentask_event(intent_id,id);
CREATE TABLE IF NOT EXISTS gentask_delivery(provider TEXT NOT NULL, account TEXT NOT NULL, dedupe TEXT NOT NULL, received_at INTEGER NOT NULL, expires_at INTEGER NOT NULL, verified INTEGER NOT NULL,
  outcome TEXT NOT NULL CHECK(outcome IN('applied','poke','orphan','conflict')), intent_id TEXT, task_id TEXT, body BLOB NOT NULL, PRIMARY KEY(provider,account,dedupe)) STRICT;
CREATE INDEX IF NOT EXISTS gentask_delivery_expiry ON gentask_delivery(expires_at);
CREATE INDEX IF NOT EXISTS gentask_delivery_orphan ON gentask_delivery(provider,task_id) WHERE outcome='orphan';
CREATE TABLE IF NOT EXISTS gentask_notice(intent_id TEXT NOT NULL PRIMARY KEY REFERENCES gentask_task(intent_id) ON DELETE CASCADE, created_at INTEGER NOT NULL, delivered_at INTEGER) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS gentask_notice_open ON gentask_notice(created_at) WHERE delivered_at IS NULL;
CREATE TABLE IF NOT EXISTS gentask_meta(name TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
";

/// Statements that a connection keeps prepared.
const STATEMENTS: usize = 64;

/// How long to pause where SQLite reports a lock without having waited for it.
const PAUSE: Duration = Duration::from_millis(5);

/// Makes the file where it is missing, checks that it is ours, and opens a connection to write.
pub(super) fn open_writer(path: &Path, options: &SqliteOptions) -> Result<Connection, StoreError> {
    create_file(path)?;
    patiently(options, || {
        let db = connect(path, options)?;
        let ready = check_header(&db, path)? && outgrown(&db, path)?.is_empty();
        check_writable(&db, path)?;
        set_pragmas(&db, path, options)?;
        if !ready {
            create_tables(&db, path)?;
        }
        Ok(db)
    })
}

/// Opens a connection to write a store that [`open_writer`] has opened; makes nothing.
pub(super) fn reopen_writer(path: &Path, options: &SqliteOptions) -> Result<Connection, StoreError> {
    patiently(options, || connect_again(path, options))
}

/// Opens a connection to read a store that [`open_writer`] has opened.
pub(super) fn open_reader(path: &Path, options: &SqliteOptions) -> Result<Connection, StoreError> {
    patiently(options, || {
        let db = connect_again(path, options)?;
        db.pragma_update(None, "query_only", true).map_err(|error| Fault::from(error).at(path))?;
        Ok(db)
    })
}

/// The store's file is not the one that it was opened with.
pub(super) fn replaced(path: &Path) -> StoreError {
    let message = format!("the task store {} was removed or replaced while it was in use: put it back, or start again", path.display());
    StoreError::new(StoreErrorKind::Io, message)
}

/// SQLite does not wait for every lock by itself: the change to write-ahead logging fails at once where another process is at it.
fn patiently<T>(options: &SqliteOptions, open: impl Fn() -> Result<T, StoreError>) -> Result<T, StoreError> {
    let start = Instant::now();
    loop {
        match open() {
            Err(error) if error.kind == StoreErrorKind::Locked && start.elapsed() < options.busy_timeout => std::thread::sleep(PAUSE),
            opened => return opened,
        }
    }
}

fn connect(path: &Path, options: &SqliteOptions) -> Result<Connection, StoreError> {
    // No mutex: each connection stays on one thread. No URI: a path is a path.
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_EXRESCODE;
    let db = Connection::open_with_flags(path, flags).map_err(|error| Fault::from(error).at(path))?;
    // All of a store's statements, or nearly all.
    db.set_prepared_statement_cache_capacity(STATEMENTS);
    // SQLite counts milliseconds in 32 bits.
    db.busy_timeout(options.busy_timeout.min(Duration::from_millis(i32::MAX.unsigned_abs().into())))
        .map_err(|error| Fault::from(error).at(path))?;
    Ok(db)
}

/// A connection to a store that is there. A file that has lost its tables is left as it is.
fn connect_again(path: &Path, options: &SqliteOptions) -> Result<Connection, StoreError> {
    let db = connect(path, options)?;
    if !check_header(&db, path)? {
        return Err(replaced(path));
    }
    check_writable(&db, path)?;
    set_pragmas(&db, path, options)?;
    Ok(db)
}

/// Whether the tables are there already. A file of another application or of a newer release is left as it is.
fn check_header(db: &Connection, path: &Path) -> Result<bool, StoreError> {
    let number = |sql| db.query_row(sql, [], |row| row.get::<_, i64>(0)).map_err(|error| Fault::from(error).at(path));
    let tables = number("SELECT count(*) FROM sqlite_schema")?;
    let application = number("PRAGMA application_id")?;
    let version = number("PRAGMA user_version")?;
    let store = path.display();
    if application != APPLICATION_ID && (tables > 0 || application != 0) {
        let message = format!("the file {store} belongs to another application: name another file for the task store");
        return Err(StoreError::new(StoreErrorKind::Foreign, message));
    }
    if version > USER_VERSION {
        let message =
            format!("the task store {store} has format version {version}, and this gentask knows {USER_VERSION}: upgrade gentask");
        return Err(StoreError::new(StoreErrorKind::Newer, message));
    }
    Ok(application == APPLICATION_ID && version == USER_VERSION && tables > 0)
}

/// SQLite opens what it may not write too, and such a connection would stay as it is.
fn check_writable(db: &Connection, path: &Path) -> Result<(), StoreError> {
    if db.is_readonly("main").map_err(|error| Fault::from(error).at(path))? { Err(read_only(path)) } else { Ok(()) }
}

fn set_pragmas(db: &Connection, path: &Path, options: &SqliteOptions) -> Result<(), StoreError> {
    let set = || -> Result<String, rusqlite::Error> {
        let mode: String = db.query_row("PRAGMA journal_mode=WAL", [], |row| row.get(0))?;
        db.pragma_update(None, "synchronous", "FULL")?;
        db.pragma_update(None, "foreign_keys", true)?;
        // A request blob holds a prompt: once it is deleted, its bytes are overwritten.
        db.query_row("PRAGMA secure_delete=ON", [], |_| Ok(()))?;
        if cfg!(target_vendor = "apple") {
            db.pragma_update(None, "fullfsync", true)?;
        }
        if let Some(most) = options.max_bytes {
            let page: i64 = db.query_row("PRAGMA page_size", [], |row| row.get(0))?;
            let pages = i64::try_from(most).unwrap_or(i64::MAX) / page.max(1);
            db.query_row(&format!("PRAGMA max_page_count={}", pages.clamp(1, i64::from(u32::MAX - 1))), [], |_| Ok(()))?;
        }
        Ok(mode)
    };
    let mode = set().map_err(|error| Fault::from(error).at(path))?;
    if mode == "wal" {
        return Ok(());
    }
    let message = format!("the task store {} cannot keep a write-ahead log (journal mode {mode}): put it on a local disk", path.display());
    Err(StoreError::new(StoreErrorKind::Io, message))
}

/// What an earlier version made, what its text lacks, and how it goes.
const OUTGROWN: [(&str, &str, &str); 3] = [
    // A key belonged to no owner.
    ("gentask_task_key", "owner", "DROP INDEX gentask_task_key"),
    // Deliveries had no account; none was ever stored.
    ("gentask_delivery", "account", "DROP TABLE gentask_delivery"),
    // Tasks were found by their phases alone; now a page of a million is found in their order.
    ("gentask_task_phase", "-", "DROP INDEX gentask_task_phase"),
];

/// How what earlier versions made goes from this file.
fn outgrown(db: &Connection, path: &Path) -> Result<Vec<&'static str>, StoreError> {
    let sql = "SELECT count(*) FROM sqlite_schema WHERE name = ?1 AND instr(sql, ?2) = 0";
    let is_there = |(name, lacks, _): &(&str, &str, &str)| db.query_row(sql, [name, lacks], |row| row.get::<_, bool>(0));
    let mut drops = Vec::new();
    for old in OUTGROWN {
        if is_there(&old).map_err(|error| Fault::from(error).at(path))? {
            drops.push(old.2);
        }
    }
    Ok(drops)
}

fn create_tables(db: &Connection, path: &Path) -> Result<(), StoreError> {
    let within = |sql: &str| db.execute_batch(sql).map_err(|error| Fault::from(error).at(path));
    within("BEGIN IMMEDIATE")?;
    // Another process may have been quicker; now nobody else writes.
    let made = check_header(db, path).and_then(|ready| {
        let drops = outgrown(db, path)?;
        if ready && drops.is_empty() {
            return Ok(());
        }
        drops.into_iter().try_for_each(within)?;
        within(&format!("{SCHEMA} PRAGMA application_id={APPLICATION_ID}; PRAGMA user_version={USER_VERSION};"))
    });
    made.and_then(|()| within("COMMIT"))
    // On an error the connection is dropped, and the transaction with it.
}

/// Makes the file, readable by its owner only, and the folders above it. SQLite gives its log files the same mode.
fn create_file(path: &Path) -> Result<(), StoreError> {
    /// Closing a file drops every lock that this process has on it, so no connection may be opened while one is being made.
    static MAKING: Mutex<()> = Mutex::new(());
    let _alone = MAKING.lock().unwrap_or_else(PoisonError::into_inner);

    match fs::metadata(path) {
        Ok(found) if found.is_dir() => {
            let message = format!("{} is a directory: name a file for the task store", path.display());
            return Err(StoreError::new(StoreErrorKind::Io, message));
        }
        Ok(_) => return Ok(()),
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(not_made(path, &error)),
        Err(_) => {}
    }
    let mut folders = fs::DirBuilder::new();
    folders.recursive(true);
    let mut file = fs::OpenOptions::new();
    file.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
        folders.mode(0o700);
        file.mode(0o600);
    }
    if let Some(folder) = path.parent() {
        folders.create(folder).map_err(|error| not_made(path, &error))?;
    }
    match file.open(path) {
        Ok(_) => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        Err(error) => Err(not_made(path, &error)),
    }
}

fn not_made(path: &Path, error: &io::Error) -> StoreError {
    match error.kind() {
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => read_only(path),
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
            StoreError::new(StoreErrorKind::Full, format!("the task store {} cannot be made: the disk is full", path.display()))
        }
        _ => StoreError::new(StoreErrorKind::Io, format!("the task store {} cannot be made: {error}", path.display())),
    }
}

fn read_only(path: &Path) -> StoreError {
    let message =
        format!("the task store {} cannot be written: make the file and its folder writable, or name another file", path.display());
    StoreError::new(StoreErrorKind::ReadOnly, message)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_connection_has_the_settings_of_the_format() {
        let folder = std::env::temp_dir().join(format!("gentask-schema-{}", std::process::id()));
        let path = folder.join("tasks.db");
        let options = SqliteOptions { busy_timeout: Duration::from_millis(1234), max_bytes: None };
        for open in [open_writer, open_reader] {
            let db = open(&path, &options).unwrap();
            let number = |pragma: &str| db.query_row(&format!("PRAGMA {pragma}"), [], |row| row.get::<_, i64>(0)).unwrap();
            assert_eq!([number("synchronous"), number("foreign_keys"), number("busy_timeout")], [2, 1, 1234]);
            assert_eq!([number("application_id"), number("user_version")], [APPLICATION_ID, USER_VERSION]);
            assert_eq!(db.query_row("PRAGMA journal_mode", [], |row| row.get::<_, String>(0)).unwrap(), "wal");
        }
        fs::remove_dir_all(folder).unwrap();
    }
}
