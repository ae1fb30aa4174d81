//! What several providers behind one address ask of each: to be reached at another, and to begin anew.

use super::Sandbox;
use crate::options::SandboxOptions;

impl Sandbox {
    /// Begins anew as the same provider: no tasks, no counts, the script of its options. Numbers of deliveries go on.
    pub(crate) fn begin_anew(&mut self, options: Option<&SandboxOptions>, base: &str) {
        let options = SandboxOptions { base_url: Some(base.to_owned()), ..options.unwrap_or(&self.options).clone() };
        let mut fresh = Self::new(&self.contract, options);
        fresh.succeed(self);
        *self = fresh;
    }

    /// From now on it is reached at this base URL.
    pub(crate) fn move_to(&mut self, base: &str) {
        base.clone_into(&mut self.shapes.base);
        self.options.base_url = Some(base.to_owned());
    }
}
