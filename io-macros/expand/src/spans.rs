//! Where generated tokens are shown, without changing what they mean.

use proc_macro2::{Span, TokenStream, TokenTree};

/// The same tokens, resolved as before and shown at `at`: an error about the
/// generated code underlines the user's token.
pub(crate) fn relocated(tokens: TokenStream, at: Span) -> TokenStream {
    let relocate = |mut token: TokenTree| {
        token.set_span(token.span().located_at(at));
        token
    };
    tokens.into_iter().map(relocate).collect()
}
