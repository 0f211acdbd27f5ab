//! Dots with nothing after them, as they occur in an editor while a name is typed.
//!
//! Each such dot is followed by a generated name that does not exist, with the dot's span: rustc
//! reports the error there and lists the fields, and the expansion has the shape that an editor
//! needs to complete the name.

use proc_macro2::{Group, Ident, Span, TokenStream, TokenTree};
use syn::{
    Expr,
    parse::{ParseStream, discouraged::Speculative},
};

/// Returns the name to insert after a dot.
pub(super) fn name(dot: Span) -> Ident {
    Ident::new("missing_field_name", dot)
}

/// Parses an expression, or the start of one that ends before the next comma. The `bool` is `true`
/// for the second.
pub(super) fn expression(input: ParseStream<'_>) -> syn::Result<(Expr, bool)> {
    let ahead = input.fork();
    let error = match ahead.parse() {
        Ok(expr) => {
            input.advance_to(&ahead);
            return Ok((expr, false));
        }
        Err(error) => error,
    };
    let ahead = input.fork();
    let mut tokens = TokenStream::new();
    // Token by token: `peek` would also find a comma inside a group without delimiters.
    while let Ok(token) = ahead.fork().parse::<TokenTree>() {
        if matches!(&token, TokenTree::Punct(punct) if punct.as_char() == ',') {
            break;
        }
        tokens.extend([ahead.parse::<TokenTree>()?]);
    }
    let expr = syn::parse2(named(tokens)).map_err(|_| error)?;
    input.advance_to(&ahead);
    Ok((expr, true))
}

/// Returns the tokens with a name inserted after each dot that ends them or a group in them.
fn named(tokens: TokenStream) -> TokenStream {
    let is_dot = |token: &TokenTree| matches!(token, TokenTree::Punct(p) if p.as_char() == '.');
    let mut tokens: Vec<TokenTree> = tokens.into_iter().map(within_group).collect();
    let name = match &tokens[..] {
        [.., before, _] if is_dot(before) => None, // The two dots of a range.
        [.., last] if is_dot(last) => Some(name(last.span())),
        _ => None,
    };
    tokens.extend(name.map(TokenTree::Ident));
    tokens.into_iter().collect()
}

fn within_group(token: TokenTree) -> TokenTree {
    let TokenTree::Group(group) = token else { return token };
    let mut new = Group::new(group.delimiter(), named(group.stream()));
    new.set_span(group.span());
    TokenTree::Group(new)
}
