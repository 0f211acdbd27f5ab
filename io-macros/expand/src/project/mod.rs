//! `io_project!`, `io_read!`, `io_write!`, `io_update!`, their `try_` forms, `io_clear_bits!`,
//! `io_set_bits!`, `io_toggle_bits!`, and `loc!`.

mod expand;
mod half_typed;
mod model;
mod parse;
mod range;

use proc_macro2::TokenStream;

/// Parses and expands a call.
pub(crate) fn expand(input: TokenStream) -> TokenStream {
    match syn::parse2::<model::Call>(input) {
        Ok(call) => expand::call(&call),
        Err(error) => error.to_compile_error(),
    }
}

/// Returns the name of the user's macro, if the tokens contain its verb.
pub(crate) fn name(input: &TokenStream) -> String {
    let verb = input.clone().into_iter().next().map(|verb| verb.to_string());
    macro_of(verb.as_deref().unwrap_or("project"))
}

/// Returns the name of the user's macro for a verb.
fn macro_of(verb: &str) -> String {
    if verb == "loc" { "loc!".to_owned() } else { format!("io_{verb}!") }
}

#[cfg(test)]
mod tests;
