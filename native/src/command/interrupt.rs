//! Interrupts of a person (Ctrl-C), and of a system that ends its services, heard from the moment something depends on them.

use tokio::sync::watch;

/// Counts interrupts. While one of these exists, an interrupt no longer ends the process by itself.
#[derive(Clone)]
pub(super) struct Interrupts(watch::Receiver<u64>);

impl Interrupts {
    /// Hears every interrupt from now on.
    pub(super) fn listen() -> Self {
        Self::hear(Terminations::default())
    }

    /// The same for a service, which a system also ends by SIGTERM.
    pub(super) fn of_a_service() -> Self {
        Self::hear(Terminations::listen())
    }

    fn hear(mut terminations: Terminations) -> Self {
        let (count, heard) = watch::channel(0);
        tokio::spawn(async move {
            loop {
                tokio::select! {
                    // No signals on this system: nothing is ever heard, and the sender stays.
                    Ok(()) = tokio::signal::ctrl_c() => {}
                    () = terminations.next() => {}
                }
                count.send_modify(|count| *count += 1);
            }
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

/// SIGTERM, where it is heard and the system has it.
#[derive(Default)]
struct Terminations {
    #[cfg(unix)]
    signal: Option<tokio::signal::unix::Signal>,
}

impl Terminations {
    fn listen() -> Self {
        Self {
            #[cfg(unix)]
            signal: tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()).ok(),
        }
    }

    async fn next(&mut self) {
        #[cfg(unix)]
        if let Some(signal) = self.signal.as_mut() {
            signal.recv().await;
            return;
        }
        std::future::pending::<()>().await;
    }
}
