//! The text of a value in a trace.

use core::fmt;

use super::{IoEnum, IoValue, Repr, UnknownValue};

/// The text of a value, given the number that its register holds.
///
/// Derived values that implement `Debug` have one ([`IoLayout::FORMAT`](super::IoLayout::FORMAT)).
/// All are equal: the text of a type is no part of what it is.
#[derive(Clone, Copy)]
pub struct ValueFormat(fn(u64, &mut fmt::Formatter<'_>) -> fmt::Result);

impl ValueFormat {
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

impl PartialEq for ValueFormat {
    #[inline]
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for ValueFormat {}

impl fmt::Debug for ValueFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ValueFormat")
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
    const FORMAT: Option<ValueFormat> = None;
    const ENUM_FORMAT: Option<ValueFormat> = None;
}

impl<T> NoText for TextOf<T> {}

impl<T: IoValue<Read = T> + fmt::Debug> TextOf<T> {
    /// Of a newtype.
    pub const FORMAT: Option<ValueFormat> =
        Some(ValueFormat(|number, f| T::decode(T::Repr::from_u64(number)).fmt(f)));
}

impl<T: IoEnum + IoValue<Read = Result<T, UnknownValue<T>>> + fmt::Debug> TextOf<T> {
    /// Of an enum.
    pub const ENUM_FORMAT: Option<ValueFormat> =
        Some(ValueFormat(|number, f| match T::decode(T::Repr::from_u64(number)) {
            Ok(value) => value.fmt(f),
            Err(unknown) => write!(f, "({unknown})"),
        }));
}
