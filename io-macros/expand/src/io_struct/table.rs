//! The register table in a block's documentation.
//!
//! A macro sees names, not types. Offsets are therefore computed from the offsets of the data sheet
//! (`at`) and from types whose name implies their size. After a type of unknown size, offsets are
//! shown relative to the end of that field.

use core::fmt::{self, Write as _};

use syn::{Expr, ExprLit, GenericArgument, Lit, PathArguments, Type};

use super::model::{Block, Field, unwrapped};

/// Returns the table in Markdown. It may be wrong where the layout checks report an error.
pub(super) fn of(block: &Block) -> String {
    let mut text = String::from("\n\n| Offset | Field | Type | Width | Access | |\n");
    text.push_str("|---|---|---|---|---|---|\n");
    let mut at = Offset { behind: None, bytes: Some(0) };
    for field in &block.fields {
        if let Some(known) = field.at.as_ref().and_then(number) {
            at = Offset { behind: None, bytes: Some(known) };
        }
        if !is_reserved(&field.ty) {
            row(&mut text, field, &at);
        }
        if field.overlay.is_none() && !block.is_union {
            at.advance(field);
        }
    }
    text
}

/// The offset of a field, as far as names imply it.
struct Offset<'a> {
    /// The field from whose end the bytes are counted, or `None` for the start of the block.
    behind: Option<&'a Field>,
    bytes: Option<u64>,
}

impl<'a> Offset<'a> {
    fn advance(&mut self, field: &'a Field) {
        let end = self.bytes.zip(size(&field.ty)).and_then(|(at, size)| at.checked_add(size));
        match end {
            Some(end) => self.bytes = Some(end),
            None => *self = Offset { behind: Some(field), bytes: Some(0) },
        }
    }
}

impl fmt::Display for Offset<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bytes = self.bytes.unwrap_or_default();
        match self.behind {
            None => write!(f, "{bytes:#04x}"),
            Some(field) if bytes == 0 => write!(f, "behind `{}`", field.name),
            Some(field) => write!(f, "behind `{}` + {bytes:#04x}", field.name),
        }
    }
}

fn row(text: &mut String, field: &Field, at: &Offset<'_>) {
    let ty = source(&field.text);
    let width = width(&field.ty).map(|bytes| (8 * bytes).to_string()).unwrap_or_default();
    let access = access(&field.ty);
    let doc = field.doc.lines().next().unwrap_or_default().replace('|', "\\|");
    let _ = writeln!(text, "| {at} | `{}` | `{ty}` | {width} | {access} | {doc} |", field.name);
}

/// Formats the type as in source code.
fn source(tokens: &str) -> String {
    let mut text = tokens.to_owned();
    for (spaced, tight) in [
        (" < ", "<"),
        (" <", "<"),
        ("< ", "<"),
        (" >", ">"),
        (" :: ", "::"),
        (":: ", "::"),
        (" ;", ";"),
        (" ,", ","),
    ] {
        text = text.replace(spaced, tight);
    }
    text.replace('|', "\\|")
}

/// Returns the last segment of a path type and its generic type arguments.
fn named(ty: &Type) -> Option<(String, Vec<&Type>)> {
    let Type::Path(path) = unwrapped(ty) else { return None };
    let last = path.path.segments.last()?;
    let arguments = match &last.arguments {
        PathArguments::AngleBracketed(list) => list.args.iter().filter_map(of_type).collect(),
        _ => Vec::new(),
    };
    Some((last.ident.to_string(), arguments))
}

fn of_type(argument: &GenericArgument) -> Option<&Type> {
    match argument {
        GenericArgument::Type(ty) => Some(ty),
        _ => None,
    }
}

/// Returns the size in bytes of a single value, or of each element of an array, if the type's name
/// implies it.
pub(super) fn width(ty: &Type) -> Option<u64> {
    if let Type::Array(array) = unwrapped(ty) {
        return width(&array.elem);
    }
    let (name, arguments) = named(ty)?;
    Some(match name.as_str() {
        "u8" | "i8" => 1,
        "u16" | "i16" => 2,
        "u32" | "i32" => 4,
        "u64" | "i64" | "DmaAddr" => 8,
        // The second type argument is that of the register.
        "Low" => return width(arguments.get(1)?),
        "Le" | "Be" | "LoHi" | "HiLo" | "Overlay" | "Aliased" => return width(arguments.first()?),
        _ if access_kind(&name).is_some() => return width(arguments.first()?),
        _ => return None,
    })
}

/// Returns the size of a type in bytes, if its name implies it.
pub(super) fn size(ty: &Type) -> Option<u64> {
    match unwrapped(ty) {
        Type::Array(array) => size(&array.elem)?.checked_mul(number(&array.len)?),
        ty => width(ty),
    }
}

/// Returns the text of the access column.
fn access(ty: &Type) -> &'static str {
    let element = match unwrapped(ty) {
        Type::Array(array) => return access(&array.elem),
        Type::Slice(slice) => return access(&slice.elem),
        ty => ty,
    };
    let Some((name, arguments)) = named(element) else { return "" };
    match (access_kind(&name), name.as_str()) {
        (Some(kind), _) => kind,
        (None, "Overlay") => arguments.first().map_or("", |ty| access(ty)),
        _ if width(element).is_some() => "read-write",
        _ => "",
    }
}

fn access_kind(name: &str) -> Option<&'static str> {
    Some(match name {
        "Ro" => "read-only",
        "RoSideEffect" => "read-only, reads have an effect",
        "Rw" => "read-write",
        "RwSideEffect" => "read-write, reads have an effect",
        "Wo" => "write-only",
        "W1c" => "write one to clear",
        "W1s" => "write one to set",
        "WoW1c" => "write-only, one clears",
        "WoW1s" => "write-only, one sets",
        "ReadToClear" => "read to clear",
        "SelfClearing" => "read-write, self-clearing",
        "OwnBit" => "hands the block over",
        _ => return None,
    })
}

fn is_reserved(ty: &Type) -> bool {
    named(ty).is_some_and(|(name, _)| name == "Reserved")
}

/// Returns the value of an integer literal.
pub(super) fn number(expr: &Expr) -> Option<u64> {
    match expr {
        Expr::Lit(ExprLit { lit: Lit::Int(literal), .. }) => literal.base10_parse().ok(),
        Expr::Group(group) => number(&group.expr),
        _ => None,
    }
}
