//! The expansions of macro calls as users write them, printed by `cargo expand`.
//!
//! There are a few files, each for one subject; `io-macros/expand/snapshots` covers all kinds of
//! steps and attributes. `MACROTEST=overwrite` rewrites the expansions.

use std::path::Path;
use std::process::Command;
use std::{env, fs};

#[test]
fn expansions_match_their_files() {
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

/// Every expansion file belongs to an existing case.
#[test]
fn every_expansion_belongs_to_a_case() {
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
