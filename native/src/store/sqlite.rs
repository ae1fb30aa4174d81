//! The durable store: one SQLite file, which the other languages read and write too.

use super::worker::{Hold, Worker};
use super::{
    Beside, DeliveryFilter, Filter, Find, Listing, NoticeFilter, Saved, Store, StoreError, StoreErrorKind, StoredDelivery, StoredEvent,
    check_version, inbox, queries, schema,
};
use crate::BoxFuture;
use gentask_core::{Blob, TaskEvent, TaskRecord, UnixMillis};
use rusqlite::Connection;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

/// Tasks in a SQLite file on a local disk (not on a network file system: it has no locks to rely on).
///
/// Any number of threads and processes may have the same file open. Every write is flushed to disk before its future resolves, but a save
/// without `fence` that no other write waits beside: it survives the process at once, and a loss of power with the next flush. Writes that wait
/// at the same time share one flush. A call is under way as soon as it is made, so a dropped future does not undo it, and dropping the store
/// waits until all of them are done.
pub struct SqliteStore {
    reader: Worker,
    writer: Worker,
    path: Arc<Path>,
}

/// How to open a [`SqliteStore`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SqliteOptions {
    /// How long to wait for another program that is writing, before [`StoreErrorKind::Locked`]. 5 s.
    pub busy_timeout: Duration,
    /// The size that this process does not let the file grow beyond: then [`StoreErrorKind::Full`]. No limit.
    pub max_bytes: Option<u64>,
}

impl Default for SqliteOptions {
    fn default() -> Self {
        Self { busy_timeout: Duration::from_secs(5), max_bytes: None }
    }
}

impl SqliteStore {
    /// Opens a store, and makes it where there is none: the file readable by its owner only, and the folders above it.
    ///
    /// Reads and writes the disk before it returns. A file of another application, of a newer gentask, or a damaged one is refused
    /// and left as it is.
    pub fn open(path: impl AsRef<Path>) -> Result<Self, StoreError> {
        Self::open_with(path, &SqliteOptions::default())
    }

    /// Opens a store with options of its own.
    pub fn open_with(path: impl AsRef<Path>, options: &SqliteOptions) -> Result<Self, StoreError> {
        // Absolute, so that a later change of the working directory changes nothing, and no name is special to SQLite.
        let path: Arc<Path> = std::path::absolute(path.as_ref()).map(PathBuf::into).map_err(|error| {
            StoreError::new(StoreErrorKind::Io, format!("the task store \"{}\" is no path: {error}", path.as_ref().display()))
        })?;
        let writer = schema::open_writer(&path, options)?;
        let reader = schema::open_reader(&path, options)?;
        let again = |open: fn(&Path, &SqliteOptions) -> Result<Connection, StoreError>| {
            let (path, options) = (Arc::clone(&path), options.clone());
            Box::new(move || open(&path, &options))
        };
        Ok(Self {
            reader: Worker::reader(reader, again(schema::open_reader), Arc::clone(&path))?,
            writer: Worker::writer(writer, again(schema::reopen_writer), Arc::clone(&path))?,
            path,
        })
    }

    /// Closes the store's connections until the guard is dropped: for a host that is about to fork.
    ///
    /// SQLite must not be carried across a fork: the child would believe that it holds locks which only its parent has. So a host
    /// parks every store of the process, lets none be opened meanwhile, forks, and drops the guards. The parent goes on; the child
    /// opens a store of its own, because the one it inherited answers every call with an error.
    ///
    /// Blocks until what was queued before is done and both connections are closed. Calls made meanwhile wait, and run in their
    /// order once every guard is dropped; the first of them opens the file again. A file that was removed or replaced until then is
    /// refused, also for reading, until it is put back. A store that is dropped while it is parked does not wait for such calls:
    /// they run after the release all the same.
    pub fn park(&self) -> Parked {
        // One after the other: of two that close at the same time, neither would fold the log into the file.
        Parked {
            _holds: [&self.reader, &self.writer].map(|worker| {
                let (hold, closed) = worker.park();
                // A thread that has ended has no connection, and sends no word.
                let _ = closed.recv();
                hold
            }),
        }
    }

    /// The file, as an absolute path.
    pub fn path(&self) -> &Path {
        &self.path
    }
}

/// A store whose connections are closed, by [`SqliteStore::park`]. Dropped, it lets the store go on.
///
/// Only the process that made it can release the store: in a child made by fork, dropping it does nothing.
#[must_use = "the store goes on as soon as this is dropped"]
pub struct Parked {
    _holds: [Hold; 2],
}

impl fmt::Debug for Parked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Parked").finish_non_exhaustive()
    }
}

impl fmt::Debug for SqliteStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SqliteStore").field("path", &self.path).finish_non_exhaustive()
    }
}

impl Store for SqliteStore {
    fn load(&self, intent_id: &str) -> BoxFuture<'_, Result<Option<TaskRecord>, StoreError>> {
        let intent_id = intent_id.to_owned();
        self.reader.queue(0, move |db| queries::load(db, &intent_id))
    }

    fn find(&self, by: &Find) -> BoxFuture<'_, Result<Vec<TaskRecord>, StoreError>> {
        let by = by.clone();
        self.reader.queue(0, move |db| queries::find(db, &by))
    }

    fn save(&self, record: &TaskRecord, blobs: &[Blob], expected_version: u64, fence: bool) -> BoxFuture<'_, Result<Saved, StoreError>> {
        self.save_with(record, blobs, expected_version, fence, &Beside::default())
    }

    fn save_with(
        &self,
        record: &TaskRecord,
        blobs: &[Blob],
        expected_version: u64,
        fence: bool,
        beside: &Beside,
    ) -> BoxFuture<'_, Result<Saved, StoreError>> {
        if let Err(error) = check_version(record, expected_version) {
            return Box::pin(std::future::ready(Err(error)));
        }
        let (record, text, blobs, beside) = (record.clone(), record.to_json(), blobs.to_vec(), beside.clone());
        let body = beside.delivery.as_ref().map_or(0, |delivery| delivery.body.len());
        let weight = blobs.iter().filter_map(|blob| blob.bytes.as_ref()).map(Vec::len).sum::<usize>() + text.len() + body;
        let is_lasting = fence || beside.delivery.is_some() || beside.notice;
        self.writer.queue_fenced(weight, is_lasting, move |db| inbox::save_with(db, &record, &text, &blobs, expected_version, &beside))
    }

    fn saves_history(&self) -> bool {
        true
    }

    fn keeps_callbacks(&self) -> bool {
        true
    }

    fn remember(&self, delivery: &StoredDelivery) -> BoxFuture<'_, Result<bool, StoreError>> {
        let delivery = delivery.clone();
        self.writer.queue(delivery.body.len(), move |db| inbox::remember(db, &delivery))
    }

    fn deliveries(&self, filter: &DeliveryFilter) -> BoxFuture<'_, Result<Vec<StoredDelivery>, StoreError>> {
        let filter = filter.clone();
        self.reader.queue(0, move |db| inbox::deliveries(db, &filter))
    }

    fn notices(&self, filter: &NoticeFilter) -> BoxFuture<'_, Result<Vec<TaskRecord>, StoreError>> {
        let filter = filter.clone();
        self.reader.queue(0, move |db| inbox::notices(db, &filter))
    }

    fn acknowledge(&self, intent_id: &str, at: UnixMillis) -> BoxFuture<'_, Result<bool, StoreError>> {
        let intent_id = intent_id.to_owned();
        self.writer.queue(0, move |db| inbox::acknowledge(db, &intent_id, at))
    }

    fn list(&self, filter: &Filter) -> BoxFuture<'_, Result<Listing, StoreError>> {
        let filter = filter.clone();
        self.reader.queue(0, move |db| queries::list(db, &filter))
    }

    fn count(&self, filter: &Filter) -> BoxFuture<'_, Result<u64, StoreError>> {
        let filter = filter.clone();
        self.reader.queue(0, move |db| queries::count(db, &filter))
    }

    fn blob(&self, intent_id: &str, name: &str) -> BoxFuture<'_, Result<Option<Vec<u8>>, StoreError>> {
        let (intent_id, name) = (intent_id.to_owned(), name.to_owned());
        self.reader.queue(0, move |db| queries::blob(db, &intent_id, &name))
    }

    fn append_events(&self, intent_id: &str, events: &[TaskEvent]) -> BoxFuture<'_, Result<(), StoreError>> {
        let (intent_id, events) = (intent_id.to_owned(), events.to_vec());
        self.writer.queue(0, move |db| queries::append_events(db, &intent_id, &events))
    }

    fn events(&self, intent_id: &str) -> BoxFuture<'_, Result<Vec<StoredEvent>, StoreError>> {
        let intent_id = intent_id.to_owned();
        self.reader.queue(0, move |db| queries::events(db, &intent_id))
    }

    fn delete(&self, intent_ids: &[String]) -> BoxFuture<'_, Result<u64, StoreError>> {
        let intent_ids = intent_ids.to_vec();
        self.writer.queue(0, move |db| queries::delete(db, &intent_ids))
    }

    fn meta(&self, name: &str) -> BoxFuture<'_, Result<Option<String>, StoreError>> {
        let name = name.to_owned();
        self.reader.queue(0, move |db| queries::meta(db, &name))
    }

    fn set_meta(&self, name: &str, value: &str, only_if_absent: bool) -> BoxFuture<'_, Result<String, StoreError>> {
        let (name, value) = (name.to_owned(), value.to_owned());
        self.writer.queue(value.len(), move |db| queries::set_meta(db, &name, &value, only_if_absent))
    }

    fn raise_meta(&self, name: &str, value: u64) -> BoxFuture<'_, Result<u64, StoreError>> {
        let name = name.to_owned();
        self.writer.queue(0, move |db| queries::raise_meta(db, &name, value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_park_changes_no_setting_of_a_connection() {
        let folder = tempfile::tempdir().unwrap();
        let options = SqliteOptions { busy_timeout: Duration::from_millis(1234), max_bytes: Some(1024 * 1024) };
        let store = SqliteStore::open_with(folder.path().join("tasks.db"), &options).unwrap();
        let settings = async || {
            let mut all = Vec::new();
            for worker in [&store.reader, &store.writer] {
                for pragma in ["busy_timeout", "max_page_count", "query_only", "foreign_keys", "synchronous", "secure_delete"] {
                    let read = move |db: &Connection| Ok(db.query_row(&format!("PRAGMA {pragma}"), [], |row| row.get::<_, i64>(0))?);
                    all.push(worker.queue(0, read).await.unwrap());
                }
            }
            all
        };
        let before = settings().await;
        drop(store.park());
        assert_eq!(settings().await, before);
        assert_eq!(before, [1234, 256, 1, 1, 2, 1, 1234, 256, 0, 1, 2, 1]);
    }
}
