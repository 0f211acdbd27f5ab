//! Field steps: the offset of a field, computed by the compiler.

use core::marker::PhantomData;

use crate::{
    io::{KnownSize, Region, RegionAlign},
    layout::{
        IoTail,
        tail::{AfterTail, Tail},
    },
    value::{IoLayout, Overlay},
};

/// A type that is used in place of a block to compute the offsets of its fields: the block itself
/// or, for a block with a trailing slice, the same block without elements.
///
/// # Safety
///
/// If `Self` is a block, `Twin` must have all of its fields, at the same offsets and with the same
/// types, except for `Tail<E>` in place of a trailing slice of `E`, followed by an `AfterTail<F>` if
/// an `F` follows the slice. The alignment of `Twin` must not exceed `MIN_ALIGN` of `Self`.
#[doc(hidden)]
pub unsafe trait HasTwin: KnownSize {
    /// The type with the same fields at the same offsets.
    type Twin;
}

// SAFETY: the type itself.
#[diagnostic::do_not_recommend]
unsafe impl<T> HasTwin for T {
    type Twin = T;
}

// With this implementation, rustc reports that a slice has no fields, not that its size is unknown.
// SAFETY: a slice is not a block.
#[diagnostic::do_not_recommend]
unsafe impl<T> HasTwin for [T] {
    type Twin = [T; 0];
}

// SAFETY: a region is not a block.
#[diagnostic::do_not_recommend]
unsafe impl<const SIZE: usize, A: RegionAlign, D: ?Sized> HasTwin for Region<SIZE, A, D> {
    type Twin = [u8; SIZE];
}

// `&raw const (*base).field` requires a base inside an allocation. Device memory is not an
// allocation, so the offset is computed in this one and applied to the token pointer.
unsafe extern "C" {
    /// Memory that is used only while constants are evaluated. It does not exist: the evaluation
    /// needs the size of its type only, so that the cost does not depend on the size of a block. No
    /// code contains its address, so that no linker looks for it.
    static IO_CORE_SCRATCH: [u8; SCRATCH_SIZE];
}

/// The largest size that compilers accept for a type, so that each block is smaller.
const SCRATCH_SIZE: usize = match usize::BITS {
    64 => usize::MAX >> 3,
    _ => usize::MAX >> 1,
};

/// The memory in which the offset of a field is computed.
///
/// # Invariants
///
/// `at` points to memory of at least the size of the twin.
pub struct Base<T: ?Sized + HasTwin> {
    /// The start of the memory.
    pub at: *const T::Twin,
}

impl<T: ?Sized + HasTwin> Clone for Base<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: ?Sized + HasTwin> Copy for Base<T> {}

impl<T: ?Sized + HasTwin> core::fmt::Debug for Base<T> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("Base")
    }
}

/// Returns a base for the fields of a `T`.
pub const fn base<T: ?Sized + HasTwin>() -> Base<T> {
    // INVARIANT: the memory is as large as any type can be.
    Base { at: (&raw const IO_CORE_SCRATCH).cast() }
}

/// The offset of a field of type `U` in a `T`.
///
/// # Invariants
///
/// `U::SIZE` bytes at `offset` lie inside every `T`, and `offset` is aligned for a `U`.
#[derive(Debug)]
pub struct FieldOffset<T: ?Sized, U> {
    pub(super) offset: usize,
    marker: PhantomData<fn(*const T) -> U>,
}

/// Computes the offset of `field` from `base`.
///
/// # Safety
///
/// * `base` must have been returned by the function `base`.
/// * `field` must have been computed by `&raw const (*base.at).name`, without any further
///   dereference.
pub const unsafe fn offset<T, U>(base: Base<T>, field: *const U) -> FieldOffset<T, U>
where
    T: ?Sized + HasTwin,
    U: FieldTarget<T>,
{
    // SAFETY: the caller guarantees that both pointers refer to the same scratch memory, and that
    // `field` is not before its start. If a dereference of the scratch memory's bytes was part of the
    // path, the evaluation of the constant fails, because these cannot be read.
    let offset = unsafe { field.byte_offset_from(base.at) };
    // INVARIANT: the field lies inside the `T`, and so does the type that it is projected to.
    assert!(offset >= 0);
    assert!(matches!((offset as usize).checked_add(U::SIZE), Some(end) if end <= T::MIN_SIZE));
    // INVARIANT: the offset is aligned wherever a `T` is, even if the struct is packed.
    assert!(
        align_of::<U>() <= align_of::<T::Twin>()
            && (offset as usize).is_multiple_of(align_of::<U>()),
        "the field is not aligned for its type, since the struct is packed: declare it as smaller \
         fields"
    );
    FieldOffset { offset: offset as usize, marker: PhantomData }
}

/// The projection of a field of this type in a `T`.
///
/// # Safety
///
/// If `Self` is the type of a field of `T` at `offset`, and `T` is an
/// [`IoStruct`](crate::IoStruct), the pointer that `place` returns must fulfil:
///
/// * It must be derived from `block`, and refer to bytes inside those of `block`.
/// * It must be aligned for `Target`.
/// * Accesses to these bytes as a `Target` must be allowed.
#[doc(hidden)]
pub unsafe trait FieldTarget<T: ?Sized> {
    /// The type that the field is projected to.
    type Target: ?Sized + KnownSize;
    /// The minimum size of `Target`.
    const SIZE: usize;

    /// Returns the pointer to the field in the block.
    fn place(block: *mut T, offset: usize) -> *mut Self::Target;
}

// SAFETY: `place` returns the pointer to the field itself.
#[diagnostic::do_not_recommend]
unsafe impl<T: ?Sized, U: IoLayout> FieldTarget<T> for U {
    type Target = U;
    const SIZE: usize = size_of::<U>();

    #[inline(always)]
    fn place(block: *mut T, offset: usize) -> *mut U {
        block.cast::<u8>().wrapping_add(offset).cast()
    }
}

// SAFETY: by the contract of `IoStruct`, a `V` fits at the offset of an `Overlay<V>`. `offset`
// checks it again.
#[diagnostic::do_not_recommend]
unsafe impl<T: ?Sized, V: IoLayout> FieldTarget<T> for Overlay<V> {
    type Target = V;
    const SIZE: usize = size_of::<V>();

    #[inline(always)]
    fn place(block: *mut T, offset: usize) -> *mut V {
        V::place(block, offset)
    }
}

// SAFETY: by the contract of `IoTail`, the elements start at the offset of the twin's `Tail`, and
// the block's pointer contains their number.
#[diagnostic::do_not_recommend]
unsafe impl<T: ?Sized + IoTail<Item = E>, E: IoLayout> FieldTarget<T> for Tail<E> {
    type Target = [E];
    const SIZE: usize = 0;

    #[inline(always)]
    fn place(block: *mut T, offset: usize) -> *mut [E] {
        let len = T::elements(block).len();
        core::ptr::slice_from_raw_parts_mut(E::place(block, offset), len)
    }
}

// SAFETY: by the contract of `IoTail`, an `F` follows the elements, for any number of them. It is
// inside the block, whose size includes it, and aligned, since `CHECKED` is evaluated before each
// projection. The twin has no other field of this type.
#[diagnostic::do_not_recommend]
unsafe impl<T: ?Sized + IoTail<After = F>, F: IoLayout> FieldTarget<T> for AfterTail<F> {
    type Target = F;
    const SIZE: usize = size_of::<F>();

    #[inline(always)]
    fn place(block: *mut T, offset: usize) -> *mut F {
        let elements = <[T::Item]>::size(T::elements(block));
        F::place(block, offset.wrapping_add(elements))
    }
}
