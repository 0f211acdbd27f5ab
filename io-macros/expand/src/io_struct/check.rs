//! Rules that can be checked on tokens alone. The compiler checks the others: types by trait
//! bounds, layout by constants.

use syn::{Data, DeriveInput, GenericParam, spanned::Spanned};

use super::model::Block;
use crate::{attributes, diagnostics::Diagnostics};

/// Checks the rules about the item.
pub(super) fn container(input: &DeriveInput, errors: &mut Diagnostics) {
    no_lifetimes(input, errors);
    options_of_parameters(input, errors);
    // Rejects `#[derive(IoStruct)] enum Regs { .. }`.
    if let Data::Enum(data) = &input.data {
        let message = "a block is a struct or a union; a register with named values is an enum \
                       or a newtype of its integer with `#[derive(IoValue)]`";
        errors.error(data.enum_token.span, message);
    }
}

/// Rejects a block without `repr(C)`: `#[derive(IoStruct)] struct Regs { .. }`.
pub(super) fn needs_repr(input: &DeriveInput, errors: &mut Diagnostics) {
    let repr = attributes::repr(&input.attrs);
    let is_enum = matches!(input.data, Data::Enum(_));
    if !(repr.c || repr.transparent || is_enum) {
        let message =
            "`#[derive(IoStruct)]` needs `#[repr(C)]`: without it field offsets are not defined";
        errors.error_at(&input.ident, message);
    }
}

/// Rejects lifetime parameters: `struct Desc<'a> { buffer: &'a [u8] }`.
fn no_lifetimes(input: &DeriveInput, errors: &mut Diagnostics) {
    for lifetime in input.generics.lifetimes() {
        errors.error_at(lifetime, "device memory holds no references, so it has no lifetimes");
    }
}

/// Rejects options on parameters: `struct Bank<#[io(at = 0)] T>(T);`.
fn options_of_parameters(input: &DeriveInput, errors: &mut Diagnostics) {
    for parameter in &input.generics.params {
        let attributes = match parameter {
            GenericParam::Type(parameter) => &parameter.attrs,
            GenericParam::Const(parameter) => &parameter.attrs,
            GenericParam::Lifetime(parameter) => &parameter.attrs,
        };
        for attribute in attributes.iter().filter(|a| attributes::is(a.path(), "io")) {
            errors.error_at(attribute, "a parameter has no options: write them at the field");
        }
    }
}

/// Checks the rules about the fields.
pub(super) fn fields(block: &Block, errors: &mut Diagnostics) {
    no_trait_objects(block, errors);
    only_one_own_bit(block, errors);
    slice_at_the_end(block, errors);
    size_of_unsized(block, errors);
    if block.is_union {
        plain_union(block, errors);
    }
}

/// Rejects trait objects: `struct Regs { ctrl: dyn Register }`.
fn no_trait_objects(block: &Block, errors: &mut Diagnostics) {
    for field in &block.fields {
        if field.is_trait() {
            let message = "a register is plain data of a known size: a trait is none";
            errors.error_at(&field.ty, message);
        }
    }
}

/// Rejects a second ownership bit: `#[io(own_bit)] head: …, #[io(own_bit)] tail: …`.
fn only_one_own_bit(block: &Block, errors: &mut Diagnostics) {
    for second in block.fields.iter().filter_map(|field| field.own_bit).skip(1) {
        errors.error(second, "a struct is handed over by one field");
    }
}

/// Rejects a slice before the last field: `struct Ring { entries: [u64], head: u32 }`.
fn slice_at_the_end(block: &Block, errors: &mut Diagnostics) {
    let before_last = block.fields.split_last().map_or(&[][..], |(_, fields)| fields);
    for field in before_last.iter().filter(|field| field.slice_of().is_some()) {
        errors.error_at(&field.ty, "a slice ends a block: only the last field can be one");
    }
}

/// Rejects a size or an ownership bit in a block with a trailing slice:
/// `#[io(size = 8)] struct Ring { head: u32, entries: [u64] }`.
fn size_of_unsized(block: &Block, errors: &mut Diagnostics) {
    if block.tail().is_none() {
        return;
    }
    if let Some(size) = &block.size {
        errors.error_at(size, "the view knows the size of a block with a trailing slice");
    }
    if let Some(span) = block.own_bit().and_then(|field| field.own_bit) {
        errors.error(span, "a block with a trailing slice is not handed over as a whole");
    }
}

/// Rejects offsets, overlays, ownership bits and slices in a union:
/// `union Data { #[io(at = 0)] rx: Ro<u8>, … }`.
fn plain_union(block: &Block, errors: &mut Diagnostics) {
    for field in &block.fields {
        if let Some(at) = &field.at {
            errors.error_at(at, "all fields of a union start where it starts");
        }
        for span in [field.overlay, field.own_bit].into_iter().flatten() {
            errors.error(span, "the fields of a union overlay each other without saying so");
        }
        if field.slice_of().is_some() {
            errors.error(field.ty.span(), "a slice ends a block: a union cannot hold one");
        }
    }
}
