//! `simulate`: more worlds than `test` lives, the whole story of one, or the hunt for the planted bugs. Arguments are passed on.

use crate::process::{cargo, run};
use crate::{Failure, process};

const NUMBERED: [&str; 4] = ["--seeds", "--from", "--threads", "--lives"];

pub(crate) fn simulate(args: &[String]) -> Result<(), Failure> {
    let (planted, rest) = read(args)?;
    let binary = if planted { "planted" } else { "simulate" };
    let mut command = cargo(&["run", "--quiet", "--profile", "fuzz", "-p", "gentask-tests", "--bin", binary, "--"]);
    command.args(rest);
    println!("{}", process::line(&command));
    Ok(run(&mut command)?)
}

/// Whether bugs are planted, and what is passed on.
fn read(args: &[String]) -> Result<(bool, Vec<String>), Failure> {
    let planted = args.iter().any(|arg| arg == "--planted");
    let rest: Vec<String> = args.iter().filter(|arg| *arg != "--planted").cloned().collect();
    let mut left = rest.iter();
    while let Some(arg) = left.next() {
        if NUMBERED.contains(&arg.as_str()) {
            let number = left.next().and_then(|number| number.parse::<u64>().ok());
            number.ok_or_else(|| Failure::Usage(format!("`{arg}` takes a number")))?;
        } else if arg != "--all" && arg != "--orders" && (arg.starts_with('-') || !planted) {
            return Err(Failure::Usage(format!("unexpected `{arg}`")));
        }
    }
    Ok((planted, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn strings(args: &[&str]) -> Vec<String> {
        args.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn arguments_are_passed_on_and_mistakes_are_told() {
        assert!(matches!(read(&strings(&["--seeds", "5", "--all"])), Ok((false, rest)) if rest.len() == 3));
        assert!(matches!(read(&strings(&["--orders", "--all"])), Ok((false, rest)) if rest.len() == 2));
        assert!(matches!(read(&strings(&["--planted", "slot"])), Ok((true, rest)) if rest == ["slot"]));
        for wrong in [&["--seeds"][..], &["--seeds", "many"], &["--sees", "5"], &["slot"]] {
            assert!(matches!(read(&strings(wrong)), Err(Failure::Usage(_))), "{wrong:?}");
        }
    }
}
