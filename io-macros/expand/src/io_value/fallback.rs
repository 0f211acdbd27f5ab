//! Stand-in impls for a refused item, so that its uses are not errors as well.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Data, DeriveInput, Type};

use super::{VERBS, markers, model::Item};

/// Generates the errors inside stand-in impls, which do not compile without them; the errors alone
/// for an item that cannot have the impls.
pub(super) fn item(input: &DeriveInput, item: &Item, errors: &TokenStream) -> TokenStream {
    if !is_sized(input) {
        return errors.clone();
    }
    let (krate, name) = (&item.krate, &item.name);
    let (parameters, arguments, bounds) = item.generics.split_for_impl();
    let core = quote!(#krate::expansion::core);
    let this = quote!(#name #arguments);
    let (read, more) = match &input.data {
        Data::Enum(_) => {
            let text = name.to_string();
            let implementation = quote! {
                impl #parameters #krate::IoEnum for #this #bounds {
                    const NAME: &'static #core::primitive::str = #text;
                }
            };
            (quote!(#core::result::Result<#this, #krate::UnknownValue<#this>>), implementation)
        }
        _ => {
            let updatable = markers(item, &["Updatable"]);
            (this.clone(), updatable)
        }
    };
    let markers = markers(item, &VERBS);
    quote! {
        const _: () = {
            // SAFETY: this never compiles to code, because `LAYOUT` contains a `compile_error!`.
            unsafe impl #parameters #krate::layout::IoLayout for #this #bounds {
                const LAYOUT: #krate::layout::FieldLayout = { #errors };
            }

            // SAFETY: as above.
            unsafe impl #parameters #krate::IoValue for #this #bounds {
                type Repr = #core::primitive::u8;
                type Read = #read;
                type Write = Self;

                fn decode(_: #core::primitive::u8) -> #read {
                    loop {}
                }

                fn encode(_: Self) -> #core::primitive::u8 {
                    loop {}
                }

                fn in_memory(__io_core_value: Self) -> Self {
                    __io_core_value
                }

                fn from_memory(_: Self) -> #read {
                    loop {}
                }
            }

            impl #parameters #krate::layout::Unswapped for #this #bounds {
                fn repr_of(_: Self) -> #core::primitive::u8 {
                    loop {}
                }
            }

            // SAFETY: as above.
            unsafe impl #parameters #krate::layout::InPlace for #this #bounds {}

            #markers
            #more
        };
    }
}

fn is_sized(input: &DeriveInput) -> bool {
    match &input.data {
        Data::Struct(data) => {
            let tail = data.fields.iter().next_back().map(|field| &field.ty);
            !matches!(tail, Some(Type::Slice(_) | Type::TraitObject(_)))
        }
        _ => true,
    }
}
