//! Configuration space and BARs.

use std::thread;

use io_qtest::{BarKind, Error, Machine};

use crate::{EDU, edu, machine};

#[test]
fn the_bar_of_edu_has_size_kind_and_address() -> Result<(), Error> {
    let qemu = machine().start()?;
    let (edu, bar) = edu(&qemu)?;
    assert_eq!((edu.slot(), edu.function()), (4, 0));
    assert_eq!((edu.vendor(), edu.device()), EDU);
    assert_eq!((bar.size, bar.kind), (1 << 20, BarKind::Memory));
    assert_eq!(bar.address % bar.size, 0);
    assert_eq!(u64::from(edu.read32(0x10)?), bar.address);
    // A second call returns the same location.
    assert_eq!(edu.bar(0)?, bar);
    assert_eq!(edu.read16(0x04)? & 7, 7);
    for index in [1, 5, 6, 255] {
        let (slot, function) = (4, 0);
        let missing = Error::BarMissing { slot, function, index };
        assert_eq!(edu.bar(index), Err(missing));
    }
    qemu.finish()
}

#[test]
fn bars_of_64_bits_and_ports_are_placed() -> Result<(), Error> {
    let virtio = "virtio-rng-pci,addr=5,disable-legacy=off,disable-modern=off";
    let qemu = machine().device(virtio).device("e1000,addr=6").start()?;
    let rng = qemu.find(0x1AF4, 0x1005)?;
    // BAR 0: legacy ports; 1: MSI-X; 4 and 5: modern registers, 64 bits.
    let ports = rng.bar(0)?;
    let (msix, modern) = (rng.bar(1)?, rng.bar(4)?);
    assert!(rng.bar(2).is_err() && rng.bar(5).is_err());
    assert_eq!((ports.size, ports.kind), (0x20, BarKind::Io));
    assert_eq!((msix.size, msix.kind), (0x1000, BarKind::Memory));
    assert_eq!((modern.size, modern.kind), (0x4000, BarKind::Memory));
    assert_eq!(rng.read32(0x20)? & 0b110, 0b100, "BAR 4 is 64 bits wide");
    assert_eq!(rng.read32(0x24)?, 0);
    rng.enable()?;
    // Both views contain the size of the queue.
    let bus = qemu.connection();
    assert_eq!(bus.inw(ports.address as u16 + 0x0C)?, 8);
    assert_eq!(bus.readw(modern.address + 0x18)?, 8);

    let net = qemu.find(0x8086, 0x100E)?;
    let (memory, ports) = (net.bar(0)?, net.bar(1)?);
    assert_eq!((memory.size, memory.kind), (0x2_0000, BarKind::Memory));
    assert_eq!((ports.size, ports.kind), (0x40, BarKind::Io));
    qemu.finish()
}

#[test]
fn a_bar_is_disabled_while_it_is_sized() -> Result<(), Error> {
    let qemu = machine().trace(true).start()?;
    let edu = qemu.find(EDU.0, EDU.1)?;
    edu.enable()?;
    let bar = edu.bar(0)?;
    let mut trace = qemu.accesses("pci-conf-data")?;
    trace.retain(|access| access.write);
    let values: Vec<_> = trace.iter().map(|access| access.value).collect();
    assert_eq!(values, [7, 4, 0xFFFF_FFFF, bar.address, 7]);
    qemu.finish()
}

#[test]
fn an_oversized_bar_is_rejected() -> Result<(), Error> {
    let big = "ivshmem-plain,addr=7,memdev=shm";
    let object = "memory-backend-ram,id=shm,size=1G,share=on";
    let qemu = machine().arg("-object").arg(object).device(big).start()?;
    let device = qemu.find(0x1AF4, 0x1110)?;
    device.enable()?;
    assert_eq!(device.bar(2), Err(Error::WindowFull { size: 1 << 30 }));
    assert_eq!(device.read32(0x18)? & !0xF, 0);
    assert_eq!(device.read16(0x04)? & 7, 7);
    assert_eq!(device.bar(0)?.size, 0x100);
    qemu.finish()
}

#[test]
fn every_function_is_found() -> Result<(), Error> {
    let qemu = machine().start()?;
    let devices = qemu.pci_devices()?;
    let places: Vec<_> = devices.iter().map(|d| (d.slot(), d.function())).collect();
    // The host bridge, edu, and the three functions of the ICH9.
    assert_eq!(places, [(0, 0), (4, 0), (31, 0), (31, 2), (31, 3)]);
    qemu.finish()
}

#[test]
fn a_missing_device_is_an_error() -> Result<(), Error> {
    let qemu = Machine::q35().start()?;
    let error = qemu.find(EDU.0, EDU.1).unwrap_err();
    let (vendor, device) = EDU;
    assert_eq!(error, Error::DeviceNotFound { vendor, device });
    assert_eq!(error.to_string(), "no device 1234:11e8 on PCI bus 0");
    // The rejected call was not a failure of the channel.
    qemu.finish()
}

#[test]
fn configuration_space_is_accessed_by_each_width() -> Result<(), Error> {
    let qemu = machine().start()?;
    let edu = qemu.find(EDU.0, EDU.1)?;
    assert_eq!(edu.read32(0x00)?, 0x11E8_1234);
    assert_eq!(edu.read16(0x02)?, 0x11E8);
    assert_eq!(edu.read8(0x03)?, 0x11);
    edu.write8(0x3C, 0x5A)?;
    assert_eq!(edu.read16(0x3C)?, 0x015A);
    edu.write16(0x10, 0xFFFF)?;
    edu.write16(0x12, 0xABCD)?;
    assert_eq!(edu.read32(0x10)?, 0xABC0_0000);
    edu.write32(0x10, 0x1230_0000)?;
    assert_eq!(edu.read8(0x13)?, 0x12);
    for (offset, size, result) in [
        (0x100, 1, edu.read8(0x100).map(u32::from)),
        (0x01, 2, edu.read16(0x01).map(u32::from)),
        (0x02, 4, edu.read32(0x02)),
        (0x42, 4, edu.write32(0x42, 0).map(|()| 0)),
    ] {
        assert_eq!(result, Err(Error::ConfigAccess { offset, size }));
    }
    qemu.finish()
}

#[test]
fn concurrent_configuration_accesses_are_not_mixed() -> Result<(), Error> {
    let qemu = machine().device("e1000,addr=6").start()?;
    let ids = [(EDU, 0x11E8_1234), ((0x8086, 0x100E), 0x100E_8086)];
    thread::scope(|scope| {
        for ((vendor, device), id) in ids {
            let qemu = &qemu;
            scope.spawn(move || -> Result<(), Error> {
                let device = qemu.find(vendor, device)?;
                for _ in 0..500 {
                    assert_eq!(device.read32(0)?, id);
                }
                assert_eq!(device.bar(0)?, device.bar(0)?);
                Ok(())
            });
        }
    });
    qemu.finish()
}
