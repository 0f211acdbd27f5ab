//! Crates and tools that cargo downloads only for the tests.

use std::path::Path;

use xtask_process::{Call, run};

/// The version of cargo-expand that generated the snapshots.
const CARGO_EXPAND: &str = "1.0.127";

/// The version of mdBook that renders the book.
const MDBOOK: &str = "0.5.4";

/// Installs `cargo expand`, if it is missing.
pub(crate) fn cargo_expand(channel: &str, root: &Path) -> Result<(), String> {
    let question = Call::new("cargo", "").argument(format!("+{channel}")).words("expand --version");
    program("cargo-expand", CARGO_EXPAND, &question, channel, root)
}

/// Installs `mdbook`, if it is missing: without search and without a server.
pub(crate) fn mdbook(channel: &str, root: &Path) -> Result<(), String> {
    program("mdbook", MDBOOK, &Call::new("mdbook", "--version"), channel, root)
}

/// Installs a program, unless it answers the question for its version.
///
/// It is built without optimisation, which takes a third of the time, because it runs only a few
/// times.
fn program(
    name: &str,
    version: &str,
    question: &Call,
    channel: &str,
    root: &Path,
) -> Result<(), String> {
    let is_there = || run::answer(question, root);
    if is_there().is_err() {
        let install = Call::new("cargo", "").argument(format!("+{channel}")).words("install");
        let install = install.words(name).words("--locked --no-default-features --debug");
        let install = install.words("--config profile.dev.debug=0 --version").words(version);
        run::get(name, &install, root)?;
    }
    println!("{}: ready", is_there()?.trim());
    Ok(())
}

/// Downloads the sources of the standard library's dependencies, if they are missing.
///
/// With them rust-analyzer resolves the whole library, as it does in an editor; without them it
/// does not even resolve `derive`.
pub(crate) fn library_sources(channel: &str, root: &Path) -> Result<(), String> {
    let question = Call::new("rustc", "").argument(format!("+{channel}"));
    let answer = run::answer(&question.words("--print sysroot --print host-tuple"), root)?;
    let (sysroot, host) =
        answer.trim().split_once('\n').ok_or("rustc printed fewer than two lines")?;
    let fetch = |options| {
        let call = Call::new("cargo", "").argument(format!("+{channel}")).words("fetch --locked");
        let call = call.words(options).words("--target").words(host).words("--manifest-path");
        let call = call.argument(format!("{sysroot}/lib/rustlib/src/rust/library/Cargo.toml"));
        // The standard library uses unstable features.
        call.variable("RUSTC_BOOTSTRAP", "1")
    };
    if run::answer(&fetch("--offline"), root).is_err() {
        run::get("the dependencies of the standard library", &fetch(""), root)?;
    }
    println!("sources of the standard library: ready");
    Ok(())
}
