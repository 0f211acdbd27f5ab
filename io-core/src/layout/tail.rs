//! Blocks that end with a number of elements that is known only at run time.

use super::IoStruct;
use crate::value::IoLayout;

/// A block that ends with a slice: a header and a ring, a table and its entries.
///
/// Derived by `#[derive(IoStruct)]` on a struct whose last field is a `[T]`. A view of it contains
/// the number of elements. [`Io::try_cast_tail`](crate::Io::try_cast_tail) casts untyped memory to
/// one.
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
/// * `HEADER` must be the offset of the slice, and a multiple of the alignment of `Item`.
/// * `from_elements` and `elements` must keep the address and the number of elements.
/// * The size of the type according to [`KnownSize`](crate::KnownSize) must be `HEADER` plus the
///   size of its elements.
pub unsafe trait IoTail: IoStruct {
    /// The type of the elements.
    type Item: IoLayout;
    /// The number of bytes before the slice.
    const HEADER: usize;

    /// Returns a pointer to the block at the same address, with the same number of elements.
    fn from_elements(ptr: *mut [Self::Item]) -> *mut Self;

    /// Returns a slice at the same address, with the same number of elements. That is not the
    /// address of the elements.
    fn elements(ptr: *mut Self) -> *mut [Self::Item];
}

/// Replaces the trailing slice in the twin of a block.
#[doc(hidden)]
#[derive(Debug)]
#[repr(transparent)]
pub struct Tail<E>([E; 0]);
