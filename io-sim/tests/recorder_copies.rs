//! The recorder: copies and fills.

mod support;

use io_core::{Width, prelude::*};
use io_sim::{Entry, Event, Recorder, Simulated};
use zerocopy::{FromBytes, Immutable, IntoBytes};

use support::Logger;

#[derive(IoStruct)]
#[repr(C)]
struct Edu {
    words: [Le<u32>; 12],
    buf: [u8; 32],
}

#[derive(IoStruct, FromBytes, IntoBytes, Immutable, Clone, Copy, Default)]
#[repr(C)]
struct Pair {
    words: [Le<u32>; 2],
    long: Le<u64>,
}

#[derive(IoStruct, FromBytes)]
#[repr(C)]
struct Outer {
    head: Pair8,
    pairs: [Pair; 2],
    tail: [u8; 4],
    rest: [u8; 4],
    none: [[u32; 0]; 2],
}

#[derive(IoStruct, FromBytes)]
#[repr(C)]
struct Pair8 {
    only: Le<u64>,
}

fn edu() -> Simulated<Edu, Logger> {
    Simulated::new(Logger::new([0; size_of::<Edu>()]))
}

fn lines(recorder: &Recorder) -> Vec<String> {
    recorder.entries().iter().map(Entry::to_string).collect()
}

#[test]
fn copies_are_recorded_with_their_bytes() {
    let (dev, recorder) = (edu(), Recorder::new());
    let edu = recorder.record("edu", &dev);
    let buf = io_project!(edu, .buf);
    let mut bytes = [0; 16];
    io_project!(edu, .buf[build: 0..16])
        .copy_from_slice(&core::array::from_fn::<u8, 16, _>(|i| i as u8));
    io_project!(edu, .buf[build: 0..16]).copy_to_slice(&mut bytes);
    assert_eq!(bytes[15], 15);
    io_project!(edu, .buf[build: 20..22]).try_copy_from_slice_as::<u16>(&[7, 8]).unwrap();
    buf.fill(0xa5);
    buf.try_copy_to_slice(&mut [0; 32]).unwrap();
    io_project!(edu, .buf[panic: 4..4]).fill(1);
    assert_eq!(
        lines(&recorder),
        [
            "CW edu.buf[0] 16 bytes by 8 <- 00 01 02 03 04 05 06 07 08 09 0a 0b 0c 0d 0e 0f",
            "CR edu.buf[0] 16 bytes by 8 -> 00 01 02 03 04 05 06 07 08 09 0a 0b 0c 0d 0e 0f",
            "CW edu.buf[20] 2 bytes by 16 <- 07 08",
            "CW edu.buf 32 bytes by 8 <- a5 a5 a5 a5 a5 a5 a5 a5 a5 a5 a5 a5 a5 a5 a5 a5 …",
            "CR edu.buf 32 bytes by 8 -> a5 a5 a5 a5 a5 a5 a5 a5 a5 a5 a5 a5 a5 a5 a5 a5 …",
            "CW edu.buf[4] 0 bytes by 8",
        ]
    );
    let Event::Copy { len: 32, width: Some(Width::W8), write: true, bytes, error: None, .. } =
        &recorder.entries()[3].event
    else {
        panic!("no copy");
    };
    assert_eq!(*bytes, [0xa5; 32]);
}

#[test]
fn copies_are_recorded_with_their_paths() {
    let (dev, recorder) =
        (Simulated::<Outer, _>::new(Logger::new([0; size_of::<Outer>()])), Recorder::new());
    let outer = recorder.record("outer", &dev);
    io_project!(outer, .pairs[1]).copy_read();
    io_project!(outer, .pairs).try_copy_to_slice(&mut [Pair::default(); 2]).unwrap();
    io_project!(outer, .pairs[1].words[0]).copy_write(0.into());
    io_project!(outer, .pairs[build: 1..]).copy_from_slice(&[Pair::default()]);
    outer.copy_read();
    let bytes = recorder.record_region("bytes", io_project!(&dev, .tail));
    bytes.copy_read();
    io_project!(outer, .none).fill(0);
    let names = lines(&recorder).into_iter();
    let names: Vec<_> = names.map(|line| line.split(" -> ").next().unwrap().to_string()).collect();
    assert_eq!(
        names,
        [
            "CR outer.pairs[1].words 8 bytes by 32",
            "CR outer.pairs[1].long 8 bytes by 64",
            "CR outer.pairs[0].words 8 bytes by 32",
            "CR outer.pairs[0].long 8 bytes by 64",
            "CR outer.pairs[1].words 8 bytes by 32",
            "CR outer.pairs[1].long 8 bytes by 64",
            "CW outer.pairs[1].words[0] 4 bytes by 32 <- 00 00 00 00",
            "CW outer.pairs[1].words 8 bytes by 32 <- 00 00 00 00 00 00 00 00",
            "CW outer.pairs[1].long 8 bytes by 64 <- 00 00 00 00 00 00 00 00",
            "CR outer.head 8 bytes by 64",
            "CR outer.pairs[0].words 8 bytes by 32",
            "CR outer.pairs[0].long 8 bytes by 64",
            "CR outer.pairs[1].words 8 bytes by 32",
            "CR outer.pairs[1].long 8 bytes by 64",
            "CR outer.tail 8 bytes by 8",
            "CR bytes+0x0 4 bytes by 8",
        ]
    );
}

#[test]
fn a_failed_copy_is_recorded_with_its_error() {
    let (dev, recorder) = (edu(), Recorder::new());
    let buf = io_project!(recorder.record("edu", &dev), .buf[build: 1..4]);
    buf.try_copy_to_slice_as::<u32>(&mut [0; 3]).unwrap_err();
    assert_eq!(
        recorder.to_string(),
        "CR edu.buf[1] 3 bytes by 32 !! address 0x31 and size 0x3 must be multiples of 4 for \
         32-bit accesses"
    );
}
