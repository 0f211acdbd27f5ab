//! Passes the version of the compiler that builds the benchmark to the program, for the head of its
//! report.

use std::process::Command;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let version = std::env::var_os("RUSTC")
        .and_then(|rustc| Command::new(rustc).arg("--version").output().ok())
        .and_then(|output| String::from_utf8(output.stdout).ok());
    let version = version.as_deref().map_or("rustc, version unknown", str::trim);
    println!("cargo::rustc-env=BENCH_RUSTC={version}");
}
