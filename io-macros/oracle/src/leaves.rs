//! Token streams as sequences of words, without their group structure.

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};

/// Returns every token and delimiter in order, each as text.
///
/// A group in parentheses or without delimiters is replaced by its contents, since the macros
/// replace one by the other to keep a fragment of `macro_rules!` one operand. `.0.1`, whose two
/// fields are one literal for the lexer, gives two words.
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
                    Delimiter::Bracket => ("[", "]"),
                    Delimiter::Brace => ("{", "}"),
                    Delimiter::Parenthesis | Delimiter::None => {
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

/// Splits `0.1` into `0`, `.` and `1`; returns any other literal unchanged.
///
/// Leading zeros of a decimal number are dropped: syn parses `a.00` as `a.0`.
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

/// Returns the number of occurrences of `part` in `whole` as consecutive words; 1 if it has no
/// words, as `()`.
pub(crate) fn count(part: &[String], whole: &[String]) -> usize {
    if part.is_empty() {
        return 1;
    }
    whole.windows(part.len()).filter(|window| *window == part).count()
}

/// Returns the same tokens with groups without delimiters replaced by their contents.
pub(crate) fn flattened(tokens: TokenStream) -> Vec<TokenTree> {
    let flat = |token: TokenTree| match token {
        TokenTree::Group(group) if group.delimiter() == Delimiter::None => {
            flattened(group.stream())
        }
        token => vec![token],
    };
    tokens.into_iter().flat_map(flat).collect()
}

/// Returns whether a token is this punctuation.
pub(crate) fn is(token: Option<&TokenTree>, what: char) -> bool {
    matches!(token, Some(TokenTree::Punct(punct)) if punct.as_char() == what)
}

/// Returns whether the tokens begin with a `:` that is not the start of `::`.
pub(crate) fn is_colon(tokens: &[TokenTree]) -> bool {
    let joint = |token: &TokenTree| matches!(token, TokenTree::Punct(punct) if punct.spacing() == Spacing::Joint);
    is(tokens.first(), ':') && !(joint(&tokens[0]) && is(tokens.get(1), ':'))
}

/// Returns whether a name is a keyword, which `r#` turns into an ordinary name.
pub(crate) fn is_keyword(name: &str) -> bool {
    const KEYWORDS: &str = "_ abstract as async await become box break const continue crate do dyn \
                            else enum extern false final fn for if impl in let loop macro match mod \
                            move mut override priv pub ref return Self self static struct super \
                            trait true try type typeof unsafe unsized use virtual where while yield";
    KEYWORDS.split_whitespace().any(|keyword| keyword == name)
}
