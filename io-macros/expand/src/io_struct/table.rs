//! The register table in a block's documentation.
//!
//! A macro sees names, not types. Offsets are therefore computed from the offsets of the data sheet
//! (`at`) and from types whose name implies their size. After a type of unknown size, offsets are
//! relative to the end of that field.
//!
//! The width of a bit-field type or enum (`Ro<Le<Status>>`) is known only where the next offset
//! implies it: a derived struct has no padding, so `at` of the next field is the end of this one.
//! Elsewhere, the column links to the type, whose implementation of `IoValue` states the width. The
//! access kind is always known, except for a type without byte order and access kind, which may be
//! a nested block.

use core::fmt::{self, Write as _};

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::{Expr, ExprLit, GenericArgument, Lit, PathArguments, Type, Visibility};

use super::model::{Block, Field, unwrapped};

/// The first line of the table. The derive adds no table to a struct whose documentation contains
/// this line.
pub(super) const HEADING: &str = "| Offset | Field | Type | Width (bits) | Access | Description |";

/// Returns the attributes that add the table to the documentation of an item.
pub(super) fn attributes(block: &Block, has_gaps: bool) -> TokenStream {
    let table = of(block, has_gaps);
    // The type of a public field may be in a private module.
    quote! {
        #[doc = #table]
        #[allow(rustdoc::private_intra_doc_links)]
    }
}

/// Returns the table in Markdown. It may be wrong where the layout checks report an error.
///
/// `has_gaps` is `true` if bytes that are not part of `block` are added between its fields.
fn of(block: &Block, has_gaps: bool) -> String {
    let mut text = format!("\n\nFields, with their offsets in bytes:\n\n{HEADING}\n");
    text.push_str("|---|---|---|---|---|---|\n");
    let mut at = Offset { base: Base::Block, bytes: 0 };
    for (i, field) in block.fields.iter().chain(block.after()).enumerate() {
        if let Some(expr) = &field.at {
            at = Offset::of(expr);
        }
        if !is_hidden(&field.ty) && field.opaque.is_none() {
            let end = if has_gaps || block.is_union { None } else { end(block, i) };
            row(&mut text, block, field, &at, end);
        }
        if field.overlay.is_none() && !block.is_union {
            at.advance(field);
        }
    }
    text
}

/// Returns the offset of the end of field `i`, if an offset after it implies it.
fn end(block: &Block, i: usize) -> Option<u64> {
    match block.fields.get(i + 1) {
        Some(next) => next.at.as_ref(),
        None => block.size.as_ref(),
    }
    .and_then(number)
}

/// The position that an offset is counted from.
enum Base<'a> {
    /// The start of the block.
    Block,
    /// An offset of the data sheet that is not a literal.
    Expr(&'a Expr),
    /// The end of a field of unknown size.
    After(&'a Field),
}

/// The offset of a field, as far as names imply it.
struct Offset<'a> {
    base: Base<'a>,
    bytes: u64,
}

impl<'a> Offset<'a> {
    fn of(expr: &'a Expr) -> Self {
        match number(expr) {
            Some(bytes) => Offset { base: Base::Block, bytes },
            None => Offset { base: Base::Expr(expr), bytes: 0 },
        }
    }

    fn advance(&mut self, field: &'a Field) {
        match extent(field).and_then(|size| self.bytes.checked_add(size)) {
            Some(end) => self.bytes = end,
            None => *self = Offset { base: Base::After(field), bytes: 0 },
        }
    }

    /// Returns the offset from the start of the block.
    fn known(&self) -> Option<u64> {
        matches!(self.base, Base::Block).then_some(self.bytes)
    }
}

impl fmt::Display for Offset<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.base {
            Base::Block => return write!(f, "{:#04x}", self.bytes),
            Base::Expr(expr) => write!(f, "`{}`", source(&expr.to_token_stream().to_string()))?,
            Base::After(field) => write!(f, "after `{}`", field.name)?,
        }
        if self.bytes == 0 { Ok(()) } else { write!(f, " + {:#04x}", self.bytes) }
    }
}

/// Returns the number of bytes that a field occupies, as far as its tokens imply it.
fn extent(field: &Field) -> Option<u64> {
    if field.is_conditional {
        return None;
    }
    let ty = unwrapped(&field.ty);
    match (ty, &field.stride) {
        (Type::Array(array), Some(stride)) => number(stride)?.checked_mul(number(&array.len)?),
        _ => reserved(ty).or_else(|| size(ty)),
    }
}

/// Returns `N` of a `Reserved<N>`.
fn reserved(ty: &Type) -> Option<u64> {
    let Type::Path(path) = ty else { return None };
    let last = path.path.segments.last().filter(|last| last.ident == "Reserved")?;
    match &last.arguments {
        PathArguments::AngleBracketed(list) => match list.args.first()? {
            GenericArgument::Const(count) => number(count),
            _ => None,
        },
        _ => None,
    }
}

fn row(text: &mut String, block: &Block, field: &Field, at: &Offset<'_>, end: Option<u64>) {
    let ty = source(&field.text);
    let size = end.zip(at.known()).and_then(|(end, start)| end.checked_sub(start));
    let doc = field.doc.lines().next().unwrap_or_default().replace('|', "\\|");
    let _ = writeln!(
        text,
        "| {at} | `{}` | `{ty}` | {} | {} | {doc} |",
        field.name,
        width_text(block, field, size),
        access_text(block, field),
    );
}

/// Formats tokens as in source code.
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

/// Returns the text of the width column. `size` is the size of the field in bytes, if offsets imply
/// it.
fn width_text(block: &Block, field: &Field, size: Option<u64>) -> String {
    let ty = element(&field.ty);
    if has_halves(ty) {
        return "64 (2 × 32)".to_owned();
    }
    match width(ty).or_else(|| implied_width(&field.ty, size?)) {
        Some(bytes) => (8 * bytes).to_string(),
        None => reference(block, field),
    }
}

/// Returns the width in bytes of the values in a field of `size` bytes, or `None` if they may be
/// nested blocks.
fn implied_width(ty: &Type, size: u64) -> Option<u64> {
    let (ty, size) = match unwrapped(ty) {
        Type::Array(array) => (&*array.elem, size.checked_div(number(&array.len)?)?),
        ty => (ty, size),
    };
    let (name, _) = named(ty)?;
    (is_value(&name) && [1, 2, 4, 8].contains(&size)).then_some(size)
}

/// Returns the text of the access column.
fn access_text(block: &Block, field: &Field) -> String {
    let ty = element(&field.ty);
    let name = named(ty).map(|(name, _)| name).unwrap_or_default();
    match access_kind(&name) {
        Some(kind) => kind.to_owned(),
        None if is_value(&name) || width(ty).is_some() => "read-write".to_owned(),
        None => reference(block, field),
    }
}

/// Returns a reference to the type that determines width or access kind, as a link if the field is
/// public. The type of any other field may be private, and would have no page.
fn reference(block: &Block, field: &Field) -> String {
    let ty = innermost(&field.ty);
    let is_public = matches!(field.vis, Visibility::Public(_));
    let text = source(&ty.to_token_stream().to_string());
    match link(block, ty) {
        Some(path) if is_public && !field.is_conditional => format!("see [`{text}`](type@{path})"),
        _ => format!("see `{text}`"),
    }
}

/// Returns the path of a type without its arguments.
fn link(block: &Block, ty: &Type) -> Option<String> {
    let Type::Path(path) = unwrapped(ty) else { return None };
    let names: Vec<String> = path.path.segments.iter().map(|part| part.ident.to_string()).collect();
    let is_odd = path.qself.is_some()
        || path.path.leading_colon.is_some()
        || block.depends_on_parameters(&path.path.segments[0].ident)
        || names.iter().any(|name| name.starts_with('$') || name.starts_with("r#"));
    (!is_odd).then(|| names.join("::"))
}

/// Returns the type of the elements of an array or slice, or the type itself; of an overlay, that
/// of its view.
fn element(ty: &Type) -> &Type {
    match unwrapped(ty) {
        Type::Array(array) => element(&array.elem),
        Type::Slice(slice) => element(&slice.elem),
        ty => match named(ty) {
            Some((name, arguments)) if name == "Overlay" && !arguments.is_empty() => {
                element(arguments[0])
            }
            _ => ty,
        },
    }
}

/// Returns the type inside arrays, byte orders and access kinds.
fn innermost(ty: &Type) -> &Type {
    let ty = element(ty);
    match named(ty) {
        Some((name, arguments)) if is_value(&name) => {
            let which = usize::from(name == "Narrow");
            arguments.get(which).map_or(ty, |inner| innermost(inner))
        }
        _ => ty,
    }
}

/// Returns whether a value is accessed as two halves of 32 bits.
fn has_halves(ty: &Type) -> bool {
    let Some((name, arguments)) = named(ty) else { return false };
    match name.as_str() {
        "LoHi" | "HiLo" | "Counter" => true,
        _ if access_kind(&name).is_some() => arguments.first().is_some_and(|ty| has_halves(ty)),
        _ => false,
    }
}

/// Returns whether the name is that of a type that holds a value, and never a nested block.
fn is_value(name: &str) -> bool {
    ["Le", "Be", "LoHi", "HiLo", "Narrow", "Aliased"].contains(&name) || access_kind(name).is_some()
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
        "Narrow" => return width(arguments.get(1)?),
        // Both have the same width.
        "Aliased" => return arguments.iter().find_map(|ty| width(ty)),
        "Le" | "Be" | "LoHi" | "HiLo" | "Overlay" => return width(arguments.first()?),
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

/// Returns the text for an access kind.
fn access_kind(name: &str) -> Option<&'static str> {
    Some(match name {
        "Ro" => "read-only",
        "RoSideEffect" => "read-only, reading has an effect",
        "Rw" => "read-write",
        "RwSideEffect" => "read-write, reading has an effect",
        "Wo" => "write-only",
        "W1c" => "write-one-to-clear",
        "W0c" => "write-zero-to-clear",
        "W1s" => "write-one-to-set",
        "WoW1c" => "write-only, write-one-to-clear",
        "WoW1s" => "write-only, write-one-to-set",
        "ReadToClear" => "read-to-clear",
        "SelfClearing" => "self-clearing",
        "OwnBit" => "ownership field",
        "Counter" => "read-only",
        _ => return None,
    })
}

/// Returns whether the table omits fields of this type: reserved bytes, and fields without bytes.
fn is_hidden(ty: &Type) -> bool {
    named(element(ty)).is_some_and(|(name, _)| name == "Reserved" || name == "PhantomData")
}

/// Returns the value of an integer literal.
pub(super) fn number(expr: &Expr) -> Option<u64> {
    match expr {
        Expr::Lit(ExprLit { lit: Lit::Int(literal), .. }) => literal.base10_parse().ok(),
        Expr::Group(group) => number(&group.expr),
        _ => None,
    }
}
