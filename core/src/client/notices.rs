//! What an application has to do once for each task that has ended: handed out until it says that it is done.

use super::call::Call;
use super::host::Host;
use super::outcome::Outcome;
use super::settings::{Client, Shared};
use crate::failure::Failure;
use crate::io::UnixMillis;
use crate::record::TaskRecord;
use crate::reply::Reply;
use crate::store::NoticeFilter;

/// How many notices are handed out at once where nothing else is said.
const NOTICES: usize = 100;

/// A task of this provider and account has ended, and nobody has said yet that what follows from it is done. It is handed out at least once,
/// and to more than one process where several ask at the same moment: what is done with it must bear to be done again.
#[derive(Clone, Debug, PartialEq)]
pub struct Notice {
    /// The task, with its owner: see that whoever is given the result is the one who ordered it. Its intent's id is the notice's own.
    pub record: Box<TaskRecord>,
    /// How the task ended.
    pub reply: Reply,
}

impl Client {
    /// The ended tasks whose end nobody has acknowledged, the oldest end first; at most `limit`, by default 100.
    pub fn notices(&self, limit: Option<usize>, now: UnixMillis) -> Call<Vec<Notice>> {
        let filter = NoticeFilter { limit: Some(limit.unwrap_or(NOTICES)), ..self.shared.own_notices() };
        self.call(String::new(), now, move |host| async move {
            let mut notices = Vec::new();
            for record in host.notices(filter).await? {
                notices.push(host.notice(Box::new(record)).await);
            }
            Ok(Outcome::Notices(notices))
        })
    }

    /// What follows from a task's end is done: its notice is handed out no more. Brings whether nobody had said so before.
    pub fn acknowledge(&self, intent_id: &str, now: UnixMillis) -> Call<bool> {
        let intent = intent_id.to_owned();
        self.call(intent_id.to_owned(), now, move |host| async move { host.acknowledged(&intent).await.map(Outcome::Flag) })
    }
}

impl Shared {
    /// The notices of this provider and account.
    pub(super) fn own_notices(&self) -> NoticeFilter {
        NoticeFilter { provider: Some(self.contract.id().to_owned()), account: Some(self.account().to_owned()), limit: None }
    }
}

impl Host {
    /// The end of a task, for the application.
    pub(super) async fn notice(&self, record: Box<TaskRecord>) -> Notice {
        // How the task ended stands in its record; a provider's last words that cannot be read change nothing about it.
        let raw = self.blob(&record.intent_id, "raw").await.ok().flatten();
        Notice { reply: record.reply(raw.as_deref()), record }
    }

    /// Says that what follows from a task's end is done, and whether nobody had said so before.
    pub(super) async fn acknowledged(&self, intent_id: &str) -> Result<bool, Failure> {
        // Another account's is not this client's to close.
        let Some(record) = self.load(intent_id).await?.filter(|record| self.client.owns(record)) else { return Ok(false) };
        let is_news = self.acknowledge(intent_id).await?;
        if record.phase.is_terminal() {
            let now = self.now();
            self.client.with(|state| state.hands.ends.dealt_with(intent_id, now));
        }
        Ok(is_news)
    }
}
