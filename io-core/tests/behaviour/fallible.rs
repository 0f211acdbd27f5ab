//! A backend whose accesses can fail: the same macros return a `Result`, and no error is lost. Also
//! the `try_` forms where accesses cannot fail.

use core::{any::TypeId, convert::Infallible};

use io_core::{
    A4, AccessError, CopyError, Error, Loc, OutOfBound, Region, Width,
    backend::{CopyOutput, ErrorMode, IoBackend, IoCapable, IoCopyable, MayFail, Output},
    prelude::*,
};
use zerocopy::{FromBytes, Immutable, IntoBytes};

use crate::support::{
    flaky::{Broken, Flaky, FlakyBackend, FlakyView},
    logger::{
        Access::{B, R, W},
        bench, fresh, log,
    },
};

#[derive(IoStruct)]
#[io(size = 0x20)]
#[repr(C)]
struct Regs {
    good: Le<u32>,
    bad: Le<u32>,
    pending: W1c<Le<u32>>,
    enabled: W1s<Le<u32>>,
    #[io(at = 0x10)]
    bytes: [u8; 8],
    #[io(at = 0x18)]
    pair: Pair,
}

#[derive(Clone, Copy, Debug, PartialEq, IoStruct, FromBytes, IntoBytes, Immutable)]
#[repr(C)]
struct Pair {
    low: Le<u32>,
    high: Be<u32>,
}

/// Byte 6, in `bad`, is broken.
fn regs() -> Flaky<Regs> {
    Flaky::new(6..7)
}

const BROKEN: Broken = Broken { at: 6 };

#[test]
fn macros_return_a_result() {
    let dev = regs();
    assert_eq!(io_read!(&dev, .good), Ok(0x0302_0100));
    assert_eq!(io_write!(&dev, .good, 1), Ok(()));
    assert_eq!(io_update!(&dev, .good, |v| v + 1), Ok(()));
    assert_eq!(io_read!(&dev, .bad), Err(BROKEN));
    assert_eq!(io_write!(&dev, .bad, 1), Err(BROKEN));
    assert_eq!(io_read!(&dev, .bytes[panic: 2]), Ok(0x12));
    assert_eq!(io_try_read!(&dev, .good), Ok(2));
    assert_eq!(io_try_read!(&dev, .bad), Err(BROKEN));
    assert_eq!(io_try_write!(&dev, .bad, 2), Err(BROKEN));
    assert_eq!(
        dev.log(),
        [
            fresh(0, 32),
            W(0, 32, 1),
            R(0, 32, 1),
            W(0, 32, 2),
            R(4, 32, 0),
            W(4, 32, 1),
            fresh(0x12, 8),
            R(0, 32, 2),
            R(4, 32, 0),
            W(4, 32, 2),
        ]
    );
    assert_eq!(dev.bytes()[..8], [2, 0, 0, 0, 4, 5, 6, 7]);
}

#[test]
fn an_update_does_not_write_after_a_failed_read() {
    let dev = regs();
    assert_eq!(io_update!(&dev, .bad, |_| unreachable!()), Err(BROKEN));
    assert_eq!(io_try_update!(&dev, .bad, |_| unreachable!()), Err(BROKEN));
    assert_eq!(io_project!(&dev, .bad).update_val(|_| unreachable!()), Err(BROKEN));
    assert_eq!(dev.log(), [R(4, 32, 0); 3]);
}

#[test]
fn every_method_returns_a_result() {
    let dev = regs();
    let (good, bad) = (io_project!(&dev, .good), io_project!(&dev, .bad));
    assert_eq!((good.read_val(), bad.read_val()), (Ok(0x0302_0100), Err(BROKEN)));
    assert_eq!((good.write_val(3), bad.write_val(3)), (Ok(()), Err(BROKEN)));
    assert_eq!((good.is_gone(), bad.is_gone()), (Ok(false), Err(BROKEN)));
    assert_eq!(io_project!(&dev, .pending).clear_bits(1), Ok(()));
    assert_eq!(io_project!(&dev, .enabled).set_bits(2), Ok(()));
    dev.log();
    assert_eq!(good.write_flush(4), Ok(()));
    assert_eq!(dev.log(), [W(0, 32, 4), R(0, 32, 4)]);
    // If the write fails, nothing is read back.
    assert_eq!(bad.write_flush(4), Err(BROKEN));
    assert_eq!(dev.log(), [W(4, 32, 4)]);
    dev.breaks(8..16);
    assert_eq!(io_project!(&dev, .pending).clear_bits(1), Err(Broken { at: 8 }));
    assert_eq!(io_project!(&dev, .enabled).set_bits(2), Err(Broken { at: 12 }));
    assert_eq!(io_project!(&dev, .pending).try_clear_bits(1), Err(Broken { at: 8 }));
    assert_eq!(io_project!(&dev, .enabled).try_set_bits(2), Err(Broken { at: 12 }));
    assert_eq!(dev.log(), [W(8, 32, 1), W(12, 32, 2), W(8, 32, 1), W(12, 32, 2)]);
    good.dma_rmb();
    assert_eq!(dev.log(), [B(io_core::barrier::Barrier::DmaRmb)]);
}

/// Two kinds of errors in one function with `?`: that of the index and that of the backend.
#[test]
fn index_and_backend_errors_convert_to_one_error() {
    fn driver(dev: &Flaky<Regs>, i: usize) -> Result<u32, Error> {
        io_write!(dev, .bytes[try: i], 9)?;
        Ok(io_read!(dev, .bad)?)
    }
    let dev = regs();
    assert_eq!(driver(&dev, 8), Err(OutOfBound { start: 8, end: 9, len: 8 }.into()));
    assert_eq!(dev.log(), []);
    assert_eq!(driver(&dev, 1), Err(Error::Gone));
    assert_eq!(dev.log(), [W(0x11, 8, 9), R(4, 32, 0)]);
}

#[test]
fn a_driver_can_be_generic_over_failure() {
    fn driver<'a, B>(regs: impl Io<'a, Target = Regs, Backend = B>) -> Output<B, u32>
    where
        B: IoBackend + IoCapable<u32>,
    {
        io_read!(regs, .good)
    }
    fn copy<'a, B>(regs: impl Io<'a, Target = Regs, Backend = B>) -> CopyOutput<B, Pair>
    where
        B: IoCopyable,
    {
        io_project!(regs, .pair).copy_read()
    }
    let (dev, flaky) = (bench::<Regs>(), regs());
    let value: u32 = driver(&dev);
    let result: Result<u32, Broken> = driver(&flaky);
    assert_eq!(result, Ok(value));
    let value: Pair = copy(&dev);
    let result: Result<Pair, CopyError<Broken>> = copy(&flaky);
    assert_eq!(result, Ok(value));
}

#[test]
fn failed_copies_report_the_bytes_done() {
    let dev = Flaky::<Regs>::new(0x15..0x16);
    let bytes = io_project!(&dev, .bytes);
    let error = |done| CopyError::Io { error: Broken { at: 0x15 }, done };
    // Accesses of four bytes.
    let mut out = [0xee; 8];
    assert_eq!(bytes.try_copy_to_slice_as::<u32>(&mut out), Err(error(4)));
    assert_eq!(out, [0x10, 0x11, 0x12, 0x13, 0xee, 0xee, 0xee, 0xee]);
    assert_eq!(dev.log(), [fresh(0x10, 32), R(0x14, 32, 0)]);
    // Accesses of one byte.
    assert_eq!(bytes.copy_to_slice(&mut out), Err(error(5)));
    assert_eq!(out, [0x10, 0x11, 0x12, 0x13, 0x14, 0xee, 0xee, 0xee]);
    let new = [1, 2, 3, 4, 5, 6, 7, 8];
    assert_eq!(bytes.try_copy_from_slice_as::<u16>(&new), Err(error(4)));
    assert_eq!(dev.bytes()[0x10..0x18], [1, 2, 3, 4, 0x14, 0x15, 0x16, 0x17]);
    assert_eq!(bytes.copy_from_slice(&new), Err(error(5)));
    assert_eq!(dev.bytes()[0x10..0x18], [1, 2, 3, 4, 5, 0x15, 0x16, 0x17]);
    assert_eq!(bytes.fill(9).unwrap_err().done(), 5);
    assert_eq!(dev.bytes()[0x10..0x18], [9, 9, 9, 9, 9, 0x15, 0x16, 0x17]);
    assert_eq!(io_project!(bytes, [build: 6..]).fill(7), Ok(()));
    assert_eq!(io_project!(bytes, [build: 5..]).try_fill(7), Err(error(0)));
    assert_eq!(error(4).to_string(), "byte 21 is broken after 4 bytes");
}

#[test]
fn failed_fifo_accesses_report_the_bytes_done() {
    let dev = regs();
    let good = io_project!(&dev, .good);
    let error = CopyError::Io { error: Broken { at: 0 }, done: 8 };
    let mut out = [0; 3];
    dev.breaks_after(2);
    assert_eq!(good.read_fifo(&mut out), Err(error));
    assert_eq!(out, [0x0302_0100, 0x0302_0100, 0]);
    dev.breaks_after(2);
    assert_eq!(good.write_fifo(&[7, 8, 9]), Err(error));
    assert_eq!(dev.bytes()[..4], [8, 0, 0, 0]);
    dev.breaks_after(3);
    assert_eq!(good.write_fifo(&[7, 8, 9]), Ok(()));
    assert_eq!(dev.log().len(), 9);
    dev.breaks_after(0);
    assert_eq!(good.try_read_fifo(&mut out).unwrap_err().done(), 0);
    assert_eq!(good.try_read_fifo(&mut []), Ok(()));
}

#[test]
fn a_failed_copy_returns_no_value() {
    let dev = Flaky::<Regs>::new(0x1e..0x20);
    let pair = io_project!(&dev, .pair);
    let error = CopyError::Io { error: Broken { at: 0x1e }, done: 4 };
    assert_eq!(pair.copy_read(), Err(error));
    assert_eq!(pair.try_copy_read(), Err(error));
    let value = Pair { low: Le::<u32>::new(1), high: Be::<u32>::new(2) };
    assert_eq!(pair.copy_write(value), Err(error));
    assert_eq!(pair.copy_write_as::<u16>(value).unwrap_err().done(), 6);
    let width = CopyError::Width { width: Width::W32, address: 0x11, size: 3 };
    let part = io_project!(&dev, .bytes[build: 1..4]);
    // Errors of the caller are returned here, and never panic.
    assert_eq!(part.try_copy_to_slice_as::<u32>(&mut [0; 3]), Err(width));
    let length = CopyError::Length { expected: 3, found: 2 };
    assert_eq!(part.copy_to_slice(&mut [0; 2]), Err(length));
    assert_eq!(part.copy_from_slice(&[0; 2]), Err(length));
    dev.breaks(0..0);
    let read = pair.copy_read().unwrap();
    assert_eq!((read.low.get(), read.high.get()), (1, 0x0000_1e1f));
}

#[test]
fn accesses_of_regions_return_errors() {
    struct Nova;
    type Bar = Region<0x10, A4, Nova>;
    const BAD: Loc<Bar, Le<u32>> = Loc::at(4);
    let dev = Flaky::<[u8; 16]>::new(6..7);
    let bar: FlakyView<'_, Bar> = (&dev).try_region().unwrap();
    assert_eq!(bar.read(BAD), Err(BROKEN));
    assert_eq!(bar.write(BAD, 1), Err(BROKEN));
    assert_eq!(io_update!(bar, build: BAD, |_| unreachable!()), Err(BROKEN));
    assert_eq!(bar.read_at::<u32>(4), Err(BROKEN));
    assert_eq!(bar.write_at::<u16>(6, 1), Err(BROKEN));
    assert_eq!(bar.write_at::<u16>(4, 1_u16.to_le()), Ok(()));
    // The two kinds of errors are distinguished: an invalid offset, or a failed access.
    assert_eq!(bar.try_read_at::<u32>(4), Err(AccessError::Io(BROKEN)));
    assert_eq!(bar.try_write_at::<u32>(4, 0), Err(AccessError::Io(BROKEN)));
    dev.log();
    let outside = AccessError::Place(Error::OutOfRange { offset: 14, size: 4, limit: 16 });
    assert_eq!(bar.try_read_at::<u32>(14), Err(outside));
    assert_eq!(bar.try_write_at::<u32>(14, 0), Err(outside));
    assert_eq!(outside.to_string(), "offset 0xe + 4 bytes exceeds region of 0x10");
    assert_eq!(AccessError::Io(BROKEN).to_string(), "byte 6 is broken");
    assert_eq!(dev.log(), []);
    assert_eq!(bar.try_read_at::<u8>(15), Ok(15));
}

/// `try_` forms where accesses cannot fail return a `Result` that is always `Ok`.
#[test]
fn try_forms_of_an_infallible_backend_return_ok() {
    let dev = bench::<Regs>();
    let read: Result<u32, Infallible> = io_try_read!(&dev, .good);
    let written: Result<(), Infallible> = io_try_write!(&dev, .good, 7);
    let updated: Result<(), Infallible> = io_try_update!(&dev, .good, |v| v + 1);
    let cleared: Result<(), Infallible> = io_project!(&dev, .pending).try_clear_bits(1);
    let set: Result<(), Infallible> = io_project!(&dev, .enabled).try_set_bits(2);
    assert_eq!(
        (read, written, updated, cleared, set),
        (Ok(0x0302_0100), Ok(()), Ok(()), Ok(()), Ok(()))
    );
    assert_eq!(
        log(&dev),
        [fresh(0, 32), W(0, 32, 7), R(0, 32, 7), W(0, 32, 8), W(8, 32, 1), W(12, 32, 2)]
    );
    // An error that cannot occur needs no handling.
    let Ok(value) = io_try_read!(&dev, .good);
    assert_eq!(value, 8);
    let copied: Result<Pair, CopyError<Infallible>> = io_project!(&dev, .pair).try_copy_read();
    assert_eq!(copied.unwrap().low.get(), 0x1b1a_1918);
}

#[test]
fn backends_declare_their_error_type() {
    fn fails_with<B: IoBackend, E: 'static>() -> bool {
        TypeId::of::<<B::Fail as ErrorMode>::Error>() == TypeId::of::<E>()
    }
    assert!(fails_with::<FlakyBackend, Broken>());
    assert!(fails_with::<io_core::backend::MmioBackend, Infallible>());
    assert_eq!(<Infallible as ErrorMode>::output(Ok::<_, Infallible>(5)), 5);
    assert_eq!(MayFail::<Broken>::output::<u8>(Err(BROKEN)), Err(BROKEN));
}
