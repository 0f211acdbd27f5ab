//! Blocks with a trailing slice.

use io_core::{IoTail, Region, prelude::*};

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
struct Generic<T> {
    head: u8,
    #[io(at = 0x04)]
    value: Le<T>,
    ring: [Le<T>],
}

#[io_struct]
struct GenericTail<T> {
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
