//! Drives a target on any compiler: what failed once and what is known first, then changes of them, for as long as there is time.
//!
//! An input that leads where none did before  is kept for the rest of the run, and changed in its turn. All of it follows
//! from the seed. A panic, a hang, memory without proportion and the end of the process are failures: the input, made smaller
//! where that can be done, is written beside the target's other inputs, so that the next run begins with it. After a panic the run goes
//! on, and tells each place once.

use crate::edit::LONGEST;
use crate::{Draw, Target, edit, heap, noted, splice};
use gentask_core::internal::split_mix_64;
use gentask_tests::contracts;
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Seek, Write};
use std::panic::{self, AssertUnwindSafe};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// An input that takes longer hangs: any that is well takes a thousandth of that.
const HANG: Duration = Duration::from_secs(10);
/// The stack that an input may use: what a thread has that nobody gave more.
const STACK: usize = 2 << 20;
/// The most memory that any input takes.
const MOST: usize = 256 << 20;
/// The most that a byte of a plain input takes, beyond [`GROUND`].
const PER_BYTE: usize = 64;
/// What any input may take.
const GROUND: usize = 1 << 20;
/// How many inputs are kept for what they led to.
const KEPT: usize = 2_000;
/// How long a failing input is made smaller.
const SHRINKING: Duration = Duration::from_secs(5);

/// One run of a target.
#[derive(Clone, Debug)]
pub struct Run {
    /// What is driven.
    pub target: &'static Target,
    /// What everything follows from.
    pub seed: u64,
    /// For how long, after what is known.
    pub time: Duration,
    /// The target's inputs.
    pub corpus: PathBuf,
    /// The file that holds the input under way, for those who find the process dead.
    pub under_way: PathBuf,
}

/// What a run did.
#[derive(Clone, Copy, Debug)]
pub struct Count {
    /// Inputs that were run.
    pub runs: u64,
    /// How many of them were known before.
    pub known: usize,
    /// How many were kept for what they led to.
    pub kept: usize,
    /// In how many places inputs failed.
    pub failed: usize,
}

impl Run {
    /// Runs what is known, and then until the time is over; tells what fails.
    pub fn go(self) -> io::Result<Count> {
        // What is loaded once and kept is no input's memory.
        for name in contracts::ALL {
            contracts::load(name);
        }
        let watch = Watch::new(&self)?;
        let worker = thread::Builder::new().stack_size(STACK).spawn(move || self.drive(&watch))?;
        worker.join().map_err(|_| io::Error::other("the runner itself panicked"))
    }

    fn drive(&self, watch: &Watch) -> Count {
        let mut known: Vec<Vec<u8>> = files(&self.corpus).into_iter().map(|(_, input)| input).collect();
        known.extend((self.target.seeds)());
        let (mut pool, mut seen, mut failed, mut runs) = (Vec::new(), BTreeSet::new(), BTreeSet::new(), 0);
        let known_count = known.len();
        for input in known {
            self.try_one(watch, &input, &mut failed);
            seen.extend(noted());
            // The longest are whole or nothing.
            if input.len() <= LONGEST {
                pool.push(input);
            }
            runs += 1;
        }
        if pool.is_empty() {
            pool.push(Vec::new());
        }
        let (first, began) = (pool.len(), Instant::now());
        while began.elapsed() < self.time {
            let input = self.changed(&pool, runs);
            self.try_one(watch, &input, &mut failed);
            runs += 1;
            let mut new = false;
            for place in noted() {
                new |= seen.insert(place);
            }
            if new && pool.len() < first + KEPT {
                pool.push(input);
            }
        }
        Count { runs, known: known_count, kept: pool.len() - first, failed: failed.len() }
    }

    /// A changed input: the run's `number`-th.
    fn changed(&self, pool: &[Vec<u8>], number: u64) -> Vec<u8> {
        let words = |from: u64, count: u64| {
            (from..from + count).flat_map(move |at| split_mix_64(self.seed ^ number.rotate_left(20), at).to_le_bytes())
        };
        let chance: Vec<u8> = words(0, 24).collect();
        let mut draw = Draw::new(&chance);
        if draw.byte() < 16 {
            // Nothing that is known.
            return words(24, 1 + draw.below(24) as u64).collect();
        }
        let mut input = draw.pick(pool).clone();
        for _ in 0..=draw.below(4) {
            if draw.byte() < 32 {
                splice(&mut draw, &mut input, &pool[usize::from(chance[0]) % pool.len()]);
            } else {
                edit(&mut draw, &mut input);
            }
        }
        input
    }

    fn try_one(&self, watch: &Watch, input: &[u8], failed: &mut BTreeSet<String>) {
        watch.begin(input);
        let told = outcome(self.target, input);
        watch.end();
        let Err(message) = told else { return };
        if failed.insert(place(&message).to_owned()) {
            let input = shrunk(self.target, input, &message);
            self.tell(&message, &keep(&self.corpus, &input));
        }
    }

    /// Says that an input failed.
    pub fn tell(&self, message: &str, kept: &Path) {
        let message: String = message.chars().take(400).collect();
        eprintln!("fuzz: {} FAILED with the seed {}: {message}\n  the input: {}", self.target.name, self.seed, kept.display());
    }
}

/// Where a failure came from.
fn place(message: &str) -> &str {
    message.split(": ").next().unwrap_or_default()
}

/// Runs one input; what it said where it failed.
fn outcome(target: &Target, input: &[u8]) -> Result<(), String> {
    let (done, peak) = heap::peak_of(|| panic::catch_unwind(AssertUnwindSafe(|| (target.run)(input))));
    if done.is_err() {
        return Err(SAID.lock().unwrap_or_else(PoisonError::into_inner).clone());
    }
    let most = if target.plain { GROUND + PER_BYTE * input.len() } else { MOST };
    if peak > most { Err(format!("memory: more than {} MiB for {} bytes", peak >> 20, input.len())) } else { Ok(()) }
}

/// What the last panic said, and where.
static SAID: Mutex<String> = Mutex::new(String::new());

/// Keeps what panics say instead of printing it.
pub fn hear_panics() {
    panic::set_hook(Box::new(|info| {
        let place = info.location().map(ToString::to_string).unwrap_or_default();
        let said = info.payload_as_str().unwrap_or("a panic");
        *SAID.lock().unwrap_or_else(PoisonError::into_inner) = format!("{place}: {said}");
    }));
}

/// The smallest input found that fails in the same place.
fn shrunk(target: &Target, input: &[u8], message: &str) -> Vec<u8> {
    let (began, wanted, mut best) = (Instant::now(), place(message), input.to_vec());
    let mut size = best.len() / 2;
    while size > 0 && began.elapsed() < SHRINKING {
        let mut at = 0;
        while at < best.len() && began.elapsed() < SHRINKING {
            let mut tried = best.clone();
            tried.drain(at..(at + size).min(tried.len()));
            if outcome(target, &tried).is_err_and(|message| place(&message) == wanted) {
                best = tried;
            } else {
                at += size;
            }
        }
        size /= 2;
    }
    best
}

/// Knows what is under way, and since when.
struct Watch {
    file: Mutex<File>,
    since: Arc<AtomicU64>,
    began: Instant,
}

impl Watch {
    fn new(run: &Run) -> io::Result<Self> {
        let (since, began) = (Arc::new(AtomicU64::new(u64::MAX)), Instant::now());
        let (looked, run) = (Arc::clone(&since), run.clone());
        let watch = Self { file: Mutex::new(File::create(&run.under_way)?), since, began };
        thread::Builder::new().name("watch".to_owned()).spawn(move || {
            loop {
                thread::sleep(Duration::from_millis(500));
                let since = Duration::from_millis(looked.load(Ordering::Relaxed));
                if began.elapsed().checked_sub(since).is_some_and(|took| took > HANG) {
                    let kept = keep(&run.corpus, &left_behind(&run.under_way).unwrap_or_default());
                    run.tell(&format!("hangs: longer than {} s", HANG.as_secs()), &kept);
                    std::process::exit(1);
                }
            }
        })?;
        Ok(watch)
    }

    fn begin(&self, input: &[u8]) {
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        let bytes = [&(input.len() as u64).to_le_bytes()[..], input].concat();
        // Without it, only the story of a dead process is lost.
        let _ = file.rewind().and_then(|()| file.write_all(&bytes));
        self.since.store(u64::try_from(self.began.elapsed().as_millis()).unwrap_or(u64::MAX), Ordering::Relaxed);
    }

    fn end(&self) {
        self.since.store(u64::MAX, Ordering::Relaxed);
    }
}

/// The input that was under way when its process died.
pub fn left_behind(under_way: &Path) -> Option<Vec<u8>> {
    let bytes = fs::read(under_way).ok()?;
    let (length, input) = bytes.split_at_checked(8)?;
    let length = usize::try_from(u64::from_le_bytes(length.try_into().ok()?)).ok()?;
    input.get(..length).map(<[u8]>::to_vec)
}

/// Writes a failing input beside the others; where. The longest are made by the targets themselves, and are not written.
pub fn keep(corpus: &Path, input: &[u8]) -> PathBuf {
    if input.len() > LONGEST {
        return PathBuf::from(format!("one of {} bytes that the target makes itself", input.len()));
    }
    if let Some((path, _)) = files(corpus).into_iter().find(|(_, known)| known == input) {
        return path;
    }
    let hash = input.iter().fold(0xcbf2_9ce4_8422_2325, |hash: u64, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3));
    let path = corpus.join(format!("failed-{hash:016x}"));
    if let Err(error) = fs::create_dir_all(corpus).and_then(|()| fs::write(&path, input)) {
        eprintln!("fuzz: cannot write {}: {error}", path.display());
    }
    path
}

/// The inputs of a folder, in the order of their names.
fn files(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    paths.sort();
    paths.into_iter().filter_map(|path| fs::read(&path).ok().map(|bytes| (path, bytes))).collect()
}
