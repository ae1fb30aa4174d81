//! `bindgen INPUT.wasm FOLDER NAME`: the module and its glue for bundlers, Node and edge runtimes alike. A program of its own, so that
//! `cargo xtask` does not wait for it to be built.

use std::process::ExitCode;
use wasm_bindgen_cli_support::Bindgen;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [input, folder, name] = arguments.as_slice() else {
        eprintln!("usage: bindgen INPUT.wasm FOLDER NAME");
        return ExitCode::from(2);
    };
    let made = Bindgen::new().input_path(input).out_name(name).typescript(true).web(true).and_then(|bindgen| {
        bindgen.remove_name_section(false).remove_producers_section(true).omit_default_module_path(true).generate(folder)
    });
    match made {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("bindgen: {error:#}");
            ExitCode::FAILURE
        }
    }
}
