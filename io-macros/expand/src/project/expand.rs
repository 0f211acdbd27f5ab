//! From the model to tokens.
//!
//! `io_read!(regs, .chan[2].ctrl)` becomes
//!
//! ```text
//! match start(regs) {
//!     __p => {
//!         let __p = __p.field(const { …offset of .chan… });
//!         shape(&__p, |__a| { let ([_, _, _, ..] | _) = __a; });
//!         let __p = __p.at(const { BuildIndex(2).check() });
//!         let __p = __p.field(const { …offset of .ctrl… });
//!         __p.read_val()
//!     }
//! }
//! ```
//!
//! `match` keeps temporaries of the view's expression alive until the access.
//! Only the user's own tokens keep their spans; everything else is `mixed_site`,
//! so that it neither sees nor is seen by the user's names and lints. What a
//! field's type does not give is reported at the step's dot or bracket: an
//! identifier of ours on the user's name would be one more target of an
//! editor's go-to-definition.

use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote_spanned};
use syn::{LitInt, Member};

use super::model::{Call, End, Step, StepKind};
use crate::spans::relocated;

/// Array patterns longer than this cost more than they show; the constant
/// check covers what they do not.
const LONGEST_PATTERN: u64 = 255;

/// The whole call.
pub(super) fn call(call: &Call) -> TokenStream {
    let Call { verb, krate, io, steps, value, end } = call;
    let private = quote_spanned!(Span::mixed_site()=> #krate::__private);
    let p = Ident::new("__p", Span::mixed_site());
    let steps_tokens: TokenStream = steps.iter().map(|s| step(s, &private, &p)).collect();

    let tail = match (end, verb.method()) {
        (End::Wrong(error), _) => error.to_compile_error(),
        // Of any type, so that nothing else is reported.
        (End::HalfTyped, _) => quote_spanned!(Span::mixed_site()=> loop {}),
        (End::Complete, None) => quote_spanned!(Span::mixed_site()=> #p.view()),
        (End::Complete, Some(method)) => {
            let mark = steps.last().map_or_else(Span::call_site, |step| step.mark);
            let method = Ident::new(method, Span::mixed_site().located_at(mark));
            quote_spanned!(Span::mixed_site()=> #p.#method(#value))
        }
    };
    quote_spanned! {Span::mixed_site()=>
        match #private::start(#io) {
            #p => {
                #steps_tokens
                #tail
            }
        }
    }
}

fn step(step: &Step, private: &TokenStream, p: &Ident) -> TokenStream {
    let mixed = Span::mixed_site();
    let method = |name| Ident::new(name, mixed.located_at(step.mark));
    match &step.kind {
        StepKind::Field(member) => {
            let (field, offset) = (method("field"), offset(member, private, step.mark));
            quote_spanned!(mixed=> let #p = #p.#field(const { #offset });)
        }
        StepKind::Literal(literal) => {
            let (at, shape) = (method("at"), shape(literal, private, p));
            let index = build(literal, step.span, private);
            quote_spanned!(mixed=> #shape let #p = #p.#at(const { #index });)
        }
        StepKind::Build(expr) => {
            let (at, index) = (method("at"), build(expr, step.mark, private));
            quote_spanned!(mixed=> let #p = #p.#at(const { #index });)
        }
        StepKind::Try(expr) => {
            let from = method("__p");
            let place = quote_spanned!(from.span()=> #from.try_index(#expr)?);
            quote_spanned!(mixed=> let #p = #place;)
        }
        StepKind::Panic(expr) => {
            let index = method("index");
            quote_spanned!(mixed=> let #p = #p.#index(#expr);)
        }
        StepKind::Locate(expr) => {
            quote_spanned!(mixed=> let #p = #p.locate(const { #expr });)
        }
    }
}

/// The offset of a real place in scratch memory, typed by inference from the
/// method that takes it. Nothing of it exists at run time.
fn offset(member: &Member, private: &TokenStream, mark: Span) -> TokenStream {
    let mixed = Span::mixed_site();
    let (s, b) = (Ident::new("__s", mixed), Ident::new("__b", mixed));
    let at = mixed.located_at(mark);
    let base = Ident::new("__b", at);
    let place = quote_spanned!(at=> &raw const (*#base).#member);
    quote_spanned! {mixed=>
        let #s;
        let #b;
        // SAFETY: `__b` is the base of the scratch `__s`, and the place is one
        // field of it.
        unsafe {
            #private::offset(
                { #s = #private::Scratch::new(); #b = #private::Scratch::base(&#s); &#s },
                #place,
            )
        }
    }
}

/// `BuildIndex(index).check()`; what is wrong with it is shown at `at`.
fn build(index: &impl ToTokens, at: Span, private: &TokenStream) -> TokenStream {
    let at = Span::mixed_site().located_at(at);
    let private = relocated(private.clone(), at);
    quote_spanned!(at=> use #private::NoIndex as _; #private::BuildIndex(#index).check())
}

/// A pattern of one element more than the literal, so that type checking
/// already refuses an index that is out of bounds.
fn shape(literal: &LitInt, private: &TokenStream, p: &Ident) -> TokenStream {
    let Ok(index @ ..=LONGEST_PATTERN) = literal.base10_parse::<u64>() else {
        return TokenStream::new();
    };
    let mixed = Span::mixed_site();
    let wildcards = (0..=index).map(|_| quote_spanned!(mixed=> _,));
    let mut pattern = Group::new(Delimiter::Bracket, quote_spanned!(mixed=> #(#wildcards)* ..));
    pattern.set_span(mixed.located_at(literal.span()));
    let pattern = TokenTree::Group(pattern);
    let a = Ident::new("__a", mixed);
    quote_spanned! {mixed=>
        #private::shape(&#p, |#a| { let (#pattern | _) = #a; });
    }
}
