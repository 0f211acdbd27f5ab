//! Procedural macros as users could write them, without `unsafe`: the compiler's item differs from
//! the one that a derive before them was given.

#![forbid(unsafe_code)]

extern crate proc_macro;

use core::sync::atomic::{AtomicUsize, Ordering};

use proc_macro::{Group, TokenStream, TokenTree};

/// `#[replace(From, To…)]`: replaces one word, in the attributes of the item too.
#[proc_macro_attribute]
pub fn replace(arguments: TokenStream, item: TokenStream) -> TokenStream {
    let mut arguments = arguments.into_iter();
    let from = arguments.next().expect("a word").to_string();
    let _comma = arguments.next();
    replaced(item, &from, &arguments.collect())
}

fn replaced(tokens: TokenStream, from: &str, to: &TokenStream) -> TokenStream {
    let replace = |token: TokenTree| match token {
        TokenTree::Ident(word) if word.to_string() == from => to.clone(),
        TokenTree::Group(group) => {
            let inside = replaced(group.stream(), from, to);
            TokenTree::Group(Group::new(group.delimiter(), inside)).into()
        }
        other => other.into(),
    };
    tokens.into_iter().flat_map(replace).collect()
}

/// `alternating!(A, B)`: a type, alternately `A` and `B`.
#[proc_macro]
pub fn alternating(types: TokenStream) -> TokenStream {
    static CALLS: AtomicUsize = AtomicUsize::new(0);
    let types: Vec<TokenTree> = types.into_iter().collect();
    let is_comma = |token: &TokenTree| matches!(token, TokenTree::Punct(p) if p.as_char() == ',');
    let mut types = types.split(is_comma);
    let call = CALLS.fetch_add(1, Ordering::Relaxed);
    types.nth(call % 2).expect("two types").iter().cloned().collect()
}
