//! What the struct says, without its syntax.

use proc_macro2::Span;
use syn::{
    DeriveInput, Expr, Generics, Ident, Member, Path, Type, ext::IdentExt, spanned::Spanned,
};

use crate::{
    attributes::{self, ContainerOptions, FieldOptions},
    diagnostics::Diagnostics,
};

/// A register block or descriptor.
pub(super) struct Block {
    pub(super) name: Ident,
    pub(super) generics: Generics,
    pub(super) krate: Path,
    /// `#[io(size = …)]`
    pub(super) size: Option<Expr>,
    pub(super) packed: bool,
    pub(super) fields: Vec<Field>,
}

/// One of its fields.
pub(super) struct Field {
    pub(super) member: Member,
    /// As written, without `r#`; a tuple field's index.
    pub(super) name: String,
    pub(super) ty: Type,
    /// `#[io(at = …)]`
    pub(super) at: Option<Expr>,
    /// `#[io(owner)]`
    pub(super) owner: Option<Span>,
    pub(super) doc: String,
    /// What errors about the field underline.
    pub(super) span: Span,
}

impl Block {
    /// The model of a struct; of anything else, a block without fields.
    pub(super) fn new(input: &DeriveInput, errors: &mut Diagnostics) -> Self {
        let options: ContainerOptions =
            attributes::io_options(&input.attrs, &ContainerOptions::OF_STRUCT, errors);
        let fields = match &input.data {
            syn::Data::Struct(data) => {
                let fields = data.fields.iter().zip(data.fields.members());
                fields.map(|(field, member)| Field::new(field, member, errors)).collect()
            }
            _ => Vec::new(),
        };
        only_one_owner(&fields, errors);
        Block {
            name: input.ident.clone(),
            generics: input.generics.clone(),
            krate: attributes::crate_path(options.krate),
            size: options.size,
            packed: attributes::repr(&input.attrs).packed,
            fields,
        }
    }

    /// The field that hands the struct over.
    pub(super) fn owner(&self) -> Option<&Field> {
        self.fields.iter().find(|field| field.owner.is_some())
    }

    /// Whether the struct ends without a slice.
    pub(super) fn is_sized(&self) -> bool {
        !self.fields.last().is_some_and(|field| matches!(field.ty, Type::Slice(_)))
    }

    /// Whether layout is known without knowing parameters.
    pub(super) fn is_generic(&self) -> bool {
        let mut params = self.generics.params.iter();
        params.any(|param| !matches!(param, syn::GenericParam::Lifetime(_)))
    }
}

/// `#[io(owner)] head: …, #[io(owner)] tail: …`
fn only_one_owner(fields: &[Field], errors: &mut Diagnostics) {
    for second in fields.iter().filter_map(|field| field.owner).skip(1) {
        errors.error(second, "a struct is handed over by one field");
    }
}

impl Field {
    fn new(field: &syn::Field, member: Member, errors: &mut Diagnostics) -> Self {
        let options: FieldOptions =
            attributes::io_options(&field.attrs, &FieldOptions::OF_FIELD, errors);
        let (name, span) = match &member {
            Member::Named(name) => (name.unraw().to_string(), name.span()),
            Member::Unnamed(index) => (index.index.to_string(), field.ty.span()),
        };
        let doc = attributes::doc(&field.attrs);
        let owner = options.owner.is_present().then(|| options.owner.span());
        Field { member, name, ty: field.ty.clone(), at: options.at, owner, doc, span }
    }
}
