//! What a person can do next. It depends on what was asked, on where the task is, on the code, and on whether money may have been spent:
//! a total table, so that nothing ever invites a second payment for what may be paid already.

use crate::error::ErrorCode;
use crate::phase::Phase;
use crate::record::Billing;

/// What was asked when something went wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Asked {
    /// A submit.
    Submit,
    /// How a stored task is, or its end.
    Wait,
    /// That the task be stopped.
    Cancel,
    /// That a person's word settle an unresolved submit: adopt, discard.
    Settle,
    /// A question about a task that need not be stored here, or about the account.
    Question,
    /// A result file of a task that is done.
    File,
}

impl Asked {
    /// Everything that can be asked.
    pub const ALL: [Self; 6] = [Self::Submit, Self::Wait, Self::Cancel, Self::Settle, Self::Question, Self::File];

    /// As it stands in the vectors: `submit`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Submit => "submit",
            Self::Wait => "wait",
            Self::Cancel => "cancel",
            Self::Settle => "settle",
            Self::Question => "question",
            Self::File => "file",
        }
    }

    /// What was asked, by its word; `None` for another word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|asked| asked.as_str() == word)
    }
}

/// Where that leaves the caller.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Situation {
    /// Provably nothing was accepted.
    Unsent,
    /// A submit may have been accepted, and its id is not known.
    Doubt,
    /// A person gave a submit up of which that is true.
    GivenUp,
    /// The task is known, and it goes on.
    Running,
    /// The task has ended, and may have been paid for.
    Ended,
    /// Only a question failed.
    Question,
    /// Only a download failed.
    File,
}

const fn situation(asked: Asked, phase: Option<Phase>, billing: Billing) -> Situation {
    let spent = !matches!(billing, Billing::None);
    match (asked, phase) {
        (Asked::File, _) => Situation::File,
        (Asked::Question, None) => Situation::Question,
        (_, Some(Phase::Waiting | Phase::Fetching | Phase::Cancelling)) => Situation::Running,
        (_, Some(Phase::Succeeded | Phase::Failed)) => Situation::Ended,
        (_, Some(Phase::Discarded)) => Situation::GivenUp,
        (_, Some(Phase::Submitting | Phase::Unresolved)) => Situation::Doubt,
        (_, Some(Phase::Cancelled)) if spent => Situation::Ended,
        (_, None | Some(Phase::Prepared | Phase::Rejected | Phase::Cancelled)) if spent => Situation::Doubt,
        (_, None | Some(Phase::Prepared | Phase::Rejected | Phase::Cancelled)) => Situation::Unsent,
    }
}

/// The steps, one sentence each; the first is the one to try first.
pub fn advice(asked: Asked, phase: Option<Phase>, code: ErrorCode, billing: Billing) -> &'static [&'static str] {
    match situation(asked, phase, billing) {
        Situation::Unsent => unsent(code),
        Situation::Doubt => doubt(code),
        Situation::GivenUp => {
            &["the submit was given up and may have been paid for: look at the provider's dashboard before you order again"]
        }
        Situation::Running => running(code),
        Situation::Ended => ended(code),
        Situation::Question => question(code),
        Situation::File => file(code),
    }
}

const KEY: &str = "check that the API key is set, complete and active";
const KEY_RIGHTS: &str = "check that the key's account and address may use this model";
const STORE: &str = "check that the task store exists, is writable and has room";
const DASHBOARD: &str = "do not submit again before you know: look for the task in the provider's dashboard";
const SETTLE: &str = "if it is there, adopt its id (`gentask adopt`); if it is not, discard the intent (`gentask discard`)";
const WHOSE: &str = "check the task id, the account and the model: a task belongs to the key that made it";
const RETENTION: &str = "the provider may have deleted the task after its retention time";
const CONTRACT: &str =
    "correct what the message and `violations` name; a stored task needs the contract, base URL and account it was made with";

/// Nothing was accepted: the same order may be placed again, also under the same key where the code is not about the payload.
const fn unsent(code: ErrorCode) -> &'static [&'static str] {
    match code {
        ErrorCode::InvalidModel => &["check the model id against the provider's model list (`gentask models`)"],
        ErrorCode::InvalidPayload => &[
            "correct the fields named in `violations` or in the message; an unchanged payload will fail again, and one that the provider refused takes a new key when it is corrected",
        ],
        ErrorCode::AuthFailed => &[KEY, KEY_RIGHTS, "nothing was accepted: submit again once the key is right"],
        ErrorCode::RateLimited => &["submit again after `retryAfter` seconds, not before", "lower the number of tasks submitted at once"],
        ErrorCode::InsufficientCredits => &["add credit to the provider account, then submit again"],
        ErrorCode::TaskNotFound => &["check the intent id, the provider and the account (`gentask list`)"],
        ErrorCode::NetworkError => &["nothing was accepted: check the network and the base URL, then submit again"],
        ErrorCode::ContentRejected => &["change the prompt or the input media: the provider's content rules refused it"],
        ErrorCode::UpstreamError => &["nothing was accepted, and the provider has a fault of its own: submit again later"],
        ErrorCode::WaitTimeout => &["nothing was sent yet: wait again with a longer timeout (`gentask resume`), or cancel it"],
        ErrorCode::Cancelled => &["nothing was sent: submit again if you still want the result"],
        ErrorCode::Unsupported => &["read the message: this provider, this program or its settings do not allow it"],
        ErrorCode::InvalidContract => &[CONTRACT],
        ErrorCode::StoreError => &[STORE, "nothing was accepted: submit again once the store works"],
        ErrorCode::SubmitUnknown => &[DASHBOARD, SETTLE],
        ErrorCode::GenerationFailed | ErrorCode::UnknownError | ErrorCode::ResponseTooLarge => {
            &["nothing was accepted: read the message; if it does not help, report it"]
        }
    }
}

/// A submit may have been accepted: nothing may invite a second one.
const fn doubt(code: ErrorCode) -> &'static [&'static str] {
    match code {
        ErrorCode::WaitTimeout => &["the submit continues and its answer is saved: look at the intent again (`gentask resume`)"],
        ErrorCode::StoreError => {
            &[STORE, "note the ids in the message, and do not submit again: resume (`gentask resume`) once the store works", DASHBOARD]
        }
        ErrorCode::AuthFailed => {
            &[KEY, "then resume (`gentask resume`): do not submit again before you know what became of the first submit"]
        }
        ErrorCode::RateLimited => &["resume after `retryAfter` seconds (`gentask resume`)", DASHBOARD, SETTLE],
        ErrorCode::TaskNotFound => &["check the id, the provider, the account and which store was asked (`GENTASK_STORE`)", WHOSE, SETTLE],
        ErrorCode::InvalidContract => &[CONTRACT, DASHBOARD],
        ErrorCode::InvalidPayload => &["read the message and `violations`; a new job takes a new key"],
        _ => &[DASHBOARD, SETTLE],
    }
}

/// The task is known and goes on, whatever this call met.
const fn running(code: ErrorCode) -> &'static [&'static str] {
    match code {
        ErrorCode::AuthFailed => &[KEY, "the task is still running: resume it with a key that works (`gentask resume`)"],
        ErrorCode::RateLimited => &["the task is still running: ask again after `retryAfter` seconds (`gentask resume`)"],
        ErrorCode::TaskNotFound => &[WHOSE, RETENTION],
        ErrorCode::NetworkError => &["the task itself is not affected: check the network, then ask again (`gentask resume`)"],
        ErrorCode::UpstreamError => {
            &["the task itself is not affected: the provider has a fault of its own, ask again later (`gentask resume`)"]
        }
        ErrorCode::WaitTimeout => &["the task is still running: resume it, or wait again with a longer timeout"],
        ErrorCode::Cancelled => &["the task is still running: resume it if you still want the result"],
        ErrorCode::Unsupported => &["the task is still running: read the message, and see what the provider's contract allows"],
        ErrorCode::InvalidContract => &[CONTRACT, "the task is still running at the provider"],
        ErrorCode::StoreError => &[STORE, "the task is still running at the provider: note its id, then resume (`gentask resume`)"],
        ErrorCode::ResponseTooLarge => &["raise the contract's byte limit if the size is expected, then resume (`gentask resume`)"],
        ErrorCode::InvalidPayload => &["read the message and `violations`; the task itself is not affected, and a new job takes a new key"],
        ErrorCode::SubmitUnknown => &["the task is known by now: look at it again (`gentask resume`)"],
        _ => &["the task itself is not affected: read the message, then ask again (`gentask resume`)"],
    }
}

/// The task has ended, and may have been paid for: a further one is a new order.
const fn ended(code: ErrorCode) -> &'static [&'static str] {
    match code {
        ErrorCode::GenerationFailed => {
            &["order again, perhaps with a simpler prompt or another model: a new order takes a new key and may be charged"]
        }
        ErrorCode::ContentRejected => {
            &["change the prompt or the input media: the provider's content rules refused it; a new order takes a new key"]
        }
        ErrorCode::InsufficientCredits => &["add credit to the provider account; the task has ended, and a new order takes a new key"],
        ErrorCode::InvalidPayload | ErrorCode::InvalidModel => {
            &["read the provider's message and correct the payload; a new order takes a new key, and an unchanged payload will fail again"]
        }
        ErrorCode::UpstreamError | ErrorCode::RateLimited => {
            &["the provider failed: you may place a new order later; it takes a new key and may be charged"]
        }
        ErrorCode::Cancelled => &["the task was cancelled, and may have been charged: a new order takes a new key"],
        ErrorCode::TaskNotFound => &[WHOSE, RETENTION],
        ErrorCode::AuthFailed => &[KEY, "the task has ended already: nothing is lost by asking again"],
        ErrorCode::StoreError => &[STORE, "the task has ended: note its id, and ask again once the store works"],
        ErrorCode::InvalidContract => &[CONTRACT],
        ErrorCode::Unsupported => &["the task has ended, so nothing can be changed about it any more"],
        _ => &["the task has ended: read the provider's answer in `raw`, and report it if it is new"],
    }
}

/// A question about a task or an account failed, and changed nothing.
const fn question(code: ErrorCode) -> &'static [&'static str] {
    match code {
        ErrorCode::AuthFailed => &[KEY, "check that the key's account may ask this"],
        ErrorCode::RateLimited => &["ask again after `retryAfter` seconds"],
        ErrorCode::TaskNotFound => &[WHOSE, RETENTION],
        ErrorCode::NetworkError => &["no task is affected: check the network and the base URL, then ask again"],
        ErrorCode::UpstreamError => &["no task is affected: the provider has a fault of its own, ask again later"],
        ErrorCode::WaitTimeout => &["no task is affected: ask again with a longer timeout"],
        ErrorCode::InvalidModel => &["name the task's model: this provider's calls need it"],
        ErrorCode::InvalidPayload => &["correct what the message and `violations` name, then ask again"],
        ErrorCode::InvalidContract => &[CONTRACT],
        ErrorCode::StoreError => &[STORE, "then ask again"],
        ErrorCode::ResponseTooLarge => &["raise the contract's byte limit if the size is expected, then ask again"],
        ErrorCode::Unsupported => &["this provider has no such call: see its contract"],
        _ => &["no task is affected: read the message, then ask again"],
    }
}

/// The task is done and paid for; only its file is not here yet.
const fn file(code: ErrorCode) -> &'static [&'static str] {
    match code {
        ErrorCode::TaskNotFound => &[
            "the provider has deleted the file: its retention time may be over",
            "do not order it again before you have looked at the provider's dashboard",
        ],
        ErrorCode::AuthFailed => &[KEY, "the task is done: save its file again before its URL expires"],
        ErrorCode::StoreError => &[
            "check that the folder and the task store are writable and have room",
            "the task is done: save its file again before its URL expires",
        ],
        ErrorCode::Unsupported => &["read the message: the file was not taken as it came; it is still at the provider"],
        ErrorCode::ResponseTooLarge => {
            &["raise the size limit of downloads if the size is expected, then save the file again before its URL expires"]
        }
        _ => &["the task is done and its file is at the provider: save it again before its URL expires"],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_cell_has_a_next_step_and_none_invites_a_second_payment() {
        let phases = Phase::ALL.into_iter().map(Some).chain([None]);
        for phase in phases {
            for asked in Asked::ALL {
                for code in ErrorCode::ALL {
                    for billing in [Billing::None, Billing::Possible, Billing::Certain] {
                        let steps = advice(asked, phase, code, billing);
                        assert!(!steps.is_empty(), "{asked:?} {phase:?} {code} {billing:?}");
                        let invites =
                            steps.iter().any(|step| step.contains("then submit again") || step.contains("accepted: submit again"));
                        assert!(!invites || billing == Billing::None, "{asked:?} {phase:?} {code} {billing:?}: {steps:?}");
                        let is_file = asked == Asked::File;
                        assert!(!is_file || !steps.iter().any(|step| step.contains("nothing was accepted")), "{steps:?}");
                    }
                }
            }
        }
    }
}
