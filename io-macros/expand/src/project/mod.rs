//! `io_project!`, `io_read!`, `io_write!`, `io_update!` and their `try_` forms.

mod expand;
mod half_typed;
mod model;
mod parse;

use proc_macro2::TokenStream;

/// Expands the tokens that a macro of io-core passes on: the verb, the path of
/// the crate, `;`, and what the user wrote.
pub fn expand(input: TokenStream) -> TokenStream {
    match syn::parse2::<model::Call>(input) {
        Ok(call) => expand::call(&call),
        Err(error) => error.to_compile_error(),
    }
}

#[cfg(test)]
mod tests;
