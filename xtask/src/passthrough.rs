//! Verbs that are one cargo command.

use crate::process::{cargo, run};
use crate::{Failure, no_args};

pub(crate) fn bench(args: &[String]) -> Result<(), Failure> {
    Ok(run(cargo(&["bench", "--workspace"]).args(args))?)
}

pub(crate) fn vectors(args: &[String]) -> Result<(), Failure> {
    no_args(args)?;
    Ok(run(&mut cargo(&["run", "--package", "gentask-tests", "--bin", "vectors", "--", "write"]))?)
}
