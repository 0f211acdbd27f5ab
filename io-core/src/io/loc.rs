//! Located registers: proofs that a register is inside a region, made where a constant is defined.

use core::{fmt, marker::PhantomData};

use super::{KnownSize, NamedDevice, Region, RegionAlign};

mod sealed {
    pub trait Sealed {}
}

/// A type that a [`Loc`] can locate: every sized type, and [`Region`]. Sealed.
pub trait Locatable: KnownSize + sealed::Sealed {
    /// The pointer to a value of the minimum size that starts at `start`.
    #[doc(hidden)]
    fn pointer(start: *mut u8) -> *mut Self;
}

impl<T> sealed::Sealed for T {}
impl<T> Locatable for T {
    #[doc(hidden)]
    #[inline(always)]
    fn pointer(start: *mut u8) -> *mut T {
        start.cast()
    }
}

impl<const SIZE: usize, A: RegionAlign, D: ?Sized> sealed::Sealed for Region<SIZE, A, D> {}
impl<const SIZE: usize, A: RegionAlign, D: ?Sized> Locatable for Region<SIZE, A, D> {
    #[doc(hidden)]
    #[inline(always)]
    fn pointer(start: *mut u8) -> *mut Self {
        Self::ptr_from_raw_parts_mut(start, SIZE)
    }
}

/// The location of a `V` in the region `Base` of a device, checked where the constant is defined.
///
/// For register maps that are too sparse to be written as a struct:
///
/// ```
/// use io_core::{A4, Loc, Region, prelude::*};
///
/// struct Nova;
/// type Bar = Region<0x100, A4, Nova>;
/// const ID: Loc<Bar, Ro<Le<u32>>> = Loc::at(0x00);
/// const CTRL: Loc<Bar, Le<u32>> = Loc::at(0x20);
///
/// fn start<'a>(bar: impl Io<'a, Target = Bar, Backend: Bus32>) -> u32 {
///     io_update!(bar, build: CTRL, |ctrl| ctrl | 1);
///     bar.read(ID)
/// }
/// # #[derive(IoStruct)]
/// # #[repr(C, align(4))]
/// # struct Ram { bytes: [u8; 0x100] }
/// # let mut ram = Ram { bytes: [0; 0x100] };
/// # ram.bytes[..2].copy_from_slice(&0x1234_u16.to_le_bytes());
/// # let ram = SysMem::from_mut(&mut ram);
/// # let bar = io_project!(ram, .bytes).try_region::<Bar>().unwrap();
/// # assert_eq!(start(bar), 0x1234);
/// # assert_eq!(bar.read(CTRL), 1);
/// ```
///
/// An offset outside the base, or one that is not aligned for `V`, does not compile:
///
/// ```compile_fail
/// use io_core::{A4, Loc, Region};
///
/// struct Nova;
///
/// const BEHIND: Loc<Region<0x100, A4, Nova>, u32> = Loc::at(0x100);
/// ```
///
/// The base names its device, so that a located register of one device does not compile on another.
/// It is untyped memory, so that a located register cannot be used to access a typed field without
/// its access kind.
///
/// The numbers of locations are not available to constants, so that a location is never computed by
/// hand: an element of an array is named by [`element`](Self::element), and a field of a block by
/// [`loc!`](macro@crate::loc). A location in a region that is a part of another is
/// [`join`](Self::join)ed.
///
/// # Invariants
///
/// * `Base` is a [`Region`], which is untyped.
/// * `offset + V::MIN_SIZE <= Base::MIN_SIZE`.
/// * `offset` is a multiple of `V::MIN_ALIGN`, and so is `Base::MIN_ALIGN`.
/// * If `V` is a [`Region`], `V::MIN_SIZE` is a multiple of `V::MIN_ALIGN`.
///
/// Views are projected to a location without a check at run time, so unsafe code relies on these
/// invariants. Only these functions make a location:
///
/// * `at`, of `Loc` and of [`LocArray`](super::LocArray), which check all conditions.
/// * Functions that take a location and return that of a part: `element`, `get`, `iter`, `join`,
///   and the steps of `loc!`. A part of a `V` is inside the `V`, and at an offset there that is a
///   multiple of its own alignment; the index or the offset of the field proves both.
pub struct Loc<Base: ?Sized, V: ?Sized> {
    offset: usize,
    marker: PhantomData<(*const V, *const Base)>,
}

impl<const SIZE: usize, A: RegionAlign, D: ?Sized, V: ?Sized + Locatable>
    Loc<Region<SIZE, A, D>, V>
{
    /// The `V` at `offset` bytes from the start of the region.
    ///
    /// # Panics
    ///
    /// In a constant, which is the intended use, each of these is a compile error at the constant:
    ///
    /// * The `V` is not inside the guaranteed bytes of the region.
    /// * The alignment of `V` is larger than that of the region.
    /// * `offset` is not a multiple of the alignment of `V`.
    /// * `V` is a [`Region`] whose size is not a multiple of its alignment.
    #[track_caller]
    pub const fn at(offset: usize) -> Self
    where
        PhantomData<D>: NamedDevice,
    {
        crate::layout::check_location::<Region<SIZE, A, D>, V>(offset);
        // INVARIANT: all conditions have just been checked.
        Self { offset, marker: PhantomData }
    }
}

impl<Base: ?Sized, V: ?Sized> Loc<Base, V> {
    /// The location at `offset`.
    ///
    /// # Safety
    ///
    /// The invariants of the type must hold.
    #[inline(always)]
    pub(crate) const unsafe fn at_unchecked(offset: usize) -> Self {
        // INVARIANT: as the caller guarantees.
        Self { offset, marker: PhantomData }
    }

    /// The offset in bytes from the start of the base. For messages: not available to constants.
    #[inline(always)]
    pub fn offset(self) -> usize {
        self.offset
    }

    /// The same number for the parts of a location.
    #[inline(always)]
    pub(crate) const fn start(self) -> usize {
        self.offset
    }

    /// The location of a part of this region: a relative base. No check is made, in constants or at
    /// run time.
    ///
    /// ```
    /// use io_core::{A4, Loc, Region, prelude::*};
    ///
    /// struct Nova;
    /// type Bar = Region<0x1000, A4, Nova>;
    /// /// The registers of one processor, of which there are two.
    /// struct Processor;
    /// type Cpu = Region<0x100, A4, Processor>;
    ///
    /// const CPU0: Loc<Bar, Cpu> = Loc::at(0x200);
    /// const CPU1: Loc<Bar, Cpu> = Loc::at(0x300);
    /// const CTL: Loc<Cpu, Le<u32>> = Loc::at(0x10);
    /// const CTL0: Loc<Bar, Le<u32>> = CPU0.join(CTL);
    ///
    /// fn stop<'a>(bar: impl Io<'a, Target = Bar, Backend: Bus32>, second: bool) {
    ///     let cpu = if second { CPU1 } else { CPU0 };
    ///     bar.write(cpu.join(CTL), 0);
    /// }
    /// assert_eq!(CTL0.offset(), 0x210);
    /// ```
    #[inline(always)]
    pub const fn join<P: ?Sized>(self, part: Loc<V, P>) -> Loc<Base, P> {
        // INVARIANT: `part` is inside the guaranteed bytes of a `V`, which are inside the base. The
        // alignment of a `P` divides that of a `V`, and so both offsets.
        Loc { offset: self.offset + part.offset, marker: PhantomData }
    }
}

impl<Base: ?Sized, V, const N: usize> Loc<Base, [V; N]> {
    /// The location of element `index`.
    ///
    /// ```
    /// use io_core::{A4, Loc, Region, prelude::*};
    ///
    /// struct Nova;
    /// type Bar = Region<0x1000, A4, Nova>;
    /// const SCRATCH: Loc<Bar, [Le<u32>; 64]> = Loc::at(0x80);
    /// const FIRMWARE_STATUS: Loc<Bar, Le<u32>> = SCRATCH.element(8);
    /// assert_eq!(FIRMWARE_STATUS.offset(), 0xa0);
    /// ```
    ///
    /// An index out of bounds does not compile in a constant:
    ///
    /// ```compile_fail
    /// # use io_core::{A4, Loc, Region, prelude::*};
    /// # struct Nova;
    /// # type Bar = Region<0x1000, A4, Nova>;
    /// const SCRATCH: Loc<Bar, [Le<u32>; 64]> = Loc::at(0x80);
    /// const FIRMWARE_STATUS: Loc<Bar, Le<u32>> = SCRATCH.element(64);
    /// ```
    ///
    /// # Panics
    ///
    /// [`get`](Self::get) returns `None` instead.
    ///
    /// * `index` is out of bounds. In a constant, this is a compile error at the constant.
    #[inline(always)]
    #[track_caller]
    pub const fn element(self, index: usize) -> Loc<Base, V> {
        match self.get(index) {
            Some(element) => element,
            None => crate::layout::fail_index(index, index.wrapping_add(1), N),
        }
    }

    /// The location of element `index`, or `None` if it is out of bounds.
    ///
    /// ```
    /// use io_core::{A4, Loc, Region, prelude::*};
    ///
    /// struct Nova;
    /// type Bar = Region<0x1000, A4, Nova>;
    /// const SCRATCH: Loc<Bar, [Le<u32>; 64]> = Loc::at(0x80);
    ///
    /// fn scratch<'a>(bar: impl Io<'a, Target = Bar, Backend: Bus32>, i: usize) -> Option<u32> {
    ///     Some(bar.read(SCRATCH.get(i)?))
    /// }
    /// assert!(SCRATCH.get(63).is_some() && SCRATCH.get(64).is_none());
    /// ```
    #[inline(always)]
    pub const fn get(self, index: usize) -> Option<Loc<Base, V>> {
        if index >= N {
            return None;
        }
        // INVARIANT: the element is inside the array, and its offset there is a multiple of its
        // size, and so of its alignment, which is that of the array.
        Some(Loc { offset: self.offset + index * size_of::<V>(), marker: PhantomData })
    }

    /// The locations of all elements, in order.
    #[inline]
    pub fn iter(self) -> impl DoubleEndedIterator<Item = Loc<Base, V>> + ExactSizeIterator {
        (0..N).map(move |index| self.element(index))
    }
}

impl<Base: ?Sized, V: ?Sized> Clone for Loc<Base, V> {
    #[inline]
    fn clone(&self) -> Self {
        *self
    }
}

impl<Base: ?Sized, V: ?Sized> Copy for Loc<Base, V> {}

// SAFETY: the value is a number; no value of the type parameters exists.
unsafe impl<Base: ?Sized, V: ?Sized> Send for Loc<Base, V> {}
// SAFETY: as above.
unsafe impl<Base: ?Sized, V: ?Sized> Sync for Loc<Base, V> {}

impl<Base: ?Sized, V: ?Sized> fmt::Debug for Loc<Base, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Loc({:#x})", self.offset)
    }
}

/// A value that belongs to one register of a device, for
/// [`write_reg`](super::IoRegion::write_reg).
///
/// ```
/// use io_core::{A4, Loc, Region, Register, prelude::*};
///
/// struct Nova;
/// type Bar = Region<0x100, A4, Nova>;
///
/// #[derive(Clone, Copy, IoValue)]
/// #[repr(transparent)]
/// struct Ctrl(u32);
///
/// impl Register for Ctrl {
///     type Region = Bar;
///     type Field = Le<Ctrl>;
///     const LOC: Loc<Bar, Le<Ctrl>> = Loc::at(0x20);
/// }
///
/// fn start<'a>(bar: impl Io<'a, Target = Bar, Backend: Bus32>) {
///     let ctrl = bar.read(Ctrl::LOC);
///     bar.write_reg(Ctrl(ctrl.0 | 1));
/// }
/// ```
pub trait Register: Sized {
    /// The region of the device.
    type Region: ?Sized;
    /// The type of the register: the value with its byte order and access kind.
    type Field;
    /// The location of the register.
    const LOC: Loc<Self::Region, Self::Field>;
}
