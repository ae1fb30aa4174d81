//! How processes begin and end: at once, with the power of all, or replaced by ones that know the contract's next revision.

use super::deeds::{Deed, Planned, Wish};
use super::host::World;
use super::process::{Ghost, Process, Running, Stage};
use gentask_core::client::holder_name;
use gentask_core::client::{Client, ClientSettings, Effect};

const HOST: &str = "host";

impl World {
    /// A process begins a life: a client of its own, another holder's name, a clock that may be another.
    pub(super) fn start(&mut self, process: usize) {
        self.pid += 1;
        let offset = if self.trouble.honest {
            0
        } else {
            self.chance.pick(&[0, 0, -700, -5_000, -60_000, -3_600_000, 900, 8_000, 90_000, 3_600_000])
        };
        let holder = holder_name(&format!("p{process}"), HOST, self.pid, self.now);
        let settings =
            ClientSettings { holder: holder.clone(), listens: self.listens, callbacks: self.receives(), ..ClientSettings::default() };
        let contract = self.kind.contract(self.provider.revision);
        let client = Client::new(&contract, settings).expect("the settings are valid");
        let places = self.chance.pick(&[1, 2, 4, 32]);
        self.story.note(self.now, || format!("process {process} begins as {holder}, its clock {offset} ms off, {places} places"));
        self.processes[process].begin(client, holder, offset, places);
        if self.now < self.trouble.until && self.chance.happens(40) {
            let at = self.now + self.chance.below(3_000);
            self.plan.push(Planned { at, process, wish: Wish::Resume });
        }
    }

    /// A process ends at once, and with it everything that it was told; `power`: all of them, and what is not durable.
    pub(super) fn crash(&mut self, process: usize, power: bool) {
        self.counts.crashes += 1;
        let down = |which: usize| power || which == process;
        self.story.note(self.now, || if power { "the power fails".to_owned() } else { format!("process {process} ends at once") });
        let (gone, stay): (Vec<Running>, Vec<Running>) = std::mem::take(&mut self.calls).into_iter().partition(|call| down(call.process));
        self.calls = stay;
        for running in gone {
            if let Deed::Receive { sent } = &running.deed {
                // The connection ends without an answer.
                self.again(sent);
            }
            if let Deed::Submit { job, body } = running.deed
                && self.chance.happens(60)
            {
                // Whoever ordered it under a key delivers the key again.
                if self.jobs[job].key.is_some() {
                    let (at, process) = (self.now + self.chance.below(70_000), self.chance.index(self.processes.len()));
                    self.plan.push(Planned { at, process, wish: Wish::Submit { job, body } });
                }
            }
            self.cut_off(running);
        }
        for which in (0..self.processes.len()).filter(|which| down(*which)) {
            if self.processes[which].client.is_some() {
                let wait = self.chance.pick(&[100, 5_000, 50_000]);
                self.processes[which] = Process::down(self.now + self.chance.below(wait));
            }
        }
        if power {
            let kept = self.chance.index(self.store.not_durable() + 1);
            self.store.lose_power(kept);
            self.judge.hold = (0, 0);
        }
    }

    /// What an ended process had under way: a request may arrive yet, an effect of the store is done or is not.
    fn cut_off(&mut self, running: Running) {
        let Running { asked: Some(asked), process, .. } = running else { return };
        match (asked.stage, asked.effect) {
            (Stage::Travels { at, .. }, Effect::Send { request, .. }) => {
                self.ghosts.push(Ghost::Request { at, request: Box::new(request) });
            }
            (Stage::Performs { .. }, effect @ Effect::Save(_)) if self.chance.happens(50) => {
                self.haunt(Ghost::Effect { at: self.now, process, effect: Box::new(effect) });
            }
            _ => {}
        }
    }

    /// All processes are replaced by ones that know the contract's next revision, whose key the provider honours from now on.
    pub(super) fn upgrade(&mut self) {
        self.upgrades = None;
        self.story.note(self.now, || "the provider's keys change, and all processes are replaced".to_owned());
        // What is on its way arrives before that.
        for running in &mut self.calls {
            if let Some(asked) = &mut running.asked
                && let (Stage::Travels { .. }, Effect::Send { request, .. }) = (&asked.stage, &asked.effect)
            {
                self.provider.answer(request, self.now, &mut self.chance);
                asked.stage = Stage::Sleeps { until: u64::MAX };
            }
        }
        self.collect();
        for ghost in std::mem::take(&mut self.ghosts) {
            self.haunt(ghost);
        }
        self.crash(0, true);
        self.provider.revision = 2;
    }
}
