//! Blocks that are larger than the memory of the machine that compiles them: neither the compiler nor
//! a projection needs memory of that size.

use io_core::prelude::*;
use io_sim::{LayoutView, field};

/// The number of words of a window of 8 TiB.
const LEN: usize = 1 << 40;

/// A window between two registers.
#[derive(IoStruct)]
#[repr(C)]
struct Bar {
    ctrl: u32,
    _reserved: Reserved<4>,
    window: [Le<u64>; LEN],
    status: Ro<Le<u32>>,
    mask: Le<u32>,
}

/// The same offsets, with a gap instead of a window, and a block of that size inside.
#[io_struct]
struct Gap {
    ctrl: u32,
    #[io(at = 8 * LEN + 8)]
    status: Ro<Le<u32>>,
    mask: Le<u32>,
    bar: [Bar; 2],
}

/// A window in front of a trailing slice.
#[derive(IoStruct)]
#[repr(C)]
struct Ring {
    window: [Le<u64>; LEN],
    entries: [Le<u32>],
}

#[test]
fn fields_after_a_window_have_their_offsets() {
    let status = LayoutView::of::<Bar>(field!(.status));
    assert_eq!(status.offset(), 8 * LEN + 8);
    assert_eq!(LayoutView::of::<Bar>(field!(.mask)).offset(), 8 * LEN + 12);
    assert_eq!(LayoutView::of::<Gap>(field!(.status)).offset(), status.offset());
    assert_eq!(LayoutView::of::<Gap>(field!(.bar[1].mask)).offset(), 24 * LEN + 16 + 16 + 12);
}

#[test]
fn elements_of_a_window_are_checked() {
    let window = LayoutView::of::<Bar>(field!(.window));
    assert_eq!((window.offset(), window.size()), (8, 8 * LEN));
    assert_eq!(window.get(LEN - 1).map(LayoutView::offset), Some(8 * LEN));
    assert!(window.get(LEN).is_none() && window.get(1..LEN + 1).is_none());
    assert_eq!(LayoutView::of::<Bar>(field!(.window[build: LEN - 1])).offset(), 8 * LEN);
}

/// Compiled, not run: no such device exists here.
#[test]
fn accesses_compile() {
    fn access(bar: Mmio<'_, Bar>, ring: Mmio<'_, Ring>) -> u64 {
        io_write!(bar, .ctrl, 1);
        io_update!(bar, .mask, |mask| mask | 1);
        io_write!(ring, .entries[panic: 3], io_read!(bar, .status));
        io_read!(bar, .window[5]) + io_read!(ring, .window[build: LEN - 1])
    }
    let _: fn(Mmio<'_, Bar>, Mmio<'_, Ring>) -> u64 = access;
}
