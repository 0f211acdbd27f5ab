//! Types and the locations where they can be mapped.

use io_core::{A16, Error as Reason, Region, prelude::*};
use io_qtest::Error;

use crate::{EDU, edu, machine};

#[test]
fn mapping_enables_the_device() -> Result<(), Error> {
    let qemu = machine().start()?;
    let device = qemu.find(EDU.0, EDU.1)?;
    assert_eq!(device.read16(0x04)? & 7, 0);
    let (first, again) = (device.map::<Le<u32>>(0)?, edu(&qemu)?);
    assert_eq!(device.read16(0x04)? & 7, 7);
    assert_eq!((first.bar(), first.view().address()), (again.bar(), again.bar().address));
    assert_eq!((&first).read_val(), 0x0100_00ED);
    // A view outlives its owner.
    let view = { edu(&qemu)?.view() };
    assert_eq!(io_read!(view, .id), 0x0100_00ED);
    qemu.finish()
}

#[test]
fn registers_larger_than_their_bar_are_rejected() -> Result<(), Error> {
    let qemu = machine().device("i6300esb,addr=6").start()?;
    let watchdog = qemu.find(0x8086, 0x25AB)?;
    let address = watchdog.bar(0)?.address;
    let error = watchdog.map::<[Le<u32>; 5]>(0).unwrap_err();
    let reason = Reason::OutOfRange { offset: 0, size: 20, limit: 16 };
    assert_eq!(error, Error::Mapping { address, error: reason });
    assert_eq!(
        error.to_string(),
        format!(
            "cannot map registers at {address:#x}: offset 0x0 + 20 bytes exceeds region of \
             0x10"
        )
    );
    let error = watchdog.map_region::<Region<20>>(0).unwrap_err();
    assert_eq!(error, Error::Mapping { address, error: reason });
    assert_eq!(watchdog.read16(0x04)? & 7, 0, "it isn't enabled");
    assert_eq!((&watchdog.map_region::<Region>(0)?).size(), 16);
    assert_eq!((&watchdog.map_region::<Region<16, A16>>(0)?).size(), 16);
    assert_eq!((&watchdog.map::<[Le<u32>; 4]>(0)?).size(), 16);
    assert!(matches!(watchdog.map::<u8>(1), Err(Error::BarMissing { index: 1, .. })));
    qemu.finish()
}

#[test]
fn registers_past_the_end_of_an_address_space_are_rejected() -> Result<(), Error> {
    let qemu = machine().start()?;
    let reason = |size, limit| Reason::OutOfRange { offset: 0, size, limit };
    assert!(qemu.ports::<[u8; 2]>(0xFFFE).is_ok());
    let error = Error::Mapping { address: 0xFFFE, error: reason(3, 2) };
    assert_eq!(qemu.ports::<[u8; 3]>(0xFFFE).unwrap_err(), error);
    assert!(qemu.ports::<[u8; 0x1_0000]>(0).is_ok());
    let error = Error::Mapping { address: 0, error: reason(0x1_0001, 0x1_0000) };
    assert_eq!(qemu.ports::<[u8; 0x1_0001]>(0).unwrap_err(), error);
    let address = u64::MAX - 4;
    assert!(qemu.mmio::<[u8; 4]>(address).is_ok());
    let error = Error::Mapping { address, error: reason(5, 4) };
    assert_eq!(qemu.mmio::<[u8; 5]>(address).unwrap_err(), error);
    assert!(qemu.mmio::<u8>(u64::MAX).is_err());
    qemu.finish()
}

#[test]
fn misaligned_registers_are_rejected() -> Result<(), Error> {
    let qemu = machine().start()?;
    let error = |address, align| {
        let error = Reason::Misaligned { address: address as usize, align };
        Error::Mapping { address, error }
    };
    assert_eq!(qemu.ports::<Le<u32>>(0xCFA).unwrap_err(), error(0xCFA, 4));
    assert_eq!(qemu.mmio::<Le<u64>>(0xFED0_0004).unwrap_err(), error(0xFED0_0004, 8));
    assert_eq!(
        error(0xFED0_0004, 8).to_string(),
        "cannot map registers at 0xfed00004: address 0xfed00004 is not a multiple of 8"
    );
    qemu.finish()
}
