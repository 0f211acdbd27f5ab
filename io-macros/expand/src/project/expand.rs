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

use super::model::{Call, Step, StepKind};
use crate::spans::relocated;

/// Array patterns longer than this cost more than they show; the constant
/// check covers what they do not.
const LONGEST_PATTERN: u64 = 255;

/// The whole call.
pub(super) fn call(call: &Call) -> TokenStream {
    let Call { verb, krate, io, steps, value } = call;
    let private = quote_spanned!(Span::mixed_site()=> #krate::__private);
    let p = Ident::new("__p", Span::mixed_site());
    let steps_tokens: TokenStream = steps.iter().map(|s| step(s, &private, &p)).collect();

    let tail = match verb.method() {
        None => quote_spanned!(Span::mixed_site()=> #p.view()),
        Some(method) => {
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
    // Calls that can fail to compile over an index are spanned on it.
    let at = mixed.located_at(step.span);
    match &step.kind {
        StepKind::Field(member) => {
            let offset = offset(member, private, step.mark);
            let field = Ident::new("field", mixed.located_at(step.mark));
            quote_spanned!(mixed=> let #p = #p.#field(const { #offset });)
        }
        StepKind::Literal(literal) => {
            let (shape, index) = (shape(literal, private, p), build(literal, at, private));
            let at = Ident::new("at", mixed.located_at(step.mark));
            quote_spanned!(mixed=> #shape let #p = #p.#at(const { #index });)
        }
        StepKind::Build(expr) => {
            let index = build(expr, at, private);
            let at = Ident::new("at", mixed.located_at(step.mark));
            quote_spanned!(mixed=> let #p = #p.#at(const { #index });)
        }
        StepKind::Try(expr) => {
            let at = mixed.located_at(step.mark);
            let from = Ident::new("__p", at);
            let place = quote_spanned!(at=> #from.try_index(#expr)?);
            quote_spanned!(mixed=> let #p = #place;)
        }
        StepKind::Panic(expr) => {
            let method = Ident::new("index", mixed.located_at(step.mark));
            quote_spanned!(mixed=> let #p = #p.#method(#expr);)
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

/// `BuildIndex(index).check()`, spanned on the index.
fn build(index: &impl ToTokens, at: Span, private: &TokenStream) -> TokenStream {
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
