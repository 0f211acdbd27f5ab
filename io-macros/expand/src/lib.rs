//! Parsers, models and expansions of io-core's macros, as an ordinary library.
//!
//! Each macro is a folder: parse, model, check, expand. A procedural-macro crate can be neither
//! tested nor fuzzed from outside; this crate can.

mod attributes;
mod bug;
mod diagnostics;
mod fragments;
mod io_struct;
mod io_value;
mod project;
mod spans;
mod suggestions;

use proc_macro2::TokenStream;
use quote::quote;

/// Expands `#[derive(IoStruct)]`.
pub fn io_struct(input: TokenStream) -> TokenStream {
    let name = |_: &_| "#[derive(IoStruct)]".to_owned();
    bug::reported(name, input, |input| io_struct::expand(fragments::as_operands(input)))
}

/// Expands `#[io_struct(ARGUMENTS)] ITEM`.
pub fn io_struct_attribute(arguments: TokenStream, item: TokenStream) -> TokenStream {
    let name = |_: &_| "#[io_struct]".to_owned();
    let input = quote!(#[io_struct(#arguments)] #item);
    bug::reported(name, input, |_| {
        let [arguments, item] = [arguments, item].map(fragments::as_operands);
        io_struct::expand_attribute(arguments, item)
    })
}

/// Expands `#[derive(IoValue)]`.
pub fn io_value(input: TokenStream) -> TokenStream {
    let name = |_: &_| "#[derive(IoValue)]".to_owned();
    bug::reported(name, input, |input| io_value::expand(fragments::as_operands(input)))
}

/// Expands the tokens that `io_project!` and related macros pass on: the verb, the path of the
/// crate, `;`, and the user's tokens.
pub fn project(input: TokenStream) -> TokenStream {
    bug::reported(project::name, input, |input| project::expand(fragments::as_operands(input)))
}
