//! Generates tokens for an enum.

use proc_macro2::{Span, TokenStream};
use quote::{format_ident, quote};

use super::{
    VERBS, layout_check, markers,
    model::{Enum, Item},
    width,
};

/// Generates the whole derive.
pub(super) fn item(item: &Item, data: &Enum) -> TokenStream {
    let (krate, name, text, repr) = (&item.krate, &item.name, &data.text, &data.repr);
    let core = quote!(#krate::expansion::core);
    let width = width(&repr.to_string());
    let repr = syn::Ident::new(&repr.to_string(), Span::mixed_site());
    let int = quote!(#core::primitive::#repr);
    let read = quote!(#core::result::Result<#name, #krate::UnknownValue<#name>>);
    let layout_check = layout_check(item);
    let markers = markers(item, &VERBS);
    let numbers: Vec<_> = (0..data.variants.len()).map(|i| format_ident!("V{i}")).collect();
    let variants = &data.variants;
    quote! {
        #[allow(deprecated)]
        const _: () = {
            // SAFETY: the enum has the size and alignment of the integer in its `repr`, and this is
            // the layout of that integer.
            #[automatically_derived]
            unsafe impl #krate::layout::IoLayout for #name {
                const LAYOUT: #krate::layout::FieldLayout = <#int as #krate::layout::IoLayout>::LAYOUT;
                const ANY_BITS: #core::primitive::bool = false;
                const FORMAT: #core::option::Option<#krate::layout::ValueFormat> = {
                    #[allow(unused_imports)]
                    use #krate::expansion::NoText as _;
                    <#krate::expansion::TextOf<#name>>::ENUM_FORMAT
                };
            }

            // SAFETY: `Repr` is the integer in the enum's `repr`.
            #width
            #[automatically_derived]
            unsafe impl #krate::IoValue for #name {
                type Repr = #int;
                type Read = #read;
                type Write = #name;

                #[allow(unreachable_patterns)]
                #[inline(always)]
                fn decode(__io_core_repr: #int) -> #read {
                    #(const #numbers: #int = #name::#variants as #int;)*
                    match __io_core_repr {
                        #(#numbers => #core::result::Result::Ok(#name::#variants),)*
                        _ => #core::result::Result::Err(#krate::UnknownValue::new(__io_core_repr)),
                    }
                }

                #[inline(always)]
                fn encode(__io_core_value: #name) -> #int {
                    __io_core_value as #int
                }

                #[inline(always)]
                fn in_memory(__io_core_value: #name) -> #name {
                    __io_core_value
                }
            }

            #[automatically_derived]
            impl #krate::IoEnum for #name {
                const NAME: &'static #core::primitive::str = #text;
            }

            #markers
            #layout_check
        };
    }
}
