//! How a machine begins: prepared, resumed from its record, or asked once about a task that is not stored.

use super::{OneShot, Settings, TaskMachine, cancelling};
use crate::contract::{Contract, Generation, State, SubmitOptions};
use crate::encode::{self, Frozen};
use crate::error::{Error, ErrorCode, Violation};
use crate::io::UnixMillis;
use crate::phase::Phase;
use crate::record::{Origins, RequestInfo, TaskRecord};
use crate::state::beginning::{self, Order};
use crate::state::{clocks, versions};
use crate::webhook::{self, Secret};
use serde_json::Value;
use std::sync::Arc;

/// What a client says about the callbacks of its tasks, and about media that are uploaded before they are ordered.
#[derive(Clone, Copy, Default)]
pub struct Calling<'a> {
    /// The only hosts to which callbacks may go; empty: any public one.
    pub hosts: &'a [String],
    /// What makes the token in each URL, and each task's own secret; `None`: the URL stays as it is.
    pub secret: Option<&'a Secret>,
    /// What became of the order's media.
    pub media: Media<'a>,
}

/// What became of media in an order that are uploaded before it is sent.
#[derive(Clone, Copy, Default)]
pub enum Media<'a> {
    /// Nothing: an order with such a medium is refused.
    #[default]
    AsTheyAre,
    /// They are uploaded before anything is stored or sent, and the machine is then prepared anew.
    ToBeUploaded,
    /// They are uploaded: the input with what stands for them.
    Uploaded(&'a Value),
}

/// Refuses a callback where the store keeps none.
pub fn check_callback(options: &SubmitOptions, are_kept: bool) -> Result<(), Error> {
    if options.callback_url.is_some() && !are_kept {
        let message = "this client's task store keeps no callbacks, so none can be asked for: leave the callback URL out, or use a \
                       store that does";
        return Err(Error::new(ErrorCode::Unsupported, message));
    }
    Ok(())
}

impl TaskMachine {
    /// Validates a generation and freezes its request. Nothing is sent or stored yet.
    ///
    /// `entropy` makes the intent's id and the jitter's seed; it must be random and is used up.
    pub fn prepare(
        contract: &Contract,
        generation: &Generation,
        options: &SubmitOptions,
        settings: &Arc<Settings>,
        entropy: [u8; 32],
        now: UnixMillis,
    ) -> Result<Self, Error> {
        Self::prepare_called(contract, generation, options, settings, entropy, now, Calling::default())
    }

    /// The same with a callback that names its task.
    pub fn prepare_called(
        contract: &Contract,
        generation: &Generation,
        options: &SubmitOptions,
        settings: &Arc<Settings>,
        entropy: [u8; 32],
        now: UnixMillis,
        calling: Calling<'_>,
    ) -> Result<Self, Error> {
        let mut payload = contract.validate_at(&base(contract, settings)?, calling.hosts, generation, options)?;
        let (intent_id, seed) = split(entropy);
        let faults = contract.unfit_media(payload.input, &payload.options, matches!(calling.media, Media::AsTheyAre));
        if !faults.is_empty() {
            return Err(Error::invalid(ErrorCode::InvalidPayload, &format!("the payload of {}", payload.model), faults));
        }
        let plain = payload.callback_url.take();
        let mut record = TaskRecord::new(origins(contract, settings, intent_id, seed, &payload.model, &payload.kind, now)?);
        // As it was ordered, without the callback: by this body a caller's key knows its job again.
        let is_other = plain.is_some() || matches!(calling.media, Media::Uploaded(_));
        let job = is_other.then(|| encode::job(contract, &payload, &record.base, &record.intent_id)).transpose()?;
        payload.callback_url = plain;
        if let Media::Uploaded(input) = calling.media {
            payload.input = input;
        }
        if let (Some(url), Some(secret)) = (&mut payload.callback_url, calling.secret) {
            *url = webhook::with_token(url, &webhook::mint(secret, &record.intent_id)?);
            payload.callback_secret = Some(webhook::task_secret(secret, &record.intent_id)?);
        }
        let is_incomplete = matches!(calling.media, Media::ToBeUploaded) && contract.awaits_upload(payload.input);
        let encode = if is_incomplete { encode::job } else { encode::submit };
        let frozen = encode(contract, &payload, &record.base, &record.intent_id)?;
        let order = Order {
            caller_key: options.key.as_ref(),
            owner: options.owner.as_ref(),
            account: &settings.account,
            callback: options.callback_url.is_some(),
            vars: payload.vars,
            options: payload.options,
            request: RequestInfo { key_sha256: job.map(|job| job.sha256()), ..frozen.info() },
        };
        beginning::prepare(&mut record, order);
        check_storable(&record)?;
        Ok(Self::around(contract, settings, Arc::new(record), Some(frozen)))
    }

    /// Goes on with a stored task. `request` is its `request` blob, needed while no task id is known.
    pub fn resume(
        contract: &Contract,
        record: impl Into<Arc<TaskRecord>>,
        request: Option<&[u8]>,
        settings: &Arc<Settings>,
    ) -> Result<Self, Error> {
        let record = record.into();
        if record.provider != contract.id() {
            let message = format!("the task belongs to the provider \"{}\", not to \"{}\"", record.provider, contract.id());
            return Err(Error::new(ErrorCode::InvalidContract, message));
        }
        let base = base(contract, settings)?;
        check_base(&record, &base)?;
        if record.account != settings.account {
            let message = format!("the task belongs to the account \"{}\", not to \"{}\"", record.account, settings.account);
            return Err(Error::new(ErrorCode::InvalidContract, message));
        }
        let frozen = request.map(Frozen::from_blob).transpose()?;
        if record.phase == Phase::Prepared && frozen.is_none() {
            return Err(Error::new(ErrorCode::StoreError, "the stored request is gone, so the task cannot be sent"));
        }
        if frozen
            .as_ref()
            .is_some_and(|frozen| frozen.info().sha256 != record.request.sha256 || !contract.trusts(&frozen.url, &record.base))
        {
            let message = "the stored request does not match its record; it is not sent";
            return Err(Error::new(ErrorCode::StoreError, message));
        }
        let last_saved = record.at.updated;
        let mut machine = Self::around(contract, settings, record, frozen);
        machine.last_saved = last_saved;
        machine.recall();
        Ok(machine)
    }

    /// Asks about a task that is not stored here. Its saves are to be ignored.
    pub fn one_shot(
        contract: &Contract,
        model: &str,
        task_id: &str,
        ask: OneShot,
        settings: &Arc<Settings>,
        now: UnixMillis,
    ) -> Result<Self, Error> {
        check_task_id(task_id)?;
        let kind = contract.models().find(|(id, _)| *id == model).map_or("unknown", |(_, listed)| listed.kind.as_str());
        let mut record = TaskRecord::new(origins(contract, settings, String::new(), 0, model, kind, now)?);
        let details = ask == OneShot::Details && contract.parts().result.is_some();
        beginning::ask_about(&mut record, &settings.account, contract.derived_vars(model), task_id, details);
        let mut machine = Self::around(contract, settings, Arc::new(record), None);
        machine.one_shot = Some(ask);
        Ok(machine)
    }

    /// What is stored of a prepared task to claim its caller's key, before anything is stepped.
    pub fn first_record(&self) -> TaskRecord {
        versions::first(self.record())
    }

    /// The same machine, once [`TaskMachine::first_record`] is stored.
    #[must_use]
    pub fn claimed(self) -> Self {
        let record = self.first_record();
        self.with_record(record)
    }

    fn around(contract: &Contract, settings: &Arc<Settings>, record: Arc<TaskRecord>, frozen: Option<Frozen>) -> Self {
        Self {
            contract: contract.clone(),
            settings: Arc::clone(settings),
            frozen: frozen.map(Arc::new),
            outstanding: None,
            slot: None,
            leaving: None,
            floor: 0,
            deadline: None,
            fetching: None,
            adopting: None,
            cancelling: cancelling::Progress::default(),
            one_shot: None,
            last_saved: 0,
            last_fault: None,
            told_unknown: false,
            raw: None,
            last_open: None,
            poked: false,
            resumed: false,
            moved: false,
            forecast: None,
            ended: None,
            is_counted: false,
            drive: 0,
            record,
        }
    }

    /// Takes over the wait of a machine that another process overtook: its deadline, and that somebody asked it to cancel.
    /// What that machine was about to send did not go out.
    pub fn inherit_wait(&mut self, before: &Self) {
        self.deadline = before.deadline;
        self.drive = before.drive;
        self.cancelling.asked = before.cancelling.asked;
        self.told_unknown = before.told_unknown;
    }

    /// Sets what is not stored but follows from the record.
    fn recall(&mut self) {
        self.resumed = true;
        let record = &self.record;
        self.floor = record.at.checked.map_or(0, |checked| checked.saturating_add(self.contract.poll(&record.model).min_interval_ms));
        if record.phase == Phase::Fetching {
            self.fetching = Some(if record.error.is_some() { State::Failed } else { State::Success });
        }
        self.cancelling = cancelling::Progress::recalled(record);
    }

    /// Where the clock went back since the record was written, everything keeps its distance from now. Whether anything was moved.
    pub(super) fn compare_clocks(&mut self, now: UnixMillis) -> bool {
        self.last_saved = self.last_saved.min(now);
        let margin = self.contract.parts().idempotency.replay_ms.unwrap_or(0) / 20;
        clocks::keep_distances(Arc::make_mut(&mut self.record), margin, now)
    }
}

/// A task is asked about where it was submitted, and nowhere else.
pub(crate) fn check_base(record: &TaskRecord, base: &str) -> Result<(), Error> {
    if record.base == base {
        return Ok(());
    }
    let message = format!("the task was submitted to {}, and must be read from that base URL, but this client uses {base}", record.base);
    Err(Error::new(ErrorCode::InvalidContract, message))
}

fn base(contract: &Contract, settings: &Settings) -> Result<String, Error> {
    settings.base.as_deref().map_or_else(|| Ok(contract.base().to_owned()), Contract::check_base)
}

fn origins(
    contract: &Contract,
    settings: &Settings,
    intent_id: String,
    seed: u64,
    model: &str,
    kind: &str,
    now: UnixMillis,
) -> Result<Origins, Error> {
    Ok(Origins {
        intent_id,
        seed,
        provider: contract.id().to_owned(),
        contract_revision: contract.revision(),
        base: base(contract, settings)?,
        model: model.to_owned(),
        kind: kind.to_owned(),
        created: now,
    })
}

/// A version 4 UUID from the first half of the entropy, the jitter's seed from the next 8 bytes.
fn split(entropy: [u8; 32]) -> (String, u64) {
    use std::fmt::Write as _;
    let mut uuid = String::with_capacity(36);
    let mut seed = 0_u64;
    for (index, byte) in entropy.into_iter().enumerate() {
        let byte = match index {
            6 => (byte & 0x0F) | 0x40,
            8 => (byte & 0x3F) | 0x80,
            _ => byte,
        };
        match index {
            0..16 => {
                if matches!(index, 4 | 6 | 8 | 10) {
                    uuid.push('-');
                }
                let _ = write!(uuid, "{byte:02x}");
            }
            16..24 => seed = seed << 8 | u64::from(byte),
            _ => {}
        }
    }
    (uuid, seed)
}

/// What is accepted before a payment must be readable after it.
fn check_storable(record: &TaskRecord) -> Result<(), Error> {
    // The rest of a record is texts and numbers.
    if record.options.is_empty() {
        return Ok(());
    }
    let text = versions::first(record).to_json();
    if TaskRecord::from_json(text.as_bytes()).is_ok_and(|read| read.to_json() == text) {
        return Ok(());
    }
    let fault =
        Violation::new("/options", "depth", "options that can be stored and read back", "deeper nesting, or other values than JSON has");
    Err(Error::invalid(ErrorCode::InvalidPayload, "the options", vec![fault]))
}

/// An empty id names no task, and a provider that answers even so would settle an intent with nothing.
pub(super) fn check_task_id(task_id: &str) -> Result<(), Error> {
    if task_id.trim().is_empty() {
        let fault = Violation::missing("/taskId", "the provider's id of a task");
        return Err(Error::invalid(ErrorCode::InvalidPayload, "the task id", vec![fault]));
    }
    Ok(())
}
