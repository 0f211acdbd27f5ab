//! Structs that driver and device hand to each other.

use super::IoStruct;
use crate::value::{IoLayout, OwnerField};

/// A struct with a field that says whose it is: a descriptor with an owner bit,
/// a ring with an index.
///
/// Derived: `#[derive(IoStruct)]` with `#[io(owner)]` at a field of type
/// [`Owner<_>`](crate::Owner). [`publish`](crate::Io::publish) hands it over.
///
/// # Safety
///
/// `OWNER_AT` is the offset of a field of type `Self::Owner`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no field that hands it over",
    label = "no owner field",
    note = "mark the field that is written last and read first: `#[io(owner)] flags: Owner<Le<u16>>`"
)]
pub unsafe trait Handover: IoStruct + IoLayout {
    /// The type of the owner field.
    type Owner: OwnerField;
    /// Its offset in bytes.
    const OWNER_AT: usize;
}

/// A struct whose fields, apart from the owner field, can be written as a whole.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be published as a whole",
    label = "a field besides the owner field cannot be written as a whole",
    note = "every other field must be plainly writable; `publish_with` writes some of them"
)]
pub trait BodyWritable: Handover {}

/// A struct whose fields, apart from the owner field, can be read as a whole.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be consumed as a whole",
    label = "a field besides the owner field cannot be read as a whole",
    note = "every other field must be readable without effect; `consume_with` reads some of them"
)]
pub trait BodyReadable: Handover {}
