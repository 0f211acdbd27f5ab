//! Field steps: the offset of a real place, computed by the compiler.

use core::{marker::PhantomData, mem::MaybeUninit};

use crate::{
    io::KnownSize,
    layout::{IoTail, tail::Tail},
    value::{IoLayout, Overlay},
};

/// A type that stands in for a block while the offsets of its fields are taken:
/// the block itself, or of a block with a trailing slice one without elements.
#[doc(hidden)]
pub trait HasTwin: KnownSize {
    /// Has the same fields at the same offsets.
    type Twin;
}

#[diagnostic::do_not_recommend]
impl<T> HasTwin for T {
    type Twin = T;
}

// So that rustc says that it has no fields, and not that it has no size.
#[diagnostic::do_not_recommend]
impl<T> HasTwin for [T] {
    type Twin = [T; 0];
}

#[diagnostic::do_not_recommend]
impl<const SIZE: usize, A: crate::io::RegionAlign> HasTwin for crate::io::Region<SIZE, A> {
    type Twin = [u8; SIZE];
}

/// Memory for a `T` that only a constant's evaluation ever sees.
///
/// `&raw const (*base).field` needs a base inside an allocation; device memory
/// is none, so the offset is taken here and applied to the token pointer.
enum Scratch<T> {
    /// What is there: no `T`, so that a constant can hold a reference to it
    /// whatever `T` is.
    Empty,
    /// What there is room for.
    #[expect(dead_code, reason = "for its size")]
    Full(MaybeUninit<T>),
}

/// Where the place of a field is written to take its offset.
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

/// A base for the fields of a `T`.
pub const fn base<T: ?Sized + HasTwin>() -> Base<T> {
    // A constant whatever `T` is, since no `T` is in it.
    let scratch: *const Scratch<T::Twin> = const { core::ptr::from_ref(&Scratch::Empty) };
    // INVARIANT: there is room for a `Full`.
    Base { at: scratch.cast() }
}

/// The offset of a field of type `U` in a `T`.
///
/// # Invariants
///
/// `U::SIZE` bytes at `offset` lie entirely inside every `T`, aligned for a `U`.
#[derive(Debug)]
pub struct FieldOffset<T: ?Sized, U> {
    pub(super) offset: usize,
    marker: PhantomData<fn(*const T) -> U>,
}

/// The offset of `field` from `base`.
///
/// # Safety
///
/// `base` was made by the function of that name, and `field` with
/// `&raw const (*base.at).name`, without a dereference on the way.
pub const unsafe fn offset<T, U>(base: Base<T>, field: *const U) -> FieldOffset<T, U>
where
    T: ?Sized + HasTwin,
    U: FieldTarget<T>,
{
    // SAFETY: both point into the same scratch memory by contract, `field` not
    // before its start. A place reached through a dereference of the scratch's
    // uninitialised bytes ends the evaluation with an error instead.
    let offset = unsafe { field.byte_offset_from(base.at) };
    // INVARIANT: the field of a `T` is inside it, and so is what it stands for.
    assert!(offset >= 0 && offset as usize + U::SIZE <= T::MIN_SIZE);
    // INVARIANT: aligned wherever a `T` is, however the struct was packed.
    assert!(
        align_of::<U>() <= align_of::<T::Twin>()
            && (offset as usize).is_multiple_of(align_of::<U>()),
        "the field is not aligned for its type: the struct is packed"
    );
    FieldOffset { offset: offset as usize, marker: PhantomData }
}

/// What lies where a field of this type is declared in a `T`.
///
/// # Safety
///
/// If `Self` is the type of a field of `T` at `offset`, and `T` is an
/// [`IoStruct`](crate::IoStruct), `place` gives a place derived from `block` inside its
/// place, aligned, where a `Target` may be.
#[doc(hidden)]
pub unsafe trait FieldTarget<T: ?Sized> {
    /// What is projected to.
    type Target: ?Sized + KnownSize;
    /// Its least size.
    const SIZE: usize;

    /// The place of the field in the block.
    fn place(block: *mut T, offset: usize) -> *mut Self::Target;
}

// SAFETY: the field itself.
#[diagnostic::do_not_recommend]
unsafe impl<T: ?Sized, U: IoLayout> FieldTarget<T> for U {
    type Target = U;
    const SIZE: usize = size_of::<U>();

    #[inline(always)]
    fn place(block: *mut T, offset: usize) -> *mut U {
        block.cast::<u8>().wrapping_add(offset).cast()
    }
}

// SAFETY: by `IoStruct`'s contract a `V` fits where an `Overlay<V>` is; `offset`
// looks again.
#[diagnostic::do_not_recommend]
unsafe impl<T: ?Sized, V: IoLayout> FieldTarget<T> for Overlay<V> {
    type Target = V;
    const SIZE: usize = size_of::<V>();

    #[inline(always)]
    fn place(block: *mut T, offset: usize) -> *mut V {
        V::place(block, offset)
    }
}

// SAFETY: by `IoTail`'s contract the elements start where the twin's `Tail` is,
// and the block's pointer carries their number.
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
