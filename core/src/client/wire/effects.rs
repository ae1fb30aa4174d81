//! Effects as JSON, without the bytes and the record that go beside them.

use super::cursor_value;
use crate::base64;
use crate::client::effect::Effect;
use crate::client::holder::holder_process;
use crate::io::TaskEvent;
use crate::json::{self, Members, texts};
use crate::phase::Phase;
use crate::reply::Reply;
use crate::store::{DeliveryFilter, Filter, Find, NoticeFilter, StoredDelivery};
use crate::webhook::Candidate;
use serde_json::Value;

impl Effect {
    /// The effect as JSON, without the bytes and the record that go beside it.
    pub(super) fn head(&self) -> Members {
        let mut head = Members::default();
        head.text("effect", self.as_str());
        match self {
            Self::Ready => {}
            Self::Load { intent_id, within_ms } => drop(head.text("intentId", intent_id).opt_int("withinMs", *within_ms)),
            Self::Find(by) => drop(head.value("by", find_value(by))),
            Self::List(filter) => drop(head.value("filter", filter_value(filter))),
            Self::Blob { intent_id, name } => drop(head.text("intentId", intent_id).text("name", name)),
            Self::Meta { name } => drop(head.text("name", name)),
            Self::SetMeta { name, value, rule } => drop(head.text("name", name).text("value", value).text("rule", rule.as_str())),
            Self::Save(step) => {
                let names = step.blobs.iter().map(|blob| Value::from(blob.name)).collect();
                head.value("blobs", names).int("expectedVersion", step.expected_version()).flag("fence", step.fence);
                head.value("history", step.history().map(TaskEvent::to_value).collect());
                if step.is_end() {
                    head.flag("isEnd", true);
                }
                if let Some(delivery) = &step.delivery {
                    head.value("delivery", delivery_value(delivery));
                }
            }
            Self::Remember(delivery) => drop(head.value("delivery", delivery_value(delivery))),
            Self::Deliveries(filter) => drop(head.value("filter", delivery_filter_value(filter))),
            Self::Notices(filter) => {
                let NoticeFilter { provider, account, limit } = filter;
                let filter =
                    DeliveryFilter { provider: provider.clone(), account: account.clone(), limit: *limit, ..DeliveryFilter::default() };
                head.value("filter", delivery_filter_value(&filter));
            }
            Self::Acknowledge { intent_id, at } => drop(head.text("intentId", intent_id).int("at", *at)),
            Self::Verify(candidates) => {
                let before = std::iter::once(None).chain(candidates.iter().map(Some));
                head.value("candidates", candidates.iter().zip(before).map(candidate_value).collect());
            }
            Self::Delete { intent_ids } => drop(head.value("intentIds", intent_ids.iter().map(|id| json::text(id)).collect())),
            Self::Send { request, until, timeout_ms } => {
                let own = Members::default()
                    .text("id", &request.id)
                    .text("operation", request.operation.as_str())
                    .text("method", &request.method)
                    .text("url", &request.url)
                    .value("headers", texts(&mut request.headers.iter().map(|(name, value)| (name, value))))
                    .flag("auth", request.auth)
                    .int("responseCap", request.response_cap)
                    .some_int("openMs", request.open_ms)
                    .done();
                head.value("request", own).int("until", *until).int("timeoutMs", *timeout_ms);
            }
            Self::Sleep { until, intent_id, gives_back, may_park } => {
                head.int("until", *until)
                    .opt_text("intentId", intent_id.as_ref())
                    .flag("givesBack", *gives_back)
                    .flag("mayPark", *may_park);
            }
            Self::Probe { holder } => {
                let process = holder_process(holder);
                head.text("holder", holder);
                if let Some((host, pid, started)) = process {
                    head.text("host", host).int("pid", pid).int("started", started);
                }
            }
            Self::Tell(step) => {
                head.value("events", step.events.iter().map(TaskEvent::to_value).collect());
                head.opt_text("update", step.update.as_ref().map(Reply::to_json).as_ref());
            }
        }
        head
    }

    /// The bytes that go beside the effect: a request's or a delivery's body, or the blob with this number; after the blobs of a save comes the
    /// body of its delivery. `None`: the blob is deleted, or there is none.
    pub fn bytes(&self, index: usize) -> Option<&[u8]> {
        match self {
            Self::Send { request, .. } => Some(request.body.as_slice()),
            Self::Save(step) if index == step.blobs.len() => step.delivery.as_ref().map(|delivery| delivery.body.as_slice()),
            Self::Save(step) => step.blobs.get(index).and_then(|blob| blob.bytes.as_deref()),
            Self::Remember(delivery) => Some(delivery.body.as_slice()),
            _ => None,
        }
    }
}

fn find_value(by: &Find) -> Value {
    match by {
        Find::TaskId { provider, task_id } => Members::default().text("provider", provider).text("taskId", task_id).done(),
        Find::CallerKey { provider, account, owner, key } => {
            Members::default().text("provider", provider).text("account", account).opt_text("owner", owner.as_ref()).text("key", key).done()
        }
    }
}

impl StoredDelivery {
    /// The callback as JSON, with its body as `bodyBase64`: for a store, and for no log.
    pub fn to_value(&self) -> Value {
        let mut value = delivery_members(self);
        value.text("bodyBase64", &base64::encode(&self.body)).done()
    }
}

/// A stored callback, without its body.
fn delivery_value(delivery: &StoredDelivery) -> Value {
    delivery_members(delivery).done()
}

fn delivery_members(delivery: &StoredDelivery) -> Members {
    let mut members = Members::default();
    members
        .text("provider", &delivery.provider)
        .text("account", &delivery.account)
        .text("dedupe", &delivery.dedupe)
        .int("receivedAt", delivery.received_at)
        .int("expiresAt", delivery.expires_at)
        .flag("verified", delivery.verified)
        .text("outcome", delivery.outcome.as_str())
        .opt_text("intentId", delivery.intent_id.as_ref())
        .opt_text("taskId", delivery.task_id.as_ref());
    members
}

/// A filter of callbacks or notices: what does not restrict it is absent.
fn delivery_filter_value(filter: &DeliveryFilter) -> Value {
    let mut value = Members::default();
    let texts = [
        ("provider", &filter.provider),
        ("account", &filter.account),
        ("dedupe", &filter.dedupe),
        ("intentId", &filter.intent_id),
        ("taskId", &filter.task_id),
    ];
    for (name, member) in texts {
        if let Some(member) = member {
            value.text(name, member);
        }
    }
    if let Some(outcome) = filter.outcome {
        value.text("outcome", outcome.as_str());
    }
    for (name, member) in [("keptAt", filter.kept_at), ("limit", filter.limit.map(|most| most as u64))] {
        if let Some(member) = member {
            value.int(name, member);
        }
    }
    value.done()
}

/// A signature to be verified, its parts in base64. Its message is left out where it is that of the candidate before: there may be many of them,
/// and a message has up to a body's length.
fn candidate_value((candidate, before): (&Candidate, Option<&Candidate>)) -> Value {
    let mut value = Members::default();
    value.text("key", &base64::encode(&candidate.key));
    if before.is_none_or(|before| before.message != candidate.message) {
        value.text("message", &base64::encode(&candidate.message));
    }
    value.text("signature", &base64::encode(&candidate.signature)).done()
}

/// A filter: what does not restrict it is absent. `phases` has taken in what is unfinished.
fn filter_value(filter: &Filter) -> Value {
    let mut value = Members::default();
    for (name, member) in [("provider", &filter.provider), ("account", &filter.account), ("owner", &filter.owner)] {
        if let Some(member) = member {
            value.text(name, member);
        }
    }
    if filter.unfinished || filter.phases.is_some() {
        let phases = Phase::ALL.into_iter().filter(|phase| filter.takes(*phase));
        value.value("phases", phases.map(|phase| Value::from(phase.as_str())).collect());
    }
    if filter.or_conflicting {
        value.flag("orConflicting", true);
    }
    let (from, before) = (filter.created_from, filter.created_before);
    let limit = filter.limit.map(|most| most as u64);
    for (name, member) in [("dueBefore", filter.due_before), ("createdFrom", from), ("createdBefore", before), ("limit", limit)] {
        if let Some(member) = member {
            value.int(name, member);
        }
    }
    if filter.newest_first {
        value.flag("newestFirst", true);
    }
    if let Some(after) = &filter.after {
        value.value("after", cursor_value(after));
    }
    value.done()
}
