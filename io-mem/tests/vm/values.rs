//! Rows `read_val`/`write_val`: whole values at any alignment, or nothing.

use io_core::{
    AccessError, Be, Error, Le,
    fault::Fault,
    vm::{VmReader, VmWriter},
};
use io_sim::{FaultyBytes, SimFaults};
use zerocopy::{FromBytes, Immutable, IntoBytes};

#[derive(FromBytes, IntoBytes, Immutable, Clone, Copy, Debug, PartialEq)]
#[repr(C)]
struct Stat {
    inode: u64,
    mode: u32,
    links: [u16; 2],
}

const STAT: Stat = Stat { inode: 0x0102_0304_0506_0708, mode: 0x090a_0b0c, links: [13, 14] };

/// Row "`read_val`/`write_val`, Inf": unaligned values are allowed.
#[test]
fn values_are_transferred_at_every_alignment() {
    for offset in 0..16 {
        let mut bytes = [0xee_u8; 32];
        let mut writer = VmWriter::from(&mut bytes[..]);
        writer.skip(offset).write_val(&STAT).unwrap();
        assert_eq!(writer.avail(), 16 - offset);
        assert_eq!(&bytes[offset..offset + 16], STAT.as_bytes());
        assert!(bytes[..offset].iter().chain(&bytes[offset + 16..]).all(|byte| *byte == 0xee));
        let mut reader = VmReader::from(&bytes[..]);
        assert_eq!(reader.skip(offset).read_val(), Ok(STAT));
        assert_eq!(reader.remain(), 16 - offset);
        let mut reader = VmReader::from(&bytes[..]).to_fallible();
        assert_eq!(reader.skip(offset).read_val(), Ok(STAT));
    }
}

/// Row "`read_val`/`write_val`, Inf": if too few bytes are left, an error, and the cursor does not
/// move.
#[test]
fn too_few_bytes_are_an_error_without_movement() {
    for len in 0..16 {
        let short = Error::OutOfRange { offset: 0, size: 16, limit: len };
        let mut bytes = vec![0xee_u8; len];
        let mut reader = VmReader::from(&bytes[..]);
        assert_eq!(reader.read_val::<Stat>(), Err(short));
        assert_eq!(reader.remain(), len);
        let mut reader = reader.to_fallible();
        assert_eq!(reader.read_val::<Stat>(), Err(AccessError::Place(short)));
        assert_eq!(reader.remain(), len);

        let mut writer = VmWriter::from(&mut bytes[..]);
        assert_eq!(writer.write_val(&STAT), Err(short));
        assert_eq!(writer.avail(), len);
        let mut writer = writer.to_fallible();
        assert_eq!(writer.write_val(&STAT), Err(AccessError::Place(short)));
        assert_eq!(writer.avail(), len);
        assert_eq!(bytes, vec![0xee; len], "nothing written");
    }
}

/// Row "`read_val`/`write_val`, Fallible": the fault, and the cursor does not move; a failed write
/// may have changed a prefix.
#[test]
fn a_faulting_value_does_not_move_the_cursor() {
    for at in 0..16 {
        let mut bytes = [0_u8; 16];
        bytes.copy_from_slice(STAT.as_bytes());
        let mut reader = VmReader::from(&bytes[..]).to_fallible_with::<SimFaults>();
        let faulty = FaultyBytes::new(&bytes[at], 1);
        assert_eq!(reader.read_val::<Stat>(), Err(AccessError::Io(Fault)));
        assert_eq!(reader.remain(), 16, "the cursor has not moved");
        drop(faulty);
        assert_eq!(reader.read_val(), Ok(STAT));

        let mut bytes = [0xee_u8; 16];
        let mut writer = VmWriter::from(&mut bytes[..]).to_fallible_with::<SimFaults>();
        let faulty = FaultyBytes::read_only(writer.cursor().wrapping_add(at), 1);
        assert_eq!(writer.write_val(&STAT), Err(AccessError::Io(Fault)));
        assert_eq!(writer.avail(), 16, "the cursor has not moved");
        drop(faulty);
        let mut second = writer.clone_exclusive();
        second.skip(at).write_val(&0_u8).unwrap();
        assert_eq!(bytes[..at], STAT.as_bytes()[..at]);
        assert_eq!(bytes[at], 0);
        assert_eq!(bytes[at + 1..], [0xee; 16][at + 1..]);
    }
}

/// Backends do not swap bytes: the byte order is part of the types.
#[test]
fn byte_order_is_part_of_the_type() {
    let mut bytes = [0_u8; 8];
    let mut writer = VmWriter::from(&mut bytes[..]);
    writer.write_val(&Le::<u32>::new(0x0102_0304_u32)).unwrap();
    writer.write_val(&Be::<u32>::new(0x0102_0304_u32)).unwrap();
    assert_eq!(bytes, [4, 3, 2, 1, 1, 2, 3, 4]);
    let mut reader = VmReader::from(&bytes[..]);
    assert_eq!(reader.read_val(), Ok(Le::<u32>::new(0x0102_0304_u32)));
    assert_eq!(reader.read_val(), Ok(Be::<u32>::new(0x0102_0304_u32)));
}

/// Cursors over the bytes of slices of values.
#[test]
fn cursors_cover_slices_of_values() {
    let mut stats = [STAT; 3];
    let mut reader = VmReader::from_slice(&stats);
    assert_eq!(reader.remain(), 48);
    assert_eq!(reader.skip(24).read_val(), Ok(STAT.mode));
    VmWriter::from_slice(&mut stats).skip(24).write_val(&7_u32).unwrap();
    assert_eq!(stats, [STAT, Stat { mode: 7, ..STAT }, STAT]);
}
