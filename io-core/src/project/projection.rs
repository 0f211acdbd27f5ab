//! A projection under way.
//!
//! In builds with debug assertions these functions are called, not copied into
//! each place that uses them: that halves the time to compile drivers. In all
//! others they leave nothing behind.

use core::fmt;

use super::{
    field::{FieldOffset, FieldTarget},
    index::{Array, Built, Indexable, Pick, ProjectIndex},
};
use crate::{
    io::{
        ErrorMode, ErrorOf, IoBackend, IoBase, IoCapable, KnownSize, Loc, OutOfBound, Output,
        Untyped, read_value, update_value, write_value,
    },
    layout::IoStruct,
    value::{Readable, Updatable, Writable},
};

/// The view of the place reached so far.
pub struct Projection<'a, B: IoBackend, T: ?Sized + KnownSize>(pub(super) B::View<'a, T>);

impl<B: IoBackend, T: ?Sized + KnownSize> fmt::Debug for Projection<'_, B, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Projection({:p})", B::as_ptr(self.0))
    }
}

/// The projection without steps.
#[cfg_attr(debug_assertions, inline)]
#[cfg_attr(not(debug_assertions), inline(always))]
pub fn start<'a, I, B, T>(io: I) -> Projection<'a, B, T>
where
    I: IoBase<'a, Backend = B, Target = T>,
    B: IoBackend,
    T: ?Sized + KnownSize,
{
    Projection(io.as_view())
}

/// The view of a field.
#[inline(always)]
pub(super) fn place<'a, B, T, U>(
    view: B::View<'a, T>,
    field: FieldOffset<T, U>,
) -> B::View<'a, U::Target>
where
    B: IoBackend,
    T: ?Sized + IoStruct,
    U: FieldTarget<T>,
{
    let () = T::CHECKED;
    let ptr = U::place(B::as_ptr(view), field.offset);
    // SAFETY: by `FieldOffset`'s invariants a `U` is inside the `T` there, and
    // aligned; by `FieldTarget`'s contract so is what it stands for.
    unsafe { B::project_view(view, ptr) }
}

impl<B: IoBackend, T: ?Sized + KnownSize> Clone for Projection<'_, B, T> {
    #[inline(always)]
    fn clone(&self) -> Self {
        *self
    }
}

impl<B: IoBackend, T: ?Sized + KnownSize> Copy for Projection<'_, B, T> {}

impl<'a, B: IoBackend, T: ?Sized + KnownSize> Projection<'a, B, T> {
    /// One step on.
    ///
    /// # Safety
    ///
    /// `ptr` is derived from the view's pointer and points to a place inside
    /// the view's, aligned, where a `U` may be.
    #[inline(always)]
    unsafe fn step<U: ?Sized + KnownSize>(self, ptr: *mut U) -> Projection<'a, B, U> {
        // SAFETY: the contract is the same.
        Projection(unsafe { B::project_view(self.0, ptr) })
    }

    /// One field on: `.name`.
    #[cfg_attr(debug_assertions, inline)]
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub fn field<U>(self, field: FieldOffset<T, U>) -> Projection<'a, B, U::Target>
    where
        T: IoStruct,
        U: FieldTarget<T>,
    {
        Projection(place::<B, T, U>(self.0, field))
    }

    /// One proved index on: `[N]`, `[build: N]`.
    #[cfg_attr(debug_assertions, inline)]
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub fn at<const N: usize, K, E>(self, index: Built<N, K>) -> Projection<'a, B, K::Output>
    where
        T: Array<N> + Indexable<Item = E>,
        K: Pick<E>,
    {
        let ptr = index.place(B::as_ptr(self.0));
        // SAFETY: inside the array by `Built`'s invariants, one of its elements or
        // some.
        unsafe { self.step(ptr) }
    }

    /// One checked index on: `[try: i]`.
    #[cfg_attr(debug_assertions, inline)]
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub fn try_index<X>(self, index: X) -> Result<Projection<'a, B, X::Output>, OutOfBound>
    where
        T: Indexable,
        X: ProjectIndex<T::Item>,
    {
        let ptr = index.place(T::elements(B::as_ptr(self.0)))?;
        // SAFETY: `place` gives one of the slice's elements or some.
        Ok(unsafe { self.step(ptr) })
    }

    /// One checked index on: `[panic: i]`.
    #[cfg_attr(debug_assertions, inline)]
    #[cfg_attr(not(debug_assertions), inline(always))]
    #[track_caller]
    pub fn index<X>(self, index: X) -> Projection<'a, B, X::Output>
    where
        T: Indexable,
        X: ProjectIndex<T::Item>,
    {
        let ptr = index.place_or_panic(T::elements(B::as_ptr(self.0)));
        // SAFETY: `place_or_panic` gives one of the slice's elements or some.
        unsafe { self.step(ptr) }
    }

    /// One located register on: `build: LOC`.
    #[cfg_attr(debug_assertions, inline)]
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub fn locate<V>(self, loc: Loc<T, V>) -> Projection<'a, B, V>
    where
        T: Untyped,
    {
        let ptr = B::as_ptr(self.0).cast::<u8>().wrapping_add(loc.offset()).cast::<V>();
        // SAFETY: inside every `T` by `Loc`'s invariants, and aligned; untyped
        // memory may hold a `V`.
        unsafe { self.step(ptr) }
    }

    /// The view of the place reached.
    #[cfg_attr(debug_assertions, inline)]
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub fn view(self) -> B::View<'a, T> {
        self.0
    }

    /// Carries a check of the next index's pattern that type checking makes: the
    /// closure never runs.
    #[cfg_attr(debug_assertions, inline)]
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub fn shape(self, _: impl FnOnce(&T)) {}
}

// Accesses at the end of a path that does not end with a field.
impl<B: IoBackend, T> Projection<'_, B, T> {
    /// `io_read!`
    #[cfg_attr(debug_assertions, inline)]
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub fn read_val(self) -> Output<B, T::Read>
    where
        T: Readable,
        B: IoCapable<T::Repr>,
    {
        B::Fail::output(read_value::<B, T>(self.0))
    }

    /// `io_try_read!`
    #[cfg_attr(debug_assertions, inline)]
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub fn try_read_val(self) -> Result<T::Read, ErrorOf<B>>
    where
        T: Readable,
        B: IoCapable<T::Repr>,
    {
        read_value::<B, T>(self.0)
    }

    /// `io_write!`
    #[cfg_attr(debug_assertions, inline)]
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub fn write_val(self, value: T::Write) -> Output<B, ()>
    where
        T: Writable,
        B: IoCapable<T::Repr>,
    {
        B::Fail::output(write_value::<B, T>(self.0, value))
    }

    /// `io_try_write!`
    #[cfg_attr(debug_assertions, inline)]
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub fn try_write_val(self, value: T::Write) -> Result<(), ErrorOf<B>>
    where
        T: Writable,
        B: IoCapable<T::Repr>,
    {
        write_value::<B, T>(self.0, value)
    }

    /// `io_update!`
    #[cfg_attr(debug_assertions, inline)]
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub fn update_val(self, f: impl FnOnce(T::Read) -> T::Write) -> Output<B, ()>
    where
        T: Updatable,
        B: IoCapable<T::Repr>,
    {
        B::Fail::output(update_value::<B, T>(self.0, f))
    }

    /// `io_try_update!`
    #[cfg_attr(debug_assertions, inline)]
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub fn try_update_val(self, f: impl FnOnce(T::Read) -> T::Write) -> Result<(), ErrorOf<B>>
    where
        T: Updatable,
        B: IoCapable<T::Repr>,
    {
        update_value::<B, T>(self.0, f)
    }
}
