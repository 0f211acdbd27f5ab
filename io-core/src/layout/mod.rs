//! Metadata of register blocks, descriptors and field types: layouts, access kinds, paths.
//!
//! Test kits and tools read the metadata; drivers do not need this module. Derived code implements
//! the traits. Drivers meet them in error messages, and generic code in bounds:
//!
//! | trait | implemented by | required by |
//! |---|---|---|
//! | [`IoLayout`] | every field type | fields of a block, casts |
//! | [`Readable`] | types of fields that can be read | `io_read!`, [`read_val`](crate::Io::read_val), `poll` |
//! | [`Writable`] | types of fields that can be written | `io_write!`, [`write_val`](crate::Io::write_val) |
//! | [`Pollable`] | readable fields whose read has no side effect | [`poll`](crate::Io::poll) |
//! | [`Updatable`] | fields where writing back what was read changes nothing | `io_update!`, [`update_val`](crate::Io::update_val) |
//! | [`Clearable`], [`Settable`], [`Toggleable`] | fields with bits that a write clears, sets or inverts | [`clear_bits`](crate::Io::clear_bits), [`set_bits`](crate::Io::set_bits), [`toggle_bits`](crate::Io::toggle_bits) |
//! | [`CopyReadable`], [`CopyWritable`] | types whose fields can all be read without effect, or written | copies of whole values |
//! | [`Descriptor`] | blocks with an `#[io(own_bit)]` field | [`publish_with`](crate::Io::publish_with), [`consume_with`](crate::Io::consume_with) |
//! | [`DescriptorReadable`], [`DescriptorWritable`] | descriptors whose other fields can all be read or written | [`consume`](crate::Io::consume), [`publish`](crate::Io::publish) |
//! | [`BareValue`] | values without an access kind | [`LoHi`](crate::LoHi), [`HiLo`](crate::HiLo) |
//! | [`Plain`] | values whose bits are all plain | access kinds: `Ro<_>`, `W1c<_>`, … |
//! | [`Unswapped`] | values of one word without a byte order | [`Le`](crate::Le), [`Be`](crate::Be), [`Narrow`](crate::Narrow), [`Aliased`](crate::Aliased) |
//! | [`Number`] | every [`IoValue`](crate::IoValue) | the structs [`Le`](crate::Le), [`Be`](crate::Be) |
//! | [`InPlace`] | values whose bytes are the number in the register | [`Le::new`](crate::Le::new), [`Be::new`](crate::Be::new), in constants |

pub(crate) mod actual;
pub(crate) mod check;
mod descriptor;
pub(crate) mod io_struct;
mod message;
mod path;
pub(crate) mod strided;
pub(crate) mod tail;

pub(crate) use check::{
    check_cast, check_copy, check_location, check_locations, fail_index, fail_part,
};
pub use descriptor::{Descriptor, DescriptorReadable, DescriptorWritable};
pub(crate) use io_struct::{IoStruct, KnownSize};
pub use path::{FieldPath, FieldRef, field_at};
pub(crate) use tail::IoTail;

#[doc(hidden)]
pub use crate::value::TypeInfo;
pub use crate::value::{
    AccessKind, AllBytes, AnyBytes, BareValue, BitKind, BitKinds, Clearable, CopyReadable,
    CopyWritable, Endian, FieldInfo, FieldLayout, FitsIn, InPlace, IoLayout, Number, OwnBitField,
    Plain, Pollable, Readable, Settable, Toggleable, Unswapped, Updatable, ValueFormat, Writable,
};
