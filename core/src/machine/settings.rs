//! What a machine is told once: how a client behaves, and what is asked of a task that is not stored.

/// How a machine behaves; the same for every task of a client.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    /// Another base URL than the contract's.
    pub base: Option<String>,
    /// The account's label.
    pub account: String,
    /// A name that the driver gives itself: who holds a submit's lease, or a claim.
    pub holder: String,
    /// How long a request may take, in milliseconds.
    pub request_timeout_ms: u64,
    /// Whether somebody waits: a Retry-After above 2 minutes then ends the wait instead of being slept through.
    pub foreground: bool,
    /// Whether the machine is dropped after one request: then all that it learned is saved at once, when it is due again above all.
    pub one_request: bool,
    /// Whether it claims a task before it asks about it, so that other processes leave it alone meanwhile.
    pub claims: bool,
    /// The caller's own poll schedule, over the contract's.
    pub poll: Polls,
}

/// The caller's own poll figures; what is `None` comes from the contract.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Polls {
    /// The first poll, and the first interval, in milliseconds.
    pub initial_ms: Option<u64>,
    /// Growth of the interval, in percent.
    pub factor_pct: Option<u64>,
    /// The longest interval, in milliseconds.
    pub cap_ms: Option<u64>,
    /// Whether the contract's schedule is kept to, whatever was learned. With figures of the caller's own it always is.
    pub by_contract: bool,
}

impl Polls {
    /// Whether the caller named any figure.
    pub(super) const fn has_figures(&self) -> bool {
        self.initial_ms.is_some() || self.factor_pct.is_some() || self.cap_ms.is_some()
    }

    /// The growth of an interval that becomes this many times as long, in percent; `None` where the factor is not from 1 to 100.
    pub fn growth(factor: f64) -> Option<u64> {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "from 100 to 10,000")]
        let percent = (factor * 100.0).round() as u64;
        (1.0..=100.0).contains(&factor).then_some(percent)
    }
}

/// How long a request may take where nothing else is said: 30 s, the figure of AIVideoMaker's reference client.
const REQUEST_TIMEOUT_MS: u64 = 30_000;

impl Default for Settings {
    fn default() -> Self {
        Self {
            base: None,
            account: "default".to_owned(),
            holder: String::new(),
            request_timeout_ms: REQUEST_TIMEOUT_MS,
            foreground: true,
            one_request: false,
            claims: false,
            poll: Polls::default(),
        }
    }
}

/// What a machine without a stored record is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OneShot {
    /// How the task is: one status call.
    Status,
    /// The task's details.
    Details,
}
