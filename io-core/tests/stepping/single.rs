//! One access is one access: a single instruction, a plain move, of the width of the value.

use core::hint::black_box;

use iced_x86::Mnemonic;
use io_core::prelude::*;

use crate::{
    accesses::Kind::{self, Load, Store},
    rules::each_word_once,
    touches::{Room, Touch, touches},
};

#[derive(IoStruct)]
#[repr(C)]
struct Regs {
    long: u64,
    word: u32,
    half: u16,
    byte: u8,
    last: u8,
    swapped: Be<u32>,
    signed: i32,
}

/// Asserts that the access is one move of the field's bytes.
#[track_caller]
pub(crate) fn is_one_move(touched: &[Touch], offset: usize, size: usize, kind: Kind) {
    let [touch] = touched else { panic!("expected one access, found {touched:?}") };
    let touch = Touch { offset: touch.offset - offset as i64, ..*touch };
    assert_eq!(each_word_once(&[touch], size, kind, size), Ok(()));
    let mnemonic = touch.code.mnemonic();
    // `movzx` and `movbe` are moves as well; hypervisors can emulate them.
    let is_move = match kind {
        Load => matches!(mnemonic, Mnemonic::Mov | Mnemonic::Movzx),
        Store => mnemonic == Mnemonic::Mov,
    };
    assert!(is_move, "{mnemonic:?}");
}

macro_rules! fields {
    ($view:expr, $place:ident: $($field:ident $offset:literal $number:ty, $new:expr;)+) => {$({
        const SIZE: usize = size_of::<$number>();
        let view = $view;
        let [touched] = touches([$place], || {
            black_box(io_read!(view, .$field));
        }).expect("known instructions");
        is_one_move(&touched, $offset, SIZE, Load);
        let [touched] = touches([$place], || io_write!(view, .$field, $new)).expect("known");
        is_one_move(&touched, $offset, SIZE, Store);
        let [touched] = touches([$place], || io_update!(view, .$field, |_| $new)).expect("known");
        assert_eq!(touched.len(), 2, "{touched:?}");
        is_one_move(&touched[..1], $offset, SIZE, Load);
        is_one_move(&touched[1..], $offset, SIZE, Store);
        // The reads are not removed, although the values are unused, and not merged.
        let [touched] = touches([$place], || {
            let _ = io_read!(view, .$field);
            let _ = io_read!(view, .$field);
        }).expect("known");
        assert_eq!(touched.len(), 2, "{touched:?}");
        let [touched] = touches([$place], || {
            io_write!(view, .$field, $new);
            io_write!(view, .$field, $new);
        }).expect("known");
        assert_eq!(touched.len(), 2, "{touched:?}");
    })+};
}

macro_rules! every_field {
    ($view:expr, $place:ident) => {
        fields! { $view, $place:
            long 0 u64, black_box(1);
            word 8 u32, black_box(2);
            half 12 u16, black_box(3);
            byte 14 u8, black_box(4);
            last 15 u8, 0;
            swapped 16 u32, black_box(5);
            signed 20 i32, -1;
        }
    };
}

#[test]
fn each_field_access_is_one_plain_move() {
    let room = Room::new(size_of::<Regs>());
    let place = room.place(0, size_of::<Regs>()).put(0x5a);
    // SAFETY: the test owns the memory, which is valid and aligned.
    let device = unsafe { Mmio::<Regs>::from_raw(MmioRaw::from_ptr(place.ptr().cast())) };
    every_field!(device, place);
    every_field!(device.relaxed(), place);
    // SAFETY: the test owns the memory, which is valid and aligned.
    let memory = unsafe { SysMem::<Regs>::new(place.ptr().cast()) };
    every_field!(memory, place);
}

/// Code for which the compiler might use the memory operand of an arithmetic instruction.
#[test]
fn a_read_is_a_move_even_if_its_value_is_an_operand() {
    let room = Room::new(size_of::<Regs>());
    let place = room.place(0, size_of::<Regs>()).put(0x5a);
    // SAFETY: the test owns the memory, which is valid and aligned.
    let device = unsafe { Mmio::<Regs>::from_raw(MmioRaw::from_ptr(place.ptr().cast())) };
    // SAFETY: the test owns the memory, which is valid and aligned.
    let memory = unsafe { SysMem::<Regs>::new(place.ptr().cast()) };
    let (word, byte) = (black_box(7_u32), black_box(7_u8));
    macro_rules! uses {
        ($($view:expr),+) => {$({
            let view = $view;
            let [touched] = touches([place], || {
                black_box(word.wrapping_add(io_read!(view, .word)));
            }).expect("known");
            is_one_move(&touched, 8, 4, Load);
            let [touched] = touches([place], || {
                black_box(io_read!(view, .byte) & 8 == 0);
            }).expect("known");
            is_one_move(&touched, 14, 1, Load);
            let [touched] = touches([place], || {
                black_box(io_read!(view, .byte) == byte);
            }).expect("known");
            is_one_move(&touched, 14, 1, Load);
            let [touched] = touches([place], || {
                black_box(io_read!(view, .long) as u8);
            }).expect("known");
            is_one_move(&touched, 0, 8, Load);
            let [touched] = touches([place], || {
                io_update!(view, .word, |value| value | 1);
            }).expect("known");
            assert_eq!(touched.len(), 2);
            is_one_move(&touched[..1], 8, 4, Load);
            is_one_move(&touched[1..], 8, 4, Store);
        })+};
    }
    uses!(device, device.relaxed(), memory);
}

/// Data is written to memory before the doorbell, and read from memory after the status register.
/// The compiler does not remove or merge memory accesses across ordered register accesses.
#[test]
fn ordered_accesses_are_compiler_barriers() {
    /// # Safety
    ///
    /// `message` must be valid for writes.
    #[inline(never)]
    unsafe fn ring(message: *mut u32, bell: Mmio<'_, Regs>) {
        // SAFETY: the caller guarantees that `message` is valid.
        unsafe { message.write(1) };
        io_write!(bell, .word, 1);
        // SAFETY: as above.
        unsafe { message.write(2) };
    }
    /// # Safety
    ///
    /// `message` must be valid for reads.
    #[inline(never)]
    unsafe fn wait(message: *mut u32, status: Mmio<'_, Regs>) -> [u32; 3] {
        // SAFETY: the caller guarantees that `message` is valid.
        let before = unsafe { message.read() };
        let done = io_read!(status, .word);
        // SAFETY: as above.
        let after = unsafe { message.read() };
        [before, done, after]
    }
    let (device_room, memory_room) = (Room::new(size_of::<Regs>()), Room::new(4));
    let place = device_room.place(0, size_of::<Regs>()).put(0);
    let message = memory_room.place(0, 4).put(0);
    // SAFETY: the test owns the memory, which is valid and aligned.
    let device = unsafe { Mmio::<Regs>::from_raw(MmioRaw::from_ptr(place.ptr().cast())) };
    // SAFETY: the test owns the memory, which is valid and aligned.
    let [stores, bell] =
        touches([message, place], || unsafe { ring(message.ptr().cast(), device) }).expect("known");
    assert_eq!((stores.len(), bell.len()), (2, 1), "{stores:?}");
    let [loads, status] = touches([message, place], || {
        // SAFETY: the test owns the memory, which is valid and aligned.
        black_box(unsafe { wait(message.ptr().cast(), device) });
    })
    .expect("known");
    assert_eq!((loads.len(), status.len()), (2, 1), "{loads:?}");
}
