//! Blocks that end with a slice. They have no constant size, so operations that need one use a
//! twin: a struct with the same fields but no elements.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;
use syn::{Data, DataStruct, DeriveInput, Fields, Member, Type};

use super::{
    expand::bounded,
    model::{Block, Field, unwrapped},
    types,
};
use crate::diagnostics::Diagnostics;

/// Makes a field that is declared after the trailing slice an option of the slice, since the slice
/// must be the last field of the struct: `ring: [Le<u16>], used_event: Le<u16>`.
pub(super) fn move_field_after_slice(input: &mut DeriveInput, errors: &mut Diagnostics) {
    let Data::Struct(DataStruct { fields: Fields::Named(fields), .. }) = &mut input.data else {
        return;
    };
    let is_slice = |field: &syn::Field| matches!(unwrapped(&field.ty), Type::Slice(_));
    let Some(slice) = fields.named.iter().position(is_slice) else { return };
    // The derive rejects a second slice.
    if fields.named.iter().skip(slice + 1).any(is_slice) {
        return;
    }
    // Rejects `ring: [Le<u16>], first: u16, second: u16`.
    for second in fields.named.iter().skip(slice + 2) {
        let message = "only one field can follow a trailing slice: declare several as a block with \
                       `#[derive(IoStruct)]`";
        errors.error_at(&second.ident, message);
    }
    while fields.named.len() > slice + 2 {
        fields.named.pop();
    }
    if fields.named.len() == slice + 2
        && let Some(after) = fields.named.pop()
    {
        let after = after.into_value();
        fields.named[slice].attrs.push(syn::parse_quote!(#[io(followed_by(#after))]));
    }
}

/// Returns the path of the twin, as seen from the block's module.
pub(super) fn twin(block: &Block) -> TokenStream {
    let (krate, target) = (&block.krate, block.target());
    quote!(<#target as #krate::expansion::HasTwin>::Twin)
}

/// Generates the check that names have the same meaning in the struct, in its twin and in this
/// expansion: in the twin, its own name refers to the twin, and a trait impl may distinguish the
/// two. The statements precede the layout checks in the constant of the `impl`; those do not run if
/// these fail.
pub(super) fn checks(block: &Block, tail: &Field, element: &Type) -> TokenStream {
    let (krate, twin) = (&block.krate, twin(block));
    let [real, other] =
        ["__io_core_real", "__io_core_twin"].map(|name| Ident::new(name, Span::mixed_site()));
    let element_type = types::same_type(block, tail, &quote!([#element]), &real);
    let fields = block.fields.iter().filter(|field| field.member != tail.member);
    let fields = fields.map(|Field { member, ty, is_gap, .. }| match is_gap {
        // The layout checks compare the length of the twin's with the offsets.
        true => quote! {
            #krate::expansion::check_equal(&raw const #real.#member, &raw const #other.#member);
        },
        false => quote! {
            let _: *const #ty = &raw const #real.#member;
            let _: *const #ty = &raw const #other.#member;
        },
    });
    let member = &tail.member;
    let after = block.after().map(|Field { member, .. }| {
        quote! {
            let _: *const #krate::expansion::AfterTail<<Self as #krate::IoTail>::After> =
                &raw const #other.#member;
        }
    });
    quote! {
        let _: fn(&Self, &#twin) = |#real, #other| {
            #(#fields)*
            #element_type
            let _: *const #krate::expansion::Tail<#element> = &raw const #other.#member;
            #after
        };
    }
}

/// Generates the impls of `KnownSize` and `IoTail`, and the twin.
pub(super) fn layout(block: &Block, tail: &Field, element: &Type) -> TokenStream {
    let (krate, target, twin) = (&block.krate, block.target(), twin(block));
    let (member, definition) = (&tail.member, definition(block, element));
    let generics = bounded(block);
    let (parameters, _, bounds) = generics.split_for_impl();
    let core = quote!(#krate::expansion::core);
    let header = quote!(<Self as #krate::IoTail>::HEADER);
    let (after, fixed) = match block.after() {
        None => (quote!([#core::primitive::u8; 0]), header),
        // The type is written once: a macro in it may expand to another type each time.
        Some(Field { ty, .. }) => {
            let size = quote!(#core::mem::size_of::<<Self as #krate::IoTail>::After>());
            (quote!(#ty), quote!(#header + #size))
        }
    };
    quote! {
        #definition

        // SAFETY: the elements start at the offset of the twin's tail, and the pointer's metadata
        // is their number. A field after them follows directly, as `CHECKED` checks.
        #[automatically_derived]
        unsafe impl #parameters #krate::KnownSize for #target #bounds {
            const MIN_SIZE: #core::primitive::usize = #fixed;
            const MIN_ALIGN: #core::primitive::usize = #core::mem::align_of::<#twin>();

            #[inline(always)]
            fn size(__io_core_ptr: *const Self) -> #core::primitive::usize {
                let elements = <[#element] as #krate::KnownSize>::size(__io_core_ptr as *const [#element]);
                <#core::primitive::usize>::wrapping_add(#fixed, elements)
            }
        }

        // SAFETY: the twin has the same fields at the same offsets, and the casts keep the address
        // and the number of elements.
        #[automatically_derived]
        unsafe impl #parameters #krate::IoTail for #target #bounds {
            type Item = #element;
            type After = #after;
            const HEADER: #core::primitive::usize = #core::mem::offset_of!(#twin, #member);

            #[inline(always)]
            fn from_elements(__io_core_ptr: *mut [#element]) -> *mut Self {
                __io_core_ptr as *mut Self
            }

            #[inline(always)]
            fn elements(__io_core_ptr: *mut Self) -> *mut [#element] {
                __io_core_ptr as *mut [#element]
            }
        }
    }
}

/// Returns the block's type by a name that also refers to it where the block's own name refers to the
/// twin.
pub(super) fn alias(block: &Block) -> TokenStream {
    let (name, (_, arguments, _)) = (alias_name(), block.generics.split_for_impl());
    quote!(#name #arguments)
}

fn alias_name() -> Ident {
    Ident::new("__IoCoreBlock", Span::mixed_site())
}

/// Generates the twin. It has the block's name, so that errors about fields name the block.
fn definition(block: &Block, element: &Type) -> TokenStream {
    let Block { krate, name, vis, repr, generics, .. } = block;
    let (parameters, arguments, clause) = generics.split_for_impl();
    let alias = alias_name();
    let alias_parameters = generics.params.iter().map(|parameter| match parameter {
        syn::GenericParam::Type(ty) => {
            let name = &ty.ident;
            quote!(#name)
        }
        syn::GenericParam::Const(constant) => {
            let (name, ty) = (&constant.ident, &constant.ty);
            quote!(const #name: #ty)
        }
        syn::GenericParam::Lifetime(lifetime) => quote!(#lifetime),
    });
    let types = block.fields.iter().map(|field| match field.slice_of() {
        Some(_) => quote!(#krate::expansion::Tail<#element>),
        None => {
            let ty = &field.ty;
            quote!(#ty)
        }
    });
    let after = block.after().map(|after| {
        let ty = &after.ty;
        (after, quote!(#krate::expansion::AfterTail<#ty>))
    });
    let fields = core::iter::zip(&block.fields, types).chain(after).map(|(field, ty)| {
        let vis = &field.vis;
        match &field.member {
            Member::Named(name) => quote!(#vis #name: #ty),
            Member::Unnamed(_) => quote!(#vis #ty),
        }
    });
    let body = match block.fields.first().map(|field| &field.member) {
        Some(Member::Unnamed(_)) => quote!((#(#fields),*) #clause;),
        _ => quote!(#clause { #(#fields),* }),
    };
    let bounded = bounded(block);
    let (_, _, bounds) = bounded.split_for_impl();
    quote! {
        type #alias<#(#alias_parameters),*> = #name #arguments;

        const _: () = {
            #(#repr)*
            #[allow(dead_code, missing_docs, missing_debug_implementations, unreachable_pub)]
            #vis struct #name #parameters #body

            // SAFETY: the same fields and `repr`; the constant `CHECKED` compares the types.
            #[automatically_derived]
            unsafe impl #parameters #krate::expansion::HasTwin for #alias #arguments #bounds {
                type Twin = #name #arguments;
            }
        };
    }
}
