//! Typed values as sequences of accesses.

use alloc::vec::Vec;
use core::convert::Infallible;

use super::operation::AccessEvent;
use io_core::{
    IoStruct, IoValue, Repr,
    layout::{Endian, Updatable},
};

use crate::field_addr::FieldAddr;

/// One access of a typed value, and how the device decodes it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Word {
    pub(super) access: AccessEvent,
    pub(super) endian: Endian,
    /// For a value in two halves: the offset of the value, and which half this is.
    pub(super) half: Option<Half>,
}

/// Identifies one of the two accesses of a 64-bit value.
#[derive(Clone, Copy, Debug)]
pub(super) struct Half {
    pub(super) base: usize,
    pub(super) is_first: bool,
}

/// Returns the accesses of a write, in order.
pub(super) fn written<T: IoStruct, V: IoValue>(base: usize, value: V::Write) -> Vec<Word> {
    let parts = parts::<V>(value);
    let order: Vec<usize> = parts.iter().map(|part| part.0).collect();
    words::<T, V>(base, &order, true, |word| number_of(&parts, word))
}

/// Returns the accesses of a read that returns `value`, in order.
pub(super) fn read<T: IoStruct, V: IoValue>(base: usize, value: V::Write) -> Vec<Word> {
    let parts = parts::<V>(value);
    words::<T, V>(base, &read_order::<V>(), false, |word| number_of(&parts, word))
}

/// Returns the accesses of a read that returns the bits of a register's `number`.
pub(super) fn read_number<T: IoStruct, V: IoValue>(base: usize, number: u64) -> Vec<Word> {
    let order = read_order::<V>();
    let low = usize::from(order.len() > 1 && V::LAYOUT.endian().is_big());
    let part = |word| if word == low { number } else { number >> 32 };
    words::<T, V>(base, &order, false, |word| part(word) & V::Repr::WIDTH.all_ones())
}

/// Returns, for each access of a write, the bits that are preserved if the value that was read is
/// written back: all bits except those that the type drops, as [`Narrow`](io_core::Narrow) does.
pub(super) fn returned<V: Updatable>() -> Vec<u64> {
    let ones = V::Repr::from_u64(u64::MAX);
    let Ok(value) = V::read_by(|_| Ok::<_, Infallible>(ones));
    parts::<V>(value).into_iter().map(|part| part.1).collect()
}

/// Returns the index of each word and the register's number in it, in the order of writes.
fn parts<V: IoValue>(value: V::Write) -> Vec<(usize, u64)> {
    let (endian, width) = (V::LAYOUT.endian(), V::Repr::WIDTH);
    let mut parts = Vec::new();
    let Ok(()) = V::write_by(value, |word, repr| {
        parts.push((word, endian.number(repr.to_u64(), width)));
        Ok::<_, Infallible>(())
    });
    parts
}

fn number_of(parts: &[(usize, u64)], word: usize) -> u64 {
    parts.iter().find(|part| part.0 == word).map_or(0, |part| part.1)
}

fn read_order<V: IoValue>() -> Vec<usize> {
    let mut order = Vec::new();
    let Ok(_) = V::read_by(|word| {
        order.push(word);
        Ok::<_, Infallible>(V::Repr::from_u64(0))
    });
    order
}

fn words<T: IoStruct, V: IoValue>(
    base: usize,
    order: &[usize],
    write: bool,
    number: impl Fn(usize) -> u64,
) -> Vec<Word> {
    let width = V::Repr::WIDTH;
    let word = |(i, word): (usize, &usize)| {
        let addr = FieldAddr::root("", T::FIELDS).value_at(base + word * width.bytes(), write);
        Word {
            access: AccessEvent { addr, width, write, value: number(*word) },
            endian: V::LAYOUT.endian(),
            half: (order.len() > 1).then_some(Half { base, is_first: i == 0 }),
        }
    };
    order.iter().enumerate().map(word).collect()
}
