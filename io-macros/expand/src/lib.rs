//! Parsers, model and expansion of io-core's macros, as ordinary code.
//!
//! Each macro is a folder: parse, model, check, expand. A procedural-macro
//! crate can be neither tested nor fuzzed from outside; this one can.

mod attributes;
mod bug;
mod diagnostics;
mod io_struct;
mod io_value;
mod project;
mod spans;

use proc_macro2::TokenStream;

/// Expands `#[derive(IoStruct)]`.
pub fn io_struct(input: TokenStream) -> TokenStream {
    bug::reported("#[derive(IoStruct)]", input, io_struct::expand)
}

/// Expands `#[derive(IoValue)]`.
pub fn io_value(input: TokenStream) -> TokenStream {
    bug::reported("#[derive(IoValue)]", input, io_value::expand)
}

/// Expands the tokens that `io_project!` or one of its kin passes on: the verb, the path of the
/// crate, `;`, and what the user wrote.
pub fn project(input: TokenStream) -> TokenStream {
    bug::reported("io_project!", input, project::expand)
}
