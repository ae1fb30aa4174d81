//! The request of a submit, frozen before its record exists.

use crate::base64;
use crate::contract::MOST_OPEN_MS;
use crate::error::{Error, ErrorCode, Violation, note};
use crate::io::{HttpRequest, Operation};
use crate::json::{self, Fields, Members, texts, to_canonical};
use crate::record::RequestInfo;
use crate::search;
use sha2::{Digest as _, Sha256};

/// A submit whose bytes never change again: what the `request` blob holds. Without the credential.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Frozen {
    pub(crate) method: String,
    pub(crate) url: String,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
    /// How long it asks the provider to keep it open, in milliseconds.
    pub(crate) open_ms: u64,
}

impl std::fmt::Debug for Frozen {
    /// Without its parts: they hold a prompt, and perhaps a callback's token.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Frozen").field("sha256", &self.sha256()).finish_non_exhaustive()
    }
}

impl Frozen {
    /// What the record says of the body.
    pub(crate) fn info(&self) -> RequestInfo {
        let content_type = self.headers.iter().find(|(name, _)| name == "content-type").map(|(_, value)| value.clone());
        let content_type = content_type.unwrap_or_default();
        RequestInfo { sha256: self.sha256(), bytes: self.body.len() as u64, content_type, key_sha256: None }
    }

    /// SHA-256 of the body, 64 hexadecimal digits.
    pub(crate) fn sha256(&self) -> String {
        use std::fmt::Write as _;
        let mut sha256 = String::with_capacity(64);
        for byte in Sha256::digest(&self.body) {
            let _ = write!(sha256, "{byte:02x}");
        }
        sha256
    }

    /// The request as it goes out.
    pub(crate) fn request(&self, id: String, cap: u64) -> HttpRequest {
        HttpRequest {
            id,
            operation: Operation::Submit,
            method: self.method.clone(),
            url: self.url.clone(),
            headers: self.headers.clone(),
            body: self.body.clone(),
            auth: true,
            response_cap: cap,
            open_ms: self.open_ms,
        }
    }

    /// Whether a key stands in what is sent: in a header, the URL or the body.
    pub(crate) fn carries(&self, key: &str) -> bool {
        let in_body = || self.body.windows(key.len().max(1)).any(|part| part == key.as_bytes());
        self.headers.iter().any(|(_, value)| search::contains(value, key)) || search::contains(&self.url, key) || in_body()
    }

    /// The `request` blob.
    pub(crate) fn to_blob(&self) -> Vec<u8> {
        let value = Members::default()
            .text("method", &self.method)
            .text("url", &self.url)
            .value("headers", texts(&mut self.headers.iter().map(|(name, value)| (name, value))))
            .text("bodyBase64", &base64::encode(&self.body))
            .some_int("openMs", self.open_ms)
            .done();
        to_canonical(&value).into_bytes()
    }

    /// Reads the `request` blob.
    pub(crate) fn from_blob(bytes: &[u8]) -> Result<Self, Error> {
        let damaged = |faults| Error::invalid(ErrorCode::StoreError, "the stored request is damaged", faults);
        let value = json::parse_own(bytes).map_err(|_| damaged(vec![Violation::new("", "json", "JSON", "other bytes")]))?;
        let mut faults = Vec::new();
        let fields = Fields::tolerant(&value, "", &mut faults);
        let headers =
            fields.members("headers", &mut faults).map(|(name, value)| (name.clone(), json::scalar_text(value).unwrap_or_default()));
        let frozen = Self {
            headers: headers.collect(),
            open_ms: fields.within("openMs", 0..=MOST_OPEN_MS, &mut faults).unwrap_or(0),
            method: fields.need_string("method", &mut faults),
            url: fields.need_string("url", &mut faults),
            body: base64::decode(&fields.need_string("bodyBase64", &mut faults)).unwrap_or_else(|| {
                note(&mut faults, "/bodyBase64", "base64", "base64", "other text");
                Vec::new()
            }),
        };
        if faults.is_empty() { Ok(frozen) } else { Err(damaged(faults)) }
    }
}
