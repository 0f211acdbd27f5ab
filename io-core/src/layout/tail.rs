//! Blocks that end with elements whose number is known at run time.

use super::IoStruct;
use crate::value::IoLayout;

/// A block that ends with a slice: a header and a ring, a table and its entries.
///
/// Derived: `#[derive(IoStruct)]` on a struct whose last field is a `[T]`. A
/// view of it carries the number of elements; [`Io::try_cast_tail`](crate::Io::try_cast_tail)
/// makes one of untyped memory.
///
/// ```
/// use io_core::prelude::*;
///
/// #[derive(IoStruct)]
/// #[repr(C)]
/// struct Avail {
///     flags: Le<u16>,
///     idx: Le<u16>,
///     ring: [Le<u16>],
/// }
///
/// #[derive(IoStruct)]
/// #[repr(C, align(2))]
/// struct Ram {
///     bytes: [u8; 16],
/// }
///
/// let mut ram = Ram { bytes: [0; 16] };
/// let memory = io_project!(SysMem::from_mut(&mut ram), .bytes);
/// let avail = memory.try_cast_tail::<Avail>(6)?;
/// io_write!(avail, .ring[try: 5], 7);
/// assert_eq!(avail.size(), 16);
/// assert!(memory.try_cast_tail::<Avail>(7).is_err());
/// # Ok::<(), io_core::Error>(())
/// ```
///
/// # Safety
///
/// * `HEADER` is the offset of the slice, a multiple of the alignment of `Item`.
/// * `from_elements` and `elements` keep address and number of elements.
/// * As [`KnownSize`](crate::KnownSize) the type has `HEADER` bytes and those of its elements.
pub unsafe trait IoTail: IoStruct {
    /// What the slice consists of.
    type Item: IoLayout;
    /// Bytes in front of the slice.
    const HEADER: usize;

    /// The block at the same address, with as many elements.
    fn from_elements(ptr: *mut [Self::Item]) -> *mut Self;

    /// A slice at the same address, with as many elements. Not where they are.
    fn elements(ptr: *mut Self) -> *mut [Self::Item];
}

/// Stands for the trailing slice in the twin of a block.
#[doc(hidden)]
#[derive(Debug)]
#[repr(transparent)]
pub struct Tail<E>([E; 0]);
