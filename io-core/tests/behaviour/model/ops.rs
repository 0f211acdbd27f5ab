//! The operations, as values.

use io_core::{CopyError, Error, OutOfBound, Width};
use proptest::{prelude::*, sample};

use super::SIZE;

/// The source bytes of a copy, generated from a seed.
#[derive(Clone, Copy, Debug)]
pub(super) struct Input {
    pub(super) len: usize,
    seed: u64,
}

impl Input {
    pub(super) fn bytes(self) -> Vec<u8> {
        let mut state = self.seed;
        let next = |_| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            (state >> 56) as u8
        };
        (0..self.len).map(next).collect()
    }
}

/// An array of the block.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Field {
    Bytes,
    Signed,
    Half,
    Word,
    Big,
    Native,
    /// The tags of the slots: a field of each element.
    Tag,
    #[cfg(target_pointer_width = "64")]
    Long,
    #[cfg(target_pointer_width = "64")]
    Blong,
    #[cfg(target_pointer_width = "64")]
    Nlong,
}

const FIELDS: &[Field] = &[
    Field::Bytes,
    Field::Signed,
    Field::Half,
    Field::Word,
    Field::Big,
    Field::Native,
    Field::Tag,
    #[cfg(target_pointer_width = "64")]
    Field::Long,
    #[cfg(target_pointer_width = "64")]
    Field::Blong,
    #[cfg(target_pointer_width = "64")]
    Field::Nlong,
];

/// One operation.
#[derive(Clone, Debug)]
pub(super) enum Op {
    /// An element, by `[try: i]`. For writes, the low bits of the number are used.
    Read(Field, usize),
    Write(Field, usize, u64),
    /// Exclusive or.
    Update(Field, usize, u64),
    /// A part of the block's bytes, by range; may be out of bounds.
    CopyOut(usize, usize, Option<Width>),
    CopyIn(usize, usize, Option<Width>, Input),
    Fill(usize, usize, u8),
    /// Writes its number to each part of `bytes` with this many elements.
    Chunks(usize),
    /// Both halves of `bytes`.
    Split(usize, u8, u8),
    /// An access to the untyped region.
    ReadAt(usize, Width),
    WriteAt(usize, Width, u64),
    /// Copies all bytes of a slot to another slot.
    CopySlot(usize, usize),
}

/// The result of an operation. Addresses are relative to the start of the block.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Outcome {
    Done,
    Value(u64),
    Bytes(Vec<u8>),
    Index(OutOfBound),
    Copy(CopyError<core::convert::Infallible>),
    Place(Error),
}

fn width() -> impl Strategy<Value = Width> {
    let widths = [
        Width::W8,
        Width::W16,
        Width::W32,
        #[cfg(target_pointer_width = "64")]
        Width::W64,
    ];
    sample::select(widths.to_vec())
}

/// Offsets that are multiples of 1, 2, 4 and 8 with equal probability; some are out of bounds.
fn offset() -> impl Strategy<Value = usize> {
    (0..SIZE + 8, 0..4_u32).prop_map(|(offset, zeros)| offset >> zeros << zeros)
}

/// A range that is usually in bounds, with a length that is usually a multiple of the width.
fn range() -> impl Strategy<Value = (usize, usize)> {
    (offset(), 0..40_usize, 0..4_u32, 0..16_u32).prop_map(|(start, len, zeros, odd)| match odd {
        0 => (start, start.saturating_sub(len)),
        _ => (start, start + (len >> zeros << zeros)),
    })
}

/// Any operation.
pub(super) fn op() -> impl Strategy<Value = Op> {
    let element = || (sample::select(FIELDS), 0..6_usize, any::<u64>());
    prop_oneof![
        element().prop_map(|(field, i, _)| Op::Read(field, i)),
        element().prop_map(|(field, i, value)| Op::Write(field, i, value)),
        element().prop_map(|(field, i, value)| Op::Update(field, i, value)),
        (range(), sample::select(vec![None, None, Some(())]), width())
            .prop_map(|((a, b), stated, width)| Op::CopyOut(a, b, stated.map(|()| width))),
        (range(), any::<bool>(), width(), any::<u64>(), 0..20_u8).prop_map(
            |((a, b), stated, width, seed, odd)| {
                // Sometimes, a slice of a different length.
                let len = b.saturating_sub(a) ^ usize::from(odd == 0);
                Op::CopyIn(a, b, stated.then_some(width), Input { len, seed })
            }
        ),
        (range(), any::<u8>()).prop_map(|((a, b), byte)| Op::Fill(a, b, byte)),
        (1..20_usize).prop_map(Op::Chunks),
        (0..18_usize, any::<u8>(), any::<u8>()).prop_map(|(at, a, b)| Op::Split(at, a, b)),
        (offset(), width()).prop_map(|(at, width)| Op::ReadAt(at, width)),
        (offset(), width(), any::<u64>()).prop_map(|(at, width, v)| Op::WriteAt(at, width, v)),
        (0..5_usize, 0..5_usize).prop_map(|(from, to)| Op::CopySlot(from, to)),
    ]
}
