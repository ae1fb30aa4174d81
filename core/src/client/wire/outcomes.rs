//! What calls bring, as text.

use super::cursor_value;
use crate::client::notices::Notice;
use crate::client::outcome::Outcome;
use crate::client::received::Receipt;
use crate::client::tasks::Unfinished;
use crate::client::work::{Turn, Work};
use crate::decode::ListedTask;
use crate::failure::Failure;
use crate::json::{Members, to_canonical};
use crate::learning::LearnedModel;
use crate::record::TaskRecord;
use crate::reply::Reply;
use crate::store::{Cursor, Listing};
use serde_json::Value;

/// What a call brought, as its text.
pub(super) fn text_of(outcome: Outcome) -> String {
    match outcome {
        Outcome::Accepted(accepted) => format!("{}\n{}", accepted.record.to_json(), accepted.reply.to_json()),
        Outcome::Reply(reply) => reply.to_json(),
        Outcome::Record(record) | Outcome::Found(Some(record)) => record.to_json(),
        Outcome::Balance(balance) => {
            to_canonical(&Members::default().text("amount", &balance.amount).opt_text("unit", balance.unit.as_ref()).done())
        }
        Outcome::Tasks(tasks) => listed(&tasks),
        Outcome::Page(page) => listing(&page),
        Outcome::Unfinished(page) => unfinished(&page),
        Outcome::Count(count) => count.to_string(),
        Outcome::Flag(flag) => flag.to_string(),
        Outcome::Generation(generation) => to_canonical(&generation.input),
        Outcome::Receipt(receipt) => to_canonical(&receipt.to_value()),
        Outcome::Notices(notices) => to_canonical(&Members::default().value("notices", notices.iter().map(noticed).collect()).done()),
        Outcome::Work(work) => to_canonical(&worked(&work)),
        Outcome::Turn(turn) => to_canonical(&turned(&turn)),
        Outcome::Learned(models) => {
            to_canonical(&Members::default().value("models", models.iter().map(LearnedModel::to_value).collect()).done())
        }
        Outcome::Found(None) | Outcome::Nothing => "null".to_owned(),
    }
}

impl Receipt {
    /// `{"httpStatus", "body", "outcome", "intentId", "followUp", "tokenSecret", "signingSecret", "reason"}`.
    pub fn to_value(&self) -> Value {
        let index = |secret: Option<usize>| secret.map(|index| index as u64);
        Members::default()
            .int("httpStatus", self.http_status.into())
            .text("body", self.body)
            .text("outcome", self.outcome.as_str())
            .opt_text("intentId", self.intent_id.as_ref())
            .flag("followUp", self.follow_up)
            .opt_int("tokenSecret", index(self.token_secret))
            .opt_int("signingSecret", index(self.signing_secret))
            .opt_text("reason", self.reason.as_ref())
            .done()
    }
}

fn noticed(notice: &Notice) -> Value {
    Members::default().text("record", &notice.record.to_json()).text("reply", &notice.reply.to_json()).done()
}

fn worked(work: &Work) -> Value {
    Members::default()
        .value("due", work.due.iter().map(|record| Value::String(record.to_json())).collect())
        .value("settled", work.settled.iter().map(noticed).collect())
        .value("left", damaged(&work.left))
        .value("problem", work.problem.as_ref().map_or(Value::Null, Failure::to_value))
        .int("again", work.again)
        .done()
}

fn turned(turn: &Turn) -> Value {
    Members::default()
        .text("reply", &turn.reply.to_json())
        .flag("isNews", turn.is_news)
        .value("notice", turn.notice.as_ref().map_or(Value::Null, noticed))
        .done()
}

fn damaged(damaged: &[(String, Reply)]) -> Value {
    damaged.iter().map(|(intent_id, reply)| Members::default().text("intentId", intent_id).text("reply", &reply.to_json()).done()).collect()
}

fn listed(tasks: &[ListedTask]) -> String {
    let tasks = tasks.iter().map(|task| {
        Members::default()
            .text("taskId", &task.task_id)
            .opt_text("created", task.created.as_ref())
            .opt_text("model", task.model.as_ref())
            .opt_text("reference", task.reference.as_ref())
            .done()
    });
    to_canonical(&Members::default().value("tasks", tasks.collect()).done())
}

fn listing(page: &Listing) -> String {
    let damaged =
        page.damaged.iter().map(|damaged| Members::default().text("intentId", &damaged.intent_id).text("reason", &damaged.reason).done());
    paged(&page.records, damaged.collect(), page.next.as_ref())
}

fn unfinished(page: &Unfinished) -> String {
    paged(&page.records, damaged(&page.damaged), page.next.as_ref())
}

fn paged(records: &[TaskRecord], damaged: Value, next: Option<&Cursor>) -> String {
    let records = records.iter().map(|record| Value::String(record.to_json())).collect();
    to_canonical(
        &Members::default()
            .value("records", records)
            .value("damaged", damaged)
            .value("next", next.map_or(Value::Null, cursor_value))
            .done(),
    )
}
