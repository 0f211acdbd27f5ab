//! Masks of the bits that differ in their kinds: `#[io(w1c = Self::DONE)]`.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::{Expr, Ident, Path, ext::IdentExt, spanned::Spanned};

use crate::spans::relocated;

/// Generates the layout of a value with these masks, as an expression inside an `impl` of the type.
pub(super) fn layout(krate: &Path, name: &Ident, masks: &[(Ident, Expr)]) -> TokenStream {
    let plain = quote!(<<#name as #krate::IoValue>::Repr as #krate::layout::IoLayout>::LAYOUT);
    let Some((first, _)) = masks.first() else {
        return plain;
    };
    let kinds = Ident::new("__io_core_kinds", Span::mixed_site());
    let added = masks.iter().map(|(option, mask)| added(krate, name, &kinds, (option, mask)));
    let bits = quote!(<<#name as #krate::IoValue>::Repr as #krate::Repr>::WIDTH.bits());
    let at = Span::mixed_site().located_at(first.span());
    let checked = quote_spanned!(at=> __io_core_kinds.checked(#bits));
    quote! {
        #plain.with_bits(const {
            let #kinds = #krate::layout::BitKinds::PLAIN;
            #(#added)*
            &#checked
        })
    }
}

/// Generates the addition of one mask. The user's expression is outside of the `unsafe` block.
fn added(
    krate: &Path,
    name: &Ident,
    kinds: &Ident,
    (option, mask): (&Ident, &Expr),
) -> TokenStream {
    let at = Span::mixed_site().located_at(mask.span());
    let kind = Ident::new(variant(&option.unraw().to_string()), Span::mixed_site());
    let krate = relocated(krate.to_token_stream(), at);
    let name = relocated(name.to_token_stream(), at);
    quote_spanned! {at=>
        let __io_core_mask = #mask;
        // SAFETY: the bits of the mask are initialised: in a constant, the compiler refuses others.
        let #kinds = unsafe {
            __io_core_kinds.with_mask::<#name, _>(#krate::layout::BitKind::#kind, __io_core_mask)
        };
    }
}

/// Returns the variant of `BitKind` that an option names.
fn variant(option: &str) -> &'static str {
    match option {
        "ro" => "ReadOnly",
        "w1c" => "OneToClear",
        "w1s" => "OneToSet",
        "toggle" => "OneToToggle",
        "w0c" => "ZeroToClear",
        "w0s" => "ZeroToSet",
        "w0t" => "ZeroToToggle",
        "self_clearing" => "SelfClearing",
        "write_clears" => "WriteClears",
        "write_sets" => "WriteSets",
        "write_once" => "WriteOnce",
        "read_clears" => "ReadClears",
        "read_sets" => "ReadSets",
        "read_modifies" => "ReadModifies",
        "read_effect" => "ReadEffect",
        _ => unreachable!("`refuse` has refused other options"),
    }
}

/// Generates the permission to use values of the type as masks of it.
pub(super) fn mask_of(krate: &Path, name: &Ident) -> TokenStream {
    quote! {
        // SAFETY: the check of the layout below compares the size with that of `Repr`.
        #[automatically_derived]
        unsafe impl #krate::expansion::Mask<#name> for #name {}
    }
}

/// Returns the traits that a value with these masks implements.
pub(super) fn verbs(masks: &[(Ident, Expr)]) -> Vec<&'static str> {
    let has = |names: &[&str]| masks.iter().any(|(name, _)| names.iter().any(|it| name == it));
    let mut verbs = vec!["Readable", "Writable", "BareValue"];
    if masks.is_empty() {
        verbs.extend(["CopyReadable", "CopyWritable", "Plain", "Updatable"]);
        return verbs;
    }
    let read_acts = has(&["read_clears", "read_sets", "read_modifies", "read_effect"]);
    // There is no value that leaves these bits as they are.
    let write_acts = has(&["write_clears", "write_sets", "write_once"]);
    if !read_acts {
        verbs.push("CopyReadable");
    }
    if !read_acts && !write_acts {
        verbs.push("Updatable");
    }
    if !write_acts {
        let commands: [(&str, &[&str]); 3] = [
            ("Clearable", &["w1c", "w0c"]),
            ("Settable", &["w1s", "w0s", "self_clearing"]),
            ("Toggleable", &["toggle", "w0t"]),
        ];
        verbs.extend(commands.iter().filter(|(_, names)| has(names)).map(|(verb, _)| *verb));
    }
    verbs
}

/// Returns the documentation of the masks: register tables refer to it.
pub(super) fn documentation(masks: &[(Ident, Expr)]) -> Option<TokenStream> {
    let rows = masks.iter().map(|(name, mask)| {
        let mask = mask.to_token_stream().to_string().replace(" :: ", "::");
        let mask = mask.replace('|', "\\|");
        format!(" | `{name}` | `{mask}` |\n")
    });
    let table: String = rows.collect();
    let text = format!(" \n | bits | mask |\n |---|---|\n{table}");
    (!masks.is_empty()).then(|| quote!(#[doc = #text]))
}
