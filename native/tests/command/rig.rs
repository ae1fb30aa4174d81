//! A folder, simulated providers, and the real binary with nothing in its environment but what a test gives it.
#![allow(dead_code, reason = "each test binary uses a part of it")]

use gentask_sandbox::{ProviderStats, Rule, SandboxOptions, Script, Server, ServerConfig};
use serde_json::Value;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// The key in the environment. Only the wire may ever hold it.
pub(crate) const KEY: &str = "sk-77b1-not-for-anyone";
/// What a film of AIVideoMaker needs.
pub(crate) const FILM: &str = r#"{"prompt":"waves at dawn","aspectRatio":"16:9","duration":"5"}"#;
/// Polls quickly: the schedule itself is tested in the core.
pub(crate) const QUICK: [&str; 4] = ["--poll-initial", "0.02", "--poll-cap", "0.02"];
/// No process of a test runs longer: what does hangs.
const PATIENCE: Duration = Duration::from_secs(90);

/// A folder with a store, and simulated providers.
pub(crate) struct Rig {
    folder: tempfile::TempDir,
    pub(crate) server: Server,
    env: Vec<(String, String)>,
}

/// What a process left behind.
#[derive(Debug)]
pub(crate) struct Ran {
    /// `None`: a signal ended it.
    pub(crate) exit: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Ran {
    /// The one JSON document on standard output.
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|error| panic!("no single JSON document: {error}: {self:?}"))
    }

    /// Its reply, which has exactly seven fields, where the process ended with this code.
    pub(crate) fn reply(&self, exit: i32) -> Value {
        assert_eq!(self.exit, Some(exit), "{self:?}");
        let reply = self.json();
        let names: Vec<&str> = reply.as_object().map(|fields| fields.keys().map(String::as_str).collect()).unwrap_or_default();
        assert_eq!(names, ["data", "errorCode", "errorMessage", "ok", "retryAfter", "status", "taskId"]);
        reply
    }
}

/// Options under which tasks take `ms` and reads are not limited.
pub(crate) fn options(ms: u64, rules: impl IntoIterator<Item = Rule>) -> SandboxOptions {
    SandboxOptions { read_per_min: Some(0), submit_per_min: Some(0), concurrent: Some(0), ..SandboxOptions::default() }
        .with_task_ms(ms)
        .with_script(Script::of(rules))
}

impl Rig {
    /// A rig with two providers that are AIVideoMaker without its limit of reads, so that tests are quick: `film`, and `blind`, whose
    /// list of tasks names no references, so that a lost submit cannot be found by one. Both behave as these options say.
    pub(crate) fn new(options: &SandboxOptions) -> Self {
        let mut film = contract("core/contracts/aivideomaker.json");
        film["id"] = "film".into();
        film["limits"]["readPerMin"] = Value::Null;
        film["env"]["baseUrl"] = "FILM_BASE_URL".into();
        let mut blind = film.clone();
        blind["id"] = "blind".into();
        blind["env"]["baseUrl"] = "BLIND_BASE_URL".into();
        blind["list"]["reply"]["reference"] = Value::Null;
        if let Some(reply) = blind["list"]["reply"].as_object_mut() {
            reply.remove("reference");
        }
        let mut config = ServerConfig::built_in();
        for contract in [&film, &blind] {
            config.contracts.push(contract.clone());
            config = config.with_options(contract["id"].as_str().unwrap(), options.clone());
        }
        let mut rig = Self::of(config);
        // A stored task's address is followed where the environment names it.
        for (name, provider) in [("FILM_BASE_URL", "film"), ("BLIND_BASE_URL", "blind"), ("APIDOT_BASE_URL", "apidot")] {
            let base = rig.server.base_url(provider);
            rig.set(name, &base);
        }
        rig.write("film.json", film.to_string());
        rig.write("blind.json", blind.to_string());
        rig
    }

    pub(crate) fn of(config: ServerConfig) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = folder.path().join("tasks.db").display().to_string();
        let env = [("GENTASK_STORE", store.as_str()), ("AIVIDEO_API_KEY", KEY), ("APIXO_API_KEY", KEY), ("APIDOT_API_KEY", KEY)];
        let env = env.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec();
        Self { folder, server: Server::start(config).unwrap(), env }
    }

    pub(crate) fn set(&mut self, name: &str, value: &str) {
        self.env.retain(|(known, _)| known != name);
        self.env.push((name.to_owned(), value.to_owned()));
    }

    pub(crate) fn unset(&mut self, name: &str) {
        self.env.retain(|(known, _)| known != name);
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn write(&self, name: &str, text: impl AsRef<[u8]>) -> String {
        std::fs::write(self.path(name), text).unwrap();
        self.path(name).display().to_string()
    }

    /// What the provider `film` has seen.
    pub(crate) fn seen(&self) -> ProviderStats {
        self.server.stats().of("film")
    }

    pub(crate) fn command(&self, args: &[&str]) -> Command {
        self.command_of(&program(), args)
    }

    /// The same for another program.
    fn command_of(&self, program: &OsStr, args: &[&str]) -> Command {
        let mut command = Command::new(program);
        command.args(args).env_clear().envs(self.env.iter().cloned()).current_dir(self.folder.path());
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    pub(crate) fn start(&self, args: &[&str]) -> Running {
        Running(Some(self.command(args).spawn().unwrap()))
    }

    /// Runs another program with the same folder, store and providers.
    pub(crate) fn run_by(&self, program: &OsStr, args: &[&str]) -> Ran {
        let ran = Running(Some(self.command_of(program, args).spawn().unwrap())).end();
        self.holds_no_key(&ran);
        ran
    }

    pub(crate) fn run(&self, args: &[&str]) -> Ran {
        let ran = self.start(args).end();
        self.holds_no_key(&ran);
        ran
    }

    /// The arguments of a film of this provider that is polled quickly, and more.
    pub(crate) fn film(&self, provider: &str, more: &[&str]) -> Vec<String> {
        let (file, base) = (format!("{provider}.json"), self.server.base_url(provider));
        let fixed = ["run", "--provider", &file, "--base-url", &base, "--model", "t2v", "--payload", FILM];
        fixed.iter().chain(&QUICK).chain(more).map(|&text| text.to_owned()).collect()
    }

    pub(crate) fn run_film(&self, more: &[&str]) -> Ran {
        let ran = self.start_film(more).end();
        self.holds_no_key(&ran);
        ran
    }

    pub(crate) fn start_film(&self, more: &[&str]) -> Running {
        let args = self.film("film", more);
        self.start(&args.iter().map(String::as_str).collect::<Vec<_>>())
    }

    /// Resumes every task of a provider.
    pub(crate) fn resume(&self, provider: &str) -> Ran {
        let file = format!("{provider}.json");
        let args: Vec<&str> = ["resume", "--provider", &file].into_iter().chain(QUICK).collect();
        self.run(&args)
    }

    /// The records, as `list` shows them.
    pub(crate) fn list(&self) -> Vec<Value> {
        let ran = self.run(&["list"]);
        assert_eq!(ran.exit, Some(0), "{ran:?}");
        ran.json().as_array().cloned().unwrap()
    }

    /// The key is nowhere but on the wire.
    pub(crate) fn holds_no_key(&self, ran: &Ran) {
        assert!(!ran.stdout.contains(KEY) && !ran.stderr.contains(KEY), "{ran:?}");
        assert!(!ran.stderr.contains("panicked"), "{ran:?}");
        for entry in std::fs::read_dir(self.folder.path()).unwrap() {
            let path = entry.unwrap().path();
            if path.is_file() {
                let bytes = std::fs::read(&path).unwrap();
                assert!(!bytes.windows(KEY.len()).any(|window| window == KEY.as_bytes()), "{} holds the key", path.display());
            }
        }
    }

    /// Waits until the server has seen something: moments are observed, never guessed.
    pub(crate) fn until(&self, what: &str, seen: impl Fn(&ProviderStats) -> bool) {
        eventually(what, || seen(&self.seen()));
    }
}

pub(crate) fn eventually(what: &str, mut is_so: impl FnMut() -> bool) {
    let began = Instant::now();
    while !is_so() {
        assert!(began.elapsed() < PATIENCE, "in vain: {what}");
        std::thread::sleep(Duration::from_millis(2));
    }
}

/// A process that is ended with the test.
pub(crate) struct Running(Option<Child>);

impl Running {
    pub(crate) const fn of(child: Child) -> Self {
        Self(Some(child))
    }

    pub(crate) fn child(&mut self) -> &mut Child {
        self.0.as_mut().unwrap()
    }

    /// Ctrl-C.
    pub(crate) fn interrupt(&mut self) {
        let id = self.child().id().to_string();
        assert!(Command::new("kill").args(["-INT", &id]).status().unwrap().success());
    }

    /// SIGKILL: nothing of the process runs any more.
    pub(crate) fn kill(mut self) -> Ran {
        self.child().kill().unwrap();
        self.end()
    }

    /// Waits for its end.
    pub(crate) fn end(mut self) -> Ran {
        let mut child = self.0.take().unwrap();
        let (stdout, stderr) = (reader(child.stdout.take()), reader(child.stderr.take()));
        let began = Instant::now();
        let status = loop {
            if let Some(status) = child.try_wait().unwrap() {
                break status;
            }
            if began.elapsed() > PATIENCE {
                let _ = child.kill();
                let _ = child.wait();
                panic!("the command hangs: {:?} {:?}", stdout.join(), stderr.join());
            }
            std::thread::sleep(Duration::from_millis(2));
        };
        Ran { exit: status.code(), stdout: stdout.join().unwrap(), stderr: stderr.join().unwrap() }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        if let Some(mut child) = self.0.take() {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

fn reader(from: Option<impl std::io::Read + Send + 'static>) -> std::thread::JoinHandle<String> {
    std::thread::spawn(move || {
        let mut bytes = Vec::new();
        if let Some(mut from) = from {
            from.read_to_end(&mut bytes).unwrap();
        }
        String::from_utf8(bytes).unwrap()
    })
}

/// A file of the repository.
pub(crate) fn repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(path)
}

pub(crate) fn contract(path: &str) -> Value {
    serde_json::from_slice(&std::fs::read(repository(path)).unwrap()).unwrap()
}

/// What `GENTASK_TEST_LACKS` says that the tested command has not: verbs, and `bytes` (file names that are no text). Nothing, of this crate's own.
pub(crate) fn lacks(what: &str) -> bool {
    let lacks = std::env::var("GENTASK_TEST_LACKS").unwrap_or_default().split(',').any(|lacked| lacked == what);
    if lacks {
        println!("skipped: the command has no {what}");
    }
    lacks
}

/// The command that is tested: this crate's own, or another package's.
pub(crate) fn program() -> std::ffi::OsString {
    std::env::var_os("GENTASK_TEST_COMMAND").unwrap_or_else(|| env!("CARGO_BIN_EXE_gentask").into())
}
