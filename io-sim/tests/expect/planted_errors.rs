//! Planted errors: for each, a correct driver and an incorrect one.

use io_core::{Region, barrier::Barrier, prelude::*};
use io_sim::{Diagnosis, Expect, SimView, field};

use crate::{Chan, Dma, failure, message};

#[test]
fn bits_lost_in_a_read_modify_write_are_detected() {
    fn keeps<'a>(dma: impl Io<'a, Target = Dma, Backend: Bus32>) {
        io_update!(dma, .ctrl, |ctrl| ctrl & !0xf0 | 0x30);
    }
    fn loses<'a>(dma: impl Io<'a, Target = Dma, Backend: Bus32>) {
        io_update!(dma, .ctrl, |ctrl| ctrl & 0xff00_000f | 0x30);
    }
    let mut dma = Expect::<Dma>::new();
    dma.modify(field!(.ctrl), 0xf0, 0x30);
    dma.verify(|dev| keeps(dev));
    assert_eq!(
        failure(&dma, |dev| loses(dev)),
        "\
Dma: ctrl: bits 0x00ffff00 were 0x001dcd00 and were written as 0x00000000: they must be preserved
(to reproduce the random bits: Expect::seeded(0))
    expected                                    | happened
    RD ctrl 32 -> 0x7b1dcdaf (random)           | RD ctrl 32 -> 0x7b1dcdaf
--> WR ctrl 32 <- 0x7b1dcd3f (keeps 0xffffff0f) | WR ctrl 32 <- 0x7b00003f"
    );
    let diagnosis = dma.check(|dev| loses(dev)).unwrap_err().diagnosis();
    assert_eq!(diagnosis, Diagnosis::LostBits { bits: 0x00ff_ff00 });
}

#[test]
fn halves_written_in_the_wrong_order_are_detected() {
    fn high_last<'a>(dma: impl Io<'a, Target = Dma, Backend: Bus32>) {
        io_write!(dma, .chan[1].addr, 0x1_2345_6000);
    }
    /// A driver that accesses the registers by offset.
    fn high_first(bar: SimView<'_, Region<0x60>>) {
        bar.write_at::<u32>(0x4c, 1_u32.to_le());
        bar.write_at::<u32>(0x48, 0x2345_6000_u32.to_le());
    }
    let mut dma = Expect::<Dma>::new();
    dma.write(field!(.chan[1].addr), 0x1_2345_6000);
    dma.verify(|dev| high_last(dev));
    assert_eq!(
        message(|| dma.verify_region(high_first).unwrap()),
        "\
Dma: wrong order of halves: chan[1].addr.hi is written first, chan[1].addr.lo must be
    expected                            | happened
--> WR chan[1].addr.lo 32 <- 0x23456000 |
    WR chan[1].addr.hi 32 <- 0x00000001 | WR chan[1].addr.hi 32 <- 0x00000001
                                        | WR chan[1].addr.lo 32 <- 0x23456000"
    );
}

#[test]
fn halves_read_in_the_wrong_order_are_detected() {
    fn high_first<'a>(dma: impl Io<'a, Target = Dma, Backend: Bus32>) -> u64 {
        io_read!(dma, .chan[0].stamp)
    }
    fn low_first(bar: SimView<'_, Region<0x60>>) -> u64 {
        let low = u32::from_be(bar.read_at::<u32>(0x34));
        u64::from(u32::from_be(bar.read_at::<u32>(0x30))) << 32 | u64::from(low)
    }
    let mut dma = Expect::<Dma>::new();
    dma.read(field!(.chan[0].stamp), 0x1_0000_0002);
    dma.verify(|dev| assert_eq!(high_first(dev), 0x1_0000_0002));
    // Both drivers read the same number while the clock does not advance.
    let wrong = |bar: SimView<'_, Region<0x60>>| assert_eq!(low_first(bar), 0x1_0000_0002);
    assert_eq!(
        message(|| dma.verify_region(wrong).unwrap()),
        "\
Dma: wrong order of halves: chan[0].stamp.lo is read first, chan[0].stamp.hi must be
    expected                             | happened
--> RD chan[0].stamp.hi 32 -> 0x00000001 |
    RD chan[0].stamp.lo 32 -> 0x00000002 | RD chan[0].stamp.lo 32 -> 0x00000002
                                         | RD chan[0].stamp.hi 32 -> 0x00000001"
    );
}

#[test]
fn writes_in_the_wrong_order_are_detected() {
    fn bell_last<'a>(dma: impl Io<'a, Target = Dma, Backend: Bus32>) {
        io_write!(dma, .chan[0].ctrl, 0x80);
        io_write!(dma, .bell, 1);
    }
    fn bell_first<'a>(dma: impl Io<'a, Target = Dma, Backend: Bus32>) {
        io_write!(dma, .bell, 1);
        io_write!(dma, .chan[0].ctrl, 0x80);
    }
    let mut dma = Expect::<Dma>::new();
    dma.write(field!(.chan[0].ctrl), 0x80);
    dma.write(field!(.bell), 1);
    dma.verify(|dev| bell_last(dev));
    assert_eq!(
        failure(&dma, |dev| bell_first(dev)),
        "\
Dma: wrong order: the write of 0x0001 to bell comes before the write of 0x00000080 to chan[0].ctrl
    expected                         | happened
--> WR chan[0].ctrl 32 <- 0x00000080 |
    WR bell 16 <- 0x0001             | WR bell 16 <- 0x0001
                                     | WR chan[0].ctrl 32 <- 0x00000080"
    );
}

#[test]
fn channels_at_the_wrong_stride_are_detected() {
    fn by_struct<'a>(dma: impl Io<'a, Target = Dma, Backend: Bus32>) {
        for chan in io_project!(dma, .chan).iter() {
            enable(chan);
        }
    }
    fn enable<'a>(chan: impl Io<'a, Target = Chan, Backend: Bus32>) {
        io_write!(chan, .ctrl, 1);
    }
    fn by_offset(bar: SimView<'_, Region<0x60>>, stride: usize) {
        for i in 0..2 {
            bar.write_at::<u32>(0x20 + i * stride, 1_u32.to_le());
        }
    }
    let mut dma = Expect::<Dma>::new();
    dma.write(field!(.chan[0].ctrl), 1);
    dma.write(field!(.chan[1].ctrl), 1);
    dma.verify(|dev| by_struct(dev));
    dma.verify_region(|bar: SimView<'_, Region<0x60>>| by_offset(bar, 0x20)).unwrap();
    let wrong = |bar: SimView<'_, Region<0x60>>| by_offset(bar, 0x10);
    assert_eq!(message(|| dma.verify_region(wrong).unwrap()), "\
Dma: chan[0].stamp.hi (0x30) is written where chan[1].ctrl (0x40) must be written: 0x10 bytes before it
    expected                         | happened
    WR chan[0].ctrl 32 <- 0x00000001 | WR chan[0].ctrl 32 <- 0x00000001
--> WR chan[1].ctrl 32 <- 0x00000001 | WR chan[0].stamp.hi 32 <- 0x01000000");
}

#[test]
fn a_missing_barrier_is_detected() {
    fn publishes<'a>(dma: impl Io<'a, Target = Dma, Backend: Bus32>) {
        io_write!(dma, .chan[0].addr, 0x1000);
        dma.wmb();
        io_write!(dma, .bell, 1);
    }
    fn omits_barrier<'a>(dma: impl Io<'a, Target = Dma, Backend: Bus32>) {
        io_write!(dma, .chan[0].addr, 0x1000);
        io_write!(dma, .bell, 1);
    }
    let mut dma = Expect::<Dma>::new();
    dma.write(field!(.chan[0].addr), 0x1000);
    dma.barrier(Barrier::Wmb);
    dma.write(field!(.bell), 1);
    dma.verify(|dev| publishes(dev));
    assert_eq!(
        failure(&dma, |dev| omits_barrier(dev)),
        "\
Dma: missing barrier: wmb before the write of 0x0001 to bell
    expected                            | happened
    WR chan[0].addr.lo 32 <- 0x00001000 | WR chan[0].addr.lo 32 <- 0x00001000
    WR chan[0].addr.hi 32 <- 0x00000000 | WR chan[0].addr.hi 32 <- 0x00000000
--> BARRIER wmb                         |
    WR bell 16 <- 0x0001                | WR bell 16 <- 0x0001"
    );
}
