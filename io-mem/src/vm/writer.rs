//! The writing cursor.

use zerocopy::{FromBytes, Immutable, IntoBytes};

use super::{
    access::WordAccess,
    cursor::{Rest, cursor},
    memory::{
        CopyInto, CountOutput, Fallible, FaultOf, Infallible, MemoryKind, NeverFaults,
        PlaceErrorOf, Stop,
    },
    pod::{PodOnce, SameSize, word_of},
    reader::{VmReader, transfer},
};
use crate::{
    CopyError, ErrorMode,
    fault::{Fault, FaultBackend},
};

/// Writes memory of the kind `K` from front to back.
///
/// Neither `Send` nor `Sync`, as [`VmReader`]. Not `Clone`, since it may have been created from a
/// `&mut [u8]`: see [`clone_exclusive`](Self::clone_exclusive).
///
/// ```
/// use io_mem::vm::VmWriter;
///
/// let mut bytes = [0; 5];
/// let mut writer = VmWriter::from(&mut bytes[..]);
/// writer.write_val(&[1_u8, 2])?;
/// writer.skip(1).write_val(&4_u8)?;
/// assert!(writer.write_val(&0_u32).is_err());
/// assert_eq!(writer.avail(), 1);
/// assert_eq!(bytes, [1, 2, 0, 4, 0]);
/// # Ok::<(), io_mem::Error>(())
/// ```
///
/// # Invariants
///
/// For the duration of `'a`:
///
/// * Copies and single accesses of `K` may store to the bytes that are left. If `K` is
///   [`Fallible`], these stores may fault.
/// * The bytes that are left are not accessed through references.
#[doc(alias = "copy_to_user")]
pub struct VmWriter<'a, K = Fallible>(pub(super) Rest<'a, K>);

cursor!(VmWriter, avail has_avail *mut u8, "mut ");

impl<'a> VmWriter<'a, Infallible> {
    /// Creates a cursor over memory that does not fault.
    ///
    /// # Safety
    ///
    /// For the duration of `'a`:
    ///
    /// * `ptr` must be valid for stores of `len` bytes. If `len` is 0, any pointer is valid.
    /// * These bytes must not be accessed through references.
    /// * These bytes must not be accessed by Rust atomics of another width than the accesses of the
    ///   cursor (copies: one byte).
    /// * Accesses of other Rust code to these bytes must not race with the cursor's stores, unless
    ///   they are atomic.
    ///
    /// After `'a`, the bytes must be valid with any values.
    ///
    /// ```
    /// use io_mem::vm::VmWriter;
    ///
    /// let mut bytes = [0; 3];
    /// // SAFETY: `bytes` is an array of three bytes, to which no other pointer exists.
    /// let mut writer = unsafe { VmWriter::from_raw(bytes.as_mut_ptr(), 3) };
    /// assert_eq!(writer.write_val(&[1_u8; 3]), Ok(()));
    /// assert_eq!(bytes, [1; 3]);
    /// ```
    #[inline(always)]
    pub const unsafe fn from_raw(ptr: *mut u8, len: usize) -> Self {
        // INVARIANT: guaranteed by the caller.
        Self(Rest::new(ptr, len))
    }

    /// Creates a cursor over the bytes of values.
    ///
    /// ```
    /// let mut values = [0_u16; 2];
    /// io_mem::vm::VmWriter::from_slice(&mut values).skip(2).write_val(&7_u16)?;
    /// assert_eq!(values, [0, 7]);
    /// # Ok::<(), io_mem::Error>(())
    /// ```
    #[inline(always)]
    pub fn from_slice<T: FromBytes + IntoBytes>(values: &'a mut [T]) -> Self {
        let bytes = values.as_mut_bytes();
        // INVARIANT: the values are borrowed exclusively for `'a`, and any bytes are valid values.
        Self(Rest::new(bytes.as_mut_ptr(), bytes.len()))
    }
}

impl<'a> From<&'a mut [u8]> for VmWriter<'a, Infallible> {
    #[inline(always)]
    fn from(bytes: &'a mut [u8]) -> Self {
        Self::from_slice(bytes)
    }
}

impl<'a> VmWriter<'a, Fallible> {
    /// Creates a cursor over memory that may fault, accessed through the
    /// [`RecoveryTable`](crate::fault::RecoveryTable).
    ///
    /// # Safety
    ///
    /// The requirements of [`fallible_with`](Self::fallible_with) must hold.
    #[inline(always)]
    pub const unsafe fn fallible(ptr: *mut u8, len: usize) -> Self {
        // INVARIANT: guaranteed by the caller.
        Self(Rest::new(ptr, len))
    }
}

impl<B: FaultBackend> VmWriter<'_, Fallible<B>> {
    /// Creates a cursor over memory that may fault, accessed through `B`.
    ///
    /// # Safety
    ///
    /// For the duration of `'a`:
    ///
    /// * The requirements of [`VmReader::fallible_with`] must hold, for stores instead of loads.
    /// * These bytes must not be loaded through references, or by Rust atomics of another width
    ///   than the accesses of the cursor.
    /// * Loads of other Rust code from these bytes must not race with the cursor's stores, unless
    ///   they are atomic.
    ///
    /// After `'a`, the bytes must be valid with any values.
    ///
    /// If the range is unmapped and reused during `'a`, writes corrupt the new mapping and no fault
    /// is reported.
    #[inline(always)]
    pub const unsafe fn fallible_with(ptr: *mut u8, len: usize) -> Self {
        // INVARIANT: guaranteed by the caller.
        Self(Rest::new(ptr, len))
    }
}

impl<K: MemoryKind> VmWriter<'_, K> {
    /// Returns a second cursor at the same position, which borrows this cursor.
    ///
    /// ```
    /// use io_mem::vm::VmWriter;
    ///
    /// let mut bytes = [0; 4];
    /// let mut writer = VmWriter::from(&mut bytes[..]);
    /// writer.clone_exclusive().write_val(&[1_u8; 2])?;
    /// assert_eq!(writer.avail(), 4);
    /// # Ok::<(), io_mem::Error>(())
    /// ```
    #[inline(always)]
    pub const fn clone_exclusive(&mut self) -> VmWriter<'_, K> {
        // INVARIANT: as for `self`, which is not used while the clone exists.
        VmWriter(self.0)
    }

    /// Copies from `reader`, as [`VmReader::read`] does.
    #[inline(always)]
    pub fn write<S: NeverFaults>(&mut self, reader: &mut VmReader<'_, S>) -> usize
    where
        K: NeverFaults,
    {
        match transfer::<Infallible, _, _>(reader, self) {
            Ok(done) => done,
        }
    }

    /// Copies from `reader`, as [`VmReader::read_fallible`] does.
    ///
    /// # Errors
    ///
    /// * [`CopyError::Io`] if an access faulted, with the number of bytes copied before it.
    #[doc(alias("copy_to_user", "copy_from_user"))]
    #[inline(always)]
    pub fn write_fallible<S: CopyInto<K>>(
        &mut self,
        reader: &mut VmReader<'_, S>,
    ) -> Result<usize, CopyError<Fault>> {
        transfer::<S::Through, _, _>(reader, self).map_err(CopyError::from)
    }

    /// Writes a value by a byte-wise copy, at any alignment, and moves the cursor past it.
    ///
    /// # Errors
    ///
    /// * [`Error::OutOfRange`](crate::Error::OutOfRange) if fewer bytes are left. Nothing was
    ///   written.
    /// * [`Fault`] if an access faulted, in [`AccessError::Io`](crate::AccessError::Io). The first
    ///   bytes may have been written.
    ///
    /// After an error, the cursor has not moved.
    #[doc(alias = "put_user")]
    #[inline(always)]
    pub fn write_val<T: IntoBytes + Immutable>(
        &mut self,
        value: &T,
    ) -> Result<(), PlaceErrorOf<K>> {
        self.0.check(0, size_of::<T>()).map_err(K::Fail::place_error)?;
        // SAFETY: at least `size_of::<T>()` bytes are left, which may be stored to by the
        // invariants. The value has this size, has no padding, and does not change.
        unsafe { K::copy(self.0.ptr, (&raw const *value).cast(), size_of::<T>()) }
            .map_err(|stop| K::Fail::io_error(stop.error))?;
        self.0.advance(size_of::<T>());
        Ok(())
    }

    /// Writes a value by one store, and moves the cursor past it.
    ///
    /// # Errors
    ///
    /// * The errors of [`VmReader::read_once`].
    ///
    /// After an error, nothing was written and the cursor has not moved.
    ///
    /// ```
    /// let mut values = [0_u32; 2];
    /// let mut writer = io_mem::vm::VmWriter::from_slice(&mut values);
    /// writer.write_once(&1_u32)?;
    /// assert!(writer.skip(1).write_once(&2_u16).is_err(), "misaligned");
    /// assert_eq!(values, [1, 0]);
    /// # Ok::<(), io_mem::Error>(())
    /// ```
    #[doc(alias("WRITE_ONCE", "write_volatile"))]
    #[inline(always)]
    pub fn write_once<T: PodOnce>(&mut self, value: &T) -> Result<(), PlaceErrorOf<K>>
    where
        K: WordAccess<T::Word>,
    {
        let () = SameSize::<T>::CHECK;
        let place = self.0.word::<T::Word>().map_err(K::Fail::place_error)?;
        // SAFETY: the address is aligned, and the bytes may be stored to by the invariants.
        unsafe { K::store(place, word_of(value)) }.map_err(K::Fail::io_error)?;
        self.0.advance(size_of::<T>());
        Ok(())
    }

    /// Writes `len` zeros, or fewer if fewer bytes are left, and moves the cursor past them.
    /// Returns the number of zeros written.
    ///
    /// # Errors
    ///
    /// Only if `K` may fault:
    ///
    /// * [`CopyError::Io`] if an access faulted, with the number of zeros written before it. The
    ///   cursor has moved by this number.
    ///
    /// ```
    /// use io_mem::vm::VmWriter;
    ///
    /// let mut bytes = [1; 4];
    /// let mut writer = VmWriter::from(&mut bytes[..]);
    /// assert_eq!(writer.fill_zeros(3), 3);
    /// assert_eq!(writer.to_fallible().fill_zeros(3), Ok(1));
    /// assert_eq!(bytes, [0; 4]);
    /// ```
    #[doc(alias = "clear_user")]
    #[inline(always)]
    pub fn fill_zeros(&mut self, len: usize) -> CountOutput<K> {
        K::Fail::copy_output(self.fill(len).map_err(CopyError::from))
    }

    #[inline(always)]
    fn fill(&mut self, len: usize) -> Result<usize, Stop<FaultOf<K>>> {
        let len = len.min(self.0.len);
        // SAFETY: at least `len` bytes are left, which may be stored to by the invariants.
        let result = unsafe { K::fill(self.0.ptr, 0, len) };
        let done = result.as_ref().map_or_else(|stop| stop.done, |()| len);
        self.0.advance(done);
        result.map(|()| done)
    }
}
