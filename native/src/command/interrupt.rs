//! Interrupts of a person (Ctrl-C), heard from the moment something depends on them.

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
