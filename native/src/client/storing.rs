//! What a call asks of the task store, but for saves.

use crate::store::Store;
use gentask_core::TaskRecord;
use gentask_core::client::{Answer, Effect};
use gentask_core::store::{MetaRule, StoreError, StoreErrorKind};
use std::time::Duration;

/// Asks the store.
pub(super) async fn ask(store: &dyn Store, effect: Effect) -> Answer {
    match effect {
        Effect::Load { intent_id, within_ms } => {
            let within = within_ms.map_or(Duration::MAX, Duration::from_millis);
            match tokio::time::timeout(within, store.load(&intent_id)).await {
                Ok(loaded) => told(loaded, |record: Option<TaskRecord>| Answer::Record(record.map(Box::new))),
                Err(_) => refused("the task store does not answer"),
            }
        }
        Effect::Find(by) => told(store.find(&by).await, Answer::Records),
        Effect::List(filter) => told(store.list(&filter).await, |page| Answer::Listing(Box::new(page))),
        Effect::Blob { intent_id, name } => told(store.blob(&intent_id, name).await, Answer::Bytes),
        Effect::Meta { name } => told(store.meta(&name).await, Answer::Value),
        Effect::SetMeta { name, value, rule: MetaRule::Raise } => {
            told(store.raise_meta(&name, value.parse().unwrap_or(0)).await, |value| Answer::Value(Some(value.to_string())))
        }
        Effect::SetMeta { name, value, rule } => {
            told(store.set_meta(&name, &value, rule == MetaRule::IfAbsent).await, |value| Answer::Value(Some(value)))
        }
        Effect::Remember(delivery) => told(store.remember(&delivery).await, Answer::Noted),
        Effect::Deliveries(filter) => told(store.deliveries(&filter).await, Answer::Deliveries),
        Effect::Notices(filter) => told(store.notices(&filter).await, Answer::Records),
        Effect::Acknowledge { intent_id, at } => told(store.acknowledge(&intent_id, at).await, Answer::Noted),
        Effect::Delete { intent_ids } => told(store.delete(&intent_ids).await, Answer::Deleted),
        other => refused(&format!("\"{}\" is nothing that a task store does", other.as_str())),
    }
}

fn told<T>(answer: Result<T, StoreError>, form: impl FnOnce(T) -> Answer) -> Answer {
    answer.map_or_else(Answer::Refused, form)
}

fn refused(message: &str) -> Answer {
    Answer::Refused(StoreError::new(StoreErrorKind::Io, message))
}
