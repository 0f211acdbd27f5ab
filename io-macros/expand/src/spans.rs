//! Spans of generated tokens: changes where they are shown, but not how they resolve.

use proc_macro2::{Span, TokenStream, TokenTree};

/// Returns the same tokens, resolved as before but shown at `at`: an error in the generated code
/// underlines the user's token.
pub(crate) fn relocated(tokens: TokenStream, at: Span) -> TokenStream {
    let relocate = |mut token: TokenTree| {
        token.set_span(token.span().located_at(at));
        token
    };
    tokens.into_iter().map(relocate).collect()
}

/// Returns the tokens of a path with the span, as far as it does not change how they resolve. rustc
/// underlines a path as a whole only if its tokens are from the same macro.
pub(crate) fn joined(tokens: TokenStream, at: Span) -> TokenStream {
    let join = |mut token: TokenTree| {
        let names_crate =
            matches!(&token, TokenTree::Ident(word) if *word == "$crate" || *word == "crate");
        token.set_span(if names_crate { token.span().located_at(at) } else { at });
        token
    };
    tokens.into_iter().map(join).collect()
}
