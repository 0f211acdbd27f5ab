//! From the model to tokens.
//!
//! A block costs two unsafe impls, two conditional marker impls and one
//! constant of checks; a field one line in each.

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;

use super::model::{Block, Field};
use crate::spans::relocated;

/// The whole derive.
pub(super) fn block(block: &Block) -> TokenStream {
    let (layout, checks) = (layout(block), checks(block));
    let copies = copies(block, ["CopyReadable", "CopyWritable"], |_| true);
    let handover = block.owner().map(|owner| handover(block, owner));
    // Generic structs have their layout checked where they are projected.
    let (inside, outside) = match block.is_generic() {
        true => (Some(quote!(const CHECKED: () = { #checks };)), None),
        false => (None, Some(quote!(const _: () = { #checks };))),
    };
    let (krate, name) = (&block.krate, &block.name);
    let generics = bounded(block);
    let (parameters, arguments, bounds) = generics.split_for_impl();
    let fields = block.fields.iter().map(|field| info(field, block));
    quote! {
        const _: () = {
            #layout

            // SAFETY: all fields in address order; the checks refuse gaps and a
            // destructor, the bound of each field anything that is no field type.
            #[automatically_derived]
            unsafe impl #parameters #krate::IoStruct for #name #arguments #bounds {
                const FIELDS: &'static [#krate::FieldInfo] = &[#(#fields),*];
                #inside
            }

            #copies
            #handover
            #outside
        };
    }
}

/// Enough for uses of a refused struct not to cascade.
pub(super) fn fallback(block: &Block) -> TokenStream {
    let layout = layout(block);
    let (krate, name) = (&block.krate, &block.name);
    let generics = bounded(block);
    let (parameters, arguments, bounds) = generics.split_for_impl();
    quote! {
        const _: () = {
            #layout

            // SAFETY: never compiled: an error stands beside it.
            #[automatically_derived]
            unsafe impl #parameters #krate::IoStruct for #name #arguments #bounds {
                const FIELDS: &'static [#krate::FieldInfo] = &[];
            }
        };
    }
}

/// The user's generics, each type parameter a field type.
fn bounded(block: &Block) -> syn::Generics {
    let (mut generics, krate) = (block.generics.clone(), &block.krate);
    for parameter in generics.type_params_mut() {
        parameter.bounds.push(syn::parse_quote!(#krate::IoLayout));
    }
    generics
}

fn layout(block: &Block) -> TokenStream {
    let (krate, name) = (&block.krate, &block.name);
    let generics = bounded(block);
    let (parameters, arguments, bounds) = generics.split_for_impl();
    quote! {
        // SAFETY: the fields are the struct's own, checked beside.
        #[automatically_derived]
        unsafe impl #parameters #krate::IoLayout for #name #arguments #bounds {
            const SHAPE: #krate::Shape = {
                // What relies on the layout of a generic struct runs its checks.
                let () = <Self as #krate::IoStruct>::CHECKED;
                #krate::Shape::Block { fields: <Self as #krate::IoStruct>::FIELDS }
            };
        }
    }
}

/// `FieldInfo::new::<Type>("name", offset_of!(Block, name), "doc")`
fn info(field: &Field, block: &Block) -> TokenStream {
    let (krate, ty, doc) = (&block.krate, &field.ty, &field.doc);
    let (text, member) = (&field.name, &field.member);
    quote! {
        #krate::FieldInfo::new::<#ty>(
            #text,
            #krate::__private::core::mem::offset_of!(Self, #member),
            #doc,
        )
    }
}

/// `impl Handover for Block`, and what can be copied besides the owner field.
fn handover(block: &Block, owner: &Field) -> TokenStream {
    let (krate, name, ty, member) = (&block.krate, &block.name, &owner.ty, &owner.member);
    let generics = bounded(block);
    let (parameters, arguments, bounds) = generics.split_for_impl();
    let body = copies(block, ["BodyReadable", "BodyWritable"], |field| field.owner.is_none());
    quote! {
        // SAFETY: type and offset are those of the same field.
        #[automatically_derived]
        unsafe impl #parameters #krate::Handover for #name #arguments #bounds {
            type Owner = #ty;
            const OWNER_AT: usize = #krate::__private::core::mem::offset_of!(Self, #member);
        }

        #body
    }
}

/// `impl CopyReadable for Block where every field is`, or every field that is
/// `meant`.
fn copies(block: &Block, traits: [&str; 2], meant: fn(&Field) -> bool) -> TokenStream {
    let (krate, name) = (&block.krate, &block.name);
    let generics = bounded(block);
    let (parameters, arguments, _) = generics.split_for_impl();
    let verbs = ["CopyReadable", "CopyWritable"];
    core::iter::zip(traits, verbs)
        .map(|(name_of_trait, verb)| {
            let [name_of_trait, verb] =
                [name_of_trait, verb].map(|name| syn::Ident::new(name, Span::mixed_site()));
            // The quantifier makes it a condition instead of a claim.
            let types = block.fields.iter().filter(|field| meant(field)).map(|field| &field.ty);
            let user = generics.where_clause.iter().flat_map(|clause| &clause.predicates);
            quote! {
                #[automatically_derived]
                impl #parameters #krate::#name_of_trait for #name #arguments
                where
                    #(#user,)*
                    #(for<'__io> #types: #krate::#verb,)*
                {}
            }
        })
        .collect()
}

/// The layout checks, each spanned on the token that it is about.
fn checks(block: &Block) -> TokenStream {
    let (krate, name, ident) = (&block.krate, block.name.to_string(), &block.name);
    let (_, arguments, _) = block.generics.split_for_impl();
    let this = quote!(#ident #arguments);
    let private = |at| relocated(quote!(#krate::__private), at);
    let [infos, end] = ["__fields", "__end"].map(|name| syn::Ident::new(name, Span::mixed_site()));

    let fields = block.fields.iter().enumerate().map(|(i, field)| {
        let span = field.at.as_ref().map_or(field.span, Spanned::span);
        let (call, said) = (private(span), optional(&field.at, krate));
        let check = quote_spanned! {Span::mixed_site().located_at(span)=>
            #call::check_field(#name, #infos, #i, #end, #said)
        };
        let packed = block.packed.then(|| packed(field, &name, &this, &private(field.span)));
        quote!(let #end = #check; #packed)
    });
    let span = block.size.as_ref().map_or(ident.span(), Spanned::span);
    let (call, said) = (private(span), optional(&block.size, krate));
    let size = quote_spanned! {Span::mixed_site().located_at(span)=>
        #call::check_size::<#this>(#name, #end, #said);
    };
    let call = private(ident.span());
    let drop = quote_spanned! {Span::mixed_site().located_at(ident.span())=>
        #call::check_no_drop::<#this>(#name);
    };
    quote! {
        let #infos = <#this as #krate::IoStruct>::FIELDS;
        let #end = 0;
        #(#fields)*
        #size
        #drop
    }
}

/// That a packed struct is aligned for one of its fields.
fn packed(field: &Field, name: &str, this: &TokenStream, private: &TokenStream) -> TokenStream {
    let (ty, text) = (&field.ty, &field.name);
    quote_spanned! {Span::mixed_site().located_at(field.span)=>
        #private::check_align::<#this, #ty>(#name, #text);
    }
}

fn optional(expr: &Option<syn::Expr>, krate: &syn::Path) -> TokenStream {
    match expr {
        Some(expr) => quote!(#krate::__private::core::option::Option::Some(#expr)),
        None => quote!(#krate::__private::core::option::Option::None),
    }
}
