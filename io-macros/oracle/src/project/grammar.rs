//! Recognises the documented grammar of projections without the parser of the macro.
//!
//! ```text
//! call  := verb crate ; EXPR , path [, value] [,]
//! value := EXPR | build: EXPR
//! path  := step+ | build: EXPR [, step+]
//! step  := .name | .N | [N] | [build: EXPR] [array] | [try: EXPR] | [panic: EXPR]
//! array := .as_array::<LENGTH>()
//! ```
//!
//! `build: EXPR` as a value is for the verbs that clear, set and toggle bits.
//!
//! Brackets after `build: EXPR,` are steps, except where they are the value of the call: where a
//! value is required, and nothing follows the expression that they start.
//!
//! A path may also end with a lone `.`, as it does in an editor before a name is typed.

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};
use syn::{
    AngleBracketedGenericArguments, Expr, GenericArgument, Type,
    parse::{ParseStream, Parser},
};

use super::unique::is_as_array;
use crate::leaves::{flattened, is, is_colon, is_keyword};

/// The contents of a call.
#[derive(Default)]
pub(super) struct Call {
    /// The expression of the view, those of the indices and that of the value, in order of
    /// evaluation.
    pub(super) expressions: Vec<TokenStream>,
    /// The names and numbers of fields.
    pub(super) fields: Vec<String>,
}

/// The reason why tokens are not a call.
pub(super) enum No {
    /// The tokens are not in the grammar.
    Refused,
    /// There are groups without delimiters among the grammar's own tokens. It is not specified
    /// whether the macro looks into them.
    Undecided,
}

type Result<T> = core::result::Result<T, No>;

/// Recognises a call.
pub(super) fn call(input: TokenStream) -> Result<Call> {
    let tokens: Vec<TokenTree> = input.into_iter().collect();
    let [verb, rest @ ..] = &tokens[..] else { return Err(No::Refused) };
    let (takes_value, takes_bits) = match word(verb)?.as_str() {
        "project" | "read" | "try_read" | "loc" => (false, false),
        "write" | "update" | "try_write" | "try_update" => (true, false),
        "clear_bits" | "set_bits" | "toggle_bits" => (true, true),
        _ => return Err(No::Refused),
    };
    let mut call = Call::default();
    let rest = krate(rest)?;
    let rest = call.expression(rest)?;
    let rest = call.path(comma(&rest)?, takes_value)?;
    let mut rest = &rest[..];
    let after_value;
    if takes_value {
        after_value = call.written(comma(rest)?, takes_bits)?;
        rest = &after_value;
    }
    let rest = if is(rest.first(), ',') { &rest[1..] } else { rest };
    if rest.is_empty() { Ok(call) } else { Err(no(rest)) }
}

/// Returns the reason why tokens do not match the grammar.
fn no(tokens: &[TokenTree]) -> No {
    let is_open = |token: &TokenTree| matches!(token, TokenTree::Group(group) if group.delimiter() == Delimiter::None);
    // The first two tokens determine the policy.
    if tokens.iter().take(2).any(is_open) { No::Undecided } else { No::Refused }
}

fn word(token: &TokenTree) -> Result<String> {
    match token {
        TokenTree::Ident(word) => Ok(word.to_string()),
        _ => Err(no(core::slice::from_ref(token))),
    }
}

fn comma(tokens: &[TokenTree]) -> Result<&[TokenTree]> {
    if is(tokens.first(), ',') { Ok(&tokens[1..]) } else { Err(no(tokens)) }
}

/// Parses `crate;`, which the wrappers generate as `$crate`: names separated, and optionally
/// preceded, by `::`.
fn krate(tokens: &[TokenTree]) -> Result<&[TokenTree]> {
    let double = |tokens: &[TokenTree]| is(tokens.first(), ':') && !is_colon(tokens);
    let mut rest = if double(tokens) { &tokens[2..] } else { tokens };
    loop {
        let [first, after @ ..] = rest else { return Err(No::Refused) };
        let name = word(first)?;
        if is_keyword(&name) && !["self", "super", "crate"].contains(&name.as_str()) {
            return Err(No::Refused);
        }
        if double(after) {
            rest = &after[2..];
        } else if is(after.first(), ';') {
            return Ok(&after[1..]);
        } else {
            return Err(no(after));
        }
    }
}

impl Call {
    /// Parses a Rust expression at the start of the tokens; returns the tokens after it.
    fn expression(&mut self, tokens: &[TokenTree]) -> Result<Vec<TokenTree>> {
        let split = |input: ParseStream<'_>| {
            let _: Expr = input.parse()?;
            input.parse::<TokenStream>()
        };
        let all: TokenStream = tokens.iter().cloned().collect();
        let rest: Vec<_> = split.parse2(all).map_err(|_| No::Refused)?.into_iter().collect();
        let length = tokens.len().checked_sub(rest.len()).ok_or(No::Undecided)?;
        // An expression may end inside a group without delimiters: the rest then counts as one
        // token less.
        if tokens[length..].iter().map(ToString::to_string).ne(rest.iter().map(ToString::to_string))
        {
            return Err(No::Undecided);
        }
        self.expressions.push(tokens[..length].iter().cloned().collect());
        Ok(rest)
    }

    /// Parses the value of a call; returns the tokens after it.
    fn written(&mut self, tokens: &[TokenTree], takes_bits: bool) -> Result<Vec<TokenTree>> {
        match tokens {
            [TokenTree::Ident(word), rest @ ..] if takes_bits && is_colon(rest) => {
                if word == "build" { self.expression(&rest[1..]) } else { Err(No::Refused) }
            }
            _ => self.expression(tokens),
        }
    }

    /// Parses one Rust expression with nothing after it.
    fn whole_expression(&mut self, tokens: &[TokenTree]) -> Result<()> {
        let rest = self.expression(tokens)?;
        if rest.is_empty() { Ok(()) } else { Err(no(&rest)) }
    }

    fn path(&mut self, tokens: &[TokenTree], takes_value: bool) -> Result<Vec<TokenTree>> {
        if let [TokenTree::Ident(policy), rest @ ..] = tokens
            && is_colon(rest)
        {
            if policy != "build" {
                return Err(No::Refused);
            }
            let rest = self.expression(&rest[1..])?;
            let has_steps = steps_after_location(&rest, takes_value)?;
            return if has_steps { self.steps(&rest[1..]) } else { Ok(rest) };
        }
        self.steps(tokens)
    }

    fn steps(&mut self, tokens: &[TokenTree]) -> Result<Vec<TokenTree>> {
        let mut rest = tokens;
        while !rest.is_empty() && !is(rest.first(), ',') {
            rest = self.step(rest)?;
        }
        if rest.len() == tokens.len() { Err(No::Refused) } else { Ok(rest.to_vec()) }
    }

    /// Parses the value at the end of a call.
    fn value(&mut self, tokens: &[TokenTree]) -> Result<()> {
        match &self.expression(tokens)?[..] {
            [] => Ok(()),
            [one] if is(Some(one), ',') => Ok(()),
            rest => Err(no(rest)),
        }
    }

    fn step<'a>(&mut self, tokens: &'a [TokenTree]) -> Result<&'a [TokenTree]> {
        match tokens {
            [TokenTree::Group(group), rest @ ..] if group.delimiter() == Delimiter::Bracket => {
                let index = group.stream().into_iter().collect::<Vec<_>>();
                self.index(&index)?;
                match &index[..] {
                    [TokenTree::Ident(policy), ..] if policy == "build" => self.array(rest),
                    _ => Ok(rest),
                }
            }
            [dot, rest @ ..] if is(Some(dot), '.') => self.field(rest),
            _ => Err(no(tokens)),
        }
    }

    /// Parses `.as_array::<LENGTH>()`, if it follows.
    fn array<'a>(&mut self, tokens: &'a [TokenTree]) -> Result<&'a [TokenTree]> {
        let [dot, TokenTree::Ident(name), rest @ ..] = tokens else { return Ok(tokens) };
        if !is(Some(dot), '.') || !is_as_array(name, rest) {
            return Ok(tokens);
        }
        let end = rest.iter().position(|token| is(Some(token), '>')).ok_or(No::Undecided)?;
        let arguments = rest[..=end].iter().cloned().collect();
        let arguments: AngleBracketedGenericArguments =
            syn::parse2(arguments).map_err(|_| No::Undecided)?;
        let mut arguments = arguments.args.iter();
        let (Some(GenericArgument::Const(_) | GenericArgument::Type(Type::Path(_))), None) =
            (arguments.next(), arguments.next())
        else {
            return Err(No::Undecided);
        };
        self.expressions.push(rest[3..end].iter().cloned().collect());
        match &rest[end + 1..] {
            [TokenTree::Group(group), rest @ ..]
                if group.delimiter() == Delimiter::Parenthesis && group.stream().is_empty() =>
            {
                Ok(rest)
            }
            _ => Err(No::Undecided),
        }
    }

    /// Parses the tokens after a dot.
    fn field<'a>(&mut self, tokens: &'a [TokenTree]) -> Result<&'a [TokenTree]> {
        let ends = |tokens: &[TokenTree]| tokens.is_empty() || is(tokens.first(), ',');
        match tokens {
            tokens if ends(tokens) => Ok(tokens),
            [TokenTree::Ident(name), rest @ ..] => {
                self.fields.push(name.to_string());
                Ok(rest)
            }
            [TokenTree::Literal(number), rest @ ..] => {
                let number = number.to_string();
                let mut parts = number.split('.').peekable();
                while let Some(part) = parts.next() {
                    // `.0.` at the end: the lexer included the lone dot in the literal.
                    if part.is_empty() && parts.peek().is_none() && number.len() > 1 && ends(rest) {
                        continue;
                    }
                    let index = part.parse::<u32>().map_err(|_| No::Refused)?;
                    if index.to_string() != part {
                        return Err(No::Refused);
                    }
                    self.fields.push(part.to_owned());
                }
                Ok(rest)
            }
            _ => Err(no(tokens)),
        }
    }

    /// Parses the content of brackets.
    fn index(&mut self, tokens: &[TokenTree]) -> Result<()> {
        match &flattened(tokens.iter().cloned().collect())[..] {
            [TokenTree::Literal(index)] if is_index(&index.to_string()) => {
                return self.whole_expression(tokens);
            }
            _ => {}
        }
        match tokens {
            [TokenTree::Ident(policy), rest @ ..] if is_colon(rest) => {
                let known = ["build", "try", "panic"].iter().any(|known| policy == known);
                if known { self.whole_expression(&rest[1..]) } else { Err(No::Refused) }
            }
            _ => Err(no(tokens)),
        }
    }
}

/// Returns whether steps follow `build: EXPR`.
fn steps_after_location(tokens: &[TokenTree], takes_value: bool) -> Result<bool> {
    match tokens {
        [comma, rest @ ..] if is(Some(comma), ',') => match rest {
            [TokenTree::Punct(dot), next, ..]
                if dot.as_char() == '.' && dot.spacing() == Spacing::Joint =>
            {
                Ok(!is(Some(next), '.'))
            }
            [dot, ..] if is(Some(dot), '.') => Ok(true),
            [TokenTree::Group(group), ..] if group.delimiter() == Delimiter::Bracket => {
                Ok(!takes_value || Call::default().value(rest).is_err())
            }
            // A macro may see the brackets in it.
            [TokenTree::Group(group), ..] if group.delimiter() == Delimiter::None => {
                match flattened(rest.iter().cloned().collect()).first() {
                    Some(TokenTree::Group(_)) => Err(No::Undecided),
                    first => {
                        if is(first, '.') {
                            Err(No::Undecided)
                        } else {
                            Ok(false)
                        }
                    }
                }
            }
            _ => Ok(false),
        },
        _ => Ok(false),
    }
}

/// Returns whether a literal is an integer that can be an index.
fn is_index(text: &str) -> bool {
    let text = text.strip_suffix("usize").unwrap_or(text);
    let (radix, digits) = match text.get(..2) {
        Some("0x") => (16, &text[2..]),
        Some("0o") => (8, &text[2..]),
        Some("0b") => (2, &text[2..]),
        _ => (10, text),
    };
    let digit = |c: char| c.is_digit(radix) || c == '_';
    digits.chars().all(digit) && digits.chars().any(|c| c != '_')
}
