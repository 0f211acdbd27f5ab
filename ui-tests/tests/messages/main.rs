//! Properties of all messages of the compile-fail cases, as a user sees them.

#![cfg(not(any(miri, emulated)))] // These tests read files of the repository.

extern crate alloc;

mod details;
mod quotes;
mod signatures;

use std::fs;
use std::path::{Path, PathBuf};

/// Returns the folder of this package.
fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Returns the `.stderr` files of all cases, sorted.
fn messages() -> Vec<PathBuf> {
    files(&root().join("ui"), "stderr")
}

/// Returns the files below a folder that have this extension, sorted.
fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path, extension));
        } else if path.extension().is_some_and(|found| found == extension) {
            found.push(path);
        }
    }
    found.sort();
    found
}
