//! The contracts of the worlds: the example, with or without an honoured key, a list with references, limits and callbacks; and its next
//! revision.

use super::Chance;
use super::arrivals::Calls;
use super::provider::KEY_MS;
use crate::contracts;
use gentask_core::Contract;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

/// How tight a provider's limits are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Limits {
    None,
    /// The example's own.
    Wide,
    /// A few requests a minute, one at a time: a slot that nobody gives back is missed at once.
    Tight,
}

/// How far apart the slots of a lane are under [`Limits::Tight`], in milliseconds: by the documented share of each lane.
pub(super) const SUBMIT_APART_MS: u64 = 63_000;
pub(super) const POLL_APART_MS: u64 = 31_500;
pub(super) const OTHER_APART_MS: u64 = 63_000;

/// What becomes of media in its orders.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Media {
    /// There are none.
    Absent,
    /// It wants them uploaded before.
    Uploaded,
}

/// How long an uploaded medium can be used: shorter than most lives.
const UPLOADS_MS: u64 = 600_000;

/// What kind of provider a world has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Kind {
    /// Whether it honours an idempotency key, and the contract says so.
    pub(super) keyed: bool,
    /// Whether its list names our references.
    pub(super) listed: bool,
    /// Whether a cancel may be sent again.
    pub(super) repeatable: bool,
    pub(super) limits: Limits,
    pub(super) media: Media,
    pub(super) calls: Calls,
}

impl Kind {
    pub(super) fn draw(calls: Calls, chance: &mut Chance) -> Self {
        let keyed = chance.happens(35);
        let (listed, repeatable) = (chance.happens(30), chance.happens(30));
        let limits = chance.pick(&[Limits::None, Limits::None, Limits::None, Limits::Wide, Limits::Tight]);
        // An upload is a read to the pacer: under tight limits it would have a whole minute's slot.
        let is_uploaded = limits == Limits::None && chance.happens(30);
        Self { keyed, listed, repeatable, limits, media: if is_uploaded { Media::Uploaded } else { Media::Absent }, calls }
    }

    /// The header in which a revision of the contract sends its key. The provider honours the newest one's alone.
    pub(super) const fn key_header(revision: u64) -> &'static str {
        if revision < 2 { "idempotency-key" } else { "x-once" }
    }

    /// The contract of this kind, in a revision.
    ///
    /// # Panics
    /// Where the example is no contract.
    pub(super) fn contract(self, revision: u64) -> Contract {
        static LOADED: Mutex<BTreeMap<(Kind, u64), Contract>> = Mutex::new(BTreeMap::new());
        let mut loaded = LOADED.lock().unwrap_or_else(PoisonError::into_inner);
        loaded.entry((self, revision)).or_insert_with(|| self.load(revision)).clone()
    }

    fn load(self, revision: u64) -> Contract {
        let mut source: Value = contracts::load(contracts::EXAMPLE).source().clone();
        source["revision"] = json!(revision);
        source["cancel"]["repeatable"] = json!(self.repeatable);
        source["idempotency"] = if self.keyed {
            json!({"mode": "replay", "header": Self::key_header(revision), "lifetimeMs": KEY_MS})
        } else {
            json!({"mode": "none"})
        };
        if !self.listed {
            source["list"] = json!({"method": "GET", "path": "/tasks", "reply": {"items": ["/tasks"], "taskId": ["/id"]}});
        }
        source["callback"] = self.calls.contract();
        if self.media == Media::Uploaded {
            source["media"] = json!({"accept": ["https", "upload"], "types": ["image/gif"]});
            source["upload"] = json!({
                "steps": [{"method": "POST", "path": "/uploads", "encoding": "bytes", "reply": {"keep": {"uri": "/uri"}}}],
                "value": "$uri",
                "prefix": "upload://",
                "validMs": UPLOADS_MS,
            });
            // Half of them keep polls open, too; a network that is as quick as ever is one that lets none be.
            if self.repeatable {
                source["status"]["keepOpen"] = json!({"headers": {"prefer": "wait=20"}, "ms": 20_000});
            }
        }
        source["limits"] = match self.limits {
            Limits::None => Value::Null,
            Limits::Wide => source["limits"].take(),
            Limits::Tight => json!({"readPerMin": 4, "submitPerMin": 2, "readScope": "account"}),
        };
        Contract::load(source.to_string().as_bytes()).expect("the example is a contract")
    }
}
