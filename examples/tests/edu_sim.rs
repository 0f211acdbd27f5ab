//! The edu driver on a simulated device, and the rules of the model.

#![cfg(feature = "std")]

use core::time::Duration;

use io_core::{A8, DmaAddr, Error, Region, Timeout, Width, prelude::*};
use io_examples::edu::{Edu, EduError, EduModel, Irq, Registers, host, run};
use io_sim::{Checker, field};
use io_sim::{Device, Recorder, SimClock, SimRam, Simulated};

struct Machine {
    edu: Simulated<Registers, EduModel>,
    clock: SimClock,
    ram: SimRam,
}

fn machine(prepare: impl FnOnce(EduModel) -> EduModel) -> Machine {
    let clock = SimClock::new();
    let ram = SimRam::new(DmaAddr::new(0x10_0000), 1 << 16).unwrap();
    let edu = Simulated::new(prepare(EduModel::new(ram.clone(), clock.clone())));
    Machine { edu, clock, ram }
}

fn healthy() -> Machine {
    machine(|model| model)
}

#[test]
fn the_driver_computes_transfers_and_receives_interrupts() {
    let report = host::simulated().unwrap().report;
    assert_eq!(report.id, 0x0100_00ed);
    assert_eq!(report.liveness, (0x1234_5678, 0xedcb_a987));
    let factorials = (0..=12).map(|n: u32| (1..=n).product::<u32>());
    assert!(factorials.eq(report.factorials));
    assert_eq!(report.factorial_interrupt, Irq::FACTORIAL);
    assert_eq!(report.software_interrupt.bits(), 0x0040_0200);
    let sizes = report.round_trips.map(|trip| (trip.what, trip.count, trip.size));
    let bytes = |n| ("bytes", n, n);
    assert_eq!(sizes, [bytes(1), bytes(64), bytes(4095), ("records", 255, 4080)]);
}

#[test]
fn the_driver_accesses_only_its_registers_and_frees_all_memory() {
    let Machine { edu, clock, ram } = healthy();
    run(&edu, &clock, ram.clone()).unwrap();
    assert_eq!(edu.with(|model| model.rejected()), 0);
    assert_eq!(ram.available(), ram.size(), "all memory is given back");
}

/// Not under Miri, where it takes minutes; checker and recorder are safe code.
#[test]
fn the_driver_violates_no_rule_of_the_checker() {
    let Machine { edu, clock, ram } = healthy();
    let checker = Checker::new();
    let rules = checker
        .device::<Registers>("edu")
        .dma_range(field!(.dma_source), field!(.dma_count), 28)
        .dma_range(field!(.dma_destination), field!(.dma_count), 28)
        .reserved(field!(.dma_command), !0x7)
        .doorbell(field!(.dma_command));
    run(rules.watch(&edu), &clock, ram).unwrap();
    assert_eq!(checker.violations(), []);
}

#[test]
fn the_trace_contains_the_accesses_of_the_data_sheet() {
    let Machine { edu, clock, .. } = healthy();
    let recorder = Recorder::new();
    let driver = Edu::probe(recorder.record("edu", &edu), &clock).unwrap();
    driver.factorial(5).unwrap();
    driver.raise(Irq::DMA);
    let expected = "\
        RD edu.id 32 -> 0x010000ed (x2)\n\
        WR edu.factorial 32 <- 0x00000005\n\
        RD edu.status 32 -> 0x00000001 COMPUTING\n\
        RD edu.status 32 -> 0x00000000\n\
        RD edu.factorial 32 -> 0x00000078\n\
        WR edu.irq_raise 32 <- 0x00000100 DMA";
    assert_eq!(recorder.to_string().trim_end(), expected);
}

#[test]
fn a_device_that_never_finishes_causes_a_timeout() {
    let Machine { edu, clock, ram } = machine(EduModel::stuck);
    let driver = Edu::probe(&edu, &clock).unwrap();
    let after = Duration::from_millis(100);
    let timeout = Err(EduError::Io(Error::Timeout(Timeout { after })));
    assert_eq!(driver.factorial(5), timeout);
    assert!(clock.now() >= after && clock.now() < after * 2, "{:?}", clock.now());

    let memory = Coherent::<[u8], _>::zeroed_slice(&ram, 16).unwrap();
    let after = Duration::from_secs(2);
    let timeout = Err(EduError::Io(Error::Timeout(Timeout { after })));
    assert_eq!(driver.send(memory.as_view()), timeout);
}

/// No device: reads return all ones.
struct Absent;

impl Device for Absent {
    fn read(&mut self, _offset: usize, width: Width) -> u64 {
        width.all_ones()
    }

    fn write(&mut self, _offset: usize, _width: Width, _value: u64) {}
}

/// Another device.
struct Other;

impl Device for Other {
    fn read(&mut self, _offset: usize, _width: Width) -> u64 {
        0x1234_00ff
    }

    fn write(&mut self, _offset: usize, _width: Width, _value: u64) {}
}

#[test]
fn an_absent_or_unknown_device_is_rejected() {
    let absent = Simulated::<Registers, _>::new(Absent);
    let probed = Edu::probe(&absent, SimClock::new());
    assert_eq!(probed.err(), Some(EduError::Io(Error::Gone)));

    let other = Simulated::<Registers, _>::new(Other);
    let probed = Edu::probe(&other, SimClock::new());
    assert_eq!(probed.err(), Some(EduError::NotEdu { id: 0x1234_00ff }));
}

#[test]
fn unreachable_addresses_are_rejected_before_the_transfer() {
    let Machine { edu, clock, ram } = healthy();
    let recorder = Recorder::new();
    let driver = Edu::probe(recorder.record("edu", &edu), &clock).unwrap();
    recorder.clear();

    let memory = Coherent::<[u8], _>::zeroed_slice(&ram, 4096).unwrap();
    let refused = EduError::Transfer { memory: memory.dma_address(), len: 4096 };
    assert_eq!(driver.send(memory.as_view()), Err(refused));

    let high = SimRam::new(DmaAddr::new(1 << 28), 4096).unwrap();
    let memory = Coherent::<[u8], _>::zeroed_slice(&high, 1).unwrap();
    let refused = EduError::Transfer { memory: DmaAddr::new(1 << 28), len: 1 };
    assert_eq!(driver.receive(memory.as_view()), Err(refused));
    assert_eq!(recorder.to_string(), "", "no register was touched");
}

/// Returns the model with an untyped region, so that any access can be made.
fn raw() -> Simulated<Region<0, A8>, EduModel> {
    let ram = SimRam::new(DmaAddr::new(0x10_0000), 1 << 16).unwrap();
    Simulated::new_region(EduModel::new(ram, SimClock::new()), 0xa0).unwrap()
}

#[test]
fn registers_reject_other_access_widths() {
    let edu = raw();
    assert_eq!((&edu).read_at::<u64>(0), u64::MAX, "64-bit reads below 0x80 return all ones");
    (&edu).write_at::<u64>(0, 0);
    assert_eq!((&edu).read_at::<u16>(0), 0, "the bus rejects 16-bit accesses");
    (&edu).write_at::<u8>(4, 0);
    assert_eq!(edu.with(|model| model.rejected()), 2);

    (&edu).write_at::<u64>(0x80, u64::MAX);
    (&edu).write_at::<u32>(0x80, 0x1234_u32.to_le());
    assert_eq!(u64::from_le((&edu).read_at::<u64>(0x80)), 0x1234, "32 bits are zero-extended");
    assert_eq!((&edu).read_at::<u32>(0x84), u32::MAX, "the upper half is not a register");
}

#[test]
fn access_kinds_of_registers_are_enforced() {
    let edu = raw();
    let (read, write) = (
        |offset| u32::from_le((&edu).read_at::<u32>(offset)),
        |offset, value: u32| (&edu).write_at::<u32>(offset, value.to_le()),
    );
    write(0x00, 0xffff_ffff);
    assert_eq!(read(0x00), 0x0100_00ed);
    write(0x20, 0xffff_ffff);
    assert_eq!(read(0x20), 0x80, "only one bit of the status is writable");
    write(0x60, 0x11);
    assert_eq!((read(0x60), read(0x64)), (u32::MAX, u32::MAX));
    write(0x24, 0);
    assert_eq!(read(0x24), 0x11, "the pending interrupts are read-only");
    write(0x64, 0x01);
    assert_eq!(read(0x24), 0x10);
    assert_eq!(read(0x0c), u32::MAX, "a gap returns all ones");
}

#[test]
fn busy_units_ignore_writes() {
    let edu = raw();
    (&edu).write_at::<u32>(0x08, 4_u32.to_le());
    (&edu).write_at::<u32>(0x08, 9_u32.to_le());
    assert_eq!(u32::from_le((&edu).read_at::<u32>(0x08)), 4);

    (&edu).write_at::<u64>(0x98, 1_u64.to_le());
    (&edu).write_at::<u64>(0x80, 0x55_u64.to_le());
    assert_eq!((&edu).read_at::<u64>(0x80), 0);
    (&edu).write_at::<u64>(0x98, 0);
    assert_eq!(u64::from_le((&edu).read_at::<u64>(0x98)), 1, "the device stays busy");
}
