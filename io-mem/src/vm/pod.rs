//! Plain-data traits: `Pod` for copies, `PodOnce` for single accesses.

use zerocopy::{FromBytes, Immutable, IntoBytes};

use crate::Repr;

mod sealed {
    pub trait Sealed {}
}

/// Plain data: any bytes are a valid value, and a value has no padding.
///
/// An alias for zerocopy's `FromBytes + IntoBytes + Immutable`; derive those traits.
///
/// ```
/// use zerocopy::{FromBytes, Immutable, IntoBytes};
///
/// #[derive(FromBytes, IntoBytes, Immutable)]
/// #[repr(C)]
/// struct Timespec { seconds: i64, nanoseconds: i64 }
///
/// fn is_pod<T: io_mem::vm::Pod>() {}
/// is_pod::<Timespec>();
/// is_pod::<[u8; 24]>();
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not plain data",
    note = "for a struct of integers without padding, add `#[repr(C)]` and \
            `#[derive(zerocopy::FromBytes, zerocopy::IntoBytes, zerocopy::Immutable)]`"
)]
pub trait Pod: FromBytes + IntoBytes + Immutable {}

impl<T: FromBytes + IntoBytes + Immutable> Pod for T {}

/// Plain data that is read and written by one access of the width of [`Word`](Self::Word).
///
/// ```
/// use io_mem::vm::{PodOnce, VmReader};
/// use zerocopy::{FromBytes, Immutable, IntoBytes};
///
/// #[derive(FromBytes, IntoBytes, Immutable, Debug, PartialEq)]
/// #[repr(C)]
/// struct Used { id: u16, len: u16 }
///
/// impl PodOnce for Used {
///     type Word = u32;
/// }
///
/// #[repr(align(4))]
/// struct Ring([u8; 4]);
/// let ring = Ring([1, 1, 2, 2]);
/// assert_eq!(VmReader::from(&ring.0[..]).read_once(), Ok(Used { id: 0x101, len: 0x202 }));
/// ```
///
/// A word of another size is rejected at compile time:
///
/// ```compile_fail,E0080
/// use io_mem::vm::{PodOnce, VmReader};
/// use zerocopy::{FromBytes, Immutable, IntoBytes};
///
/// #[derive(FromBytes, IntoBytes, Immutable)]
/// #[repr(C)]
/// struct Used { id: u32, len: u32 }
///
/// impl PodOnce for Used {
///     type Word = u32;
/// }
///
/// let _ = VmReader::from(&[0; 8][..]).read_once::<Used>();
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be read or written by one access",
    note = "for a plain-data type of your own, implement `PodOnce` with the integer of its size: \
            `type Word = u32;` for 4 bytes",
    note = "for an array of bytes, access an integer and convert it with `to_ne_bytes`",
    note = "for more than 8 bytes, use `read_val` and `write_val`, which copy"
)]
pub trait PodOnce: Pod {
    /// The unsigned integer that has the size of this type.
    type Word: Repr;
}

/// Integers that can be accessed atomically. Sealed: `u8` to `u64`, the signed integers, `usize`
/// and `isize`.
///
/// ```
/// fn is_atomic<T: io_mem::vm::PodAtomic>() {}
/// is_atomic::<u64>();
/// is_atomic::<isize>();
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be accessed atomically",
    label = "not an integer",
    note = "use an integer of 8 to 64 bits in the processor's byte order; for single loads and \
            stores of other plain data, `read_once` and `write_once`"
)]
pub trait PodAtomic: PodOnce + Copy + sealed::Sealed {}

macro_rules! integers {
    ($($word:ident: $($integer:ident)+;)+) => {$($(
        impl PodOnce for $integer {
            type Word = $word;
        }
        impl sealed::Sealed for $integer {}
        impl PodAtomic for $integer {}
    )+)+};
}

integers! {
    u8: u8 i8;
    u16: u16 i16;
    u32: u32 i32;
    u64: u64 i64;
}
#[cfg(target_pointer_width = "64")]
integers!(u64: usize isize;);
#[cfg(target_pointer_width = "32")]
integers!(u32: usize isize;);

/// Returns the word that has the same bits as the value.
#[inline(always)]
pub(super) fn word_of<T: PodOnce>(value: &T) -> T::Word {
    let () = SameSize::<T>::CHECK;
    // SAFETY: the types have the same size, as just checked. All bytes of the value are
    // initialised, and any bytes are a valid word.
    unsafe { core::mem::transmute_copy(value) }
}

/// Returns the value that has the same bits as the word.
#[inline(always)]
pub(super) fn value_of<T: PodOnce>(word: T::Word) -> T {
    let () = SameSize::<T>::CHECK;
    // SAFETY: the types have the same size, as just checked, and any bytes are a valid value.
    unsafe { core::mem::transmute_copy(&word) }
}

/// Checks that a value has the size of its word. Functions that users call contain this check too,
/// so that the error message shows the user's call.
pub(super) struct SameSize<T>(core::marker::PhantomData<T>);

impl<T: PodOnce> SameSize<T> {
    pub(super) const CHECK: () = check_size(size_of::<T>(), size_of::<T::Word>());
}

#[track_caller]
const fn check_size(value: usize, word: usize) {
    assert!(
        value == word,
        "`PodOnce::Word` must have the size of the type: `u8`, `u16`, `u32` or `u64`"
    );
}
