//! What a macro says when it refuses: errors in its own words.

use proc_macro2::{TokenStream, TokenTree};
use syn::{Item, LitStr};

use crate::leaves::flattened;

/// How a message begins that reports a panic.
const BUG: &str = "this is a bug";

/// The errors of darling, which speak of darling and not of our options.
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

/// Checks the words of an error.
fn check_message(message: &str) -> Result<(), String> {
    // What the user wrote is quoted.
    let own: String = message.split('`').step_by(2).collect();
    if message.contains(BUG) {
        return Err(format!("a panic: {message}"));
    }
    match FOREIGN.iter().find(|foreign| own.contains(**foreign)) {
        Some(foreign) => Err(format!("`{foreign}` is not in our words: {message}")),
        None if own.trim().is_empty() => Err(format!("an error that says nothing: {message:?}")),
        None => Ok(()),
    }
}

/// The number of errors in an expansion that is `::core::compile_error! { "…" }` and nothing else;
/// `None` if it begins with something else.
pub(crate) fn of_expression(expansion: &TokenStream) -> Result<Option<usize>, String> {
    let mut tokens = &flattened(expansion.clone())[..];
    let mut count = 0;
    while let [a, b, core, c, d, name, mark, TokenTree::Group(group), rest @ ..] = tokens {
        let head = [a, b, core, c, d, name, mark].map(ToString::to_string).concat();
        if head != "::core::compile_error!" {
            break;
        }
        message(group.stream())?;
        count += 1;
        tokens = rest;
    }
    match (count, tokens) {
        (0, _) => Ok(None),
        (_, []) => Ok(Some(count)),
        _ => Err("something stands behind an error".to_owned()),
    }
}

/// Checks that the tokens are one string, and its words.
fn message(tokens: TokenStream) -> Result<(), String> {
    let message: LitStr = syn::parse2(tokens).map_err(|error| format!("a message: {error}"))?;
    check_message(&message.value())
}

/// The number of errors among items, and the items that are neither errors nor `const _`.
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
