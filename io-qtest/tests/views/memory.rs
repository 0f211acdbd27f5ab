//! Registers at memory addresses: QEMU observes the accesses of the program.

use io_core::{IoSlice, prelude::*};
use io_qtest::{Error, QtestMmio};

use crate::{EDU, READ, WRITE, edu, machine, peek, seen};

#[test]
fn fields_of_32_and_64_bits_are_one_access_each() -> Result<(), Error> {
    let qemu = machine().start()?;
    let edu = edu(&qemu)?;
    assert_eq!(io_read!(&edu, .id), 0x0100_00ED);
    io_write!(&edu, .liveness, 0xFFFF_0000);
    assert_eq!(io_read!(&edu, .liveness), 0x0000_FFFF);
    io_update!(&edu, .liveness, |answer| answer + 1);
    io_write!(&edu, .dma[1], 0x0123_4567_89AB_CDEF);
    io_write!(&edu, .dma[panic: 2], 1 << 63);
    assert_eq!(io_read!(&edu, .dma[1]), 0x0123_4567_89AB_CDEF);
    let expected = [
        (READ, 0x00, 0x0100_00ED, 4),
        (WRITE, 0x04, 0xFFFF_0000, 4),
        (READ, 0x04, 0x0000_FFFF, 4),
        (READ, 0x04, 0x0000_FFFF, 4),
        (WRITE, 0x04, 0x0001_0000, 4),
        (WRITE, 0x88, 0x0123_4567_89AB_CDEF, 8),
        (WRITE, 0x90, 1 << 63, 8),
        (READ, 0x88, 0x0123_4567_89AB_CDEF, 8),
    ];
    assert_eq!(seen(&qemu, "edu-mmio")?, expected);
    let accesses = qemu.accesses("edu-mmio")?;
    assert!(accesses.iter().all(|a| a.address == edu.bar().address + a.offset));
    qemu.finish()
}

/// The common configuration of a virtio device.
#[derive(IoStruct)]
#[repr(C)]
struct Common {
    feature_select: Le<u32>,
    features: Ro<Le<u32>>,
    driver_feature_select: Be<u32>,
    driver_features: u32,
    config_vector: Le<u16>,
    queues: Ro<Le<u16>>,
    status: u8,
    generation: Ro<u8>,
    queue: Le<u16>,
    queue_size: Le<u16>,
    _rest: [u8; 6],
    queue_descriptors: Le<u64>,
}

const COMMON: &str = "virtio-pci-common-virtio-rng";

#[test]
fn fields_of_8_and_16_bits_are_one_access_each() -> Result<(), Error> {
    let qemu = machine().device("virtio-rng-pci,addr=5").start()?;
    let common = qemu.find(0x1AF4, 0x1005)?.map::<Common>(4)?;
    io_write!(&common, .feature_select, 1);
    // VIRTIO_F_VERSION_1 is bit 32.
    assert_eq!(io_read!(&common, .features) & 1, 1);
    io_write!(&common, .status, 1);
    io_update!(&common, .status, |status| status | 2);
    assert_eq!(io_read!(&common, .generation), 0);
    assert_eq!(io_read!(&common, .queues), 1);
    io_write!(&common, .queue, 0x0102);
    assert_eq!(io_read!(&common, .queue), 0x0102);
    let features = u64::from(io_read!(&common, .features));
    let expected = [
        (WRITE, 0x00, 1, 4),
        (READ, 0x04, features, 4),
        (WRITE, 0x14, 1, 1),
        (READ, 0x14, 1, 1),
        (WRITE, 0x14, 3, 1),
        (READ, 0x15, 0, 1),
        (READ, 0x12, 1, 2),
        (WRITE, 0x16, 0x0102, 2),
        (READ, 0x16, 0x0102, 2),
        (READ, 0x04, features, 4),
    ];
    assert_eq!(seen(&qemu, COMMON)?, expected);
    qemu.finish()
}

#[test]
fn an_access_wider_than_the_device_supports_is_split_by_qemu() -> Result<(), Error> {
    let qemu = machine().device("virtio-rng-pci,addr=5").start()?;
    let common = qemu.find(0x1AF4, 0x1005)?.map::<Common>(4)?;
    io_write!(&common, .queue_descriptors, 0x1122_3344_5566_7000);
    assert_eq!(io_read!(&common, .queue_descriptors), 0x1122_3344_5566_7000);
    let (low, high) = (0x5566_7000, 0x1122_3344);
    let expected = [
        (WRITE, 0x20, low, 4),
        (WRITE, 0x24, high, 4),
        (READ, 0x20, low, 4),
        (READ, 0x24, high, 4),
    ];
    assert_eq!(seen(&qemu, COMMON)?, expected);
    qemu.finish()
}

/// Read-write registers, declared in the big-endian order that no PC has.
#[derive(IoStruct)]
#[io(size = 0xa0)]
#[repr(C)]
struct BigEndianEdu {
    id: Ro<Be<u32>>,
    liveness: Be<u32>,
    _rest: [u8; 0x78],
    source: Be<u64>,
    destination: Be<i64>,
    _count: [u8; 0x10],
}

#[derive(IoStruct)]
#[repr(C)]
struct BigEndianCommon {
    _features: [u8; 0x12],
    queues: Ro<Be<u16>>,
    _status: [u8; 2],
    queue: Be<u16>,
}

#[test]
fn big_endian_fields_swap_the_number() -> Result<(), Error> {
    let qemu = machine().device("virtio-rng-pci,addr=5").start()?;
    let edu = qemu.find(EDU.0, EDU.1)?.map::<BigEndianEdu>(0)?;
    let common = qemu.find(0x1AF4, 0x1005)?.map::<BigEndianCommon>(4)?;
    assert_eq!(io_read!(&edu, .id), 0xED00_0001);
    io_write!(&edu, .liveness, 0x0000_00FF);
    assert_eq!(io_read!(&edu, .liveness), 0xFFFF_FF00);
    io_write!(&edu, .source, 0x0123_4567_89AB_CDEF);
    assert_eq!(io_read!(&edu, .source), 0x0123_4567_89AB_CDEF);
    io_write!(&edu, .destination, -2);
    assert_eq!(io_read!(&edu, .destination), -2);
    let expected = [
        (READ, 0x00, 0x0100_00ED, 4),
        (WRITE, 0x04, 0xFF00_0000, 4),
        (READ, 0x04, 0x00FF_FFFF, 4),
        (WRITE, 0x80, 0xEFCD_AB89_6745_2301, 8),
        (READ, 0x80, 0xEFCD_AB89_6745_2301, 8),
        (WRITE, 0x88, 0xFEFF_FFFF_FFFF_FFFF, 8),
        (READ, 0x88, 0xFEFF_FFFF_FFFF_FFFF, 8),
    ];
    assert_eq!(seen(&qemu, "edu-mmio")?, expected);

    assert_eq!(io_read!(&common, .queues), 0x0100);
    io_write!(&common, .queue, 0x0201);
    assert_eq!(io_read!(&common, .queue), 0x0201);
    let expected = [(READ, 0x12, 1, 2), (WRITE, 0x16, 0x0102, 2), (READ, 0x16, 0x0102, 2)];
    assert_eq!(seen(&qemu, COMMON)?, expected);
    qemu.finish()
}

#[test]
fn offsets_and_locations_access_registers() -> Result<(), Error> {
    use io_core::{A8, Loc, Region};
    struct Edu;
    type Bar = Region<0x98, A8, Edu>;
    const LIVENESS: Loc<Bar, Le<u32>> = Loc::at(0x04);
    const SOURCE: Loc<Bar, Le<u64>> = Loc::at(0x80);

    let qemu = machine().start()?;
    let bar = qemu.find(EDU.0, EDU.1)?.map_region::<Bar>(0)?;
    assert_eq!((&bar).size(), 1 << 20);
    assert_eq!((&bar).try_read_at::<u32>(0xF_FFFC), Ok(0xFFFF_FFFF));
    (&bar).write(LIVENESS, 7);
    io_update!(&bar, build: SOURCE, |source| source | 1 << 40);
    let expected = [
        (READ, 0xF_FFFC, 0xFFFF_FFFF, 4),
        (WRITE, 0x04, 7, 4),
        (READ, 0x80, 0, 8),
        (WRITE, 0x80, 1 << 40, 8),
    ];
    assert_eq!(seen(&qemu, "edu-mmio")?, expected);
    qemu.finish()
}

#[test]
fn slices_of_registers_are_accessed_by_element() -> Result<(), Error> {
    let qemu = machine().start()?;
    let edu = edu(&qemu)?;
    let registers = io_project!(&edu, .dma);
    for (i, register) in (0..).zip(registers.iter()) {
        register.write_val(0x10 + i);
    }
    let (low, high) = registers.split_at(1);
    assert_eq!((low.len(), high.len()), (1, 2));
    assert_eq!(high.last().map(|last| last.read_val()), Some(0x12));
    assert!(registers.get(3).is_none());
    let second = registers.chunks(2).nth(1).and_then(|chunk| chunk.first());
    assert_eq!(second.map(|register| register.address()), Some(edu.bar().address + 0x90));
    let expected = [
        (WRITE, 0x80, 0x10, 8),
        (WRITE, 0x88, 0x11, 8),
        (WRITE, 0x90, 0x12, 8),
        (READ, 0x90, 0x12, 8),
    ];
    assert_eq!(seen(&qemu, "edu-mmio")?, expected);
    qemu.finish()
}

#[test]
fn ram_is_accessed_by_every_width() -> Result<(), Error> {
    #[derive(IoStruct)]
    #[repr(C)]
    struct Words {
        long: Le<u64>,
        int: Be<u32>,
        short: Be<u16>,
        bytes: [i8; 2],
    }
    let qemu = machine().start()?;
    let words: QtestMmio<'_, Words> = qemu.mmio(0x10_0008)?;
    io_write!(words, .long, 0x1122_3344_5566_7788);
    io_write!(words, .int, 0x1122_3344);
    io_write!(words, .short, 0x1122);
    io_write!(words, .bytes[1], -1);
    assert_eq!(peek(&qemu, 0x10_0008), 0x1122_3344_5566_7788_u64.to_le_bytes());
    assert_eq!(peek(&qemu, 0x10_0010), [0x11, 0x22, 0x33, 0x44, 0x11, 0x22, 0, 0xFF]);
    assert_eq!(io_read!(words, .long), 0x1122_3344_5566_7788);
    assert_eq!(io_read!(words, .int), 0x1122_3344);
    assert_eq!(io_read!(words, .short), 0x1122);
    assert_eq!((io_read!(words, .bytes[0]), io_read!(words, .bytes[1])), (0, -1));
    qemu.finish()
}

#[test]
fn a_width_that_the_device_rejects_is_a_guest_error() -> Result<(), Error> {
    let qemu = machine().start()?;
    let bar = qemu.find(EDU.0, EDU.1)?.map_region::<io_core::Region>(0)?;
    assert_eq!(qemu.guest_errors(), [""; 0]);
    assert_eq!((&bar).read_at::<u8>(0), 0);
    let line = "Invalid read at addr 0x0, size 1, region 'edu-mmio', \
                reason: invalid size (min:4 max:8)";
    assert_eq!(qemu.guest_errors(), [line]);
    assert!(matches!(qemu.finish(), Err(Error::GuestErrors { .. })));
    Ok(())
}

#[test]
fn debug_does_not_access_the_device() -> Result<(), Error> {
    let qemu = machine().start()?;
    let edu = edu(&qemu)?;
    let address = edu.bar().address;
    assert_eq!(format!("{edu:?}"), format!("MappedBar(QtestMmio({address:#x}, 0xa0 bytes))"));
    let dma = io_project!(&edu, .dma);
    let place = format!("QtestMmio({:#x}, 0x18 bytes)", address + 0x80);
    assert_eq!((format!("{dma:?}"), format!("{:?}", dma.fallible())), (place.clone(), place));
    assert_eq!(seen(&qemu, "edu-mmio")?, []);
    qemu.finish()
}

#[test]
fn barriers_make_no_access() -> Result<(), Error> {
    let qemu = machine().start()?;
    let edu = edu(&qemu)?;
    (&edu).mb();
    (&edu).rmb();
    (&edu).wmb();
    (&edu).dma_mb();
    (&edu).dma_rmb();
    (&edu).dma_wmb();
    assert_eq!(seen(&qemu, "edu-mmio")?, []);
    qemu.finish()
}
