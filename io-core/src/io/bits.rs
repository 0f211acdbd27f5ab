//! Writes of values whose bits are commands: the bits that a write must not change, and the methods
//! that clear, set and toggle bits.

use core::marker::PhantomData;

use super::{
    ErrorOf, IoBackend, IoCapable,
    access::{read_value, word_of},
};
use crate::value::{BitKind, FieldLayout, IoValue, Repr, Width};

/// What a method does to bits.
#[derive(Clone, Copy)]
pub(crate) enum Command {
    Clear,
    Set,
    Toggle,
}

/// Masks of one word of a value, of the bits as they are on the bus.
#[derive(Clone, Copy)]
struct Masks {
    /// The bits for which a written value is a command.
    special: u64,
    /// The value of these bits that has no effect.
    neutral: u64,
    /// The bits that are zero in writes.
    unused: u64,
    /// The bits that are written back as they were read when others are cleared, set or toggled.
    kept: u64,
    /// For each [`Command`], the bits on which a written one acts.
    ones: [u64; 3],
    /// For each [`Command`], the bits on which a written zero acts.
    zeros: [u64; 3],
}

/// The masks of the words of a `T`, as constants.
struct MasksOf<T>(PhantomData<T>);

impl<T: IoValue> MasksOf<T> {
    const WORDS: [Masks; 2] = {
        assert!(
            size_of::<T>() == size_of::<T::Repr>()
                || matches!(T::LAYOUT, FieldLayout::Halves { .. }),
            "kinds of bits are supported for values of one word and for `LoHi` and `HiLo`"
        );
        [Masks::new::<T>(0), Masks::new::<T>(1)]
    };
    /// Whether clearing, setting or toggling bits has to write other bits back as they were read.
    const KEEPS: bool = (Self::WORDS[0].kept | Self::WORDS[1].kept) != 0;
}

/// Returns whether a write must not write some of the bits as given.
const fn has_special<T: IoValue>() -> bool {
    T::LAYOUT.is_mixed() && T::LAYOUT.bit_kinds().special() != 0
}

impl Masks {
    const fn new<T: IoValue>(word: usize) -> Self {
        let (layout, used) = (&T::LAYOUT, !T::UNUSED_BITS);
        let kinds = layout.bit_kinds();
        let special = kinds.special();
        let ones = [
            kinds.get(BitKind::OneToClear),
            kinds.get(BitKind::OneToSet) | kinds.get(BitKind::SelfClearing),
            kinds.get(BitKind::OneToToggle),
        ];
        let zeros = [
            kinds.get(BitKind::ZeroToClear),
            kinds.get(BitKind::ZeroToSet),
            kinds.get(BitKind::ZeroToToggle),
        ];
        Masks {
            special: on_bus(layout, word, special),
            neutral: on_bus(layout, word, kinds.neutral() & used),
            kept: on_bus(layout, word, !(special | kinds.get(BitKind::ReadOnly)) & used),
            unused: on_bus(layout, word, !used),
            ones: [
                on_bus(layout, word, ones[0] & used),
                on_bus(layout, word, ones[1] & used),
                on_bus(layout, word, ones[2] & used),
            ],
            zeros: [
                on_bus(layout, word, zeros[0]),
                on_bus(layout, word, zeros[1]),
                on_bus(layout, word, zeros[2]),
            ],
        }
    }
}

/// Returns the bits of word number `word` of a value that contains these bits of its number.
const fn on_bus(layout: &FieldLayout, word: usize, number: u64) -> u64 {
    match layout {
        FieldLayout::Value { width, endian, .. } if word == 0 => {
            endian.number(number & width.all_ones(), *width)
        }
        FieldLayout::Halves { endian, .. } => {
            let is_low = (word == 0) != endian.is_big();
            let half = if is_low { number as u32 } else { (number >> 32) as u32 };
            endian.number(half as u64, Width::W32)
        }
        _ => 0,
    }
}

/// Writes a value; to bits for which a written value is a command, the value that has no effect.
///
/// The caller must check that the value may be written.
#[inline(always)]
pub(crate) fn write_value<'a, B, T>(view: B::View<'a, T>, value: T::Write) -> Result<(), ErrorOf<B>>
where
    B: IoCapable<T::Repr>,
    T: IoValue,
{
    if const { size_of::<T>() == size_of::<T::Repr>() && !has_special::<T>() } {
        return B::io_write(word_of::<B, T>(view, 0), T::encode(value));
    }
    if const { size_of::<T>() == size_of::<T::Repr>() } {
        return write_word::<B, T>(view, 0, T::encode(value), None);
    }
    T::write_by(value, |index, repr| {
        if const { !has_special::<T>() } {
            return B::io_write(word_of::<B, T>(view, index), repr);
        }
        write_word::<B, T>(view, index, repr, None)
    })
}

/// Reads the value of a view, changes it with `f`, and writes it back; to bits for which a written
/// value is a command, the value that has no effect.
///
/// The caller must check that the value may be read and written back.
#[inline(always)]
pub(crate) fn update_value<'a, B, T>(
    view: B::View<'a, T>,
    f: impl FnOnce(T::Read) -> T::Write,
) -> Result<(), ErrorOf<B>>
where
    B: IoCapable<T::Repr>,
    T: IoValue,
{
    if const { !has_special::<T>() } {
        return write_value::<B, T>(view, f(read_value::<B, T>(view)?));
    }
    if const { size_of::<T>() == size_of::<T::Repr>() } {
        let read = B::io_read(word_of::<B, T>(view, 0))?;
        let value = T::encode(f(T::decode(read)));
        return write_word::<B, T>(view, 0, value, Some(read));
    }
    let mut words = [None; 2];
    let value = T::read_by(|index| {
        let repr = B::io_read(word_of::<B, T>(view, index))?;
        words[index] = Some(repr);
        Ok(repr)
    })?;
    T::write_by(f(value), |index, repr| write_word::<B, T>(view, index, repr, words[index]))
}

/// Writes word number `index`, and reports the command bits of `given` that are not written: if the
/// word was read before, those that the driver has changed.
#[inline(always)]
fn write_word<'a, B, T>(
    view: B::View<'a, T>,
    index: usize,
    given: T::Repr,
    read: Option<T::Repr>,
) -> Result<(), ErrorOf<B>>
where
    B: IoCapable<T::Repr>,
    T: IoValue,
{
    let (masks, view) = (const { MasksOf::<T>::WORDS }[index], word_of::<B, T>(view, index));
    let given = given.to_u64();
    let changed = read.map_or(u64::MAX, |read| given ^ read.to_u64());
    report::<B, T::Repr>(view, masks.special & (given ^ masks.neutral) & changed);
    B::io_write(view, T::Repr::from_u64(given & !masks.special | masks.neutral))
}

/// Clears, sets or toggles those of `bits` for which the value has such a command, with one write of
/// each word. Bits of other kinds do not change: if there are plain ones, the value is read first.
///
/// The caller must check that the value has bits of this command.
#[inline(always)]
pub(crate) fn command_bits<'a, B, T>(
    view: B::View<'a, T>,
    bits: T::Write,
    command: Command,
) -> Result<(), ErrorOf<B>>
where
    B: IoCapable<T::Repr>,
    T: IoValue,
{
    const { check_keeps::<T>() };
    if const { size_of::<T>() == size_of::<T::Repr>() } {
        return command_word::<B, T>(view, 0, T::encode(bits), command);
    }
    T::write_by(bits, |index, repr| command_word::<B, T>(view, index, repr, command))
}

/// Clears, sets or toggles bits of word number `index`.
#[inline(always)]
fn command_word<'a, B, T>(
    view: B::View<'a, T>,
    index: usize,
    bits: T::Repr,
    command: Command,
) -> Result<(), ErrorOf<B>>
where
    B: IoCapable<T::Repr>,
    T: IoValue,
{
    let (masks, view) = (const { MasksOf::<T>::WORDS }[index], word_of::<B, T>(view, index));
    let kept = if const { MasksOf::<T>::KEEPS } {
        B::io_read(view)?.to_u64() & !(masks.special | masks.unused)
    } else {
        0
    };
    let bits = bits.to_u64();
    let (ones, zeros) = (bits & masks.ones[command as usize], bits & masks.zeros[command as usize]);
    B::io_write(view, T::Repr::from_u64((kept | masks.neutral | ones) & !zeros))
}

/// Returns the bits of a `T`, as a number in its byte order, on which a write has the effect of the
/// [`Command`] of number `command`.
pub(crate) const fn commanded<T: IoValue>(command: usize) -> u64 {
    let kinds = T::LAYOUT.bit_kinds();
    if command == Command::Clear as usize {
        kinds.get(BitKind::OneToClear) | kinds.get(BitKind::ZeroToClear)
    } else if command == Command::Set as usize {
        kinds.get(BitKind::OneToSet)
            | kinds.get(BitKind::ZeroToSet)
            | kinds.get(BitKind::SelfClearing)
    } else {
        kinds.get(BitKind::OneToToggle) | kinds.get(BitKind::ZeroToToggle)
    }
}

/// Checks that the bits that are not written can be read and written back without an effect.
const fn check_keeps<T: IoValue>() {
    assert!(
        !MasksOf::<T>::KEEPS || T::LAYOUT.bit_kinds().changed_by_read() == 0,
        "this register has plain bits, which must be read to be written back, and bits that a read \
         changes: read it, and write all bits with `write_exact`"
    );
}

/// Checks that each value of a FIFO is written as given.
pub(crate) const fn check_fifo<T: IoValue>() {
    assert!(
        !has_special::<T>(),
        "this register has bits for which a written value is a command: write them with \
         `clear_bits`, `set_bits`, `toggle_bits` or `write_exact`, not as a FIFO"
    );
}

/// Tells the backend which bits were given and not written.
#[inline(always)]
fn report<'a, B: IoBackend, R: Repr>(view: B::View<'a, R>, bits: u64) {
    if bits != 0 {
        B::dropped(view, bits);
    }
}
