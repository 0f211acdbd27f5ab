//! The accesses, logged by a recorder around the backend: the same calls result in the same
//! accesses, in the same order, over every backend.

use io_core::{backend::IoCopyable, prelude::*};
use io_sim::Event;

use super::{Bar, Bench, Block};
use crate::support::Bus;

pub(super) fn every_backend_makes_the_same_accesses<'a>(
    bar: impl Io<'a, Target = Bar, Backend: Bus>,
    bench: &'a Bench,
) {
    let recorder = &bench.recorder;
    let io = recorder.record("block", bar.cast::<Block>());
    bench.put(0, &[0; super::SIZE]);
    bench.put(0x4, &7_u32.to_ne_bytes());
    bench.put(0x34, &[5, 0, 0, 0]);

    io_write!(io, .byte, 1);
    io_write!(io, .be16, 0x0203);
    io_update!(io, .word, |v| v + 1);
    io_project!(io, .pending).clear_bits(io_read!(io, .pending));
    for (i, chan) in io_project!(io, .chan).iter().enumerate() {
        io_write!(chan, .pair.0, i as u16);
    }
    io_project!(io, .le32).write_flush(0xffff_ffff);
    assert!(io_project!(io, .le32).is_gone());
    io.dma_wmb();
    io_project!(io, .bytes[build: 1..4]).copy_from_slice(&[1, 2, 3]);
    io_project!(io, .pairs[2]).copy_read();
    io_project!(io, .pairs[0]).fill(9);
    io_project!(io, .bytes[build: 2..4]).try_copy_to_slice_as::<u16>(&mut [0; 2]).unwrap();

    // The copies of a device access each field by its own width.
    let is_device = is_device(io_project!(io, .bytes[build: ..]));
    let (copies, at) = if is_device {
        (BY_FIELDS, &[0x61, 0x74, 0x76, 0x6c, 0x6e, 0x62][..])
    } else {
        (BYTEWISE, &[0x61, 0x74, 0x6c, 0x62][..])
    };
    // The backend determines whether an access is relaxed.
    assert_eq!(recorder.to_string().replace(" relaxed", ""), format!("{ACCESSES}{copies}"));
    let offsets: Vec<usize> = recorder
        .entries()
        .iter()
        .filter(|entry| !matches!(entry.event, Event::Barrier { .. }))
        .map(|entry| entry.event.addr().offset)
        .collect();
    let accesses = [0, 0x12, 4, 4, 0x34, 0x34, 0x44, 0x50, 0x5c, 0x14, 0x14];
    assert_eq!(offsets, [&accesses, at].concat());

    bench.expect(0x0, &[1]);
    bench.expect(0x4, &8_u32.to_ne_bytes());
    bench.expect(0x12, &[2, 3]);
    bench.expect(0x14, &[0xff; 4]);
    bench.expect(0x50, &[1, 0]);
    bench.expect(0x5c, &[2, 0]);
    bench.expect(0x61, &[1, 2, 3]);
    bench.changed(0x6c, &[9; 4]);
}

fn is_device<'a, I: IoBase<'a, Target = [u8], Backend: IoCopyable>>(io: I) -> bool {
    I::Backend::is_device(io.as_view())
}

const ACCESSES: &str = "\
WR block.byte 8 <- 0x01
WR block.be16 16 <- 0x0203
RD block.word 32 -> 0x00000007
WR block.word 32 <- 0x00000008
RD block.pending 32 -> 0x00000005
WR block.pending 32 <- 0x00000005
WR block.chan[0].pair.0 16 <- 0x0000
WR block.chan[1].pair.0 16 <- 0x0001
WR block.chan[2].pair.0 16 <- 0x0002
WR block.le32 32 <- 0xffffffff
RD block.le32 32 -> 0xffffffff (x2)
BARRIER dma_wmb
";

const BYTEWISE: &str = "\
CW block.bytes[1] 3 bytes <- 01 02 03
CR block.pairs[2] 4 bytes -> 00 00 00 00
CW block.pairs[0] 4 bytes <- 09 09 09 09
CR block.bytes[2] 2 bytes by 16 -> 02 03";

const BY_FIELDS: &str = "\
CW block.bytes[1] 3 bytes by 8 <- 01 02 03
CR block.pairs[2].0 2 bytes by 16 -> 00 00
CR block.pairs[2].1 2 bytes by 8 -> 00 00
CW block.pairs[0].0 2 bytes by 16 <- 09 09
CW block.pairs[0].1 2 bytes by 8 <- 09 09
CR block.bytes[2] 2 bytes by 16 -> 02 03";
