//! What names the targets names all of them.

use gentask_fuzz::{TARGETS, target};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

#[test]
fn each_target_has_a_program_for_libfuzzer_and_each_folder_of_inputs_a_target() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let manifest = fs::read_to_string(root.join("libfuzzer/Cargo.toml")).unwrap();
    let programs: BTreeSet<&str> = manifest
        .lines()
        .skip_while(|line| *line != "[[bin]]")
        .filter_map(|line| line.strip_prefix("name = \"")?.strip_suffix('"'))
        .collect();
    let names: BTreeSet<&str> = TARGETS.iter().map(|target| target.name).collect();
    assert_eq!(names.len(), TARGETS.len(), "two targets have one name");
    assert_eq!(programs, names);
    for folder in fs::read_dir(root.join("corpus")).unwrap() {
        let name = folder.unwrap().file_name().into_string().unwrap();
        assert!(target(&name).is_some(), "{name} is the folder of no target");
    }
}
