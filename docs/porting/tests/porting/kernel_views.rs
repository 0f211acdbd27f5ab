use io_core::prelude::*;
use io_porting::{
    kernel,
    kernel_views::{after, before},
};
use io_sim::{Recorder, assert_trace};

use crate::run::same;

/// The offset of the registers; the queue is at the start.
const REGISTERS: usize = 0x50;

/// A queue with one message, at index 3, and the registers.
fn memory() -> [u32; 28] {
    let mut words = [0; 28];
    words[14..18].copy_from_slice(&[0x77, 0, 0x1234, 0x5678]);
    words
}

fn pop_before(base: *mut u8, position: u32) -> Option<Option<(u32, u64)>> {
    // SAFETY: the queue is at the start of the memory.
    let queue = unsafe { kernel::CoherentView::new(base.cast()) };
    // SAFETY: the registers follow.
    let bar = unsafe { kernel::Mmio::new(base.wrapping_add(REGISTERS).cast()) };
    before::pop(queue, bar, position).ok()
}

fn views<'a>(base: *mut u8) -> (SysMem<'a, after::Queue>, Mmio<'a, after::Registers>) {
    // SAFETY: the queue is at the start of the memory.
    let queue = unsafe { SysMem::new(base.cast()) };
    let registers = MmioRaw::from_ptr(base.wrapping_add(REGISTERS).cast());
    // SAFETY: the registers follow.
    (queue, unsafe { Mmio::from_raw(registers) })
}

#[test]
fn a_message_is_taken() {
    for (position, expected) in [
        (3, Some(Some((0x77, 0x5678_0000_1234)))),
        // Empty, and out of range.
        (0, Some(None)),
        (4, None),
    ] {
        let (message, words) = same(
            &memory(),
            |base| pop_before(base, position),
            |base| {
                let (queue, bar) = views(base);
                after::pop(queue, bar, position).ok()
            },
        );
        assert_eq!(message, expected);
        assert_eq!(words, memory(), "the read pointer wraps to 0");
    }
}

#[test]
fn the_barrier_is_recorded() {
    let mut words = memory();
    let (queue, bar) = views(words.as_mut_ptr().cast());
    let recorder = Recorder::new();
    let message =
        after::pop(recorder.record("queue", queue), recorder.record("bar", bar), 3).unwrap();
    assert_eq!(message, Some((0x77, 0x5678_0000_1234)));
    assert_trace!(
        recorder,
        "RD queue.write_pointer 32 -> 0x00000000
         BARRIER dma_rmb
         RD queue.entries[3].command 32 -> 0x00000077
         RD queue.entries[3].argument 64 -> 0x0000567800001234
         WR bar.read_pointer 32 <- 0x00000000"
    );
}
