//! A verb that is made of steps: a heading and a duration for each, a table at the end, and a stop at the first failure. Steps that mostly
//! wait may wait beside one another: then each is shown whole when it ends.

use crate::Failure;
use crate::process;
use std::process::Command;
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

pub(crate) struct Step {
    name: &'static str,
    /// What runs, as the heading shows it.
    shown: String,
    run: Run,
}

enum Run {
    Here(Box<dyn FnOnce() -> Result<Done, String>>),
    /// Beside those before and behind it that are so too.
    Beside(Planned),
}

type Planned = Box<dyn FnOnce() -> Result<Plan, String> + Send>;

pub(crate) enum Done {
    Yes,
    /// Not run, and why.
    Skipped(&'static str),
}

/// What a step runs beside others.
pub(crate) enum Plan {
    Run(Box<Command>),
    /// Nothing, and why.
    Skip(&'static str),
}

impl Step {
    pub(crate) fn new(name: &'static str, shown: &str, run: impl FnOnce() -> Result<Done, String> + 'static) -> Self {
        Self { name, shown: shown.to_owned(), run: Run::Here(Box::new(run)) }
    }

    /// A step that is one command.
    pub(crate) fn command(name: &'static str, mut command: Command) -> Self {
        let shown = process::line(&command);
        Self::new(name, &shown, move || process::run(&mut command).map(|()| Done::Yes))
    }

    /// A step that is one command and mostly waits: it does so beside those that stand next to it and do the same.
    pub(crate) fn beside(name: &'static str, shown: &str, plan: impl FnOnce() -> Result<Plan, String> + Send + 'static) -> Self {
        Self { name, shown: shown.to_owned(), run: Run::Beside(Box::new(plan)) }
    }
}

/// Runs the steps in order.
pub(crate) fn run(verb: &str, steps: Vec<Step>) -> Result<(), Failure> {
    let start = Instant::now();
    let mut report = Report::default();
    let mut beside = Vec::new();
    for Step { name, shown, run } in steps {
        match run {
            Run::Beside(plan) => beside.push((name, shown, plan)),
            Run::Here(run) => {
                all_beside(std::mem::take(&mut beside), &mut report);
                if report.stops(name) {
                    continue;
                }
                println!("\n== {name}: {shown}");
                let begun = Instant::now();
                let result = run();
                report.note(name, result, begun.elapsed());
            }
        }
    }
    all_beside(beside, &mut report);

    println!("\n{}\n", table(&report.rows));
    if !report.not_run.is_empty() {
        println!("not run: {}\n", report.not_run.join(", "));
    }
    // In a log, what matters stands at its end.
    for message in &report.messages {
        println!("{message}\n");
    }
    let took = seconds(start.elapsed());
    match report.failed.as_slice() {
        [] => {
            println!("{verb}: all steps passed in {took}");
            Ok(())
        }
        [step] => Err(Failure::Failed(format!("step `{step}` failed after {took}"))),
        steps => Err(Failure::Failed(format!("steps `{}` failed after {took}", steps.join("`, `")))),
    }
}

/// Runs these at the same time; what each said is printed when it ends.
fn all_beside(steps: Vec<(&'static str, String, Planned)>, report: &mut Report) {
    let (ends, ended) = mpsc::channel();
    for (name, shown, plan) in steps {
        if report.stops(name) {
            continue;
        }
        println!("\n== {name} (begun): {shown}");
        let ends = ends.clone();
        thread::spawn(move || {
            let begun = Instant::now();
            let (said, result) = perform(name, plan).unwrap_or_else(|error| (Vec::new(), Err(error)));
            // Whoever listens does so until all have ended.
            let _ = ends.send((name, shown, said, result, begun.elapsed()));
        });
    }
    drop(ends);
    for (name, shown, said, result, took) in ended {
        println!("\n== {name}: {shown}\n{}", String::from_utf8_lossy(&said).trim_end());
        report.note(name, result, took);
    }
}

/// What it said, and how it ended.
fn perform(name: &str, plan: Planned) -> Result<(Vec<u8>, Result<Done, String>), String> {
    match plan()? {
        Plan::Run(mut command) => process::kept(&mut command, name).map(|(said, ended)| (said, ended.map(|()| Done::Yes))),
        Plan::Skip(why) => Ok((Vec::new(), Ok(Done::Skipped(why)))),
    }
}

/// What has become of the steps.
#[derive(Default)]
struct Report {
    rows: Vec<(&'static str, String)>,
    failed: Vec<&'static str>,
    not_run: Vec<&'static str>,
    /// What is to be said of those that failed.
    messages: Vec<String>,
}

impl Report {
    /// Whether a step is not run any more, which is noted.
    fn stops(&mut self, name: &'static str) -> bool {
        if !self.failed.is_empty() {
            self.not_run.push(name);
        }
        !self.failed.is_empty()
    }

    fn note(&mut self, name: &'static str, result: Result<Done, String>, took: Duration) {
        let took = seconds(took);
        let row = match result {
            Ok(Done::Yes) => format!("ok {took:>12}"),
            Ok(Done::Skipped(why)) => format!("skipped: {why}"),
            Err(message) => {
                self.messages.push(format!("{name}: {message}"));
                self.failed.push(name);
                format!("FAILED {took:>8}")
            }
        };
        println!("-- {name}: {}", row.split_whitespace().collect::<Vec<_>>().join(" "));
        self.rows.push((name, row));
    }
}

fn table(rows: &[(&str, String)]) -> String {
    let width = rows.iter().map(|(name, _)| name.len()).max().unwrap_or(0);
    rows.iter().map(|(name, row)| format!("  {name:<width$}  {row}")).collect::<Vec<_>>().join("\n")
}

fn seconds(time: Duration) -> String {
    format!("{:.1} s", time.as_secs_f64())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::RefCell;
    use std::rc::Rc;
    use std::sync::{Arc, Barrier};

    #[test]
    fn the_first_failure_stops_the_rest() {
        let ran = Rc::new(RefCell::new(Vec::new()));
        let step = |name: &'static str, result: fn() -> Result<Done, String>| {
            let ran = Rc::clone(&ran);
            Step::new(name, name, move || {
                ran.borrow_mut().push(name);
                result()
            })
        };
        let steps = vec![
            step("one", || Ok(Done::Yes)),
            step("two", || Ok(Done::Skipped("not needed"))),
            step("three", || Err("broken".to_owned())),
            step("four", || Ok(Done::Yes)),
        ];
        let Err(Failure::Failed(message)) = run("verb", steps) else { panic!("a failed step is a failure") };
        assert!(message.starts_with("step `three` failed"), "{message}");
        assert_eq!(*ran.borrow(), ["one", "two", "three"]);
    }

    #[test]
    fn steps_beside_one_another_all_end_before_the_first_that_is_not() {
        let begun = Arc::new(Barrier::new(2));
        let step = |name: &'static str, code: &'static str| {
            let begun = Arc::clone(&begun);
            Step::beside(name, name, move || {
                // Alone it would wait for ever.
                begun.wait();
                let mut command = Command::new("sh");
                command.args(["-c", code]);
                Ok(Plan::Run(Box::new(command)))
            })
        };
        let steps = vec![step("one", "exit 1"), step("two", "exit 2"), Step::new("three", "three", || panic!("it is not run"))];
        let Err(Failure::Failed(message)) = run("verb", steps) else { panic!("failed steps are a failure") };
        assert!(message.contains("`one`") && message.contains("`two`") && !message.contains("`three`"), "{message}");
    }

    #[test]
    fn the_table_is_aligned() {
        assert_eq!(table(&[("a", "x".to_owned()), ("long", "y".to_owned())]), "  a     x\n  long  y");
    }
}
