//! `#[io(…)]` and `#[repr(…)]` attributes: darling parses the structure, this module writes the
//! messages.

use darling::{FromMeta, ast::NestedMeta};
use proc_macro2::Span;
use quote::ToTokens;
use syn::{
    Attribute, Expr, ExprPath, Ident, Lit, Meta, Path, Token, ext::IdentExt, parse::ParseStream,
    punctuated::Punctuated, spanned::Spanned,
};

use crate::{diagnostics::Diagnostics, suggestions};

/// The options of `#[io(…)]` or `#[io_struct(…)]` on a struct.
#[derive(Debug, Default, FromMeta)]
pub(crate) struct ContainerOptions {
    #[darling(default, with = expression)]
    pub(crate) size: Option<Expr>,
    #[darling(default, with = path)]
    pub(crate) remote: Option<Path>,
    #[darling(default, rename = "crate", with = path)]
    pub(crate) krate: Option<Path>,
}

/// The options of `#[io(…)]` on a value.
#[derive(Debug, Default)]
pub(crate) struct ValueOptions {
    pub(crate) bits: Option<Ident>,
    pub(crate) krate: Option<Path>,
    /// `w1c = Self::DONE`: the name of a kind of bits, and their mask.
    pub(crate) masks: Vec<(Ident, Expr)>,
}

impl FromMeta for ValueOptions {
    fn from_list(list: &[NestedMeta]) -> darling::Result<Self> {
        let (mut options, mut errors) = (ValueOptions::default(), darling::Error::accumulator());
        for meta in list {
            let NestedMeta::Meta(meta) = meta else { continue };
            if is(meta.path(), "bits") {
                options.bits = errors.handle(integer(meta)).flatten();
            } else if is(meta.path(), "crate") {
                options.krate = errors.handle(path(meta)).flatten();
            } else if let (Some(name), Some(mask)) =
                (meta.path().get_ident(), errors.handle(value_of(meta)))
            {
                options.masks.push((name.clone(), mask.clone()));
            }
        }
        errors.finish_with(options)
    }
}

/// The options of `#[io(…)]` on a field.
#[derive(Debug, Default, FromMeta)]
pub(crate) struct FieldOptions {
    #[darling(default, with = expression)]
    pub(crate) at: Option<Expr>,
    #[darling(default, with = expression)]
    pub(crate) stride: Option<Expr>,
    #[darling(default)]
    pub(crate) overlay: darling::util::Flag,
    #[darling(default)]
    pub(crate) own_bit: darling::util::Flag,
    #[darling(default)]
    pub(crate) opaque: darling::util::Flag,
    #[darling(default, with = field)]
    pub(crate) followed_by: Option<syn::Field>,
    /// Marks a field whose type `#[io_struct]` has replaced because of its stride.
    #[darling(default)]
    pub(crate) strided: darling::util::Flag,
    /// Marks the reserved bytes that `#[io_struct]` adds.
    #[darling(default)]
    pub(crate) gap: darling::util::Flag,
}

impl ContainerOptions {
    pub(crate) const OF_STRUCT: Allowed = Allowed {
        place: "struct",
        options: &[("size", "0x1000"), ("crate", "::io_core")],
        unlisted: &[("remote", "bindings::regs")],
    };
    pub(crate) const OF_ATTRIBUTE: Allowed = Allowed {
        place: "`#[io_struct]`",
        options: &[("size", "0x1000"), ("remote", "bindings::regs"), ("crate", "::io_core")],
        unlisted: &[],
    };
}

impl ValueOptions {
    pub(crate) const OF_NEWTYPE: Allowed = Allowed {
        place: "struct",
        options: &[
            ("bits", "u32"),
            ("crate", "::io_core"),
            ("ro", "Self::FLAG"),
            ("w1c", "Self::FLAG"),
            ("w1s", "Self::FLAG"),
            ("toggle", "Self::FLAG"),
            ("w0c", "Self::FLAG"),
            ("w0s", "Self::FLAG"),
            ("w0t", "Self::FLAG"),
            ("self_clearing", "Self::FLAG"),
            ("write_clears", "Self::FLAG"),
            ("write_sets", "Self::FLAG"),
            ("write_once", "Self::FLAG"),
            ("read_clears", "Self::FLAG"),
            ("read_sets", "Self::FLAG"),
            ("read_modifies", "Self::FLAG"),
            ("read_effect", "Self::FLAG"),
        ],
        unlisted: &[],
    };
    pub(crate) const OF_ENUM: Allowed =
        Allowed { place: "enum", options: &[("crate", "::io_core")], unlisted: &[] };
}

impl FieldOptions {
    pub(crate) const OF_FIELD: Allowed = Allowed {
        place: "field",
        options: &[
            ("at", "0x10"),
            ("stride", "0x20"),
            ("overlay", ""),
            ("own_bit", ""),
            ("followed_by", "(name: Le<u16>)"),
            ("opaque", ""),
        ],
        unlisted: &[("strided", ""), ("gap", "")],
    };
}

/// The options allowed in one place, each with an example value, which is "" if the option takes
/// none, and in parentheses if the option does.
pub(crate) struct Allowed {
    place: &'static str,
    options: &'static [(&'static str, &'static str)],
    /// Options that only the macros of this crate write; messages do not list them.
    unlisted: &'static [(&'static str, &'static str)],
}

fn value_of(meta: &Meta) -> darling::Result<&Expr> {
    match meta {
        Meta::NameValue(pair) => Ok(&pair.value),
        _ => Err(darling::Error::custom("expected `option = value`").with_span(meta)),
    }
}

fn expression(meta: &Meta) -> darling::Result<Option<Expr>> {
    match value_of(meta)? {
        Expr::Lit(literal) if !matches!(literal.lit, Lit::Int(_)) => {
            Err(darling::Error::custom("expected a number, such as `0x10`").with_span(literal))
        }
        value => Ok(Some(value.clone())),
    }
}

fn path(meta: &Meta) -> darling::Result<Option<Path>> {
    // An expression may have keywords in its path.
    let is_type = |path: &Path| syn::parse2::<syn::Type>(path.to_token_stream()).is_ok();
    let is_module = |path: &Path| {
        path.segments.iter().all(|part| part.arguments.is_none() && part.ident != "Self")
    };
    match ungrouped(value_of(meta)?) {
        Expr::Path(ExprPath { attrs, qself: None, path })
            if attrs.is_empty()
                && is_type(path)
                && (!is(meta.path(), "crate") || is_module(path)) =>
        {
            Ok(Some(path.clone()))
        }
        other => {
            let name = meta.path().to_token_stream();
            let example = if is(meta.path(), "crate") {
                "`::io_core` or `crate::vendored::io_core`"
            } else {
                "`bindings::regs`"
            };
            let message = format!("`{name}` must be a path without quotes, such as {example}");
            Err(darling::Error::custom(message).with_span(other))
        }
    }
}

/// Parses the field in `followed_by(used_event: Le<u16>)`.
fn field(meta: &Meta) -> darling::Result<Option<syn::Field>> {
    let list = meta.require_list()?;
    let parser = |input: ParseStream<'_>| {
        let field = syn::Field::parse_named(input)?;
        input.parse::<Option<Token![,]>>()?;
        Ok(field)
    };
    Ok(Some(list.parse_args_with(parser)?))
}

fn integer(meta: &Meta) -> darling::Result<Option<Ident>> {
    const INTEGERS: [&str; 8] = ["u8", "u16", "u32", "u64", "i8", "i16", "i32", "i64"];
    match ungrouped(value_of(meta)?) {
        Expr::Path(ExprPath { attrs, qself: None, path })
            if attrs.is_empty() && INTEGERS.iter().any(|int| path.is_ident(int)) =>
        {
            Ok(path.get_ident().cloned())
        }
        other => Err(darling::Error::custom(
            "`bits` must be an integer type of 8 to 64 bits, such as `u32`",
        )
        .with_span(other)),
    }
}

/// Returns the expression inside the invisible group of a `macro_rules!` fragment.
fn ungrouped(mut value: &Expr) -> &Expr {
    while let Expr::Group(group) = value {
        value = &group.expr;
    }
    value
}

/// Returns the options of all `#[io(…)]` attributes; adds mistakes to `errors`.
pub(crate) fn io_options<T: FromMeta + Default>(
    attributes: &[Attribute],
    allowed: &Allowed,
    errors: &mut Diagnostics,
) -> T {
    let mut options = Vec::new();
    for attribute in attributes.iter().filter(|attribute| is(attribute.path(), "io")) {
        match metas(attribute) {
            Ok(metas) => options.extend(metas),
            Err(error) => errors.push(error),
        }
    }
    // Most fields have no options, and darling is slow.
    if options.is_empty() {
        return T::default();
    }
    options_of(options, allowed, errors)
}

/// Returns the options that the given parts of attributes contain.
pub(crate) fn options_of<T: FromMeta + Default>(
    mut options: Vec<Meta>,
    allowed: &Allowed,
    errors: &mut Diagnostics,
) -> T {
    let mut seen = Vec::new();
    options.retain(|meta| match refuse(meta, allowed, &seen) {
        None => {
            seen.push(meta.path().to_token_stream().to_string());
            true
        }
        Some((span, message)) => {
            errors.error(span, message);
            false
        }
    });
    let list: Vec<_> = options.into_iter().map(NestedMeta::Meta).collect();
    T::from_list(&list).unwrap_or_else(|error| {
        errors.push(error.into());
        T::default()
    })
}

/// Returns the comma-separated parts of `#[io(…)]`.
fn metas(attribute: &Attribute) -> syn::Result<Vec<Meta>> {
    let list = attribute.meta.require_list().map_err(|_| {
        syn::Error::new_spanned(
            attribute,
            "`#[io]` takes options in parentheses: `#[io(option = value)]`",
        )
    })?;
    if list.tokens.is_empty() {
        let message = "`#[io()]` contains no option: add one, or remove the attribute";
        return Err(syn::Error::new_spanned(attribute, message));
    }
    list.parse_args_with(comma_separated)
}

/// Parses options as written between parentheses.
pub(crate) fn comma_separated(input: ParseStream<'_>) -> syn::Result<Vec<Meta>> {
    Ok(Punctuated::<Meta, Token![,]>::parse_terminated(input)?.into_iter().collect())
}

/// Returns the error for an option that is refused, with a message of this crate, at the option's
/// token.
fn refuse(meta: &Meta, allowed: &Allowed, seen: &[String]) -> Option<(Span, String)> {
    let name = meta.path().to_token_stream().to_string();
    let place = allowed.place;
    let known = allowed.options.iter().chain(allowed.unlisted).find(|(option, _)| *option == name);
    let Some((_, example)) = known else {
        let names: Vec<_> = allowed.options.iter().map(|(option, _)| *option).collect();
        let close = suggestions::for_name(&name, &names);
        let hint = close.map(|option| format!("; did you mean `{option}`?")).unwrap_or_default();
        let list = names.join(", ");
        let message = format!("unknown `io` option `{name}`{hint} ({place} options: {list})");
        return Some((meta.path().span(), message));
    };
    if seen.contains(&name) {
        return Some((meta.path().span(), format!("duplicate option `{name}`: remove one")));
    }
    match meta {
        Meta::Path(_) if example.is_empty() => None,
        _ if example.is_empty() => {
            Some((meta.span(), format!("`{name}` takes no value: write `{name}` alone")))
        }
        Meta::List(_) if example.starts_with('(') => None,
        _ if example.starts_with('(') => {
            Some((meta.span(), format!("`{name}` requires a field: `{name}{example}`")))
        }
        Meta::NameValue(_) => None,
        _ => Some((meta.span(), format!("`{name}` requires a value: `{name} = {example}`"))),
    }
}

/// Returns whether a path is this single name, with or without `r#`.
pub(crate) fn is(path: &Path, name: &str) -> bool {
    path.get_ident().is_some_and(|ident| ident.unraw() == name)
}

/// The layout that `#[repr(…)]` requests.
#[derive(Default)]
pub(crate) struct Repr {
    pub(crate) c: bool,
    pub(crate) transparent: bool,
    pub(crate) packed: bool,
}

/// Returns whether the attribute is `#[repr(…)]`, with or without `r#`.
pub(crate) fn is_repr(attribute: &Attribute) -> bool {
    is(attribute.path(), "repr")
}

/// Returns the first attribute that may be a macro, or a derive's own attribute. Such a macro is
/// expanded after this one, and may change the item.
pub(crate) fn unknown(attributes: &[Attribute]) -> Option<&Attribute> {
    const BUILT_IN: [&str; 15] = [
        "allow",
        "automatically_derived",
        "cfg",
        "cfg_attr",
        "deny",
        "deprecated",
        "derive",
        "doc",
        "expect",
        "forbid",
        "io",
        "must_use",
        "non_exhaustive",
        "repr",
        "warn",
    ];
    attributes.iter().find(|attribute| !BUILT_IN.iter().any(|name| is(attribute.path(), name)))
}

/// Combines all `#[repr(…)]` attributes; rustc reports invalid ones.
pub(crate) fn repr(attributes: &[Attribute]) -> Repr {
    let mut repr = Repr::default();
    for hint in repr_hints(attributes) {
        repr.c |= hint == "C";
        repr.transparent |= hint == "transparent";
        repr.packed |= hint == "packed";
    }
    repr
}

/// Returns the words in all `#[repr(…)]` attributes, without their parenthesized arguments.
pub(crate) fn repr_hints(attributes: &[Attribute]) -> Vec<Ident> {
    let mut hints = Vec::new();
    for attribute in attributes.iter().filter(|attribute| is_repr(attribute)) {
        let parser = Punctuated::<Meta, Token![,]>::parse_terminated;
        let metas = attribute.parse_args_with(parser).into_iter().flatten();
        hints.extend(metas.filter_map(|meta| meta.path().get_ident().map(Ident::unraw)));
    }
    hints
}

/// Returns the doc comment, with its lines joined by `\n`.
pub(crate) fn doc(attributes: &[Attribute]) -> String {
    let lines = attributes.iter().filter_map(|attribute| match &attribute.meta {
        Meta::NameValue(pair) if pair.path.is_ident("doc") => match &pair.value {
            Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(line), .. }) => Some(line.value()),
            _ => None,
        },
        _ => None,
    });
    lines.map(|line| line.trim().to_owned()).collect::<Vec<_>>().join("\n")
}

/// Returns the path that the user gave for io-core, or else `::io_core`.
pub(crate) fn crate_path(said: Option<Path>) -> Path {
    said.unwrap_or_else(|| syn::parse_quote!(::io_core))
}
