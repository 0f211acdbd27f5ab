//! Literal indices: the comparison with the length of an array, by type checking.
//!
//! A constant index is compared with the length when its constant is evaluated, which `cargo check`
//! and editors do not do where the constant depends on inferred types. A literal index is therefore
//! compared by traits as well: its value and the length of the array are both converted to lists of
//! binary digits, the most significant first.
//!
//! Larger literals and longer arrays have no list of digits, and arrays whose length is a const
//! parameter have none yet; these are compared by the constant alone.

use core::marker::PhantomData;

use crate::io::IoBase;

/// A literal index into a `T`.
#[derive(Debug)]
pub struct Literal<T: ?Sized, const I: usize>(PhantomData<*const T>);

/// Returns the literal index `N` into the memory of a view or owner.
#[cfg_attr(debug_assertions, inline)]
#[cfg_attr(not(debug_assertions), inline(always))]
pub fn literal<'a, I: IoBase<'a>, const N: usize>(_: I) -> Literal<I::Target, N> {
    Literal(PhantomData)
}

/// The check of a literal index that can be compared with the length of the array `A`.
///
/// The method is selected by its name, which is long so that no method of another trait in the
/// user's scope has the same one.
pub trait Compare<A, const I: usize, const N: usize> {
    /// Compiles only if the index is in bounds.
    #[inline(always)]
    fn literal_index_is_in_bounds(&self)
    where
        A: HasElement<I, N>,
    {
    }
}

impl<T, const I: usize, const N: usize> Compare<[T; N], I, N> for Literal<[T; N], I>
where
    Count<I>: Digits,
    Count<N>: Digits,
{
}

/// The fallback that method resolution finds for every other literal index.
pub trait NoCompare {
    /// Does nothing.
    #[inline(always)]
    fn literal_index_is_in_bounds(&self) {}
}

impl<T: ?Sized, const I: usize> NoCompare for &Literal<T, I> {}

/// An array of `LEN` elements that has an element `INDEX`.
#[diagnostic::on_unimplemented(
    message = "index out of bounds: the len is {LEN} but the index is {INDEX}",
    label = "the array has {LEN} elements, counted from 0"
)]
pub trait HasElement<const INDEX: usize, const LEN: usize> {}

#[diagnostic::do_not_recommend]
impl<T, const INDEX: usize, const LEN: usize> HasElement<INDEX, LEN> for [T; LEN]
where
    Count<INDEX>: Digits,
    Count<LEN>: Digits<List: Greater<<Count<INDEX> as Digits>::List>>,
{
}

/// A number as a type.
#[derive(Debug)]
pub struct Count<const N: usize>;

/// The binary digits of a [`Count`].
pub trait Digits {
    /// The digits as a list: `(most significant digit, (next digit, … ()))`.
    type List;
}

/// The digit 0.
#[derive(Debug)]
pub struct Zero;

/// The digit 1.
#[derive(Debug)]
pub struct One;

/// A list of digits that is greater than `Other`, which has the same number of digits.
pub trait Greater<Other> {}

impl<R, S> Greater<(Zero, S)> for (One, R) {}
impl<D, R: Greater<S>, S> Greater<(D, S)> for (D, R) {}

macro_rules! list {
    () => { () };
    ($digit:ident $($rest:ident)*) => { ($digit, list!($($rest)*)) };
}

/// Implements [`Digits`] for all numbers with as many digits as there are underscores.
macro_rules! digits {
    ($n:expr, $($digit:ident)*;) => {
        impl Digits for Count<{ $n }> {
            type List = list!($($digit)*);
        }
    };
    ($n:expr, $($digit:ident)*; _ $($rest:tt)*) => {
        digits!(2 * $n, $($digit)* Zero; $($rest)*);
        digits!(2 * $n + 1, $($digit)* One; $($rest)*);
    };
}

digits!(0, ; _ _ _ _ _ _ _ _);

#[cfg(test)]
mod tests {
    use super::*;

    /// A list of digits as a number.
    trait Value {
        const VALUE: usize;
        const WEIGHT: usize;
    }

    impl Value for () {
        const VALUE: usize = 0;
        const WEIGHT: usize = 1;
    }

    impl<R: Value> Value for (Zero, R) {
        const VALUE: usize = R::VALUE;
        const WEIGHT: usize = 2 * R::WEIGHT;
    }

    impl<R: Value> Value for (One, R) {
        const VALUE: usize = R::WEIGHT + R::VALUE;
        const WEIGHT: usize = 2 * R::WEIGHT;
    }

    fn value<const N: usize>() -> usize
    where
        Count<N>: Digits<List: Value>,
    {
        <Count<N> as Digits>::List::VALUE
    }

    #[test]
    fn digits_have_the_value_of_the_number() {
        assert_eq!(
            [value::<0>(), value::<1>(), value::<6>(), value::<128>(), value::<255>()],
            [0, 1, 6, 128, 255]
        );
    }

    /// An array compiles here only if it has the element.
    fn has<const INDEX: usize, const LEN: usize>()
    where
        [u8; LEN]: HasElement<INDEX, LEN>,
    {
    }

    #[test]
    fn elements_up_to_the_last_are_in_bounds() {
        has::<0, 1>();
        has::<3, 4>();
        has::<0, 255>();
        has::<127, 128>();
        has::<254, 255>();
    }
}
