//! Pauses that a server asks for: how long one may be, and when a stored one ends.

use crate::io::UnixMillis;

/// The longest Retry-After that is believed: a day.
pub(crate) const RETRY_AFTER_CAP_MS: u64 = 24 * 60 * 60 * 1_000;

/// When a pause ends that was stored at `set` (0: that is not known) and was to end at `until`: as far from now as from then where the clock
/// went back between. `None`: it is over, or so long that no server asked for it and a wrong clock wrote it.
pub(crate) fn stored(until: UnixMillis, set: UnixMillis, now: UnixMillis) -> Option<UnixMillis> {
    let until = if now < set { now.saturating_add(until.saturating_sub(set)) } else { until };
    (until > now && until <= now.saturating_add(RETRY_AFTER_CAP_MS)).then_some(until)
}
