//! Copies and fills of any length between any offsets, compared with a loop over bytes: only the
//! given bytes are written, with the correct values.
//!
//! `model` tests sequences of short ones over every backend.

use io_core::{
    backend::IoCopyable,
    bytewise::{atomic_per_byte_memcpy, atomic_per_byte_memset},
    prelude::*,
};
use proptest::{
    prelude::*,
    prop_assert_eq, sample,
    test_runner::{Config, RngAlgorithm, TestRng, TestRunner},
};

use crate::support::raw::Raw;

/// Under Miri, copies have one path for all lengths.
const LONGEST: usize = if cfg!(miri) { 140 } else { 9000 };

/// The shared memory ends at a page that must not be accessed.
const SIZE: usize = LONGEST.next_multiple_of(16) + 128;

/// Guard bytes on both sides of the private memory.
const GUARD: usize = 64;

/// The function or view that copies.
#[derive(Clone, Copy, Debug)]
enum By {
    Function,
    SysMem,
    Mmio,
    RelaxedMmio,
}

#[derive(Clone, Copy, Debug)]
enum What {
    Out,
    In,
    Fill(u8),
}

#[derive(Clone, Debug)]
struct Case {
    by: By,
    what: What,
    len: usize,
    /// The offset of the bytes in the shared memory.
    shared: usize,
    /// The offset of the bytes in the private memory.
    private: usize,
    /// The seed for the contents of both memories.
    seed: u64,
}

fn case() -> impl Strategy<Value = Case> {
    let by = sample::select(vec![By::Function, By::SysMem, By::Mmio, By::RelaxedMmio]);
    let what = prop_oneof![Just(What::Out), Just(What::In), any::<u8>().prop_map(What::Fill)];
    // Short lengths use other code paths.
    let len = prop_oneof![0..=16_usize, 0..=130_usize, 0..=LONGEST];
    // At the start, anywhere, or up to the end.
    let place = (0..=64_usize, 0..3_usize);
    (by, what, len, place, 0..=64_usize, any::<u64>()).prop_map(
        |(by, what, len, (offset, from), private, seed)| {
            let shared = match from {
                0 => offset,
                1 => (seed as usize) % (SIZE - len + 1),
                _ => SIZE - len - offset,
            };
            Case { by, what, len, shared, private, seed }
        },
    )
}

/// Pseudo-random bytes, eight at a time: under Miri, a call for each byte would take most of the
/// test's time.
fn noise(seed: u64, len: usize) -> Vec<u8> {
    let (mut state, mut bytes) = (seed, vec![0; len]);
    for part in bytes.chunks_mut(8) {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        let mixed = (state ^ state >> 32).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        part.copy_from_slice(&mixed.to_le_bytes()[..part.len()]);
    }
    bytes
}

/// The same operation as a loop over bytes.
fn model(case: &Case, shared: &mut [u8], private: &mut [u8]) {
    for (shared, private) in shared.iter_mut().zip(private) {
        match case.what {
            What::Out => *private = *shared,
            What::In => *shared = *private,
            What::Fill(byte) => *shared = byte,
        }
    }
}

fn by_function(what: What, shared: *mut u8, private: &mut [u8]) {
    // Mutable for the source as well: the copy under Miri creates `AtomicU8`s of it, for which
    // Stacked Borrows requires write permission.
    let (private, len) = (private.as_mut_ptr(), private.len());
    match what {
        // SAFETY: both have the same length, and the test owns the memory.
        What::Out => unsafe { atomic_per_byte_memcpy(private, shared, len) },
        // SAFETY: as above.
        What::In => unsafe { atomic_per_byte_memcpy(shared, private, len) },
        // SAFETY: as above.
        What::Fill(byte) => unsafe { atomic_per_byte_memset(shared, byte, len) },
    }
}

fn by_view<'a>(
    what: What,
    shared: impl IoBase<'a, Target = [u8], Backend: IoCopyable<Fail = core::convert::Infallible>>,
    private: &mut [u8],
) {
    match what {
        What::Out => shared.copy_to_slice(private),
        What::In => shared.copy_from_slice(private),
        What::Fill(byte) => shared.fill(byte),
    }
}

fn run(case: &Case, shared: *mut u8, private: &mut [u8]) {
    let slice = core::ptr::slice_from_raw_parts_mut(shared, private.len());
    // SAFETY: the test owns the memory, which is valid and aligned.
    let mmio = unsafe { Mmio::from_raw(MmioRaw::from_ptr(slice)) };
    match case.by {
        By::Function => by_function(case.what, shared, private),
        // SAFETY: as above.
        By::SysMem => by_view(case.what, unsafe { SysMem::new(slice) }, private),
        By::Mmio => by_view(case.what, mmio, private),
        By::RelaxedMmio => by_view(case.what, mmio.relaxed(), private),
    }
}

#[test]
fn copies_and_fills_match_a_byte_loop() {
    // The first 16 cases contain each `By` and each `What`.
    let cases = if cfg!(miri) { 16 } else { 4000 };
    let config = Config { cases, failure_persistence: None, ..Config::default() };
    // A fixed seed, so the cases are the same in each run.
    let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let memory = Raw::new(SIZE);
    let check = |case: Case| {
        let mut shared = noise(case.seed, SIZE);
        let mut private = noise(!case.seed, case.private + case.len + 2 * GUARD);
        memory.put(0, &shared);
        let place = GUARD + case.private..GUARD + case.private + case.len;
        let mut found = private.clone();
        run(&case, memory.ptr().wrapping_add(case.shared), &mut found[place.clone()]);
        model(&case, &mut shared[case.shared..][..case.len], &mut private[place]);
        prop_assert_eq!(found, private, "the private side");
        prop_assert_eq!(memory.bytes(), shared, "the shared side");
        Ok(())
    };
    TestRunner::new_with_rng(config, rng)
        .run(&case(), check)
        .unwrap_or_else(|error| panic!("{error}"));
}
