//! Mistakes, and what the user is told about them.
//!
//! One mistake a file; its first line says what the user believed. The message
//! beside it is reviewed like code; `TRYBUILD=overwrite` writes it anew.

#![cfg(not(any(miri, emulated)))] // They run the compiler.

use std::{
    env, fs,
    path::{Path, PathBuf},
};

use trybuild::TestCases;

/// Mistakes that `cargo check`, and so an editor, shows.
#[test]
fn check() {
    TestCases::new().compile_fail("ui/check/*/*.rs");
}

/// Mistakes that show only where code is generated.
#[test]
fn build() {
    let cases = TestCases::new();
    // With one case that passes, trybuild builds instead of checking.
    cases.pass("ui/pass/force_build.rs");
    cases.compile_fail("ui/build/*.rs");
}

/// No message is left of a case that is gone, and each case has one.
#[test]
fn each_case_has_its_message() {
    if env::var_os("TRYBUILD").is_some_and(|value| value == "overwrite") {
        // The messages are being written beside this test.
        return;
    }
    let (cases, messages) = (files("rs"), files("stderr"));
    assert!(cases.len() >= 100, "only {} cases found", cases.len());
    let names = |files: &[PathBuf]| files.iter().map(|f| f.with_extension("")).collect::<Vec<_>>();
    assert_eq!(names(&cases), names(&messages));
}

/// The first line of each case says what the user believed.
#[test]
fn each_case_says_what_was_believed() {
    for case in files("rs") {
        let text = fs::read_to_string(&case).unwrap();
        assert!(text.starts_with("// "), "{} says nothing", case.display());
    }
}

/// No case stands where no test looks for it.
#[test]
fn each_case_is_tested() {
    let mut folders: Vec<_> = files("rs").iter().map(|case| depth(case)).collect();
    folders.sort();
    folders.dedup();
    assert_eq!(folders, [("build".into(), 1), ("check".into(), 2)]);
}

/// The test that a case belongs to, and how deep below `ui` it lies.
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
