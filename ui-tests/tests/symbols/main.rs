//! Symbol names are not longer than those of other crates.
//!
//! Each step of a path is a separate function in unoptimised code, and its symbol contains the
//! types that it is generic over: types that wrap the types of preceding steps would grow with the
//! path.

#![cfg(not(any(miri, emulated)))] // This test runs the compiler.

#[path = "../package/mod.rs"]
mod package;

use std::fs;

use object::{Object, ObjectSymbol};

use package::Package;

/// The longest symbol in a driver of typical depth, plus an eighth. The limit of Linux is 512.
const BUDGET: usize = 400;

#[test]
fn symbol_names_are_short() {
    let package = Package::new("symbols", include_str!("driver.rs"));
    let object = package.root().join("symbols.o");
    let output = package
        .command(env!("CARGO"))
        .args(["rustc", "--quiet", "--lib", "--", "-Ccodegen-units=1"])
        // Names with all types; rustc's default shortens them to a hash.
        .arg("-Csymbol-mangling-version=v0")
        .arg(format!("--emit=obj={}", object.display()))
        .output()
        .expect("cargo starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));

    let bytes = fs::read(&object).expect("rustc has written it");
    let file = object::File::parse(&*bytes).expect("it is an object file");
    let names = file.symbols().filter_map(|symbol| symbol.name().ok().map(str::to_owned));
    let mut ours: Vec<_> = names.filter(|name| name.contains("7io_core")).collect();
    ours.sort_by_key(String::len);
    assert!(ours.len() > 30, "only {} functions of io-core are used: {ours:?}", ours.len());
    let longest = ours.last().expect("at least one name");
    println!("{} names; the longest has {} bytes: {longest}", ours.len(), longest.len());
    assert!(longest.len() <= BUDGET, "{} bytes, not {BUDGET}: {longest}", longest.len());
}
