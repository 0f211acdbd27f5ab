//! Registers at a constant offset, whose bounds are checked where the constant is defined.

use core::{fmt, marker::PhantomData};

use super::{NamedDevice, Region, RegionAlign};

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
/// # Invariants
///
/// * `Base` is a [`Region`], which is untyped.
/// * `offset + size_of::<V>() <= Base::MIN_SIZE`.
/// * `offset` is a multiple of `align_of::<V>()`, and so is `Base::MIN_ALIGN`.
pub struct Loc<Base: ?Sized, V> {
    offset: usize,
    marker: PhantomData<(*const V, *const Base)>,
}

impl<const SIZE: usize, A: RegionAlign, D: ?Sized, V> Loc<Region<SIZE, A, D>, V> {
    /// The `V` at `offset` bytes from the start of the region.
    ///
    /// # Panics
    ///
    /// In a constant, which is the intended use, each of these is a compile error at the constant:
    ///
    /// * The `V` is not inside the guaranteed bytes of the region.
    /// * The alignment of `V` is larger than that of the region.
    /// * `offset` is not a multiple of the alignment of `V`.
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

impl<Base: ?Sized, V> Loc<Base, V> {
    /// The offset in bytes from the start of the base.
    #[inline(always)]
    pub const fn offset(self) -> usize {
        self.offset
    }
}

impl<Base: ?Sized, V> Clone for Loc<Base, V> {
    #[inline]
    fn clone(&self) -> Self {
        *self
    }
}

impl<Base: ?Sized, V> Copy for Loc<Base, V> {}

// SAFETY: the value is a number; no value of the type parameters exists.
unsafe impl<Base: ?Sized, V> Send for Loc<Base, V> {}
// SAFETY: as above.
unsafe impl<Base: ?Sized, V> Sync for Loc<Base, V> {}

impl<Base: ?Sized, V> fmt::Debug for Loc<Base, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Loc({:#x})", self.offset)
    }
}
