//! Blocks that describe types defined elsewhere, such as in generated bindings.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::{Data, DataStruct, DataUnion, DeriveInput, Path, Type, spanned::Spanned};

use super::model::{Block, Field, unwrapped};
use crate::diagnostics::Diagnostics;

/// Checks the rules for structs that describe remote structs.
pub(super) fn rules(block: &Block, errors: &mut Diagnostics) {
    if !block.generics.params.is_empty() {
        errors
            .error_at(&block.generics, "`remote` does not support generic parameters: remove them");
    }
    if let Some((_, element)) = block.tail() {
        errors.error_at(element, "`remote` does not support a trailing slice: use an array");
    }
    for overlay in block.fields.iter().filter_map(|field| field.overlay) {
        let message = "`overlay` is not supported with `remote`, since the remote struct \
                       determines the layout: remove the field";
        errors.error(overlay, message);
    }
}

/// Returns whether a field has a type that bindgen adds: the bytes of a bit field, and an array of
/// unknown length, which has none. Their names identify them, since they are defined in each
/// generated module.
pub(super) fn is_opaque(ty: &Type) -> bool {
    let Type::Path(path) = unwrapped(ty) else { return false };
    let last = path.path.segments.last();
    last.is_some_and(|last| {
        ["__BindgenBitfieldUnit", "__IncompleteArrayField"].iter().any(|name| last.ident == name)
    })
}

/// Generates the described struct's name as a type alias of the remote struct.
pub(super) fn alias(block: &Block, path: &Path, attributes: &TokenStream) -> TokenStream {
    let Block { name, vis, .. } = block;
    quote! {
        #attributes
        #vis type #name = #path;
    }
}

/// Generates a struct with these fields, which is not used, and a derive that describes the remote
/// struct: a derive is given only the fields that exist in this configuration.
pub(super) fn derived(input: &DeriveInput, block: &Block, path: &Path) -> TokenStream {
    let (krate, name, data) = (&block.krate, &block.name, &input.data);
    let item = match data {
        Data::Struct(DataStruct { fields, .. }) => quote!(struct #name #fields),
        Data::Union(DataUnion { fields, .. }) => quote!(union #name #fields),
        Data::Enum(_) => TokenStream::new(),
    };
    let size = block.size.as_ref().map(|size| quote!(size = #size,));
    quote! {
        const _: () = {
            #[derive(#krate::IoStruct)]
            #[io(remote = #path, #size crate = #krate)]
            #[repr(C)]
            #[allow(dead_code)]
            #item
        };
    }
}

/// Generates the check that the fields of the remote struct have these types. It is a statement
/// before the layout checks, which do not run if it fails. The layout checks find fields that are
/// missing.
pub(super) fn checks(block: &Block, path: &Path) -> TokenStream {
    let site = |span: Span| Span::mixed_site().located_at(span);
    let remote = |span| Ident::new("__io_core_remote", site(span));
    let parameter = remote(Span::mixed_site());
    let members = block.fields.iter().map(|field| &field.member);
    if block.is_union {
        return union_checks(block, path);
    }
    let whole = remote(path.span());
    // A union would let the bytes of one field be read as the type of another.
    let is_struct = quote_spanned!(site(path.span())=> let #path { #(#members: _,)* .. } = #whole;);
    let types = block.fields.iter().map(|Field { member, ty, .. }| {
        let part = remote(ty.span());
        quote_spanned!(site(ty.span())=> let _: *const #ty = &raw const #part.#member;)
    });
    quote! {
        let _: fn(&#path) = |#parameter| {
            #is_struct
            #(#types)*
        };
    }
}

/// The same for a union, of which some members are described. The expression also compiles for a
/// struct with this one field, whose layout is the same.
fn union_checks(block: &Block, path: &Path) -> TokenStream {
    let members = block.fields.iter().map(|Field { member, ty, .. }| {
        let site = Span::mixed_site().located_at(ty.span());
        let value = Ident::new("__io_core_member", site);
        quote_spanned!(site=> let _: fn(#ty) -> #path = |#value| #path { #member: #value };)
    });
    members.collect()
}
