//! `cargo xtask <verb>`: the only build tool of the workspace. This file is the list of verbs; each has its own file.

mod browser;
mod check;
mod debian;
mod fuzz;
mod kotlin;
mod models;
mod notices;
mod npm;
mod passthrough;
mod process;
mod python;
mod relay;
mod setup;
mod simulate;
mod steps;
mod swift;
#[cfg(test)]
mod versions;
mod wasm;
mod wasm_std;

use std::process::ExitCode;

/// Why a verb ended without success.
enum Failure {
    /// The command line is wrong; nothing was run. Exit code 2.
    Usage(String),
    /// Something that was run failed. Exit code 1.
    Failed(String),
}

impl From<String> for Failure {
    fn from(message: String) -> Self {
        Self::Failed(message)
    }
}

struct Verb {
    name: &'static str,
    args: &'static str,
    help: &'static str,
    run: fn(&[String]) -> Result<(), Failure>,
}

const VERBS: &[Verb] = &[
    Verb {
        name: "setup",
        args: "[--debian]",
        help: "get the toolchains that are missing; says nothing when none is.\n\
               --debian: take Debian's compiler for wasm even where rustup has the target",
        run: setup::setup,
    },
    Verb {
        name: "test",
        args: "[--fast]",
        help: "setup, fmt, clippy, tests, half a minute of fuzzing, docs and the wasm check: what CI runs.\n\
               --fast: only fmt, clippy and tests",
        run: check::test,
    },
    Verb { name: "lint", args: "", help: "fmt, clippy, docs, and cargo-deny where it is installed", run: check::lint },
    Verb {
        name: "wasm",
        args: "[--debian]",
        help: "build core for wasm32-unknown-unknown, refuse crates that do not belong there, and make the npm package's module.\n\
               --debian: with Debian's compiler, which is also the oldest one that core supports",
        run: wasm::wasm,
    },
    Verb {
        name: "npm",
        args: "[--build]",
        help: "build the npm package, test it on Node, Deno, Bun and workerd, and weigh it\n\
               --build: build it, and leave the rest out",
        run: npm::npm,
    },
    Verb {
        name: "python",
        args: "",
        help: "build the Python package as pip does, and run its lints, types and tests",
        run: python::python,
    },
    Verb {
        name: "kotlin",
        args: "[--release]",
        help: "build the Kotlin package: the native library, the generated sources, one jar; and test it on two JDKs\n\
               --release: with the library as it is shipped",
        run: kotlin::kotlin,
    },
    Verb {
        name: "swift",
        args: "[--build]",
        help: "build the Swift package and test it, with Debian's Swift where the machine has none\n\
               --build: build it, and leave the tests out",
        run: swift::swift,
    },
    Verb {
        name: "bench-python",
        args: "[ARGS]",
        help: "the Python package beside asyncio clients; ARGS are the bench's own",
        run: python::bench,
    },
    Verb {
        name: "bench-npm",
        args: "[COUNT]",
        help: "the npm package, as `cargo xtask npm` left it: loading, steps, tasks beside a fetch loop, size beside others",
        run: npm::bench,
    },
    Verb {
        name: "bench-kotlin",
        args: "",
        help: "the Kotlin package, as it is shipped: a check beside native Rust's, tasks beside a loop around java.net.http",
        run: kotlin::bench,
    },
    Verb { name: "bench-swift", args: "", help: "the same of the Swift package, beside a loop around URLSession", run: swift::bench },
    Verb {
        name: "fuzz",
        args: "[ARGS]",
        help: "run the fuzz targets; an input that fails is kept in tests/fuzz/corpus.\n\
               ARGS: TARGET ... for some of them, --seconds N for another time than 300 s in all, --seed N,\n\
               TARGET --input FILE for one input, --list for the names",
        run: fuzz::fuzz,
    },
    Verb {
        name: "simulate",
        args: "[ARGS]",
        help: "live worlds of the simulation; SEED=n in the environment: the whole story of one, effect by effect.\n\
               ARGS: --seeds N for another number than 20,000, --from S to begin elsewhere, --all for more than the first fault,\n\
               --orders for every order of one task's callbacks (with --all also those that take long: a quarter of an hour or more),\n\
               --planted [BUG ...] to plant the bugs of tests/planted one after the other until each is found",
        run: simulate::simulate,
    },
    Verb { name: "bench", args: "[ARGS]", help: "cargo bench --workspace ARGS", run: passthrough::bench },
    Verb {
        name: "models",
        args: "[--check]",
        help: "write the types of the built-in providers' models anew, as the npm and the Python package ship them\n\
               --check: say where they are not what would be written, and leave them",
        run: models::models,
    },
    Verb { name: "vectors", args: "", help: "write tests/vectors anew; review the diff before you commit it", run: passthrough::vectors },
];

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let (name, rest) = match args.split_first() {
        None => return help(),
        Some((first, _)) if ["help", "--help", "-h"].contains(&first.as_str()) => return help(),
        Some((first, rest)) => (first.as_str(), rest),
    };
    let Some(verb) = VERBS.iter().find(|verb| verb.name == name) else {
        eprintln!("xtask: no verb `{name}`; `cargo xtask` lists them");
        return ExitCode::from(2);
    };
    match (verb.run)(rest) {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure::Usage(message)) => {
            eprintln!("xtask {name}: {message}\nusage: cargo xtask {name} {}", verb.args);
            ExitCode::from(2)
        }
        Err(Failure::Failed(message)) => {
            eprintln!("xtask {name}: {message}");
            ExitCode::FAILURE
        }
    }
}

fn help() -> ExitCode {
    println!("usage: cargo xtask <verb>\n");
    for verb in VERBS {
        let mut lines = verb.help.lines();
        println!("  {:<18} {}", format!("{} {}", verb.name, verb.args), lines.next().unwrap_or_default());
        lines.for_each(|line| println!("  {:<18} {line}", ""));
    }
    ExitCode::SUCCESS
}

/// Whether the only flag a verb knows was given.
fn flag(args: &[String], known: &str) -> Result<bool, Failure> {
    match args {
        [] => Ok(false),
        [only] if only == known => Ok(true),
        _ => Err(Failure::Usage(format!("unexpected `{}`", args.join(" ")))),
    }
}

/// For a verb without arguments.
fn no_args(args: &[String]) -> Result<(), Failure> {
    if args.is_empty() { Ok(()) } else { Err(Failure::Usage(format!("unexpected `{}`", args.join(" ")))) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn strings(args: &[&str]) -> Vec<String> {
        args.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_verb_takes_its_flag_and_nothing_else() {
        assert!(matches!(flag(&strings(&[]), "--fast"), Ok(false)));
        assert!(matches!(flag(&strings(&["--fast"]), "--fast"), Ok(true)));
        assert!(matches!(flag(&strings(&["--fats"]), "--fast"), Err(Failure::Usage(_))));
        assert!(matches!(flag(&strings(&["--fast", "x"]), "--fast"), Err(Failure::Usage(_))));
        assert!(matches!(no_args(&strings(&["x"])), Err(Failure::Usage(_))));
    }

    #[test]
    fn verbs_have_names_of_their_own() {
        for (i, verb) in VERBS.iter().enumerate() {
            assert!(VERBS[..i].iter().all(|other| other.name != verb.name), "{} is listed twice", verb.name);
        }
    }
}
