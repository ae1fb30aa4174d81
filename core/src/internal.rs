//! What this repository's other crates, vectors and benches share with core. Not public API: anything here may change or go at any time.

pub use crate::added::refused_header;
pub use crate::address::is_forbidden;
pub use crate::advice::{Asked, advice};
pub use crate::backoff::split_mix_64;
pub use crate::base64::encode as base64;
pub use crate::decode::read_status;
pub use crate::httpdate::parse_rfc3339;
pub use crate::json::{Members, to_canonical};
pub use crate::keys::KeyUse;
pub use crate::learning::{Forecast, Learning, Seen, Which};
pub use crate::listing::{csv as listing_csv, entry as listing_entry, plain};
pub use crate::machine::{Calling, FINAL_POLL_GRACE_MS, Media, check_callback};
pub use crate::redact::{loggable_request, loggable_response, loggable_url};
pub use crate::saving::{READ_BYTES, RECEIPT_ENDING, check_new_directory, receipt};
pub use crate::state::diagram;
pub use crate::uncalled::Uncalled;
