//! Dots with nothing behind them, as they stand in an editor while a name is typed.
//!
//! Each gets a name that does not exist, spanned on the dot: rustc reports it there and lists the
//! fields, and the expansion has the shape that an editor needs to complete the name.

use proc_macro2::{Group, Ident, Span, TokenStream, TokenTree};
use syn::{
    Expr,
    parse::{ParseStream, discouraged::Speculative},
};

/// The name behind a dot.
pub(super) fn name(dot: Span) -> Ident {
    Ident::new("missing_field_name", dot)
}

/// An expression, or the start of one that ends before the next comma; whether it is that.
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
    // Token by token: `peek` would see a comma in a group without delimiters.
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

/// The tokens, with a name behind each dot that ends them or a group of them.
fn named(tokens: TokenStream) -> TokenStream {
    let is_dot = |token: &TokenTree| matches!(token, TokenTree::Punct(p) if p.as_char() == '.');
    let mut tokens: Vec<TokenTree> = tokens.into_iter().map(within_group).collect();
    let name = match &tokens[..] {
        [.., before, _] if is_dot(before) => None, // A range, `..`.
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
