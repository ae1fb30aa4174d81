//! A host that answers from a small store and a script, while every effect and every answer is written down.

use super::super::changes::Changes;
use crate::rig::START;
use crate::{contracts, wire};
use gentask_core::client::{Answer, Client, ClientSettings, Effect, TextCall};
use gentask_core::internal::to_canonical;
use gentask_core::store::{DeliveryOutcome, StoredDelivery};
use gentask_core::{Generation, TaskRecord};
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, VecDeque};

/// Another one than that of the records which are stored already.
const ENTROPY: &str = "2123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

/// What an effect is answered with instead of what the store and the script say.
#[derive(Clone, Debug)]
pub(in super::super) enum Fault {
    /// The store refuses, and nothing was done.
    Refuse(&'static str),
    /// The store does what it is asked, and its answer is lost.
    LoseAnswer,
    /// There is no key.
    Keyless,
    /// Another process has changed the record meanwhile: these members.
    Overtake(Value),
    /// Somebody has deleted the record.
    Delete,
    /// Another call of this client has changed the task.
    Wake,
    /// The time is over before there is an answer: so many milliseconds pass.
    Late(u64),
}

/// One call and what it meets.
pub(in super::super) struct Stage {
    head: Value,
    client: Client,
    now: u64,
    records: BTreeMap<String, String>,
    blobs: BTreeMap<(String, String), Vec<u8>>,
    metas: BTreeMap<String, String>,
    network: VecDeque<Value>,
    faults: Vec<(&'static str, usize, Fault)>,
    counts: BTreeMap<&'static str, usize>,
    named: Changes,
    deliveries: Vec<StoredDelivery>,
    acknowledged: Vec<String>,
}

impl Stage {
    pub(in super::super) fn new(name: &str, contract: &str) -> Self {
        Self::with(name, contract, &json!({"holder": "worker-1"}))
    }

    pub(in super::super) fn with(name: &str, contract: &str, settings: &Value) -> Self {
        let own = ClientSettings::from_value(settings).unwrap_or_else(|error| panic!("{name}: {error}"));
        let client = Client::new(&contracts::load(contract), own).unwrap_or_else(|error| panic!("{name}: {error}"));
        Self {
            head: json!({"name": name, "contract": contract, "settings": settings, "start": START}),
            client,
            now: START,
            records: BTreeMap::new(),
            blobs: BTreeMap::new(),
            metas: BTreeMap::new(),
            network: VecDeque::new(),
            faults: Vec::new(),
            counts: BTreeMap::new(),
            named: Changes::default(),
            deliveries: Vec::new(),
            acknowledged: Vec::new(),
        }
    }

    /// Something is in the store.
    pub(in super::super) fn stores(self, record: &TaskRecord) -> Self {
        self.stores_json(&record.to_value())
    }

    /// The same for what may be no record.
    pub(in super::super) fn stores_json(mut self, record: &Value) -> Self {
        let intent_id = record["intentId"].as_str().unwrap_or_default();
        self.records.insert(intent_id.to_owned(), to_canonical(record));
        self
    }

    /// A blob of a record is in the store.
    pub(in super::super) fn blob(mut self, intent_id: &str, name: &str, bytes: &[u8]) -> Self {
        self.blobs.insert((intent_id.to_owned(), name.to_owned()), bytes.to_vec());
        self
    }

    /// A value is in the store.
    pub(in super::super) fn meta(mut self, name: &str, value: &str) -> Self {
        self.metas.insert(name.to_owned(), value.to_owned());
        self
    }

    /// A callback is in the store.
    pub(in super::super) fn delivered(mut self, delivery: StoredDelivery) -> Self {
        self.deliveries.push(delivery);
        self
    }

    /// What the next request is answered with: a status and a body.
    pub(in super::super) fn answers(mut self, status: u16, body: &Value) -> Self {
        self.network.push_back(json!({"answer": "response", "status": status, "headers": {}, "body": body}));
        self
    }

    /// The answer that was put in last takes so long.
    pub(in super::super) fn after(mut self, ms: u64) -> Self {
        if let Some(answer) = self.network.back_mut() {
            answer["after"] = json!(ms);
        }
        self
    }

    /// The same with a Retry-After.
    pub(in super::super) fn pauses(mut self, status: u16, seconds: u64) -> Self {
        self.network.push_back(
            json!({"answer": "response", "status": status, "headers": {"retry-after": seconds.to_string()}, "body": {"message": "slow down"}}),
        );
        self
    }

    /// The next request is not answered.
    pub(in super::super) fn silence(mut self, delivery: &str) -> Self {
        self.network.push_back(json!({"answer": "undelivered", "delivery": delivery, "reason": "connection reset"}));
        self
    }

    /// The effect of this word with this number, counted from 1, is answered otherwise.
    pub(in super::super) fn fault(mut self, effect: &'static str, nth: usize, fault: Fault) -> Self {
        self.faults.push((effect, nth, fault));
        self
    }

    /// Submits the contract's example, and writes down what happens.
    pub(in super::super) fn submit(self, options: &Value) -> Value {
        let contract = self.head["contract"].as_str().unwrap_or_default().to_owned();
        self.submit_of(&contracts::generation(&contract), options)
    }

    pub(in super::super) fn submit_of(mut self, generation: &Generation, options: &Value) -> Value {
        let call = self.client.submit(generation, &wire::submit_options_from(options), wire::entropy_from(&json!(ENTROPY)), self.now);
        self.head["begin"] = json!("submit");
        self.head["generation"] = json!({"model": generation.model, "input": generation.input});
        self.head["options"] = options.clone();
        self.head["entropy"] = json!(ENTROPY);
        self.run(call.unwrap_or_else(|error| panic!("{error}")).into())
    }

    /// Begins a call by its name, and writes down what happens.
    pub(in super::super) fn begin(mut self, name: &str, arguments: &Value, known: Option<&TaskRecord>) -> Value {
        let text = known.map(TaskRecord::to_json);
        let call = self.client.begin(name, arguments, text.as_deref(), self.now);
        self.head["begin"] = json!(name);
        self.head["arguments"] = arguments.clone();
        if let Some(text) = text {
            self.head["known"] = json!(text);
        }
        self.run(call.unwrap_or_else(|error| panic!("{name}: {error}")))
    }

    /// Receives a callback, and writes down what happens.
    pub(in super::super) fn receive(mut self, head: &Value, body: &Value) -> Value {
        let bytes = body.as_str().map_or_else(|| to_canonical(body), str::to_owned).into_bytes();
        self.head["begin"] = json!("receive");
        self.head["arrival"] = head.clone();
        self.head["body"] = text_of(&bytes);
        let call = self.client.receive_text(head, bytes, self.now);
        self.run(call.unwrap_or_else(|error| panic!("{error}")))
    }

    fn run(mut self, mut call: TextCall) -> Value {
        let mut steps = Vec::new();
        let mut answer = None;
        loop {
            let (given, shown) = match answer.take() {
                Some((number, answer, shown)) => (Some((number, answer)), shown),
                None => (None, Value::Null),
            };
            let (text, effect) = call.next_text(given, self.now).unwrap_or_else(|error| panic!("{}: {error}", self.head["name"]));
            let expect = self.shown(&text, effect.as_ref());
            let number = u32::try_from(expect["number"].as_u64().unwrap_or(0)).unwrap_or(0);
            steps.push(json!({"now": self.now, "answer": shown, "expect": expect}));
            let Some(effect) = effect else { break };
            assert!(steps.len() < 300, "{} does not end", self.head["name"]);
            let (told, shown) = self.perform(&effect);
            answer = Some((number, told, shown));
        }
        self.head["steps"] = Value::Array(steps);
        self.head
    }

    /// An effect or an end, as a case shows it.
    fn shown(&mut self, text: &str, effect: Option<&Effect>) -> Value {
        if let Some(failure) = text.strip_prefix('!') {
            return json!({"failed": parsed(failure)});
        }
        if let Some(brought) = text.strip_prefix('=') {
            return match brought.split_once('\n') {
                Some((record, reply)) => json!({"done": {"record": self.changes(record), "reply": parsed(reply)}}),
                None => json!({"done": parsed(brought)}),
            };
        }
        let (head, record) = text.split_once('\n').map_or((text, None), |(head, record)| (head, Some(record)));
        let mut shown = parsed(head);
        if let Some(record) = record {
            shown["record"] = self.changes(record);
        }
        match effect {
            Some(effect @ (Effect::Send { .. } | Effect::Remember(_))) => shown["body"] = effect.bytes(0).map_or(Value::Null, text_of),
            Some(effect @ Effect::Save(step)) => {
                let bytes = (0..step.blobs.len()).map(|index| effect.bytes(index).map_or(Value::Null, text_of));
                shown["bytes"] = bytes.collect();
                if step.delivery.is_some() {
                    shown["body"] = effect.bytes(step.blobs.len()).map_or(Value::Null, text_of);
                }
            }
            _ => {}
        }
        shown
    }

    fn changes(&mut self, record: &str) -> Value {
        self.named.of(parsed(record))
    }

    fn perform(&mut self, effect: &Effect) -> (Answer, Value) {
        let word = effect.as_str();
        let count = self.counts.entry(word).or_insert(0);
        *count += 1;
        let count = *count;
        let fault = self.faults.iter().find(|(of, nth, _)| *of == word && *nth == count).map(|(.., fault)| fault.clone());
        let answer = match (fault, effect) {
            (Some(Fault::Refuse(kind)), _) => refused(kind),
            (Some(Fault::LoseAnswer), _) => {
                self.answer(effect);
                refused("io")
            }
            (Some(Fault::Keyless), _) => json!({"answer": "keyless", "code": "AUTH_FAILED", "message": "the API key is not set"}),
            (Some(Fault::Wake), _) => json!({"answer": "changed"}),
            (Some(Fault::Late(ms)), _) => {
                self.now += ms;
                refused("io")
            }
            (Some(Fault::Overtake(members)), _) => {
                for text in self.records.values_mut() {
                    let mut record = parsed(text);
                    record["version"] = json!(record["version"].as_u64().unwrap_or(0) + 1);
                    for (name, value) in members.as_object().into_iter().flatten() {
                        record[name] = value.clone();
                    }
                    *text = to_canonical(&record);
                }
                self.answer(effect)
            }
            (Some(Fault::Delete), _) => {
                self.records.clear();
                self.answer(effect)
            }
            (None, _) => self.answer(effect),
        };
        self.parts(answer)
    }

    /// Splits an answer into what core takes, and what the case shows of it.
    fn parts(&mut self, mut answer: Value) -> (Answer, Value) {
        let text = match answer["answer"].as_str() {
            Some("record") => answer["text"].take().as_str().map(str::to_owned),
            Some("records") => Some(answer["texts"].to_string()),
            Some("listing") => Some(answer["listing"].to_string()),
            Some("deliveries") => Some(answer["deliveries"].to_string()),
            _ => None,
        };
        let bytes = match answer["answer"].as_str() {
            Some("response") => Some(body_of(&answer["body"])),
            Some("bytes") => answer["bytes"].as_str().map(|text| text.as_bytes().to_vec()),
            _ => None,
        };
        let members = answer.as_object().cloned().unwrap_or_default();
        let head: Map<_, _> = members
            .iter()
            .filter(|(name, _)| !["text", "texts", "listing", "body", "bytes"].contains(&name.as_str()))
            .map(|(name, value)| (name.clone(), value.clone()))
            .collect();
        let head = Value::Object(head);
        let read =
            Answer::from_parts(&head, text.as_deref(), bytes.clone()).unwrap_or_else(|error| panic!("{}: {error}", self.head["name"]));
        let mut shown = head;
        match shown["answer"].as_str() {
            Some("record") => shown["record"] = text.map_or(Value::Null, |text| self.changes(&text)),
            Some("records") => {
                let texts = answer["texts"].as_array().cloned().unwrap_or_default();
                shown["records"] = texts.iter().filter_map(Value::as_str).map(|text| self.changes(text)).collect();
            }
            Some("listing") => {
                let tasks = answer["listing"].as_array().cloned().unwrap_or_default();
                let told = |task: &Value| {
                    let text = task["json"].as_str().unwrap_or_default();
                    match serde_json::from_str::<Value>(text) {
                        Ok(Value::Object(_)) => json!({"intentId": task["intentId"], "record": self.changes(text)}),
                        _ => json!({"intentId": task["intentId"], "json": text}),
                    }
                };
                shown["listing"] = tasks.iter().map(told).collect();
            }
            _ => {}
        }
        if let Some(bytes) = bytes {
            shown["bytes"] = text_of(&bytes);
        }
        (read, shown)
    }

    fn has_taken(&self, delivery: &StoredDelivery) -> bool {
        self.deliveries.iter().any(|known| known.dedupe == delivery.dedupe && known.outcome != DeliveryOutcome::Orphan)
    }

    fn answer(&mut self, effect: &Effect) -> Value {
        match effect {
            Effect::Ready => json!({"answer": "ready"}),
            Effect::Load { intent_id, .. } => json!({"answer": "record", "text": self.records.get(intent_id)}),
            Effect::Find(by) => {
                let found = self.records.values().filter(|text| matches(&parsed(text), by));
                json!({"answer": "records", "texts": found.collect::<Vec<_>>()})
            }
            Effect::List(filter) => {
                let takes = |text: &str| TaskRecord::from_json(text.as_bytes()).map_or(true, |record| filter.matches(&record));
                let tasks = self.records.iter().filter(|(_, text)| takes(text)).map(|(id, text)| json!({"intentId": id, "json": text}));
                json!({"answer": "listing", "next": null, "listing": tasks.collect::<Vec<_>>()})
            }
            Effect::Blob { intent_id, name } => {
                let bytes = self.blobs.get(&(intent_id.clone(), (*name).to_owned()));
                json!({"answer": "bytes", "bytes": bytes.map(|bytes| String::from_utf8_lossy(bytes))})
            }
            Effect::Meta { name } => json!({"answer": "value", "value": self.metas.get(name)}),
            Effect::SetMeta { name, value, rule } => {
                let stands = self.metas.entry(name.clone()).or_insert_with(|| value.clone());
                let number = |text: &str| text.parse::<u64>().unwrap_or(0);
                match rule.as_str() {
                    "replace" => stands.clone_from(value),
                    "raise" if number(value) > number(stands) => stands.clone_from(value),
                    _ => {}
                }
                json!({"answer": "value", "value": stands})
            }
            Effect::Save(step) => {
                let id = step.record.intent_id();
                let version = self.records.get(id).map_or(0, |text| parsed(text)["version"].as_u64().unwrap_or(0));
                let is_taken = step.delivery.as_ref().is_some_and(|delivery| self.has_taken(delivery));
                let is_conflict = version != step.expected_version() || is_taken;
                if !is_conflict {
                    if let Some(delivery) = &step.delivery {
                        self.deliveries.retain(|known| known.dedupe != delivery.dedupe);
                        self.deliveries.push((**delivery).clone());
                    }
                    self.records.insert(id.to_owned(), step.record.to_json());
                    for blob in &step.blobs {
                        let at = (id.to_owned(), blob.name.to_owned());
                        match &blob.bytes {
                            Some(bytes) => drop(self.blobs.insert(at, bytes.clone())),
                            None => drop(self.blobs.remove(&at)),
                        }
                    }
                }
                json!({"answer": "saved", "isConflict": is_conflict})
            }
            Effect::Remember(delivery) => {
                let is_news = !self.deliveries.iter().any(|known| known.dedupe == delivery.dedupe);
                if is_news {
                    self.deliveries.push((**delivery).clone());
                }
                json!({"answer": "noted", "isNews": is_news})
            }
            Effect::Deliveries(filter) => {
                let found = self.deliveries.iter().rev().filter(|delivery| filter.matches(delivery));
                json!({"answer": "deliveries", "deliveries": found.map(StoredDelivery::to_value).collect::<Vec<_>>()})
            }
            Effect::Notices(_) => {
                let is_open = |text: &&String| {
                    TaskRecord::from_json(text.as_bytes())
                        .is_ok_and(|record| record.phase().is_terminal() && !self.acknowledged.iter().any(|id| id == record.intent_id()))
                };
                json!({"answer": "records", "texts": self.records.values().filter(is_open).collect::<Vec<_>>()})
            }
            Effect::Acknowledge { intent_id, .. } => {
                let is_news = !self.acknowledged.contains(intent_id);
                self.acknowledged.push(intent_id.clone());
                json!({"answer": "noted", "isNews": is_news})
            }
            Effect::Verify(candidates) => {
                json!({"answer": "verified", "index": candidates.iter().position(gentask_core::webhook::verify)})
            }
            Effect::Delete { intent_ids } => {
                let gone = intent_ids.iter().filter(|id| self.records.remove(*id).is_some()).count();
                json!({"answer": "deleted", "count": gone})
            }
            Effect::Send { .. } => {
                let silent = json!({"answer": "undelivered", "delivery": "maybeSent", "reason": "nobody answers"});
                let mut answer = self.network.pop_front().unwrap_or(silent);
                let after = answer.as_object_mut().and_then(|members| members.remove("after"));
                self.now += after.and_then(|ms| ms.as_u64()).unwrap_or(200);
                answer
            }
            Effect::Sleep { until, .. } => {
                self.now = self.now.max(*until);
                json!({"answer": "due"})
            }
            Effect::Probe { .. } => json!({"answer": "gone", "isGone": false}),
            Effect::Tell(_) => json!({"answer": "told"}),
        }
    }
}

fn matches(record: &Value, by: &gentask_core::store::Find) -> bool {
    use gentask_core::store::Find;
    match by {
        Find::TaskId { provider, task_id } => record["provider"] == **provider && record["taskId"] == **task_id,
        Find::CallerKey { provider, account, owner, key } => {
            record["provider"] == **provider
                && record["account"] == **account
                && record["callerKey"] == **key
                && record["owner"].as_str() == owner.as_deref()
        }
    }
}

fn refused(kind: &str) -> Value {
    json!({"answer": "refused", "kind": kind, "message": "the task store failed"})
}

fn body_of(body: &Value) -> Vec<u8> {
    match body {
        Value::Null => Vec::new(),
        Value::String(text) => text.as_bytes().to_vec(),
        body => to_canonical(body).into_bytes(),
    }
}

fn text_of(bytes: &[u8]) -> Value {
    json!({"text": String::from_utf8_lossy(bytes)})
}

fn parsed(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_default()
}
