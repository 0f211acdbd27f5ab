//! Registers at a constant offset, whose bounds are checked where the constant is defined.

use core::{fmt, marker::PhantomData};

use super::Untyped;

/// The location of a `V` in a `Base`, checked where the constant is defined.
///
/// For register maps that are too sparse to be written as a struct:
///
/// ```
/// use io_core::{Loc, Region, prelude::*};
///
/// type Bar = Region<0x100>;
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
/// # let bar = io_project!(ram, .bytes).try_region::<0x100, io_core::A4>().unwrap();
/// # assert_eq!(start(bar), 0x1234);
/// # assert_eq!(bar.read(CTRL), 1);
/// ```
///
/// An offset outside the base, or one that is not aligned for `V`, does not compile:
///
/// ```compile_fail
/// use io_core::{Loc, Region};
///
/// const BEHIND: Loc<Region<0x100>, u32> = Loc::at(0x100);
/// ```
///
/// The base is untyped memory, so that a located register cannot be used to access a typed field
/// without its access kind.
///
/// # Invariants
///
/// * `Base` is untyped.
/// * `offset + size_of::<V>() <= Base::MIN_SIZE`.
/// * `offset` is a multiple of `align_of::<V>()`, and so is `Base::MIN_ALIGN`.
pub struct Loc<Base: ?Sized, V> {
    offset: usize,
    marker: PhantomData<(*const V, *const Base)>,
}

impl<Base: ?Sized + Untyped, V> Loc<Base, V> {
    /// The `V` at `offset` bytes from the start of `Base`.
    ///
    /// # Panics
    ///
    /// In a constant, which is the intended use, each of these is a compile error at the constant:
    ///
    /// * The `V` is not inside the guaranteed bytes of `Base`.
    /// * The alignment of `V` is larger than that of `Base`.
    /// * `offset` is not a multiple of the alignment of `V`.
    #[track_caller]
    pub const fn at(offset: usize) -> Self {
        crate::layout::check_location::<Base, V>(offset);
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
