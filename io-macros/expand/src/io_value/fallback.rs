//! Stand-in impls for a refused item, so that its uses are not errors as well.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Data, DeriveInput, Type};

use super::{VERBS, markers, model::Item};

/// Generates the stand-in impls; nothing for an item that cannot have them.
pub(super) fn item(input: &DeriveInput, item: &Item) -> TokenStream {
    if !is_sized(input) {
        return TokenStream::new();
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
            let native = quote! {
                impl #parameters #krate::layout::Native for #this #bounds {
                    fn from_repr(_: #core::primitive::u8) -> Self {
                        loop {}
                    }
                }
            };
            let updatable = markers(item, &["Updatable"]);
            (this.clone(), quote!(#native #updatable))
        }
    };
    let markers = markers(item, &VERBS);
    // A byte has alignment 1, so that the surrounding block has no error either.
    quote! {
        const _: () = {
            // SAFETY: this never compiles to code, because a `compile_error!` is emitted with it.
            unsafe impl #parameters #krate::layout::IoLayout for #this #bounds {
                const LAYOUT: #krate::layout::FieldLayout =
                    <#core::primitive::u8 as #krate::layout::IoLayout>::LAYOUT;
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

                fn in_memory(value: Self) -> Self {
                    value
                }
            }

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
