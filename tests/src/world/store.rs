//! A store in memory: compare-and-set, and saves without a fence that a crash may undo.

use gentask_core::{Blob, TaskRecord};

/// One record, its `request` blob, and what of them is durable.
#[derive(Clone, Debug, Default)]
pub struct Store {
    now: Kept,
    durable: Kept,
}

#[derive(Clone, Debug, Default)]
struct Kept {
    record: Option<String>,
    request: Option<Vec<u8>>,
}

impl Store {
    /// Saves, where the stored version is the one before; `false`: it is not.
    pub fn save(&mut self, record: &TaskRecord, blobs: &[Blob], fence: bool) -> bool {
        let stored = self.load().map_or(0, |stored| stored.version);
        if stored + 1 != record.version {
            return false;
        }
        self.now.record = Some(record.to_json());
        for blob in blobs.iter().filter(|blob| blob.name == "request") {
            self.now.request.clone_from(&blob.bytes);
        }
        if fence {
            self.durable = self.now.clone();
        }
        true
    }

    /// The stored record.
    ///
    /// # Panics
    /// Where it cannot be read.
    pub fn load(&self) -> Option<TaskRecord> {
        self.now.record.as_deref().map(|text| TaskRecord::from_json(text.as_bytes()).expect("a stored record can be read"))
    }

    /// The `request` blob.
    pub fn request(&self) -> Option<&[u8]> {
        self.now.request.as_deref()
    }

    /// The host loses power: what was not durable is gone.
    pub fn lose_power(&mut self) {
        self.now = self.durable.clone();
    }
}
