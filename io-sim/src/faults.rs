//! Memory that faults where a test says so: for Miri, and without signals.

use alloc::vec::Vec;
use core::{fmt, ops::Range};

use spin::Mutex;

use io_core::fault::{Fault, FaultAtomic, FaultBackend, RecoveryTable};

/// What faults, of the whole process.
static FAULTY: Mutex<Vec<Faulty>> = Mutex::new(Vec::new());

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Faulty {
    start: usize,
    end: usize,
    can_load: bool,
}

/// Bytes that fault while this value lives, for accesses through [`SimFaults`].
///
/// The bytes are memory that is there, so that a test can look at it: nothing of it may change. They
/// are known by their addresses, and tests that run in parallel do not see each other's.
///
/// ```
/// use io_core::{fault::FaultBackend};
/// use io_sim::{FaultyBytes, SimFaults};
///
/// let mut memory = [0_u8; 8];
/// let memory = &raw mut memory;
/// // The last three.
/// let faulty = FaultyBytes::new(memory.cast::<u8>().wrapping_add(5), 3);
/// // SAFETY: two arrays of eight bytes.
/// let done = unsafe { SimFaults::copy(memory.cast(), [1; 8].as_ptr(), 8) };
/// assert_eq!(done, 5);
/// drop(faulty);
/// // SAFETY: nothing else accesses it.
/// assert_eq!(unsafe { memory.read() }, [1, 1, 1, 1, 1, 0, 0, 0]);
/// ```
pub struct FaultyBytes(Faulty);

impl FaultyBytes {
    /// No access of these bytes succeeds.
    pub fn new(start: *const u8, len: usize) -> Self {
        Self::add(start, len, false)
    }

    /// Loads of these bytes succeed, stores do not.
    pub fn read_only(start: *const u8, len: usize) -> Self {
        Self::add(start, len, true)
    }

    fn add(start: *const u8, len: usize, can_load: bool) -> Self {
        let start = start.addr();
        let faulty = Faulty { start, end: start.saturating_add(len), can_load };
        FAULTY.lock().push(faulty);
        Self(faulty)
    }
}

impl Drop for FaultyBytes {
    fn drop(&mut self) {
        let mut all = FAULTY.lock();
        if let Some(i) = all.iter().position(|faulty| *faulty == self.0) {
            all.swap_remove(i);
        }
    }
}

impl fmt::Debug for FaultyBytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Faulty { start, end, can_load } = self.0;
        let what = if can_load { ", read-only" } else { "" };
        write!(f, "FaultyBytes({start:#x}..{end:#x}{what})")
    }
}

/// How many of the first bytes do not fault.
fn before_fault(place: *const u8, len: usize, is_load: bool) -> usize {
    let Range { start, end } = place.addr()..place.addr().saturating_add(len);
    let all = FAULTY.lock();
    let hit = all.iter().filter(|faulty| {
        let meets = faulty.start.max(start) < faulty.end.min(end);
        meets && !(is_load && faulty.can_load)
    });
    hit.map(|faulty| faulty.start.saturating_sub(start)).min().unwrap_or(len)
}

/// The accesses of [`RecoveryTable`], up to the next of the [`FaultyBytes`].
///
/// Any other memory is accessed as it is: it must be there.
#[derive(Debug)]
pub enum SimFaults {}

// SAFETY: `RecoveryTable`'s, of as many bytes as do not fault.
unsafe impl FaultBackend for SimFaults {
    unsafe fn copy(dst: *mut u8, src: *const u8, len: usize) -> usize {
        let len = before_fault(src, len, true).min(before_fault(dst, len, false));
        // SAFETY: the contract is this function's own, of a part.
        unsafe { RecoveryTable::copy(dst, src, len) }
    }

    unsafe fn fill(dst: *mut u8, byte: u8, len: usize) -> usize {
        let len = before_fault(dst, len, false);
        // SAFETY: the contract is this function's own, of a part.
        unsafe { RecoveryTable::fill(dst, byte, len) }
    }
}

/// Whether one access of a `W` faults.
fn check<W>(ptr: *const W, is_load: bool) -> Result<(), Fault> {
    let size = size_of::<W>();
    if before_fault(ptr.cast(), size, is_load) == size { Ok(()) } else { Err(Fault) }
}

// SAFETY: `RecoveryTable`'s, or none.
unsafe impl<W> FaultAtomic<W> for SimFaults
where
    RecoveryTable: FaultAtomic<W>,
{
    unsafe fn load(ptr: *const W) -> Result<W, Fault> {
        check(ptr, true)?;
        // SAFETY: the contract is this function's own.
        unsafe { RecoveryTable::load(ptr) }
    }

    unsafe fn store(ptr: *mut W, value: W) -> Result<(), Fault> {
        check(ptr, false)?;
        // SAFETY: the contract is this function's own.
        unsafe { RecoveryTable::store(ptr, value) }
    }

    unsafe fn compare_exchange(ptr: *mut W, old: W, new: W) -> Result<W, Fault> {
        check(ptr, false)?;
        // SAFETY: the contract is this function's own.
        unsafe { RecoveryTable::compare_exchange(ptr, old, new) }
    }
}
