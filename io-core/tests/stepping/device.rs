//! Copies of device registers: accesses of one width, each once, in ascending order.
//!
//! Memory is used in place of the device: the accesses of a view are the same.

use io_core::{A1, Region, backend::widest, prelude::*};
use zerocopy::{FromBytes, IntoBytes};

use crate::{
    IS_OPTIMISED,
    accesses::Kind::{Load, Store},
    rules::{Violation, each_word_once},
    touches::{Place, Room, touches},
};

fn mmio<T>(place: Place<'_>) -> Mmio<'_, T> {
    assert_eq!(place.len, size_of::<T>());
    // SAFETY: the test owns the memory, which is aligned for `T`.
    unsafe { Mmio::from_raw(MmioRaw::from_ptr(place.ptr().cast())) }
}

fn region(place: Place<'_>) -> Mmio<'_, Region<0, A1>> {
    let raw = MmioRaw::region_from_ptr(place.ptr(), place.len).unwrap();
    // SAFETY: the test owns the memory, which is valid. Bytes need no alignment.
    unsafe { Mmio::from_raw(raw) }
}

fn bytes(place: Place<'_>) -> Mmio<'_, [u8]> {
    let ptr = core::ptr::slice_from_raw_parts_mut(place.ptr(), place.len);
    // SAFETY: the test owns the memory, which is valid and aligned.
    unsafe { Mmio::from_raw(MmioRaw::from_ptr(ptr)) }
}

const NONE: Result<(), Violation> = Ok(());

/// Checks the loads of `read`, which must return the place's bytes.
#[track_caller]
fn loads(place: Place<'_>, width: usize, read: impl FnOnce(&mut [u8])) {
    let (expected, mut found) = (place.put(0x5a).bytes(), vec![0; place.len]);
    let [loads] = touches([place], || read(&mut found)).expect("known instructions");
    assert_eq!(each_word_once(&loads, place.len, Load, width), NONE, "{} bytes", place.len);
    assert_eq!(found, expected);
}

/// Checks the stores of `write`, which gets the bytes for the place.
#[track_caller]
fn stores(place: Place<'_>, width: usize, write: impl FnOnce(&[u8])) {
    let new = place.put(0xa5).bytes();
    place.put(0x5a);
    let [stores] = touches([place], || write(&new)).expect("known instructions");
    assert_eq!(each_word_once(&stores, place.len, Store, width), NONE, "{} bytes", place.len);
    assert_eq!(place.bytes(), new);
}

#[test]
fn copies_of_untyped_memory_use_the_widest_access_that_fits() {
    let room = Room::new(400);
    let lens: Vec<usize> = if IS_OPTIMISED {
        (0..=40).chain([63, 64, 65, 66, 128, 255, 256, 300]).collect()
    } else {
        (0..=9).chain([12, 14, 16, 36]).collect()
    };
    for offset in if IS_OPTIMISED { vec![0, 1, 2, 3, 4, 6, 8, 12, 63] } else { vec![0, 1, 2, 4] } {
        for &len in &lens {
            let place = room.place(offset, len);
            let (view, width) = (region(place), widest(offset, len).bytes());
            assert!(width <= 4);
            loads(place, width, |found| view.try_read_bytes(0, found).unwrap());
            loads(place, width, |found| view.relaxed().try_read_bytes(0, found).unwrap());
            stores(place, width, |new| view.try_write_bytes(0, new).unwrap());
            stores(place, width, |new| view.relaxed().try_write_bytes(0, new).unwrap());
            for is_relaxed in [false, true] {
                let fill = || {
                    let filled = match is_relaxed {
                        true => view.relaxed().try_fill_bytes(0, len, 0x3c),
                        false => view.try_fill_bytes(0, len, 0x3c),
                    };
                    filled.unwrap();
                };
                let [stores] = touches([place], fill).expect("known instructions");
                assert_eq!(each_word_once(&stores, len, Store, width), NONE, "{len} at {offset}");
                assert_eq!(place.bytes(), vec![0x3c; len]);
            }
        }
    }
}

macro_rules! stated {
    ($view:expr, $place:ident: $($width:ty),+) => {$(
        let width = size_of::<$width>();
        loads($place, width, |found| $view.try_copy_to_slice_as::<$width>(found).unwrap());
        stores($place, width, |new| $view.try_copy_from_slice_as::<$width>(new).unwrap());
    )+};
}

#[test]
fn copies_of_slices_use_the_stated_width() {
    let room = Room::new(400);
    let lens: &[usize] = if IS_OPTIMISED { &[0, 8, 16, 24, 64, 72, 256, 304] } else { &[0, 8, 24] };
    for offset in [0, 8] {
        for &len in lens {
            let place = room.place(offset, len);
            stated!(bytes(place), place: u8, u16, u32, u64);
            stated!(bytes(place).relaxed(), place: u8, u16, u32, u64);
        }
    }
}

macro_rules! whole {
    ($view:ident, $place:ident, $value:ty: $($width:ty),+) => {$(
        let width = size_of::<$width>();
        loads($place, width, |found| {
            found.copy_from_slice(&$view.copy_read_as::<$width>());
        });
        stores($place, width, |new| {
            let new: &$value = new.try_into().unwrap();
            $view.copy_write_as::<$width>(*new);
        });
    )+};
}

#[test]
fn copies_of_values_use_the_stated_width() {
    let room = Room::new(400);
    macro_rules! lens {
        ($($len:literal)+) => {$(
            let place = room.place(8, $len);
            let view = mmio::<[u8; $len]>(place);
            whole!(view, place, [u8; $len]: u8, u16, u32, u64);
            let view = view.relaxed();
            whole!(view, place, [u8; $len]: u8, u16, u32, u64);
        )+};
    }
    lens!(8 16 24 56);
}

#[test]
fn copies_of_values_use_the_width_of_an_element() {
    let room = Room::new(400);
    macro_rules! lens {
        ($int:ident: $($len:literal)+) => {$(for at in 0..3 {
            let width = size_of::<$int>();
            let place = room.place(at * width, $len * width);
            let view = mmio::<[$int; $len]>(place);
            loads(place, width, |found| found.copy_from_slice(view.copy_read().as_bytes()));
            loads(place, width, |found| {
                view.copy_to_slice(<[$int]>::mut_from_bytes(found).unwrap());
            });
            stores(place, width, |new| view.copy_write(transmute(new)));
            stores(place, width, |new| {
                view.relaxed().copy_from_slice(&transmute::<[$int; $len]>(new));
            });
        })+};
    }
    lens!(u8: 1 2 3 4 6 8 12 31 32);
    lens!(u16: 1 2 3 4 5 15 16);
    lens!(u32: 1 2 3 4 5 8);
    lens!(u64: 1 2 3 4);
}

fn transmute<T: FromBytes>(bytes: &[u8]) -> T {
    T::read_from_bytes(bytes).unwrap()
}

/// Every access is to the register and has its width; there is one per value.
#[test]
fn fifo_accesses_use_one_register_and_its_width() {
    let room = Room::new(64);
    macro_rules! fifo {
        ($($width:ty),+) => {$({
            const LEN: usize = size_of::<$width>();
            let place = room.place(8, LEN).put(0x5a);
            let register = mmio::<$width>(place);
            for count in [0, 1, 2, 3, 8, 33] {
                let mut values = vec![0; count];
                let [touched] = touches([place], || register.read_fifo(&mut values)).unwrap();
                assert_eq!(touched.len(), count);
                for touch in touched {
                    assert_eq!(each_word_once(&[touch], LEN, Load, LEN), NONE);
                }
                let [touched] = touches([place], || register.write_fifo(&values)).unwrap();
                assert_eq!(touched.len(), count);
                for touch in touched {
                    assert_eq!(each_word_once(&[touch], LEN, Store, LEN), NONE);
                }
            }
        })+};
    }
    fifo!(u8, u16, u32, u64);
}
