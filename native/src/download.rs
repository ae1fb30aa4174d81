//! Result files, fetched before they expire.
//!
//! A result's URL is a stranger's: it may name a machine inside this network, answer without end, or hold something else than
//! promised. So the address is checked after the name has been looked up and the connection goes to the very address that was
//! checked; every redirect is checked again; no credential goes along; the size is capped; and the file's own first bytes decide
//! its type and its name's ending. A file appears under its name only when all of it is on disk, and never in place of another.
//!
//! Connections are direct: behind a proxy it would be the proxy that looks the name up, and nothing could be checked.

mod failure;
mod format;
mod pace;
mod place;
mod resolve;
mod target;

pub use failure::DownloadError;
pub use gentask_core::internal::is_forbidden;
pub use pace::Pace;

use crate::http::{HttpOptions, Trust};
use crate::key::Secret;
use failure::connect_failure;
use format::Format;
use gentask_core::record::SavedFile;
use gentask_core::{Error, ErrorCode};
use pace::Watch;
use place::Partial;
use reqwest::header::{ACCEPT_ENCODING, HeaderName, HeaderValue, LOCATION};
use reqwest::{Client, Response, redirect, retry};
use sha2::{Digest as _, Sha256};
use std::fmt::Write as _;
use std::path::Path;
use std::time::Duration;
use target::Target;
use tokio::time::{Instant, timeout};
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
    /// same file is there already, saved by another process say, it stays the only one.
    pub async fn save(&self, wanted: &Wanted, directory: &Path) -> Result<SavedFile, DownloadError> {
        let (mut response, origin) = self.open(wanted).await?;
        let announced = response.content_length();
        if announced.is_some_and(|bytes| bytes > self.policy.max_bytes) {
            return Err(self.too_large(&origin));
        }
        let mut watch = Watch::new(self.policy.slowest, Instant::now());
        let mut head = Vec::new();
        while head.len() < HEAD_BYTES {
            match self.next(&mut response, &origin, &mut watch).await? {
                Some(chunk) => head.extend_from_slice(&chunk),
                None => break,
            }
        }
        let format = Format::check(&head, announced, &wanted.kind).map_err(|found| {
            DownloadError::new(ErrorCode::UnknownError, format!("expected {} from {origin}, found {found}", expected(&wanted.kind)))
        })?;

        let mut partial = Partial::create(directory).await?;
        let mut hash = Sha256::new();
        let mut bytes = 0_u64;
        let mut chunk = head;
        loop {
            bytes = bytes.saturating_add(chunk.len() as u64);
            if bytes > self.policy.max_bytes {
                return Err(self.too_large(&origin));
            }
            hash.update(&chunk);
            partial.write(&chunk).await?;
            match self.next(&mut response, &origin, &mut watch).await? {
                Some(next) => chunk = next,
                None => break,
            }
        }
        let stem = place::stem(&wanted.intent_id, &wanted.kind, wanted.index);
        let sha256 = <[u8; 32]>::from(hash.finalize());
        let path = partial.keep(stem, format.extension, sha256).await?;
        Ok(SavedFile { path, sha256: hex(&sha256), bytes, content_type: format.content_type.to_owned() })
    }

    /// The answer that holds the file, after redirects, and the origin it came from.
    async fn open(&self, wanted: &Wanted) -> Result<(Response, String), DownloadError> {
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
            Err(_) => Err(self.silent(&target.origin())),
        }
    }

    /// The next bytes of the file; `None` at its end.
    async fn next(&self, response: &mut Response, origin: &str, watch: &mut Watch) -> Result<Option<Vec<u8>>, DownloadError> {
        let patience = watch.patience(Instant::now());
        if patience.is_zero() {
            return Err(self.stalled(origin));
        }
        match timeout(patience.min(self.policy.idle_timeout), response.chunk()).await {
            Ok(Ok(chunk)) => {
                let chunk: Option<Vec<u8>> = chunk.map(Into::into);
                watch.count(chunk.as_ref().map_or(0, Vec::len), Instant::now());
                Ok(chunk)
            }
            Ok(Err(_)) => Err(DownloadError::new(ErrorCode::NetworkError, format!("the file from {origin} ended early"))),
            Err(_) if patience < self.policy.idle_timeout => Err(self.stalled(origin)),
            Err(_) => Err(self.silent(origin)),
        }
    }

    fn stalled(&self, origin: &str) -> DownloadError {
        let Pace { bytes, window } = self.policy.slowest;
        let message = format!("{origin} stalled: less than {bytes} bytes of the file came within {} ms", window.as_millis());
        DownloadError::new(ErrorCode::NetworkError, message)
    }

    fn silent(&self, origin: &str) -> DownloadError {
        let silence = self.policy.idle_timeout.as_millis();
        DownloadError::new(ErrorCode::NetworkError, format!("{origin} was silent for {silence} ms"))
    }

    fn too_large(&self, origin: &str) -> DownloadError {
        let cap = self.policy.max_bytes;
        DownloadError::new(ErrorCode::ResponseTooLarge, format!("the file from {origin} is larger than {cap} bytes"))
    }
}

/// Whether files can be saved into a directory, which is created if need be: to be asked before money is spent on them.
pub async fn check_directory(directory: &Path) -> Result<(), DownloadError> {
    Partial::create(directory).await.map(drop)
}

fn expected(kind: &str) -> &'static str {
    match kind {
        "image" => "an image",
        "video" => "a video",
        "audio" => "audio",
        "model" => "a 3D model",
        _ => "a media file",
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
