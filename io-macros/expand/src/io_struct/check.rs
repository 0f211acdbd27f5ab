//! Rules that tokens alone can break. The compiler checks the rest: types by
//! trait bounds, layout by constants.

use syn::{Data, DeriveInput, Type};

use crate::{attributes, diagnostics::Diagnostics};

/// All rules.
pub(super) fn container(input: &DeriveInput, errors: &mut Diagnostics) {
    match &input.data {
        Data::Struct(data) => {
            needs_repr(input, errors);
            no_lifetimes(input, errors);
            sized_tail(data, errors);
        }
        // #[derive(IoStruct)] enum Regs { .. }
        Data::Enum(data) => {
            let message = "`#[derive(IoStruct)]` is for structs; a register with named values \
                           is a newtype of its integer with `#[derive(IoValue)]`";
            errors.error(data.enum_token.span, message);
        }
        // #[derive(IoStruct)] union Regs { .. }
        Data::Union(data) => {
            errors.error(data.union_token.span, "`#[derive(IoStruct)]` is for structs");
        }
    }
}

/// `#[derive(IoStruct)] struct Regs { .. }`
fn needs_repr(input: &DeriveInput, errors: &mut Diagnostics) {
    let repr = attributes::repr(&input.attrs);
    if !(repr.c || repr.transparent) {
        let message =
            "`#[derive(IoStruct)]` needs `#[repr(C)]`: without it field offsets are not defined";
        errors.error_at(&input.ident, message);
    }
}

/// `struct Desc<'a> { buffer: &'a [u8] }`
fn no_lifetimes(input: &DeriveInput, errors: &mut Diagnostics) {
    for lifetime in input.generics.lifetimes() {
        errors.error_at(lifetime, "device memory holds no references, so it has no lifetimes");
    }
}

/// `struct Ring { head: u32, entries: [u64] }`
fn sized_tail(data: &syn::DataStruct, errors: &mut Diagnostics) {
    let tail = data.fields.iter().next_back().map(|field| &field.ty);
    if let Some(Type::Slice(slice)) = tail {
        let message = "trailing slices are not supported: end the block before it, and cast \
                       the rest of the region with `try_cast_slice`";
        errors.error_at(slice, message);
    }
}
