//! Blocks that end with a number of elements that is known only at run time.

use super::{IoStruct, message::Message};
use crate::value::{IoLayout, TypeInfo};

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
/// A field may follow the slice: the position of virtio's `used_event` depends on the length of the
/// ring. It has the same accesses as any other field. Several are declared as one block.
///
/// ```
/// use io_core::prelude::*;
///
/// #[derive(IoStruct)]
/// #[repr(C)]
/// struct Avail {
///     flags: Le<u16>,
///     idx: Le<u16>,
///     #[io(followed_by(used_event: Le<u16>))]
///     ring: [Le<u16>],
/// }
///
/// /// The same in the order of the fields.
/// #[io_struct]
/// struct Sparse {
///     flags: Le<u16>,
///     idx: Le<u16>,
///     ring: [Le<u16>],
///     used_event: Le<u16>,
/// }
///
/// let mut ram = [0_u64; 2];
/// # let region = io_core::Region::<16>::ptr_from_raw_parts_mut(ram.as_mut_ptr().cast(), 16);
/// # // SAFETY: the exclusive borrow of `ram` covers 16 bytes aligned to 4.
/// # let memory = unsafe { SysMem::new(region) };
/// let avail = memory.try_cast_tail::<Avail>(5)?;
/// io_write!(avail, .used_event, 7);
/// assert_eq!(io_read!(memory.try_cast_tail::<Sparse>(5)?, .used_event), 7);
/// assert!(memory.try_cast_tail::<Avail>(6).is_err());
/// # Ok::<(), io_core::Error>(())
/// ```
///
/// # Safety
///
/// * `HEADER` must be the offset of the slice, and a multiple of the alignment of `Item`.
/// * `from_elements` and `elements` must keep the address and the number of elements.
/// * The size of the type according to [`KnownSize`](crate::KnownSize) must be `HEADER` plus the
///   size of its elements plus the size of `After`, and `MIN_SIZE` the same without elements.
/// * `HEADER` and the size of `Item` must be multiples of the alignment of `After`, and that must
///   not exceed `MIN_ALIGN`, when `CHECKED` has been evaluated.
pub unsafe trait IoTail: IoStruct {
    /// The type of the elements.
    type Item: IoLayout;
    /// The type of the field after the slice; `[u8; 0]` if there is none.
    type After: IoLayout;
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

/// Replaces the field after a trailing slice in the twin of a block.
#[doc(hidden)]
#[derive(Debug)]
#[repr(transparent)]
pub struct AfterTail<F>([F; 0]);

/// Checks that the field after the trailing slice is aligned after any number of elements.
#[track_caller]
#[inline]
pub const fn check_after<T: ?Sized + IoTail>(block: &str, name: &str) {
    let TypeInfo { natural, align, .. } = *T::After::INFO;
    let need = if natural > align { natural } else { align };
    let (header, element) = (T::HEADER, size_of::<T::Item>());
    if !header.is_multiple_of(need) || !element.is_multiple_of(need) || align > T::MIN_ALIGN {
        let m = Message::new().str("field `").str(name).str("` of `").str(block);
        let m = m.str("` requires a multiple of ").dec(need).str(", but it follows elements of ");
        let m =
            m.bytes(element).str(" from offset ").hex(header).str(" on, in a block aligned to ");
        m.dec(T::MIN_ALIGN).str(": split it into smaller fields").fail();
    }
}
