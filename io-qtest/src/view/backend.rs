//! The backend of the views: single accesses.

use core::{fmt, marker::PhantomData};

use io_core::{
    KnownSize, Repr, Width,
    backend::{ErrorOf, IoBackend, IoCapable},
    barrier,
};

use super::mode::ErrorIn;
use super::space::index;
use super::{Memory, Mode, QtestView, Quiet, Space};
use crate::Connection;
use crate::connection::number;

/// The backend of [`QtestView`].
pub struct QtestBackend<S: Space = Memory, M: Mode = Quiet>(PhantomData<fn() -> (S, M)>);

impl<S: Space, M: Mode> fmt::Debug for QtestBackend<S, M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("QtestBackend")
    }
}

// SAFETY:
// * `as_ptr` returns the pointer with which the view was created, unchanged.
// * `project_view` returns a view of the location of the given pointer, with the lifetime of the
//   original view. The pointer is only an address, so it identifies the location completely.
unsafe impl<S: Space, M: Mode> IoBackend for QtestBackend<S, M> {
    type Fail = M::Fail;
    type View<'a, T: ?Sized + KnownSize> = QtestView<'a, T, S, M>;
    type Relaxed = Self;

    fn as_ptr<'a, T: ?Sized + KnownSize>(view: Self::View<'a, T>) -> *mut T {
        view.ptr
    }

    unsafe fn project_view<'a, T, U>(view: Self::View<'a, T>, ptr: *mut U) -> Self::View<'a, U>
    where
        T: ?Sized + KnownSize,
        U: ?Sized + KnownSize,
    {
        QtestView { ptr, bus: view.bus, marker: PhantomData }
    }

    fn relaxed<'a, T: ?Sized + KnownSize>(view: Self::View<'a, T>) -> Self::View<'a, T> {
        view
    }

    fn barrier<'a, T: ?Sized + KnownSize>(_view: Self::View<'a, T>, kind: barrier::Barrier) {
        // These barriers order accesses to guest RAM; the channel needs none.
        match kind {
            barrier::Barrier::Mb => barrier::mb(),
            barrier::Barrier::Rmb => barrier::rmb(),
            barrier::Barrier::Wmb => barrier::wmb(),
            barrier::Barrier::DmaMb => barrier::dma_mb(),
            barrier::Barrier::DmaRmb => barrier::dma_rmb(),
            barrier::Barrier::DmaWmb => barrier::dma_wmb(),
        }
    }
}

macro_rules! capable {
    ($int:ident over $space:ty $(, $generic:ident: $bound:path)*) => {
        impl<$($generic: $bound,)* M: Mode> IoCapable<$int> for QtestBackend<$space, M> {
            fn io_read<'a>(view: Self::View<'a, $int>) -> Result<$int, ErrorOf<Self>> {
                let op = const { <$space>::READS[index(<$int>::WIDTH)] };
                let number = load::<M>(view.bus, op, view.ptr.addr(), <$int>::WIDTH)?;
                Ok(from_bus(number))
            }

            fn io_write<'a>(view: Self::View<'a, $int>, value: $int) -> Result<(), ErrorOf<Self>> {
                let op = const { <$space>::WRITES[index(<$int>::WIDTH)] };
                store::<M>(view.bus, op, view.ptr.addr(), to_bus(value))
            }
        }
    };
}

capable!(u8 over S, S: Space);
capable!(u16 over S, S: Space);
capable!(u32 over S, S: Space);
capable!(u64 over Memory);

/// Returns the value whose bytes in memory are those of a number on a little-endian bus.
pub(super) fn from_bus<R: Repr>(number: u64) -> R {
    R::from_u64(number).to_le()
}

/// Returns the number on a little-endian bus that has the bytes of `value`.
pub(super) fn to_bus<R: Repr>(value: R) -> u64 {
    value.to_le().to_u64()
}

/// Makes one read; returns the number in QEMU's answer.
pub(super) fn load<M: Mode>(
    bus: &Connection,
    op: &str,
    address: usize,
    width: Width,
) -> Result<u64, ErrorIn<M>> {
    let parse = |answer: &str| number(answer).filter(|number| *number <= width.all_ones());
    let result = bus.hold().exchange(&format!("{op} {address:#x}"), parse);
    M::settle(result, width.all_ones())
}

/// Writes one number.
pub(super) fn store<M: Mode>(
    bus: &Connection,
    op: &str,
    address: usize,
    number: u64,
) -> Result<(), ErrorIn<M>> {
    M::settle(bus.hold().store(op, address as u64, number), ())
}
