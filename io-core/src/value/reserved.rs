//! Reserved bytes.

use core::marker::PhantomData;

use zerocopy::{FromBytes, Immutable, IntoBytes, KnownLayout};

use super::{
    AccessKind, BitKinds, CopyReadable, CopyWritable, Endian, FieldLayout, IoLayout, Width,
};

/// `N` bytes that the data sheet reserves. They take up space, and cannot be accessed individually.
/// Zero in a new struct.
///
/// ```
/// use io_core::prelude::*;
///
/// #[derive(IoStruct)]
/// #[repr(C)]
/// struct Timer {
///     ctrl: u32,
///     _reserved: Reserved<4>,
///     #[io(at = 0x08)]
///     count: Ro<u32>,
/// }
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(transparent)]
pub struct Reserved<const N: usize>([u8; N]);

impl<const N: usize> Reserved<N> {
    /// All bytes zero.
    pub const ZERO: Self = Reserved([0; N]);
}

impl<const N: usize> Default for Reserved<N> {
    #[inline]
    fn default() -> Self {
        Self::ZERO
    }
}

// SAFETY: consists of bytes.
#[diagnostic::do_not_recommend]
unsafe impl<const N: usize> IoLayout for Reserved<N> {
    const LAYOUT: FieldLayout = FieldLayout::Array {
        count: N,
        stride: 1,
        element: &FieldLayout::Value {
            width: Width::W8,
            access: AccessKind::Reserved,
            endian: Endian::Native,
            bits: &BitKinds::PLAIN,
        },
    };
}

/// A field whose type may be part of a block that is copied out: every [`CopyReadable`] type, and
/// reserved bytes, which cannot be copied alone.
#[doc(hidden)]
pub trait ReadablePart {}

/// A field whose type may be part of a block that is copied in.
#[doc(hidden)]
pub trait WritablePart {}

impl<T: ?Sized + CopyReadable> ReadablePart for T {}
impl<T: ?Sized + CopyWritable> WritablePart for T {}
#[diagnostic::do_not_recommend]
impl<const N: usize> ReadablePart for Reserved<N> {}
#[diagnostic::do_not_recommend]
impl<const N: usize> WritablePart for Reserved<N> {}
#[diagnostic::do_not_recommend]
impl<const N: usize, const LEN: usize> ReadablePart for [Reserved<N>; LEN] {}
#[diagnostic::do_not_recommend]
impl<const N: usize, const LEN: usize> WritablePart for [Reserved<N>; LEN] {}

// SAFETY: has no bytes.
#[diagnostic::do_not_recommend]
unsafe impl<T: ?Sized> IoLayout for PhantomData<T> {
    const LAYOUT: FieldLayout = FieldLayout::Block { fields: &[] };
}

#[diagnostic::do_not_recommend]
impl<T: ?Sized> CopyReadable for PhantomData<T> {}
#[diagnostic::do_not_recommend]
impl<T: ?Sized> CopyWritable for PhantomData<T> {}
