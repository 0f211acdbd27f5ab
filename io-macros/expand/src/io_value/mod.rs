//! `#[derive(IoValue)]`

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::{Data, DeriveInput, Fields, Member, Type, spanned::Spanned};

use crate::{
    attributes::{self, ContainerOptions},
    diagnostics::Diagnostics,
    spans::relocated,
};

/// Expands `#[derive(IoValue)]`.
pub(crate) fn expand(input: TokenStream) -> TokenStream {
    let input: DeriveInput = match syn::parse2(input) {
        Ok(input) => input,
        Err(error) => return error.to_compile_error(),
    };
    let mut errors = Diagnostics::default();
    let options: ContainerOptions =
        attributes::io_options(&input.attrs, &ContainerOptions::OF_VALUE, &mut errors);
    let field = check(&input, &mut errors);
    match field {
        Some((member, inner)) if errors.is_empty() => {
            let krate = attributes::crate_path(options.krate);
            implementations(&input, &member, &inner, &krate)
        }
        _ => errors.into_tokens(),
    }
}

/// The newtype's only field, if the type is a newtype.
fn check(input: &DeriveInput, errors: &mut Diagnostics) -> Option<(Member, Type)> {
    let Data::Struct(data) = &input.data else {
        errors.error_at(
            &input.ident,
            "`#[derive(IoValue)]` is for newtypes: `#[repr(transparent)] struct Mode(u32);`, \
                  with a constant for each value",
        );
        return None;
    };
    if !attributes::repr(&input.attrs).transparent {
        let message = "`#[derive(IoValue)]` needs `#[repr(transparent)]`: without it the type \
                       need not have the layout of its integer";
        errors.error_at(&input.ident, message);
    }
    if !input.generics.params.is_empty() {
        errors.error_at(&input.generics, "`#[derive(IoValue)]` is for types without parameters");
    }
    for attribute in data.fields.iter().flat_map(|field| &field.attrs) {
        if attributes::is(attribute.path(), "io") {
            errors.error_at(attribute, "the field of a value takes no `#[io(…)]` options");
        }
    }
    let mut fields = data.fields.iter().zip(data.fields.members());
    match (fields.next(), fields.next()) {
        (Some((field, member)), None) => integer(&field.ty, errors).map(|ty| (member, ty)),
        _ => {
            let message = "`#[derive(IoValue)]` is for structs of exactly one field, an integer";
            match &data.fields {
                Fields::Unit => errors.error_at(&input.ident, message),
                fields => errors.error_at(fields.to_token_stream(), message),
            }
            None
        }
    }
}

/// A type that may be an integer: a name of it.
fn integer(ty: &Type, errors: &mut Diagnostics) -> Option<Type> {
    match ty {
        Type::Path(_) | Type::Macro(_) => Some(ty.clone()),
        // A fragment of `macro_rules!`.
        Type::Group(group) => integer(&group.elem, errors),
        Type::Paren(paren) => integer(&paren.elem, errors),
        _ => {
            errors.error_at(ty, "the field of a value is an integer");
            None
        }
    }
}

fn implementations(
    input: &DeriveInput,
    member: &Member,
    inner: &Type,
    krate: &syn::Path,
) -> TokenStream {
    let name = &input.ident;
    let path = relocated(quote!(#krate::__private::Integer), inner.span());
    let integer = quote!(<#inner as #path>);
    let verbs = ["Readable", "Writable", "Updatable", "CopyReadable", "CopyWritable"];
    let markers = verbs.into_iter().chain(["Plain", "Native"]).map(|verb| {
        let verb = syn::Ident::new(verb, proc_macro2::Span::mixed_site());
        quote! {
            #[automatically_derived]
            impl #krate::#verb for #name {}
        }
    });
    // For values that are copied as a whole: their fields hold `Le<Self>`.
    let orders = [("Le", "to_le"), ("Be", "to_be")].map(|(order, swap)| {
        let [order, swap] =
            [order, swap].map(|name| syn::Ident::new(name, proc_macro2::Span::mixed_site()));
        quote! {
            #[automatically_derived]
            impl #krate::__private::core::convert::From<#name> for #krate::#order<#name> {
                #[inline(always)]
                fn from(value: #name) -> Self {
                    #krate::#order(#name { #member: #integer::#swap(value.#member) })
                }
            }

            #[automatically_derived]
            impl #krate::__private::core::convert::From<#krate::#order<#name>> for #name {
                #[inline(always)]
                fn from(value: #krate::#order<#name>) -> Self {
                    #name { #member: #integer::#swap(value.0.#member) }
                }
            }
        }
    });
    quote! {
        const _: () = {
            // SAFETY: `repr(transparent)` over an integer, whose shape this is.
            #[automatically_derived]
            unsafe impl #krate::IoLayout for #name {
                const SHAPE: #krate::Shape = #integer::SHAPE;
            }

            // SAFETY: `repr(transparent)` over an integer; the type takes every
            // bit pattern of it.
            #[automatically_derived]
            unsafe impl #krate::IoValue for #name {
                type Repr = #integer::Bits;
                type Read = #name;
                type Write = #name;

                #[inline(always)]
                fn decode(repr: #integer::Bits) -> #name {
                    #name { #member: #integer::decode(repr) }
                }

                #[inline(always)]
                fn encode(value: #name) -> #integer::Bits {
                    #integer::encode(value.#member)
                }
            }

            #(#markers)*
            #(#orders)*
        };
    }
}

#[cfg(test)]
mod tests;
