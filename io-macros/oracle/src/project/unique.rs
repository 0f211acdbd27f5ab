//! Rewrites a call so that each name in it is unique. Tokens of the user can then be distinguished
//! from tokens of the macro and from each other.

use proc_macro2::{Delimiter, Group, Ident, Literal, Span, TokenStream, TokenTree};

use crate::leaves::{is, is_colon, is_keyword};

/// The prefix of the names.
const NAME: &str = "once_";
/// The first of the numbers, all of which are too large to be an index of an array.
const NUMBER: u32 = 1_000_000_000;

/// Returns whether a word of an expansion is one of these names or numbers.
pub(super) fn is_unique(word: &str) -> bool {
    let number = word.parse().is_ok_and(|number: u32| number > NUMBER);
    number || word.starts_with(NAME)
}

/// Renames the names after the `;` of a call, except for keywords and policies, and replaces plain
/// numbers that are not field numbers.
pub(super) fn unique(call: TokenStream) -> TokenStream {
    let mut tokens: Vec<TokenTree> = call.into_iter().collect();
    let users = tokens.iter().position(|token| is(Some(token), ';')).map_or(0, |at| at + 1);
    let after = tokens.split_off(users);
    tokens.extend(Renaming(0).tokens(after, false));
    tokens.into_iter().collect()
}

struct Renaming(u32);

impl Renaming {
    fn tokens(&mut self, tokens: Vec<TokenTree>, mut may_be_policy: bool) -> Vec<TokenTree> {
        let mut result: Vec<TokenTree> = Vec::new();
        for (i, token) in tokens.iter().enumerate() {
            // `[try: …]`, and `build: …` after the first comma.
            may_be_policy |= is(result.last(), ',');
            let is_policy = may_be_policy && is_colon(&tokens[i + 1..]);
            may_be_policy = false;
            let after_dot = is(result.last(), '.');
            result.push(match token {
                TokenTree::Group(group) => {
                    let inside = group.stream().into_iter().collect();
                    let inside = self.tokens(inside, group.delimiter() == Delimiter::Bracket);
                    let mut new = Group::new(group.delimiter(), inside.into_iter().collect());
                    new.set_span(group.span());
                    new.into()
                }
                TokenTree::Ident(name) if after_dot && is_as_array(name, &tokens[i + 1..]) => {
                    name.clone().into()
                }
                TokenTree::Ident(name) if !is_policy && !is_keyword(&name.to_string()) => {
                    self.0 += 1;
                    Ident::new(&format!("{NAME}{}", self.0), Span::call_site()).into()
                }
                TokenTree::Literal(number) if !after_dot && is_plain(&number.to_string()) => {
                    self.0 += 1;
                    Literal::u32_unsuffixed(NUMBER + self.0).into()
                }
                token => token.clone(),
            });
        }
        result
    }
}

/// Returns whether this is `as_array::`, which is not a name of the user.
pub(super) fn is_as_array(name: &Ident, after: &[TokenTree]) -> bool {
    name == "as_array" && is(after.first(), ':') && !is_colon(after)
}

fn is_plain(number: &str) -> bool {
    number.bytes().all(|byte| byte.is_ascii_digit())
}
