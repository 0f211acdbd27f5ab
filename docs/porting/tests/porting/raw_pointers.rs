use io_core::prelude::*;
use io_porting::raw_pointers::{after, before};
use io_sim::{Recorder, assert_trace};

use crate::run::same;

/// The offset of the registers; the ring is at the start.
const REGISTERS: usize = 0x40;

/// The ring and the registers.
fn memory() -> [u32; 24] {
    let mut words = [0; 24];
    // The status of the first two descriptors.
    (words[3], words[7]) = (0x11, 0x22);
    words
}

fn before(base: *mut u8) -> before::Tx {
    // SAFETY: the ring and the registers are in the memory, at these offsets.
    unsafe { before::Tx::new(base.cast(), base.wrapping_add(REGISTERS)) }
}

fn after<'a>(base: *mut u8) -> after::Tx<SysMem<'a, after::Ring>, Mmio<'a, after::Registers>> {
    // SAFETY: the ring is at the start of the memory.
    let ring = unsafe { SysMem::new(base.cast()) };
    let registers = MmioRaw::from_ptr(base.wrapping_add(REGISTERS).cast());
    // SAFETY: the registers follow.
    after::Tx::new(ring, unsafe { Mmio::from_raw(registers) })
}

/// Returns what the device would do with a descriptor.
fn complete(base: *mut u8, slot: usize) {
    let flags = base.wrapping_add(slot * 0x10 + 0x0a).cast::<u16>();
    // SAFETY: the ownership field of a descriptor in the memory.
    unsafe { flags.write_volatile(0) };
}

#[test]
fn a_packet_is_sent_and_completed() {
    let (result, words) = same(
        &memory(),
        |base| {
            let mut tx = before(base);
            let sent = [tx.send(0x1_2345_6789, 60), tx.send(0x4000, 1514)];
            let pending = tx.reap();
            complete(base, 0);
            (sent, pending, tx.reap(), tx.reap())
        },
        |base| {
            let mut tx = after(base);
            let sent =
                [tx.send(DmaAddr::new(0x1_2345_6789), 60), tx.send(DmaAddr::new(0x4000), 1514)];
            let pending = tx.reap();
            complete(base, 0);
            (sent, pending, tx.reap(), tx.reap())
        },
    );
    assert_eq!(result, ([true, true], None, Some(0x11), None));
    assert_eq!(words[..4], [0x2345_6789, 1, 60, 0x11]);
    assert_eq!(words[4..8], [0x4000, 0, 0x8000_05ea, 0x22]);
    assert_eq!(words[REGISTERS / 4 + 4], 1);
}

#[test]
fn a_full_ring_takes_no_packet() {
    let (result, _) = same(
        &memory(),
        |base| {
            let mut tx = before(base);
            [(); 5].map(|()| tx.send(0x4000, 60))
        },
        |base| {
            let mut tx = after(base);
            [(); 5].map(|()| tx.send(DmaAddr::new(0x4000), 60))
        },
    );
    assert_eq!(result, [true, true, true, true, false]);
}

#[test]
fn the_barriers_are_recorded() {
    let mut words = memory();
    let base = words.as_mut_ptr().cast::<u8>();
    // SAFETY: the ring is at the start of the memory.
    let ring = unsafe { SysMem::new(base.cast::<after::Ring>()) };
    let registers = MmioRaw::from_ptr(base.wrapping_add(REGISTERS).cast::<after::Registers>());
    // SAFETY: the registers follow.
    let registers = unsafe { Mmio::from_raw(registers) };
    let recorder = Recorder::new();
    let mut tx = after::Tx::new(recorder.record("ring", ring), recorder.record("nic", registers));
    assert!(tx.send(DmaAddr::new(0x4000), 60));
    complete(base, 0);
    assert_eq!(tx.reap(), Some(0x11));
    assert_trace!(
        recorder,
        "WR ring.slots[0].address 64 <- 0x0000000000004000
         WR ring.slots[0].len 16 <- 0x003c
         BARRIER dma_wmb
         WR ring.slots[0].flags 16 <- 0x8000
         WR nic.doorbell 32 <- 0x00000000
         RD ring.slots[0].flags 16 -> 0x0000
         BARRIER dma_rmb
         RD ring.slots[0].status 32 -> 0x00000011"
    );
}
