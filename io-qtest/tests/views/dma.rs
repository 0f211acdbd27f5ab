//! Coherent memory in guest RAM.

use alloc::sync::Arc;
use core::alloc::Layout;
use core::error::Error;
use core::time::Duration;
use std::thread;

use io_core::{CoherentBox, DmaAllocator as _, Error as CoreError, IoSlice, StdClock, prelude::*};
use io_qtest::{GuestDma, Machine, MappedBar, Qemu};

use crate::{Edu, edu, machine, peek};

/// The start of the device's own memory.
const BUFFER: u64 = 0x4_0000;
const START: u64 = 1;
const TO_RAM: u64 = 2;

/// Returns the allocator of a machine whose tests fulfil the safety contract.
fn allocator(qemu: &Qemu) -> GuestDma {
    // SAFETY: in these tests devices and commands access shared memory only, and it is freed after
    // the device has finished.
    unsafe { qemu.dma() }
}

/// Makes one transfer of edu's DMA engine.
fn transfer(edu: &MappedBar<'_, Edu>, [from, to, count, command]: [u64; 4]) {
    io_write!(edu, .dma[0], from);
    io_write!(edu, .dma[1], to);
    io_write!(edu, .dma[2], count);
    io_write!(edu, .command, command);
    let limit = Poll::within(Duration::from_secs(20)).every(Duration::from_millis(2));
    let done = io_project!(edu, .command).poll(&StdClock::new(), limit, |c| c & START == 0);
    assert!(done.is_ok());
}

#[test]
fn a_dma_round_trip_returns_the_data() -> Result<(), Box<dyn Error>> {
    let qemu = machine().start()?;
    let (edu, dma) = (edu(&qemu)?, allocator(&qemu));
    let mut there = CoherentBox::<[Le<u32>], _>::zeroed_slice(&dma, 100)?;
    for (i, word) in (0..).zip(there.iter_mut()) {
        *word = Le::<u32>::new(0x0102_0304 * i);
    }
    let there = there.share();
    let back = Coherent::<[Be<u32>], _>::zeroed_slice(&dma, 102)?;
    let part = io_project!(&back, [panic: 1..101]);
    transfer(&edu, [there.dma_address().raw(), BUFFER, 400, START]);
    transfer(&edu, [BUFFER, part.dma_address().raw(), 400, START | TO_RAM]);
    for (i, word) in (0..).zip(part.iter()) {
        // Written as `Le`, read as `Be`.
        assert_eq!(word.read_val(), (0x0102_0304_u32 * i).swap_bytes());
    }
    let guards = [back.as_view().first(), back.as_view().last()];
    assert_eq!(guards.map(|guard| guard.map(Io::read_val)), [Some(0); 2]);
    Ok(qemu.finish()?)
}

#[test]
fn the_device_address_reaches_the_memory() -> Result<(), Box<dyn Error>> {
    let qemu = machine().start()?;
    let dma = allocator(&qemu);
    let ours = CoherentBox::new(&dma, Le::<u64>::new(0x1122_3344_5566_7788))?.share();
    let theirs = qemu.mmio::<Le<u64>>(ours.dma_address().raw())?;
    assert_eq!(theirs.read_val(), 0x1122_3344_5566_7788);
    theirs.write_val(7);
    assert_eq!((&ours).read_val(), 7);
    assert_eq!(peek(&qemu, ours.dma_address().raw() as usize), [7, 0, 0, 0, 0, 0, 0, 0]);
    Ok(qemu.finish()?)
}

#[test]
fn allocations_use_ram_above_the_first_mebibyte() -> Result<(), Box<dyn Error>> {
    let qemu = Machine::q35().ram((1 << 20) + (64 << 10)).start()?;
    let dma = allocator(&qemu);
    assert_eq!(dma.available(), 64 << 10);
    assert_eq!(format!("{dma:?}"), "GuestDma(0x10000 of 0x110000 bytes free)");
    let all = Coherent::<[u8], _>::zeroed_slice(&dma, 64 << 10)?;
    assert_eq!(all.dma_address().raw(), 1 << 20, "not in the first MiB");
    let none = |size, align| Some(CoreError::NoMemory { size, align });
    // Another handle to the same memory.
    let other = allocator(&qemu);
    assert_eq!(Coherent::<u16, _>::zeroed(&other).err(), none(2, 2));
    drop(all);
    assert_eq!(dma.available(), 64 << 10);
    assert_eq!(Coherent::<[u8], _>::zeroed_slice(&other, (64 << 10) + 1).err(), none(65_537, 1));
    assert_eq!(dma.allocate(Layout::new::<()>()), Err(CoreError::Empty));
    let layout = Layout::from_size_align(1, 8192)?;
    assert_eq!(dma.allocate(layout), Err(CoreError::NoMemory { size: 1, align: 8192 }));
    assert_eq!(Coherent::<[u8], _>::zeroed_slice(&other, 0).err(), Some(CoreError::Empty));
    assert_eq!(dma.available(), 64 << 10);
    for ram in [64 << 10, 1 << 20] {
        let small = Machine::q35().ram(ram).start()?;
        assert_eq!(Coherent::<u8, _>::zeroed(allocator(&small)).err(), none(1, 1));
        small.finish()?;
    }
    Ok(qemu.finish()?)
}

#[test]
fn memory_is_aligned_for_both_sides_and_zeroed() -> Result<(), Box<dyn Error>> {
    #[repr(C, align(4096))]
    struct Page([u8; 4096]);
    let qemu = machine().start()?;
    let dma = allocator(&qemu);
    for _ in 0..2 {
        let odd = Coherent::<[u8; 3], _>::zeroed(&dma)?;
        let page = Coherent::<Page, _>::zeroed(&dma)?;
        let word = Coherent::<Le<u64>, _>::zeroed(&dma)?;
        let addresses =
            [page.dma_address().raw(), page.as_view().as_sys_mem().as_ptr().addr() as u64];
        assert_eq!(addresses.map(|address| address % 4096), [0, 0]);
        assert_eq!(word.dma_address().raw() % 8, 0);
        assert_eq!((io_read!(&odd, [1]), (&word).read_val()), (0, 0));
        // The next iteration allocates the same memory.
        (&odd).fill(0xFF);
        (&word).write_val(u64::MAX);
    }
    Ok(qemu.finish()?)
}

#[test]
fn memory_outlives_machine_and_allocator() -> Result<(), Box<dyn Error>> {
    let qemu = machine().start()?;
    let ram = Arc::clone(qemu.ram());
    let dma = allocator(&qemu);
    let word = Coherent::<Le<u32>, _>::zeroed(dma.clone())?;
    let layout = Layout::new::<u64>();
    let block = dma.allocate(layout)?;
    // References of the machine, the test, two handles and two blocks.
    assert_eq!(Arc::strong_count(&ram), 6);
    drop(dma);
    qemu.finish()?;
    assert_eq!(Arc::strong_count(&ram), 4);
    (&word).write_val(7);
    assert_eq!((&word).read_val(), 7);
    drop(word);
    assert_eq!(Arc::strong_count(&ram), 2, "the block keeps the RAM");
    drop(ram);
    let place = block.memory.cast::<u64>();
    // SAFETY: the block is valid until it is deallocated, which does not happen here.
    unsafe { place.write_volatile(8) };
    // SAFETY: the block is valid until it is deallocated, which does not happen here.
    assert_eq!(unsafe { place.read_volatile() }, 8);
    Ok(())
}

#[test]
fn threads_allocate_and_free_in_any_order() -> Result<(), Box<dyn Error>> {
    let qemu = machine().start()?;
    let dma = allocator(&qemu);
    let before = dma.available();
    thread::scope(|scope| {
        for n in 0..4_usize {
            let dma = &dma;
            scope.spawn(move || {
                let mut live = Vec::new();
                for i in 0..300_usize {
                    let size = i * 7 % 100 + n + 1;
                    let block = Coherent::<[u8], _>::zeroed_slice(dma.clone(), size).unwrap();
                    block.as_view().fill(n as u8 + 1);
                    live.push(block);
                    if i % 3 == 2 {
                        live.swap_remove(i * 5 % live.len());
                    }
                }
                for block in &live {
                    assert!(block.as_view().iter().all(|byte| byte.read_val() == n as u8 + 1));
                }
            });
        }
    });
    assert_eq!(dma.available(), before);
    Ok(qemu.finish()?)
}
