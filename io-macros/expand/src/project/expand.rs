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
//!     __p => {
//!         let __p = __p.field(const { …offset of .chan… });
//!         __p.shape(|__a| { let ([_, _, _, ..] | _) = __a; });
//!         let __p = __p.at(const { BuildIndex(2).check() });
//!         let __p = __p.field(const { …offset of .ctrl… });
//!         __p.read_val()
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

use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote_spanned};
use syn::{LitInt, Member};

use super::model::{Call, End, Step, StepKind};
use crate::spans::relocated;

/// The largest literal index for which an array pattern is generated. Longer patterns compile too
/// slowly; the constant check covers larger indices.
const LONGEST_PATTERN: u64 = 255;

/// Expands the whole call.
pub(super) fn call(call: &Call) -> TokenStream {
    let private = &call.krate;
    let private = quote_spanned!(Span::mixed_site()=> #private::__private);
    match (&call.end, call.steps.as_slice()) {
        (End::Complete, [Step { kind: StepKind::Field(member), mark, .. }]) => {
            one_field(call, member, *mark, &private)
        }
        (_, steps) => path(call, steps, &private),
    }
}

/// Generates `read_field(regs, const { …offset… })`; errors in any part but the view and the value
/// are shown at the dot.
fn one_field(call: &Call, member: &Member, mark: Span, private: &TokenStream) -> TokenStream {
    let Call { verb, io, value, .. } = call;
    let at = Span::mixed_site().located_at(mark);
    let access = Ident::new(verb.of_field(), at);
    let mut offset = Group::new(Delimiter::Brace, offset(member, private, mark));
    offset.set_span(at);
    let offset = quote_spanned!(at=> const #offset);
    let private = relocated(private.clone(), at);
    let access = quote_spanned!(at=> #private::#access);
    quote_spanned!(Span::mixed_site()=> #access(#io, #offset, #value))
}

/// Generates any other path, step by step.
fn path(call: &Call, steps: &[Step], private: &TokenStream) -> TokenStream {
    let Call { verb, io, value, end, .. } = call;
    let mixed = Span::mixed_site();
    let p = Ident::new("__p", mixed);
    let places = steps.iter().map(|one| step(one, private, &p));
    let access = match end {
        End::Wrong(error) => error.to_compile_error(),
        // `loop {}` has any type, so that no other error is reported.
        End::HalfTyped => quote_spanned!(mixed=> loop {}),
        End::Complete => {
            let mark = steps.last().map_or_else(Span::call_site, |step| step.mark);
            let method = Ident::new(verb.method(), mixed.located_at(mark));
            quote_spanned!(mixed=> #p.#method(#value))
        }
    };
    quote_spanned! {mixed=>
        match #private::start(#io) {
            #p => {
                #(let #p = #places;)*
                #access
            }
        }
    }
}

/// Generates one step.
fn step(step: &Step, private: &TokenStream, p: &Ident) -> TokenStream {
    let mixed = Span::mixed_site();
    let method = |name| Ident::new(name, mixed.located_at(step.mark));
    match &step.kind {
        StepKind::Field(member) => {
            let (offset, field) = (offset(member, private, step.mark), method("field"));
            quote_spanned!(mixed=> #p.#field(const { #offset }))
        }
        StepKind::Literal(literal) => {
            let (shape, index) = (shape(literal, p), build(literal, step.span, private));
            let at = method("at");
            quote_spanned!(mixed=> { #shape #p.#at(const { #index }) })
        }
        StepKind::Build(expr) => {
            let (index, at) = (build(expr, step.mark, private), method("at"));
            quote_spanned!(mixed=> #p.#at(const { #index }))
        }
        StepKind::Try(expr) => {
            let from = method("__p");
            quote_spanned!(from.span()=> #from.try_index(#expr)?)
        }
        StepKind::Panic(expr) => {
            let index = method("index");
            quote_spanned!(mixed=> #p.#index(#expr))
        }
        StepKind::Locate(expr) => {
            // The parentheses keep it one expression: as statements, `{ A } - 1` is two.
            quote_spanned!(mixed=> #p.locate(const { (#expr) }))
        }
    }
}

/// Generates the offset of a field, computed on a place in scratch memory whose type is inferred
/// from the method that takes the offset. None of this exists at run time.
fn offset(member: &Member, private: &TokenStream, mark: Span) -> TokenStream {
    let mixed = Span::mixed_site();
    let b = Ident::new("__b", mixed);
    let at = mixed.located_at(mark);
    let base = Ident::new("__b", at);
    let place = quote_spanned!(at=> &raw const (*#base.at).#member);
    quote_spanned! {mixed=>
        let #b = #private::base();
        // SAFETY: `__b` is a base, and the place is one field of it.
        unsafe { #private::offset(#b, #place) }
    }
}

/// Generates `BuildIndex(index).check()`; errors in it are shown at `at`.
fn build(index: &impl ToTokens, at: Span, private: &TokenStream) -> TokenStream {
    let at = Span::mixed_site().located_at(at);
    let private = relocated(private.clone(), at);
    quote_spanned!(at=> use #private::NoIndex as _; #private::BuildIndex(#index).check())
}

/// Generates a pattern with one element more than the literal index, so that type checking already
/// rejects an index that is out of bounds.
fn shape(literal: &LitInt, p: &Ident) -> TokenStream {
    let Ok(index @ ..=LONGEST_PATTERN) = literal.base10_parse::<u64>() else {
        return TokenStream::new();
    };
    let mixed = Span::mixed_site();
    let wildcards = (0..=index).map(|_| quote_spanned!(mixed=> _,));
    let mut pattern = Group::new(Delimiter::Bracket, quote_spanned!(mixed=> #(#wildcards)* ..));
    pattern.set_span(mixed.located_at(literal.span()));
    let pattern = TokenTree::Group(pattern);
    let a = Ident::new("__a", mixed);
    quote_spanned!(mixed=> #p.shape(|#a| { let (#pattern | _) = #a; });)
}
