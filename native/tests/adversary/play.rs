//! Plays one row: makes clients, does its steps and tells the judge what they brought.

use super::keys::Keys;
use super::store::{Process, Shared, newest};
use gentask::core::Polls;
use gentask::http::HttpOptions;
use gentask::key::{KeySource, Secret};
use gentask::store::{Listing, Store};
use gentask::{Client, Clock, Contract, Failure, Generation, ManualClock, Reply, SubmitOptions, TaskFilter, TaskHandle, TaskRecord, Wait};
use gentask_tests::adversary::judge::judge;
use gentask_tests::adversary::{Provider, Row};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::task::JoinHandle;

/// When every row begins.
const START: u64 = 1_767_225_600_000;
/// A step that takes longer has hung: whatever it waits for by its clock takes no time. Less than a request may take.
const HUNG: Duration = Duration::from_secs(25);
/// How long a row's requests may take where it does not say.
const REQUEST_TIMEOUT: Duration = Duration::from_secs(30);
/// Enough for what is under way to get on, on any machine that is not overloaded.
const PAUSE: Duration = Duration::from_millis(150);
/// What passes before somebody comes back to what a row left: every lease and most pauses are over.
const LATER: Duration = Duration::from_hours(1);

/// The clients of a row, which share a provider, a store and a clock.
#[derive(Clone)]
struct Play {
    provider: Arc<Provider>,
    clock: ManualClock,
    store: Arc<Shared>,
    clients: Arc<Mutex<BTreeMap<String, Known>>>,
    tasks: Arc<Mutex<BTreeMap<String, String>>>,
    key: Arc<Keys>,
    events: Arc<Mutex<Vec<String>>>,
}

/// How a client is made, and the client once it was.
#[derive(Clone)]
struct Known {
    how: Value,
    made: Option<(Client, Arc<Process>)>,
}

/// A step that goes on beside the others.
struct Begun {
    step: usize,
    client: String,
    outcome: JoinHandle<Value>,
}

/// What a step brought: a value, or what it failed with.
type Brought = Result<Value, Failure>;

pub(crate) async fn play(row: Row) -> Vec<String> {
    let clock = Clock::manual(START);
    let shown = clock.clone();
    let provider = Arc::new(Provider::start(&row, Arc::new(move || Some(shown.now()))).unwrap());
    let folder = tempfile::tempdir().unwrap();
    let play = Play {
        key: Arc::new(Keys::new(provider.key())),
        provider,
        clock,
        store: Shared::open(folder.path().join("tasks.db")),
        clients: Arc::default(),
        tasks: Arc::default(),
        events: Arc::default(),
    };
    let mut background: BTreeMap<String, Begun> = BTreeMap::new();
    for (number, step) in row.steps().iter().enumerate() {
        let (name, is_alone) = (step["as"].as_str().unwrap_or("it").to_owned(), background.is_empty());
        let client = step["client"].as_str().unwrap_or("main").to_owned();
        match step["do"].as_str() {
            Some("await") => {
                let begun = background.remove(&name).unwrap();
                let outcome = begun.outcome.await.unwrap();
                play.provider.saw(Some(begun.step), json!({"skipped": true}));
                play.provider.saw(Some(number), outcome);
                continue;
            }
            // Nobody hears what a dead process would have said.
            Some("kill") => {
                let (dead, living) = background.into_iter().partition(|(_, begun)| begun.client == client);
                background = living;
                for begun in BTreeMap::into_values(dead) {
                    begun.outcome.abort();
                    play.provider.saw(Some(begun.step), json!({"skipped": true}));
                }
            }
            _ => {}
        }
        let doing = {
            let (play, step, folder) = (play.clone(), step.clone(), folder.path().to_owned());
            async move { play.bounded(&step, is_alone, &folder).await }
        };
        if step["background"] == true {
            background.insert(name, Begun { step: number, client, outcome: tokio::spawn(doing) });
        } else {
            play.provider.saw(Some(number), doing.await);
        }
    }
    let before = play.store.records();
    play.provider.saw(None, json!({"value": "the row is over"}));
    // Whoever is still under way comes to an end, and somebody comes back later.
    play.store.plan(&json!([]));
    play.key.clear();
    play.provider.release();
    play.clock.jump();
    let _ = play.provider.listen(true);
    for begun in background.into_values() {
        play.provider.saw(Some(begun.step), begun.outcome.await.unwrap_or_default());
    }
    play.kill("main");
    play.clock.advance(LATER);
    let resumed = play.bounded(&json!({"do": "resume", "timeout": 600}), false, folder.path()).await;
    play.provider.saw(None, resumed);
    let texts = [play.store.written(), play.events.lock().unwrap().clone()].concat();
    judge(&play.provider, &json!({"records": before, "after": play.store.records(), "texts": texts}))
}

impl Play {
    /// A step with a limit, as the judge reads what it brought.
    async fn bounded(&self, step: &Value, is_alone: bool, folder: &std::path::Path) -> Value {
        let began = self.clock.now();
        let mut outcome = match tokio::time::timeout(HUNG, self.step(step, folder)).await {
            Ok(Ok(value)) => value,
            Ok(Err(failure)) => json!({"reply": failure.reply().to_value(), "text": failure.to_string()}),
            Err(_) => json!({"hung": true}),
        };
        if is_alone {
            outcome["tookMs"] = json!(self.clock.now().saturating_sub(began));
        }
        outcome
    }

    async fn step(&self, step: &Value, folder: &std::path::Path) -> Brought {
        let text = |name: &str| step[name].as_str().map(|text| self.provider.fill(text));
        let seconds = |name: &str| step[name].as_f64().map(as_time);
        match step["do"].as_str().unwrap_or_default() {
            "submit" => {
                let (generation, options) = order(step);
                let client = self.client(step)?;
                let submission = match seconds("timeout") {
                    Some(time) => client.submit_within(&generation, &options, time).await,
                    None => client.submit(&generation, &options).await,
                };
                self.name(step, submission.as_ref().map_or_else(Failure::intent_id, |task| Some(task.intent_id())));
                let task = submission?;
                Ok(json!({"handle": {"intentId": task.intent_id(), "taskId": task.task_id()}}))
            }
            "createGeneration" => {
                let (generation, options) = order(step);
                let reply = self.client(step)?.create_generation(&generation, &options).await;
                self.name(step, reply.data["intentId"].as_str());
                Ok(told(&reply))
            }
            "wait" => Ok(told(&self.task(step).await?.wait(Wait { timeout: seconds("timeout"), on_update: None }).await?)),
            "updates" => {
                let mut updates = self.task(step).await?.updates(seconds("timeout"));
                let mut told = Vec::new();
                while let Some(update) = updates.next().await {
                    told.push(json!({"intentId": null, "reply": update?.to_value()}));
                }
                Ok(json!({"value": told.len(), "replies": told}))
            }
            "check" => Ok(told(&self.task(step).await?.check(step["force"] == true).await?)),
            "cancel" => Ok(told(&self.task(step).await?.cancel().await?)),
            "adopt" => Ok(told(&self.task(step).await?.adopt(&text("taskId").unwrap_or_default()).await?)),
            "discard" => Ok(told(&self.task(step).await?.discard().await?)),
            "look" => Ok(told(&self.task(step).await?.reply().await?)),
            "resume" => {
                let resumed = self.client(step)?.resume(8, seconds("timeout"), |_| {}).await?;
                let reply = |reply: &Result<Reply, Failure>| reply.as_ref().map_or_else(|f| f.reply().to_value(), Reply::to_value);
                let replies = resumed.iter().map(|one| json!({"intentId": one.intent_id, "reply": reply(&one.reply)}));
                Ok(json!({"replies": replies.collect::<Vec<_>>()}))
            }
            "getStatus" => Ok(told(&self.client(step)?.get_status(&text("taskId").unwrap_or_default(), text("model").as_deref()).await)),
            "getTask" => Ok(told(&self.client(step)?.get_task(&text("taskId").unwrap_or_default(), text("model").as_deref()).await)),
            "cancelTask" => Ok(told(&self.client(step)?.cancel_task(&text("taskId").unwrap_or_default(), text("model").as_deref()).await)),
            "account" => Ok(json!({"value": self.client(step)?.account().await?.amount})),
            "remoteTasks" => Ok(json!({"value": self.client(step)?.remote_tasks().await?.len()})),
            "unresolved" => Ok(listed(&self.client(step)?.unresolved().await?)),
            "tasks" => Ok(listed(&self.client(step)?.tasks(&TaskFilter { owner: text("owner"), ..TaskFilter::default() }).await?)),
            "prune" => {
                let client = self.client(step)?;
                let age = seconds("olderThan").map_or(0, |age| u64::try_from(age.as_millis()).unwrap());
                Ok(json!({"value": client.prune(client.now().saturating_sub(age)).await?}))
            }
            "find" => {
                let task = self.client(step)?.find(&text("key").unwrap_or_default(), text("owner").as_deref()).await?;
                let names = |task: TaskHandle| json!({"intentId": task.intent_id(), "taskId": task.task_id()});
                Ok(json!({"handle": task.map(names)}))
            }
            "download" => Ok(json!({"value": self.task(step).await?.save_files(folder).await?.len()})),
            "kill" => {
                let name = step["client"].as_str().unwrap_or("main");
                self.kill(name);
                let mut how = self.how(name);
                for part in ["contract", "base"].into_iter().filter(|part| step.get(*part).is_some()) {
                    how[part] = step[part].clone();
                }
                self.clients.lock().unwrap().insert(name.to_owned(), Known { how, made: None });
                Ok(json!({}))
            }
            "client" => {
                let mut how = step.clone();
                how["client"] = Value::Null;
                self.clients.lock().unwrap().insert(text("as").unwrap_or_default(), Known { how, made: None });
                Ok(json!({}))
            }
            "until" => {
                let (provider, kind) = (Arc::clone(&self.provider), text("kind").unwrap_or_default());
                let count = usize::try_from(step["count"].as_u64().unwrap_or(1)).unwrap();
                let came = tokio::task::spawn_blocking(move || provider.until(&kind, count, HUNG)).await.unwrap();
                Ok(json!({"hung": !came}))
            }
            "asleep" => {
                let count = usize::try_from(step["count"].as_u64().unwrap_or(1)).unwrap();
                while self.clock.sleepers() < count {
                    tokio::time::sleep(Duration::from_millis(1)).await;
                }
                Ok(json!({}))
            }
            "asked" => {
                let count = step["count"].as_u64().unwrap_or(1);
                while self.key.asked() < count {
                    tokio::time::sleep(Duration::from_millis(1)).await;
                }
                Ok(json!({}))
            }
            // Whatever begins meanwhile may; nothing is proven by it that did not.
            "pause" => {
                tokio::time::sleep(PAUSE).await;
                Ok(json!({}))
            }
            "clock" => {
                self.turn(step);
                Ok(json!({}))
            }
            "store" => {
                if let Some(patch) = step.get("edit") {
                    let patch = serde_json::from_str(&self.provider.fill(&patch.to_string())).unwrap();
                    self.store.edit(&self.intent(step).await, &patch);
                }
                if let Some(faults) = step.get("faults") {
                    self.store.plan(faults);
                }
                Ok(json!({}))
            }
            "key" => {
                self.key.plan(step, text("words"));
                Ok(json!({}))
            }
            "release" => {
                self.provider.release();
                Ok(json!({}))
            }
            "provider" => {
                self.provider.extend(&step["extend"]);
                if let Some(on) = step["listen"].as_bool() {
                    self.provider.listen(on).unwrap();
                }
                Ok(json!({}))
            }
            // What a row needs and this language has not: the judge says that the step brought nothing.
            _ => Ok(json!({"skipped": true})),
        }
    }

    fn turn(&self, step: &Value) {
        let seconds = |name: &str| step[name].as_f64().map(Duration::from_secs_f64);
        let millis = |time: Duration| u64::try_from(time.as_millis()).unwrap();
        if step["still"] == true {
            self.clock.stand_still();
        }
        if let Some(time) = seconds("advance") {
            self.clock.advance(time);
        }
        if let Some(time) = seconds("back") {
            self.clock.set(self.clock.now() - millis(time));
        }
        // A machine that sleeps: its wall clock goes on, what it counts does not.
        if let Some(time) = seconds("sleep") {
            self.clock.set(self.clock.now() + millis(time));
        }
        if step["jump"] == true {
            self.clock.jump();
        }
    }

    fn how(&self, name: &str) -> Value {
        self.clients.lock().unwrap().get(name).map_or(Value::Null, |known| known.how.clone())
    }

    /// The client of a step, made when it is first needed.
    fn client(&self, step: &Value) -> Result<Client, Failure> {
        let name = step["client"].as_str().unwrap_or("main");
        if let Some((client, _)) = self.clients.lock().unwrap().get(name).and_then(|known| known.made.clone()) {
            return Ok(client);
        }
        let how = self.how(name);
        let (client, process) = self.made(&how)?;
        self.clients.lock().unwrap().insert(name.to_owned(), Known { how, made: Some((client.clone(), process)) });
        Ok(client)
    }

    fn made(&self, how: &Value) -> Result<(Client, Arc<Process>), Failure> {
        let row = &self.provider.row().value["client"];
        let contract = Contract::load(self.provider.row().contract(&how["contract"]).to_string().as_bytes())?;
        let process = Process::of(&self.store);
        let (keys, events) = (Arc::clone(&self.key), Arc::clone(&self.events));
        let key = match how["apiKey"].as_str() {
            Some(key) => KeySource::Value(Secret::new(self.provider.fill(key))),
            None => KeySource::Callback(Arc::new(move || {
                let keys = Arc::clone(&keys);
                Box::pin(async move { keys.ask().await })
            })),
        };
        let number = |name: &str| row[name].as_u64();
        let mut builder = Client::builder(contract)
            .base_url(how["base"].as_str().map_or_else(|| self.provider.base(), |base| self.provider.fill(base)))
            .account(how["account"].as_str().unwrap_or("default"))
            .key(key)
            .store(Arc::clone(&process) as Arc<dyn Store>)
            .clock(&self.clock)
            .request_timeout(row["requestTimeout"].as_f64().map_or(REQUEST_TIMEOUT, as_time))
            .http(HttpOptions { gate: number("gate").map_or(32, |gate| usize::try_from(gate).unwrap()), ..HttpOptions::default() })
            .on_event(Arc::new(move |_, event| events.lock().unwrap().push(format!("{} {}", event.kind, event.data))));
        if let Some(retries) = number("maxReadRetries") {
            builder = builder.max_read_retries(u32::try_from(retries).unwrap());
        }
        if let Some(seconds) = row["poll"].as_f64() {
            let millis = u64::try_from(Duration::from_secs_f64(seconds).as_millis()).unwrap();
            builder = builder.poll(Polls { initial_ms: Some(millis), factor_pct: Some(100), cap_ms: Some(millis), by_contract: false });
        }
        Ok((builder.build()?, process))
    }

    /// A process dies: whatever it is about to do, it does not.
    fn kill(&self, name: &str) {
        if let Some(known) = self.clients.lock().unwrap().get_mut(name)
            && let Some((_, process)) = known.made.take()
        {
            process.alive.store(false, Ordering::SeqCst);
        }
    }

    fn name(&self, step: &Value, intent_id: Option<&str>) {
        if let Some(intent_id) = intent_id {
            self.tasks.lock().unwrap().insert(step["as"].as_str().unwrap_or("it").to_owned(), intent_id.to_owned());
        }
    }

    /// The intent that a step is about: the one of that name, else the one that was made last.
    async fn intent(&self, step: &Value) -> String {
        let named = self.tasks.lock().unwrap().get(step["task"].as_str().unwrap_or("it")).cloned();
        let named = named.filter(|_| step["task"] != "newest");
        match named {
            Some(intent_id) => intent_id,
            None => newest(&*Process::of(&self.store)).await.unwrap_or_default(),
        }
    }

    async fn task(&self, step: &Value) -> Result<TaskHandle, Failure> {
        self.client(step)?.task(&self.intent(step).await).await
    }
}

fn order(step: &Value) -> (Generation, SubmitOptions) {
    let text = |name: &str| step[name].as_str().map(str::to_owned);
    let input = step.get("input").cloned().unwrap_or_else(|| json!({"prompt": "a lighthouse"}));
    let generation = Generation { model: text("model").unwrap_or_else(|| "picture".to_owned()), input };
    let options = SubmitOptions {
        key: text("key"),
        owner: text("owner"),
        options: step["options"].as_object().into_iter().flatten().map(|(name, value)| (name.clone(), value.clone())).collect(),
        ..SubmitOptions::default()
    };
    (generation, options)
}

/// A time that a row gives in seconds, however long.
fn as_time(seconds: f64) -> Duration {
    Duration::try_from_secs_f64(seconds).unwrap_or(Duration::MAX)
}

fn told(reply: &Reply) -> Value {
    json!({"reply": reply.to_value()})
}

fn listed(listing: &Listing) -> Value {
    let intents: Vec<&str> = listing.records.iter().map(|record: &TaskRecord| record.intent_id()).collect();
    json!({"value": {"count": intents.len(), "damaged": listing.damaged.len()}})
}
