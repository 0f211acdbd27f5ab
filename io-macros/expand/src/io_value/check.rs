//! Rules that tokens alone can break. The compiler checks the rest.

use quote::ToTokens;
use syn::{Attribute, Data, DataEnum, DataStruct, DeriveInput, Fields, Ident, Type};

use super::model::{ungrouped, width};
use crate::{attributes, diagnostics::Diagnostics};

/// All rules.
pub(super) fn item(input: &DeriveInput, errors: &mut Diagnostics) {
    match &input.data {
        Data::Struct(data) => newtype(input, data, errors),
        Data::Enum(data) => enumeration(input, data, errors),
        // #[derive(IoValue)] union Status { .. }
        Data::Union(data) => {
            let message = "`#[derive(IoValue)]` is for newtypes and enums";
            errors.error(data.union_token.span, message);
        }
    }
    // struct Status<T>(T);
    if !input.generics.params.is_empty() {
        errors.error_at(&input.generics, "`#[derive(IoValue)]` is for types without parameters");
    }
}

fn newtype(input: &DeriveInput, data: &DataStruct, errors: &mut Diagnostics) {
    // struct Status(u32);
    let hints = attributes::repr_hints(&input.attrs);
    if !hints.iter().any(|hint| hint == "transparent" || hint == "C") {
        let message = "`#[derive(IoValue)]` needs `#[repr(transparent)]`: without it the type \
                       need not have the layout of its integer";
        errors.error_at(&input.ident, message);
    }
    // #[repr(C, align(4))] struct Status(u8);
    for hint in hints.iter().filter(|hint| *hint == "align" || *hint == "packed") {
        errors.error_at(hint, "a newtype that is a field type has the layout of its integer");
    }
    // struct Status(#[io(at = 4)] u32);
    for field in &data.fields {
        no_options(&field.attrs, "the field of a value", errors);
    }
    // struct Status(u16, u16);
    if data.fields.len() != 1 {
        let message = "`#[derive(IoValue)]` is for structs of exactly one field, an integer";
        match &data.fields {
            Fields::Unit => errors.error_at(&input.ident, message),
            fields => errors.error_at(fields.to_token_stream(), message),
        }
    }
}

/// What is inside a newtype, as far as its name tells.
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
        // bitflags! { #[derive(IoValue)] struct Status: u32 { .. } }
        Type::Path(path) if is_internal_flags(&path.path) && errors.is_empty() => {
            let message = "flags that `bitflags!` makes the struct of say how wide they are: \
                           `#[io(bits = u32)]`";
            return errors.error_at(&input.ident, message);
        }
        Type::Path(path) => match path.path.segments.last().map(|last| last.ident.to_string()) {
            Some(name) => match name.as_str() {
                // struct Enabled(bool);
                "bool" | "char" | "f32" | "f64" => {
                    "a device answers any bits, and not all of them are a value of this type: \
                     put an integer here, and give it a method"
                }
                // struct Status(usize);
                "usize" | "isize" => {
                    "this is as wide as a pointer: put the register's width here, such as `u32`"
                }
                "u128" | "i128" => {
                    "no access is so wide: put the register's width here, such as `u64`"
                }
                // struct Status(Le<u32>);
                "Le" | "Be" => {
                    "byte order is written where the field is: put `u32` here, and declare the \
                     field as `Le<Status>`"
                }
                _ => return,
            },
            None => return,
        },
        // struct Buffer(&'static u32);
        Type::Reference(_) | Type::Ptr(_) => "device memory holds no pointers of this program",
        // struct Bytes([u8; 4]);
        Type::Array(_) | Type::Slice(_) | Type::Tuple(_) => {
            "one access reads or writes a value: put an integer here"
        }
        // What a macro gives is seen when it is there.
        Type::Macro(_) => return,
        // struct Status(u32 +);
        _ => "the field of a value is an integer",
    };
    errors.error_at(&field.ty, message);
}

/// `<Status as ::bitflags::__private::PublicFlags>::Internal`
fn is_internal_flags(path: &syn::Path) -> bool {
    let mut names = path.segments.iter().rev().map(|segment| &segment.ident);
    let names = (names.next(), names.next());
    matches!(names, (Some(last), Some(owner)) if last == "Internal" && owner == "PublicFlags")
}

fn enumeration(input: &DeriveInput, data: &DataEnum, errors: &mut Diagnostics) {
    // enum Mode {}
    if data.variants.is_empty() {
        let message = "an enum without variants has no values: no read could give one";
        return errors.error_at(&input.ident, message);
    }
    repr(input, errors);
    for variant in &data.variants {
        no_options(&variant.attrs, "a variant", errors);
        // enum Mode { On(u8) }
        if !matches!(variant.fields, Fields::Unit) {
            let message = "a variant stands for one number, so it has no fields; bits that stand \
                           beside others are a newtype's: `#[repr(transparent)] struct Mode(u32);`";
            errors.error_at(variant.fields.to_token_stream(), message);
        }
    }
}

/// `#[repr(C)] enum Mode { .. }`
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
            // Not of an enum, which rustc says.
            _ => continue,
        };
        is_refused = true;
        errors.error_at(&hint, message);
    }
    // #[derive(IoValue)] enum Mode { .. }
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
