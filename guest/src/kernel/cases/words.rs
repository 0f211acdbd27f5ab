//! Single accesses of each width, to a page that is writable, read-only, or absent.

use core::fmt::Debug;

use io_core::{
    AccessError,
    fault::{Fault, RecoveryTable},
    vm::{Fallible, PodAtomic, VmReader, VmWriter, WordAccess},
};

use crate::kernel::{
    exceptions::{Diagnosis, watch},
    memory::{self, EDGE, SECOND, State},
};

pub(super) fn words_of_8_bits_fault_as_a_whole() -> usize {
    run(u8::MAX, 0x11, 0x22)
}

pub(super) fn words_of_16_bits_fault_as_a_whole() -> usize {
    run(u16::MAX, 0x1111, 0x2222)
}

pub(super) fn words_of_32_bits_fault_as_a_whole() -> usize {
    run(u32::MAX, 0x1111_1111, 0x2222_2222)
}

pub(super) fn words_of_64_bits_fault_as_a_whole() -> usize {
    run(u64::MAX, 0x1111_1111_1111_1111, 0x2222_2222_2222_2222)
}

const FAULT: AccessError<Fault> = AccessError::Io(Fault);

/// All ones are an ordinary value and are not confused with a fault.
fn run<W>(ones: W, one: W, two: W) -> usize
where
    W: PodAtomic + PartialEq + Debug,
    Fallible<RecoveryTable>: WordAccess<W::Word>,
{
    let (size, bytes) = (size_of::<W>(), SECOND.bytes());
    let (mut reader, mut writer) = (memory::reader(EDGE, size), memory::writer(EDGE, size));
    bytes.set(0..2 * size, |_| 0xff);

    SECOND.set(State::Absent);
    loads_fault::<W>(&mut reader);
    stores_fault(&mut writer, &reader, ones, one, |address| Diagnosis::Absent {
        address,
        store: true,
    });
    SECOND.set(State::ReadOnly);
    stores_fault(&mut writer, &reader, ones, one, |address| Diagnosis::Refused {
        address,
        store: true,
    });
    let (result, faults) = watch(|| reader.atomic_load::<W>());
    assert!(result == Ok(ones) && faults.last.is_none(), "{result:?}, {faults:x?}");
    bytes.check("the bytes after faults", 0..2 * size, |_| 0xff);
    assert!((reader.remain(), writer.avail()) == (size, size), "{reader:?}, {writer:?}");

    SECOND.set(State::Writable);
    let ((), faults) = watch(|| {
        let result = writer.atomic_compare_exchange(&reader, one, two);
        assert!(result == Ok((ones, false)), "{result:?}");
        let result = writer.atomic_compare_exchange(&reader, ones, one);
        assert!(result == Ok((ones, true)), "{result:?}");
        let result = reader.atomic_load::<W>();
        assert!(result == Ok(one), "{result:?}");
        let result = writer.write_once(&two);
        assert!(result == Ok(()), "{result:?}");
        let result = reader.read_once::<W>();
        assert!(result == Ok(two), "{result:?}");
    });
    assert!(faults.last.is_none(), "{faults:x?}");
    assert!((reader.remain(), writer.avail()) == (0, 0), "{reader:?}, {writer:?}");
    bytes.check("the stored word", 0..size, |_| 0x22);
    bytes.check("the following bytes", size..2 * size, |_| 0xff);
    12
}

fn loads_fault<W>(reader: &mut VmReader<'_>)
where
    W: PodAtomic + PartialEq + Debug,
    Fallible<RecoveryTable>: WordAccess<W::Word>,
{
    let (results, faults) = watch(|| (reader.atomic_load::<W>(), reader.read_once::<W>()));
    assert!(results == (Err(FAULT), Err(FAULT)), "loads: {results:?}");
    let cause = Diagnosis::Absent { address: EDGE, store: false };
    assert!((faults.recovered, faults.last) == (2, Some(cause)), "loads: {faults:x?}");
}

fn stores_fault<W>(
    writer: &mut VmWriter<'_>,
    reader: &VmReader<'_>,
    old: W,
    new: W,
    cause: impl Fn(usize) -> Diagnosis,
) where
    W: PodAtomic + PartialEq + Debug,
    Fallible<RecoveryTable>: WordAccess<W::Word>,
{
    let (result, faults) = watch(|| writer.atomic_compare_exchange(reader, old, new));
    assert!(result == Err(FAULT), "exchange: {result:?}");
    // The processor decides whether the load or the store of the exchange faults.
    assert!(faults.recovered == 1, "exchange: {faults:x?}");
    let (result, faults) = watch(|| writer.write_once(&new));
    assert!(result == Err(FAULT), "store: {result:?}");
    assert!((faults.recovered, faults.last) == (1, Some(cause(EDGE))), "store: {faults:x?}");
}
