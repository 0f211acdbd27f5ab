//! `#[derive(IoStruct)]`

mod check;
mod expand;
mod model;

use proc_macro2::TokenStream;
use syn::DeriveInput;

use crate::diagnostics::Diagnostics;

/// Expands `#[derive(IoStruct)]`.
pub(crate) fn expand(input: TokenStream) -> TokenStream {
    let input: DeriveInput = match syn::parse2(input) {
        Ok(input) => input,
        Err(error) => return error.to_compile_error(),
    };
    let mut errors = Diagnostics::default();
    check::container(&input, &mut errors);
    let block = model::Block::new(&input, &mut errors);
    if errors.is_empty() {
        expand::block(&block)
    } else {
        // An unsized struct can have no stand-in.
        let mut tokens = match block.is_sized() {
            true => expand::fallback(&block),
            false => TokenStream::new(),
        };
        tokens.extend(errors.into_tokens());
        tokens
    }
}

#[cfg(test)]
mod tests;
