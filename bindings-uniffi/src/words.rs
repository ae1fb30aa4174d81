//! Core's closed lists of words, mirrored: a new one there fails to compile here.

pub use gentask::core::client::Received;
pub use gentask::core::{BodyEnd, ErrorCode, Operation, Phase, Status};
pub use gentask::store::{DeliveryOutcome, StoreErrorKind};

/// How a task is, in one of six words.
#[uniffi::remote(Enum)]
pub enum Status {
    /// Not begun, or not known to have begun.
    Pending,
    /// Being worked on.
    Processing,
    /// Done.
    Success,
    /// Refused or failed.
    Failed,
    /// Cancelled or given up.
    Cancelled,
    /// Not known.
    Unknown,
}

/// Where a task is.
#[uniffi::remote(Enum)]
pub enum Phase {
    /// Stored, not sent.
    Prepared,
    /// An attempt of its submit may be in flight.
    Submitting,
    /// Accepted.
    Waiting,
    /// Done; its result is being read.
    Fetching,
    /// A cancel was asked for.
    Cancelling,
    /// Done.
    Succeeded,
    /// Accepted, and failed.
    Failed,
    /// Cancelled.
    Cancelled,
    /// Nothing was made.
    Rejected,
    /// The submit may have been accepted, and no id is known.
    Unresolved,
    /// An unresolved one that was given up.
    Discarded,
}

/// The stable codes of every failure.
#[uniffi::remote(Enum)]
pub enum ErrorCode {
    InvalidModel,
    InvalidPayload,
    AuthFailed,
    RateLimited,
    InsufficientCredits,
    TaskNotFound,
    NetworkError,
    UnknownError,
    GenerationFailed,
    ContentRejected,
    UpstreamError,
    WaitTimeout,
    SubmitUnknown,
    Cancelled,
    Unsupported,
    InvalidContract,
    StoreError,
    ResponseTooLarge,
}

/// What a request is for.
#[uniffi::remote(Enum)]
pub enum Operation {
    Submit,
    Status,
    Result,
    Cancel,
    List,
    Account,
    Keys,
    Upload,
}

/// How the body of an answer ended.
#[uniffi::remote(Enum)]
pub enum BodyEnd {
    Whole,
    Truncated,
    TooLarge,
}

/// What became of a callback that was received.
#[uniffi::remote(Enum)]
pub enum Received {
    Applied,
    Poke,
    Duplicate,
    Orphan,
    Conflict,
    Unknown,
    Refused,
    Unavailable,
}

/// What became of a callback that is stored.
#[uniffi::remote(Enum)]
pub enum DeliveryOutcome {
    Applied,
    Poke,
    Orphan,
    Conflict,
}

/// What kind of refusal a store's error is.
#[uniffi::remote(Enum)]
pub enum StoreErrorKind {
    Locked,
    ReadOnly,
    Corrupt,
    Newer,
    Full,
    Foreign,
    Io,
    Misuse,
}
