//! Copies from one cursor to another.

use core::mem::MaybeUninit;

use super::{
    memory::{Fallible, FaultOf, Infallible, MemoryKind, Stop},
    reader::VmReader,
    writer::VmWriter,
};
use crate::{
    Fails,
    fault::{Fault, FaultBackend},
};

/// Memory that copies into memory of the kind `D` where one of them may fault. Sealed.
///
/// Where both may fault it is by the same backend.
///
/// ```
/// use io_mem::{CopyError, fault::Fault, vm::{CopyInto, Fallible, MemoryKind, VmReader, VmWriter}};
///
/// /// Any source will do.
/// fn reply<K>(text: &mut VmReader<'_, K>, user: &mut VmWriter<'_>) -> Result<usize, CopyError<Fault>>
/// where
///     K: CopyInto<Fallible>,
/// {
///     text.read_fallible(user)
/// }
///
/// let mut buffer = [0; 8];
/// let mut user = VmWriter::from(&mut buffer[..]).to_fallible();
/// assert_eq!(reply(&mut VmReader::from(&b"yes"[..]), &mut user), Ok(3));
/// ```
///
/// Between memory that is there [`read`](VmReader::read) copies:
///
/// ```compile_fail,E0277
/// # use io_mem::vm::{VmReader, VmWriter};
/// let mut buffer = [0; 8];
/// let _ = VmReader::from(&b"yes"[..]).read_fallible(&mut VmWriter::from(&mut buffer[..]));
/// ```
#[diagnostic::on_unimplemented(
    message = "no copy from memory of the kind `{Self}` into that of the kind `{D}` may fault",
    note = "between memory that is there `read` and `write` copy",
    note = "where both sides may fault they have the same backend: see `to_fallible_with`"
)]
pub trait CopyInto<D: MemoryKind>: MemoryKind {
    /// The kind that copies: that which may fault.
    type Through: MemoryKind<Fail = Fails<Fault>>;
}

impl<B: FaultBackend> CopyInto<Fallible<B>> for Fallible<B> {
    type Through = Self;
}

impl<B: FaultBackend> CopyInto<Infallible> for Fallible<B> {
    type Through = Self;
}

impl<B: FaultBackend> CopyInto<Fallible<B>> for Infallible {
    type Through = Fallible<B>;
}

/// Copies through `K` what is left on both sides, and moves both cursors behind it.
///
/// `K` may fault if one of the two may: by [`CopyInto`], or since none may.
#[inline(always)]
pub(super) fn transfer<K: MemoryKind, S, D>(
    reader: &mut VmReader<'_, S>,
    writer: &mut VmWriter<'_, D>,
) -> Result<usize, Stop<FaultOf<K>>> {
    let len = reader.0.len.min(writer.0.len);
    let (dst, src) = (writer.0.ptr, reader.0.ptr);
    let result = if dst.addr().abs_diff(src.addr()) < len {
        // SAFETY: so many bytes are left on both sides, which may be loaded and stored to by the
        // invariants, through `K`.
        unsafe { copy_overlapping::<K>(dst, src, len) }
    } else {
        // SAFETY: as above, and they do not overlap.
        unsafe { K::copy(dst, src, len) }
    };
    let done = result.as_ref().map_or_else(|stop| stop.done, |()| len);
    reader.0.advance(done);
    writer.0.advance(done);
    result.map(|()| done)
}

/// Copies through a buffer of our own.
///
/// # Safety
///
/// [`MemoryKind::copy`]'s, but the two may overlap.
#[cold]
unsafe fn copy_overlapping<K: MemoryKind>(
    dst: *mut u8,
    src: *const u8,
    len: usize,
) -> Result<(), Stop<FaultOf<K>>> {
    const SIZE: usize = 64;
    let mut buffer = MaybeUninit::<[u8; SIZE]>::uninit();
    let between = buffer.as_mut_ptr().cast::<u8>();
    let mut done = 0;
    while done < len {
        let size = SIZE.min(len - done);
        // SAFETY: a part of the source, and a buffer of ours with room for it.
        let loaded = unsafe { K::copy(between, src.wrapping_add(done), size) };
        let count = loaded.as_ref().map_or_else(|stop| stop.done, |()| size);
        // SAFETY: a part of the destination, and so many bytes were loaded.
        unsafe { K::copy(dst.wrapping_add(done), between, count) }
            .map_err(|stop| Stop { done: done + stop.done, ..stop })?;
        loaded.map_err(|stop| Stop { done: done + stop.done, ..stop })?;
        done += size;
    }
    Ok(())
}
