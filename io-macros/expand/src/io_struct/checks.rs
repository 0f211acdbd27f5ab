//! The layout checks of a block: calls of constant functions, each spanned on
//! the token that it is about.

use core::ops::Range;

use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::{Expr, spanned::Spanned};

use super::{
    model::{Block, Field},
    table, tail,
};
use crate::spans::relocated;

/// What the checks of one block are about.
struct Checks<'a> {
    block: &'a Block,
    /// `FIELDS` of the block.
    infos: Ident,
    /// Where the field before ends.
    end: Ident,
    /// The sized type whose layout is checked.
    sized: TokenStream,
    /// The block's name in messages.
    name: String,
}

/// All checks, as the statements of a constant.
pub(super) fn of(block: &Block) -> TokenStream {
    let [infos, end] = ["__fields", "__end"].map(|name| Ident::new(name, Span::mixed_site()));
    let sized = match block.tail() {
        Some(_) => tail::twin(block),
        None => block.target(),
    };
    let checks = Checks { block, infos, end, sized, name: block.name.to_string() };
    checks.statements()
}

impl Checks<'_> {
    fn statements(&self) -> TokenStream {
        let Checks { block, infos, end, .. } = self;
        let (krate, target) = (&block.krate, block.target());
        let fields = self.fields();
        let (size, drop) = (self.size(), self.no_drop());
        quote! {
            let #infos = <#target as #krate::IoStruct>::FIELDS;
            let #end = 0;
            #fields
            #size
            #drop
        }
    }

    /// That what is said to be reserved bytes is nothing else, and as long; the
    /// length is the field's own, so that what is wrong with it is said once.
    fn gap(&self, i: usize, field: &Field) -> TokenStream {
        let Checks { infos, sized, name, .. } = self;
        let (call, member) = (self.private(field.span), &field.member);
        let site = Span::mixed_site().located_at(field.span);
        let block = Ident::new("__block", site);
        quote_spanned! {site=>
            #call::check_gap::<#sized, _>(#name, #infos, #i, |#block| &raw const #block.#member);
        }
    }

    /// One call for all fields in a row that names tell to be in place; for any
    /// other one of its own, spanned on it.
    fn fields(&self) -> TokenStream {
        let mut tokens = TokenStream::new();
        let (mut run, mut end) = (0..0, Some(0));
        for (i, field) in self.block.listed().enumerate() {
            let start = end.filter(|at| self.is_in_place(field, *at));
            if start.is_none() {
                tokens.extend(self.run(&run));
                tokens.extend(self.field(i, field));
                run = i + 1..i + 1;
            } else {
                run.end = i + 1;
            }
            let at = field.at.as_ref().map_or(end, table::number);
            end = at.zip(table::size(&field.ty)).and_then(|(at, size)| at.checked_add(size));
        }
        tokens.extend(self.run(&run));
        tokens
    }

    /// Whether names tell that nothing can be wrong with a field at `at`.
    fn is_in_place(&self, field: &Field, at: u64) -> bool {
        let is_silent = field.at.is_none() && field.stride.is_none() && field.overlay.is_none();
        let is_aligned = table::width(&field.ty).is_some_and(|width| at.is_multiple_of(width));
        is_silent && is_aligned && !field.is_gap && !self.block.packed && !self.block.is_union
    }

    fn run(&self, run: &Range<usize>) -> TokenStream {
        let Checks { infos, end, name, .. } = self;
        let (from, to, span) = (run.start, run.end, self.block.name.span());
        if run.is_empty() {
            return TokenStream::new();
        }
        let call = self.private(span);
        quote_spanned! {Span::mixed_site().located_at(span)=>
            let #end = #call::check_fields(#name, #infos, #from, #to, #end);
        }
    }

    fn field(&self, i: usize, field: &Field) -> TokenStream {
        let Checks { infos, end, sized, name, block } = self;
        let target = block.target();
        let span = field.at.as_ref().map_or(field.span, Spanned::span);
        let (call, at) = (self.private(span), self.optional(&field.at));
        let site = Span::mixed_site().located_at(span);
        let place = match (field.overlay, block.is_union) {
            (Some(_), _) => quote_spanned! {site=>
                #call::check_overlay::<#target>(#name, #infos, #i, #at);
            },
            (None, true) => quote_spanned! {site=>
                let #end = #call::check_meaning::<#sized>(#name, #infos, #i);
            },
            (None, false) => quote_spanned! {site=>
                let #end = #call::check_field(#name, #infos, #i, #end, #at);
            },
        };
        let gap = field.is_gap.then(|| self.gap(i, field));
        let stride = field.stride.as_ref().map(|stride| self.stride(i, stride));
        let packed = block.packed.then(|| self.packed(field));
        quote!(#place #gap #stride #packed)
    }

    /// That the elements of an array are as far apart as the data sheet says.
    fn stride(&self, i: usize, stride: &Expr) -> TokenStream {
        let Checks { infos, name, .. } = self;
        let call = self.private(stride.span());
        quote_spanned! {Span::mixed_site().located_at(stride.span())=>
            #call::check_stride(#name, #infos, #i, #stride);
        }
    }

    /// That a packed struct is aligned for one of its fields.
    fn packed(&self, field: &Field) -> TokenStream {
        let Checks { sized, name, .. } = self;
        let (text, call) = (&field.name, self.private(field.span));
        let ty = field.slice_of().unwrap_or(&field.ty);
        quote_spanned! {Span::mixed_site().located_at(field.span)=>
            #call::check_align::<#sized, #ty>(#name, #text);
        }
    }

    /// That nothing follows the last field, and the size in the data sheet.
    fn size(&self) -> TokenStream {
        let Checks { end, sized, name, block, .. } = self;
        if block.tail().is_some() {
            return quote!(let _ = #end;);
        }
        let span = block.size.as_ref().map_or(block.name.span(), Spanned::span);
        let (call, size) = (self.private(span), self.optional(&block.size));
        quote_spanned! {Span::mixed_site().located_at(span)=>
            #call::check_size::<#sized>(#name, #end, #size);
        }
    }

    fn no_drop(&self) -> TokenStream {
        let Checks { name, block, .. } = self;
        let (target, span) = (block.target(), block.name.span());
        let call = self.private(span);
        quote_spanned! {Span::mixed_site().located_at(span)=>
            #call::check_no_drop::<#target>(#name);
        }
    }

    /// The path of the checking functions, shown at `span`.
    fn private(&self, span: Span) -> TokenStream {
        let krate = &self.block.krate;
        relocated(quote!(#krate::__private), span)
    }

    fn optional(&self, expr: &Option<Expr>) -> TokenStream {
        let krate = &self.block.krate;
        match expr {
            Some(expr) => quote!(#krate::__private::core::option::Option::Some(#expr)),
            None => quote!(#krate::__private::core::option::Option::None),
        }
    }
}
