//! The expansion of a path of one field, `read_field(regs, const { …offset… })`.
//!
//! Written token by token: drivers have thousands of these, and `quote!` takes
//! twice the time where macros are not optimised, as in every debug build.

use proc_macro2::{Delimiter, Group, Ident, Literal, Punct, Spacing, Span, TokenStream, TokenTree};
use quote::ToTokens;
use syn::Member;

use super::model::Call;

/// All but view and value is shown at the dot.
pub(super) fn one_field(call: &Call, krate: &Ident, member: &Member, mark: Span) -> TokenStream {
    let mixed = Span::mixed_site();
    let at = mixed.located_at(mark);
    let mut shown = krate.clone();
    shown.set_span(krate.span().located_at(mark));

    let mut arguments = Tokens(call.io.to_token_stream().into_iter().collect());
    arguments.punct(',', at);
    arguments.word("const", at);
    arguments.group(Delimiter::Brace, at, offset(krate, member, mixed, at));
    arguments.punct(',', mixed);
    arguments.0.extend(call.value.to_token_stream());

    let mut tokens = Tokens(Vec::with_capacity(8));
    tokens.path(&shown, call.verb.of_field(), at);
    tokens.group(Delimiter::Parenthesis, mixed, arguments);
    tokens.0.into_iter().collect()
}

/// ```text
/// let __b = base();
/// // SAFETY: `__b` is a base, and the place is one field of it.
/// unsafe { offset(__b, &raw const (*__b.at).member) }
/// ```
fn offset(krate: &Ident, member: &Member, mixed: Span, at: Span) -> Tokens {
    let mut place = Tokens(Vec::with_capacity(4));
    place.punct('*', at);
    place.word("__b", at);
    place.punct('.', at);
    place.word("at", at);

    let mut arguments = Tokens(Vec::with_capacity(8));
    arguments.word("__b", mixed);
    arguments.punct(',', mixed);
    arguments.punct('&', at);
    arguments.word("raw", at);
    arguments.word("const", at);
    arguments.group(Delimiter::Parenthesis, at, place);
    arguments.punct('.', at);
    arguments.0.push(match member {
        Member::Named(name) => name.clone().into(),
        Member::Unnamed(index) => {
            let mut number = Literal::u32_unsuffixed(index.index);
            number.set_span(index.span);
            number.into()
        }
    });

    let mut call = Tokens(Vec::with_capacity(8));
    call.path(krate, "offset", mixed);
    call.group(Delimiter::Parenthesis, mixed, arguments);

    let mut body = Tokens(Vec::with_capacity(16));
    body.word("let", mixed);
    body.word("__b", mixed);
    body.punct('=', mixed);
    body.path(krate, "base", mixed);
    body.group(Delimiter::Parenthesis, mixed, Tokens(Vec::new()));
    body.punct(';', mixed);
    body.word("unsafe", mixed);
    body.group(Delimiter::Brace, mixed, call);
    body
}

struct Tokens(Vec<TokenTree>);

impl Tokens {
    fn word(&mut self, word: &str, span: Span) {
        self.0.push(Ident::new(word, span).into());
    }

    fn punct(&mut self, punct: char, span: Span) {
        self.spaced(punct, Spacing::Alone, span);
    }

    fn spaced(&mut self, punct: char, spacing: Spacing, span: Span) {
        let mut punct = Punct::new(punct, spacing);
        punct.set_span(span);
        self.0.push(punct.into());
    }

    fn group(&mut self, delimiter: Delimiter, span: Span, inside: Tokens) {
        let mut group = Group::new(delimiter, inside.0.into_iter().collect());
        group.set_span(span);
        self.0.push(group.into());
    }

    /// `$crate::__private::name`
    fn path(&mut self, krate: &Ident, name: &str, span: Span) {
        self.0.push(krate.clone().into());
        for word in ["__private", name] {
            self.spaced(':', Spacing::Joint, span);
            self.spaced(':', Spacing::Alone, span);
            self.word(word, span);
        }
    }
}
