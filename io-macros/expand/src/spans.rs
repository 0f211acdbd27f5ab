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
