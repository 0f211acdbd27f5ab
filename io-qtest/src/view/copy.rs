//! The backend of the views: copies, one access at a time.

use io_core::{
    CopyError, Width,
    backend::{ErrorOf, IoCopyable, Medium, widest},
};

use super::backend::{load, store};
use super::space::index;
use super::{Mode, QtestBackend, QtestView, Space};

/// Returns the command and the width of the accesses of a copy.
fn choose<E>(
    view: QtestView<'_, [u8], impl Space, impl Mode>,
    width: Option<Width>,
    commands: &'static [&'static str],
) -> Result<(&'static str, Width), CopyError<E>> {
    let (address, size) = (view.ptr.addr(), view.ptr.len());
    let width = width.unwrap_or(widest(address, size));
    let fits = (address | size).is_multiple_of(width.bytes());
    match commands.get(index(width)) {
        Some(op) if fits => Ok((op, width)),
        _ => Err(CopyError::Width { width, address, size }),
    }
}

// SAFETY: the loops visit all bytes of view and buffer in ascending order, one access of `width`
// after the other; the size is a multiple of `width`. An access that fails ends the copy after the
// bytes before it were copied. If accesses cannot fail, each of them returns bytes. Nothing else is
// accessed: the view is not memory.
unsafe impl<S: Space, M: Mode> IoCopyable for QtestBackend<S, M> {
    const MEDIUM: Medium = Medium::Device;
    const WIDEST: Width = if S::READS.len() > index(Width::W64) { Width::W64 } else { Width::W32 };

    unsafe fn copy_from_io<'a>(
        view: Self::View<'a, [u8]>,
        width: Option<Width>,
        buffer: *mut u8,
    ) -> Result<(), CopyError<ErrorOf<Self>>> {
        let (op, width) = choose(view, width, S::READS)?;
        for done in (0..view.ptr.len()).step_by(width.bytes()) {
            let address = view.ptr.addr() + done;
            let number = load::<M>(view.bus, op, address, width)
                .map_err(|error| CopyError::Io { error, done })?;
            let bytes = number.to_le_bytes();
            let target = buffer.wrapping_add(done);
            // SAFETY: the size is a multiple of the width, so the `width` bytes from `done` are
            // inside the buffer, and the caller guarantees that it is valid for writes. `bytes` is
            // a local of 8 bytes, which is at least `width`.
            unsafe { target.copy_from_nonoverlapping(bytes.as_ptr(), width.bytes()) };
        }
        Ok(())
    }

    unsafe fn copy_to_io<'a>(
        view: Self::View<'a, [u8]>,
        width: Option<Width>,
        buffer: *const u8,
    ) -> Result<(), CopyError<ErrorOf<Self>>> {
        let (op, width) = choose(view, width, S::WRITES)?;
        for done in (0..view.ptr.len()).step_by(width.bytes()) {
            let mut bytes = [0; 8];
            let source = buffer.wrapping_add(done);
            // SAFETY: the size is a multiple of the width, so the `width` bytes from `done` are
            // inside the buffer, and the caller guarantees that it is valid for reads and
            // initialised. `bytes` is a local of 8 bytes, which is at least `width`.
            unsafe { source.copy_to_nonoverlapping(bytes.as_mut_ptr(), width.bytes()) };
            store::<M>(view.bus, op, view.ptr.addr() + done, u64::from_le_bytes(bytes))
                .map_err(|error| CopyError::Io { error, done })?;
        }
        Ok(())
    }

    fn fill_io<'a>(
        view: Self::View<'a, [u8]>,
        width: Option<Width>,
        byte: u8,
    ) -> Result<(), CopyError<ErrorOf<Self>>> {
        let (op, width) = choose(view, width, S::WRITES)?;
        let number = u64::from_ne_bytes([byte; 8]) & width.all_ones();
        for done in (0..view.ptr.len()).step_by(width.bytes()) {
            store::<M>(view.bus, op, view.ptr.addr() + done, number)
                .map_err(|error| CopyError::Io { error, done })?;
        }
        Ok(())
    }
}
