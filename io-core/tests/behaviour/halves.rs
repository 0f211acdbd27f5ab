//! 64-bit values in two accesses of 32 bits: the halves and the order of the accesses.

use io_core::{A4, Counter, DmaAddr, Loc, Region, prelude::*};
use io_sim::{Recorder, Simulated};
use zerocopy::{FromBytes, Immutable, IntoBytes};

use crate::support::{
    flaky::Flaky,
    logger::{bench, fresh, log},
    raw::Raw,
};

#[derive(IoStruct)]
#[io(size = 0x40)]
#[repr(C)]
struct Timer {
    control: u32,
    low_first: LoHi<Le<u64>>,
    high_first: HiLo<Le<u64>>,
    big: LoHi<Be<u64>>,
    native: HiLo<u64>,
    base: Ro<LoHi<Le<DmaAddr>>>,
    doorbell: Wo<HiLo<Be<u64>>>,
    status: W1c<LoHi<Le<u64>>>,
    _pad: u32,
}

#[derive(IoStruct, FromBytes, IntoBytes, Immutable, Clone, Copy, PartialEq, Debug)]
#[repr(C)]
struct Pair {
    low_first: LoHi<Le<u64>>,
    base: Ro<HiLo<Be<DmaAddr>>>,
}

const VALUE: u64 = 0x1122_3344_5566_7788;

/// Zeroed memory that is large enough for each of the types.
fn zeros() -> Raw {
    let raw = Raw::new(0x40);
    raw.put(0, &[0; 0x40]);
    raw
}

fn mmio<T: IoStruct>(raw: &Raw) -> Mmio<'_, T> {
    // SAFETY: the memory is as large as the largest of the types, aligned, and outlives the view.
    unsafe { Mmio::from_raw(MmioRaw::from_ptr(raw.ptr().cast())) }
}

fn over_memory(test: impl FnOnce(Mmio<'_, Timer>, &Recorder)) {
    test(mmio(&zeros()), &Recorder::new());
}

/// The entries of a recorder, without the name of the instance.
fn seen(recorder: &Recorder) -> Vec<String> {
    recorder.entries().iter().map(|entry| entry.to_string().replace("timer", "")).collect()
}

#[test]
fn halves_are_accessed_in_the_order_of_the_type() {
    over_memory(|timer, recorder| {
        let timer = recorder.record("timer", timer);
        io_write!(timer, .low_first, VALUE);
        io_write!(timer, .high_first, VALUE);
        io_write!(timer, .big, VALUE);
        assert_eq!(io_read!(timer, .low_first), VALUE);
        assert_eq!(io_read!(timer, .high_first), VALUE);
        assert_eq!(io_read!(timer, .big), VALUE);
        io_write!(timer, .doorbell, VALUE);
        assert_eq!(
            seen(recorder),
            [
                "WR .low_first.lo 32 <- 0x55667788",
                "WR .low_first.hi 32 <- 0x11223344",
                "WR .high_first.hi 32 <- 0x11223344",
                "WR .high_first.lo 32 <- 0x55667788",
                "WR .big.lo 32 <- 0x55667788",
                "WR .big.hi 32 <- 0x11223344",
                "RD .low_first.lo 32 -> 0x55667788",
                "RD .low_first.hi 32 -> 0x11223344",
                "RD .high_first.hi 32 -> 0x11223344",
                "RD .high_first.lo 32 -> 0x55667788",
                "RD .big.lo 32 -> 0x55667788",
                "RD .big.hi 32 -> 0x11223344",
                "WR .doorbell.hi 32 <- 0x11223344",
                "WR .doorbell.lo 32 <- 0x55667788",
            ]
        );
    });
}

/// The order of the accesses does not affect the order of the halves in memory.
#[test]
fn memory_contains_the_64_bit_value() {
    let raw = zeros();
    let timer = mmio::<Timer>(&raw);
    io_write!(timer, .low_first, VALUE);
    io_write!(timer, .high_first, VALUE);
    io_write!(timer, .big, VALUE);
    io_write!(timer, .native, VALUE);
    assert_eq!(raw.bytes()[4..12], VALUE.to_le_bytes());
    assert_eq!(raw.bytes()[12..20], VALUE.to_le_bytes());
    assert_eq!(raw.bytes()[20..28], VALUE.to_be_bytes());
    assert_eq!(raw.bytes()[28..36], VALUE.to_ne_bytes());
}

#[test]
fn copies_contain_the_64_bit_value() {
    let raw = zeros();
    raw.put(0, &VALUE.to_le_bytes());
    raw.put(8, &VALUE.to_be_bytes());
    let copy = mmio::<Pair>(&raw).copy_read();
    assert_eq!(copy.low_first.get(), VALUE);
    assert_eq!(copy.base.get(), DmaAddr::new(VALUE));
    let made = Pair { low_first: LoHi::new(VALUE), base: HiLo::new(DmaAddr::new(VALUE)).into() };
    assert_eq!(copy, made);
    assert_eq!(format!("{:?}", made.low_first), format!("LoHi({VALUE})"));
    assert_eq!(LoHi::<u64>::default().get(), 0);
}

#[test]
fn access_kinds_may_contain_halves() {
    over_memory(|timer, recorder| {
        let timer = recorder.record("timer", timer);
        assert_eq!(io_read!(timer, .base), DmaAddr::new(0));
        io_project!(timer, .status).clear_bits(1 << 40 | 2);
        io_update!(timer, .high_first, |v| v | 1 << 63);
        io_project!(timer, .low_first).write_flush(1);
        assert_eq!(
            seen(recorder),
            [
                "RD .base.lo 32 -> 0x00000000",
                "RD .base.hi 32 -> 0x00000000",
                "WR .status.lo 32 <- 0x00000002",
                "WR .status.hi 32 <- 0x00000100",
                "RD .high_first.hi 32 -> 0x00000000",
                "RD .high_first.lo 32 -> 0x00000000",
                "WR .high_first.hi 32 <- 0x80000000",
                "WR .high_first.lo 32 <- 0x00000000",
                "WR .low_first.lo 32 <- 0x00000001",
                "WR .low_first.hi 32 <- 0x00000000",
                "RD .low_first.lo 32 -> 0x00000001",
                "RD .low_first.hi 32 -> 0x00000000",
            ]
        );
    });
}

/// The value is aligned to its accesses, not to its size.
#[test]
fn halves_need_an_alignment_of_four_bytes() {
    struct Nova;
    const COUNT: Loc<Region<12, A4, Nova>, HiLo<Le<u64>>> = Loc::at(4);
    let raw = zeros();
    let raw_region = MmioRaw::region_from_ptr(raw.ptr(), 12).unwrap();
    // SAFETY: the memory is at least as large as the region, aligned, and outlives the view.
    let region = unsafe { Mmio::from_raw(raw_region) };
    region.write(COUNT, VALUE);
    assert_eq!(region.read(COUNT), VALUE);
    assert_eq!(raw.bytes()[4..12], VALUE.to_le_bytes());
}

/// `is_gone` needs one access only.
#[test]
fn is_gone_reads_one_half_only() {
    over_memory(|timer, recorder| {
        let timer = recorder.record("timer", timer);
        assert!(!io_project!(timer, .high_first).is_gone());
        io_write!(timer, .high_first, u64::MAX);
        let before = recorder.entries().len();
        assert!(io_project!(timer, .high_first).is_gone());
        assert_eq!(recorder.entries().len() - before, 1);
    });
}

/// An error of either access is an error of the whole.
#[test]
fn an_error_of_either_half_is_returned() {
    for (broken, good) in [(4..5, false), (8..9, false), (12..13, true)] {
        let flaky = Flaky::<Timer>::new(broken.clone());
        assert_eq!(io_read!(&flaky, .low_first).is_ok(), good, "{broken:?}");
        assert_eq!(io_write!(&flaky, .low_first, VALUE).is_ok(), good, "{broken:?}");
    }
}

/// A counter that advances by `step` at each access.
struct Running {
    now: u64,
    step: u64,
    is_big: bool,
}

impl io_sim::Device for Running {
    fn read(&mut self, offset: usize, _: io_core::Width) -> u64 {
        let now = self.now;
        self.now = now.wrapping_add(self.step);
        if (offset == 0) != self.is_big { now & 0xffff_ffff } else { now >> 32 }
    }

    fn write(&mut self, _: usize, _: io_core::Width, _: u64) {}
}

#[test]
fn a_running_counter_has_a_value_that_it_had() {
    #[derive(IoStruct)]
    #[repr(C)]
    struct Little(Counter<Le<u64>>);
    #[derive(IoStruct)]
    #[repr(C)]
    struct Big(Counter<Be<u64>>);

    for start in [0, 0xffff_fffe, 0xffff_ffff, 0x1_0000_0000, 0x7_ffff_fffd, u64::MAX - 3] {
        for step in [0, 1, 3] {
            let running = |is_big| Running { now: start, step, is_big };
            let end = start.wrapping_add(4 * step);
            let is_between = |got: u64| got.wrapping_sub(start) <= end.wrapping_sub(start);
            let dev = Simulated::<Little, _>::new(running(false));
            let got = io_read!(&dev, .0);
            assert!(is_between(got), "{got:#x} from {start:#x} by {step}");
            let dev = Simulated::<Big, _>::new(running(true)).on_big_endian_bus();
            let got = io_read!(&dev, .0);
            assert!(is_between(got), "{got:#x} from {start:#x} by {step}");
        }
    }
}

#[test]
fn a_counter_that_does_not_wrap_is_read_by_three_accesses() {
    #[derive(IoStruct)]
    #[repr(C)]
    struct Timer {
        count: Counter<Le<u64>>,
    }
    let dev = bench::<Timer>();
    assert_eq!(io_read!(&dev, .count), 0x0706_0504_0302_0100);
    assert_eq!(log(&dev), [fresh(4, 32), fresh(0, 32), fresh(4, 32)]);
    assert_eq!(Counter::<Le<u64>>::new(5).get(), 5);
}
