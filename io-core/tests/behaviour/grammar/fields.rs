//! Rows: `.ident`, `.N` (tuple), and the three operations on them.
//!
//! | row | test |
//! |---|---|
//! | `io_read!(io, .ident)` | `a_read_is_one_load_of_the_width` |
//! | `io_write!(io, .ident, value)` | `a_write_is_one_store_of_the_width` |
//! | `io_update!` (not in the kernel) | `an_update_is_a_load_and_a_store` |
//! | `io_project!(io, .ident)` | `a_projection_accesses_nothing` |
//! | `.N`, `.N.M` | `tuple_fields_are_accessed_by_number` |

use io_core::prelude::*;
use io_sim::{SimBackend, SimView};

use super::{Chan, Regs, regs, seen};
use crate::support::logger::{
    Access::{R, W},
    Bench, at, bench, fresh, log,
};

#[test]
fn a_read_is_one_load_of_the_width() {
    let dev = regs();
    assert_eq!(io_read!(&dev, .byte), 0x7a);
    assert_eq!(io_read!(&dev, .half), 0x7978);
    assert_eq!(io_read!(&dev, .word), 0x0706_0504);
    assert_eq!(io_read!(&dev, .long), 0x7776_7574_7372_7170);
    assert_eq!(io_read!(&dev, .number), 0x7c7d_7e7f);
    assert_eq!(
        log(&dev),
        [fresh(0x7a, 8), fresh(0x78, 16), fresh(0x4, 32), fresh(0x70, 64), fresh(0x7c, 32)]
    );
}

#[test]
fn a_write_is_one_store_of_the_width() {
    let accesses = seen(|dev| {
        io_write!(dev, .byte, 0xa1);
        io_write!(dev, .half, 0xb1b2);
        io_write!(dev, .word, 0xc1c2_c3c4);
        io_write!(dev, .long, 0xd1d2_d3d4_d5d6_d7d8);
        io_write!(dev, .number, 0xe1e2_e3e4);
    });
    assert_eq!(
        accesses,
        [
            W(0x7a, 8, 0xa1),
            W(0x78, 16, 0xb1b2),
            W(0x4, 32, 0xc1c2_c3c4),
            W(0x70, 64, 0xd1d2_d3d4_d5d6_d7d8),
            // Most significant byte first, on a little-endian bus.
            W(0x7c, 32, 0xe4e3_e2e1),
        ]
    );
}

#[test]
fn an_update_is_a_load_and_a_store() {
    let accesses = seen(|dev| {
        io_update!(dev, .word, |v| v | 0x8000_0000);
        io_update!(dev, .chan[1].ctrl, |v| {
            assert_eq!(u64::from(v), at(0x20, 32));
            0
        });
    });
    assert_eq!(
        accesses,
        [fresh(0x4, 32), W(0x4, 32, 0x8706_0504), fresh(0x20, 32), W(0x20, 32, 0)]
    );
}

#[test]
fn a_projection_accesses_nothing() {
    let dev = regs();
    let (chan, word) = (io_project!(&dev, .chan[3]), io_project!(&dev, .word));
    assert_eq!(log(&dev), []);
    assert_eq!((chan.size(), word.size()), (0x10, 4));
    // A projection is a view: it can be read, and projected again.
    assert_eq!(u64::from(word.read_val()), at(0x4, 32));
    assert_eq!(u64::from(io_read!(chan, .count)), at(0x44, 32));
    assert_eq!(log(&dev), [fresh(0x4, 32), fresh(0x44, 32)]);
}

#[test]
fn tuple_fields_are_accessed_by_number() {
    let accesses = seen(|dev| {
        let tuple = io_project!(dev, .tuple);
        assert_eq!(u64::from(io_read!(tuple, .0)), at(0x50, 32));
        // One float literal for the lexer, two steps for the library.
        assert_eq!(u64::from(io_read!(tuple, .1.0)), at(0x54, 16));
        assert_eq!(u64::from(io_read!(dev, .tuple.1.1)), at(0x56, 16));
        assert_eq!(u64::from(io_read!(dev, .tuple .1 .1)), at(0x56, 16));
        io_write!(tuple, .2[1].0, 7);
        io_write!(tuple, .1.0, 8);
    });
    assert_eq!(
        accesses,
        [
            fresh(0x50, 32),
            fresh(0x54, 16),
            fresh(0x56, 16),
            fresh(0x56, 16),
            W(0x5c, 16, 7),
            W(0x54, 16, 8),
        ]
    );
}

#[test]
fn nested_tuple_fields_are_accessed_by_number() {
    #[derive(IoStruct)]
    #[repr(C)]
    struct FieldRef(u8, u8);
    #[derive(IoStruct)]
    #[repr(C)]
    struct Middle(u8, FieldRef);
    #[derive(IoStruct)]
    #[repr(C)]
    struct Top(u8, Middle);

    let dev = bench::<Top>();
    assert_eq!(io_read!(&dev, .1.1.1), 3);
    assert_eq!(io_read!(&dev, .1.1.0), 2);
    assert_eq!(io_read!(&dev, .1.0), 1);
    assert_eq!(io_read!(&dev, .0), 0);
    assert_eq!(log(&dev), [R(3, 8, 3), R(2, 8, 2), R(1, 8, 1), R(0, 8, 0)]);
}

#[test]
fn raw_identifiers_are_field_names() {
    assert_eq!(seen(|dev| assert_eq!(io_read!(dev, .r#type), 0x7b)), [fresh(0x7b, 8)]);
}

#[test]
fn every_base_is_accepted_as_the_io_argument() {
    struct Holder<'a> {
        dev: &'a Bench<Regs>,
    }
    let dev = regs();
    let holder = Holder { dev: &dev };
    let make = || holder.dev;
    for byte in [
        io_read!(&dev, .byte),
        io_read!(holder.dev, .byte),
        io_read!(make(), .byte),
        io_read!(dev.as_view(), .byte),
        io_read!([&dev][0], .byte),
        io_read!(if true { &dev } else { unreachable!() }, .byte),
    ] {
        assert_eq!(byte, 0x7a);
    }
    assert_eq!(log(&dev), [fresh(0x7a, 8); 6]);
}

#[test]
fn a_projection_may_outlive_its_base_view() {
    fn last_channel<'a>(
        dev: impl Io<'a, Target = Regs, Backend = SimBackend>,
    ) -> SimView<'a, Chan> {
        let copy = dev;
        io_project!(copy, .chan[3])
    }
    let dev = regs();
    let chan = last_channel(&dev);
    io_write!(chan, .ctrl, 1);
    assert_eq!(log(&dev), [W(0x40, 32, 1)]);
}
