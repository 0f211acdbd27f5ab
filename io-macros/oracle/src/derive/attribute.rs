//! `#[io_struct(…)]`

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::{Field, File, ItemStruct};

use super::{
    OF_ATTRIBUTE, OF_STRUCT, check_options, fields,
    options::{self, Item, Place},
};
use crate::{
    Macros, Verdict,
    leaves::{count, is, leaves},
    refusal,
};

/// Splits `#[io_struct(ARGUMENTS)] ITEM` into the arguments and the item.
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

/// Checks the expansion of an item with the attribute, including that of the derive that it adds.
pub(crate) fn check(input: &TokenStream, macros: &Macros) -> Result<Verdict, String> {
    let (arguments, item) = split(input.clone());
    let expansion = (macros.io_struct_attribute)(arguments.clone(), item.clone());
    let Ok(user) = syn::parse2::<syn::Item>(item.clone()) else {
        // The compiler passes only items to the macro.
        return Ok(Verdict::Undecided);
    };
    let file: File = syn::parse2(expansion.clone())
        .map_err(|error| format!("the expansion is not valid Rust: {error}"))?;
    let (errors, others) = refusal::among(&file.items)?;
    if errors > 0 {
        return check_refused(&others);
    }
    let user = match user {
        syn::Item::Struct(user) => user,
        // A union describes a remote one; its members are compared by the tests of layouts.
        syn::Item::Union(_) => return Ok(Verdict::Undecided),
        _ => return Err("accepted, but neither a struct nor a union".to_owned()),
    };
    let mut said = Item::default();
    said.add(&arguments)?;
    check_options(&said, OF_ATTRIBUTE, &expansion)?;
    let value = |name| said.options.iter().find(|option| option.name == name)?.value.clone();
    if let Some(remote) = value("remote") {
        check_written(item, &expansion)?;
        return check_remote(&user, remote, &expansion);
    }
    let [syn::Item::Struct(new)] = &others[..] else {
        return Err("accepted, but the expansion is not one struct".to_owned());
    };
    check_head(&user, new)?;
    let verdict = super::check(&new.to_token_stream(), macros.io_struct, OF_STRUCT)
        .map_err(|problem| format!("{problem}, in the expansion of the added derive"))?;
    // Only the derive reports mistakes in the fields' options.
    if verdict == Verdict::Accepted {
        check_written(item, &expansion)?;
        fields::check(&user, new, value("size"))?;
    }
    Ok(verdict)
}

/// The options of fields are inside the item, below the attribute.
fn check_written(item: TokenStream, expansion: &TokenStream) -> Result<(), String> {
    let written = options::of_item(item).map_err(|problem| format!("accepted, but {problem}"))?;
    if written.options.iter().any(|option| option.place == Place::Item) {
        return Err("accepted, but there are options outside the attribute".to_owned());
    }
    check_options(&written, OF_ATTRIBUTE, expansion)
}

/// A refused struct is emitted as it would be without the macro.
fn check_refused(others: &[&syn::Item]) -> Result<Verdict, String> {
    for other in others {
        let syn::Item::Struct(other) = other else { continue };
        let mut attrs =
            other.attrs.iter().chain(other.fields.iter().flat_map(|field| &field.attrs));
        let is_ours =
            |attr: &syn::Attribute| ["io", "r#io"].iter().any(|name| attr.path().is_ident(name));
        if attrs.any(is_ours) {
            return Err("rejected, but the item still has `#[io]` attributes".to_owned());
        }
    }
    Ok(Verdict::Refused)
}

/// The struct becomes an alias of the remote one, and each field's type is compared.
fn check_remote(
    user: &ItemStruct,
    remote: TokenStream,
    expansion: &TokenStream,
) -> Result<Verdict, String> {
    let words = leaves(expansion.clone());
    let name = &user.ident;
    let is_condition = |attr: &syn::Attribute| {
        ["cfg", "cfg_attr", "r#cfg", "r#cfg_attr"].iter().any(|name| attr.path().is_ident(name))
    };
    if user.fields.iter().flat_map(|field| &field.attrs).any(is_condition) {
        // A derive describes the fields that exist.
        let parts = [leaves(quote!(type #name =)), leaves(quote!(remote = #remote))];
        return match parts.iter().find(|part| count(part, &words) == 0) {
            Some(part) => Err(format!("`{}` is not in the expansion", part.join(" "))),
            None => Ok(Verdict::Accepted),
        };
    }
    let mut parts = vec![leaves(quote!(type #name =)), leaves(quote!(for #remote))];
    for field @ Field { ident, ty, .. } in &user.fields {
        if is_opaque(field)? {
            continue;
        }
        parts.push(leaves(quote!(: *const #ty = )));
        parts.push(leaves(quote!(.#ident;)));
    }
    match parts.iter().find(|part| count(part, &words) == 0) {
        Some(part) => Err(format!("`{}` is not in the expansion", part.join(" "))),
        None => Ok(Verdict::Accepted),
    }
}

/// Returns whether the bytes of a field are not described: the type is not compared.
fn is_opaque(field: &Field) -> Result<bool, String> {
    const OF_BINDGEN: [&str; 2] = ["__BindgenBitfieldUnit", "__IncompleteArrayField"];
    let words = leaves(field.ty.to_token_stream());
    let options = options::of_field(field)?;
    Ok(options.iter().any(|option| option.name == "opaque")
        || words.iter().any(|word| OF_BINDGEN.contains(&word.as_str())))
}

/// The name, the parameters and the attributes are unchanged.
fn check_head(user: &ItemStruct, new: &ItemStruct) -> Result<(), String> {
    let head = |item: &ItemStruct| {
        let ItemStruct { vis, ident, generics, .. } = item;
        let clause = &generics.where_clause;
        leaves(quote!(#vis struct #ident #generics #clause))
    };
    if head(user) != head(new) {
        return Err(format!("{} became {}", head(user).join(" "), head(new).join(" ")));
    }
    let attrs = |item: &ItemStruct| -> Vec<Vec<String>> {
        item.attrs.iter().map(|attr| leaves(attr.to_token_stream())).collect()
    };
    let new = attrs(new);
    match attrs(user).iter().find(|attr| !new.contains(attr)) {
        Some(lost) => Err(format!("the attribute {} is missing", lost.join(" "))),
        None => Ok(()),
    }
}
