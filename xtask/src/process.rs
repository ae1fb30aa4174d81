//! Child processes: how every verb starts one, and what it says when one fails.

use std::collections::VecDeque;
use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{BufRead as _, BufReader, IsTerminal as _, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};
use std::sync::{Arc, Mutex, PoisonError, mpsc};
use std::thread;
use std::time::{Duration, Instant};

/// Lines of a failed command's output that are told again, and characters of each.
const MOST_TOLD: usize = 30;
const LONGEST_TOLD: usize = 300;

/// The folder that holds the workspace's `Cargo.toml`.
pub(crate) fn workspace() -> PathBuf {
    let manifest = std::env::var_os("CARGO_MANIFEST_DIR").map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
    manifest.parent().map(Path::to_path_buf).unwrap_or(manifest)
}

/// Where cargo puts what it builds: `CARGO_TARGET_DIR` or `target`.
pub(crate) fn target_dir() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| workspace().join("target"), PathBuf::from)
}

/// The cargo that runs us, in the workspace's folder.
///
/// `cargo run` describes the xtask package in the environment; build scripts that watch those variables would rebuild after every
/// change between `cargo` and `cargo xtask`, so they are taken out.
pub(crate) fn cargo(args: &[&str]) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(args).current_dir(workspace());
    plain_environment(&mut command);
    command
}

/// Takes out of a command's environment what describes the xtask package.
pub(crate) fn plain_environment(command: &mut Command) {
    for (name, _) in std::env::vars_os() {
        if name.to_str().is_some_and(describes_xtask) {
            command.env_remove(name);
        }
    }
}

fn describes_xtask(name: &str) -> bool {
    name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_") || ["CARGO_BIN_NAME", "CARGO_CRATE_NAME"].contains(&name)
}

/// Runs a command whose output is for the person who started us. Where that is no terminal but a log, the end of what it wrote becomes part of
/// the error: in a long log it is hard to find.
pub(crate) fn run(command: &mut Command) -> Result<(), String> {
    if std::io::stdout().is_terminal() {
        let status = command.status().map_err(|e| cannot_start(command, &e))?;
        return verdict(command, status);
    }
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().map_err(|e| cannot_start(command, &e))?;
    let last = Arc::new(Mutex::new(VecDeque::new()));
    let (ends, ended) = mpsc::channel();
    for (pipe, to) in [
        (child.stdout.take().map(|pipe| Box::new(pipe) as Box<dyn Read + Send>), Box::new(std::io::stdout()) as Box<dyn Write + Send>),
        (child.stderr.take().map(|pipe| Box::new(pipe) as Box<dyn Read + Send>), Box::new(std::io::stderr()) as Box<dyn Write + Send>),
    ] {
        let (last, ends) = (Arc::clone(&last), ends.clone());
        thread::spawn(move || {
            if let Some(pipe) = pipe {
                pass_on(pipe, to, &last);
            }
            let _ = ends.send(());
        });
    }
    let status = child.wait().map_err(|e| cannot_start(command, &e))?;
    for _ in 0..2 {
        // A process that it left behind may keep its output open.
        let _ = ended.recv_timeout(Duration::from_secs(2));
    }
    verdict(command, status).map_err(|message| {
        let last: Vec<String> = last.lock().unwrap_or_else(PoisonError::into_inner).iter().cloned().collect();
        if last.is_empty() { message } else { format!("{message}; the end of what it wrote:\n{}", last.join("\n")) }
    })
}

/// Copies what comes, line by line, and remembers the last of it.
fn pass_on(from: impl Read, mut to: impl Write, last: &Mutex<VecDeque<String>>) {
    let mut from = BufReader::new(from);
    let mut bytes = Vec::new();
    while from.read_until(b'\n', &mut bytes).is_ok_and(|count| count > 0) {
        // A reader that has gone away is no reason to stop the command.
        let _ = to.write_all(&bytes).and_then(|()| to.flush());
        let line: String = String::from_utf8_lossy(&bytes).trim_end().chars().take(LONGEST_TOLD).collect();
        let mut last = last.lock().unwrap_or_else(PoisonError::into_inner);
        if last.len() == MOST_TOLD {
            last.pop_front();
        }
        last.push_back(line);
        bytes.clear();
    }
}

/// Runs a command and returns what it wrote to standard output.
pub(crate) fn capture(command: &mut Command) -> Result<String, String> {
    let output = command.stderr(Stdio::inherit()).output().map_err(|e| cannot_start(command, &e))?;
    verdict(command, output.status)?;
    String::from_utf8(output.stdout).map_err(|_| format!("`{}` wrote something that is not UTF-8", line(command)))
}

/// Runs a command silently; gives what it wrote, in order, and how it ended. `name` is that of a file while it runs.
pub(crate) fn kept(command: &mut Command, name: &str) -> Result<(Vec<u8>, Result<(), String>), String> {
    let path = target_dir().join(format!("{}-{}.log", name.replace(' ', "-"), std::process::id()));
    let cannot = |e: std::io::Error| format!("cannot write {}: {e}", path.display());
    fs::create_dir_all(target_dir()).map_err(cannot)?;
    let file = File::create(&path).map_err(cannot)?;
    let also = file.try_clone().map_err(cannot)?;
    let ended = command.stdin(Stdio::null()).stdout(file).stderr(also).status().map_err(|e| cannot_start(command, &e));
    let said = fs::read(&path).map_err(cannot);
    // It is read; a file that stays is no harm.
    let _ = fs::remove_file(&path);
    let said = said?;
    let told = |message| format!("{message}; the end of what it wrote:\n{}", last_lines(&String::from_utf8_lossy(&said), MOST_TOLD));
    let verdict = verdict(command, ended?).map_err(told);
    Ok((said, verdict))
}

/// Runs a talkative command with its output in a file; the end of the file becomes part of the error.
pub(crate) fn logged(command: &mut Command, log: &Path) -> Result<(), String> {
    let open = || File::options().create(true).append(true).open(log).map_err(|e| format!("cannot write {}: {e}", log.display()));
    let status = command.stdin(Stdio::null()).stdout(open()?).stderr(open()?).status().map_err(|e| cannot_start(command, &e))?;
    verdict(command, status).map_err(|message| {
        let text = fs::read_to_string(log).unwrap_or_default();
        format!("{message}; the end of {}:\n{}", log.display(), last_lines(&text, 12))
    })
}

/// Runs a command silently and ends it when `limit` has passed; what it wrote to standard error becomes part of the error.
pub(crate) fn within(command: &mut Command, limit: Duration) -> Result<(), String> {
    let start = Instant::now();
    let mut child =
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().map_err(|e| cannot_start(command, &e))?;
    let mut stderr = child.stderr.take();
    let reader = thread::spawn(move || {
        let mut text = Vec::new();
        if let Some(pipe) = &mut stderr {
            // What was read before an error is all there is to tell.
            let _ = pipe.read_to_end(&mut text);
        }
        String::from_utf8_lossy(&text).into_owned()
    });
    loop {
        if let Some(status) = child.try_wait().map_err(|e| e.to_string())? {
            let said = reader.join().unwrap_or_default();
            return verdict(command, status).map_err(|message| format!("{message}: {}", last_lines(&said, 3)));
        }
        if start.elapsed() >= limit {
            child.kill().and_then(|()| child.wait()).map_err(|e| e.to_string())?;
            return Err(format!("`{}` gave no answer within {} s", line(command), limit.as_secs()));
        }
        thread::sleep(Duration::from_millis(50));
    }
}

/// Writes a script that can be started; says nothing where it is there already.
pub(crate) fn write_program(path: &Path, text: &str) -> Result<(), String> {
    if fs::read_to_string(path).is_ok_and(|present| present == text) {
        return Ok(());
    }
    // Written aside and moved: another run may be starting the old one.
    let aside = path.with_extension(std::process::id().to_string());
    fs::write(&aside, text)
        .and_then(|()| make_executable(&aside))
        .and_then(|()| fs::rename(&aside, path))
        .map_err(|e| format!("cannot write {}: {e}", path.display()))
}

#[cfg(unix)]
fn make_executable(path: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, fs::Permissions::from_mode(0o755))
}

#[cfg(not(unix))]
fn make_executable(_: &Path) -> std::io::Result<()> {
    Ok(())
}

/// A command as a person would type it, without its environment.
pub(crate) fn line(command: &Command) -> String {
    let program = Path::new(command.get_program()).file_name().unwrap_or(command.get_program());
    std::iter::once(program).chain(command.get_args()).map(OsStr::to_string_lossy).collect::<Vec<_>>().join(" ")
}

fn verdict(command: &Command, status: ExitStatus) -> Result<(), String> {
    match (status.success(), status.code()) {
        (true, _) => Ok(()),
        (false, Some(code)) => Err(format!("`{}` ended with code {code}", line(command))),
        (false, None) => Err(format!("`{}` was ended by a signal", line(command))),
    }
}

fn cannot_start(command: &Command, error: &std::io::Error) -> String {
    format!("cannot start `{}`: {error}", line(command))
}

fn last_lines(text: &str, count: usize) -> String {
    let lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).collect();
    lines[lines.len().saturating_sub(count)..].join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_that_hangs_is_ended() {
        let message = within(Command::new("sleep").arg("60"), Duration::ZERO).unwrap_err();
        assert_eq!(message, "`sleep 60` gave no answer within 0 s");
    }

    #[test]
    fn what_a_command_wrote_is_kept_in_order() {
        let (said, ended) = kept(Command::new("sh").args(["-c", "echo one; echo two >&2; echo three; exit 3"]), "a test").unwrap();
        assert_eq!(String::from_utf8(said).unwrap(), "one\ntwo\nthree\n");
        let message = "`sh -c echo one; echo two >&2; echo three; exit 3` ended with code 3; the end of what it wrote:\none\ntwo\nthree";
        assert_eq!(ended.unwrap_err(), message);
    }

    #[test]
    fn the_end_of_a_long_output_is_told_again() {
        let last = Mutex::default();
        let mut copy = Vec::new();
        let lines: Vec<String> = (1..=MOST_TOLD + 5).map(|number| format!("line {number}")).collect();
        let text = format!("{}\n{}", lines.join("\n"), "x".repeat(LONGEST_TOLD + 1));
        pass_on(text.as_bytes(), &mut copy, &last);
        assert_eq!(String::from_utf8(copy).unwrap(), text);
        let last: Vec<String> = last.into_inner().unwrap().into();
        assert_eq!((last.len(), last.first().map(String::as_str)), (MOST_TOLD, Some("line 7")));
        assert_eq!(last.last().map(String::len), Some(LONGEST_TOLD));
    }

    #[test]
    fn a_failing_command_is_quoted() {
        let message = within(Command::new("sh").args(["-c", "echo why >&2; exit 3"]), Duration::from_mins(1)).unwrap_err();
        assert_eq!(message, "`sh -c echo why >&2; exit 3` ended with code 3: why");
    }

    #[test]
    fn the_last_lines_are_kept() {
        assert_eq!(last_lines("a\n\nb\nc\n", 2), "b\nc");
        assert_eq!(last_lines("", 2), "");
    }
}
