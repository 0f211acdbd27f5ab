//! `Region`: untyped memory with a minimum size and alignment, of a device or anonymous.

use core::marker::PhantomData;

use super::{Error, KnownSize};

mod sealed {
    use super::Error;

    pub trait Sealed {}

    /// The constructor of [`AnyRegion`](super::AnyRegion).
    pub trait Pointer {
        /// Creates a pointer that fulfils the invariants of the region.
        ///
        /// # Errors
        ///
        /// * The errors of `Region::ptr_try_from_raw_parts_mut`.
        fn try_pointer(base: *mut u8, size: usize) -> Result<*mut Self, Error>;
    }
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

/// An alignment that is sufficient for accesses of the width of `R`. Sealed, as [`RegionAlign`].
///
/// ```
/// use io_core::{A8, AlignedFor, AnyRegion, Region, prelude::*};
///
/// /// Reads a counter of 64 bits of any region that is aligned for it.
/// fn counter<'a, I>(bar: I) -> u64
/// where
///     I: Io<'a, Target: AnyRegion<Align: AlignedFor<u64>>, Backend: Bus64>,
/// {
///     bar.read_at::<Le<u64>>(8)
/// }
/// # let mut words = [0_u64, 7_u64.to_le()];
/// # let raw = MmioRaw::<Region<16, A8>>::region_from_ptr(words.as_mut_ptr().cast(), 16).unwrap();
/// # // SAFETY: the words exist and are aligned.
/// # assert_eq!(counter(unsafe { Mmio::from_raw(raw) }), 7);
/// ```
#[diagnostic::on_unimplemented(
    message = "the type of the region guarantees the alignment `{Self}`, which is not sufficient for \
               an access of the width of `{R}`",
    label = "the address may be misaligned",
    note = "`u16` requires `A2`, `u32` requires `A4`, `u64` requires `A8`: if the device guarantees \
            it, name it in the type of the region, such as `Region<SIZE, A8>`",
    note = "`try_read_at`, `try_write_at` and `try_update_at` check the address at run time instead"
)]
pub trait AlignedFor<R>: RegionAlign {}

#[diagnostic::do_not_recommend]
impl<A: RegionAlign> AlignedFor<u8> for A {}

macro_rules! aligned_for {
    ($($repr:ident: $($align:ident)+;)+) => {$($(
        #[diagnostic::do_not_recommend]
        impl AlignedFor<$repr> for $align {}
    )+)+};
}

aligned_for! {
    u16: A2 A4 A8 A16;
    u32: A4 A8 A16;
    u64: A8 A16;
}

/// The device of a [`Region`] that belongs to no device: the default.
///
/// It is unsized, and therefore no [`NamedDevice`].
#[derive(Debug)]
pub struct Anonymous {
    _unsized: [u8],
}

/// A `PhantomData<D>` whose `D` names a device: every sized type, usually an empty struct.
///
/// [`Loc::at`](super::Loc::at) requires it, so that each located register belongs to one device.
///
/// ```
/// use io_core::{A4, Loc, Region};
///
/// struct Nova;
/// type Bar = Region<0x1000, A4, Nova>;
///
/// const RESET: Loc<Bar, u32> = Loc::at(0x10);
/// ```
#[diagnostic::on_unimplemented(
    message = "a located register belongs to a device, and this region names none",
    label = "the region is anonymous",
    note = "name the device in the type of its region: `struct Nova;` and `type Bar = Region<SIZE, \
            A4, Nova>;`"
)]
pub trait NamedDevice {}

// A bound on `D` itself would make rustc suggest a borrow, since references are sized.
#[diagnostic::do_not_recommend]
impl<D> NamedDevice for PhantomData<D> {}

/// Untyped device memory of at least `SIZE` bytes.
///
/// `D` is the device that the memory belongs to. Registers of one device cannot be accessed in the
/// region of another, even if both have the same size:
///
/// ```compile_fail
/// use io_core::{A4, Loc, Region, prelude::*};
///
/// struct Nic;
/// struct Gpu;
///
/// const NIC_RESET: Loc<Region<0x1000, A4, Nic>, u32> = Loc::at(0x10);
///
/// fn reset(gpu: Mmio<'_, Region<0x1000, A4, Gpu>>) {
///     gpu.write(NIC_RESET, 1);
/// }
/// ```
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
pub struct Region<const SIZE: usize = 0, A: RegionAlign = A4, D: ?Sized = Anonymous> {
    align: [A; 0],
    // Of no value, and equal to that of no other device, lifetimes included.
    device: PhantomData<fn(*const D) -> *const D>,
    bytes: [u8],
}

impl<const SIZE: usize, A: RegionAlign, D: ?Sized> Region<SIZE, A, D> {
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

impl<const SIZE: usize, A: RegionAlign, D: ?Sized> core::fmt::Debug for Region<SIZE, A, D> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "Region({:#x} bytes)", self.bytes.len())
    }
}

// SAFETY: the pointer's metadata is the length of `bytes`, which starts at offset 0, since the size
// of the other fields is 0. The minimum size and alignment are the type's invariants.
unsafe impl<const SIZE: usize, A: RegionAlign, D: ?Sized> KnownSize for Region<SIZE, A, D> {
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
unsafe impl<const SIZE: usize, A: RegionAlign, D: ?Sized> Untyped for Region<SIZE, A, D> {}
// SAFETY: bytes.
unsafe impl Untyped for [u8] {}
// SAFETY: bytes.
unsafe impl<const N: usize> Untyped for [u8; N] {}

/// A [`Region`] of any size, alignment and device. Sealed.
///
/// ```
/// use io_core::{A4, AnyRegion, Error, Region, prelude::*};
///
/// struct Nova;
/// type Bar = Region<0x10, A4, Nova>;
///
/// /// The view of a BAR as the region of a device.
/// fn probe<'a, R: ?Sized + AnyRegion>(
///     bar: Mmio<'a, Region>,
/// ) -> Result<Mmio<'a, R>, Error> {
///     bar.try_region()
/// }
/// # let mut words = [0_u32; 4];
/// # let raw = MmioRaw::<Region>::region_from_ptr(words.as_mut_ptr().cast(), 16).unwrap();
/// # // SAFETY: the words exist and are aligned.
/// # let bar = unsafe { Mmio::from_raw(raw) };
/// assert_eq!(probe::<Bar>(bar)?.size(), 0x10);
/// # Ok::<(), Error>(())
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a region",
    label = "not a `Region<SIZE, A, D>`",
    note = "use `try_cast::<{Self}>()` for a typed block"
)]
pub trait AnyRegion: Untyped + sealed::Pointer {
    /// The alignment of the region.
    type Align: RegionAlign;
    /// The device of the region, or [`Anonymous`].
    type Device: ?Sized;
}

impl<const SIZE: usize, A: RegionAlign, D: ?Sized> sealed::Pointer for Region<SIZE, A, D> {
    #[inline]
    fn try_pointer(base: *mut u8, size: usize) -> Result<*mut Self, Error> {
        Self::ptr_try_from_raw_parts_mut(base, size)
    }
}

impl<const SIZE: usize, A: RegionAlign, D: ?Sized> AnyRegion for Region<SIZE, A, D> {
    type Align = A;
    type Device = D;
}

/// Creates a pointer that fulfils the invariants of the region `R`.
///
/// # Errors
///
/// * The errors of [`Region::ptr_try_from_raw_parts_mut`].
#[inline]
pub(crate) fn region_pointer<R: ?Sized + AnyRegion>(
    base: *mut u8,
    size: usize,
) -> Result<*mut R, Error> {
    R::try_pointer(base, size)
}
