//! A Python object as task store.

use super::filter::StoreFilter;
use super::inbox::{DeliveryFilter, NoticeFilter};
use crate::callable::{Callable, Loops, Purpose, Raised};
use crate::json;
use crate::records::{Delivery, TaskRecord, bytes};
use gentask::BoxFuture;
use gentask::core::{self, Blob, UnixMillis};
use gentask::store::{self, Beside, Filter, Find, Listing, Saved, Store, StoreError, StoreErrorKind, StoredDelivery, raise_in_two_steps};
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList};

/// A Python object with `load`, `find`, `save`, `list`, `blob` and `meta`, and perhaps `delete`, `append_events` and `raise_meta`, and the four
/// of an inbox.
pub(crate) struct PythonStore {
    load: Callable,
    find: Callable,
    save: Callable,
    list: Callable,
    blob: Callable,
    meta: Callable,
    delete: Option<Callable>,
    append_events: Option<Callable>,
    raise_meta: Option<Callable>,
    inbox: Option<Inbox>,
}

/// What a store has that keeps callbacks and notices. Its `save` takes `delivery` and `notice` by their names.
struct Inbox {
    remember: Callable,
    deliveries: Callable,
    notices: Callable,
    acknowledge: Callable,
}

/// The methods of an inbox.
const INBOX: [&str; 4] = ["remember", "deliveries", "notices", "acknowledge"];

impl PythonStore {
    pub(super) fn new(object: &Bound<'_, PyAny>, events: &Loops, has_loop: bool) -> PyResult<Self> {
        let needed = ["load", "find", "save", "list", "blob", "meta"];
        let missing: Vec<&str> = needed.into_iter().filter(|name| !object.hasattr(*name).unwrap_or(false)).collect();
        if !missing.is_empty() {
            let type_name = object.get_type().qualname()?;
            let message = format!(
                "a store is a path, an SqliteStore, a MemoryStore, or an object with six methods: {type_name} has no {}",
                missing.join(", ")
            );
            return Err(PyTypeError::new_err(message));
        }
        let method = |name: &'static str| {
            Callable::new(&object.getattr(name)?, events, has_loop, Purpose::Keep(name), &format!("the store's {name}"))
        };
        let optional = |name: &'static str| if object.hasattr(name)? { method(name).map(Some) } else { Ok(None) };
        let keeps = INBOX.into_iter().all(|name| object.hasattr(name).unwrap_or(false));
        let inbox = || {
            takes_what_belongs_to_a_save(object)?;
            Ok::<_, PyErr>(Inbox {
                remember: method("remember")?,
                deliveries: method("deliveries")?,
                notices: method("notices")?,
                acknowledge: method("acknowledge")?,
            })
        };
        Ok(Self {
            inbox: keeps.then(inbox).transpose()?,
            load: method("load")?,
            find: method("find")?,
            save: method("save")?,
            list: method("list")?,
            blob: method("blob")?,
            meta: method("meta")?,
            delete: optional("delete")?,
            append_events: optional("append_events")?,
            raise_meta: optional("raise_meta")?,
        })
    }
}

/// Refuses a store that would only fail at its first save.
fn takes_what_belongs_to_a_save(object: &Bound<'_, PyAny>) -> PyResult<()> {
    let py = object.py();
    let named = PyDict::new(py);
    for name in ["delivery", "notice"] {
        named.set_item(name, py.None())?;
    }
    // What has no signature is tried.
    let Ok(signature) = py.import("inspect")?.call_method1("signature", (object.getattr("save")?,)) else { return Ok(()) };
    if signature.call_method("bind", (py.None(), py.None(), 0, false), Some(&named)).is_ok() {
        return Ok(());
    }
    let type_name = object.get_type().qualname()?;
    Err(PyTypeError::new_err(format!(
        "{type_name} has the methods of a store that keeps callbacks, so its save must take delivery and notice too"
    )))
}

fn refused(method: &str) -> impl Fn(Raised) -> StoreError + '_ {
    move |raised| {
        if raised.returned {
            return StoreError::new(
                StoreErrorKind::Misuse,
                format!("the task store's {method} returned what it should not ({})", raised.class),
            );
        }
        StoreError::new(StoreErrorKind::Io, format!("the task store's {method} raised {}", raised.class))
    }
}

fn record_of(item: &Bound<'_, PyAny>) -> PyResult<core::TaskRecord> {
    Ok((*item.cast::<TaskRecord>()?.get().inner).clone())
}

fn records_of(items: &Bound<'_, PyAny>) -> PyResult<Vec<core::TaskRecord>> {
    items.try_iter()?.map(|item| record_of(&item?)).collect()
}

fn optional<T>(item: &Bound<'_, PyAny>, read: impl FnOnce(&Bound<'_, PyAny>) -> PyResult<T>) -> PyResult<Option<T>> {
    if item.is_none() { Ok(None) } else { read(item).map(Some) }
}

fn no_inbox<T: Send + 'static>() -> BoxFuture<'static, Result<T, StoreError>> {
    let message = format!("this task store keeps no callbacks: it lacks one of {}", INBOX.join(", "));
    Box::pin(std::future::ready(Err(StoreError::new(StoreErrorKind::Misuse, message))))
}

impl Store for PythonStore {
    fn load(&self, intent_id: &str) -> BoxFuture<'_, Result<Option<core::TaskRecord>, StoreError>> {
        let intent_id = intent_id.to_owned();
        let call = self.load.call(move |py| (intent_id,).into_pyobject(py), |found| optional(found, record_of));
        Box::pin(async move { call.await.map_err(refused("load")) })
    }

    fn find(&self, by: &Find) -> BoxFuture<'_, Result<Vec<core::TaskRecord>, StoreError>> {
        let (provider, account, task_id, key, owner) = match by.clone() {
            Find::TaskId { provider, task_id } => (provider, None, Some(task_id), None, None),
            Find::CallerKey { provider, account, owner, key } => {
                (provider, Some(account), None, Some(key), owner.filter(|owner| !owner.is_empty()))
            }
        };
        let call = self.find.call(move |py| (provider, account, task_id, key, owner).into_pyobject(py), records_of);
        Box::pin(async move { call.await.map_err(refused("find")) })
    }

    fn save(
        &self,
        record: &core::TaskRecord,
        blobs: &[Blob],
        expected_version: u64,
        fence: bool,
    ) -> BoxFuture<'_, Result<Saved, StoreError>> {
        self.save_with(record, blobs, expected_version, fence, &Beside::default())
    }

    fn save_with(
        &self,
        record: &core::TaskRecord,
        blobs: &[Blob],
        expected_version: u64,
        fence: bool,
        beside: &Beside,
    ) -> BoxFuture<'_, Result<Saved, StoreError>> {
        let (record, blobs) = (TaskRecord::of(record.clone()), blobs.to_vec());
        let beside = self.inbox.is_some().then(|| beside.clone());
        let call = self.save.call_named(
            move |py| {
                let changed = PyDict::new(py);
                for blob in &blobs {
                    changed.set_item(blob.name, bytes(py, blob.bytes.as_deref()))?;
                }
                (record, changed, expected_version, fence).into_pyobject(py)
            },
            move |py| {
                let Some(Beside { delivery, notice, .. }) = beside else { return Ok(None) };
                let named = PyDict::new(py);
                named.set_item("delivery", delivery.map(|inner| Delivery { inner }))?;
                named.set_item("notice", notice)?;
                Ok(Some(named))
            },
            |saved| saved.extract::<bool>(),
        );
        Box::pin(async move { Ok(if call.await.map_err(refused("save"))? { Saved::Done } else { Saved::Conflict }) })
    }

    fn keeps_callbacks(&self) -> bool {
        self.inbox.is_some()
    }

    fn remember(&self, delivery: &StoredDelivery) -> BoxFuture<'_, Result<bool, StoreError>> {
        let Some(inbox) = &self.inbox else { return no_inbox() };
        let delivery = Delivery::of(delivery.clone());
        let call = inbox.remember.call(move |py| (delivery,).into_pyobject(py), |is_news| is_news.extract::<bool>());
        Box::pin(async move { call.await.map_err(refused("remember")) })
    }

    fn deliveries(&self, filter: &store::DeliveryFilter) -> BoxFuture<'_, Result<Vec<StoredDelivery>, StoreError>> {
        let Some(inbox) = &self.inbox else { return no_inbox() };
        let filter = DeliveryFilter { inner: filter.clone() };
        let call = inbox.deliveries.call(
            move |py| (filter,).into_pyobject(py),
            |found| found.try_iter()?.map(|item| Ok((*item?.cast::<Delivery>()?.get().inner).clone())).collect::<PyResult<Vec<_>>>(),
        );
        Box::pin(async move { call.await.map_err(refused("deliveries")) })
    }

    fn notices(&self, filter: &store::NoticeFilter) -> BoxFuture<'_, Result<Vec<core::TaskRecord>, StoreError>> {
        let Some(inbox) = &self.inbox else { return no_inbox() };
        let filter = NoticeFilter { inner: filter.clone() };
        let call = inbox.notices.call(move |py| (filter,).into_pyobject(py), records_of);
        Box::pin(async move { call.await.map_err(refused("notices")) })
    }

    fn acknowledge(&self, intent_id: &str, at: UnixMillis) -> BoxFuture<'_, Result<bool, StoreError>> {
        let Some(inbox) = &self.inbox else { return no_inbox() };
        let intent_id = intent_id.to_owned();
        let call = inbox.acknowledge.call(move |py| (intent_id, at).into_pyobject(py), |was_open| was_open.extract::<bool>());
        Box::pin(async move { call.await.map_err(refused("acknowledge")) })
    }

    fn list(&self, filter: &Filter) -> BoxFuture<'_, Result<Listing, StoreError>> {
        let (asked, more) = (filter.clone(), StoreFilter { inner: filter.and_one_more() });
        let call = self.list.call(move |py| (more,).into_pyobject(py), records_of);
        Box::pin(async move { Ok(Listing::cut(call.await.map_err(refused("list"))?, &asked)) })
    }

    fn blob(&self, intent_id: &str, name: &str) -> BoxFuture<'_, Result<Option<Vec<u8>>, StoreError>> {
        let (intent_id, name) = (intent_id.to_owned(), name.to_owned());
        let call = self
            .blob
            .call(move |py| (intent_id, name).into_pyobject(py), |found| optional(found, |it| Ok(it.extract::<&[u8]>()?.to_vec())));
        Box::pin(async move { call.await.map_err(refused("blob")) })
    }

    fn append_events(&self, intent_id: &str, events: &[core::TaskEvent]) -> BoxFuture<'_, Result<(), StoreError>> {
        let Some(append) = &self.append_events else { return Box::pin(std::future::ready(Ok(()))) };
        let (intent_id, events) = (intent_id.to_owned(), events.to_vec());
        let call = append.call(
            move |py| {
                let list = PyList::empty(py);
                for event in &events {
                    list.append(json::to_python(py, &event.to_value())?)?;
                }
                (intent_id, list).into_pyobject(py)
            },
            |_| Ok(()),
        );
        Box::pin(async move { call.await.map_err(refused("append_events")) })
    }

    fn delete(&self, intent_ids: &[String]) -> BoxFuture<'_, Result<u64, StoreError>> {
        let Some(delete) = &self.delete else {
            let message = "this task store has no `delete`: prune it by its own means";
            return Box::pin(std::future::ready(Err(StoreError::new(StoreErrorKind::Misuse, message))));
        };
        let intent_ids = intent_ids.to_vec();
        let call = delete.call(move |py| (intent_ids,).into_pyobject(py), |deleted| deleted.extract::<u64>());
        Box::pin(async move { call.await.map_err(refused("delete")) })
    }

    fn meta(&self, name: &str) -> BoxFuture<'_, Result<Option<String>, StoreError>> {
        let name = name.to_owned();
        let call = self.meta.call(move |py| (name,).into_pyobject(py), |found| optional(found, |it| it.extract::<String>()));
        Box::pin(async move { call.await.map_err(refused("meta")) })
    }

    fn set_meta(&self, name: &str, value: &str, only_if_absent: bool) -> BoxFuture<'_, Result<String, StoreError>> {
        let (name, value) = (name.to_owned(), value.to_owned());
        let stands = value.clone();
        let call =
            self.meta.call(move |py| (name, value, only_if_absent).into_pyobject(py), |found| optional(found, |it| it.extract::<String>()));
        Box::pin(async move { Ok(call.await.map_err(refused("meta"))?.unwrap_or(stands)) })
    }

    fn raise_meta(&self, name: &str, value: u64) -> BoxFuture<'_, Result<u64, StoreError>> {
        let Some(raise) = &self.raise_meta else { return raise_in_two_steps(self, name, value) };
        let name = name.to_owned();
        let call = raise.call(move |py| (name, value).into_pyobject(py), |stands| stands.extract::<u64>());
        Box::pin(async move { call.await.map_err(refused("raise_meta")) })
    }
}
