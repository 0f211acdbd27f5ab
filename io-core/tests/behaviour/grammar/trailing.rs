//! Row: a trailing comma after the last argument of every macro, and the `io_try_*` forms, which
//! return a `Result` where accesses cannot fail.

use io_core::prelude::*;

use super::{regs, seen};
use crate::support::logger::{Access::W, fresh, log};

#[test]
fn trailing_commas_are_accepted() {
    let accesses = seen(|dev| {
        io_project!(dev, .word,).read_val();
        io_read!(dev, .word,);
        io_write!(dev, .word, 1,);
        io_update!(dev, .chan[1].ctrl, |v| v,);
        io_try_read!(dev, .half,).unwrap();
        io_try_write!(dev, .half, 2,).unwrap();
        io_try_update!(dev, .byte, |v| v,).unwrap();
    });
    assert_eq!(
        accesses,
        [
            fresh(0x4, 32),
            fresh(0x4, 32),
            W(0x4, 32, 1),
            fresh(0x20, 32),
            W(0x20, 32, 0x2322_2120),
            fresh(0x78, 16),
            W(0x78, 16, 2),
            fresh(0x7a, 8),
            W(0x7a, 8, 0x7a),
        ]
    );
}

#[test]
fn try_forms_always_return_a_result() {
    let dev = regs();
    assert_eq!(io_try_read!(&dev, .chan[2].count), Ok(0x3736_3534));
    assert_eq!(io_try_write!(&dev, .tuple.1.0, 0xabcd), Ok(()));
    assert_eq!(io_try_update!(&dev, .bytes[panic: 1], |v| v ^ 0xff), Ok(()));
    assert_eq!(log(&dev), [fresh(0x34, 32), W(0x54, 16, 0xabcd), fresh(0x9, 8), W(0x9, 8, 0xf6)]);
}

#[test]
fn values_may_contain_commas() {
    let accesses = seen(|dev| {
        io_write!(dev, .word, u32::max(3, 4));
        io_write!(dev, .half, { let [a, b] = [1, 2]; a + b });
        io_write!(dev, .bytes[panic: usize::min(9, 6)], "a,b".len() as u8);
        io_update!(dev, .byte, |v: u8| [v, 0x11][1]);
    });
    assert_eq!(
        accesses,
        [W(0x4, 32, 4), W(0x78, 16, 3), W(0xe, 8, 3), fresh(0x7a, 8), W(0x7a, 8, 0x11)]
    );
}
