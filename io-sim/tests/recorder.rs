//! The recorder: its entries and their text.

mod support;

use io_core::{A4, Coherent, DmaAddr, Loc, Region, Width, prelude::*};
use io_sim::{Entry, Event, Recorder, SimRam, Simulated};

use support::Logger;

#[derive(IoStruct)]
#[repr(C)]
struct Chan {
    ctrl: Le<u32>,
    count: Ro<Le<u32>>,
}

#[derive(IoStruct)]
#[repr(C)]
struct Edu {
    id: Ro<Le<u32>>,
    liveness: Le<u32>,
    double: Le<u64>,
    half: Le<u16>,
    byte: u8,
    _pad: u8,
    big: Be<u32>,
    chan: [Chan; 3],
    buf: [u8; 32],
}

fn edu() -> Simulated<Edu, Logger> {
    let mut memory = vec![0; size_of::<Edu>()];
    memory[..4].copy_from_slice(&[0xed, 0, 0, 1]);
    Simulated::new(Logger::new(memory))
}

fn lines(recorder: &Recorder) -> Vec<String> {
    recorder.entries().iter().map(Entry::to_string).collect()
}

#[test]
fn reads_and_writes_are_recorded() {
    let (dev, recorder) = (edu(), Recorder::new());
    let edu = recorder.record("edu", &dev);
    assert_eq!(io_read!(edu, .id), 0x0100_00ed);
    io_write!(edu, .liveness, 0x1234_5678);
    assert_eq!(
        recorder.to_string(),
        "RD edu.id 32 -> 0x010000ed\nWR edu.liveness 32 <- 0x12345678"
    );
    assert_eq!(dev.with(|d| d.memory[4..8].to_vec()), [0x78, 0x56, 0x34, 0x12]);
}

#[test]
fn values_are_printed_with_the_width_of_the_access() {
    let (dev, recorder) = (edu(), Recorder::new());
    let edu = recorder.record("edu", &dev);
    io_write!(edu, .double, 0xabc);
    io_write!(edu, .half, 0xab);
    io_write!(edu, .byte, 5);
    assert_eq!(io_read!(edu, .double), 0xabc);
    assert_eq!(
        lines(&recorder),
        [
            "WR edu.double 64 <- 0x0000000000000abc",
            "WR edu.half 16 <- 0x00ab",
            "WR edu.byte 8 <- 0x05",
            "RD edu.double 64 -> 0x0000000000000abc",
        ]
    );
}

#[test]
fn recorded_values_are_in_the_order_of_the_type() {
    let (dev, recorder) = (edu(), Recorder::new());
    let edu = recorder.record("edu", &dev);
    io_write!(edu, .big, 0x0102_0304);
    assert_eq!(io_read!(edu, .big), 0x0102_0304);
    assert_eq!(lines(&recorder), ["WR edu.big 32 <- 0x01020304", "RD edu.big 32 -> 0x01020304"]);
    assert_eq!(dev.with(|d| d.memory[0x14..0x18].to_vec()), [1, 2, 3, 4]);
}

#[test]
fn accesses_are_recorded_with_their_paths() {
    let (dev, recorder) = (edu(), Recorder::new());
    let edu = recorder.record("edu", &dev);
    io_write!(edu, .chan[2].ctrl, 1);
    for chan in io_project!(edu, .chan).iter() {
        io_read!(chan, .count);
    }
    io_write!(edu, .buf[7], 9);
    let chan = recorder.record("chan2", io_project!(&dev, .chan[2]));
    io_read!(chan, .ctrl);
    assert_eq!(
        lines(&recorder),
        [
            "WR edu.chan[2].ctrl 32 <- 0x00000001",
            "RD edu.chan[0].count 32 -> 0x00000000",
            "RD edu.chan[1].count 32 -> 0x00000000",
            "RD edu.chan[2].count 32 -> 0x00000000",
            "WR edu.buf[7] 8 <- 0x09",
            "RD chan2.ctrl 32 -> 0x00000001",
        ]
    );
    let addr = recorder.entries()[0].event.addr();
    assert_eq!((addr.instance, addr.offset), ("edu", 0x28));
    assert_eq!(format!("{addr} {addr:?}"), "edu.chan[2].ctrl FieldAddr(edu.chan[2].ctrl)");
}

#[test]
fn accesses_of_regions_are_recorded_with_offsets() {
    struct Nova;
    type Bar = Region<0x20, A4, Nova>;
    const SECOND: Loc<Bar, Le<u32>> = Loc::at(4);
    let (dev, recorder) =
        (Simulated::<Bar, _>::new_region(Logger::new([0; 0x20]), 0x20).unwrap(), Recorder::new());
    let bar = recorder.record_region("bar", &dev);
    bar.write(SECOND, 0x0102_0304);
    bar.read_at::<u32>(0);
    io_read!(bar.cast::<Chan>(), .count);
    // Without fields, numbers are in the processor's byte order.
    let native = 0x0102_0304_u32.to_le();
    assert_eq!(
        lines(&recorder),
        [
            format!("WR bar+0x4 32 <- {native:#010x}"),
            "RD bar+0x0 32 -> 0x00000000".into(),
            format!("RD bar+0x4 32 -> {native:#010x}"),
        ]
    );
}

#[test]
fn barriers_are_recorded() {
    let (dev, recorder) = (edu(), Recorder::new());
    let edu = recorder.record("edu", &dev);
    edu.mb();
    edu.rmb();
    edu.wmb();
    edu.dma_mb();
    edu.dma_rmb();
    io_project!(edu, .chan[1]).dma_wmb();
    let names = ["mb", "rmb", "wmb", "dma_mb", "dma_rmb", "dma_wmb"];
    assert_eq!(lines(&recorder), names.map(|name| format!("BARRIER {name}")));
    assert_eq!(recorder.entries()[5].event.addr().to_string(), "edu.chan[1]");
}

#[test]
fn equal_consecutive_events_are_one_entry() {
    let (dev, recorder) = (edu(), Recorder::new());
    let edu = recorder.record("edu", &dev);
    (0..12).for_each(|_| assert_eq!(io_read!(edu, .id), 0x0100_00ed));
    for value in [1, 1, 2, 1] {
        io_write!(edu, .liveness, value);
    }
    io_read!(edu, .liveness);
    (0..2).for_each(|_| edu.mb());
    (0..2).for_each(|_| io_project!(edu, .buf[build: 0..2]).fill(3));
    assert_eq!(
        lines(&recorder),
        [
            "RD edu.id 32 -> 0x010000ed (x12)",
            "WR edu.liveness 32 <- 0x00000001 (x2)",
            "WR edu.liveness 32 <- 0x00000002",
            "WR edu.liveness 32 <- 0x00000001",
            "RD edu.liveness 32 -> 0x00000001",
            "BARRIER mb (x2)",
            "CW edu.buf[0] 2 bytes by 8 <- 03 03 (x2)",
        ]
    );
    assert_eq!(recorder.entries()[0].count, 12);
    assert_eq!(recorder.accesses().count(), 17);
    let writes: Vec<_> = recorder
        .accesses()
        .filter_map(|event| match event {
            Event::Access { write: true, value, width: Width::W32, error: None, .. } => value,
            _ => None,
        })
        .collect();
    assert_eq!(writes, [1, 1, 2, 1]);
}

#[test]
fn instances_are_recorded_by_name() {
    let (one, two, recorder) = (edu(), edu(), Recorder::new());
    for (name, dev) in [("one", &one), ("two", &two)] {
        io_read!(recorder.record(name, dev), .id);
    }
    assert_eq!(lines(&recorder), ["RD one.id 32 -> 0x010000ed", "RD two.id 32 -> 0x010000ed"]);
}

#[test]
fn clones_share_the_log() {
    let (dev, recorder) = (edu(), Recorder::new());
    let edu = recorder.record("edu", &dev);
    io_read!(edu, .id);
    let other = recorder.clone();
    assert_eq!(lines(&other), ["RD edu.id 32 -> 0x010000ed"]);
    assert_eq!(format!("{other:?}"), "Recorder(1 entries)");
    other.clear();
    assert_eq!((recorder.entries(), recorder.to_string()), (vec![], "".into()));
    io_read!(edu, .liveness);
    assert_eq!(lines(&other), ["RD edu.liveness 32 -> 0x00000000"]);
}

#[test]
fn memory_accesses_are_recorded() {
    let (mut memory, recorder) = ([1_u32, 2], Recorder::new());
    let view = recorder.record_region("ram", SysMem::from_mut_slice(&mut memory));
    for word in view.iter() {
        word.update_val(|v| v + 0x10);
    }
    assert_eq!(
        lines(&recorder),
        [
            "RD ram+0x0 32 -> 0x00000001",
            "WR ram+0x0 32 <- 0x00000011",
            "RD ram+0x4 32 -> 0x00000002",
            "WR ram+0x4 32 <- 0x00000012",
        ]
    );
    assert_eq!(memory, [0x11, 0x12]);
}

#[test]
fn accesses_of_the_inner_view_are_not_recorded() {
    let ram = SimRam::new(DmaAddr::new(0x1000), 4096).unwrap();
    let (chan, recorder) = (Coherent::<Chan, _>::zeroed(&ram).unwrap(), Recorder::new());
    let count = io_project!(recorder.record("chan", &chan), .count);
    assert_eq!(count.inner().dma_address(), DmaAddr::new(0x1004));
    count.inner().read_val();
    assert_eq!(recorder.entries(), []);
}

#[test]
fn recorders_can_be_nested() {
    let (dev, inner, outer) = (edu(), Recorder::new(), Recorder::new());
    let view = outer.record("outer", inner.record("inner", &dev));
    io_read!(view, .chan[1].count);
    let buf = io_project!(view, .buf[build: 0..4]);
    buf.try_copy_from_slice_as::<u16>(&[1, 2, 3, 4]).unwrap();
    buf.try_copy_to_slice_as::<u8>(&mut [0; 4]).unwrap();
    view.dma_wmb();
    let expected = |name| {
        format!(
            "\
RD {name}.chan[1].count 32 -> 0x00000000
CW {name}.buf[0] 4 bytes by 16 <- 01 02 03 04
CR {name}.buf[0] 4 bytes by 8 -> 01 02 03 04
BARRIER dma_wmb"
        )
    };
    assert_eq!((inner.to_string(), outer.to_string()), (expected("inner"), expected("outer")));
    // One log records twice: the inner event completes first.
    inner.clear();
    io_read!(inner.record("outer", inner.record("inner", &dev)), .id);
    assert_eq!(lines(&inner), ["RD inner.id 32 -> 0x010000ed", "RD outer.id 32 -> 0x010000ed"]);
}

#[test]
fn debug_is_not_recorded() {
    let (dev, recorder) = (edu(), Recorder::new());
    let chan = io_project!(recorder.record("edu", &dev), .chan[1]);
    assert_eq!(format!("{chan:?}"), "TracedView(edu.chan[1], 0x8 bytes)");
    assert_eq!(recorder.entries(), []);
}

#[test]
fn a_generic_driver_runs() {
    fn driver<'a>(edu: impl Io<'a, Target = Edu, Backend: Bus64>) -> u32 {
        io_read!(edu, .id)
    }
    fn ordinary<T: Copy + Send + Sync>(_: T) {}
    let (dev, recorder) = (edu(), Recorder::new());
    let edu = recorder.record("edu", &dev);
    ordinary(edu);
    assert_eq!(driver(edu), 0x0100_00ed);
    assert_eq!(recorder.accesses().count(), 1);
}

#[test]
fn threads_share_a_recorder() {
    let (one, two, recorder) = (edu(), edu(), Recorder::new());
    std::thread::scope(|s| {
        for (name, dev) in [("one", &one), ("two", &two)] {
            let edu = recorder.record(name, dev);
            s.spawn(move || (0..40).for_each(|i| io_write!(edu, .liveness, i)));
        }
    });
    assert_eq!(recorder.accesses().count(), 80);
    for name in ["one", "two"] {
        let mine = recorder.accesses().filter(|event| event.addr().instance == name);
        let values = mine.map(|event| match event {
            Event::Access { value, .. } => value.unwrap(),
            _ => unreachable!(),
        });
        assert!(values.eq(0..40));
    }
}

#[test]
fn bit_field_values_are_decoded() {
    #[derive(Clone, Copy, IoValue)]
    #[repr(transparent)]
    struct Status(u16);

    impl core::fmt::Debug for Status {
        fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
            bitflags::parser::to_writer(self, f)
        }
    }

    bitflags::bitflags! {
        impl Status: u16 {
            const READY = 1;
            const ERROR = 0x100;
        }
    }

    #[derive(Debug, IoValue)]
    #[repr(u8)]
    enum Mode {
        Off,
        On,
    }

    /// A value without `Debug`: only its number is printed.
    #[derive(IoValue)]
    #[repr(transparent)]
    struct Plain(u16);

    #[derive(IoStruct)]
    #[repr(C)]
    struct Regs {
        status: [Ro<Be<Status>>; 2],
        mode: Narrow<Mode, u16>,
        plain: Plain,
    }

    let (mut words, recorder) = ([0, 0x0101_u16.to_be(), 7, 0], Recorder::new());
    // SAFETY: the exclusive borrow of `words` covers a `Regs`.
    let regs = unsafe { SysMem::new(words.as_mut_ptr().cast::<Regs>()) };
    let regs = recorder.record("regs", regs);
    let _ = io_read!(regs, .status[1]);
    io_read!(regs, .mode).unwrap_err();
    io_write!(regs, .mode, Mode::On);
    io_write!(regs, .mode, Mode::Off);
    io_write!(regs, .plain, Plain(3));
    assert_eq!(
        lines(&recorder),
        [
            "RD regs.status[1] 16 -> 0x0101 READY | ERROR",
            "RD regs.mode 16 -> 0x0007 (0x7 is not a value of `Mode`)",
            "WR regs.mode 16 <- 0x0001 On",
            "WR regs.mode 16 <- 0x0000 Off",
            "WR regs.plain 16 <- 0x0003",
        ]
    );
}

#[test]
fn relaxed_accesses_are_marked() {
    let (mut memory, recorder) = ([0_u32; 2], Recorder::new());
    let raw = MmioRaw::from_ptr(&raw mut memory);
    // SAFETY: the exclusive borrow of `memory` covers the region.
    let ordered = unsafe { Mmio::from_raw(raw) };
    let (relaxed, ordered) = (ordered.relaxed(), recorder.record_region("dev", ordered));
    let relaxed = recorder.record_region("dev", relaxed);
    io_write!(ordered, [0], 1);
    io_write!(relaxed, [1], 2);
    relaxed.copy_from_slice(&[3_u32.to_be(), 4_u32.to_be()]);
    assert_eq!(
        lines(&recorder),
        [
            "WR dev+0x0 32 <- 0x00000001",
            "WR dev+0x4 32 relaxed <- 0x00000002",
            "CW dev+0x0 8 bytes by 32 relaxed <- 00 00 00 03 00 00 00 04",
        ]
    );
}
