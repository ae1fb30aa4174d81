//! What must be true in every world. Each rule has a name, which is told with the fault.
//!
//! | rule | what it says |
//! |---|---|
//! | `paid once` | of one job (a caller's key, or an order without one) the provider accepted one task at most |
//! | `kept` | every accepted task is known in the store by its id, or is visibly unresolved, settled by a person, or a conflict |
//! | `told` | nothing says `billing: none`, or invites to submit again, about what the provider accepted |
//! | `final` | what a caller was told to have failed is never sent afterwards |
//! | `agrees` | a finished record says what the provider says |
//! | `ends` | every call ends, and in peace every task does |
//! | `prompt` | in peace, a task's end is heard of soon |
//! | `fenced` | a submit leaves only after a durable save that counts its attempt |
//! | `ready` | a submit leaves only with a place and a key |
//! | `leased` | a submit leaves only under its own lease, and nobody takes a living holder's attempt for lost before that is over |
//! | `named` | no two attempts have the same holder's name |
//! | `unsent` | an attempt that never left its call is not called lost by it |
//! | `heard` | a task id that was heard stands in the next save, and in the record when the call ends |
//! | `durable` | a task that a caller was told is accepted is stored, whatever fails next |
//! | `doubt` | `maybeSent` is forgotten only when the task is known |
//! | `key` | a caller's key is freed only where nothing was accepted |
//! | `absorbed` | an ended task stays as it ended |
//! | `withdrawn once` | a withdrawal that met a conflict is not tried again |
//! | `one id` | no two tasks adopt one id |
//! | `pause` | nobody sends inside a pause that they know of, and a stored pause gets no shorter |
//! | `slots` | a client that does nothing holds no slot of the pacer |
//! | `times` | a note about a file moves no time back |
//! | `proven` | a callback that proves nothing changes nothing, and one whose body is not signed ends nothing |
//! | `taken` | a callback that is proven is acknowledged, and one that was acknowledged is stored, whatever fails next |
//! | `once` | a callback changes its task once; one whose body nobody signed may ask for a look again |
//! | `found` | a submit that a callback names with its task's id is not in doubt any more, unless a person has given that id to another intent |
//! | `matched` | a callback that was faster than its submit's answer is taken with that |
//! | `noticed` | an ended task has a notice from that very save on, and no other task has |
//! | `handed out` | a notice is handed out until it is acknowledged, and not afterwards; a worker tells each end once at a time |
//! | `conflict` | an end that is told and is another than the stored one is noted |
//! | `heard of` | where a callback told of an end, the next poll is due at once, and brings it |
//! | `one look` | what follows from a callback is one status call, a few where others come meanwhile, and none where somebody asks already |
//! | `host` | no call takes a correct host for mistaken |
//! | `panic` | nothing panics |

use std::collections::{BTreeMap, BTreeSet};

/// A rule that a world broke.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The rule's name.
    pub rule: &'static str,
    /// What happened.
    pub what: String,
}

/// What the judge has seen of a world.
#[derive(Debug, Default)]
pub(super) struct Judge {
    /// The first fault.
    pub(super) fault: Option<Fault>,
    /// Attempts that are counted in a durable record: intent and number.
    pub(super) fenced: BTreeSet<(String, u64)>,
    /// Which call wrote a lease of this holder.
    pub(super) holders: BTreeMap<String, Option<u32>>,
    /// Whose save each record's newest version is.
    pub(super) saved_by: BTreeMap<String, Option<u32>>,
    /// Task ids that are durable: intent and id.
    pub(super) durable: BTreeSet<(String, String)>,
    /// Intents of which somebody was told that they are over, and how.
    pub(super) over: BTreeMap<String, String>,
    /// Intents that a person settled without the provider's word.
    pub(super) decided: BTreeSet<String>,
    /// Which intent adopted an id.
    pub(super) adopted: BTreeMap<String, String>,
    /// Intents whose records were deleted.
    pub(super) deleted: BTreeSet<String>,
    /// Callbacks that were stored, and changed a task, by their numbers.
    pub(super) stored: BTreeSet<u64>,
    pub(super) taken: BTreeSet<u64>,
    /// Callbacks that were acknowledged, with the intents of their tasks.
    pub(super) acknowledged: BTreeMap<u64, String>,
    /// The account's stored pause, and when it was stored.
    pub(super) hold: (u64, u64),
}

impl Judge {
    /// Notes a fault; the first one counts.
    pub(super) fn fault(&mut self, rule: &'static str, what: String) {
        self.fault.get_or_insert(Fault { rule, what });
    }

    /// Notes a fault where something does not hold.
    pub(super) fn holds(&mut self, holds: bool, rule: &'static str, what: impl FnOnce() -> String) {
        if !holds {
            let what = what();
            self.fault(rule, what);
        }
    }
}
