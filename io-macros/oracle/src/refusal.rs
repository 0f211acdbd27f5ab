//! Checks that a macro refuses input with messages of its own.

use proc_macro2::{TokenStream, TokenTree};
use syn::{Item, LitStr};

use crate::leaves::{flattened, is};

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
/// editors: `match start(…) { __p => { …; ::core::compile_error! { "…" } } }`.
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
    let Some((before, [a, b, core, c, d, name, mark, TokenTree::Group(group)])) =
        inner.split_at_checked(inner.len().saturating_sub(8))
    else {
        return Ok(false);
    };
    let head = [a, b, core, c, d, name, mark].map(ToString::to_string).concat();
    if head != "::core::compile_error!" {
        return Ok(false);
    }
    message(group.stream())?;
    match before.last() {
        None => Ok(true),
        last if is(last, ';') => Ok(true),
        _ => Err("the error follows something other than a step".to_owned()),
    }
}

/// Checks that the tokens are one string, and checks its wording.
fn message(tokens: TokenStream) -> Result<(), String> {
    let message: LitStr = syn::parse2(tokens).map_err(|error| format!("a message: {error}"))?;
    check_message(&message.value())
}

/// Returns the number of errors among the items, and the items that are neither errors nor
/// `const _`.
pub(crate) fn among(items: &[Item]) -> Result<(usize, Vec<&Item>), String> {
    let (mut count, mut others) = (0, Vec::new());
    for item in items {
        match item {
            Item::Macro(call) if is_error(&call.mac.path) => {
                message(call.mac.tokens.clone())?;
                count += 1;
            }
            Item::Const(item) if item.ident == "_" => {}
            other => others.push(other),
        }
    }
    Ok((count, others))
}

fn is_error(path: &syn::Path) -> bool {
    path.segments.last().is_some_and(|last| last.ident == "compile_error")
}
