//! Checks that a macro refuses input with messages of its own.

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use syn::{Item, LitStr};

use crate::leaves::flattened;

/// The start of a message that reports a panic.
const BUG: &str = "this is a bug";

/// Messages of darling, which describe darling and not the options of these macros.
const FOREIGN: [&str; 12] = [
    "Unknown field",
    "Unexpected field",
    "Duplicate field",
    "Missing field",
    "Unsupported shape",
    "Unexpected meta-item format",
    "Unexpected type",
    "Unexpected literal type",
    "Unknown literal value",
    "Too few items",
    "Too many items",
    "Multiple errors",
];

/// Checks the wording of an error.
fn check_message(message: &str) -> Result<(), String> {
    // Text in backticks quotes the user's tokens.
    let own: String = message.split('`').step_by(2).collect();
    if message.contains(BUG) {
        return Err(format!("a panic: {message}"));
    }
    match FOREIGN.iter().find(|foreign| own.contains(**foreign)) {
        Some(foreign) => Err(format!("the message contains darling's text `{foreign}`: {message}")),
        None if own.trim().is_empty() => Err(format!("an empty error message: {message:?}")),
        None => Ok(()),
    }
}

/// Returns whether an expression is an error: alone, or after the steps before it, which stay for
/// editors: `match start(…) { view => { …; use io_core::expansion::core as name; name::compile_error!
/// { "…" } } }`.
pub(crate) fn is_expression(expansion: &TokenStream) -> Result<bool, String> {
    let tokens = flattened(expansion.clone());
    let inner = match &tokens[..] {
        [TokenTree::Ident(word), .., TokenTree::Group(arms)] if word == "match" => {
            match flattened(arms.stream()).pop() {
                Some(TokenTree::Group(arm)) => flattened(arm.stream()),
                _ => tokens,
            }
        }
        _ => tokens,
    };
    let Some((before, [core, a, b, name, mark, TokenTree::Group(group)])) =
        inner.split_at_checked(inner.len().saturating_sub(6))
    else {
        return Ok(false);
    };
    if [a, b, name, mark].map(ToString::to_string).concat() != "::compile_error!" {
        return Ok(false);
    }
    message(group.stream())?;
    // A call that cannot be parsed at all does not contain the path of io-core.
    if before.iter().chain([core]).map(ToString::to_string).collect::<String>() == "::core" {
        return Ok(true);
    }
    let import = format!("::expansion::coreas{core};");
    let before: Vec<_> = before.iter().map(ToString::to_string).collect();
    let before: Vec<_> = before.split(|word| word == "use").map(<[_]>::concat).collect();
    match &before[..] {
        [.., steps, last] if last.ends_with(&import) => match steps.chars().last() {
            None | Some(';') => Ok(true),
            Some(_) => Err("the error follows something other than a step".to_owned()),
        },
        _ => Err("the path of `compile_error!` does not start at io-core".to_owned()),
    }
}

/// Checks that the tokens are one string, and checks its wording.
fn message(tokens: TokenStream) -> Result<(), String> {
    let message: LitStr = syn::parse2(tokens).map_err(|error| format!("a message: {error}"))?;
    check_message(&message.value())
}

/// Returns the number of errors in the items, and the items that are neither errors nor `const _`.
pub(crate) fn among(items: &[Item]) -> Result<(usize, Vec<&Item>), String> {
    let (mut count, mut others) = (0, Vec::new());
    for item in items {
        count += errors(item.to_token_stream())?;
        match item {
            Item::Macro(call) if is_error(&call.mac.path) => {}
            Item::Const(item) if item.ident == "_" => {}
            other => others.push(other),
        }
    }
    Ok((count, others))
}

/// Returns the number of errors in the tokens, and checks their wording and paths.
fn errors(tokens: TokenStream) -> Result<usize, String> {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let mut count = 0;
    for (i, token) in tokens.iter().enumerate() {
        let TokenTree::Group(group) = token else { continue };
        let path: String =
            tokens[..i].iter().rev().take(9).rev().map(ToString::to_string).collect();
        if !path.ends_with("compile_error!") {
            count += errors(group.stream())?;
            continue;
        }
        message(group.stream())?;
        count += 1;
        // An item that cannot be parsed at all does not contain the path of io-core.
        let is_alone = path == "::core::compile_error!" && i + 1 == tokens.len();
        if !path.ends_with("expansion::core::compile_error!") && !is_alone {
            return Err("the path of `compile_error!` does not start at io-core".to_owned());
        }
    }
    Ok(count)
}

fn is_error(path: &syn::Path) -> bool {
    path.segments.last().is_some_and(|last| last.ident == "compile_error")
}
