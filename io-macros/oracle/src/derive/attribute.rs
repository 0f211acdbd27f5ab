//! `#[io_struct(…)]`

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use quote::ToTokens;
use syn::{Field, File, Ident, ItemStruct};

use super::{
    OF_ATTRIBUTE, OF_STRUCT, OPEN, check_options,
    options::{self, Item, Place},
};
use crate::{
    Macros, Verdict,
    leaves::{count, is, leaves},
    refusal,
};

/// The arguments and the item of `#[io_struct(ARGUMENTS)] ITEM`.
pub(crate) fn split(input: TokenStream) -> (TokenStream, TokenStream) {
    let tokens: Vec<TokenTree> = input.into_iter().collect();
    if let [hash, TokenTree::Group(attribute), item @ ..] = &tokens[..]
        && is(Some(hash), '#')
        && attribute.delimiter() == Delimiter::Bracket
        && let [TokenTree::Ident(name), rest @ ..] =
            &attribute.stream().into_iter().collect::<Vec<_>>()[..]
        && name == "io_struct"
    {
        let arguments = match rest {
            [TokenTree::Group(arguments)] => arguments.stream(),
            _ => TokenStream::new(),
        };
        return (arguments, item.iter().cloned().collect());
    }
    (TokenStream::new(), tokens.into_iter().collect())
}

/// Checks what comes of an item with the attribute, also by the derive that it adds.
pub(crate) fn check(input: &TokenStream, macros: &Macros) -> Result<Verdict, String> {
    let (arguments, item) = split(input.clone());
    let expansion = (macros.io_struct_attribute)(arguments.clone(), item.clone());
    let Ok(user) = syn::parse2::<syn::Item>(item.clone()) else {
        // The compiler hands over items alone.
        return Ok(Verdict::Undecided);
    };
    if OPEN && leaves(item.clone()).iter().any(|word| word == "r#io") {
        return Ok(Verdict::Undecided);
    }
    let file: File = syn::parse2(expansion.clone())
        .map_err(|error| format!("the expansion is no Rust: {error}"))?;
    let (errors, others) = refusal::among(&file.items)?;
    if errors > 0 {
        return check_refused(&others);
    }
    let syn::Item::Struct(user) = user else { return Err("accepted, but no struct".to_owned()) };
    let mut said = Item::default();
    said.add(&arguments)?;
    check_options(&said, OF_ATTRIBUTE, &expansion)?;
    let value = |name| said.options.iter().find(|option| option.name == name)?.value.clone();
    if let Some(remote) = value("remote") {
        check_written(item, &expansion)?;
        return check_remote(&user.ident, remote, &expansion);
    }
    let [syn::Item::Struct(new)] = &others[..] else {
        return Err("accepted, but it does not become one struct".to_owned());
    };
    check_head(&user, new)?;
    let verdict = super::check(&new.to_token_stream(), macros.io_struct, OF_STRUCT)
        .map_err(|problem| format!("{problem}, by the derive that it adds"))?;
    // What is wrong with the fields' options, only the derive tells.
    if verdict == Verdict::Accepted {
        check_written(item, &expansion)?;
        check_fields(&user, new, value("size"))?;
    }
    Ok(verdict)
}

/// The options below the attribute are those of fields.
fn check_written(item: TokenStream, expansion: &TokenStream) -> Result<(), String> {
    let written = options::of_item(item).map_err(|problem| format!("accepted, but {problem}"))?;
    if written.options.iter().any(|option| option.place == Place::Item) {
        return Err("accepted, but there are options elsewhere than in the attribute".to_owned());
    }
    check_options(&written, OF_ATTRIBUTE, expansion)
}

/// A refused struct is left as it would be without us.
fn check_refused(others: &[&syn::Item]) -> Result<Verdict, String> {
    for other in others {
        let syn::Item::Struct(other) = other else { continue };
        let mut attrs =
            other.attrs.iter().chain(other.fields.iter().flat_map(|field| &field.attrs));
        let is_ours =
            |attr: &syn::Attribute| ["io", "r#io"].iter().any(|name| attr.path().is_ident(name));
        if attrs.any(is_ours) {
            return Err("refused, but it still has attributes that nobody knows".to_owned());
        }
    }
    Ok(Verdict::Refused)
}

/// The struct is another name of the one that is described.
fn check_remote(
    name: &Ident,
    remote: TokenStream,
    expansion: &TokenStream,
) -> Result<Verdict, String> {
    let words = leaves(expansion.clone());
    let name = ["type".to_owned(), name.to_string(), "=".to_owned()];
    let target = [vec!["for".to_owned()], leaves(remote)].concat();
    for part in [&name[..], &target] {
        if count(part, &words) == 0 {
            return Err(format!("`{}` is not in the expansion", part.join(" ")));
        }
    }
    Ok(Verdict::Accepted)
}

/// Name, parameters and attributes stay.
fn check_head(user: &ItemStruct, new: &ItemStruct) -> Result<(), String> {
    let head = |item: &ItemStruct| {
        let ItemStruct { vis, ident, generics, .. } = item;
        let clause = &generics.where_clause;
        leaves(quote::quote!(#vis struct #ident #generics #clause))
    };
    if head(user) != head(new) {
        return Err(format!("{} became {}", head(user).join(" "), head(new).join(" ")));
    }
    let attrs = |item: &ItemStruct| -> Vec<Vec<String>> {
        item.attrs.iter().map(|attr| leaves(attr.to_token_stream())).collect()
    };
    let new = attrs(new);
    match attrs(user).iter().find(|attr| !new.contains(attr)) {
        Some(lost) => Err(format!("the attribute {} is lost", lost.join(" "))),
        None => Ok(()),
    }
}

/// A field of the user's and what its options say.
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

/// Every field stays as it was, in its order; overlays stand in front of what they lie over; and
/// what is new are gaps in front of an offset and at the end.
fn check_fields(
    user: &ItemStruct,
    new: &ItemStruct,
    size: Option<TokenStream>,
) -> Result<(), String> {
    let placed: Vec<_> = user.fields.iter().map(Placed::new).collect::<Result<_, _>>()?;
    let (mut over, mut under): (Vec<_>, Vec<_>) =
        placed.into_iter().rev().partition(|placed| placed.overlays);
    let mut pending: Vec<Placed<'_>> = Vec::new();
    let mut gap: Option<&Field> = None;
    for field in &new.fields {
        if let Some(user) = under.pop_if(|user| said(user.field) == said(field)) {
            check_gap(gap.take(), user.at.as_deref())?;
            if pending.drain(..).any(|over| !same_offset(&over.at, &user.at)) {
                return Err(format!("an overlay lies over {}, which is elsewhere", name(field)));
            }
        } else if let Some(at) = over.iter().rposition(|user| overlay(user.field, field)) {
            pending.push(over.remove(at));
        } else if gap.is_none() && is_gap(field) {
            gap = Some(field);
        } else {
            return Err(format!("the field {} is new or changed", field.to_token_stream()));
        }
    }
    if let Some(lost) = over.iter().chain(&under).chain(&pending).next() {
        return Err(format!("the field {} is lost", name(lost.field)));
    }
    check_gap(gap, size.map(leaves).as_deref())
}

/// Whether two offsets are the same text, or different ones of the same number.
fn same_offset(one: &Option<Vec<String>>, other: &Option<Vec<String>>) -> bool {
    let number = |words: &Option<Vec<String>>| {
        let words = words.as_ref()?.iter().filter(|word| !["(", ")"].contains(&word.as_str()));
        let text: String = words.cloned().collect();
        syn::parse_str::<syn::LitInt>(&text).ok()?.base10_parse::<u128>().ok()
    };
    one == other || (number(one).is_some() && number(one) == number(other))
}

/// A gap is counted up to the offset or size behind it.
fn check_gap(gap: Option<&Field>, end: Option<&[String]>) -> Result<(), String> {
    match (gap, end) {
        (None, _) => Ok(()),
        (Some(gap), Some(end)) if count(end, &leaves(gap.ty.to_token_stream())) > 0 => Ok(()),
        (Some(gap), _) => Err(format!("the gap {} ends nowhere", gap.to_token_stream())),
    }
}

fn is_gap(field: &Field) -> bool {
    let is_reserved = |field: &Field| {
        let words = leaves(field.ty.to_token_stream());
        words.iter().take_while(|word| *word != "<").last().is_some_and(|name| name == "Reserved")
    };
    let gap = ["#", "[", "io", "(", "gap", ")", "]"].map(str::to_owned);
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

/// Whether a field is the user's, its type wrapped in `Overlay`.
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
