//! `gentask mcp`: the operations as tools of the Model Context Protocol, over standard input and output, for programs that act for a person.

mod arguments;
mod lines;
mod tools;

use super::demo::no_port;
use super::flags::{Common, Mcp};
use super::inspect::known_models;
use super::interrupt::Interrupts;
use super::{OK, Outcome, USAGE, advise, clients, output};
use crate::client::{Client, TaskHandle, Wait};
use crate::download::FileBytes;
use crate::key::{KeySource, Secret};
use crate::store::{Filter, MemoryStore, Store};
use arguments::Arguments;
use gentask_core::internal::base64;
use gentask_core::record::SavedFile;
use gentask_core::{Contract, Error, ErrorCode, Failure, Generation, Phase, Reply, SubmitOptions, TaskRecord};
use gentask_sandbox::{Server, ServerConfig};
use lines::Lines;
use rmcp::model::{
    CallToolRequestParams, CallToolResponse, CallToolResult, ContentBlock, Implementation, ListToolsResult, PaginatedRequestParams,
    ProgressNotificationParam, ServerCapabilities, ServerConfig as ServerInfo,
};
use rmcp::service::RequestContext;
use rmcp::{ErrorData, RoleServer, ServerHandler, ServiceExt as _};
use serde_json::{Value, json};
use std::path::PathBuf;
use std::pin::pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::mpsc;

/// The most bytes of a picture that is part of an answer: as base64 it is 1 MiB.
const SMALL: u64 = 768 << 10;
/// Any key opens the simulated providers.
const SANDBOX_KEY: &str = "sk-sandbox-opens-nothing";

/// Serves one program until it closes standard input, or a system ends its services. Submits that were sent by then are saved first.
pub(super) async fn mcp(common: &Common, flags: &Mcp) -> Outcome {
    if let Some(out) = &flags.out {
        super::check_out(out).await?;
    }
    let contracts = clients::contracts(common)?;
    let (sandbox, store): (_, Arc<dyn Store>) = if flags.sandbox {
        let mut config = ServerConfig::built_in();
        for contract in &contracts {
            if Contract::built_in(contract.id()).is_err() {
                config.contracts.push(contract.source().clone());
            }
        }
        (Some(Server::start(config).map_err(|error| no_port(&error))?), Arc::new(MemoryStore::new()))
    } else {
        (None, clients::store(common)?)
    };
    let mut stops = Interrupts::of_a_service();
    let desk = Arc::new(Desk {
        common: common.clone(),
        contracts,
        sandbox,
        store,
        out: flags.out.clone(),
        clients: Mutex::default(),
        has_told: AtomicBool::new(false),
    });
    let answering = Arc::clone(&desk);
    let serving = tokio::select! {
        serving = answering.serve(Lines::of_this_process()) => serving,
        () = stops.next() => return Ok(OK),
    };
    let serving = match serving {
        Ok(serving) => serving,
        // Standard output is the protocol's.
        Err(error) => {
            output::note(&format!("no program of the protocol speaks here: {error}"));
            return Ok(USAGE);
        }
    };
    let ending = serving.cancellation_token();
    let mut served = pin!(serving.waiting());
    let outcome = tokio::select! {
        outcome = &mut served => Some(outcome),
        () = stops.next() => None,
    };
    ending.cancel();
    // What was sent is paid for, perhaps: its answer is waited for, no longer than a request may take, or until somebody insists.
    tokio::select! {
        () = desk.settled() => {}
        () = stops.next() => {}
    }
    match outcome {
        Some(Err(error)) => {
            output::note(&format!("the server stopped: {error}"));
            Ok(super::FAILED)
        }
        _ => Ok(OK),
    }
}

/// What answers the calls.
struct Desk {
    common: Common,
    /// The only providers that there are: a contract file names a base URL, so it is the person who starts the server that chooses it.
    contracts: Vec<Contract>,
    sandbox: Option<Server>,
    store: Arc<dyn Store>,
    out: Option<PathBuf>,
    /// Those that were asked for: their submits are waited for at the end.
    clients: Mutex<Vec<Client>>,
    /// Whether an answer has said that the providers are simulated: a program that shows nobody the server's instructions shows its answers.
    has_told: AtomicBool,
}

/// What a tool answers: a document, or a reply with the files that came with it.
enum Answer {
    Document(Value),
    Reply(Box<Reply>, Vec<Shown>),
}

/// A result file that was fetched.
struct Shown {
    /// Where it is, if it stays on disk.
    path: Option<String>,
    content_type: String,
    /// Its bytes as base64, where it is a small picture.
    picture: Option<String>,
}

impl ServerHandler for Desk {
    fn get_info(&self) -> ServerInfo {
        let mut info = ServerInfo::new(ServerCapabilities::builder().enable_tools().build());
        info.server_info = Implementation::new("gentask", env!("CARGO_PKG_VERSION"));
        let last = if self.sandbox.is_some() { tools::SIMULATED } else { tools::KEYED };
        info.instructions = Some(format!("{} {last}", tools::INSTRUCTIONS));
        info
    }

    async fn list_tools(&self, _: Option<PaginatedRequestParams>, _: RequestContext<RoleServer>) -> Result<ListToolsResult, ErrorData> {
        let providers: Vec<String> = self.contracts.iter().map(|contract| contract.id().to_owned()).collect();
        Ok(ListToolsResult::with_all_items(tools::tools(&providers, self.out.is_some())))
    }

    async fn call_tool(&self, request: CallToolRequestParams, context: RequestContext<RoleServer>) -> Result<CallToolResponse, ErrorData> {
        let arguments = Arguments::new(request.arguments);
        let cancelled = context.ct.clone();
        let answering = async {
            Some(match request.name.as_ref() {
                "create_generation" => self.create(arguments, &context).await,
                "get_status" => self.status(arguments).await,
                "get_task" => self.task(arguments, &context).await,
                "cancel_task" => self.cancel(arguments).await,
                "validate" => self.validate(arguments),
                "models" => self.models(arguments),
                "unresolved" => self.unresolved(arguments).await,
                "adopt" => self.adopt(arguments).await,
                _ => return None,
            })
        };
        tokio::select! {
            answer = answering => match answer {
                Some(answer) => Ok(shown(answer).into()),
                None => Err(ErrorData::invalid_params(format!("there is no tool \"{}\"", shorten(&request.name)), None)),
            },
            // A submit that was sent goes on and is saved, and a task goes on at the provider.
            () = cancelled.cancelled() => Err(ErrorData::internal_error("the call was cancelled; what was ordered goes on", None)),
        }
    }
}

/// An answer as the protocol has it: the document for a program, and its text and pictures for whoever reads.
fn shown(answer: Result<Answer, Failure>) -> CallToolResult {
    let (reply, files) = match answer {
        Ok(Answer::Document(document)) => return CallToolResult::structured(document),
        Ok(Answer::Reply(reply, files)) => (*reply, files),
        Err(failure) => (failure.into_reply(), Vec::new()),
    };
    let mut reply = reply;
    // A wait that is over is no failure: the task goes on.
    let is_over = reply.error_code == Some(ErrorCode::WaitTimeout);
    let is_error = !reply.ok && !is_over;
    if is_over {
        advise(&mut reply, "the task goes on: call get_task with its intentId".to_owned());
    }
    let mut value = reply.to_value();
    if let Some(data) = value.get_mut("data").and_then(Value::as_object_mut) {
        // The provider's own words are long, and say nothing that is not said.
        data.remove("raw");
        let saved: Vec<Value> = files.iter().filter_map(|file| file.path.as_deref()).map(Value::from).collect();
        if !saved.is_empty() {
            data.insert("saved".to_owned(), saved.into());
        }
    }
    let mut result = if is_error { CallToolResult::structured_error(value) } else { CallToolResult::structured(value) };
    let pictures = files.into_iter().filter_map(|file| Some(ContentBlock::image(file.picture?, file.content_type)));
    result.content.extend(pictures);
    result
}

impl Desk {
    async fn create(&self, mut arguments: Arguments, context: &RequestContext<RoleServer>) -> Result<Answer, Failure> {
        let (provider, model) = (arguments.text("provider"), arguments.text("model"));
        let (input, key) = (arguments.object("input"), arguments.text("key"));
        let (owner, wait) = (arguments.some_text("owner"), arguments.seconds("wait", tools::WAITS_S));
        arguments.end()?;
        let client = self.client(&provider)?;
        let options = SubmitOptions { key: Some(key), owner, ..SubmitOptions::default() };
        let task = client.submit(&Generation { model, input }, &options).await?;
        let mut answer = self.finish(&task, wait, context).await?;
        if let Answer::Reply(reply, _) = &mut answer {
            self.tell_of_sandbox(reply);
        }
        Ok(answer)
    }

    /// Tells once, in the first answer to an order, that nothing of it is real.
    fn tell_of_sandbox(&self, reply: &mut Reply) {
        if self.sandbox.is_none() || self.has_told.swap(true, Ordering::Relaxed) {
            return;
        }
        if let Some(data) = reply.data.as_object_mut() {
            data.insert("notice".to_owned(), tools::SIMULATED.into());
        }
    }

    async fn status(&self, mut arguments: Arguments) -> Result<Answer, Failure> {
        let id = arguments.text("id");
        arguments.end()?;
        let task = self.stored(&id).await?;
        let phase = task.record().await?.phase();
        let reply = if phase == Phase::Prepared || phase.is_terminal() { task.reply().await? } else { task.check(true).await? };
        Ok(Answer::Reply(Box::new(reply), Vec::new()))
    }

    async fn task(&self, mut arguments: Arguments, context: &RequestContext<RoleServer>) -> Result<Answer, Failure> {
        let (id, wait) = (arguments.text("id"), arguments.seconds("wait", tools::WAITS_S));
        arguments.end()?;
        self.finish(&self.stored(&id).await?, wait, context).await
    }

    async fn cancel(&self, mut arguments: Arguments) -> Result<Answer, Failure> {
        let id = arguments.text("id");
        arguments.end()?;
        let reply = self.stored(&id).await?.cancel().await.unwrap_or_else(Failure::into_reply);
        Ok(Answer::Reply(Box::new(reply), Vec::new()))
    }

    fn validate(&self, mut arguments: Arguments) -> Result<Answer, Failure> {
        let (provider, model, input) = (arguments.text("provider"), arguments.text("model"), arguments.object("input"));
        arguments.end()?;
        let (contract, generation) = (self.contract(&provider)?, Generation { model, input });
        contract.validate(&generation, &SubmitOptions::default())?;
        Ok(Answer::Document(json!({"valid": true, "unchecked": contract.unchecked(&generation)})))
    }

    fn models(&self, mut arguments: Arguments) -> Result<Answer, Failure> {
        let (provider, model) = (arguments.some_text("provider"), arguments.some_text("model"));
        arguments.end()?;
        let asked = match &provider {
            Some(provider) => vec![self.contract(provider)?],
            None => self.contracts.clone(),
        };
        let mut entries: Vec<Value> = asked.iter().flat_map(known_models).collect();
        match model {
            Some(model) => {
                entries.retain(|entry| entry["model"] == *model);
                if entries.is_empty() {
                    let unknown = Generation { model, input: Value::Null };
                    let words: Vec<String> = asked.iter().flat_map(|contract| contract.unchecked(&unknown)).collect();
                    return Err(Error::new(ErrorCode::InvalidModel, words.join("; ")).into());
                }
            }
            // Of all of them the schemas would be longer than anybody reads.
            None => entries.iter_mut().filter_map(Value::as_object_mut).for_each(|entry| drop(entry.remove("input"))),
        }
        Ok(Answer::Document(json!({"models": entries})))
    }

    async fn unresolved(&self, arguments: Arguments) -> Result<Answer, Failure> {
        arguments.end()?;
        let mut found = Vec::new();
        for contract in &self.contracts {
            let filter = Filter {
                provider: Some(contract.id().to_owned()),
                account: self.common.account.clone(),
                phases: Some(vec![Phase::Unresolved]),
                or_conflicting: true,
                ..Filter::default()
            };
            let page = self.store.list(&filter).await?;
            let now = super::stored::now();
            found.extend(page.records.iter().map(|record| output::entry(record, now)));
            found.extend(page.damaged.iter().map(|record| json!({"intentId": record.intent_id, "damaged": record.reason})));
        }
        Ok(Answer::Document(json!({"unresolved": found})))
    }

    async fn adopt(&self, mut arguments: Arguments) -> Result<Answer, Failure> {
        let (intent_id, task_id) = (arguments.text("intentId"), arguments.text("taskId"));
        arguments.end()?;
        let reply = self.stored(&intent_id).await?.adopt(&task_id).await.unwrap_or_else(Failure::into_reply);
        Ok(Answer::Reply(Box::new(reply), Vec::new()))
    }

    fn contract(&self, provider: &str) -> Result<Contract, Failure> {
        let known = self.contracts.iter().find(|contract| contract.id() == provider).cloned();
        known.ok_or_else(|| {
            let names: Vec<&str> = self.contracts.iter().map(Contract::id).collect();
            let message = format!("there is no provider \"{}\" here: there are {}", shorten(provider), names.join(", "));
            Error::new(ErrorCode::Unsupported, message).into()
        })
    }

    fn client(&self, provider: &str) -> Result<Client, Failure> {
        let (contract, store) = (self.contract(provider)?, Arc::clone(&self.store));
        let client = match &self.sandbox {
            None => clients::client(&self.common, contract, store)?,
            Some(server) => {
                let key = KeySource::Value(Secret::new(SANDBOX_KEY));
                Client::builder(contract).base_url(server.base_url(provider)).key(key).store(store).poll(super::demo::POLLS).build()?
            }
        };
        Ok(self.kept(client))
    }

    /// One client for each provider, base URL and account: they share a pace, and their submits are waited for at the end.
    fn kept(&self, client: Client) -> Client {
        let mut clients = self.clients.lock().unwrap_or_else(PoisonError::into_inner);
        let place = |one: &Client| (one.contract().id().to_owned(), one.base_url().to_owned(), one.account_label().to_owned());
        if let Some(known) = clients.iter().find(|known| place(known) == place(&client)) {
            return known.clone();
        }
        clients.push(client.clone());
        client
    }

    /// Waits until no submit is under way any more.
    async fn settled(&self) {
        let clients = self.clients.lock().unwrap_or_else(PoisonError::into_inner).clone();
        for client in clients {
            client.settled().await;
        }
    }

    /// A stored task by either id.
    async fn stored(&self, id: &str) -> Result<TaskHandle, Failure> {
        let Some(record) = clients::find(&self.common, &self.store, id).await? else {
            return Err(Error::new(ErrorCode::TaskNotFound, format!("no task \"{}\" is stored here", shorten(id))).into());
        };
        let client = match self.sandbox {
            Some(_) => self.client(record.provider())?,
            None => self.client_of(&record)?,
        };
        client.task(record.intent_id()).await
    }

    fn client_of(&self, record: &TaskRecord) -> Result<Client, Failure> {
        let contract = self.contract(record.provider())?;
        Ok(self.kept(clients::client_with(&self.common, contract, record, Arc::clone(&self.store))?))
    }

    /// Waits for a task, tells the program how it goes, and fetches its files.
    async fn finish(&self, task: &TaskHandle, time: Duration, context: &RequestContext<RoleServer>) -> Result<Answer, Failure> {
        let (told, hears) = mpsc::unbounded_channel();
        let wait = Wait {
            timeout: Some(time),
            // The reader is below, and ends after this.
            on_update: Some(Arc::new(move |reply: &Reply| drop(told.send(reply.clone())))),
        };
        let (reply, ()) = tokio::join!(task.wait(wait), tell(hears, context));
        let reply = reply.unwrap_or_else(Failure::into_reply);
        let (mut reply, mut files) = (reply, Vec::new());
        if reply.ok {
            // A file that cannot be fetched makes the task no less a success.
            match self.files(task).await {
                Ok(found) => files = found,
                Err(failure) => {
                    let why = failure.reply().error_message.clone().unwrap_or_default();
                    if let Some(data) = reply.data.as_object_mut() {
                        data.insert("notSaved".to_owned(), why.into());
                    }
                }
            }
        }
        Ok(Answer::Reply(Box::new(reply), files))
    }

    /// The result files: where `--out` names a directory they stay there; elsewhere only small pictures are fetched, for the answer.
    async fn files(&self, task: &TaskHandle) -> Result<Vec<Shown>, Failure> {
        let saved = match &self.out {
            Some(out) => task.save_files(out).await?,
            None => return task.small_pictures(SMALL).await.map(|all| all.into_iter().map(Shown::passing).collect()),
        };
        Ok(saved.into_iter().map(Shown::kept).collect())
    }
}

impl Shown {
    /// A file that stays where it is.
    fn kept(saved: SavedFile) -> Self {
        let is_shown = saved.content_type.starts_with("image/") && saved.bytes <= SMALL;
        let picture = if is_shown { std::fs::read(&saved.path).ok() } else { None };
        Self { path: Some(saved.path), content_type: saved.content_type, picture: picture.map(|bytes| base64(&bytes)) }
    }

    /// A picture that was fetched for the answer alone.
    fn passing(FileBytes { bytes, content_type }: FileBytes) -> Self {
        Self { path: None, content_type: content_type.to_owned(), picture: Some(base64(&bytes)) }
    }
}

/// What a program sends may be long.
fn shorten(text: &str) -> String {
    text.chars().take(80).collect()
}

/// Tells the program each change, where it asked for that: what the provider says of its progress, else how many changes there were.
async fn tell(mut hears: mpsc::UnboundedReceiver<Reply>, context: &RequestContext<RoleServer>) {
    let token = context.meta.get_progress_token();
    let mut last = 0.0;
    while let Some(reply) = hears.recv().await {
        let Some(token) = token.clone() else { continue };
        let permille = reply.data.get("progressPermille").and_then(Value::as_u64).and_then(|permille| u16::try_from(permille).ok());
        let said = permille.map_or(0.0, |permille| f64::from(permille) / 10.0);
        // It has to rise, whatever the provider says.
        last = if said > last { said } else { last + 0.01 };
        let mut progress = ProgressNotificationParam::new(token, last);
        progress.total = permille.map(|_| 100.0);
        progress.message = Some(reply.status.as_str().to_owned());
        // A program that does not listen any more gets its answer all the same.
        let _ = context.peer.notify_progress(progress).await;
    }
}
