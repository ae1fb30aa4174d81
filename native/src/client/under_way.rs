//! The submits that are under way, whoever began them: a program that ends may wait until all of them are saved.

use tokio::sync::watch;

/// The submits of a client that are under way: those of `submit`, and those that a wait, a check or a resume sends. It may outlive the
/// client, as they do.
#[derive(Clone, Debug)]
pub struct UnderWay(watch::Sender<usize>);

impl UnderWay {
    pub(super) fn new() -> Self {
        Self(watch::Sender::new(0))
    }

    /// One more, until what is returned is dropped.
    pub(super) fn begin(&self) -> Counted {
        self.0.send_modify(|count| *count += 1);
        Counted(self.0.clone())
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        *self.0.borrow()
    }

    /// Waits until there is none.
    pub async fn settled(&self) {
        // The sender is here, so the channel is open.
        let _ = self.0.subscribe().wait_for(|count| *count == 0).await;
    }
}

/// A submit that is under way.
pub(super) struct Counted(watch::Sender<usize>);

impl Drop for Counted {
    fn drop(&mut self) {
        self.0.send_modify(|count| *count -= 1);
    }
}
