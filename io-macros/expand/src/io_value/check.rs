//! Rules that can be checked on tokens alone. The compiler checks the others.

use quote::ToTokens;
use syn::{Attribute, Data, DataEnum, DataStruct, DeriveInput, Fields, Ident, Type};

use super::model::{ungrouped, width};
use crate::{attributes, diagnostics::Diagnostics};

/// Checks all rules.
pub(super) fn item(input: &DeriveInput, errors: &mut Diagnostics) {
    match &input.data {
        Data::Struct(data) => newtype(input, data, errors),
        Data::Enum(data) => enumeration(input, data, errors),
        // Rejects `#[derive(IoValue)] union Status { .. }`.
        Data::Union(data) => {
            let message = "`#[derive(IoValue)]` may only be applied to newtypes and enums";
            errors.error(data.union_token.span, message);
        }
    }
    // Rejects `struct Status<T>(T);`.
    if !input.generics.params.is_empty() {
        let message = "`#[derive(IoValue)]` does not support generic parameters: remove them";
        errors.error_at(&input.generics, message);
    }
}

fn newtype(input: &DeriveInput, data: &DataStruct, errors: &mut Diagnostics) {
    // Rejects `struct Status(u32);` without `repr(transparent)` or `repr(C)`.
    let hints = attributes::repr_hints(&input.attrs);
    if !hints.iter().any(|hint| hint == "transparent" || hint == "C") {
        let message = "`#[derive(IoValue)]` requires `#[repr(transparent)]`: without it, the \
                       layout is unspecified";
        errors.error_at(&input.ident, message);
    }
    // Rejects `#[repr(C, align(4))] struct Status(u8);`.
    for hint in hints.iter().filter(|hint| *hint == "align" || *hint == "packed") {
        errors.error_at(hint, same_layout("a newtype", hint));
    }
    // Rejects `struct Status(#[io(at = 4)] u32);`.
    for field in &data.fields {
        no_options(&field.attrs, "the field of a newtype", errors);
    }
    // Rejects `struct Status(u16, u16);`.
    if data.fields.len() != 1 {
        let message = "a struct with `#[derive(IoValue)]` must have exactly one field, an integer";
        match &data.fields {
            Fields::Unit => errors.error_at(&input.ident, message),
            fields => errors.error_at(fields.to_token_stream(), message),
        }
    }
}

/// Checks the inner type of a newtype, as far as its name allows.
pub(super) fn inner(
    input: &DeriveInput,
    data: &DataStruct,
    bits: Option<&Ident>,
    errors: &mut Diagnostics,
) {
    let (Some(field), 1, None) = (data.fields.iter().next(), data.fields.len(), bits) else {
        return;
    };
    let message = match ungrouped(&field.ty) {
        // Rejects `bitflags! { #[derive(IoValue)] struct Status: u32 { .. } }`.
        Type::Path(path) if is_internal_flags(&path.path) && errors.is_empty() => {
            let message = "flags of `bitflags!` require the integer type of their bits: add \
                           `#[io(bits = u32)]`, for example";
            return errors.error_at(&input.ident, message);
        }
        Type::Path(path) => match path.path.segments.last().map(|last| last.ident.to_string()) {
            Some(name) => match name.as_str() {
                // Rejects `struct Enabled(bool);`.
                "bool" | "char" | "f32" | "f64" => format!(
                    "the field must be an integer, not `{name}`: add a method that converts it"
                ),
                // Rejects `struct Status(usize);`.
                "usize" | "isize" => target_width(&name),
                "u128" | "i128" => TOO_WIDE.to_owned(),
                // Rejects `struct Status(Le<u32>);`.
                "Le" | "Be" => format!(
                    "byte order belongs to the fields of this type: use the integer here, and \
                     declare the fields as `{name}<{}>`",
                    input.ident
                ),
                _ => return,
            },
            None => return,
        },
        // Rejects `struct Buffer(&'static u32);`.
        Type::Reference(_) | Type::Ptr(_) => {
            "the field must be an integer, not a reference or pointer".to_owned()
        }
        // Rejects `struct Bytes([u8; 4]);`.
        Type::Array(_) | Type::Slice(_) | Type::Tuple(_) => {
            "a value is read and written by one access: use an integer".to_owned()
        }
        // The expansion of a macro is checked when it is available.
        Type::Macro(_) => return,
        // Rejects `struct Status(u32 +);`.
        _ => "the field must be an integer".to_owned(),
    };
    errors.error_at(&field.ty, message);
}

const TOO_WIDE: &str =
    "registers are at most 64 bits wide: use the integer of the register's width, such as `u64`";

fn target_width(what: &str) -> String {
    format!(
        "the width of `{what}` depends on the target: use the integer of the register's width, \
         such as `u32`"
    )
}

fn same_layout(item: &str, hint: &Ident) -> String {
    format!("{item} with `#[derive(IoValue)]` must have the layout of its integer: remove `{hint}`")
}

/// Returns whether the path is `<Status as ::bitflags::__private::PublicFlags>::Internal`, which
/// `bitflags!` generates.
fn is_internal_flags(path: &syn::Path) -> bool {
    let mut names = path.segments.iter().rev().map(|segment| &segment.ident);
    let names = (names.next(), names.next());
    matches!(names, (Some(last), Some(owner)) if last == "Internal" && owner == "PublicFlags")
}

fn enumeration(input: &DeriveInput, data: &DataEnum, errors: &mut Diagnostics) {
    // Rejects `enum Mode {}`.
    if data.variants.is_empty() {
        let message = "an enum with `#[derive(IoValue)]` must have at least one variant";
        return errors.error_at(&input.ident, message);
    }
    repr(input, errors);
    for variant in &data.variants {
        no_options(&variant.attrs, "a variant", errors);
        // Rejects `enum Mode { On(u8) }`.
        if !matches!(variant.fields, Fields::Unit) {
            let message = format!(
                "a variant of an `IoValue` enum cannot have fields: for a register with \
                 several values, use a newtype: `#[repr(transparent)] struct {}(u32);`",
                input.ident
            );
            errors.error_at(variant.fields.to_token_stream(), message);
        }
    }
}

/// Rejects an enum whose `repr` is not a supported integer: `#[repr(C)] enum Mode { .. }`.
fn repr(input: &DeriveInput, errors: &mut Diagnostics) {
    let (mut has_width, mut is_refused) = (false, false);
    for hint in attributes::repr_hints(&input.attrs) {
        let message = match hint.to_string().as_str() {
            _ if width(&hint).is_some() => {
                has_width = true;
                continue;
            }
            name @ ("C" | "usize" | "isize") => target_width(name),
            "u128" | "i128" => TOO_WIDE.to_owned(),
            "align" | "packed" => same_layout("an enum", &hint),
            // Not allowed on an enum; rustc reports it.
            _ => continue,
        };
        is_refused = true;
        errors.error_at(&hint, message);
    }
    // Rejects `#[derive(IoValue)] enum Mode { .. }` without a `repr`.
    if !has_width && !is_refused {
        let message = "`#[derive(IoValue)]` requires the width of the register: add `#[repr(u8)]`, \
                       for example";
        errors.error_at(&input.ident, message);
    }
}

fn no_options(list: &[Attribute], place: &str, errors: &mut Diagnostics) {
    for attribute in list.iter().filter(|attribute| attributes::is(attribute.path(), "io")) {
        errors.error_at(attribute, format_args!("`#[io(…)]` is not allowed on {place}: remove it"));
    }
}
