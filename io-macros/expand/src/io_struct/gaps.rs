//! The reserved bytes between the registers of a data sheet.
//!
//! A macro does not know the sizes of types, so a gap is a field of type `Reserved<{ gap(…) }>`,
//! whose length the compiler computes. The computation also rejects overlaps and misalignment, at
//! the token of the offset.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::{Attribute, Data, DeriveInput, Expr, spanned::Spanned};

use super::{
    model::{Block, Field},
    strided, table,
};
use crate::{diagnostics::Diagnostics, spans::relocated};

/// Checks the rules about offsets that can be checked on tokens alone.
pub(super) fn rules(block: &Block, errors: &mut Diagnostics) {
    for (i, field) in block.fields.iter().enumerate() {
        let Some(overlay) = field.overlay else { continue };
        match &field.at {
            // Rejects `#[io(overlay)] thr: Wo<u8>`.
            None => {
                errors.error(overlay, "`overlay` requires an offset: `#[io(at = 0x00, overlay)]`")
            }
            // Rejects `#[io(at = 0x02, overlay)] high: u16` over a `u32` at 0x00.
            Some(at) if below(block, i).is_none() => errors.error_at(
                at,
                "no other field starts at the offset of this overlay: mark the larger of the \
                 overlapping fields as overlay, or put the smaller ones into a nested block",
            ),
            Some(_) => {}
        }
    }
    if !block.is_generic() {
        return;
    }
    // Rejects `#[io_struct] struct Bank<T> { head: T, #[io(at = 0x10)] ctrl: u32 }`.
    for (i, field) in block.fields.iter().enumerate() {
        let before = &block.fields[..i];
        if let (Some(at), Some(before)) =
            (&field.at, before.iter().find(|field| block.depends_on_parameters(&field.ty)))
        {
            let message = format!(
                "the number of reserved bytes before `{}` is unknown, since the type of `{}` \
                 depends on a parameter: declare them as a field, and derive `IoStruct`",
                field.name, before.name
            );
            errors.error_at(at, message);
        }
    }
}

/// Returns the index of the field that overlay `i` overlaps: the nearest field, preceding ones
/// first, that is not an overlay and has the same offset.
fn below(block: &Block, i: usize) -> Option<usize> {
    let text = |field: &Field| field.at.as_ref().map(offset_text);
    let wanted = text(&block.fields[i]);
    let is_below = |&at: &usize| {
        let field = &block.fields[at];
        field.overlay.is_none() && text(field) == wanted
    };
    (0..i).rev().find(is_below).or_else(|| (i + 1..block.fields.len()).find(is_below))
}

/// Returns the offset as text, so that equal offsets have equal texts.
fn offset_text(at: &Expr) -> String {
    match table::number(at) {
        Some(number) => number.to_string(),
        None => at.to_token_stream().to_string(),
    }
}

/// Returns the fields with the gaps between them.
pub(super) fn filled(input: &DeriveInput, block: &Block) -> TokenStream {
    let Data::Struct(data) = &input.data else { return TokenStream::new() };
    let mut end = End::new(block);
    let mut tokens = TokenStream::new();
    let fields: Vec<_> = core::iter::zip(&data.fields, &block.fields).collect();
    for (i, (syntax, field)) in fields.iter().enumerate() {
        if field.overlay.is_some() {
            continue;
        }
        let is_over = |over: &usize| below(block, *over) == Some(i);
        let overlays: Vec<_> = (0..fields.len())
            .filter(|over| fields[*over].1.overlay.is_some() && is_over(over))
            .map(|over| fields[over])
            .collect();
        let conditions = conditions(syntax);
        let absent = absent(&conditions, &overlays);
        tokens.extend(end.gap(field, &quote!(#(#conditions)*)));
        tokens.extend(absent.as_ref().and_then(|absent| end.gap_before_overlay(field, absent)));
        tokens.extend(overlays.iter().map(|(syntax, field)| overlay(syntax, field, block)));
        match strided::field_type(field, block) {
            Some(ty) => {
                let mut syntax = (*syntax).clone();
                syntax.attrs.push(syn::parse_quote!(#[io(strided)]));
                syntax.ty = ty;
                tokens.extend(quote!(#syntax,));
                end.advance(field, &syntax.ty, &conditions);
                end.reach(field, &syntax.ty, &conditions);
            }
            None => {
                tokens.extend(quote!(#syntax,));
                end.advance(field, &field.ty, &conditions);
            }
        }
        if let Some(absent) = absent {
            end.advance_to(field, &absent);
        }
    }
    tokens.extend(end.rest());
    tokens
}

/// Returns the zero-sized field of an overlay, which precedes the field that it overlaps.
fn overlay(syntax: &syn::Field, field: &Field, block: &Block) -> TokenStream {
    let (krate, ty) = (&block.krate, &field.ty);
    let mut syntax = syntax.clone();
    syntax.ty = syn::parse_quote!(#krate::Overlay<#ty>);
    quote!(#syntax,)
}

/// Returns the `#[cfg(…)]` attributes of a field.
fn conditions(field: &syn::Field) -> Vec<&Attribute> {
    field.attrs.iter().filter(|attribute| attribute.path().is_ident("cfg")).collect()
}

/// Returns the condition that a field does not exist while one of its overlays does; `None` if it
/// always exists, or has no overlays.
fn absent(conditions: &[&Attribute], overlays: &[(&syn::Field, &Field)]) -> Option<TokenStream> {
    if conditions.is_empty() || overlays.is_empty() {
        return None;
    }
    let all = |conditions: &[&Attribute]| {
        let predicates =
            conditions.iter().filter_map(|attribute| attribute.meta.require_list().ok());
        let predicates = predicates.map(|list| &list.tokens);
        quote!(all(#(all(#predicates)),*))
    };
    let present = all(conditions);
    let overlays = overlays.iter().map(|(syntax, _)| all(&self::conditions(syntax)));
    Some(quote!(#[cfg(all(not(#present), any(#(#overlays),*)))]))
}

/// The end of the fields generated so far.
struct End<'a> {
    block: &'a Block,
    /// The name of the variable that holds it.
    name: Ident,
    /// The statements that compute it, starting from the last field that is unconditional and has
    /// an offset.
    statements: TokenStream,
    /// Its value, if it follows from type names.
    known: Option<u64>,
    /// The statements that compute the end of the elements of fields with a stride.
    elements: TokenStream,
}

impl<'a> End<'a> {
    fn new(block: &'a Block) -> Self {
        let name = Ident::new("__io_core_end", Span::mixed_site());
        let krate = &block.krate;
        let statements = quote!(let #name: #krate::expansion::core::primitive::usize = 0;);
        End { block, name, statements, known: Some(0), elements: TokenStream::new() }
    }

    /// Returns the reserved bytes before a field.
    fn gap(&self, field: &Field, conditions: &TokenStream) -> Option<TokenStream> {
        // The elements of a slice have its alignment, and a size.
        let ty = field.slice_of().or_else(|| strided::element(field)).unwrap_or(&field.ty);
        match self.block.depends_on_parameters(ty) {
            false => self.gap_of(field, &quote!(#ty), conditions),
            // The length of an array must not mention a parameter. The layout checks reject an
            // offset that is not aligned.
            true => self.gap_of(field, &quote!(()), conditions),
        }
    }

    /// Returns the reserved bytes before the overlays of a field that does not exist.
    fn gap_before_overlay(&self, field: &Field, absent: &TokenStream) -> Option<TokenStream> {
        self.gap_of(field, &quote!(()), absent)
    }

    fn gap_of(
        &self,
        field: &Field,
        ty: &TokenStream,
        conditions: &TokenStream,
    ) -> Option<TokenStream> {
        let at = field.at.as_ref()?;
        if table::number(at).is_some_and(|at| self.known == Some(at)) {
            return None;
        }
        let (block, name) = (self.block.name.to_string(), &field.name);
        let end = &self.name;
        let length = |call| {
            quote_spanned! {Span::mixed_site().located_at(at.span())=>
                #call::gap::<#ty>(#block, #name, #end, #at)
            }
        };
        Some(self.reserved(&format!("_reserved_before_{name}"), conditions, at.span(), length))
    }

    /// Returns the reserved bytes after the last field.
    fn rest(&self) -> Option<TokenStream> {
        if !self.elements.is_empty() {
            return self.block.tail().is_none().then(|| self.rest_of_strided());
        }
        let size = self.block.size.as_ref()?;
        if table::number(size).is_some_and(|size| self.known == Some(size)) {
            return None;
        }
        let (block, end) = (self.block.name.to_string(), &self.name);
        let length = |call| {
            quote_spanned! {Span::mixed_site().located_at(size.span())=>
                #call::gap_at_end(#block, #end, #size)
            }
        };
        Some(self.reserved("_reserved_at_end", &TokenStream::new(), size.span(), length))
    }

    fn reserved(
        &self,
        name: &str,
        conditions: &TokenStream,
        span: Span,
        length: impl FnOnce(TokenStream) -> TokenStream,
    ) -> TokenStream {
        let (krate, statements) = (&self.block.krate, &self.statements);
        let name = Ident::new(name, Span::mixed_site());
        let length = length(relocated(quote!(#krate::expansion), span));
        quote! {
            #conditions
            #[io(gap)]
            #name: #krate::Reserved<{ #statements #length }>,
        }
    }

    /// Continues at the offset of a field that does not exist.
    fn advance_to(&mut self, field: &Field, absent: &TokenStream) {
        let (krate, end, at) = (&self.block.krate, &self.name, &field.at);
        let usize = quote!(#krate::expansion::core::primitive::usize);
        self.statements.extend(quote!(#absent let #end: #usize = #at;));
    }

    /// Returns the reserved bytes after the last field, where elements a stride apart may follow.
    fn rest_of_strided(&self) -> TokenStream {
        let krate = &self.block.krate;
        let (block, end, elements) = (self.block.name.to_string(), &self.name, &self.elements);
        let span = self.block.size.as_ref().map_or(self.block.name.span(), Spanned::span);
        let reached = strided::reached();
        let size = match &self.block.size {
            Some(size) => quote!(#krate::expansion::core::option::Option::Some(#size)),
            None => quote!(#krate::expansion::core::option::Option::None),
        };
        let length = |call| {
            quote_spanned! {Span::mixed_site().located_at(span)=>
                { #elements #call::strided_rest(#block, #end, #reached, #size) }
            }
        };
        self.reserved("_reserved_at_end", &TokenStream::new(), span, length)
    }

    /// Adds a field with a stride to the statements that compute the end of its elements.
    fn reach(&mut self, field: &Field, ty: &syn::Type, conditions: &[&Attribute]) {
        let (krate, at, reached) = (&self.block.krate, &field.at, strided::reached());
        let usize = quote!(#krate::expansion::core::primitive::usize);
        if self.elements.is_empty() {
            self.elements.extend(quote!(let #reached: #usize = 0;));
        }
        self.elements.extend(quote! {
            #(#conditions)*
            let #reached: #usize = #krate::expansion::strided_end::<#ty>(#at, #reached);
        });
    }

    fn advance(&mut self, field: &Field, ty: &syn::Type, conditions: &[&Attribute]) {
        let (krate, end) = (&self.block.krate, &self.name);
        let core = quote!(#krate::expansion::core);
        let size = quote!(#core::mem::size_of::<#ty>());
        let usize = quote!(#core::primitive::usize);
        let start = match &field.at {
            Some(at) => at.to_token_stream(),
            None => end.to_token_stream(),
        };
        let statement = quote!(let #end: #usize = <#usize>::wrapping_add(#start, #size););
        let at = match &field.at {
            Some(at) => table::number(at),
            None => self.known,
        };
        self.known = at.zip(table::size(ty)).and_then(|(at, size)| at.checked_add(size));
        match (conditions, &field.at) {
            ([], Some(_)) => self.statements = statement,
            ([], None) => self.statements.extend(statement),
            _ => {
                self.known = None;
                self.statements.extend(quote!(#(#conditions)* #statement));
            }
        }
    }
}
