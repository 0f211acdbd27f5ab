//! The library: the same operations through a view.

use io_core::{CopyError, Error, OutOfBound, Width, backend::IoBackend, prelude::*};

use super::{
    Bar, Block, SIZE,
    ops::{Field, Op, Outcome},
};
use crate::support::Bus;

impl From<OutOfBound> for Outcome {
    fn from(error: OutOfBound) -> Self {
        Outcome::Index(error)
    }
}

/// Executes the operation. Addresses in errors are relative to the start of the block.
pub(super) fn run<'a>(bar: impl Io<'a, Target = Bar, Backend: Bus>, op: &Op) -> Outcome {
    match try_run(bar, op) {
        Ok(outcome) => outcome,
        Err(Outcome::Copy(CopyError::Width { width, address, size })) => {
            Outcome::Copy(CopyError::Width { width, address: address - start_of(bar), size })
        }
        Err(Outcome::Place(Error::Misaligned { address, align })) => {
            Outcome::Place(Error::Misaligned { address: address - start_of(bar), align })
        }
        Err(outcome) => outcome,
    }
}

fn start_of<'a, I: Io<'a, Target = Bar>>(bar: I) -> usize {
    <I::Backend as IoBackend>::as_ptr(bar.as_view()).cast::<u8>().addr()
}

/// Runs `$body` with the view of element `$i` of a field.
macro_rules! element {
    ($block:ident, $field:expr, $i:ident, |$value:ident| $body:expr) => {
        element! { $block, $field, |$value| $body;
            Bytes(.bytes[try: $i])
            Signed(.signed[try: $i])
            Half(.half[try: $i])
            Word(.word[try: $i])
            Big(.big[try: $i])
            Native(.native[try: $i])
            Tag(.slots[try: $i].tag)
            #[cfg(target_pointer_width = "64")] Long(.long[try: $i])
            #[cfg(target_pointer_width = "64")] Blong(.blong[try: $i])
            #[cfg(target_pointer_width = "64")] Nlong(.nlong[try: $i])
        }
    };
    ($block:ident, $field:expr, |$value:ident| $body:expr;
        $($(#[$cfg:meta])? $name:ident($($path:tt)*))+) => {
        match $field {$(
            $(#[$cfg])?
            Field::$name => {
                let $value = io_project!($block, $($path)*);
                $body
            }
        )+}
    };
}

/// An unsigned integer of a value's width.
trait Bits: Copy {
    fn bits(self) -> u64;
    fn of(bits: u64) -> Self;
}

macro_rules! bits {
    ($($value:ident as $bits:ident),+) => {$(
        impl Bits for $value {
            fn bits(self) -> u64 {
                (self as $bits).into()
            }

            fn of(bits: u64) -> Self {
                bits as $bits as $value
            }
        }
    )+};
}

bits!(u8 as u8, u16 as u16, i16 as u16, u32 as u32, u64 as u64);

fn try_run<'a>(bar: impl Io<'a, Target = Bar, Backend: Bus>, op: &Op) -> Result<Outcome, Outcome> {
    let block = bar.cast::<Block>();
    let bytes = bar.cast::<[u8; SIZE]>();
    match *op {
        Op::Read(field, i) => {
            let value = element!(block, field, i, |value| value.read_val().bits());
            return Ok(Outcome::Value(value));
        }
        Op::Write(field, i, bits) => {
            element!(block, field, i, |value| value.write_val(Bits::of(bits)));
        }
        Op::Update(field, i, bits) => {
            element!(block, field, i, |value| value.update_val(|v| Bits::of(v.bits() ^ bits)));
        }
        Op::CopyOut(start, end, width) => {
            let part = io_project!(bytes, [try: start..end]);
            let mut out = vec![0; end - start];
            match width {
                None => part.try_copy_to_slice(&mut out),
                Some(Width::W8) => part.try_copy_to_slice_as::<u8>(&mut out),
                Some(Width::W16) => part.try_copy_to_slice_as::<u16>(&mut out),
                Some(Width::W32) => part.try_copy_to_slice_as::<u32>(&mut out),
                #[cfg(target_pointer_width = "64")]
                Some(Width::W64) => part.try_copy_to_slice_as::<u64>(&mut out),
                #[cfg(not(target_pointer_width = "64"))]
                Some(Width::W64) => unreachable!(),
            }
            .map_err(Outcome::Copy)?;
            return Ok(Outcome::Bytes(out));
        }
        Op::CopyIn(start, end, width, input) => {
            let input = &input.bytes();
            let part = io_project!(bytes, [try: start..end]);
            match width {
                None => part.try_copy_from_slice(input),
                Some(Width::W8) => part.try_copy_from_slice_as::<u8>(input),
                Some(Width::W16) => part.try_copy_from_slice_as::<u16>(input),
                Some(Width::W32) => part.try_copy_from_slice_as::<u32>(input),
                #[cfg(target_pointer_width = "64")]
                Some(Width::W64) => part.try_copy_from_slice_as::<u64>(input),
                #[cfg(not(target_pointer_width = "64"))]
                Some(Width::W64) => unreachable!(),
            }
            .map_err(Outcome::Copy)?;
        }
        Op::Fill(start, end, byte) => io_project!(bytes, [try: start..end]).fill(byte),
        Op::Chunks(len) => {
            for (n, chunk) in io_project!(block, .bytes).chunks(len).enumerate() {
                chunk.fill(n as u8);
            }
        }
        Op::Split(at, low, high) => {
            let (first, rest) = io_project!(block, .bytes).try_split_at(at)?;
            first.iter().for_each(|byte| byte.write_val(low));
            rest.iter().rev().for_each(|byte| byte.write_val(high));
        }
        Op::ReadAt(at, width) => {
            return match width {
                Width::W8 => bar.try_read_at::<u8>(at).map(u64::from),
                Width::W16 => bar.try_read_at::<u16>(at).map(u64::from),
                Width::W32 => bar.try_read_at::<u32>(at).map(u64::from),
                #[cfg(target_pointer_width = "64")]
                Width::W64 => bar.try_read_at::<u64>(at),
                #[cfg(not(target_pointer_width = "64"))]
                Width::W64 => unreachable!(),
            }
            .map(Outcome::Value)
            .map_err(Outcome::Place);
        }
        Op::WriteAt(at, width, value) => match width {
            Width::W8 => bar.try_write_at::<u8>(at, value as u8),
            Width::W16 => bar.try_write_at::<u16>(at, value as u16),
            Width::W32 => bar.try_write_at::<u32>(at, value as u32),
            #[cfg(target_pointer_width = "64")]
            Width::W64 => bar.try_write_at::<u64>(at, value),
            #[cfg(not(target_pointer_width = "64"))]
            Width::W64 => unreachable!(),
        }
        .map_err(Outcome::Place)?,
        Op::CopySlot(from, to) => {
            let (from, to) =
                (io_project!(block, .slots[try: from]), io_project!(block, .slots[try: to]));
            to.copy_write(from.copy_read());
        }
    }
    Ok(Outcome::Done)
}
