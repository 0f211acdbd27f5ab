//! Ranges of which the number of elements is known: parts that are arrays.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{ToTokens, quote};
use syn::{
    AngleBracketedGenericArguments, Expr, ExprRange, GenericArgument, RangeLimits, Token, Type,
    parenthesized, parse::ParseStream,
};

use super::{
    model::{Step, StepKind},
    parse::literal,
};

/// The name of the step that converts a part to an array.
const AS_ARRAY: &str = "as_array";

/// Returns the number of elements that `[build: EXPR]` selects: as stated, or that of a range whose
/// ends are literals.
pub(super) fn len(expr: &Expr, stated: Option<&TokenStream>) -> Option<TokenStream> {
    match stated {
        Some(len) => Some(len.clone()),
        None => Some(Literal::u64_unsuffixed(literal_len(expr)?).into_token_stream()),
    }
}

/// Returns the number of elements of a range whose ends are literals, unless it is reversed.
fn literal_len(expr: &Expr) -> Option<u64> {
    let ExprRange { attrs, start, limits, end } = match expr {
        Expr::Range(range) => range,
        Expr::Paren(paren) => return literal_len(&paren.expr),
        Expr::Group(group) => return literal_len(&group.expr),
        _ => return None,
    };
    let number = |expr: &Expr| literal(expr)?.base10_parse::<u64>().ok();
    let start = match start {
        Some(start) => number(start)?,
        None => 0,
    };
    let len = number(end.as_deref()?)?.checked_sub(start)?;
    match limits {
        _ if !attrs.is_empty() => None,
        RangeLimits::HalfOpen(_) => Some(len),
        RangeLimits::Closed(_) => len.checked_add(1),
    }
}

/// Returns whether this is `as_array::`.
pub(super) fn is_as_array(name: &Ident, input: ParseStream<'_>) -> bool {
    name == AS_ARRAY && input.peek(Token![::])
}

/// Parses `::<M>()` after `as_array`, and states the number of elements of the step before it.
pub(super) fn as_array(
    name: &Ident,
    input: ParseStream<'_>,
    last: Option<&mut Step>,
) -> syn::Result<()> {
    let Some(Step { kind: StepKind::Build(_, len @ None), .. }) = last else {
        let message = "`as_array` follows a constant range, such as `[build: A..B].as_array::<4>()`; \
                       for another slice, call it on the view that the macro returns";
        return Err(syn::Error::new(name.span(), message));
    };
    let arguments: AngleBracketedGenericArguments = input.parse()?;
    let content;
    parenthesized!(content in input);
    if !content.is_empty() {
        return Err(content.error("`as_array` has no arguments"));
    }
    *len = Some(length(&arguments)?);
    Ok(())
}

/// Returns the only argument, which is a number.
fn length(arguments: &AngleBracketedGenericArguments) -> syn::Result<TokenStream> {
    let message = "expected the number of elements, such as `as_array::<4>()`";
    let mut all = arguments.args.iter();
    match (all.next(), all.next()) {
        (Some(GenericArgument::Const(len @ Expr::Block(_))), None) => Ok(len.to_token_stream()),
        (Some(GenericArgument::Const(len)), None) => Ok(quote!({ #len })),
        (Some(GenericArgument::Type(len)), None) if is_path(len) => Ok(quote!({ #len })),
        _ => Err(syn::Error::new_spanned(arguments, message)),
    }
}

/// Returns whether a type is a path, which may be that of a constant.
fn is_path(ty: &Type) -> bool {
    match ty {
        Type::Path(_) => true,
        Type::Group(group) => is_path(&group.elem),
        _ => false,
    }
}
