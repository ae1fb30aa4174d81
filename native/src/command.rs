//! The `gentask` command, as a library function, so that other packages can carry it.
//!
//! It reads nothing but its flags, its environment variables and its store. Exit codes:
//!
//! | code | meaning |
//! |---|---|
//! | 0 | what was asked is done |
//! | 1 | the task, the provider or the network failed |
//! | 2 | usage error: a flag, a model, a payload, a contract, an operation that the provider does not support |
//! | 3 | the API key was refused or is missing, or the credits are used up |
//! | 4 | the task is still running: resume it |
//! | 5 | the outcome of a submit is not known: see `gentask unresolved` |
//! | 6 | the task store failed |

use gentask_core::Failure;
use gentask_core::{Error, ErrorCode, Reply, Status};
use std::ffi::OsString;

mod clients;
mod demo;
mod flags;
mod help;
mod inspect;
mod interrupt;
mod listen;
mod mcp;
mod output;
mod progress;
mod resume;
mod run;
mod stats;
mod stored;
mod types;
mod worker;

use flags::{Cli, Verb};

/// What was asked is done.
pub const OK: u8 = 0;
/// The task, the provider or the network failed.
pub const FAILED: u8 = 1;
/// A usage error.
pub const USAGE: u8 = 2;
/// The API key was refused or is missing, or the credits are used up.
pub const ACCOUNT: u8 = 3;
/// The task is still running.
pub const RUNNING: u8 = 4;
/// The outcome of a submit is not known.
pub const UNKNOWN: u8 = 5;
/// The task store failed.
pub const STORE: u8 = 6;

/// Runs the command with these arguments (the first is the program's name) and returns its exit code.
pub fn main(arguments: impl IntoIterator<Item = OsString>) -> u8 {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    let cli = match Cli::read(&arguments) {
        Ok(cli) => cli,
        Err(error) => {
            let _ = error.print();
            if !error.use_stderr() {
                return OK;
            }
            // A program that reads the output gets a reply even so.
            if flags::json(arguments.iter().any(|argument| argument == "--json")) {
                output::line(&misuse(flags::fault(&error)).reply().to_json());
            }
            return USAGE;
        }
    };
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            output::note(&format!("cannot start the async runtime: {error}"));
            return FAILED;
        }
    };
    runtime.block_on(dispatch(cli))
}

async fn dispatch(cli: Cli) -> u8 {
    let common = cli.common;
    let json = common.json();
    let outcome = match cli.verb {
        None => run::seed(&common, cli.seed).await,
        Some(Verb::Demo(demo)) => Box::pin(demo::demo(&demo)).await,
        Some(Verb::Run(run)) => run::run(&common, run).await,
        Some(Verb::Status(one)) => stored::status(&common, &one).await,
        Some(Verb::Get(get)) => stored::get(&common, &get).await,
        Some(Verb::Cancel(one)) => stored::cancel(&common, &one).await,
        Some(Verb::List(list)) => stored::list(&common, &list).await,
        Some(Verb::Resume(resume)) => resume::resume(&common, &resume).await,
        Some(Verb::Worker(flags)) => worker::worker(&common, &flags).await,
        Some(Verb::Unresolved) => stored::unresolved(&common).await,
        Some(Verb::Adopt(adopt)) => stored::adopt(&common, &adopt).await,
        Some(Verb::Discard(discard)) => stored::discard(&common, &discard).await,
        Some(Verb::Delete(delete)) => stored::delete(&common, &delete).await,
        Some(Verb::Prune(prune)) => stored::prune(&common, &prune).await,
        Some(Verb::Listen(flags)) => listen::listen(&common, &flags).await,
        Some(Verb::Deliveries(flags)) => listen::deliveries(&common, &flags).await,
        Some(Verb::Account) => inspect::account(&common).await,
        Some(Verb::Stats) => stats::stats(&common).await,
        Some(Verb::Models) => inspect::models(&common),
        Some(Verb::Validate(validate)) => inspect::validate(&common, &validate),
        Some(Verb::Types(types)) => types::types(&common, &types),
        Some(Verb::Sandbox(sandbox)) => demo::sandbox(&sandbox).await,
        Some(Verb::Mcp(flags)) => Box::pin(mcp::mcp(&common, &flags)).await,
        Some(Verb::Man) => {
            flags::manual();
            Ok(OK)
        }
        Some(Verb::Completions { shell }) => {
            flags::completions(shell);
            Ok(OK)
        }
    };
    outcome.unwrap_or_else(|failure| output::failure(&failure, json))
}

/// The exit code of a reply.
pub fn exit_code(reply: &Reply) -> u8 {
    let running = matches!(reply.status, Status::Pending | Status::Processing);
    match reply.error_code {
        None => OK,
        Some(ErrorCode::AuthFailed | ErrorCode::InsufficientCredits) => ACCOUNT,
        Some(ErrorCode::InvalidModel | ErrorCode::InvalidPayload | ErrorCode::InvalidContract | ErrorCode::Unsupported) => USAGE,
        Some(ErrorCode::SubmitUnknown) => UNKNOWN,
        Some(ErrorCode::StoreError) => STORE,
        Some(ErrorCode::WaitTimeout) => RUNNING,
        Some(ErrorCode::RateLimited | ErrorCode::ResponseTooLarge) if running => RUNNING,
        Some(_) => FAILED,
    }
}

/// A wrong command line: nothing was sent, and no task is concerned.
fn misuse(message: impl Into<String>) -> Failure {
    let mut reply = Error::new(ErrorCode::Unsupported, message).reply();
    advise(&mut reply, "see `gentask --help`".to_owned());
    Failure::of(reply)
}

/// Says what to do next on this command line.
fn advise(reply: &mut Reply, next: String) {
    if let Some(data) = reply.data.as_object_mut() {
        data.insert("suggestions".to_owned(), vec![next].into());
    }
}

/// Files can be saved into this directory. Asked before anything is sent: what cannot be saved is not paid for.
async fn check_out(out: &std::path::Path) -> Result<(), Failure> {
    crate::download::check_directory(out).await.map_err(|error| {
        let mut reply = Error::new(error.code, error.message).reply();
        advise(&mut reply, "nothing was sent: choose a writable directory for --out".to_owned());
        Failure::of(reply)
    })
}

/// Where result files are saved, and how.
type Out = (std::path::PathBuf, crate::client::Saving);

/// What `--out` and `--receipt` say.
fn out(directory: Option<&std::path::PathBuf>, receipt: bool) -> Option<Out> {
    let saving = crate::client::Saving { receipt: receipt.then_some(crate::client::FileReceipt::Sidecar), ..Default::default() };
    directory.map(|directory| (directory.clone(), saving))
}

/// What a verb comes to: an exit code, or a failure that is printed as a reply.
type Outcome = Result<u8, Failure>;
