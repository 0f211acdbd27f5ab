//! The reading cursor, and copies from a reader to a writer.

use core::mem::MaybeUninit;

use zerocopy::{FromBytes, Immutable, IntoBytes};

use super::{
    access::WordAccess,
    cursor::{Rest, cursor},
    memory::{
        CopyInto, Fallible, FaultOf, Infallible, MemoryKind, NeverFaults, PlaceErrorOf, Stop,
    },
    pod::{PodOnce, SameSize, value_of},
    writer::VmWriter,
};
use crate::{
    CopyError, ErrorMode,
    fault::{Fault, FaultBackend},
};

/// Reads memory of the kind `K` from front to back.
///
/// Neither `Send` nor `Sync`: the memory at an address may depend on the thread.
///
/// ```
/// use io_mem::vm::VmReader;
///
/// let bytes = [1, 2, 3, 4, 5];
/// let mut reader = VmReader::from(&bytes[..]);
/// assert_eq!(reader.read_val(), Ok([1_u8, 2]));
/// assert_eq!(reader.skip(1).read_val(), Ok(4_u8));
/// assert_eq!(
///     reader.read_val::<u32>().unwrap_err().to_string(),
///     "offset 0x0 + 4 bytes exceeds region of 0x1",
/// );
/// assert_eq!(reader.remain(), 1);
/// ```
///
/// # Invariants
///
/// For the duration of `'a`:
///
/// * Copies and single accesses of `K` may load the bytes that are left. If `K` is [`Fallible`],
///   these loads may fault.
/// * The bytes that are left are not stored to through references.
#[doc(alias = "copy_from_user")]
pub struct VmReader<'a, K = Fallible>(pub(super) Rest<'a, K>);

cursor!(VmReader, remain has_remain *const u8, "");

impl<K> Clone for VmReader<'_, K> {
    #[inline(always)]
    fn clone(&self) -> Self {
        // INVARIANT: as for `self`; the bytes may be read any number of times.
        Self(self.0)
    }
}

impl<'a> VmReader<'a, Infallible> {
    /// Creates a cursor over memory that does not fault.
    ///
    /// # Safety
    ///
    /// For the duration of `'a`:
    ///
    /// * `ptr` must be valid for loads of `len` initialised bytes. If `len` is 0, any pointer is
    ///   valid.
    /// * These bytes must not be stored to through references.
    /// * These bytes must not be stored to by Rust atomics of another width than the accesses of
    ///   the cursor (copies: one byte).
    /// * Stores of other Rust code to these bytes must not race with the cursor's loads, unless they
    ///   are atomic.
    ///
    /// ```
    /// use io_mem::vm::VmReader;
    ///
    /// let bytes = [1, 2, 3];
    /// // SAFETY: `bytes` is an array of three bytes, which does not change.
    /// let mut reader = unsafe { VmReader::from_raw(bytes.as_ptr(), bytes.len()) };
    /// assert_eq!(reader.read_val(), Ok(bytes));
    /// ```
    #[inline(always)]
    pub const unsafe fn from_raw(ptr: *const u8, len: usize) -> Self {
        // INVARIANT: guaranteed by the caller.
        Self(Rest::new(ptr.cast_mut(), len))
    }

    /// Creates a cursor over the bytes of values.
    ///
    /// ```
    /// let mut reader = io_mem::vm::VmReader::from_slice(&[1_u16, 2]);
    /// assert_eq!(reader.skip(2).read_val(), Ok(2_u16));
    /// ```
    #[inline(always)]
    pub fn from_slice<T: IntoBytes + Immutable>(values: &'a [T]) -> Self {
        let bytes = values.as_bytes();
        // INVARIANT: the values are borrowed for `'a` and do not change, since they are
        // `Immutable`.
        Self(Rest::new(bytes.as_ptr().cast_mut(), bytes.len()))
    }
}

impl<'a> From<&'a [u8]> for VmReader<'a, Infallible> {
    #[inline(always)]
    fn from(bytes: &'a [u8]) -> Self {
        Self::from_slice(bytes)
    }
}

impl<'a> VmReader<'a, Fallible> {
    /// Creates a cursor over memory that may fault, accessed through the
    /// [`RecoveryTable`](crate::fault::RecoveryTable).
    ///
    /// # Safety
    ///
    /// The requirements of [`fallible_with`](Self::fallible_with) must hold.
    #[inline(always)]
    pub const unsafe fn fallible(ptr: *const u8, len: usize) -> Self {
        // INVARIANT: guaranteed by the caller.
        Self(Rest::new(ptr.cast_mut(), len))
    }
}

impl<B: FaultBackend> VmReader<'_, Fallible<B>> {
    /// Creates a cursor over memory that may fault, accessed through `B`.
    ///
    /// # Safety
    ///
    /// For the duration of `'a`:
    ///
    /// * A load of each of the `len` bytes must be permitted, or must raise a fault that `B`
    ///   recovers from. (For the `RecoveryTable`, the fault handler must call
    ///   [`lookup`](crate::fault::lookup).)
    /// * The range need not be mapped. Memory that is mapped there must not be used by this program
    ///   for anything else: the range must belong to a user or a guest, or must stay reserved.
    /// * The range must not wrap around at the end of the address space.
    /// * These bytes must not be stored to through references.
    /// * These bytes must not be stored to by Rust atomics of another width than the accesses of
    ///   the cursor (copies: one byte).
    /// * Stores of other Rust code to these bytes must not race with the cursor's loads, unless they
    ///   are atomic.
    ///
    /// If `len` is 0, any pointer is valid.
    ///
    /// ```
    /// use io_mem::{AccessError, fault::Fault, vm::{Fallible, VmReader}};
    /// use io_sim::{FaultyBytes, SimFaults};
    ///
    /// let bytes = [1_u8; 6];
    /// let _faulty = FaultyBytes::new(&bytes[4], 2);
    /// // SAFETY: the bytes that do not fault are part of an array that does not change.
    /// let mut reader = unsafe { VmReader::<Fallible<SimFaults>>::fallible_with(bytes.as_ptr(), 6) };
    /// assert_eq!(reader.read_val(), Ok([1_u8; 4]));
    /// assert_eq!(reader.read_val::<u8>(), Err(AccessError::Io(Fault)));
    /// ```
    #[inline(always)]
    pub const unsafe fn fallible_with(ptr: *const u8, len: usize) -> Self {
        // INVARIANT: guaranteed by the caller.
        Self(Rest::new(ptr.cast_mut(), len))
    }
}

impl<K: MemoryKind> VmReader<'_, K> {
    /// Copies as many bytes as both cursors have left, moves both cursors by this number, and
    /// returns it.
    ///
    /// If the two ranges overlap, the resulting bytes are unspecified.
    ///
    /// ```
    /// use io_mem::vm::{VmReader, VmWriter};
    ///
    /// let mut to = [0; 4];
    /// let mut writer = VmWriter::from(&mut to[..]);
    /// assert_eq!(VmReader::from(&b"abc"[..]).read(&mut writer), 3);
    /// assert_eq!(VmReader::from(&b"def"[..]).read(&mut writer), 1);
    /// assert_eq!(&to, b"abcd");
    /// ```
    #[inline(always)]
    pub fn read<D: NeverFaults>(&mut self, writer: &mut VmWriter<'_, D>) -> usize
    where
        K: NeverFaults,
    {
        match transfer::<Infallible, _, _>(self, writer) {
            Ok(done) => done,
        }
    }

    /// Copies until one of the cursors is at its end, or up to the first byte that faults. Returns
    /// the number of bytes copied.
    ///
    /// Both cursors move by the number of bytes that were copied, also after an error. If the two
    /// ranges overlap, the resulting bytes are unspecified.
    ///
    /// # Errors
    ///
    /// * [`CopyError::Io`] if an access faulted, with the number of bytes copied before it.
    ///
    /// ```
    /// use io_mem::vm::{VmReader, VmWriter};
    /// use io_sim::{FaultyBytes, SimFaults};
    ///
    /// let (from, mut to) = ([1; 6], [0; 8]);
    /// let faulty = FaultyBytes::new(&from[4], 2);
    /// let mut reader = VmReader::from(&from[..]).to_fallible_with::<SimFaults>();
    /// let mut writer = VmWriter::from(&mut to[..]);
    /// assert_eq!(reader.read_fallible(&mut writer).unwrap_err().done(), 4);
    /// // The page is accessible again.
    /// drop(faulty);
    /// assert_eq!(reader.read_fallible(&mut writer), Ok(2));
    /// assert_eq!(to, [1, 1, 1, 1, 1, 1, 0, 0]);
    /// ```
    #[doc(alias("copy_from_user", "copy_to_user"))]
    #[inline(always)]
    pub fn read_fallible<D: MemoryKind>(
        &mut self,
        writer: &mut VmWriter<'_, D>,
    ) -> Result<usize, CopyError<Fault>>
    where
        K: CopyInto<D>,
    {
        transfer::<K::Through, _, _>(self, writer).map_err(CopyError::from)
    }

    /// Reads a value by a byte-wise copy, at any alignment, and moves the cursor past it.
    ///
    /// # Errors
    ///
    /// * [`Error::OutOfRange`](crate::Error::OutOfRange) if fewer bytes are left.
    /// * [`Fault`] if an access faulted, in [`AccessError::Io`](crate::AccessError::Io).
    ///
    /// After an error, the cursor has not moved.
    #[doc(alias = "get_user")]
    #[inline(always)]
    pub fn read_val<T: FromBytes>(&mut self) -> Result<T, PlaceErrorOf<K>> {
        self.0.check(0, size_of::<T>()).map_err(K::Fail::place_error)?;
        let mut value = MaybeUninit::<T>::uninit();
        let dst = value.as_mut_ptr().cast();
        // SAFETY: at least `size_of::<T>()` bytes are left, which may be loaded by the invariants.
        // `value` is a local variable of this size.
        unsafe { K::copy(dst, self.0.ptr, size_of::<T>()) }
            .map_err(|stop| K::Fail::io_error(stop.error))?;
        self.0.advance(size_of::<T>());
        // SAFETY: all bytes of the value were copied, and any bytes are a valid `T`.
        Ok(unsafe { value.assume_init() })
    }

    /// Reads a value by one load, and moves the cursor past it.
    ///
    /// # Errors
    ///
    /// * [`Error::OutOfRange`](crate::Error::OutOfRange) if fewer bytes are left.
    /// * [`Error::Misaligned`](crate::Error::Misaligned) if the address is not a multiple of the
    ///   size of the value.
    /// * [`Fault`] if the access faulted, in [`AccessError::Io`](crate::AccessError::Io).
    ///
    /// After an error, the cursor has not moved.
    ///
    /// ```
    /// use io_mem::{Error, vm::VmReader};
    ///
    /// let mut reader = VmReader::from_slice(&[1_u32, 2]);
    /// assert_eq!(reader.read_once(), Ok(1_u32));
    /// assert!(matches!(reader.skip(1).read_once::<u16>(), Err(Error::Misaligned { align: 2, .. })));
    /// ```
    #[doc(alias("READ_ONCE", "read_volatile"))]
    #[inline(always)]
    pub fn read_once<T: PodOnce>(&mut self) -> Result<T, PlaceErrorOf<K>>
    where
        K: WordAccess<T::Word>,
    {
        let () = SameSize::<T>::CHECK;
        let value = self.load()?;
        self.0.advance(size_of::<T>());
        Ok(value)
    }

    /// Loads the value at the cursor by one access.
    #[inline(always)]
    pub(super) fn load<T: PodOnce>(&self) -> Result<T, PlaceErrorOf<K>>
    where
        K: WordAccess<T::Word>,
    {
        let place = self.0.word::<T::Word>().map_err(K::Fail::place_error)?;
        // SAFETY: the address is aligned, and the bytes may be loaded by the invariants.
        let word = unsafe { K::load(place) }.map_err(K::Fail::io_error)?;
        Ok(value_of(word))
    }
}

/// Copies through `K` as many bytes as both cursors have left, and moves both cursors by this
/// number.
///
/// If one of the two sides may fault, `K` must be a kind that may fault. Callers ensure this by
/// [`CopyInto`] or [`NeverFaults`].
#[inline(always)]
pub(super) fn transfer<K: MemoryKind, S, D>(
    reader: &mut VmReader<'_, S>,
    writer: &mut VmWriter<'_, D>,
) -> Result<usize, Stop<FaultOf<K>>> {
    let len = reader.0.len.min(writer.0.len);
    let (dst, src) = (writer.0.ptr, reader.0.ptr);
    let result = if dst.addr().abs_diff(src.addr()) < len {
        // SAFETY: at least `len` bytes are left on both sides, which `K` may load and store by the
        // invariants.
        unsafe { copy_overlapping::<K>(dst, src, len) }
    } else {
        // SAFETY: as above, and the ranges do not overlap.
        unsafe { K::copy(dst, src, len) }
    };
    let done = result.as_ref().map_or_else(|stop| stop.done, |()| len);
    reader.0.advance(done);
    writer.0.advance(done);
    result.map(|()| done)
}

/// Copies through a local buffer.
///
/// # Safety
///
/// The requirements of [`MemoryKind::copy`] must hold, but `dst` and `src` may overlap.
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
        // SAFETY: the bytes are a part of the source; `between` has room for them.
        let loaded = unsafe { K::copy(between, src.wrapping_add(done), size) };
        let count = loaded.as_ref().map_or_else(|stop| stop.done, |()| size);
        // SAFETY: the bytes are a part of the destination, and the first `count` bytes were loaded.
        unsafe { K::copy(dst.wrapping_add(done), between, count) }
            .map_err(|stop| Stop { done: done + stop.done, ..stop })?;
        loaded.map_err(|stop| Stop { done: done + stop.done, ..stop })?;
        done += size;
    }
    Ok(())
}
