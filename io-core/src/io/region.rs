//! `Region`: untyped memory with a minimum size and alignment.

use super::{Error, KnownSize};

mod sealed {
    pub trait Sealed {}
}

/// An alignment that a [`Region`] can guarantee. Sealed: [`A1`] to [`A16`].
pub trait RegionAlign: sealed::Sealed + 'static {
    /// The alignment in bytes.
    const ALIGN: usize;
}

macro_rules! region_align {
    ($($name:ident $align:literal $text:literal),+) => {$(
        #[doc = concat!("Aligned to ", $text, ".")]
        #[derive(Clone, Copy, Debug)]
        #[repr(align($align))]
        pub struct $name;

        impl sealed::Sealed for $name {}
        impl RegionAlign for $name {
            const ALIGN: usize = $align;
        }
    )+};
}

region_align!(A1 1 "1 byte", A2 2 "2 bytes", A4 4 "4 bytes", A8 8 "8 bytes", A16 16 "16 bytes");

/// Untyped device memory of at least `SIZE` bytes.
///
/// Accessed by offset ([`IoRegion`](super::IoRegion)), by located register ([`Loc`](super::Loc)),
/// or after a [cast](super::Io::cast) to a typed block.
///
/// ```
/// use io_core::{A8, Region, prelude::*};
///
/// #[derive(IoStruct)]
/// #[repr(C)]
/// struct Header { magic: Ro<Le<u32>>, version: Ro<Le<u32>> }
///
/// /// The registers after the header depend on the version.
/// fn version<'a>(bar: impl Io<'a, Target = Region<0x1000, A8>, Backend: Bus32>) -> u32 {
///     io_read!(bar.cast::<Header>(), .version)
/// }
/// ```
///
/// # Invariants
///
/// A view of a `Region` refers to at least `SIZE` bytes. Size and address are multiples of the
/// alignment `A`.
#[repr(C)]
pub struct Region<const SIZE: usize = 0, A: RegionAlign = A4> {
    align: [A; 0],
    bytes: [u8],
}

impl<const SIZE: usize, A: RegionAlign> Region<SIZE, A> {
    /// Creates a region pointer of `size` bytes at `base`, unchecked: a pointer alone guarantees
    /// nothing.
    #[inline]
    pub const fn ptr_from_raw_parts_mut(base: *mut u8, size: usize) -> *mut Self {
        core::ptr::slice_from_raw_parts_mut(base, size) as *mut Self
    }

    /// Creates a region pointer that fulfils the invariants of address and size.
    ///
    /// # Errors
    ///
    /// * [`Error::OutOfRange`] if `size` is less than `SIZE`.
    /// * [`Error::Misaligned`] if `base` or `size` is not a multiple of `A`.
    #[inline]
    pub fn ptr_try_from_raw_parts_mut(base: *mut u8, size: usize) -> Result<*mut Self, Error> {
        if size < SIZE {
            return Err(Error::OutOfRange { offset: 0, size: SIZE, limit: size });
        }
        if !base.addr().is_multiple_of(A::ALIGN) {
            return Err(Error::Misaligned { address: base.addr(), align: A::ALIGN });
        }
        if !size.is_multiple_of(A::ALIGN) {
            return Err(Error::Misaligned { address: size, align: A::ALIGN });
        }
        Ok(Self::ptr_from_raw_parts_mut(base, size))
    }
}

impl<const SIZE: usize, A: RegionAlign> core::fmt::Debug for Region<SIZE, A> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "Region({:#x} bytes)", self.bytes.len())
    }
}

// SAFETY: the pointer's metadata is the length of `bytes`, which starts at offset 0, since the size
// of `align` is 0. The minimum size and alignment are the type's invariants.
unsafe impl<const SIZE: usize, A: RegionAlign> KnownSize for Region<SIZE, A> {
    const MIN_SIZE: usize = SIZE;
    const MIN_ALIGN: usize = A::ALIGN;

    #[inline(always)]
    fn size(ptr: *const Self) -> usize {
        (ptr as *const [u8]).len()
    }
}

/// Memory that can be cast to a typed block: [`Region`], `[u8]`, `[u8; N]`.
///
/// No other types, so that access kinds cannot be cast away.
///
/// # Safety
///
/// Every byte of the type must be a plain byte without an access kind.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be cast, since it is not untyped memory",
    label = "not untyped memory",
    note = "only `Region`, `[u8]` and `[u8; N]` can be cast: a cast of another type would remove \
            access kinds"
)]
pub unsafe trait Untyped: KnownSize {}

// SAFETY: bytes.
unsafe impl<const SIZE: usize, A: RegionAlign> Untyped for Region<SIZE, A> {}
// SAFETY: bytes.
unsafe impl Untyped for [u8] {}
// SAFETY: bytes.
unsafe impl<const N: usize> Untyped for [u8; N] {}
