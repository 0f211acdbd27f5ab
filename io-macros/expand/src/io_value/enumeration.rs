//! Generates tokens for an enum.

use proc_macro2::{Span, TokenStream};
use quote::{format_ident, quote};

use super::{
    VERBS, in_place, layout_check, markers,
    model::{Enum, Item},
    unswapped, width,
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
    let (unswapped, in_place) = (unswapped(item), in_place(item));
    let markers = markers(item, &VERBS);
    let orders = ["Le", "Be"].map(|order| order_of(item, order));
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

                #[inline(always)]
                fn from_memory(__io_core_memory: #name) -> #read {
                    #core::result::Result::Ok(__io_core_memory)
                }
            }

            #[automatically_derived]
            impl #krate::IoEnum for #name {
                const NAME: &'static #core::primitive::str = #text;
            }

            #unswapped
            #in_place
            #markers
            #(#orders)*
            #layout_check
        };
    }
}

/// Generates the conversion from `Le<Mode>` to `Mode`, which fails for unknown values.
fn order_of(item: &Item, order: &str) -> TokenStream {
    let (krate, name) = (&item.krate, &item.name);
    let core = quote!(#krate::expansion::core);
    let order = syn::Ident::new(order, Span::mixed_site());
    quote! {
        #[automatically_derived]
        impl #core::convert::TryFrom<#krate::#order<#name>> for #name {
            type Error = #krate::UnknownValue<#name>;

            #[inline(always)]
            fn try_from(
                __io_core_value: #krate::#order<#name>,
            ) -> #core::result::Result<Self, #krate::UnknownValue<#name>> {
                <#krate::#order<#name>>::get(__io_core_value)
            }
        }
    }
}
