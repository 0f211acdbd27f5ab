//! Field steps: the offset of a real place, computed by the compiler.

use core::{marker::PhantomData, mem::MaybeUninit};

/// Memory for a `T` that only a constant's evaluation ever sees.
///
/// `&raw const (*base).field` needs a base inside an allocation; device memory
/// is none, so the offset is taken here and applied to the token pointer.
#[derive(Debug)]
pub struct Scratch<T>(MaybeUninit<T>);

impl<T> Scratch<T> {
    /// Memory without a value.
    #[expect(clippy::new_without_default, reason = "called in constants by generated code")]
    pub const fn new() -> Self {
        Scratch(MaybeUninit::uninit())
    }

    /// Where it is.
    pub const fn base(&self) -> *const T {
        self.0.as_ptr()
    }
}

/// The offset of a field of type `U` in a `T`.
///
/// # Invariants
///
/// A `U` lies entirely inside a `T` at `offset` bytes, aligned wherever the `T` is.
#[derive(Debug)]
pub struct FieldOffset<T, U> {
    pub(super) offset: usize,
    marker: PhantomData<fn(T) -> U>,
}

/// The offset of `field` from `base`.
///
/// # Safety
///
/// `base` is the start of a [`Scratch<T>`], and `field` was made of it with
/// `&raw const (*base).name`, without a dereference on the way.
pub const unsafe fn offset<T, U>(base: *const T, field: *const U) -> FieldOffset<T, U> {
    // SAFETY: both point into the same scratch memory by contract, `field` not
    // before `base`. A place reached through a dereference of the scratch's
    // uninitialised bytes ends the evaluation with an error instead.
    let offset = unsafe { field.byte_offset_from(base) };
    // INVARIANT: the field of a `T` is inside it.
    assert!(offset >= 0 && offset as usize + size_of::<U>() <= size_of::<T>());
    // INVARIANT: aligned wherever a `T` is, however the struct was packed.
    assert!(
        align_of::<U>() <= align_of::<T>() && (offset as usize).is_multiple_of(align_of::<U>()),
        "the field is not aligned for its type: the struct is packed"
    );
    FieldOffset { offset: offset as usize, marker: PhantomData }
}
