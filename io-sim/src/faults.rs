//! Simulated faults of selected memory: for Miri, and for tests without signals.

use alloc::vec::Vec;
use core::{fmt, ops::Range};

use spin::Mutex;

use io_core::fault::{Fault, FaultAtomic, FaultBackend, RecoveryTable};

/// The faulting ranges of the whole process.
static FAULTY: Mutex<Vec<Faulty>> = Mutex::new(Vec::new());

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Faulty {
    start: usize,
    end: usize,
    can_load: bool,
}

/// Bytes that fault while this value lives, for accesses through [`SimFaults`].
///
/// The bytes must be mapped memory, so that a test can check that a failed access has not changed
/// them. They are identified by address, so parallel tests with separate memory do not affect each
/// other.
///
/// ```
/// use io_core::{fault::FaultBackend};
/// use io_sim::{FaultyBytes, SimFaults};
///
/// let mut memory = [0_u8; 8];
/// let memory = &raw mut memory;
/// // The last three bytes fault.
/// let faulty = FaultyBytes::new(memory.cast::<u8>().wrapping_add(5), 3);
/// // SAFETY: both pointers are to arrays of eight bytes, which no other code accesses.
/// let done = unsafe { SimFaults::copy(memory.cast(), [1; 8].as_ptr(), 8) };
/// assert_eq!(done, 5);
/// drop(faulty);
/// // SAFETY: `memory` points to an initialised array, which no other code accesses.
/// assert_eq!(unsafe { memory.read() }, [1, 1, 1, 1, 1, 0, 0, 0]);
/// ```
pub struct FaultyBytes(Faulty);

impl FaultyBytes {
    /// Makes loads and stores of these bytes fail.
    pub fn new(start: *const u8, len: usize) -> Self {
        Self::add(start, len, false)
    }

    /// Makes stores of these bytes fail; loads succeed.
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

/// Returns the number of bytes before the first that faults.
fn before_fault(place: *const u8, len: usize, is_load: bool) -> usize {
    let Range { start, end } = place.addr()..place.addr().saturating_add(len);
    let all = FAULTY.lock();
    let hit = all.iter().filter(|faulty| {
        let meets = faulty.start.max(start) < faulty.end.min(end);
        meets && !(is_load && faulty.can_load)
    });
    hit.map(|faulty| faulty.start.saturating_sub(start)).min().unwrap_or(len)
}

/// A fault backend that accesses memory like [`RecoveryTable`], but fails at [`FaultyBytes`].
///
/// All other memory is accessed normally and must be mapped.
///
/// ```
/// use io_core::{fault::Fault, vm::VmReader, AccessError};
/// use io_sim::{FaultyBytes, SimFaults};
///
/// let bytes = [1_u8; 8];
/// let mut reader = VmReader::from(&bytes[..]).to_fallible_with::<SimFaults>();
/// let page = FaultyBytes::new(&bytes[4], 4);
/// assert_eq!(reader.read_val::<u64>(), Err(AccessError::Io(Fault)));
/// drop(page);
/// assert_eq!(reader.read_val(), Ok([1_u8; 8]));
/// ```
#[derive(Debug)]
pub enum SimFaults {}

// SAFETY: `RecoveryTable` fulfils the contract for the bytes before the first simulated fault. No
// byte after them is accessed, and the returned number is at most `len`.
unsafe impl FaultBackend for SimFaults {
    unsafe fn copy(dst: *mut u8, src: *const u8, len: usize) -> usize {
        let len = before_fault(src, len, true).min(before_fault(dst, len, false));
        // SAFETY: the caller guarantees what the callee requires, for a range that includes this
        // one.
        unsafe { RecoveryTable::copy(dst, src, len) }
    }

    unsafe fn fill(dst: *mut u8, byte: u8, len: usize) -> usize {
        let len = before_fault(dst, len, false);
        // SAFETY: the caller guarantees what the callee requires, for a range that includes this
        // one.
        unsafe { RecoveryTable::fill(dst, byte, len) }
    }
}

/// Returns an error if an access of a `W` faults.
fn check<W>(ptr: *const W, is_load: bool) -> Result<(), Fault> {
    let size = size_of::<W>();
    if before_fault(ptr.cast(), size, is_load) == size { Ok(()) } else { Err(Fault) }
}

// SAFETY: after a simulated fault nothing is accessed. Otherwise `RecoveryTable` makes the access
// and fulfils the contract.
unsafe impl<W> FaultAtomic<W> for SimFaults
where
    RecoveryTable: FaultAtomic<W>,
{
    unsafe fn load(ptr: *const W) -> Result<W, Fault> {
        check(ptr, true)?;
        // SAFETY: the caller guarantees what the callee requires.
        unsafe { RecoveryTable::load(ptr) }
    }

    unsafe fn store(ptr: *mut W, value: W) -> Result<(), Fault> {
        check(ptr, false)?;
        // SAFETY: the caller guarantees what the callee requires.
        unsafe { RecoveryTable::store(ptr, value) }
    }

    unsafe fn compare_exchange(ptr: *mut W, old: W, new: W) -> Result<W, Fault> {
        check(ptr, false)?;
        // SAFETY: the caller guarantees what the callee requires.
        unsafe { RecoveryTable::compare_exchange(ptr, old, new) }
    }
}
