//! The help: of a subcommand its own flags, and those shared ones that matter to it, under the same headings everywhere. The npm package's
//! command prints the same text, so every line has its place on a page of [`WIDTH`] columns.

use super::flags::Cli;
use clap::builder::StyledStr;
use clap::{Arg, ArgAction, Command, CommandFactory as _};
use std::io::IsTerminal as _;

/// The headings, in the order in which they stand on a page.
const HEADINGS: [&str; 5] = [TASK, PROVIDER, WAITING, OUTPUT, SEED];
pub(super) const TASK: &str = "Task";
pub(super) const PROVIDER: &str = "Provider";
pub(super) const WAITING: &str = "Waiting";
pub(super) const OUTPUT: &str = "Output";
pub(super) const SEED: &str = "Without a subcommand";

/// How wide a page is that does not go to a terminal.
const WIDTH: usize = 100;

/// Beneath the help of a subcommand to which some of the shared flags mean nothing.
const REST: &str = "Other flags that all subcommands share (`gentask --help`) are accepted and have no effect.";

/// The command line, with its help.
pub(super) fn command() -> Command {
    let is_for_a_terminal = std::io::stdout().is_terminal();
    with_help((!is_for_a_terminal).then_some(WIDTH))
}

/// The same, with pages of this width; `None`: that of the terminal.
fn with_help(width: Option<usize>) -> Command {
    let mut command = Cli::command();
    let shared: Vec<Arg> = command.get_arguments().filter(|flag| flag.is_global_set()).cloned().collect();
    let pages: Vec<(String, StyledStr)> =
        command.get_subcommands().map(|verb| (verb.get_name().to_owned(), of_verb(verb, &shared, width))).collect();
    let top = page(&command, &[], Some(version()), width);
    for (name, text) in pages {
        command = command.mut_subcommand(name, |verb| verb.override_help(text));
    }
    command.override_help(top)
}

fn of_verb(verb: &Command, shared: &[Arg], width: Option<usize>) -> StyledStr {
    let matter = matter(verb.get_name());
    let flags: Vec<Arg> = shared
        .iter()
        .filter_map(|flag| {
            let (_, words) = matter.iter().find(|(name, _)| flag.get_long() == Some(name))?;
            let flag = flag.clone().global(false);
            Some(if words.is_empty() { flag } else { flag.help(*words) })
        })
        .collect();
    let rest = if flags.len() < shared.len() { REST } else { "" };
    page(&verb.clone().bin_name(format!("gentask {}", verb.get_name())).after_help(rest), &flags, None, width)
}

const OF_PROVIDER: (&str, &str) = ("provider", "Only tasks of this provider: a name or a contract file");
const OF_ACCOUNT: (&str, &str) = ("account", "Only tasks of this account");
const ANSWER: (&str, &str) = ("timeout", "Longest wait for the answer");

/// The shared flags that matter to a subcommand, with their words where they mean something narrower there.
fn matter(verb: &str) -> &'static [(&'static str, &'static str)] {
    const PROVIDER: (&str, &str) = ("provider", "");
    const BASE: (&str, &str) = ("base-url", "");
    const ACCOUNT: (&str, &str) = ("account", "");
    const STORED: (&str, &str) = ("account", "The task's account, if it is not `default`");
    const STORE: (&str, &str) = ("store", "");
    const INITIAL: (&str, &str) = ("poll-initial", "");
    const CAP: (&str, &str) = ("poll-cap", "");
    const POLL: (&str, &str) = ("poll", "");
    const JSON: (&str, &str) = ("json", "");
    match verb {
        "run" => &[PROVIDER, BASE, ACCOUNT, STORE, ("timeout", ""), INITIAL, CAP, POLL, JSON],
        "status" | "get" => &[PROVIDER, BASE, STORED, STORE, ANSWER, JSON],
        "cancel" => &[PROVIDER, BASE, STORED, STORE, INITIAL, CAP, POLL, JSON],
        "adopt" | "discard" => &[PROVIDER, BASE, STORED, STORE, JSON],
        "resume" => &[
            OF_PROVIDER,
            BASE,
            ("account", "Only tasks of this account [default: default]"),
            STORE,
            ("timeout", ""),
            INITIAL,
            CAP,
            POLL,
            JSON,
        ],
        "worker" => &[OF_PROVIDER, BASE, ("account", "Only tasks of this account [default: default]"), STORE, INITIAL, CAP, POLL, JSON],
        "list" | "unresolved" | "prune" | "delete" => &[OF_PROVIDER, OF_ACCOUNT, STORE, JSON],
        "mcp" => &[("provider", "Only this provider, or the one of a contract file"), BASE, ("account", ""), STORE, INITIAL, CAP, POLL],
        "listen" | "deliveries" => &[OF_PROVIDER, BASE, OF_ACCOUNT, STORE, JSON],
        "stats" => &[OF_PROVIDER, BASE, ("account", "Only tasks of this account [default: default]"), STORE, JSON],
        "account" => &[PROVIDER, BASE, ACCOUNT, STORE, ANSWER, JSON],
        "types" => &[PROVIDER],
        "models" | "validate" => &[PROVIDER, JSON],
        _ => &[],
    }
}

/// The help of a command whose flags stand under their headings, with `-h` beside them. It is only printed, so its flags do nothing.
fn page(command: &Command, more: &[Arg], version: Option<Arg>, width: Option<usize>) -> StyledStr {
    let help = Arg::new("help").short('h').long("help").action(ArgAction::SetTrue).help("Print help");
    let last = [Some(help), version].into_iter().flatten().map(|flag| flag.help_heading(OUTPUT));
    let mut flags: Vec<Arg> = command.get_arguments().chain(more).cloned().chain(last).collect();
    let place = |flag: &Arg| HEADINGS.iter().position(|heading| flag.get_help_heading() == Some(heading));
    flags.sort_by_key(place);
    let mut page = Command::new("gentask").disable_help_flag(true).disable_version_flag(true);
    if let Some(name) = command.get_bin_name() {
        page = page.bin_name(name.to_owned());
    }
    if let Some(width) = width {
        page = page.term_width(width);
    }
    let about = command.get_about().cloned().unwrap_or_default();
    let after = command.get_after_help().cloned().unwrap_or_default();
    page = page.about(about).after_help(after).subcommands(command.get_subcommands().cloned());
    for (at, flag) in flags.into_iter().enumerate() {
        page = page.arg(flag.display_order(at));
    }
    page.render_help()
}

fn version() -> Arg {
    Arg::new("version").short('V').long("version").action(ArgAction::SetTrue).help("Print version")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        command().debug_assert();
    }

    #[test]
    fn what_matters_to_a_subcommand_is_a_shared_flag() {
        let cli = Cli::command();
        let shared: Vec<&str> = cli.get_arguments().filter(|flag| flag.is_global_set()).filter_map(Arg::get_long).collect();
        for verb in cli.get_subcommands() {
            for (name, _) in matter(verb.get_name()) {
                assert!(shared.contains(name), "{}: {name}", verb.get_name());
            }
        }
    }

    #[test]
    fn every_page_has_its_lines_whole() {
        let mut command = with_help(Some(WIDTH));
        let pages: Vec<String> = command.get_subcommands_mut().map(|verb| verb.render_help().to_string()).collect();
        for page in pages.iter().chain([&command.render_help().to_string()]) {
            for line in page.lines() {
                assert!(line.chars().count() <= WIDTH && !line.starts_with("        "), "{line}");
            }
        }
    }

    /// Every command line of the skill for agents is one that the command takes.
    #[test]
    fn the_skill_names_what_is_there() {
        let skill = include_str!("../../../skills/gentask/SKILL.md");
        let lines: Vec<&str> = skill.split(['`', '\n']).map(str::trim).filter(|part| part.starts_with("gentask ")).collect();
        assert!(lines.len() > 15, "{lines:?}");
        for line in lines {
            // A quoted payload is one word.
            let (before, rest) = line.split_once('\'').unwrap_or((line, ""));
            let (payload, after) = rest.rsplit_once('\'').unwrap_or((rest, ""));
            let payload = Some(payload).filter(|payload| !payload.is_empty());
            let words = before.split_whitespace().chain(payload).chain(after.split_whitespace());
            let read = command().try_get_matches_from(words);
            let is_known = match &read {
                Ok(_) => true,
                Err(error) => error.kind() == clap::error::ErrorKind::MissingRequiredArgument,
            };
            assert!(is_known, "{line}: {:?}", read.err().map(|error| error.to_string()));
        }
    }
}
