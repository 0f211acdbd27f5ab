//! Fields with a stride in an `#[io_struct]`.
//!
//! A macro does not know the size of an element. The compiler selects the type of the field: an
//! array, if the stride is the size of an element, and otherwise a field without a size, whose
//! elements lie in reserved bytes and between other fields.

use proc_macro2::{Ident, Span};
use quote::quote_spanned;
use syn::{Type, TypeArray, spanned::Spanned};

use super::{
    model::{Block, Field, unwrapped},
    table,
};
use crate::spans::relocated;

/// Returns the type of a field with an offset and a stride, unless it is known to be an array.
pub(super) fn field_type(field: &Field, block: &Block) -> Option<Type> {
    let (Type::Array(TypeArray { elem, len, .. }), Some(stride), Some(_)) =
        (unwrapped(&field.ty), &field.stride, &field.at)
    else {
        return None;
    };
    let is_known = table::number(stride).is_some_and(|stride| table::size(elem) == Some(stride));
    if is_known || field.overlay.is_some() || block.depends_on_parameters(&field.ty) {
        return None;
    }
    let krate = &block.krate;
    let call = relocated(quote::quote!(#krate::expansion), stride.span());
    Some(Type::Verbatim(quote_spanned! {Span::mixed_site().located_at(stride.span())=>
        #call::Strided<#elem, { #len }, { #stride }, {
            #call::is_array::<#elem>(#stride)
        }>
    }))
}

/// Returns the type of the elements of a field with a stride.
pub(super) fn element(field: &Field) -> Option<&Type> {
    match (unwrapped(&field.ty), &field.stride) {
        (Type::Array(array), Some(_)) => Some(&array.elem),
        _ => None,
    }
}

/// The variable that holds the end of the elements.
pub(super) fn reached() -> Ident {
    Ident::new("__io_core_elements", Span::mixed_site())
}
