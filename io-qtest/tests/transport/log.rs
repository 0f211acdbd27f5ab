//! QEMU's own trace of the accesses.

use io_qtest::{Error, Machine};

use crate::{edu, machine};

const READ: bool = false;
const WRITE: bool = true;

#[test]
fn the_trace_contains_the_accesses() -> Result<(), Error> {
    let qemu = machine().trace(true).start()?;
    let (_, bar) = edu(&qemu)?;
    assert_eq!(qemu.accesses("edu-mmio")?, []);
    let bus = qemu.connection();
    bus.readl(bar.address)?;
    bus.writel(bar.address + 0x04, 0xFFFF_0000)?;
    bus.readl(bar.address + 0x04)?;
    bus.writeq(bar.address + 0x80, 0x0123_4567_89AB_CDEF)?;
    bus.readq(bar.address + 0x80)?;
    bus.readl(bar.address + 0xF_FFFC)?;
    let expected = [
        (READ, 0x00, 0x0100_00ED, 4),
        (WRITE, 0x04, 0xFFFF_0000, 4),
        (READ, 0x04, 0x0000_FFFF, 4),
        (WRITE, 0x80, 0x0123_4567_89AB_CDEF, 8),
        (READ, 0x80, 0x0123_4567_89AB_CDEF, 8),
        (READ, 0xF_FFFC, 0xFFFF_FFFF, 4),
    ];
    let accesses = qemu.accesses("edu-mmio")?;
    assert!(accesses.iter().all(|a| a.address == bar.address + a.offset));
    let seen: Vec<_> = accesses.iter().map(|a| (a.write, a.offset, a.value, a.size)).collect();
    assert_eq!(seen, expected);
    qemu.finish()
}

#[test]
fn offsets_are_relative_to_the_bar() -> Result<(), Error> {
    let two = machine().device("edu,addr=5").trace(true).start()?;
    let devices = two.pci_devices()?;
    let second = devices.iter().find(|d| d.slot() == 5).unwrap();
    let first = edu(&two)?.1;
    let bar = second.bar(0)?;
    second.enable()?;
    two.connection().readl(first.address + 4)?;
    two.connection().readl(bar.address + 8)?;
    let accesses = two.accesses("edu-mmio")?;
    let places: Vec<_> = accesses.iter().map(|a| (a.address, a.offset)).collect();
    assert_eq!(places, [(first.address + 4, 4), (bar.address + 8, 8)]);
    // Ports from 0xCF8 on are not in a BAR: their offset is the absolute address.
    let data = two.accesses("pci-conf-data")?;
    assert!(!data.is_empty());
    assert!(data.iter().all(|a| a.offset == a.address && a.address & !3 == 0xCFC));
    two.finish()
}

#[test]
fn each_access_is_visible_as_soon_as_it_is_answered() -> Result<(), Error> {
    let qemu = machine().trace(true).start()?;
    let (_, bar) = edu(&qemu)?;
    for n in 1..=300 {
        qemu.connection().writel(bar.address + 4, n)?;
        let accesses = qemu.accesses("edu-mmio")?;
        assert_eq!(accesses.len(), n as usize);
        assert_eq!(accesses.last().map(|a| a.value), Some(n.into()));
    }
    qemu.finish()
}

#[test]
fn without_tracing_accesses_is_an_error() -> Result<(), Error> {
    let qemu = machine().start()?;
    assert_eq!(qemu.accesses("edu-mmio"), Err(Error::NotTracing));
    qemu.finish()
}

#[test]
fn a_rejected_access_is_a_guest_error() -> Result<(), Error> {
    let qemu = machine().trace(true).start()?;
    let (_, bar) = edu(&qemu)?;
    assert_eq!(qemu.guest_errors(), [""; 0]);
    assert_eq!(qemu.connection().readb(bar.address)?, 0);
    let line = "Invalid read at addr 0x0, size 1, region 'edu-mmio', \
                reason: invalid size (min:4 max:8)";
    assert_eq!(qemu.guest_errors(), [line]);
    let log = vec![line.to_owned()];
    assert_eq!(qemu.finish(), Err(Error::GuestErrors { log }));
    Ok(())
}

#[test]
fn expected_guest_errors_are_not_failures() -> Result<(), Error> {
    let qemu = Machine::q35().start()?;
    qemu.expect_guest_errors();
    qemu.connection().readl(0xD000_0000)?;
    assert_eq!(qemu.guest_errors().len(), 1);
    qemu.finish()
}
