//! Token streams as rows of words: what is written, without what holds it together.

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};

/// Every token and delimiter in order, each as text.
///
/// Groups without delimiters are their contents, and the two fields of `.0.1`, which is one literal
/// to the lexer, are two words.
pub(crate) fn leaves(tokens: TokenStream) -> Vec<String> {
    let mut words = Vec::new();
    collect(tokens, &mut words);
    words
}

fn collect(tokens: TokenStream, words: &mut Vec<String>) {
    for token in tokens {
        match token {
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    Delimiter::Parenthesis => ("(", ")"),
                    Delimiter::Bracket => ("[", "]"),
                    Delimiter::Brace => ("{", "}"),
                    Delimiter::None => {
                        collect(group.stream(), words);
                        continue;
                    }
                };
                words.push(open.to_owned());
                collect(group.stream(), words);
                words.push(close.to_owned());
            }
            TokenTree::Literal(literal) => words.extend(parts(&literal.to_string())),
            token => words.push(token.to_string()),
        }
    }
}

/// `0`, `.`, `1` of `0.1`; any other literal as it is.
///
/// Zeros in front of a decimal number do not count: syn takes `a.00` for `a.0`.
fn parts(literal: &str) -> Vec<String> {
    let is_plain = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let number = |part: &str| match part.trim_start_matches('0') {
        "" if !part.is_empty() => "0".to_owned(),
        digits => digits.to_owned(),
    };
    match literal.split_once('.') {
        Some((whole, part)) if is_plain(whole) && is_plain(part) => {
            let words = [number(whole), ".".to_owned(), number(part)].into_iter();
            words.filter(|word| !word.is_empty()).collect()
        }
        None if is_plain(literal) => vec![number(literal)],
        _ => vec![literal.to_owned()],
    }
}

/// How often `part` stands in `whole`, uninterrupted.
pub(crate) fn count(part: &[String], whole: &[String]) -> usize {
    whole.windows(part.len().max(1)).filter(|window| *window == part).count()
}

/// The same tokens without groups that have no delimiters.
pub(crate) fn flattened(tokens: TokenStream) -> Vec<TokenTree> {
    let flat = |token: TokenTree| match token {
        TokenTree::Group(group) if group.delimiter() == Delimiter::None => {
            flattened(group.stream())
        }
        token => vec![token],
    };
    tokens.into_iter().flat_map(flat).collect()
}

/// Whether a token is this punctuation.
pub(crate) fn is(token: Option<&TokenTree>, what: char) -> bool {
    matches!(token, Some(TokenTree::Punct(punct)) if punct.as_char() == what)
}

/// Whether tokens begin with `:` that does not begin `::`.
pub(crate) fn is_colon(tokens: &[TokenTree]) -> bool {
    let joint = |token: &TokenTree| matches!(token, TokenTree::Punct(punct) if punct.spacing() == Spacing::Joint);
    is(tokens.first(), ':') && !(joint(&tokens[0]) && is(tokens.get(1), ':'))
}

/// Whether a name is a word of the language, which `r#` makes a name.
pub(crate) fn is_keyword(name: &str) -> bool {
    const KEYWORDS: &str = "_ abstract as async await become box break const continue crate do dyn \
                            else enum extern false final fn for if impl in let loop macro match mod \
                            move mut override priv pub ref return Self self static struct super \
                            trait true try type typeof unsafe unsized use virtual where while yield";
    KEYWORDS.split_whitespace().any(|keyword| keyword == name)
}
