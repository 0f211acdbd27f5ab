//! Types whose size a pointer alone can tell.

/// A type whose size is known from a pointer and its metadata.
///
/// Every sized type and every slice has one; `#[derive(IoStruct)]` and
/// [`Region`](super::Region) add more.
///
/// # Safety
///
/// `size` depends on the pointer's metadata only and is exactly the number of
/// bytes of the place that it points to. For every pointer that a view may
/// hold it is at least `MIN_SIZE`, and the address is a multiple of `MIN_ALIGN`.
pub unsafe trait KnownSize {
    /// The least size in bytes.
    const MIN_SIZE: usize;
    /// The least alignment in bytes.
    const MIN_ALIGN: usize;

    /// The size in bytes of the place that `ptr` points to. Never follows `ptr`.
    fn size(ptr: *const Self) -> usize;
}

// SAFETY: a sized type has one size and one alignment.
unsafe impl<T> KnownSize for T {
    const MIN_SIZE: usize = size_of::<T>();
    const MIN_ALIGN: usize = align_of::<T>();

    #[inline(always)]
    fn size(_ptr: *const Self) -> usize {
        size_of::<T>()
    }
}

// SAFETY: a slice is `len` elements in a row, and its pointer carries `len`.
// The product cannot overflow for a place that exists.
unsafe impl<T> KnownSize for [T] {
    const MIN_SIZE: usize = 0;
    const MIN_ALIGN: usize = align_of::<T>();

    #[inline(always)]
    fn size(ptr: *const Self) -> usize {
        ptr.len().wrapping_mul(size_of::<T>())
    }
}
