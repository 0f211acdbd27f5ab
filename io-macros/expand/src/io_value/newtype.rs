//! Generates tokens for a newtype.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::{Ident, spanned::Spanned};

use super::{
    in_place, layout_check, markers, masks,
    model::{Item, Newtype},
    unswapped, width,
};
use crate::spans::relocated;

/// Generates the whole derive.
pub(super) fn item(item: &Item, newtype: &Newtype) -> TokenStream {
    let (krate, name) = (&item.krate, &item.name);
    let Code { repr, any_bits, decode, encode, check } = code(item, newtype);
    let width = match &newtype.bits {
        Some(bits) => width(&bits.to_string()),
        None => width(&newtype.inner.to_token_stream().to_string()),
    };
    let markers = markers(item, &masks::verbs(&newtype.masks));
    let layout = masks::layout(krate, name, &newtype.masks);
    let mask = masks::mask_of(krate, name);
    let bits = masks::documentation(&newtype.masks);
    let layout_check = layout_check(item);
    let unswapped = unswapped(item);
    let in_place = newtype.bits.is_none().then(|| in_place(item));
    let orders = ["Le", "Be"].map(|order| order_of(item, order));
    quote! {
        #[allow(deprecated)]
        const _: () = {
            // SAFETY: the type is `repr(transparent)` or `repr(C)` with one field, whose layout is
            // that of the integer `Repr`. Every bit pattern of the integer is valid, or `ANY_BITS`
            // is `false`.
            #[automatically_derived]
            unsafe impl #krate::layout::IoLayout for #name {
                const LAYOUT: #krate::layout::FieldLayout = #layout;
                const ANY_BITS: #krate::expansion::core::primitive::bool = #any_bits;
                const FORMAT: #krate::expansion::core::option::Option<#krate::layout::ValueFormat> = {
                    #[allow(unused_imports)]
                    use #krate::expansion::NoText as _;
                    <#krate::expansion::TextOf<#name>>::FORMAT
                };
            }

            // SAFETY: as above.
            #width
            #bits
            #[automatically_derived]
            unsafe impl #krate::IoValue for #name {
                type Repr = #repr;
                type Read = #name;
                type Write = #name;

                #[inline(always)]
                fn decode(__io_core_repr: Self::Repr) -> #name {
                    #decode
                }

                #[inline(always)]
                fn encode(__io_core_value: #name) -> Self::Repr {
                    #encode
                }

                #[inline(always)]
                fn in_memory(__io_core_value: #name) -> #name {
                    __io_core_value
                }

                #[inline(always)]
                fn from_memory(__io_core_memory: #name) -> #name {
                    __io_core_memory
                }
            }

            #mask
            #unswapped
            #in_place
            #markers
            #(#orders)*
            #check
            #layout_check
        };
    }
}

/// The code that differs between a newtype of an integer and one of a type that wraps an integer.
struct Code {
    /// The type that is transferred over the bus.
    repr: TokenStream,
    any_bits: bool,
    decode: TokenStream,
    encode: TokenStream,
    check: Option<TokenStream>,
}

fn code(item: &Item, newtype: &Newtype) -> Code {
    let (krate, name, member) = (&item.krate, &item.name, &newtype.member);
    match &newtype.bits {
        None => {
            let inner = &newtype.inner;
            let [repr, decode, encode] = integer(quote!(#inner), inner.span(), krate);
            let decode = quote!(#name { #member: #decode(__io_core_repr) });
            let encode = quote!(#encode(__io_core_value.#member));
            Code { repr, any_bits: true, decode, encode, check: None }
        }
        Some(bits) => {
            let (at, bits) = (bits.span(), Ident::new(&bits.to_string(), Span::mixed_site()));
            let bits = quote!(#krate::expansion::core::primitive::#bits);
            let [repr, decode, encode] = integer(bits.clone(), at, krate);
            let decode = quote!(<#name>::from_bits_retain(#decode(__io_core_repr)));
            let encode = quote!(#encode(<#name>::bits(&__io_core_value)));
            let private = relocated(quote!(#krate::expansion), at);
            let check = quote_spanned! {Span::mixed_site().located_at(at)=>
                const _: () = #private::check_bits::<#name, #bits>();
            };
            Code { repr, any_bits: false, decode, encode, check: Some(check) }
        }
    }
}

/// Returns `<u32 as Integer>::Bits` and its conversion functions.
fn integer(ty: TokenStream, at: Span, krate: &syn::Path) -> [TokenStream; 3] {
    let path = relocated(quote!(#krate::expansion::Integer), at);
    ["Bits", "decode", "encode"].map(|what| {
        let what = Ident::new(what, Span::mixed_site());
        quote!(<#ty as #path>::#what)
    })
}

/// Generates the conversion from `Le<Status>` to `Status`, for values that are copied as a whole:
/// their fields contain `Le<Status>`.
fn order_of(item: &Item, order: &str) -> TokenStream {
    let (krate, name) = (&item.krate, &item.name);
    let order = Ident::new(order, Span::mixed_site());
    quote! {
        #[automatically_derived]
        impl #krate::expansion::core::convert::From<#krate::#order<#name>> for #name {
            #[inline(always)]
            fn from(__io_core_value: #krate::#order<#name>) -> Self {
                <#krate::#order<#name>>::get(__io_core_value)
            }
        }
    }
}
