//! `relaxed` in generic drivers: over every backend, and as recorders see it.

use io_core::{MmioWc, prelude::*};
use io_sim::{Recorder, SimView};

use crate::support::{
    logger::{Access::W, bench, log},
    raw::Raw,
};

#[derive(IoStruct)]
#[repr(C)]
struct Dma {
    source: Le<u32>,
    len: Le<u32>,
    start: Le<u32>,
}

fn transfer<'a>(dma: impl Io<'a, Target = Dma, Backend: Bus32>) {
    let relaxed = dma.relaxed();
    io_write!(relaxed, .source, 1);
    io_project!(relaxed, .len).copy_write(2.into());
    io_write!(dma, .start, 3);
}

#[test]
fn a_generic_driver_runs_over_every_backend() {
    let raw = Raw::new(16);
    let expected: Vec<u8> = [1_u32, 2, 3].iter().flat_map(|word| word.to_le_bytes()).collect();
    // SAFETY: the memory has the size and alignment of a `Dma`, and outlives the views.
    let memory: SysMem<'_, Dma> = unsafe { SysMem::new(raw.ptr().cast()) };
    // SAFETY: as above.
    let registers: Mmio<'_, Dma> = unsafe { Mmio::from_raw(MmioRaw::from_ptr(raw.ptr().cast())) };
    // SAFETY: as above.
    let combined: MmioWc<'_, Dma> =
        unsafe { MmioWc::from_raw(MmioRaw::from_ptr(raw.ptr().cast())) };
    let drivers: [&dyn Fn(); 6] = [
        &|| transfer(memory),
        &|| transfer(registers),
        &|| transfer(registers.relaxed()),
        &|| transfer(combined),
        &|| transfer(IoSysMap::Sys(memory)),
        &|| transfer(IoSysMap::Io(registers)),
    ];
    for driver in drivers {
        raw.put(0, &[0; 16]);
        driver();
        assert_eq!(raw.bytes()[..12], expected);
    }
    let dev = bench::<Dma>();
    transfer(&dev);
    assert_eq!(log(&dev), [W(0, 32, 1), W(4, 32, 2), W(8, 32, 3)]);
}

#[test]
fn a_recorder_around_a_device_reports_relaxed_accesses() {
    let dev = bench::<Dma>();
    let recorder = Recorder::new();
    transfer(recorder.record("dma", &dev));
    let expected = "\
WR dma.source 32 relaxed <- 0x00000001
CW dma.len 4 bytes by 32 relaxed <- 02 00 00 00
WR dma.start 32 <- 0x00000003";
    assert_eq!(recorder.to_string(), expected);
    // Parts of a relaxed view are relaxed.
    let view: SimView<'_, Dma> = (&dev).relaxed();
    let recorder = Recorder::new();
    io_write!(recorder.record("dma", view), .start, 1);
    assert_eq!(recorder.to_string(), "WR dma.start 32 relaxed <- 0x00000001");
}
