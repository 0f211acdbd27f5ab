//! `#[derive(IoStruct)]`, `#[derive(IoValue)]` and `#[io_struct(…)]`.

pub(crate) mod attribute;
mod fields;
mod options;

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::File;

use crate::{
    Expand, Verdict,
    leaves::{count, leaves},
    refusal,
};
use options::{Item, Place};

/// An option: the place where it is allowed, its name, and whether it has a value.
type Known = (Place, &'static str, bool);

/// The options of `IoStruct`.
pub(crate) const OF_STRUCT: &[Known] = &[
    (Place::Item, "size", true),
    (Place::Item, "crate", true),
    // Passed from `#[io_struct]` to the derive.
    (Place::Item, "remote", true),
    (Place::Field, "at", true),
    (Place::Field, "stride", true),
    (Place::Field, "overlay", false),
    (Place::Field, "own_bit", false),
    (Place::Field, "followed_by", true),
    (Place::Field, "opaque", false),
    // Passed from `#[io_struct]` to the derive.
    (Place::Field, "strided", false),
    (Place::Field, "gap", false),
];
/// The options of `#[io_struct]` and of the fields of its struct.
const OF_ATTRIBUTE: &[Known] = &[
    (Place::Item, "size", true),
    (Place::Item, "remote", true),
    (Place::Item, "crate", true),
    (Place::Field, "at", true),
    (Place::Field, "stride", true),
    (Place::Field, "overlay", false),
    (Place::Field, "own_bit", false),
    (Place::Field, "followed_by", true),
    (Place::Field, "opaque", false),
    (Place::Field, "strided", false),
    (Place::Field, "gap", false),
];
/// The options of `IoValue`.
pub(crate) const OF_VALUE: &[Known] = &[
    (Place::Item, "bits", true),
    (Place::Item, "crate", true),
    (Place::Item, "ro", true),
    (Place::Item, "w1c", true),
    (Place::Item, "w1s", true),
    (Place::Item, "toggle", true),
    (Place::Item, "w0c", true),
    (Place::Item, "w0s", true),
    (Place::Item, "w0t", true),
    (Place::Item, "self_clearing", true),
    (Place::Item, "write_clears", true),
    (Place::Item, "write_sets", true),
    (Place::Item, "write_once", true),
    (Place::Item, "read_clears", true),
    (Place::Item, "read_sets", true),
    (Place::Item, "read_modifies", true),
    (Place::Item, "read_effect", true),
];

/// Checks the expansion of a derive with these options.
pub(crate) fn check(
    input: &TokenStream,
    expand: Expand,
    known: &[Known],
) -> Result<Verdict, String> {
    let expansion = expand(input.clone());
    let file: File = syn::parse2(expansion.clone())
        .map_err(|error| format!("the expansion is not valid Rust: {error}"))?;
    let (errors, others) = refusal::among(&file.items)?;
    if let Some(other) = others.first() {
        return Err(format!("an item is outside of `const _`: {}", other.to_token_stream()));
    }
    if errors > 0 {
        return Ok(Verdict::Refused);
    }
    let item =
        options::of_item(input.clone()).map_err(|problem| format!("accepted, but {problem}"))?;
    check_options(&item, known, &expansion)?;
    let words = leaves(expansion);
    for variant in variants(input) {
        if count(&[item.name.clone(), ":".into(), ":".into(), variant.clone()], &words) == 0 {
            return Err(format!("accepted, but the variant {variant} is missing"));
        }
    }
    match count(&["for".to_owned(), item.name.clone()], &words) {
        0 => Err(format!("accepted, but no trait is implemented for {}", item.name)),
        _ => Ok(Verdict::Accepted),
    }
}

/// Returns the names of the variants of an enum.
fn variants(input: &TokenStream) -> Vec<String> {
    let variants = syn::parse2::<syn::ItemEnum>(input.clone()).map(|item| item.variants);
    variants.into_iter().flatten().map(|variant| variant.ident.to_string()).collect()
}

/// Checks that every option is known, in its place and given once, and that the value of an option,
/// if it has one, is in the expansion.
fn check_options(item: &Item, known: &[Known], expansion: &TokenStream) -> Result<(), String> {
    let words = leaves(expansion.clone());
    for (i, option) in item.options.iter().enumerate() {
        let name = &option.name;
        let place = option.place;
        let Some((.., valued)) = known.iter().find(|(at, known, _)| *at == place && known == name)
        else {
            return Err(format!("accepted, but `{name}` ({place:?}) is not an option"));
        };
        let same = |other: &options::Written| other.owner == option.owner && other.name == *name;
        if item.options[..i].iter().any(same) {
            return Err(format!("accepted, but `{name}` is duplicated"));
        }
        match &option.value {
            Some(_) if !valued => return Err(format!("accepted, but `{name}` has a value")),
            None if *valued => return Err(format!("accepted, but `{name}` has no value")),
            Some(value) if count(&leaves(value.clone()), &words) == 0 => {
                return Err(format!("accepted, but the value `{value}` of `{name}` is missing"));
            }
            _ => {}
        }
    }
    Ok(())
}
