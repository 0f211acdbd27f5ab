//! `#[derive(IoValue)]`

mod check;
mod enumeration;
mod fallback;
mod masks;
mod model;
mod newtype;

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::{DeriveInput, ext::IdentExt};

use self::model::{Item, Kind};
use crate::{diagnostics::Diagnostics, spans::relocated};

/// Expands `#[derive(IoValue)]`.
pub(crate) fn expand(input: TokenStream) -> TokenStream {
    let input: DeriveInput = match syn::parse2(input) {
        Ok(input) => input,
        Err(error) => return error.to_compile_error(),
    };
    let mut errors = Diagnostics::default();
    check::item(&input, &mut errors);
    let item = Item::new(&input, &mut errors);
    match &item.kind {
        Some(Kind::Newtype(newtype)) if errors.is_empty() => newtype::item(&item, newtype),
        Some(Kind::Enum(variants)) if errors.is_empty() => enumeration::item(&item, variants),
        _ => {
            let errors = errors.into_tokens(&item.krate);
            fallback::item(&input, &item, &errors)
        }
    }
}

/// Generates `impl Readable for Status {}` and the like, one for each verb.
fn markers(item: &Item, verbs: &[&str]) -> TokenStream {
    let (krate, name) = (&item.krate, &item.name);
    let (parameters, arguments, bounds) = item.generics.split_for_impl();
    let markers = verbs.iter().map(|verb| {
        let verb = syn::Ident::new(verb, Span::mixed_site());
        quote! {
            #[automatically_derived]
            impl #parameters #krate::layout::#verb for #name #arguments #bounds {}
        }
    });
    markers.collect()
}

/// Generates the implementation of `Unswapped`: the number is that of a write.
fn unswapped(item: &Item) -> TokenStream {
    let (krate, name) = (&item.krate, &item.name);
    quote! {
        #[automatically_derived]
        impl #krate::layout::Unswapped for #name {
            #[inline(always)]
            fn repr_of(__io_core_value: #name) -> <#name as #krate::IoValue>::Repr {
                <#name as #krate::IoValue>::encode(__io_core_value)
            }
        }
    }
}

/// Generates the implementation of `InPlace`, for enums and newtypes of integers.
fn in_place(item: &Item) -> TokenStream {
    let (krate, name) = (&item.krate, &item.name);
    quote! {
        // SAFETY: the type is an enum without fields, or has one field, which is an integer; it has
        // the size of the integer, as `check_value` checks. Its bytes are thus initialised, and are
        // the number that a write stores.
        #[automatically_derived]
        unsafe impl #krate::layout::InPlace for #name {}
    }
}

/// Generates the check that values have the layout of their integer, which an attribute after the
/// derive may change, and no destructor, since values in device memory are never dropped.
///
/// `#[io(bits = …)]` has a check of its own for the layout.
fn layout_check(item: &Item) -> TokenStream {
    let (krate, name) = (&item.krate, &item.name);
    let text = name.unraw().to_string();
    let has_bits = matches!(&item.kind, Some(Kind::Newtype(newtype)) if newtype.bits.is_some());
    let check = if has_bits { "check_no_drop" } else { "check_value" };
    let check = syn::Ident::new(check, Span::mixed_site());
    let private = relocated(quote!(#krate::expansion), name.span());
    quote_spanned! {Span::mixed_site().located_at(name.span())=>
        const _: () = #private::#check::<#name>(#text);
    }
}

/// Returns the documentation of the implementation of `IoValue`: the width, if the name of the
/// integer implies it. Register tables refer to it.
fn width(integer: &str) -> Option<TokenStream> {
    let bits =
        integer.strip_prefix(['u', 'i']).filter(|bits| ["8", "16", "32", "64"].contains(bits));
    let text = format!(" A value of {} bits, accessed as a whole.", bits?);
    Some(quote!(#[doc = #text]))
}

/// The traits that every value implements when its field is declared without an access kind.
const VERBS: [&str; 6] =
    ["Readable", "Writable", "BareValue", "CopyReadable", "CopyWritable", "Plain"];

#[cfg(test)]
mod tests;
