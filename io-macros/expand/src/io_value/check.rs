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
            let message = "`#[derive(IoValue)]` is for newtypes and enums";
            errors.error(data.union_token.span, message);
        }
    }
    // Rejects `struct Status<T>(T);`.
    if !input.generics.params.is_empty() {
        errors.error_at(&input.generics, "`#[derive(IoValue)]` is for types without parameters");
    }
}

fn newtype(input: &DeriveInput, data: &DataStruct, errors: &mut Diagnostics) {
    // Rejects `struct Status(u32);` without `repr(transparent)` or `repr(C)`.
    let hints = attributes::repr_hints(&input.attrs);
    if !hints.iter().any(|hint| hint == "transparent" || hint == "C") {
        let message = "`#[derive(IoValue)]` needs `#[repr(transparent)]`: without it the type \
                       need not have the layout of its integer";
        errors.error_at(&input.ident, message);
    }
    // Rejects `#[repr(C, align(4))] struct Status(u8);`.
    for hint in hints.iter().filter(|hint| *hint == "align" || *hint == "packed") {
        errors.error_at(hint, "a newtype that is a field type has the layout of its integer");
    }
    // Rejects `struct Status(#[io(at = 4)] u32);`.
    for field in &data.fields {
        no_options(&field.attrs, "the field of a value", errors);
    }
    // Rejects `struct Status(u16, u16);`.
    if data.fields.len() != 1 {
        let message = "`#[derive(IoValue)]` is for structs of exactly one field, an integer";
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
            let message = "flags that `bitflags!` makes the struct of say how wide they are: \
                           `#[io(bits = u32)]`";
            return errors.error_at(&input.ident, message);
        }
        Type::Path(path) => match path.path.segments.last().map(|last| last.ident.to_string()) {
            Some(name) => match name.as_str() {
                // Rejects `struct Enabled(bool);`.
                "bool" | "char" | "f32" | "f64" => {
                    "a device answers any bits, and not all of them are a value of this type: \
                     put an integer here, and give it a method"
                }
                // Rejects `struct Status(usize);`.
                "usize" | "isize" => {
                    "this is as wide as a pointer: put the register's width here, such as `u32`"
                }
                "u128" | "i128" => {
                    "no access is so wide: put the register's width here, such as `u64`"
                }
                // Rejects `struct Status(Le<u32>);`.
                "Le" | "Be" => {
                    "byte order is written where the field is: put `u32` here, and declare the \
                     field as `Le<Status>`"
                }
                _ => return,
            },
            None => return,
        },
        // Rejects `struct Buffer(&'static u32);`.
        Type::Reference(_) | Type::Ptr(_) => "device memory holds no pointers of this program",
        // Rejects `struct Bytes([u8; 4]);`.
        Type::Array(_) | Type::Slice(_) | Type::Tuple(_) => {
            "one access reads or writes a value: put an integer here"
        }
        // The expansion of a macro is checked when it is available.
        Type::Macro(_) => return,
        // Rejects `struct Status(u32 +);`.
        _ => "the field of a value is an integer",
    };
    errors.error_at(&field.ty, message);
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
        let message = "an enum without variants has no values: no read could give one";
        return errors.error_at(&input.ident, message);
    }
    repr(input, errors);
    for variant in &data.variants {
        no_options(&variant.attrs, "a variant", errors);
        // Rejects `enum Mode { On(u8) }`.
        if !matches!(variant.fields, Fields::Unit) {
            let message = "a variant stands for one number, so it has no fields; bits that stand \
                           beside others are a newtype's: `#[repr(transparent)] struct Mode(u32);`";
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
            "C" => {
                "`C` leaves the width to the compiler: write that of the register, such as `u32`"
            }
            "usize" | "isize" => {
                "this is as wide as a pointer: write the width of the register, such as `u32`"
            }
            "u128" | "i128" => {
                "no access is so wide: write the width of the register, such as `u64`"
            }
            "align" | "packed" => "an enum that is a field type has the layout of its integer",
            // Not allowed on an enum; rustc reports it.
            _ => continue,
        };
        is_refused = true;
        errors.error_at(&hint, message);
    }
    // Rejects `#[derive(IoValue)] enum Mode { .. }` without a `repr`.
    if !has_width && !is_refused {
        let message = "`#[derive(IoValue)]` needs the width of the register: `#[repr(u8)]`, or \
                       `u16`, `u32`, `u64`";
        errors.error_at(&input.ident, message);
    }
}

fn no_options(list: &[Attribute], place: &str, errors: &mut Diagnostics) {
    for attribute in list.iter().filter(|attribute| attributes::is(attribute.path(), "io")) {
        errors.error_at(attribute, format_args!("{place} takes no `#[io(…)]` options"));
    }
}
