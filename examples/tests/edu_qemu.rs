//! The edu driver on QEMU's device, and a comparison of our model with QEMU's.

#![cfg(feature = "qtest")]

use core::time::Duration;
use std::{process::Command, time::Instant};

use io_core::{A8, Error, Region, StdClock, Timeout, Width, prelude::*};
use io_examples::edu::{DEVICE, Edu, EduError, EduModel, Registers, VENDOR, host, run};
use io_qtest::{Machine, Qemu};
use io_sim::{Event, Recorder, SimClock, SimRam, Simulated};

fn machine() -> Qemu {
    Machine::q35().device("edu,addr=4").trace(true).start().unwrap()
}

/// One access: whether it is a write, offset, width in bytes, number.
type Access = (bool, u64, u8, u64);

fn recorded(recorder: &Recorder) -> Vec<Access> {
    let access = |event| match event {
        Event::Access { addr, width, write, value: Some(value), .. } => {
            (write, addr.offset as u64, width.bytes() as u8, value)
        }
        other => panic!("the driver makes single accesses only: {other}"),
    };
    recorder.accesses().map(access).collect()
}

fn traced(qemu: &Qemu) -> Vec<Access> {
    let accesses = qemu.accesses("edu-mmio").unwrap();
    accesses.into_iter().map(|a| (a.write, a.offset, a.size, a.value)).collect()
}

#[test]
fn simulation_and_qemu_give_the_same_report() {
    assert_eq!(host::qemu().unwrap().report, host::simulated().unwrap().report);
}

#[test]
fn qemu_trace_equals_recorded_accesses() {
    let qemu = machine();
    let bar = qemu.find(VENDOR, DEVICE).unwrap().map::<Registers>(0).unwrap();
    // SAFETY: the edu is the only device that is programmed to do DMA. The driver passes it
    // addresses of shared coherent memory only, and leaks the memory if a transfer may still be
    // running. No other code accesses guest RAM.
    let memory = unsafe { qemu.dma() };
    let recorder = Recorder::new();
    run(recorder.record("edu", &bar), StdClock::new(), memory).unwrap();

    let (ours, theirs) = (recorded(&recorder), traced(&qemu));
    assert!(ours.len() > 100, "{}", ours.len());
    assert_eq!(ours, theirs);
    qemu.finish().unwrap();
}

#[test]
fn byte_access_is_a_guest_error_and_the_driver_causes_no_guest_error() {
    let qemu = machine();
    let bar = qemu.find(VENDOR, DEVICE).unwrap().map_region::<Region<0x100, A8>>(0).unwrap();
    assert_eq!((&bar).read_at::<u32>(0), 0x0100_00ed_u32.to_le());
    assert_eq!(qemu.guest_errors(), [""; 0]);
    qemu.expect_guest_errors();
    (&bar).read_at::<u8>(0);
    let errors = qemu.guest_errors();
    assert!(errors.iter().any(|line| line.contains("edu-mmio")), "{errors:?}");
    qemu.finish().unwrap();
}

#[test]
fn a_stopped_machine_causes_a_timeout() {
    let limit = Duration::from_millis(200);
    let qemu = Machine::q35().device("edu,addr=4").timeout(limit).start().unwrap();
    let bar = qemu.find(VENDOR, DEVICE).unwrap().map::<Registers>(0).unwrap();
    let edu = Edu::probe(&bar, StdClock::new()).unwrap();
    qemu.stop().unwrap();

    let start = Instant::now();
    let after = Duration::from_millis(100);
    assert_eq!(edu.factorial(5), Err(EduError::Io(Error::Timeout(Timeout { after }))));
    assert!(start.elapsed() < Duration::from_secs(30), "{:?}", start.elapsed());
    let error = qemu.check().unwrap_err();
    assert!(error.to_string().contains("writel"), "names the command that failed: {error}");
}

/// Accesses that distinguish an edu from a device that only resembles it.
const PROBES: &[(bool, usize, Width, u64)] = {
    use Width::{W8, W16, W32, W64};
    &[
        (false, 0x00, W32, 0),
        (true, 0x00, W32, 0xffff_ffff),
        (false, 0x00, W32, 0),
        (false, 0x00, W64, 0),
        (false, 0x00, W8, 0),
        (false, 0x02, W16, 0),
        (true, 0x04, W32, 0x8765_4321),
        (false, 0x04, W32, 0),
        (true, 0x04, W8, 0xff),
        (false, 0x04, W32, 0),
        (false, 0x0c, W32, 0),
        (true, 0x20, W32, 0xffff_ffff),
        (false, 0x20, W32, 0),
        (true, 0x60, W32, 0x1234_5678),
        (false, 0x24, W32, 0),
        (true, 0x24, W32, 0),
        (false, 0x24, W32, 0),
        (false, 0x60, W32, 0),
        (true, 0x64, W32, 0x0000_5678),
        (false, 0x24, W32, 0),
        (false, 0x64, W32, 0),
        (true, 0x80, W64, 0x1122_3344_5566_7788),
        (false, 0x80, W64, 0),
        (false, 0x80, W32, 0),
        (false, 0x84, W32, 0),
        (true, 0x84, W32, 1),
        (true, 0x80, W32, 0x9abc_def0),
        (false, 0x80, W64, 0),
        (false, 0x88, W16, 0),
        (true, 0x90, W64, 7),
        (false, 0x90, W64, 0),
        (true, 0x98, W64, 2),
        (false, 0x98, W64, 0),
        (false, 0x7c, W32, 0),
    ]
};

/// Returns the results of the probes' reads.
fn probe<'a>(region: impl Io<'a, Target = Region<0x100, A8>, Backend: Bus64>) -> Vec<u64> {
    let mut numbers = Vec::new();
    for &(write, offset, width, value) in PROBES {
        match (write, width) {
            (true, Width::W8) => region.write_at::<u8>(offset, value as u8),
            (true, Width::W16) => region.write_at::<u16>(offset, (value as u16).to_le()),
            (true, Width::W32) => region.write_at::<u32>(offset, (value as u32).to_le()),
            (true, Width::W64) => region.write_at::<u64>(offset, value.to_le()),
            (false, Width::W8) => numbers.push(region.read_at::<u8>(offset).into()),
            (false, Width::W16) => numbers.push(u16::from_le(region.read_at::<u16>(offset)).into()),
            (false, Width::W32) => numbers.push(u32::from_le(region.read_at::<u32>(offset)).into()),
            (false, Width::W64) => numbers.push(u64::from_le(region.read_at::<u64>(offset))),
        }
    }
    numbers
}

#[test]
fn the_model_returns_the_same_values_as_qemu() {
    let qemu = machine();
    qemu.expect_guest_errors();
    let bar = qemu.find(VENDOR, DEVICE).unwrap().map_region::<Region<0x100, A8>>(0).unwrap();
    let theirs = probe(&bar);
    qemu.finish().unwrap();

    let ram = SimRam::new(io_core::DmaAddr::new(0x10_0000), 4096).unwrap();
    let model = EduModel::new(ram, SimClock::new());
    let device = Simulated::<Region<0x100, A8>, _>::new_region(model, 0x100).unwrap();
    assert_eq!(probe(&device), theirs);
}

#[test]
fn without_qemu_the_error_names_the_package_to_install() {
    let run =
        Command::new(env!("CARGO_BIN_EXE_edu")).arg("--qemu").env("PATH", "").output().unwrap();
    let text = String::from_utf8(run.stderr).unwrap();
    assert!(!run.status.success());
    assert_eq!(text.lines().count(), 1, "{text}");
    assert!(text.contains("apt-get install qemu-system-x86"), "{text}");
}

#[test]
fn an_unknown_argument_is_rejected() {
    let run = Command::new(env!("CARGO_BIN_EXE_edu")).arg("--qmeu").output().unwrap();
    assert!(!run.status.success());
    assert!(String::from_utf8(run.stderr).unwrap().contains("--qmeu"));
}
