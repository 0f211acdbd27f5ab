//! Handing descriptors over: body, barrier, ownership field, and the reverse order for consuming,
//! as logged by the recorder.

use io_core::{A16, CopyError, Error, IoTail, MmioWc, Region, layout::Descriptor as _, prelude::*};
use io_sim::Recorder;
use zerocopy::{FromBytes, Immutable, IntoBytes};

use crate::support::{
    flaky::{Broken, Flaky},
    raw::Raw,
};

/// The ownership field is in the middle.
#[derive(IoStruct, FromBytes, IntoBytes, Immutable, Clone, Copy, PartialEq, Debug)]
#[repr(C)]
struct Descriptor {
    address: Le<u64>,
    len: Le<u16>,
    #[io(own_bit)]
    flags: OwnBit<Le<u16>>,
    vlan: Be<u32>,
}

const DEVICE: u16 = 0x8000;

fn descriptor(flags: u16) -> Descriptor {
    Descriptor {
        address: 0x1122_3344_5566_7788.into(),
        len: 0x40.into(),
        flags: OwnBit::new(flags),
        vlan: 0x0102_0304.into(),
    }
}

const BYTES: [u8; 16] =
    [0x88, 0x77, 0x66, 0x55, 0x44, 0x33, 0x22, 0x11, 0x40, 0, 0x01, 0x80, 1, 2, 3, 4];

fn system<T: IoStruct>(raw: &Raw) -> SysMem<'_, T> {
    // SAFETY: the memory is large enough, aligned, and outlives the view.
    unsafe { SysMem::new(raw.ptr().cast()) }
}

fn lines(recorder: &Recorder) -> Vec<String> {
    recorder.entries().iter().map(ToString::to_string).collect()
}

#[test]
fn publish_writes_body_then_barrier_then_ownership_field() {
    let (raw, recorder) = (Raw::new(16), Recorder::new());
    let ring = recorder.record("desc", system::<Descriptor>(&raw));
    ring.publish(descriptor(DEVICE | 1));
    assert_eq!(raw.bytes(), BYTES);
    let lines = lines(&recorder);
    let kinds: Vec<_> =
        lines.iter().map(|line| line.split(' ').take(2).collect::<Vec<_>>()).collect();
    assert_eq!(lines.len(), 4, "{lines:#?}");
    assert!(lines[0].contains("desc.address"), "{lines:#?}");
    assert!(lines[1].contains("desc.vlan"), "{lines:#?}");
    assert_eq!(lines[2..], ["BARRIER dma_wmb", "WR desc.flags 16 <- 0x8001"], "{kinds:?}");
}

#[test]
fn consume_reads_ownership_field_then_barrier_then_body() {
    let (raw, recorder) = (Raw::new(16), Recorder::new());
    raw.put(0, &BYTES);
    let ring = recorder.record("desc", system::<Descriptor>(&raw));
    let value = ring.consume(|flags| flags & DEVICE != 0).unwrap();
    assert_eq!(value, descriptor(DEVICE | 1));
    let lines = lines(&recorder);
    assert_eq!(lines[..2], ["RD desc.flags 16 -> 0x8001", "BARRIER dma_rmb"]);
    assert_eq!(lines.len(), 4, "{lines:#?}");
    assert!(lines[2].contains("desc.address") && lines[3].contains("desc.vlan"), "{lines:#?}");
}

/// Performs one read only.
#[test]
fn consume_does_not_read_a_descriptor_that_is_not_ready() {
    let (raw, recorder) = (Raw::new(16), Recorder::new());
    raw.put(0, &BYTES);
    let ring = recorder.record("desc", system::<Descriptor>(&raw));
    assert_eq!(ring.consume(|flags| flags & DEVICE == 0), None);
    let looked = ring.consume_with(|flags| flags & DEVICE == 0, |_, _| unreachable!());
    assert_eq!(looked, None::<()>);
    assert_eq!(lines(&recorder), ["RD desc.flags 16 -> 0x8001 (x2)"]);
}

/// The value contains the ownership field that was passed to `ready`, even if it changes
/// afterwards.
#[test]
fn the_ownership_field_is_read_once() {
    let raw = Raw::new(16);
    raw.put(0, &BYTES);
    let value = system::<Descriptor>(&raw).consume(|flags| {
        raw.put(10, &[0, 0]);
        flags & DEVICE != 0
    });
    assert_eq!(value.map(|value| value.flags), Some(OwnBit::new(DEVICE | 1)));
}

#[derive(IoStruct)]
#[repr(C)]
struct Avail {
    flags: Le<u16>,
    #[io(own_bit)]
    idx: OwnBit<Le<u16>>,
    ring: [Le<u16>; 6],
}

#[test]
fn an_index_can_be_published_after_its_ring() {
    let (raw, recorder) = (Raw::new(16), Recorder::new());
    raw.put(0, &[0; 16]);
    let avail = recorder.record("avail", system::<Avail>(&raw));
    avail.publish_with(1, |avail| io_write!(avail, .ring[0], 5));
    let head = avail.consume_with(
        |idx| *idx != 0,
        |avail, idx| (io_read!(avail, .ring[panic: usize::from(idx) - 1]), idx),
    );
    assert_eq!(head, Some((5, 1)));
    assert_eq!(
        lines(&recorder),
        [
            "WR avail.ring[0] 16 <- 0x0005",
            "BARRIER dma_wmb",
            "WR avail.idx 16 <- 0x0001",
            "RD avail.idx 16 -> 0x0001",
            "BARRIER dma_rmb",
            "RD avail.ring[0] 16 -> 0x0005",
        ]
    );
}

/// Buffered writes need a stronger barrier than coherent memory.
#[test]
fn write_combining_memory_uses_wmb() {
    let (raw, recorder) = (Raw::new(16), Recorder::new());
    // SAFETY: the memory is large enough, aligned, and outlives the view.
    let view = unsafe { MmioWc::from_raw(MmioRaw::from_ptr(raw.ptr().cast::<Avail>())) };
    let avail = recorder.record("avail", view);
    avail.publish_with(1, |_| ());
    avail.consume_with(|_| true, |_, _| ());
    let barriers: Vec<_> =
        lines(&recorder).into_iter().filter(|line| line.starts_with("BARRIER")).collect();
    assert_eq!(barriers, ["BARRIER wmb", "BARRIER rmb"]);
}

/// The ownership field is the first, the last, or the only field.
#[test]
fn the_ownership_field_may_be_at_any_position() {
    #[derive(IoStruct, FromBytes, IntoBytes, Immutable, Clone, Copy, PartialEq, Debug)]
    #[repr(C)]
    struct First(#[io(own_bit)] OwnBit<Be<u32>>, u32);
    #[derive(IoStruct, FromBytes, IntoBytes, Immutable, Clone, Copy, PartialEq, Debug)]
    #[repr(C)]
    struct Last(u32, #[io(own_bit)] OwnBit<Be<u32>>);
    #[derive(IoStruct, FromBytes, IntoBytes, Immutable, Clone, Copy, PartialEq, Debug)]
    #[repr(C)]
    struct Alone(#[io(own_bit)] OwnBit<u8>);

    let raw = Raw::new(16);
    let value = First(OwnBit::new(7), 9);
    system(&raw).publish(value);
    assert_eq!(raw.bytes()[..4], [0, 0, 0, 7]);
    assert_eq!(system(&raw).consume(|owner| *owner == 7), Some(value));
    let value = Last(9, OwnBit::new(8));
    system(&raw).publish(value);
    assert_eq!(raw.bytes()[4..8], [0, 0, 0, 8]);
    assert_eq!(system(&raw).consume(|owner| *owner == 8), Some(value));
    system(&raw).publish(Alone(OwnBit::new(3)));
    assert_eq!(system::<Alone>(&raw).consume(|owner| *owner == 4), None);
    assert_eq!(raw.bytes()[..2], [3, 0]);
}

/// If writing the body fails, the descriptor is not published, and the error contains the number of
/// bytes written.
#[test]
fn a_failed_body_is_not_published() {
    for (broken, done) in [(3..4, 0), (8..9, 8), (13..14, 12), (11..12, 10)] {
        let flaky = Flaky::<Descriptor>::new(broken.clone());
        let before = flaky.bytes();
        let error = CopyError::Io { error: Broken { at: broken.start }, done };
        assert_eq!((&flaky).publish(descriptor(DEVICE)), Err(error));
        assert_eq!(flaky.bytes()[10..12], before[10..12]);
    }
    let flaky = Flaky::<Descriptor>::new(13..14);
    let error = CopyError::Io { error: Broken { at: 13 }, done: 12 };
    assert_eq!((&flaky).consume(|_| true), Err(error));
    assert_eq!((&flaky).consume(|_| false), Ok(None));
    let flaky = Flaky::<Descriptor>::new(8..9);
    let failed = (&flaky).publish_with(DEVICE, |desc| io_write!(desc, .len, 1));
    assert_eq!(failed, Err(Broken { at: 8 }));
    let ok = (&flaky).consume_with(|_| true, |desc, _| io_read!(desc, .vlan));
    assert!(matches!(ok, Ok(Some(_))));
}

/// The available ring of a split virtqueue.
#[derive(IoStruct)]
#[repr(C)]
struct LongAvail {
    flags: Le<u16>,
    #[io(own_bit)]
    idx: OwnBit<Le<u16>>,
    ring: [Le<u16>],
}

/// The used ring, written as in the data sheet, with elements of a type parameter.
#[io_struct]
struct LongUsed<E> {
    #[io(at = 0x00)]
    flags: Le<u16>,
    #[io(at = 0x02, own_bit)]
    idx: OwnBit<Le<u16>>,
    #[io(at = 0x08)]
    ring: [E],
}

#[derive(IoStruct)]
#[repr(C)]
struct UsedElement {
    id: Le<u32>,
    len: Le<u32>,
}

fn with_tail<T: ?Sized + IoTail>(raw: &Raw, count: usize) -> SysMem<'_, T> {
    let region = Region::<0, A16>::ptr_try_from_raw_parts_mut(raw.ptr().cast(), 32).unwrap();
    // SAFETY: the memory has 32 bytes, is aligned, and outlives the view.
    unsafe { SysMem::new(region) }.try_cast_tail(count).unwrap()
}

fn zeroed() -> Raw {
    let raw = Raw::new(32);
    raw.put(0, &[0; 32]);
    raw
}

#[test]
fn publish_with_writes_elements_then_barrier_then_index() {
    let (raw, recorder) = (zeroed(), Recorder::new());
    let avail = recorder.record("avail", with_tail::<LongAvail>(&raw, 14));
    avail.publish_with(8, |avail| io_write!(avail, .ring[panic: 13], 5));
    let order = ["WR avail.ring[13] 16 <- 0x0005", "BARRIER dma_wmb", "WR avail.idx 16 <- 0x0008"];
    assert_eq!(lines(&recorder), order);
    assert_eq!(raw.bytes()[..4], [0, 0, 8, 0]);
    assert_eq!(raw.bytes()[28..], [0, 0, 5, 0]);
}

#[test]
fn consume_with_reads_index_then_barrier_then_elements() {
    let (raw, recorder) = (zeroed(), Recorder::new());
    raw.put(0, &[0, 0, 3, 0]);
    raw.put(28, &[9]);
    let used = recorder.record("used", with_tail::<LongUsed<UsedElement>>(&raw, 3));
    let len = used.consume_with(
        |idx| *idx != 2,
        |used, idx| io_read!(used, .ring[panic: usize::from(idx) - 1].len),
    );
    assert_eq!(len, Some(9));
    let order =
        ["RD used.idx 16 -> 0x0003", "BARRIER dma_rmb", "RD used.ring[2].len 32 -> 0x00000009"];
    assert_eq!(lines(&recorder), order);
}

#[test]
fn try_publish_with_reports_an_index_beyond_the_slice() {
    let raw = zeroed();
    let offer = |count| {
        with_tail::<LongAvail>(&raw, count).try_publish_with(1, |avail| {
            io_write!(avail, .ring[try: 2], 7);
            Ok::<_, Error>(())
        })
    };
    assert!(offer(2).is_err());
    assert_eq!(raw.bytes(), [0; 32]);
    assert_eq!(offer(3), Ok(()));
    assert_eq!((LongAvail::OWN_BIT_OFFSET, LongUsed::<u8>::OWN_BIT_OFFSET), (2, 2));
}
