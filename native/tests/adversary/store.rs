//! The real SQLite store, which forgets, lies and fails where a row says so.

use gentask::BoxFuture;
use gentask::core::{Blob, Phase, TaskEvent, TaskRecord};
use gentask::store::{Cursor, Filter, Find, Listing, Saved, SqliteStore, Store, StoreError, StoreErrorKind, StoredEvent};
use gentask_tests::adversary::table::merge;
use rusqlite::Connection;
use serde_json::Value;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// The store of a row, which all of its processes share.
pub(crate) struct Shared {
    inner: SqliteStore,
    path: PathBuf,
    faults: Mutex<Vec<Planned>>,
    /// Everything that was ever stored, as text: no key may stand in it.
    written: Mutex<Vec<String>>,
}

/// A fault that is still to come.
struct Planned {
    on: String,
    phase: Option<String>,
    kind: String,
    patch: Value,
    words: Option<String>,
    /// Calls until it comes.
    nth: u64,
    times: u64,
}

impl Shared {
    pub(crate) fn open(path: PathBuf) -> Arc<Self> {
        let inner = SqliteStore::open(&path).unwrap();
        Arc::new(Self { inner, path, faults: Mutex::default(), written: Mutex::default() })
    }

    /// Replaces what is to go wrong from now on.
    pub(crate) fn plan(&self, faults: &Value) {
        let planned = faults.as_array().into_iter().flatten().map(|fault| Planned {
            on: fault["on"].as_str().unwrap_or("save").to_owned(),
            phase: fault["phase"].as_str().map(str::to_owned),
            kind: fault["fault"].as_str().unwrap_or_default().to_owned(),
            patch: fault["patch"].clone(),
            words: fault["words"].as_str().map(str::to_owned),
            nth: fault["nth"].as_u64().unwrap_or(1),
            times: fault["times"].as_u64().unwrap_or(1),
        });
        *self.faults.lock().unwrap() = planned.collect();
    }

    /// What goes wrong with this call, if anything.
    fn fault(&self, on: &str, phase: Option<Phase>) -> Option<(String, Value, String)> {
        let mut faults = self.faults.lock().unwrap_or_else(PoisonError::into_inner);
        let applies = |fault: &&mut Planned| {
            let phase_fits = fault.phase.is_none() || fault.phase.as_deref() == phase.map(Phase::as_str);
            fault.on == on && phase_fits && fault.times > 0
        };
        let fault = faults.iter_mut().find(applies)?;
        fault.nth = fault.nth.saturating_sub(1);
        if fault.nth > 0 {
            return None;
        }
        fault.times -= 1;
        let words = fault.words.clone().unwrap_or_else(|| format!("the store refused to {on}, as the row says"));
        Some((fault.kind.clone(), fault.patch.clone(), words))
    }

    /// Changes a stored record behind everybody's back, as a person with a database shell can.
    pub(crate) fn edit(&self, intent_id: &str, patch: &Value) {
        let file = Connection::open(&self.path).unwrap();
        let text: String = file.query_row("SELECT record FROM gentask_task WHERE intent_id = ?1", [intent_id], |row| row.get(0)).unwrap();
        let mut record = serde_json::from_str(&text).unwrap();
        merge(&mut record, patch);
        let column = |name: &str| record[name].as_str().map(str::to_owned);
        let change = "UPDATE gentask_task SET record = ?2, phase = ?3, task_id = ?4 WHERE intent_id = ?1";
        file.execute(change, (intent_id, record.to_string(), column("phase"), column("taskId"))).unwrap();
    }

    /// Every record as it stands, readable or not.
    pub(crate) fn records(&self) -> Vec<Value> {
        let file = Connection::open(&self.path).unwrap();
        let mut query = file
            .prepare("SELECT intent_id, record FROM gentask_task ORDER BY created_at, rowid")
            .or_else(|_| file.prepare("SELECT intent_id, record FROM gentask_task ORDER BY created_at, intent_id"));
        let query = query.as_mut().unwrap();
        let rows = query.query_map([], |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?))).unwrap();
        let record = |(_, text): (String, String)| {
            let mut record: Value = serde_json::from_str(&text).unwrap_or_default();
            if TaskRecord::from_json(text.as_bytes()).is_err() {
                record["damaged"] = true.into();
            }
            record
        };
        rows.map(Result::unwrap).map(record).collect()
    }

    pub(crate) fn written(&self) -> Vec<String> {
        self.written.lock().unwrap().clone()
    }

    fn note(&self, text: String) {
        self.written.lock().unwrap_or_else(PoisonError::into_inner).push(text);
    }
}

/// What one process sees of it, until the process is killed.
pub(crate) struct Process {
    shared: Arc<Shared>,
    pub(crate) alive: AtomicBool,
}

impl Process {
    pub(crate) fn of(shared: &Arc<Shared>) -> Arc<Self> {
        Arc::new(Self { shared: Arc::clone(shared), alive: AtomicBool::new(true) })
    }

    /// The fault of a call that does not say more than that it failed.
    fn refusal(&self, on: &str, phase: Option<Phase>) -> Result<Option<(String, Value)>, StoreError> {
        // What a dead process wanted to do never happens, and it learns nothing any more.
        if !self.alive.load(Ordering::SeqCst) {
            return Err(StoreError::new(StoreErrorKind::Misuse, "this process was killed"));
        }
        let Some((kind, patch, words)) = self.shared.fault(on, phase) else { return Ok(None) };
        let refused = match kind.as_str() {
            "locked" => StoreErrorKind::Locked,
            "full" => StoreErrorKind::Full,
            "io" => StoreErrorKind::Io,
            "fail" => StoreErrorKind::ReadOnly,
            _ => return Ok(Some((kind, patch))),
        };
        Err(StoreError::new(refused, words))
    }
}

fn lost() -> StoreError {
    StoreError::new(StoreErrorKind::Io, "the connection to the store broke")
}

impl Store for Process {
    fn load(&self, intent_id: &str) -> BoxFuture<'_, Result<Option<TaskRecord>, StoreError>> {
        let intent_id = intent_id.to_owned();
        Box::pin(async move {
            let fault = self.refusal("load", None)?;
            let record = self.shared.inner.load(&intent_id).await?;
            match fault.as_ref().map(|(kind, patch)| (kind.as_str(), patch)) {
                Some(("loseAnswer", _)) => Err(lost()),
                Some(("gone", _)) => Ok(None),
                Some(("damage", patch)) => record.map_or(Ok(None), |record| {
                    let mut value = record.to_value();
                    merge(&mut value, patch);
                    let read = TaskRecord::from_json(value.to_string().as_bytes());
                    read.map(Some).map_err(|error| StoreError::new(StoreErrorKind::Corrupt, error.message))
                }),
                _ => Ok(record),
            }
        })
    }

    fn find(&self, by: &Find) -> BoxFuture<'_, Result<Vec<TaskRecord>, StoreError>> {
        let by = by.clone();
        Box::pin(async move {
            let fault = self.refusal("find", None)?;
            let found = self.shared.inner.find(&by).await?;
            Ok(if fault.is_some() { Vec::new() } else { found })
        })
    }

    fn save(&self, record: &TaskRecord, blobs: &[Blob], expected: u64, fence: bool) -> BoxFuture<'_, Result<Saved, StoreError>> {
        let (record, blobs) = (record.clone(), blobs.to_vec());
        Box::pin(async move {
            let fault = self.refusal("save", Some(record.phase()))?;
            if fault.as_ref().is_some_and(|(kind, _)| kind == "conflict") {
                return Ok(Saved::Conflict);
            }
            self.shared.note(record.to_json());
            for bytes in blobs.iter().filter_map(|blob| blob.bytes.as_ref()) {
                self.shared.note(String::from_utf8_lossy(bytes).into_owned());
            }
            let saved = self.shared.inner.save(&record, &blobs, expected, fence).await?;
            if fault.is_some_and(|(kind, _)| kind == "loseAnswer") { Err(lost()) } else { Ok(saved) }
        })
    }

    fn list(&self, filter: &Filter) -> BoxFuture<'_, Result<Listing, StoreError>> {
        let filter = filter.clone();
        Box::pin(async move {
            self.refusal("list", None)?;
            self.shared.inner.list(&filter).await
        })
    }

    fn blob(&self, intent_id: &str, name: &str) -> BoxFuture<'_, Result<Option<Vec<u8>>, StoreError>> {
        let (intent_id, name) = (intent_id.to_owned(), name.to_owned());
        Box::pin(async move {
            let fault = self.refusal("blob", None)?;
            if fault.is_some() { Ok(None) } else { self.shared.inner.blob(&intent_id, &name).await }
        })
    }

    fn append_events(&self, intent_id: &str, events: &[TaskEvent]) -> BoxFuture<'_, Result<(), StoreError>> {
        self.shared.inner.append_events(intent_id, events)
    }

    fn events(&self, intent_id: &str) -> BoxFuture<'_, Result<Vec<StoredEvent>, StoreError>> {
        self.shared.inner.events(intent_id)
    }

    fn delete(&self, intent_ids: &[String]) -> BoxFuture<'_, Result<u64, StoreError>> {
        self.shared.inner.delete(intent_ids)
    }

    fn meta(&self, name: &str) -> BoxFuture<'_, Result<Option<String>, StoreError>> {
        let name = name.to_owned();
        Box::pin(async move {
            self.refusal("meta", None)?;
            self.shared.inner.meta(&name).await
        })
    }

    fn set_meta(&self, name: &str, value: &str, only_if_absent: bool) -> BoxFuture<'_, Result<String, StoreError>> {
        let (name, value) = (name.to_owned(), value.to_owned());
        Box::pin(async move {
            self.refusal("setMeta", None)?;
            self.shared.note(format!("{name} {value}"));
            self.shared.inner.set_meta(&name, &value, only_if_absent).await
        })
    }

    fn raise_meta(&self, name: &str, value: u64) -> BoxFuture<'_, Result<u64, StoreError>> {
        let name = name.to_owned();
        Box::pin(async move {
            self.refusal("setMeta", None)?;
            self.shared.inner.raise_meta(&name, value).await
        })
    }
}

/// The record that was made last.
pub(crate) async fn newest(store: &dyn Store) -> Option<String> {
    let mut newest = None;
    let mut after: Option<Cursor> = None;
    loop {
        let page = store.list(&Filter { after, ..Filter::default() }).await.ok()?;
        newest = page.records.last().map(|record| record.intent_id().to_owned()).or(newest);
        after = page.next;
        if after.is_none() {
            return newest;
        }
    }
}
