//! Processes with their clients and clocks, and the calls that are under way in them.

use super::deeds::Deed;
use gentask_core::client::{Accepted, Answer, Call, Client, Effect, Notice, Parked, Receipt, Turn, Unfinished, Work};
use gentask_core::store::StoreErrorKind;
use gentask_core::{HttpRequest, Reply};
use std::collections::{BTreeMap, BTreeSet};

use super::network::Journey;

/// One process: its life at present, or when the next one begins.
pub(super) struct Process {
    pub(super) client: Option<Client>,
    /// When it starts again, while it is down.
    pub(super) starts: u64,
    /// The names of the holders of its lives: the newest one is the living one's.
    pub(super) holder: String,
    /// How far its clock is from the world's.
    pub(super) offset: i64,
    /// What its clock said last: within a life it never goes back.
    said: u64,
    /// Places for requests in flight, and how many are taken.
    pub(super) places: usize,
    pub(super) taken: usize,
    /// Until when the account is asked to pause, as far as this life was told, and when it was told so.
    pub(super) paused: (u64, u64),
    /// When the store last refused it a value: what it then does not know of pauses is excused for a while.
    pub(super) in_the_dark: u64,
    /// When a request of each lane was last sent: submits, polls, all others.
    pub(super) sent: [u64; 3],
    /// Waits that were parked, by the calls that they were.
    pub(super) parked: BTreeMap<u32, Parked>,
    /// The ends that the application was told and has not answered for, and those that it has dealt with.
    pub(super) telling: BTreeSet<String>,
    pub(super) dealt: BTreeSet<String>,
}

impl Process {
    pub(super) fn down(starts: u64) -> Self {
        Self {
            client: None,
            starts,
            holder: String::new(),
            offset: 0,
            said: 0,
            places: 1,
            taken: 0,
            paused: (0, 0),
            in_the_dark: 0,
            sent: [0; 3],
            parked: BTreeMap::new(),
            telling: BTreeSet::new(),
            dealt: BTreeSet::new(),
        }
    }

    /// What its clock says.
    pub(super) fn clock(&mut self, now: u64) -> u64 {
        self.said = self.said.max(now.saturating_add_signed(self.offset));
        self.said
    }

    /// When its clock will say so.
    pub(super) fn when(&self, says: u64) -> u64 {
        if says == u64::MAX { says } else { says.saturating_add_signed(-self.offset) }
    }

    /// A new life.
    pub(super) fn begin(&mut self, client: Client, holder: String, offset: i64, places: usize) {
        *self = Self { client: Some(client), holder, offset, places, ..Self::down(u64::MAX) };
    }
}

/// What a call brings, whatever it was.
#[derive(Debug)]
pub(super) enum Brought {
    Accepted(Box<Accepted>),
    Reply(Box<Reply>),
    Page(Unfinished),
    Receipt(Box<Receipt>),
    Notices(Vec<Notice>),
    Work(Work),
    Turn(Box<Turn>),
    Flag(bool),
    Nothing,
}

/// A call under way.
pub(super) struct Running {
    pub(super) id: u32,
    pub(super) process: usize,
    pub(super) deed: Deed,
    pub(super) call: Call<Brought>,
    pub(super) began: u64,
    pub(super) asked: Option<Asked>,
    /// Nobody waits for it any more.
    pub(super) is_left: bool,
    /// Whether it holds a place, by itself or for the request under way.
    pub(super) has_place: bool,
    pub(super) holds: bool,
    /// What is known of it, for the judge.
    pub(super) seen: Seen,
}

/// What the judge keeps of one call.
#[derive(Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is noted by itself")]
pub(super) struct Seen {
    /// Whether its job was paid for before it began.
    pub(super) paid_before: bool,
    /// Attempts that it saved, and those of them that it sent.
    pub(super) counted: BTreeSet<(String, u64)>,
    pub(super) left: BTreeSet<(String, u64)>,
    /// A task id that it was told, and not saved yet.
    pub(super) heard: Option<(String, String)>,
    /// The last one that it was told.
    pub(super) learned: Option<(String, String)>,
    /// Intents of which a withdrawal met a conflict.
    pub(super) withdrawn: BTreeSet<String>,
    /// Whether some other record had the id already that it adopts.
    pub(super) id_was_taken: bool,
    /// When it last learned something else than that a save or a value was done: what it does next follows from that.
    pub(super) decided: u64,
    /// Which attempt of a submit it counted last, and when.
    pub(super) begun: Option<((String, u64), u64)>,
    /// When it last read how its task is.
    pub(super) read: u64,
    /// When it first asked the provider how its task is, and how often it has.
    pub(super) asked: Option<u64>,
    pub(super) asks: u32,
    /// Whether the store refused it something.
    pub(super) refused: bool,
    /// The tasks whose notices were open when it looked.
    pub(super) open: Vec<String>,
    /// It was begun to see whether all slots were given back.
    pub(super) probes: bool,
}

/// An effect that was asked for.
pub(super) struct Asked {
    pub(super) number: u32,
    pub(super) effect: Effect,
    pub(super) stage: Stage,
}

/// How far it is.
pub(super) enum Stage {
    /// It waits for a place.
    Queued { until: u64 },
    /// It will be done.
    Performs { at: u64, then_ms: u64, refusal: Option<(StoreErrorKind, bool)>, crash: bool },
    /// A request is on its way.
    Travels { at: u64, journey: Journey, over: u64, crash: bool },
    /// It is done, and its answer is on its way.
    Answers { at: u64, answer: Box<Answer>, crash: bool },
    /// It sleeps.
    Sleeps { until: u64 },
}

/// What goes on although nobody waits for it any more.
pub(super) enum Ghost {
    /// A request that left before its process ended, or was given up.
    Request { at: u64, request: Box<HttpRequest> },
    /// An effect of the store that was asked for by a call that was dropped.
    Effect { at: u64, process: usize, effect: Box<Effect> },
}

impl Ghost {
    pub(super) const fn at(&self) -> u64 {
        match self {
            Self::Request { at, .. } | Self::Effect { at, .. } => *at,
        }
    }
}
