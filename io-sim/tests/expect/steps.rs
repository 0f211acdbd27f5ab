//! Each kind of step: the operation that it expects and the value that it returns.

use core::time::Duration;

use io_core::{barrier::Barrier, prelude::*};
use io_sim::{AccessEvent, Diagnosis, Expect, Operation, SimClock, field};

use crate::{Dma, Mode};

#[test]
fn each_step_is_one_access() {
    let mut dma = Expect::<Dma>::new();
    dma.read(field!(.id), 0x11).write(field!(.ctrl), 0x3).read(field!(.irq), 0x9);
    dma.write(field!(.irq), 0x8).write(field!(.bell), 0x102).write(field!(.byte), 5);
    dma.write(field!(.wide), 0x0102_0304_0506_0708);
    for kind in [Barrier::Mb, Barrier::DmaWmb] {
        dma.barrier(kind);
    }
    let mut runs = 0;
    dma.verify(|dev| {
        assert_eq!(io_read!(dev, .id), 0x11);
        io_write!(dev, .ctrl, 0x3);
        assert_eq!(io_read!(dev, .irq), 0x9);
        io_project!(dev, .irq).clear_bits(8);
        io_write!(dev, .bell, 0x102);
        io_write!(dev, .byte, 5);
        io_write!(dev, .wide, 0x0102_0304_0506_0708);
        dev.mb();
        dev.dma_wmb();
        runs += 1;
    });
    // Nothing is random, so there is one run instead of eight.
    assert_eq!(runs, 1);
}

#[test]
fn display_lists_the_steps() {
    let mut dma = Expect::<Dma>::seeded(3);
    dma.write(field!(.bell), 0x102).write_masked(field!(.ctrl), 0xf0, 0xa5);
    dma.write(field!(.chan[1].addr), 0x1_0000_1000).barrier(Barrier::Rmb);
    dma.read_bits(field!(.byte), 0xff, 0x7);
    assert_eq!(
        dma.to_string(),
        "\
WR bell 16 <- 0x0102
WR ctrl 32 <- 0x000000a0 (only 0x000000f0)
WR chan[1].addr.lo 32 <- 0x00001000
WR chan[1].addr.hi 32 <- 0x00000001
BARRIER rmb
RD byte 8 -> 0x07"
    );
    assert_eq!(format!("{dma:?}"), "Expect(6 steps)");
}

#[test]
fn an_empty_list_expects_no_access() {
    Expect::<Dma>::default().verify(|_| ());
    let mismatch = Expect::<Dma>::new().check(|dev| _ = io_read!(dev, .id)).unwrap_err();
    assert_eq!((mismatch.diagnosis(), mismatch.expected()), (Diagnosis::Extra, None));
}

#[test]
fn halves_are_two_accesses_in_their_order() {
    let mut dma = Expect::<Dma>::new();
    // The high half of the big-endian stamp is at the lower address and is read first.
    dma.read(field!(.chan[0].stamp), 0x1122_3344_5566_7788);
    dma.read_number(field!(.chan[0].stamp), 0x99aa_bbcc_ddee_ff00);
    dma.write(field!(.chan[0].addr), 0x1122_3344_5566_7788);
    dma.read_number(field!(.chan[0].addr), 0x99aa_bbcc_ddee_ff00);
    assert_eq!(
        dma.to_string(),
        "\
RD chan[0].stamp.hi 32 -> 0x11223344
RD chan[0].stamp.lo 32 -> 0x55667788
RD chan[0].stamp.hi 32 -> 0x99aabbcc
RD chan[0].stamp.lo 32 -> 0xddeeff00
WR chan[0].addr.lo 32 <- 0x55667788
WR chan[0].addr.hi 32 <- 0x11223344
RD chan[0].addr.lo 32 -> 0xddeeff00
RD chan[0].addr.hi 32 -> 0x99aabbcc"
    );
    dma.verify(|dev| {
        assert_eq!(io_read!(dev, .chan[0].stamp), 0x1122_3344_5566_7788);
        assert_eq!(io_read!(dev, .chan[0].stamp), 0x99aa_bbcc_ddee_ff00);
        io_write!(dev, .chan[0].addr, 0x1122_3344_5566_7788);
        assert_eq!(io_read!(dev, .chan[0].addr), 0x99aa_bbcc_ddee_ff00);
    });
}

#[test]
fn read_number_answers_with_undefined_values() {
    let mut dma = Expect::<Dma>::new();
    dma.read(field!(.mode), Mode::On)
        .read_number(field!(.mode), 0x77)
        .write(field!(.mode), Mode::Off);
    dma.verify(|dev| {
        assert_eq!(io_read!(dev, .mode), Ok(Mode::On));
        assert_eq!(io_read!(dev, .mode).unwrap_err().raw(), 0x77);
        io_write!(dev, .mode, Mode::Off);
    });
}

#[test]
fn a_poll_step_answers_several_reads() {
    let mut dma = Expect::<Dma>::new();
    dma.poll(field!(.stat), 3, 0x80, 0x1);
    let wait = |limit| {
        let mut result = None;
        let checked = dma.check(|dev| {
            let limit = Poll::within(Duration::from_micros(limit));
            result =
                Some(io_project!(dev, .stat).poll(&SimClock::new(), limit, |v| v & 1 == 1).is_ok());
        });
        (result, checked.map_err(|mismatch| mismatch.diagnosis()))
    };
    assert_eq!(wait(100), (Some(true), Ok(())));
    let (result, checked) = wait(1);
    assert_eq!((result, checked), (Some(false), Err(Diagnosis::Missing)));
}

#[test]
fn masked_writes_compare_only_their_bits() {
    let mut dma = Expect::<Dma>::new();
    dma.write_masked(field!(.bell), 0xff00, 0x1200);
    for low in [0, 0xff] {
        dma.verify(|dev| io_write!(dev, .bell, 0x1200 | low));
    }
    let mismatch = dma.check(|dev| io_write!(dev, .bell, 0x1300)).unwrap_err();
    assert_eq!(mismatch.diagnosis(), Diagnosis::WrongValue);
    let Some(Operation::Access(AccessEvent { addr, write: true, value: 0x1300, .. })) =
        mismatch.happened()
    else {
        panic!("{mismatch}")
    };
    assert_eq!((addr.offset, addr.to_string().as_str()), (0x10, ".bell"));
}
