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
        let message = "a register block must be a struct or a union: for a register with named \
                       values, use `#[derive(IoValue)]`";
        errors.error(data.enum_token.span, message);
    }
}

/// Rejects a block without `repr(C)`: `#[derive(IoStruct)] struct Regs { .. }`.
pub(super) fn needs_repr(input: &DeriveInput, errors: &mut Diagnostics) {
    let repr = attributes::repr(&input.attrs);
    let is_enum = matches!(input.data, Data::Enum(_));
    if !(repr.c || repr.transparent || is_enum) {
        let message =
            "`#[derive(IoStruct)]` requires `#[repr(C)]`: without it, offsets are unspecified";
        errors.error_at(&input.ident, message);
    }
}

/// Rejects lifetime parameters: `struct Desc<'a> { buffer: &'a [u8] }`.
fn no_lifetimes(input: &DeriveInput, errors: &mut Diagnostics) {
    for lifetime in input.generics.lifetimes() {
        let message = "lifetime parameters are not supported: device memory cannot contain \
                       references";
        errors.error_at(lifetime, message);
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
            let message = "`#[io(…)]` is not allowed on a generic parameter: write it on the field";
            errors.error_at(attribute, message);
        }
    }
}

/// Checks the rules about the fields.
pub(super) fn fields(block: &Block, errors: &mut Diagnostics) {
    named_fields(block, errors);
    no_trait_objects(block, errors);
    only_one_own_bit(block, errors);
    slice_at_the_end(block, errors);
    size_of_unsized(block, errors);
    after_slice(block, errors);
    opaque_fields(block, errors);
    if block.is_union {
        plain_union(block, errors);
    }
}

/// Rejects fields without a name: `struct Regs { _: u32 }`. rustc rejects them too.
fn named_fields(block: &Block, errors: &mut Diagnostics) {
    for field in block.fields.iter().filter(|field| field.name == "_") {
        errors.error(field.span, "a field must have a name: name reserved bytes `_reserved`");
    }
}

/// Rejects trait objects: `struct Regs { ctrl: dyn Register }`.
fn no_trait_objects(block: &Block, errors: &mut Diagnostics) {
    for field in &block.fields {
        if field.is_trait() {
            let message = "a trait object cannot be a field of a register block: use an integer, \
                           or a type with `#[derive(IoStruct)]` or `#[derive(IoValue)]`";
            errors.error_at(&field.ty, message);
        }
    }
}

/// Rejects a second ownership bit: `#[io(own_bit)] head: …, #[io(own_bit)] tail: …`.
fn only_one_own_bit(block: &Block, errors: &mut Diagnostics) {
    for second in block.fields.iter().filter_map(|field| field.own_bit).skip(1) {
        errors.error(second, "only one field can be the ownership field: remove this `own_bit`");
    }
}

/// Rejects a slice before the last field: `struct Ring { entries: [u64], head: u32 }`.
fn slice_at_the_end(block: &Block, errors: &mut Diagnostics) {
    let before_last = block.fields.split_last().map_or(&[][..], |(_, fields)| fields);
    for field in before_last.iter().filter(|field| field.slice_of().is_some()) {
        let message = "only the last field can be a slice: use an array, or move the slice to the \
                       end; a field after it is declared with `#[io(followed_by(name: Type))]`, or \
                       after the slice in an `#[io_struct]`";
        errors.error_at(&field.ty, message);
    }
}

/// Rejects a size of a block with a trailing slice, and a slice as its ownership field:
/// `#[io(size = 8)] struct Ring { head: u32, entries: [u64] }`.
pub(super) fn size_of_unsized(block: &Block, errors: &mut Diagnostics) {
    let Some((tail, _)) = block.tail() else { return };
    if let Some(span) = tail.own_bit {
        errors.error(span, "`own_bit` is not allowed on a slice: write it on a field before it");
    }
    if let Some(size) = &block.size {
        let message = "`size` is not allowed on a block with a trailing slice, whose size is \
                       determined at run time: remove it";
        errors.error_at(size, message);
    }
}

/// Rejects a field after something other than a trailing slice, and options of that field:
/// `#[io(followed_by(event: u16))] ring: [u16; 8]`.
fn after_slice(block: &Block, errors: &mut Diagnostics) {
    for field in &block.fields {
        let Some(after) = &field.after else { continue };
        let is_tail = block.tail().is_some_and(|(tail, _)| tail.member == field.member);
        if !is_tail || block.is_union {
            let message = "`followed_by` is only allowed on a trailing slice: declare the field \
                           after this one";
            errors.error(after.span, message);
        } else if matches!(field.member, syn::Member::Unnamed(_)) {
            errors.error(after.span, "`followed_by` requires a struct with named fields");
        } else if after.slice_of().is_some() || after.is_trait() {
            let message = "the field after a trailing slice must have a size known at compile time";
            errors.error_at(&after.ty, message);
        } else if after.has_options() || after.is_conditional {
            let message = "options and `#[cfg]` are not supported on the field after a trailing \
                           slice: remove them";
            errors.error(after.span, message);
        }
    }
}

/// Rejects an opaque field of a struct that is defined here, and other options of an opaque field:
/// `#[io(opaque)] reserved: u32`.
fn opaque_fields(block: &Block, errors: &mut Diagnostics) {
    for field in &block.fields {
        let Some(span) = field.opaque else { continue };
        if block.remote.is_none() || block.is_union {
            let message = "`opaque` is only allowed in a struct that describes a `remote` one: \
                           declare reserved bytes as `Reserved<N>`";
            errors.error(span, message);
        } else if field.own_bit.is_some() || field.stride.is_some() {
            errors.error(span, "an opaque field is not accessed: remove its other options");
        }
    }
}

/// Rejects an attribute that could change the layout of a block with a trailing slice, where the
/// compiler cannot compare it: `#[derive(IoStruct)] #[other] struct Ring { entries: [u64] }`.
pub(super) fn later_attributes(input: &DeriveInput, block: &Block, errors: &mut Diagnostics) {
    if block.tail().is_none() {
        return;
    }
    if let Some(attribute) = attributes::unknown(&input.attrs) {
        let message = "an attribute after `IoStruct` could change the layout of a block with a \
                       trailing slice: write it before `#[derive(IoStruct)]` or `#[io_struct]`";
        errors.error_at(attribute, message);
    }
}

/// Rejects offsets, overlays, ownership bits and slices in a union:
/// `union Data { #[io(at = 0)] rx: Ro<u8>, … }`.
fn plain_union(block: &Block, errors: &mut Diagnostics) {
    for field in &block.fields {
        if let Some(at) = &field.at {
            let message =
                "`at` is not allowed in a union, whose fields are all at offset 0: remove it";
            errors.error_at(at, message);
        }
        if let Some(span) = field.overlay {
            let message =
                "`overlay` is not allowed in a union, whose fields all overlap: remove it";
            errors.error(span, message);
        }
        if let Some(span) = field.own_bit {
            errors.error(span, "`own_bit` is not allowed in a union: use a struct");
        }
        if field.slice_of().is_some() {
            errors.error(field.ty.span(), "a union cannot contain a slice: use an array");
        }
    }
}
