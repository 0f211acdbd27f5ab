//! An allocation, which its owner returns to the allocator.

use core::alloc::Layout;

use super::{DmaAllocator, DmaBlock};
use crate::{
    io::{AnyRegion, Error, KnownSize, region_pointer},
    layout::IoTail,
};

/// An allocation and the allocator that it is returned to.
///
/// # Invariants
///
/// `block` was allocated by `alloc` with `layout_of(ptr)`. `ptr` is the memory of `block`, with
/// metadata. Only the drop deallocates it.
pub(super) struct Allocation<T: ?Sized + KnownSize, A: DmaAllocator> {
    pub(super) ptr: *mut T,
    pub(super) block: DmaBlock,
    pub(super) alloc: A,
}

/// The layout of the memory that `ptr` would refer to. Its size is a multiple of the alignment,
/// since a reference to a block with a trailing slice covers that size.
#[inline]
pub(super) fn layout_of<T: ?Sized + KnownSize>(ptr: *const T) -> Result<Layout, Error> {
    let (size, align) = (T::size(ptr), T::MIN_ALIGN);
    if size == 0 {
        return Err(Error::Empty);
    }
    let layout = Layout::from_size_align(size, align);
    layout.map(|layout| layout.pad_to_align()).map_err(|_| Error::NoMemory { size, align })
}

impl<T, A: DmaAllocator> Allocation<T, A> {
    pub(super) fn new(alloc: A) -> Result<Self, Error> {
        let block = alloc.allocate(layout_of(core::ptr::null::<T>())?)?;
        // INVARIANT: `block` has just been allocated with this layout.
        Ok(Self { ptr: block.memory.as_ptr().cast(), block, alloc })
    }
}

impl<T, A: DmaAllocator> Allocation<[T], A> {
    pub(super) fn new_slice(alloc: A, len: usize) -> Result<Self, Error> {
        if len.checked_mul(size_of::<T>()).is_none() {
            return Err(Error::NoMemory { size: usize::MAX, align: align_of::<T>() });
        }
        let layout = layout_of(core::ptr::slice_from_raw_parts::<T>(core::ptr::null(), len))?;
        let block = alloc.allocate(layout)?;
        let ptr = core::ptr::slice_from_raw_parts_mut(block.memory.as_ptr().cast(), len);
        // INVARIANT: `block` has just been allocated with this layout.
        Ok(Self { ptr, block, alloc })
    }
}

impl<T: ?Sized + IoTail, A: DmaAllocator> Allocation<T, A> {
    pub(super) fn new_tail(alloc: A, count: usize) -> Result<Self, Error> {
        let () = T::CHECKED;
        let elements = count.checked_mul(size_of::<T::Item>());
        if elements.and_then(|size| size.checked_add(T::MIN_SIZE)).is_none() {
            return Err(Error::NoMemory { size: usize::MAX, align: T::MIN_ALIGN });
        }
        let pointer = |start: *mut u8| {
            T::from_elements(core::ptr::slice_from_raw_parts_mut(start.cast(), count))
        };
        let block = alloc.allocate(layout_of(pointer(core::ptr::null_mut()).cast_const())?)?;
        // INVARIANT: `block` has just been allocated with this layout.
        Ok(Self { ptr: pointer(block.memory.as_ptr()), block, alloc })
    }
}

impl<R: ?Sized + AnyRegion, A: DmaAllocator> Allocation<R, A> {
    pub(super) fn new_region(alloc: A, size: usize) -> Result<Self, Error> {
        let layout = layout_of(region_pointer::<R>(core::ptr::null_mut(), size)?.cast_const())?;
        let block = alloc.allocate(layout)?;
        // Checked again with the address, which the allocator has aligned.
        match region_pointer::<R>(block.memory.as_ptr(), size) {
            // INVARIANT: `block` has just been allocated with this layout.
            Ok(ptr) => Ok(Self { ptr, block, alloc }),
            Err(error) => {
                // SAFETY: `block` was just allocated with this layout, and is not used.
                unsafe { alloc.deallocate(block, layout) };
                Err(error)
            }
        }
    }
}

impl<T: ?Sized + KnownSize, A: DmaAllocator> Drop for Allocation<T, A> {
    fn drop(&mut self) {
        if let Ok(layout) = layout_of(self.ptr) {
            // SAFETY: by the invariants, `block` was allocated by `alloc` with this layout, and it
            // is deallocated only here. Views and references borrow the owner, so none exists.
            unsafe { self.alloc.deallocate(self.block, layout) };
        }
    }
}
