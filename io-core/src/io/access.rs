//! Access to one value: the words that it consists of, and the backend's access to each.

use super::{ErrorOf, IoBackend, IoCapable};
use crate::value::{IoValue, Repr};

/// Reads the value of a view with one access, or with one for each of its words.
///
/// The caller must check that the value may be read.
#[inline(always)]
pub(crate) fn read_value<'a, B, T>(view: B::View<'a, T>) -> Result<T::Read, ErrorOf<B>>
where
    B: IoCapable<T::Repr>,
    T: IoValue,
{
    T::read_by(|word| B::io_read(word_of::<B, T>(view, word)))
}

/// [`read_value`], and whether every word was all ones, as reads of a removed device are.
#[inline(always)]
pub(crate) fn read_present<'a, B, T>(view: B::View<'a, T>) -> Result<(T::Read, bool), ErrorOf<B>>
where
    B: IoCapable<T::Repr>,
    T: IoValue,
{
    let mut is_gone = true;
    let value = T::read_by(|word| {
        let repr = B::io_read(word_of::<B, T>(view, word))?;
        is_gone &= repr.to_u64() == T::Repr::WIDTH.all_ones();
        Ok(repr)
    })?;
    Ok((value, is_gone))
}

/// Writes the value of a view with one access, or with one for each of its words.
///
/// All bits are written as given. The caller must check that the value may be written.
#[inline(always)]
pub(crate) fn write_exact<'a, B, T>(view: B::View<'a, T>, value: T::Write) -> Result<(), ErrorOf<B>>
where
    B: IoCapable<T::Repr>,
    T: IoValue,
{
    if const { size_of::<T>() == size_of::<T::Repr>() } {
        B::io_write(word_of::<B, T>(view, 0), T::encode(value))
    } else {
        T::write_by(value, |word, repr| B::io_write(word_of::<B, T>(view, word), repr))
    }
}

/// The view of word number `word` of a value: an integer as it is on the bus.
#[inline(always)]
pub(super) fn word_of<'a, B, T>(view: B::View<'a, T>, word: usize) -> B::View<'a, T::Repr>
where
    B: IoBackend,
    T: IoValue,
{
    let ptr = B::as_ptr(view).cast::<T::Repr>();
    // SAFETY: an `IoValue` consists of aligned words of its representation, and its methods use no
    // others. The bits that a view stores there need not be a valid value.
    unsafe { B::project_view(view, ptr.wrapping_add(word)) }
}
