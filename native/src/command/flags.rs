//! The command line. Its help is put together in `help.rs`, by the headings that stand here.

use super::help::{self, OUTPUT, PROVIDER, SEED, TASK, WAITING};
use clap::{Args, CommandFactory as _, FromArgMatches as _, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use gentask_core::UnixMillis;
use gentask_core::client::RESUMED_AT_ONCE;
use gentask_core::internal::parse_rfc3339;
use std::ffi::OsString;
use std::io::{IsTerminal as _, Write as _};
use std::path::PathBuf;

/// Run AI-generation tasks without paying twice or losing one
#[derive(Debug, Parser)]
#[command(name = "gentask", version, args_conflicts_with_subcommands = false, subcommand_negates_reqs = true)]
#[command(after_help = "A subcommand's help shows its own flags, and those above that matter to it.\n\
    Without a subcommand, the command lines of the AIVideoMaker scripts work unchanged.\n\
    API keys come from the environment: APIDOT_API_KEY, APIXO_API_KEY, AIVIDEO_API_KEY, or the variable\n\
    that a contract file names.\n\
    Exit codes: 0 success, 1 failed, 2 usage error, 3 API key or credits, 4 still running,\n\
    5 outcome of a submit unknown, 6 task store.")]
pub(super) struct Cli {
    #[command(flatten)]
    pub(super) common: Common,
    #[command(flatten)]
    pub(super) seed: Seed,
    #[command(subcommand)]
    pub(super) verb: Option<Verb>,
}

impl Cli {
    /// Reads the command line. The flags that need no subcommand are refused before one: they would do nothing there.
    pub(super) fn read(arguments: &[OsString]) -> Result<Self, clap::Error> {
        let mut command = help::command();
        let matches = command.try_get_matches_from_mut(arguments)?;
        let cli = Self::from_arg_matches(&matches).map_err(|error| error.format(&mut command))?;
        let seed = &cli.seed;
        let given = [
            ("--action", seed.action.is_some()),
            ("--taskId", seed.task_id.is_some()),
            ("--model", seed.model.is_some()),
            ("--payload", seed.payload.is_some()),
        ];
        match given.iter().find(|(_, is_given)| *is_given && cli.verb.is_some()) {
            Some((flag, _)) => {
                let message = format!("{flag} must come after the subcommand");
                Err(command.error(clap::error::ErrorKind::ArgumentConflict, message))
            }
            None => Ok(cli),
        }
    }
}

/// What is wrong with a command line, on one line and without the usage.
pub(super) fn fault(error: &clap::Error) -> String {
    let text = error.render().to_string();
    let text = text.split("\n\nUsage:").next().unwrap_or_default().split("\n\nFor more information").next().unwrap_or_default();
    text.trim_start_matches("error:").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Flags that every subcommand takes.
#[derive(Clone, Debug, Default, Args)]
pub(super) struct Common {
    /// Built-in provider (apidot, apixo, aivideomaker) or a contract file
    #[arg(long, global = true, value_name = "NAME|FILE", help_heading = PROVIDER)]
    pub(super) provider: Option<String>,
    /// Another base URL of the API: https, or http to this machine
    #[arg(long, global = true, value_name = "URL", help_heading = PROVIDER)]
    pub(super) base_url: Option<String>,
    /// Your label for the account that the API key belongs to
    #[arg(long, global = true, value_name = "LABEL", help_heading = PROVIDER)]
    pub(super) account: Option<String>,
    /// Task store (default: `$GENTASK_STORE`, else in the state directory)
    #[arg(long, global = true, value_name = "FILE", help_heading = TASK)]
    pub(super) store: Option<PathBuf>,
    /// Longest wait for a task; 0 does not wait (default: the contract's)
    #[arg(long, global = true, value_name = "SECONDS", help_heading = WAITING, value_parser = seconds, allow_negative_numbers = true)]
    pub(super) timeout: Option<std::time::Duration>,
    /// Time before the first poll, and first interval between polls
    #[arg(long, global = true, value_name = "SECONDS", help_heading = WAITING, value_parser = seconds, allow_negative_numbers = true)]
    pub(super) poll_initial: Option<std::time::Duration>,
    /// Longest interval between polls
    #[arg(long, global = true, value_name = "SECONDS", help_heading = WAITING, value_parser = seconds, allow_negative_numbers = true)]
    pub(super) poll_cap: Option<std::time::Duration>,
    /// Polls by past durations (`learned`, default) or by the `contract`
    #[arg(long, global = true, value_name = "WORD", help_heading = WAITING, hide_possible_values = true)]
    pub(super) poll: Option<PollBy>,
    /// Print JSON (the default when the output is not a terminal)
    #[arg(long, global = true, help_heading = OUTPUT)]
    pub(super) json: bool,
}

/// What a poll schedule is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum PollBy {
    Learned,
    Contract,
}

impl Common {
    /// Whether replies are printed as JSON.
    pub(super) fn json(&self) -> bool {
        json(self.json)
    }
}

/// Whether output is for a program: asked for, or no terminal.
pub(super) fn json(asked: bool) -> bool {
    asked || !std::io::stdout().is_terminal()
}

/// The flags that need no subcommand.
#[derive(Debug, Default, Args)]
pub(super) struct Seed {
    /// createGeneration, getStatus, getTask or cancelTask
    #[arg(long, value_enum, value_name = "ACTION", help_heading = SEED, hide_possible_values = true)]
    pub(super) action: Option<Action>,
    /// The provider's task id
    #[arg(long = "taskId", value_name = "ID", help_heading = SEED)]
    pub(super) task_id: Option<String>,
    /// Model id
    #[arg(long, value_name = "MODEL", help_heading = SEED)]
    pub(super) model: Option<String>,
    /// The model's input as JSON; `@FILE` reads a file, `-` standard input
    #[arg(long, value_name = "JSON", help_heading = SEED)]
    pub(super) payload: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Action {
    #[value(name = "createGeneration")]
    CreateGeneration,
    #[value(name = "getStatus")]
    GetStatus,
    #[value(name = "getTask")]
    GetTask,
    #[value(name = "cancelTask")]
    CancelTask,
}

#[derive(Debug, Subcommand)]
pub(super) enum Verb {
    /// Run one task on each provider, simulated on this machine: no key, no network
    Demo(Demo),
    /// Submit a generation and wait for its files
    Run(Run),
    /// Show the status of a task
    Status(One),
    /// Show the result of a task; --out saves its files
    Get(Get),
    /// Ask the provider to cancel a task
    Cancel(One),
    /// List the tasks in the store
    List(List),
    /// Continue all unfinished tasks: send what was not sent yet, wait for the rest
    Resume(Resume),
    /// Drive unfinished tasks, new ones too, until stopped
    Worker(Worker),
    /// List submits whose outcome is not known, and tasks with a second task id
    Unresolved,
    /// Give an unresolved submit the task id that you found at the provider
    Adopt(Adopt),
    /// Give up an unresolved submit, or settle a task that has a second task id
    Discard(Discard),
    /// Delete the record of one task that has ended
    Delete(Delete),
    /// Delete the records of tasks that ended long ago
    Prune(Prune),
    /// Receive callbacks on this machine until interrupted
    Listen(Listen),
    /// List the callbacks in the store; --replay processes one again
    Deliveries(Deliveries),
    /// Show the account's balance
    Account,
    /// Show how long tasks take, and when they are polled by that
    Stats,
    /// List the models that the providers' contracts name
    Models,
    /// Check a contract, or a payload for a model; sends nothing
    Validate(Validate),
    /// Print the inputs of a provider's models as types of a programming language
    Types(Types),
    /// Serve the simulated providers on this machine until interrupted
    Sandbox(SandboxFlags),
    /// Serve the operations by the Model Context Protocol on standard input and output
    Mcp(Mcp),
    /// Print the manual page: `gentask man | man -l -`
    Man,
    /// Print a completion script for a shell
    Completions {
        /// The shell
        shell: Shell,
    },
}

#[derive(Debug, Args)]
pub(super) struct Demo {
    /// Directory for the files
    #[arg(long, value_name = "DIR", help_heading = OUTPUT, default_value = "gentask-demo")]
    pub(super) out: PathBuf,
}

#[derive(Debug, Args)]
#[expect(clippy::struct_field_names, reason = "the flag is called --dry-run")]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of its own")]
pub(super) struct Run {
    /// Model id; `gentask models` lists those that are known
    #[arg(long, value_name = "MODEL", help_heading = TASK)]
    pub(super) model: String,
    /// The model's input as JSON; `@FILE` reads a file, `-` standard input
    #[arg(long, value_name = "JSON", help_heading = TASK, required_unless_present = "prompt")]
    pub(super) payload: Option<String>,
    /// The input's `prompt`: beside a payload without one, or alone
    #[arg(long, value_name = "TEXT", help_heading = TASK)]
    pub(super) prompt: Option<String>,
    /// Idempotency key: the same key and payload are the same task, paid once
    #[arg(long, value_name = "KEY", help_heading = TASK)]
    pub(super) key: Option<String>,
    /// User that the task belongs to; each owner has keys of its own
    #[arg(long, value_name = "NAME", help_heading = TASK)]
    pub(super) owner: Option<String>,
    /// Public https URL that the provider calls when the task ends
    #[arg(long, value_name = "URL", help_heading = TASK)]
    pub(super) callback_url: Option<String>,
    /// Receive the callback here, from a provider simulated on this machine
    #[arg(long, help_heading = TASK, conflicts_with_all = ["callback_url", "no_wait", "dry_run"])]
    pub(super) callback: bool,
    /// Option that the provider's contract defines; may be repeated
    #[arg(long = "option", value_name = "NAME=VALUE", help_heading = TASK)]
    pub(super) options: Vec<String>,
    /// Return once the task id is stored, without waiting for the result
    #[arg(long, help_heading = WAITING)]
    pub(super) no_wait: bool,
    /// Show the request; send and store nothing
    #[arg(long, help_heading = OUTPUT, conflicts_with = "no_wait")]
    pub(super) dry_run: bool,
    /// Save the result files in this directory
    #[arg(long, value_name = "DIR", help_heading = OUTPUT, conflicts_with = "no_wait")]
    pub(super) out: Option<PathBuf>,
    /// With --out: write which task each file came from to NAME.receipt.json beside it
    #[arg(long, help_heading = OUTPUT, requires = "out")]
    pub(super) receipt: bool,
}

#[derive(Debug, Args)]
pub(super) struct One {
    /// Intent id, or the provider's task id
    #[arg(value_name = "ID")]
    pub(super) id: String,
    /// Model id, if the provider needs it and the task is not in the store
    #[arg(long, value_name = "MODEL", help_heading = TASK)]
    pub(super) model: Option<String>,
}

#[derive(Debug, Args)]
pub(super) struct Get {
    #[command(flatten)]
    pub(super) one: One,
    /// Save the result files in this directory
    #[arg(long, value_name = "DIR", help_heading = OUTPUT)]
    pub(super) out: Option<PathBuf>,
    /// With --out: write which task each file came from to NAME.receipt.json beside it
    #[arg(long, help_heading = OUTPUT, requires = "out")]
    pub(super) receipt: bool,
}

#[derive(Debug, Args)]
pub(super) struct List {
    /// Only tasks of this owner
    #[arg(long, value_name = "NAME", help_heading = TASK)]
    pub(super) owner: Option<String>,
    /// Only tasks in these phases, such as waiting,unresolved
    #[arg(long, value_name = "PHASE", help_heading = TASK, value_delimiter = ',')]
    pub(super) phase: Vec<String>,
    /// Only tasks that have not ended
    #[arg(long, help_heading = TASK)]
    pub(super) unfinished: bool,
    /// Only tasks made since then: an age such as 12h, or a date like 2026-01-31
    #[arg(long, value_name = "AGE|DATE", help_heading = TASK, value_parser = since)]
    pub(super) since: Option<Since>,
    /// How the tasks are printed: table, json or csv
    #[arg(long, value_enum, value_name = "FORMAT", help_heading = OUTPUT, hide_possible_values = true)]
    pub(super) format: Option<Format>,
    /// The newest first, not the oldest
    #[arg(long, help_heading = OUTPUT)]
    pub(super) newest: bool,
    /// At most this many tasks
    #[arg(long, value_name = "N", help_heading = OUTPUT, default_value_t = 100, value_parser = whole, allow_negative_numbers = true)]
    pub(super) limit: usize,
}

/// A time in the past.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Since {
    /// So long ago.
    Ago(std::time::Duration),
    /// Then.
    At(UnixMillis),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    Table,
    Json,
    Csv,
}

#[derive(Debug, Args)]
pub(super) struct Resume {
    /// At most this many tasks at once
    #[arg(long, value_name = "N", help_heading = WAITING, default_value_t = RESUMED_AT_ONCE, value_parser = whole, allow_negative_numbers = true)]
    pub(super) concurrency: usize,
    /// Save the result files in this directory
    #[arg(long, value_name = "DIR", help_heading = OUTPUT)]
    pub(super) out: Option<PathBuf>,
    /// With --out: write which task each file came from to NAME.receipt.json beside it
    #[arg(long, help_heading = OUTPUT, requires = "out")]
    pub(super) receipt: bool,
}

#[derive(Debug, Args)]
pub(super) struct Worker {
    /// Save the result files in this directory
    #[arg(long, value_name = "DIR", help_heading = OUTPUT)]
    pub(super) out: Option<PathBuf>,
    /// With --out: write which task each file came from to NAME.receipt.json beside it
    #[arg(long, help_heading = OUTPUT, requires = "out")]
    pub(super) receipt: bool,
}

#[derive(Debug, Args)]
pub(super) struct Adopt {
    /// Intent id of the unresolved submit
    #[arg(value_name = "INTENT")]
    pub(super) intent: String,
    /// Task id at the provider
    #[arg(value_name = "TASK")]
    pub(super) task: String,
}

#[derive(Debug, Args)]
pub(super) struct Discard {
    /// Intent id of the submit or task
    #[arg(value_name = "INTENT")]
    pub(super) intent: String,
}

#[derive(Debug, Args)]
pub(super) struct Delete {
    /// Intent id of the task
    #[arg(value_name = "INTENT")]
    pub(super) intent: String,
}

#[derive(Debug, Args)]
pub(super) struct Prune {
    /// Tasks that ended at least this long ago: 30d, 12h, 90m, 45s
    #[arg(long, value_name = "AGE", help_heading = TASK, default_value = "30d", value_parser = age)]
    pub(super) older_than: std::time::Duration,
}

#[derive(Debug, Args)]
pub(super) struct Listen {
    /// Port on 127.0.0.1; 0 takes any free one
    #[arg(long, value_name = "PORT", help_heading = PROVIDER, default_value_t = 8788)]
    pub(super) port: u16,
    /// Pass each genuine callback on to this URL
    #[arg(long, value_name = "URL", help_heading = OUTPUT)]
    pub(super) forward: Option<String>,
    /// Print the shape of each body: names and kinds, no values
    #[arg(long, help_heading = OUTPUT)]
    pub(super) print: bool,
}

#[derive(Debug, Args)]
pub(super) struct Deliveries {
    /// Process this callback again
    #[arg(long, value_name = "ID", help_heading = TASK, conflicts_with = "limit")]
    pub(super) replay: Option<String>,
    /// At most this many, the newest first [default: 100]
    #[arg(long, value_name = "N", help_heading = OUTPUT, value_parser = whole, allow_negative_numbers = true)]
    pub(super) limit: Option<usize>,
}

#[derive(Debug, Args)]
pub(super) struct Validate {
    /// Model id; without it, the contract and its samples are checked
    #[arg(long, value_name = "MODEL", help_heading = TASK, requires = "payload")]
    pub(super) model: Option<String>,
    /// The model's input as JSON; `@FILE` reads a file, `-` standard input
    #[arg(long, value_name = "JSON", help_heading = TASK, requires = "model")]
    pub(super) payload: Option<String>,
}

#[derive(Debug, Args)]
pub(super) struct SandboxFlags {
    /// Port on 127.0.0.1; 0 takes any free one
    #[arg(long, value_name = "PORT", help_heading = PROVIDER, default_value_t = 8787)]
    pub(super) port: u16,
    /// How many times faster than real time tasks run
    #[arg(long, value_name = "FACTOR", help_heading = PROVIDER, default_value_t = 1)]
    pub(super) speed: u32,
    /// Contract file to simulate beside the built-in ones; may be repeated
    #[arg(long, value_name = "FILE", help_heading = PROVIDER)]
    pub(super) contract: Vec<PathBuf>,
}

#[derive(Debug, Args)]
pub(super) struct Types {
    /// python, pydantic, typescript, zod, kotlin or swift
    #[arg(long, value_enum, value_name = "LANGUAGE", help_heading = OUTPUT, hide_possible_values = true)]
    pub(super) lang: Language,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Language {
    Python,
    Pydantic,
    Typescript,
    Zod,
    Kotlin,
    Swift,
}

#[derive(Debug, Args)]
pub(super) struct Mcp {
    /// Simulated providers: no key, nothing is paid, nothing is kept
    #[arg(long, help_heading = PROVIDER)]
    pub(super) sandbox: bool,
    /// Save the result files in this directory
    #[arg(long, value_name = "DIR", help_heading = OUTPUT)]
    pub(super) out: Option<PathBuf>,
}

/// The longest that anything is waited for: ten years.
const LONGEST_WAIT: std::time::Duration = std::time::Duration::from_hours(10 * 365 * 24);

fn seconds(text: &str) -> Result<std::time::Duration, String> {
    let span = text.parse().ok().and_then(|number| std::time::Duration::try_from_secs_f64(number).ok());
    span.map(|span| span.min(LONGEST_WAIT)).ok_or_else(|| "expected a number of seconds, 0 or more".to_owned())
}

fn whole(text: &str) -> Result<usize, String> {
    text.parse().map_err(|_| "expected a whole number, 0 or more".to_owned())
}

fn age(text: &str) -> Result<std::time::Duration, String> {
    let wrong = || "expected a whole number with d, h, m or s, such as 30d".to_owned();
    let unit = text.chars().last().ok_or_else(wrong)?;
    let number: u64 = text.get(..text.len() - unit.len_utf8()).and_then(|number| number.parse().ok()).ok_or_else(wrong)?;
    let seconds = match unit {
        'd' => 86_400,
        'h' => 3_600,
        'm' => 60,
        's' => 1,
        _ => return Err(wrong()),
    };
    Ok(std::time::Duration::from_secs(number.saturating_mul(seconds)))
}

fn since(text: &str) -> Result<Since, String> {
    let date = || parse_rfc3339(text).or_else(|| parse_rfc3339(&format!("{text}T00:00:00Z")));
    let wrong = "expected an age such as 30d, 12h, 90m or 45s, or a date such as 2026-01-31 or 2026-01-31T09:30:00Z";
    age(text).ok().map(Since::Ago).or_else(|| date().map(Since::At)).ok_or_else(|| wrong.to_owned())
}

/// Prints a shell's completion script.
pub(super) fn completions(shell: Shell) {
    // Into memory first: the generator panics where its reader has gone away.
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "gentask", &mut script);
    let _ = std::io::stdout().write_all(&script);
}

/// Prints the manual page: the command, and then each subcommand with its own flags.
pub(super) fn manual() {
    let mut page = Vec::new();
    // Into memory nothing fails.
    let _ = manual_page(&mut page);
    let _ = std::io::stdout().write_all(&page);
}

fn manual_page(page: &mut Vec<u8>) -> std::io::Result<()> {
    let man = clap_mangen::Man::new(Cli::command());
    man.render_title(page)?;
    man.render_name_section(page)?;
    man.render_synopsis_section(page)?;
    man.render_options_section(page)?;
    man.render_extra_section(page)?;
    for verb in Cli::command().get_subcommands() {
        let name = format!("gentask {}", verb.get_name());
        let man = clap_mangen::Man::new(verb.clone().bin_name(&name));
        let mut part = Vec::new();
        man.render_description_section(&mut part)?;
        man.render_synopsis_section(&mut part)?;
        man.render_options_section(&mut part)?;
        // Its sections are parts of one of this page.
        let part = String::from_utf8_lossy(&part).lines().map(|line| line.replacen(".SH ", ".SS ", 1) + "\n").collect::<String>();
        writeln!(page, ".SH {}\n{part}", name.to_uppercase())?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ages_and_seconds_are_read() {
        assert_eq!(age("30d"), Ok(std::time::Duration::from_hours(720)));
        assert!(age("d").is_err() && age("5").is_err() && age("").is_err() && age("5é").is_err());
        assert!(seconds("-1").is_err() && seconds("x").is_err() && seconds("NaN").is_err() && seconds("inf").is_err());
        assert_eq!(since("12h"), Ok(Since::Ago(std::time::Duration::from_hours(12))));
        assert_eq!((since("1970-01-02"), since("1970-01-01T00:00:01+00:00")), (Ok(Since::At(86_400_000)), Ok(Since::At(1_000))));
        assert!(since("yesterday").is_err() && since("2026-13-01").is_err() && since("").is_err());
        assert_eq!(seconds("0.3"), Ok(std::time::Duration::from_millis(300)));
        for endless in ["1e9", "1e19"] {
            assert_eq!(seconds(endless), Ok(LONGEST_WAIT), "{endless}");
        }
    }

    #[test]
    fn every_subcommand_is_in_the_manual() {
        let mut page = Vec::new();
        manual_page(&mut page).unwrap();
        let page = String::from_utf8(page).unwrap();
        for verb in Cli::command().get_subcommands() {
            assert!(page.contains(&format!(".SH GENTASK {}\n", verb.get_name().to_uppercase())), "{}", verb.get_name());
        }
    }
}
