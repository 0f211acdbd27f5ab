//! The options of every `#[io(…)]` of an item, found by walking its tokens.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use quote::ToTokens;
use syn::{
    Expr,
    parse::{ParseStream, Parser},
};

use crate::leaves::{flattened, is};

/// The place of an attribute.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Place {
    /// Before the item.
    Item,
    /// Before a field.
    Field,
    /// Before a parameter of the item.
    Parameter,
}

/// One option.
pub(super) struct Written {
    pub(super) place: Place,
    /// The number of the item or field that has the option; each may have an option once.
    pub(super) owner: usize,
    pub(super) name: String,
    /// The tokens after the `=`, or in the parentheses.
    pub(super) value: Option<TokenStream>,
}

/// The parts of an item that matter to its attributes.
#[derive(Default)]
pub(super) struct Item {
    pub(super) name: String,
    pub(super) options: Vec<Written>,
    /// The number of items and fields seen so far that can have options.
    owners: usize,
}

/// Returns the options of an accepted item.
pub(super) fn of_item(input: TokenStream) -> Result<Item, String> {
    let tokens = flattened(input);
    let is_word = |pair: &[TokenTree]| {
        matches!(pair, [TokenTree::Ident(word), TokenTree::Ident(_)]
            if ["struct", "union", "enum"].iter().any(|keyword| word == keyword))
    };
    let keyword = tokens.windows(2).position(is_word).ok_or("not a struct, union or enum")?;
    let name = &tokens[keyword + 1];
    let mut item = Item { name: name.to_string(), options: vec![], owners: 0 };
    let (before, after) = tokens.split_at(keyword);
    item.attributes(before, Place::Item)?;
    let fields = after.iter().position(is_fields).unwrap_or(after.len());
    item.attributes(&after[..fields], Place::Parameter)?;
    if let Some(TokenTree::Group(group)) = after.get(fields) {
        item.attributes(&flattened(group.stream()), Place::Field)?;
    }
    Ok(item)
}

/// Returns the options of one field.
pub(super) fn of_field(field: &syn::Field) -> Result<Vec<Written>, String> {
    let mut item = Item::default();
    item.attributes(&flattened(field.to_token_stream()), Place::Field)?;
    Ok(item.options)
}

/// Returns whether the token is `{ … }` of a struct or `( … )` of a tuple struct.
fn is_fields(token: &TokenTree) -> bool {
    let delimiters = [Delimiter::Brace, Delimiter::Parenthesis];
    matches!(token, TokenTree::Group(group) if delimiters.contains(&group.delimiter()))
}

impl Item {
    /// Adds the arguments of an attribute of the item.
    pub(super) fn add(&mut self, arguments: &TokenStream) -> Result<(), String> {
        self.owners += 1;
        match &flattened(arguments.clone())[..] {
            [] => Ok(()),
            tokens => self.options(tokens, Place::Item),
        }
    }

    /// Adds the options of the attributes among tokens.
    fn attributes(&mut self, tokens: &[TokenTree], place: Place) -> Result<(), String> {
        for (i, token) in tokens.iter().enumerate() {
            let after_hash = i.checked_sub(1).is_some_and(|before| is(tokens.get(before), '#'));
            match token {
                TokenTree::Group(group)
                    if after_hash && group.delimiter() == Delimiter::Bracket =>
                {
                    self.attribute(&flattened(group.stream()), place)?;
                }
                token if is(Some(token), '#') => {}
                // The next tokens belong to another field.
                _ => self.owners += 1,
            }
        }
        Ok(())
    }

    fn attribute(&mut self, tokens: &[TokenTree], place: Place) -> Result<(), String> {
        match tokens {
            [TokenTree::Ident(name), rest @ ..]
                if ["io", "r#io"].iter().any(|io| name == io) && !is(rest.first(), ':') =>
            {
                let [TokenTree::Group(group)] = rest else {
                    return Err("`#[io]` has no list".to_owned());
                };
                self.options(&flattened(group.stream()), place)
            }
            _ => Ok(()),
        }
    }

    fn options(&mut self, mut tokens: &[TokenTree], place: Place) -> Result<(), String> {
        if tokens.is_empty() {
            return Err("`#[io()]` is empty".to_owned());
        }
        while let [name, rest @ ..] = tokens {
            let (name, owner) = (name.to_string(), self.owners);
            let (value, rest) = match rest {
                [equals, rest @ ..] if is(Some(equals), '=') => {
                    let (value, rest) = expression(rest)?;
                    (Some(value), rest)
                }
                [TokenTree::Group(list), rest @ ..]
                    if list.delimiter() == Delimiter::Parenthesis =>
                {
                    (Some(list.stream()), rest)
                }
                rest => (None, rest),
            };
            self.options.push(Written { place, owner, name, value });
            tokens = match rest {
                [] => rest,
                [comma, rest @ ..] if is(Some(comma), ',') => rest,
                [other, ..] => return Err(format!("unexpected `{other}` between options")),
            };
        }
        Ok(())
    }
}

/// Splits tokens into a Rust expression and the rest.
fn expression(tokens: &[TokenTree]) -> Result<(TokenStream, &[TokenTree]), String> {
    let split = |input: ParseStream<'_>| {
        let _: Expr = input.parse()?;
        input.parse::<TokenStream>()
    };
    let all: TokenStream = tokens.iter().cloned().collect();
    let rest = split.parse2(all).map_err(|error| format!("a value: {error}"))?;
    let (value, rest) = tokens.split_at(tokens.len() - rest.into_iter().count());
    let value: TokenStream = value.iter().cloned().collect();
    // In syn's spelling: it prints `a.0b0` as `a.0`.
    let value = syn::parse2::<Expr>(value.clone()).map_or(value, |value| value.to_token_stream());
    Ok((value, rest))
}
