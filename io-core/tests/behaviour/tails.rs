//! Blocks with a trailing slice.

use io_core::{IoTail, KnownSize, Region, prelude::*};
use io_sim::{Checker, Recorder};

/// The start of xHCI's runtime registers.
#[io_struct]
struct Runtime {
    #[io(at = 0x00)]
    mfindex: Ro<Le<u32>>,
    #[io(at = 0x20)]
    interrupters: [Interrupter],
}

#[derive(IoStruct)]
#[repr(C)]
struct Interrupter {
    management: Le<u32>,
    moderation: Le<u32>,
}

/// A slice directly after a type whose size the macro cannot know.
#[io_struct]
struct Adjacent {
    #[io(at = 0x00)]
    head: Interrupter,
    #[io(at = 0x08)]
    ring: [Le<u32>],
}

/// The type of the slice, and another one after a gap, depend on a parameter.
#[io_struct]
struct Generic<T: IoValue> {
    head: u8,
    #[io(at = 0x04)]
    value: Le<T>,
    ring: [Le<T>],
}

#[io_struct]
struct GenericTail<T: IoValue> {
    head: u8,
    #[io(at = TAIL)]
    ring: [Le<T>],
}

const TAIL: usize = 0x10;

#[io_struct]
struct Conditional {
    head: u8,
    #[cfg(any())]
    #[io(at = 0x30)]
    gone: u32,
    #[io(at = 0x40)]
    ring: [u8],
}

#[test]
fn the_gap_before_a_slice_is_filled() {
    assert_eq!((Runtime::HEADER, Adjacent::HEADER, Conditional::HEADER), (0x20, 8, 0x40));
    assert_eq!((<Generic<u32>>::HEADER, <GenericTail<u64>>::HEADER), (8, 0x10));
    let names: Vec<_> = Runtime::FIELDS.iter().map(|field| (field.name, field.offset)).collect();
    let gap = ("_reserved_before_interrupters", 4);
    assert_eq!(names, [("mfindex", 0), gap, ("interrupters", 0x20)]);
}

#[test]
fn elements_after_a_gap_are_accessed_at_their_offset() {
    let mut words = [0_u32; 12];
    let region = Region::<0x30>::ptr_from_raw_parts_mut(words.as_mut_ptr().cast(), 0x30);
    // SAFETY: the exclusive borrow of `words` covers 48 bytes aligned to 4.
    let memory = unsafe { SysMem::new(region) };
    let runtime = memory.try_cast_tail::<Runtime>(2).unwrap();
    assert_eq!(runtime.size(), 0x30);
    io_write!(runtime, .interrupters[panic: 1].moderation, 7);
    assert!(memory.try_cast_tail::<Runtime>(3).is_err());
    let generic = memory.try_cast_tail::<GenericTail<u16>>(16).unwrap();
    io_write!(generic, .ring[panic: 2], 9);
    assert_eq!(words.map(u32::from_le), [0, 0, 0, 0, 0, 9, 0, 0, 0, 0, 0, 7]);
}

/// The available ring of a split virtqueue, with the field after the ring.
#[derive(IoStruct)]
#[repr(C)]
struct Avail {
    flags: Le<u16>,
    idx: Le<u16>,
    #[io(at = 4, followed_by(used_event: Ro<Le<u16>>))]
    ring: [Le<u16>],
}

/// The used ring, with the fields in their order.
#[io_struct]
struct Used<E> {
    flags: Le<u16>,
    idx: Le<u16>,
    #[io(at = 0x08)]
    ring: [E],
    /// The index at which the driver is notified.
    avail_event: Event,
}

/// Several fields after the slice are a block.
#[derive(IoStruct)]
#[repr(C)]
struct Event {
    at: Le<u16>,
    flags: [Le<u16>; 3],
}

/// Words that are aligned for 64-bit elements.
#[repr(align(8))]
struct Memory([u32; 12]);

fn words(memory: &mut Memory) -> SysMem<'_, Region<0x30>> {
    let region = Region::<0x30>::ptr_from_raw_parts_mut(memory.0.as_mut_ptr().cast(), 0x30);
    // SAFETY: the exclusive borrow of `memory` covers 48 bytes aligned to 4.
    unsafe { SysMem::new(region) }
}

#[test]
fn a_field_after_the_slice_follows_the_elements() {
    let mut memory = Memory([0; 12]);
    memory.0[11] = 0x1234_0000_u32.to_le();
    let view = words(&mut memory);
    let avail = view.try_cast_tail::<Avail>(21).unwrap();
    assert_eq!((avail.size(), Avail::HEADER, <Avail as KnownSize>::MIN_SIZE), (0x30, 4, 6));
    assert_eq!(io_read!(avail, .used_event), 0x1234);
    assert_eq!(io_project!(avail, .ring).len(), 21);
    assert!(view.try_cast_tail::<Avail>(22).is_err());
}

// `SysMem` has 64-bit accesses where pointers have 64 bits.
#[cfg(target_pointer_width = "64")]
#[test]
fn a_block_after_the_slice_follows_wide_elements() {
    let mut memory = Memory([0; 12]);
    memory.0[11] = 0x1234_0000_u32.to_le();
    let view = words(&mut memory);
    let used = view.try_cast_tail::<Used<Le<u64>>>(4).unwrap();
    io_write!(used, .avail_event.flags[1], 9);
    io_write!(used, .ring[panic: 3], 1);
    assert!(view.try_cast_tail::<Used<Le<u64>>>(5).is_err());
    assert_eq!(memory.0.map(u32::from_le)[7..], [0, 1, 0, 0, 0x1234_0009]);
}

#[test]
fn a_block_without_elements_has_the_field_after_them() {
    let mut memory = Memory([0; 12]);
    let avail = words(&mut memory).try_cast_tail::<Avail>(0).unwrap();
    assert_eq!((avail.size(), io_read!(avail, .used_event)), (6, 0));
}

#[test]
fn the_field_after_the_slice_is_described() {
    let [.., ring, event] = <Used<Le<u64>>>::FIELDS else { unreachable!() };
    assert_eq!((ring.name, ring.offset, ring.size), ("ring", 8, 0));
    assert_eq!((event.name, event.size), ("avail_event", 8));
    assert_eq!(event.doc.trim(), "The index at which the driver is notified.");
}

#[cfg(target_pointer_width = "64")]
#[test]
fn a_record_names_the_field_after_the_slice() {
    let (mut memory, recorder) = (Memory([0; 12]), Recorder::new());
    let used = words(&mut memory).try_cast_tail::<Used<Le<u64>>>(2).unwrap();
    let used = recorder.record("used", used);
    io_write!(used, .ring[panic: 1], 1);
    io_write!(used, .avail_event.flags[2], 2);
    let lines: Vec<_> = recorder.entries().iter().map(ToString::to_string).collect();
    let event = "WR used.avail_event.flags[2] 16 <- 0x0002";
    assert_eq!(lines, ["WR used.ring[1] 64 <- 0x0000000000000001", event]);
}

/// The elements are written only, and the field after them is read only.
#[io_struct]
struct Kinds {
    ring: [Wo<Le<u32>>],
    status: Ro<Le<u32>>,
}

#[test]
fn a_checker_accepts_the_field_after_any_number_of_elements() {
    let (mut memory, checker) = (Memory([0; 12]), Checker::new());
    for count in [0, 1, 11] {
        let kinds = words(&mut memory).try_cast_tail::<Kinds>(count).unwrap();
        let kinds = checker.check("kinds", kinds);
        assert_eq!(io_read!(kinds, .status), 0);
    }
}
