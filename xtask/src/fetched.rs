//! Crates and tools that cargo downloads only for the tests.

use std::path::Path;

use xtask_process::{Call, run};

/// The version of cargo-expand that generated the snapshots.
const CARGO_EXPAND: &str = "1.0.127";

/// Installs `cargo expand`, if it is missing.
///
/// It is built without optimisation, which takes a third of the time, because it runs only a few
/// times.
pub(crate) fn cargo_expand(channel: &str, root: &Path) -> Result<(), String> {
    let cargo = |arguments| Call::new("cargo", "").argument(format!("+{channel}")).words(arguments);
    let is_there = || run::answer(&cargo("expand --version"), root);
    if is_there().is_err() {
        let install = cargo("install cargo-expand --locked --no-default-features --debug");
        let install = install.words("--config profile.dev.debug=0 --version").words(CARGO_EXPAND);
        run::get("cargo-expand", &install, root)?;
    }
    let version = is_there()?;
    println!("{}: ready", version.trim());
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
