//! Tokens of Rust source, without comments and test code.

use core::ops::Range;

use proc_macro2::{Delimiter, LexError, TokenStream, TokenTree};

/// A word or a punctuation mark; `::` is one token, and a literal is an empty one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) line: usize,
    pub(super) text: String,
}

/// Splits source code into tokens. Documentation comments are comments.
pub(super) fn tokens(source: &str) -> Result<Vec<Token>, LexError> {
    let mut tokens = Vec::new();
    flatten(source.parse()?, &mut tokens);
    Ok(tokens)
}

/// Appends the tokens of a stream, and the brackets of its groups.
fn flatten(stream: TokenStream, tokens: &mut Vec<Token>) {
    let mut trees = stream.into_iter().peekable();
    while let Some(tree) = trees.next() {
        let line = tree.span().start().line;
        let mut push = |text: &str| tokens.push(Token { line, text: text.to_owned() });
        match tree {
            TokenTree::Group(group) => {
                let (open, close) = brackets(group.delimiter());
                push(open);
                flatten(group.stream(), tokens);
                let line = group.span_close().start().line;
                tokens.push(Token { line, text: close.to_owned() });
            }
            TokenTree::Ident(word) => push(&word.to_string()),
            TokenTree::Literal(_) => push(""),
            TokenTree::Punct(mark) => match mark.as_char() {
                '#' if is_documentation(&mut trees.clone()) => {
                    trees.by_ref().find(|tree| matches!(tree, TokenTree::Group(_)));
                }
                ':' if trees.next_if(|next| is_mark(next, ':')).is_some() => push("::"),
                mark => push(mark.encode_utf8(&mut [0; 4])),
            },
        }
    }
}

/// Returns whether the tokens after a `#` are those of a documentation comment: `[doc = "…"]`,
/// after a `!` for the surrounding item.
fn is_documentation(trees: &mut impl Iterator<Item = TokenTree>) -> bool {
    let is_mark =
        |tree: &TokenTree| matches!(tree, TokenTree::Punct(mark) if mark.as_char() == '!');
    let group = trees.find(|tree| !is_mark(tree));
    let Some(TokenTree::Group(group)) = group else { return false };
    let inside: Vec<_> = group.stream().into_iter().collect();
    matches!(&inside[..], [TokenTree::Ident(name), _, TokenTree::Literal(_)] if name == "doc")
}

fn is_mark(tree: &TokenTree, expected: char) -> bool {
    matches!(tree, TokenTree::Punct(mark) if mark.as_char() == expected)
}

fn brackets(delimiter: Delimiter) -> (&'static str, &'static str) {
    match delimiter {
        Delimiter::Parenthesis => ("(", ")"),
        Delimiter::Bracket => ("[", "]"),
        Delimiter::Brace => ("{", "}"),
        Delimiter::None => ("", ""),
    }
}

/// The ranges of items that are compiled only for tests: `#[cfg(test)]` and the item after it.
pub(super) fn test_items(tokens: &[Token]) -> Vec<Range<usize>> {
    let mut ranges = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let Some(end) = attribute(tokens, at) else {
            at += 1;
            continue;
        };
        let has = |word: &str| tokens[at..end].iter().any(|token| token.text == word);
        if has("cfg") && has("test") && !has("not") {
            let end = item(tokens, end);
            ranges.push(at..end);
            at = end;
        } else {
            at = end;
        }
    }
    ranges
}

/// The end of the outer attribute that starts at a token; `None` if none starts there.
fn attribute(tokens: &[Token], at: usize) -> Option<usize> {
    let starts = |at: usize, text| tokens.get(at).is_some_and(|token| token.text == text);
    (starts(at, "#") && starts(at + 1, "[")).then(|| group(tokens, at + 1))
}

/// The end of the group whose opening bracket is at a token.
pub(super) fn group(tokens: &[Token], at: usize) -> usize {
    let mut depth = 0;
    for (number, token) in tokens.iter().enumerate().skip(at) {
        match token.text.as_str() {
            "(" | "[" | "{" => depth += 1,
            ")" | "]" | "}" => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return number + 1;
        }
    }
    tokens.len()
}

/// The end of an item with its attributes: a semicolon or a block.
fn item(tokens: &[Token], mut at: usize) -> usize {
    while let Some(end) = attribute(tokens, at) {
        at = end;
    }
    let is_use = tokens[at..].iter().take(6).any(|token| token.text == "use");
    while at < tokens.len() {
        match tokens[at].text.as_str() {
            ";" => return at + 1,
            "{" if !is_use => return group(tokens, at),
            "(" | "[" | "{" => at = group(tokens, at),
            _ => at += 1,
        }
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(source: &str) -> Vec<String> {
        tokens(source).unwrap().into_iter().map(|token| token.text).collect()
    }

    #[test]
    fn comments_are_not_tokens() {
        let source = "/// crate::a\n//! b\na /* crate::b /* c */ d */ ::b // e\nc";
        assert_eq!(texts(source), ["a", "::", "b", "c"]);
        assert_eq!(tokens(source).unwrap().last().map(|token| token.line), Some(4));
    }

    #[test]
    fn literals_are_empty_tokens() {
        let source = r####"("a\"crate::b", r"\", r#"a"b"#, br##"a"#"##, b"\\", c"a", 'a', '\'', b'"', '"', "é")"####;
        let found = texts(source);
        assert!(
            found.iter().all(|text| ["", "(", ")", ",", "b"].contains(&text.as_str())),
            "{found:?}"
        );
        assert_eq!(found.iter().filter(|text| text.is_empty()).count(), 11);
    }

    #[test]
    fn lifetimes_and_raw_identifiers_are_not_literals() {
        assert_eq!(texts("&'a r#fn"), ["&", "'", "a", "r#fn"]);
    }

    #[test]
    fn test_items_end_with_a_block_or_a_semicolon() {
        let end = |source: &str| {
            let tokens = tokens(source).unwrap();
            let ranges = test_items(&tokens);
            ranges.iter().map(|range| tokens[range.end].text.clone()).collect::<Vec<_>>()
        };
        assert_eq!(end("#[cfg(test)] mod a { fn b() { c::d(); } } one"), ["one"]);
        assert_eq!(end("#[cfg(all(test, not_miri))] #[doc(hidden)] mod a; one"), ["one"]);
        assert_eq!(end("#[cfg(test)] use a::{b, c::{d}}; one"), ["one"]);
        assert_eq!(end("#[cfg(not(test))] mod a; one"), Vec::<String>::new());
        assert_eq!(
            end("#[test] fn f() {} #[cfg(feature = \"test\")] mod a;"),
            Vec::<String>::new()
        );
    }
}
