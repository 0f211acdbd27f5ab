//! Where accesses go: one file a backend.

mod coherent;
mod device_copy;
#[cfg(feature = "std")]
mod mapped;
mod mmio;
mod sysmap;
mod sysmem;

pub use coherent::{CoherentBackend, CoherentView};
#[cfg(feature = "std")]
pub use mapped::MappedFile;
pub use mmio::{Mmio, MmioBackend, MmioRaw, RelaxedMmio, RelaxedMmioBackend};
pub use sysmap::{IoSysMap, IoSysMapBackend};
pub use sysmem::{SysMem, SysMemBackend};

/// `IoCapable` for each width that this target's registers hold, forwarded to
/// two functions of the backend.
macro_rules! capable {
    ($backend:ident: $read:path, $write:path) => {
        capable!($backend: $read, $write; u8, u16, u32);
        #[cfg(target_pointer_width = "64")]
        capable!($backend: $read, $write; u64);
    };
    ($backend:ident: $read:path, $write:path; $($int:ident),+) => {$(
        impl $crate::io::IoCapable<$int> for $backend {
            #[inline(always)]
            fn io_read<'a>(view: Self::View<'a, $int>) -> Result<$int, core::convert::Infallible> {
                Ok($read(view))
            }

            #[inline(always)]
            fn io_write<'a>(
                view: Self::View<'a, $int>,
                value: $int,
            ) -> Result<(), core::convert::Infallible> {
                $write(view, value);
                Ok(())
            }
        }
    )+};
}
use capable;

/// What every view is: `Copy`, its own base, quiet when printed.
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

        // Prints the place, never the memory: a read may have an effect.
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
