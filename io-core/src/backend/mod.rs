//! Backends: the traits that a backend implements, and the backends of this crate.
//!
//! A driver does not need this module: views and their traits are at the root of the crate. The
//! author of a backend implements:
//!
//! | trait | for | required by |
//! |---|---|---|
//! | [`IoBackend`] | the backend type: its views, error mode and barriers | every access |
//! | [`IoCapable<R>`](IoCapable) | each width `R` (`u8` to `u64`) that the medium has | single accesses, FIFOs |
//! | [`IoCopyable`] | the backend type, if bytes can be copied | copies, `publish`, `consume` |
//! | [`IoBase`](crate::IoBase) | the view, and `&Owner` of an owner of the memory | everything, as the first argument |
//! | [`DmaBackend`] | backends of memory that a device accesses too | [`IoDma`](crate::IoDma) |
//!
//! [`Io`](crate::Io), [`IoRegion`](crate::IoRegion), [`IoSlice`](crate::IoSlice),
//! [`Bus32`](crate::Bus32) and [`Bus64`](crate::Bus64) are then implemented by this crate.
//!
//! The backends of this crate, with the widths of single accesses (64 bits only where pointers have
//! 64 bits):
//!
//! | backend | view | widths | ordering of accesses | errors |
//! |---|---|---|---|---|
//! | [`MmioBackend`] | [`Mmio`] | 8 to 64 | as `readX`, `writeX` | none |
//! | [`RelaxedMmioBackend`] | [`RelaxedMmio`](crate::RelaxedMmio) | 8 to 64 | as `readX_relaxed`, `writeX_relaxed` | none |
//! | [`MmioWcBackend`] | [`MmioWc`](crate::MmioWc) | 8 to 64 | none; buffered and merged | none |
//! | [`SysMemBackend`] | [`SysMem`] | 8 to 64 | relaxed atomics | none |
//! | [`CoherentBackend`] | [`CoherentView`] | 8 to 64 | relaxed atomics | none |
//! | [`IoSysMapBackend`] | [`IoSysMap`](crate::IoSysMap) | 8 to 64 | that of the kind of memory | none |
//! | [`FaultMemBackend`] | [`FaultMem`] | those of its [`FaultAtomic`](crate::fault::FaultAtomic) | relaxed atomics | [`Fault`](crate::fault::Fault) |
//!
//! Source: Linux `Documentation/driver-api/device-io.rst` and the kernel's Rust I/O layer, whose
//! trait names are kept.

pub(crate) mod coherent;
mod device_copy;
pub(crate) mod faultable;
#[cfg(feature = "std")]
pub(crate) mod mapped;
pub(crate) mod mmio;
pub(crate) mod sysmap;
pub(crate) mod sysmem;
pub(crate) mod write_combining;

pub use coherent::{CoherentBackend, DmaBackend};
pub use faultable::FaultMemBackend;
pub use io_mem::{ErrorMode, MayFail};
pub use mmio::{MmioBackend, RelaxedMmioBackend};
pub use sysmap::IoSysMapBackend;
pub use sysmem::SysMemBackend;
pub use write_combining::MmioWcBackend;

pub use crate::io::{
    CopyOutput, ErrorOf, Fillable, IoBackend, IoCapable, IoCopyable, Medium, Order, Output,
    PlaceErrorOf, RelaxedOf, ViewOf, check_width, widest,
};

pub(crate) use coherent::CoherentView;
pub(crate) use faultable::FaultMem;
pub(crate) use mmio::{Mmio, MmioRaw};
pub(crate) use sysmem::SysMem;

/// Implements `IoBackend` for a view that consists of a pointer to real memory or registers. The
/// arguments are how to get the pointer, and how to make the view of a part.
///
/// The last ones are the relaxed backend, and how to make its view of the same memory.
///
/// The view must hold the pointer unchanged. If its invariants hold for a range of bytes, they must
/// hold for every part of the range.
macro_rules! direct_backend {
    (
        $order:ident $backend:ident, $view:ident, |$from:ident| $ptr:expr, |$part:ident| $made:expr,
        |$whole:ident| $relaxed:ident $relaxed_view:expr $(; $($item:item)*)?
    ) => {
        // SAFETY: `as_ptr` returns the pointer unchanged. A projection is a view of the projected
        // bytes with the same lifetime.
        unsafe impl $crate::io::IoBackend for $backend {
            $($($item)*)?
            type Fail = core::convert::Infallible;
            type View<'a, T: ?Sized + $crate::io::KnownSize> = $view<'a, T>;
            type Relaxed = $relaxed;

            #[inline(always)]
            fn as_ptr<'a, T: ?Sized + $crate::io::KnownSize>($from: Self::View<'a, T>) -> *mut T {
                $ptr
            }

            #[inline(always)]
            unsafe fn project_view<'a, T, U>(
                _view: Self::View<'a, T>,
                $part: *mut U,
            ) -> Self::View<'a, U>
            where
                T: ?Sized + $crate::io::KnownSize,
                U: ?Sized + $crate::io::KnownSize,
            {
                // INVARIANT: a part of valid memory is valid for the same lifetime.
                $made
            }

            #[inline(always)]
            fn relaxed<'a, T: ?Sized + $crate::io::KnownSize>(
                $whole: Self::View<'a, T>,
            ) -> <$relaxed as $crate::io::IoBackend>::View<'a, T> {
                // INVARIANT: the same memory for the same lifetime.
                $relaxed_view
            }

            #[inline(always)]
            fn order<'a, T: ?Sized + $crate::io::KnownSize>(
                _view: Self::View<'a, T>,
            ) -> $crate::io::Order {
                $crate::io::Order::$order
            }

            #[inline(always)]
            fn barrier<'a, T: ?Sized + $crate::io::KnownSize>(
                _view: Self::View<'a, T>,
                kind: $crate::barrier::Barrier,
            ) {
                io_mem::arch::barrier(kind);
            }
        }
    };
}
use direct_backend;

/// The traits of every view: `Copy`, `IoBase` of itself, and a `Debug` that does not access memory.
macro_rules! view {
    ($view:ident, $backend:ident) => {
        impl<T: ?Sized + $crate::io::KnownSize> Clone for $view<'_, T> {
            #[inline(always)]
            fn clone(&self) -> Self {
                *self
            }
        }

        impl<T: ?Sized + $crate::io::KnownSize> Copy for $view<'_, T> {}

        impl<'a, T: ?Sized + $crate::io::KnownSize> $crate::io::IoBase<'a> for $view<'a, T> {
            type Backend = $backend;
            type Target = T;

            #[inline(always)]
            fn as_view(self) -> Self {
                self
            }
        }

        // Prints the address and size only. The memory is not read, since reads may have effects.
        impl<T: ?Sized + $crate::io::KnownSize> core::fmt::Debug for $view<'_, T> {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                let ptr = <$backend as $crate::io::IoBackend>::as_ptr(*self);
                let name = stringify!($view);
                write!(f, "{name}({:#x}, {:#x} bytes)", ptr.addr(), T::size(ptr))
            }
        }
    };
}
use view;
