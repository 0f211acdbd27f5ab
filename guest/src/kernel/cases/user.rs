//! A user page that the kernel must not access by accident (SMAP), and a backend that opens it for
//! intended accesses.
//!
//! Source: Intel SDM volume 3, "Access Rights" (supervisor-mode access prevention).

use io_core::fault::{FaultBackend, RecoveryTable};
use x86_64::{
    instructions::smap::Smap,
    registers::control::{Cr4, Cr4Flags},
};

use crate::kernel::{
    exceptions::{Diagnosis, watch},
    memory::{self, BUFFER, EDGE, FIRST, PAGE, SECOND, State},
};

/// A backend as a kernel's author would write it: the copies of io-core, while user pages are open.
#[derive(Debug)]
enum UserMemory {}

// SAFETY: every method forwards to `RecoveryTable`, which fulfils the requirements of the trait.
// After a fault, execution continues inside `RecoveryTable`, so user pages are closed again.
unsafe impl FaultBackend for UserMemory {
    unsafe fn copy(dst: *mut u8, src: *const u8, len: usize) -> usize {
        // SAFETY: the caller guarantees what `RecoveryTable` requires, since the trait's
        // requirements are the same.
        smap().without_smap(|| unsafe { RecoveryTable::copy(dst, src, len) })
    }

    unsafe fn fill(dst: *mut u8, byte: u8, len: usize) -> usize {
        // SAFETY: as in `copy`.
        smap().without_smap(|| unsafe { RecoveryTable::fill(dst, byte, len) })
    }
}

fn smap() -> Smap {
    Smap::new().expect("the processor has SMAP (QEMU: `-cpu max`)")
}

pub(super) fn smap_faults_unless_the_backend_opens_user_pages() -> usize {
    smap();
    // SAFETY: the only user pages are in the window, which only this test accesses.
    unsafe { Cr4::update(|flags| flags.insert(Cr4Flags::SUPERVISOR_MODE_ACCESS_PREVENTION)) };
    let value = |at: usize| (at % 251) as u8;
    FIRST.bytes().set(0..2 * PAGE, value);
    BUFFER.set(0..100, |_| 0xee);
    FIRST.set(State::User);
    SECOND.set(State::Absent);

    let mut reader = memory::reader(EDGE - 60, 100);
    let (result, faults) = watch(|| reader.read_fallible(&mut BUFFER.writer(0..100)));
    assert!(result.map_err(|error| error.done()) == Err(0), "closed: {result:?}");
    let cause = Diagnosis::Refused { address: EDGE - 60, store: false };
    assert!(faults.last == Some(cause), "closed: {faults:x?}");

    let mut reader = memory::reader_with::<UserMemory>(EDGE - 60, 100);
    let (result, faults) = watch(|| reader.read_fallible(&mut BUFFER.writer(0..100)));
    assert!(result.map_err(|error| error.done()) == Err(60), "open: {result:?}");
    let cause = Diagnosis::Absent { address: EDGE, store: false };
    assert!(faults.last == Some(cause), "open: {faults:x?}");
    BUFFER.check("the copied bytes", 0..60, |at| value(PAGE - 60 + at));
    BUFFER.check("the bytes after the fault", 60..100, |_| 0xee);
    assert!(smap().is_enabled(), "user pages are closed again after a fault");

    let mut writer = memory::writer_with::<UserMemory>(EDGE - 60, 100);
    let (result, faults) = watch(|| writer.fill_zeros(100));
    assert!(result.map_err(|error| error.done()) == Err(60), "fill: {result:?}, {faults:x?}");
    FIRST.bytes().check("the filled bytes", PAGE - 60..PAGE, |_| 0);
    // SAFETY: as above.
    unsafe { Cr4::update(|flags| flags.remove(Cr4Flags::SUPERVISOR_MODE_ACCESS_PREVENTION)) };
    3
}
