//! A row's provider: a loopback server of its own, which answers by the script and writes down what it is asked.
//!
//! Beside it stands a foreign server, to which no key may ever come. Each request is written down with the time that the client's clock
//! shows when it arrives: the runner tells it.

use super::http::{self, Asked, Fault};
use super::script::{Said, Script, kind};
use super::table::Row;
use serde_json::{Value, json};
use socket2::{Domain, Protocol, Socket, Type};
use std::collections::BTreeMap;
use std::io;
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// What the clock of the row's client shows, in Unix milliseconds; `None` where nobody says.
pub type Now = Arc<dyn Fn() -> Option<u64> + Send + Sync>;

/// How long an answer is kept back where nobody lets it go: the row has failed long before.
const HELD: Duration = Duration::from_mins(1);

/// One row's provider, which ends with this.
pub struct Provider {
    shared: Arc<Shared>,
    row: Row,
    own: SocketAddr,
    foreign: SocketAddr,
}

/// What was asked and what was answered.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Whether it came to the foreign server.
    pub foreign: bool,
    /// `submit`, `status`, `cancel` and so on.
    pub kind: &'static str,
    /// Method, path, headers and body, as text.
    pub request: Value,
    /// What the clock showed, in Unix milliseconds.
    pub at: Option<u64>,
    /// How many requests had come when it was answered, and what the clock showed.
    pub answered: Option<(usize, u64)>,
    /// Whether it was read to its end.
    pub arrived: bool,
    /// Whether it is paid for.
    pub billed: bool,
    /// The task that a billed submit made.
    pub task_id: Option<String>,
    /// Its HTTP status.
    pub status: u16,
    /// The pause that it asked for, in milliseconds.
    pub retry_after_ms: Option<u64>,
}

/// What one step of the row brought its runner.
#[derive(Clone, Debug)]
pub struct Seen {
    /// The step's number; `None` for what a runner does after the row.
    pub step: Option<usize>,
    /// The outcome, in the form that [`super::judge`] reads.
    pub outcome: Value,
    /// How many requests had come when it was told.
    pub log: usize,
}

impl Entry {
    /// A header of the request.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.request["headers"][name].as_str()
    }

    /// The intent that it belongs to: every contract of the table says so in a header.
    pub fn intent(&self) -> Option<&str> {
        self.header("x-intent")
    }
}

struct Shared {
    state: Mutex<State>,
    changed: Condvar,
    now: Now,
    key: String,
    /// The addresses, as scripts name them.
    places: Vec<(String, String)>,
    /// The header of a key that is honoured, and for how long.
    honours: Option<(String, u64)>,
}

struct State {
    script: Script,
    log: Vec<Entry>,
    seen: Vec<Seen>,
    /// The answers to so many of the first requests are let go.
    let_go: usize,
    ended: bool,
    listener: Option<TcpListener>,
    /// Its address, while it does not listen there: no other server may be given that meanwhile.
    kept: Option<Socket>,
    /// Tasks by the key that their provider honours: when they were made, and their id.
    honoured: BTreeMap<String, (u64, String)>,
}

impl Provider {
    /// Starts it. `now` is asked at each request.
    pub fn start(row: &Row, now: Now) -> io::Result<Self> {
        let (own, foreign) = (TcpListener::bind("127.0.0.1:0")?, TcpListener::bind("127.0.0.1:0")?);
        let (own_at, foreign_at) = (own.local_addr()?, foreign.local_addr()?);
        let key = format!("sk-adversary-{:05}-{:05}", own_at.port(), foreign_at.port());
        let places = [("{base}", format!("http://{own_at}")), ("{foreign}", format!("http://{foreign_at}")), ("{key}", key.clone())];
        let mut script = Script::new(row.provider());
        script.extend(&row.value["provider"]);
        let honours = row.value["honours"].as_object().map(|honours| {
            let header = honours["header"].as_str().unwrap_or_default().to_ascii_lowercase();
            (header, honours["seconds"].as_u64().unwrap_or_default() * 1_000)
        });
        let shared = Arc::new(Shared {
            state: Mutex::new(State {
                script,
                log: Vec::new(),
                seen: Vec::new(),
                let_go: 0,
                ended: false,
                listener: Some(own.try_clone()?),
                kept: None,
                honoured: BTreeMap::new(),
            }),
            changed: Condvar::new(),
            now,
            key,
            places: places.into_iter().map(|(name, place)| (name.to_owned(), place)).collect(),
            honours,
        });
        Shared::serve(&shared, own, false);
        Shared::serve(&shared, foreign, true);
        Ok(Self { shared, row: row.clone(), own: own_at, foreign: foreign_at })
    }

    /// The row that it plays.
    pub fn row(&self) -> &Row {
        &self.row
    }

    /// The base URL for the row's clients.
    pub fn base(&self) -> String {
        format!("http://{}", self.own)
    }

    /// The foreign server's.
    pub fn foreign(&self) -> String {
        format!("http://{}", self.foreign)
    }

    /// The key of the row's clients, which no other row has.
    pub fn key(&self) -> &str {
        &self.shared.key
    }

    /// A text of the row with the places that it names.
    pub fn fill(&self, text: &str) -> String {
        self.shared.places.iter().fold(text.to_owned(), |text, (name, place)| text.replace(name, place))
    }

    /// What was asked so far.
    pub fn log(&self) -> Vec<Entry> {
        self.shared.state().log.clone()
    }

    /// Writes down what a step brought.
    pub fn saw(&self, step: Option<usize>, outcome: Value) {
        let mut state = self.shared.state();
        let log = state.log.len();
        state.seen.push(Seen { step, outcome, log });
    }

    /// What the steps brought so far.
    pub fn seen(&self) -> Vec<Seen> {
        self.shared.state().seen.clone()
    }

    /// How many requests of a kind came so far, also such as were not read.
    pub fn count(&self, kind: &str) -> usize {
        self.shared.state().log.iter().filter(|entry| entry.kind == kind && !entry.foreign).count()
    }

    /// Waits until so many requests of a kind have come; `false` where they never did.
    pub fn until(&self, kind: &str, count: usize, limit: Duration) -> bool {
        let is_short = |state: &mut State| state.log.iter().filter(|entry| entry.kind == kind && !entry.foreign).count() < count;
        let (_state, end) =
            self.shared.changed.wait_timeout_while(self.shared.state(), limit, is_short).unwrap_or_else(PoisonError::into_inner);
        !end.timed_out()
    }

    /// Lets every answer go that is kept back.
    pub fn release(&self) {
        let mut state = self.shared.state();
        state.let_go = state.log.len();
        self.shared.changed.notify_all();
    }

    /// Adds to the script.
    pub fn extend(&self, script: &Value) {
        self.shared.state().script.extend(script);
    }

    /// Stops listening, so that connections are refused, or begins again at the same address.
    pub fn listen(&self, on: bool) -> io::Result<()> {
        let mut state = self.shared.state();
        if !on {
            state.listener = None;
            drop(state);
            // The thread that accepts wakes up, finds that it is to end, and lets the address go.
            while TcpStream::connect(self.own).is_ok() {
                std::thread::sleep(Duration::from_millis(1));
            }
            let place = Socket::new(Domain::IPV4, Type::STREAM, Some(Protocol::TCP))?;
            #[cfg(unix)]
            place.set_reuse_address(true)?;
            place.bind(&self.own.into())?;
            self.shared.state().kept = Some(place);
        } else if state.listener.is_none() {
            let listener: TcpListener = match state.kept.take() {
                Some(place) => {
                    place.listen(128)?;
                    place.into()
                }
                None => TcpListener::bind(self.own)?,
            };
            state.listener = Some(listener.try_clone()?);
            drop(state);
            Shared::serve(&self.shared, listener, false);
        }
        Ok(())
    }
}

impl Drop for Provider {
    fn drop(&mut self) {
        {
            let mut state = self.shared.state();
            state.ended = true;
            state.listener = None;
            self.shared.changed.notify_all();
        }
        for address in [self.own, self.foreign] {
            drop(TcpStream::connect(address));
        }
    }
}

impl Shared {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes connections, each on a thread of its own, until the listener is to end.
    fn serve(this: &Arc<Self>, listener: TcpListener, foreign: bool) {
        let shared = Arc::clone(this);
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let ends = {
                    let state = shared.state();
                    state.ended || (!foreign && state.listener.is_none())
                };
                if ends {
                    return;
                }
                let Ok(stream) = stream else { continue };
                let shared = Arc::clone(&shared);
                std::thread::spawn(move || if foreign { shared.overhear(stream) } else { shared.answer(stream) });
            }
        });
    }

    /// The foreign server takes everything and gives an empty object.
    fn overhear(&self, mut stream: TcpStream) {
        let Some(asked) = http::read(&mut stream) else { return };
        let mut entry = self.entry(&asked, true);
        entry.arrived = true;
        self.note(entry);
        let answer = http::Answer { status: 200, headers: Vec::new(), body: b"{}".to_vec(), fault: Fault::None };
        let _ = http::write(&mut stream, &answer, || {});
    }

    fn answer(&self, mut stream: TcpStream) {
        let Some(head) = http::peek(&stream) else { return };
        let places: Vec<(&str, &str)> = self.places.iter().map(|(name, place)| (name.as_str(), place.as_str())).collect();
        let kind = kind(&head);
        let mut said = self.state().script.next(kind, &head, &places);
        let whole = if said.answer.fault == Fault::Unread { None } else { http::read(&mut stream) };
        let arrived = whole.is_some();
        let mut entry = self.entry(whole.as_ref().unwrap_or(&head), false);
        self.honour(&entry, &mut said);
        entry.arrived = arrived;
        entry.billed = said.billed && arrived;
        entry.task_id = said.task_id.filter(|_| entry.billed);
        entry.status = said.answer.status;
        entry.retry_after_ms = said.retry_after_ms;
        let turn = self.note(entry);
        if said.hold {
            self.until_let_go(turn);
        }
        let now = (self.now)();
        {
            let mut state = self.state();
            let count = state.log.len();
            state.log[turn - 1].answered = now.map(|at| (count, at));
        }
        let _ = http::write(&mut stream, &said.answer, || self.until_let_go(turn));
        // What was not read would reset the connection under the answer.
        if said.answer.fault != Fault::Unread && said.answer.fault != Fault::Reset {
            let _ = stream.shutdown(Shutdown::Write);
        }
    }

    fn entry(&self, asked: &Asked, foreign: bool) -> Entry {
        let body = String::from_utf8_lossy(&asked.body);
        Entry {
            foreign,
            kind: kind(asked),
            request: json!({"method": asked.method, "target": asked.target, "headers": asked.headers, "body": body}),
            at: (self.now)(),
            answered: None,
            arrived: false,
            billed: false,
            task_id: None,
            status: 0,
            retry_after_ms: None,
        }
    }

    /// A provider that honours a key answers a second submit with the task of the first, as long as it remembers it.
    fn honour(&self, entry: &Entry, said: &mut Said) {
        let Some((header, lifetime)) = &self.honours else { return };
        let (Some(key), "submit", true) = (entry.header(header), entry.kind, said.billed) else { return };
        let at = entry.at.unwrap_or_default();
        let mut state = self.state();
        match state.honoured.get(key) {
            Some((made, id)) if at.saturating_sub(*made) < *lifetime => {
                let (from, to) = (said.task_id.clone().unwrap_or_default(), id.clone());
                said.answer.body = String::from_utf8_lossy(&said.answer.body).replace(&from, &to).into_bytes();
                said.billed = false;
                said.task_id = None;
            }
            _ => {
                let id = said.task_id.clone().unwrap_or_default();
                state.honoured.insert(key.to_owned(), (at, id));
            }
        }
    }

    /// Writes a request down, and gives its number, counted from 1.
    fn note(&self, entry: Entry) -> usize {
        let mut state = self.state();
        state.log.push(entry);
        self.changed.notify_all();
        state.log.len()
    }

    fn until_let_go(&self, turn: usize) {
        let waits = |state: &mut State| state.let_go < turn && !state.ended;
        drop(self.changed.wait_timeout_while(self.state(), HELD, waits));
    }
}
