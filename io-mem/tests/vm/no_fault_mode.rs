//! D10, no-fault mode: in code that must not wait for a page (with interrupts disabled, or under a
//! lock), a fault is an error at once. This is determined by the backend, and therefore by the type
//! of a cursor.

use core::cell::{Cell, RefCell};

use io_core::{
    AccessError, CopyError,
    fault::{Fault, FaultAtomic, FaultBackend, RecoveryTable},
    vm::{Fallible, VmReader, VmSpan, VmWriter},
};
use io_sim::{FaultyBytes, SimFaults};

thread_local! {
    /// Pages that are not present and can be brought in, the last one first.
    static SWAPPED_OUT: RefCell<Vec<FaultyBytes>> = const { RefCell::new(Vec::new()) };
    /// `true` if page faults are handled.
    static MAY_WAIT: Cell<bool> = const { Cell::new(true) };
}

/// A kernel's page-fault handler. Returns whether the access is retried.
fn page_fault() -> bool {
    MAY_WAIT.get() && SWAPPED_OUT.with_borrow_mut(Vec::pop).is_some()
}

/// Continues while the handler brings pages in.
fn while_handled(len: usize, rest: impl Fn(usize) -> usize) -> usize {
    let mut done = 0;
    loop {
        done += rest(done);
        if done == len || !page_fault() {
            return done;
        }
    }
}

/// Retries a single access while the handler brings pages in.
fn until_handled<W>(access: impl Fn() -> Result<W, Fault>) -> Result<W, Fault> {
    loop {
        match access() {
            Err(Fault) if page_fault() => {}
            result => return result,
        }
    }
}

/// A backend for user memory that waits for pages.
enum Paged {}

// SAFETY: each part satisfies the requirements by those of `SimFaults`, and starts where the
// previous one ended.
unsafe impl FaultBackend for Paged {
    unsafe fn copy(dst: *mut u8, src: *const u8, len: usize) -> usize {
        while_handled(len, |done| {
            // SAFETY: the caller guarantees what the callee requires, for a part of the bytes.
            unsafe { SimFaults::copy(dst.wrapping_add(done), src.wrapping_add(done), len - done) }
        })
    }

    unsafe fn fill(dst: *mut u8, byte: u8, len: usize) -> usize {
        while_handled(len, |done| {
            // SAFETY: the caller guarantees what the callee requires, for a part of the bytes.
            unsafe { SimFaults::fill(dst.wrapping_add(done), byte, len - done) }
        })
    }
}

// SAFETY: `SimFaults` satisfies the requirements. The access is repeated until it succeeds or fails
// finally; failed accesses have done nothing.
unsafe impl<W: Copy> FaultAtomic<W> for Paged
where
    RecoveryTable: FaultAtomic<W>,
{
    unsafe fn load(ptr: *const W) -> Result<W, Fault> {
        // SAFETY: the caller guarantees what the callee requires.
        until_handled(|| unsafe { SimFaults::load(ptr) })
    }

    unsafe fn store(ptr: *mut W, value: W) -> Result<(), Fault> {
        // SAFETY: the caller guarantees what the callee requires.
        until_handled(|| unsafe { SimFaults::store(ptr, value) })
    }

    unsafe fn compare_exchange(ptr: *mut W, old: W, new: W) -> Result<W, Fault> {
        // SAFETY: the caller guarantees what the callee requires.
        until_handled(|| unsafe { SimFaults::compare_exchange(ptr, old, new) })
    }
}

/// A backend for the same memory that does not wait, corresponding to `pagefault_disable` in Linux.
enum NoWait {}

/// Runs `access`, which must not wait.
fn without_waiting<R>(access: impl FnOnce() -> R) -> R {
    let before = MAY_WAIT.replace(false);
    let result = access();
    MAY_WAIT.set(before);
    result
}

// SAFETY: `Paged` satisfies the requirements.
unsafe impl FaultBackend for NoWait {
    unsafe fn copy(dst: *mut u8, src: *const u8, len: usize) -> usize {
        // SAFETY: the caller guarantees what the callee requires.
        without_waiting(|| unsafe { Paged::copy(dst, src, len) })
    }

    unsafe fn fill(dst: *mut u8, byte: u8, len: usize) -> usize {
        // SAFETY: the caller guarantees what the callee requires.
        without_waiting(|| unsafe { Paged::fill(dst, byte, len) })
    }
}

// SAFETY: `Paged` satisfies the requirements.
unsafe impl<W: Copy> FaultAtomic<W> for NoWait
where
    RecoveryTable: FaultAtomic<W>,
{
    unsafe fn load(ptr: *const W) -> Result<W, Fault> {
        // SAFETY: the caller guarantees what the callee requires.
        without_waiting(|| unsafe { Paged::load(ptr) })
    }

    unsafe fn store(ptr: *mut W, value: W) -> Result<(), Fault> {
        // SAFETY: the caller guarantees what the callee requires.
        without_waiting(|| unsafe { Paged::store(ptr, value) })
    }

    unsafe fn compare_exchange(ptr: *mut W, old: W, new: W) -> Result<W, Fault> {
        // SAFETY: the caller guarantees what the callee requires.
        without_waiting(|| unsafe { Paged::compare_exchange(ptr, old, new) })
    }
}

/// A user's buffer, which a kernel represents by two numbers.
#[derive(Clone, Copy)]
struct User {
    start: *mut u8,
    len: usize,
}

impl User {
    fn memory<B: FaultBackend>(&self) -> VmSpan<'_, Fallible<B>> {
        // SAFETY: the memory is the test's, outlives the span, and is accessed only through spans.
        unsafe { VmSpan::fallible_with(self.start, self.len) }
    }

    /// Makes the bytes from `first` on inaccessible until they are brought in.
    fn swap_out(&self, first: usize, len: usize) {
        let page = FaultyBytes::new(self.start.wrapping_add(first), len);
        SWAPPED_OUT.with_borrow_mut(|pages| pages.push(page));
    }
}

fn swapped_out() -> usize {
    SWAPPED_OUT.with_borrow(Vec::len)
}

#[test]
fn copies_and_fills_return_the_fault_immediately() {
    let mut bytes = [7_u8; 12];
    let user = User { start: bytes.as_mut_ptr(), len: 12 };
    user.swap_out(8, 4);
    user.swap_out(4, 4);
    let after = |done| Err(CopyError::Io { error: Fault, done });

    let mut private = [0; 12];
    let mut buffer = VmWriter::from(&mut private[..]);
    let mut reader = VmReader::from(user.memory::<NoWait>());
    assert_eq!(reader.read_fallible(&mut buffer), after(4));
    assert_eq!((reader.remain(), buffer.avail()), (8, 8));
    assert_eq!(reader.read_val::<u8>(), Err(AccessError::Io(Fault)));
    let mut writer = VmWriter::from(user.memory::<NoWait>());
    assert_eq!(writer.fill_zeros(12), after(4));
    assert_eq!(swapped_out(), 2, "no access has waited");

    // After the lock is released, the remaining bytes are waited for.
    let mut reader = VmReader::from(user.memory::<Paged>());
    assert_eq!(reader.skip(4).read_fallible(&mut buffer), Ok(8));
    assert_eq!(swapped_out(), 0);
    assert_eq!(private, [7; 12]);

    let mut writer = VmWriter::from(user.memory::<NoWait>());
    assert_eq!(writer.fill_zeros(12), Ok(12), "the page is present now");
    assert_eq!(bytes, [0; 12]);
}

/// The method of a futex: loads and stores under a lock, and waits for the page without the lock.
#[test]
fn a_word_is_retried_after_the_page_is_present() {
    let mut words = [5_u32; 2];
    let user = User { start: words.as_mut_ptr().cast(), len: 8 };
    user.swap_out(0, 8);
    let mut rounds = 0;
    let found = loop {
        rounds += 1;
        let memory = user.memory::<NoWait>();
        let (reader, writer) = (VmReader::from(memory), VmWriter::from(memory));
        match writer.atomic_compare_exchange(&reader, 5_u32, u32::MAX) {
            Ok(found) => break found,
            Err(error) => assert_eq!(error, AccessError::Io(Fault)),
        }
        assert_eq!(reader.atomic_load::<u32>(), Err(AccessError::Io(Fault)));
        assert_eq!(swapped_out(), 1, "no access has waited");
        assert_eq!(VmReader::from(user.memory::<Paged>()).atomic_load(), Ok(5_u32));
    };
    assert_eq!((found, rounds, words), ((5, true), 2, [u32::MAX, 5]));
}
