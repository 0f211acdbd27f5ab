//! Random sequences of operations, compared with the simplest model: a vector of bytes.
//!
//! The same sequences, from a fixed seed, run over each backend. After every operation, its result
//! and every byte of the memory are compared.

mod bytes;
mod ops;
mod run;

use io_core::{A8, CoherentView, DmaAddr, MmioWc, Region, prelude::*};
use io_sim::Simulated;
use proptest::{
    collection, prop_assert_eq,
    test_runner::{Config, RngAlgorithm, TestCaseError, TestRng, TestRunner},
};
use zerocopy::{FromBytes, Immutable, IntoBytes};

use crate::support::{Bus, direct::Direct, raw::Raw};

#[derive(IoStruct, FromBytes, Immutable, IntoBytes)]
#[repr(C)]
struct Slot {
    tag: Be<u16>,
    bytes: [u8; 4],
}

#[derive(IoStruct)]
#[io(size = 0x90)]
#[repr(C)]
struct Block {
    #[io(at = 0x00)]
    bytes: [u8; 16],
    #[io(at = 0x10)]
    signed: [i16; 4],
    #[io(at = 0x18)]
    half: [Be<u16>; 4],
    #[io(at = 0x20)]
    word: [Le<u32>; 4],
    #[io(at = 0x30)]
    big: [Be<u32>; 4],
    #[io(at = 0x40)]
    native: [u32; 4],
    #[io(at = 0x50)]
    long: [Le<u64>; 2],
    #[io(at = 0x60)]
    blong: [Be<u64>; 2],
    #[io(at = 0x70)]
    nlong: [u64; 1],
    #[io(at = 0x78)]
    slots: [Slot; 4],
}

type Bar = Region<0x90, A8>;
const SIZE: usize = 0x90;

/// Runs one sequence over one view of the memory.
fn compare<'a>(
    name: &str,
    bar: impl Io<'a, Target = Bar, Backend: Bus>,
    ops: &[ops::Op],
    memory: &Raw,
) -> Result<(), TestCaseError> {
    let mut model = bytes::Model::new(memory.bytes());
    for op in ops {
        let (found, expected) = (run::run(bar, op), model.run(op));
        prop_assert_eq!(&found, &expected, "{} of {:?}", name, op);
        prop_assert_eq!(&memory.bytes(), model.bytes(), "{} of {:?}", name, op);
    }
    Ok(())
}

fn region(memory: &Raw) -> *mut Bar {
    Bar::ptr_try_from_raw_parts_mut(memory.ptr(), SIZE).unwrap()
}

fn mmio(memory: &Raw) -> Mmio<'_, Bar> {
    // SAFETY: the test owns the memory, which is valid and aligned.
    unsafe { Mmio::from_raw(MmioRaw::from_ptr(region(memory))) }
}

fn system(memory: &Raw) -> SysMem<'_, Bar> {
    // SAFETY: the test owns the memory, which is valid and aligned.
    unsafe { SysMem::new(region(memory)) }
}

/// Runs one sequence over all backends, each with separate memory.
fn every_backend(ops: &[ops::Op]) -> Result<(), TestCaseError> {
    let memory = || Raw::new(SIZE);
    let raw = memory();
    compare("Mmio", mmio(&raw), ops, &raw)?;
    let raw = memory();
    compare("RelaxedMmio", mmio(&raw).relaxed(), ops, &raw)?;
    let raw = memory();
    // SAFETY: the test owns the memory, which is valid and aligned.
    let view = unsafe { MmioWc::from_raw(MmioRaw::from_ptr(region(&raw))) };
    compare("MmioWc", view, ops, &raw)?;
    let raw = memory();
    compare("SysMem", system(&raw), ops, &raw)?;
    let raw = memory();
    // SAFETY: no device uses the address.
    let view = unsafe { CoherentView::new(system(&raw), DmaAddr::new(0x1000)) };
    compare("CoherentView", view, ops, &raw)?;
    let (raw, (first, second)) = (memory(), ops.split_at(ops.len() / 2));
    compare("IoSysMap::Io", IoSysMap::from(mmio(&raw)), first, &raw)?;
    compare("IoSysMap::Sys", IoSysMap::from(system(&raw)), second, &raw)?;
    let raw = memory();
    let device = Simulated::<Bar, _>::new_region(Direct::new(raw.ptr(), SIZE), SIZE).unwrap();
    compare("Simulated", &device, ops, &raw)
}

#[test]
fn every_backend_matches_a_vector_of_bytes() {
    let (cases, len) = if cfg!(miri) { (2, 16) } else { (256, 40) };
    let config = Config { cases, failure_persistence: None, ..Config::default() };
    // A fixed seed, so the sequences are the same in each run.
    let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    TestRunner::new_with_rng(config, rng)
        .run(&collection::vec(ops::op(), 1..len), |ops| every_backend(&ops))
        .unwrap_or_else(|error| panic!("{error}"));
}
