//! Descriptors that driver and device hand to each other.

use super::IoStruct;
use crate::value::{IoLayout, OwnBitField};

/// A struct with an ownership field: a descriptor with an ownership bit, a ring with an index.
///
/// Derived by `#[derive(IoStruct)]` with `#[io(own_bit)]` on a field of type
/// [`OwnBit<_>`](crate::OwnBit). [`publish`](crate::Io::publish) hands it over as a whole,
/// [`publish_with`](crate::Io::publish_with) in parts, also if it has a trailing slice.
///
/// # Safety
///
/// `OWN_BIT_OFFSET` must be the offset of a field of type `Self::OwnBit`, one of `Self::FIELDS`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no ownership field",
    label = "no field with `#[io(own_bit)]`",
    note = "mark the field that is written last and read first: `#[io(own_bit)] flags: OwnBit<Le<u16>>`"
)]
pub unsafe trait Descriptor: IoStruct {
    /// The type of the ownership field.
    type OwnBit: OwnBitField;
    /// The offset of the ownership field in bytes.
    const OWN_BIT_OFFSET: usize;
}

/// A struct whose fields, apart from the ownership field, can be written as a whole.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be published as a whole",
    label = "not publishable as a whole",
    note = "it must have an ownership field (`#[io(own_bit)]`), and every other field must be \
            writable",
    note = "to write only some of the fields, or a block with a trailing slice, use `publish_with`"
)]
pub trait DescriptorWritable: Descriptor + IoLayout {}

/// A struct whose fields, apart from the ownership field, can be read as a whole.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be consumed as a whole",
    label = "not consumable as a whole",
    note = "it must have an ownership field (`#[io(own_bit)]`), and every other field must be \
            readable without effect",
    note = "to read only some of the fields, or a block with a trailing slice, use `consume_with`"
)]
pub trait DescriptorReadable: Descriptor + IoLayout {}
