//! Token streams as readable text.
//!
//! `$( … )` denotes a group without delimiters, which `macro_rules!` puts around a fragment and for
//! which Rust has no syntax.

use proc_macro2::{Delimiter, Group, LexError, Spacing, TokenStream, TokenTree};

/// Parses a text into tokens.
pub fn tokens(text: &str) -> Result<TokenStream, LexError> {
    Ok(undelimited(text.parse()?))
}

fn undelimited(stream: TokenStream) -> TokenStream {
    let mut tokens = stream.into_iter().peekable();
    let mut result = Vec::new();
    while let Some(token) = tokens.next() {
        let is_dollar = matches!(&token, TokenTree::Punct(punct) if punct.as_char() == '$');
        let group =
            tokens.next_if(|next| is_dollar && delimiter(next) == Some(Delimiter::Parenthesis));
        result.push(match (group, token) {
            (Some(TokenTree::Group(group)), _) => within(Delimiter::None, &group),
            (_, TokenTree::Group(group)) => within(group.delimiter(), &group),
            (_, token) => token,
        });
    }
    result.into_iter().collect()
}

fn within(delimiter: Delimiter, group: &Group) -> TokenTree {
    Group::new(delimiter, undelimited(group.stream())).into()
}

fn delimiter(token: &TokenTree) -> Option<Delimiter> {
    match token {
        TokenTree::Group(group) => Some(group.delimiter()),
        _ => None,
    }
}

/// Formats tokens as one line of text.
pub fn text(tokens: TokenStream) -> String {
    let mut result = String::new();
    write(tokens, &mut result);
    result.trim_end().to_owned()
}

fn write(tokens: TokenStream, to: &mut String) {
    for token in tokens {
        match token {
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    Delimiter::Parenthesis => ("(", ")"),
                    Delimiter::Bracket => ("[", "]"),
                    Delimiter::Brace => ("{ ", "}"),
                    Delimiter::None => ("$(", ")"),
                };
                to.push_str(open);
                write(group.stream(), to);
                to.truncate(to.trim_end().len());
                to.push_str(close);
            }
            TokenTree::Punct(punct) if punct.spacing() == Spacing::Joint => {
                to.push(punct.as_char());
                continue;
            }
            token => to.push_str(&token.to_string()),
        }
        to.push(' ');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_written_text_is_parsed_back() {
        for line in [
            "read io_core ; regs , .r#type [try : i + 1]",
            "#[io(at = $(0x10 ))]struct Regs { a : &'static u32 }",
            "$($(a )b )",
            "{ }($ )..=",
        ] {
            let once = text(tokens(line).expect("tokens"));
            assert_eq!(text(tokens(&once).expect("tokens")), once);
            let plain = |text: &str| text.replace([' ', '\n'], "");
            assert_eq!(plain(&once), plain(line));
        }
    }

    #[test]
    fn groups_without_delimiters_have_a_syntax() {
        let stream = tokens("a $(b [$(c)])").expect("tokens");
        let tokens: Vec<TokenTree> = stream.into_iter().collect();
        assert_eq!(tokens.len(), 2);
        assert_eq!(delimiter(&tokens[1]), Some(Delimiter::None));
        assert!(tokens[1].to_string().contains("b [c]"), "{}", tokens[1]);
    }
}
