//! Simulated devices: the accesses that reach the model, and their results.

mod support;

use io_core::{A4, Error, Loc, Region, Width, backend::IoBackend, barrier::Barrier, prelude::*};
use io_sim::{Device, SimBackend, Simulated};

use support::{
    Access::{R, W},
    Logger, log,
};

#[derive(IoStruct)]
#[repr(C)]
struct Chan {
    ctrl: Le<u32>,
    count: Ro<Le<u32>>,
}

#[derive(IoStruct)]
#[io(size = 0x30)]
#[repr(C)]
struct Regs {
    byte: u8,
    _pad: u8,
    half: Le<u16>,
    word: Le<u32>,
    double: Le<u64>,
    signed: Le<i32>,
    big: Be<u32>,
    chan: [Chan; 3],
}

fn counting() -> Simulated<Regs, Logger> {
    Simulated::new(Logger::new((0..0x40).collect::<Vec<u8>>()))
}

#[test]
fn each_read_is_one_access_of_its_width() {
    let dev = counting();
    assert_eq!(io_read!(&dev, .byte), 0x00);
    assert_eq!(io_read!(&dev, .half), 0x0302);
    assert_eq!(io_read!(&dev, .word), 0x0706_0504);
    assert_eq!(io_read!(&dev, .double), 0x0f0e_0d0c_0b0a_0908);
    assert_eq!(
        log(&dev),
        [
            R(0, Width::W8, 0x00),
            R(2, Width::W16, 0x0302),
            R(4, Width::W32, 0x0706_0504),
            R(8, Width::W64, 0x0f0e_0d0c_0b0a_0908),
        ]
    );
}

#[test]
fn each_write_is_one_access_of_its_width() {
    let dev = counting();
    io_write!(&dev, .double, 0x1122_3344_5566_7788);
    io_write!(&dev, .word, 0x99aa_bbcc);
    io_write!(&dev, .half, 0xddee);
    io_write!(&dev, .byte, 0xff);
    assert_eq!(
        log(&dev),
        [
            W(8, Width::W64, 0x1122_3344_5566_7788),
            W(4, Width::W32, 0x99aa_bbcc),
            W(2, Width::W16, 0xddee),
            W(0, Width::W8, 0xff),
        ]
    );
}

#[test]
fn projections_add_offsets() {
    let dev = counting();
    assert_eq!(io_read!(&dev, .chan[2].count), 0x2f2e_2d2c);
    let chan = io_project!(&dev, .chan[1]);
    io_write!(chan, .ctrl, 1);
    let i = 2;
    io_update!(&dev, .chan[panic: i].ctrl, |v| v + 1);
    assert_eq!(
        log(&dev),
        [
            R(0x2c, Width::W32, 0x2f2e_2d2c),
            W(0x20, Width::W32, 1),
            R(0x28, Width::W32, 0x2b2a_2928),
            W(0x28, Width::W32, 0x2b2a_2929),
        ]
    );
}

#[test]
fn big_endian_fields_swap_the_number() {
    let dev = counting();
    assert_eq!(io_read!(&dev, .big), 0x1415_1617);
    io_write!(&dev, .big, 0xaabb_ccdd);
    assert_eq!(log(&dev), [R(0x14, Width::W32, 0x1716_1514), W(0x14, Width::W32, 0xddcc_bbaa)]);
}

#[test]
fn native_fields_have_the_bytes_of_a_little_endian_bus() {
    let dev = Simulated::<[u32; 1], _>::new(Logger::new([1, 2, 3, 4]));
    let word = (&dev).get(0).unwrap();
    assert_eq!(word.read_val(), u32::from_le_bytes([1, 2, 3, 4]).to_le());
    word.write_val(0x0a0b_0c0d_u32.to_le());
    assert_eq!(dev.with(|d| d.memory.clone()), [0x0d, 0x0c, 0x0b, 0x0a]);
}

#[test]
fn signed_values_are_transferred_as_two_s_complement() {
    let dev = counting();
    io_write!(&dev, .signed, -2);
    assert_eq!(io_read!(&dev, .signed), -2);
    let raw = 0xffff_fffe;
    assert_eq!(log(&dev), [W(0x10, Width::W32, raw), R(0x10, Width::W32, raw)]);
}

/// Returns bits beyond the width of the access.
struct WideAnswers;

impl Device for WideAnswers {
    fn read(&mut self, _: usize, _: Width) -> u64 {
        0x1122_3344_5566_7788
    }

    fn write(&mut self, _: usize, _: Width, _: u64) {}
}

#[test]
fn bits_beyond_the_width_are_dropped() {
    let dev = Simulated::<Regs, _>::new(WideAnswers);
    assert_eq!(io_read!(&dev, .byte), 0x88);
    assert_eq!(io_read!(&dev, .half), 0x7788);
}

#[test]
fn regions_are_accessed_by_offset_and_location() {
    struct Nova;
    type Bar = Region<0x20, A4, Nova>;
    const SECOND: Loc<Bar, Be<u32>> = Loc::at(4);
    let dev = Simulated::<Bar, _>::new_region(Logger::new([0; 0x40]), 0x40).unwrap();
    (&dev).write(SECOND, 0x0102_0304);
    (&dev).write_at::<u32>(0x3c, 5_u32.to_le());
    assert_eq!(log(&dev), [W(4, Width::W32, 0x0403_0201), W(0x3c, Width::W32, 5)]);
    let behind = (&dev).try_read_at::<u32>(0x40);
    assert_eq!(behind, Err(Error::OutOfRange { offset: 0x40, size: 4, limit: 0x40 }));
    let typed = (&dev).cast::<Chan>();
    assert_eq!(io_read!(typed, .count), 0x0102_0304_u32.swap_bytes());
}

#[test]
fn regions_check_their_size() {
    let new = |size| Simulated::<Region<0x20>, _>::new_region(WideAnswers, size).map(drop);
    assert_eq!(new(0x10), Err(Error::OutOfRange { offset: 0, size: 0x20, limit: 0x10 }));
    assert_eq!(new(0x21), Err(Error::Misaligned { address: 0x21, align: 4 }));
    assert_eq!(new(0x20), Ok(()));
}

#[test]
fn barriers_reach_the_model() {
    let dev = counting();
    let view = io_project!(&dev, .chan[0]);
    view.mb();
    view.rmb();
    view.wmb();
    view.dma_mb();
    view.dma_rmb();
    view.dma_wmb();
    use Barrier::{DmaMb, DmaRmb, DmaWmb, Mb, Rmb, Wmb};
    assert_eq!(dev.with(|d| d.barriers.clone()), [Mb, Rmb, Wmb, DmaMb, DmaRmb, DmaWmb]);
    // A model may ignore barriers.
    Simulated::<Regs, _>::new(WideAnswers).with(|d| d.barrier(Mb));
}

#[test]
fn debug_does_not_access_the_model() {
    let dev = counting();
    assert_eq!(format!("{:?}", io_project!(&dev, .chan[1])), "SimView(0x20, 0x8 bytes)");
    assert_eq!(format!("{dev:?}"), "Simulated(0x30 bytes)");
    assert_eq!(log(&dev), []);
}

#[test]
fn a_generic_driver_runs() {
    fn driver<'a>(regs: impl Io<'a, Target = Regs, Backend: Bus64>) -> u64 {
        io_write!(regs, .double, 7);
        io_read!(regs, .double)
    }
    fn holds<B: Bus32>(chan: <B as IoBackend>::View<'_, Chan>) -> u32 {
        io_read!(chan, .ctrl)
    }
    let dev = counting();
    assert_eq!(driver(&dev), 7);
    assert_eq!(holds::<SimBackend>(io_project!(&dev, .chan[0])), 0x1b1a_1918);
}

/// Forwards everything to another device.
struct Forward<'a>(&'a Simulated<Regs, Logger>);

impl Device for Forward<'_> {
    fn read(&mut self, offset: usize, width: Width) -> u64 {
        self.0.with(|d| d.read(offset, width))
    }

    fn write(&mut self, offset: usize, width: Width, value: u64) {
        self.0.with(|d| d.write(offset, width, value));
    }

    fn barrier(&mut self, kind: Barrier) {
        self.0.with(|d| d.barrier(kind));
    }
}

#[test]
fn a_boxed_model_is_a_device() {
    let inner = counting();
    let model: Box<dyn Device + Send + '_> = Box::new(Forward(&inner));
    let dev = Simulated::<Regs, _>::new(model);
    io_write!(&dev, .byte, 1);
    (&dev).mb();
    assert_eq!(io_read!(&dev, .byte), 1);
    assert_eq!(log(&inner), [W(0, Width::W8, 1), R(0, Width::W8, 1)]);
    assert_eq!(inner.with(|d| d.barriers.clone()), [Barrier::Mb]);
}

#[test]
fn into_inner_returns_the_model() {
    let dev = counting();
    io_write!(&dev, .byte, 9);
    assert_eq!(dev.into_inner().memory[0], 9);
}

#[test]
fn views_are_copy_send_and_sync() {
    fn ordinary<T: Copy + Send + Sync>(_: T) {}
    fn shared<T: Send + Sync>(_: &T) {}
    let dev = counting();
    ordinary(io_project!(&dev, .chan));
    shared(&dev);
}

#[test]
fn threads_use_separate_devices_concurrently() {
    let (one, two) = (counting(), counting());
    let run = |dev: &Simulated<Regs, Logger>, value: u32| {
        for i in 0..50 {
            io_write!(dev, .word, value + i);
            assert_eq!(io_read!(dev, .word), value + i);
        }
    };
    std::thread::scope(|s| {
        s.spawn(|| run(&one, 1000));
        s.spawn(|| run(&two, 2000));
    });
    for (dev, value) in [(one, 1049), (two, 2049)] {
        let log = log(&dev);
        assert_eq!((log.len(), log[99]), (100, R(4, Width::W32, value)));
    }
}

#[test]
fn threads_share_one_device() {
    let dev = counting();
    std::thread::scope(|s| {
        for chan in io_project!(&dev, .chan).iter() {
            s.spawn(move || (0..50).for_each(|i| io_write!(chan, .ctrl, i)));
        }
    });
    let log = log(&dev);
    assert_eq!(log.len(), 150);
    for start in [0x18, 0x20, 0x28] {
        let mine = log.iter().filter(|access| access.place().0 == start);
        assert!(mine.copied().eq((0..50).map(|i| W(start, Width::W32, i))));
    }
}
