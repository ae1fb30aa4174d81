//! From what a task owes to what is posted, as the faults say.

use crate::script::{Fault, Forgery};

/// The most copies of a callback.
const MOST: u32 = 1000;

/// One callback, before it has words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Sketch {
    /// When, in simulated Unix milliseconds; `None`: after the provider's restart.
    pub(crate) at: Option<u64>,
    /// The state that it tells.
    pub(crate) says: &'static str,
    /// Copies of one message have one number.
    pub(crate) message: u64,
    pub(crate) before_answer: bool,
    pub(crate) forged: Vec<Forgery>,
}

/// What is posted for a task that is in this state at this time.
pub(crate) fn sketch(faults: &[Fault], says: &'static str, at: u64) -> Vec<Sketch> {
    let mut sketches = vec![Sketch { at: Some(at), says, message: 0, before_answer: false, forged: Vec::new() }];
    for fault in faults {
        match fault {
            Fault::Duplicate { times } => {
                let copies = |one: Sketch| std::iter::repeat_n(one, usize::try_from((*times).min(MOST)).unwrap_or(1));
                sketches = sketches.into_iter().flat_map(copies).take(MOST as usize).collect();
            }
            Fault::Late { ms } => each(&mut sketches, |one| one.at = one.at.map(|at| at.saturating_add(*ms))),
            Fault::Never => sketches.clear(),
            Fault::BeforeAnswer => each(&mut sketches, |one| one.before_answer = true),
            Fault::AfterRestart => each(&mut sketches, |one| one.at = None),
            Fault::Contradict => each(&mut sketches, |one| one.says = opposite(one.says)),
            Fault::Reordered { ms } => {
                let after = sketches.last().map(|last| Sketch {
                    at: last.at.map(|at| at.saturating_add(*ms)),
                    says: "processing",
                    message: last.message + 1,
                    ..last.clone()
                });
                sketches.extend(after);
            }
            Fault::Forged { part } => each(&mut sketches, |one| one.forged.push(*part)),
            _ => {}
        }
    }
    sketches
}

/// When a task that is processing says so, as the faults want it.
pub(crate) fn progress(faults: &[Fault], from: u64, to: Option<u64>) -> Vec<u64> {
    let times = faults.iter().map(|fault| if let Fault::Progress { times } = fault { (*times).min(MOST) } else { 0 }).max().unwrap_or(0);
    let Some(to) = to else { return if times > 0 { vec![from] } else { Vec::new() } };
    let step = to.saturating_sub(from) / u64::from(times.max(1));
    (0..u64::from(times)).map(|index| from.saturating_add(step.saturating_mul(index))).collect()
}

fn each(sketches: &mut [Sketch], change: impl FnMut(&mut Sketch)) {
    sketches.iter_mut().for_each(change);
}

fn opposite(says: &'static str) -> &'static str {
    match says {
        "success" => "failed",
        "failed" | "cancelled" => "success",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faults_work_one_after_the_other() {
        let all =
            |faults: &[Fault]| -> Vec<_> { sketch(faults, "success", 10).into_iter().map(|one| (one.at, one.says, one.message)).collect() };
        assert_eq!(all(&[]), [(Some(10), "success", 0)]);
        let last = (Some(15), "failed", 0);
        let three = [Fault::Late { ms: 5 }, Fault::Duplicate { times: 2 }, Fault::Contradict, Fault::Reordered { ms: 1 }];
        assert_eq!(all(&three), [last, last, (Some(16), "processing", 1)]);
        assert_eq!(all(&[Fault::AfterRestart, Fault::Late { ms: 5 }]), [(None, "success", 0)]);
        assert!(all(&[Fault::Never, Fault::Reordered { ms: 1 }, Fault::Duplicate { times: 3 }]).is_empty());
        assert_eq!(all(&[Fault::Duplicate { times: u32::MAX }]).len(), 1000);
        assert_eq!(all(&[Fault::Late { ms: u64::MAX }])[0].0, Some(u64::MAX));
    }

    #[test]
    fn progress_is_spread_over_the_work() {
        let three = [Fault::Progress { times: 3 }];
        assert_eq!(progress(&three, 100, Some(400)), [100, 200, 300]);
        assert_eq!((progress(&three, 100, None), progress(&[], 0, Some(9))), (vec![100], vec![]));
    }
}
