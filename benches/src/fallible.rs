//! Fallible copies, measured without faults.

use core::hint::black_box;

use io_core::{
    fault::{FaultBackend, RecoveryTable, SystemCalls},
    vm::{Fallible, VmIo, VmReader, VmSpan, VmWriter},
};

use crate::{
    contestants::{Contestant, Family, Shared, repeat},
    libc_calls,
    place::Place,
};

/// Returns all contestants that copy; the first is the baseline.
pub fn copies() -> Vec<Contestant> {
    let mut all = vec![libc_calls::MEMCPY];
    all.extend(OURS);
    #[cfg(target_arch = "x86_64")]
    all.push(STRING_COPY);
    all.push(libc_calls::PROCESS_VM_READV);
    all.push(SYSTEM_CALLS);
    all
}

const OURS: [Contestant; 5] = [
    Contestant::new("RecoveryTable copy", Family::Fallible, Shared::Either, |place, times| {
        repeat(place, times, |destination, source, size| {
            // SAFETY: `repeat` passes ranges of `size` initialised bytes that do not overlap.
            // Nothing else accesses them during the copy, and they do not fault.
            let done = unsafe { RecoveryTable::copy(destination, source, size) };
            assert_eq!(done, size);
        });
    }),
    Contestant::new("read_fallible", Family::Fallible, Shared::Source, |place, times| {
        repeat(place, times, |destination, source, size| {
            // SAFETY: as above.
            let mut reader = unsafe { VmReader::<Fallible>::fallible(source, size) };
            // SAFETY: as above; the bytes are not shared.
            let mut writer = unsafe { VmWriter::from_raw(destination, size) };
            assert_eq!(reader.read_fallible(&mut writer), Ok(size));
        });
    }),
    Contestant::new("write_fallible", Family::Fallible, Shared::Destination, |place, times| {
        repeat(place, times, |destination, source, size| {
            // SAFETY: as above.
            let mut writer = unsafe { VmWriter::<Fallible>::fallible(destination, size) };
            // SAFETY: as above; the bytes are not shared.
            let mut reader = unsafe { VmReader::from_raw(source, size) };
            assert_eq!(writer.write_fallible(&mut reader), Ok(size));
        });
    }),
    Contestant::new("both sides may fault", Family::Fallible, Shared::Either, |place, times| {
        repeat(place, times, |destination, source, size| {
            // SAFETY: as above.
            let mut reader = unsafe { VmReader::<Fallible>::fallible(source, size) };
            // SAFETY: as above.
            let mut writer = unsafe { VmWriter::<Fallible>::fallible(destination, size) };
            assert_eq!(reader.read_fallible(&mut writer), Ok(size));
        });
    }),
    Contestant::new("read_bytes by offset", Family::Fallible, Shared::Source, |place, times| {
        repeat(place, times, |destination, source, size| {
            // SAFETY: as above.
            let memory = unsafe { VmSpan::<Fallible>::fallible_with(source, size) };
            // SAFETY: as above.
            let private = unsafe { core::slice::from_raw_parts_mut(destination, size) };
            assert_eq!(memory.read_bytes(0, private), Ok(()));
        });
    }),
];

/// The method of Asterinas' OSTD: one string instruction, with one row in a separate table.
#[cfg(target_arch = "x86_64")]
const STRING_COPY: Contestant =
    Contestant::new("rep movsb with a row", Family::StringCopy, Shared::Either, |place, times| {
        repeat(place, times, |destination, source, size| {
            let left: usize;
            // SAFETY: `repeat` passes ranges of `size` initialised bytes that do not overlap; the
            // direction flag is clear. Nothing faults, so the row is not used.
            unsafe {
                core::arch::asm!(
                    "2: rep movsb",
                    "3:",
                    ".pushsection io_bench_rows, \"a\"",
                    ".balign 4",
                    ".long 2b - ., 3b - .",
                    ".popsection",
                    inout("rcx") size => left, inout("rdi") destination => _,
                    inout("rsi") source => _,
                    options(nostack, preserves_flags)
                );
            }
            assert_eq!(left, 0);
        });
    });

const SYSTEM_CALLS: Contestant =
    Contestant::new("SystemCalls copy", Family::SystemCall, Shared::Either, |place, times| {
        repeat(place, times, |destination, source, size| {
            // SAFETY: as for `RecoveryTable`.
            let done = unsafe { SystemCalls::copy(destination, source, size) };
            assert_eq!(done, size);
        });
    });

/// The sizes of values in bytes.
pub const VALUES: [usize; 5] = [4, 8, 16, 64, 256];

/// Returns all contestants that load a value of `size` bytes; the first is the baseline.
///
/// # Panics
///
/// Panics if `size` is not in [`VALUES`].
pub fn values(size: usize) -> Vec<Contestant> {
    let [plain, read_val]: [fn(&mut Place<'_>, usize); 2] = match size {
        4 => [volatile::<4>, read_val::<4>],
        8 => [volatile::<8>, read_val::<8>],
        16 => [volatile::<16>, read_val::<16>],
        64 => [volatile::<64>, read_val::<64>],
        256 => [volatile::<256>, read_val::<256>],
        other => panic!("{other} is not one of the constant sizes"),
    };
    let mut all = vec![
        Contestant::new("volatile read", Family::Plain, Shared::Neither, plain),
        Contestant::new("read_val", Family::Fallible, Shared::Source, read_val),
    ];
    if size == size_of::<u64>() {
        all.push(Contestant::new("read_once", Family::Fallible, Shared::Source, read_once));
    }
    all
}

/// Leaves the last value in the destination, like the other contestants.
fn volatile<const N: usize>(place: &mut Place<'_>, times: usize) {
    repeat(place, times, |destination, source, size| {
        debug_assert_eq!(size, N);
        // SAFETY: `repeat` passes ranges of `N` initialised bytes.
        let value = unsafe { source.cast::<[u8; N]>().read_volatile() };
        // SAFETY: as above.
        unsafe { destination.cast::<[u8; N]>().write(value) };
    });
}

/// Like [`volatile`], through a cursor.
fn read_val<const N: usize>(place: &mut Place<'_>, times: usize) {
    repeat(place, times, |destination, source, size| {
        debug_assert_eq!(size, N);
        // SAFETY: `repeat` passes ranges of `N` initialised bytes that do not overlap. Nothing else
        // accesses them during the copy, and they do not fault.
        let mut reader = unsafe { VmReader::<Fallible>::fallible(source, N) };
        let value = reader.read_val::<[u8; N]>().unwrap_or_else(|_| unreachable!("no fault"));
        // SAFETY: as above.
        unsafe { destination.cast::<[u8; N]>().write(value) };
    });
}

/// Like [`volatile`], as a single access.
fn read_once(place: &mut Place<'_>, times: usize) {
    repeat(place, times, |destination, source, size| {
        // SAFETY: `repeat` passes ranges of `size` initialised bytes that do not overlap. Nothing
        // else accesses them during the copy, and they do not fault.
        let mut reader = unsafe { VmReader::<Fallible>::fallible(source, size) };
        let value = reader.read_once::<u64>().unwrap_or_else(|_| unreachable!("no fault"));
        // SAFETY: as above; `size` is eight.
        unsafe { destination.cast::<u64>().write(black_box(value)) };
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        place::{Arena, Layout},
        sizes::{BETWEEN, SIZES},
    };

    #[test]
    fn every_contestant_copies_all_sizes_in_all_layouts() {
        let mut arena = Arena::default();
        for layout in Layout::ALL {
            for size in SIZES.into_iter().chain(BETWEEN) {
                for contestant in copies() {
                    let mut place = arena.place(layout, size);
                    assert_ne!(place.source, place.destination);
                    (contestant.run)(&mut place, 1);
                    assert_eq!(place.source, place.destination, "{}, {size} B", contestant.name);
                }
            }
        }
    }

    #[test]
    fn every_contestant_copies_the_value() {
        let mut arena = Arena::default();
        for size in VALUES {
            for contestant in values(size) {
                let mut place = arena.place(Layout::Aligned, size);
                (contestant.run)(&mut place, 2);
                assert_eq!(place.source, place.destination, "{}, {size} B", contestant.name);
            }
        }
    }
}
