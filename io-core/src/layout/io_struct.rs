//! Blocks that can be projected into their fields.

use super::FieldInfo;
use super::KnownSize;

/// A register block or descriptor that can be projected into its fields.
///
/// Derived: `#[derive(IoStruct)]` on a `#[repr(C)]` struct. It needs no
/// zerocopy derive; only copies of the whole value ask for those.
///
/// ```
/// use io_core::prelude::*;
///
/// #[derive(IoStruct)]
/// #[io(size = 0x10)]
/// #[repr(C)]
/// struct Timer {
///     /// Counts down.
///     value: Ro<u32>,
///     #[io(at = 0x04)]
///     load: u32,
///     irq: W1c<u32>,
///     _reserved: [u8; 4],
/// }
///
/// assert_eq!(Timer::FIELDS[1].name, "load");
/// assert_eq!(Timer::FIELDS[1].offset, 0x04);
/// ```
///
/// # Safety
///
/// * `FIELDS` lists all fields in address order, without gaps, each aligned for
///   its type; of a union, all fields at offset 0. The type has no destructor, and
///   neither has any field.
/// * Where a field of type [`Overlay<V>`](crate::Overlay) is, a `V` fits inside the type, aligned.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a register block or descriptor with fields to project to",
    label = "has no I/O fields",
    note = "fields are those of a `#[repr(C)]` struct with `#[derive(IoStruct)]`; an array is indexed, \
            a `Region` is cast first"
)]
pub unsafe trait IoStruct: KnownSize {
    /// The fields, in address order; nested blocks through [`FieldInfo::fields`].
    const FIELDS: &'static [FieldInfo];

    /// Evaluated before the first projection: layout checks of generic structs.
    #[doc(hidden)]
    const CHECKED: () = ();
}
