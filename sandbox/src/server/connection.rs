//! One connection: requests in, answers out, and the faults that only a socket can show.

use super::http::{Broken, Framing, Head, Wire, head_of};
use super::{Shared, callbacks};
use crate::providers::Answered;
use crate::request::Answer;
use crate::script::Fault;
use socket2::SockRef;
use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

/// Takes connections for ever.
pub(super) async fn accept(listener: TcpListener, shared: Arc<Shared>) {
    loop {
        match listener.accept().await {
            Ok((stream, _)) => {
                let shared = Arc::clone(&shared);
                tokio::spawn(async move {
                    let open = shared.open.fetch_add(1, Ordering::Relaxed) + 1;
                    shared.most.fetch_max(open, Ordering::Relaxed);
                    shared.total.fetch_add(1, Ordering::Relaxed);
                    serve(stream, &shared).await;
                    shared.open.fetch_sub(1, Ordering::Relaxed);
                });
            }
            // Out of file descriptors, say: wait until some are free.
            Err(_) => tokio::time::sleep(Duration::from_millis(20)).await,
        }
    }
}

async fn serve(stream: TcpStream, shared: &Shared) {
    // Small answers: nothing is won by waiting for more bytes.
    let _ = stream.set_nodelay(true);
    let mut wire = Wire::new(stream);
    let mut answered = 0_u64;
    loop {
        match exchange(&mut wire, shared, answered).await {
            Ok(ControlFlow::Continue(())) => answered += 1,
            Ok(ControlFlow::Break(())) | Err(Broken::Gone) => return,
            Err(Broken::Malformed(status)) => {
                let answer = Answer::plain(status, Vec::new());
                let _ = wire.send(&head_of(&answer, shared.now(), false, Framing::Length(0))).await;
                return;
            }
        }
    }
}

/// One request and its answer; `Break` where the connection is over.
async fn exchange(wire: &mut Wire, shared: &Shared, answered: u64) -> Result<ControlFlow<()>, Broken> {
    let Some(mut head) = wire.head().await? else { return Ok(ControlFlow::Break(())) };
    let cut = shared.providers().resets_unread(&head.request);
    if cut {
        return Ok(reset(wire));
    }
    head.request.body = wire.body(&head).await?;
    // From before the request is known to have arrived, so that whoever sees it there can let its answer go.
    let mut released = shared.released.subscribe();
    let now = shared.now();
    let connections = shared.connections();
    let Answered { answer, after, releases } = shared.providers().answer(&head.request, now, connections);
    if let Some((provider, task)) = after.filter(|_| shared.callbacks) {
        while shared.providers().get(&provider).is_some_and(|sandbox| sandbox.holds_answer(&task)) {
            tokio::time::sleep(callbacks::EVERY).await;
        }
    }
    if releases {
        shared.release();
    }
    deliver(wire, &head, &answer, now, answered, &mut released).await
}

/// Sends an answer as its fault says.
async fn deliver(
    wire: &mut Wire,
    head: &Head,
    answer: &Answer,
    now: u64,
    answered: u64,
    released: &mut watch::Receiver<u64>,
) -> Result<ControlFlow<()>, Broken> {
    let body = answer.body.as_slice();
    let start = |framing: Framing| head_of(answer, now, head.keep_alive, framing);
    let (half, rest) = body.split_at(body.len() / 2);
    match answer.fault {
        Some(Fault::ResetBeforeRead | Fault::ResetAfterBody) => return Ok(reset(wire)),
        Some(Fault::CloseWithoutAnswer) => return Ok(ControlFlow::Break(())),
        Some(Fault::CloseWarmConnection) if answered > 0 => return Ok(ControlFlow::Break(())),
        Some(Fault::Silence { ms }) => {
            // Until the time is over, or the client has had enough.
            let _ = tokio::time::timeout(Duration::from_millis(ms), wire.head()).await;
            return Ok(ControlFlow::Break(()));
        }
        Some(Fault::TruncatedBody) => {
            wire.send(&[&start(Framing::Length(body.len().max(64))), half].concat()).await?;
            return Ok(ControlFlow::Break(()));
        }
        Some(Fault::LengthTooLong) => {
            wire.send(&[&start(Framing::Length(body.len() + 1)), body].concat()).await?;
            return Ok(ControlFlow::Break(()));
        }
        Some(Fault::LastChunkMissing) => {
            let size = format!("{:x}\r\n", body.len()).into_bytes();
            wire.send(&[&start(Framing::Chunked), &size, body, b"\r\n"].concat()).await?;
            return Ok(ControlFlow::Break(()));
        }
        Some(Fault::HoldBody) => {
            wire.send(&[&start(Framing::Length(body.len())), half].concat()).await?;
            // The server's end ends every connection.
            let _ = released.changed().await;
            wire.send(rest).await?;
        }
        Some(Fault::Drip { ms }) => {
            wire.send(&start(Framing::Length(body.len()))).await?;
            for byte in body {
                tokio::time::sleep(Duration::from_millis(ms)).await;
                wire.send(&[*byte]).await?;
            }
        }
        _ => {
            match answer.fault {
                Some(Fault::DelayMs { ms }) => tokio::time::sleep(Duration::from_millis(ms)).await,
                Some(Fault::Hold) => drop(released.changed().await),
                _ => {}
            }
            let sent = if head.request.method == "HEAD" { &[] } else { body };
            wire.send(&[&start(Framing::Length(body.len())), sent].concat()).await?;
        }
    }
    Ok(if head.keep_alive { ControlFlow::Continue(()) } else { ControlFlow::Break(()) })
}

/// Makes the end of the connection a reset instead of an orderly one.
fn reset(wire: &Wire) -> ControlFlow<()> {
    let _ = SockRef::from(&wire.stream).set_linger(Some(Duration::ZERO));
    ControlFlow::Break(())
}
