//! Who hears what happens: told one after another, in order, on a thread of its own that nothing else waits for.

use crate::record::{TaskEvent, TaskRecord};
use crate::reply::Reply;
use crate::runtime::Teller;
use gentask::{EventListener, UpdateListener};
use std::sync::Arc;

/// Hears what happens to any task of a client. It must catch everything: nobody else can.
#[uniffi::export(with_foreign)]
pub trait Listener: Send + Sync {
    /// Something happened to the task of this record.
    fn on_event(&self, event: TaskEvent, record: TaskRecord);
}

/// Hears replies: each change of a task that is waited for, or each task that a resume has brought to its end.
#[uniffi::export(with_foreign)]
pub trait ReplyListener: Send + Sync {
    /// How the task of this intent is.
    fn on_reply(&self, intent_id: String, reply: Reply);
}

pub(crate) fn events(foreign: Arc<dyn Listener>, teller: Teller) -> EventListener {
    Arc::new(move |record, event| {
        let (foreign, event, record) = (Arc::clone(&foreign), TaskEvent::from(event), TaskRecord::from(record));
        teller.tell(move || foreign.on_event(event, record));
    })
}

/// How tasks ended that were resumed, or that a worker saw end.
pub(crate) fn outcomes(foreign: Arc<dyn ReplyListener>, teller: Teller) -> gentask::ReplyListener {
    Arc::new(move |resumed| {
        let (foreign, intent_id, reply) = (Arc::clone(&foreign), resumed.intent_id.clone(), Reply::from(resumed.to_reply()));
        teller.tell(move || foreign.on_reply(intent_id, reply));
    })
}

pub(crate) fn updates(foreign: Arc<dyn ReplyListener>, intent_id: String, teller: Teller) -> UpdateListener {
    Arc::new(move |reply| {
        let (foreign, intent_id, reply) = (Arc::clone(&foreign), intent_id.clone(), Reply::from(reply.clone()));
        teller.tell(move || foreign.on_reply(intent_id, reply));
    })
}
