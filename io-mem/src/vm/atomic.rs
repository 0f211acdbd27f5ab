//! Atomic accesses at the position of a cursor, for example for futexes.

use super::{
    access::WordAccess,
    memory::PlaceErrorOf,
    pod::{PodAtomic, value_of, word_of},
    reader::VmReader,
    writer::VmWriter,
};
use crate::{Error, ErrorMode};

impl<K> VmReader<'_, K> {
    /// Loads a value by one relaxed access. The cursor does not move.
    ///
    /// # Errors
    ///
    /// * The errors of [`read_once`](Self::read_once).
    ///
    /// ```
    /// use io_mem::vm::VmReader;
    ///
    /// let reader = VmReader::from_slice(&[u32::MAX]);
    /// assert_eq!(reader.atomic_load(), Ok(u32::MAX));
    /// assert_eq!(reader.to_fallible().atomic_load(), Ok(u32::MAX), "a value, not a fault");
    /// ```
    #[inline(always)]
    pub fn atomic_load<T: PodAtomic>(&self) -> Result<T, PlaceErrorOf<K>>
    where
        K: WordAccess<T::Word>,
    {
        self.load()
    }
}

impl<K> VmWriter<'_, K> {
    /// Stores `new` if the current value is `old`, in one relaxed atomic access at the address of
    /// both cursors. Returns the previous value, and whether `new` was stored. The cursors do not
    /// move.
    ///
    /// A reader is required as well, since a writer's memory need not be readable. The value may
    /// have changed and changed back since it was read earlier (ABA problem).
    ///
    /// # Errors
    ///
    /// * The errors of [`read_once`](VmReader::read_once).
    /// * [`Error::Apart`] if the cursors are at different addresses.
    ///
    /// On read-only memory the access faults if the current value is `old`; if it is not, whether
    /// the access faults depends on the architecture.
    ///
    /// ```
    /// use io_mem::vm::{HasVmReaderWriter, VmSpan};
    ///
    /// let mut futex = [0_u32];
    /// let memory = VmSpan::from_slice(&mut futex);
    /// let (reader, writer) = (memory.reader(), memory.writer());
    /// assert_eq!(writer.atomic_compare_exchange(&reader, 0_u32, 7), Ok((0, true)));
    /// assert_eq!(writer.atomic_compare_exchange(&reader, 0_u32, 8), Ok((7, false)));
    /// ```
    #[doc(alias("cmpxchg", "futex"))]
    #[inline(always)]
    pub fn atomic_compare_exchange<T: PodAtomic>(
        &self,
        reader: &VmReader<'_, K>,
        old: T,
        new: T,
    ) -> Result<(T, bool), PlaceErrorOf<K>>
    where
        K: WordAccess<T::Word>,
    {
        let place = same_place(self, reader).map_err(K::Fail::place_error)?;
        let (old, new) = (word_of(&old), word_of(&new));
        // SAFETY: the address is aligned, and may be loaded from and stored to by the invariants of
        // the two cursors.
        let found = unsafe { K::compare_exchange(place, old, new) }.map_err(K::Fail::io_error)?;
        Ok((value_of(found), found == old))
    }
}

/// Returns the address of both cursors.
#[inline(always)]
fn same_place<K, W>(writer: &VmWriter<'_, K>, reader: &VmReader<'_, K>) -> Result<*mut W, Error> {
    reader.0.word::<W>()?;
    let place = writer.0.word()?;
    if reader.0.ptr.addr() == writer.0.ptr.addr() {
        Ok(place)
    } else {
        Err(Error::Apart { reader: reader.0.ptr.addr(), writer: writer.0.ptr.addr() })
    }
}
