//! Concurrent accesses of two threads: a single access is observed as a whole, copies consist of
//! accesses of the correct width, and ordered accesses stay ordered.
//!
//! Natively, a torn value would be observed within the number of rounds. Miri reports it
//! immediately: it rejects races of accesses of different widths, and unordered plain accesses.

use core::{
    sync::atomic::{AtomicBool, Ordering},
    time::Duration,
};
use std::time::Instant;

use io_core::{
    CoherentView, Repr,
    backend::IoCapable,
    layout::{AllBytes, AnyBytes, CopyReadable, CopyWritable, Readable, Writable},
    prelude::*,
};

use crate::support::raw::Raw;

/// The maximum time to wait for a signal, on a machine under heavy load.
const PATIENCE: Duration = Duration::from_secs(if cfg!(miri) { 5 } else { 60 });

const ROUNDS: u32 = if cfg!(miri) { 20 } else { 20_000 };

/// Runs `write` with all zeros and all ones alternately, and `read` concurrently.
fn race(write: impl Fn(u8) + Sync, read: impl Fn() -> bool) {
    let stop = AtomicBool::new(false);
    std::thread::scope(|s| {
        s.spawn(|| {
            for i in 0..ROUNDS {
                write(if i % 2 == 0 { 0xff } else { 0x00 });
            }
            stop.store(true, Ordering::Release);
        });
        loop {
            let last = stop.load(Ordering::Acquire);
            assert!(read(), "torn");
            if last {
                break;
            }
            std::thread::yield_now();
        }
    });
}

fn whole(bytes: &[u8]) -> bool {
    bytes.iter().all(|byte| *byte == bytes[0])
}

/// An integer that consists of equal bytes.
fn repr<R: Repr>(byte: u8) -> R {
    R::from_u64(u64::from_ne_bytes([byte; 8]))
}

fn memory() -> Raw {
    let memory = Raw::new(0x10);
    memory.put(0, &[0; 16]);
    memory
}

fn mmio<'a, T>(memory: &'a Raw, at: usize) -> Mmio<'a, T> {
    // SAFETY: the test owns the memory, which is aligned for `T` at `at`.
    unsafe { Mmio::from_raw(MmioRaw::from_ptr(memory.ptr().wrapping_add(at).cast())) }
}

fn system<'a, T>(memory: &'a Raw, at: usize) -> SysMem<'a, T> {
    // SAFETY: the test owns the memory, which is aligned for `T` at `at`.
    unsafe { SysMem::new(memory.ptr().wrapping_add(at).cast()) }
}

/// Values of `R` over two views of the same memory.
fn values<R>(at: usize)
where
    R: Repr + Readable<Read = R> + Writable<Write = R>,
    io_core::backend::MmioBackend: IoCapable<R>,
    io_core::backend::RelaxedMmioBackend: IoCapable<R>,
    io_core::backend::SysMemBackend: IoCapable<R>,
    R: IoValue<Repr = R>,
{
    let memory = memory();
    let (mmio, system) = (mmio::<R>(&memory, at), system::<R>(&memory, at));
    let is_whole = |value: R| value == repr(0) || value == repr(0xff);
    race(|byte| mmio.write_val(repr(byte)), || is_whole(system.read_val()));
    race(|byte| system.write_val(repr(byte)), || is_whole(mmio.relaxed().read_val()));
    race(|byte| mmio.relaxed().write_val(repr(byte)), || is_whole(mmio.read_val()));
}

#[test]
fn one_value_is_one_access() {
    values::<u16>(2);
    values::<u32>(4);
    #[cfg(target_pointer_width = "64")]
    values::<u64>(8);
}

/// Copies of the `N` elements at an offset use accesses of the width of an element.
fn copies<R, const N: usize>(at: usize)
where
    R: Repr + Readable<Read = R> + Writable<Write = R> + IoValue<Repr = R>,
    R: CopyReadable + CopyWritable + AnyBytes + AllBytes,
    io_core::backend::SysMemBackend: IoCapable<R>,
{
    let memory = memory();
    let device = mmio::<[R; N]>(&memory, at);
    let place = |i| system::<R>(&memory, at + i * size_of::<R>());
    let words: Vec<_> = (0..N).map(place).collect();
    let read = || {
        let values = words.iter().map(|word| word.read_val());
        values.into_iter().all(|value| value == repr(0) || value == repr(0xff))
    };
    race(|byte| device.copy_from_slice(&[repr(byte); N]), read);
    race(|byte| device.relaxed().copy_from_slice(&[repr(byte); N]), read);
    race(|byte| device.fill(byte), read);
    race(
        |byte| words.iter().for_each(|word| word.write_val(repr(byte))),
        || {
            let mut out = [repr(0); N];
            device.copy_to_slice(&mut out);
            out.iter().all(|value| *value == repr(0) || *value == repr(0xff))
        },
    );
}

#[test]
fn device_copies_have_the_width_of_an_element() {
    copies::<u8, 4>(3);
    copies::<u16, 1>(6);
    copies::<u16, 3>(2);
    copies::<u32, 1>(4);
    copies::<u32, 2>(8);
    #[cfg(target_pointer_width = "64")]
    copies::<u64, 1>(8);
}

/// Device copies use accesses of the requested width.
fn stated<R, const N: usize>(at: usize)
where
    R: Repr + Readable<Read = R> + Writable<Write = R> + IoValue<Repr = R>,
    io_core::backend::SysMemBackend: IoCapable<R>,
    io_core::backend::MmioBackend: IoCapable<R>,
{
    let memory = memory();
    let (bytes, word) = (mmio::<[u8; N]>(&memory, at), system::<R>(&memory, at));
    race(
        |byte| bytes.try_copy_from_slice_as::<R>(&[byte; N]).unwrap(),
        || matches!(word.read_val(), value if value == repr(0) || value == repr(0xff)),
    );
    race(
        |byte| word.write_val(repr(byte)),
        || {
            let mut out = [0; N];
            bytes.try_copy_to_slice_as::<R>(&mut out).unwrap();
            whole(&out[..size_of::<R>()])
        },
    );
}

#[test]
fn device_copies_have_the_stated_width() {
    stated::<u8, 4>(4);
    stated::<u16, 4>(4);
    stated::<u32, 8>(8);
    #[cfg(target_pointer_width = "64")]
    stated::<u64, 8>(8);
}

/// Copies of system memory are byte-wise atomic.
#[test]
fn memory_copies_are_bytewise_atomic() {
    let memory = memory();
    let bytes = system::<[u8; 16]>(&memory, 0);
    let read = || bytes.iter().map(|b| b.read_val()).all(|v| v == 0 || v == 0xff);
    race(|byte| bytes.copy_from_slice(&[byte; 16]), read);
    race(|byte| bytes.fill(byte), read);
    race(
        |byte| bytes.iter().for_each(|b| b.write_val(byte)),
        || {
            let mut out = [0; 16];
            bytes.copy_to_slice(&mut out);
            out.iter().all(|v| *v == 0 || *v == 0xff)
        },
    );
}

/// Plain memory that one thread writes before it signals, and the other reads after it has observed
/// the signal. Miri rejects this unless the signal orders the accesses.
fn publish(signal: impl Fn() + Send, seen: impl Fn() -> bool) {
    struct Plain(core::cell::UnsafeCell<u32>);
    // SAFETY: the order of the accesses is tested.
    unsafe impl Sync for Plain {}
    let plain = Plain(core::cell::UnsafeCell::new(0));
    let place = &plain;
    std::thread::scope(|s| {
        s.spawn(move || {
            // SAFETY: the other thread waits for the signal.
            unsafe { place.0.get().write(5) };
            signal();
        });
        let start = Instant::now();
        while !seen() {
            assert!(start.elapsed() < PATIENCE, "no sign");
            std::thread::yield_now();
        }
        // SAFETY: written before the signal, and not written again.
        assert_eq!(unsafe { place.0.get().read() }, 5);
    });
}

#[test]
fn ordered_accesses_order_memory() {
    let memory = memory();
    let (word, bytes) = (mmio::<u32>(&memory, 4), mmio::<[u8; 4]>(&memory, 8));
    publish(|| word.write_val(1), || word.read_val() == 1);
    let seen = || {
        let mut out = [0; 4];
        bytes.copy_to_slice(&mut out);
        out[0] != 0
    };
    publish(|| bytes.copy_from_slice(&[1; 4]), seen);
    bytes.fill(0);
    publish(|| bytes.fill(1), || bytes.copy_read()[0] == 1);
    word.write_val(0);
    let (word, bytes) = (IoSysMap::from(word), IoSysMap::from(bytes));
    publish(|| word.write_val(1), || word.read_val() == 1);
    bytes.fill(0);
    publish(|| bytes.fill(1), || bytes.copy_read()[0] == 1);
}

#[test]
fn barriers_order_memory() {
    let memory = memory();
    let device = mmio::<u32>(&memory, 4);
    let word = system::<u32>(&memory, 8);
    // SAFETY: no device uses the address.
    let coherent = unsafe { CoherentView::new(word, io_core::DmaAddr::new(0)) };
    macro_rules! ordered {
        ($($write:ident $read:ident, $($view:expr),+;)+) => {$($(
            let view = $view;
            view.write_val(0);
            publish(
                || {
                    view.$write();
                    view.write_val(1);
                },
                || {
                    let value = view.read_val();
                    view.$read();
                    value == 1
                },
            );
        )+)+};
    }
    ordered! {
        wmb rmb, device.relaxed(), word, coherent, IoSysMap::from(word);
        mb mb, device.relaxed(), word, coherent, IoSysMap::from(word);
        dma_wmb dma_rmb, device.relaxed(), word, coherent, IoSysMap::from(word);
        dma_mb dma_mb, device.relaxed(), word, coherent, IoSysMap::from(word);
    }
}

#[test]
fn barriers_without_a_view_order_memory() {
    use io_core::barrier::{dma_mb, dma_rmb, dma_wmb, mb, rmb, wmb};
    let memory = memory();
    let word = system::<u32>(&memory, 8);
    for (write, read) in
        [(wmb as fn(), rmb as fn()), (mb, mb), (dma_wmb, dma_rmb), (dma_mb, dma_mb)]
    {
        word.write_val(0);
        publish(
            || {
                write();
                word.write_val(1);
            },
            || {
                let value = word.read_val();
                read();
                value == 1
            },
        );
    }
}

/// One thread writes even numbers, and the other replaces each by the next odd one in the same
/// word. A repeated write would overwrite the reply.
fn answered(write: impl Fn(u32) + Sync, read: impl Fn() -> u32 + Sync) {
    let rounds = if cfg!(miri) { 20 } else { 2_000 };
    let start = Instant::now();
    let wait = |number| {
        while read() != number {
            assert!(start.elapsed() < PATIENCE, "{number} was not observed within {PATIENCE:?}");
            std::thread::yield_now();
        }
    };
    std::thread::scope(|s| {
        s.spawn(|| {
            for i in 1..=rounds {
                write(2 * i);
                wait(2 * i + 1);
            }
        });
        for i in 1..=rounds {
            wait(2 * i);
            write(2 * i + 1);
        }
    });
    assert_eq!(read(), 2 * rounds + 1);
}

/// Under Miri, threads are preempted between any two accesses, which detects a repeated write.
#[test]
fn a_write_is_one_store() {
    let memory = memory();
    let (device, word) = (mmio::<u32>(&memory, 4), system::<u32>(&memory, 8));
    answered(|value| device.write_val(value), || device.read_val());
    device.write_val(0);
    answered(|value| device.relaxed().write_val(value), || device.relaxed().read_val());
    answered(|value| word.write_val(value), || word.read_val());
}
