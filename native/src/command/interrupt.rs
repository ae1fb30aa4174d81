//! Interrupts of a person (Ctrl-C), and of a system that ends its services, heard from the moment something depends on them.

use tokio::sync::watch;

/// Counts interrupts. While one of these exists, an interrupt no longer ends the process by itself.
#[derive(Clone)]
pub(super) struct Interrupts(watch::Receiver<u64>);

impl Interrupts {
    /// Hears every interrupt from now on.
    pub(super) fn listen() -> Self {
        let (count, heard) = watch::channel(0);
        tokio::spawn(async move {
            while tokio::signal::ctrl_c().await.is_ok() {
                count.send_modify(|count| *count += 1);
            }
            // No signals on this system: nothing is ever heard, and the sender stays.
            std::future::pending::<()>().await;
        });
        Self(heard)
    }

    /// Waits for the next interrupt that was not waited for yet.
    pub(super) async fn next(&mut self) {
        if self.0.changed().await.is_err() {
            std::future::pending::<()>().await;
        }
    }
}

/// Counts what stops a service: interrupts, and on Unix also SIGTERM.
pub(super) struct Stops(Interrupts);

impl Stops {
    /// Hears each from now on.
    pub(super) fn listen() -> Self {
        let (count, heard) = watch::channel(0);
        tokio::spawn(async move {
            #[cfg(unix)]
            let mut terminated = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()).ok();
            loop {
                #[cfg(unix)]
                let terminate = async {
                    match terminated.as_mut() {
                        Some(terminated) => drop(terminated.recv().await),
                        None => std::future::pending().await,
                    }
                };
                #[cfg(not(unix))]
                let terminate = std::future::pending::<()>();
                tokio::select! {
                    heard = tokio::signal::ctrl_c() => if heard.is_err() { std::future::pending::<()>().await },
                    () = terminate => {}
                }
                count.send_modify(|count| *count += 1);
            }
        });
        Self(Interrupts(heard))
    }

    /// Waits for the next one.
    pub(super) async fn next(&mut self) {
        self.0.next().await;
    }
}
