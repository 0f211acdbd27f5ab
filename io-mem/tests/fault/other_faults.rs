//! Faults other than protected pages: truncated files and non-canonical addresses.

use core::ptr;

use io_core::fault::{Fault, FaultAtomic, RecoveryTable};
use rustix::{
    fs::{MemfdFlags, ftruncate, memfd_create},
    mm::{MapFlags, ProtFlags, mmap, munmap},
    param::page_size,
};

use crate::{
    every_byte::LONGEST,
    memory::{UNTOUCHED, copy, fill, pattern},
};

/// `SIGBUS`: pages after the end of a truncated file.
#[test]
fn pages_after_the_end_of_a_file_fault() {
    io_core::fault::install().unwrap();
    let file = memfd_create("truncated", MemfdFlags::CLOEXEC).unwrap();
    ftruncate(&file, 2 * page_size() as u64).unwrap();
    let flags = ProtFlags::READ | ProtFlags::WRITE;
    // SAFETY: a new mapping at an address that the kernel chooses does not affect existing memory.
    let base = unsafe { mmap(ptr::null_mut(), 2 * page_size(), flags, MapFlags::SHARED, &file, 0) }
        .unwrap()
        .cast::<u8>();
    let bytes = pattern(600);
    let end = base.wrapping_add(page_size());
    assert_eq!(copy(end.wrapping_sub(300), bytes.as_ptr(), 600), 600, "while the page is mapped");
    ftruncate(&file, page_size() as u64).unwrap();
    for first in 0..=300 {
        let mut to = vec![UNTOUCHED; 600];
        let place = end.wrapping_sub(first);
        assert_eq!(copy(to.as_mut_ptr(), place, 600), first);
        assert_eq!(to[..first], bytes[300 - first..300]);
        assert_eq!(to[first..], [UNTOUCHED; 600][first..]);
        assert_eq!(copy(place, bytes[300 - first..].as_ptr(), 300), first.min(300));
    }
    assert_eq!(fill(end.wrapping_sub(9), 0, 10), 9);
    // SAFETY: the handler is installed, and the address is a multiple of 8.
    assert_eq!(unsafe { RecoveryTable::load(end.cast::<u64>()) }, Err(Fault));
    // SAFETY: the mapping exists, and no references to it exist.
    unsafe { munmap(base.cast(), 2 * page_size()) }.unwrap();
}

/// Non-canonical addresses, which raise #GP instead of #PF on x86-64. #GP does not report the
/// address.
#[test]
fn non_canonical_addresses_fault() {
    io_core::fault::install().unwrap();
    let bytes = pattern(LONGEST + 13);
    for address in [1 << 63, 0x8000_0000_0000, 0xdead_beef_dead_bee8, usize::MAX - LONGEST + 1, 8] {
        let none = ptr::without_provenance_mut::<u8>(address);
        // Adjacent addresses are never mapped either: each length faults at its first byte.
        for len in 1..=LONGEST {
            let align = [0, 1, 13][len % 3];
            let mut to = [UNTOUCHED; LONGEST + 13];
            assert_eq!(copy(to[align..].as_mut_ptr(), none, len), 0, "from {address:#x}");
            assert_eq!(to, [UNTOUCHED; LONGEST + 13]);
            assert_eq!(copy(none, bytes[align..].as_ptr(), len), 0, "to {address:#x}");
            assert_eq!(fill(none, 1, len), 0, "to {address:#x}");
        }
        let none = none.wrapping_sub(address % 8).cast::<u64>();
        // SAFETY: the handler is installed, and the address is a multiple of 8.
        assert_eq!(unsafe { RecoveryTable::load(none) }, Err(Fault), "at {address:#x}");
        // SAFETY: as above.
        assert_eq!(unsafe { RecoveryTable::store(none, 1) }, Err(Fault), "at {address:#x}");
        // SAFETY: as above.
        let exchanged = unsafe { RecoveryTable::compare_exchange(none, 0, 1) };
        assert_eq!(exchanged, Err(Fault), "at {address:#x}");
    }
}

/// If the length is 0, nothing is accessed.
#[test]
fn accesses_of_no_bytes_never_fault() {
    for address in [0, 1 << 63, usize::MAX] {
        let none = ptr::without_provenance_mut::<u8>(address);
        assert_eq!((copy(none, none, 0), fill(none, 1, 0)), (0, 0));
    }
}
