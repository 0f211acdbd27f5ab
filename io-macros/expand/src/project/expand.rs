//! Generates tokens from the model.
//!
//! `io_read!(regs, .ctrl)` becomes
//!
//! ```text
//! read_field(regs, const { …offset of .ctrl… })
//! ```
//!
//! and `io_read!(regs, .chan[2].ctrl)`
//!
//! ```text
//! match start(regs) {
//!     __io_core_view => {
//!         let __io_core_view = field(__io_core_view, const { …offset of .chan… });
//!         let __io_core_view = {
//!             (&literal::<_, 2>(__io_core_view)).literal_index_is_in_bounds();
//!             at(__io_core_view, const { BuildIndex(2).check() })
//!         };
//!         read_field(__io_core_view, const { …offset of .ctrl… })
//!     }
//! }
//! ```
//!
//! `match` keeps temporaries of the view's expression alive until the access. The short form exists
//! because most paths are a single field, and it compiles in half the time. Only the user's own
//! tokens keep their spans; everything else is `mixed_site`, so that user names and lints do not
//! affect it and it does not affect them. An error about an operation that a field's type does not
//! support is reported at the step's dot or bracket: a generated identifier with the span of the
//! user's name would be one more target of an editor's go-to-definition.

use proc_macro2::{Delimiter, Group, Ident, Literal, Span, TokenStream};
use quote::{ToTokens, quote_spanned};
use syn::{Expr, LitInt, Member, UnOp, spanned::Spanned};

use super::{
    model::{Call, End, Step, StepKind, Value, Verb},
    range,
};
use crate::{diagnostics::emitted, spans::relocated};

/// Expands the whole call.
pub(super) fn call(call: &Call) -> TokenStream {
    let private = &call.krate;
    let private = quote_spanned!(Span::mixed_site()=> #private::expansion);
    match (&call.end, call.steps.as_slice()) {
        (End::Complete, [Step { kind: StepKind::Field(member), mark, .. }])
            if !call.verb.is_command() =>
        {
            one_field(call, &call.io, member, *mark, &private)
        }
        (_, steps) => path(call, steps, &private),
    }
}

/// Generates `read_field(regs, const { …offset… })`; errors in any part but the view and the value
/// are shown at the dot.
fn one_field(
    Call { verb, value, .. }: &Call,
    io: &impl ToTokens,
    member: &Member,
    mark: Span,
    private: &TokenStream,
) -> TokenStream {
    let at = Span::mixed_site().located_at(mark);
    let mut offset = Group::new(Delimiter::Brace, offset(member, private, mark));
    offset.set_span(at);
    let offset = quote_spanned!(at=> const #offset);
    let access = function(&verb.of_field(), mark, private);
    let value = value.as_ref().map(|value| written(value, private));
    quote_spanned!(Span::mixed_site()=> #access(#io, #offset, #value))
}

/// Generates any other path, step by step.
fn path(call: &Call, steps: &[Step], private: &TokenStream) -> TokenStream {
    let mixed = Span::mixed_site();
    let (steps, access) = match (&call.end, steps) {
        (End::Wrong(error), _) => (steps, wrong(error, private)),
        // `loop {}` has any type, so that no other error is reported.
        (End::HalfTyped, _) => (steps, quote_spanned!(mixed=> loop {})),
        (End::Complete, [before @ .., Step { kind: StepKind::Field(member), mark, .. }])
            if !call.verb.is_command() =>
        {
            (before, one_field(call, &projection(*mark), member, *mark, private))
        }
        (End::Complete, _) => (steps, at_view(call, steps, private)),
    };
    let p = projection(Span::call_site());
    let places = steps.iter().map(|one| step(one, call.verb, private));
    let io = &call.io;
    let start = Ident::new(&call.verb.of_step("start"), mixed);
    quote_spanned! {mixed=>
        match #private::#start(#io) {
            #p => {
                #(let #p = #places;)*
                #access
            }
        }
    }
}

/// Generates an error. Its path does not contain `$crate`, since rustc underlines only the first
/// token if the tokens of a path are from different macros.
fn wrong(error: &syn::Error, private: &TokenStream) -> TokenStream {
    let core = Ident::new("__io_core_error", Span::call_site());
    let error = emitted(error, &quote_spanned!(Span::call_site()=> #core));
    quote_spanned! {Span::mixed_site()=>
        use #private::core as #core;
        #error
    }
}

/// Generates the operation on the view that the steps lead to; errors are shown at the last step.
fn at_view(Call { verb, value, .. }: &Call, steps: &[Step], private: &TokenStream) -> TokenStream {
    let mark = steps.last().map_or_else(Span::call_site, |step| step.mark);
    let p = projection(mark);
    let access = match value {
        Some(Value::Built(_)) => Some(format!("{}_proved", verb.name())),
        _ => verb.of_element(),
    };
    let Some(access) = access else {
        return p.into_token_stream();
    };
    let access = function(&access, mark, private);
    let value = value.iter().map(|value| written(value, private));
    quote_spanned!(Span::mixed_site()=> #access(#p #(, #value)*))
}

/// Generates the value. The user's expression is outside of the `unsafe` block.
fn written(value: &Value, private: &TokenStream) -> TokenStream {
    match value {
        Value::Plain(value) => value.to_token_stream(),
        Value::Built(bits) => {
            let at = Span::mixed_site().located_at(bits.span());
            let (name, private) =
                (Ident::new("__io_core_bits", at), relocated(private.clone(), at));
            quote_spanned! {at=>
                const {
                    let #name = #bits;
                    // SAFETY: the bits are initialised: in a constant, the compiler refuses others.
                    unsafe { #private::Proved::new(#name) }
                }
            }
        }
    }
}

/// Generates one step. Errors about the type that the step starts from are shown at its mark.
fn step(step: &Step, verb: Verb, private: &TokenStream) -> TokenStream {
    let mixed = Span::mixed_site();
    let function = |name| function(&verb.of_step(name), step.mark, private);
    let p = projection(step.mark);
    match &step.kind {
        StepKind::Field(member) => {
            let (offset, field) = (offset(member, private, step.mark), function("field"));
            quote_spanned!(mixed=> #field(#p, const { #offset }))
        }
        StepKind::Literal(literal) => {
            // A location may be part of a constant, where the method of the check is not available.
            let check = (verb != Verb::Locate).then(|| check(literal, private));
            let (index, at) = (build(literal, step.span, private), function("at"));
            quote_spanned!(mixed=> { #check #at(#p, const { #index }) })
        }
        StepKind::Build(expr, len) => {
            let (index, at) = (build(expr, step.mark, private), function("at"));
            let array = range::len(expr, len.as_ref());
            let array = array.map(|len| quote_spanned!(mixed=> .array::<#len>()));
            quote_spanned!(mixed=> #at(#p, const { #index #array }))
        }
        StepKind::Try(expr) => {
            let try_index = function("try_index");
            quote_spanned!(mixed.located_at(step.mark)=> #try_index(#p, #expr)?)
        }
        StepKind::Panic(expr) => {
            let index = function("index");
            quote_spanned!(mixed=> #index(#p, #expr))
        }
        StepKind::Locate(expr) => {
            let locate = function("locate");
            if is_place(expr) {
                return quote_spanned!(mixed=> #locate(#p, #expr));
            }
            // The parentheses keep it one expression: as statements, `{ A } - 1` is two.
            quote_spanned!(mixed=> #locate(#p, const { (#expr) }))
        }
    }
}

/// Returns whether an expression only names a location: a constant, a variable or a field of one.
/// It computes none, so the location was checked where the constant or the variable was made.
fn is_place(expr: &Expr) -> bool {
    match expr {
        Expr::Path(path) => path.attrs.is_empty(),
        Expr::Field(field) => field.attrs.is_empty() && is_place(&field.base),
        Expr::Unary(unary) => {
            matches!(unary.op, UnOp::Deref(_)) && unary.attrs.is_empty() && is_place(&unary.expr)
        }
        Expr::Group(group) => is_place(&group.expr),
        _ => false,
    }
}

/// The variable that contains the projection after each step; errors about it are shown at `mark`.
fn projection(mark: Span) -> Ident {
    Ident::new("__io_core_view", Span::mixed_site().located_at(mark))
}

/// Generates the path of a function of `expansion`; errors about its bounds are shown at `mark`.
fn function(name: &str, mark: Span, private: &TokenStream) -> TokenStream {
    let at = Span::mixed_site().located_at(mark);
    let (private, name) = (relocated(private.clone(), at), Ident::new(name, at));
    quote_spanned!(at=> #private::#name)
}

/// Generates the offset of a field, computed on a place in scratch memory whose type is inferred
/// from the method that takes the offset. None of this exists at run time.
fn offset(member: &Member, private: &TokenStream, mark: Span) -> TokenStream {
    let mixed = Span::mixed_site();
    let b = Ident::new("__io_core_base", mixed);
    let at = mixed.located_at(mark);
    let base = Ident::new("__io_core_base", at);
    let place = quote_spanned!(at=> &raw const (*#base.at).#member);
    quote_spanned! {mixed=>
        let #b = #private::base();
        // SAFETY: `__io_core_base` is a base, and the place is one field of it.
        unsafe { #private::offset(#b, #place) }
    }
}

/// Generates `BuildIndex(index).check()`; errors in it are shown at `at`.
fn build(index: &impl ToTokens, at: Span, private: &TokenStream) -> TokenStream {
    let at = Span::mixed_site().located_at(at);
    let private = relocated(private.clone(), at);
    quote_spanned!(at=> use #private::NoIndex as _; #private::BuildIndex(#index).check())
}

/// Generates the comparison of a literal index with the length by type checking; a literal that is
/// too large for a `usize` is left to the constant.
fn check(literal: &LitInt, private: &TokenStream) -> TokenStream {
    let Ok(index) = literal.base10_parse::<u64>() else {
        return TokenStream::new();
    };
    let mixed = Span::mixed_site();
    let at = mixed.located_at(literal.span());
    let (index, check) =
        (Literal::u64_unsuffixed(index), Ident::new("literal_index_is_in_bounds", at));
    let p = projection(literal.span());
    quote_spanned! {mixed=>
        use #private::{Compare as _, NoCompare as _};
        (&#private::literal::<_, #index>(#p)).#check();
    }
}
