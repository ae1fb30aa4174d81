//! A file on its way: opened at a checked address, with first bytes that are what they should be. Its rest comes piece by piece, capped and watched.

use super::format::Format;
use super::pace::Watch;
use super::{DownloadError, DownloadPolicy, Downloader, HEAD_BYTES, Pace, Wanted};
use gentask_core::ErrorCode;
use reqwest::Response;
use tokio::time::{Instant, timeout};

/// A file whose bytes are taken as they come. Dropped, it is left, and the connection with it.
pub struct Arriving {
    response: Response,
    origin: String,
    policy: DownloadPolicy,
    watch: Watch,
    /// The first bytes, which were looked at and not given yet.
    head: Option<Vec<u8>>,
    format: Format,
    /// How many bytes were given.
    bytes: u64,
    is_over: bool,
}

impl Downloader {
    /// Opens a file. What is refused, cannot be reached, announces too many bytes or begins as something else than promised fails here; the rest of it
    /// comes from [`Arriving::next`].
    pub async fn open(&self, wanted: &Wanted) -> Result<Arriving, DownloadError> {
        let (response, origin) = self.request_all(wanted).await?;
        let announced = response.content_length();
        let mut arriving = Arriving {
            watch: Watch::new(self.policy.slowest, Instant::now()),
            policy: self.policy.clone(),
            format: Format::UNKNOWN,
            head: None,
            bytes: 0,
            is_over: false,
            response,
            origin,
        };
        if announced.is_some_and(|bytes| bytes > self.policy.max_bytes) {
            return Err(arriving.too_large());
        }
        let mut head = Vec::new();
        while head.len() < HEAD_BYTES {
            match arriving.receive().await? {
                Some(piece) => head.extend_from_slice(&piece),
                None => break,
            }
        }
        arriving.format = Format::check(&head, announced, &wanted.kind).map_err(|found| {
            let message = format!("expected {} from {}, found {found}", expected(&wanted.kind), arriving.origin);
            DownloadError::new(ErrorCode::UnknownError, message)
        })?;
        arriving.head = Some(head);
        Ok(arriving)
    }
}

impl Arriving {
    /// Its media type, by its own first bytes.
    pub const fn content_type(&self) -> &'static str {
        self.format.content_type
    }

    /// The ending of a name for it, without the dot.
    pub(super) const fn ending(&self) -> &'static str {
        self.format.extension
    }

    /// The next bytes; `None` after the last, and after a failure. The time that passes before it is called counts against nobody.
    pub async fn next(&mut self) -> Result<Option<Vec<u8>>, DownloadError> {
        if self.is_over {
            return Ok(None);
        }
        let next = match self.head.take() {
            Some(head) => Ok(Some(head)),
            None => self.receive().await,
        };
        let next = next.and_then(|piece| {
            self.bytes = self.bytes.saturating_add(piece.as_ref().map_or(0, |piece| piece.len() as u64));
            if self.bytes > self.policy.max_bytes { Err(self.too_large()) } else { Ok(piece) }
        });
        self.is_over = !matches!(next, Ok(Some(_)));
        next
    }

    /// The next bytes from the connection; `None` at its end.
    async fn receive(&mut self) -> Result<Option<Vec<u8>>, DownloadError> {
        self.watch.resume(Instant::now());
        let patience = self.watch.patience(Instant::now());
        if patience.is_zero() {
            return Err(self.stalled());
        }
        let received = timeout(patience.min(self.policy.idle_timeout), self.response.chunk()).await;
        match received {
            Ok(Ok(piece)) => {
                let piece: Option<Vec<u8>> = piece.map(Into::into);
                self.watch.count(piece.as_ref().map_or(0, Vec::len), Instant::now());
                Ok(piece)
            }
            Ok(Err(_)) => Err(DownloadError::new(ErrorCode::NetworkError, format!("the file from {} ended early", self.origin))),
            Err(_) if patience < self.policy.idle_timeout => Err(self.stalled()),
            Err(_) => Err(DownloadError::silent(&self.origin, self.policy.idle_timeout)),
        }
    }

    fn stalled(&self) -> DownloadError {
        let Pace { bytes, window } = self.policy.slowest;
        let message = format!("{} stalled: less than {bytes} bytes of the file came within {} ms", self.origin, window.as_millis());
        DownloadError::new(ErrorCode::NetworkError, message)
    }

    fn too_large(&self) -> DownloadError {
        let message = format!("the file from {} is larger than {} bytes", self.origin, self.policy.max_bytes);
        DownloadError::new(ErrorCode::ResponseTooLarge, message)
    }
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
