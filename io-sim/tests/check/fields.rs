//! Width, offset and access kind, as declared by the types.

use io_core::{Reserved, prelude::*};

use super::{broken, by_offset, by_offset_in, device, shared};

#[derive(IoStruct)]
#[repr(C)]
struct Uart {
    data: Le<u32>,
    flags: Ro<Le<u32>>,
    kick: Wo<Le<u32>>,
    _reserved: Reserved<4>,
    baud: Le<u16>,
    mode: Le<u16>,
    stamp: LoHi<Le<u64>>,
}

#[test]
fn accesses_of_the_wrong_width_are_violations() {
    let wrong = by_offset::<Uart>(|dev| {
        dev.0.write_at::<u8>(0x0, 1);
        dev.0.read_at::<u16>(0x4);
        dev.0.try_read_at::<u64>(0x0).unwrap();
        dev.0.write_at::<u32>(0x10, 0);
        dev.0.write_at::<u16>(0x14, 0);
    });
    assert_eq!(
        wrong,
        [
            "WR dev.data 8: the register has 32 bits",
            "RD dev.flags 16: the register has 32 bits",
            "RD dev.data 64: the register has 32 bits",
            "WR dev.baud 32: the register has 16 bits",
            "WR dev.stamp.lo 16: the register has 32 bits",
        ]
    );
    let right = by_offset::<Uart>(|dev| {
        dev.write(0x0, 1);
        dev.read(0x4);
        dev.0.write_at::<u16>(0x10, 0);
        dev.0.write_at::<u16>(0x12, 0);
        dev.write(0x14, 0);
        dev.write(0x18, 0);
    });
    assert_eq!(right, [""; 0]);
}

#[test]
fn accesses_at_the_wrong_offset_are_violations() {
    let wrong = by_offset::<Uart>(|dev| {
        dev.0.read_at::<u16>(0x2);
        dev.0.write_at::<u8>(0x13, 0);
        dev.read(0xc);
        dev.0.write_at::<u8>(0xd, 0);
        dev.write(0x1c, 0);
    });
    assert_eq!(
        wrong,
        [
            "RD dev.data+0x2 16: the access starts at byte 2 of the register of 32 bits",
            "WR dev.mode+0x1 8: the access starts at byte 1 of the register of 16 bits",
            "RD dev._reserved[0] 32: the bytes are reserved",
            "WR dev._reserved[1] 8: the bytes are reserved",
            "WR dev+0x1c 32: there is no field at this offset",
        ]
    );
}

#[test]
fn accesses_against_the_access_kind_are_violations() {
    let wrong = by_offset::<Uart>(|dev| {
        dev.write(0x4, 0);
        dev.read(0x8);
        dev.read(0x4);
        dev.write(0x4, 0);
    });
    assert_eq!(
        wrong,
        [
            "WR dev.flags 32: the register is read-only",
            "RD dev.kick 32: the register is write-only",
            "WR dev.flags 32: the register is read-only",
        ]
    );
    assert_eq!(by_offset::<Uart>(|dev| dev.write(0x8, 0)), [""; 0]);
}

#[test]
fn copies_are_checked_per_access() {
    let wrong = by_offset::<Uart>(|dev| {
        let words = dev.0.try_cast::<[u32; 16]>().unwrap();
        let halves = dev.0.try_cast::<[u16; 32]>().unwrap();
        let bytes = dev.0.try_cast::<[u8; 64]>().unwrap();
        io_project!(words, [build: 0..2]).fill(0);
        io_project!(words, [build: 2..3]).copy_to_slice(&mut [0]);
        io_project!(halves, [build: 1..2]).copy_to_slice(&mut [0]);
        io_project!(halves, [build: 0..1]).copy_to_slice(&mut [0]);
        io_project!(bytes, [build: 0..4]).copy_to_slice(&mut [0; 4]);
        io_project!(words, [build: 3..4]).fill(1);
        io_project!(words, [build: 6..8]).fill(0);
    });
    assert_eq!(
        wrong,
        [
            "CW dev.data 8 bytes, dev.flags: the register is read-only",
            "CR dev.kick 4 bytes: the register is write-only",
            "CR dev.data+0x2 2 bytes: the access starts at byte 2 of the register of 32 bits",
            "CR dev.data 2 bytes: the access ends inside the register of 32 bits",
            "CR dev.data 4 bytes: the register has 32 bits",
            "CW dev._reserved 4 bytes, dev._reserved[0]: the bytes are reserved",
            "CW dev.stamp.hi 8 bytes, dev+0x1c: there is no field at this offset",
        ]
    );
    let right = by_offset_in::<Uart>([0xff; 64], |dev| {
        let words = dev.0.try_cast::<[u32; 16]>().unwrap();
        io_project!(words, [build: 3..5]).copy_to_slice(&mut [0; 2]);
        io_project!(words, [build: 0..2]).copy_to_slice(&mut [0; 2]);
        io_project!(words, [build: 2..7]).fill(0);
    });
    assert_eq!(right, [""; 0]);
}

/// A block whose reads and writes have different fields at the same bytes.
#[io_struct(size = 0x8)]
#[repr(C)]
struct Shared {
    #[io(at = 0x0, overlay)]
    taken: Ro<Le<u32>>,
    #[io(at = 0x0)]
    given: Wo<Le<u32>>,
    #[io(at = 0x4)]
    ctrl: Le<u32>,
}

#[test]
fn overlays_are_checked_by_direction() {
    let right = by_offset::<Shared>(|dev| {
        dev.read(0x0);
        dev.write(0x0, 1);
    });
    assert_eq!(right, [""; 0]);
    let wrong = by_offset::<Shared>(|dev| {
        dev.0.read_at::<u8>(0x0);
        dev.0.write_at::<u8>(0x0, 1);
    });
    assert_eq!(
        wrong,
        ["RD dev.taken 8: the register has 32 bits", "WR dev.given 8: the register has 32 bits"]
    );
}

#[derive(IoStruct)]
#[repr(C)]
struct Chan {
    ctrl: Le<u32>,
    count: Ro<Le<u32>>,
    _reserved: Reserved<8>,
}

#[derive(IoStruct)]
#[repr(C)]
struct Dma {
    chan: [Chan; 3],
}

/// A channel declaration with a wrong size.
#[derive(IoStruct)]
#[repr(C)]
struct NarrowChan {
    ctrl: Le<u32>,
    count: Ro<Le<u32>>,
}

#[test]
fn a_wrong_stride_is_detected() {
    let device = device([0; 64]);
    let wrong = broken(|checker| {
        let dma = checker.check_as::<Dma, _>("dma", &device);
        let dma = dma.try_cast::<[NarrowChan; 3]>().unwrap();
        io_write!(dma, [1].ctrl, 1);
        io_write!(dma, [2].ctrl, 1);
    });
    // Element 2 of this array is at the offset of channel 1, which is also a valid block. Only the
    // device could detect the error.
    assert_eq!(wrong, ["WR dma.chan[0]._reserved[0] 32: the bytes are reserved"]);
    let right = broken(|checker| {
        let dma = checker.check_as::<Dma, _>("dma", &device);
        let dma = dma.try_cast::<Dma>().unwrap();
        for chan in io_project!(dma, .chan).iter() {
            io_write!(chan, .ctrl, 1);
            io_read!(chan, .count);
        }
    });
    assert_eq!(right, [""; 0]);
}

#[derive(IoStruct)]
#[repr(C)]
struct Ring {
    slots: [Le<u32>; 4],
    used: Ro<Le<u32>>,
}

/// Writes `n` slots from `first` on.
fn fill(dev: super::Offsets<'_>, first: usize, n: usize, wrap: impl Fn(usize) -> usize) {
    (first..first + n).for_each(|i| dev.write(4 * wrap(i), i as u32));
}

#[test]
fn a_ring_that_wraps_one_entry_late_is_detected() {
    let used = "WR dev.used 32: the register is read-only";
    let wrong = by_offset::<Ring>(|dev| fill(dev, 2, 5, |i| i % 5));
    assert_eq!(wrong, [used]);
    let wrong = by_offset::<Ring>(|dev| fill(dev, 2, 5, |i| i));
    let outside = |at| format!("WR dev+{at:#x} 32: there is no field at this offset");
    assert_eq!(wrong, [used.into(), outside(0x14), outside(0x18)]);
    assert_eq!(by_offset::<Ring>(|dev| fill(dev, 2, 5, |i| i % 4)), [""; 0]);
}

#[test]
fn a_wrong_stride_in_elements_is_detected() {
    let mut words = [0; 16];
    let wrong = broken(|checker| {
        let ring = shared::<[NarrowChan; 6]>(&mut words);
        let ring = checker.elements::<Chan>("ring").watch(ring);
        io_write!(ring, [4].ctrl, 1);
        io_write!(ring, [3].ctrl, 1);
    });
    assert_eq!(wrong, ["WR ring[1]._reserved[0] 32: the bytes are reserved"]);
}

#[test]
fn fields_in_memory_may_be_accessed_bytewise() {
    let mut words = [0_u8; 4];
    let wrong = broken(|checker| {
        let word = checker.elements::<Le<u32>>("word");
        let word = word.watch(SysMem::from_mut_slice(&mut words));
        word.get(0).unwrap().write_val(1);
        // Copies access single bytes.
        word.get(3).unwrap().copy_read();
    });
    assert_eq!(wrong, ["WR word[0] 8: the field has 32 bits"]);
}
