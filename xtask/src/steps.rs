//! A verb that is made of steps: a heading and a duration for each, a table at the end, and a stop at the first failure.

use crate::Failure;
use crate::process;
use std::process::Command;
use std::time::{Duration, Instant};

pub(crate) struct Step {
    name: &'static str,
    /// What runs, as the heading shows it.
    shown: String,
    run: Box<dyn FnOnce() -> Result<Done, String>>,
}

pub(crate) enum Done {
    Yes,
    /// Not run, and why.
    Skipped(&'static str),
}

impl Step {
    pub(crate) fn new(name: &'static str, shown: &str, run: impl FnOnce() -> Result<Done, String> + 'static) -> Self {
        Self { name, shown: shown.to_owned(), run: Box::new(run) }
    }

    /// A step that is one command.
    pub(crate) fn command(name: &'static str, mut command: Command) -> Self {
        let shown = process::line(&command);
        Self::new(name, &shown, move || process::run(&mut command).map(|()| Done::Yes))
    }
}

/// Runs the steps in order.
pub(crate) fn run(verb: &str, steps: Vec<Step>) -> Result<(), Failure> {
    let start = Instant::now();
    let mut rows = Vec::new();
    let mut failure = None;
    for step in steps {
        if failure.is_some() {
            rows.push((step.name, "not run".to_owned()));
            continue;
        }
        println!("\n== {}: {}", step.name, step.shown);
        let begun = Instant::now();
        let result = (step.run)();
        let took = seconds(begun.elapsed());
        let row = match result {
            Ok(Done::Yes) => format!("ok {took:>12}"),
            Ok(Done::Skipped(why)) => format!("skipped: {why}"),
            Err(message) => {
                println!("{message}");
                failure = Some(step.name);
                format!("FAILED {took:>8}")
            }
        };
        println!("-- {}: {}", step.name, row.split_whitespace().collect::<Vec<_>>().join(" "));
        rows.push((step.name, row));
    }

    println!("\n{}\n", table(&rows));
    let took = seconds(start.elapsed());
    match failure {
        None => {
            println!("{verb}: all steps passed in {took}");
            Ok(())
        }
        Some(step) => Err(Failure::Failed(format!("step `{step}` failed after {took}"))),
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
    fn the_table_is_aligned() {
        assert_eq!(table(&[("a", "x".to_owned()), ("long", "y".to_owned())]), "  a     x\n  long  y");
    }
}
