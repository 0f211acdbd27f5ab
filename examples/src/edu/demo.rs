//! The demo of `cargo run --bin edu`: uses every function of the device once.

use core::fmt;

use io_core::{CoherentBox, CoherentView, DmaAllocator, prelude::*};
use zerocopy::{FromBytes, Immutable, IntoBytes, KnownLayout};

use super::{
    driver::{Edu, EduError},
    registers::{Irq, Registers},
};

/// Uses every function of the device and returns the results.
///
/// The same function drives a simulated edu, QEMU's edu and, on a machine that contains the device,
/// a mapped BAR.
///
/// # Errors
///
/// The first error or unexpected result.
pub fn run<'a, I, C, A>(registers: I, clock: C, memory: A) -> Result<Report, EduError>
where
    I: Io<'a, Target = Registers, Backend: Bus64>,
    C: Clock,
    A: DmaAllocator,
{
    let edu = Edu::probe(registers, clock)?;
    let (pattern, records) = (0x1234_5678, 255);
    let mut factorials = [0; 13];
    for (n, factorial) in (0..).zip(&mut factorials) {
        *factorial = edu.factorial(n)?;
    }
    Ok(Report {
        id: edu.id(),
        liveness: (pattern, edu.liveness(pattern)?),
        factorials,
        factorial_interrupt: factorial_interrupt(&edu)?,
        software_interrupt: software_interrupt(&edu)?,
        round_trips: [
            bytes(&edu, &memory, 1)?,
            bytes(&edu, &memory, 64)?,
            bytes(&edu, &memory, 4095)?,
            self::records(&edu, &memory, records)?,
        ],
    })
}

/// Checks the interrupt, which the device raises shortly after the result can be read.
fn factorial_interrupt<'a, I, C>(edu: &Edu<I, C>) -> Result<Irq, EduError>
where
    I: Io<'a, Target = Registers, Backend: Bus64>,
    C: Clock,
{
    edu.interrupt_on_factorial(true);
    edu.factorial(3)?;
    let irq = seen_and_gone(edu, Irq::FACTORIAL)?;
    edu.interrupt_on_factorial(false);
    Ok(irq)
}

fn software_interrupt<'a, I, C>(edu: &Edu<I, C>) -> Result<Irq, EduError>
where
    I: Io<'a, Target = Registers, Backend: Bus64>,
    C: Clock,
{
    let irq = Irq::from_bits_retain(0x0040_0200);
    edu.raise(irq);
    seen_and_gone(edu, irq)
}

/// Checks that the interrupt is pending, and no longer pending after it is acknowledged.
fn seen_and_gone<'a, I, C>(edu: &Edu<I, C>, expected: Irq) -> Result<Irq, EduError>
where
    I: Io<'a, Target = Registers, Backend: Bus64>,
    C: Clock,
{
    let pending = edu.wait(expected)?;
    if pending != expected {
        return Err(EduError::Interrupt { expected, pending });
    }
    match edu.acknowledge(expected) {
        rest if rest.is_empty() => Ok(expected),
        pending => Err(EduError::Interrupt { expected: Irq::empty(), pending }),
    }
}

/// Bytes before and after the received data, which must remain unchanged.
const GUARD: usize = 16;
/// Initial contents of the receiving memory.
const OLD: u8 = 0xa5;

/// Transfers bytes to the device and back into other memory.
fn bytes<'a, I, C, A>(edu: &Edu<I, C>, memory: &A, len: usize) -> Result<RoundTrip, EduError>
where
    I: Io<'a, Target = Registers, Backend: Bus64>,
    C: Clock,
    A: DmaAllocator,
{
    let pattern = |i: usize| (i as u8).wrapping_mul(37).wrapping_add(len as u8);
    let mut there = CoherentBox::<[u8], _>::zeroed_slice(memory, len)?;
    for (i, byte) in there.iter_mut().enumerate() {
        *byte = pattern(i);
    }
    let there = there.share();
    let back = Coherent::<[u8], _>::zeroed_slice(memory, GUARD + len + GUARD)?;
    back.as_view().fill(OLD);

    let window = io_project!(&back, [try: GUARD..GUARD + len]);
    if let Err(error) = there_and_back(edu, there.as_view(), window) {
        return Err(abandon(error, (there, back)));
    }
    for (i, byte) in back.as_view().iter().enumerate() {
        let expected = match i.checked_sub(GUARD) {
            Some(i) if i < len => pattern(i),
            _ => OLD,
        };
        if byte.read_val() != expected {
            return Err(EduError::Corrupt { at: i });
        }
    }
    Ok(RoundTrip { what: "bytes", count: len, size: len })
}

/// A typed record with explicit byte orders.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    FromBytes,
    Immutable,
    IntoBytes,
    IoStruct,
    KnownLayout,
)]
#[repr(C)]
pub struct Record {
    /// A 64-bit field.
    pub key: Le<u64>,
    /// A 32-bit field.
    pub value: Le<u32>,
    /// A 16-bit field.
    pub index: Le<u16>,
    /// A 16-bit field of the other byte order, as in network headers.
    pub tag: Be<u16>,
}

impl Record {
    fn new(i: usize) -> Self {
        Record {
            key: Le::new(0x0123_4567_89ab_0000 + i as u64),
            value: Le::new(!(i as u32)),
            index: Le::new(i as u16),
            tag: Be::new(0x4000 | i as u16),
        }
    }
}

/// Transfers typed records to the device and back into other memory.
fn records<'a, I, C, A>(edu: &Edu<I, C>, memory: &A, count: usize) -> Result<RoundTrip, EduError>
where
    I: Io<'a, Target = Registers, Backend: Bus64>,
    C: Clock,
    A: DmaAllocator,
{
    let there = Coherent::<[Record], _>::zeroed_slice(memory, count)?;
    for i in 0..count {
        io_project!(&there, [panic: i]).copy_write(Record::new(i));
    }
    // One additional record on each side, which must remain unchanged.
    let back = Coherent::<[Record], _>::zeroed_slice(memory, count + 2)?;
    back.as_view().fill(OLD);

    let window = io_project!(&back, [try: 1..=count]);
    if let Err(error) = there_and_back(edu, there.as_view(), window) {
        return Err(abandon(error, (there, back)));
    }
    for (i, record) in window.iter().enumerate() {
        let expected = Record::new(i);
        let fields = (io_read!(record, .value), io_read!(record, .tag));
        if record.copy_read() != expected || fields != (expected.value.get(), expected.tag.get()) {
            return Err(EduError::Corrupt { at: i });
        }
    }
    for guard in [0, count + 1] {
        if io_project!(&back, [panic: guard]).copy_read().as_bytes() != [OLD; 16] {
            return Err(EduError::Corrupt { at: guard });
        }
    }
    Ok(RoundTrip { what: "records", count, size: window.size() })
}

/// Performs two transfers, each of which ends with its interrupt.
fn there_and_back<'a, I, C, T>(
    edu: &Edu<I, C>,
    there: CoherentView<'_, [T]>,
    back: CoherentView<'_, [T]>,
) -> Result<(), EduError>
where
    I: Io<'a, Target = Registers, Backend: Bus64>,
    C: Clock,
{
    edu.send(there)?;
    seen_and_gone(edu, Irq::DMA)?;
    edu.receive(back)?;
    seen_and_gone(edu, Irq::DMA)?;
    Ok(())
}

/// Leaks memory after an error: the device may still write to it and cannot be stopped, so it must
/// not be reused.
fn abandon<M>(error: EduError, memory: M) -> EduError {
    core::mem::forget(memory);
    error
}

/// The results of the demo.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Report {
    /// The identification register.
    pub id: u32,
    /// A pattern, and its complement as returned by the device.
    pub liveness: (u32, u32),
    /// 0! to 12!.
    pub factorials: [u32; 13],
    /// The interrupt of a finished factorial, which was pending and was cleared by the
    /// acknowledgement.
    pub factorial_interrupt: Irq,
    /// An interrupt raised by software, which was pending and was cleared by the acknowledgement.
    pub software_interrupt: Irq,
    /// Data that was transferred to the device and back into other memory.
    pub round_trips: [RoundTrip; 4],
}

/// Data that was transferred to the device and back unchanged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RoundTrip {
    /// The kind of data.
    pub what: &'static str,
    /// The number of items.
    pub count: usize,
    /// Size in bytes.
    pub size: usize,
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (pattern, answer) = self.liveness;
        writeln!(f, "identification  {:#010x}", self.id)?;
        writeln!(f, "liveness        {pattern:#010x} -> {answer:#010x}")?;
        for (n, factorial) in self.factorials.iter().enumerate() {
            writeln!(f, "factorial       {n}! = {factorial}")?;
        }
        let gone = "raised, seen, acknowledged, gone";
        writeln!(f, "interrupt       {:#x} (factorial) {gone}", self.factorial_interrupt.bits())?;
        writeln!(f, "interrupt       {:#x} (software) {gone}", self.software_interrupt.bits())?;
        for RoundTrip { what, count, size } in self.round_trips {
            let irq = Irq::DMA.bits();
            write!(f, "DMA             {count} {what} ({size} bytes) there and back, ")?;
            writeln!(f, "interrupt {irq:#x} {gone} both ways")?;
        }
        Ok(())
    }
}
