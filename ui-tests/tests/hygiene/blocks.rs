//! Blocks in every form that the macros accept.

use core::marker::PhantomData;

use io_core::{
    Region, RoSideEffect,
    layout::{FieldInfo, FieldLayout},
    prelude::*,
};

/// A block written as in the data sheet.
#[io_struct(size = 0x40)]
#[derive(Debug)]
pub struct Uart {
    /// The received byte.
    #[io(at = 0x00)]
    pub rbr: RoSideEffect<u8>,
    /// The byte to send.
    #[io(at = 0x00, overlay)]
    pub thr: Wo<u8>,
    #[io(at = 0x01)]
    pub ier: u8,
    #[io(at = 0x08)]
    pub scratch: [u16; 4],
    /// Overlaps the start of `scratch`.
    #[io(at = 0x08, overlay)]
    pub wide: u16,
    #[io(at = BASE + 8)]
    pub status: Ro<Le<u32>>,
    pub next: u32,
}

const BASE: usize = 0x18;

fn offset(fields: &[FieldInfo], name: &str) -> usize {
    fields.iter().find(|field| field.name == name).unwrap().offset
}

#[test]
fn sparse_blocks_have_the_stated_offsets() {
    assert_eq!(size_of::<Uart>(), 0x40);
    let offsets: Vec<_> = ["rbr", "thr", "ier", "scratch", "wide", "status", "next"]
        .map(|name| offset(Uart::FIELDS, name))
        .into();
    assert_eq!(offsets, [0, 0, 1, 8, 8, 0x20, 0x24]);
}

#[test]
fn overlays_share_their_bytes() {
    let mut memory = [0_u32; 0x10];
    let bytes = memory.as_mut_ptr().cast::<Uart>();
    // SAFETY: the exclusive borrow of `memory` covers a `Uart`.
    let uart = unsafe { SysMem::new(bytes) };
    io_write!(uart, .thr, 0x41);
    assert_eq!(io_read!(uart, .rbr), 0x41);
    io_write!(uart, .wide, 0x1234);
    assert_eq!(io_read!(uart, .scratch[0]), 0x1234);
    assert_eq!(io_project!(uart, .thr).as_ptr(), io_project!(uart, .rbr).as_ptr().cast());
}

#[derive(IoStruct, Clone, Copy)]
#[repr(C)]
struct Halves {
    low: u16,
    high: u16,
}

#[derive(IoStruct)]
#[repr(C)]
union Word {
    whole: u32,
    halves: Halves,
    bytes: [u8; 4],
}

#[test]
fn union_fields_share_their_bytes() {
    let mut word = Word { whole: 0x1122_3344 };
    let view = SysMem::from_mut(&mut word);
    assert_eq!(io_read!(view, .bytes[0]), 0x1122_3344_u32.to_ne_bytes()[0]);
    io_write!(view, .halves.low, 0xffff);
    assert_eq!(io_read!(view, .whole), 0x1122_3344_u32 | u32::from_ne_bytes([0xff, 0xff, 0, 0]));
    assert!(
        matches!(<Word as io_core::layout::IoLayout>::LAYOUT, FieldLayout::Union { fields } if fields.len() == 3)
    );
}

/// A header, and a variable number of entries.
#[expect(unreachable_pub, reason = "as in a library: its twin has the same visibility")]
#[derive(IoStruct)]
#[repr(C)]
pub struct Ring<T: Copy> {
    pub head: Le<u16>,
    flags: Le<u16>,
    #[io(at = 4, stride = 4)]
    entries: [[T; 2]],
}

#[derive(IoStruct)]
#[repr(C, align(8))]
struct Ram {
    bytes: [u8; 32],
}

#[test]
fn a_struct_may_end_with_a_slice() {
    let mut ram = Ram { bytes: [0; 32] };
    let memory = io_project!(SysMem::from_mut(&mut ram), .bytes);
    let ring = memory.try_cast_tail::<Ring<u16>>(7).unwrap();
    assert_eq!(ring.size(), 32);
    io_write!(ring, .head, 3);
    io_write!(ring, .entries[panic: 6][1], 9);
    assert_eq!(io_project!(ring, .entries).len(), 7);
    assert!(memory.try_cast_tail::<Ring<u16>>(8).is_err());
    assert!(memory.try_cast_tail::<Ring<u16>>(usize::MAX / 2).is_err());
    assert_eq!(ram.bytes[0], 3);
    assert_eq!(u16::from_ne_bytes([ram.bytes[30], ram.bytes[31]]), 9);
}

/// A type that only identifies a device.
enum Nic {}

#[derive(IoStruct)]
#[repr(C)]
struct Doorbell<D> {
    ring: Wo<Le<u32>>,
    device: PhantomData<D>,
}

#[derive(IoStruct)]
#[repr(C)]
struct Pair<T>
where
    T: Copy + IoValue,
{
    low: Le<T>,
    high: [Le<T>; 2],
}

#[test]
fn type_parameters_need_no_additional_bounds() {
    let mut bell = Doorbell::<Nic> { ring: Wo::new(0), device: PhantomData };
    io_write!(SysMem::from_mut(&mut bell), .ring, 1);
    let mut pair = Pair { low: Le::<u16>::new(1), high: [Le::<u16>::new(2), Le::<u16>::new(3)] };
    assert_eq!(io_read!(SysMem::from_mut(&mut pair), .high[1]), 3);
}

/// Like the output of a generator.
mod bindings {
    #[repr(C)]
    pub(crate) struct timer_regs {
        pub(crate) ctrl: u32,
        pub(crate) count: [u16; 2],
    }
}

/// A timer that is defined elsewhere.
#[io_struct(remote = bindings::timer_regs, size = 8)]
struct Timer {
    ctrl: u32,
    #[io(at = 4)]
    count: [u16; 2],
}

#[test]
fn remote_structs_can_be_described() {
    let mut timer = bindings::timer_regs { ctrl: 1, count: [2, 3] };
    let view: SysMem<'_, Timer> = SysMem::from_mut(&mut timer);
    assert_eq!(io_read!(view, .count[1]), 3);
    assert_eq!(Timer::FIELDS[1].name, "count");
}

#[io_struct(size = 0x10)]
struct Conditional {
    a: u8,
    #[cfg(any())]
    #[io(at = 4)]
    gone: u32,
    #[cfg(not(any(unix, not(unix), windows)))]
    #[io(at = 6)]
    gone_too: u8,
    #[cfg(any(unix, not(unix)))]
    #[io(at = 8)]
    here: u16,
    #[io(at = 0x0c)]
    z: u32,
}

#[test]
fn conditional_fields_do_not_move_other_fields() {
    assert_eq!(offset(Conditional::FIELDS, "here"), 8);
    assert_eq!(offset(Conditional::FIELDS, "z"), 0x0c);
    assert!(Conditional::FIELDS.iter().all(|field| field.name != "gone"));
}

#[test]
fn regions_can_be_cast_to_sparse_blocks() {
    let mut memory = [0_u32; 0x10];
    let region = Region::<0x40>::ptr_from_raw_parts_mut(memory.as_mut_ptr().cast(), 0x40);
    // SAFETY: the exclusive borrow of `memory` covers 64 bytes aligned to 4.
    let uart = unsafe { SysMem::new(region) }.cast::<Uart>();
    io_write!(uart, .ier, 5);
    assert_eq!(io_read!(uart, .status), 0);
    assert_eq!(memory[0].to_ne_bytes()[1], 5);
}
