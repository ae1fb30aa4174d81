//! Result files, fetched before they expire.
//!
//! A result's URL is a stranger's: it may name a machine inside this network, answer without end, or hold something else than
//! promised. So the address is checked after the name has been looked up and the connection goes to the very address that was
//! checked; every redirect is checked again; no credential goes along; the size is capped; and the file's own first bytes decide
//! its type and its name's ending. A file appears under its name only when all of it is on disk, and never in place of another.
//!
//! Connections are direct: behind a proxy it would be the proxy that looks the name up, and nothing could be checked.

mod arriving;
mod failure;
mod format;
mod pace;
mod place;
mod resolve;
mod target;

pub use arriving::Arriving;
pub use failure::DownloadError;
pub use gentask_core::internal::is_forbidden;
pub use pace::Pace;

use crate::http::{HttpOptions, Trust};
use crate::key::Secret;
use failure::connect_failure;
use gentask_core::internal::RECEIPT_ENDING;
use gentask_core::record::SavedFile;
use gentask_core::{Error, ErrorCode};
use place::{Partial, Place};
use reqwest::header::{ACCEPT_ENCODING, HeaderName, HeaderValue, LOCATION};
use reqwest::{Client, Response, redirect, retry};
use sha2::{Digest as _, Sha256};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::time::Duration;
use target::Target;
use tokio::time::timeout;
use url::Url;

/// Redirects that are followed for one file.
const MAX_REDIRECTS: usize = 5;

/// The bytes that are enough to tell every format.
const HEAD_BYTES: usize = 512;

/// Which addresses files may come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Addresses {
    /// Public ones only.
    Public,
    /// This machine itself too, by its literal address or as `localhost`, with http and on any port. Only right where the
    /// client's own base URL is on loopback: then the provider is the sandbox.
    PublicAndLoopback,
}

/// What a download may do.
#[derive(Clone, Debug)]
pub struct DownloadPolicy {
    /// Which addresses files may come from. Default: public ones.
    pub allow: Addresses,
    /// The largest file, in bytes. Default: 2 GiB.
    pub max_bytes: u64,
    /// Whether http on port 80 is good enough. Default: no, https on port 443 only.
    pub allow_http: bool,
    /// How long a server may stay silent, at first and in between. Default: 60 s.
    pub idle_timeout: Duration,
    /// The slowest that a file may come. Default: 1 KiB a second, over any 60 s.
    pub slowest: Pace,
}

impl Default for DownloadPolicy {
    fn default() -> Self {
        let slowest = Pace { bytes: 60 << 10, window: Duration::from_mins(1) };
        Self { allow: Addresses::Public, max_bytes: 2 << 30, allow_http: false, idle_timeout: Duration::from_mins(1), slowest }
    }
}

/// One result file to fetch.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// Where it is.
    pub url: String,
    /// What it should be: `image`, `video`, `audio`, `model` (3D) or `unknown`.
    pub kind: String,
    /// Its place among the task's files, from 0.
    pub index: usize,
    /// The task's intent id: files are named after it.
    pub intent_id: String,
    /// The key, for a file that the provider serves from its own API. `None` for every other file.
    pub key: Option<FileKey>,
}

/// A credential for a file that is part of the provider's API.
#[derive(Clone, Debug)]
pub struct FileKey {
    /// The header that carries it.
    pub header: String,
    /// The header's whole value.
    pub value: Secret,
    /// The record's base: a URL on another origin is refused, and a redirect does not get the key.
    pub base: String,
}

/// A result file in memory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileBytes {
    /// All of it.
    pub bytes: Vec<u8>,
    /// Its media type, by its own first bytes.
    pub content_type: &'static str,
}

/// Fetches result files. One is enough for any number of files.
pub struct Downloader {
    client: Client,
    policy: DownloadPolicy,
}

impl Downloader {
    /// A downloader with this policy. Of the options it takes the extra roots, the connect timeout and the user agent.
    pub fn new(policy: DownloadPolicy, options: &HttpOptions) -> Result<Self, Error> {
        let trust = Trust::new(&options.extra_roots)?;
        let client = Client::builder()
            .tls_backend_preconfigured(trust.config)
            .http1_only()
            .no_proxy()
            .dns_resolver(resolve::Checked::new(policy.allow))
            .redirect(redirect::Policy::none())
            .retry(retry::never())
            .referer(false)
            .user_agent(&options.user_agent)
            .connect_timeout(options.connect_timeout)
            .build()
            .map_err(|_| Error::new(ErrorCode::Unsupported, "the HTTP client cannot be built"))?;
        Ok(Self { client, policy })
    }

    /// Fetches a file into a directory, which is created if need be. What it returns is on disk; after a failure nothing is left.
    ///
    /// A file is named `<intent>-<kind>-<number>.<ending>`, with `-2` and so on where that name is another file's. Where the
    /// same file is there already, saved by another process say, it stays the only one. A directory that is not there yet and is named like a
    /// file (`picture.png`) is refused, unless a separator ends it.
    pub async fn save(&self, wanted: &Wanted, directory: &Path) -> Result<SavedFile, DownloadError> {
        check_name(directory).await?;
        let stem = place::stem(&wanted.intent_id, &wanted.kind, wanted.index);
        self.put(wanted, directory, Place::Free(stem)).await
    }

    /// Fetches a file to exactly this path, whatever its ending; directories above it are created if need be. Another file that is there stays, and is
    /// an error, unless it may be replaced (`overwrite`). One with the same bytes is the file.
    pub async fn save_as(&self, wanted: &Wanted, path: &Path, overwrite: bool) -> Result<SavedFile, DownloadError> {
        place::check_file(path).await?;
        let directory = path.parent().unwrap_or(Path::new(""));
        self.put(wanted, directory, Place::Exactly { path: path.to_owned(), overwrite }).await
    }

    /// Fetches a file into memory. The policy's `max_bytes` are what it may have.
    pub async fn read(&self, wanted: &Wanted) -> Result<FileBytes, DownloadError> {
        let mut arriving = self.open(wanted).await?;
        let mut bytes = Vec::new();
        while let Some(piece) = arriving.next().await? {
            bytes.extend_from_slice(&piece);
        }
        Ok(FileBytes { bytes, content_type: arriving.content_type() })
    }

    async fn put(&self, wanted: &Wanted, directory: &Path, place: Place) -> Result<SavedFile, DownloadError> {
        let mut arriving = self.open(wanted).await?;
        let mut partial = Partial::create(directory).await?;
        let mut hash = Sha256::new();
        let mut bytes = 0_u64;
        while let Some(piece) = arriving.next().await? {
            bytes = bytes.saturating_add(piece.len() as u64);
            hash.update(&piece);
            partial.write(&piece).await?;
        }
        let sha256 = <[u8; 32]>::from(hash.finalize());
        let path = partial.keep(place, arriving.ending(), sha256).await?;
        Ok(SavedFile { path, sha256: hex(&sha256), bytes, content_type: arriving.content_type().to_owned() })
    }

    /// The answer that holds the file, after redirects, and the origin it came from.
    async fn request_all(&self, wanted: &Wanted) -> Result<(Response, String), DownloadError> {
        let mut target = Target::first(&wanted.url, &self.policy)?;
        let mut key = wanted.key.as_ref();
        if let Some(key) = key {
            let base = Url::parse(&key.base).map(|base| base.origin());
            if base.ok().as_ref() != Some(&target.url().origin()) {
                return Err(DownloadError::refused(format!("{} is not the provider's base, so it does not get the key", target.origin())));
            }
        }
        for _ in 0..=MAX_REDIRECTS {
            let origin = target.origin();
            let response = self.request(&target, key.take()).await?;
            let status = response.status().as_u16();
            match status {
                200 => return Ok((response, origin)),
                301 | 302 | 303 | 307 | 308 => {
                    let location = response.headers().get(LOCATION).and_then(|value| value.to_str().ok());
                    let location = location.ok_or_else(|| DownloadError::refused(format!("{origin} redirects to nowhere")))?;
                    target = target.next(location, &self.policy)?;
                }
                status => return Err(DownloadError::status(status, &origin)),
            }
        }
        Err(DownloadError::refused(format!("more than {MAX_REDIRECTS} redirects")))
    }

    async fn request(&self, target: &Target, key: Option<&FileKey>) -> Result<Response, DownloadError> {
        let mut request = self.client.get(target.url().clone()).header(ACCEPT_ENCODING, "identity");
        if let Some(key) = key {
            let unfit = || DownloadError::new(ErrorCode::AuthFailed, "the API key has characters that a header cannot carry");
            let name = HeaderName::from_bytes(key.header.as_bytes()).map_err(|_| unfit())?;
            let mut value = HeaderValue::from_str(key.value.expose()).map_err(|_| unfit())?;
            value.set_sensitive(true);
            request = request.header(name, value);
        }
        match timeout(self.policy.idle_timeout, request.send()).await {
            Ok(Ok(response)) => Ok(response),
            Ok(Err(error)) => Err(connect_failure(&error, &target.origin())),
            Err(_) => Err(DownloadError::silent(&target.origin(), self.policy.idle_timeout)),
        }
    }
}

/// Whether files can be saved into a directory, which is created if need be: to be asked before money is spent on them.
pub async fn check_directory(directory: &Path) -> Result<(), DownloadError> {
    check_name(directory).await?;
    Partial::create(directory).await.map(drop)
}

/// Refuses a directory that is not there and is named like a file; creates nothing.
pub(crate) async fn check_name(directory: &Path) -> Result<(), DownloadError> {
    place::check_directory(directory).await
}

/// Writes the receipt of a saved file beside it, whole or not at all. What else is there under its name stays, and is an error, unless it may be replaced.
pub(crate) async fn write_receipt(saved: &SavedFile, receipt: &str, overwrite: bool) -> Result<(), DownloadError> {
    let path = PathBuf::from(format!("{}{RECEIPT_ENDING}", saved.path));
    let mut partial = Partial::create(path.parent().unwrap_or(Path::new(""))).await?;
    partial.write(receipt.as_bytes()).await?;
    let sha256 = <[u8; 32]>::from(Sha256::digest(receipt.as_bytes()));
    partial.keep(Place::Exactly { path, overwrite }, "", sha256).await.map(drop)
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
