//! Row: evaluation order. `io` is evaluated first, then the indices from left to right with their
//! `?`, then the value; each exactly once. The access is last.

use core::cell::RefCell;

use io_core::{OutOfBound, prelude::*};

use super::{Regs, regs};
use crate::support::{
    logger::{Access::W, Bench, fresh, log},
    panics::message_of,
};

/// Records the expressions that were evaluated.
#[derive(Default)]
struct Trail(RefCell<Vec<&'static str>>);

impl Trail {
    fn mark<T>(&self, name: &'static str, value: T) -> T {
        self.0.borrow_mut().push(name);
        value
    }

    fn take(&self) -> Vec<&'static str> {
        self.0.take()
    }
}

#[test]
fn io_indices_and_value_are_evaluated_in_order() -> Result<(), OutOfBound> {
    let (dev, t) = (regs(), Trail::default());
    io_write!(
        t.mark("io", &dev),
        .chan[try: t.mark("i", 1)].data[panic: t.mark("j", 2)],
        t.mark("value", 7)
    );
    assert_eq!(t.take(), ["io", "i", "j", "value"]);
    assert_eq!(log(&dev), [W(0x2c, 16, 7)]);
    io_read!(t.mark("io", &dev), .grid[panic: t.mark("i", 1)][try: t.mark("j", 3)]);
    assert_eq!(t.take(), ["io", "i", "j"]);
    assert_eq!(log(&dev), [fresh(0x6e, 16)]);
    io_project!(t.mark("io", &dev), .grid[try: t.mark("i", 1)][try: t.mark("j", 3)]);
    assert_eq!(t.take(), ["io", "i", "j"]);
    io_update!(
        t.mark("io", &dev),
        .chan[panic: t.mark("i", 0)].data[panic: t.mark("j", 0)],
        t.mark("closure", |v| t.mark("run", v + 1))
    );
    assert_eq!(t.take(), ["io", "i", "j", "closure", "run"]);
    assert_eq!(log(&dev), [fresh(0x18, 16), W(0x18, 16, 0x1919)]);
    Ok(())
}

/// Writes `7` at the indices `i` and `j`, and returns the result.
fn write(t: &Trail, dev: &Bench<Regs>, i: usize, j: usize) -> Result<(), OutOfBound> {
    io_write!(
        t.mark("io", dev),
        .chan[try: t.mark("i", i)].data[try: t.mark("j", j)],
        t.mark("value", 7)
    );
    t.mark("after", Ok(()))
}

#[test]
fn nothing_is_evaluated_after_an_index_error() {
    let (dev, t) = (regs(), Trail::default());
    assert_eq!(write(&t, &dev, 4, 9), Err(OutOfBound { start: 4, end: 5, len: 4 }));
    assert_eq!(t.take(), ["io", "i"]);
    assert_eq!(write(&t, &dev, 3, 4), Err(OutOfBound { start: 4, end: 5, len: 4 }));
    assert_eq!(t.take(), ["io", "i", "j"]);
    assert_eq!(log(&dev), []);
    assert_eq!(write(&t, &dev, 3, 3), Ok(()));
    assert_eq!(t.take(), ["io", "i", "j", "value", "after"]);
    assert_eq!(log(&dev), [W(0x4e, 16, 7)]);
}

#[test]
fn nothing_is_evaluated_after_an_index_panic() {
    let (dev, t) = (regs(), Trail::default());
    let message = message_of(|| {
        io_write!(
            t.mark("io", &dev),
            .grid[panic: t.mark("i", 2)][panic: t.mark("j", 0)],
            t.mark("value", 7)
        );
    });
    assert_eq!(message, "index out of bounds: the len is 2 but the index is 2");
    assert_eq!(t.take(), ["io", "i"]);
    assert_eq!(log(&dev), []);
}

#[test]
fn a_value_that_returns_prevents_the_write() {
    fn write(dev: &Bench<Regs>, value: Result<u32, u8>) -> Result<(), u8> {
        io_write!(dev, .word, value?);
        Ok(())
    }
    let dev = regs();
    assert_eq!(write(&dev, Err(3)), Err(3));
    assert_eq!(log(&dev), []);
    assert_eq!(write(&dev, Ok(4)), Ok(()));
    assert_eq!(log(&dev), [W(0x4, 32, 4)]);
}

#[test]
fn the_value_refers_only_to_the_callers_names() {
    let (dev, __p, p) = (regs(), 5_usize, 6_usize);
    io_write!(&dev, .bytes[panic: __p], p as u8);
    io_write!(&dev, .bytes[panic: p], __p as u8);
    assert_eq!(log(&dev), [W(0xd, 8, 6), W(0xe, 8, 5)]);
}

#[test]
fn a_temporary_owner_lives_until_the_access() {
    struct Holder<'a>(&'a Bench<Regs>, &'a Trail);
    impl Drop for Holder<'_> {
        fn drop(&mut self) {
            self.1.mark("drop", ());
        }
    }
    let (dev, t) = (regs(), Trail::default());
    io_write!(Holder(&dev, &t).0, .byte, t.mark("value", 1));
    assert_eq!(t.take(), ["value", "drop"]);
    assert_eq!(log(&dev), [W(0x7a, 8, 1)]);
}
