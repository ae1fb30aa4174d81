//! What goes wrong in a world, and when: by rates, or by a few mishaps at certain effects, each from the seed.

use super::Chance;
use gentask_core::client::Effect;
use gentask_core::store::StoreErrorKind;
use std::collections::BTreeMap;

const KINDS: [StoreErrorKind; 8] = [
    StoreErrorKind::Locked,
    StoreErrorKind::ReadOnly,
    StoreErrorKind::Corrupt,
    StoreErrorKind::Newer,
    StoreErrorKind::Full,
    StoreErrorKind::Foreign,
    StoreErrorKind::Io,
    StoreErrorKind::Misuse,
];

/// A number from 1 to so many.
fn small(chance: &mut Chance, most: u64) -> u32 {
    u32::try_from(1 + chance.below(most)).unwrap_or(1)
}

/// One thing that goes wrong at an effect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mishap {
    /// The process ends before it is done; or when it is done, and the answer is lost. With the power of all, or alone.
    CrashBefore,
    CrashAfter,
    /// The store refuses; `true`: it has done it all the same, and only the answer is lost.
    Refuses(StoreErrorKind, bool),
    /// It takes so long.
    Stalls(u64),
    /// The same, and another process acts on the same task meanwhile.
    Second(u64),
    /// There is no key.
    Keyless,
    /// Whoever waits goes away.
    Leaves,
    /// The process's clock jumps forwards.
    Jumps(u64),
}

/// What troubles a world.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Theme {
    /// Nothing but people beside one another.
    Calm,
    Store,
    Network,
    Crashes,
    /// Everything a little.
    Mixed,
    /// A few mishaps at certain effects: a store's, a network's, a second process, a clock.
    Planned,
    /// Submits whose answers are lost, and people who settle them at the same moment.
    Settling,
    /// Providers that ask for pauses.
    Pauses,
    /// One key, delivered again and again.
    Keys,
}

/// The trouble of one world.
#[derive(Debug)]
pub(super) struct Trouble {
    pub(super) theme: Theme,
    /// When it is over.
    pub(super) until: u64,
    /// Whether all clocks say the same.
    pub(super) honest: bool,
    /// Mishaps in a thousand effects of the kind.
    crash: u64,
    store: u64,
    slow: u64,
    second: u64,
    keyless: u64,
    leaves: u64,
    jumps: u64,
    /// Requests in a hundred.
    network: u64,
    /// By the number of the call and of its effect.
    planned: BTreeMap<(u32, u32), Mishap>,
    /// The submits that go wrong, by their number in the world.
    bad_submits: u64,
}

impl Trouble {
    pub(super) fn draw(start: u64, chance: &mut Chance) -> Self {
        let themes = [
            Theme::Calm,
            Theme::Store,
            Theme::Network,
            Theme::Crashes,
            Theme::Mixed,
            Theme::Planned,
            Theme::Planned,
            Theme::Planned,
            Theme::Settling,
            Theme::Pauses,
            Theme::Keys,
            Theme::Keys,
        ];
        let theme = chance.pick(&themes);
        let a_little = |chance: &mut Chance, most: u64| if chance.happens(60) { 0 } else { chance.below(most) };
        let mut trouble = Self {
            theme,
            until: start + 60_000 + chance.below(140_000),
            honest: chance.happens(70),
            crash: 0,
            store: 0,
            slow: a_little(chance, 30),
            second: a_little(chance, 10),
            keyless: a_little(chance, 20),
            leaves: a_little(chance, 20),
            jumps: 0,
            network: a_little(chance, 10),
            planned: BTreeMap::new(),
            bad_submits: 0,
        };
        match theme {
            Theme::Calm => trouble.network = 0,
            Theme::Store => trouble.store = chance.pick(&[20, 80, 300]),
            Theme::Network => trouble.network = chance.pick(&[20, 50, 80]),
            Theme::Crashes => trouble.crash = chance.pick(&[5, 15, 40]),
            Theme::Mixed => {
                (trouble.store, trouble.network, trouble.crash) = (chance.below(60), chance.below(40), chance.below(12));
            }
            Theme::Planned => trouble.plan(chance),
            Theme::Settling => trouble.bad_submits = 0b1111,
            Theme::Pauses => trouble.network = 30,
            Theme::Keys => {
                (trouble.second, trouble.keyless, trouble.slow) = (chance.below(80), chance.below(80), chance.below(80));
                trouble.bad_submits = chance.below(16);
            }
        }
        if !trouble.honest {
            trouble.jumps = chance.below(6);
        }
        trouble
    }

    /// Pairs: a fault of the store, a fault of the network, a second process and a clock, each at an effect of its own, or none of it.
    fn plan(&mut self, chance: &mut Chance) {
        (self.slow, self.second, self.keyless, self.leaves, self.network) = (0, 0, 0, 0, 0);
        let mut at = |chance: &mut Chance, mishap: Mishap| {
            self.planned.insert((small(chance, 3), small(chance, 24)), mishap);
        };
        for _ in 0..chance.below(4) {
            // One that lasts is as many refusals as somebody has patience for.
            let (kind, done) = (chance.pick(&KINDS), chance.happens(50));
            at(chance, Mishap::Refuses(kind, done));
        }
        if chance.happens(30) {
            let (call, first) = (small(chance, 3), small(chance, 20));
            let kind = chance.pick(&[StoreErrorKind::Locked, StoreErrorKind::Full, StoreErrorKind::Io]);
            for effect in first..first + 8 {
                self.planned.insert((call, effect), Mishap::Refuses(kind, chance.happens(50)));
            }
        }
        let mut at = |chance: &mut Chance, mishap: Mishap| {
            self.planned.insert((small(chance, 3), small(chance, 24)), mishap);
        };
        if chance.happens(60) {
            let ms = chance.pick(&[50, 3_000, 40_000]);
            at(chance, Mishap::Second(ms));
        }
        if chance.happens(30) {
            let crash = chance.pick(&[Mishap::CrashBefore, Mishap::CrashAfter]);
            at(chance, crash);
        }
        if chance.happens(20) {
            at(chance, Mishap::Keyless);
        }
        if chance.happens(20) {
            at(chance, Mishap::Leaves);
        }
        if !self.honest {
            let ms = chance.pick(&[20_000, 60_000, 3_600_000]);
            at(chance, Mishap::Jumps(ms));
        }
        self.bad_submits = chance.below(16);
    }

    /// What goes wrong at an effect.
    pub(super) fn at(&self, call: u32, number: u32, effect: &Effect, now: u64, chance: &mut Chance) -> Option<Mishap> {
        if now >= self.until {
            return None;
        }
        let is_store =
            !matches!(effect, Effect::Ready | Effect::Send { .. } | Effect::Sleep { .. } | Effect::Probe { .. } | Effect::Tell(_));
        if let Some(planned) = self.planned.get(&(call, number)) {
            let fits = match planned {
                Mishap::Refuses(..) => is_store,
                Mishap::Keyless => matches!(effect, Effect::Ready | Effect::Send { .. }),
                _ => true,
            };
            return Some(*planned).filter(|_| fits);
        }
        if chance.rarely(self.crash) {
            return Some(chance.pick(&[Mishap::CrashBefore, Mishap::CrashAfter]));
        }
        if is_store && chance.rarely(self.store) {
            let mostly = [StoreErrorKind::Locked, StoreErrorKind::Io, StoreErrorKind::Full];
            let kind = if chance.happens(60) { chance.pick(&mostly) } else { chance.pick(&KINDS) };
            return Some(Mishap::Refuses(kind, chance.happens(50)));
        }
        if matches!(effect, Effect::Ready | Effect::Send { .. }) && chance.rarely(self.keyless) {
            return Some(Mishap::Keyless);
        }
        if chance.rarely(self.second) {
            return Some(Mishap::Second(chance.pick(&[20, 1_000, 10_000, 40_000])));
        }
        if chance.rarely(self.slow) {
            return Some(Mishap::Stalls(chance.pick(&[100, 2_000, 20_000, 60_000])));
        }
        if chance.rarely(self.leaves) {
            return Some(Mishap::Leaves);
        }
        chance.rarely(self.jumps).then(|| Mishap::Jumps(chance.pick(&[3_000, 40_000, 3_600_000])))
    }

    /// Whether a request goes wrong on its way. `submits`: how many submits were sent before, where it is one.
    pub(super) fn goes_wrong(&self, submits: Option<u64>, now: u64, chance: &mut Chance) -> bool {
        if now >= self.until {
            return false;
        }
        submits.is_some_and(|before| before < 4 && self.bad_submits >> before & 1 == 1) || chance.happens(self.network)
    }
}
