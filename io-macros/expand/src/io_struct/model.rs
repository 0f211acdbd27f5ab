//! The model of the struct: its content without its syntax.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote};
use syn::{
    Data, DeriveInput, Expr, Generics, Ident, Member, Path, Type, Visibility, ext::IdentExt,
    spanned::Spanned,
};

use super::{remote, table, tail};
use crate::{
    attributes::{self, ContainerOptions, FieldOptions},
    diagnostics::Diagnostics,
};

/// A register block or descriptor.
pub(super) struct Block {
    pub(super) name: Ident,
    pub(super) vis: Visibility,
    pub(super) generics: Generics,
    pub(super) krate: Path,
    /// `size = …`
    pub(super) size: Option<Expr>,
    /// `remote = …`: the type that the struct stands for.
    pub(super) remote: Option<Path>,
    pub(super) is_union: bool,
    /// `true` if its alignment may be less than its fields require.
    pub(super) packed: bool,
    /// `true` if the struct's documentation contains the register table already.
    pub(super) has_table: bool,
    /// `true` if an attribute that is expanded later may change the struct.
    pub(super) has_unknown_attributes: bool,
    /// All `#[repr(…)]`.
    pub(super) repr: Vec<syn::Attribute>,
    pub(super) fields: Vec<Field>,
}

/// A field of a block.
pub(super) struct Field {
    pub(super) member: Member,
    /// The name as written, without `r#`; for a tuple field, its index.
    pub(super) name: String,
    pub(super) vis: Visibility,
    pub(super) ty: Type,
    /// The type's tokens as text. Computed once, since printing tokens is slow.
    pub(super) text: String,
    /// `#[io(at = …)]`
    pub(super) at: Option<Expr>,
    /// `#[io(stride = …)]`
    pub(super) stride: Option<Expr>,
    /// `true` if `#[io_struct]` has replaced the type because of the stride.
    pub(super) is_strided: bool,
    /// `#[io(overlay)]`
    pub(super) overlay: Option<Span>,
    /// `#[io(own_bit)]`
    pub(super) own_bit: Option<Span>,
    /// `#[io(opaque)]`, or a type of bindgen that describes no bytes of its own: a field of a remote
    /// struct that is not accessed.
    pub(super) opaque: Option<Span>,
    /// `#[io(followed_by(…))]` on a slice: the field after it, which the struct itself does not
    /// have.
    pub(super) after: Option<Box<Field>>,
    /// `true` if these are reserved bytes that `#[io_struct]` added.
    pub(super) is_gap: bool,
    /// `true` if it has a `#[cfg(…)]` or `#[cfg_attr(…)]`.
    pub(super) is_conditional: bool,
    pub(super) doc: String,
    /// The span that errors about the field underline.
    pub(super) span: Span,
}

impl Block {
    /// Builds the model of a struct or union, with the options of its attribute; for any other
    /// item, a block without fields.
    pub(super) fn new(
        input: &DeriveInput,
        options: ContainerOptions,
        errors: &mut Diagnostics,
    ) -> Self {
        let new = |(field, member)| Field::new(field, member, errors);
        let fields = match &input.data {
            Data::Struct(data) => data.fields.iter().zip(data.fields.members()).map(new).collect(),
            Data::Union(data) => {
                let names = data.fields.named.iter().filter_map(|field| field.ident.clone());
                data.fields.named.iter().zip(names.map(Member::Named)).map(new).collect()
            }
            Data::Enum(_) => Vec::new(),
        };
        let mut fields: Vec<Field> = fields;
        for field in fields.iter_mut().filter(|_| options.remote.is_some()) {
            field.opaque =
                field.opaque.or_else(|| remote::is_opaque(&field.ty).then_some(field.span));
        }
        let has_unknown_attributes = attributes::unknown(&input.attrs).is_some();
        let is_repr = |attribute: &&syn::Attribute| attributes::is_repr(attribute);
        Block {
            name: input.ident.clone(),
            vis: input.vis.clone(),
            generics: input.generics.clone(),
            krate: attributes::crate_path(options.krate),
            size: options.size,
            is_union: matches!(input.data, Data::Union(_)),
            // The macro cannot see whether a remote struct is packed, or will be.
            packed: attributes::repr(&input.attrs).packed
                || options.remote.is_some()
                || has_unknown_attributes,
            has_unknown_attributes,
            remote: options.remote,
            has_table: attributes::doc(&input.attrs).contains(table::HEADING),
            repr: input.attrs.iter().filter(is_repr).cloned().collect(),
            fields,
        }
    }

    /// Returns the type that is described, as it is named outside of an `impl`.
    pub(super) fn target(&self) -> TokenStream {
        match &self.remote {
            Some(path) => path.to_token_stream(),
            None => {
                let (name, (_, arguments, _)) = (&self.name, self.generics.split_for_impl());
                quote!(#name #arguments)
            }
        }
    }

    /// Returns the same type as `target`, also where its name refers to the twin.
    pub(super) fn named(&self) -> TokenStream {
        match self.tail() {
            Some(_) => tail::alias(self),
            None => self.target(),
        }
    }

    /// Returns whether the block is a struct defined here, without overlays, added gaps and
    /// trailing slice.
    pub(super) fn is_plain(&self) -> bool {
        let is_odd = |field: &Field| {
            field.is_gap
                || field.is_strided
                || field.overlay.is_some()
                || field.slice_of().is_some()
        };
        let may_change = self.is_union || self.remote.is_some() || self.has_unknown_attributes;
        !may_change && !self.fields.iter().any(is_odd)
    }

    /// Returns all fields, each overlay after the field that it overlaps.
    pub(super) fn listed(&self) -> impl Iterator<Item = &Field> {
        let mut rest = self.fields.as_slice();
        let mut list = Vec::with_capacity(rest.len());
        while !rest.is_empty() {
            let overlays = rest.iter().take_while(|field| field.overlay.is_some()).count();
            list.extend(rest.get(overlays));
            list.extend(&rest[..overlays]);
            rest = rest.get(overlays + 1..).unwrap_or_default();
        }
        list.into_iter()
    }

    /// Returns the field with the ownership bit.
    pub(super) fn own_bit(&self) -> Option<&Field> {
        self.fields.iter().find(|field| field.own_bit.is_some())
    }

    /// Returns the trailing slice field and the type of its elements.
    pub(super) fn tail(&self) -> Option<(&Field, &Type)> {
        let last = self.fields.last()?;
        Some((last, last.slice_of()?))
    }

    /// Returns whether the block has bytes that are not accessed, and may belong to any type.
    pub(super) fn has_opaque_fields(&self) -> bool {
        self.fields.iter().any(|field| field.opaque.is_some())
    }

    /// Returns the field after the trailing slice.
    pub(super) fn after(&self) -> Option<&Field> {
        self.tail()?.0.after.as_deref()
    }

    /// Returns whether the layout depends on type or const parameters.
    pub(super) fn is_generic(&self) -> bool {
        let mut params = self.generics.params.iter();
        params.any(|param| !matches!(param, syn::GenericParam::Lifetime(_)))
    }

    /// Returns whether a type mentions one of the parameters.
    pub(super) fn depends_on_parameters(&self, ty: &impl ToTokens) -> bool {
        let names: Vec<&Ident> = (self.generics.params.iter())
            .filter_map(|parameter| match parameter {
                syn::GenericParam::Type(ty) => Some(&ty.ident),
                syn::GenericParam::Const(constant) => Some(&constant.ident),
                syn::GenericParam::Lifetime(_) => None,
            })
            .collect();
        !names.is_empty() && mentions(ty.to_token_stream(), &names)
    }
}

/// Returns whether one of the names occurs in the tokens.
fn mentions(tokens: TokenStream, names: &[&Ident]) -> bool {
    tokens.into_iter().any(|token| match token {
        proc_macro2::TokenTree::Ident(word) => names.iter().any(|name| **name == word),
        proc_macro2::TokenTree::Group(group) => mentions(group.stream(), names),
        _ => false,
    })
}

fn is_condition(attribute: &syn::Attribute) -> bool {
    attributes::is(attribute.path(), "cfg") || attributes::is(attribute.path(), "cfg_attr")
}

impl Field {
    fn new(field: &syn::Field, member: Member, errors: &mut Diagnostics) -> Self {
        let options: FieldOptions =
            attributes::io_options(&field.attrs, &FieldOptions::OF_FIELD, errors);
        let (name, span) = match &member {
            Member::Named(name) => (name.unraw().to_string(), name.span()),
            Member::Unnamed(index) => (index.index.to_string(), field.ty.span()),
        };
        let after = options.followed_by.map(|after| {
            let member = after.ident.clone().map_or(Member::from(0), Member::Named);
            Box::new(Field::new(&after, member, errors))
        });
        let flag = |flag: darling::util::Flag| flag.is_present().then(|| flag.span());
        Field {
            member,
            name,
            vis: field.vis.clone(),
            ty: field.ty.clone(),
            text: field.ty.to_token_stream().to_string(),
            at: options.at,
            stride: options.stride,
            is_strided: options.strided.is_present(),
            overlay: flag(options.overlay),
            own_bit: flag(options.own_bit),
            opaque: flag(options.opaque),
            after,
            is_gap: options.gap.is_present(),
            is_conditional: field.attrs.iter().any(is_condition),
            doc: attributes::doc(&field.attrs),
            span,
        }
    }

    /// Returns whether the field has an option.
    pub(super) fn has_options(&self) -> bool {
        let is_placed = self.at.is_some() || self.stride.is_some() || self.overlay.is_some();
        is_placed || self.own_bit.is_some() || self.opaque.is_some() || self.after.is_some()
    }

    /// Returns whether the field's type is a trait, which has no size.
    pub(super) fn is_trait(&self) -> bool {
        matches!(unwrapped(&self.ty), Type::TraitObject(_) | Type::ImplTrait(_))
    }

    /// Returns the element type, if the field is a slice.
    pub(super) fn slice_of(&self) -> Option<&Type> {
        match unwrapped(&self.ty) {
            Type::Slice(slice) => Some(&slice.elem),
            _ => None,
        }
    }
}

/// The type without the invisible group of a `macro_rules!` fragment.
pub(super) fn unwrapped(ty: &Type) -> &Type {
    match ty {
        Type::Group(group) => unwrapped(&group.elem),
        ty => ty,
    }
}
