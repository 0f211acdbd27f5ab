//! `#[derive(IoStruct)]` and `#[io_struct(…)]`

mod attribute;
mod check;
mod checks;
mod expand;
mod gaps;
mod model;
mod remote;
mod strided;
mod table;
mod tail;
mod types;

use proc_macro2::TokenStream;
use syn::DeriveInput;

pub(crate) use self::attribute::expand_attribute;
use crate::{
    attributes::{self, ContainerOptions},
    diagnostics::Diagnostics,
};

/// Expands `#[derive(IoStruct)]`.
pub(crate) fn expand(input: TokenStream) -> TokenStream {
    let input: DeriveInput = match syn::parse2(input) {
        Ok(input) => input,
        Err(error) => return error.to_compile_error(),
    };
    let mut errors = Diagnostics::default();
    check::container(&input, &mut errors);
    check::needs_repr(&input, &mut errors);
    let options: ContainerOptions =
        attributes::io_options(&input.attrs, &ContainerOptions::OF_STRUCT, &mut errors);
    let block = model::Block::new(&input, options, &mut errors);
    check::fields(&block, &mut errors);
    check::later_attributes(&input, &block, &mut errors);
    if block.remote.is_some() {
        remote::rules(&block, &mut errors);
    }
    if errors.is_empty() { expand::block(block) } else { refused(&block, errors) }
}

/// Returns the errors, and stand-in impls so that uses of the block add no further errors.
fn refused(block: &model::Block, errors: Diagnostics) -> TokenStream {
    let errors = errors.into_tokens(&block.krate);
    // A type without a size cannot be a block, even with impls written by hand.
    let has_traits = block.fields.iter().any(model::Field::is_trait);
    if has_traits { errors } else { expand::fallback(block, &errors) }
}

#[cfg(test)]
mod tests;
