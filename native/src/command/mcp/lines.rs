//! The lines that programs of the protocol send, over its own transport. That one drops a line that is no JSON without a word, and whoever sent it waits
//! for an answer for ever; here it is answered as JSON-RPC 2.0 says.

use rmcp::RoleServer;
use rmcp::model::{ErrorData, JsonRpcMessage};
use rmcp::service::{RxJsonRpcMessage, TxJsonRpcMessage};
use rmcp::transport::Transport;
use rmcp::transport::async_rw::{AsyncRwTransport, DEFAULT_MAX_LINE_LENGTH};
use rmcp::transport::io::{StdioReader, StdioWriter, stdio_pipes};
use serde_json::Value;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

/// What is read at once.
const CHUNK: usize = 8 << 10;

/// A message on its way.
type Sending = Pin<Box<dyn Future<Output = Result<(), io::Error>> + Send>>;

/// Standard input and output, as lines of JSON-RPC.
pub(super) struct Lines {
    inner: AsyncRwTransport<RoleServer, Json<StdioReader>, WithId<StdioWriter>>,
    /// One for each line that is no JSON.
    refused: UnboundedReceiver<()>,
    /// The answer to the last of these, on its way.
    refusing: Option<Sending>,
}

impl Lines {
    pub(super) fn of_this_process() -> Self {
        let (reader, writer) = stdio_pipes();
        let (refuse, refused) = unbounded_channel();
        Self { inner: AsyncRwTransport::new(Json::new(reader, refuse), WithId::new(writer)), refused, refusing: None }
    }

    /// The answer to a line that is no JSON: it has no id, because none could be read.
    fn refuse(&mut self) -> impl Future<Output = Result<(), io::Error>> + Send + 'static {
        let words = "this line is no JSON, or too long: send one JSON-RPC message on each line, of at most 16 MiB";
        Transport::<RoleServer>::send(&mut self.inner, JsonRpcMessage::error(ErrorData::parse_error(words, None), None))
    }
}

impl Transport<RoleServer> for Lines {
    type Error = io::Error;

    fn send(&mut self, message: TxJsonRpcMessage<RoleServer>) -> impl Future<Output = Result<(), io::Error>> + Send + 'static {
        self.inner.send(message)
    }

    async fn receive(&mut self) -> Option<RxJsonRpcMessage<RoleServer>> {
        loop {
            if let Some(refusing) = &mut self.refusing {
                // Whoever receives may leave at any moment: half an answer stays here until they come back. One that cannot be given has no reader.
                let _ = refusing.await;
                self.refusing = None;
            }
            tokio::select! {
                biased;
                Some(()) = self.refused.recv() => self.refusing = Some(Box::pin(self.refuse())),
                message = self.inner.receive() => return message,
            }
        }
    }

    async fn close(&mut self) -> Result<(), io::Error> {
        Transport::<RoleServer>::close(&mut self.inner).await
    }
}

/// Passes on the lines that are JSON, and tells of each other one.
struct Json<R> {
    reader: R,
    refuse: UnboundedSender<()>,
    /// The line that is being read.
    line: Vec<u8>,
    /// Whether it is longer than the transport takes.
    is_long: bool,
    /// What was read, and what of it was looked at.
    chunk: Vec<u8>,
    seen: usize,
    /// A line on its way to whoever reads here, and what of it is there.
    passed: Vec<u8>,
    given: usize,
}

impl<R> Json<R> {
    const fn new(reader: R, refuse: UnboundedSender<()>) -> Self {
        Self { reader, refuse, line: Vec::new(), is_long: false, chunk: Vec::new(), seen: 0, passed: Vec::new(), given: 0 }
    }

    /// Looks at what was read, up to the end of a line; whether that was refused.
    fn advance(&mut self) -> bool {
        let rest = self.chunk.get(self.seen..).unwrap_or_default();
        let end = rest.iter().position(|byte| *byte == b'\n').map_or(rest.len(), |at| at + 1);
        self.line.extend_from_slice(rest.get(..end).unwrap_or_default());
        self.seen += end;
        let is_whole = self.line.ends_with(b"\n");
        // The transport drops such a line, however much of it comes there, and needs to see where it ends.
        self.is_long |= self.line.len() > DEFAULT_MAX_LINE_LENGTH;
        if !is_whole && !self.is_long {
            return false;
        }
        let is_good = !self.is_long && (self.line.trim_ascii().is_empty() || serde_json::from_slice::<Value>(&self.line).is_ok());
        let is_refused = is_whole && !is_good;
        if is_refused {
            // Where nobody listens any more, nobody waits for the answer.
            let _ = self.refuse.send(());
        }
        let line = std::mem::take(&mut self.line);
        if is_good || self.is_long {
            (self.passed, self.given) = (line, 0);
        }
        self.is_long &= !is_whole;
        is_refused
    }
}

impl<R: AsyncRead + Unpin> AsyncRead for Json<R> {
    fn poll_read(self: Pin<&mut Self>, context: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        loop {
            let left = this.passed.get(this.given..).unwrap_or_default();
            if !left.is_empty() {
                let count = left.len().min(buffer.remaining());
                buffer.put_slice(left.get(..count).unwrap_or_default());
                this.given += count;
                return Poll::Ready(Ok(()));
            }
            if this.seen < this.chunk.len() {
                if this.advance() {
                    // It is answered before anything after it is read.
                    context.waker().wake_by_ref();
                    return Poll::Pending;
                }
                continue;
            }
            this.chunk.resize(CHUNK, 0);
            let mut chunk = ReadBuf::new(&mut this.chunk);
            let read = Pin::new(&mut this.reader).poll_read(context, &mut chunk);
            let count = chunk.filled().len();
            this.chunk.truncate(count);
            this.seen = 0;
            ready!(read)?;
            if count == 0 {
                return Poll::Ready(Ok(()));
            }
        }
    }
}

/// What an error is written like that answers no request: its id should be there, and null.
const NO_ID: &[u8] = br#"{"jsonrpc":"2.0","error":"#;
const NULL_ID: &[u8] = br#"{"jsonrpc":"2.0","id":null,"error":"#;

/// Writes messages, which come whole, and gives those an id that have none.
struct WithId<W> {
    writer: W,
    /// What is to be written, and what of it is.
    waiting: Vec<u8>,
    written: usize,
}

impl<W> WithId<W> {
    const fn new(writer: W) -> Self {
        Self { writer, waiting: Vec::new(), written: 0 }
    }
}

impl<W: AsyncWrite + Unpin> AsyncWrite for WithId<W> {
    fn poll_write(self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let this = self.get_mut();
        // Nothing is kept back beside what is on its way.
        ready!(this.poll_waiting(context))?;
        match bytes.strip_prefix(NO_ID) {
            Some(rest) => this.waiting.extend([NULL_ID, rest].into_iter().flatten()),
            None => this.waiting.extend_from_slice(bytes),
        }
        Poll::Ready(Ok(bytes.len()))
    }

    fn poll_flush(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        ready!(this.poll_waiting(context))?;
        Pin::new(&mut this.writer).poll_flush(context)
    }

    fn poll_shutdown(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        ready!(this.poll_waiting(context))?;
        Pin::new(&mut this.writer).poll_shutdown(context)
    }
}

impl<W: AsyncWrite + Unpin> WithId<W> {
    fn poll_waiting(&mut self, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        while let Some(left) = self.waiting.get(self.written..).filter(|left| !left.is_empty()) {
            match ready!(Pin::new(&mut self.writer).poll_write(context, left))? {
                0 => return Poll::Ready(Err(io::ErrorKind::WriteZero.into())),
                count => self.written += count,
            }
        }
        self.waiting.clear();
        self.written = 0;
        Poll::Ready(Ok(()))
    }
}
