//! The command line.

use clap::{Args, CommandFactory as _, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use std::ffi::OsString;
use std::io::{IsTerminal as _, Write as _};
use std::path::PathBuf;

/// Run AI-generation tasks that are never paid twice and never lost.
#[derive(Debug, Parser)]
#[command(name = "gentask", version, args_conflicts_with_subcommands = false, subcommand_negates_reqs = true)]
#[command(after_help = "Exit codes: 0 done, 1 failed, 2 wrong call, 3 key or credits, 4 still running, 5 outcome unknown, 6 task store.\n\
    Without a verb, the flags of the AIVideoMaker scripts work unchanged: --model M --payload JSON,\n\
    or --action getStatus|getTask|cancelTask --taskId ID.\n\
    Keys come from the environment: APIDOT_API_KEY, APIXO_API_KEY, AIVIDEO_API_KEY, or the variable that a contract file names.")]
pub(super) struct Cli {
    #[command(flatten)]
    pub(super) common: Common,
    #[command(flatten)]
    pub(super) seed: Seed,
    #[command(subcommand)]
    pub(super) verb: Option<Verb>,
}

impl Cli {
    /// Reads the command line. The flags that need no verb are refused beside one: they would do nothing.
    pub(super) fn read(arguments: &[OsString]) -> Result<Self, clap::Error> {
        let cli = Self::try_parse_from(arguments)?;
        let seed = &cli.seed;
        let given = [
            ("--action", seed.action.is_some()),
            ("--taskId", seed.task_id.is_some()),
            ("--model", seed.model.is_some()),
            ("--payload", seed.payload.is_some()),
        ];
        match given.iter().find(|(_, is_given)| *is_given && cli.verb.is_some()) {
            Some((flag, _)) => {
                let message =
                    format!("{flag} comes before the verb, where it does nothing: put it behind the verb, or leave the verb out");
                Err(Self::command().error(clap::error::ErrorKind::ArgumentConflict, message))
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

/// Flags of every verb.
#[derive(Clone, Debug, Default, Args)]
pub(super) struct Common {
    /// A built-in provider (apidot, apixo, aivideomaker) or a contract file
    #[arg(long, global = true, value_name = "NAME|FILE")]
    pub(super) provider: Option<String>,
    /// Another base URL: https, or http to this machine. A stored task's is followed only where it is the contract's, the environment's
    /// or this one
    #[arg(long, global = true, value_name = "URL")]
    pub(super) base_url: Option<String>,
    /// A label that keeps tasks under different keys apart; stored tasks of another account than `default` are acted on only where it is
    /// named
    #[arg(long, global = true, value_name = "LABEL")]
    pub(super) account: Option<String>,
    /// The task store (default: `GENTASK_STORE`, else gentask/tasks.db in the state directory)
    #[arg(long, global = true, value_name = "FILE")]
    pub(super) store: Option<PathBuf>,
    /// How long to wait for a task (default: the provider's figure for its kind)
    #[arg(long, global = true, value_name = "SECONDS", value_parser = seconds)]
    pub(super) timeout: Option<std::time::Duration>,
    /// First poll and first interval
    #[arg(long, global = true, value_name = "SECONDS", value_parser = seconds)]
    pub(super) poll_initial: Option<std::time::Duration>,
    /// Longest interval between polls
    #[arg(long, global = true, value_name = "SECONDS", value_parser = seconds)]
    pub(super) poll_cap: Option<std::time::Duration>,
    /// Print JSON (the default where the output is no terminal)
    #[arg(long, global = true)]
    pub(super) json: bool,
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

/// The flags that need no verb.
#[derive(Debug, Default, Args)]
pub(super) struct Seed {
    /// What to do with --taskId
    #[arg(long, value_enum, value_name = "ACTION")]
    pub(super) action: Option<Action>,
    /// The provider's task id
    #[arg(long = "taskId", value_name = "ID")]
    pub(super) task_id: Option<String>,
    /// The model
    #[arg(long, value_name = "MODEL")]
    pub(super) model: Option<String>,
    /// The model's fields as JSON; `-` reads them from standard input
    #[arg(long, value_name = "JSON")]
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
    /// How a task is: one status call
    Status(One),
    /// A task's details and files
    Get(Get),
    /// Ask the provider to stop a task
    Cancel(One),
    /// The tasks in the store
    List(List),
    /// Drive every unfinished task to its end
    Resume(Resume),
    /// Submits whose outcome is not known
    Unresolved,
    /// Give an unresolved submit the task id under which you found it
    Adopt(Adopt),
    /// Give an unresolved submit up
    Discard(Discard),
    /// Delete the records of tasks that ended long ago
    Prune(Prune),
    /// The account's balance
    Account,
    /// The models that a provider's contract lists
    Models,
    /// Check a contract file, or a payload against its model's rules; sends nothing
    Validate(Validate),
    /// Serve simulated providers on this machine until interrupted
    Sandbox(SandboxFlags),
    /// Print a shell's completion script
    Completions {
        /// The shell
        shell: Shell,
    },
}

#[derive(Debug, Args)]
pub(super) struct Demo {
    /// Where the files go
    #[arg(long, value_name = "DIR", default_value = "gentask-demo")]
    pub(super) out: PathBuf,
}

#[derive(Debug, Args)]
#[expect(clippy::struct_field_names, reason = "the flag is called --dry-run")]
pub(super) struct Run {
    /// The model
    #[arg(long, value_name = "MODEL")]
    pub(super) model: String,
    /// The model's fields as JSON; `-` reads them from standard input
    #[arg(long, value_name = "JSON")]
    pub(super) payload: String,
    /// Your own key: the same key and payload name the same task, however often they are run
    #[arg(long, value_name = "KEY")]
    pub(super) key: Option<String>,
    /// Whose task it is
    #[arg(long, value_name = "NAME")]
    pub(super) owner: Option<String>,
    /// Where the provider reports the end: a public https URL
    #[arg(long, value_name = "URL")]
    pub(super) callback_url: Option<String>,
    /// An option that the contract defines; may be repeated
    #[arg(long = "option", value_name = "NAME=VALUE")]
    pub(super) options: Vec<String>,
    /// Return as soon as the task id is stored
    #[arg(long)]
    pub(super) no_wait: bool,
    /// Show what would be sent; send and store nothing
    #[arg(long, conflicts_with = "no_wait")]
    pub(super) dry_run: bool,
    /// Save the result files into this directory
    #[arg(long, value_name = "DIR", conflicts_with = "no_wait")]
    pub(super) out: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(super) struct One {
    /// The intent's id, or the provider's task id
    #[arg(value_name = "ID")]
    pub(super) id: String,
    /// The model, where the provider asks for it and the task is not in the store
    #[arg(long, value_name = "MODEL")]
    pub(super) model: Option<String>,
}

#[derive(Debug, Args)]
pub(super) struct Get {
    #[command(flatten)]
    pub(super) one: One,
    /// Save the result files into this directory
    #[arg(long, value_name = "DIR")]
    pub(super) out: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(super) struct List {
    /// Only this owner's
    #[arg(long, value_name = "NAME")]
    pub(super) owner: Option<String>,
    /// Only these phases: waiting, succeeded, unresolved ...
    #[arg(long, value_name = "PHASE", value_delimiter = ',')]
    pub(super) phase: Vec<String>,
    /// Only tasks that have not ended
    #[arg(long)]
    pub(super) unfinished: bool,
    /// At most this many
    #[arg(long, value_name = "N", default_value_t = 100)]
    pub(super) limit: usize,
}

#[derive(Debug, Args)]
pub(super) struct Resume {
    /// At most this many at once
    #[arg(long, value_name = "N", default_value_t = 1_000)]
    pub(super) concurrency: usize,
    /// Save the result files into this directory
    #[arg(long, value_name = "DIR")]
    pub(super) out: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(super) struct Adopt {
    /// The unresolved intent's id
    #[arg(value_name = "INTENT")]
    pub(super) intent: String,
    /// The task id at the provider
    #[arg(value_name = "TASK")]
    pub(super) task: String,
}

#[derive(Debug, Args)]
pub(super) struct Discard {
    /// The unresolved intent's id
    #[arg(value_name = "INTENT")]
    pub(super) intent: String,
}

#[derive(Debug, Args)]
pub(super) struct Prune {
    /// Tasks that ended this long ago or longer: 30d, 12h, 90m, 45s
    #[arg(long, value_name = "AGE", default_value = "30d", value_parser = age)]
    pub(super) older_than: std::time::Duration,
}

#[derive(Debug, Args)]
pub(super) struct Validate {
    /// The model; without one, the contract itself is checked, samples included
    #[arg(long, value_name = "MODEL", requires = "payload")]
    pub(super) model: Option<String>,
    /// The model's fields as JSON; `-` reads them from standard input
    #[arg(long, value_name = "JSON", requires = "model")]
    pub(super) payload: Option<String>,
}

#[derive(Debug, Args)]
pub(super) struct SandboxFlags {
    /// The port on 127.0.0.1; 0 for any that is free
    #[arg(long, value_name = "PORT", default_value_t = 8787)]
    pub(super) port: u16,
    /// How much faster than real time tasks go
    #[arg(long, value_name = "FACTOR", default_value_t = 1)]
    pub(super) speed: u32,
    /// A contract file to simulate beside the built-in ones; may be repeated
    #[arg(long, value_name = "FILE")]
    pub(super) contract: Vec<PathBuf>,
}

/// The longest that anything is waited for: ten years.
const LONGEST_WAIT: std::time::Duration = std::time::Duration::from_hours(10 * 365 * 24);

fn seconds(text: &str) -> Result<std::time::Duration, String> {
    let number: f64 = text.parse().map_err(|_| "a number of seconds is expected".to_owned())?;
    let span = std::time::Duration::try_from_secs_f64(number).map_err(|_| "a number of seconds from 0 is expected".to_owned())?;
    Ok(span.min(LONGEST_WAIT))
}

fn age(text: &str) -> Result<std::time::Duration, String> {
    let wrong = || "a number with d, h, m or s is expected, such as 30d".to_owned();
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

/// Prints a shell's completion script.
pub(super) fn completions(shell: Shell) {
    // Into memory first: the generator panics where its reader has gone away.
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "gentask", &mut script);
    let _ = std::io::stdout().write_all(&script);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
    }

    #[test]
    fn ages_and_seconds_are_read() {
        assert_eq!(age("30d"), Ok(std::time::Duration::from_hours(720)));
        assert!(age("d").is_err() && age("5").is_err() && age("").is_err() && age("5é").is_err());
        assert!(seconds("-1").is_err() && seconds("x").is_err() && seconds("NaN").is_err() && seconds("inf").is_err());
        assert_eq!(seconds("0.3"), Ok(std::time::Duration::from_millis(300)));
        for endless in ["1e9", "1e19"] {
            assert_eq!(seconds(endless), Ok(LONGEST_WAIT), "{endless}");
        }
    }
}
