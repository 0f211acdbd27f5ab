//! Collects errors while a macro continues, so that all of them are shown at once.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote};
use syn::Path;

use crate::spans::joined;

/// The errors of one macro call.
#[derive(Default)]
pub(crate) struct Diagnostics(Option<syn::Error>);

impl Diagnostics {
    /// Adds an error at `span`.
    pub(crate) fn error(&mut self, span: Span, message: impl core::fmt::Display) {
        self.push(syn::Error::new(span, message));
    }

    /// Adds an error that underlines all of `tokens`.
    pub(crate) fn error_at(&mut self, tokens: impl ToTokens, message: impl core::fmt::Display) {
        self.push(syn::Error::new_spanned(tokens, message));
    }

    /// Adds an existing error.
    pub(crate) fn push(&mut self, error: syn::Error) {
        match &mut self.0 {
            Some(errors) => errors.combine(error),
            none => *none = Some(error),
        }
    }

    /// Adds the errors of another collection.
    pub(crate) fn append(&mut self, other: Self) {
        if let Some(errors) = other.0 {
            self.push(errors);
        }
    }

    /// Returns whether the collection is empty.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_none()
    }

    /// Returns a `compile_error!` for each error.
    pub(crate) fn into_tokens(self, krate: &Path) -> TokenStream {
        let core = quote!(#krate::expansion::core);
        self.0.map(|errors| emitted(&errors, &core)).unwrap_or_default()
    }
}

/// Returns a `compile_error!` for each message of the error. `core` is a path of the standard
/// library that starts at io-core: a user's crate can replace `::core` by another one.
pub(crate) fn emitted(error: &syn::Error, core: &TokenStream) -> TokenStream {
    let mut tokens = TokenStream::new();
    // `::core::compile_error! { "…" }` for each message.
    let mut calls = error.to_compile_error().into_iter();
    while let Some(colon) = calls.next() {
        tokens.extend(joined(core.clone(), colon.span()));
        tokens.extend(calls.by_ref().skip(2).take(5));
    }
    tokens
}
