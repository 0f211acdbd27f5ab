//! Arrays with a stride: elements with bytes between them that belong to other registers.

use super::{
    build_index::Array,
    field::FieldTarget,
    index::Indexable,
    literal::{Compare, Count, Digits, Literal},
};
use crate::{
    io::KnownSize,
    layout::strided::{StridedField, extent},
    value::IoLayout,
};

/// `N` elements, `STRIDE` bytes apart: the memory of a field with `#[io(at = …, stride = …)]` in an
/// `#[io_struct]`, if the stride is larger than an element.
///
/// The bytes between the elements may belong to other registers, also to another array. Such an
/// array is indexed and iterated over like any other. It has no slice, and no copies of several
/// elements.
///
/// ```
/// use io_core::prelude::*;
///
/// /// Two arrays that are woven into each other.
/// #[io_struct(size = 0x20)]
/// struct Timer {
///     #[io(at = 0x00, stride = 0x08)]
///     ctrl: [Le<u32>; 4],
///     #[io(at = 0x04, stride = 0x08)]
///     count: [Ro<Le<u32>>; 3],
///     #[io(at = 0x1c)]
///     status: Le<u32>,
/// }
///
/// fn idle<'a>(timer: impl Io<'a, Target = Timer, Backend: Bus32>) -> usize {
///     io_write!(timer, .ctrl[3], 1);
///     io_project!(timer, .count).iter().filter(|count| count.read_val() == 0).count()
/// }
/// # let mut words = [0_u32; 8];
/// # // SAFETY: the exclusive borrow of `words` covers a `Timer`.
/// # let timer = unsafe { SysMem::new(words.as_mut_ptr().cast::<Timer>()) };
/// assert_eq!(idle(timer), 3);
/// # assert_eq!(words.map(u32::from_le), [0, 0, 0, 0, 0, 0, 1, 0]);
/// ```
#[derive(Debug)]
#[repr(transparent)]
pub struct StridedArray<E, const N: usize, const STRIDE: usize>([E]);

/// Several elements, `STRIDE` bytes apart, whose number is known at run time: a part of a
/// [`StridedArray`].
///
/// ```
/// use io_core::prelude::*;
///
/// #[io_struct]
/// struct Timer {
///     #[io(at = 0x00, stride = 0x08)]
///     ctrl: [Le<u32>; 4],
/// }
///
/// # let mut words = [0_u32; 7];
/// # // SAFETY: the exclusive borrow of `words` covers a `Timer`.
/// # let timer = unsafe { SysMem::new(words.as_mut_ptr().cast::<Timer>()) };
/// for ctrl in io_project!(timer, .ctrl[panic: 1..3]).iter() {
///     ctrl.write_val(5);
/// }
/// # assert_eq!(words.map(u32::from_le), [0, 0, 5, 0, 5, 0, 0]);
/// ```
#[derive(Debug)]
#[repr(transparent)]
pub struct StridedSlice<E, const STRIDE: usize>([E]);

// SAFETY: from the first byte of the first element to the last byte of the last one. The number of
// elements is that of the type.
unsafe impl<E, const N: usize, const STRIDE: usize> KnownSize for StridedArray<E, N, STRIDE> {
    const MIN_SIZE: usize = extent::<E>(N, STRIDE);
    const MIN_ALIGN: usize = align_of::<E>();

    #[inline(always)]
    fn size(_ptr: *const Self) -> usize {
        Self::MIN_SIZE
    }
}

// SAFETY: as above; the number of elements is the pointer's metadata.
unsafe impl<E, const STRIDE: usize> KnownSize for StridedSlice<E, STRIDE> {
    const MIN_SIZE: usize = 0;
    const MIN_ALIGN: usize = align_of::<E>();

    #[inline(always)]
    fn size(ptr: *const Self) -> usize {
        extent::<E>((ptr as *const [E]).len(), STRIDE)
    }
}

/// Checks that elements with this stride are aligned and do not overlap. Fields are checked where
/// their block is defined; this check is for pointers that a user has made.
const fn check_stride<E>(stride: usize) {
    assert!(
        stride >= size_of::<E>() && stride.is_multiple_of(align_of::<E>()),
        "the stride must be a multiple of the alignment of the elements, and at least their size"
    );
}

/// The pointer to element `i` of elements that start at `first`.
#[inline(always)]
fn element<E, const STRIDE: usize>(first: *mut E, i: usize) -> *mut E {
    const { check_stride::<E>(STRIDE) };
    first.cast::<u8>().wrapping_add(i.wrapping_mul(STRIDE)).cast()
}

/// The pointer to `count` elements that start at `first`. A part without elements starts at the
/// first one, since the position after the last one would be outside the array.
#[inline(always)]
fn part<E, const STRIDE: usize>(
    first: *mut E,
    start: usize,
    count: usize,
) -> *mut StridedSlice<E, STRIDE> {
    let start = if count == 0 { 0 } else { start };
    let first = element::<E, STRIDE>(first, start);
    core::ptr::slice_from_raw_parts_mut(first, count) as *mut StridedSlice<E, STRIDE>
}

// SAFETY: `N` elements at multiples of the stride, which lie inside the `MIN_SIZE` bytes of the array.
// They are aligned and do not overlap, as `element` checks, from which all pointers are computed.
unsafe impl<E, const N: usize, const STRIDE: usize> Indexable for StridedArray<E, N, STRIDE> {
    type Item = E;
    type Part = StridedSlice<E, STRIDE>;
    type Array<const M: usize> = StridedArray<E, M, STRIDE>;

    #[inline(always)]
    fn count(_ptr: *mut Self) -> usize {
        N
    }

    #[inline(always)]
    fn element(ptr: *mut Self, i: usize) -> *mut E {
        element::<E, STRIDE>(ptr.cast(), i)
    }

    #[inline(always)]
    fn part(ptr: *mut Self, start: usize, count: usize) -> *mut Self::Part {
        part(ptr.cast(), start, count)
    }

    #[inline(always)]
    fn array<const M: usize>(part: *mut Self::Part) -> *mut Self::Array<M> {
        part as *mut StridedArray<E, M, STRIDE>
    }
}

// SAFETY: as above; the number of elements is the pointer's metadata.
unsafe impl<E, const STRIDE: usize> Indexable for StridedSlice<E, STRIDE> {
    type Item = E;
    type Part = Self;
    type Array<const M: usize> = StridedArray<E, M, STRIDE>;

    #[inline(always)]
    fn count(ptr: *mut Self) -> usize {
        (ptr as *mut [E]).len()
    }

    #[inline(always)]
    fn element(ptr: *mut Self, i: usize) -> *mut E {
        element::<E, STRIDE>(ptr.cast(), i)
    }

    #[inline(always)]
    fn part(ptr: *mut Self, start: usize, count: usize) -> *mut Self {
        part(ptr.cast(), start, count)
    }

    #[inline(always)]
    fn array<const M: usize>(part: *mut Self) -> *mut Self::Array<M> {
        part as *mut StridedArray<E, M, STRIDE>
    }
}

// SAFETY: `N` elements.
#[diagnostic::do_not_recommend]
unsafe impl<E, const N: usize, const STRIDE: usize> Array<N> for StridedArray<E, N, STRIDE> {}

impl<E, const I: usize, const N: usize, const STRIDE: usize> Compare<[E; N], I, N>
    for Literal<StridedArray<E, N, STRIDE>, I>
where
    Count<I>: Digits,
    Count<N>: Digits,
{
}

// SAFETY: by the contract of `IoStruct`, the elements of a `StridedField` lie inside the block, are
// aligned, and share no bytes with other fields. `offset` checks the bounds again.
#[diagnostic::do_not_recommend]
unsafe impl<T: ?Sized, E: IoLayout, const N: usize, const STRIDE: usize> FieldTarget<T>
    for StridedField<E, N, STRIDE>
{
    type Target = StridedArray<E, N, STRIDE>;
    const SIZE: usize = extent::<E>(N, STRIDE);

    #[inline(always)]
    fn place(block: *mut T, offset: usize) -> *mut Self::Target {
        let first = E::place(block, offset);
        core::ptr::slice_from_raw_parts_mut(first, N) as *mut Self::Target
    }
}
