//! Generates tokens from the model.
//!
//! A block generates two unsafe impls, two conditional marker impls and one constant with checks;
//! each field generates one line in each.

use proc_macro2::{Span, TokenStream};
use quote::quote;
use syn::{Generics, Ident};

use super::{
    checks,
    model::{Block, Field},
    remote, table, tail, types,
};

/// Generates the whole derive.
pub(super) fn block(mut block: Block) -> TokenStream {
    let table = table_of(&block);
    let field_types = types::name_once(&mut block);
    let block = &block;
    let layout = layout(block);
    let copies = copies(block, ["CopyReadable", "CopyWritable"], |_| true);
    let descriptor = block.own_bit().map(|field| descriptor(block, field));
    let remote = block.remote.as_ref().map(|path| remote::checks(block, path));
    let tail = block.tail().map(|(field, element)| tail::checks(block, field, element));
    let checks = checks::of(block);
    let checks = quote!(#remote #tail #checks);
    let (krate, target) = (&block.krate, block.target());
    // The layout of a generic struct is checked where it is projected.
    let (inside, outside) = match (block.is_generic(), tail.is_some()) {
        (true, _) => (Some(quote!(const CHECKED: () = { #checks };)), None),
        (false, true) => (
            Some(quote!(const CHECKED: () = { #checks };)),
            Some(quote!(const _: () = <#target as #krate::IoStruct>::CHECKED;)),
        ),
        (false, false) => (None, Some(quote!(const _: () = { #checks };))),
    };
    let fields = fields(block);
    let comparison = types::comparison(block, !field_types.is_empty());
    let fields = match comparison.is_empty() {
        true => fields,
        false => quote!({ #comparison #fields }),
    };
    let io_struct = io_struct(block, table.as_ref(), &fields, inside.as_ref());
    quote! {
        const _: () = {
            #field_types
            #layout
            #io_struct
            #copies
            #descriptor
            #outside
        };
    }
}

/// Generates the table of fields.
fn fields(block: &Block) -> TokenStream {
    let krate = &block.krate;
    if block.is_plain() {
        let entries = block.fields.iter().map(
            |Field { name, doc, ty, .. }| quote!((#name, #doc, <#ty as #krate::layout::IoLayout>::INFO)),
        );
        let count = block.fields.len();
        return quote!(&#krate::expansion::fields::<Self, #count>([#(#entries),*]));
    }
    let listed: Vec<_> = block.listed().collect();
    let fields = listed.iter().enumerate().map(|(i, field)| match field.is_gap {
        true => {
            let next = listed[i + 1..].iter().find(|next| next.overlay.is_none());
            gap(field, next.copied(), block)
        }
        false => info(field, block),
    });
    let after = block.after().map(|after| info(after, block));
    let fields = fields.chain(after);
    quote!(&[#(#fields),*])
}

/// Generates the errors of a refused block inside the impls that its uses need to compile without
/// further errors. Without the errors, these impls do not compile.
pub(super) fn fallback(block: &Block, errors: &TokenStream) -> TokenStream {
    let layout = layout(block);
    let io_struct = io_struct(block, table_of(block).as_ref(), &quote!({ #errors }), None);
    quote!(const _: () = { #layout #io_struct };)
}

/// Returns the user's generics, with bounds on the field types that depend on them.
pub(super) fn bounded(block: &Block) -> Generics {
    let (mut generics, krate) = (block.generics.clone(), &block.krate);
    if block.is_generic() {
        for (field, ty) in distinct_types(block, |_| true) {
            if !block.depends_on_parameters(ty) {
                continue;
            }
            let predicates = &mut generics.make_where_clause().predicates;
            match field.overlay {
                None => predicates.push(syn::parse_quote!(#ty: #krate::layout::IoLayout)),
                Some(_) => predicates.push(syn::parse_quote!(#ty: #krate::expansion::Overlaid)),
            }
        }
    }
    generics
}

/// Returns the types of the fields for which `meant` is true, each once; for a slice, the type of
/// its elements.
fn distinct_types(
    block: &Block,
    meant: impl Fn(&Field) -> bool,
) -> impl Iterator<Item = (&Field, &syn::Type)> {
    let mut seen = std::collections::HashSet::new();
    let fields = block.fields.iter().chain(block.after());
    let fields =
        fields.filter(move |field| !field.is_gap && field.opaque.is_none() && meant(field));
    let types = fields.map(|field| (field, field.slice_of().unwrap_or(&field.ty)));
    // Compared as text, because comparing syntax trees can overflow a thread's stack. Types with
    // `$crate` or a macro call are not merged: the same `$crate` may be two crates, and the same
    // call may be two types.
    types.filter(move |(field, _)| field.text.contains(['$', '!']) || seen.insert(&field.text))
}

/// Generates the impl that describes the type's memory layout.
fn layout(block: &Block) -> TokenStream {
    if let Some((field, element)) = block.tail() {
        return tail::layout(block, field, element);
    }
    let (krate, target) = (&block.krate, block.target());
    let generics = bounded(block);
    let (parameters, _, bounds) = generics.split_for_impl();
    let shape = Ident::new(if block.is_union { "Union" } else { "Block" }, Span::mixed_site());
    // Opaque fields may have invalid bits, and members of a remote union that are not described may
    // leave bytes uninitialised.
    let is_partial = block.has_opaque_fields() || block.is_union && block.remote.is_some();
    let any_bits = is_partial
        .then(|| quote!(const ANY_BITS: #krate::expansion::core::primitive::bool = false;));
    quote! {
        // SAFETY: `FIELDS` describes the fields of this same type, and `CHECKED` checks them.
        #[automatically_derived]
        unsafe impl #parameters #krate::layout::IoLayout for #target #bounds {
            const LAYOUT: #krate::layout::FieldLayout = {
                // Code that uses the layout of a generic struct thereby runs its checks.
                let () = <Self as #krate::IoStruct>::CHECKED;
                #krate::layout::FieldLayout::#shape { fields: <Self as #krate::IoStruct>::FIELDS }
            };
            #any_bits
        }
    }
}

/// Generates the attributes with the register table, unless the struct has one.
fn table_of(block: &Block) -> Option<TokenStream> {
    (!block.has_table).then(|| table::attributes(block, false))
}

/// Generates the impl with the table of fields.
fn io_struct(
    block: &Block,
    table: Option<&TokenStream>,
    fields: &TokenStream,
    inside: Option<&TokenStream>,
) -> TokenStream {
    let (krate, target) = (&block.krate, block.target());
    let generics = bounded(block);
    let (parameters, _, bounds) = generics.split_for_impl();
    quote! {
        // SAFETY: `FIELDS` lists all fields in address order. The checks reject gaps and
        // destructors, and the bound on each field rejects types that are not field types.
        #table
        #[automatically_derived]
        unsafe impl #parameters #krate::IoStruct for #target #bounds {
            const FIELDS: &'static [#krate::layout::FieldInfo] = #fields;
            #inside
        }
    }
}

/// `FieldInfo::reserved("name", offset_of!(Block, name), offset_of!(Block, next))`
///
/// Does not name the type a second time, so that a mistake in its length is reported once.
fn gap(field: &Field, next: Option<&Field>, block: &Block) -> TokenStream {
    let (krate, text, member) = (&block.krate, &field.name, &field.member);
    let mem = quote!(#krate::expansion::core::mem);
    let this = sized(block);
    let end = match next {
        Some(Field { member, .. }) => quote!(#mem::offset_of!(#this, #member)),
        None => quote!(#mem::size_of::<#this>()),
    };
    quote!(#krate::layout::FieldInfo::reserved(#text, #mem::offset_of!(#this, #member), #end))
}

/// Returns a sized type with the same fields.
fn sized(block: &Block) -> TokenStream {
    match block.tail() {
        Some(_) => tail::twin(block),
        None => quote!(Self),
    }
}

/// Generates `FieldInfo::new::<Type>("name", offset_of!(Block, name), "doc")`.
fn info(field: &Field, block: &Block) -> TokenStream {
    let (krate, doc, text, member) = (&block.krate, &field.doc, &field.name, &field.member);
    let (ty, this) = (field.slice_of().unwrap_or(&field.ty), sized(block));
    if field.opaque.is_some() {
        let mem = quote!(#krate::expansion::core::mem);
        let start = quote!(#mem::offset_of!(#this, #member));
        let end = quote!(#start + #mem::size_of::<#ty>());
        return quote!(#krate::layout::FieldInfo::reserved(#text, #start, #end));
    }
    if field.is_strided {
        return quote! {
            #krate::expansion::strided_info::<#ty>(
                #text,
                #krate::expansion::core::mem::offset_of!(#this, #member),
                #doc,
            )
        };
    }
    let new = match (field.overlay, field.slice_of()) {
        (Some(_), _) => "overlay",
        (_, Some(_)) => "tail",
        _ => "new",
    };
    let new = Ident::new(new, Span::mixed_site());
    quote! {
        #krate::layout::FieldInfo::#new::<#ty>(
            #text,
            #krate::expansion::core::mem::offset_of!(#this, #member),
            #doc,
        )
    }
}

/// Generates `impl Descriptor for Block`, and the copy impls for the fields other than the
/// ownership bit.
fn descriptor(block: &Block, field: &Field) -> TokenStream {
    let (krate, target, ty, member) = (&block.krate, block.target(), &field.ty, &field.member);
    let generics = bounded(block);
    let (parameters, _, bounds) = generics.split_for_impl();
    let (core, sized) = (quote!(#krate::expansion::core), sized(block));
    // A block without a constant size is not copied as a whole.
    let body = block.tail().is_none().then(|| {
        copies(block, ["DescriptorReadable", "DescriptorWritable"], |field| field.own_bit.is_none())
    });
    quote! {
        // SAFETY: `OwnBit` and `OWN_BIT_OFFSET` are type and offset of the same field.
        #[automatically_derived]
        unsafe impl #parameters #krate::layout::Descriptor for #target #bounds {
            type OwnBit = #ty;
            const OWN_BIT_OFFSET: #core::primitive::usize = #core::mem::offset_of!(#sized, #member);
        }

        #body
    }
}

/// Generates `impl CopyReadable for Block where …`, with a bound for every field for which `meant`
/// is true; likewise for `CopyWritable`.
fn copies(block: &Block, traits: [&str; 2], meant: fn(&Field) -> bool) -> TokenStream {
    // A copy or a fill of the block could store any bytes in a field of any type.
    if block.has_opaque_fields() {
        return TokenStream::new();
    }
    let (krate, target) = (&block.krate, block.target());
    let generics = bounded(block);
    let (parameters, _, _) = generics.split_for_impl();
    let verbs = [["CopyReadable", "ReadablePart"], ["CopyWritable", "WritablePart"]];
    core::iter::zip(traits, verbs)
        .map(|(name_of_trait, verbs)| {
            let name_of_trait = Ident::new(name_of_trait, Span::mixed_site());
            let [copied, part] = verbs.map(|name| Ident::new(name, Span::mixed_site()));
            // The quantifier `for<'__io>` makes the bound a condition, so that an unmet one is not
            // an error here. Types that are not reserved bytes by their names have the trait that
            // costs less compile time.
            let types = distinct_types(block, meant).map(|(_, ty)| match table::width(ty) {
                Some(_) => quote!(for<'__io> #ty: #krate::layout::#copied),
                None => quote!(for<'__io> #ty: #krate::expansion::#part),
            });
            let user = generics.where_clause.iter().flat_map(|clause| &clause.predicates);
            quote! {
                #[automatically_derived]
                impl #parameters #krate::layout::#name_of_trait for #target
                where
                    #(#user,)*
                    #(#types,)*
                {}
            }
        })
        .collect()
}
