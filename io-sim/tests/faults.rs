//! Simulated faults have the same contract as real ones; also run under Miri.

use io_core::fault::{Fault, FaultAtomic, FaultBackend};
use io_sim::{FaultyBytes, SimFaults};

/// Memory of a test that is only accessed through raw pointers.
struct Memory<const N: usize>(Box<[u8; N]>);

impl<const N: usize> Memory<N> {
    fn new() -> Self {
        Self(Box::new([0xee; N]))
    }

    fn at(&mut self, offset: usize) -> *mut u8 {
        (&raw mut *self.0).cast::<u8>().wrapping_add(offset)
    }
}

#[test]
fn faults_of_the_source_are_counted_at_each_byte() {
    let bytes: [u8; 40] = core::array::from_fn(|i| i as u8);
    for len in 0..=40 {
        for first in 0..=len {
            let mut to = Memory::<40>::new();
            let _faulty = FaultyBytes::new(bytes.as_ptr().wrapping_add(first), len - first);
            // SAFETY: both arrays have forty bytes, and no other code accesses them during the
            // call.
            let done = unsafe { SimFaults::copy(to.at(0), bytes.as_ptr(), len) };
            assert_eq!(done, first, "of {len} bytes");
            assert_eq!(to.0[..first], bytes[..first]);
            assert_eq!(to.0[first..], [0xee; 40][first..]);
        }
    }
}

#[test]
fn faults_of_the_destination_are_counted_at_each_byte() {
    for len in 0..=40 {
        for first in 0..=len {
            let mut to = Memory::<40>::new();
            let at = to.at(0);
            let _faulty = FaultyBytes::read_only(at.wrapping_add(first), 40 - first);
            // SAFETY: both arrays have forty bytes, and no other code accesses them during the
            // call.
            let done = unsafe { SimFaults::copy(at, [1; 40].as_ptr(), len) };
            assert_eq!(done, first, "of {len} bytes");
            // SAFETY: the array has forty bytes, and no other code accesses it during the call.
            assert_eq!(unsafe { SimFaults::fill(at, 2, len) }, first);
            assert_eq!(to.0[..first], [2; 40][..first]);
            assert_eq!(to.0[first..], [0xee; 40][first..]);
        }
    }
}

/// The fault at the lowest offset counts, in the source or the destination. Later ones have no
/// effect.
#[test]
fn the_first_fault_determines_the_count() {
    let (mut from, mut to) = (Memory::<16>::new(), Memory::<16>::new());
    let (src, dst) = (from.at(0), to.at(0));
    // SAFETY: both arrays have sixteen bytes, and no other code accesses them during the call.
    let copy = || unsafe { SimFaults::copy(dst, src, 16) };
    let late = FaultyBytes::new(src.wrapping_add(12), 1);
    assert_eq!(copy(), 12);
    let later = FaultyBytes::new(src.wrapping_add(14), 1);
    assert_eq!(copy(), 12);
    let early = FaultyBytes::new(dst.wrapping_add(7), 2);
    assert_eq!(copy(), 7);
    let readable = FaultyBytes::read_only(src, 16);
    assert_eq!(copy(), 7, "loads of read-only bytes do not fault");
    drop(early);
    assert_eq!(copy(), 12);
    drop((late, readable));
    assert_eq!(copy(), 14);
    drop(later);
    assert_eq!(copy(), 16);
}

/// An access of zero bytes never faults, at any address, and an empty faulty range has no effect.
#[test]
fn accesses_of_no_bytes_never_fault() {
    let (mut from, mut to) = (Memory::<16>::new(), Memory::<16>::new());
    let (src, dst) = (from.at(0), to.at(0));
    let _none = [0, 5, 16].map(|at| FaultyBytes::new(src.wrapping_add(at), 0));
    // SAFETY: both arrays have sixteen bytes, and no other code accesses them during the call.
    assert_eq!(unsafe { SimFaults::copy(dst, src, 16) }, 16);
    // SAFETY: the byte is inside the array.
    assert_eq!(unsafe { SimFaults::load(src.wrapping_add(5)) }, Ok(0xee));
    let _all = FaultyBytes::new(src, 16);
    for at in [0, 5, 16] {
        // SAFETY: nothing is accessed, because the length is 0.
        assert_eq!(unsafe { SimFaults::copy(dst, src.wrapping_add(at), 0) }, 0);
        // SAFETY: nothing is accessed, because the length is 0.
        assert_eq!(unsafe { SimFaults::fill(src.wrapping_add(at), 1, 0) }, 0);
    }
}

#[test]
fn single_accesses_fault_as_a_whole() {
    let mut words = Box::new([u32::MAX; 4]);
    let words = &raw mut *words;
    let at = |i: usize| words.cast::<u32>().wrapping_add(i);
    // The last byte of word 1 faults, and word 2 is read-only.
    let _last = FaultyBytes::new(at(1).cast::<u8>().wrapping_add(3), 1);
    let _readable = FaultyBytes::read_only(at(2).cast(), 4);
    // SAFETY: `at(i)` points to one of four aligned words.
    let load = |i| unsafe { SimFaults::load(at(i)) };
    // SAFETY: `at(i)` points to one of four aligned words.
    let store = |i, value: u32| unsafe { SimFaults::store(at(i), value) };
    // SAFETY: `at(i)` points to one of four aligned words.
    let exchange = |i, old, new: u32| unsafe { SimFaults::compare_exchange(at(i), old, new) };
    assert_eq!(load(0), Ok(u32::MAX), "a value, not a fault");
    assert_eq!(load(1), Err(Fault));
    assert_eq!(load(2), Ok(u32::MAX));
    assert_eq!((store(1, 1), store(2, 1), store(3, 1)), (Err(Fault), Err(Fault), Ok(())));
    assert_eq!(exchange(1, u32::MAX, 1), Err(Fault));
    assert_eq!(exchange(2, u32::MAX, 1), Err(Fault));
    assert_eq!(exchange(3, 2, 7), Ok(1), "the memory contains another value");
    assert_eq!(exchange(3, 1, u32::MAX), Ok(1));
    assert_eq!(load(3), Ok(u32::MAX));
}

#[test]
fn faults_and_faulty_ranges_are_printed() {
    assert_eq!(Fault.to_string(), "memory access faulted");
    let place = core::ptr::without_provenance(0x1000);
    assert_eq!(format!("{:?}", FaultyBytes::new(place, 16)), "FaultyBytes(0x1000..0x1010)");
    let readable = format!("{:?}", FaultyBytes::read_only(place, 16));
    assert_eq!(readable, "FaultyBytes(0x1000..0x1010, read-only)");
}
