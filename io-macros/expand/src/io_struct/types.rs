//! The comparison of the types in the expansion with the types of the fields.
//!
//! The expansion repeats the tokens of the fields' types, and unsafe code relies on the compiler
//! giving the fields the same types. They can differ: another attribute macro after the derive
//! changes the struct, or a macro in a type expands differently each time. Each block therefore
//! contains code that compiles only if they are equal, and only if the block has no other fields.
//!
//! A type that contains a macro call is written once, as an associated type, and referred to
//! elsewhere.

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, format_ident, quote, quote_spanned};
use syn::{Type, spanned::Spanned};

use super::model::{Block, Field};
use crate::spans::{self, relocated};

/// Generates the comparison, as statements inside an `impl` for the block.
///
/// The usual form costs the least compile time: a closure that makes the struct from values of the
/// described types. No value of a field type is coerced to another type. `has_macros` is `true` if
/// types contain macro calls.
pub(super) fn comparison(block: &Block, has_macros: bool) -> TokenStream {
    match () {
        // The tail has a comparison of its own, and so has a remote struct.
        () if block.tail().is_some() || block.remote.is_some() => TokenStream::new(),
        () if block.is_union => union(block),
        () if block.has_unknown_attributes || has_macros => by_place(block),
        () => by_value(block),
    }
}

/// `let _: fn(A, B) -> Self = |a, b| Self { first: a, second: b };`
fn by_value(block: &Block) -> TokenStream {
    let parameter =
        |(i, field): (usize, &Field)| format_ident!("__io_core_{i}", span = site(field.ty.span()));
    let names: Vec<_> = block.fields.iter().enumerate().map(parameter).collect();
    let types = block.fields.iter().map(described);
    let members = block.fields.iter().map(|field| &field.member);
    quote! {
        let _: fn(#(#types),*) -> Self = |#(#names),*| Self { #(#members: #names),* };
    }
}

/// As `by_value`, for each member of a union.
fn union(block: &Block) -> TokenStream {
    let members = block.fields.iter().map(|field| {
        let (member, ty) = (&field.member, &field.ty);
        let name = Ident::new("__io_core_member", site(ty.span()));
        quote!(let _: fn(#ty) -> Self = |#name| Self { #member: #name };)
    });
    members.collect()
}

/// The type of a field in the comparison; the gaps have a check of their own.
fn described(field: &Field) -> TokenStream {
    let ty = &field.ty;
    if field.is_gap { quote!(_) } else { quote!(#ty) }
}

/// As `by_value`, with an error message about the cause. Fields that an attribute adds are found by
/// the layout checks: with actual offsets, the fields of the block leave no bytes for others.
fn by_place(block: &Block) -> TokenStream {
    let real = Ident::new("__io_core_real", Span::mixed_site());
    let types = block.fields.iter().filter(|field| !field.is_gap);
    let types = types.map(|field| same_type(block, field, &field.ty.to_token_stream(), &real));
    quote! {
        let _: fn(&Self) = |#real| {
            #(#types)*
        };
    }
}

/// `check_type::<A, _>(&raw const real.first);`
///
/// The second type is inferred, so that the pointer is not coerced: an array pointer to a slice
/// pointer, for example.
pub(super) fn same_type(
    block: &Block,
    field: &Field,
    described: &TokenStream,
    real: &Ident,
) -> TokenStream {
    let (krate, member, at) = (&block.krate, &field.member, field.ty.span());
    let private = spans::joined(quote!(#krate::expansion), site(at));
    quote_spanned!(site(at)=> #private::check_type::<#described, _>(&raw const #real.#member);)
}

fn site(at: Span) -> Span {
    Span::mixed_site().located_at(at)
}

/// The traits that have the types with macro calls as associated types. The type of an ownership
/// field and of the elements of a slice is part of a public interface; any other may be private.
const TRAITS: [&str; 2] = ["__IoCoreFieldType", "__IoCorePublicType"];

/// Replaces each type that contains a macro call, and returns the items that the new types need.
pub(super) fn name_once(block: &mut Block) -> TokenStream {
    let mut impls = TokenStream::new();
    let (generics, target) = (block.generics.clone(), block.named());
    let (parameters, _, clause) = generics.split_for_impl();
    for (i, field) in block.fields.iter_mut().enumerate() {
        if field.is_gap || !has_macro(field.ty.to_token_stream()) {
            continue;
        }
        let is_public = field.own_bit.is_some() || field.slice_of().is_some();
        let [name, used] = [Span::mixed_site(), site(field.ty.span())]
            .map(|span| Ident::new(TRAITS[usize::from(is_public)], span));
        let ty = element(&mut field.ty);
        impls.extend(quote! {
            impl #parameters #name<#i> for #target #clause {
                type Type = #ty;
            }
        });
        let target = relocated(target.clone(), ty.span());
        *ty = Type::Verbatim(quote_spanned!(site(ty.span())=> <#target as #used<#i>>::Type));
    }
    if impls.is_empty() { impls } else { traits(block, &impls) }
}

fn traits(block: &Block, impls: &TokenStream) -> TokenStream {
    let krate = &block.krate;
    let core = quote!(#krate::expansion::core);
    let [private, public] = TRAITS.map(|name| Ident::new(name, Span::mixed_site()));
    quote! {
        #[allow(dead_code)]
        trait #private<const FIELD: #core::primitive::usize> {
            type Type: ?#core::marker::Sized;
        }

        #[allow(dead_code, missing_docs, unnameable_types, unreachable_pub)]
        pub trait #public<const FIELD: #core::primitive::usize> {
            type Type: ?#core::marker::Sized;
        }

        #impls
    }
}

/// Returns the type of the elements of a slice, or else the type itself.
fn element(ty: &mut Type) -> &mut Type {
    match ty {
        Type::Group(group) => element(&mut group.elem),
        Type::Slice(slice) => &mut slice.elem,
        ty => ty,
    }
}

fn has_macro(tokens: TokenStream) -> bool {
    tokens.into_iter().any(|token| match token {
        TokenTree::Punct(punct) => punct.as_char() == '!',
        TokenTree::Group(group) => has_macro(group.stream()),
        _ => false,
    })
}
