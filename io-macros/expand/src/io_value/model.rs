//! The model of the item: its content without its syntax.

use syn::{Data, DeriveInput, Expr, Generics, Ident, Member, Path, Type, ext::IdentExt};

use super::check;
use crate::{
    attributes::{self, ValueOptions},
    diagnostics::Diagnostics,
};

/// An item that derives `IoValue`.
pub(super) struct Item {
    pub(super) name: Ident,
    pub(super) krate: Path,
    /// Used only for the stand-in of a refused item: other items have no generics.
    pub(super) generics: Generics,
    /// The kind of value, or `None` if the item cannot be a value.
    pub(super) kind: Option<Kind>,
}

/// The kinds of values.
pub(super) enum Kind {
    /// `struct Status(u32);`
    Newtype(Box<Newtype>),
    /// `enum Mode { Off, On }`
    Enum(Enum),
}

/// A struct of one field.
pub(super) struct Newtype {
    pub(super) member: Member,
    pub(super) inner: Type,
    /// `#[io(bits = u32)]`: the type that `bits()` returns.
    pub(super) bits: Option<Ident>,
    /// `#[io(w1c = Self::DONE)]`: the kinds of bits that are not plain, and their masks.
    pub(super) masks: Vec<(Ident, Expr)>,
}

/// An enum without fields.
pub(super) struct Enum {
    /// The name as written, without `r#`.
    pub(super) text: String,
    /// The unsigned integer that is transferred over the bus.
    pub(super) repr: Ident,
    pub(super) variants: Vec<Ident>,
}

impl Item {
    pub(super) fn new(input: &DeriveInput, errors: &mut Diagnostics) -> Self {
        let allowed = match &input.data {
            Data::Enum(_) => &ValueOptions::OF_ENUM,
            _ => &ValueOptions::OF_NEWTYPE,
        };
        let options: ValueOptions = attributes::io_options(&input.attrs, allowed, errors);
        if let Data::Struct(data) = &input.data {
            check::inner(input, data, options.bits.as_ref(), errors);
        }
        let kind = match &input.data {
            Data::Struct(data) => {
                newtype(data, options.bits, options.masks).map(|it| Kind::Newtype(Box::new(it)))
            }
            Data::Enum(data) => enumeration(input, data).map(Kind::Enum),
            Data::Union(_) => None,
        };
        Item {
            name: input.ident.clone(),
            krate: attributes::crate_path(options.krate),
            generics: input.generics.clone(),
            kind,
        }
    }
}

fn newtype(
    data: &syn::DataStruct,
    bits: Option<Ident>,
    masks: Vec<(Ident, Expr)>,
) -> Option<Newtype> {
    let mut fields = data.fields.iter().zip(data.fields.members());
    match (fields.next(), fields.next()) {
        (Some((field, member)), None) => {
            Some(Newtype { member, inner: ungrouped(&field.ty).clone(), bits, masks })
        }
        _ => None,
    }
}

fn enumeration(input: &DeriveInput, data: &syn::DataEnum) -> Option<Enum> {
    let hints = attributes::repr_hints(&input.attrs);
    let repr = hints.iter().find_map(width)?;
    let variants = data.variants.iter().map(|variant| variant.ident.clone()).collect();
    Some(Enum { text: input.ident.unraw().to_string(), repr, variants })
}

/// Returns the type inside parentheses or the invisible group of a `macro_rules!` fragment.
pub(super) fn ungrouped(ty: &Type) -> &Type {
    match ty {
        Type::Group(group) => ungrouped(&group.elem),
        Type::Paren(paren) => ungrouped(&paren.elem),
        _ => ty,
    }
}

/// Returns the unsigned integer of the same width, if a bus access of that width exists.
pub(super) fn width(integer: &Ident) -> Option<Ident> {
    let unsigned = match integer.to_string().as_str() {
        "u8" | "i8" => "u8",
        "u16" | "i16" => "u16",
        "u32" | "i32" => "u32",
        "u64" | "i64" => "u64",
        _ => return None,
    };
    Some(Ident::new(unsigned, integer.span()))
}
