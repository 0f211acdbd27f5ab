//! The layout checks of a block: calls of constant functions, each with the span of the token that
//! it checks.

use core::ops::Range;

use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::{Expr, spanned::Spanned};

use super::{
    model::{Block, Field},
    table, tail,
};
use crate::spans::relocated;

/// The inputs of the checks of one block.
struct Checks<'a> {
    block: &'a Block,
    /// The variable that holds `FIELDS` of the block.
    infos: Ident,
    /// The variable that holds the end of the previous field.
    end: Ident,
    /// The sized type whose layout is checked.
    sized: TokenStream,
    /// The block's name in messages.
    name: String,
}

/// Returns all checks as the statements of a constant.
pub(super) fn of(block: &Block) -> TokenStream {
    let [infos, end] =
        ["__io_core_fields", "__io_core_end"].map(|name| Ident::new(name, Span::mixed_site()));
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
        let (multiple, size, drop) = (self.multiple(), self.size(), self.no_drop());
        quote! {
            let #infos = <#target as #krate::IoStruct>::FIELDS;
            let #end = 0;
            #multiple
            #fields
            #size
            #drop
        }
    }

    /// Checks that a field declared as reserved bytes has that type and that length. The length
    /// comes from the field itself, so that a mistake in it is reported once.
    fn gap(&self, i: usize, field: &Field) -> TokenStream {
        let Checks { infos, sized, name, .. } = self;
        let (call, member) = (self.private(field.span), &field.member);
        let site = Span::mixed_site().located_at(field.span);
        let block = Ident::new("__io_core_block", site);
        quote_spanned! {site=>
            #call::check_gap(#name, #infos, #i, |#block: &#sized| &raw const #block.#member);
        }
    }

    /// Emits one call for each run of consecutive fields whose names prove that they are in place,
    /// and a separate call, with the field's span, for every other field.
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

    /// Returns whether type names prove that a field at `at` is correct.
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
            (None, _) if field.is_strided => {
                let ty = &field.ty;
                let elements = self.elements(field);
                let place = quote_spanned! {site=>
                    let #end = #call::check_strided::<#sized, #ty>(#name, #infos, #i, #end, #at);
                };
                quote!(#elements #place)
            }
            (None, true) => quote_spanned! {site=>
                let #end = #call::check_meaning::<#sized>(#name, #infos, #i);
            },
            (None, false) => quote_spanned! {site=>
                let #end = #call::check_field(#name, #infos, #i, #end, #at);
            },
        };
        let gap = field.is_gap.then(|| self.gap(i, field));
        let stride = field.stride.as_ref().filter(|_| !field.is_strided);
        let stride = stride.map(|stride| self.stride(i, stride));
        let packed = block.packed.then(|| self.packed(field));
        quote!(#place #gap #stride #packed)
    }

    /// Checks that the elements of an array are as far apart as the data sheet requires.
    fn stride(&self, i: usize, stride: &Expr) -> TokenStream {
        let Checks { infos, name, .. } = self;
        let call = self.private(stride.span());
        quote_spanned! {Span::mixed_site().located_at(stride.span())=>
            #call::check_stride(#name, #infos, #i, #stride);
        }
    }

    /// Checks that elements can be accessed at their stride, with errors shown at the stride.
    fn elements(&self, field: &Field) -> TokenStream {
        let (name, text, ty) = (&self.name, &field.name, &field.ty);
        let span = field.stride.as_ref().map_or(field.span, Spanned::span);
        let call = self.private(span);
        quote_spanned! {Span::mixed_site().located_at(span)=>
            #call::check_elements::<#ty>(#name, #text);
        }
    }

    /// Checks that a packed struct is sufficiently aligned for one of its fields.
    fn packed(&self, field: &Field) -> TokenStream {
        let Checks { sized, name, .. } = self;
        let (text, call) = (&field.name, self.private(field.span));
        let ty = field.slice_of().unwrap_or(&field.ty);
        quote_spanned! {Span::mixed_site().located_at(field.span)=>
            #call::check_align::<#sized, #ty>(#name, #text);
        }
    }

    /// Checks that nothing follows reserved bytes at the end that were computed from the size.
    fn multiple(&self) -> Option<TokenStream> {
        let Checks { sized, name, block, .. } = self;
        let size = block.size.as_ref().filter(|_| block.fields.last().is_some_and(|f| f.is_gap))?;
        let call = self.private(size.span());
        Some(quote_spanned! {Span::mixed_site().located_at(size.span())=>
            #call::check_multiple::<#sized>(#name, #size);
        })
    }

    /// Checks that nothing follows the last field, and that the size is that of the data sheet.
    fn size(&self) -> TokenStream {
        let Checks { end, sized, name, block, .. } = self;
        if block.tail().is_some() {
            let after = block.after().map(|after| self.after(after));
            return quote!(let _ = #end; #after);
        }
        let span = block.size.as_ref().map_or(block.name.span(), Spanned::span);
        let (call, size) = (self.private(span), self.optional(&block.size));
        quote_spanned! {Span::mixed_site().located_at(span)=>
            #call::check_size::<#sized>(#name, #end, #size);
        }
    }

    /// Checks that the field after the trailing slice is aligned for any number of elements.
    fn after(&self, after: &Field) -> TokenStream {
        let Checks { name, block, .. } = self;
        let (target, text, call) = (block.target(), &after.name, self.private(after.span));
        quote_spanned! {Span::mixed_site().located_at(after.span)=>
            #call::check_after::<#target>(#name, #text);
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

    /// Returns the path of the checking functions, with errors shown at `span`.
    fn private(&self, span: Span) -> TokenStream {
        let krate = &self.block.krate;
        relocated(quote!(#krate::expansion), span)
    }

    fn optional(&self, expr: &Option<Expr>) -> TokenStream {
        let krate = &self.block.krate;
        match expr {
            Some(expr) => quote!(#krate::expansion::core::option::Option::Some(#expr)),
            None => quote!(#krate::expansion::core::option::Option::None),
        }
    }
}
