//! Text formats for values in a trace.

use core::fmt;

use super::{IoEnum, IoValue, Repr, UnknownValue};

/// A function that formats a value, given the number in its register.
///
/// Values that derive `IoValue` and implement `Debug` have one
/// ([`IoLayout::FORMAT`](super::IoLayout::FORMAT)). All `ValueFormat`s compare equal, since the
/// format is not part of a type's layout.
#[derive(Clone, Copy)]
pub struct ValueFormat(fn(u64, &mut fmt::Formatter<'_>) -> fmt::Result);

impl ValueFormat {
    /// Writes the text of the value that `number` represents.
    ///
    /// # Errors
    ///
    /// * The error of the formatter.
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

/// Used by generated code to get the format of a `T`: the inherent constant exists if `T`
/// implements `Debug`, and hides the constant of [`NoText`].
#[doc(hidden)]
#[derive(Debug)]
pub struct TextOf<T>(core::marker::PhantomData<T>);

/// No format.
#[doc(hidden)]
pub trait NoText {
    const FORMAT: Option<ValueFormat> = None;
    const ENUM_FORMAT: Option<ValueFormat> = None;
}

impl<T> NoText for TextOf<T> {}

impl<T: IoValue<Read = T> + fmt::Debug> TextOf<T> {
    /// The format of a newtype.
    pub const FORMAT: Option<ValueFormat> =
        Some(ValueFormat(|number, f| T::decode(T::Repr::from_u64(number)).fmt(f)));
}

impl<T: IoEnum + IoValue<Read = Result<T, UnknownValue<T>>> + fmt::Debug> TextOf<T> {
    /// The format of an enum.
    pub const ENUM_FORMAT: Option<ValueFormat> =
        Some(ValueFormat(|number, f| match T::decode(T::Repr::from_u64(number)) {
            Ok(value) => value.fmt(f),
            Err(unknown) => write!(f, "({unknown})"),
        }));
}
