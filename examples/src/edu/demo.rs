//! What `cargo run --bin edu` shows: every function of the device, once.

use core::fmt;

use io_core::{CoherentBox, CoherentView, DmaAllocator, prelude::*};
use zerocopy::{FromBytes, Immutable, IntoBytes, KnownLayout};

use super::{
    driver::{Edu, EduError},
    registers::{Irq, Registers},
};

/// Runs everything that the device can do and says what came out.
///
/// The same function drives a simulated edu, QEMU's edu and, on a machine that
/// has one, a mapped BAR.
///
/// # Errors
///
/// The first thing that did not come out as it should.
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

/// The device raises the interrupt a moment after the result can be read.
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

/// The interrupt is pending, and no longer once it is acknowledged.
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

/// Bytes left and right of what comes back, to see that they stay.
const GUARD: usize = 16;
/// What the returning memory holds before.
const OLD: u8 = 0xa5;

/// Bytes to the device and back into other memory.
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

/// A typed record, with the byte order written down.
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
    /// A 16-bit field of the other byte order, as network headers have.
    pub tag: Be<u16>,
}

impl Record {
    fn new(i: usize) -> Self {
        Record {
            key: Le::<u64>::from_ne(0x0123_4567_89ab_0000 + i as u64),
            value: Le::<u32>::from_ne(!(i as u32)),
            index: Le::<u16>::from_ne(i as u16),
            tag: Be::<u16>::from_ne(0x4000 | i as u16),
        }
    }
}

/// Typed records to the device and back into other memory.
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
    // One record more on each side, which nobody may touch.
    let back = Coherent::<[Record], _>::zeroed_slice(memory, count + 2)?;
    back.as_view().fill(OLD);

    let window = io_project!(&back, [try: 1..=count]);
    if let Err(error) = there_and_back(edu, there.as_view(), window) {
        return Err(abandon(error, (there, back)));
    }
    for (i, record) in window.iter().enumerate() {
        let expected = Record::new(i);
        let fields = (io_read!(record, .value), io_read!(record, .tag));
        if record.copy_read() != expected
            || fields != (expected.value.to_ne(), expected.tag.to_ne())
        {
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

/// Two transfers, each of which ends with its interrupt.
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

/// After an error the device may still write, and cannot be stopped: memory that
/// it knows of is leaked rather than handed to somebody else.
fn abandon<M>(error: EduError, memory: M) -> EduError {
    core::mem::forget(memory);
    error
}

/// What came out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Report {
    /// The identification register.
    pub id: u32,
    /// A pattern, and the device's complement of it.
    pub liveness: (u32, u32),
    /// 0! to 12!.
    pub factorials: [u32; 13],
    /// The interrupt of a finished factorial: seen, acknowledged, gone.
    pub factorial_interrupt: Irq,
    /// An interrupt raised by software: seen, acknowledged, gone.
    pub software_interrupt: Irq,
    /// Memory that went to the device and came back into other memory.
    pub round_trips: [RoundTrip; 4],
}

/// Memory that went to the device and came back unchanged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RoundTrip {
    /// What it held.
    pub what: &'static str,
    /// How many.
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
