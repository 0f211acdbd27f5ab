//! The fields of a struct with `#[io_struct]`: compares the input with the expansion.

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::{Field, ItemStruct};

use super::options;
use crate::leaves::{count, leaves};

/// A field of the user's struct and its options.
struct Placed<'a> {
    field: &'a Field,
    at: Option<Vec<String>>,
    overlays: bool,
}

impl<'a> Placed<'a> {
    fn new(field: &'a Field) -> Result<Self, String> {
        let options = options::of_field(field)?;
        let at = options.iter().find(|option| option.name == "at");
        let at = at.and_then(|at| at.value.clone()).map(leaves);
        let overlays = options.iter().any(|option| option.name == "overlay");
        Ok(Self { field, at, overlays })
    }
}

/// Every field is unchanged and in its order; an overlay precedes the field that it overlaps. The
/// only new fields are gaps before an offset and at the end.
pub(super) fn check(
    user: &ItemStruct,
    new: &ItemStruct,
    size: Option<TokenStream>,
) -> Result<(), String> {
    let placed: Vec<_> = user.fields.iter().map(Placed::new).collect::<Result<_, _>>()?;
    let (mut over, mut under): (Vec<_>, Vec<_>) =
        placed.into_iter().rev().partition(|placed| placed.overlays);
    let mut follower = None;
    if let [last, slice, ..] = &under[..]
        && is_slice(slice.field)
        && !is_slice(last.field)
    {
        follower = Some(under.remove(0));
    }
    let mut pending: Vec<Placed<'_>> = Vec::new();
    let (mut before, mut gap): (Option<Placed<'_>>, Option<&Field>) = (None, None);
    for field in &new.fields {
        let follower = follower.as_ref().map(|follower| follower.field);
        if let Some(user) = under.pop_if(|user| is_same(user.field, field, follower)) {
            check_gap(before.as_ref(), gap.take(), user.at.as_deref())?;
            if pending.drain(..).any(|over| !same_offset(&over.at, &user.at)) {
                return Err(format!(
                    "an overlay overlaps {}, which has another offset",
                    name(field)
                ));
            }
            before = Some(user);
        } else if let Some(at) = over.iter().rposition(|user| overlay(user.field, field)) {
            pending.push(over.remove(at));
        } else if gap.is_none_or(|gap| is_alternative(gap, field)) && is_gap(field) {
            gap = Some(field);
        } else {
            return Err(format!("the field {} is new or changed", field.to_token_stream()));
        }
    }
    if let Some(lost) = over.iter().chain(&under).chain(&pending).next() {
        return Err(format!("the field {} is missing", name(lost.field)));
    }
    check_gap(before.as_ref(), gap, size.map(leaves).as_deref())
}

/// Returns whether a field is the user's, or the user's with elements at a stride, or a slice that
/// is followed by the last field of the user's struct.
fn is_same(user: &Field, field: &Field, follower: Option<&Field>) -> bool {
    if said(user) == said(field) {
        return true;
    }
    let words = said(field);
    let has = |part: Vec<String>| count(&part, &words) > 0;
    if user.ident != field.ident {
        return false;
    }
    match (&user.ty, follower) {
        (syn::Type::Array(array), _) => {
            let strided = ["#", "[", "io", "strided", "]"].map(str::to_owned).to_vec();
            let [element, length] = [array.elem.to_token_stream(), array.len.to_token_stream()];
            has(strided) && has(leaves(element)) && has(leaves(length))
        }
        (syn::Type::Slice(_), Some(Field { ident, ty, .. })) => {
            has(leaves(user.ty.to_token_stream()))
                && has(leaves(quote::quote!(followed_by)))
                && has(leaves(quote::quote!(#ident: #ty)))
        }
        _ => false,
    }
}

fn is_slice(field: &Field) -> bool {
    matches!(field.ty, syn::Type::Slice(_))
}

/// Returns whether two offsets are the same text, or different texts of the same number.
fn same_offset(one: &Option<Vec<String>>, other: &Option<Vec<String>>) -> bool {
    let number = |words: &Option<Vec<String>>| number(words.as_ref()?);
    one == other || (number(one).is_some() && number(one) == number(other))
}

/// Returns the number that the words spell, if any.
fn number(words: &[String]) -> Option<u64> {
    syn::parse_str::<syn::LitInt>(&words.concat()).ok()?.base10_parse().ok()
}

/// The length of a gap is computed from the offset or size that follows it. No gap is needed where
/// the preceding field may end at that offset.
fn check_gap(
    before: Option<&Placed<'_>>,
    gap: Option<&Field>,
    end: Option<&[String]>,
) -> Result<(), String> {
    match (gap, end) {
        (None, None) => Ok(()),
        (None, Some(end)) if may_end(before, end) => Ok(()),
        (None, Some(end)) => Err(format!("there is no gap before {}", end.join(" "))),
        (Some(gap), Some(end)) if count(end, &leaves(gap.ty.to_token_stream())) > 0 => Ok(()),
        // Elements at a stride may end after the last field.
        (Some(gap), None) if leaves(gap.ty.to_token_stream()).contains(&"strided_end".into()) => {
            Ok(())
        }
        (Some(gap), _) => Err(format!(
            "the gap {} does not end at the offset of the next field",
            gap.to_token_stream()
        )),
    }
}

/// Returns whether a field may end at an offset, as far as the tokens show.
fn may_end(before: Option<&Placed<'_>>, end: &[String]) -> bool {
    match (number(end), before) {
        (Some(end), None) => end == 0,
        (Some(end), Some(Placed { field, at: Some(at), .. })) => {
            let size = number(at).and_then(|at| end.checked_sub(at));
            let is_array = leaves(field.ty.to_token_stream()).iter().any(|word| word == "[");
            size.is_some_and(|size| is_array || [1, 2, 4, 8, 16].contains(&size))
        }
        // Other fields precede it.
        (Some(_), Some(_)) => true,
        (None, _) => false,
    }
}

/// Returns whether two gaps are the same one, with and without the field that follows.
fn is_alternative(one: &Field, other: &Field) -> bool {
    let is_conditional = |field: &Field| {
        field
            .attrs
            .iter()
            .any(|attr| ["cfg", "r#cfg"].iter().any(|name| attr.path().is_ident(name)))
    };
    one.ident == other.ident && is_conditional(one) && is_conditional(other)
}

fn is_gap(field: &Field) -> bool {
    let is_reserved = |field: &Field| {
        let words = leaves(field.ty.to_token_stream());
        words.iter().take_while(|word| *word != "<").last().is_some_and(|name| name == "Reserved")
    };
    let gap = ["#", "[", "io", "gap", "]"].map(str::to_owned);
    count(&gap, &leaves(field.to_token_stream())) > 0
        && matches!(field.vis, syn::Visibility::Inherited)
        && is_reserved(field)
}

fn said(field: &Field) -> Vec<String> {
    leaves(field.to_token_stream())
}

fn name(field: &Field) -> String {
    field.ident.to_token_stream().to_string()
}

/// Returns whether a field is the user's field with its type wrapped in `Overlay`.
fn overlay(user: &Field, field: &Field) -> bool {
    let ty = leaves(user.ty.to_token_stream());
    let before = |field: &Field| {
        let mut field = field.clone();
        field.ty = syn::Type::Verbatim(TokenStream::new());
        said(&field)
    };
    let wrapped = [&["Overlay".to_owned(), "<".to_owned()], &ty[..], &[">".to_owned()]].concat();
    before(user) == before(field) && leaves(field.ty.to_token_stream()).ends_with(&wrapped)
}
