//! The four operations of the published clients of these APIs. They answer everything with a reply: a validation fault, a refusal,
//! a missing key and a faulty store too. They work on any task id, stored here or not. And two questions about the account.

use super::Client;
use super::run::Ended;
use gentask_core::client::{Known, Question};
use gentask_core::{Balance, Failure, Generation, ListedTask, Reply, SubmitOptions};

impl Client {
    /// Submits a generation; the reply holds the task id.
    pub async fn create_generation(&self, generation: &Generation, options: &SubmitOptions) -> Reply {
        match self.begin(generation, options) {
            Ok(submission) => submission.reply().await,
            Err(failure) => failure.into_reply(),
        }
    }

    /// How a task is, by one status call. `model` is needed where the provider's status call names it and the task is not stored here.
    pub async fn get_status(&self, task_id: &str, model: Option<&str>) -> Reply {
        self.ask(Question::Status, task_id, model).await
    }

    /// A task's details and files.
    pub async fn get_task(&self, task_id: &str, model: Option<&str>) -> Reply {
        self.ask(Question::Details, task_id, model).await
    }

    /// Asks the provider to stop a task.
    pub async fn cancel_task(&self, task_id: &str, model: Option<&str>) -> Reply {
        self.ask(Question::Cancel, task_id, model).await
    }

    async fn ask(&self, question: Question, task_id: &str, model: Option<&str>) -> Reply {
        let call = self.inner.core.ask(question, task_id, model, self.now());
        let named = call.named();
        match self.run_in_time(call).await {
            Ended::Done(Ok(reply)) => reply,
            Ended::Done(Err(failure)) => failure.into_reply().of_task(task_id),
            Ended::Overdue => self.overdue(Known::from(named.intent_id().as_str())).await.of_task(task_id),
        }
    }

    /// What the account holds.
    pub async fn account(&self) -> Result<Balance, Failure> {
        self.carry_out(self.inner.core.account(self.now())?).await
    }

    /// The account's tasks as the provider lists them: candidates for [`Client::adopt`].
    pub async fn remote_tasks(&self) -> Result<Vec<ListedTask>, Failure> {
        self.carry_out(self.inner.core.remote_tasks(self.now())?).await
    }
}
