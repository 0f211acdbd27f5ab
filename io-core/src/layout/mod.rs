//! Metadata of register blocks, descriptors and field types: shapes, access kinds, paths.
//!
//! Test kits and tools read it; a driver needs none of it. Derived code implements these traits.

pub(crate) mod check;
mod handover;
pub(crate) mod io_struct;
pub(crate) mod known_size;
mod path;
pub(crate) mod table;
pub(crate) mod tail;

pub(crate) use check::{check_cast, fail_index};
pub use handover::{BodyReadable, BodyWritable, Handover};
pub(crate) use io_struct::IoStruct;
pub(crate) use known_size::KnownSize;
pub use path::{FieldRef, Path, field_at};
pub(crate) use tail::IoTail;

#[doc(hidden)]
pub use crate::value::TypeInfo;
pub use crate::value::{
    AccessKind, Clearable, CopyReadable, CopyWritable, Endian, FieldInfo, FitsIn, IoLayout, Native,
    OwnerField, Plain, Readable, Settable, Shape, Show, Unswapped, Updatable, Writable,
};
