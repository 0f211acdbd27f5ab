//! Registers and DMA of the educational device.

use io_qtest::{Connection, Error, GuestRam};

use crate::{edu, machine, wait_until};

const ID: u64 = 0x00;
const LIVENESS: u64 = 0x04;
const DMA_SRC: u64 = 0x80;
const DMA_DST: u64 = 0x88;
const DMA_COUNT: u64 = 0x90;
const DMA_CMD: u64 = 0x98;
const START: u64 = 1;
const TO_RAM: u64 = 2;
/// The start of the device's own memory.
const BUFFER: u64 = 0x4_0000;

#[test]
fn registers_of_4_bytes_are_read_and_written() -> Result<(), Error> {
    let qemu = machine().start()?;
    let (_, bar) = edu(&qemu)?;
    let bus = qemu.connection();
    assert_eq!(bus.readl(bar.address + ID)?, 0x0100_00ED);
    bus.writel(bar.address + LIVENESS, 0x1234_5678)?;
    assert_eq!(bus.readl(bar.address + LIVENESS)?, !0x1234_5678);
    qemu.finish()
}

#[test]
fn registers_of_8_bytes_are_read_and_written() -> Result<(), Error> {
    let qemu = machine().start()?;
    let (_, bar) = edu(&qemu)?;
    let bus = qemu.connection();
    for (i, register) in [DMA_SRC, DMA_DST, DMA_COUNT].into_iter().enumerate() {
        let value = 0x0123_4567_89AB_CDE0 + i as u64;
        bus.writeq(bar.address + register, value)?;
        assert_eq!(bus.readq(bar.address + register)?, value);
    }
    assert_eq!(bus.readq(bar.address + ID)?, u64::MAX);
    qemu.finish()
}

#[test]
fn every_width_reaches_ram() -> Result<(), Error> {
    let qemu = machine().start()?;
    let bus = qemu.connection();
    let at = 0x10_0000;
    bus.writeq(at, 0x8877_6655_4433_2211)?;
    assert_eq!(peek(qemu.ram(), at, 8), 0x8877_6655_4433_2211_u64.to_le_bytes());
    assert_eq!(bus.readb(at + 7)?, 0x88);
    assert_eq!(bus.readw(at + 5)?, 0x7766);
    assert_eq!(bus.readl(at + 3)?, 0x7766_5544);
    bus.writeb(at, 0xA1)?;
    bus.writew(at + 1, 0xA3A2)?;
    bus.writel(at + 3, 0xA7A6_A5A4)?;
    assert_eq!(bus.readq(at)?, 0x88A7_A6A5_A4A3_A2A1);
    qemu.finish()
}

#[test]
fn byte_ranges_of_any_length_are_transferred() -> Result<(), Error> {
    let qemu = machine().start()?;
    let bus = qemu.connection();
    for len in [0, 1, 4095, 4096, 4097, 20_000] {
        let bytes: Vec<u8> = (0..len).map(|i: u32| (i % 251) as u8).collect();
        bus.write(0x10_0001, &bytes)?;
        let mut back = vec![0; bytes.len()];
        bus.read(0x10_0001, &mut back)?;
        assert_eq!(back, bytes);
        assert_eq!(peek(qemu.ram(), 0x10_0001, bytes.len()), bytes);
    }
    qemu.finish()
}

#[test]
fn dma_is_visible_in_the_mapped_ram() -> Result<(), Error> {
    let qemu = machine().start()?;
    let (_, bar) = edu(&qemu)?;
    let bus = qemu.connection();
    let (from, to, count) = (0x10_0000, 0x20_0003, 4000);
    let bytes: Vec<u8> = (0..count).map(|i| (i * 13 + 5) as u8).collect();
    poke(qemu.ram(), from, &bytes);
    dma(bus, bar.address, [from, BUFFER, count, START])?;
    assert_eq!(peek(qemu.ram(), to, bytes.len()), vec![0; bytes.len()]);
    dma(bus, bar.address, [BUFFER, to, count, START | TO_RAM])?;
    assert_eq!(peek(qemu.ram(), to, bytes.len()), bytes);
    assert_eq!(peek(qemu.ram(), to - 1, 1), [0]);
    assert_eq!(peek(qemu.ram(), to + count, 1), [0]);
    qemu.finish()
}

/// Makes one transfer, from its start to its end 100 ms later.
fn dma(bus: &Connection, edu: u64, transfer: [u64; 4]) -> Result<(), Error> {
    let registers = [DMA_SRC, DMA_DST, DMA_COUNT, DMA_CMD];
    for (register, value) in registers.into_iter().zip(transfer) {
        bus.writeq(edu + register, value)?;
    }
    wait_until("DMA", || bus.readq(edu + DMA_CMD).map_or(true, |cmd| cmd & START == 0));
    bus.check()
}

fn poke(ram: &GuestRam, at: u64, bytes: &[u8]) {
    for (i, &byte) in (at as usize..).zip(bytes) {
        assert!(i < ram.len());
        let target = ram.base().as_ptr().wrapping_add(i);
        // SAFETY: the pointer is inside guest RAM, to which no references exist.
        unsafe { target.write_volatile(byte) };
    }
}

fn peek(ram: &GuestRam, at: u64, len: usize) -> Vec<u8> {
    let byte = |i| {
        assert!(i < ram.len());
        let source = ram.base().as_ptr().wrapping_add(i);
        // SAFETY: the pointer is inside guest RAM, to which no references exist.
        unsafe { source.read_volatile() }
    };
    (at as usize..).take(len).map(byte).collect()
}
