//! Editor features inside the macros, tested with rust-analyzer.

#![cfg(not(any(miri, emulated)))] // This test runs rust-analyzer.

mod completion;
mod document;
#[allow(dead_code, reason = "only the editor reads it")]
mod driver;
mod mistakes;
mod navigation;
#[path = "../package/mod.rs"]
mod package;
mod server;
mod session;
mod uses;

use package::Package;
use session::Session;

/// The functions of `driver.rs`, one for each kind of view.
const FUNCTIONS: [&str; 3] = ["concrete", "any_view", "view_of_backend"];

/// This is one test, because starting rust-analyzer takes longer than all queries.
#[test]
fn rust_analyzer_supports_macro_calls() {
    let text = include_str!("driver.rs");
    let package = Package::new("driver", text);
    let mut session = Session::open(&package, text);
    for function in FUNCTIONS {
        navigation::ask(&mut session, function);
        completion::ask(&mut session, function);
        mistakes::ask(&mut session, function);
    }
    completion::ask_for_methods(&mut session, FUNCTIONS[0]);
    uses::ask(&mut session, &FUNCTIONS);
    let problems = session.close();
    assert!(problems.is_empty(), "{} problems:\n{}", problems.len(), problems.join("\n"));
}
