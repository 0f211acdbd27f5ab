//! Copies whose length is a constant: whole values and arrays.

use io_core::{IoStruct, prelude::*};
use zerocopy::{FromBytes, Immutable, IntoBytes};

use crate::{
    accesses::Kind::{Load, Store},
    rules::each_byte_once,
    touches::{Room, touches},
};

#[derive(Clone, Copy, Debug, PartialEq, IoStruct, FromBytes, IntoBytes, Immutable)]
#[repr(C)]
struct Desc {
    address: u64,
    len: u32,
    flags: u16,
    next: u16,
}

/// The private value can be at any address, so only the shared side is checked.
macro_rules! whole_values {
    ($($value:ty),+) => {$({
        const LEN: usize = size_of::<$value>();
        let room = Room::new(LEN + 64);
        for offset in [0, 1, 31].map(|n| n / align_of::<$value>() * align_of::<$value>()) {
            let place = room.place(offset, LEN).put(0x5a);
            // SAFETY: the test owns the memory, which is aligned for the type.
            let view = unsafe { SysMem::<$value>::new(place.ptr().cast()) };
            let expected = <$value>::read_from_bytes(place.slice()).expect("as long");

            let mut found = None;
            let [loads] = touches([place], || found = Some(view.copy_read())).expect("known");
            assert_eq!(each_byte_once(&loads, LEN, Load), Ok(()), "{LEN} at {offset}");
            assert!(found == Some(expected), "{LEN} at {offset}");

            place.put(0xa5);
            let [stores] = touches([place], || view.copy_write(expected)).expect("known");
            assert_eq!(each_byte_once(&stores, LEN, Store), Ok(()), "{LEN} at {offset}");
            assert_eq!(place.bytes(), expected.as_bytes(), "{LEN} at {offset}");

            let [stores] = touches([place], || view.fill(0x3c)).expect("known");
            assert_eq!(each_byte_once(&stores, LEN, Store), Ok(()), "{LEN} at {offset}");
            assert_eq!(place.bytes(), [0x3c; LEN], "{LEN} at {offset}");
        }
    })+};
}

#[test]
fn copies_of_arrays_access_each_byte_once() {
    whole_values!([u8; 0], [u8; 1], [u8; 2], [u8; 3], [u8; 5], [u8; 7], [u8; 8], [u8; 12]);
    whole_values!([u8; 15], [u8; 24], [u8; 31], [u8; 33], [u8; 47], [u8; 63], [u8; 64], [u8; 65]);
    whole_values!([u8; 100], [u8; 127], [u8; 128], [u8; 255], [u8; 300], [u8; 4096]);
}

#[test]
fn copies_of_words_and_structs_access_each_byte_once() {
    whole_values!(u16, u32, u64, [u16; 3], [u32; 5], [u64; 9], Desc, [Desc; 3]);
}
