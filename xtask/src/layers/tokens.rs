//! Tokens of Rust source, without comments and test code.

use core::ops::Range;

/// A word or a punctuation mark; `::` is one token, and a literal is an empty one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Token<'a> {
    pub(super) line: usize,
    pub(super) text: &'a str,
}

/// Splits source code into tokens.
pub(super) fn tokens(source: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let (mut at, mut line) = (0, 1);
    while at < source.len() {
        let (length, is_token) = next(&source[at..]);
        let text = &source[at..at + length];
        if is_token {
            let text = if is_literal(text) { "" } else { text };
            tokens.push(Token { line, text });
        }
        line += source[at..at + length].matches('\n').count();
        at += length;
    }
    tokens
}

/// The length of the first element of a text, and whether it is a token (not white space or a
/// comment).
fn next(text: &str) -> (usize, bool) {
    let first = text.chars().next().unwrap_or(' ');
    if first.is_whitespace() {
        (first.len_utf8(), false)
    } else if text.starts_with("//") {
        (text.find('\n').unwrap_or(text.len()), false)
    } else if text.starts_with("/*") {
        (block_comment(text), false)
    } else if let Some(length) = string(text) {
        (length, true)
    } else if first == '\'' {
        (character_or_lifetime(text), true)
    } else if is_word(first) {
        (word(text), true)
    } else if text.starts_with("::") {
        (2, true)
    } else {
        (first.len_utf8(), true)
    }
}

fn is_word(c: char) -> bool {
    c == '_' || c.is_alphanumeric()
}

fn is_literal(token: &str) -> bool {
    token.contains('"') || token.len() > 2 && token.ends_with('\'')
}

/// The length of the word at the start of a text.
fn word(text: &str) -> usize {
    text.find(|c| !is_word(c)).unwrap_or(text.len())
}

/// The length of a block comment, which may contain nested ones.
fn block_comment(text: &str) -> usize {
    let (mut depth, mut at) = (0, 0);
    while at < text.len() {
        let rest = &text[at..];
        if rest.starts_with("/*") {
            (depth, at) = (depth + 1, at + 2);
        } else if rest.starts_with("*/") {
            (depth, at) = (depth - 1, at + 2);
            if depth == 0 {
                break;
            }
        } else {
            at += rest.chars().next().map_or(1, char::len_utf8);
        }
    }
    at
}

/// The length of the string literal at the start of a text, if there is one.
fn string(text: &str) -> Option<usize> {
    let prefix = text.find(|c| !matches!(c, 'b' | 'c' | 'r')).filter(|length| *length <= 2)?;
    let is_raw = text[..prefix].ends_with('r');
    let hashes = if is_raw { text[prefix..].find(|c| c != '#')? } else { 0 };
    let start = prefix + hashes + 1;
    if !text[prefix + hashes..].starts_with('"') {
        return None;
    }
    if is_raw {
        let end = format!("\"{}", "#".repeat(hashes));
        return Some(text[start..].find(&end).map_or(text.len(), |at| start + at + end.len()));
    }
    Some(start + closing(&text[start..], '"'))
}

/// The length of the rest of a literal up to its closing quote.
fn closing(text: &str, quote: char) -> usize {
    let mut is_escaped = false;
    for (at, c) in text.char_indices() {
        if c == quote && !is_escaped {
            return at + 1;
        }
        is_escaped = c == '\\' && !is_escaped;
    }
    text.len()
}

/// The length of the character literal or lifetime at the start of a text.
fn character_or_lifetime(text: &str) -> usize {
    let rest = &text[1..];
    let mut following = rest.chars();
    match (following.next(), following.next()) {
        (Some('\\'), _) => 1 + closing(rest, '\''),
        (Some(c), Some('\'')) => 1 + c.len_utf8() + 1,
        _ => 1 + word(rest),
    }
}

/// The ranges of items that are compiled only for tests: `#[cfg(test)]` and the item after it.
pub(super) fn test_items(tokens: &[Token<'_>]) -> Vec<Range<usize>> {
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
fn attribute(tokens: &[Token<'_>], at: usize) -> Option<usize> {
    let starts = |at: usize, text| tokens.get(at).is_some_and(|token| token.text == text);
    (starts(at, "#") && starts(at + 1, "[")).then(|| group(tokens, at + 1))
}

/// The end of the group whose opening bracket is at a token.
pub(super) fn group(tokens: &[Token<'_>], at: usize) -> usize {
    let mut depth = 0;
    for (number, token) in tokens.iter().enumerate().skip(at) {
        match token.text {
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
fn item(tokens: &[Token<'_>], mut at: usize) -> usize {
    while let Some(end) = attribute(tokens, at) {
        at = end;
    }
    let is_use = tokens[at..].iter().take(6).any(|token| token.text == "use");
    while at < tokens.len() {
        match tokens[at].text {
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

    fn texts(source: &str) -> Vec<&str> {
        tokens(source).iter().map(|token| token.text).collect()
    }

    #[test]
    fn comments_are_not_tokens() {
        let source = "/// crate::a\n//! b\na /* crate::b /* c */ d */ ::b // e\nc";
        assert_eq!(texts(source), ["a", "::", "b", "c"]);
        assert_eq!(tokens(source).last().map(|token| token.line), Some(4));
    }

    #[test]
    fn literals_are_empty_tokens() {
        let source = r####"("a\"crate::b", r"\", r#"a"b"#, br##"a"#"##, b"\\", c"a", 'a', '\'', b'"', '"', "é")"####;
        let found = texts(source);
        assert!(found.iter().all(|text| ["", "(", ")", ",", "b"].contains(text)), "{found:?}");
        assert_eq!(found.iter().filter(|text| text.is_empty()).count(), 11);
    }

    #[test]
    fn lifetimes_and_raw_names_are_no_literals() {
        assert_eq!(texts("&'a r#fn"), ["&", "'a", "r", "#", "fn"]);
    }

    #[test]
    fn items_for_tests_end_with_a_block_or_a_semicolon() {
        let end = |source: &str| {
            let tokens = tokens(source);
            let ranges = test_items(&tokens);
            ranges.iter().map(|range| tokens[range.end].text.to_owned()).collect::<Vec<_>>()
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
