//! How a value reads in a trace.

use core::fmt;

use super::{IoEnum, IoValue, Repr, UnknownValue};

/// The text of a value, given the number that its register holds.
///
/// Derived values that implement `Debug` have one ([`IoLayout::SHOW`](super::IoLayout::SHOW)).
/// All are equal: the text of a type is no part of what it is.
#[derive(Clone, Copy)]
pub struct Show(fn(u64, &mut fmt::Formatter<'_>) -> fmt::Result);

impl Show {
    /// Writes the text of the value that `number` stands for.
    ///
    /// # Errors
    ///
    /// The formatter's.
    #[inline]
    pub fn fmt(self, number: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (self.0)(number, f)
    }
}

impl PartialEq for Show {
    #[inline]
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Show {}

impl fmt::Debug for Show {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Show")
    }
}

/// What generated code asks for the text of a `T`: its own constant is there if
/// `T` implements `Debug`, and hides that of [`NoText`].
#[doc(hidden)]
#[derive(Debug)]
pub struct TextOf<T>(core::marker::PhantomData<T>);

/// No text.
#[doc(hidden)]
pub trait NoText {
    const SHOW: Option<Show> = None;
    const SHOW_ENUM: Option<Show> = None;
}

impl<T> NoText for TextOf<T> {}

impl<T: IoValue<Read = T> + fmt::Debug> TextOf<T> {
    /// Of a newtype.
    pub const SHOW: Option<Show> =
        Some(Show(|number, f| T::decode(T::Repr::from_u64(number)).fmt(f)));
}

impl<T: IoEnum + IoValue<Read = Result<T, UnknownValue<T>>> + fmt::Debug> TextOf<T> {
    /// Of an enum.
    pub const SHOW_ENUM: Option<Show> =
        Some(Show(|number, f| match T::decode(T::Repr::from_u64(number)) {
            Ok(value) => value.fmt(f),
            Err(unknown) => write!(f, "({unknown})"),
        }));
}
