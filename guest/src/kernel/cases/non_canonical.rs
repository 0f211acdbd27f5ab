//! Non-canonical addresses, which raise #GP instead of #PF.

use io_core::{AccessError, fault::Fault};

use super::transfer::{End, Kind, Transfer};
use crate::kernel::{
    exceptions::{Diagnosis, watch},
    memory::{self, CANONICAL_END, LAST, State},
};

/// Copies out of the last page, and copies that begin after it.
pub(super) fn copies_fault_at_non_canonical_addresses() -> usize {
    let mut accesses = 0;
    LAST.set(State::Writable);
    for kind in [Kind::Source, Kind::Destination, Kind::Filled] {
        for len in (0..=64).chain([600]) {
            for before in 0..=len {
                let mut transfer = Transfer::new(kind, End::Canonical, before, len);
                let faults = transfer.stops();
                let cause = (before < len).then(|| transfer.cause(false));
                assert!(faults.last == cause, "{faults:x?}, expected {cause:x?}");
                accesses += 1;
            }
        }
    }
    LAST.set(State::Absent);
    accesses
}

/// Single accesses to non-canonical addresses.
pub(super) fn words_fault_at_non_canonical_addresses() -> usize {
    for address in [CANONICAL_END, 0x1234_5678_0000_0000, 0xffff_7fff_ffff_fff8] {
        let (mut reader, mut writer) = (memory::reader(address, 8), memory::writer(address, 8));
        let (results, faults) = watch(|| {
            (
                reader.read_once::<u32>().err(),
                reader.atomic_load::<u64>().err(),
                writer.write_once(&1_u16).err(),
                writer.atomic_compare_exchange(&reader, 0_u8, 1).err(),
            )
        });
        let error = Some(AccessError::Io(Fault));
        assert!(results == (error, error, error, error), "at {address:#x}: {results:?}");
        assert!(
            faults.recovered == 4 && faults.last == Some(Diagnosis::NonCanonical),
            "{faults:?}"
        );
    }
    3 * 4
}
