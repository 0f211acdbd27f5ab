//! Metadata of register blocks, descriptors and field types: layouts, access kinds, paths.
//!
//! Test kits and tools read the metadata; drivers do not need this module. Derived code implements
//! the traits.

pub(crate) mod check;
mod descriptor;
pub(crate) mod io_struct;
mod path;
pub(crate) mod tail;

pub(crate) use check::{check_cast, check_location, fail_index};
pub use descriptor::{Descriptor, DescriptorReadable, DescriptorWritable};
pub(crate) use io_struct::{IoStruct, KnownSize};
pub use path::{FieldPath, FieldRef, field_at};
pub(crate) use tail::IoTail;

#[doc(hidden)]
pub use crate::value::TypeInfo;
pub use crate::value::{
    AccessKind, AllBytes, AnyBytes, Clearable, CopyReadable, CopyWritable, Endian, FieldInfo,
    FieldLayout, FitsIn, IoLayout, Native, OwnBitField, Plain, Readable, Settable, Unswapped,
    Updatable, ValueFormat, Writable,
};
