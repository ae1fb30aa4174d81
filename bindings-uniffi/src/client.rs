//! A client of one provider and one account. Every method that waits takes a [`WaitToken`], and waits for a task of our own runtime.

use crate::callbacks::{self, Arrival, Notice, Receipt};
use crate::contract::{Contract, Order};
use crate::failure::Failure;
use crate::listener::{ReplyListener, outcomes};
use crate::options::ClientOptions;
use crate::record::{Cursor, Delivery, TaskPage};
use crate::reply::{Balance, ListedTask, Reply};
use crate::runtime::Runtime;
use crate::store::{DeliveryFilter, size};
use crate::task::Task;
use crate::transport::{Header, headers};
use crate::wait::WaitToken;
use crate::words::Phase;
use gentask::core;
use gentask::{Held, Session, Submission, TaskFilter};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// One provider and one account.
#[derive(uniffi::Object)]
pub struct Client {
    contract: Arc<Contract>,
    base_url: String,
    account: String,
    open: Mutex<Option<Open>>,
}

/// What an open client has.
#[derive(Clone)]
pub(crate) struct Open {
    pub(crate) runtime: Arc<Runtime>,
    pub(crate) session: Session,
}

/// The request that a submit would send, without the credential.
#[derive(uniffi::Record)]
pub struct DryRun {
    /// The method.
    pub method: String,
    /// The absolute URL.
    pub url: String,
    /// The headers without the key.
    pub headers: Vec<Header>,
    /// The body.
    pub body: Vec<u8>,
}

/// What became of one task that was resumed.
#[derive(uniffi::Record)]
pub struct Resumed {
    /// The task's name in the store.
    pub intent_id: String,
    /// How it ended, or why it did not.
    pub reply: Reply,
}

impl From<gentask::Resumed> for Resumed {
    fn from(resumed: gentask::Resumed) -> Self {
        let gentask::Resumed { intent_id, reply } = resumed;
        Self { intent_id, reply: reply.unwrap_or_else(core::Failure::into_reply).into() }
    }
}

/// Which tasks are listed.
#[derive(uniffi::Record)]
pub struct TaskQuery {
    /// The owner, in the application's words.
    pub owner: Option<String>,
    /// Any of these phases.
    pub phases: Option<Vec<Phase>>,
    /// Only tasks that have not ended.
    pub unfinished: bool,
    /// Only tasks created at this time or later, in Unix milliseconds.
    pub created_from_ms: Option<u64>,
    /// Only tasks created before this time, in Unix milliseconds.
    pub created_before_ms: Option<u64>,
    /// The newest first.
    pub newest_first: bool,
    /// At most this many.
    pub limit: Option<u64>,
    /// Only what comes after this place.
    pub after: Option<Cursor>,
}

#[uniffi::export]
impl Client {
    /// Opens a client: it reads the environment and opens the store, and sends nothing.
    #[uniffi::constructor]
    pub fn open(options: ClientOptions) -> Result<Arc<Self>, Failure> {
        let runtime = Runtime::shared()?;
        let contract = Arc::clone(&options.contract);
        let client = options.client(&runtime)?;
        let (base_url, account) = (client.base_url().to_owned(), client.account_label().to_owned());
        let open = Open { runtime, session: Session::new(client) };
        Ok(Arc::new(Self { contract, base_url, account, open: Mutex::new(Some(open)) }))
    }

    /// The contract.
    pub fn contract(&self) -> Arc<Contract> {
        Arc::clone(&self.contract)
    }

    /// The base URL, without a slash at its end.
    pub fn base_url(&self) -> String {
        self.base_url.clone()
    }

    /// The account's label.
    pub fn account_label(&self) -> String {
        self.account.clone()
    }

    /// Whether it is closed.
    pub fn is_closed(&self) -> bool {
        self.lock().is_none()
    }

    /// Ends every wait, and returns once every submit and callback under way is saved, at most after this time. Whether all of it was.
    pub async fn close(&self, time_ms: u64) -> bool {
        let Some(Open { runtime, session }) = self.shut() else { return true };
        let kept = Arc::clone(&runtime);
        let closing = runtime.handle().spawn(closed(session, time_ms)).await;
        drop(kept);
        closing.unwrap_or(false)
    }

    /// The same for a program that ends: blocks the thread.
    pub fn close_within(&self, time_ms: u64) -> bool {
        let Some(Open { runtime, session }) = self.shut() else { return true };
        // Where no error can be thrown, a panic would end the program.
        catch_unwind(AssertUnwindSafe(|| runtime.handle().block_on(closed(session, time_ms)))).unwrap_or(false)
    }

    /// Checks an order: what a submit would refuse.
    pub fn validate(&self, order: Order) -> Result<(), Failure> {
        let (generation, options) = order.read()?;
        Ok(self.open_now()?.session.client().validate(&generation, &options)?)
    }

    /// The request that a submit would send.
    pub fn dry_run(&self, order: Order) -> Result<DryRun, Failure> {
        let (generation, options) = order.read()?;
        let request = self.open_now()?.session.client().dry_run(&generation, &options)?;
        Ok(DryRun { method: request.method, url: request.url, headers: headers(request.headers), body: request.body })
    }

    /// Submits an order and returns once its task id is durable. Left, it goes on and is saved; after `time_ms`, it fails with `WAIT_TIMEOUT`
    /// and does the same.
    pub async fn submit(self: Arc<Self>, token: Arc<WaitToken>, order: Order, time_ms: Option<u64>) -> Result<Arc<Task>, Failure> {
        let (open, held, submission) = self.begin(&token, order)?;
        let client = Arc::clone(&self);
        let work = async move {
            let handle = match time_ms {
                Some(time) => submission.send_within(Duration::from_millis(time)).await,
                None => submission.send().await,
            };
            handle.map(|handle| Task::new(client, handle))
        };
        token.run_to_its_end(open.runtime, vec![held], work).await
    }

    /// Submits an order; everything is answered with a reply.
    pub async fn create_generation(self: Arc<Self>, token: Arc<WaitToken>, order: Order) -> Result<Reply, Failure> {
        let (open, held, submission) = match self.begin(&token, order) {
            Ok(begun) => begun,
            Err(Failure::Failed { reply, .. }) if !self.is_closed() => return Ok(reply),
            Err(failure) => return Err(failure),
        };
        token.run_to_its_end(open.runtime, vec![held], async move { Ok(Reply::from(submission.reply().await)) }).await
    }

    /// Asks how a task is, stored here or not.
    pub async fn get_status(&self, token: Arc<WaitToken>, task_id: String, model: Option<String>) -> Result<Reply, Failure> {
        self.run(&token, |client| async move { Ok(client.get_status(&task_id, model.as_deref()).await.into()) }).await
    }

    /// Asks for a task's details and files.
    pub async fn get_task(&self, token: Arc<WaitToken>, task_id: String, model: Option<String>) -> Result<Reply, Failure> {
        self.run(&token, |client| async move { Ok(client.get_task(&task_id, model.as_deref()).await.into()) }).await
    }

    /// Asks the provider to stop a task.
    pub async fn cancel_task(&self, token: Arc<WaitToken>, task_id: String, model: Option<String>) -> Result<Reply, Failure> {
        self.run(&token, |client| async move { Ok(client.cancel_task(&task_id, model.as_deref()).await.into()) }).await
    }

    /// A task by its intent's id.
    pub async fn task(self: Arc<Self>, token: Arc<WaitToken>, intent_id: String) -> Result<Arc<Task>, Failure> {
        let handle = self.run(&token, |client| async move { client.task(&intent_id).await }).await?;
        Ok(Task::new(self, handle))
    }

    /// The task that a caller's key names; nothing where no task has it.
    pub async fn find(self: Arc<Self>, token: Arc<WaitToken>, key: String, owner: Option<String>) -> Result<Option<Arc<Task>>, Failure> {
        let found = self.run(&token, |client| async move { client.find(&key, owner.as_deref()).await }).await?;
        Ok(found.map(|handle| Task::new(self, handle)))
    }

    /// The tasks of this provider and account, oldest first, page by page.
    pub async fn tasks(&self, token: Arc<WaitToken>, query: TaskQuery) -> Result<TaskPage, Failure> {
        if query.limit == Some(0) {
            return Err(Failure::unsupported("limit must be at least 1"));
        }
        let TaskQuery { owner, phases, unfinished, created_from_ms, created_before_ms, newest_first, limit, after } = query;
        let filter = TaskFilter {
            owner,
            phases,
            unfinished,
            created_from: created_from_ms,
            created_before: created_before_ms,
            newest_first,
            limit: limit.map(size),
            after: after.map(Into::into),
        };
        self.run(&token, |client| async move { client.tasks(&filter).await.map(TaskPage::from) }).await
    }

    /// The submits whose outcome is not known, oldest first: each waits for `adopt` or `discard`.
    pub async fn unresolved(&self, token: Arc<WaitToken>) -> Result<TaskPage, Failure> {
        self.run(&token, |client| async move { client.unresolved().await.map(TaskPage::from) }).await
    }

    /// Drives every unfinished task to its end, at most `concurrency` at once (nothing: as many as usual), each for at most `time_ms`.
    pub async fn resume(
        &self,
        token: Arc<WaitToken>,
        concurrency: Option<u64>,
        time_ms: Option<u64>,
        on_reply: Option<Arc<dyn ReplyListener>>,
    ) -> Result<Vec<Resumed>, Failure> {
        let concurrency = concurrency.map_or(core::client::RESUMED_AT_ONCE, size);
        if concurrency == 0 {
            return Err(Failure::unsupported("concurrency must be at least 1"));
        }
        let teller = self.open_now()?.runtime.teller();
        let on_reply = on_reply.map(|foreign| outcomes(foreign, teller));
        let hear = move |resumed: &gentask::Resumed| {
            if let Some(on_reply) = &on_reply {
                on_reply(resumed);
            }
        };
        let work = |client: gentask::Client| async move {
            let ended = client.resume(concurrency, time_ms.map(Duration::from_millis), hear).await?;
            Ok(ended.into_iter().map(Resumed::from).collect())
        };
        self.run(&token, work).await
    }

    /// Deletes the record of one task that has ended, and says whether there was one. Its key is free afterwards.
    pub async fn delete(&self, token: Arc<WaitToken>, intent_id: String) -> Result<bool, Failure> {
        self.run(&token, |client| async move { client.delete(&intent_id).await }).await
    }

    /// Deletes the records of tasks that ended longer ago than this, and says how many. Unfinished and unresolved ones stay.
    pub async fn prune(&self, token: Arc<WaitToken>, older_than_ms: u64) -> Result<u64, Failure> {
        self.run(&token, |client| async move { client.prune(client.now().saturating_sub(older_than_ms)).await }).await
    }

    /// What the account holds.
    pub async fn account(&self, token: Arc<WaitToken>) -> Result<Balance, Failure> {
        self.run(&token, |client| async move { client.account().await.map(Balance::from) }).await
    }

    /// The account's tasks as the provider lists them: candidates for `adopt`.
    pub async fn remote_tasks(&self, token: Arc<WaitToken>) -> Result<Vec<ListedTask>, Failure> {
        let work = |client: gentask::Client| async move {
            let tasks = client.remote_tasks().await?;
            Ok(tasks.into_iter().map(ListedTask::from).collect())
        };
        self.run(&token, work).await
    }

    /// Takes a callback. It goes on when it is left, and whoever closes the client waits for it.
    pub async fn receive(self: Arc<Self>, token: Arc<WaitToken>, arrival: Arrival) -> Result<Receipt, Failure> {
        callbacks::receive(&token, vec![self], arrival).await
    }

    /// Takes a stored callback once more, as if it came now.
    pub async fn replay(self: Arc<Self>, token: Arc<WaitToken>, dedupe: String) -> Result<Receipt, Failure> {
        let receipt = self.run(&token, |client| async move { client.replay(&dedupe).await }).await?;
        Ok(Receipt::of(receipt, &self))
    }

    /// The ended tasks whose end nobody has acknowledged, the oldest end first.
    pub async fn notices(self: Arc<Self>, token: Arc<WaitToken>, limit: Option<u64>) -> Result<Vec<Notice>, Failure> {
        let notices = self.run(&token, |client| async move { client.notices(limit.map(size)).await }).await?;
        Ok(notices.into_iter().map(|notice| Notice::of(notice, &self)).collect())
    }

    /// Says that what follows from a task's end is done. Whether nobody had said so before.
    pub async fn acknowledge(&self, token: Arc<WaitToken>, intent_id: String) -> Result<bool, Failure> {
        self.run(&token, |client| async move { client.acknowledge(&intent_id).await }).await
    }

    /// The stored callbacks of this provider and account, the newest first. Their bodies may hold prompts: they are for no log.
    pub async fn deliveries(&self, token: Arc<WaitToken>, filter: DeliveryFilter) -> Result<Vec<Delivery>, Failure> {
        let work = |client: gentask::Client| async move {
            let found = client.deliveries(filter.into()).await?;
            Ok(found.iter().map(Delivery::from).collect())
        };
        self.run(&token, work).await
    }
}

async fn closed(session: Session, time_ms: u64) -> bool {
    tokio::time::timeout(Duration::from_millis(time_ms), session.close()).await.is_ok()
}

impl Client {
    /// Lets nothing begin any more, and ends what waits by itself.
    fn shut(&self) -> Option<Open> {
        self.lock().take()
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Option<Open>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The client, unless it is closed.
    pub(crate) fn open_now(&self) -> Result<Open, Failure> {
        self.lock().clone().ok_or_else(|| Session::closed().into())
    }

    /// Checks and names a submit, and has whoever closes the client wait for it.
    pub(crate) fn begin(&self, token: &WaitToken, order: Order) -> Result<(Open, Held, Submission), Failure> {
        let open = self.open_now()?;
        let (generation, options) = order.read()?;
        let submission = open.session.client().begin(&generation, &options)?;
        let held = open.session.hold()?;
        token.name(submission.intent());
        Ok((open, held, submission))
    }

    /// Does something that ends with its waiter, or with the client.
    pub(crate) async fn run<T: Send + 'static, F: Future<Output = Result<T, core::Failure>> + Send + 'static>(
        &self,
        token: &WaitToken,
        work: impl FnOnce(gentask::Client) -> F,
    ) -> Result<T, Failure> {
        self.run_for(token, None, work).await
    }

    /// The same about the task of this record, as it is known.
    pub(crate) async fn run_for<T: Send + 'static, F: Future<Output = Result<T, core::Failure>> + Send + 'static>(
        &self,
        token: &WaitToken,
        known: Option<Arc<core::TaskRecord>>,
        work: impl FnOnce(gentask::Client) -> F,
    ) -> Result<T, Failure> {
        let Open { runtime, session } = self.open_now()?;
        let work = Box::pin(work(session.client().clone()));
        let about = known.clone();
        let work = async move { session.run(known.as_deref().map(core::TaskRecord::intent_id), work).await };
        token.run(&runtime, about.as_deref(), work).await
    }
}
