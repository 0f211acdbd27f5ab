//! A view of device registers or system memory, where the kind is known only at run time.

use core::convert::Infallible;

use io_mem::arch::Word;

use super::{Mmio, MmioBackend, SysMem, SysMemBackend, view};
use crate::{
    barrier::Barrier,
    io::{CopyError, IoBackend, IoCapable, IoCopyable, KnownSize, Medium, Order},
    value::Width,
};

/// A view of device registers or of system memory: a frame buffer, for example, can be in either.
///
/// Each access branches once. Code that is generic over the backend avoids the branch. Widths and
/// ordering are those of the view inside.
///
/// Source: Linux `struct iosys_map`.
///
/// ```
/// use io_core::prelude::*;
///
/// fn clear(frame: IoSysMap<'_, [u32; 4]>) {
///     frame.copy_write([0; 4]);
/// }
///
/// let mut memory = [7; 4];
/// clear(SysMem::from_mut(&mut memory).into());
/// assert_eq!(memory, [0; 4]);
/// ```
#[doc(alias = "iosys_map")]
#[expect(clippy::exhaustive_enums, reason = "a pointer refers to one of two kinds of memory")]
pub enum IoSysMap<'a, T: ?Sized + KnownSize> {
    /// Device registers.
    Io(Mmio<'a, T>),
    /// System memory.
    Sys(SysMem<'a, T>),
}

impl<'a, T: ?Sized + KnownSize> From<Mmio<'a, T>> for IoSysMap<'a, T> {
    #[inline]
    fn from(view: Mmio<'a, T>) -> Self {
        IoSysMap::Io(view)
    }
}

impl<'a, T: ?Sized + KnownSize> From<SysMem<'a, T>> for IoSysMap<'a, T> {
    #[inline]
    fn from(view: SysMem<'a, T>) -> Self {
        IoSysMap::Sys(view)
    }
}

/// The backend of [`IoSysMap`].
#[derive(Debug)]
pub enum IoSysMapBackend {}

view!(IoSysMap, IoSysMapBackend);

// SAFETY: each arm calls the backend of its view, which fulfils the contract.
unsafe impl IoBackend for IoSysMapBackend {
    type Fail = Infallible;
    type View<'a, T: ?Sized + KnownSize> = IoSysMap<'a, T>;
    type Relaxed = Self;

    #[inline(always)]
    fn as_ptr<'a, T: ?Sized + KnownSize>(view: Self::View<'a, T>) -> *mut T {
        match view {
            IoSysMap::Io(view) => MmioBackend::as_ptr(view),
            IoSysMap::Sys(view) => SysMemBackend::as_ptr(view),
        }
    }

    #[inline(always)]
    unsafe fn project_view<'a, T, U>(view: Self::View<'a, T>, ptr: *mut U) -> Self::View<'a, U>
    where
        T: ?Sized + KnownSize,
        U: ?Sized + KnownSize,
    {
        match view {
            // SAFETY: the caller guarantees what the callee requires.
            IoSysMap::Io(view) => unsafe { MmioBackend::project_view(view, ptr) }.into(),
            // SAFETY: the caller guarantees what the callee requires.
            IoSysMap::Sys(view) => unsafe { SysMemBackend::project_view(view, ptr) }.into(),
        }
    }

    #[inline(always)]
    fn order<'a, T: ?Sized + KnownSize>(view: Self::View<'a, T>) -> Order {
        match view {
            IoSysMap::Io(view) => MmioBackend::order(view),
            IoSysMap::Sys(view) => SysMemBackend::order(view),
        }
    }

    #[inline(always)]
    fn relaxed<'a, T: ?Sized + KnownSize>(view: Self::View<'a, T>) -> Self::View<'a, T> {
        view
    }

    #[inline(always)]
    fn barrier<'a, T: ?Sized + KnownSize>(view: Self::View<'a, T>, kind: Barrier) {
        match view {
            IoSysMap::Io(view) => MmioBackend::barrier(view, kind),
            IoSysMap::Sys(view) => SysMemBackend::barrier(view, kind),
        }
    }
}

#[diagnostic::do_not_recommend]
impl<W: Word> IoCapable<W> for IoSysMapBackend {
    #[inline(always)]
    fn io_read<'a>(view: Self::View<'a, W>) -> Result<W, Infallible> {
        match view {
            IoSysMap::Io(view) => MmioBackend::io_read(view),
            IoSysMap::Sys(view) => SysMemBackend::io_read(view),
        }
    }

    #[inline(always)]
    fn io_write<'a>(view: Self::View<'a, W>, value: W) -> Result<(), Infallible> {
        match view {
            IoSysMap::Io(view) => MmioBackend::io_write(view, value),
            IoSysMap::Sys(view) => SysMemBackend::io_write(view, value),
        }
    }

    #[inline(always)]
    fn io_read_fifo<'a>(
        view: Self::View<'a, W>,
        count: usize,
        sink: impl FnMut(W),
    ) -> Result<(), CopyError<Infallible>> {
        match view {
            IoSysMap::Io(view) => MmioBackend::io_read_fifo(view, count, sink),
            IoSysMap::Sys(view) => SysMemBackend::io_read_fifo(view, count, sink),
        }
    }

    #[inline(always)]
    fn io_write_fifo<'a>(
        view: Self::View<'a, W>,
        values: impl Iterator<Item = W>,
    ) -> Result<(), CopyError<Infallible>> {
        match view {
            IoSysMap::Io(view) => MmioBackend::io_write_fifo(view, values),
            IoSysMap::Sys(view) => SysMemBackend::io_write_fifo(view, values),
        }
    }
}

// SAFETY: each arm calls the backend of its view, which fulfils the contract.
unsafe impl IoCopyable for IoSysMapBackend {
    const MEDIUM: Medium = Medium::Either;
    const WIDEST: Width = MmioBackend::WIDEST;

    #[inline(always)]
    fn is_device<'a>(view: Self::View<'a, [u8]>) -> bool {
        matches!(view, IoSysMap::Io(_))
    }

    #[inline(always)]
    fn before_copy_to<'a>(view: Self::View<'a, [u8]>) {
        if let IoSysMap::Io(view) = view {
            MmioBackend::before_copy_to(view);
        }
    }

    #[inline(always)]
    fn after_copy_from<'a>(view: Self::View<'a, [u8]>) {
        if let IoSysMap::Io(view) = view {
            MmioBackend::after_copy_from(view);
        }
    }

    #[inline(always)]
    unsafe fn copy_from_io<'a>(
        view: Self::View<'a, [u8]>,
        width: Option<Width>,
        buffer: *mut u8,
    ) -> Result<(), CopyError<Infallible>> {
        match view {
            // SAFETY: the caller guarantees what the callee requires.
            IoSysMap::Io(view) => unsafe { MmioBackend::copy_from_io(view, width, buffer) },
            // SAFETY: the caller guarantees what the callee requires.
            IoSysMap::Sys(view) => unsafe { SysMemBackend::copy_from_io(view, width, buffer) },
        }
    }

    #[inline(always)]
    unsafe fn copy_to_io<'a>(
        view: Self::View<'a, [u8]>,
        width: Option<Width>,
        buffer: *const u8,
    ) -> Result<(), CopyError<Infallible>> {
        match view {
            // SAFETY: the caller guarantees what the callee requires.
            IoSysMap::Io(view) => unsafe { MmioBackend::copy_to_io(view, width, buffer) },
            // SAFETY: the caller guarantees what the callee requires.
            IoSysMap::Sys(view) => unsafe { SysMemBackend::copy_to_io(view, width, buffer) },
        }
    }

    #[inline(always)]
    fn fill_io<'a>(
        view: Self::View<'a, [u8]>,
        width: Option<Width>,
        byte: u8,
    ) -> Result<(), CopyError<Infallible>> {
        match view {
            IoSysMap::Io(view) => MmioBackend::fill_io(view, width, byte),
            IoSysMap::Sys(view) => SysMemBackend::fill_io(view, width, byte),
        }
    }
}
