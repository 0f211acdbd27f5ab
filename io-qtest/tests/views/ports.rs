//! Registers at I/O ports.

use io_core::{CopyError, IoSlice, prelude::*};
use io_qtest::{Error, Machine, Ports, QtestPortFallible};

use crate::{EDU, READ, WRITE, machine, seen};

/// The bus master registers of an AC'97 controller's output.
#[derive(IoStruct)]
#[repr(C)]
struct Output {
    descriptors: Le<u32>,
    current: Ro<u8>,
    last: u8,
    status: W1c<Le<u16>>,
    samples: Ro<Be<u16>>,
    prefetched: Ro<u8>,
    control: u8,
}

#[derive(IoStruct)]
#[io(size = 0x30)]
#[repr(C)]
struct BusMaster {
    _input: [u8; 0x10],
    #[io(at = 0x10)]
    output: Output,
    _microphone: [u8; 0x10],
    #[io(at = 0x2c)]
    control: Be<u32>,
}

#[test]
fn an_io_bar_is_accessed_by_every_width() -> Result<(), Error> {
    let audio = machine().arg("-audiodev").arg("none,id=a").device("AC97,addr=7,audiodev=a");
    let qemu = audio.start()?;
    let ac97 = qemu.find(0x8086, 0x2415)?.map_ports::<BusMaster>(1)?;
    io_write!(&ac97, .output.descriptors, 0x1234_5678);
    assert_eq!(io_read!(&ac97, .output.descriptors), 0x1234_5678);
    io_write!(&ac97, .output.last, 0x11);
    assert_eq!(io_read!(&ac97, .output.last), 0x11);
    assert_eq!(io_read!(&ac97, .output.status), 1);
    io_project!(&ac97, .output.status).clear_bits(0x1C);
    assert_eq!(io_read!(&ac97, .output.samples), 0);
    io_write!(&ac97, .control, 0x0100_0000);
    assert_eq!(io_read!(&ac97, .control), 0x0100_0000);
    let expected = [
        (WRITE, 0x10, 0x1234_5678, 4),
        (READ, 0x10, 0x1234_5678, 4),
        (WRITE, 0x15, 0x11, 1),
        (READ, 0x15, 0x11, 1),
        (READ, 0x16, 1, 2),
        (WRITE, 0x16, 0x1C, 2),
        (READ, 0x18, 0, 2),
        (WRITE, 0x2C, 1, 4),
        (READ, 0x2C, 1, 4),
    ];
    assert_eq!(seen(&qemu, "ac97-nabm")?, expected);
    let port = ac97.bar().address;
    assert_eq!(format!("{ac97:?}"), format!("MappedBar(QtestPort({port:#x}, 0x30 bytes))"));
    assert_eq!(ac97.view().address(), port);
    qemu.finish()
}

#[test]
fn an_io_bar_is_copied() -> Result<(), Box<dyn core::error::Error>> {
    let audio = machine().arg("-audiodev").arg("none,id=a").device("AC97,addr=7,audiodev=a");
    let qemu = audio.start()?;
    let ac97 = qemu.find(0x8086, 0x2415)?;
    let mixer = ac97.map_port_region::<io_core::Region<0x400>>(0)?;
    let rates = (&mixer).subregion(0x2C..0x34)?.try_cast_slice::<Le<u16>>()?;
    let mut values = [Le::<u16>::new(0); 4];
    rates.copy_to_slice(&mut values);
    rates.copy_from_slice(&values);
    let values = values.map(|value| u64::from(value.get()));
    assert_eq!(values[0], 48_000);
    let mut expected: Vec<_> = (0..).zip(values).map(|(i, v)| (READ, 0x2C + 2 * i, v, 2)).collect();
    expected.extend((0..).zip(values).map(|(i, v)| (WRITE, 0x2C + 2 * i, v, 2)));
    assert_eq!(seen(&qemu, "ac97-nam")?, expected);
    Ok(qemu.finish()?)
}

#[test]
fn fixed_ports_are_mapped() -> Result<(), Error> {
    #[derive(IoStruct)]
    #[repr(C)]
    struct Uart {
        _data: [u8; 7],
        scratch: u8,
    }
    #[derive(IoStruct)]
    #[repr(C)]
    struct Configuration {
        address: Le<u32>,
        data: [Le<u16>; 2],
    }
    let qemu = machine().device("isa-serial,index=0").start()?;
    let uart = qemu.ports::<Uart>(0x3F8)?;
    io_write!(uart, .scratch, 0x5A);
    assert_eq!(io_read!(uart, .scratch), 0x5A);
    assert_eq!(seen(&qemu, "serial")?, [(WRITE, 0x3FF, 0x5A, 1), (READ, 0x3FF, 0x5A, 1)]);

    let configuration = qemu.ports::<Configuration>(0xCF8)?;
    io_write!(configuration, .address, 0x8000_0000 | 4 << 11);
    assert_eq!(io_read!(configuration, .data[0]), EDU.0);
    assert_eq!(io_read!(configuration, .data[1]), EDU.1);
    qemu.finish()
}

#[test]
fn a_write_that_ends_qemu_is_an_error() -> Result<(), Error> {
    let exit = "isa-debug-exit,iobase=0x504,iosize=1";
    let qemu = Machine::q35().device(exit).start()?;
    let ports = qemu.ports::<[u8; 7]>(0x502)?;
    let fallible: QtestPortFallible<'_, [u8; 7]> = ports.fallible();
    let result = fallible.try_copy_from_slice_as::<u8>(&[1, 2, 3, 4, 5, 6, 7]);
    let Err(CopyError::Io { error: Error::Closed { command, .. }, done: 2 }) = result else {
        panic!("{result:?}");
    };
    assert_eq!(command, "outb 0x504 0x3");
    assert_eq!(io_read!(ports, [0]), 0xFF);
    assert!(matches!(qemu.finish(), Err(Error::Closed { .. })));
    Ok(())
}

#[test]
fn the_kind_of_a_bar_is_checked() -> Result<(), Error> {
    use io_qtest::{BarKind, MappedBar};
    let qemu = machine().device("e1000,addr=6").start()?;
    let net = qemu.find(0x8086, 0x100E)?;
    let ports: Result<MappedBar<'_, Le<u32>, Ports>, _> = net.map_ports(0);
    let (slot, function) = (6, 0);
    let error = Error::BarKind { slot, function, index: 0, kind: BarKind::Memory };
    assert_eq!(ports.unwrap_err(), error);
    assert_eq!(error.to_string(), "BAR 0 of PCI device 00:06.0 refers to memory");
    let error = Error::BarKind { slot, function, index: 1, kind: BarKind::Io };
    assert_eq!(net.map::<Le<u32>>(1).unwrap_err(), error);
    assert_eq!(error.to_string(), "BAR 1 of PCI device 00:06.0 refers to I/O ports");
    assert_eq!(net.read16(0x04)? & 7, 0, "it isn't enabled");
    qemu.finish()
}
