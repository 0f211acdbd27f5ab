//! Atomic accesses of what is in front of a cursor: for futexes and the like.

use super::{
    access::WordAccess,
    memory::PlaceErrorOf,
    pod::{PodAtomic, value_of, word_of},
    reader::VmReader,
    writer::VmWriter,
};
use crate::{Error, ErrorMode};

impl<K> VmReader<'_, K> {
    /// One relaxed load. The cursor stays where it is.
    ///
    /// # Errors
    ///
    /// As [`read_once`](Self::read_once).
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
    /// Stores `new` if `old` is there, in one relaxed atomic access of the place where both cursors
    /// are. Gives what was there, and whether `new` was stored. The cursors stay where they are.
    ///
    /// It needs a reader, too, since a writer's memory need not be readable. That the value is the
    /// old one does not say that it was so all the time.
    ///
    /// # Errors
    ///
    /// As [`read_once`](VmReader::read_once), and [`Error::Apart`] if the cursors are not at the same
    /// place. Memory that can only be read is a fault if `old` is there; if not, that depends on
    /// the architecture.
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
        // SAFETY: aligned, and may be loaded and stored to by the invariants of the two.
        let found = unsafe { K::compare_exchange(place, old, new) }.map_err(K::Fail::io_error)?;
        Ok((value_of(found), found == old))
    }
}

/// The place in front of both cursors.
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
