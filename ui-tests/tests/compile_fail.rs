//! Mistakes, and the messages that report them.
//!
//! Each file contains one mistake; its first line states what the user assumed. The message is in
//! the file next to it and is reviewed like code; `TRYBUILD=overwrite` rewrites it.

#![cfg(not(any(miri, emulated)))] // These tests run the compiler.

use std::{
    env, fs,
    path::{Path, PathBuf},
};

use trybuild::TestCases;

/// Mistakes that `cargo check`, and therefore an editor, reports.
#[test]
fn errors_of_cargo_check_match_their_snapshots() {
    TestCases::new().compile_fail("ui/check/*/*.rs");
}

/// Mistakes that are reported only when code is generated.
#[test]
fn errors_of_cargo_build_match_their_snapshots() {
    let cases = TestCases::new();
    // One passing case makes trybuild build instead of check.
    cases.pass("ui/pass/force_build.rs");
    cases.compile_fail("ui/build/*.rs");
}

/// Each message belongs to an existing case, and each case has a message.
#[test]
fn every_case_has_a_message() {
    if env::var_os("TRYBUILD").is_some_and(|value| value == "overwrite") {
        // Another test writes the messages at the same time.
        return;
    }
    let (cases, messages) = (files("rs"), files("stderr"));
    assert!(cases.len() >= 100, "only {} cases found", cases.len());
    let names = |files: &[PathBuf]| files.iter().map(|f| f.with_extension("")).collect::<Vec<_>>();
    assert_eq!(names(&cases), names(&messages));
}

/// The first line of each case states what the user assumed.
#[test]
fn every_case_states_the_assumption() {
    for case in files("rs") {
        let text = fs::read_to_string(&case).unwrap();
        assert!(text.starts_with("// "), "{} has no comment at its start", case.display());
    }
}

/// Each case is in a folder that a test searches.
#[test]
fn every_case_is_in_a_tested_folder() {
    let mut folders: Vec<_> = files("rs").iter().map(|case| depth(case)).collect();
    folders.sort();
    folders.dedup();
    assert_eq!(folders, [("build".into(), 1), ("check".into(), 2)]);
}

/// Returns the test that a case belongs to, and its depth below `ui`.
fn depth(case: &Path) -> (String, usize) {
    let mut below: Vec<_> = case.strip_prefix(root()).unwrap().iter().collect();
    below.pop();
    (below[0].to_str().unwrap().to_owned(), below.len())
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("ui")
}

/// The files of cases with this extension, sorted.
fn files(extension: &str) -> Vec<PathBuf> {
    fn walk(folder: &Path, files: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() { walk(&path, files) } else { files.push(path) }
        }
    }

    let mut files = Vec::new();
    walk(&root(), &mut files);
    files.retain(|f| {
        f.extension().is_some_and(|e| e == extension) && !f.starts_with(root().join("pass"))
    });
    files.sort();
    files
}
