//! What users' calls become, through the macros that they call: `cargo expand` shows it.
//!
//! A few files, one idea each; all kinds of steps and attributes are compared in
//! `io-macros/expand/snapshots`. `MACROTEST=overwrite` writes the expansions anew.

use std::path::Path;
use std::process::Command;
use std::{env, fs};

#[test]
fn expansions() {
    let version = Command::new(env!("CARGO")).args(["expand", "--version"]).output();
    assert!(
        version.is_ok_and(|output| output.status.success()),
        "there is no cargo-expand: `cargo xtask setup` gets it"
    );
    match env::var_os("MACROTEST") {
        Some(_) => macrotest::expand("cases/*.rs"),
        None => macrotest::expand_without_refresh("cases/*.rs"),
    }
}

/// No expansion is left of a case that is gone.
#[test]
fn each_expansion_has_its_case() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("cases");
    let mut cases = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let text = path.display().to_string();
        match text.strip_suffix(".expanded.rs") {
            Some(case) => assert!(Path::new(&format!("{case}.rs")).is_file(), "{text} has no case"),
            None => cases += 1,
        }
    }
    assert!(cases > 0, "there are no cases");
}
