//! The model: a vector of bytes, and the expected effect of every operation on it.

use io_core::{CopyError, Error, OutOfBound, Width};

use super::{
    SIZE,
    ops::{Field, Op, Outcome},
};

/// The byte order of a value.
#[derive(Clone, Copy)]
enum Order {
    Little,
    Big,
    Native,
}

pub(super) struct Model(Vec<u8>);

/// The location of an array: start, number of elements, stride, size and byte order of a value.
fn array(field: Field) -> (usize, usize, usize, usize, Order) {
    use Order::{Big, Little, Native};
    match field {
        Field::Bytes => (0x00, 16, 1, 1, Native),
        Field::Signed => (0x10, 4, 2, 2, Native),
        Field::Half => (0x18, 4, 2, 2, Big),
        Field::Word => (0x20, 4, 4, 4, Little),
        Field::Big => (0x30, 4, 4, 4, Big),
        Field::Native => (0x40, 4, 4, 4, Native),
        Field::Tag => (0x78, 4, 6, 2, Big),
        #[cfg(target_pointer_width = "64")]
        Field::Long => (0x50, 2, 8, 8, Little),
        #[cfg(target_pointer_width = "64")]
        Field::Blong => (0x60, 2, 8, 8, Big),
        #[cfg(target_pointer_width = "64")]
        Field::Nlong => (0x70, 1, 8, 8, Native),
    }
}

fn is_little(order: Order) -> bool {
    match order {
        Order::Little => true,
        Order::Big => false,
        Order::Native => cfg!(target_endian = "little"),
    }
}

fn index(i: usize, len: usize) -> Result<usize, Outcome> {
    match i < len {
        true => Ok(i),
        false => Err(Outcome::Index(OutOfBound { start: i, end: i + 1, len })),
    }
}

fn part(start: usize, end: usize, len: usize) -> Result<(), Outcome> {
    match start <= end && end <= len {
        true => Ok(()),
        false => Err(Outcome::Index(OutOfBound { start, end, len })),
    }
}

fn fits(start: usize, end: usize, width: Option<Width>) -> Result<(), Outcome> {
    let size = end - start;
    match width {
        Some(width) if !(start | size).is_multiple_of(width.bytes()) => {
            Err(Outcome::Copy(CopyError::Width { width, address: start, size }))
        }
        _ => Ok(()),
    }
}

fn place(offset: usize, size: usize) -> Result<(), Outcome> {
    if offset + size > SIZE {
        return Err(Outcome::Place(Error::OutOfRange { offset, size, limit: SIZE }));
    }
    match offset % size {
        0 => Ok(()),
        _ => Err(Outcome::Place(Error::Misaligned { address: offset, align: size })),
    }
}

impl Model {
    pub(super) fn new(bytes: Vec<u8>) -> Self {
        Model(bytes)
    }

    pub(super) fn bytes(&self) -> &Vec<u8> {
        &self.0
    }

    /// Executes the operation.
    pub(super) fn run(&mut self, op: &Op) -> Outcome {
        self.try_run(op).unwrap_or_else(|outcome| outcome)
    }

    fn get(&self, at: usize, size: usize, order: Order) -> u64 {
        let mut bytes = self.0[at..at + size].to_vec();
        if !is_little(order) {
            bytes.reverse();
        }
        bytes.iter().rev().fold(0, |value, byte| value << 8 | u64::from(*byte))
    }

    fn set(&mut self, at: usize, size: usize, order: Order, value: u64) {
        for i in 0..size {
            let byte = if is_little(order) { i } else { size - 1 - i };
            self.0[at + i] = (value >> (8 * byte)) as u8;
        }
    }

    fn try_run(&mut self, op: &Op) -> Result<Outcome, Outcome> {
        match *op {
            Op::Read(field, i) => {
                let (start, len, stride, size, order) = array(field);
                return Ok(Outcome::Value(self.get(start + stride * index(i, len)?, size, order)));
            }
            Op::Write(field, i, value) => {
                let (start, len, stride, size, order) = array(field);
                self.set(start + stride * index(i, len)?, size, order, value);
            }
            Op::Update(field, i, bits) => {
                let (start, len, stride, size, order) = array(field);
                let at = start + stride * index(i, len)?;
                self.set(at, size, order, self.get(at, size, order) ^ bits);
            }
            Op::CopyOut(start, end, width) => {
                part(start, end, SIZE)?;
                fits(start, end, width)?;
                return Ok(Outcome::Bytes(self.0[start..end].to_vec()));
            }
            Op::CopyIn(start, end, width, input) => {
                part(start, end, SIZE)?;
                let (expected, found) = (end - start, input.len);
                if expected != found {
                    return Err(Outcome::Copy(CopyError::Length { expected, found }));
                }
                fits(start, end, width)?;
                self.0[start..end].copy_from_slice(&input.bytes());
            }
            Op::Fill(start, end, byte) => {
                part(start, end, SIZE)?;
                self.0[start..end].fill(byte);
            }
            Op::Chunks(len) => {
                for (n, chunk) in self.0[..16].chunks_mut(len).enumerate() {
                    chunk.fill(n as u8);
                }
            }
            Op::Split(at, low, high) => {
                part(0, at, 16)?;
                self.0[..at].fill(low);
                self.0[at..16].fill(high);
            }
            Op::ReadAt(at, width) => {
                place(at, width.bytes())?;
                return Ok(Outcome::Value(self.get(at, width.bytes(), Order::Native)));
            }
            Op::WriteAt(at, width, value) => {
                place(at, width.bytes())?;
                self.set(at, width.bytes(), Order::Native, value);
            }
            Op::CopySlot(from, to) => {
                let (from, to) = (index(from, 4)?, index(to, 4)?);
                let start = 0x78 + 6 * from;
                self.0.copy_within(start..start + 6, 0x78 + 6 * to);
            }
        }
        Ok(Outcome::Done)
    }
}
