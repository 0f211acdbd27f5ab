//! `#[io_struct(…)]`: a struct written as in the data sheet, where the macro adds the bytes between
//! the registers; or a struct that describes one defined elsewhere.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::{Attribute, Data, DeriveInput, Fields, parse::Parser};

use super::{check, expand, gaps, model::Block, refused, remote, table, tail};
use crate::{
    attributes::{self, ContainerOptions},
    diagnostics::Diagnostics,
};

/// Expands `#[io_struct(ARGUMENTS)] ITEM`.
pub(crate) fn expand_attribute(arguments: TokenStream, item: TokenStream) -> TokenStream {
    let mut errors = Diagnostics::default();
    let options = match attributes::comma_separated.parse2(arguments) {
        Ok(metas) => attributes::options_of(metas, &ContainerOptions::OF_ATTRIBUTE, &mut errors),
        Err(error) => {
            errors.push(error);
            ContainerOptions::default()
        }
    };
    let mut input: DeriveInput = match syn::parse2(item.clone()) {
        Ok(input) => input,
        Err(_) => {
            errors.error_at(&item, "`#[io_struct]` may only be applied to structs");
            let errors = errors.into_tokens(&attributes::crate_path(options.krate));
            return item.into_iter().chain(errors).collect();
        }
    };
    item_rules(&input, &options, &mut errors);
    tail::move_field_after_slice(&mut input, &mut errors);
    // The derive reports mistakes in the fields' options.
    let mut of_fields = Diagnostics::default();
    let mut block = Block::new(&input, options, &mut of_fields);
    let is_remote = block.remote.is_some();
    // The alias has it.
    block.has_table |= is_remote;
    if is_remote {
        errors.append(of_fields);
        check::container(&input, &mut errors);
        check::fields(&block, &mut errors);
        remote::rules(&block, &mut errors);
    } else {
        check::size_of_unsized(&block, &mut errors);
        gaps::rules(&block, &mut errors);
    }
    match (errors.is_empty(), is_remote) {
        (true, true) => remote_block(&input, block),
        (true, false) => laid_out(&input, &block),
        (false, true) => errors.into_tokens(&block.krate),
        (false, false) => {
            let mut tokens = without_options(&input).into_token_stream();
            tokens.extend(refused(&block, errors));
            tokens
        }
    }
}

/// Checks that the item is a struct that the attribute supports.
fn item_rules(input: &DeriveInput, options: &ContainerOptions, errors: &mut Diagnostics) {
    match &input.data {
        Data::Struct(data) if matches!(data.fields, Fields::Named(_)) => {}
        Data::Struct(data) => {
            let message = "`#[io_struct]` requires named fields: derive `IoStruct` for a tuple \
                           struct";
            match &data.fields {
                Fields::Unit => errors.error_at(&input.ident, message),
                fields => errors.error_at(fields, message),
            }
        }
        Data::Enum(data) => errors.error(
            data.enum_token.span,
            "`#[io_struct]` may only be applied to structs: derive `IoValue` for an enum",
        ),
        Data::Union(_) if options.remote.is_some() => {}
        Data::Union(data) => errors.error(
            data.union_token.span,
            "`#[io_struct]` may only be applied to structs: derive `IoStruct` for a union",
        ),
    }
    for attribute in &input.attrs {
        if attributes::is(attribute.path(), "io") {
            errors.error_at(
                attribute,
                "write options of the struct in its attribute: `#[io_struct(size = 0x1000)]`",
            );
        }
    }
    let repr = attributes::repr(&input.attrs);
    if options.remote.is_none() && (repr.packed || repr.transparent) {
        errors.error_at(
            &input.ident,
            "`#[io_struct]` uses the layout of `#[repr(C)]`: remove `packed` and `transparent`",
        );
    }
}

/// Returns the struct with its gaps filled in, and with the derive that checks it.
fn laid_out(input: &DeriveInput, block: &Block) -> TokenStream {
    let DeriveInput { attrs, vis, ident, generics, .. } = input;
    let (krate, clause) = (&block.krate, &generics.where_clause);
    let table = table::attributes(block, true);
    let fields = gaps::filled(input, block);
    let repr = (!attributes::repr(attrs).c).then(|| quote!(#[repr(C)]));
    let size = block.size.as_ref().map(|size| quote!(size = #size,));
    quote! {
        #[derive(#krate::IoStruct)]
        #[io(#size crate = #krate)]
        #repr
        #(#attrs)*
        #table
        #vis struct #ident #generics #clause { #fields }
    }
}

fn remote_block(input: &DeriveInput, block: Block) -> TokenStream {
    let Some(path) = &block.remote else { return TokenStream::new() };
    let is_doc = |attribute: &&Attribute| {
        ["doc", "cfg", "allow", "expect", "deprecated"]
            .iter()
            .any(|name| attribute.path().is_ident(name))
    };
    let attributes = input.attrs.iter().filter(is_doc);
    let table = table::attributes(&block, false);
    let mut tokens = remote::alias(&block, path, &quote!(#(#attributes)* #table));
    tokens.extend(match block.fields.iter().any(|field| field.is_conditional) {
        true => remote::derived(input, &block, path),
        false => expand::block(block),
    });
    tokens
}

/// Returns the item as it would be without this macro.
fn without_options(input: &DeriveInput) -> DeriveInput {
    let mut input = input.clone();
    let is_ours = |attribute: &Attribute| attributes::is(attribute.path(), "io");
    input.attrs.retain(|attribute| !is_ours(attribute));
    let fields = match &mut input.data {
        Data::Struct(data) => data.fields.iter_mut().collect(),
        Data::Union(data) => data.fields.named.iter_mut().collect(),
        Data::Enum(_) => Vec::new(),
    };
    for field in fields {
        field.attrs.retain(|attribute| !is_ours(attribute));
    }
    input
}
